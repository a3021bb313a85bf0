//! What a receipt says: everything the ledger knows of the files it names, nothing else, and where it goes.
#![expect(clippy::unwrap_used, reason = "a story fails by panicking")]

use custody_core::{
    Private, SignedDuration, Timestamp,
    case::TopicId,
    event::EventKind,
    flow::{self, Policy, Silent},
    held_file::StateName,
    hold::{Hold, HoldScope},
    id::{CaseId, FileId, HoldId, PersonId, ReceiptId},
    location::{Location, LocationState},
    period::Period,
    ports::{Clock as _, Ports},
    receipt::{DeliveryState, Follows, ReceiptRow, Statement, WaitedForHold},
    request::Channel,
    retention::Reason,
    transition::Write,
    viewing_copy::Ended,
};
use custody_story_kit::memory::{MemoryWorld, policy};
use sha2::{Digest as _, Sha256};

const ROBIN: PersonId = PersonId::from_bytes([9; 16]);
const HOLD: HoldId = HoldId::from_bytes([8; 16]);

struct Story {
    world: MemoryWorld,
    ports: Ports,
    policy: Policy,
}

impl Story {
    /// One thread with one file, taken in.
    async fn begin() -> Self {
        let world = MemoryWorld::default();
        let story = Self { ports: world.ports(), world, policy: policy() };
        story.world.forum.customer_posts(1, "It crashes.", Some(b"content".to_vec()), story.now());
        story.take_in().await;
        story
    }

    fn now(&self) -> Timestamp {
        self.world.clock.now()
    }

    fn hour_goes_by(&self) -> Timestamp {
        self.world.clock.move_by(SignedDuration::from_hours(1));
        self.now()
    }

    async fn take_in(&self) {
        flow::intake::discover(&self.ports, &self.policy).await.unwrap();
        flow::intake::receive(&self.ports, &self.policy, &Silent).await.unwrap();
    }

    async fn case(&self) -> CaseId {
        self.ports.ledger.case_of_topic("memory", TopicId(1)).await.unwrap().unwrap().id
    }

    async fn file(&self) -> FileId {
        self.ports.ledger.files_of_case(self.case().await).await.unwrap()[0].id()
    }

    async fn place_hold(&self) {
        let placed =
            Hold::place(HOLD, HoldScope::Case(self.case().await), ROBIN, "a lawsuit".into(), self.now(), self.now());
        self.ports.ledger.commit(vec![placed]).await.unwrap();
    }

    async fn lift_hold(&self) {
        let hold = self.ports.ledger.holds(false).await.unwrap().remove(0);
        self.ports.ledger.commit(vec![hold.lift(ROBIN, "settled".into(), self.now()).unwrap()]).await.unwrap();
    }

    async fn customer_asks(&self) {
        self.world.forum.customer_posts(1, "Please erase my files.", None, self.now());
        self.take_in().await;
    }

    async fn erase(&self) {
        flow::sweep::sweep(&self.ports, &self.policy, None).await.unwrap();
        flow::erase::erase(&self.ports, &self.policy).await.unwrap();
    }

    async fn receipts(&self) -> Vec<(ReceiptRow, Statement)> {
        let mut receipts = Vec::new();
        for row in self.ports.ledger.receipts_of_case(self.case().await).await.unwrap() {
            let envelope = self.ports.ledger.envelope(row.id).await.unwrap().unwrap();
            receipts.push((row, envelope.reveal().statement().unwrap()));
        }
        receipts
    }

    async fn only_receipt(&self) -> (ReceiptRow, Statement) {
        let mut receipts = self.receipts().await;
        assert_eq!(receipts.len(), 1);
        receipts.remove(0)
    }

    fn events(&self) -> Vec<EventKind> {
        self.world.ledger.all_events().into_iter().map(|event| event.kind).collect()
    }
}

#[tokio::test]
async fn a_first_receipt_says_what_was_erased_why_and_by_which_rule() {
    let story = Story::begin().await;
    let (case, file, arrived) = (story.case().await, story.file().await, story.now());
    let asked = story.hour_goes_by();
    story.customer_asks().await;
    let erased = story.hour_goes_by();
    story.erase().await;

    let (row, statement) = story.only_receipt().await;
    assert_eq!((statement.receipt_id, statement.case_id, statement.issued_at), (row.id, case, erased));
    assert_eq!((row.case, &row.files, row.issued_at, row.follows), (case, &vec![file], erased, None));
    assert_eq!((statement.follows, statement.complete, row.complete), (None, false, false), "the forum has its copy");
    assert_eq!(statement.language, "en");
    assert_eq!((&*statement.issuer.name, &*statement.issuer.contact), ("Example Support", "privacy@support.example"));
    let rule = story.policy.rules.as_slice()[0].to_string();
    assert_eq!(statement.issuer.policy, rule);
    assert_eq!(statement.issuer.policy_digest, hex(&Sha256::digest(&rule)));
    let customer = story.ports.ledger.case(case).await.unwrap().unwrap().customer;
    assert_eq!(statement.customer.id, customer);
    assert_eq!((&*statement.tool.version, statement.tool.desk_id), ("0.0.0", story.policy.desk));
    assert!(statement.wording.contains("cryptographic erase"));

    let [named] = statement.files.as_slice() else { unreachable!("one file") };
    let known = story.ports.ledger.file(file).await.unwrap().unwrap();
    let details = story.ports.ledger.file_details(file).await.unwrap().unwrap();
    assert_eq!((named.id, &named.name), (file, details.name.reveal()));
    assert_eq!((named.size, &named.salted_sha256), (7, &known.sealed().unwrap().digest));
    assert_eq!(named.salt, hex(details.salt.unwrap().reveal()));
    assert_eq!((named.received_at, named.due_since, named.erased_at), (arrived, asked, erased));
    assert!(matches!(named.reason, Reason::CustomerAsked { .. }));
    assert_eq!((named.waited_for_hold, named.viewing_copies.made), (None, 0));
    let states: Vec<_> =
        named.locations.iter().map(|proof| (proof.location == Location::ForumCopy, proof.state)).collect();
    assert!(states.contains(&(true, LocationState::NotOurs)), "{states:?}");
    assert!(states.iter().filter(|(forum, _)| !forum).all(|(_, state)| state.is_closed()), "{states:?}");
}

#[tokio::test]
async fn a_receipt_is_anchored_in_the_chain_before_it_and_waits_in_the_outbox() {
    let story = Story::begin().await;
    story.customer_asks().await;
    story.erase().await;
    let (row, statement) = story.only_receipt().await;
    let events = story.events();
    let at = events.iter().position(|kind| matches!(kind, EventKind::FilesErased { .. })).unwrap();
    assert_eq!(statement.ledger.index, at as u64, "the event before its own");
    assert_eq!(events[at], EventKind::FilesErased { files: row.files.clone(), receipt: row.id, complete: false });

    let envelope = story.ports.ledger.envelope(row.id).await.unwrap().unwrap();
    assert_eq!(row.payload_digest, envelope.reveal().payload_digest().unwrap());
    assert_eq!(row.message_id, format!("receipt.{}@support.example", row.id));
    assert!(!row.token.is_empty());
    let delivery = story.ports.ledger.delivery(row.id).await.unwrap().unwrap();
    assert_eq!((delivery.channel, delivery.attempts), (Channel::Mail, 0));
    assert!(matches!(delivery.state, DeliveryState::Waiting { try_at, .. } if try_at == row.issued_at));
}

#[tokio::test]
async fn without_a_mail_server_a_receipt_goes_into_the_thread() {
    let story = Story::begin().await;
    story.customer_asks().await;
    let ports = Ports { postbox: None, ..story.ports.clone() };
    flow::sweep::sweep(&ports, &story.policy, None).await.unwrap();
    flow::erase::erase(&ports, &story.policy).await.unwrap();
    let (row, _) = story.only_receipt().await;
    assert_eq!(story.ports.ledger.delivery(row.id).await.unwrap().unwrap().channel, Channel::Thread);
}

#[tokio::test]
async fn a_follow_up_says_of_the_same_files_that_every_place_is_closed_and_erases_nothing_again() {
    let story = Story::begin().await;
    story.customer_asks().await;
    story.erase().await;
    flow::deliver::deliver(&story.ports, &story.policy).await.unwrap();
    let (first, statement) = story.only_receipt().await;
    story.world.forum.clean_up(1);
    story.world.clock.move_by(SignedDuration::from_hours(48));
    flow::deliver::follow_up(&story.ports, &story.policy).await.unwrap();
    let receipts = story.receipts().await;
    let [_, (second, closing)] = receipts.as_slice() else { unreachable!("two receipts") };
    assert_eq!((second.follows, closing.follows), (Some(first.id), Some(Follows { receipt_id: first.id })));
    assert!(second.complete && closing.complete);
    assert_eq!((&second.files, closing.files.len()), (&first.files, 1));
    assert_eq!(closing.files[0].erased_at, statement.files[0].erased_at, "it was erased then");
    let kind = EventKind::FollowUpIssued { receipt: second.id, follows: first.id, complete: true };
    assert_eq!(story.events().iter().filter(|it| **it == kind).count(), 1);
    assert_ne!(second.token, first.token);
    let files = story.ports.ledger.files_in(&[StateName::Erased]).await.unwrap();
    assert_eq!(files.len(), 1);
}

#[tokio::test]
async fn a_receipt_tells_how_long_a_request_waited_for_a_hold() {
    let story = Story::begin().await;
    let placed = story.hour_goes_by();
    story.place_hold().await;
    let asked = story.hour_goes_by();
    story.customer_asks().await;
    story.erase().await;
    assert!(story.receipts().await.is_empty(), "the hold beats the wish");
    let lifted = story.hour_goes_by();
    story.lift_hold().await;
    story.hour_goes_by();
    story.erase().await;
    let (_, statement) = story.only_receipt().await;
    let waited = WaitedForHold { asked_at: asked, from: asked, until: lifted };
    assert_eq!(statement.files[0].waited_for_hold, Some(waited));
    assert!(placed < asked, "it was there before: the wait begins with the wish");
}

#[tokio::test]
async fn a_hold_that_came_after_the_wish_is_waited_for_from_then_and_one_that_was_lifted_before_it_is_not() {
    let story = Story::begin().await;
    story.place_hold().await;
    story.hour_goes_by();
    story.lift_hold().await;
    let asked = story.hour_goes_by();
    story.customer_asks().await;
    let (again, placed) = (HoldId::from_bytes([7; 16]), story.hour_goes_by());
    let scope = HoldScope::File(story.file().await);
    let hold = Hold::place(again, scope, ROBIN, Private::new("another".to_owned()), placed, placed);
    let Write::Hold { hold: placed_hold, .. } = hold.write().clone() else { unreachable!("it writes the hold") };
    story.ports.ledger.commit(vec![hold]).await.unwrap();
    let lifted = story.hour_goes_by();
    story.ports.ledger.commit(vec![placed_hold.lift(ROBIN, "settled".into(), lifted).unwrap()]).await.unwrap();
    story.erase().await;
    let (_, statement) = story.only_receipt().await;
    let waited = WaitedForHold { asked_at: asked, from: placed, until: lifted };
    assert_eq!(statement.files[0].waited_for_hold, Some(waited));
}

#[tokio::test]
async fn a_hold_that_was_lifted_in_the_very_moment_kept_nobody_waiting() {
    // Placed and lifted in one moment after the wish.
    let story = Story::begin().await;
    story.customer_asks().await;
    story.hour_goes_by();
    story.place_hold().await;
    story.lift_hold().await;
    story.hour_goes_by();
    story.erase().await;
    assert_eq!(story.only_receipt().await.1.files[0].waited_for_hold, None);

    // Lifted in the moment of the wish.
    let story = Story::begin().await;
    story.place_hold().await;
    story.hour_goes_by();
    story.lift_hold().await;
    story.customer_asks().await;
    story.erase().await;
    assert_eq!(story.only_receipt().await.1.files[0].waited_for_hold, None);
}

#[tokio::test]
async fn a_hold_that_came_in_the_moment_of_the_erasure_kept_nobody_waiting() {
    let story = Story::begin().await;
    story.customer_asks().await;
    story.erase().await;
    flow::deliver::deliver(&story.ports, &story.policy).await.unwrap();
    story.place_hold().await;
    story.hour_goes_by();
    story.lift_hold().await;
    story.world.forum.clean_up(1);
    story.world.clock.move_by(SignedDuration::from_hours(48));
    flow::deliver::follow_up(&story.ports, &story.policy).await.unwrap();
    let receipts = story.receipts().await;
    assert!(receipts.len() == 2 && receipts.iter().all(|(_, told)| told.files[0].waited_for_hold.is_none()));
}

#[tokio::test]
async fn a_receipt_counts_the_viewing_copies_and_what_lay_beside_them() {
    let story = Story::begin().await;
    let (file, hour) = (story.file().await, Period::hours(1));
    for _ in 0..2 {
        let made = flow::viewing::make_copy(&story.ports, &story.policy, file, ROBIN, hour, "a crash".into());
        let (copy, _) = made.await.unwrap();
        story.world.strongroom.leave_beside_copies();
        flow::viewing::end(&story.ports, copy, Ended::Done).await.unwrap();
        story.hour_goes_by();
    }
    let copies = story.ports.ledger.viewing_copies(file).await.unwrap();
    let last = copies.iter().filter_map(|copy| copy.ended).map(|(at, _)| at).max();
    story.customer_asks().await;
    story.erase().await;
    let (_, statement) = story.only_receipt().await;
    let counted = statement.files[0].viewing_copies;
    assert_eq!((counted.made, counted.erased, counted.last_ended_at), (2, 2, last));
    assert_eq!(counted.beside, copies.iter().map(|copy| copy.beside).sum::<u64>());
    assert!(counted.beside > 0);
}

#[tokio::test]
async fn files_of_one_case_that_go_together_are_on_one_receipt() {
    let story = Story::begin().await;
    story.world.forum.customer_posts(1, "One more log.", Some(b"another".to_vec()), story.now());
    story.take_in().await;
    story.customer_asks().await;
    story.erase().await;
    let (row, statement) = story.only_receipt().await;
    assert_eq!((row.files.len(), statement.files.len()), (2, 2));
    let rule = story.policy.rules.as_slice()[0].to_string();
    assert_eq!(statement.issuer.policy, rule, "the rule is said once");
    assert!(ReceiptId::from_bytes([0; 16]) != row.id);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Ten thousand random histories in which the power fails at any write: no promise of the design is broken.
//!
//! Set `CUSTODY_HISTORIES` for a longer campaign.

#![expect(clippy::expect_used, clippy::panic, reason = "a history stops at the first broken promise")]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use custody_core::{
    SignedDuration,
    backup::JournalEntry,
    event::{Actor, Event, EventKind},
    flow::{self, FlowError, FreshId as _, Policy, Silent},
    held_file::{HeldFile, State, StateName},
    hold::{Hold, HoldScope},
    id::{FileId, HoldId, PersonId},
    period::Period,
    ports::{Clock as _, Fault, Ledger as _, Ports},
    reply::ReplyState,
    transition::Wrap,
    viewing_copy::Ended,
};
use custody_story_kit::memory::{Cut, MemoryStrongroom, MemoryTarget, MemoryWorld, There, policy};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

const TOPICS: i64 = 3;

/// What may happen in a history.
#[derive(Clone, Debug)]
enum Step {
    CustomerSends { topic: i64 },
    StaffSaves { topic: i64 },
    CustomerAsks { topic: i64 },
    CustomerMentionsRemoval { topic: i64 },
    CustomerAnswers { dispute: bool },
    CustomerAsksByMail { nth: usize },
    Close { topic: i64 },
    Reopen { topic: i64 },
    MakePublic { topic: i64, public: bool },
    ThreadVanishes { topic: i64, gone: bool },
    ForumCleansUp { topic: i64 },
    ForumTrouble { on: bool },
    MailTrouble { on: bool },
    PlaceHold { topic: i64 },
    LiftHold,
    View,
    ProgramSaves,
    ClockMoves { hours: i64 },
    PowerFails { nth: u64, after: bool },
    SecondDiskAway { away: bool },
    BackUp,
    SomebodyCopiesTheBackup,
    MachineIsLost { copy: usize },
    Round,
}

fn step() -> impl Strategy<Value = Step> {
    let topic = 1..=TOPICS;
    prop_oneof![
        4 => topic.clone().prop_map(|topic| Step::CustomerSends { topic }),
        2 => topic.clone().prop_map(|topic| Step::StaffSaves { topic }),
        2 => topic.clone().prop_map(|topic| Step::CustomerAsks { topic }),
        1 => topic.clone().prop_map(|topic| Step::CustomerMentionsRemoval { topic }),
        2 => any::<bool>().prop_map(|dispute| Step::CustomerAnswers { dispute }),
        1 => (0_usize..8).prop_map(|nth| Step::CustomerAsksByMail { nth }),
        3 => topic.clone().prop_map(|topic| Step::Close { topic }),
        2 => topic.clone().prop_map(|topic| Step::Reopen { topic }),
        1 => (topic.clone(), any::<bool>()).prop_map(|(topic, public)| Step::MakePublic { topic, public }),
        1 => (topic.clone(), any::<bool>()).prop_map(|(topic, gone)| Step::ThreadVanishes { topic, gone }),
        1 => topic.clone().prop_map(|topic| Step::ForumCleansUp { topic }),
        1 => any::<bool>().prop_map(|on| Step::ForumTrouble { on }),
        1 => any::<bool>().prop_map(|on| Step::MailTrouble { on }),
        2 => topic.prop_map(|topic| Step::PlaceHold { topic }),
        2 => Just(Step::LiftHold),
        2 => Just(Step::View),
        1 => Just(Step::ProgramSaves),
        4 => (-48_i64..240).prop_map(|hours| Step::ClockMoves { hours }),
        4 => (1_u64..25, any::<bool>()).prop_map(|(nth, after)| Step::PowerFails { nth, after }),
        1 => any::<bool>().prop_map(|away| Step::SecondDiskAway { away }),
        3 => Just(Step::BackUp),
        1 => Just(Step::SomebodyCopiesTheBackup),
        2 => (0_usize..4).prop_map(|copy| Step::MachineIsLost { copy }),
        10 => Just(Step::Round),
    ]
}

/// One history: the world, and what is remembered of it to check the promises against.
struct History {
    world: MemoryWorld,
    ports: Ports,
    policy: Policy,
    contents: BTreeMap<FileId, Vec<u8>>,
    dropped: Vec<Vec<u8>>,
    sent: u64,
    /// The second disk, in every other history.
    backup: Option<Arc<MemoryTarget>>,
    /// What others copied from it, oldest first.
    copies: Vec<There>,
    /// Contents whose erasure the journal knows.
    gone: BTreeSet<Vec<u8>>,
    /// Files that no backup had when the machine was lost.
    lost_with_machine: BTreeSet<FileId>,
    /// Message-IDs of receipts that a lost machine sent.
    earlier_letters: BTreeSet<String>,
}

impl History {
    fn new(has_backup: bool) -> Self {
        let mut world = MemoryWorld::default();
        let backup = has_backup.then(|| Arc::new(MemoryTarget::new(world.power.clone(), world.strongroom.clone())));
        world.backups.extend(backup.clone());
        let ports = world.ports();
        Self {
            world,
            ports,
            policy: policy(),
            contents: BTreeMap::new(),
            dropped: Vec::new(),
            sent: 0,
            backup,
            copies: Vec::new(),
            gone: BTreeSet::new(),
            lost_with_machine: BTreeSet::new(),
            earlier_letters: BTreeSet::new(),
        }
    }

    async fn happen(&mut self, step: &Step) {
        let now = self.world.clock.now();
        let forum = &self.world.forum;
        match *step {
            Step::CustomerSends { topic } => {
                self.sent += 1;
                let content = format!("content {} of topic {topic}", self.sent).into_bytes();
                forum.customer_posts(topic, "It crashes.", Some(content), now);
            }
            Step::StaffSaves { topic } => self.save_into_drop_folder(topic).await,
            Step::CustomerAsks { topic } => forum.customer_posts(topic, "Please erase my files.", None, now),
            Step::CustomerMentionsRemoval { topic } => {
                forum.customer_posts(topic, "Could you remove the documents I sent?", None, now);
            }
            Step::CustomerAnswers { dispute } => {
                if let Some(letter) = self.world.mail.received().last() {
                    self.world.mail.answer(letter, if dispute { "The file is still there." } else { "I confirm." });
                }
            }
            Step::CustomerAsksByMail { nth } => {
                let letters = self.world.mail.received();
                if let Some(letter) = letters.iter().cycle().nth(nth).filter(|_| !letters.is_empty()) {
                    self.world.mail.answer(letter, "Please erase my files.");
                }
            }
            Step::Close { topic } => forum.change(topic, |thread| thread.closed = true),
            Step::Reopen { topic } => forum.change(topic, |thread| thread.closed = false),
            Step::MakePublic { topic, public } => forum.change(topic, |thread| thread.private = !public),
            Step::ThreadVanishes { topic, gone } => forum.change(topic, |thread| thread.gone = gone),
            Step::ForumCleansUp { topic } => forum.clean_up(topic),
            Step::ForumTrouble { on } => forum.set_trouble(on.then_some(Fault::Unreachable)),
            Step::MailTrouble { on } => self.world.mail.set_down(on),
            Step::PlaceHold { topic } => self.place_hold(topic).await,
            Step::LiftHold => self.lift_hold().await,
            Step::View => self.view().await,
            Step::ProgramSaves => self.world.strongroom.leave_beside_copies(),
            Step::ClockMoves { hours } => self.world.clock.move_by(SignedDuration::from_hours(hours)),
            Step::PowerFails { nth, after } => {
                self.world.power.cut_at(nth, if after { Cut::After } else { Cut::Before });
            }
            Step::SecondDiskAway { away } => self.backup.iter().for_each(|backup| backup.set_away(away)),
            Step::BackUp => self.back_up().await,
            Step::SomebodyCopiesTheBackup => {
                self.copies.extend(self.backup.as_ref().map(|backup| backup.copy_of_all()));
            }
            Step::MachineIsLost { copy } => self.lose_machine(copy).await,
            Step::Round => self.round().await,
        }
        if self.world.power.is_off() {
            self.restart().await;
        }
    }

    async fn back_up(&self) {
        // A power failure is met by the caller; a disk that is away is in the tally.
        let _ = flow::backup::copy(&self.ports, &Silent).await;
        let _ = flow::backup::settle(&self.ports).await;
    }

    /// The machine is gone, and a new one begins with a copy of the backup, or with what is there now. The journal is the one
    /// of today. A power failure on the way begins it anew.
    async fn lose_machine(&mut self, copy: usize) {
        let Some(backup) = self.backup.clone() else { return };
        let now = backup.copy_of_all();
        let copy = self.copies.get(copy).unwrap_or(&now).clone();
        if !copy.has_state() {
            return;
        }
        self.earlier_letters.extend(self.world.mail.received().into_iter().map(|letter| letter.message_id));
        backup.set_away(false);
        // What staff had saved and was not taken in is gone with the machine.
        self.dropped.clear();
        self.world.drop_folders.clear();
        while let Err(error) = self.restore(&backup, &copy).await {
            assert!(self.world.power.is_off(), "a restore ends early for the power alone: {error:?}");
            self.world.power.restore();
        }
        while let Err(error) = flow::reconcile::at_start(&self.ports).await {
            assert!(self.world.power.is_off(), "a restored desk starts: {error:?}");
            self.world.power.restore();
        }
        let lost = self.in_state(StateName::Lost);
        self.lost_with_machine.extend(lost.into_iter().filter(|file| !copy.has(*file)));
    }

    async fn restore(&self, backup: &MemoryTarget, copy: &There) -> Result<(), FlowError> {
        backup.restore(copy, &self.world.ledger);
        let wrap_anew = async |wraps, epoch| self.ports.strongroom.rewrap(wraps, epoch).await;
        flow::restore::begin_anew(&self.ports, &backup.journal(), Actor::Desk, wrap_anew).await?;
        for file in self.ports.ledger.files_in(&[StateName::Held, StateName::Due]).await? {
            backup.bring(copy, file.id());
        }
        Ok(())
    }

    async fn save_into_drop_folder(&mut self, topic: i64) {
        let topic = custody_core::case::TopicId(topic);
        let Ok(Some(case)) = self.world.ledger.case_of_topic("memory", topic).await else { return };
        // A power failure while the folder is made is met by the caller.
        if case.forgotten_at.is_some() || self.ports.drop_folders.make(case.id).await.is_err() {
            return;
        }
        self.sent += 1;
        let (name, content) = (format!("dump {}.zip", self.sent), format!("dropped {}", self.sent).into_bytes());
        if self.world.drop_folders.save(case.id, &name, content.clone()) {
            self.dropped.push(content);
        }
    }

    async fn place_hold(&self, topic: i64) {
        let ledger = &self.world.ledger;
        let Ok(Some(case)) = ledger.case_of_topic("memory", custody_core::case::TopicId(topic)).await else { return };
        let now = self.world.clock.now();
        let Ok(id) = HoldId::fresh(self.ports.chance.as_ref()) else { return };
        let owner = PersonId::from_bytes([9; 16]);
        let hold = Hold::place(id, HoldScope::Case(case.id), owner, "litigation".into(), now, now);
        // A power failure here is met by the caller.
        let _ = ledger.commit(vec![hold]).await;
    }

    async fn lift_hold(&self) {
        let Ok(holds) = self.world.ledger.holds(false).await else { return };
        let Some(hold) = holds.into_iter().next() else { return };
        if let Ok(lifted) = hold.lift(PersonId::from_bytes([9; 16]), "settled".into(), self.world.clock.now()) {
            let _ = self.world.ledger.commit(vec![lifted]).await;
        }
    }

    async fn view(&self) {
        let file = self.world.ledger.all_files().into_iter().find(HeldFile::is_in_strongroom);
        if let Some(file) = file {
            let by = PersonId::from_bytes([9; 16]);
            let _ =
                flow::viewing::make_copy(&self.ports, &self.policy, file.id(), by, Period::hours(1), "a crash".into())
                    .await;
        }
    }

    async fn round(&mut self) {
        let Err(error) = self.try_round().await else { return };
        let excused = self.world.power.is_off() || matches!(error.fault(), Fault::Unreachable);
        assert!(excused, "a round may only end early for the power or the forum: {error:?}");
    }

    async fn try_round(&mut self) -> Result<(), FlowError> {
        let (ports, policy) = (&self.ports, &self.policy);
        let found = flow::intake::discover(ports, policy).await;
        if self.world.power.is_off() {
            found?;
        }
        flow::intake::receive(ports, policy, &Silent).await?;
        flow::drop_folders::take_in(ports, policy, &Silent).await?;
        flow::watch::watch(ports, policy).await?;
        flow::viewing::tend(ports).await?;
        let held_before = self.world.ledger.holds(false).await?;
        let erasing_before = self.in_state(StateName::Erasing);
        flow::sweep::sweep(ports, policy, None).await?;
        self.no_hold_was_overrun(&held_before, &erasing_before);
        flow::erase::erase(ports, policy).await?;
        flow::backup::settle(ports).await?;
        flow::deliver::deliver(ports, policy).await?;
        flow::reply::owe(ports, policy).await?;
        let (kept, told) = (self.world.ledger.holds(false).await?, self.told_of_holds());
        flow::reply::send(ports, policy).await?;
        assert!(!kept.is_empty() || self.told_of_holds() == told, "a customer was told of a hold that there is not");
        flow::confirm::confirm(ports, policy).await?;
        flow::deliver::follow_up(ports, policy).await?;
        flow::forget::forget(ports, policy).await?;
        flow::reconcile::compare(ports).await?;
        flow::backup::copy(ports, &Silent).await?;
        Ok(())
    }

    fn told_of_holds(&self) -> usize {
        let letters = self.world.mail.received();
        let letters = letters.iter().filter(|letter| letter.subject.reveal().contains("RQ-")).count();
        letters + self.world.forum.posts_with("RQ-")
    }

    async fn restart(&mut self) {
        self.world.power.restore();
        flow::reconcile::at_start(&self.ports).await.expect("a desk starts after any crash");
    }

    fn in_state(&self, name: StateName) -> Vec<FileId> {
        let files = self.world.ledger.all_files();
        files.iter().filter(|file| file.state().name() == name).map(HeldFile::id).collect()
    }

    /// Promise 4: a hold beats every reason.
    fn no_hold_was_overrun(&self, holds: &[Hold], erasing_before: &[FileId]) {
        for file in self.world.ledger.all_files() {
            let began = file.state().name() == StateName::Erasing && !erasing_before.contains(&file.id());
            let held = holds.iter().any(|hold| matches!(hold.scope, HoldScope::Case(case) if case == file.case()));
            assert!(!(began && held), "file {} began to be erased under a hold", file.id());
        }
    }

    /// Promises 1, 2, 3, 5, 6 and 8, as they show in what is stored.
    async fn check(&mut self) {
        let ledger = &self.world.ledger;
        let events = ledger.all_events();
        let wraps = ledger.stored_wraps();
        for file in ledger.all_files() {
            let id = file.id();
            match file.state() {
                State::Held { .. } | State::Due { .. } => {
                    let opened = self.world.strongroom.opens(id, &wraps);
                    let opened =
                        opened.unwrap_or_else(|| panic!("held file {id} can no longer be opened: it was lost"));
                    let first = self.contents.entry(id).or_insert_with(|| opened.clone());
                    assert_eq!(*first, opened, "file {id} is not the one that was sealed");
                }
                State::Erased { proofs, .. } => {
                    let begun = events
                        .iter()
                        .any(|event| matches!(event.kind, EventKind::ErasureBegun { file, .. } | EventKind::ErasureReplayed { file, .. } if file == id));
                    assert!(begun, "file {id} was erased without an event that says why");
                    assert!(self.world.strongroom.opens(id, &wraps).is_none(), "erased file {id} can be opened");
                    assert!(wraps.iter().all(|wrap| wrap.file != id), "a wrap of erased file {id} is left");
                    let was_receipted = replayed(&events, id);
                    assert!(was_receipted || !proofs.is_empty(), "erased file {id} has no proof");
                }
                State::Lost { .. } => {
                    let excused = self.lost_with_machine.contains(&id);
                    assert!(excused, "file {id} was lost in a history without a broken disk");
                }
                _ => {}
            }
        }
        self.nothing_saved_is_lost_or_taken_twice();
        self.receipts_are_single(&events);
        self.replies_are_single();
        self.copies_are_in_custody();
        self.nothing_comes_back(&wraps);
        assert_eq!(self.world.strongroom.set_aside_count(), 0, "a file of ours was not recognised");
    }

    /// Promise 12: what the journal knows as erased is opened by nothing, under its own id or another.
    fn nothing_comes_back(&mut self, wraps: &[Wrap]) {
        let Some(backup) = &self.backup else { return };
        for entry in backup.journal() {
            if let JournalEntry::Erasing(erased) = entry
                && let Some(content) = self.contents.get(&erased.file)
            {
                self.gone.insert(content.clone());
            }
        }
        for file in self.world.ledger.all_files() {
            // What is erasing may still have its wraps: it is on its way.
            let is_kept = file.is_in_strongroom();
            let opened = self.world.strongroom.opens(file.id(), wraps).filter(|_| is_kept);
            let is_back = opened.is_some_and(|content| self.gone.contains(&content));
            assert!(!is_back, "the content of erased file {} came back", file.id());
        }
    }

    /// What staff saved is in its folder until it is sealed, and sealed once.
    fn nothing_saved_is_lost_or_taken_twice(&self) {
        let lies = self.world.drop_folders.contents();
        let files = self.world.ledger.all_files();
        for content in &self.dropped {
            let digest = hex::encode(MemoryStrongroom::digest(content));
            let sealed = files.iter().filter_map(HeldFile::sealed).filter(|sealed| sealed.digest == digest).count();
            assert!(sealed <= 1, "a saved file was taken in {sealed} times");
            assert!(sealed == 1 || lies.contains(content), "a saved file is neither in its folder nor sealed");
        }
    }

    /// A viewing copy has a row from before it exists until after it is gone, and is gone before its file is erased.
    fn copies_are_in_custody(&self) {
        let rows = self.world.ledger.all_copies();
        for copy in self.world.strongroom.copies() {
            let row = rows.iter().find(|row| row.id == copy).expect("every viewing copy has a row");
            assert!(row.ended.is_none(), "viewing copy {copy} is called ended and lies there");
        }
        for file in self.in_state(StateName::Erased) {
            let open = rows.iter().filter(|row| row.file == file && row.ended.is_none()).count();
            assert_eq!(open, 0, "file {file} was erased while it had a viewing copy");
        }
    }

    /// One first receipt for each erased file, and one Message-ID for each receipt.
    fn receipts_are_single(&self, events: &[Event]) {
        let mut named: BTreeMap<FileId, u32> = BTreeMap::new();
        let receipts = self.world.ledger.all_receipts();
        for receipt in receipts.iter().filter(|receipt| receipt.follows.is_none()) {
            for file in &receipt.files {
                *named.entry(*file).or_default() += 1;
            }
        }
        for file in self.in_state(StateName::Erased) {
            let wanted = if replayed(events, file) { None } else { Some(&1) };
            assert_eq!(named.get(&file), wanted, "file {file} is named by exactly one first receipt");
        }
        for receipt in &receipts {
            let follow_ups = receipts.iter().filter(|other| other.follows == Some(receipt.id)).count();
            assert!(follow_ups <= 1, "receipt {} has more than one follow-up", receipt.id);
        }
        let replies = self.world.ledger.all_replies();
        for letter in self.world.mail.received() {
            let known = receipts.iter().any(|receipt| receipt.message_id == letter.message_id)
                || self.earlier_letters.contains(&letter.message_id)
                || replies.iter().any(|reply| reply.message_id == letter.message_id);
            assert!(known, "a letter was sent for a receipt or a reply that the ledger does not have");
        }
    }

    /// Whoever asked for what a hold keeps was told once, where it was asked, and only while it was so.
    fn replies_are_single(&self) {
        let (events, ledger) = (self.world.ledger.all_events(), &self.world.ledger);
        let count = |wanted: &dyn Fn(&EventKind) -> bool| events.iter().filter(|event| wanted(&event.kind)).count();
        for reply in ledger.all_replies() {
            let of = reply.request;
            let owed = count(&|kind| matches!(kind, EventKind::ReplyOwed { request, .. } if *request == of));
            let sent = count(&|kind| matches!(kind, EventKind::ReplySent { request, .. } if *request == of));
            assert_eq!(owed, 1, "the reply to {of} is owed once");
            assert!(sent <= 1, "the reply to {of} was sent {sent} times");
            let posts = self.world.forum.posts_with(&reply.token);
            assert!(posts <= 1, "the reply to {of} stands in the thread {posts} times");
            let letters = self.world.mail.received();
            let of_reply = letters.iter().filter(|letter| letter.subject.reveal().contains(&reply.token));
            let letters: BTreeSet<_> = of_reply.map(|letter| letter.message_id.as_str()).collect();
            assert!(letters.len() <= 1, "the letters to {of} have {} Message-IDs", letters.len());
            assert!(posts == 0 || letters.is_empty(), "{of} was answered in two places");
            if matches!(reply.state, ReplyState::Sent { .. }) {
                assert!(posts + letters.len() == 1, "the reply to {of} is said to be sent, and was not");
            }
        }
    }

    /// Everything that was asked for comes to its end once the world is in order again.
    async fn settle(&mut self) {
        self.world.power.restore();
        self.world.forum.set_trouble(None);
        self.world.mail.set_down(false);
        self.backup.iter().for_each(|backup| backup.set_away(false));
        for topic in 1..=TOPICS {
            self.world.forum.change(topic, |thread| {
                thread.gone = false;
                thread.closed = true;
                thread.private = true;
            });
        }
        self.restart().await;
        while self.world.ledger.holds(false).await.is_ok_and(|holds| !holds.is_empty()) {
            self.lift_hold().await;
        }
        for copy in self.world.ledger.open_viewing_copies().await.unwrap_or_default() {
            let _ = flow::viewing::end(&self.ports, copy.id, Ended::Done).await;
        }
        for _ in 0..4 {
            self.world.clock.move_by(SignedDuration::from_hours(24 * 30));
            self.try_round().await.expect("a round goes through when nothing is wrong");
            self.check().await;
        }
        for reply in self.world.ledger.all_replies() {
            assert!(!matches!(reply.state, ReplyState::Waiting { .. }), "the reply to {} still waits", reply.request);
        }
        for file in self.world.ledger.all_files() {
            let name = file.state().name();
            let over =
                matches!(name, StateName::Erased | StateName::Refused) || self.lost_with_machine.contains(&file.id());
            assert!(over, "after its ticket closed, file {} is still {name:?}", file.id());
        }
    }
}

/// Whether this file's receipt was issued before a restore, so that it needs no other.
fn replayed(events: &[Event], id: FileId) -> bool {
    events.iter().any(|event| matches!(event.kind, EventKind::ErasureReplayed { file, receipt: Some(_) } if file == id))
}

#[test]
fn ten_thousand_histories_break_no_promise() {
    let histories: u32 = std::env::var("CUSTODY_HISTORIES").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let told = AtomicU64::new(0);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let config = Config { cases: histories, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
    let mut runner = TestRunner::new(config);
    runner
        .run(&(any::<bool>(), proptest::collection::vec(step(), 1..40)), |(has_backup, steps)| {
            runtime.block_on(async {
                let mut history = History::new(has_backup);
                for step in &steps {
                    history.happen(step).await;
                    history.check().await;
                }
                history.settle().await;
            });
            told.fetch_add(1, Ordering::Relaxed);
            Ok(())
        })
        .expect("no history breaks a promise");
    println!("{} histories told, no promise broken", told.load(Ordering::Relaxed));
}

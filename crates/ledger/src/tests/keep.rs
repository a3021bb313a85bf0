//! What is written is there, whole, and is found by what the core asks for.

use custody_core::{
    Private, SignedDuration,
    case::TopicId,
    held_file::{FileDetails, HeldFile, Refusal, Source, SourceMark, StateName},
    hold::HoldScope,
    id::PersonId,
    ports::{Emptied, Fault, Head, Heartbeat, Job, Ledger as _},
    receipt::{Answer, Confirmation, Delivery, DeliveryState},
    reply::ReplyState,
    request::{Channel, RequestStanding},
    ticket::{Closing, TicketReading},
    transition::Write,
    viewing_copy::{Ended, Stays},
};

use super::{
    World,
    build::{
        arrived, at, bytes, case, case_id, confirmation, copy_id, copy_of, customer, customer_id, delivery, details,
        erased, erasing, file_id, file_of, hold_id, hold_of, issued, leased, lifted, note, opened, person, placed,
        receipt, receipt_id, reply, reply_of, request, rewrap, salt, sealed, wraps,
    },
    world::fault,
};
use crate::Inconsistency;

pub(super) async fn every_row_is_read_back_as_it_was_written(world: &World) {
    let ledger = &world.ledger;
    assert_eq!(ledger.head().await.unwrap().index, 0, "a new ledger has no event");
    assert_eq!(ledger.epoch().await.unwrap(), 1, "the first epoch is 1");

    world.commit(vec![opened(1, 1), arrived(1, 1)]).await;
    assert_eq!(ledger.case(case_id(1)).await.unwrap(), Some(case(1, 1)));
    assert_eq!(ledger.customer(customer_id(1)).await.unwrap(), Some(customer(1)));
    assert_eq!(ledger.file(file_id(1)).await.unwrap(), Some(file_of(&arrived(1, 1))));
    assert_eq!(ledger.file_details(file_id(1)).await.unwrap(), Some(details(1)));

    let standing = case(1, 1).standing.after(TicketReading::Closed { how: Closing::Archived }, at(5)).in_doubt(at(6));
    let closed = case(1, 1).read_ticket(standing, at(6));
    world.commit(vec![closed, sealed(1, 1)]).await;
    let read = ledger.case(case_id(1)).await.unwrap().unwrap();
    assert_eq!((read.standing, read.version), (standing, 1));
    assert_eq!(ledger.file(file_id(1)).await.unwrap(), Some(file_of(&sealed(1, 1))));
    assert_eq!(ledger.wraps(file_id(1)).await.unwrap(), wraps(1, 1));
    let salted = FileDetails { salt: Some(Private::new(salt(1))), ..details(1) };
    assert_eq!(ledger.file_details(file_id(1)).await.unwrap(), Some(salted));

    let copy = leased(1, 1);
    let longer = copy_of(&copy).extend(person(), at(120), at(13));
    let beside = copy_of(&longer).note_beside(7, at(14));
    let stays = copy_of(&beside).stay(Stays { why: Ended::Locked, fault: Fault::CopyInUse }, 3, at(15));
    let ended = copy_of(&stays).end(Ended::LeaseOver, Emptied { beside: 2, elsewhere: 1 }, at(99));
    for change in [copy, longer, beside, stays] {
        world.commit(vec![change.clone()]).await;
        assert_eq!(ledger.open_viewing_copies().await.unwrap(), [copy_of(&change)]);
    }
    let reason = ledger.viewing_reason(copy_id(1)).await.unwrap().unwrap();
    assert!(reason.reveal().ends_with("looks 1"));
    assert_eq!(ledger.viewing_reason(copy_id(2)).await.unwrap(), None);
    world.commit(vec![ended.clone()]).await;
    assert_eq!(ledger.open_viewing_copies().await.unwrap(), []);
    assert_eq!(ledger.viewing_copies(file_id(1)).await.unwrap(), [copy_of(&ended)]);

    let hold = placed(1, HoldScope::File(file_id(1)));
    let other = PersonId::from_bytes([8; 16]);
    let handed_on = hold_of(&hold).hand_on(other, person(), at(15)).unwrap();
    let reviewed = hold_of(&handed_on).review(at(1900), other, at(15)).unwrap();
    world.commit(vec![hold, handed_on, reviewed.clone()]).await;
    let kept = ledger.holds(false).await.unwrap();
    assert_eq!(kept, [hold_of(&reviewed)]);
    assert_eq!((kept[0].owner, kept[0].review_at), (other, at(1900)));
    let lifted = lifted(&reviewed);
    world.commit(vec![lifted.clone()]).await;
    assert_eq!(ledger.holds(true).await.unwrap(), [hold_of(&lifted)]);
    assert_eq!(ledger.holds(false).await.unwrap(), []);
    assert!(ledger.hold_reason(hold_id(1)).await.unwrap().unwrap().reveal().ends_with("reason 1"));
    assert!(ledger.lift_reason(hold_id(1)).await.unwrap().unwrap().reveal().ends_with("lifted"));

    world.commit(erasing(1, 1)).await;
    assert!(ledger.wraps(file_id(1)).await.unwrap().is_empty());
    assert!(ledger.rotation_owed().await.unwrap(), "dropped wraps owe a rotation");
    world.write(vec![rewrap(2, Vec::new())]).await;
    assert_eq!((ledger.epoch().await.unwrap(), ledger.rotation_owed().await.unwrap()), (2, false));

    world.write(vec![receipt(1, 1, vec![erased(1, 1)])]).await;
    let was = issued(1, 1, vec![file_id(1)]);
    assert_eq!(ledger.file(file_id(1)).await.unwrap(), Some(erased(1, 1)));
    assert_eq!(ledger.receipt(receipt_id(1)).await.unwrap(), Some(was.row.clone()));
    assert_eq!(ledger.envelope(receipt_id(1)).await.unwrap(), Some(was.envelope.clone()));
    assert_eq!(ledger.delivery(receipt_id(1)).await.unwrap(), Some(was.delivery.clone()));

    let (sent, said) = (DeliveryState::Sent { at: at(50) }, confirmation(&was.row, 2, "mail 1"));
    world.write(vec![delivery(&was.row, 1, sent), said]).await;
    let kept = ledger.receipt(receipt_id(1)).await.unwrap().unwrap();
    assert_eq!((kept.closed_at, kept.version), (Some(at(60)), 2));
    let after = Delivery { channel: Channel::Mail, attempts: 1, state: sent };
    assert_eq!(ledger.delivery(receipt_id(1)).await.unwrap(), Some(after));
    let answers = ledger.confirmations(receipt_id(1)).await.unwrap();
    assert_eq!((answers.len(), answers[0].source.as_str(), answers[0].at), (1, "mail 1", at(60)));
}

pub(super) async fn a_reply_is_owed_once_and_found_by_whatever_an_answer_names(world: &World) {
    let ledger = &world.ledger;
    let asked = |number: u32| request(number, 1, &format!("post {number}"), RequestStanding::Accepted).receive(at(40));
    world.commit(vec![opened(1, 1), asked(1), asked(2), asked(3)]).await;
    let waiting = |second| ReplyState::Waiting { try_at: at(second), last_fault: None };
    let owed = [reply(1, 1, waiting(41), 0), reply(2, 1, waiting(60), 0), reply(3, 1, waiting(41), 0)];
    world.write(owed.to_vec()).await;
    let replies: Vec<_> = owed.iter().map(reply_of).collect();
    assert_eq!(ledger.replies_of_case(case_id(1)).await.unwrap(), replies);
    assert_eq!(ledger.replies_of_case(case_id(2)).await.unwrap(), []);
    for found in &replies {
        assert_eq!(ledger.reply_of_token(&found.token).await.unwrap().as_ref(), Some(found));
        assert_eq!(ledger.reply_of_message(&found.message_id).await.unwrap().as_ref(), Some(found));
    }
    assert_eq!(ledger.reply_of_token("RQ-").await.unwrap(), None);
    let due = [replies[0].clone(), replies[2].clone()];
    assert_eq!(ledger.replies_to_send(at(59)).await.unwrap(), due);
    assert_eq!(ledger.replies_to_send(at(40)).await.unwrap(), []);

    // A second one for the same request, whoever writes it, and a stale one of any state.
    for stale in [
        reply(1, 1, waiting(41), 0),
        reply(1, 1, ReplyState::Sent { at: at(50) }, 0),
        reply(1, 1, ReplyState::Sent { at: at(50) }, 2),
        reply(9, 1, waiting(41), 0),
    ] {
        let what = format!("{stale:?}");
        let refused = fault(world.try_write(vec![stale]).await);
        assert_eq!(refused, Fault::Conflict, "{what}");
    }
    let last_fault = Some(Fault::Unreachable);
    let next = [
        reply(1, 1, ReplyState::Waiting { try_at: at(70), last_fault }, 1),
        reply(2, 1, ReplyState::Bounced { at: at(61) }, 1),
        reply(3, 1, ReplyState::Withdrawn { at: at(61) }, 1),
    ];
    world.write(next.to_vec()).await;
    let replies: Vec<_> = next.iter().map(reply_of).collect();
    assert_eq!(ledger.replies_of_case(case_id(1)).await.unwrap(), replies);
    assert_eq!(ledger.replies_to_send(at(99)).await.unwrap(), replies[..1]);
    assert_eq!(ledger.bounced_replies().await.unwrap(), replies[1..2]);
    let about = ledger.events_of_case(case_id(1)).await.unwrap();
    assert_eq!(about.len(), 1 + 3 + 3 + 3, "what became of a reply is an event of its case");
}

pub(super) async fn a_file_from_a_drop_folder_has_nothing_of_the_forum(world: &World) {
    let dropped = FileDetails { source: Source::DropFolder, ..details(1) };
    let arrived = |number| HeldFile::arrive(file_id(number), case_id(1), dropped.clone(), at(1));
    // The same name twice: each is a file of its own.
    world.commit(vec![opened(1, 1), arrived(1), arrived(2)]).await;
    assert_eq!(world.ledger.file_details(file_id(1)).await.unwrap(), Some(dropped.clone()));
    assert_eq!(world.ledger.file_details(file_id(2)).await.unwrap(), Some(dropped.clone()));
}

pub(super) async fn every_row_is_found_by_what_the_core_asks_for(world: &World) {
    let ledger = &world.ledger;
    let unclear = request(3, 1, "post 3", RequestStanding::Unclear);
    let accepted = request(4, 2, "post 4", RequestStanding::Accepted);
    let (unclear_id, asked_id) = (unclear.id, accepted.id);
    world
        .commit(vec![
            opened(1, 1),
            opened(2, 2),
            arrived(1, 1),
            arrived(2, 1),
            arrived(3, 2),
            sealed(2, 1),
            unclear.clone().receive(at(3)),
            accepted.clone().ask("the wrong file".into(), at(4)),
            placed(1, HoldScope::Customer(customer_id(2))),
        ])
        .await;
    world.write(vec![receipt(7, 2, Vec::new())]).await;

    let topic = case(2, 2).topic;
    assert_eq!(ledger.case_of_topic("help", topic).await.unwrap().map(|case| case.id), Some(case_id(2)));
    assert_eq!(ledger.case_of_topic("help", TopicId(-1)).await.unwrap(), None);
    assert_eq!(ledger.case_of_topic("elsewhere", topic).await.unwrap(), None);
    assert_eq!(ledger.customer_of_user("help", customer(2).user).await.unwrap(), Some(customer(2)));
    assert_eq!(ledger.customer_of_user("elsewhere", customer(2).user).await.unwrap(), None);

    let of_case: Vec<_> = ledger.files_of_case(case_id(1)).await.unwrap().iter().map(HeldFile::id).collect();
    assert_eq!(of_case, [file_id(1), file_id(2)], "in the order of arrival");
    let details = details(3);
    let attachment = details.source.attachment().unwrap();
    let mark = SourceMark::of(case_id(2), attachment.post, attachment.upload.reveal());
    assert_eq!(ledger.file_of_mark(mark).await.unwrap().map(|file| file.id()), Some(file_id(3)));
    let in_states = async |states: &[StateName]| {
        ledger.files_in(states).await.unwrap().iter().map(HeldFile::id).collect::<Vec<_>>()
    };
    assert_eq!(in_states(&[]).await, []);
    assert_eq!(in_states(&[StateName::Held]).await, [file_id(2)]);
    assert_eq!(in_states(&[StateName::Held, StateName::Arriving]).await, [file_id(1), file_id(2), file_id(3)]);
    assert_eq!(in_states(&StateName::ALL).await.len(), 3);
    assert_eq!(ledger.all_wraps().await.unwrap(), wraps(2, 1));

    assert_eq!(ledger.requests(case_id(1)).await.unwrap(), std::slice::from_ref(&unclear));
    assert_eq!(ledger.unclear_requests().await.unwrap(), std::slice::from_ref(&unclear));
    assert_eq!(ledger.requests_between(at(3), at(4)).await.unwrap(), std::slice::from_ref(&unclear), "the end is open");
    assert_eq!(ledger.requests_between(at(3), at(5)).await.unwrap(), [unclear.clone(), accepted]);
    world.commit(vec![unclear.resolve(false, person(), at(9))]).await;
    assert_eq!(ledger.unclear_requests().await.unwrap(), []);

    assert_eq!(ledger.request_reason(unclear_id).await.unwrap(), None);
    assert_eq!(ledger.request_reason(asked_id).await.unwrap(), Some("the wrong file".into()));

    assert_eq!(ledger.holds(false).await.unwrap().len(), 1);
    let reason = ledger.hold_reason(hold_id(1)).await.unwrap().unwrap();
    assert!(reason.reveal().ends_with("reason 1"));
    let row = issued(7, 2, Vec::new()).row;
    assert_eq!(ledger.receipt_of_token(&row.token).await.unwrap(), Some(row.clone()));
    assert_eq!(ledger.receipt_of_message(&row.message_id).await.unwrap(), Some(row.clone()));
    assert_eq!(ledger.receipts_of_case(case_id(2)).await.unwrap(), [row]);
    for hostile in ["", "'; DROP TABLE chain; --", "\0", "a\0b"] {
        assert_eq!(ledger.receipt_of_token(hostile).await.unwrap(), None);
        assert_eq!(ledger.receipt_of_message(hostile).await.unwrap(), None);
    }
}

pub(super) async fn lists_are_newest_first_and_come_in_pages(world: &World) {
    world.commit((1..=5).map(|number| opened(number, 1)).collect()).await;
    world.write((1..=5).map(|number| receipt(number, 1, Vec::new())).collect()).await;
    let cases = async |skip, limit| {
        world.ledger.cases(skip, limit).await.unwrap().iter().map(|case| case.id).collect::<Vec<_>>()
    };
    assert_eq!(cases(0, 2).await, [case_id(5), case_id(4)]);
    assert_eq!(cases(4, 10).await, [case_id(1)]);
    assert_eq!(cases(5, 10).await, []);
    let receipts = world.ledger.receipts(1, 2).await.unwrap();
    assert_eq!(receipts.iter().map(|row| row.id).collect::<Vec<_>>(), [receipt_id(4), receipt_id(3)]);
    let of_case = world.ledger.receipts_of_case(case_id(1)).await.unwrap();
    assert_eq!(of_case.first().map(|row| row.id), Some(receipt_id(1)), "those of a case are oldest first");
}

pub(super) async fn open_cases_are_those_with_files_and_those_that_are_remembered(world: &World) {
    world
        .commit(vec![
            opened(1, 1),
            opened(2, 2),
            opened(3, 3),
            opened(4, 4),
            arrived(2, 2),
            sealed(2, 2),
            arrived(3, 3),
        ])
        .await;
    let refused = world.ledger.file(file_id(3)).await.unwrap().unwrap().refuse(Refusal::Empty, at(9)).unwrap();
    world.commit(vec![refused]).await;
    world.commit([2, 3, 4].map(|number| case(number, number).forget(at(9))).into()).await;
    let open: Vec<_> = world.ledger.open_cases().await.unwrap().iter().map(|case| case.id).collect();
    assert_eq!(open, [case_id(1), case_id(2)]);
}

pub(super) async fn what_a_person_may_have_to_hear_of_is_found_for_open_cases(world: &World) {
    world.commit((1..=3).map(|number| opened(number, number)).collect()).await;
    world.commit([1, 3].map(|number| case(number, number).mark_exposed(Some(at(8)), at(8))).into()).await;
    world.write((1..=4).map(|number| receipt(number, 1, Vec::new())).collect()).await;
    world.write(vec![receipt(5, 3, Vec::new())]).await;
    let row = |number, of| issued(number, of, Vec::new()).row;
    let bounced = DeliveryState::Bounced { at: at(50) };
    let disputed = |number| {
        let (write, event) = confirmation(&row(number, 1), 1, "a reply");
        let Write::Confirmation { receipt, confirmation } = write else { panic!("an answer") };
        (
            Write::Confirmation { receipt, confirmation: Confirmation { answer: Answer::Disputed, ..confirmation } },
            event,
        )
    };
    world
        .write(vec![
            delivery(&row(1, 1), 1, bounced),
            delivery(&row(2, 1), 1, DeliveryState::Sent { at: at(50) }),
            disputed(3),
            confirmation(&row(4, 1), 1, "another reply"),
            delivery(&row(5, 3), 1, bounced),
        ])
        .await;
    let exposed = async || world.ledger.exposed_cases().await.unwrap().iter().map(|it| it.id).collect::<Vec<_>>();
    let asked = async || world.ledger.receipts_in_question().await.unwrap().iter().map(|it| it.id).collect::<Vec<_>>();
    assert_eq!(exposed().await, [case_id(1), case_id(3)]);
    assert_eq!(asked().await, [receipt_id(1), receipt_id(3), receipt_id(5)]);

    let third = world.ledger.case(case_id(3)).await.unwrap().unwrap();
    world.commit(vec![third.forget(at(70))]).await;
    assert_eq!(exposed().await, [case_id(1)], "of a forgotten case there is nothing to be said");
    assert_eq!(asked().await, [receipt_id(1), receipt_id(3)]);
}

pub(super) async fn the_outbox_gives_what_is_due_and_nothing_else(world: &World) {
    world.commit(vec![opened(1, 1)]).await;
    world.write((1..=3).map(|number| receipt(number, 1, Vec::new())).collect()).await;
    let row = |number| issued(number, 1, Vec::new()).row;
    let later = DeliveryState::Waiting { try_at: at(100), last_fault: Some(Fault::Unreachable) };
    world.write(vec![delivery(&row(1), 1, later), delivery(&row(2), 1, DeliveryState::Sent { at: at(50) })]).await;
    let due = async |second| {
        let due = world.ledger.outbox(at(second)).await.unwrap();
        due.into_iter().map(|(row, delivery)| (row.id, delivery.state)).collect::<Vec<_>>()
    };
    let waiting = DeliveryState::Waiting { try_at: at(40), last_fault: None };
    assert_eq!(due(39).await, []);
    assert_eq!(due(40).await, [(receipt_id(3), waiting)]);
    assert_eq!(due(100).await, [(receipt_id(3), waiting), (receipt_id(1), later)]);
}

pub(super) async fn a_person_keeps_the_first_id_and_a_job_its_last_run(world: &World) {
    let ledger = &world.ledger;
    let (first, second) = (person(), PersonId::from_bytes(bytes("person", 2)));
    let name = Private::from("Erika Muster");
    assert_eq!(ledger.person(&name, first).await.unwrap(), first);
    assert_eq!(ledger.person(&name, second).await.unwrap(), first);
    assert_eq!(ledger.person_name(first).await.unwrap(), Some(name));
    assert_eq!(ledger.person_name(second).await.unwrap(), None);

    assert_eq!(ledger.mark("intake").await.unwrap(), None);
    ledger.put_mark("intake", "one").await.unwrap();
    ledger.put_mark("intake", "two").await.unwrap();
    assert_eq!(ledger.mark("intake").await.unwrap().as_deref(), Some("two"));

    let beat = |job, fault| Heartbeat {
        job,
        ran_at: at(1),
        good_at: None,
        fault,
        next_at: Some(at(1) + SignedDuration::from_mins(5)),
    };
    ledger.beat(beat(Job::Reconcile, None)).await.unwrap();
    ledger.beat(beat(Job::Intake, Some(Fault::RateLimited))).await.unwrap();
    ledger.beat(beat(Job::Reconcile, Some(Fault::DiskFull))).await.unwrap();
    let last = [beat(Job::Intake, Some(Fault::RateLimited)), beat(Job::Reconcile, Some(Fault::DiskFull))];
    assert_eq!(ledger.heartbeats().await.unwrap(), last);
    assert_eq!(ledger.head().await.unwrap().index, 0, "none of this is an event");
}

pub(super) async fn a_hostile_name_is_kept_on_either_engine(world: &World) {
    let names =
        ["a\0b.log", "../../etc/passwd", "日本語\u{202e}gpj.exe", "x'); DROP TABLE chain; --", "\u{10ffff}", "$1"];
    world.commit(vec![opened(1, 1)]).await;
    for (number, name) in (1..).zip(names) {
        let details = FileDetails { name: name.into(), ..details(number) };
        world.commit(vec![HeldFile::arrive(file_id(number), case_id(1), details, at(1))]).await;
        let read = world.ledger.file_details(file_id(number)).await.unwrap().unwrap();
        assert_eq!(*read.name.reveal(), name.replace('\0', "\u{fffd}"));
    }
}

pub(super) async fn the_events_of_a_case_are_found_and_no_others(world: &World) {
    let asked = request(1, 1, "post 1", RequestStanding::Unclear);
    world
        .commit(vec![
            opened(1, 1),                                   // 1
            opened(2, 2),                                   // 2
            note(3),                                        // 3
            arrived(1, 1),                                  // 4
            arrived(2, 2),                                  // 5
            sealed(1, 1),                                   // 6
            leased(1, 1),                                   // 7
            placed(1, HoldScope::File(file_id(1))),         // 8
            placed(2, HoldScope::Case(case_id(2))),         // 9
            placed(3, HoldScope::Customer(customer_id(1))), // 10
            asked.clone().receive(at(1)),                   // 11
        ])
        .await;
    world.commit(vec![asked.resolve(true, person(), at(9))]).await; // 12
    world.commit(erasing(1, 1)).await; // 13, 14, 15
    world.write(vec![rewrap(2, Vec::new()), receipt(1, 1, vec![erased(1, 1)])]).await; // 16, 17
    let row = issued(1, 1, vec![file_id(1)]).row;
    world.write(vec![delivery(&row, 1, DeliveryState::Sent { at: at(50) })]).await; // 18
    let of = async |number| {
        let events = world.ledger.events_of_case(case_id(number)).await.unwrap();
        events.into_iter().map(|(index, _)| index).collect::<Vec<_>>()
    };
    assert_eq!(of(1).await, [1, 4, 6, 7, 8, 11, 12, 13, 14, 15, 17, 18]);
    assert_eq!(of(2).await, [2, 5, 9]);
    assert!(of(3).await.is_empty());
    let some = world.ledger.events(2, 2).await.unwrap();
    assert_eq!(some.iter().map(|(index, _)| *index).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(some[0].1, *note(3).event());
    assert_eq!(world.ledger.events(u64::MAX, 5).await.unwrap(), []);
}

pub(super) async fn many_files_and_wraps_are_written_in_one_commit(world: &World) {
    const FILES: u32 = 450;
    let all = (1..=FILES).flat_map(|number| [arrived(number, 1), sealed(number, 1)]);
    let Head { index, .. } = world.commit(std::iter::once(opened(1, 1)).chain(all).collect()).await;
    assert_eq!(index, u64::from(FILES) * 2 + 1);
    let wrapped: Vec<_> = (1..=FILES).flat_map(|number| wraps(number, 2)).collect();
    world.write(vec![rewrap(2, wrapped.clone())]).await;
    let mut read = world.ledger.all_wraps().await.unwrap();
    read.sort_by_key(|wrap| wrapped.iter().position(|other| other == wrap));
    assert_eq!(read, wrapped);
    assert_eq!(world.ledger.files_in(&[StateName::Held]).await.unwrap().len(), FILES as usize);
}

pub(super) async fn a_row_that_makes_no_sense_is_named_by_its_place(world: &World) {
    world.commit(vec![opened(1, 1), arrived(1, 1)]).await;
    let meddlings = [
        ("held_files", "state", "UPDATE held_files SET state = 'held'"),
        ("held_files", "state", "UPDATE held_files SET state = 'sealed'"),
        ("held_files", "facts", "UPDATE held_files SET state = 'arriving', facts = '{\"state\":\"arriving\"}'"),
        (
            "held_files",
            "mark",
            "UPDATE held_files SET facts = '{\"state\":\"refused\",\"at\":\"2026-11-23T00:00:00Z\",\
          \"why\":\"empty\"}', state = 'refused', mark = 'zz'",
        ),
    ];
    for (table, column, meddling) in meddlings {
        assert_eq!(world.meddle(meddling).await, 1);
        let error = world.ledger.file(file_id(1)).await.unwrap_err();
        let cause = error.source.unwrap();
        let place = cause.downcast_ref::<crate::LedgerError>();
        let wanted = Inconsistency { table, column, row: file_id(1).to_string() };
        assert!(matches!(place, Some(crate::LedgerError::Row(found)) if *found == wanted), "{place:?}");
        assert_eq!(error.fault, Fault::LedgerDamaged);
    }
    world.meddle("INSERT INTO heartbeats (job, ran_at) VALUES ('CarolCanary', 1)").await;
    let error = world.ledger.heartbeats().await.unwrap_err();
    assert_eq!(error.fault, Fault::LedgerDamaged);
    let told = format!("{error:?} {}", error.source.as_deref().unwrap());
    assert!(!told.contains("Carol"), "what somebody wrote into a row is not repeated: {told}");
}

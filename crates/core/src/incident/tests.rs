use super::*;
use crate::{
    case::TopicId,
    held_file::Refusal,
    id::{HoldId, ReceiptId},
    retention::Reason,
    ticket::TicketRef,
    viewing_copy::Ended,
};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + 60 * minute).unwrap()
}

fn file(number: u8) -> FileId {
    FileId::from_bytes([number; 16])
}

fn case(number: u8) -> CaseId {
    CaseId::from_bytes([number; 16])
}

fn customer(number: u8) -> CustomerId {
    CustomerId::from_bytes([number; 16])
}

const PERSON: PersonId = PersonId::from_bytes([5; 16]);

fn opened(number: u8) -> EventKind {
    let ticket = TicketRef { tracker: "topic".into(), key: "1".into() };
    EventKind::CaseOpened { case: case(number), customer: customer(number), topic: TopicId(1), ticket }
}

fn sealed(number: u8) -> EventKind {
    EventKind::FileSealed { file: file(number), size: 100 + u64::from(number), digest: String::new(), wraps: 1 }
}

fn made(number: u8) -> EventKind {
    EventKind::ViewingCopyMade { copy: ViewingCopyId::from_bytes([number; 16]), file: file(number), until: at(1000) }
}

fn ended(number: u8) -> EventKind {
    let copy = ViewingCopyId::from_bytes([number; 16]);
    EventKind::ViewingCopyEnded { copy, file: file(number), why: Ended::Done, beside: 0, elsewhere: 0 }
}

fn erased(number: u8) -> EventKind {
    EventKind::FilesErased { files: vec![file(number)], receipt: ReceiptId::from_bytes([1; 16]), complete: true }
}

/// A day of a desk, minute by minute.
fn story() -> Vec<(i64, EventKind)> {
    let arrived = |number, case_number| EventKind::FileArrived { file: file(number), case: case(case_number) };
    vec![
        (0, EventKind::DeskCreated { tool: String::new() }),
        (1, EventKind::Locked),
        (2, opened(1)),
        (3, arrived(1, 1)),
        (4, sealed(1)),
        (5, arrived(2, 1)),
        (6, sealed(2)),
        (7, opened(2)),
        (8, arrived(3, 2)),
        (9, EventKind::FileRefused { file: file(3), why: Refusal::Empty }),
        // Saved into the drop folder at 10, sealed at 20, the original erased at 22.
        (10, arrived(4, 2)),
        (20, sealed(4)),
        (22, EventKind::DropErased { file: file(4) }),
        (30, EventKind::Unlocked),
        (31, made(2)),
        (35, ended(2)),
        (36, EventKind::Locked),
        (40, EventKind::UnlockFailed),
        (50, EventKind::ErasureBegun { file: file(1), reason: Reason::PeriodEnded }),
        (51, EventKind::WrapsDropped { file: file(1) }),
        (53, EventKind::EpochRotated { epoch: 2, wraps: 2 }),
        (54, EventKind::EpochDestroyed { epoch: 1 }),
        (55, erased(1)),
        (
            56,
            EventKind::HoldPlaced {
                hold: HoldId::from_bytes([1; 16]),
                scope: crate::hold::HoldScope::Case(case(2)),
                review_at: at(900),
            },
        ),
        (60, EventKind::FileLost { file: file(2), finding: Finding::Missing }),
        (70, EventKind::Unlocked),
        (71, made(4)),
    ]
}

fn tell(from: i64, to: i64) -> Incident {
    let mut reading = Reading::default();
    for (index, (minute, kind)) in (1..).zip(story()) {
        reading.event(index, &Event { at: at(minute), actor: Actor::Person(PERSON), kind });
    }
    reading.tell(Span { from: at(from), to: at(to) })
}

fn forms(incident: &Incident) -> Vec<(u8, Form)> {
    incident.files.iter().map(|there| (there.file.as_bytes()[0], there.form)).collect()
}

#[test]
fn at_any_moment_exactly_what_was_there_is_told() {
    use Form::{DropFolder, KeyDropped, Sealed, ViewingCopy};
    let truth: [(i64, &[(u8, Form)]); 14] = [
        (0, &[]),
        // Arrived and not sealed yet: what is under way has no key that is written down.
        (3, &[]),
        (4, &[(1, Sealed)]),
        (9, &[(1, Sealed), (2, Sealed)]),
        (10, &[(1, Sealed), (2, Sealed), (4, DropFolder)]),
        (21, &[(1, Sealed), (2, Sealed), (4, DropFolder)]),
        (22, &[(1, Sealed), (2, Sealed), (4, Sealed)]),
        (31, &[(1, Sealed), (2, ViewingCopy), (4, Sealed)]),
        (35, &[(1, Sealed), (2, Sealed), (4, Sealed)]),
        (50, &[(1, Sealed), (2, Sealed), (4, Sealed)]),
        (52, &[(1, KeyDropped), (2, Sealed), (4, Sealed)]),
        (54, &[(2, Sealed), (4, Sealed)]),
        (60, &[(4, Sealed)]),
        (71, &[(4, ViewingCopy)]),
    ];
    for (minute, expected) in truth {
        assert_eq!(forms(&tell(minute, minute)), expected, "at minute {minute}");
    }
}

#[test]
fn over_a_span_the_most_readable_form_of_it_is_told_also_of_what_was_erased_within() {
    let incident = tell(25, 75);
    assert_eq!(forms(&incident), [(1, Form::Sealed), (2, Form::ViewingCopy), (4, Form::ViewingCopy)]);
    assert_eq!(incident.files[0].erased_at, Some(at(55)), "erased since");
    let told: Vec<_> = incident.files.iter().map(|there| (there.customer, there.size)).collect();
    assert_eq!(told, [(Some(customer(1)), Some(101)), (Some(customer(1)), Some(102)), (Some(customer(2)), Some(104))]);
    let copies: Vec<_> = incident.copies.iter().map(|copy| (copy.file, copy.person, copy.made_at)).collect();
    assert_eq!(copies, [(file(2), Some(PERSON), at(31)), (file(4), Some(PERSON), at(71))]);
    assert_eq!(incident.last_event, Some((27, at(71))));
}

#[test]
fn whether_the_desk_was_unlocked_is_told_for_the_moment_and_for_the_span() {
    for (from, to, unlocked, since) in [
        (0, 0, true, Some(0)),
        (1, 29, false, None),
        (10, 32, true, Some(30)),
        (32, 40, true, None),
        (36, 69, false, None),
        (40, 70, true, Some(70)),
        (80, 90, true, Some(70)),
    ] {
        let incident = tell(from, to);
        assert_eq!((incident.unlocked, incident.unlocked_since), (unlocked, since.map(at)), "{from} to {to}");
    }
    assert_eq!((tell(39, 41).wrong_passphrases, tell(41, 60).wrong_passphrases), (1, 0));
}

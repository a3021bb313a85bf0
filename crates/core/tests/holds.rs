//! What the verbs of a hold write, and what a hold covers.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use custody_core::{
    Private, Timestamp,
    event::{Actor, EventKind},
    hold::{AlreadyLifted, Hold, HoldReason, HoldScope},
    id::{CaseId, CustomerId, FileId, HoldId, PersonId},
    transition::{Transition, Write},
};

const ROBIN: PersonId = PersonId::from_bytes([1; 16]);
const ALEX: PersonId = PersonId::from_bytes([2; 16]);
const ID: HoldId = HoldId::from_bytes([3; 16]);
const CASE: CaseId = CaseId::from_bytes([4; 16]);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn placed() -> Transition {
    Hold::place(ID, HoldScope::Case(CASE), ROBIN, Private::new("a lawsuit".to_owned()), at(900), at(1))
}

fn written(transition: &Transition) -> (&Hold, Option<&HoldReason>) {
    match transition.write() {
        Write::Hold { hold, reason } => (hold, reason.as_ref()),
        other => panic!("a verb of a hold writes the hold, not {other:?}"),
    }
}

#[test]
fn a_hold_is_placed_with_owner_reason_and_review_date() {
    let placed = placed();
    let (hold, reason) = written(&placed);
    let expected = Hold {
        id: ID,
        scope: HoldScope::Case(CASE),
        owner: ROBIN,
        placed_at: at(1),
        review_at: at(900),
        lifted: None,
        version: 0,
    };
    assert_eq!(hold, &expected);
    assert_eq!(reason, Some(&HoldReason::Placed(Private::new("a lawsuit".to_owned()))));
    assert!(hold.is_placed());
    assert_eq!(placed.event().actor, Actor::Person(ROBIN));
}

#[test]
fn each_verb_changes_its_own_field_says_who_and_counts_the_write() {
    let hold = written(&placed()).0.clone();
    let lifted = hold.clone().lift(ALEX, Private::new("settled".to_owned()), at(5)).unwrap();
    let expected = Hold { lifted: Some((at(5), ALEX)), version: 1, ..hold.clone() };
    assert_eq!(written(&lifted), (&expected, Some(&HoldReason::Lifted(Private::new("settled".to_owned())))));
    assert!(!expected.is_placed());

    let reviewed = hold.clone().review(at(2000), ALEX, at(6)).unwrap();
    assert_eq!(written(&reviewed), (&Hold { review_at: at(2000), version: 1, ..hold.clone() }, None));

    let handed_on = hold.clone().hand_on(ALEX, ROBIN, at(7)).unwrap();
    assert_eq!(written(&handed_on), (&Hold { owner: ALEX, version: 1, ..hold.clone() }, None));

    let kinds = [
        (lifted, ALEX, at(5), EventKind::HoldLifted { hold: ID, scope: HoldScope::Case(CASE) }),
        (
            reviewed,
            ALEX,
            at(6),
            EventKind::HoldReviewed { hold: ID, scope: HoldScope::Case(CASE), review_at: at(2000) },
        ),
        (handed_on, ROBIN, at(7), EventKind::HoldHandedOn { hold: ID, scope: HoldScope::Case(CASE), owner: ALEX }),
    ];
    for (transition, by, when, kind) in kinds {
        let event = transition.event();
        assert_eq!((event.at, event.actor, &event.kind), (when, Actor::Person(by), &kind));
    }
    // Another write counts on from there.
    let twice = Hold { version: 6, ..hold }.review(at(3000), ALEX, at(8)).unwrap();
    assert_eq!(written(&twice).0.version, 7);
}

#[test]
fn nothing_is_done_with_a_hold_that_is_lifted() {
    let lifted = Hold { lifted: Some((at(5), ALEX)), ..written(&placed()).0.clone() };
    let tries = [
        lifted.clone().lift(ROBIN, Private::new(String::new()), at(6)),
        lifted.clone().review(at(2000), ROBIN, at(6)),
        lifted.hand_on(ROBIN, ROBIN, at(6)),
    ];
    for tried in tries {
        assert_eq!(tried.unwrap_err(), AlreadyLifted(ID));
    }
}

#[test]
fn a_hold_covers_its_file_case_or_customer_and_no_other() {
    let (file, case, customer) =
        (FileId::from_bytes([5; 16]), CaseId::from_bytes([6; 16]), CustomerId::from_bytes([7; 16]));
    let others = (FileId::from_bytes([50; 16]), CaseId::from_bytes([60; 16]), CustomerId::from_bytes([70; 16]));
    for scope in [HoldScope::File(file), HoldScope::Case(case), HoldScope::Customer(customer)] {
        assert!(scope.covers(file, case, customer));
        assert!(!scope.covers(others.0, others.1, others.2), "{scope:?}");
        assert_eq!(scope.covers(file, others.1, others.2), scope == HoldScope::File(file));
        assert_eq!(scope.covers(others.0, case, others.2), scope == HoldScope::Case(case));
        assert_eq!(scope.covers(others.0, others.1, customer), scope == HoldScope::Customer(customer));
    }
}

//! The verbs that only this crate may use: the end of an erasure, and its replay after a restore.

use super::*;
use crate::location::{Check, Location, LocationState, Technique};

const FILE: FileId = FileId::from_bytes([7; 16]);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn sealed() -> Sealed {
    Sealed {
        at: at(1),
        size: 3,
        sealed_size: 203,
        digest: "00".repeat(32),
        forum_digest: ForumDigest::NotGiven,
        kind: FileKind::Log,
    }
}

fn due() -> Due {
    Due { reason: Reason::TicketClosed, since: at(2), erase_at: at(3) }
}

fn in_state(name: StateName) -> HeldFile {
    let (sealed, due) = (sealed(), due());
    let state = match name {
        StateName::Arriving => State::Arriving { attempts: 0, try_at: at(1), last_fault: None },
        StateName::Refused => State::Refused { at: at(1), why: Refusal::Empty },
        StateName::Held => State::Held { sealed },
        StateName::Due => State::Due { sealed, due },
        StateName::Erasing => {
            State::Erasing { sealed, due, since: at(4), attempts: 2, try_at: at(5), last_fault: None }
        }
        StateName::Erased => State::Erased { sealed, due, at: at(6), proofs: vec![] },
        StateName::Lost => State::Lost { at: at(6), finding: Finding::Missing },
    };
    HeldFile::restore(FILE, CaseId::from_bytes([8; 16]), SourceMark::from_bytes([0; 32]), at(1), state, 4)
}

fn proof(state: LocationState) -> Proof {
    Proof {
        location: Location::SealedFile,
        technique: Technique::LogicalDeletion,
        check: Check::FolderRead,
        checked_at: at(6),
        state,
    }
}

#[test]
fn an_erasure_ends_with_a_proof_for_every_location_and_not_before() {
    let erasing = || in_state(StateName::Erasing);
    assert!(erasing().finish(vec![], at(7)).is_err(), "no proof at all");
    let (gone, there) = (proof(LocationState::ErasedVerified), proof(LocationState::Present));
    assert!(erasing().finish(vec![gone.clone(), there], at(7)).is_err(), "one location is open");
    let erased = erasing().finish(vec![gone.clone()], at(7)).unwrap();
    assert_eq!(erased.state(), &State::Erased { sealed: sealed(), due: due(), at: at(7), proofs: vec![gone.clone()] });
    assert_eq!(erased.version(), 5);
    for state in StateName::ALL.into_iter().filter(|state| *state != StateName::Erasing) {
        assert_eq!(in_state(state).finish(vec![gone.clone()], at(7)).unwrap_err().state, state);
    }
}

#[test]
fn a_replay_leads_only_forward() {
    let replayed = Due { reason: Reason::PeriodEnded, since: at(9), erase_at: at(9) };
    let receipt = ReceiptId::from_bytes([9; 16]);
    for state in StateName::ALL {
        match in_state(state).resume_erasing(replayed, Some(receipt), at(10)) {
            Ok(transition) => {
                assert!([StateName::Held, StateName::Due].contains(&state));
                let Write::File(file) = transition.write() else { panic!("it writes the file") };
                let expected = State::Erasing {
                    sealed: sealed(),
                    due: replayed,
                    since: at(9),
                    attempts: 0,
                    try_at: at(10),
                    last_fault: None,
                };
                assert_eq!((file.state(), file.version()), (&expected, 5));
            }
            Err(error) => {
                assert_eq!(error.state, state);
                assert!(![StateName::Held, StateName::Due].contains(&state));
            }
        }
        match in_state(state).erased_before(receipt, at(10)) {
            Ok(transition) => {
                assert_eq!(state, StateName::Erasing);
                let Write::File(file) = transition.write() else { panic!("it writes the file") };
                let expected = State::Erased { sealed: sealed(), due: due(), at: at(2), proofs: vec![] };
                assert_eq!((file.state(), file.version()), (&expected, 5));
            }
            Err(error) => assert_ne!(error.state, StateName::Erasing),
        }
    }
}

//! Every state against every verb: only the drawn ways lead on, and a wrong one names file, state and attempt.

use custody_core::{
    Private, Timestamp,
    event::Actor,
    file_kind::FileKind,
    held_file::{
        Due, FileDetails, Finding, ForumDigest, HeldFile, Refusal, Sealed, Source, Spared, State, StateName,
        TransitionError,
    },
    id::{CaseId, FileId},
    ports::{AttachmentRef, Fault},
    retention::Reason,
    transition::{Transition, Write},
};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn sealed() -> Sealed {
    let forum_digest = ForumDigest::NotGiven;
    Sealed { at: NOW, size: 3, sealed_size: 203, digest: "00".repeat(32), forum_digest, kind: FileKind::Log }
}

fn due() -> Due {
    Due { reason: Reason::TicketClosed, since: NOW, erase_at: NOW }
}

fn in_state(name: StateName) -> HeldFile {
    let (sealed, due) = (sealed(), due());
    let state = match name {
        StateName::Arriving => State::Arriving { attempts: 0, try_at: NOW, last_fault: None },
        StateName::Refused => State::Refused { at: NOW, why: Refusal::Empty },
        StateName::Held => State::Held { sealed },
        StateName::Due => State::Due { sealed, due },
        StateName::Erasing => State::Erasing { sealed, due, since: NOW, attempts: 0, try_at: NOW, last_fault: None },
        StateName::Erased => State::Erased { sealed, due, at: NOW, proofs: vec![] },
        StateName::Lost => State::Lost { at: NOW, finding: Finding::Missing },
    };
    let mark = custody_core::held_file::SourceMark::from_bytes([0; 32]);
    HeldFile::restore(FileId::from_bytes([7; 16]), CaseId::from_bytes([8; 16]), mark, NOW, state, 4)
}

type Verb = (&'static str, fn(HeldFile) -> Result<Transition, TransitionError>, &'static [StateName], StateName);

fn verbs() -> Vec<Verb> {
    use StateName as S;
    vec![
        ("refuse", |file| file.refuse(Refusal::Empty, NOW), &[S::Arriving], S::Refused),
        ("try arrival again", |file| file.try_arrival_again(Fault::Unreachable, NOW, NOW), &[S::Arriving], S::Arriving),
        ("seal", |file| file.seal(sealed(), vec![], Private::new([0; 32]), NOW), &[S::Arriving], S::Held),
        ("mark due", |file| file.mark_due(due(), Actor::Desk, NOW), &[S::Held], S::Due),
        ("change due", |file| file.change_due(due(), Actor::Desk, NOW), &[S::Due], S::Due),
        ("spare", |file| file.spare(Spared::Reopened, NOW), &[S::Due], S::Held),
        ("begin erasing", |file| file.begin_erasing(NOW), &[S::Due], S::Erasing),
        ("try erasure again", |file| file.try_erasure_again(Fault::NotProven, NOW, NOW), &[S::Erasing], S::Erasing),
        ("lose", |file| file.lose(Finding::Missing, NOW), &[S::Held, S::Due, S::Erasing], S::Lost),
    ]
}

#[test]
fn only_the_drawn_ways_lead_on() {
    for (name, verb, from, to) in verbs() {
        for state in StateName::ALL {
            match verb(in_state(state)) {
                Ok(transition) => {
                    assert!(from.contains(&state), "{name} must not work on {state:?}");
                    let (Write::File(next) | Write::SealedFile { file: next, .. }) = transition.write() else {
                        panic!("{name} writes something else than the file");
                    };
                    assert_eq!(next.state().name(), to, "{name} leads from {state:?} to another state");
                    assert_eq!(next.version(), 5, "{name} counts one write");
                }
                Err(error) => {
                    assert!(!from.contains(&state), "{name} must work on {state:?}");
                    assert_eq!((error.file, error.state), (FileId::from_bytes([7; 16]), state));
                }
            }
        }
    }
}

#[test]
fn what_was_sealed_and_what_is_in_the_strongroom_follows_from_the_state() {
    use StateName as S;
    for state in S::ALL {
        let file = in_state(state);
        let has_sealed = [S::Held, S::Due, S::Erasing, S::Erased].contains(&state);
        assert_eq!(file.sealed(), has_sealed.then(sealed).as_ref(), "{state:?}");
        assert_eq!(file.kind(), if has_sealed { FileKind::Log } else { FileKind::Other }, "{state:?}");
        assert_eq!(file.is_in_strongroom(), [S::Held, S::Due].contains(&state), "{state:?}");
        assert_eq!(serde_json::to_value(state).unwrap(), state.as_str(), "one word in rows and in messages");
    }
}

#[test]
fn wraps_are_dropped_of_files_that_are_being_erased_and_of_no_others() {
    for state in StateName::ALL {
        match in_state(state).drop_wraps(NOW) {
            Ok(dropped) => {
                assert_eq!(state, StateName::Erasing);
                assert!(matches!(dropped.write(), Write::DropWraps(file) if *file == FileId::from_bytes([7; 16])));
            }
            Err(error) => assert_ne!(error.state, StateName::Erasing),
        }
    }
}

#[test]
fn attempts_are_counted_with_what_each_met() {
    let later = Timestamp::from_second(60).unwrap();
    let arriving = in_state(StateName::Arriving).try_arrival_again(Fault::Unreachable, later, NOW).unwrap();
    let erasing = in_state(StateName::Erasing).try_erasure_again(Fault::NotProven, later, NOW).unwrap();
    for (transition, fault) in [(arriving, Fault::Unreachable), (erasing, Fault::NotProven)] {
        let Write::File(file) = transition.write() else { panic!("it writes the file") };
        match file.state() {
            State::Arriving { attempts, try_at, last_fault } | State::Erasing { attempts, try_at, last_fault, .. } => {
                assert_eq!((*attempts, *try_at, *last_fault), (1, later, Some(fault)));
            }
            other => panic!("it leads to {other:?}"),
        }
    }
}

#[test]
fn only_an_attachment_is_known_by_the_forum() {
    let attachment = AttachmentRef { post: 1, upload: "r3AY".into(), url: "/uploads/short-url/r3AY.log".into() };
    assert_eq!(Source::Attachment(attachment.clone()).attachment(), Some(&attachment));
    assert_eq!(Source::DropFolder.attachment(), None);
}

#[test]
fn nothing_begins_to_be_erased_before_its_grace_is_over() {
    let due = Due { erase_at: Timestamp::from_second(1).unwrap(), ..due() };
    let file = match in_state(StateName::Held).mark_due(due, Actor::Desk, NOW).unwrap().into_parts().0 {
        Write::File(file) => file,
        other => panic!("marking due writes the file, not {other:?}"),
    };
    assert!(file.clone().begin_erasing(NOW).is_err());
    assert!(file.begin_erasing(Timestamp::from_second(1).unwrap()).is_ok());
    // Without grace the fact is the end, also where this clock runs behind the server's.
    let before = Timestamp::from_second(-1).unwrap();
    assert!(in_state(StateName::Due).begin_erasing(before).is_ok());
}

#[test]
fn equal_uploads_of_two_cases_do_not_share_a_mark() {
    let details = FileDetails {
        name: "same.log".into(),
        source: Source::Attachment(AttachmentRef {
            post: 1,
            upload: "r3AY".into(),
            url: "/uploads/short-url/r3AY.log".into(),
        }),
        salt: None,
    };
    let mark = |case: u8| {
        let case = CaseId::from_bytes([case; 16]);
        match HeldFile::arrive(FileId::from_bytes([7; 16]), case, details.clone(), NOW).into_parts().0 {
            Write::NewFile { file, .. } => file.mark(),
            other => panic!("an arrival writes a new file, not {other:?}"),
        }
    };
    assert_ne!(mark(1), mark(2));
    assert_eq!(mark(1), mark(1));
}

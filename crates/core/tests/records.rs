//! What the verbs of viewing copies, own dates and requests write: the fields they are for, and every other as it was.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use custody_core::{
    Private, Timestamp,
    event::{Actor, EventKind},
    file_kind::FileKind,
    held_file::{ForumDigest, HeldFile, Sealed, SourceMark, State},
    id::{CaseId, CustomerId, FileId, PersonId, RequestId, ViewingCopyId},
    location::{Check, Location, LocationState, Proof, Technique},
    own_date::{AlreadyWithdrawn, OwnDate, OwnDateScope},
    ports::{Emptied, Fault},
    request::{Asker, Channel, Request, RequestStanding},
    transition::{Transition, Write},
    viewing_copy::{Ended, Stays, ViewingCopy},
};

const ROBIN: PersonId = PersonId::from_bytes([1; 16]);
const ALEX: PersonId = PersonId::from_bytes([2; 16]);
const FILE: FileId = FileId::from_bytes([3; 16]);
const CASE: CaseId = CaseId::from_bytes([4; 16]);
const COPY: ViewingCopyId = ViewingCopyId::from_bytes([5; 16]);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn says(transition: &Transition, when: i64, actor: Actor, kind: &EventKind) {
    let event = transition.event();
    assert_eq!((event.at, event.actor, &event.kind), (at(when), actor, kind));
}

fn copy_of(transition: &Transition) -> &ViewingCopy {
    match transition.write() {
        Write::ViewingCopy { copy, .. } => copy,
        other => panic!("it writes the copy, not {other:?}"),
    }
}

fn leased() -> ViewingCopy {
    let reason = Private::new("find the crash".to_owned());
    let leased = ViewingCopy::lease(COPY, FILE, ROBIN, reason.clone(), at(100), at(1));
    says(&leased, 1, Actor::Person(ROBIN), &EventKind::ViewingCopyMade { copy: COPY, file: FILE, until: at(100) });
    let Write::ViewingCopy { copy, reason: Some(written) } = leased.write() else { panic!("a lease has its reason") };
    assert_eq!(written, &reason);
    copy.clone()
}

#[test]
fn a_lease_is_written_as_it_was_asked_for() {
    let expected = ViewingCopy {
        id: COPY,
        file: FILE,
        by: ROBIN,
        made_at: at(1),
        until: at(100),
        beside: 0,
        stays: None,
        ended: None,
        version: 0,
    };
    assert_eq!(leased(), expected);
}

#[test]
fn each_verb_of_a_viewing_copy_changes_its_own_fields() {
    let copy = ViewingCopy { beside: 3, version: 6, ..leased() };

    let longer = copy.clone().extend(ALEX, at(300), at(5));
    assert_eq!(copy_of(&longer), &ViewingCopy { until: at(300), version: 7, ..copy.clone() });
    let kind = EventKind::ViewingCopyExtended { copy: COPY, file: FILE, until: at(300) };
    says(&longer, 5, Actor::Person(ALEX), &kind);

    for (seen, kept) in [(2, 3), (9, 9)] {
        let beside = copy.clone().note_beside(seen, at(6));
        assert_eq!(copy_of(&beside), &ViewingCopy { beside: kept, version: 7, ..copy.clone() });
        says(&beside, 6, Actor::Desk, &EventKind::ViewingCopyBeside { copy: COPY, file: FILE, beside: seen });
    }

    let stays = Stays { why: Ended::LeaseOver, fault: Fault::CopyInUse };
    for (seen, kept) in [(2, 3), (9, 9)] {
        let stayed = copy.clone().stay(stays, seen, at(7));
        assert_eq!(copy_of(&stayed), &ViewingCopy { beside: kept, stays: Some(stays), version: 7, ..copy.clone() });
        says(&stayed, 7, Actor::Desk, &EventKind::ViewingCopyStays { copy: COPY, file: FILE, fault: stays.fault });
    }

    let staying = ViewingCopy { stays: Some(stays), ..copy.clone() };
    for (seen, kept) in [(2, 3), (9, 9)] {
        let ended = staying.clone().end(Ended::Locked, Emptied { beside: seen, elsewhere: 1 }, at(8));
        let expected =
            ViewingCopy { beside: kept, stays: None, ended: Some((at(8), Ended::Locked)), version: 7, ..copy.clone() };
        assert_eq!(copy_of(&ended), &expected);
        let kind =
            EventKind::ViewingCopyEnded { copy: COPY, file: FILE, why: Ended::Locked, beside: kept, elsewhere: 1 };
        says(&ended, 8, Actor::Desk, &kind);
    }
}

#[test]
fn files_beside_a_copy_are_news_when_they_are_the_first_or_twice_as_many() {
    let news = |known, beside| ViewingCopy { beside: known, ..leased() }.is_news(beside);
    assert!(!news(0, 0) && news(0, 1));
    assert!(!news(4, 0) && !news(4, 7) && news(4, 8) && news(4, 9));
}

fn date_of(transition: &Transition) -> OwnDate {
    match transition.write() {
        Write::OwnDate { own_date, .. } => *own_date,
        other => panic!("it writes the own date, not {other:?}"),
    }
}

#[test]
fn an_own_date_is_given_once_more_and_taken_back_once() {
    let scope = OwnDateScope::File(FILE);
    let reason = || Private::new("only for the reproduction".to_owned());
    let given = OwnDate::give(None, scope, at(900), ROBIN, reason(), at(1));
    let expected = OwnDate { scope, end: at(900), by: ROBIN, given_at: at(1), withdrawn: None, version: 0 };
    assert_eq!(date_of(&given), expected);
    says(&given, 1, Actor::Person(ROBIN), &EventKind::OwnDateGiven { scope, end: at(900) });
    assert!(matches!(given.write(), Write::OwnDate { reason: Some(written), .. } if *written == reason()));

    let earlier = OwnDate { version: 6, withdrawn: Some((at(2), ALEX)), ..expected };
    let again = OwnDate::give(Some(earlier), scope, at(800), ALEX, reason(), at(3));
    let expected = OwnDate { scope, end: at(800), by: ALEX, given_at: at(3), withdrawn: None, version: 7 };
    assert_eq!(date_of(&again), expected);

    let withdrawn = expected.withdraw(ROBIN, at(4)).unwrap();
    assert_eq!(date_of(&withdrawn), OwnDate { withdrawn: Some((at(4), ROBIN)), version: 8, ..expected });
    says(&withdrawn, 4, Actor::Person(ROBIN), &EventKind::OwnDateWithdrawn { scope });
    assert_eq!(date_of(&withdrawn).withdraw(ROBIN, at(5)).unwrap_err(), AlreadyWithdrawn);
}

#[test]
fn a_files_own_date_comes_before_that_of_its_case_which_is_for_what_was_there() {
    let sealed = Sealed {
        at: at(10),
        size: 3,
        sealed_size: 203,
        digest: "00".repeat(32),
        forum_digest: ForumDigest::NotGiven,
        kind: FileKind::Log,
    };
    let arrived_at = |second| {
        HeldFile::restore(
            FILE,
            CASE,
            SourceMark::from_bytes([0; 32]),
            at(second),
            State::Held { sealed: sealed.clone() },
            0,
        )
    };
    let date = |scope| OwnDate { scope, end: at(900), by: ROBIN, given_at: at(20), withdrawn: None, version: 0 };
    let (of_file, of_case) = (date(OwnDateScope::File(FILE)), date(OwnDateScope::Case(CASE)));
    let others = [
        date(OwnDateScope::File(FileId::from_bytes([30; 16]))),
        date(OwnDateScope::Case(CaseId::from_bytes([40; 16]))),
        OwnDate { withdrawn: Some((at(21), ROBIN)), ..of_file },
        OwnDate { withdrawn: Some((at(21), ROBIN)), ..of_case },
    ];
    assert_eq!(OwnDate::of(&others, &arrived_at(10)), None);
    assert_eq!(OwnDate::of(&[of_case, of_file], &arrived_at(10)), Some(&of_file));
    assert_eq!(OwnDate::of(&[of_case], &arrived_at(10)), Some(&of_case));
    assert_eq!(OwnDate::of(&[of_case], &arrived_at(20)), Some(&of_case), "there in that moment");
    assert_eq!(OwnDate::of(&[of_case], &arrived_at(21)), None, "what comes later follows its rule");
    assert_eq!(OwnDate::of(&[of_file], &arrived_at(21)), Some(&of_file));
}

fn request() -> Request {
    Request {
        id: RequestId::from_bytes([6; 16]),
        case: CASE,
        file: Some(FILE),
        by: Asker::Customer(CustomerId::from_bytes([7; 16])),
        channel: Channel::Mail,
        source: "a digest".to_owned(),
        received_at: at(1),
        standing: RequestStanding::Unclear,
        version: 6,
    }
}

#[test]
fn a_request_is_recorded_by_whoever_made_it_and_resolved_by_a_person() {
    let kind = EventKind::RequestReceived {
        request: request().id,
        case: CASE,
        file: Some(FILE),
        channel: Channel::Mail,
        standing: RequestStanding::Unclear,
    };
    let received = request().receive(at(2));
    says(&received, 2, Actor::Customer(CustomerId::from_bytes([7; 16])), &kind);
    assert!(matches!(received.write(), Write::Request { request: written, reason: None } if *written == request()));

    let reason = Private::new("sent by mistake".to_owned());
    let asked = Request { by: Asker::Person(ROBIN), ..request() }.ask(reason.clone(), at(3));
    says(&asked, 3, Actor::Person(ROBIN), &kind);
    assert!(matches!(asked.write(), Write::Request { reason: Some(written), .. } if *written == reason));

    for (accepted, standing) in [(true, RequestStanding::Accepted), (false, RequestStanding::SetAside)] {
        let resolved = request().resolve(accepted, ALEX, at(4));
        says(&resolved, 4, Actor::Person(ALEX), &EventKind::RequestResolved { request: request().id, standing });
        let expected = Request { standing, version: 7, ..request() };
        assert!(matches!(resolved.write(), Write::Request { request, reason: None } if *request == expected));
    }
}

#[test]
fn a_request_means_its_file_or_every_file() {
    let other = FileId::from_bytes([30; 16]);
    assert!(request().means(FILE) && !request().means(other));
    let of_the_case = Request { file: None, ..request() };
    assert!(of_the_case.means(FILE) && of_the_case.means(other));
}

#[test]
fn only_what_is_gone_or_ends_by_itself_is_closed_and_only_our_own_places_keep_a_file_from_being_erased() {
    let closed = [LocationState::ErasedVerified, LocationState::KeyDestroyed, LocationState::ExpiresOn { date: at(9) }];
    let open = [
        LocationState::Present,
        LocationState::RequestedNotConfirmed,
        LocationState::Held,
        LocationState::NotOurs,
        LocationState::Failed,
        LocationState::Unknown,
    ];
    let ours = [
        Location::SealedFile,
        Location::KeyWrap { recipient: "age1".to_owned() },
        Location::ViewingCopy { id: COPY },
        Location::DropFolder,
    ];
    let looked_at_again = [Location::ForumCopy, Location::Backup { name: "second disk".to_owned() }];
    let proof = |location: &Location, state| Proof {
        location: location.clone(),
        technique: Technique::None,
        check: Check::NoLook,
        checked_at: at(1),
        state,
    };
    for state in closed.into_iter().chain(open) {
        let is_closed = closed.contains(&state);
        assert_eq!(state.is_closed(), is_closed, "{state:?}");
        for place in &ours {
            assert!(!proof(place, state).is_looked_at_again());
            assert_eq!(proof(place, state).is_ours_and_open(), !is_closed, "{place:?} {state:?}");
        }
        for place in &looked_at_again {
            assert!(proof(place, state).is_looked_at_again());
            assert!(!proof(place, state).is_ours_and_open(), "{place:?} {state:?}");
        }
    }
}

use std::collections::BTreeSet;

use custody_core::{
    case::TopicId,
    held_file::{Finding, Refusal, Spared},
    hold::HoldScope,
    id::{CaseId, CustomerId, DeskId, FileId, HoldId, ProposalId, ReceiptId, RequestId, ViewingCopyId},
    ports::Fault,
    receipt::{Answer, Grade},
    request::Channel,
    retention::Rules,
    ticket::{Closing, OfferStanding},
    viewing_copy::Ended,
};

use super::*;

#[test]
fn every_event_becomes_a_happening_with_its_word_and_an_english_sentence() {
    let mut told = BTreeSet::new();
    for kind in every_kind() {
        let what = happening(&kind, |_| "Noor Haddad".to_owned());
        let code = serde_json::to_value(&what).unwrap()["code"].as_str().unwrap().to_owned();
        assert_eq!(serde_json::to_value(&kind).unwrap()["event"], code.as_str());
        let sentence = what.to_string();
        assert!(sentence.starts_with(|letter: char| letter.is_ascii_lowercase()), "{code}: {sentence:?}");
        assert!(
            !sentence.contains('_') && !sentence.ends_with([' ', '.']) || code.starts_with("rules"),
            "{sentence:?}"
        );
        told.insert(code);
    }
    let source = include_str!("../../../core/src/event.rs");
    let kinds = source.split("pub enum EventKind {\n").nth(1).unwrap().split("\n}").next().unwrap();
    let count =
        kinds.lines().filter(|line| line.get(4..5).is_some_and(|it| it.chars().all(char::is_uppercase))).count();
    assert_eq!(told.len(), count, "each kind of event is among those that are tried here");
}

#[test]
fn a_row_is_read_as_what_was_written_into_it() {
    let name = "rt".to_owned();
    for server in [
        RecordedServer::Forum,
        RecordedServer::ForumByKey,
        RecordedServer::ForumBySignIn,
        RecordedServer::Mail,
        RecordedServer::MailByOauth,
        RecordedServer::Tracker { name },
        RecordedServer::Ledger,
        RecordedServer::Other { text: "teleprinter".to_owned() },
    ] {
        assert_eq!(RecordedServer::of_row(&server.in_row()), server);
    }
    for export in [
        RecordedExport::Receipt { receipt: "0a1b".to_owned() },
        RecordedExport::Report,
        RecordedExport::Events { after: 0 },
        RecordedExport::Events { after: u64::MAX },
        RecordedExport::AllTables,
        RecordedExport::KeptTables,
        RecordedExport::PersonalTables,
        RecordedExport::Other { text: "events after all".to_owned() },
    ] {
        assert_eq!(RecordedExport::of_row(&export.in_row()), export);
    }
    let rules = [Rules::usual().for_the_rest().to_string(), "Erase\u{202E} it.".to_owned()];
    let terms = RecordedRule::Terms(Rules::usual().for_the_rest().terms().into());
    assert_eq!(recorded(&rules), [terms, RecordedRule::Other { text: "Erase\u{FFFD} it.".to_owned() }]);
}

#[test]
fn an_event_about_a_person_names_them() {
    for kind in every_kind() {
        let named = happening(&kind, |_| "Noor Haddad".to_owned()).to_string().contains("Noor Haddad");
        assert_eq!(named, person_of(&kind).is_some(), "{kind:?}");
    }
}

fn every_kind() -> Vec<EventKind> {
    let (case, file, hold) = (CaseId::from_bytes([1; 16]), FileId::from_bytes([2; 16]), HoldId::from_bytes([3; 16]));
    let (receipt, request) = (ReceiptId::from_bytes([4; 16]), RequestId::from_bytes([5; 16]));
    let (copy, proposal) = (ViewingCopyId::from_bytes([6; 16]), ProposalId::from_bytes([7; 16]));
    let person = PersonId::from_bytes([8; 16]);
    let at = Timestamp::UNIX_EPOCH;
    let ticket = TicketRef { tracker: "rt".to_owned(), key: "4711".to_owned() };
    let (scope, channel, fault) = (HoldScope::Case(case), Channel::Mail, Fault::Unreachable);
    let text = String::new;
    vec![
        EventKind::DeskCreated { tool: text() },
        EventKind::CaseOpened {
            case,
            customer: CustomerId::from_bytes([9; 16]),
            topic: TopicId(1042),
            ticket: ticket.clone(),
        },
        EventKind::CaseExposed { case, exposed: true },
        EventKind::TicketRead { case, closed_since: Some(at), how: Some(Closing::Closed), in_doubt: false },
        EventKind::TicketLinked { case, ticket: ticket.clone() },
        EventKind::TicketOffered { case, ticket, standing: OfferStanding::Offered },
        EventKind::AttachmentsProbed { case, open: true },
        EventKind::LinkNoted { case, service: FileService::WeTransfer, post: 1 },
        EventKind::NoticeGiven { case },
        EventKind::CaseForgotten { case },
        EventKind::FileArrived { file, case },
        EventKind::FileRefused { file, why: Refusal::Empty },
        EventKind::ArrivalDelayed { file, fault, attempts: 2 },
        EventKind::FilesBrought { case, files: 2 },
        EventKind::DropErased { file },
        EventKind::FileSealed { file, size: 12, digest: text(), wraps: 1 },
        EventKind::FileDue { file, reason: Reason::TicketClosed, erase_at: at },
        EventKind::FileSpared { file, why: Spared::Hold },
        EventKind::ErasureBegun { file, reason: Reason::PeriodEnded },
        EventKind::WrapsDropped { file },
        EventKind::ErasureDelayed { file, fault, attempts: 2 },
        EventKind::FilesErased { files: vec![file], receipt, complete: false },
        EventKind::FollowUpIssued { receipt, follows: receipt, complete: true },
        EventKind::FileLost { file, finding: Finding::Missing },
        EventKind::UnknownSetAside { count: 2, files: vec![file] },
        EventKind::AsideErased { file, bytes: 12 },
        EventKind::RemainsErased { count: 1 },
        EventKind::HoldPlaced { hold, scope, review_at: at },
        EventKind::HoldReviewed { hold, scope, review_at: at },
        EventKind::HoldHandedOn { hold, scope, owner: person },
        EventKind::OwnDateGiven { scope: OwnDateScope::Case(case), end: at },
        EventKind::OwnDateWithdrawn { scope: OwnDateScope::File(file) },
        EventKind::HoldLifted { hold, scope },
        EventKind::RequestReceived { request, case, file: None, channel, standing: RequestStanding::Unclear },
        EventKind::RequestResolved { request, standing: RequestStanding::Accepted },
        EventKind::ReplyOwed { request, case, channel, files: 2 },
        EventKind::ReplySent { request, channel },
        EventKind::ReplyDelayed { request, fault, attempts: 2 },
        EventKind::ReplyBounced { request },
        EventKind::ReplyRequeued { request, channel },
        EventKind::ReplyWithdrawn { request },
        EventKind::FourEyesChanged {
            desk: DeskId::from_bytes([10; 16]),
            lift_hold: true,
            early_erasure: false,
            export: true,
        },
        EventKind::ApproverAdded { person, public_key: text() },
        EventKind::ApproverRemoved { person, public_key: text() },
        EventKind::ApproverFailed { person },
        EventKind::ProposalMade {
            proposal,
            act: Act::EraseEarly { case, file: Some(file) },
            about: None,
            expires_at: at,
            signature: text(),
        },
        EventKind::ProposalApproved { proposal, about: None, signature: text() },
        EventKind::ProposalDeclined { proposal, about: None },
        EventKind::ProposalUsed { proposal, about: None },
        EventKind::ProposalExpired { proposal, about: None },
        EventKind::SweepStopped { would_erase: 30, cap: 20 },
        EventKind::SweepApproved { would_erase: 30, plan: text() },
        EventKind::RulesChanged {
            rules: vec![Rules::usual().for_the_rest().to_string()],
            token: text(),
            erased_now: 1,
            sooner: 2,
            later: 3,
        },
        EventKind::RulesAdopted { rules: vec![Rules::usual().for_the_rest().to_string()], fingerprint: text() },
        EventKind::DigestSent { cases: 1, files: 2 },
        EventKind::ClockConfirmed { now: at, sure: None },
        EventKind::Paused { until: at },
        EventKind::Resumed,
        EventKind::FileOpened { file },
        EventKind::FileExported { file },
        EventKind::ViewingCopyMade { copy, file, until: at },
        EventKind::ViewingCopyExtended { copy, file, until: at },
        EventKind::ViewingCopyBeside { copy, file, beside: 2 },
        EventKind::ViewingCopyStays { copy, file, fault },
        EventKind::ViewingCopyEnded { copy, file, why: Ended::Locked, beside: 2, elsewhere: 1 },
        EventKind::EpochRotated { epoch: 4, wraps: 9 },
        EventKind::EpochDestroyed { epoch: 3 },
        EventKind::ReceiptSent { receipt, channel },
        EventKind::ReceiptRequeued { receipt, channel },
        EventKind::ReceiptDelayed { receipt, fault, attempts: 2 },
        EventKind::ReceiptBounced { receipt },
        EventKind::ReceiptAnswered { receipt, answer: Answer::Confirmed, grade: Grade::Replied },
        EventKind::BackupConnected { target: "second disk".to_owned() },
        EventKind::BackupLeft { target: "second disk".to_owned(), emptied: true },
        EventKind::RecoveryKitMade { recipient: text() },
        EventKind::RecoveryKitSaved { recipient: text(), sealed: false },
        EventKind::RecipientsChanged { epoch: 4, wraps: 9, recipients: vec![text()] },
        EventKind::Restored { head: 118, files: 9, replayed: 1 },
        EventKind::ErasureReplayed { file, receipt: Some(receipt) },
        EventKind::FileBroughtBack { file, target: "second disk".to_owned() },
        EventKind::DrillDone { target: "second disk".to_owned(), passed: true, canary: 1 },
        EventKind::Unlocked,
        EventKind::UnlockFailed,
        EventKind::Locked,
        EventKind::PassphraseChanged,
        EventKind::SettingsChanged { parts: vec!["times".to_owned()], rules: Vec::new(), by_hand: true },
        EventKind::Connected { what: "mail by OAuth".to_owned() },
        EventKind::Disconnected { what: "forum".to_owned() },
        EventKind::IncidentPrepared { from: at, to: at, files: 5, customers: 2, copies: 1 },
        EventKind::Exported { what: "report".to_owned() },
    ]
}

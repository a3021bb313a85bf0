//! Cases, files and receipts to be written. Ids and times follow from small numbers.

use custody_core::{
    Private, Timestamp,
    case::{Case, CaseDetails, Customer, ForumUserId, Labels, TopicId},
    event::{Actor, Event, EventKind},
    file_kind::FileKind,
    four_eyes::{Act, Approver, Proposal, ProposalStanding},
    held_file::{Due, FileDetails, ForumDigest, HeldFile, Sealed, Source, State},
    hold::{Hold, HoldScope},
    id::{CaseId, CustomerId, DeskId, FileId, HoldId, PersonId, ProposalId, ReceiptId, RequestId, ViewingCopyId},
    location::{Check, Location, LocationState, Proof, Technique},
    own_date::{OwnDate, OwnDateScope},
    ports::AttachmentRef,
    receipt::{Answer, Confirmation, Delivery, DeliveryState, Envelope, Grade, IssuedReceipt, ReceiptRow},
    reply::{Reply, ReplyState},
    request::{Asker, Channel, Request, RequestStanding},
    retention::Reason,
    ticket::{Standing, TicketRef},
    transition::{Transition, Wrap, Write},
    viewing_copy::ViewingCopy,
};
use sha2::{Digest, Sha256};

/// What must be found nowhere once it is forgotten.
pub(super) const CANARY: &str = "Canary-7f3a";

pub(super) fn bytes(kind: &str, number: u32) -> [u8; 16] {
    let digest = Sha256::digest(format!("{kind} {number}"));
    std::array::from_fn(|place| digest[place])
}

pub(super) fn case_id(number: u32) -> CaseId {
    CaseId::from_bytes(bytes("case", number))
}

pub(super) fn customer_id(number: u32) -> CustomerId {
    CustomerId::from_bytes(bytes("customer", number))
}

pub(super) fn file_id(number: u32) -> FileId {
    FileId::from_bytes(bytes("file", number))
}

pub(super) fn person() -> PersonId {
    PersonId::from_bytes(bytes("person", 1))
}

/// So many seconds into the story, with microseconds that must survive.
pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_microsecond(1_795_000_000_000_000 + second * 1_000_000 + 123_456).unwrap()
}

pub(super) fn event(second: i64, kind: EventKind) -> Event {
    Event { at: at(second), actor: Actor::Desk, kind }
}

/// An event that is about nothing in particular.
pub(super) fn note(second: i64) -> Transition {
    Transition::event_only(event(second, EventKind::Exported { what: format!("report {second}") }))
}

pub(super) fn customer(number: u32) -> Customer {
    Customer {
        id: customer_id(number),
        forum: "help".to_owned(),
        user: ForumUserId(i64::from(number) + 1000),
        username: format!("{CANARY}-user-{number}").into(),
        name: Some(format!("{CANARY} Name {number}").into()),
        email: Some(format!("{CANARY}-{number}@example.test").into()),
    }
}

/// Case `number` of customer `of`.
pub(super) fn case(number: u32, of: u32) -> Case {
    Case {
        id: case_id(number),
        forum: "help".to_owned(),
        topic: TopicId(i64::from(number) + 500),
        customer: customer_id(of),
        ticket: TicketRef { tracker: "topic".to_owned(), key: (number + 500).to_string() },
        standing: Standing::UNREAD,
        exposed_since: None,
        labels: Labels { tags: vec!["printer".to_owned(), "日本".to_owned()], category: Some(4) },
        opened_at: at(i64::from(number)),
        customer_active_at: at(i64::from(number) - 1),
        probe: None,
        noticed_at: None,
        forgotten_at: None,
        version: 0,
    }
}

pub(super) fn opened(number: u32, of: u32) -> Transition {
    let details = CaseDetails { title: format!("{CANARY} title {number}").into() };
    case(number, of).open(details, customer(of), at(i64::from(number)))
}

pub(super) fn details(number: u32) -> FileDetails {
    FileDetails {
        name: format!("{CANARY}-{number}.log").into(),
        source: Source::Attachment(AttachmentRef {
            post: i64::from(number),
            upload: format!("{CANARY}-upload-{number}").into(),
            url: format!("/secure-uploads/{CANARY}-{number}").into(),
        }),
        salt: None,
    }
}

/// File `number` of case `of`, just arrived.
pub(super) fn arrived(number: u32, of: u32) -> Transition {
    HeldFile::arrive(file_id(number), case_id(of), details(number), at(i64::from(number)))
}

/// What a file looks like once a transition was written.
pub(super) fn file_of(transition: &Transition) -> HeldFile {
    match transition.write() {
        Write::NewFile { file, .. } | Write::File(file) | Write::SealedFile { file, .. } => file.clone(),
        other => panic!("{other:?} writes no file"),
    }
}

pub(super) fn sealed_facts(number: u32) -> Sealed {
    Sealed {
        at: at(10),
        size: u64::from(number) * 1000,
        sealed_size: u64::from(number) * 1000 + 200,
        digest: hex::encode(Sha256::digest(number.to_be_bytes())),
        forum_digest: ForumDigest::Agrees,
        kind: FileKind::Dump,
    }
}

pub(super) fn salt(number: u32) -> [u8; 32] {
    Sha256::digest(format!("salt {number}")).into()
}

pub(super) const RECIPIENTS: [&str; 2] = ["age1desk", "age1escrow"];

/// The wraps of a file's key in an epoch.
pub(super) fn wraps(number: u32, epoch: i64) -> Vec<Wrap> {
    RECIPIENTS
        .iter()
        .map(|recipient| Wrap {
            file: file_id(number),
            recipient: (*recipient).to_owned(),
            epoch,
            sealed: format!("wrapped-key of {number} for {recipient} in {epoch}").repeat(4).into_bytes(),
        })
        .collect()
}

/// File `number` of case `of`, sealed in epoch 1 after it arrived.
pub(super) fn sealed(number: u32, of: u32) -> Transition {
    let file = file_of(&arrived(number, of));
    file.seal(sealed_facts(number), wraps(number, 1), Private::new(salt(number)), at(10)).unwrap()
}

pub(super) fn due() -> Due {
    Due { reason: Reason::TicketClosed, since: at(20), erase_at: at(30) }
}

/// The transitions that bring a sealed file to `Erasing`, without its wraps.
pub(super) fn erasing(number: u32, of: u32) -> Vec<Transition> {
    let held = file_of(&sealed(number, of));
    let to_due = held.mark_due(due(), Actor::Desk, at(20)).unwrap();
    let to_erasing = file_of(&to_due).begin_erasing(at(30)).unwrap();
    let drop_wraps = file_of(&to_erasing).drop_wraps(at(31)).unwrap();
    vec![to_due, to_erasing, drop_wraps]
}

/// File `number`, erased and proven.
pub(super) fn erased(number: u32, of: u32) -> HeldFile {
    let before = file_of(&erasing(number, of)[1]);
    let proof = |location, check, state| Proof {
        location,
        technique: Technique::CryptographicErase,
        check,
        checked_at: at(40),
        state,
    };
    let proofs = vec![
        proof(Location::SealedFile, Check::FolderRead, LocationState::ErasedVerified),
        proof(
            Location::KeyWrap { recipient: RECIPIENTS[0].to_owned() },
            Check::LedgerAndKeychainRead,
            LocationState::KeyDestroyed,
        ),
        proof(Location::ForumCopy, Check::ForumAsked, LocationState::ExpiresOn { date: at(4000) }),
    ];
    let state = State::Erased { sealed: sealed_facts(number), due: due(), at: at(40), proofs };
    HeldFile::restore(before.id(), before.case(), before.mark(), before.arrived_at(), state, before.version() + 1)
}

pub(super) fn receipt_id(number: u32) -> ReceiptId {
    ReceiptId::from_bytes(bytes("receipt", number))
}

pub(super) fn issued(number: u32, of: u32, files: Vec<FileId>) -> IssuedReceipt {
    let envelope = Envelope {
        payload: format!("{CANARY} payload {number}"),
        payload_type: "application/vnd.custody.receipt+json".to_owned(),
        signatures: Vec::new(),
    };
    IssuedReceipt {
        row: ReceiptRow {
            id: receipt_id(number),
            case: case_id(of),
            follows: None,
            files,
            issued_at: at(40),
            complete: true,
            payload_digest: hex::encode(Sha256::digest(number.to_be_bytes())),
            token: format!("CR-{number:012}"),
            message_id: format!("receipt.{number}@example.test"),
            closed_at: None,
            version: 0,
        },
        envelope: Private::new(envelope),
        delivery: Delivery {
            channel: Channel::Mail,
            attempts: 0,
            state: DeliveryState::Waiting { try_at: at(40), last_fault: None },
        },
    }
}

/// The files are erased, and the receipt says so.
pub(super) fn receipt(number: u32, of: u32, files: Vec<HeldFile>) -> (Write, Event) {
    let ids: Vec<_> = files.iter().map(HeldFile::id).collect();
    let kind = EventKind::FilesErased { files: ids.clone(), receipt: receipt_id(number), complete: true };
    (Write::Receipt { files, receipt: Box::new(issued(number, of, ids)) }, event(40, kind))
}

/// The receipt's delivery changes; `version` is the one that is written.
pub(super) fn delivery(row: &ReceiptRow, version: i64, state: DeliveryState) -> (Write, Event) {
    let receipt = ReceiptRow { version, ..row.clone() };
    let kind = EventKind::ReceiptSent { receipt: row.id, channel: Channel::Mail };
    let delivery = Delivery { channel: Channel::Mail, attempts: 1, state };
    (Write::Delivery { receipt, delivery }, event(50, kind))
}

pub(super) fn confirmation(row: &ReceiptRow, version: i64, source: &str) -> (Write, Event) {
    let receipt = ReceiptRow { version, closed_at: Some(at(60)), ..row.clone() };
    let confirmation = Confirmation {
        receipt: row.id,
        answer: Answer::Confirmed,
        grade: Grade::RepliedWithDkim,
        channel: Channel::Mail,
        source: source.to_owned(),
        at: at(60),
    };
    let kind = EventKind::ReceiptAnswered { receipt: row.id, answer: Answer::Confirmed, grade: Grade::RepliedWithDkim };
    (Write::Confirmation { receipt, confirmation }, event(60, kind))
}

pub(super) fn rewrap(epoch: i64, wraps: Vec<Wrap>) -> (Write, Event) {
    let kind = EventKind::EpochRotated { epoch, wraps: wraps.len() as u64 };
    (Write::Rewrap { epoch, wraps }, event(35, kind))
}

pub(super) fn request(number: u32, of: u32, source: &str, standing: RequestStanding) -> Request {
    Request {
        id: RequestId::from_bytes(bytes("request", number)),
        case: case_id(of),
        file: None,
        by: Asker::Customer(customer_id(of)),
        channel: Channel::Thread,
        source: source.to_owned(),
        received_at: at(i64::from(number)),
        standing,
        version: 0,
    }
}

pub(super) fn hold_id(number: u32) -> HoldId {
    HoldId::from_bytes(bytes("hold", number))
}

pub(super) fn placed(number: u32, scope: HoldScope) -> Transition {
    let reason = format!("{CANARY} reason {number}").into();
    Hold::place(hold_id(number), scope, person(), reason, at(900), at(15))
}

/// The same hold, lifted.
pub(super) fn lifted(placed: &Transition) -> Transition {
    hold_of(placed).lift(person(), format!("{CANARY} lifted").into(), at(16)).unwrap()
}

/// The reply to a request, in this state; the first version is the one that is owed.
pub(super) fn reply(number: u32, of: u32, state: ReplyState, version: i64) -> (Write, Event) {
    let reply = Reply {
        request: RequestId::from_bytes(bytes("request", number)),
        case: case_id(of),
        channel: Channel::Mail,
        owed_at: at(41),
        token: format!("RQ-{number:012}"),
        message_id: format!("request.{number}@example.test"),
        attempts: 2,
        state,
        version,
    };
    let kind = EventKind::ReplySent { request: reply.request, channel: Channel::Mail };
    (Write::Reply(reply), event(42, kind))
}

/// A key of a person.
pub(super) fn approver(number: u8) -> Transition {
    Approver::add(PersonId::from_bytes([number; 16]), [number; 32], DeskId::from_bytes([9; 16]), person(), at(3))
}

pub(super) fn approver_of(transition: &Transition) -> Approver {
    match transition.write() {
        Write::Approver(approver) => approver.clone(),
        other => panic!("{other:?} writes no approver"),
    }
}

/// A proposal in this standing, with the words that were typed for that.
pub(super) fn proposal(
    number: u32,
    about: Option<HoldScope>,
    act: Act,
    standing: ProposalStanding,
    version: i64,
) -> (Write, Event) {
    let id = ProposalId::from_bytes(bytes("proposal", number));
    let proposal = Proposal { standing, version, ..Proposal::draft(id, act, about, person(), at(3), at(300)) };
    let reason = match standing {
        ProposalStanding::Waiting => Some("proposes"),
        ProposalStanding::Declined { .. } => Some("declines"),
        _ => None,
    };
    let reason = reason.map(|reason| format!("{CANARY} {reason} {number}").into());
    (Write::Proposal { proposal, reason }, event(3, EventKind::ProposalDeclined { proposal: id, about }))
}

pub(super) fn proposal_of((write, _): &(Write, Event)) -> Proposal {
    match write {
        Write::Proposal { proposal, .. } => proposal.clone(),
        other => panic!("{other:?} writes no proposal"),
    }
}

pub(super) fn reply_of((write, _): &(Write, Event)) -> Reply {
    match write {
        Write::Reply(reply) => reply.clone(),
        other => panic!("{other:?} writes no reply"),
    }
}

/// Given once, or anew in place of an earlier one.
pub(super) fn own_date(earlier: Option<OwnDate>, scope: OwnDateScope) -> Transition {
    OwnDate::give(earlier, scope, at(700), person(), format!("{CANARY} own date").into(), at(16))
}

pub(super) fn own_date_of(transition: &Transition) -> OwnDate {
    match transition.write() {
        Write::OwnDate { own_date, .. } => *own_date,
        other => panic!("{other:?} writes no own date"),
    }
}

pub(super) fn hold_of(transition: &Transition) -> Hold {
    match transition.write() {
        Write::Hold { hold, .. } => hold.clone(),
        other => panic!("{other:?} writes no hold"),
    }
}

pub(super) fn leased(number: u32, of: u32) -> Transition {
    let reason = format!("{CANARY} looks {number}").into();
    ViewingCopy::lease(copy_id(number), file_id(of), person(), reason, at(99), at(12))
}

pub(super) fn copy_id(number: u32) -> ViewingCopyId {
    ViewingCopyId::from_bytes(bytes("copy", number))
}

pub(super) fn copy_of(transition: &Transition) -> ViewingCopy {
    match transition.write() {
        Write::ViewingCopy { copy, .. } => copy.clone(),
        other => panic!("{other:?} writes no viewing copy"),
    }
}

//! What happened, in an order that cannot be changed unseen. Events hold ids and counts only.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    case::TopicId,
    four_eyes::Act,
    held_file::{Finding, Refusal, Spared},
    hold::HoldScope,
    id::{CaseId, CustomerId, DeskId, FileId, HoldId, PersonId, ProposalId, ReceiptId, RequestId, ViewingCopyId},
    own_date::OwnDateScope,
    ports::{Fault, FileService},
    receipt::{Answer, Grade},
    request::{Channel, RequestStanding},
    retention::Reason,
    ticket::{Closing, OfferStanding, TicketRef},
    viewing_copy::Ended,
};

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When, by the desk's clock.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub kind: EventKind,
}

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "who", content = "id")]
pub enum Actor {
    /// The program, by its rules.
    Desk,
    /// A member of staff.
    Person(PersonId),
    /// A customer.
    Customer(CustomerId),
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
#[expect(missing_docs, reason = "the fields are named after the types that describe them")]
pub enum EventKind {
    /// The ledger was made.
    DeskCreated { tool: String },
    /// A thread with files became a case.
    CaseOpened { case: CaseId, customer: CustomerId, topic: TopicId, ticket: TicketRef },
    /// A thread stopped being private, or became so again.
    CaseExposed { case: CaseId, exposed: bool },
    /// A tracker's answer changed what we know of a ticket.
    TicketRead { case: CaseId, closed_since: Option<Timestamp>, how: Option<Closing>, in_doubt: bool },
    /// The case was linked to another ticket.
    TicketLinked { case: CaseId, ticket: TicketRef },
    /// The thread names a ticket, or somebody said what it is.
    TicketOffered { case: CaseId, ticket: TicketRef, standing: OfferStanding },
    /// An attachment was asked for without credentials.
    AttachmentsProbed { case: CaseId, open: bool },
    /// A link to a large-file service was seen in the thread.
    LinkNoted { case: CaseId, service: FileService, post: i64 },
    /// The thread was told what was taken in.
    NoticeGiven { case: CaseId },
    /// The personal data of a case was erased.
    CaseForgotten { case: CaseId },
    /// An attachment was seen for the first time.
    FileArrived { file: FileId, case: CaseId },
    /// An attachment was not taken in.
    FileRefused { file: FileId, why: Refusal },
    /// A download did not succeed and will be tried again.
    ArrivalDelayed { file: FileId, fault: Fault, attempts: u32 },
    /// A member of staff gives so many files into a case: they go into its drop folder, and are erased where they lay.
    FilesBrought { case: CaseId, files: u64 },
    /// The original of a sealed file was erased from the drop folder.
    DropErased { file: FileId },
    /// A file was sealed.
    FileSealed { file: FileId, size: u64, digest: String, wraps: u64 },
    /// A file is to be erased.
    FileDue { file: FileId, reason: Reason, erase_at: Timestamp },
    /// A due file went back to held.
    FileSpared { file: FileId, why: Spared },
    /// Grace is over: the erasure begins.
    ErasureBegun { file: FileId, reason: Reason },
    /// No wrap of the file's key is left in the ledger.
    WrapsDropped { file: FileId },
    /// An erasure could not be finished or proven and will be tried again.
    ErasureDelayed { file: FileId, fault: Fault, attempts: u32 },
    /// The erasure of these files was looked at and found done; the receipt says so.
    FilesErased { files: Vec<FileId>, receipt: ReceiptId, complete: bool },
    /// A receipt was owed since the first one could not close every location.
    FollowUpIssued { receipt: ReceiptId, follows: ReceiptId, complete: bool },
    /// A file is missing or damaged.
    FileLost { file: FileId, finding: Finding },
    /// Files in the strongroom that the ledger does not know were set aside.
    UnknownSetAside {
        count: u64,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileId>,
    },
    /// A person erased something that was set aside.
    AsideErased { file: FileId, bytes: u64 },
    /// Remains that no row names were erased: part files of refused files, viewing copies without a lease.
    RemainsErased { count: u64 },
    /// A hold was placed.
    HoldPlaced { hold: HoldId, scope: HoldScope, review_at: Timestamp },
    /// A hold was looked at, and is to be looked at again at another time.
    HoldReviewed { hold: HoldId, scope: HoldScope, review_at: Timestamp },
    /// Somebody else answers for a hold from now on.
    HoldHandedOn { hold: HoldId, scope: HoldScope, owner: PersonId },
    /// A member of staff gave a file, or the files of a case, an own date.
    OwnDateGiven { scope: OwnDateScope, end: Timestamp },
    /// An own date was taken back.
    OwnDateWithdrawn { scope: OwnDateScope },
    /// A hold was lifted.
    HoldLifted { hold: HoldId, scope: HoldScope },
    /// Someone asked for files to be erased.
    RequestReceived {
        request: RequestId,
        case: CaseId,
        file: Option<FileId>,
        channel: Channel,
        standing: RequestStanding,
    },
    /// A person said what an unclear request means.
    RequestResolved { request: RequestId, standing: RequestStanding },
    /// A hold keeps files that the customer asked to have erased: the customer is to be told so.
    ReplyOwed { request: RequestId, case: CaseId, channel: Channel, files: u64 },
    /// The customer was told.
    ReplySent { request: RequestId, channel: Channel },
    /// The customer could not be told yet.
    ReplyDelayed { request: RequestId, fault: Fault, attempts: u32 },
    /// The letter came back: a person must look.
    ReplyBounced { request: RequestId },
    /// A person asked that the customer be told by another way.
    ReplyRequeued { request: RequestId, channel: Channel },
    /// No hold keeps the files any more, so the letter would no longer be true.
    ReplyWithdrawn { request: RequestId },
    /// What needs a second person at a desk has changed.
    FourEyesChanged { desk: DeskId, lift_hold: bool, early_erasure: bool, export: bool },
    /// A member of staff got a key of their own.
    ApproverAdded { person: PersonId, public_key: String },
    /// A key was taken out of use.
    ApproverRemoved { person: PersonId, public_key: String },
    /// The passphrase of somebody's own key was wrong.
    ApproverFailed { person: PersonId },
    /// Somebody proposed what a second person has to approve.
    ProposalMade { proposal: ProposalId, act: Act, about: Option<HoldScope>, expires_at: Timestamp, signature: String },
    /// A second person approved it.
    ProposalApproved { proposal: ProposalId, about: Option<HoldScope>, signature: String },
    /// It was declined, or taken back.
    ProposalDeclined { proposal: ProposalId, about: Option<HoldScope> },
    /// The export that was approved was made.
    ProposalUsed { proposal: ProposalId, about: Option<HoldScope> },
    /// Nobody answered or used it in time.
    ProposalExpired { proposal: ProposalId, about: Option<HoldScope> },
    /// A sweep would have erased more than the cap and waits for a person.
    SweepStopped { would_erase: u64, cap: u64 },
    /// A person approved such a sweep.
    SweepApproved { would_erase: u64, plan: String },
    /// A person changed the retention rules, after the simulation with this token.
    RulesChanged { rules: Vec<String>, token: String, erased_now: u64, sooner: u64, later: u64 },
    /// The rules of the settings came into force, as no others were recorded before.
    RulesAdopted { rules: Vec<String>, fingerprint: String },
    /// Staff were told by mail what will be erased.
    DigestSent { cases: u64, files: u64 },
    /// A person said that the machine's clock is right, though nothing else confirmed it.
    ClockConfirmed { now: Timestamp, sure: Option<Timestamp> },
    /// Nothing is fetched from the forum and no letter goes out until then, or until somebody resumes.
    Paused { until: Timestamp },
    /// The pause is over: its time has come, or somebody said so.
    Resumed,
    /// A file was opened.
    FileOpened { file: FileId },
    /// A file was given out: what becomes of that copy is not in our hands.
    FileExported { file: FileId },
    /// A viewing copy was made.
    ViewingCopyMade { copy: ViewingCopyId, file: FileId, until: Timestamp },
    /// The lease of a viewing copy was made longer.
    ViewingCopyExtended { copy: ViewingCopyId, file: FileId, until: Timestamp },
    /// Programs left files beside a viewing copy.
    ViewingCopyBeside { copy: ViewingCopyId, file: FileId, beside: u64 },
    /// A viewing copy was to end and could not be erased yet; it is tried again and again.
    ViewingCopyStays { copy: ViewingCopyId, file: FileId, fault: Fault },
    /// A viewing copy is gone, with what lay beside it. `elsewhere` have another name outside of its folder: they were
    /// removed from it and not overwritten.
    ViewingCopyEnded {
        copy: ViewingCopyId,
        file: FileId,
        why: Ended,
        #[serde(default, skip_serializing_if = "is_none")]
        beside: u64,
        #[serde(default, skip_serializing_if = "is_none")]
        elsewhere: u64,
    },
    /// Every remaining wrap was sealed under a new epoch key; the old one is to be destroyed.
    EpochRotated { epoch: i64, wraps: u64 },
    /// An old epoch key is gone.
    EpochDestroyed { epoch: i64 },
    /// A receipt was taken by the mail server or posted in the thread.
    ReceiptSent { receipt: ReceiptId, channel: Channel },
    /// A person put a receipt into the outbox again.
    ReceiptRequeued { receipt: ReceiptId, channel: Channel },
    /// A receipt could not be sent yet.
    ReceiptDelayed { receipt: ReceiptId, fault: Fault, attempts: u32 },
    /// A receipt came back: a person must look.
    ReceiptBounced { receipt: ReceiptId },
    /// The customer answered a receipt.
    ReceiptAnswered { receipt: ReceiptId, answer: Answer, grade: Grade },
    /// A backup target was connected.
    BackupConnected { target: String },
    /// A backup target was emptied, or a person said that it no longer exists.
    BackupLeft { target: String, emptied: bool },
    /// A recovery kit was made; the keys of all files are sealed for it too.
    RecoveryKitMade { recipient: String },
    /// A person has shown that the kit was saved: by its words, or as a file that somebody else alone can open.
    RecoveryKitSaved { recipient: String, sealed: bool },
    /// The keys of all files were sealed anew for these recipients, under a new epoch key.
    RecipientsChanged { epoch: i64, wraps: u64, recipients: Vec<String> },
    /// The desk was restored from a backup.
    Restored { head: u64, files: u64, replayed: u64 },
    /// The journal of a backup says that this file was erased after the state was taken.
    ErasureReplayed { file: FileId, receipt: Option<ReceiptId> },
    /// A file that was missing here was brought back from a backup.
    FileBroughtBack { file: FileId, target: String },
    /// A canary was taken through intake, backup, erasure and restore.
    DrillDone { target: String, passed: bool, canary: u64 },
    /// The desk was unlocked.
    Unlocked,
    /// A passphrase was wrong.
    UnlockFailed,
    /// The desk was locked.
    Locked,
    /// The passphrase was changed.
    PassphraseChanged,
    /// These parts of the settings were changed; the rules in words if they are among them. `by_hand` is what was found
    /// changed in the file when the desk was opened.
    SettingsChanged {
        parts: Vec<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rules: Vec<String>,
        by_hand: bool,
    },
    /// The desk was connected to a server, and keeps a key to it.
    Connected { what: String },
    /// A server was left, and the key to it destroyed.
    Disconnected { what: String },
    /// What was readable on a machine that was lost was put together, with letters to be looked at by a person.
    IncidentPrepared { from: Timestamp, to: Timestamp, files: u64, customers: u64, copies: u64 },
    /// An export left the desk.
    Exported { what: String },
}

/// A count that is left out of the text, so that events from before there was such a count keep their text.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_none(count: &u64) -> bool {
    *count == 0
}

/// What an event is about, so that the ledger can find the events of a case again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subjects {
    /// Cases it names.
    pub cases: Vec<CaseId>,
    /// Files it names; their cases are meant.
    pub files: Vec<FileId>,
    /// Receipts it names; their cases are meant.
    pub receipts: Vec<ReceiptId>,
    /// Requests it names; their cases are meant.
    pub requests: Vec<RequestId>,
}

impl Subjects {
    fn scope(&mut self, scope: HoldScope) {
        match scope {
            HoldScope::Case(case) => self.cases.push(case),
            HoldScope::File(file) => self.files.push(file),
            HoldScope::Customer(_) => {}
        }
    }
}

impl EventKind {
    /// What it is about. A hold on a customer is about none of the customer's cases in particular.
    pub fn subjects(&self) -> Subjects {
        let mut subjects = Subjects::default();
        match self {
            Self::CaseOpened { case, .. }
            | Self::CaseExposed { case, .. }
            | Self::TicketRead { case, .. }
            | Self::TicketLinked { case, .. }
            | Self::TicketOffered { case, .. }
            | Self::AttachmentsProbed { case, .. }
            | Self::LinkNoted { case, .. }
            | Self::NoticeGiven { case }
            | Self::CaseForgotten { case }
            | Self::FilesBrought { case, .. }
            | Self::RequestReceived { case, .. }
            | Self::ReplyOwed { case, .. } => subjects.cases.push(*case),
            Self::FileArrived { file, case } => {
                subjects.cases.push(*case);
                subjects.files.push(*file);
            }
            Self::FileRefused { file, .. }
            | Self::ArrivalDelayed { file, .. }
            | Self::FileSealed { file, .. }
            | Self::DropErased { file }
            | Self::FileDue { file, .. }
            | Self::FileSpared { file, .. }
            | Self::ErasureBegun { file, .. }
            | Self::WrapsDropped { file }
            | Self::ErasureDelayed { file, .. }
            | Self::FileLost { file, .. }
            | Self::FileOpened { file }
            | Self::FileBroughtBack { file, .. }
            | Self::ErasureReplayed { file, .. }
            | Self::FileExported { file }
            | Self::ViewingCopyMade { file, .. }
            | Self::ViewingCopyExtended { file, .. }
            | Self::ViewingCopyBeside { file, .. }
            | Self::ViewingCopyStays { file, .. }
            | Self::ViewingCopyEnded { file, .. } => subjects.files.push(*file),
            Self::FilesErased { files, receipt, .. } => {
                subjects.files.extend(files);
                subjects.receipts.push(*receipt);
            }
            Self::FollowUpIssued { receipt, .. }
            | Self::ReceiptSent { receipt, .. }
            | Self::ReceiptRequeued { receipt, .. }
            | Self::ReceiptDelayed { receipt, .. }
            | Self::ReceiptBounced { receipt }
            | Self::ReceiptAnswered { receipt, .. } => subjects.receipts.push(*receipt),
            Self::RequestResolved { request, .. }
            | Self::ReplySent { request, .. }
            | Self::ReplyDelayed { request, .. }
            | Self::ReplyBounced { request }
            | Self::ReplyRequeued { request, .. }
            | Self::ReplyWithdrawn { request } => subjects.requests.push(*request),
            Self::HoldPlaced { scope, .. }
            | Self::HoldReviewed { scope, .. }
            | Self::HoldHandedOn { scope, .. }
            | Self::HoldLifted { scope, .. } => subjects.scope(*scope),
            Self::ProposalMade { about, .. }
            | Self::ProposalApproved { about, .. }
            | Self::ProposalDeclined { about, .. }
            | Self::ProposalUsed { about, .. }
            | Self::ProposalExpired { about, .. } => about.iter().for_each(|scope| subjects.scope(*scope)),
            Self::OwnDateGiven { scope, .. } | Self::OwnDateWithdrawn { scope } => match scope {
                OwnDateScope::Case(case) => subjects.cases.push(*case),
                OwnDateScope::File(file) => subjects.files.push(*file),
            },
            Self::DeskCreated { .. }
            | Self::FourEyesChanged { .. }
            | Self::ApproverAdded { .. }
            | Self::ApproverRemoved { .. }
            | Self::ApproverFailed { .. }
            | Self::UnknownSetAside { .. }
            | Self::AsideErased { .. }
            | Self::RemainsErased { .. }
            | Self::SweepStopped { .. }
            | Self::SweepApproved { .. }
            | Self::RulesChanged { .. }
            | Self::RulesAdopted { .. }
            | Self::ClockConfirmed { .. }
            | Self::Paused { .. }
            | Self::Resumed
            | Self::DigestSent { .. }
            | Self::EpochRotated { .. }
            | Self::EpochDestroyed { .. }
            | Self::BackupConnected { .. }
            | Self::BackupLeft { .. }
            | Self::RecoveryKitMade { .. }
            | Self::RecoveryKitSaved { .. }
            | Self::RecipientsChanged { .. }
            | Self::Restored { .. }
            | Self::DrillDone { .. }
            | Self::Unlocked
            | Self::UnlockFailed
            | Self::Locked
            | Self::PassphraseChanged
            | Self::SettingsChanged { .. }
            | Self::Connected { .. }
            | Self::Disconnected { .. }
            | Self::IncidentPrepared { .. }
            | Self::Exported { .. } => {}
        }
        subjects
    }
}

/// The digest that ties an event to every event before it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ChainHash(pub [u8; 32]);

impl std::fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl ChainHash {
    /// What the first event is tied to.
    pub const GENESIS: Self = Self([0; 32]);

    /// The hash of the event at `index` (counted from 1), whose stored text is `text`, after an event with hash `self`.
    ///
    /// The index and the length of the text are digested too, so rows cannot be merged, split or moved.
    pub fn next(self, index: u64, text: &str) -> Self {
        let mut digest = Sha256::new();
        digest.update(b"custody event v1");
        digest.update(self.0);
        digest.update(index.to_be_bytes());
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text.as_bytes());
        Self(digest.finalize().into())
    }
}

/// How the text of an event is made: canonical JSON (RFC 8785), so that it can be made again from the parsed event.
pub fn text(event: &Event) -> Result<String, serde_json::Error> {
    serde_json_canonicalizer::to_string(event)
}

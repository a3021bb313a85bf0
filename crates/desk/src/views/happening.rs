//! What happened, and why, as closed sets: every language makes its own sentences of them. The English ones, for the terminal
//! and for reports, are made in `words`.

use custody_core::{
    Timestamp,
    file_kind::FileKind,
    held_file::{Finding, Refusal, Spared},
    period::Period,
    receipt::{Answer, Grade},
    request::{Channel, RequestStanding},
    retention::{ForumCopyRule, StartPoint},
    ticket::OfferStanding,
    viewing_copy::Ended,
};
use serde::{Serialize, Serializer};
use ts_rs::TS;

use super::{ProposedAct, TicketState, TicketView};

/// RFC 3339, to the millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, TS)]
#[ts(type = "string")]
pub struct Moment(pub Timestamp);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:.3}", self.0))
    }
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum WhoView {
    /// The program, by its rules.
    Desk,
    /// The customer.
    Customer,
    /// A member of staff.
    Person {
        /// Their name; the beginning of their id while none is known.
        name: String,
    },
}

/// What happened. The codes are the words of the events in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is described at the event of the same name")]
pub enum Happening {
    DeskCreated,
    CaseOpened {
        #[ts(type = "number")]
        topic: i64,
    },
    CaseExposed {
        exposed: bool,
    },
    TicketRead {
        found: TicketState,
    },
    TicketLinked {
        ticket: TicketView,
    },
    TicketOffered {
        ticket: TicketView,
        #[ts(type = "OfferStanding")]
        standing: OfferStanding,
    },
    AttachmentsProbed {
        open: bool,
    },
    /// The service's name is the same in every language.
    LinkNoted {
        service: String,
    },
    NoticeGiven,
    CaseForgotten,
    FileArrived,
    FileRefused {
        #[ts(type = "Refusal")]
        why: Refusal,
    },
    ArrivalDelayed {
        attempts: u32,
    },
    FilesBrought {
        #[ts(type = "number")]
        files: u64,
    },
    DropErased,
    FileSealed {
        #[ts(type = "number")]
        bytes: u64,
    },
    FileDue {
        reason: ErasureReason,
        erase_at: Moment,
    },
    FileSpared {
        #[ts(type = "Spared")]
        why: Spared,
    },
    ErasureBegun {
        reason: ErasureReason,
    },
    WrapsDropped,
    ErasureDelayed {
        attempts: u32,
    },
    FilesErased {
        #[ts(type = "number")]
        files: u64,
        complete: bool,
    },
    FollowUpIssued,
    FileLost {
        #[ts(type = "Finding")]
        finding: Finding,
    },
    UnknownSetAside {
        #[ts(type = "number")]
        count: u64,
    },
    AsideErased {
        #[ts(type = "number")]
        bytes: u64,
    },
    RemainsErased {
        #[ts(type = "number")]
        count: u64,
    },
    HoldPlaced {
        review_at: Moment,
    },
    HoldReviewed {
        review_at: Moment,
    },
    HoldHandedOn {
        to: String,
    },
    OwnDateGiven {
        of_case: bool,
        end: Moment,
    },
    OwnDateWithdrawn,
    HoldLifted,
    RequestReceived {
        #[ts(type = "RequestStanding")]
        standing: RequestStanding,
        #[ts(type = "Channel")]
        channel: Channel,
    },
    RequestResolved {
        accepted: bool,
    },
    ReplyOwed {
        #[ts(type = "number")]
        files: u64,
    },
    ReplySent {
        #[ts(type = "Channel")]
        channel: Channel,
    },
    ReplyDelayed {
        attempts: u32,
    },
    ReplyBounced,
    ReplyRequeued {
        #[ts(type = "Channel")]
        channel: Channel,
    },
    ReplyWithdrawn,
    FourEyesChanged {
        lift_hold: bool,
        early_erasure: bool,
        export: bool,
    },
    ApproverAdded {
        person: String,
    },
    ApproverRemoved {
        person: String,
    },
    ApproverFailed {
        person: String,
    },
    ProposalMade {
        act: ProposedAct,
        one_file: bool,
        expires_at: Moment,
        proposal: String,
    },
    ProposalApproved {
        proposal: String,
    },
    ProposalDeclined {
        proposal: String,
    },
    ProposalUsed {
        proposal: String,
    },
    ProposalExpired {
        proposal: String,
    },
    SweepStopped {
        #[ts(type = "number")]
        would_erase: u64,
        #[ts(type = "number")]
        cap: u64,
    },
    SweepApproved {
        #[ts(type = "number")]
        would_erase: u64,
    },
    RulesChanged {
        rules: Vec<RecordedRule>,
        #[ts(type = "number")]
        erased_now: u64,
        #[ts(type = "number")]
        sooner: u64,
        #[ts(type = "number")]
        later: u64,
    },
    RulesAdopted {
        rules: Vec<RecordedRule>,
    },
    DigestSent {
        #[ts(type = "number")]
        cases: u64,
        #[ts(type = "number")]
        files: u64,
    },
    ClockConfirmed {
        now: Moment,
    },
    Paused {
        until: Moment,
    },
    Resumed,
    FileOpened,
    FileExported,
    ViewingCopyMade {
        until: Moment,
    },
    ViewingCopyExtended {
        until: Moment,
    },
    ViewingCopyBeside {
        #[ts(type = "number")]
        beside: u64,
    },
    ViewingCopyStays,
    ViewingCopyEnded {
        #[ts(type = "CopyEnd")]
        why: Ended,
        #[ts(type = "number")]
        beside: u64,
        #[ts(type = "number")]
        elsewhere: u64,
    },
    EpochRotated {
        #[ts(type = "number")]
        epoch: i64,
        #[ts(type = "number")]
        keys: u64,
    },
    EpochDestroyed {
        #[ts(type = "number")]
        epoch: i64,
    },
    ReceiptSent {
        #[ts(type = "Channel")]
        channel: Channel,
    },
    ReceiptRequeued {
        #[ts(type = "Channel")]
        channel: Channel,
    },
    ReceiptDelayed {
        attempts: u32,
    },
    ReceiptBounced,
    ReceiptAnswered {
        #[ts(type = "Answer")]
        answer: Answer,
        #[ts(type = "Grade")]
        grade: Grade,
    },
    BackupConnected {
        backup: String,
    },
    BackupLeft {
        backup: String,
        emptied: bool,
    },
    RecoveryKitMade,
    RecoveryKitSaved {
        sealed: bool,
    },
    RecipientsChanged {
        #[ts(type = "number")]
        keys: u64,
        #[ts(type = "number")]
        recipients: u64,
    },
    Restored {
        #[ts(type = "number")]
        files: u64,
        #[ts(type = "number")]
        replayed: u64,
    },
    /// Its receipt may have been issued before the restore.
    ErasureReplayed {
        receipted: bool,
    },
    FileBroughtBack {
        backup: String,
    },
    DrillDone {
        backup: String,
        passed: bool,
    },
    Unlocked,
    UnlockFailed,
    Locked,
    PassphraseChanged,
    /// The parts are the names that they have in `settings.toml`.
    SettingsChanged {
        parts: Vec<String>,
        rules: Vec<RecordedRule>,
        by_hand: bool,
    },
    Connected {
        server: RecordedServer,
    },
    Disconnected {
        server: RecordedServer,
    },
    IncidentPrepared {
        #[ts(type = "number")]
        files: u64,
        #[ts(type = "number")]
        customers: u64,
        #[ts(type = "number")]
        copies: u64,
    },
    Exported {
        what: RecordedExport,
    },
}

/// The fact that erases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErasureReason {
    /// The ticket was read as closed.
    TicketClosed,
    /// The customer asked.
    CustomerAsked,
    /// The rule's period or ceiling ended.
    PeriodEnded,
    /// A named person of staff decided it.
    StaffDecided,
}

/// A reason that counted when it was decided what becomes of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is described at the reason of the same name")]
pub enum WhyView {
    Hold { hold: String },
    TicketOpen,
    TicketClosed { since: Moment },
    TicketInDoubt { since: Moment },
    CustomerAsked { at: Moment },
    StaffDecided { at: Moment },
    PeriodEnds { at: Moment },
    OwnDate { at: Moment },
    GraceUntil { at: Moment },
    GraceOver,
}

/// What a retention rule says of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RuleTermsView {
    /// From when the period counts.
    #[ts(type = "StartPoint")]
    pub start: StartPoint,
    /// How long a file is kept after that, such as `3 days`.
    #[ts(type = "string")]
    pub period: Period,
    /// Time between due and erasing.
    #[ts(type = "string")]
    pub grace: Period,
    /// The longest time after arrival.
    #[ts(type = "string | null")]
    pub ceiling: Option<Period>,
    /// What is done about the forum's own copy.
    #[ts(type = "ForumCopyRule")]
    pub forum_copy: ForumCopyRule,
}

/// A rule as a row of the record has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum RecordedRule {
    /// What it says.
    Terms(RuleTermsView),
    /// It says something that this version does not know: its text.
    Other {
        /// The text.
        text: String,
    },
}

/// Which files a rule is for: one of a list. Where there are several lists, all of them must fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum WhomView {
    /// Threads with any of these tags.
    Tags {
        /// They.
        any: Vec<String>,
    },
    /// Threads in any of these categories, by number.
    Categories {
        /// They.
        #[ts(type = "number[]")]
        any: Vec<i64>,
    },
    /// Threads about any of these products.
    Products {
        /// They.
        any: Vec<String>,
    },
    /// Any of these customers.
    Customers {
        /// They.
        any: Vec<String>,
    },
    /// Files of any of these kinds.
    Kinds {
        /// They.
        #[ts(type = "FileKind[]")]
        any: Vec<FileKind>,
    },
}

/// A server that a row of the record names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum RecordedServer {
    /// The forum.
    Forum,
    /// The forum, with a key that an administrator gave.
    ForumByKey,
    /// The forum, where a person signed in.
    ForumBySignIn,
    /// Mail.
    Mail,
    /// Mail, opened by OAuth.
    MailByOauth,
    /// A tracker.
    Tracker {
        /// Its name in the settings.
        name: String,
    },
    /// The database of the ledger.
    Ledger,
    /// One that this version does not know.
    Other {
        /// The text of the row.
        text: String,
    },
}

/// What left the desk, as a row of the record names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum RecordedExport {
    /// A receipt.
    Receipt {
        /// Its id.
        receipt: String,
    },
    /// A retention report.
    Report,
    /// The chain of events.
    Events {
        /// After which one.
        #[ts(type = "number")]
        after: u64,
    },
    /// Every table of the ledger.
    AllTables,
    /// The tables that are kept for ever.
    KeptTables,
    /// The tables with personal data.
    PersonalTables,
    /// Something that this version does not know.
    Other {
        /// The text of the row.
        text: String,
    },
}

/// A kind of place where a copy is or was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum LocationKind {
    /// The age file in the strongroom.
    SealedFile,
    /// The file's key, sealed for one recipient.
    KeyWrap,
    /// A decrypted copy on a lease.
    ViewingCopy,
    /// What the forum keeps.
    ForumCopy,
    /// A backup.
    Backup {
        /// Its name in the settings.
        name: String,
    },
    /// The file as it was saved into the drop folder of its case.
    DropFolder,
}

/// What was found at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is described at the state of the same name")]
pub enum LocationFound {
    Present,
    ErasedVerified,
    KeyDestroyed,
    ExpiresOn { date: Moment },
    RequestedNotConfirmed,
    Held,
    NotOurs,
    Failed,
    Unknown,
}

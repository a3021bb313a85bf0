//! The record.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Private,
    case::{Case, CaseDetails, CaseLink, Customer, ForumUserId, TopicId},
    event::Event,
    four_eyes::{Approver, Proposal},
    held_file::{FileDetails, HeldFile, SourceMark, StateName},
    hold::Hold,
    id::{CaseId, CustomerId, FileId, PersonId, ProposalId, ReceiptId},
    own_date::{OwnDate, OwnDateScope},
    ports::{ByteSource, Fault, PortResult},
    receipt::{Confirmation, Delivery, Envelope, ReceiptRow},
    reply::Reply,
    request::Request,
    retention::AdoptedRules,
    ticket::TicketOffer,
    transition::{Transition, Wrap},
    viewing_copy::ViewingCopy,
};

/// The record.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Writes all transitions and their events in one transaction, or nothing. Returns the head after it.
    ///
    /// A row whose version is not one above the stored one (or not new where it should be) is [`Fault::Conflict`].
    async fn commit(&self, transitions: Vec<Transition>) -> PortResult<Head>;

    /// The last event's index and hash.
    async fn head(&self) -> PortResult<Head>;

    /// Events with an index above `after`, oldest first, at most `limit`.
    async fn events(&self, after: u64, limit: u32) -> PortResult<Vec<(u64, Event)>>;

    /// The events of a case: its own, and those of its files, holds, requests and receipts, oldest first.
    async fn events_of_case(&self, case: CaseId) -> PortResult<Vec<(u64, Event)>>;

    /// Walks the whole chain.
    async fn verify(&self) -> PortResult<ChainVerdict>;

    /// A case.
    async fn case(&self, id: CaseId) -> PortResult<Option<Case>>;
    /// A case by its thread.
    async fn case_of_topic(&self, forum: &str, topic: TopicId) -> PortResult<Option<Case>>;
    /// All cases, newest first, at most `limit` after skipping `skip`.
    async fn cases(&self, skip: u32, limit: u32) -> PortResult<Vec<Case>>;
    /// Cases that hold files which are arriving, held, due or erasing, or that are not forgotten yet.
    async fn open_cases(&self) -> PortResult<Vec<Case>>;
    /// Those of them whose thread is no longer private.
    async fn exposed_cases(&self) -> PortResult<Vec<Case>>;
    /// The personal side of a case, unless forgotten.
    async fn case_details(&self, id: CaseId) -> PortResult<Option<CaseDetails>>;
    /// A customer, unless forgotten.
    async fn customer(&self, id: CustomerId) -> PortResult<Option<Customer>>;
    /// A customer by the forum's number.
    async fn customer_of_user(&self, forum: &str, user: ForumUserId) -> PortResult<Option<Customer>>;

    /// A file.
    async fn file(&self, id: FileId) -> PortResult<Option<HeldFile>>;
    /// The personal side of a file, unless forgotten.
    async fn file_details(&self, id: FileId) -> PortResult<Option<FileDetails>>;
    /// A file by what it was recognised by.
    async fn file_of_mark(&self, mark: SourceMark) -> PortResult<Option<HeldFile>>;
    /// The files of a case, in order of arrival.
    async fn files_of_case(&self, case: CaseId) -> PortResult<Vec<HeldFile>>;
    /// The files in any of these states.
    async fn files_in(&self, states: &[StateName]) -> PortResult<Vec<HeldFile>>;
    /// The wraps of a file's key.
    async fn wraps(&self, file: FileId) -> PortResult<Vec<Wrap>>;
    /// The wraps of all keys.
    async fn all_wraps(&self) -> PortResult<Vec<Wrap>>;
    /// The current epoch; the first is 1.
    async fn epoch(&self) -> PortResult<i64>;
    /// Whether wraps were dropped since the last rotation.
    async fn rotation_owed(&self) -> PortResult<bool>;

    /// All holds, newest first; lifted ones too if asked.
    async fn holds(&self, lifted_too: bool) -> PortResult<Vec<Hold>>;
    /// The words of whoever placed a hold.
    async fn hold_reason(&self, hold: crate::id::HoldId) -> PortResult<Option<Private<String>>>;
    /// The words of whoever lifted it.
    async fn lift_reason(&self, hold: crate::id::HoldId) -> PortResult<Option<Private<String>>>;
    /// The words of a request made at the desk.
    async fn request_reason(&self, request: crate::id::RequestId) -> PortResult<Option<Private<String>>>;
    /// The own dates of a case and of its files, withdrawn ones too.
    async fn own_dates(&self, case: CaseId) -> PortResult<Vec<OwnDate>>;
    /// The words of an own date, unless forgotten.
    async fn own_date_reason(&self, scope: OwnDateScope) -> PortResult<Option<Private<String>>>;
    /// The rules in force; none before the first were adopted.
    async fn adopted_rules(&self) -> PortResult<Option<AdoptedRules>>;
    /// The requests of a case.
    async fn requests(&self, case: CaseId) -> PortResult<Vec<Request>>;
    /// All requests received in this span of time.
    async fn requests_between(&self, from: Timestamp, to: Timestamp) -> PortResult<Vec<Request>>;
    /// Requests that wait for a person.
    async fn unclear_requests(&self) -> PortResult<Vec<Request>>;
    /// What the customer of a case was or is to be told of requests that a hold keeps waiting, oldest first.
    async fn replies_of_case(&self, case: CaseId) -> PortResult<Vec<Reply>>;
    /// The same by the token in its letter.
    async fn reply_of_token(&self, token: &str) -> PortResult<Option<Reply>>;
    /// The same by its Message-ID.
    async fn reply_of_message(&self, message_id: &str) -> PortResult<Option<Reply>>;
    /// Those that are to be sent at `now`.
    async fn replies_to_send(&self, now: Timestamp) -> PortResult<Vec<Reply>>;
    /// Those that came back.
    async fn bounced_replies(&self) -> PortResult<Vec<Reply>>;
    /// Proposals of which something can still come, oldest first; settled ones too if asked.
    async fn proposals(&self, settled_too: bool) -> PortResult<Vec<Proposal>>;
    /// The words of whoever made a proposal.
    async fn proposal_reason(&self, proposal: ProposalId) -> PortResult<Option<Private<String>>>;
    /// Every key of a member of staff, oldest first, also those out of use.
    async fn approvers(&self) -> PortResult<Vec<Approver>>;
    /// Viewing copies that have not ended.
    async fn open_viewing_copies(&self) -> PortResult<Vec<ViewingCopy>>;
    /// Why a viewing copy was made, unless forgotten.
    async fn viewing_reason(&self, copy: crate::id::ViewingCopyId) -> PortResult<Option<Private<String>>>;
    /// All viewing copies of a file.
    async fn viewing_copies(&self, file: FileId) -> PortResult<Vec<ViewingCopy>>;

    /// A receipt.
    async fn receipt(&self, id: ReceiptId) -> PortResult<Option<ReceiptRow>>;
    /// All receipts, newest first, at most `limit` after skipping `skip`.
    async fn receipts(&self, skip: u32, limit: u32) -> PortResult<Vec<ReceiptRow>>;
    /// Receipts of open cases of which a person may have to hear: the letter came back, or an answer disputes it or is
    /// unclear, oldest first. A later answer may have settled it.
    async fn receipts_in_question(&self) -> PortResult<Vec<ReceiptRow>>;
    /// The receipts of a case, oldest first.
    async fn receipts_of_case(&self, case: CaseId) -> PortResult<Vec<ReceiptRow>>;
    /// A receipt by the token in its letter.
    async fn receipt_of_token(&self, token: &str) -> PortResult<Option<ReceiptRow>>;
    /// A receipt by its Message-ID.
    async fn receipt_of_message(&self, message_id: &str) -> PortResult<Option<ReceiptRow>>;
    /// The signed text, unless forgotten.
    async fn envelope(&self, id: ReceiptId) -> PortResult<Option<Private<Envelope>>>;
    /// The place of a receipt in the outbox.
    async fn delivery(&self, id: ReceiptId) -> PortResult<Option<Delivery>>;
    /// Receipts in the outbox that are to be sent at `now`.
    async fn outbox(&self, now: Timestamp) -> PortResult<Vec<(ReceiptRow, Delivery)>>;
    /// All answers to a receipt, oldest first.
    async fn confirmations(&self, id: ReceiptId) -> PortResult<Vec<Confirmation>>;

    /// The id of a member of staff, made when the name is new.
    async fn person(&self, name: &Private<String>, fresh: PersonId) -> PortResult<PersonId>;
    /// The name of a member of staff.
    async fn person_name(&self, id: PersonId) -> PortResult<Option<Private<String>>>;

    /// The links to large-file services in a case's thread, in the order they were seen.
    async fn case_links(&self, case: CaseId) -> PortResult<Vec<CaseLink>>;
    /// The tickets that a case's thread names, in the order they were seen.
    async fn ticket_offers(&self, case: CaseId) -> PortResult<Vec<TicketOffer>>;
    /// Offered tickets that wait for a person.
    async fn open_ticket_offers(&self) -> PortResult<Vec<TicketOffer>>;
    /// Notes that a case's ticket was read just now, whatever came of it.
    async fn note_ticket_read(&self, case: CaseId, at: Timestamp) -> PortResult<()>;
    /// When the ticket of each case was last read.
    async fn ticket_reads(&self) -> PortResult<Vec<(CaseId, Timestamp)>>;

    /// A mark that an earlier step left (where a sync ended).
    async fn mark(&self, name: &str) -> PortResult<Option<String>>;
    /// Leaves a mark.
    async fn put_mark(&self, name: &str, text: &str) -> PortResult<()>;
    /// Notes that a job ran.
    async fn beat(&self, beat: Heartbeat) -> PortResult<()>;
    /// The last run of every job.
    async fn heartbeats(&self) -> PortResult<Vec<Heartbeat>>;

    /// The whole ledger as of one moment, as bytes that the same or a newer program can load into an empty one.
    ///
    /// Everything personal in it is there as it is: whoever takes it encrypts it before it reaches a disk.
    async fn snapshot(&self) -> PortResult<Box<dyn ByteSource>>;

    /// Cuts the log of past writes, so that nothing erased remains in it.
    async fn compact(&self) -> PortResult<()>;
}

/// The end of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The index of the last event; 0 while there is none.
    pub index: u64,
    /// Its hash.
    pub hash: crate::event::ChainHash,
}

/// What a walk over the chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainVerdict {
    /// Every event fits.
    Whole(Head),
    /// The event at this index is the first that does not fit.
    Broken {
        /// The index.
        at: u64,
    },
}

/// The last run of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heartbeat {
    /// Which job.
    pub job: Job,
    /// When it last ran.
    pub ran_at: Timestamp,
    /// When it last ran without a fault.
    pub good_at: Option<Timestamp>,
    /// What the last run met.
    pub fault: Option<Fault>,
    /// When it is to run next.
    pub next_at: Option<Timestamp>,
}

/// The jobs of a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "most are described at the flow of the same name")]
pub enum Job {
    Intake,
    DropFolders,
    Watch,
    Sweep,
    Erase,
    Deliver,
    Confirm,
    Reconcile,
    Backup,
    /// Ends viewing copies when their time is over, and locks a desk where nobody does anything.
    Leases,
}

impl Job {
    /// Every job, in the order of a file's life.
    pub const ALL: [Self; 10] = [
        Self::Intake,
        Self::DropFolders,
        Self::Watch,
        Self::Sweep,
        Self::Erase,
        Self::Deliver,
        Self::Confirm,
        Self::Reconcile,
        Self::Backup,
        Self::Leases,
    ];

    /// The word in rows and logs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::DropFolders => "drop_folders",
            Self::Watch => "watch",
            Self::Sweep => "sweep",
            Self::Erase => "erase",
            Self::Deliver => "deliver",
            Self::Confirm => "confirm",
            Self::Reconcile => "reconcile",
            Self::Backup => "backup",
            Self::Leases => "leases",
        }
    }
}

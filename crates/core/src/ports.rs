//! What the rules ask of the outside world. Each port is a question, not an answerer.

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Private,
    case::{Case, CaseDetails, CaseLink, Customer, ForumUserId, Labels, TopicId},
    event::Event,
    held_file::{FileDetails, HeldFile, SourceMark, StateName},
    hold::Hold,
    id::{CaseId, CustomerId, FileId, PersonId, ReceiptId, ViewingCopyId},
    receipt::{Confirmation, Delivery, Envelope, ReceiptRow},
    request::Request,
    ticket::{TicketOffer, TicketReading, TicketRef},
    transition::{Transition, Wrap},
    viewing_copy::ViewingCopy,
};

/// All ports of one desk. Cheap to clone.
#[derive(Clone)]
#[expect(missing_docs, reason = "each field is described at its trait")]
pub struct Ports {
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub ledger: Arc<dyn Ledger>,
    pub strongroom: Arc<dyn Strongroom>,
    pub signer: Arc<dyn Signer>,
    pub forum: Arc<dyn Forum>,
    pub tracker: Arc<dyn Tracker>,
    pub postbox: Option<Arc<dyn Postbox>>,
    pub mailbox: Option<Arc<dyn Mailbox>>,
}

impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ports").finish_non_exhaustive()
    }
}

/// What went wrong outside, as far as the rules need to know it.
#[derive(Debug, thiserror::Error)]
#[error("{fault:?}")]
pub struct PortError {
    /// What the flow may do about it; the flow decides by this alone.
    pub kind: ErrorKind,
    /// What a person is told.
    pub fault: Fault,
    /// The cause, for the log. It must hold no personal data.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What may be done about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// It may pass: try again, not before this time has gone by.
    TryAgain {
        /// How long the other side asked us to wait, if it did.
        after: Option<Duration>,
    },
    /// It will never work.
    NotPossible,
    /// Somebody has to do something first.
    NeedsPerson,
}

/// Every fault that has words for a person. The tables of words are total over this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The server does not answer.
    Unreachable,
    /// The server answers with errors, or is in maintenance.
    ServerTrouble,
    /// A firewall in front of the server blocks programs.
    Blocked,
    /// We asked too often.
    RateLimited,
    /// The key or password was refused.
    CredentialsRefused,
    /// The account may not do this.
    NotAllowed,
    /// It is not there.
    NotFound,
    /// The answer was not understood.
    AnswerNotUnderstood,
    /// A redirect led where we do not go: in a circle, to plain http, or too far.
    BadRedirect,
    /// The file ended early or late.
    WrongLength,
    /// The bytes are not the ones the forum announced, or changed between two downloads.
    ContentChanged,
    /// Larger than the desk takes.
    TooLarge,
    /// The secure connection could not be made.
    Tls,
    /// The mail server does not take mail for this address.
    AddressRefused,
    /// The disk is full.
    DiskFull,
    /// The disk or folder cannot be used.
    DiskTrouble,
    /// A sealed file cannot be opened: it was damaged or exchanged.
    Damaged,
    /// The desk is locked.
    Locked,
    /// The passphrase is wrong.
    WrongPassphrase,
    /// The keychain or key file cannot be used.
    KeychainTrouble,
    /// The key that is needed is not in the keychain.
    KeyMissing,
    /// The ledger cannot be used.
    LedgerTrouble,
    /// The ledger's chain is broken, or a row does not make sense.
    LedgerDamaged,
    /// The ledger was written by a newer program.
    LedgerNewer,
    /// Somebody else changed the same row first.
    Conflict,
    /// Another program works on this desk.
    InUse,
    /// The location could not be proven empty.
    NotProven,
    /// The desk is not connected to this kind of server.
    NotConnected,
    /// The settings are not understood, or do not hold together.
    SettingsTrouble,
    /// There is no desk here yet.
    NoDesk,
    /// There is a desk here already.
    DeskExists,
    /// A sweep would erase more files than the cap, and nobody approved exactly this plan.
    OverCap,
}

impl PortError {
    /// An error that may pass.
    pub fn try_again(fault: Fault) -> Self {
        Self { kind: ErrorKind::TryAgain { after: None }, fault, source: None }
    }

    /// An error that may pass, not before `after`.
    pub fn try_again_after(fault: Fault, after: Duration) -> Self {
        Self { kind: ErrorKind::TryAgain { after: Some(after) }, fault, source: None }
    }

    /// An error that stays.
    pub fn not_possible(fault: Fault) -> Self {
        Self { kind: ErrorKind::NotPossible, fault, source: None }
    }

    /// An error that somebody has to look at.
    pub fn needs_person(fault: Fault) -> Self {
        Self { kind: ErrorKind::NeedsPerson, fault, source: None }
    }

    /// The same error with its cause.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

/// What every port answers.
pub type PortResult<T> = Result<T, PortError>;

/// The time.
pub trait Clock: Send + Sync {
    /// Now, UTC.
    fn now(&self) -> Timestamp;
}

/// Randomness from the operating system.
pub trait Chance: Send + Sync {
    /// Sixteen random bytes, for an id.
    fn id_bytes(&self) -> PortResult<[u8; 16]>;
}

/// Bytes that arrive piece by piece.
#[async_trait]
pub trait ByteSource: Send {
    /// The next piece, or `None` at the end. After an error nothing more is asked.
    async fn next(&mut self) -> PortResult<Option<Bytes>>;
}

// ---------------------------------------------------------------------------------------------------------- forum --

/// The forum, as the engineer's own account sees it.
#[async_trait]
pub trait Forum: Send + Sync {
    /// The forum's name in the settings; part of every case.
    fn name(&self) -> &str;

    /// Who the forum takes us for.
    async fn account(&self) -> PortResult<ForumAccount>;

    /// Threads of the configured sources that may have changed since `mark`, and the next mark.
    ///
    /// A mark is opaque text that the ledger keeps. A thread may be named without having changed; none that changed may
    /// be left out. It may stop early: whoever asks goes on until the mark stays the same or no thread is new.
    async fn changed_threads(&self, mark: Option<&str>) -> PortResult<ChangedThreads>;

    /// One thread with all its posts.
    async fn thread(&self, topic: TopicId) -> PortResult<Thread>;

    /// The thread that a post is in now: threads are merged and split, and posts keep their numbers. `None` if it is gone.
    async fn thread_of_post(&self, post: i64) -> PortResult<Option<TopicId>>;

    /// The bytes of an attachment.
    async fn download(&self, attachment: &AttachmentRef) -> PortResult<Download>;

    /// Posts a reply and returns the post's number.
    async fn reply(&self, topic: TopicId, text: &Private<String>) -> PortResult<i64>;

    /// Whether the forum still serves an attachment.
    async fn look(&self, attachment: &AttachmentRef) -> PortResult<ForumCopy>;

    /// Whether the forum serves an attachment to anybody who knows its address. Asked without credentials.
    async fn is_open_to_anyone(&self, attachment: &AttachmentRef) -> PortResult<bool>;

    /// Takes an attachment out of every post of a thread that we may edit, quotes of it too, and hides or purges the
    /// earlier texts where our rights allow. Finding nothing left to take out is success.
    async fn strip(&self, topic: TopicId, attachment: &AttachmentRef) -> PortResult<Stripped>;

    /// Waits until something may have happened in our inboxes, for `limit` at most. True: look at the lists. The first
    /// answer is true as well, as nobody knows what happened before we listened. For when somebody looks at the window:
    /// whoever gets [`Fault::NotAllowed`] looks at the lists from time to time instead.
    async fn wait_for_news(&self, limit: Duration) -> PortResult<bool>;

    /// A user's address, if this account may see it.
    async fn email_of(&self, username: &Private<String>) -> PortResult<Option<Private<String>>>;
}

/// Who the forum takes us for.
#[derive(Clone, Debug)]
pub struct ForumAccount {
    /// The account's number.
    pub user: ForumUserId,
    /// Its user name.
    pub username: Private<String>,
    /// Whether it is staff there.
    pub staff: bool,
    /// Names of the groups whose inboxes it can read.
    pub inboxes: Vec<String>,
}

/// The answer to [`Forum::changed_threads`].
#[derive(Clone, Debug)]
pub struct ChangedThreads {
    /// The threads.
    pub topics: Vec<TopicId>,
    /// To be kept once all of them have been read.
    pub mark: String,
}

/// A thread.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Which.
    pub topic: TopicId,
    /// Its title.
    pub title: Private<String>,
    /// Whether only the customer and staff can read it.
    pub private: bool,
    /// Its tags and category.
    pub labels: Labels,
    /// Whether it is closed, archived or solved: the answer of the tracker "the forum topic itself".
    pub reading: TicketReading,
    /// The customer: who opened it, unless that is staff; then the first participant who is not.
    pub customer: Option<ForumUser>,
    /// All posts that can be seen, in order.
    pub posts: Vec<Post>,
}

/// A user as seen in a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForumUser {
    /// The user's number.
    pub id: ForumUserId,
    /// The user name.
    pub username: Private<String>,
    /// The display name.
    pub name: Option<Private<String>>,
}

/// A post.
#[derive(Clone, Debug)]
pub struct Post {
    /// Its number on the forum (not its place in the thread).
    pub id: i64,
    /// Its author, if the account still exists.
    pub author: Option<ForumUserId>,
    /// Whether the author is staff.
    pub by_staff: bool,
    /// Whether it is one of ours.
    pub by_us: bool,
    /// When it was written, by the forum's clock: shown, never trusted for a rule.
    pub created_at: Timestamp,
    /// Whether customer and staff alike can see it: not a whisper, not hidden, not erased.
    pub visible_to_customer: bool,
    /// The author's own words, without quotes, as plain text.
    pub own_text: Private<String>,
    /// The attachments that belong to this post.
    pub attachments: Vec<Attachment>,
    /// Links of its author to large-file services. They are shown, and never fetched by themselves.
    pub links: Vec<FileLink>,
}

/// A link to a file at a large-file service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLink {
    /// Which service.
    pub service: FileService,
    /// Where it leads. Whoever knows it can often fetch the file.
    pub url: Private<String>,
}

/// The large-file services that are recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "their names say it")]
pub enum FileService {
    Dropbox,
    GoogleDrive,
    OneDrive,
    WeTransfer,
    AmazonS3,
}

/// An attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Where it is.
    pub reference: AttachmentRef,
    /// Its name as the post shows it.
    pub name: Private<String>,
}

/// Enough to fetch an attachment again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentRef {
    /// The post it hangs on.
    pub post: i64,
    /// The forum's key for the upload (base62 or the path), stable for the same content.
    pub upload: Private<String>,
    /// Where it is served, absolute or from the forum's root.
    pub url: Private<String>,
}

/// A download that has begun.
pub struct Download {
    /// The length announced by the server.
    pub length: Option<u64>,
    /// The SHA-1 of the content, if this forum's key for it is known to be one.
    pub sha1: Option<[u8; 20]>,
    /// The bytes. An early end is an error of [`Fault::WrongLength`].
    pub body: Box<dyn ByteSource>,
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("length", &self.length).finish_non_exhaustive()
    }
}

/// What came of taking an attachment out of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stripped {
    /// No post of the thread shows it any more.
    TakenOut {
        /// What became of the texts before the change, through which it could still be reached.
        earlier_texts: EarlierTexts,
        /// When the forum's own clean-up has ended it at the latest, if the forum cleans up and nothing else uses it.
        ends_by: Option<Timestamp>,
    },
    /// A post shows it and is not ours to change.
    NotAllowed,
}

/// What became of a post's earlier texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EarlierTexts {
    /// They are gone for good.
    Purged,
    /// Only staff can read them.
    Hidden,
    /// Everybody in the thread can read them.
    Readable,
}

/// What the forum said when asked for an attachment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForumCopy {
    /// It serves it.
    Served,
    /// It does not know it any more, while our account and the thread are in order.
    Gone,
}

// -------------------------------------------------------------------------------------------------------- tracker --

/// The tracker of linked tickets.
#[async_trait]
pub trait Tracker: Send + Sync {
    /// Reads one ticket. This single reading decides; a list only finds candidates. A merged ticket is read at its target.
    async fn read(&self, ticket: &TicketRef) -> PortResult<TicketReading>;

    /// Tickets among `known` (all of one tracker) that may have changed since `mark`, and the next mark.
    ///
    /// A ticket may be named without having changed. A list may leave out what was merged, removed or hidden, so whoever
    /// asks also reads every ticket singly from time to time. A tracker without a list names all of them.
    async fn changed(&self, known: &[TicketRef], mark: Option<&str>) -> PortResult<ChangedTickets>;
}

/// The answer to [`Tracker::changed`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedTickets {
    /// The tickets.
    pub tickets: Vec<TicketRef>,
    /// To be kept once all of them have been read.
    pub mark: String,
}

// ----------------------------------------------------------------------------------------------------------- mail --

/// Where letters are posted.
#[async_trait]
pub trait Postbox: Send + Sync {
    /// Hands a letter to the mail server. The same letter may be handed over again after a crash: it has one Message-ID.
    async fn send(&self, letter: &OutgoingLetter) -> PortResult<()>;
}

/// A letter to a customer.
#[derive(Clone, Debug)]
pub struct OutgoingLetter {
    /// The Message-ID without angle brackets; one for each receipt, for ever.
    pub message_id: String,
    /// The address.
    pub to: Private<String>,
    /// The subject.
    pub subject: Private<String>,
    /// Plain text.
    pub text: Private<String>,
    /// The same as HTML without remote content.
    pub html: Private<String>,
    /// File name and content of the signed receipt.
    pub attachment: (String, Private<Vec<u8>>),
}

/// Where answers arrive.
#[async_trait]
pub trait Mailbox: Send + Sync {
    /// Mails that arrived after `mark`, oldest first, and the next mark. A mail may be given twice, none is left out.
    async fn arrived(&self, mark: Option<&str>) -> PortResult<Arrived>;

    /// Returns when mail may have arrived, at the latest after `limit`.
    async fn wait(&self, limit: Duration) -> PortResult<()>;
}

/// The answer to [`Mailbox::arrived`].
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The mails.
    pub mails: Vec<IncomingMail>,
    /// To be kept once all of them have been dealt with.
    pub mark: String,
}

/// A mail that arrived.
#[derive(Clone, Debug)]
pub struct IncomingMail {
    /// Its Message-ID, or a digest of the mail if it has none.
    pub message_id: Private<String>,
    /// The author's address, lower case.
    pub from: Private<String>,
    /// The subject.
    pub subject: Private<String>,
    /// Message-IDs it names in `In-Reply-To` and `References`, without angle brackets.
    pub references: Vec<String>,
    /// The author's own words: quoted text and attached mails are left out.
    pub own_text: Private<String>,
    /// What kind of mail it is.
    pub nature: MailNature,
    /// Whether the configured mail server found a valid DKIM signature of the author's domain.
    pub dkim_pass: bool,
}

/// What kind of mail it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailNature {
    /// Written by a person, as far as can be told.
    Personal,
    /// Perhaps not by whom it names: the configured mail server found so, or took it for spam. A person must read it.
    Doubtful,
    /// Sent by a program (out of office, list, vacation).
    Automatic,
    /// A report that a letter of ours was not delivered (RFC 3464).
    Bounce {
        /// The Message-ID of our letter, if the report names it.
        original: Option<String>,
        /// Whether the failure is final.
        permanent: bool,
    },
}

// ------------------------------------------------------------------------------------------------------ strongroom --

/// The sealed files of this machine.
#[async_trait]
pub trait Strongroom: Send + Sync {
    /// Seals a file: part file, age, finish, fsync, rename, fsync of the folder. Works while the desk is locked.
    ///
    /// An unfinished part file of the same id is replaced; a finished one too (its key was never recorded). An error of
    /// `body` is returned as it is. `limit` is the most bytes that are taken: one more is [`Fault::TooLarge`].
    async fn seal(&self, file: FileId, epoch: i64, body: &mut dyn ByteSource, limit: u64) -> PortResult<SealedFile>;

    /// Opens a file as a stream of its bytes. Needs the desk unlocked.
    ///
    /// A piece is given only after it was authenticated; an error at the end means that the whole is not to be trusted.
    async fn open(&self, file: FileId, wraps: Vec<Wrap>) -> PortResult<Box<dyn ByteSource>>;

    /// Removes a sealed file and its part file and syncs the folder. Finding nothing is success.
    async fn erase(&self, file: FileId) -> PortResult<()>;

    /// Reads the folder again.
    async fn look(&self, file: FileId) -> PortResult<Found>;

    /// Everything in the strongroom.
    async fn inventory(&self) -> PortResult<Inventory>;

    /// Moves something the ledger does not know out of the way, kept for a person.
    async fn set_aside(&self, file: FileId) -> PortResult<()>;

    /// Writes a viewing copy into a private folder of its own and returns the path to show. Needs the desk unlocked.
    async fn make_viewing_copy(
        &self,
        copy: ViewingCopyId,
        name: &Private<String>,
        body: &mut dyn ByteSource,
    ) -> PortResult<Private<String>>;

    /// Overwrites and removes a viewing copy with everything beside it, and syncs. Finding nothing is success.
    async fn end_viewing_copy(&self, copy: ViewingCopyId) -> PortResult<()>;

    /// The viewing copies that exist on this machine.
    async fn viewing_copies(&self) -> PortResult<Vec<ViewingCopyId>>;

    /// Makes the key of a new epoch beside the current one.
    async fn make_epoch(&self, epoch: i64) -> PortResult<()>;

    /// Seals these wraps of `from` anew under `to`. Works while the desk is locked.
    async fn rewrap(&self, wraps: Vec<Wrap>, to: i64) -> PortResult<Vec<Wrap>>;

    /// Destroys every epoch key but `keep` and returns which ones were destroyed.
    async fn destroy_epochs_but(&self, keep: i64) -> PortResult<Vec<i64>>;

    /// Reads the keychain: which epoch keys are there.
    async fn epochs(&self) -> PortResult<Vec<i64>>;

    /// Whether keys are in the operating system's keychain or in a key file chosen on purpose.
    fn key_store(&self) -> KeyStore;
}

/// Where keys are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyStore {
    /// The operating system's keychain.
    Keychain,
    /// A file that only its owner can read.
    KeyFile,
}

/// What [`Strongroom::seal`] made.
#[derive(Clone, Debug)]
pub struct SealedFile {
    /// Bytes taken.
    pub size: u64,
    /// Bytes of the age file.
    pub sealed_size: u64,
    /// The salt, 32 random bytes.
    pub salt: Private<[u8; 32]>,
    /// SHA-256 of the salt and then the file.
    pub digest: [u8; 32],
    /// SHA-1 of the file, to compare with the forum's key.
    pub sha1: Private<[u8; 20]>,
    /// The file's key, sealed for each recipient.
    pub wraps: Vec<Wrap>,
}

/// What a look into the folder found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// A sealed file of this many bytes.
    Sealed(u64),
}

/// What is in the strongroom.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// Sealed files with their sizes in bytes.
    pub sealed: Vec<(FileId, u64)>,
    /// Part files left by a crash; the next seal of the same id replaces them.
    pub parts: Vec<FileId>,
    /// How many other things lie there.
    pub foreign: u64,
}

/// Signs receipts.
#[async_trait]
pub trait Signer: Send + Sync {
    /// The Ed25519 public key, 32 bytes.
    fn public_key(&self) -> [u8; 32];

    /// Signs these bytes.
    async fn sign(&self, message: &[u8]) -> PortResult<[u8; 64]>;
}

// --------------------------------------------------------------------------------------------------------- ledger --

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
    /// The words of a hold.
    async fn hold_reason(&self, hold: crate::id::HoldId) -> PortResult<Option<Private<String>>>;
    /// The words of a request made at the desk.
    async fn request_reason(&self, request: crate::id::RequestId) -> PortResult<Option<Private<String>>>;
    /// The requests of a case.
    async fn requests(&self, case: CaseId) -> PortResult<Vec<Request>>;
    /// All requests received in this span of time.
    async fn requests_between(&self, from: Timestamp, to: Timestamp) -> PortResult<Vec<Request>>;
    /// Requests that wait for a person.
    async fn unclear_requests(&self) -> PortResult<Vec<Request>>;
    /// Viewing copies that have not ended.
    async fn open_viewing_copies(&self) -> PortResult<Vec<ViewingCopy>>;
    /// All viewing copies of a file.
    async fn viewing_copies(&self, file: FileId) -> PortResult<Vec<ViewingCopy>>;

    /// A receipt.
    async fn receipt(&self, id: ReceiptId) -> PortResult<Option<ReceiptRow>>;
    /// All receipts, newest first, at most `limit` after skipping `skip`.
    async fn receipts(&self, skip: u32, limit: u32) -> PortResult<Vec<ReceiptRow>>;
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
#[expect(missing_docs, reason = "each is described at the flow of the same name")]
pub enum Job {
    Intake,
    Watch,
    Sweep,
    Erase,
    Deliver,
    Confirm,
    Reconcile,
}

impl Job {
    /// Every job, in the order of a file's life.
    pub const ALL: [Self; 7] =
        [Self::Intake, Self::Watch, Self::Sweep, Self::Erase, Self::Deliver, Self::Confirm, Self::Reconcile];

    /// The word in rows and logs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Watch => "watch",
            Self::Sweep => "sweep",
            Self::Erase => "erase",
            Self::Deliver => "deliver",
            Self::Confirm => "confirm",
            Self::Reconcile => "reconcile",
        }
    }
}

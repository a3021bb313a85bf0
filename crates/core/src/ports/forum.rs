//! The forum.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Private,
    case::{ForumUserId, Labels, TopicId},
    ports::{ByteSource, PortResult},
    ticket::TicketReading,
};

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

    /// The threads that are assigned to this account; `None` if the forum knows no assignments.
    async fn assigned(&self) -> PortResult<Option<BTreeSet<TopicId>>>;

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
    /// whoever gets [`Fault::NotAllowed`](super::Fault::NotAllowed) looks at the lists from time to time instead.
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
    /// The bytes. An early end is an error of [`Fault::WrongLength`](super::Fault::WrongLength).
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

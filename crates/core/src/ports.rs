//! What the rules ask of the outside world. Each port is a question, not an answerer.

mod backups;
mod chosen;
mod drop_folders;
mod error;
mod forum;
mod ledger;
mod mail;
mod strongroom;
mod tracker;

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};

use crate::timekeeper::Doubt;

pub use self::backups::{BackupState, BackupTarget, StateFacts};
pub use self::chosen::{Bounds, Brought, Chosen, Misfit, Unfit};
pub use self::drop_folders::{DropFolders, DropStanding, Dropped, Stamp};
pub use self::error::{ErrorKind, Fault, PortError, PortResult};
pub use self::forum::{
    Attachment, AttachmentRef, ChangedThreads, Download, EarlierTexts, FileLink, FileService, Forum, ForumAccount,
    ForumCopy, ForumUser, Post, Stripped, Thread,
};
pub use self::ledger::{ChainVerdict, Head, Heartbeat, Job, Ledger};
pub use self::mail::{Arrived, IncomingMail, MailNature, Mailbox, OutgoingLetter, Postbox};
pub use self::strongroom::{
    Aside, Emptied, Found, Inventory, KeyStore, Program, RangeSource, SealedFile, Signer, Strongroom,
};
pub use self::tracker::{ChangedTickets, Tracker};

/// All ports of one desk. Cheap to clone.
#[derive(Clone)]
#[expect(missing_docs, reason = "each field is described at its trait")]
pub struct Ports {
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub ledger: Arc<dyn Ledger>,
    pub strongroom: Arc<dyn Strongroom>,
    pub drop_folders: Arc<dyn DropFolders>,
    pub backups: Vec<Arc<dyn BackupTarget>>,
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

/// The time.
pub trait Clock: Send + Sync {
    /// Now, UTC: what is stamped on whatever happens.
    fn now(&self) -> Timestamp;

    /// How long this program runs: no setting of the clock changes it. For a clock that moves only when told, its moving is
    /// the passing of time.
    fn uptime(&self) -> SignedDuration {
        self.now().duration_since(Timestamp::UNIX_EPOCH)
    }

    /// The time that has come for sure: what erases by time asks this one.
    fn surely(&self) -> Timestamp {
        self.now()
    }

    /// What speaks against what this clock says.
    fn doubt(&self) -> Option<Doubt> {
        None
    }
}

/// Told of the dates that connected servers put on their answers.
pub trait Witness: Send + Sync {
    /// A server answered just now, and says that it is this time.
    fn heard(&self, date: Timestamp);
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

//! Backups: a folder on another disk or on a share that keeps what a new machine needs.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{
    backup::JournalEntry,
    id::FileId,
    period::Period,
    ports::{ByteSource, Found, Head, PortResult},
};

/// A place outside of this machine's strongroom that keeps sealed files, one current state, and the journal of erasures.
///
/// What is there opens for the holder of the recovery kit alone.
#[async_trait]
pub trait BackupTarget: Send + Sync {
    /// Its name in the settings and on receipts.
    fn name(&self) -> &str;

    /// How long others keep earlier versions of the place (snapshots of a share, say); [`Period::ZERO`] if nobody does.
    fn snapshots_kept(&self) -> Period;

    /// Takes the place for this installation, or finds that it has it: [`Fault::BackupTaken`](super::Fault::BackupTaken) if another
    /// one does.
    async fn claim(&self) -> PortResult<()>;

    /// The sealed files there, with their sizes in bytes.
    async fn inventory(&self) -> PortResult<Vec<(FileId, u64)>>;

    /// Copies a sealed file there, makes that last and reads it again; gives its size in bytes. The strongroom must have it.
    ///
    /// A file that leaves the strongroom meanwhile is not left there: [`Fault::NotFound`](super::Fault::NotFound).
    async fn copy(&self, file: FileId) -> PortResult<u64>;

    /// Copies a sealed file back into the strongroom, over nothing.
    async fn fetch(&self, file: FileId) -> PortResult<()>;

    /// Removes a sealed file and its part file and makes that last. Finding nothing is success.
    async fn erase(&self, file: FileId) -> PortResult<()>;

    /// Looks for a sealed file again.
    async fn look(&self, file: FileId) -> PortResult<Found>;

    /// Adds to the journal and makes that last. Nothing is ever taken out of it.
    async fn note(&self, entries: &[JournalEntry]) -> PortResult<()>;

    /// The states there, oldest first. More than one only while a newer one takes the place of an older.
    async fn states(&self) -> PortResult<Vec<BackupState>>;

    /// Writes a state, makes it last and reads it again. Needs no passphrase: it is sealed for the recovery kit.
    ///
    /// [`Fault::NoRecoveryKit`](super::Fault::NoRecoveryKit) if there is no kit.
    async fn write_state(&self, state: BackupState, facts: StateFacts, ledger: &mut dyn ByteSource) -> PortResult<()>;

    /// Overwrites and removes every state but this one and makes that last.
    async fn destroy_states_but(&self, keep: BackupState) -> PortResult<()>;

    /// The same for all of them.
    async fn destroy_all_states(&self) -> PortResult<()>;
}

/// A state at a target, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BackupState {
    /// Counts the states of a target.
    pub generation: u64,
    /// The epoch whose key is in it.
    pub epoch: i64,
}

/// What a state says of the ledger in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateFacts {
    /// When it was taken.
    pub at: Timestamp,
    /// The end of the chain.
    pub head: Head,
}

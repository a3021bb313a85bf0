//! The sealed files, their keys and the signature.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Private,
    id::{FileId, ViewingCopyId},
    ports::{ByteSource, PortResult},
    transition::Wrap,
};

/// The sealed files of this machine.
#[async_trait]
pub trait Strongroom: Send + Sync {
    /// Seals a file: part file, age, finish, fsync, rename, fsync of the folder. Works while the desk is locked.
    ///
    /// An unfinished part file of the same id is replaced; a finished one too (its key was never recorded). An error of
    /// `body` is returned as it is. `limit` is the most bytes that are taken: one more is [`Fault::TooLarge`](super::Fault::TooLarge).
    async fn seal(&self, file: FileId, epoch: i64, body: &mut dyn ByteSource, limit: u64) -> PortResult<SealedFile>;

    /// The same, and opens what was sealed once more before its key is gone from memory: for a file whose original is
    /// erased next. Anything but the bytes of `body` in it is [`Fault::DiskTrouble`](super::Fault::DiskTrouble).
    async fn seal_and_check(
        &self,
        file: FileId,
        epoch: i64,
        body: &mut dyn ByteSource,
        limit: u64,
    ) -> PortResult<SealedFile>;

    /// Opens a file as a stream of its bytes. Needs the desk unlocked.
    ///
    /// A piece is given only after it was authenticated; an error at the end means that the whole is not to be trusted.
    async fn open(&self, file: FileId, wraps: Vec<Wrap>) -> PortResult<Box<dyn ByteSource>>;

    /// Opens a file to be read at any place. Needs the desk unlocked.
    ///
    /// Its end is authenticated before it is given, so a file that was cut off is not opened. Locking the desk, and erasing
    /// the file or setting it aside, end every reader of it before they return.
    async fn open_at_will(&self, file: FileId, wraps: Vec<Wrap>) -> PortResult<Box<dyn RangeSource>>;

    /// Removes a sealed file and its part file and syncs the folder. Finding nothing is success.
    async fn erase(&self, file: FileId) -> PortResult<()>;

    /// Reads the folder again.
    async fn look(&self, file: FileId) -> PortResult<Found>;

    /// Everything in the strongroom.
    async fn inventory(&self) -> PortResult<Inventory>;

    /// Moves something the ledger does not know out of the way, kept for a person.
    async fn set_aside(&self, file: FileId) -> PortResult<()>;

    /// What was set aside, by name.
    async fn aside(&self) -> PortResult<Vec<Aside>>;

    /// Overwrites and removes something that was set aside, and syncs. A name that is not there is
    /// [`Fault::NotFound`](super::Fault::NotFound).
    async fn erase_aside(&self, name: &str) -> PortResult<()>;

    /// Writes a viewing copy into a private folder of its own and returns the path to show. Needs the desk unlocked.
    async fn make_viewing_copy(
        &self,
        copy: ViewingCopyId,
        name: &Private<String>,
        body: &mut dyn ByteSource,
    ) -> PortResult<Private<String>>;

    /// Overwrites and removes a viewing copy with everything beside it, and syncs. Finding nothing is success.
    ///
    /// What cannot be removed, or comes back again and again, is [`Fault::CopyInUse`](super::Fault::CopyInUse) or a fault
    /// of the disk; then everything else was removed. `name` is that of the file: without it, one file counts as the copy.
    async fn end_viewing_copy(&self, copy: ViewingCopyId, name: Option<&Private<String>>) -> PortResult<Emptied>;

    /// How many files lie beside a viewing copy, folders in its folder counted through.
    async fn beside_viewing_copy(&self, copy: ViewingCopyId, name: &Private<String>) -> PortResult<u64>;

    /// Which programs have a viewing copy open, or something beside it. Where the system tells it, also those that still
    /// have an ended one open: what they read in it is zeros.
    async fn programs_in_viewing_copies(&self) -> PortResult<Vec<(ViewingCopyId, Program)>>;

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

/// A file that can be read at any place, see [`Strongroom::open_at_will`]. Reading waits for the disk: never on an async task.
pub trait RangeSource: Send + Sync {
    /// How many bytes it has.
    fn size(&self) -> u64;

    /// Whether it can still be read: [`Fault::Locked`](super::Fault::Locked) once the desk was locked,
    /// [`Fault::NotFound`](super::Fault::NotFound) once the file was erased.
    fn check(&self) -> PortResult<()>;

    /// Fills `into` from this place on, every byte authenticated, and says how many bytes there were: less than asked for
    /// at the end alone.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> PortResult<usize>;
}

/// What [`Strongroom::end_viewing_copy`] removed besides the copy itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Emptied {
    /// Files that lay beside the copy.
    pub beside: u64,
    /// Those among them that have another name outside of the folder. They were not overwritten: that would reach what
    /// is not ours.
    pub elsewhere: u64,
}

/// A program that has something open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Program {
    /// Its name, if the system gives it. Any program may choose any name: only ever shown as text.
    pub name: Option<String>,
    /// The system's number for it, if it gives that.
    pub id: Option<u32>,
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
    /// Bytes that the disk gives to sealed files and part files: more than their lengths by what blocks waste, less where it
    /// compresses.
    pub occupied: u64,
}

/// Something that the ledger did not know and that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Its name in the folder, made of the id and a number of ours: no name of anybody else.
    pub name: String,
    /// The id it had in the strongroom.
    pub file: FileId,
    /// Its length in bytes.
    pub size: u64,
    /// Since when it lies there, by the file system.
    pub since: Option<Timestamp>,
}

/// Signs receipts.
#[async_trait]
pub trait Signer: Send + Sync {
    /// The Ed25519 public key, 32 bytes.
    fn public_key(&self) -> [u8; 32];

    /// Signs these bytes.
    async fn sign(&self, message: &[u8]) -> PortResult<[u8; 64]>;
}

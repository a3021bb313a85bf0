//! The drop folders: one for each case that needs one, where a member of staff saves what a customer sent by other ways.

use std::path::PathBuf;

use async_trait::async_trait;

use crate::{
    Private,
    id::CaseId,
    ports::{Bounds, Brought, ByteSource, Chosen, PortResult},
};

/// The drop folders of this machine. What lies in them is in nobody's custody yet, and readable.
#[async_trait]
pub trait DropFolders: Send + Sync {
    /// Makes the drop folder of a case, owner-only, if it is not there, and returns the path to show.
    async fn make(&self, case: CaseId) -> PortResult<Private<String>>;

    /// The path to show, if the case has a drop folder.
    async fn path(&self, case: CaseId) -> PortResult<Option<Private<String>>>;

    /// The cases that have a drop folder.
    async fn cases(&self) -> PortResult<Vec<CaseId>>;

    /// Looks at what a member of staff wants to have in a case, without touching it.
    async fn examine(&self, paths: Vec<Private<PathBuf>>, bounds: &Bounds) -> PortResult<Vec<Chosen>>;

    /// Moves something that was looked at into the drop folder of a case, which is made if it is not there, under a name that is
    /// free there. It is looked at again first. On another file system it is copied, compared, and only then erased where it lay.
    ///
    /// Whatever ends this early leaves the original whole where it lay, or a whole copy in the drop folder, or both.
    async fn bring(&self, case: CaseId, chosen: &Chosen, bounds: &Bounds) -> PortResult<Brought>;

    /// What lies in the drop folder of a case, folders in it too, in the order of the names.
    async fn look(&self, case: CaseId) -> PortResult<Vec<Dropped>>;

    /// Opens one of them as a stream. A file that is no longer the one that was looked at is
    /// [`Fault::StillWritten`](super::Fault::StillWritten), at the end too.
    async fn open(&self, dropped: &Dropped) -> PortResult<Box<dyn ByteSource>>;

    /// Overwrites and removes one of them, with the folders that it leaves empty, and syncs. One that is no longer the one
    /// that was looked at stays, and is [`Fault::StillWritten`](super::Fault::StillWritten). Finding nothing is success.
    async fn erase(&self, dropped: &Dropped) -> PortResult<()>;

    /// Removes the drop folder of a case if nothing but what the system itself leaves there lies in it.
    async fn remove(&self, case: CaseId) -> PortResult<()>;
}

/// Something in a drop folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// Whose drop folder it lies in.
    pub case: CaseId,
    /// Its name with the folders in the drop folder before it, parted by `/`. Hostile: only ever shown as text.
    pub name: Private<String>,
    /// Where it lies, from the drop folder on.
    pub place: Private<PathBuf>,
    /// Which bytes these are.
    pub stamp: Stamp,
    /// Whether it can be taken in.
    pub standing: DropStanding,
}

/// Tells whether a file is still the same one, without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Its length in bytes.
    pub size: u64,
    /// When it was last written to, in nanoseconds since 1970. Forged easily, and trusted for nothing but being the same.
    pub written_at: i128,
    /// The file system's own number for it, where there is one.
    pub number: u64,
}

/// Whether something in a drop folder can be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DropStanding {
    /// Nobody writes to it any more.
    Complete,
    /// It was written to just now.
    Fresh,
    /// A program still writes to it.
    Written {
        /// The program's name, as the system gives it.
        by: Option<String>,
    },
    /// Browsers and other programs name files so until they are complete.
    Unfinished,
    /// No bytes.
    Empty,
    /// A link, or a file that has a second name elsewhere: erasing it here would not be the end of it.
    Link,
    /// Neither file nor folder.
    Special,
}

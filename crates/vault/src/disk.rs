//! The one place that touches the disk.
//!
//! Everything this crate reads or writes goes through [`Disk`], so a test can let any single call fail and then look at
//! what a crash would have left. Files and folders are owner-only from the first byte.

use std::{
    ffi::OsString,
    fmt,
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

use custody_core::ports::{Fault, PortError, Program, Stamp};

#[cfg(any(test, feature = "test-doors"))]
pub mod failing;
#[cfg(target_os = "linux")]
mod processes;
mod programs;
mod real;
mod tree;
mod writers;

pub use real::RealDisk;
pub(crate) use real::owner_only;
pub use tree::{copy_all, remove_all};
pub use writers::Writer;

/// What the vault needs of a disk. Each method is one step that either happened or did not.
pub trait Disk: fmt::Debug + Send + Sync + 'static {
    /// Makes a folder and those above it, owner-only; one that exists becomes owner-only.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Gives its owner the right to read and change a folder, if that was taken from it. Links are not followed.
    fn take_over_folder(&self, path: &Path) -> io::Result<()>;
    /// Creates a file that must not exist yet, owner-only.
    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>>;
    /// Renames a file, over another one if need be.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Renames a file or folder, never over another one: that is [`io::ErrorKind::AlreadyExists`], or another kind that says
    /// what is in the way. What lies on another file system is [`io::ErrorKind::CrossesDevices`].
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// The path without links and detours. What is not there has none.
    fn true_path(&self, path: &Path) -> io::Result<PathBuf>;
    /// Whether things may be removed from this folder, as far as the system says so before it is tried.
    fn may_change(&self, folder: &Path) -> io::Result<bool>;
    /// Makes renames and removals in this folder last.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Removes a file or link; `false` if there is nothing.
    fn remove(&self, path: &Path) -> io::Result<bool>;
    /// Removes an empty folder; `false` if there is nothing.
    fn remove_folder(&self, path: &Path) -> io::Result<bool>;
    /// A grip on the bytes of a file, which outlasts its name; `None` if there is no such file.
    fn grip(&self, path: &Path) -> io::Result<Option<Box<dyn Grip>>>;
    /// What lies in a folder; empty if there is no such folder.
    fn list(&self, path: &Path) -> io::Result<Vec<Entry>>;
    /// What lies at this path. Links are not followed.
    fn look(&self, path: &Path) -> io::Result<Option<Lies>>;
    /// Opens a file for reading.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>>;
    /// Opens a file for reading at any place.
    fn open_at_will(&self, path: &Path) -> io::Result<Box<dyn AtWill>>;
    /// What a file takes on the disk, and since when it lies there; `None` if it is no file. Links are not followed.
    fn extent(&self, path: &Path) -> io::Result<Option<Extent>> {
        real::extent(path)
    }
    /// Which bytes lie at this path; `None` if it is no file. Links are not followed.
    fn stamp(&self, path: &Path) -> io::Result<Option<Stamped>>;
    /// Whether there is a link at this path.
    fn is_link(&self, path: &Path) -> io::Result<bool>;
    /// Opens a file of somebody else for reading.
    fn open_original(&self, path: &Path) -> io::Result<Box<dyn Original>>;
    /// Who writes to each of these files now.
    fn writers(&self, paths: &[&Path]) -> io::Result<Vec<Option<Writer>>>;
    /// Which other programs have something open below this folder, each with the name in the folder under which it lies.
    fn open_below(&self, folder: &Path) -> io::Result<Vec<(OsString, Program)>>;
}

/// See [`Disk::stamp`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// Which bytes these are.
    pub stamp: Stamp,
    /// How many names lead to them; 1 where the system does not say.
    pub names: u64,
}

/// See [`Disk::extent`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Bytes that the disk gives to it, where the system says so; otherwise its length.
    pub occupied: u64,
    /// When it last changed its place or content, in nanoseconds since 1970, by the file system.
    pub changed_at: i128,
}

/// See [`Disk::open_at_will`].
pub trait AtWill: Read + Seek + Send + Sync {}

impl<T: Read + Seek + Send + Sync> AtWill for T {}

/// See [`Disk::open_original`].
pub trait Original: Read + Send {
    /// Which bytes these are now.
    fn stamp(&self) -> io::Result<Stamp>;
}

/// A file being written.
pub trait NewFile: Write + Send {
    /// Returns once every byte is on the disk.
    fn sync(&mut self) -> io::Result<()>;
}

/// See [`Disk::grip`].
pub trait Grip: Send {
    /// Writes zeros over every byte, once, and syncs.
    ///
    /// This is best effort: a solid-state disk or a copying file system may keep the old bytes elsewhere.
    fn overwrite(&mut self) -> io::Result<()>;
}

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: OsString,
    /// What it is.
    pub lies: Lies,
}

/// What lies at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// A file of this many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A link or something stranger.
    Other,
}

/// Creates a file whatever lies there: a left-over part file belongs to nobody any more.
pub(crate) fn create_anew(disk: &dyn Disk, path: &Path) -> io::Result<Box<dyn NewFile>> {
    match disk.create(path) {
        Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists => {
            disk.remove(path)?;
            disk.create(path)
        }
        other => other,
    }
}

/// Puts `content` in the place of a file: after a crash either the old or the new content is there, whole.
///
/// The old bytes are overwritten once the new ones have their name; if that fails, only a warning remains, since the
/// replacement itself has happened.
pub(crate) fn replace(disk: &dyn Disk, path: &Path, content: &[u8]) -> io::Result<()> {
    let part = path.with_extension("part");
    let folder = path.parent().unwrap_or(Path::new("."));
    overwrite_left_over(disk, &part)?;
    let mut file = create_anew(disk, &part)?;
    file.write_all(content)?;
    file.sync()?;
    drop(file);
    let old = disk.grip(path)?;
    disk.rename(&part, path)?;
    disk.sync_folder(folder)?;
    if let Some(mut old) = old
        && let Err(cause) = old.overwrite()
    {
        tracing::warn!(%cause, "disk.overwrite: the old content of a replaced file stays on the disk");
    }
    Ok(())
}

/// A crash may have left a part file with keys in it.
pub(crate) fn overwrite_left_over(disk: &dyn Disk, part: &Path) -> io::Result<()> {
    match disk.grip(part)? {
        Some(mut left) => left.overwrite(),
        None => Ok(()),
    }
}

/// Reads a small file, at most `limit` bytes; `None` if there is none.
pub(crate) fn read(disk: &dyn Disk, path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let file = match disk.open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(cause),
    };
    let mut content = Vec::new();
    if file.take(limit + 1).read_to_end(&mut content)? as u64 > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(Some(content))
}

/// What a disk error means for the flow.
pub(crate) fn disk_trouble(cause: io::Error) -> PortError {
    use io::ErrorKind::{Interrupted, QuotaExceeded, ResourceBusy, StorageFull, TimedOut, WouldBlock};
    match cause.kind() {
        StorageFull | QuotaExceeded => PortError::try_again(Fault::DiskFull),
        Interrupted | TimedOut | ResourceBusy | WouldBlock => PortError::try_again(Fault::DiskTrouble),
        _ => PortError::needs_person(Fault::DiskTrouble),
    }
    .because(cause)
}

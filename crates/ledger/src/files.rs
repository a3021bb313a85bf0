//! The ledger's own file: made before SQLite sees it, so that nobody else can read it even for a moment.
#![expect(
    clippy::disallowed_methods,
    reason = "the ledger's file, its folder and its copies are the ledger's to write; no other bytes are written here"
)]

use std::{
    ffi::OsString,
    fs::{self, DirBuilder, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

/// Makes the folder (0700) and an empty file (0600) where there is none, and takes others' rights from a file that has any.
///
/// SQLite gives its log the rights of the file.
pub(crate) fn make_private(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    let file = owner_only().create(true).truncate(false).open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mut rights = file.metadata()?.permissions();
        if rights.mode() & 0o077 != 0 {
            rights.set_mode(0o600);
            file.set_permissions(rights)?;
        }
    }
    drop(file);
    Ok(())
}

/// Copies the ledger beside itself, encrypted as it is, and gives the copy's path. Nobody may write meanwhile.
///
/// An unfinished copy of the same number is written over; the copy is on the disk when this returns.
pub(crate) fn copy_before(path: &Path, migration: i64) -> io::Result<PathBuf> {
    let copy = beside(path, &format!("{COPY}{migration:04}"));
    let mut from = File::open(path)?;
    let mut to = owner_only().create(true).truncate(true).open(&copy)?;
    io::copy(&mut from, &mut to)?;
    to.sync_all()?;
    sync_folder(&copy)?;
    Ok(copy)
}

/// Removes every copy made before a migration and gives how many there were.
pub(crate) fn remove_copies(path: &Path) -> io::Result<usize> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Ok(0) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut wanted = name.as_encoded_bytes().to_vec();
    wanted.extend_from_slice(COPY.as_bytes());
    let mut removed = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(&wanted) {
            fs::remove_file(entry.path())?;
            removed += 1;
        }
    }
    if removed > 0 {
        sync_folder(path)?;
    }
    Ok(removed)
}

/// Whether the file is too short to be a ledger, and not because a first write was interrupted.
///
/// SQLite takes such a file for an empty one and writes over it: whatever it was, a person is to look first.
pub(crate) fn is_stump(path: &Path) -> io::Result<bool> {
    const PAGE: u64 = 4096;
    let length = fs::metadata(path)?.len();
    let may_be_finished = beside(path, "-journal").exists() || !log_is_empty(path)?;
    Ok(length > 0 && length < PAGE && !may_be_finished)
}

/// Whether the log of writes beside the ledger is empty.
pub(crate) fn log_is_empty(path: &Path) -> io::Result<bool> {
    match fs::metadata(beside(path, "-wal")) {
        Ok(log) => Ok(log.len() == 0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

const COPY: &str = ".before-";

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

fn owner_only() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A new name in a folder is on the disk only once the folder is. Windows has no such call.
fn sync_folder(of: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = of.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = of;
    Ok(())
}

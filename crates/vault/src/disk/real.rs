//! The real disk.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::{Duration, UNIX_EPOCH},
};

use custody_core::ports::{Program, Stamp};

use super::{AtWill, Disk, Entry, Extent, Grip, Lies, NewFile, Original, Stamped, Writer, programs, writers};

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        // On Windows folders of a user's profile are readable by that user alone already; there is nothing to set.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
                fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
            }
        }
        Ok(())
    }

    fn take_over_folder(&self, path: &Path) -> io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let found = match fs::symlink_metadata(path) {
                Ok(found) if found.is_dir() => found,
                Ok(_) => return Ok(()),
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
                Err(cause) => return Err(cause),
            };
            if found.permissions().mode() & 0o700 != 0o700 {
                fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
            }
        }
        // On Windows a folder's read-only mark does not keep anything from being removed from it.
        #[cfg(not(unix))]
        let _ = path;
        Ok(())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        owner_only(&mut options);
        Ok(Box::new(RealFile { file: options.open(path)?, written: 0, ahead: None }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        rename_new(from, to)
    }

    fn true_path(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn may_change(&self, folder: &Path) -> io::Result<bool> {
        #[cfg(unix)]
        {
            use rustix::{
                fs::{Access, access},
                io::Errno,
            };
            match access(folder, Access::WRITE_OK | Access::EXEC_OK) {
                Ok(()) => Ok(true),
                Err(Errno::ACCESS | Errno::ROFS | Errno::PERM) => Ok(false),
                Err(cause) => Err(cause.into()),
            }
        }
        // Windows says so only when it is tried.
        #[cfg(not(unix))]
        {
            let _ = folder;
            Ok(true)
        }
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        // Windows has no such call for folders: its file system writes names ahead by itself.
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }

    fn remove(&self, path: &Path) -> io::Result<bool> {
        found(fs::remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<bool> {
        found(fs::remove_dir(path))
    }

    fn grip(&self, path: &Path) -> io::Result<Option<Box<dyn Grip>>> {
        match grip(path) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            other => other,
        }
    }

    fn list(&self, path: &Path) -> io::Result<Vec<Entry>> {
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(cause),
        };
        let mut listed = Vec::new();
        for entry in entries {
            let entry = entry?;
            // Something may vanish between the listing and the look at it: then it is not there.
            if let Some(lies) = self.look(&entry.path())? {
                listed.push(Entry { name: entry.file_name(), lies });
            }
        }
        Ok(listed)
    }

    fn look(&self, path: &Path) -> io::Result<Option<Lies>> {
        match fs::symlink_metadata(path) {
            Ok(found) if found.is_file() => Ok(Some(Lies::File(found.len()))),
            Ok(found) if found.is_dir() => Ok(Some(Lies::Folder)),
            Ok(_) => Ok(Some(Lies::Other)),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(cause),
        }
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(File::open(path)?))
    }

    fn open_at_will(&self, path: &Path) -> io::Result<Box<dyn AtWill>> {
        Ok(Box::new(File::open(path)?))
    }

    fn stamp(&self, path: &Path) -> io::Result<Option<Stamped>> {
        match fs::symlink_metadata(path) {
            Ok(found) if found.is_file() => Ok(Some(Stamped { stamp: stamp(&found)?, names: names(&found) })),
            Ok(_) => Ok(None),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(cause),
        }
    }

    fn is_link(&self, path: &Path) -> io::Result<bool> {
        match fs::symlink_metadata(path) {
            Ok(found) => Ok(found.is_symlink()),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(cause) => Err(cause),
        }
    }

    fn open_original(&self, path: &Path) -> io::Result<Box<dyn Original>> {
        Ok(Box::new(RealOriginal(File::open(path)?)))
    }

    fn writers(&self, paths: &[&Path]) -> io::Result<Vec<Option<Writer>>> {
        writers::writers(paths)
    }

    fn open_below(&self, folder: &Path) -> io::Result<Vec<(OsString, Program)>> {
        programs::open_below(folder)
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::{
        fs::{CWD, RenameFlags, renameat_with},
        io::Errno,
    };
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        // Not every file system can promise it.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => rename_over_own(from, to),
        other => Ok(other?),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    rename_over_own(from, to)
}

/// Takes the name with a file of ours that has no bytes, and renames over that. A folder replaces no file, and no folder in
/// which something lies.
fn rename_over_own(from: &Path, to: &Path) -> io::Result<()> {
    if fs::symlink_metadata(from)?.is_dir() {
        return match fs::symlink_metadata(to) {
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => fs::rename(from, to),
            Err(cause) => Err(cause),
        };
    }
    drop(OpenOptions::new().write(true).create_new(true).open(to)?);
    fs::rename(from, to).inspect_err(|_| {
        let _ = fs::remove_file(to);
    })
}

struct RealOriginal(File);

impl Read for RealOriginal {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}

impl Original for RealOriginal {
    fn stamp(&self) -> io::Result<Stamp> {
        stamp(&self.0.metadata()?)
    }
}

fn stamp(found: &fs::Metadata) -> io::Result<Stamp> {
    let nanoseconds = |time: Duration| i128::try_from(time.as_nanos()).unwrap_or(i128::MAX);
    let written_at = match found.modified()?.duration_since(UNIX_EPOCH) {
        Ok(since) => nanoseconds(since),
        Err(before) => -nanoseconds(before.duration()),
    };
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(found);
    #[cfg(not(unix))]
    let number = 0;
    Ok(Stamp { size: found.len(), written_at, number })
}

/// What a file takes on the disk.
pub(super) fn extent(path: &Path) -> io::Result<Option<Extent>> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Ok(Some(extent_of(&found)?)),
        Ok(_) => Ok(None),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(cause),
    }
}

/// A rename moves the time of change too, and nobody but the system's clock sets it.
#[cfg(unix)]
fn extent_of(found: &fs::Metadata) -> io::Result<Extent> {
    use std::os::unix::fs::MetadataExt as _;
    // By POSIX the unit is 512 bytes, whatever the size of a block is.
    let occupied = found.blocks().saturating_mul(512);
    let changed_at = i128::from(found.ctime()) * 1_000_000_000 + i128::from(found.ctime_nsec());
    Ok(Extent { occupied, changed_at })
}

#[cfg(not(unix))]
fn extent_of(found: &fs::Metadata) -> io::Result<Extent> {
    Ok(Extent { occupied: found.len(), changed_at: stamp(found)?.written_at })
}

/// How many names a file has.
fn names(found: &fs::Metadata) -> u64 {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::nlink(found);
    #[cfg(not(unix))]
    {
        let _ = found;
        1
    }
}

/// Sets the mode that a new file is born with.
pub(crate) fn owner_only(options: &mut OpenOptions) {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    #[cfg(not(unix))]
    let _ = options;
}

fn found(outcome: io::Result<()>) -> io::Result<bool> {
    match outcome {
        Ok(()) => Ok(true),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(cause) => Err(cause),
    }
}

/// A viewer may have made its file read-only; overwriting needs the right to write.
fn make_writable(path: &Path, found: &fs::Metadata) -> io::Result<()> {
    let permissions = found.permissions();
    #[cfg(unix)]
    if std::os::unix::fs::PermissionsExt::mode(&permissions) & 0o200 == 0 {
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    }
    #[cfg(not(unix))]
    if permissions.readonly() {
        let mut permissions = permissions;
        #[expect(clippy::permissions_set_readonly_false, reason = "it opens a file to everybody on Unix only")]
        permissions.set_readonly(false);
        fs::set_permissions(path, permissions)?;
    }
    Ok(())
}

/// Whether both are the same file, as far as the system numbers its files.
fn is_the_same(seen: &fs::Metadata, opened: &fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        opened.is_file() && (seen.dev(), seen.ino()) == (opened.dev(), opened.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = seen;
        opened.is_file()
    }
}

/// So many bytes are written before the disk is asked to begin with them.
const AHEAD: u64 = 32 << 20;

struct RealFile {
    file: File,
    written: u64,
    ahead: Option<Ahead>,
}

impl Write for RealFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        let before = self.written / AHEAD;
        self.written += count as u64;
        if self.written / AHEAD != before {
            let ahead = match &mut self.ahead {
                Some(ahead) => ahead,
                none => none.insert(Ahead::of(&self.file)?),
            };
            ahead.nudge();
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl NewFile for RealFile {
    fn sync(&mut self) -> io::Result<()> {
        if let Some(ahead) = self.ahead.take() {
            ahead.end()?;
        }
        self.file.sync_all()
    }
}

/// Lets the disk write while the next bytes are still being encrypted.
///
/// Without it the system keeps gigabytes in memory and the final sync waits for all of them.
struct Ahead {
    nudges: mpsc::SyncSender<()>,
    thread: thread::JoinHandle<io::Result<()>>,
}

impl Ahead {
    fn of(file: &File) -> io::Result<Self> {
        let file = file.try_clone()?;
        let (nudges, nudged) = mpsc::sync_channel(1);
        let thread = thread::Builder::new().name("write-ahead".into()).spawn(move || {
            while nudged.recv().is_ok() {
                file.sync_data()?;
            }
            Ok(())
        })?;
        Ok(Self { nudges, thread })
    }

    /// A nudge that finds the last one unanswered is not needed.
    fn nudge(&self) {
        let _ = self.nudges.try_send(());
    }

    /// The system reports a failed write once, to whoever syncs first: so its outcome here counts as ours.
    fn end(self) -> io::Result<()> {
        drop(self.nudges);
        self.thread.join().unwrap_or_else(|_| Err(io::Error::other("the write-ahead thread ended early")))
    }
}

fn grip(path: &Path) -> io::Result<Option<Box<dyn Grip>>> {
    let seen = fs::symlink_metadata(path)?;
    // A link is not followed: what it points at is not ours.
    if !seen.is_file() {
        return Ok(None);
    }
    make_writable(path, &seen)?;
    let file = OpenOptions::new().write(true).open(path)?;
    if is_the_same(&seen, &file.metadata()?) {
        Ok(Some(Box::new(RealGrip { file })))
    } else {
        // Exchanged meanwhile, perhaps for a link.
        Err(io::ErrorKind::ResourceBusy.into())
    }
}

struct RealGrip {
    file: File,
}

impl Grip for RealGrip {
    fn overwrite(&mut self) -> io::Result<()> {
        static ZEROS: [u8; 64 << 10] = [0; 64 << 10];
        // As long as it is now: a program may have written more since we looked.
        let mut left = self.file.metadata()?.len();
        self.file.seek(SeekFrom::Start(0))?;
        while left > 0 {
            let count = left.min(ZEROS.len() as u64);
            self.file.write_all(&ZEROS[..usize::try_from(count).unwrap_or(ZEROS.len())])?;
            left -= count;
        }
        self.file.sync_all()
    }
}

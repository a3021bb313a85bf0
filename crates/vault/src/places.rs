//! Where everything of a desk lies. Every path of the program starts here.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use custody_core::{
    id::{CaseId, FileId, PersonId, ViewingCopyId},
    ports::{Fault, PortError, PortResult},
};
use directories::{ProjectDirs, UserDirs};

use crate::disk::{Disk, disk_trouble};

/// The folders and files of one desk.
///
/// Each folder is owner-only (0700; on Windows the profile folder's own access list does the same). Only
/// [`Places::root`] keeps the permissions it has, if it existed before: it may be a folder somebody chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    root: PathBuf,
    settings: PathBuf,
    viewing: PathBuf,
    drop: PathBuf,
    exports: PathBuf,
}

impl Places {
    /// The places of this user's desk: where the platform keeps such things, or all below `CUSTODY_HOME` if it is set.
    pub fn of_this_user() -> PortResult<Self> {
        if let Some(root) = std::env::var_os("CUSTODY_HOME").filter(|root| !root.is_empty()) {
            return Self::under(PathBuf::from(root));
        }
        let dirs = ProjectDirs::from("", "", "custody")
            .ok_or_else(|| PortError::needs_person(Fault::DiskTrouble).because("this user has no home folder"))?;
        let root = dirs.data_local_dir().to_owned();
        Ok(Self {
            settings: dirs.config_dir().join("settings.toml"),
            viewing: memory_folder().unwrap_or_else(|| root.join("viewing")),
            drop: beside_downloads("Custody").unwrap_or_else(|| root.join("drop")),
            exports: beside_downloads("Custody exports").unwrap_or_else(|| root.join("exports")),
            root,
        })
    }

    /// A desk with everything below one folder, viewing copies and settings too: nothing of it lies elsewhere.
    pub fn under(root: impl AsRef<Path>) -> PortResult<Self> {
        let root = std::path::absolute(root).map_err(disk_trouble)?;
        let (settings, viewing, drop) = (root.join("settings.toml"), root.join("viewing"), root.join("drop"));
        let exports = root.join("exports");
        Ok(Self { root, settings, viewing, drop, exports })
    }

    /// The data folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The sealed files: `<file id>.age`, and `<file id>.part` while one is written.
    pub fn sealed(&self) -> PathBuf {
        self.root.join("sealed")
    }

    /// The viewing copies, each in a folder named by its id; in memory where the platform offers that.
    pub fn viewing(&self) -> &Path {
        &self.viewing
    }

    /// The drop folders, each named by its case.
    pub fn drop(&self) -> &Path {
        &self.drop
    }

    /// What people let the desk write out: receipts, reports, the chain of events. It is made with the first of them.
    pub fn exports(&self) -> &Path {
        &self.exports
    }

    /// Things found in the strongroom that the ledger does not know.
    pub fn aside(&self) -> PathBuf {
        self.root.join("aside")
    }

    /// The desk identity, the note about the desk, and the key file if one was chosen.
    pub fn keys(&self) -> PathBuf {
        self.root.join("keys")
    }

    /// The ledger's file. The folder around it is owner-only, also for what SQLite writes beside it.
    pub fn ledger(&self) -> PathBuf {
        self.root.join("ledger").join("ledger.db")
    }

    /// The logs.
    pub fn logs(&self) -> PathBuf {
        self.root.join("logs")
    }

    /// Space that is put by.
    pub(crate) fn reserve(&self) -> PathBuf {
        self.root.join("reserve")
    }

    /// The settings file; it holds no secret.
    pub fn settings(&self) -> &Path {
        &self.settings
    }

    pub(crate) fn sealed_file(&self, file: FileId) -> PathBuf {
        self.sealed().join(format!("{file}.age"))
    }

    pub(crate) fn part_file(&self, file: FileId) -> PathBuf {
        self.sealed().join(format!("{file}.part"))
    }

    pub(crate) fn copy_folder(&self, copy: ViewingCopyId) -> PathBuf {
        self.viewing.join(copy.to_string())
    }

    pub(crate) fn drop_folder(&self, case: CaseId) -> PathBuf {
        self.drop.join(case.to_string())
    }

    pub(crate) fn identity(&self) -> PathBuf {
        self.keys().join("desk-identity.age")
    }

    pub(crate) fn approver(&self, person: PersonId) -> PathBuf {
        self.keys().join(format!("approver-{person}.age"))
    }

    pub(crate) fn note(&self) -> PathBuf {
        self.keys().join("desk.json")
    }

    pub(crate) fn key_file(&self) -> PathBuf {
        self.keys().join("keys.json")
    }

    /// Makes every folder that is missing.
    pub(crate) fn prepare(&self, disk: &dyn Disk) -> PortResult<()> {
        let ledger = self.root.join("ledger");
        let logs = self.logs();
        for folder in [&self.sealed(), &self.aside(), &self.keys(), &ledger, &logs, &self.viewing] {
            disk.make_folder(folder).map_err(disk_trouble)?;
        }
        Ok(())
    }

    /// Takes the desk for this process. A second one gets [`Fault::InUse`] until the lock is dropped or its holder ends.
    pub(crate) fn lock(&self) -> PortResult<DeskLock> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        crate::disk::owner_only(&mut options);
        let file = options.open(self.root.join("desk.lock")).map_err(disk_trouble)?;
        match file.try_lock() {
            Ok(()) => Ok(DeskLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(PortError::needs_person(Fault::InUse)),
            Err(TryLockError::Error(cause)) => Err(disk_trouble(cause)),
        }
    }
}

/// The operating system frees the lock with the file, also when the process is killed.
#[derive(Debug)]
pub(crate) struct DeskLock {
    _file: File,
}

/// Where people save to anyway: browsers in a sandbox reach no hidden folder, and documents and desktop are copied to a
/// company's cloud on many machines, downloads are not.
fn beside_downloads(name: &str) -> Option<PathBuf> {
    let dirs = UserDirs::new()?;
    Some(dirs.download_dir().unwrap_or_else(|| dirs.home_dir()).join(name))
}

/// A folder of this user that lies in memory, so that a viewing copy never reaches a disk.
#[cfg(target_os = "linux")]
fn memory_folder() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("XDG_RUNTIME_DIR")?);
    let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
    (folder.is_absolute() && folder.is_dir() && in_memory(&mounts, &folder))
        .then(|| folder.join("custody").join("viewing"))
}

#[cfg(not(target_os = "linux"))]
fn memory_folder() -> Option<PathBuf> {
    None
}

/// Whether the mount that holds `folder` lies in memory. A later line hides an earlier one of the same depth.
#[cfg(target_os = "linux")]
fn in_memory(mounts: &str, folder: &Path) -> bool {
    mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ').skip(1);
            let at = PathBuf::from(words.next()?.replace("\\040", " "));
            let kind = words.next()?;
            folder.starts_with(&at).then(|| (at.components().count(), kind))
        })
        .max_by_key(|(depth, _)| *depth)
        .is_some_and(|(_, kind)| matches!(kind, "tmpfs" | "ramfs"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_under_a_root_has_nothing_elsewhere() {
        let places = Places::under("/srv/desk").unwrap();
        for path in [
            places.settings(),
            places.viewing(),
            places.drop(),
            &places.sealed(),
            &places.aside(),
            &places.keys(),
            &places.ledger(),
            &places.logs(),
        ] {
            assert!(path.starts_with("/srv/desk"), "{} is outside", path.display());
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn memory_is_told_by_the_nearest_mount() {
        let mounts = "/dev/vda / ext4 rw 0 0\ntmpfs /run tmpfs rw 0 0\ntmpfs /run/user/7 tmpfs rw 0 0\n/dev/vdb /run/user/8 ext4 rw 0 0\n";
        assert!(in_memory(mounts, Path::new("/run/user/7")));
        assert!(in_memory(mounts, Path::new("/run/other")));
        assert!(!in_memory(mounts, Path::new("/run/user/8")), "a disk mounted below memory is a disk");
        assert!(!in_memory(mounts, Path::new("/home/me")));
        assert!(!in_memory("", Path::new("/run/user/7")));
    }
}

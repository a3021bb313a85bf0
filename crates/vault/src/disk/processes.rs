//! The other programs of this machine, as `/proc` shows them. Those of other users show nothing, unless we are root.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A running program that is not this one.
#[derive(Debug)]
pub(super) struct Process {
    pub(super) id: u32,
    folder: PathBuf,
}

/// All of them.
pub(super) fn others() -> io::Result<impl Iterator<Item = Process>> {
    Ok(fs::read_dir("/proc")?.flatten().filter_map(|entry| {
        let id = entry.file_name().to_str()?.parse::<u32>().ok()?;
        (id != std::process::id()).then(|| Process { id, folder: entry.path() })
    }))
}

impl Process {
    /// What it has open. Nothing if it is another user's, or ended just now.
    pub(super) fn handles(&self) -> impl Iterator<Item = PathBuf> {
        fs::read_dir(self.folder.join("fd")).into_iter().flatten().flatten().map(|handle| handle.path())
    }

    /// What the system tells about a handle: how it was opened, among other things.
    pub(super) fn facts(&self, handle: &Path) -> String {
        let name = handle.file_name().unwrap_or_default();
        fs::read_to_string(self.folder.join("fdinfo").join(name)).unwrap_or_default()
    }

    /// What it has mapped into its memory, which may be closed by now.
    pub(super) fn mapped(&self) -> String {
        let maps = fs::read(self.folder.join("maps")).unwrap_or_default();
        String::from_utf8_lossy(&maps).into_owned()
    }

    /// Its name.
    pub(super) fn name(&self) -> Option<String> {
        fs::read_to_string(self.folder.join("comm")).ok().map(|name| name.trim_end().to_owned())
    }
}

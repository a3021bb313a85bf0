//! The journal of a target: a folder of small files that are only ever added, each tied to the one before it by a digest.

use std::path::{Path, PathBuf};

use custody_core::{
    backup::JournalEntry,
    ports::{Fault, PortError, PortResult},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::target::sync_folder;
use crate::disk::{self, Disk, Lies, create_anew, disk_trouble};

/// A page names at most the files of one pass.
const PAGE_LIMIT: u64 = 64 << 20;
const ENDING: &str = "json";

/// One file of the journal.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    number: u64,
    /// SHA-256 of the file before, in hexadecimal; empty for the first.
    before: String,
    entries: Vec<JournalEntry>,
}

/// Where the journal ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct End {
    /// How many pages there are.
    pub(crate) pages: u64,
    /// SHA-256 of the last one, in hexadecimal; empty without one.
    pub(crate) digest: String,
}

/// Adds a page and makes that last.
pub(super) fn add(disk: &dyn Disk, folder: &Path, entries: &[JournalEntry]) -> PortResult<()> {
    let end = end(disk, folder)?;
    let page = Page { number: end.pages + 1, before: end.digest, entries: entries.to_vec() };
    let text =
        serde_json::to_vec(&page).map_err(|cause| PortError::not_possible(Fault::BackupDamaged).because(cause))?;
    let path = path_of(folder, page.number);
    let part = path.with_extension("part");
    use std::io::Write as _;
    let mut file = create_anew(disk, &part).map_err(disk_trouble)?;
    file.write_all(&text).and_then(|()| file.sync()).map_err(disk_trouble)?;
    drop(file);
    disk.rename(&part, &path).map_err(disk_trouble)?;
    sync_folder(disk, folder)?;
    match disk::read(disk, &path, PAGE_LIMIT).map_err(disk_trouble)? {
        Some(read) if read == text => Ok(()),
        _ => {
            Err(PortError::try_again(Fault::DiskTrouble).because("a page of the journal reads otherwise than written"))
        }
    }
}

/// Where it ends, by its last page alone.
pub(super) fn end(disk: &dyn Disk, folder: &Path) -> PortResult<End> {
    let Some(last) = numbers(disk, folder)?.into_iter().max() else { return Ok(End::default()) };
    let text = disk::read(disk, &path_of(folder, last), PAGE_LIMIT).map_err(disk_trouble)?.unwrap_or_default();
    Ok(End { pages: last, digest: hex::encode(Sha256::digest(text)) })
}

/// Reads every page. It must be whole, and go on at least to `known`: a state that was taken later has seen that much of it.
///
/// # Errors
/// [`Fault::BackupDamaged`] if a page is missing, was changed, or the journal is shorter than it once was.
pub(super) fn read(disk: &dyn Disk, folder: &Path, known: &End) -> PortResult<Vec<JournalEntry>> {
    let damaged = |why: &'static str| PortError::needs_person(Fault::BackupDamaged).because(why);
    let (mut entries, mut before) = (Vec::new(), String::new());
    let mut numbers = numbers(disk, folder)?;
    numbers.sort_unstable();
    for (at, number) in numbers.iter().enumerate() {
        if *number != at as u64 + 1 {
            return Err(damaged("a page of the journal is missing"));
        }
        let text = disk::read(disk, &path_of(folder, *number), PAGE_LIMIT).map_err(disk_trouble)?.unwrap_or_default();
        let page: Page = serde_json::from_slice(&text).map_err(|_| damaged("a page of the journal is not one"))?;
        if page.number != *number || page.before != before {
            return Err(damaged("a page of the journal was changed"));
        }
        before = hex::encode(Sha256::digest(&text));
        if *number == known.pages && before != known.digest {
            return Err(damaged("the journal is another one"));
        }
        entries.extend(page.entries);
    }
    if (numbers.len() as u64) < known.pages {
        return Err(damaged("the journal is shorter than it was"));
    }
    Ok(entries)
}

fn numbers(disk: &dyn Disk, folder: &Path) -> PortResult<Vec<u64>> {
    let listed = disk.list(folder).map_err(disk_trouble)?;
    Ok(listed
        .into_iter()
        .filter(|entry| matches!(entry.lies, Lies::File(_)))
        .filter_map(|entry| {
            let (number, ending) = entry.name.to_str()?.split_once('.')?;
            (ending == ENDING).then(|| number.parse().ok()).flatten()
        })
        .collect())
}

fn path_of(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{number:08}.{ENDING}"))
}

//! The drop folders: files that a member of staff saved for a case, and when they are complete.

mod bringing;
mod names;

use std::{
    collections::BTreeMap,
    io::Read as _,
    path::{Component, Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::{
    Private,
    id::CaseId,
    ports::{
        Bounds, Brought, ByteSource, Chosen, DropFolders, DropStanding, Dropped, Fault, PortError, PortResult, Stamp,
    },
};
use tokio::task::{JoinHandle, spawn_blocking};

pub(crate) use self::bringing::Copying;
use self::names::Named;
use crate::{
    blocking::{blocking, join},
    chance::random,
    disk::{Disk, Lies, Original, disk_trouble},
    vault::{Desk, Vault},
    viewing_copy::{Ours, wipe},
};

/// So many files of one case are looked at in one go; the rest has its turn when these are gone.
const AT_A_TIME: usize = 1000;
/// Folders in folders are followed so far; what lies deeper is shown as something that cannot be taken in.
const DEPTH: usize = 32;
const PIECE: usize = 512 << 10;
const NO_STAMP: Stamp = Stamp { size: 0, written_at: 0, number: 0 };

/// Remembers how each file looked, so that one that changes is told from one that rests.
#[derive(Debug, Default)]
pub(crate) struct Settling(Mutex<BTreeMap<PathBuf, (Stamp, Instant)>>);

impl Settling {
    /// Whether the file has looked the same for this long. By the machine's own clock: times of files are forged easily.
    fn is_settled(&self, path: &Path, stamp: Stamp, rest: Duration) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let (known, since) = seen.entry(path.to_owned()).or_insert((stamp, now));
        if *known != stamp {
            (*known, *since) = (stamp, now);
        }
        now.duration_since(*since) >= rest
    }

    /// Forgets what is no longer in this folder.
    fn keep_only(&self, folder: &Path, there: &[PathBuf]) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|path, _| !path.starts_with(folder) || there.contains(path));
    }
}

#[async_trait]
impl DropFolders for Vault {
    async fn make(&self, case: CaseId) -> PortResult<Private<String>> {
        let desk = self.0.clone();
        blocking(move || {
            let folder = desk.places.drop_folder(case);
            desk.disk.make_folder(&folder).map_err(disk_trouble)?;
            shown(&folder)
        })
        .await
    }

    async fn path(&self, case: CaseId) -> PortResult<Option<Private<String>>> {
        let desk = self.0.clone();
        blocking(move || {
            let folder = desk.places.drop_folder(case);
            let there = desk.disk.look(&folder).map_err(disk_trouble)? == Some(Lies::Folder);
            there.then(|| shown(&folder)).transpose()
        })
        .await
    }

    async fn cases(&self) -> PortResult<Vec<CaseId>> {
        let desk = self.0.clone();
        blocking(move || {
            let entries = desk.disk.list(desk.places.drop()).map_err(disk_trouble)?;
            let folders = entries.iter().filter(|entry| entry.lies == Lies::Folder);
            let mut cases: Vec<CaseId> = folders.filter_map(|entry| entry.name.to_str()?.parse().ok()).collect();
            cases.sort_unstable();
            Ok(cases)
        })
        .await
    }

    async fn examine(&self, paths: Vec<Private<PathBuf>>, bounds: &Bounds) -> PortResult<Vec<Chosen>> {
        let (desk, bounds) = (self.0.clone(), bounds.clone());
        blocking(move || bringing::examine(&desk, paths, &bounds)).await
    }

    async fn bring(&self, case: CaseId, chosen: &Chosen, bounds: &Bounds) -> PortResult<Brought> {
        let (desk, chosen, bounds) = (self.0.clone(), chosen.clone(), bounds.clone());
        blocking(move || bringing::bring(&desk, case, &chosen, &bounds)).await
    }

    async fn look(&self, case: CaseId) -> PortResult<Vec<Dropped>> {
        let desk = self.0.clone();
        blocking(move || look(&desk, case)).await
    }

    async fn open(&self, dropped: &Dropped) -> PortResult<Box<dyn ByteSource>> {
        let (desk, path, stamp) = (self.0.clone(), path_of(&self.0, dropped)?, dropped.stamp);
        blocking(move || {
            let original = desk.disk.open_original(&path).map_err(|cause| match cause.kind() {
                // Taken out again, or renamed.
                std::io::ErrorKind::NotFound => changed(),
                _ => disk_trouble(cause),
            })?;
            if original.stamp().map_err(disk_trouble)? != stamp {
                return Err(changed());
            }
            Ok(Box::new(OpenOriginal { stamp, next: read(original) }) as Box<dyn ByteSource>)
        })
        .await
    }

    async fn erase(&self, dropped: &Dropped) -> PortResult<()> {
        let (desk, path, stamp) = (self.0.clone(), path_of(&self.0, dropped)?, dropped.stamp);
        let folder = self.0.places.drop_folder(dropped.case);
        blocking(move || erase(&*desk.disk, &folder, &path, stamp)).await
    }

    async fn remove(&self, case: CaseId) -> PortResult<()> {
        let desk = self.0.clone();
        blocking(move || {
            let folder = desk.places.drop_folder(case);
            if desk.disk.look(&folder).map_err(disk_trouble)? != Some(Lies::Folder) || !look(&desk, case)?.is_empty() {
                return Ok(());
            }
            wipe(&*desk.disk, &folder, &Ours::default()).map_err(|error| match error.fault {
                // No copy of ours: somebody saves there right now, or has it open.
                Fault::CopyInUse => PortError::try_again(Fault::DiskTrouble).because(error),
                _ => error,
            })?;
            desk.disk.sync_folder(desk.places.drop()).map_err(disk_trouble)
        })
        .await
    }
}

fn shown(folder: &Path) -> PortResult<Private<String>> {
    let path = folder.to_str().map(|path| Private::new(path.to_owned()));
    path.ok_or_else(|| PortError::needs_person(Fault::DiskTrouble).because("the folder's name is not text"))
}

/// Where it lies. A place that leads out of the drop folder is none of ours.
fn path_of(desk: &Desk, dropped: &Dropped) -> PortResult<PathBuf> {
    let place = dropped.place.reveal();
    if place.components().all(|part| matches!(part, Component::Normal(_))) && place.components().next().is_some() {
        return Ok(desk.places.drop_folder(dropped.case).join(place));
    }
    Err(PortError::needs_person(Fault::DiskTrouble).because("the place is not in a drop folder"))
}

fn changed() -> PortError {
    PortError::try_again(Fault::StillWritten)
}

/// Something found, before it is known whether anybody writes to it.
struct Found {
    place: PathBuf,
    path: PathBuf,
    stamp: Stamp,
    standing: DropStanding,
    /// What it will be called, if it has another name until then.
    will_be: Option<PathBuf>,
}

fn look(desk: &Desk, case: CaseId) -> PortResult<Vec<Dropped>> {
    let folder = desk.places.drop_folder(case);
    let mut found = Vec::new();
    walk(desk, &folder, &PathBuf::new(), 0, &mut found)?;
    settle(desk, &folder, &mut found)?;
    found.sort_by(|one, other| one.place.cmp(&other.place));
    Ok(found
        .into_iter()
        .map(|found| Dropped {
            case,
            name: name_of(found.will_be.as_deref().unwrap_or(&found.place)).into(),
            place: Private::new(found.place),
            stamp: found.stamp,
            standing: found.standing,
        })
        .collect())
}

/// The same on every platform, whatever separates folders there.
fn name_of(place: &Path) -> String {
    let parts: Vec<_> = place.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn walk(desk: &Desk, root: &Path, place: &Path, depth: usize, found: &mut Vec<Found>) -> PortResult<()> {
    let disk = &*desk.disk;
    let entries = disk.list(&root.join(place)).map_err(disk_trouble)?;
    let names: Vec<String> = entries.iter().map(|entry| entry.name.to_string_lossy().into_owned()).collect();
    for (entry, name) in entries.iter().zip(&names) {
        if found.len() >= AT_A_TIME {
            return Ok(());
        }
        let (place, named) = (place.join(&entry.name), names::named(name, &names));
        let path = root.join(&place);
        match named {
            Named::BySystem => continue,
            // An erasure was cut short. Its file is sealed, so nothing is left to be done but to end it.
            Named::Erasing => {
                destroy(disk, &path)?;
                disk.sync_folder(&root.join(place.parent().unwrap_or(Path::new("")))).map_err(disk_trouble)?;
                continue;
            }
            Named::Copying if depth == 0 => {
                match desk.copying.name(&path) {
                    Some(name) => {
                        let (stamp, standing) = (NO_STAMP, DropStanding::Unfinished);
                        found.push(Found { place, path, stamp, standing, will_be: Some(name.into()) });
                    }
                    // A copy was cut short. Its original lies where it lay.
                    None => {
                        destroy_all(disk, &path)?;
                        disk.sync_folder(root).map_err(disk_trouble)?;
                    }
                }
                continue;
            }
            Named::ByPerson | Named::Unfinished | Named::Copying => {}
        }
        let (stamp, standing) = match entry.lies {
            // A browser saves into a folder of such a name until it is done.
            Lies::Folder if named == Named::Unfinished => (NO_STAMP, DropStanding::Unfinished),
            Lies::Folder if depth < DEPTH => {
                walk(desk, root, &place, depth + 1, found)?;
                continue;
            }
            Lies::Folder => (NO_STAMP, DropStanding::Special),
            Lies::Other => (NO_STAMP, special(disk, &path)?),
            Lies::File(_) => match disk.stamp(&path).map_err(disk_trouble)? {
                // Gone between the list and the look.
                None => continue,
                Some(it) if it.names > 1 => (it.stamp, DropStanding::Link),
                Some(it) if named == Named::Unfinished => (it.stamp, DropStanding::Unfinished),
                Some(it) if it.stamp.size == 0 => (it.stamp, DropStanding::Empty),
                Some(it) => (it.stamp, DropStanding::Complete),
            },
        };
        found.push(Found { place, path, stamp, standing, will_be: None });
    }
    Ok(())
}

/// A link, or a pipe, a socket and other things that are no files.
fn special(disk: &dyn Disk, path: &Path) -> PortResult<DropStanding> {
    Ok(if disk.is_link(path).map_err(disk_trouble)? { DropStanding::Link } else { DropStanding::Special })
}

/// Tells what is complete from what was written to just now or is open in a program.
fn settle(desk: &Desk, folder: &Path, found: &mut [Found]) -> PortResult<()> {
    let there: Vec<PathBuf> = found.iter().map(|found| found.path.clone()).collect();
    desk.settling.keep_only(folder, &there);
    for found in found.iter_mut() {
        if found.standing == DropStanding::Complete && !desk.settling.is_settled(&found.path, found.stamp, desk.rest) {
            found.standing = DropStanding::Fresh;
        }
    }
    let complete: Vec<usize> = (0..found.len()).filter(|at| found[*at].standing == DropStanding::Complete).collect();
    if complete.is_empty() {
        return Ok(());
    }
    let paths: Vec<&Path> = complete.iter().map(|at| there[*at].as_path()).collect();
    let writers = desk.disk.writers(&paths).map_err(disk_trouble)?;
    for (at, writer) in complete.into_iter().zip(writers) {
        if let Some(writer) = writer {
            found[at].standing = DropStanding::Written { by: writer.name };
        }
    }
    Ok(())
}

fn destroy(disk: &dyn Disk, path: &Path) -> PortResult<()> {
    if let Some(mut grip) = disk.grip(path).map_err(disk_trouble)? {
        grip.overwrite().map_err(disk_trouble)?;
    }
    disk.remove(path).map_err(disk_trouble)?;
    Ok(())
}

/// Overwrites and removes a file, or everything in a folder of ours and the folder.
fn destroy_all(disk: &dyn Disk, path: &Path) -> PortResult<()> {
    if disk.look(path).map_err(disk_trouble)? != Some(Lies::Folder) {
        return destroy(disk, path);
    }
    for entry in disk.list(path).map_err(disk_trouble)? {
        destroy_all(disk, &path.join(entry.name))?;
    }
    disk.remove_folder(path).map_err(disk_trouble).map(drop)
}

fn erase(disk: &dyn Disk, folder: &Path, path: &Path, stamp: Stamp) -> PortResult<()> {
    match disk.stamp(path).map_err(disk_trouble)? {
        // An earlier try may have ended before it lasted.
        None => {}
        Some(found) if found.stamp != stamp || found.names > 1 => return Err(changed()),
        // Somebody opened it again meanwhile, and would go on writing to a file that is gone.
        Some(_) if disk.writers(&[path]).map_err(disk_trouble)?.iter().any(Option::is_some) => return Err(changed()),
        Some(_) => {
            // Under a name of ours first: cut short after the zeros, it would be taken for another file of its name.
            let moved = path.with_file_name(names::erasing(random()?));
            disk.rename(path, &moved).map_err(disk_trouble)?;
            destroy(disk, &moved)?;
        }
    }
    // The folders that it leaves empty go with it, the drop folder itself stays.
    let mut above = path.parent();
    while let Some(parent) = above.filter(|parent| *parent != folder && parent.starts_with(folder)) {
        if !disk.list(parent).map_err(disk_trouble)?.is_empty() {
            break;
        }
        disk.remove_folder(parent).map_err(disk_trouble)?;
        above = parent.parent();
    }
    match above {
        Some(parent) if disk.look(parent).map_err(disk_trouble)?.is_some() => {
            disk.sync_folder(parent).map_err(disk_trouble)
        }
        _ => Ok(()),
    }
}

type Reading = JoinHandle<(Box<dyn Original>, std::io::Result<Vec<u8>>)>;

/// An original that is read ahead by one piece.
struct OpenOriginal {
    stamp: Stamp,
    next: Option<Reading>,
}

#[async_trait]
impl ByteSource for OpenOriginal {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        let Some(reading) = &mut self.next else { return Ok(None) };
        let outcome = join(reading).await;
        self.next = None;
        let (original, piece) = outcome?;
        let piece = piece.map_err(disk_trouble)?;
        if piece.is_empty() {
            // Whoever wrote to it meanwhile left other bytes than those that were read.
            let is_the_same = original.stamp().map_err(disk_trouble)? == self.stamp;
            return if is_the_same { Ok(None) } else { Err(changed()) };
        }
        self.next = read(original);
        Ok(Some(Bytes::from(piece)))
    }
}

fn read(mut original: Box<dyn Original>) -> Option<Reading> {
    Some(spawn_blocking(move || {
        let mut piece = Vec::with_capacity(PIECE);
        let outcome = original.by_ref().take(PIECE as u64).read_to_end(&mut piece);
        (original, outcome.map(|_| piece))
    }))
}

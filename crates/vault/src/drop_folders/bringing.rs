//! Bringing what a member of staff has elsewhere into the drop folder of a case: renamed where that can be, copied otherwise.
//!
//! An original that was copied is overwritten where it lies, under its own name: nobody would come back for one that a crash
//! left under a name of ours in a folder of somebody else's.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use custody_core::{
    Private,
    id::CaseId,
    ports::{Bounds, Brought, Chosen, Fault, Misfit, PortError, PortResult, Stamp, Unfit},
};
use sha2::{Digest as _, Sha256};

use super::{
    DEPTH, name_of,
    names::{self, Named},
};
use crate::{
    chance::random,
    disk::{Disk, Lies, disk_trouble},
    vault::Desk,
};

/// So many files and folders are taken at once.
const MOST: usize = 10_000;
/// So many files of one name lie beside each other.
const MOST_OF_A_NAME: u32 = 1000;
/// The most bytes of a name, on any file system.
const LONGEST_NAME: usize = 255;
const PIECE: usize = 1 << 20;

/// The copies that are being made, by their names in the drop folder, with the names that they will have.
#[derive(Debug, Default)]
pub(crate) struct Copying(Mutex<BTreeMap<PathBuf, OsString>>);

impl Copying {
    /// What is being copied to this place will have this name.
    pub(super) fn name(&self, part: &Path) -> Option<OsString> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(part).cloned()
    }

    fn begin(&self, part: &Path, name: &OsStr) -> UnderWay<'_> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(part.to_owned(), name.to_owned());
        UnderWay(self, part.to_owned())
    }
}

struct UnderWay<'a>(&'a Copying, PathBuf);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

/// A file that is to go, by where it lies from the thing on; nothing for the thing itself.
#[derive(Debug)]
struct Part {
    place: PathBuf,
    stamp: Stamp,
    /// The system's own: it goes along with its folder, or with the original.
    by_system: bool,
}

/// What was found at a path.
#[derive(Debug, Default)]
struct Survey {
    is_folder: bool,
    parts: Vec<Part>,
    /// The folders in it, each before those in it.
    folders: Vec<PathBuf>,
}

impl Survey {
    fn files(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| !part.by_system)
    }

    fn bytes(&self) -> u64 {
        self.files().map(|part| part.stamp.size).sum()
    }

    fn shape(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        for part in self.files() {
            let place = part.place.as_os_str().as_encoded_bytes();
            digest.update((place.len() as u64).to_le_bytes());
            digest.update(place);
            digest.update(part.stamp.size.to_le_bytes());
            digest.update(part.stamp.written_at.to_le_bytes());
            digest.update(part.stamp.number.to_le_bytes());
        }
        digest.finalize().into()
    }
}

/// Why a look ended early.
enum Ended {
    /// It does not fit.
    Misfit(Misfit),
    /// The disk.
    Trouble(PortError),
}

impl From<PortError> for Ended {
    fn from(error: PortError) -> Self {
        Self::Trouble(error)
    }
}

impl From<Unfit> for Ended {
    fn from(why: Unfit) -> Self {
        Self::Misfit(Misfit { why, inside: None })
    }
}

fn inside(why: Unfit, place: &Path) -> Ended {
    let inside = (!place.as_os_str().is_empty()).then(|| name_of(place).into());
    Ended::Misfit(Misfit { why, inside })
}

/// What a fault of the disk at this place means for what lies there.
fn met(cause: io::Error, place: &Path) -> Ended {
    match cause.kind() {
        io::ErrorKind::PermissionDenied => inside(Unfit::Unreadable, place),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => inside(Unfit::Gone, place),
        _ => disk_trouble(cause).into(),
    }
}

/// See [`DropFolders::examine`](custody_core::ports::DropFolders::examine).
pub(super) fn examine(desk: &Desk, paths: Vec<Private<PathBuf>>, bounds: &Bounds) -> PortResult<Vec<Chosen>> {
    let ours = own_folders(desk, bounds);
    let mut chosen = Vec::new();
    for path in paths {
        let name = path.reveal().file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let (survey, misfit) = match survey(&*desk.disk, path.reveal(), &ours, bounds) {
            Ok(survey) => (survey, None),
            Err(Ended::Misfit(misfit)) => (Survey::default(), Some(misfit)),
            Err(Ended::Trouble(error)) => return Err(error),
        };
        chosen.push(Chosen {
            path,
            name: name.into(),
            is_folder: survey.is_folder,
            files: survey.files().count() as u64,
            bytes: survey.bytes(),
            shape: survey.shape(),
            misfit,
        });
    }
    Ok(chosen)
}

/// See [`DropFolders::bring`](custody_core::ports::DropFolders::bring).
pub(super) fn bring(desk: &Desk, case: CaseId, chosen: &Chosen, bounds: &Bounds) -> PortResult<Brought> {
    match try_to_bring(desk, case, chosen, bounds) {
        Ok(true) => Ok(Brought::Moved),
        Ok(false) => Ok(Brought::OriginalStays),
        Err(Ended::Misfit(misfit)) => Ok(Brought::Left(misfit)),
        Err(Ended::Trouble(error)) => Err(error),
    }
}

/// False if the original could not be erased where it lay.
fn try_to_bring(desk: &Desk, case: CaseId, chosen: &Chosen, bounds: &Bounds) -> Result<bool, Ended> {
    let (disk, from) = (&*desk.disk, chosen.path.reveal());
    let survey = survey(disk, from, &own_folders(desk, bounds), bounds)?;
    if survey.shape() != chosen.shape {
        return Err(Unfit::Changed.into());
    }
    let (Some(parent), Some(name)) = (from.parent(), from.file_name()) else { return Err(Unfit::Gone.into()) };
    let folder = desk.places.drop_folder(case);
    disk.make_folder(&folder).map_err(disk_trouble)?;
    match free(name, |to| disk.rename_new(from, &folder.join(to))) {
        Ok(()) => {
            disk.sync_folder(&folder).map_err(disk_trouble)?;
            // It has left this one whatever happens: at the worst it is there again after a crash, and nowhere else.
            let _ = disk.sync_folder(parent);
            return Ok(true);
        }
        Err(cause) if cause.kind() == io::ErrorKind::CrossesDevices => {}
        Err(cause) if cause.kind() == io::ErrorKind::PermissionDenied => return Err(Unfit::NotRemovable.into()),
        Err(cause) => return Err(met(cause, Path::new(""))),
    }
    let paths: Vec<PathBuf> = survey.files().map(|part| at(from, &part.place)).collect();
    let written = disk.writers(&paths.iter().map(PathBuf::as_path).collect::<Vec<_>>()).map_err(disk_trouble)?;
    if let Some((part, _)) = survey.files().zip(written).find(|(_, writer)| writer.is_some()) {
        return Err(inside(Unfit::Written, &part.place));
    }
    copy(desk, &folder, name, from, &survey)?;
    Ok(erase(disk, from, parent, &survey))
}

/// Where a part of what lies at `root` is.
fn at(root: &Path, place: &Path) -> PathBuf {
    // Joined with nothing, a path would end in a separator, and be that of a folder.
    if place.as_os_str().is_empty() { root.to_owned() } else { root.join(place) }
}

/// Tries the name, and then others like it, until one is not taken.
fn free<T>(name: &OsStr, mut go: impl FnMut(&OsStr) -> io::Result<T>) -> io::Result<T> {
    for number in 1..=MOST_OF_A_NAME {
        match go(&numbered(name, number)) {
            Err(cause) if is_taken(&cause) => {}
            other => return other,
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn is_taken(cause: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, DirectoryNotEmpty, IsADirectory, NotADirectory};
    matches!(cause.kind(), AlreadyExists | DirectoryNotEmpty | IsADirectory | NotADirectory)
}

/// `dump.zip`, `dump (2).zip`, and so on; never longer than a name may be.
fn numbered(name: &OsStr, number: u32) -> OsString {
    if number == 1 {
        return name.to_owned();
    }
    let behind = format!(" ({number})");
    let path = Path::new(name);
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    let mut stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    while !stem.is_empty() && stem.len() + behind.len() + ending.len() > LONGEST_NAME {
        stem.pop();
    }
    format!("{stem}{behind}{ending}").into()
}

/// The folders that are Custody's own, as the system names them.
fn own_folders(desk: &Desk, bounds: &Bounds) -> Vec<PathBuf> {
    let places = &desk.places;
    let mut ours: Vec<PathBuf> = [places.root(), places.viewing(), places.drop(), places.exports()]
        .into_iter()
        .chain(places.settings().parent())
        .map(Path::to_owned)
        .collect();
    ours.extend(bounds.ours.iter().cloned());
    // One that is not there holds nothing.
    ours.iter().filter_map(|folder| desk.disk.true_path(folder).ok()).collect()
}

fn survey(disk: &dyn Disk, path: &Path, ours: &[PathBuf], bounds: &Bounds) -> Result<Survey, Ended> {
    let whole = Path::new("");
    if !path.is_absolute() || path.file_name().is_none() {
        return Err(Unfit::Gone.into());
    }
    let lies = disk.look(path).map_err(|cause| met(cause, whole))?.ok_or(Unfit::Gone)?;
    if lies == Lies::Other {
        return Err(special(disk, path, whole));
    }
    let real = disk.true_path(path).map_err(|cause| met(cause, whole))?;
    if ours.iter().any(|own| real.starts_with(own) || own.starts_with(&real)) {
        return Err(Unfit::Ours.into());
    }
    let parent = path.parent().ok_or(Unfit::Gone)?;
    if !disk.may_change(parent).map_err(|cause| met(cause, whole))? {
        return Err(Unfit::NotRemovable.into());
    }
    let mut survey = Survey { is_folder: lies == Lies::Folder, ..Survey::default() };
    if survey.is_folder {
        if names::named(&name_of(Path::new(path.file_name().unwrap_or_default())), &[]) != Named::ByPerson {
            return Err(Unfit::Unfinished.into());
        }
        walk(disk, path, whole, 0, &mut survey, bounds)?;
        survey.parts.sort_by(|one, other| one.place.cmp(&other.place));
    } else {
        let name = name_of(Path::new(path.file_name().unwrap_or_default()));
        if names::named(&name, &[]) != Named::ByPerson {
            return Err(Unfit::Unfinished.into());
        }
        let stamp = fitting(disk, path, whole, bounds)?;
        survey.parts.push(Part { place: PathBuf::new(), stamp, by_system: false });
    }
    if survey.files().next().is_none() {
        return Err(Unfit::Empty.into());
    }
    Ok(survey)
}

fn walk(
    disk: &dyn Disk,
    root: &Path,
    place: &Path,
    depth: usize,
    survey: &mut Survey,
    bounds: &Bounds,
) -> Result<(), Ended> {
    let folder = at(root, place);
    if !disk.may_change(&folder).map_err(|cause| met(cause, place))? {
        return Err(inside(Unfit::NotRemovable, place));
    }
    let entries = disk.list(&folder).map_err(|cause| met(cause, place))?;
    let beside: Vec<String> = entries.iter().map(|entry| entry.name.to_string_lossy().into_owned()).collect();
    for (entry, name) in entries.iter().zip(&beside) {
        if depth >= DEPTH || survey.parts.len() + survey.folders.len() >= MOST {
            return Err(Unfit::TooMany.into());
        }
        let place = place.join(&entry.name);
        let path = root.join(&place);
        let named = names::named(name, &beside);
        match (entry.lies, named) {
            (Lies::Other, _) => return Err(special(disk, &path, &place)),
            (_, Named::Unfinished | Named::Erasing | Named::Copying) => return Err(inside(Unfit::Unfinished, &place)),
            (Lies::Folder, Named::ByPerson | Named::BySystem) => {
                survey.folders.push(place.clone());
                walk(disk, root, &place, depth + 1, survey, bounds)?;
            }
            (Lies::File(_), Named::ByPerson) => {
                let stamp = fitting(disk, &path, &place, bounds)?;
                survey.parts.push(Part { place, stamp, by_system: false });
            }
            (Lies::File(_), Named::BySystem) => {
                let stamped = disk.stamp(&path).map_err(|cause| met(cause, &place))?;
                let stamped = stamped.ok_or_else(|| inside(Unfit::Gone, &place))?;
                survey.parts.push(Part { place, stamp: stamped.stamp, by_system: true });
            }
        }
    }
    Ok(())
}

fn special(disk: &dyn Disk, path: &Path, place: &Path) -> Ended {
    match disk.is_link(path) {
        Ok(true) => inside(Unfit::Link, place),
        Ok(false) => inside(Unfit::Special, place),
        Err(cause) => met(cause, place),
    }
}

/// The stamp of a file that may be brought.
fn fitting(disk: &dyn Disk, path: &Path, place: &Path, bounds: &Bounds) -> Result<Stamp, Ended> {
    let stamped = disk.stamp(path).map_err(|cause| met(cause, place))?.ok_or_else(|| inside(Unfit::Gone, place))?;
    if stamped.names > 1 {
        return Err(inside(Unfit::SecondName, place));
    }
    if stamped.stamp.size == 0 {
        return Err(inside(Unfit::Empty, place));
    }
    if stamped.stamp.size > bounds.max_file_bytes {
        return Err(inside(Unfit::TooLarge, place));
    }
    disk.open_original(path).map_err(|cause| met(cause, place))?;
    Ok(stamped.stamp)
}

/// Copies all of it under a name that is unfinished, and gives the whole copy its own name.
fn copy(desk: &Desk, folder: &Path, name: &OsStr, from: &Path, survey: &Survey) -> Result<(), Ended> {
    let disk = &*desk.disk;
    let part = folder.join(names::copying(random()?));
    let _under_way = desk.copying.begin(&part, name);
    let copied = copy_all(disk, from, &part, survey).and_then(|()| {
        free(name, |to| disk.rename_new(&part, &folder.join(to))).map_err(disk_trouble)?;
        Ok(disk.sync_folder(folder).map_err(disk_trouble)?)
    });
    if copied.is_err() && disk.look(&part).is_ok_and(|lies| lies.is_some()) {
        // What it leaves is ended by whoever looks into the folder next.
        let _ = super::destroy_all(disk, &part);
    }
    copied
}

fn copy_all(disk: &dyn Disk, from: &Path, to: &Path, survey: &Survey) -> Result<(), Ended> {
    if survey.is_folder {
        disk.make_folder(to).map_err(disk_trouble)?;
    }
    for folder in &survey.folders {
        disk.make_folder(&to.join(folder)).map_err(disk_trouble)?;
    }
    for part in survey.files() {
        copy_one(disk, &at(from, &part.place), &at(to, &part.place), part)?;
    }
    for folder in survey.folders.iter().rev() {
        disk.sync_folder(&to.join(folder)).map_err(disk_trouble)?;
    }
    if survey.is_folder {
        disk.sync_folder(to).map_err(disk_trouble)?;
    }
    Ok(())
}

/// Copies a file, and reads the copy again: the original is erased for it.
fn copy_one(disk: &dyn Disk, from: &Path, to: &Path, part: &Part) -> Result<(), Ended> {
    let mut original = disk.open_original(from).map_err(|cause| met(cause, &part.place))?;
    let is_the_same = |stamp: io::Result<Stamp>| match stamp.map_err(|cause| met(cause, &part.place))? {
        stamp if stamp == part.stamp => Ok(()),
        _ => Err(inside(Unfit::Changed, &part.place)),
    };
    is_the_same(original.stamp())?;
    let mut copy = disk.create(to).map_err(disk_trouble)?;
    let (mut piece, mut read) = (vec![0; PIECE], Sha256::new());
    loop {
        let count = original.read(&mut piece).map_err(|cause| met(cause, &part.place))?;
        if count == 0 {
            break;
        }
        read.update(&piece[..count]);
        copy.write_all(&piece[..count]).map_err(disk_trouble)?;
    }
    copy.sync().map_err(disk_trouble)?;
    is_the_same(original.stamp())?;
    let (mut copied, mut written) = (disk.open(to).map_err(disk_trouble)?, Sha256::new());
    loop {
        match copied.read(&mut piece).map_err(disk_trouble)? {
            0 => break,
            count => written.update(&piece[..count]),
        }
    }
    if read.finalize() == written.finalize() {
        Ok(())
    } else {
        Err(PortError::needs_person(Fault::DiskTrouble).because("a copy is not the same as its original").into())
    }
}

/// Erases what was copied, where it lies. False if something of it stays.
fn erase(disk: &dyn Disk, from: &Path, parent: &Path, survey: &Survey) -> bool {
    let mut is_gone = true;
    for part in &survey.parts {
        let path = at(from, &part.place);
        if let Err(error) = erase_one(disk, &path, part.stamp) {
            tracing::info!(fault = ?error.fault, "drop_folders.brought_original_stays");
            is_gone = false;
        }
    }
    let whole = survey.is_folder.then(PathBuf::new);
    for folder in survey.folders.iter().rev().chain(&whole) {
        // What came into it since stays, and so does the folder.
        is_gone &= disk.remove_folder(&at(from, folder)).is_ok();
    }
    is_gone & disk.sync_folder(parent).is_ok()
}

fn erase_one(disk: &dyn Disk, path: &Path, stamp: Stamp) -> PortResult<()> {
    let found = disk.stamp(path).map_err(disk_trouble)?;
    if found.is_none_or(|found| found.stamp != stamp || found.names > 1) {
        return Err(super::changed());
    }
    super::destroy(disk, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number_before_its_ending_and_stays_short_enough() {
        let named = |name: &str, number| numbered(OsStr::new(name), number).into_string().unwrap();
        assert_eq!(named("dump.zip", 1), "dump.zip");
        assert_eq!(named("dump.zip", 2), "dump (2).zip");
        assert_eq!(named("logs", 11), "logs (11)");
        assert_eq!(named(".bashrc", 2), ".bashrc (2)");
        let long = format!("{}.log", "ä".repeat(125));
        assert_eq!(long.len(), 254);
        let numbered = named(&long, 1000);
        assert!(numbered.len() <= 255 && numbered.ends_with("ä (1000).log"), "{numbered}");
    }
}

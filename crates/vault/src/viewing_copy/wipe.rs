//! Emptying a folder of ours, whatever programs do in it meanwhile.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
};

use custody_core::ports::{Fault, PortError, PortResult};

use crate::disk::{Disk, Lies, Stamped, disk_trouble};

/// So many times a folder is emptied anew before a program that goes on writing is told of.
const PASSES: u32 = 20;

/// What in a folder is known to be of our making.
#[derive(Debug, Default)]
pub(crate) struct Ours {
    /// Where it was written.
    pub(crate) path: Option<PathBuf>,
    /// The file system's number for it.
    pub(crate) number: Option<u64>,
}

/// What was in a folder.
#[derive(Debug, Default)]
pub(crate) struct Wiped {
    /// Files.
    pub(crate) files: u64,
    /// Those that lay elsewhere than ours.
    pub(crate) beside: u64,
    /// Those that have another name outside of the folder, and were not overwritten.
    pub(crate) elsewhere: u64,
}

/// Overwrites and removes all in a folder, deepest first, and the folder. Finding nothing is success.
///
/// Once the folder is gone nothing can come into it any more, so it is looked at again until it is. What cannot be removed
/// keeps nothing else from being removed.
pub(crate) fn wipe(disk: &dyn Disk, folder: &Path, ours: &Ours) -> PortResult<Wiped> {
    let mut wiped = Wiped::default();
    for _ in 0..PASSES {
        if disk.look(folder).map_err(disk_trouble)?.is_none() {
            return Ok(wiped);
        }
        pass(disk, folder, ours, &mut wiped)?;
    }
    match disk.look(folder).map_err(disk_trouble)? {
        None => Ok(wiped),
        Some(_) => Err(PortError::try_again(Fault::CopyInUse)),
    }
}

/// Every file below a folder, also links and other things that are no folders. Links are not followed.
pub(crate) fn files_below(disk: &dyn Disk, folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut folders, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in disk.list(&folder)? {
            let path = folder.join(&entry.name);
            if entry.lies == Lies::Folder { folders.push(path) } else { files.push(path) }
        }
    }
    Ok(files)
}

fn pass(disk: &dyn Disk, folder: &Path, ours: &Ours, wiped: &mut Wiped) -> PortResult<()> {
    let mut trouble = Trouble::default();
    let (folders, files) = read(disk, folder, &mut trouble);
    // A file with several names: those that lead here are ours to remove, and its bytes are only if there are no others.
    let mut names_here: BTreeMap<u64, u64> = BTreeMap::new();
    for stamped in files.iter().filter_map(|(_, stamped)| *stamped) {
        *names_here.entry(stamped.stamp.number).or_default() += 1;
    }
    let mut overwritten = BTreeSet::new();
    for (path, stamped) in &files {
        let is_elsewhere = stamped.is_some_and(|it| {
            it.names > 1 && ours.number != Some(it.stamp.number) && names_here.get(&it.stamp.number) < Some(&it.names)
        });
        let is_done = stamped.is_some_and(|it| it.names > 1 && overwritten.contains(&it.stamp.number));
        if stamped.is_some() && !is_elsewhere && !is_done {
            if let Err(cause) = overwrite(disk, path) {
                // Not removed either: the receipt says of it that it was overwritten.
                trouble.note(cause);
                continue;
            }
            overwritten.extend(stamped.map(|it| it.stamp.number));
        }
        match disk.remove(path) {
            Ok(was_there) => {
                wiped.files += u64::from(was_there);
                wiped.beside += u64::from(was_there && ours.path.as_ref() != Some(path));
                wiped.elsewhere += u64::from(was_there && is_elsewhere);
            }
            Err(cause) => trouble.note(cause),
        }
    }
    for folder in folders.iter().rev() {
        match disk.remove_folder(folder) {
            // Something came into it: the next pass finds it.
            Err(cause) if cause.kind() == io::ErrorKind::DirectoryNotEmpty => {}
            Err(cause) => trouble.note(cause),
            Ok(_) => {}
        }
    }
    trouble.end()
}

type Files = Vec<(PathBuf, Option<Stamped>)>;

/// Folders from the outermost on, and files with what they are; links and stranger things have no stamp.
fn read(disk: &dyn Disk, folder: &Path, trouble: &mut Trouble) -> (Vec<PathBuf>, Files) {
    let (mut folders, mut files) = (vec![folder.to_owned()], Vec::new());
    let mut at = 0;
    while let Some(folder) = folders.get(at).cloned() {
        at += 1;
        // An archive may have brought a folder that nobody may read or change.
        match disk.take_over_folder(&folder).and_then(|()| disk.list(&folder)) {
            Ok(entries) => {
                for entry in entries {
                    let path = folder.join(&entry.name);
                    match entry.lies {
                        Lies::Folder => folders.push(path),
                        Lies::Other => files.push((path, None)),
                        Lies::File(_) => match disk.stamp(&path) {
                            Ok(stamped) => files.push((path, stamped)),
                            Err(cause) => trouble.note(cause),
                        },
                    }
                }
            }
            Err(cause) => trouble.note(cause),
        }
    }
    (folders, files)
}

/// The zeros are on the disk before the name goes; how long the file was goes with the name. It is not cut before: a
/// program that has it mapped would be ended by that.
fn overwrite(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    match disk.grip(path)? {
        Some(mut grip) => grip.overwrite(),
        None => Ok(()),
    }
}

/// The first thing that went wrong; the others are met again by the next try.
#[derive(Default)]
struct Trouble(Option<io::Error>);

impl Trouble {
    fn note(&mut self, cause: io::Error) {
        self.0.get_or_insert(cause);
    }

    fn end(self) -> PortResult<()> {
        match self.0 {
            None => Ok(()),
            Some(cause) if is_in_use(&cause) => Err(PortError::try_again(Fault::CopyInUse).because(cause)),
            Some(cause) => Err(disk_trouble(cause)),
        }
    }
}

/// Whether a program keeps a file from being changed or removed: on Windows by having it open or mapped, elsewhere only by
/// running it.
fn is_in_use(cause: &io::Error) -> bool {
    const ERROR_SHARING_VIOLATION: i32 = 32;
    const ERROR_LOCK_VIOLATION: i32 = 33;
    const ERROR_USER_MAPPED_FILE: i32 = 1224;
    let refused = [ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, ERROR_USER_MAPPED_FILE];
    cause.kind() == io::ErrorKind::ExecutableFileBusy
        || cfg!(windows) && cause.raw_os_error().is_some_and(|code| refused.contains(&code))
}

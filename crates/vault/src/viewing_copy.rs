//! Viewing copies: the only plaintext that ever reaches a folder, each in a private one of its own.

mod safe_name;
mod wipe;

use std::{
    io::Write,
    path::Path,
    sync::{Arc, PoisonError},
};

use custody_core::{
    Private,
    id::ViewingCopyId,
    ports::{ByteSource, Emptied, Fault, PortError, PortResult, Program},
};
use tokio::{
    sync::mpsc::{Receiver, channel},
    task::spawn_blocking,
};

pub use self::safe_name::SafeName;
pub(crate) use self::wipe::{Ours, wipe};
use self::wipe::{Wiped, files_below};
use crate::{
    blocking::join,
    disk::{Disk, create_anew, disk_trouble},
    keys::identity::Pass,
    strongroom::pour::{Portion, Poured, UNDERWAY, pour},
    vault::Desk,
};

/// Writes a copy and returns its path. It ends if the desk is locked meanwhile, and leaves nothing if anything fails.
pub(crate) async fn make(
    desk: &Arc<Desk>,
    copy: ViewingCopyId,
    name: &Private<String>,
    body: &mut dyn ByteSource,
) -> PortResult<Private<String>> {
    let pass = desk.unlocked.pass()?;
    let folder = desk.places.copy_folder(copy);
    let path = SafeName::of(name).within(&folder);
    let shown = path.to_str().map(|path| Private::new(path.to_owned()));
    let shown =
        shown.ok_or_else(|| PortError::needs_person(Fault::DiskTrouble).because("the folder's name is not text"))?;
    let turn = desk.turns.of(*copy.as_bytes()).await;
    let (to_disk, for_disk) = channel(UNDERWAY);
    let writing = spawn_blocking({
        let desk = desk.clone();
        move || {
            let _turn = turn;
            let written = write(&*desk.disk, &folder, &path, &pass, for_disk);
            match written {
                Ok(number) => {
                    desk.copies.lock().unwrap_or_else(PoisonError::into_inner).insert(copy, number);
                    Ok(())
                }
                Err(failed) => {
                    if let Err(error) = end(&desk, copy, None) {
                        tracing::warn!(%copy, fault = ?error.fault, "viewing_copy.make: a copy that failed stays in part");
                    }
                    Err(failed)
                }
            }
        }
    });
    let poured = pour(body, u64::MAX, &[to_disk]).await;
    let written = join(writing).await;
    match poured? {
        Poured::All(_) | Poured::WriterGone => written??,
    }
    Ok(shown)
}

/// Writes it and gives the file system's number for it.
fn write(disk: &dyn Disk, folder: &Path, path: &Path, pass: &Pass, mut portions: Receiver<Portion>) -> PortResult<u64> {
    disk.make_folder(folder).map_err(disk_trouble)?;
    let mut file = create_anew(disk, path).map_err(disk_trouble)?;
    loop {
        let portion = portions.blocking_recv();
        pass.check()?;
        match portion {
            Some(Portion::Bytes(portion)) => file.write_all(&portion).map_err(disk_trouble)?,
            // Not synced: what needs not reach the disk should not be sent there.
            Some(Portion::End) => break,
            // The caller tells why it gave up; nobody reads this.
            None => return Err(PortError::try_again(Fault::WrongLength)),
        }
    }
    let stamped = disk.stamp(path).map_err(disk_trouble)?;
    let gone = || PortError::try_again(Fault::DiskTrouble).because("a viewing copy is gone as soon as it was made");
    Ok(stamped.ok_or_else(gone)?.stamp.number)
}

/// Overwrites and removes a copy with whatever programs put beside it, and makes that last. `name` is that of the file.
pub(crate) fn end(desk: &Desk, copy: ViewingCopyId, name: Option<&Private<String>>) -> PortResult<Emptied> {
    let folder = desk.places.copy_folder(copy);
    let ours = Ours {
        path: name.map(|name| SafeName::of(name).within(&folder)),
        number: desk.copies.lock().unwrap_or_else(PoisonError::into_inner).get(&copy).copied(),
    };
    let Wiped { files, beside, elsewhere } = wipe(&*desk.disk, &folder, &ours)?;
    desk.disk.sync_folder(desk.places.viewing()).map_err(disk_trouble)?;
    desk.copies.lock().unwrap_or_else(PoisonError::into_inner).remove(&copy);
    Ok(Emptied { beside: if name.is_some() { beside } else { files.saturating_sub(1) }, elsewhere })
}

/// How many files lie beside a copy.
pub(crate) fn beside(desk: &Desk, copy: ViewingCopyId, name: &Private<String>) -> PortResult<u64> {
    let folder = desk.places.copy_folder(copy);
    let path = SafeName::of(name).within(&folder);
    let files = files_below(&*desk.disk, &folder).map_err(disk_trouble)?;
    Ok(files.iter().filter(|file| **file != path).count() as u64)
}

/// Which programs have which copy open.
pub(crate) fn programs(desk: &Desk) -> PortResult<Vec<(ViewingCopyId, Program)>> {
    let found = desk.disk.open_below(desk.places.viewing()).map_err(disk_trouble)?;
    Ok(found.into_iter().filter_map(|(folder, program)| Some((folder.to_str()?.parse().ok()?, program))).collect())
}

/// The copies that exist.
pub(crate) fn list(desk: &Desk) -> PortResult<Vec<ViewingCopyId>> {
    let entries = desk.disk.list(desk.places.viewing()).map_err(disk_trouble)?;
    let mut copies: Vec<ViewingCopyId> = entries.iter().filter_map(|entry| entry.name.to_str()?.parse().ok()).collect();
    copies.sort_unstable();
    Ok(copies)
}

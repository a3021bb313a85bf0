//! Erasing, and every look that says what is there.

use custody_core::{
    id::FileId,
    ports::{Fault, Found, Inventory, PortError, PortResult},
};

use crate::{
    disk::{Lies, disk_trouble},
    vault::Desk,
};

/// Removes the sealed file and its part file and makes that last.
///
/// The folder is synced even if nothing was found: an earlier try may have ended between the two.
pub(super) fn erase(desk: &Desk, file: FileId) -> PortResult<()> {
    for path in [desk.places.sealed_file(file), desk.places.part_file(file)] {
        desk.disk.remove(&path).map_err(disk_trouble)?;
    }
    desk.disk.sync_folder(&desk.places.sealed()).map_err(disk_trouble)?;
    match look(desk, file)? {
        Found::Nothing => Ok(()),
        Found::Sealed(_) => Err(PortError::try_again(Fault::DiskTrouble).because("a removed file is still there")),
    }
}

/// What is there of a file. A part file counts: nothing means nothing at all.
pub(super) fn look(desk: &Desk, file: FileId) -> PortResult<Found> {
    for path in [desk.places.sealed_file(file), desk.places.part_file(file)] {
        match desk.disk.look(&path).map_err(disk_trouble)? {
            Some(Lies::File(size)) => return Ok(Found::Sealed(size)),
            Some(Lies::Folder | Lies::Other) => return Ok(Found::Sealed(0)),
            None => (),
        }
    }
    Ok(Found::Nothing)
}

/// Everything in the folder of sealed files.
pub(super) fn inventory(desk: &Desk) -> PortResult<Inventory> {
    let mut inventory = Inventory::default();
    let folder = desk.places.sealed();
    for entry in desk.disk.list(&folder).map_err(disk_trouble)? {
        match (entry.lies, entry.name.to_str().and_then(ours)) {
            (Lies::File(size), Some((file, "age"))) => inventory.sealed.push((file, size)),
            (Lies::File(_), Some((file, _))) => inventory.parts.push(file),
            _ => {
                inventory.foreign += 1;
                continue;
            }
        }
        // One that is gone by now occupies nothing.
        let extent = desk.disk.extent(&folder.join(&entry.name)).map_err(disk_trouble)?;
        inventory.occupied += extent.map_or(0, |extent| extent.occupied);
    }
    inventory.sealed.sort_unstable();
    inventory.parts.sort_unstable();
    Ok(inventory)
}

/// The file and kind that a name of ours stands for; only the exact spelling is ours.
fn ours(name: &str) -> Option<(FileId, &str)> {
    let (id, kind) = name.split_once('.')?;
    let file: FileId = id.parse().ok()?;
    (matches!(kind, "age" | "part") && file.to_string() == id).then_some((file, kind))
}

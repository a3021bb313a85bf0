//! What the ledger does not know: moved out of the strongroom, listed, and erased by a person alone.

use custody_core::{
    Timestamp,
    id::FileId,
    ports::{Aside, Fault, PortError, PortResult},
};

use crate::{
    disk::{Lies, disk_trouble},
    vault::Desk,
};

/// Moves a sealed file out of the strongroom. One that was set aside before keeps its name.
pub(super) fn set_aside(desk: &Desk, file: FileId) -> PortResult<()> {
    let aside = desk.places.aside();
    for (path, kind) in [(desk.places.sealed_file(file), "age"), (desk.places.part_file(file), "part")] {
        if desk.disk.look(&path).map_err(disk_trouble)?.is_none() {
            continue;
        }
        let mut target = aside.join(format!("{file}.{kind}"));
        let mut number = 2;
        while desk.disk.look(&target).map_err(disk_trouble)?.is_some() {
            target = aside.join(format!("{file}.{number}.{kind}"));
            number += 1;
        }
        desk.disk.rename(&path, &target).map_err(disk_trouble)?;
    }
    // The new name first: a crash in between shows the file twice rather than not at all.
    desk.disk.sync_folder(&aside).map_err(disk_trouble)?;
    desk.disk.sync_folder(&desk.places.sealed()).map_err(disk_trouble)
}

/// What was set aside, by name. Only names of ours are listed: nothing else is put there.
pub(super) fn list(desk: &Desk) -> PortResult<Vec<Aside>> {
    let folder = desk.places.aside();
    let mut found = Vec::new();
    for entry in desk.disk.list(&folder).map_err(disk_trouble)? {
        let (Lies::File(size), Some(name)) = (entry.lies, entry.name.to_str()) else { continue };
        let Some(file) = ours(name) else { continue };
        let extent = desk.disk.extent(&folder.join(name)).map_err(disk_trouble)?;
        let since = extent.and_then(|extent| Timestamp::from_nanosecond(extent.changed_at).ok());
        found.push(Aside { name: name.to_owned(), file, size, since });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// The id in a name that [`set_aside`] made: `<id>.age`, `<id>.part`, or with a number between the two.
fn ours(name: &str) -> Option<FileId> {
    let (stem, kind) = name.rsplit_once('.')?;
    let (id, number) = stem.split_once('.').map_or((stem, None), |(id, number)| (id, Some(number)));
    let is_number = number.is_none_or(|number| number.parse::<u32>().is_ok_and(|parsed| parsed.to_string() == number));
    let file: FileId = id.parse().ok()?;
    (matches!(kind, "age" | "part") && is_number && file.to_string() == id).then_some(file)
}

/// Overwrites and removes one of them. Nobody knows what is in it, so it is overwritten although it ought to be sealed.
pub(super) fn erase(desk: &Desk, name: &str) -> PortResult<()> {
    // Only a name that is listed can be meant: no other becomes a path.
    if !list(desk)?.iter().any(|thing| thing.name == name) {
        return Err(PortError::not_possible(Fault::NotFound));
    }
    let folder = desk.places.aside();
    let path = folder.join(name);
    if let Some(mut grip) = desk.disk.grip(&path).map_err(disk_trouble)? {
        grip.overwrite().map_err(disk_trouble)?;
    }
    desk.disk.remove(&path).map_err(disk_trouble)?;
    desk.disk.sync_folder(&folder).map_err(disk_trouble)?;
    match desk.disk.look(&path).map_err(disk_trouble)? {
        None => Ok(()),
        Some(_) => Err(PortError::try_again(Fault::DiskTrouble).because("what was removed is still there")),
    }
}

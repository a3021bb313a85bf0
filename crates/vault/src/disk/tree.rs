//! Whole folders: copied and removed.

use std::{
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use custody_core::ports::PortResult;

use super::{Disk, Lies, create_anew, disk_trouble};
use crate::blocking::blocking;

const PIECE: usize = 1 << 20;

/// Overwrites and removes everything in a folder, and the folder. Finding nothing is success; links are not followed.
pub async fn remove_all(disk: Arc<dyn Disk>, folder: PathBuf) -> PortResult<()> {
    blocking(move || remove(&*disk, &folder).map_err(disk_trouble)).await
}

/// Copies everything in a folder into another one. Links are left out.
pub async fn copy_all(disk: Arc<dyn Disk>, from: PathBuf, to: PathBuf) -> PortResult<()> {
    blocking(move || copy(&*disk, &from, &to).map_err(disk_trouble)).await
}

fn remove(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    match disk.look(path)? {
        Some(Lies::Folder) => {
            for entry in disk.list(path)? {
                remove(disk, &path.join(entry.name))?;
            }
            disk.remove_folder(path).map(drop)
        }
        Some(Lies::File(_)) => {
            if let Some(mut grip) = disk.grip(path)? {
                grip.overwrite()?;
            }
            disk.remove(path).map(drop)
        }
        Some(Lies::Other) => disk.remove(path).map(drop),
        None => Ok(()),
    }
}

fn copy(disk: &dyn Disk, from: &Path, to: &Path) -> io::Result<()> {
    disk.make_folder(to)?;
    for entry in disk.list(from)? {
        let (from, to) = (from.join(&entry.name), to.join(&entry.name));
        match entry.lies {
            Lies::Folder => copy(disk, &from, &to)?,
            Lies::File(_) => {
                let (mut source, mut copy, mut piece) = (disk.open(&from)?, create_anew(disk, &to)?, vec![0; PIECE]);
                loop {
                    match source.read(&mut piece)? {
                        0 => break,
                        count => copy.write_all(&piece[..count])?,
                    }
                }
                copy.sync()?;
            }
            Lies::Other => {}
        }
    }
    Ok(())
}

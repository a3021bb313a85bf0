//! A disk that gives sealed files back with one bit turned.

use std::{
    io::{self, Read},
    path::Path,
};

use custody_vault::disk::{Disk, Entry, Grip, Lies, NewFile, Original, RealDisk, Stamped, Writer};

#[derive(Clone, Copy, Debug)]
pub struct TurningDisk;

impl Disk for TurningDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.make_folder(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        RealDisk.create(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.sync_folder(path)
    }

    fn remove(&self, path: &Path) -> io::Result<bool> {
        RealDisk.remove(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<bool> {
        RealDisk.remove_folder(path)
    }

    fn grip(&self, path: &Path) -> io::Result<Option<Box<dyn Grip>>> {
        RealDisk.grip(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<Entry>> {
        RealDisk.list(path)
    }

    fn look(&self, path: &Path) -> io::Result<Option<Lies>> {
        RealDisk.look(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
        let file = RealDisk.open(path)?;
        let is_sealed = path.extension().is_some_and(|extension| extension == "age")
            && path.parent().is_some_and(|folder| folder.ends_with("sealed"));
        Ok(if is_sealed { Box::new(Turning { file, at: 0 }) } else { file })
    }

    fn stamp(&self, path: &Path) -> io::Result<Option<Stamped>> {
        RealDisk.stamp(path)
    }

    fn is_link(&self, path: &Path) -> io::Result<bool> {
        RealDisk.is_link(path)
    }

    fn open_original(&self, path: &Path) -> io::Result<Box<dyn Original>> {
        RealDisk.open_original(path)
    }

    fn writers(&self, paths: &[&Path]) -> io::Result<Vec<Option<Writer>>> {
        RealDisk.writers(paths)
    }
}

/// Turns a bit well inside the content.
struct Turning {
    file: Box<dyn Read + Send>,
    at: usize,
}

impl Read for Turning {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        const TURNED: usize = 5000;
        let count = self.file.read(into)?;
        if (self.at..self.at + count).contains(&TURNED) {
            into[TURNED - self.at] ^= 1;
        }
        self.at += count;
        Ok(count)
    }
}

//! A file that this program makes: for its owner only, over nothing, and removed again unless it becomes whole.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

use crate::failure::Failure;

/// A file that is being written.
#[derive(Debug)]
pub struct NewFile<'a> {
    file: File,
    path: &'a Path,
    is_whole: bool,
}

impl<'a> NewFile<'a> {
    /// Makes it; [`Failure::FileExists`] where something is already.
    pub fn create(path: &'a Path) -> Result<Self, Failure> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Failure::FileExists,
            _ => Failure::CannotWrite(error),
        })?;
        Ok(Self { file, path, is_whole: false })
    }

    /// It is whole: makes it last.
    pub fn keep(mut self) -> Result<(), Failure> {
        self.file.sync_all().map_err(Failure::CannotWrite)?;
        self.is_whole = true;
        Ok(())
    }
}

impl Write for NewFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile<'_> {
    fn drop(&mut self) {
        if !self.is_whole {
            // Nothing more can be done about it here, and the failure that led here is being told already.
            drop(fs::remove_file(self.path));
        }
    }
}

/// Writes a text to a file that must not exist, for its owner only.
pub fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let mut file = NewFile::create(path)?;
    file.write_all(text.as_bytes()).map_err(Failure::CannotWrite)?;
    file.keep()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_that_does_not_become_whole_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy");
        let mut copy = NewFile::create(&path).unwrap();
        copy.write_all(b"half").unwrap();
        drop(copy);
        assert!(!path.exists());
        NewFile::create(&path).unwrap().keep().unwrap();
        assert!(path.exists());
        assert!(matches!(NewFile::create(&path), Err(Failure::FileExists)));
        assert!(path.exists(), "what was there before is not touched");
    }
}

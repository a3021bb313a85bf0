//! A file that leaves the desk because a person asked for it. Nobody names its path: it goes into the folder of exports.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use custody_core::ports::{Fault, PortError};
use custody_vault::Places;

use crate::{DeskError, Result};

/// So many files of one name lie beside each other, at most.
const MOST_OF_A_NAME: u32 = 1000;

/// An export that is being written: for its owner only, over nothing, and removed again unless it becomes whole.
#[derive(Debug)]
pub struct ExportFile {
    file: BufWriter<File>,
    path: PathBuf,
    is_whole: bool,
}

impl ExportFile {
    /// Begins `<stem>.<ending>` in the folder of exports, with a number behind it where there is one already.
    ///
    /// # Errors
    /// Faults of the disk.
    pub fn create(places: &Places, stem: &str, ending: &str) -> Result<Self> {
        let folder = places.exports();
        make_folder(folder).map_err(trouble)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        for number in 1..=MOST_OF_A_NAME {
            let name = if number == 1 { format!("{stem}.{ending}") } else { format!("{stem} ({number}).{ending}") };
            let path = folder.join(name);
            match options.open(&path) {
                Ok(file) => return Ok(Self { file: BufWriter::new(file), path, is_whole: false }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(trouble(error)),
            }
        }
        Err(trouble(io::ErrorKind::AlreadyExists.into()))
    }

    /// Begins a file beside this one, whose name is this one's with `ending` behind it: what belongs to it.
    ///
    /// # Errors
    /// Faults of the disk.
    pub fn beside(&self, places: &Places, ending: &str) -> Result<Self> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        Self::create(places, &name, ending)
    }

    /// It is whole: makes it last, and says where it is.
    ///
    /// # Errors
    /// Faults of the disk; then nothing of it stays.
    pub fn keep(mut self) -> Result<PathBuf> {
        self.file.flush().map_err(trouble)?;
        self.file.get_ref().sync_all().map_err(trouble)?;
        self.is_whole = true;
        Ok(self.path.clone())
    }

    /// Writes a line.
    ///
    /// # Errors
    /// Faults of the disk.
    pub fn line(&mut self, text: &str) -> Result<()> {
        writeln!(self.file, "{text}").map_err(trouble)
    }

    /// Writes bytes.
    ///
    /// # Errors
    /// Faults of the disk.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(trouble)
    }
}

impl Drop for ExportFile {
    fn drop(&mut self) {
        if !self.is_whole {
            // Nothing more can be done about it here, and the failure that led here is being told already.
            drop(fs::remove_file(&self.path));
        }
    }
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn trouble(error: io::Error) -> DeskError {
    let fault = if error.kind() == io::ErrorKind::StorageFull { Fault::DiskFull } else { Fault::DiskTrouble };
    PortError::needs_person(fault).because(error).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_lies_over_nothing_for_its_owner_alone_and_goes_if_it_is_not_whole() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::under(folder.path()).unwrap();
        let mut first = ExportFile::create(&places, "chain", "jsonl").unwrap();
        first.line("one").unwrap();
        let first = first.keep().unwrap();
        let mut second = ExportFile::create(&places, "chain", "jsonl").unwrap();
        second.bytes(b"two").unwrap();
        let signed = second.beside(&places, "sig.json").unwrap().keep().unwrap();
        let second = second.keep().unwrap();
        assert_eq!(signed.file_name().unwrap(), "chain (2).jsonl.sig.json");
        assert_eq!(
            (first.file_name().unwrap(), second.file_name().unwrap()),
            ("chain.jsonl".as_ref(), "chain (2).jsonl".as_ref())
        );
        assert_eq!(fs::read_to_string(&first).unwrap(), "one\n");
        assert_eq!(fs::read_to_string(&second).unwrap(), "two");
        drop(ExportFile::create(&places, "chain", "jsonl").unwrap());
        assert_eq!(fs::read_dir(places.exports()).unwrap().count(), 3, "what did not become whole is gone");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&first).unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(fs::metadata(places.exports()).unwrap().permissions().mode() & 0o777, 0o700);
        }
    }
}

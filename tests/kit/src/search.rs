//! Searches bytes and folders for marks that must not be there.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

/// A mark, and where it was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The mark.
    pub mark: String,
    /// The file it is in or whose name it is in; empty for bytes that are no file's.
    pub file: PathBuf,
}

/// Marks to search for, all of them in one pass.
#[derive(Clone, Debug)]
pub struct Marks {
    marks: Vec<String>,
    /// For each first byte, the marks that begin with it.
    beginning: Vec<Vec<usize>>,
}

impl Marks {
    /// These marks. An empty one would be found everywhere and is a mistake of the story.
    pub fn new(marks: impl IntoIterator<Item = String>) -> Self {
        let marks: Vec<String> = marks.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let mut beginning = vec![Vec::new(); 256];
        for (at, mark) in marks.iter().enumerate() {
            assert!(mark.len() >= 5, "{mark:?} is too short to mean anything");
            beginning[usize::from(mark.as_bytes()[0])].push(at);
        }
        Self { marks, beginning }
    }

    /// Every mark.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.marks.iter().map(String::as_str)
    }

    /// The marks in these bytes.
    pub fn in_bytes(&self, bytes: &[u8]) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (at, byte) in bytes.iter().enumerate() {
            for &mark in &self.beginning[usize::from(*byte)] {
                if bytes[at..].starts_with(self.marks[mark].as_bytes()) {
                    found.insert(self.marks[mark].clone());
                }
            }
        }
        found
    }

    /// The marks in every file below a folder, and in the names of what lies there. A file that goes away meanwhile is none.
    ///
    /// # Errors
    /// When something there cannot be read.
    pub fn in_folder(&self, folder: &Path) -> io::Result<Vec<Hit>> {
        let mut hits = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let file = entry.path();
            let mut found = self.in_bytes(entry.file_name().as_encoded_bytes());
            if entry.file_type()?.is_dir() {
                hits.extend(self.in_folder(&file)?);
            } else {
                match std::fs::read(&file) {
                    Ok(content) => found.extend(self.in_bytes(&content)),
                    Err(gone) if gone.kind() == io::ErrorKind::NotFound => {}
                    Err(other) => return Err(other),
                }
            }
            hits.extend(found.into_iter().map(|mark| Hit { mark, file: file.clone() }));
        }
        Ok(hits)
    }
}

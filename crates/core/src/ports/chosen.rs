//! What a member of staff has outside of custody and wants to have in a case.

use std::path::PathBuf;

use crate::Private;

/// Something outside of custody, as it was looked at. Nothing of it was touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Where it lies.
    pub path: Private<PathBuf>,
    /// Its name, without the folders it lies in. Hostile: only ever shown as text.
    pub name: Private<String>,
    /// A folder goes whole, with all that is in it.
    pub is_folder: bool,
    /// How many files it is.
    pub files: u64,
    /// How many bytes these have together.
    pub bytes: u64,
    /// Tells whether it is still the one that was looked at: a digest over names, places and [stamps](super::Stamp).
    pub shape: [u8; 32],
    /// Why it cannot be brought into a case, if it cannot.
    pub misfit: Option<Misfit>,
}

/// Why something is not brought into a case. It stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The reason.
    pub why: Unfit,
    /// What in a folder it is about, by its name from the folder on. A folder is brought whole or not at all.
    pub inside: Option<Private<String>>,
}

/// See [`Misfit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// A link: what it leads to would stay where it is.
    Link,
    /// It has a second name elsewhere, by which its bytes would stay.
    SecondName,
    /// Neither file nor folder.
    Special,
    /// It lies in one of Custody's own folders, or holds one.
    Ours,
    /// It cannot be read.
    Unreadable,
    /// It cannot be removed from where it lies.
    NotRemovable,
    /// Larger than the desk takes.
    TooLarge,
    /// More files, or folders deeper in each other, than are taken at once.
    TooMany,
    /// It has no bytes, or no file in it.
    Empty,
    /// Its name says that it is not complete.
    Unfinished,
    /// A program still writes to it.
    Written,
    /// It is another one than was looked at.
    Changed,
    /// It is not there, or not on a disk of this machine.
    Gone,
}

/// What may be brought.
#[derive(Clone, Debug, Default)]
pub struct Bounds {
    /// The most bytes of one file.
    pub max_file_bytes: u64,
    /// Folders that are Custody's own, besides those of this machine's desk.
    pub ours: Vec<PathBuf>,
}

/// What became of something that was to be brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brought {
    /// It lies in the drop folder of the case, and nowhere else.
    Moved,
    /// It lies in the drop folder of the case, and could not be erased where it lay: it is, or some of it is, still there.
    OriginalStays,
    /// It lies where it lay.
    Left(Misfit),
}

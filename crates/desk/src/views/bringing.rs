//! What somebody wants to have in a case, and what became of it.

use serde::Serialize;
use ts_rs::TS;

/// What somebody chose for a case. Nothing of it was touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChosenFilesView {
    /// Names this offer; nobody guesses it.
    pub token: String,
    /// The case.
    pub case: String,
    /// The thread's title.
    pub title: String,
    /// The customer's name.
    pub customer: String,
    /// How many files would be moved.
    #[ts(type = "number")]
    pub files: u64,
    /// How many bytes these have together.
    #[ts(type = "number")]
    pub bytes: u64,
    /// What would be moved: the first of it.
    pub things: Vec<ChosenView>,
    /// How much more than what is listed.
    pub more: u32,
    /// What would stay where it is: the first of it.
    pub unfit: Vec<UnfitView>,
    /// How much more than what is listed.
    pub more_unfit: u32,
}

/// A file or folder that would be moved into a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChosenView {
    /// Its name, made safe to show.
    pub name: String,
    /// It is a folder, and goes whole.
    pub folder: bool,
    /// How many files it is.
    #[ts(type = "number")]
    pub files: u64,
    /// How many bytes these have together.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// Something that stays where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct UnfitView {
    /// Its name, made safe to show.
    pub name: String,
    /// What in a folder it is about.
    pub inside: Option<String>,
    /// Why.
    pub why: UnfitWhy,
}

/// Why something is not moved into a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UnfitWhy {
    /// A link.
    Link,
    /// It has a second name elsewhere.
    SecondName,
    /// Neither file nor folder.
    Special,
    /// It is Custody's own, or holds something that is.
    Ours,
    /// It cannot be read.
    Unreadable,
    /// It cannot be removed from where it lies.
    NotRemovable,
    /// Larger than the desk takes.
    TooLarge,
    /// More files, or deeper folders, than are taken at once.
    TooMany,
    /// No bytes, or no file in it.
    Empty,
    /// Its name says that it is not complete.
    Unfinished,
    /// A program still writes to it.
    Written,
    /// It is another one than was shown.
    Changed,
    /// It is not there.
    Gone,
    /// There is no room for a copy.
    NoRoom,
    /// The disk could not do it.
    Trouble,
}

/// What became of what was to be moved into a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct BroughtView {
    /// How many files lie in the case's drop folder now, and are taken in.
    #[ts(type = "number")]
    pub files: u64,
    /// What stays where it was.
    pub left: Vec<UnfitView>,
    /// What is taken in, and could not be erased where it lay.
    pub stays: Vec<String>,
}

//! What a viewer is shown of its one file. This is the one place where content stands in a view: it goes to the window of
//! that viewer alone.

use custody_core::ports::Fault;
use serde::Serialize;
use ts_rs::TS;

/// A file that is being looked at.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ViewerView {
    /// The file's name.
    pub name: String,
    /// Why nothing more can be read, once that is so.
    #[ts(type = "Fault | null")]
    pub ended: Option<Fault>,
    /// The file itself, and then what was opened out of it, each within the one before.
    pub layers: Vec<LayerView>,
    /// As many archives within archives are followed.
    pub deepest: u32,
    /// Whether text of it may be selected, copied and printed.
    pub copies: bool,
}

/// The file, or an entry that was unpacked into memory.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LayerView {
    /// Its name. Only ever shown as text.
    pub name: String,
    /// Its bytes, as far as they are here.
    #[ts(type = "number")]
    pub size: u64,
    /// Whether there are more, which are not shown.
    pub cut: bool,
    /// How it is shown.
    pub kind: LayerKind,
    /// Of an image: its media type, and its size if it is drawn.
    pub image: Option<ImageView>,
    /// Of a text: how it is written down.
    pub encoding: Option<TextEncoding>,
    /// Of a text: its lines, as far as they were counted.
    pub lines: Option<LinesView>,
    /// Of a text: what is searched for in it.
    pub search: Option<SearchView>,
}

/// How something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LayerKind {
    /// It has no bytes.
    Empty,
    /// By lines.
    Text,
    /// As a picture.
    Image,
    /// As a list of what is in it.
    Archive,
    /// By its bytes.
    Bytes,
}

/// How text is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TextEncoding {
    /// UTF-8, or a text that is shown as if it were.
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
}

/// A picture.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ImageView {
    /// Its media type.
    pub media_type: String,
    /// Points from side to side, if it says so.
    #[ts(type = "number | null")]
    pub width: Option<u64>,
    /// Points from top to bottom, if it says so.
    #[ts(type = "number | null")]
    pub height: Option<u64>,
    /// Whether it is drawn: a huge one would fill the memory.
    pub drawn: bool,
}

/// The lines of a text.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LinesView {
    /// How many there are, as far as they were counted.
    #[ts(type = "number")]
    pub count: u64,
    /// How many bytes were counted.
    #[ts(type = "number")]
    pub counted_to: u64,
    /// Whether all of them were.
    pub done: bool,
}

/// A search.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SearchView {
    /// What is searched for.
    pub words: String,
    /// Whether capitals count.
    pub match_case: bool,
    /// How many finds there are so far.
    pub hits: u32,
    /// How many bytes were searched.
    #[ts(type = "number")]
    pub searched_to: u64,
    /// Whether nothing more is searched.
    pub done: bool,
    /// Whether there may be more finds than are counted.
    pub full: bool,
}

/// Rows of text.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RowsView {
    /// The rows, one behind the other.
    pub rows: Vec<RowView>,
}

/// A line, or a piece of a long one.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RowView {
    /// Where it begins in the file.
    #[ts(type = "number")]
    pub start: u64,
    /// Where the next one begins.
    #[ts(type = "number")]
    pub end: u64,
    /// Whether a line begins with it.
    pub begins: bool,
    /// Whether the line ends with it.
    pub ends: bool,
    /// The number of the line, once it was counted so far.
    #[ts(type = "number | null")]
    pub line: Option<u64>,
    /// The text.
    pub text: String,
    /// What is searched for: from and before, in UTF-16 units of the text.
    pub marks: Vec<(u32, u32)>,
    /// How grave the line says it is, and where it says so.
    pub level: Option<LevelView>,
}

/// How grave a line says it is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LevelView {
    /// How grave.
    pub level: LevelName,
    /// Where the word begins, in UTF-16 units of the text.
    pub from: u32,
    /// Before which unit it ends.
    pub before: u32,
}

/// How grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LevelName {
    /// An error, or worse.
    Error,
    /// A warning.
    Warn,
    /// A message.
    Info,
    /// For whoever looks for a fault.
    Debug,
    /// Every step.
    Trace,
}

/// A place in the file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlaceView {
    /// The byte; none if there is no such place, or it is not known yet.
    #[ts(type = "number | null")]
    pub place: Option<u64>,
}

/// A find of a search.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HitView {
    /// Where it begins; none if there is none.
    #[ts(type = "number | null")]
    pub place: Option<u64>,
    /// Which one it is, from 1 on.
    pub number: u32,
}

/// What is in an archive.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EntriesView {
    /// The entries, in the order of the archive.
    pub entries: Vec<EntryView>,
    /// Whether there are more, which are not listed.
    pub more: bool,
    /// Whether the list ends where the archive is damaged.
    pub broken: bool,
    /// Why it cannot be listed at all.
    pub refusal: Option<EntryRefusal>,
}

/// Something in an archive.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EntryView {
    /// Its name, as it stands there. Only ever shown as text.
    pub name: String,
    /// What it is.
    pub kind: EntryName,
    /// Its bytes, as the archive says.
    #[ts(type = "number | null")]
    pub size: Option<u64>,
    /// Its bytes in the archive.
    #[ts(type = "number | null")]
    pub packed: Option<u64>,
    /// Why it cannot be opened, if that is known already.
    pub refusal: Option<EntryRefusal>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EntryName {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link, a device or something stranger.
    Other,
}

/// What came of opening an entry.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OpenedView {
    /// Why it is not open; none if it is, as the last layer.
    pub refusal: Option<EntryRefusal>,
}

/// Why something packed is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EntryRefusal {
    /// It is not what it begins as, or is damaged.
    Broken,
    /// It is encrypted with a key of somebody else.
    Encrypted,
    /// It is packed by a method that is not unpacked here.
    Method,
    /// It has nothing in it.
    NotAFile,
    /// So little becomes so much that it was made to fill a memory.
    Bomb,
    /// There is no memory left beside what is open already.
    NoRoom,
    /// It lies too deep.
    TooDeep,
    /// There is no such entry.
    NotThere,
}

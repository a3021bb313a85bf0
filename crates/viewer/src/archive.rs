//! What is packed in an archive: a list of it, and single entries, unpacked into memory within bounds.
//!
//! Nothing is ever written anywhere, so a name is a text and no path. What an archive says of its own sizes is shown and
//! believed in nothing: the bounds are on what is really read.

use std::io::{self, Read};

use custody_core::ports::RangeSource;

use crate::{
    Kind, Refusal, ViewError, ViewResult,
    source::Reading,
    tarball::{self, Packed},
    zipped,
};

/// The most entries that are listed.
pub const MOST_ENTRIES: usize = 10_000;
/// The most bytes of an entry that are unpacked; what is longer is shown up to here.
pub const LARGEST_ENTRY: usize = 48 << 20;
/// The most bytes that are unpacked at the same time, over all that is open of a file.
pub const LARGEST_TOGETHER: usize = 96 << 20;
/// The most characters of a name.
pub const LONGEST_NAME: usize = 1_000;
/// So deep lie the last archives that are followed: the file itself is the first.
pub const DEEPEST: usize = 4;
/// The most bytes that are unpacked to list what is in a packed tar archive.
pub(crate) const LONGEST_LISTING: u64 = 512 << 20;
/// Logs shrink to a fiftieth. What grows by more than this, and to more than a screenful, was made to grow.
const LARGEST_RATIO: u64 = 200;
const ALWAYS_ALLOWED: u64 = 4 << 20;

/// What is in an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The entries, in the order of the archive.
    pub entries: Vec<Entry>,
    /// Whether there are more, which are not listed.
    pub more: bool,
    /// Whether the list ends where the archive is damaged.
    pub broken: bool,
}

/// Something in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, as it stands there. It leads nowhere: only ever shown as text.
    pub name: String,
    /// What it is.
    pub kind: EntryKind,
    /// Its bytes, as the archive says, if it does.
    pub size: Option<u64>,
    /// Its bytes in the archive, if they are its alone.
    pub packed: Option<u64>,
    /// Why it cannot be opened, if that is known already.
    pub refusal: Option<Refusal>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link, a device or something stranger.
    Other,
}

/// An entry in memory.
#[derive(Debug)]
pub struct Unpacked {
    /// Its bytes, or as many of them as are shown.
    pub bytes: Vec<u8>,
    /// Whether there are more.
    pub cut: bool,
}

/// Lists an archive of this kind.
pub fn list(kind: Kind, source: &dyn RangeSource) -> ViewResult<Listing> {
    match kind {
        Kind::Zip => zipped::list(source),
        Kind::Tar => tarball::list(&Packed::No, source),
        Kind::Gzip => tarball::list(&Packed::Gzip, source),
        Kind::Empty | Kind::Text(_) | Kind::Image(_) | Kind::Other => Err(Refusal::Broken.into()),
    }
}

/// Unpacks the entry at this place of the list into memory, of which there is so much left.
pub fn unpack(kind: Kind, source: &dyn RangeSource, index: usize, room: usize) -> ViewResult<Unpacked> {
    if index >= MOST_ENTRIES {
        return Err(Refusal::NotThere.into());
    }
    match kind {
        Kind::Zip => zipped::unpack(source, index, room),
        Kind::Tar => tarball::unpack(&Packed::No, source, index, room),
        Kind::Gzip => tarball::unpack(&Packed::Gzip, source, index, room),
        Kind::Empty | Kind::Text(_) | Kind::Image(_) | Kind::Other => Err(Refusal::Broken.into()),
    }
}

/// Reads an entry up to its bounds. `packed` says how many packed bytes were read for it so far.
pub(crate) fn fill<R: Read>(entry: &mut R, room: usize, mut packed: impl FnMut(&mut R) -> u64) -> ViewResult<Unpacked> {
    const PIECE: usize = 64 << 10;
    if room == 0 {
        return Err(Refusal::NoRoom.into());
    }
    let most = LARGEST_ENTRY.min(room);
    let mut bytes = Vec::new();
    let mut piece = vec![0; PIECE];
    loop {
        let count = match entry.read(&mut piece) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(ViewError::met(error)),
        };
        if count == 0 {
            return Ok(Unpacked { bytes, cut: false });
        }
        let taken = count.min(most - bytes.len());
        // What a vector leaves behind when it grows would not be wiped, so it grows seldom.
        if bytes.len() + taken > bytes.capacity() {
            bytes.reserve_exact((bytes.len() + taken).max(bytes.len() / 2).min(most - bytes.len()));
        }
        bytes.extend_from_slice(&piece[..taken]);
        if is_bomb(bytes.len() as u64, packed(entry)) {
            return Err(Refusal::Bomb.into());
        }
        if taken < count {
            return Ok(Unpacked { bytes, cut: true });
        }
    }
}

/// Whether so little became so much.
pub(crate) const fn is_bomb(unpacked: u64, packed: u64) -> bool {
    unpacked > ALWAYS_ALLOWED && unpacked / LARGEST_RATIO > packed
}

/// A name as it is shown: what is no text becomes the sign for that, and what is too long is cut.
pub(crate) fn shown_name(raw: &[u8]) -> String {
    let bound = raw.len().min(4 * LONGEST_NAME);
    let text = String::from_utf8_lossy(&raw[..bound]);
    match text.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None if bound < raw.len() => format!("{text}…"),
        None => text.into_owned(),
    }
}

/// Counts what is read through it.
pub(crate) struct Counted<'a> {
    reading: Reading<'a>,
    pub(crate) count: u64,
}

impl<'a> Counted<'a> {
    pub(crate) fn new(source: &'a dyn RangeSource) -> Self {
        Self { reading: Reading::new(source), count: 0 }
    }
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.reading.read(into)?;
        self.count += count as u64;
        Ok(count)
    }
}

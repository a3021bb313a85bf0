//! Tar archives, plain or packed, and single packed files. They are walked from the beginning.

use std::io::{self, Read};

use custody_core::ports::RangeSource;
use flate2::read::MultiGzDecoder;
use tar::{Archive, EntryType};

use crate::{
    Refusal, ViewError, ViewResult,
    archive::{Counted, Entry, EntryKind, LONGEST_LISTING, Listing, MOST_ENTRIES, Unpacked, fill, is_bomb, shown_name},
    head,
    kind::is_tar,
    source::Reading,
};

/// How the archive is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packed {
    /// Not at all.
    No,
    /// With gzip; then it may be one file and no archive.
    Gzip,
}

/// A tar archive begins with a header of so many bytes.
const BLOCK: u64 = 512;
/// The most bytes of a long name or of what else stands before an entry.
const LONGEST_EXTENSION: u64 = 64 << 10;

/// Looks at the content of an entry, by its place in the list, and may find in it what ends the walk.
type Look<'a, T> = &'a mut dyn FnMut(usize, &mut dyn Read) -> ViewResult<Option<T>>;

pub(crate) fn list(packed: &Packed, source: &dyn RangeSource) -> ViewResult<Listing> {
    match packed {
        Packed::No => walk_plain(source, &mut |_, _| Ok(None::<()>)).map(|(listing, _)| listing),
        Packed::Gzip if !holds_tar(source)? => Ok(single(source)?),
        Packed::Gzip => {
            let mut unpacking = MultiGzDecoder::new(Counted::new(source)).take(LONGEST_LISTING);
            walk(&mut Archive::new(&mut unpacking), &mut |_, _| Ok(None::<()>)).map(|(listing, _)| listing)
        }
    }
}

pub(crate) fn unpack(packed: &Packed, source: &dyn RangeSource, index: usize, room: usize) -> ViewResult<Unpacked> {
    let found = match packed {
        Packed::No => walk_plain(source, &mut |at, entry| take(index, at, entry, room)).map(|(_, found)| found),
        Packed::Gzip if !holds_tar(source)? => {
            let mut unpacking = MultiGzDecoder::new(Counted::new(source));
            return match index {
                0 => fill(&mut unpacking, room, |unpacking| unpacking.get_ref().count),
                _ => Err(Refusal::NotThere.into()),
            };
        }
        Packed::Gzip => {
            let mut unpacking = MultiGzDecoder::new(Counted::new(source)).take(LONGEST_LISTING);
            walk(&mut Archive::new(&mut unpacking), &mut |at, entry| take(index, at, entry, room))
                .map(|(_, found)| found)
        }
    };
    let found = found?.ok_or(Refusal::NotThere)?;
    // What an entry takes in a packed archive is not known; all of it together is.
    if is_bomb(found.bytes.len() as u64, source.size()) { Err(Refusal::Bomb.into()) } else { Ok(found) }
}

fn take(wanted: usize, at: usize, mut entry: &mut dyn Read, room: usize) -> ViewResult<Option<Unpacked>> {
    if at == wanted { fill(&mut entry, room, |_| u64::MAX).map(Some) } else { Ok(None) }
}

/// Whether what is packed begins as a tar archive does.
fn holds_tar(source: &dyn RangeSource) -> ViewResult<bool> {
    let mut begin = Vec::new();
    let outcome = MultiGzDecoder::new(Counted::new(source)).take(BLOCK).read_to_end(&mut begin);
    outcome.map_err(ViewError::met)?;
    Ok(is_tar(&begin))
}

/// One packed file: its name stands at the beginning, if anywhere. Its size stands nowhere for certain.
fn single(source: &dyn RangeSource) -> ViewResult<Listing> {
    let begin = head(source, 8 << 10)?;
    let name = flate2::read::GzDecoder::new(&begin[..]).header().and_then(|header| header.filename().map(shown_name));
    let entry = Entry {
        name: name.unwrap_or_default(),
        kind: EntryKind::File,
        size: None,
        packed: Some(source.size()),
        refusal: None,
    };
    Ok(Listing { entries: vec![entry], ..Listing::default() })
}

/// A plain archive is sought through: what is not looked at is not read.
fn walk_plain<T>(source: &dyn RangeSource, look: Look<'_, T>) -> ViewResult<(Listing, Option<T>)> {
    let mut archive = Archive::new(Reading::new(source));
    let entries = archive.entries_with_seek().map_err(ViewError::met)?.raw(true);
    walk_entries(entries, look)
}

fn walk<R: Read, T>(archive: &mut Archive<R>, look: Look<'_, T>) -> ViewResult<(Listing, Option<T>)> {
    walk_entries(archive.entries().map_err(ViewError::met)?.raw(true), look)
}

/// The entries one by one, until something is found. Long names stand in entries of their own before: the crate would read
/// them as a whole, however long they say they are.
fn walk_entries<R: Read, T>(entries: tar::Entries<'_, R>, look: Look<'_, T>) -> ViewResult<(Listing, Option<T>)> {
    let mut listing = Listing::default();
    let mut long_name: Option<Vec<u8>> = None;
    let mut extensions = 0;
    for entry in entries {
        let mut entry = match entry.map_err(met) {
            Ok(entry) => entry,
            Err(ViewError::Refused(_)) => {
                listing.broken = true;
                break;
            }
            Err(error) => return Err(error),
        };
        let kind = entry.header().entry_type();
        if kind.is_gnu_longname() || kind.is_pax_local_extensions() {
            let name = extended_name(&mut entry, kind)?;
            long_name = name.or(long_name);
        }
        if kind.is_gnu_longname()
            || kind.is_gnu_longlink()
            || kind.is_pax_local_extensions()
            || kind.is_pax_global_extensions()
        {
            extensions += 1;
            if extensions > 4 * MOST_ENTRIES {
                listing.more = true;
                break;
            }
            continue;
        }
        if listing.entries.len() == MOST_ENTRIES {
            listing.more = true;
            break;
        }
        let at = listing.entries.len();
        let listed = listed(&entry, long_name.take());
        let is_file = listed.kind == EntryKind::File;
        listing.entries.push(listed);
        if is_file && let Some(found) = look(at, &mut entry)? {
            return Ok((listing, Some(found)));
        }
    }
    Ok((listing, None))
}

fn listed<R: Read>(entry: &tar::Entry<'_, R>, long_name: Option<Vec<u8>>) -> Entry {
    let kind = match entry.header().entry_type() {
        EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => EntryKind::File,
        EntryType::Directory => EntryKind::Folder,
        _ => EntryKind::Other,
    };
    let name = long_name.map_or_else(|| shown_name(&entry.header().path_bytes()), |name| shown_name(&name));
    let size = entry.header().entry_size().ok();
    let refusal = (kind != EntryKind::File).then_some(Refusal::NotAFile);
    Entry { name, kind, size, packed: None, refusal }
}

/// The name that stands before an entry, in one of the two ways.
fn extended_name(entry: &mut impl Read, kind: EntryType) -> ViewResult<Option<Vec<u8>>> {
    let mut content = Vec::new();
    entry.take(LONGEST_EXTENSION).read_to_end(&mut content).map_err(ViewError::met)?;
    if kind.is_gnu_longname() {
        content.truncate(content.iter().position(|byte| *byte == 0).unwrap_or(content.len()));
        return Ok(Some(content));
    }
    let records = tar::PaxExtensions::new(&content).flatten();
    let name = records.filter(|record| record.key_bytes() == b"path").last();
    Ok(name.map(|record| record.value_bytes().to_vec()))
}

fn met(error: io::Error) -> ViewError {
    ViewError::met(error)
}

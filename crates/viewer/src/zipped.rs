//! Zip archives, walked entry by entry: a directory of a million entries takes no more memory than one of ten.

use std::io::{self, BufReader, Seek as _, SeekFrom};

use custody_core::ports::RangeSource;
use zip::{
    CompressionMethod, ZipReadOptions,
    read::{Config, ZipFileEntry},
    result::ZipError,
    unstable::read::ZipIterable,
};

use crate::{
    Refusal, ViewError, ViewResult,
    archive::{Entry, EntryKind, Listing, MOST_ENTRIES, Unpacked, fill, shown_name},
    source::Reading,
};

const BUFFER: usize = 64 << 10;

fn opened(source: &dyn RangeSource) -> ViewResult<ZipIterable<BufReader<Reading<'_>>>> {
    ZipIterable::try_new(BufReader::with_capacity(BUFFER, Reading::new(source)), Config::default()).map_err(met)
}

pub(crate) fn list(source: &dyn RangeSource) -> ViewResult<Listing> {
    let mut archive = opened(source)?;
    let mut listing = Listing { more: archive.len() > MOST_ENTRIES, ..Listing::default() };
    for entry in archive.files().map_err(met)?.take(MOST_ENTRIES) {
        match entry.map_err(met) {
            Ok(entry) => listing.entries.push(listed(&entry)),
            Err(ViewError::Refused(_)) => listing.broken = true,
            Err(error) => return Err(error),
        }
    }
    Ok(listing)
}

pub(crate) fn unpack(source: &dyn RangeSource, index: usize, room: usize) -> ViewResult<Unpacked> {
    let mut archive = opened(source)?;
    let entry = archive.files().map_err(met)?.nth(index).ok_or(Refusal::NotThere)?.map_err(met)?;
    if let Some(refusal) = listed(&entry).refusal {
        return Err(refusal.into());
    }
    let mut reader = Reading::new(source);
    reader.seek(SeekFrom::Start(0)).map_err(ViewError::met)?;
    let packed = entry.compressed_size();
    let mut file = entry.with_reader(&mut reader, ZipReadOptions::new()).map_err(met)?;
    fill(&mut file, room, |_| packed)
}

fn listed(entry: &ZipFileEntry<'_>) -> Entry {
    let kind = if entry.is_dir() {
        EntryKind::Folder
    } else if entry.is_symlink() {
        EntryKind::Other
    } else {
        EntryKind::File
    };
    let refusal = if kind != EntryKind::File {
        Some(Refusal::NotAFile)
    } else if entry.encrypted() {
        Some(Refusal::Encrypted)
    } else if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
        Some(Refusal::Method)
    } else {
        None
    };
    let name = entry.name().map_or_else(|_| shown_name(entry.name_raw()), |name| shown_name(name.as_bytes()));
    Entry { name, kind, size: Some(entry.size()), packed: Some(entry.compressed_size()), refusal }
}

fn met(error: ZipError) -> ViewError {
    match error {
        ZipError::Io(error) => ViewError::met(error),
        ZipError::UnsupportedArchive(_) => Refusal::Method.into(),
        other => ViewError::met(io::Error::other(other)),
    }
}

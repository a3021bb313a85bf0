//! Where the bytes come from: a held file, or something unpacked into memory.

use std::{
    fmt,
    io::{self, Read, Seek, SeekFrom},
};

use custody_core::ports::{PortResult, RangeSource};
use zeroize::Zeroizing;

/// Bytes in memory, wiped when they are no longer needed.
pub struct InMemory(Zeroizing<Vec<u8>>);

impl InMemory {
    /// These bytes.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl fmt::Debug for InMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemory").field("size", &self.0.len()).finish_non_exhaustive()
    }
}

impl RangeSource for InMemory {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn check(&self) -> PortResult<()> {
        Ok(())
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> PortResult<usize> {
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(self.0.len());
        let count = into.len().min(self.0.len() - from);
        into[..count].copy_from_slice(&self.0[from..from + count]);
        Ok(count)
    }
}

/// How a file begins: at most so many bytes.
pub fn head(source: &dyn RangeSource, most: usize) -> PortResult<Vec<u8>> {
    range(source, 0, most as u64)
}

/// The bytes from one place on, at most so many; fewer at the end alone.
pub(crate) fn range(source: &dyn RangeSource, from: u64, most: u64) -> PortResult<Vec<u8>> {
    let left = source.size().saturating_sub(from).min(most);
    let mut bytes = vec![0; usize::try_from(left).unwrap_or(usize::MAX)];
    let count = source.read_at(from, &mut bytes)?;
    bytes.truncate(count);
    Ok(bytes)
}

/// A source as the unpacking crates take it. What the source meets is in the error, and found again there.
pub struct Reading<'a> {
    source: &'a dyn RangeSource,
    at: u64,
}

impl fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading").field("at", &self.at).finish_non_exhaustive()
    }
}

impl<'a> Reading<'a> {
    /// From the beginning.
    pub fn new(source: &'a dyn RangeSource) -> Self {
        Self { source, at: 0 }
    }
}

impl Read for Reading<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read_at(self.at, into).map_err(io::Error::other)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Reading<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.source.size().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

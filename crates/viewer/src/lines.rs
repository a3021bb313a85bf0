//! Which line is where, for a text of any size: how many line feeds there are before each of some thousand places.

use std::ops::Range;

use custody_core::ports::{PortResult, RangeSource};

use crate::{Encoding, source::range};

/// The most places that are remembered, whatever the size.
const MOST_PLACES: u64 = 1 << 15;
/// Places are this far apart at least.
const NEAREST: u64 = 64 << 10;
/// As much is counted at a time.
const STEP: u64 = 1 << 20;

/// The line feeds before each place, as far as they were counted.
#[derive(Clone, Debug)]
pub struct LineIndex {
    encoding: Encoding,
    size: u64,
    /// How far the places are apart.
    apart: u64,
    /// Line feeds before each place, the first of which is where the text begins.
    before: Vec<u64>,
    counted_to: u64,
    feeds: u64,
    ends_with_feed: bool,
}

/// What was counted of one step.
#[derive(Clone, Debug)]
pub struct Counted {
    from: u64,
    feeds: Vec<(u64, u64)>,
    ends_with_feed: bool,
}

impl LineIndex {
    /// Of a text of this size, in which nothing was counted yet.
    pub fn new(size: u64, encoding: Encoding) -> Self {
        let begin = encoding.bom().min(size);
        let apart = NEAREST.max((size / MOST_PLACES).next_power_of_two());
        Self { encoding, size, apart, before: vec![0], counted_to: begin, feeds: 0, ends_with_feed: true }
    }

    fn begin(&self) -> u64 {
        self.encoding.bom().min(self.size)
    }

    /// How far it was counted.
    pub const fn counted_to(&self) -> u64 {
        self.counted_to
    }

    /// Whether all of it was counted.
    pub const fn is_done(&self) -> bool {
        self.counted_to >= self.size
    }

    /// How many lines there are, as far as it was counted.
    pub const fn lines(&self) -> u64 {
        self.feeds + !self.ends_with_feed as u64
    }

    /// What is to be counted next; `None` once all of it was.
    pub fn next(&self) -> Option<Range<u64>> {
        (!self.is_done()).then(|| self.counted_to..(self.counted_to + STEP.max(self.apart)).min(self.size))
    }

    /// Counts a step. Takes no lock and changes nothing: it may take a while.
    pub fn count(&self, source: &dyn RangeSource, step: Range<u64>) -> PortResult<Counted> {
        let bytes = range(source, step.start, step.end - step.start)?;
        let pieces = bytes.chunks(usize::try_from(self.apart).unwrap_or(usize::MAX));
        let feeds = pieces.map(|piece| (piece.len() as u64, self.encoding.line_feeds(piece))).collect();
        let unit = self.encoding.unit() as usize;
        let last = bytes.len().saturating_sub(unit);
        let ends_with_feed = self.encoding.line_end(&bytes, last / unit * unit).is_some();
        Ok(Counted { from: step.start, feeds, ends_with_feed })
    }

    /// Takes what was counted.
    pub fn add(&mut self, counted: &Counted) {
        if counted.from != self.counted_to {
            return;
        }
        for (length, feeds) in &counted.feeds {
            self.counted_to += length;
            self.feeds += feeds;
            if (self.counted_to - self.begin()).is_multiple_of(self.apart) {
                self.before.push(self.feeds);
            }
        }
        self.ends_with_feed = counted.ends_with_feed;
    }

    /// The number, from 1 on, of the line that holds this place; `None` if it was not counted so far yet.
    pub fn line_at(&self, source: &dyn RangeSource, place: u64) -> PortResult<Option<u64>> {
        let begin = self.begin();
        let place = place.max(begin);
        let number = (place - begin) / self.apart;
        let Some(before) = usize::try_from(number).ok().and_then(|number| self.before.get(number)) else {
            return Ok(None);
        };
        let from = begin + number * self.apart;
        let bytes = range(source, from, place - from)?;
        Ok(Some(before + self.encoding.line_feeds(&bytes) + 1))
    }

    /// Where the line of this number begins; `None` if there is none, or it was not counted so far yet.
    pub fn place_of(&self, source: &dyn RangeSource, line: u64) -> PortResult<Option<u64>> {
        let Some(feeds) = line.checked_sub(1).filter(|_| line <= self.lines().max(1)) else { return Ok(None) };
        let number = self.before.partition_point(|before| *before < feeds).saturating_sub(1);
        let from = self.begin() + number as u64 * self.apart;
        let mut missing = feeds - self.before.get(number).copied().unwrap_or_default();
        let bytes = range(source, from, self.apart)?;
        let mut at = 0;
        while missing > 0 {
            let Some(next) = self.encoding.line_end(&bytes, at) else { return Ok(None) };
            (at, missing) = (next, missing - 1);
        }
        Ok(Some(from + at as u64))
    }
}

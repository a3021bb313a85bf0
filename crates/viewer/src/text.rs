//! Text by rows: a line, or a piece of a line that is too long for one.
//!
//! Where a row begins follows from the bytes just before it alone, so rows are the same whether one comes from above, from
//! below or from nowhere, and a line of any length costs no more than a short one:
//! a line is cut at each multiple of [`PIECE`] before which it has run for at least [`PIECE`] bytes.

use std::ops::Range;

use custody_core::ports::{PortResult, RangeSource};

use crate::{
    Finder,
    level::{Level, level_of},
    source::range,
};

/// See the module.
pub const PIECE: u64 = 4 << 10;
/// The most bytes that are given as rows at a time,
const MOST_AT_A_TIME: u64 = 512 << 10;
/// and how many are tried first.
const FEW_AT_A_TIME: u64 = 32 << 10;
/// A cut moves behind the character that it would split.
const LONGEST_CHARACTER: u64 = 4;

/// How text is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8. What is none is shown as the sign for that.
    Utf8 {
        /// Whether it begins with a mark that says so.
        marked: bool,
    },
    /// UTF-16 with the lower byte first.
    Utf16Le,
    /// UTF-16 with the higher byte first.
    Utf16Be,
}

impl Encoding {
    /// By the mark at the beginning.
    pub fn of(head: &[u8]) -> Self {
        match head {
            [0xff, 0xfe, ..] => Self::Utf16Le,
            [0xfe, 0xff, ..] => Self::Utf16Be,
            _ => Self::Utf8 { marked: head.starts_with(&[0xef, 0xbb, 0xbf]) },
        }
    }

    /// How many bytes the mark has.
    pub const fn bom(self) -> u64 {
        match self {
            Self::Utf8 { marked: true } => 3,
            Self::Utf8 { marked: false } => 0,
            Self::Utf16Le | Self::Utf16Be => 2,
        }
    }

    /// How many bytes stand for a sign at least.
    pub(crate) const fn unit(self) -> u64 {
        match self {
            Self::Utf8 { .. } => 1,
            Self::Utf16Le | Self::Utf16Be => 2,
        }
    }

    /// Behind the next line feed at or behind `from`. The bytes begin at a whole unit.
    pub(crate) fn line_end(self, bytes: &[u8], from: usize) -> Option<usize> {
        match self {
            Self::Utf8 { .. } => memchr::memchr(b'\n', &bytes[from..]).map(|at| from + at + 1),
            Self::Utf16Le | Self::Utf16Be => {
                let feed = if self == Self::Utf16Le { [b'\n', 0] } else { [0, b'\n'] };
                let unit = bytes[from..].as_chunks::<2>().0.iter().position(|unit| *unit == feed)?;
                Some(from + 2 * unit + 2)
            }
        }
    }

    /// Behind the last line feed that ends at or before the end of these bytes.
    fn last_line_end(self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Utf8 { .. } => memchr::memrchr(b'\n', bytes).map(|at| at + 1),
            Self::Utf16Le | Self::Utf16Be => {
                let feed = if self == Self::Utf16Le { [b'\n', 0] } else { [0, b'\n'] };
                let unit = bytes.as_chunks::<2>().0.iter().rposition(|unit| *unit == feed)?;
                Some(2 * unit + 2)
            }
        }
    }

    /// How many line feeds there are. The bytes begin at a whole unit.
    pub(crate) fn line_feeds(self, bytes: &[u8]) -> u64 {
        match self {
            Self::Utf8 { .. } => memchr::memchr_iter(b'\n', bytes).count() as u64,
            Self::Utf16Le | Self::Utf16Be => {
                let feed = if self == Self::Utf16Le { [b'\n', 0] } else { [0, b'\n'] };
                bytes.as_chunks::<2>().0.iter().filter(|unit| **unit == feed).count() as u64
            }
        }
    }

    /// By how much a cut before these bytes moves on, so that it splits no character.
    fn split(self, bytes: &[u8]) -> u64 {
        match self {
            Self::Utf8 { .. } => bytes.iter().take(3).take_while(|byte| **byte & 0xc0 == 0x80).count() as u64,
            Self::Utf16Le => u64::from(matches!(bytes, [_, 0xdc..=0xdf, ..])) * 2,
            Self::Utf16Be => u64::from(matches!(bytes, [0xdc..=0xdf, ..])) * 2,
        }
    }

    /// As text; what is none becomes the sign for that.
    pub(crate) fn decode(self, bytes: &[u8]) -> String {
        let units = |of: fn([u8; 2]) -> u16| {
            let units = bytes.as_chunks::<2>().0.iter().map(|unit| of(*unit));
            char::decode_utf16(units).map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        };
        match self {
            Self::Utf8 { .. } => String::from_utf8_lossy(bytes).into_owned(),
            Self::Utf16Le => units(u16::from_le_bytes),
            Self::Utf16Be => units(u16::from_be_bytes),
        }
    }
}

/// A row of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it begins in the file.
    pub start: u64,
    /// Where the next one begins.
    pub end: u64,
    /// Whether a line begins with it, and not only a piece of one.
    pub begins: bool,
    /// Whether the line ends with it.
    pub ends: bool,
    /// Without the end of the line.
    pub text: String,
    /// What is searched for, as ranges of UTF-16 units of the text.
    pub marks: Vec<Range<u32>>,
    /// How grave the line says it is, and where, in UTF-16 units.
    pub level: Option<(Level, Range<u32>)>,
}

/// A text that is read by rows.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    source: &'a dyn RangeSource,
    encoding: Encoding,
}

impl std::fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Text").field("encoding", &self.encoding).finish_non_exhaustive()
    }
}

struct Span {
    start: u64,
    end: u64,
    begins: bool,
    ends: bool,
}

impl<'a> Text<'a> {
    /// This source, read so.
    pub const fn new(source: &'a dyn RangeSource, encoding: Encoding) -> Self {
        Self { source, encoding }
    }

    /// The row that holds this place and those after it, at most so many.
    pub fn from(&self, place: u64, most: usize, finder: Option<&Finder>) -> PortResult<Vec<Row>> {
        let start = self.row_start(place)?;
        // Most lines are short.
        let mut reach = FEW_AT_A_TIME;
        loop {
            let mut spans = Vec::new();
            let bytes = self.spans(start, start.saturating_add(reach), most, &mut spans)?;
            let is_end = spans.last().is_none_or(|last| last.end >= self.source.size());
            if spans.len() >= most || is_end || reach >= MOST_AT_A_TIME {
                return Ok(self.rows(&spans, start, &bytes, finder));
            }
            reach = MOST_AT_A_TIME;
        }
    }

    /// The rows before the one that holds this place, at most so many.
    pub fn before(&self, place: u64, most: usize, finder: Option<&Finder>) -> PortResult<Vec<Row>> {
        let end = self.row_start(place)?;
        let mut back = FEW_AT_A_TIME;
        loop {
            let start = self.row_start(end.saturating_sub(back))?;
            let mut spans = Vec::new();
            let bytes = self.spans(start, end, usize::MAX, &mut spans)?;
            let is_enough = spans.len() >= most || start <= self.begin() || back >= MOST_AT_A_TIME;
            if is_enough {
                let spans = spans.split_off(spans.len().saturating_sub(most));
                return Ok(self.rows(&spans, start, &bytes, finder));
            }
            back = MOST_AT_A_TIME;
        }
    }

    fn begin(&self) -> u64 {
        self.encoding.bom().min(self.source.size())
    }

    /// Where the row begins that holds this place; at the end, where the last one does that has something in it.
    pub fn row_start(&self, place: u64) -> PortResult<u64> {
        let (begin, unit) = (self.begin(), self.encoding.unit());
        let place = place.min(self.source.size().saturating_sub(unit)).max(begin);
        let place = begin + (place - begin) / unit * unit;
        let from = place.saturating_sub(3 * PIECE + LONGEST_CHARACTER).max(begin);
        let from = begin + (from - begin) / unit * unit;
        let bytes = range(self.source, from, place - from + LONGEST_CHARACTER)?;
        let before = &bytes[..bytes.len().min((place - from) as usize)];
        let line = self.encoding.last_line_end(before).map(|at| from + at as u64);
        // What is further back than this only has to be far enough.
        let line = line.unwrap_or(from);
        let mut cut = place / PIECE * PIECE;
        while cut >= line.saturating_add(PIECE) {
            let at = cut + self.encoding.split(bytes.get((cut - from) as usize..).unwrap_or_default());
            if at <= place {
                return Ok(at);
            }
            cut -= PIECE;
        }
        Ok(line)
    }

    /// The rows from one row's beginning on, as far as `end` and at most so many, and the bytes that they are in.
    fn spans(&self, start: u64, end: u64, most: usize, into: &mut Vec<Span>) -> PortResult<Vec<u8>> {
        let size = self.source.size();
        let unit = self.encoding.unit();
        // A row is given as a whole, however far behind the end it goes on.
        let bytes = range(self.source, start, end.min(size).saturating_sub(start) + 2 * PIECE + LONGEST_CHARACTER)?;
        let mut begins = start <= self.begin() || {
            let before = range(self.source, start - unit, unit)?;
            self.encoding.line_end(&before, 0).is_some()
        };
        let mut at = start;
        while at < end.min(size) && into.len() < most {
            let cut = if begins { at.div_ceil(PIECE) * PIECE + PIECE } else { (at / PIECE + 1) * PIECE };
            let local = (at - start) as usize;
            let (next, ends) = match self.encoding.line_end(&bytes, local).map(|next| start + next as u64) {
                Some(next) if next <= cut => (next, true),
                _ if size <= cut => (size, true),
                _ => {
                    let behind = bytes.get((cut - start) as usize..).unwrap_or_default();
                    (cut + self.encoding.split(behind), false)
                }
            };
            into.push(Span { start: at, end: next, begins, ends });
            (at, begins) = (next, ends);
        }
        Ok(bytes)
    }

    fn rows(&self, spans: &[Span], start: u64, bytes: &[u8], finder: Option<&Finder>) -> Vec<Row> {
        spans
            .iter()
            .map(|span| self.row(span, &bytes[local(span.start, start, bytes)..local(span.end, start, bytes)], finder))
            .collect()
    }

    fn row(&self, span: &Span, bytes: &[u8], finder: Option<&Finder>) -> Row {
        let mut text = self.encoding.decode(bytes);
        if span.ends && text.ends_with('\n') {
            text.pop();
            if text.ends_with('\r') {
                text.pop();
            }
        }
        let units = Units::of(&text);
        let marks = finder.map(|finder| finder.find_in_text(&text).map(|found| units.range(found)).collect());
        let level = if span.begins { level_of(&text) } else { None };
        let level = level.map(|(level, word)| (level, units.range(word)));
        let Span { start, end, begins, ends } = *span;
        Row { start, end, begins, ends, marks: marks.unwrap_or_default(), level, text }
    }
}

fn local(at: u64, start: u64, bytes: &[u8]) -> usize {
    ((at - start) as usize).min(bytes.len())
}

/// The page counts in UTF-16 units.
struct Units<'a> {
    text: &'a str,
    is_ascii: bool,
}

impl<'a> Units<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, is_ascii: text.is_ascii() }
    }

    fn at(&self, byte: usize) -> u32 {
        let count = if self.is_ascii { byte } else { self.text[..byte].encode_utf16().count() };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    fn range(&self, bytes: Range<usize>) -> Range<u32> {
        self.at(bytes.start)..self.at(bytes.end)
    }
}

//! Looking for words in a text of any size: step by step, and no more places kept than somebody could walk through.

use std::{borrow::Cow, ops::Range};

use custody_core::ports::{PortResult, RangeSource};
use regex::bytes::{Regex, RegexBuilder};

use crate::{Encoding, source::range};

/// As much is searched at a time.
const STEP: u64 = 1 << 20;

/// Finds some words, as they are written; no pattern.
#[derive(Clone, Debug)]
pub struct Finder {
    encoding: Encoding,
    pattern: Regex,
    /// No find is longer than this, in bytes of the file.
    longest: u64,
}

impl Finder {
    /// The most characters that are searched for.
    pub const LONGEST: usize = 200;

    /// Finds these words; `None` if there are none, or too many of them.
    pub fn new(words: &str, match_case: bool, encoding: Encoding) -> Option<Self> {
        if words.is_empty() || words.chars().count() > Self::LONGEST || words.contains('\n') {
            return None;
        }
        let pattern = RegexBuilder::new(&regex::escape(words)).case_insensitive(!match_case).build().ok()?;
        // A letter may have another length in the other case: three bytes for one at the most.
        Some(Self { encoding, pattern, longest: 4 * words.len() as u64 + 4 })
    }

    /// Where they are in a text.
    pub fn find_in_text<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        // Matches of a pattern that is made of text begin and end between characters.
        self.pattern.find_iter(text.as_bytes()).map(|found| found.range())
    }

    /// Where they are in bytes of the file, which begin at a whole unit.
    fn find_in_bytes(&self, bytes: &[u8]) -> Vec<Range<u64>> {
        let text = match self.encoding {
            Encoding::Utf8 { .. } => Cow::Borrowed(bytes),
            Encoding::Utf16Le | Encoding::Utf16Be => Cow::Owned(self.encoding.decode(bytes).into_bytes()),
        };
        let found = self.pattern.find_iter(&text).map(|found| found.range());
        match self.encoding {
            Encoding::Utf8 { .. } => found.map(|range| range.start as u64..range.end as u64).collect(),
            Encoding::Utf16Le | Encoding::Utf16Be => {
                let (mut seen, mut place) = (0, 0_u64);
                let mut place_of = |at: usize| {
                    place += 2 * String::from_utf8_lossy(&text[seen..at]).encode_utf16().count() as u64;
                    seen = at;
                    place
                };
                found.map(|range| place_of(range.start)..place_of(range.end)).collect()
            }
        }
    }
}

/// A search under way.
#[derive(Clone, Debug)]
pub struct Search {
    finder: Finder,
    size: u64,
    hits: Vec<u64>,
    searched_to: u64,
}

/// A step of a search. It stands for itself, so that nothing is held while it is taken.
#[derive(Clone, Debug)]
pub struct Step {
    finder: Finder,
    from: u64,
    end: u64,
}

impl Step {
    /// Searches it.
    pub fn take(&self, source: &dyn RangeSource) -> PortResult<Found> {
        let Self { finder, from, end } = self;
        // A find may begin before the end of the step and end behind it.
        let bytes = range(source, *from, end - from + finder.longest)?;
        let mut next = *end;
        let mut hits = Vec::new();
        for found in finder.find_in_bytes(&bytes) {
            if from + found.start >= *end {
                break;
            }
            hits.push(from + found.start);
            next = next.max(from + found.end);
        }
        Ok(Found { from: *from, hits, next })
    }
}

/// What one step found.
#[derive(Clone, Debug)]
pub struct Found {
    from: u64,
    hits: Vec<u64>,
    next: u64,
}

impl Search {
    /// The most finds that are kept; then the search ends.
    pub const MOST_HITS: usize = 100_000;

    /// Of a text of this size, from its beginning.
    pub fn new(finder: Finder, size: u64) -> Self {
        let searched_to = finder.encoding.bom().min(size);
        Self { finder, size, hits: Vec::new(), searched_to }
    }

    /// What is searched for.
    pub const fn finder(&self) -> &Finder {
        &self.finder
    }

    /// Where each find begins, in order.
    pub fn hits(&self) -> &[u64] {
        &self.hits
    }

    /// How far it was searched.
    pub const fn searched_to(&self) -> u64 {
        self.searched_to
    }

    /// Whether there may be more finds than are kept.
    pub fn is_full(&self) -> bool {
        self.hits.len() >= Self::MOST_HITS
    }

    /// Whether nothing more is searched.
    pub fn is_done(&self) -> bool {
        self.searched_to >= self.size || self.is_full()
    }

    /// What is to be searched next.
    pub fn next_step(&self) -> Step {
        let from = self.searched_to;
        Step { finder: self.finder.clone(), from, end: (from + STEP).min(self.size) }
    }

    /// Takes what was found.
    pub fn add(&mut self, found: Found) {
        if found.from == self.searched_to {
            let room = Self::MOST_HITS - self.hits.len();
            self.hits.extend(found.hits.into_iter().take(room));
            self.searched_to = found.next.min(self.size);
        }
    }
}

//! What the page of a viewer brings along. Which file is meant follows from its window.

use serde::{Deserialize, Deserializer, de::Error};
use ts_rs::TS;

/// The most rows that are read at a time.
const MOST_ROWS: u32 = 500;
/// The most bytes that are read at a time.
const MOST_BYTES: u32 = 1 << 20;
/// The most characters that are searched for.
const LONGEST_WORDS: usize = 200;
/// As far as a page can count without losing the last digit.
const FURTHEST: u64 = (1 << 53) - 1;

/// Rows of a text.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadRows {
    /// Which layer: 0 is the file itself.
    pub layer: u32,
    /// From the row that holds this place on.
    #[serde(deserialize_with = "place")]
    #[ts(type = "number")]
    pub place: u64,
    /// Whether those before it are meant.
    pub before: bool,
    /// How many at most.
    #[serde(deserialize_with = "rows")]
    pub most: u32,
}

/// Bytes as they are.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadBytes {
    /// Which layer.
    pub layer: u32,
    /// From this place on.
    #[serde(deserialize_with = "place")]
    #[ts(type = "number")]
    pub place: u64,
    /// How many at most.
    #[serde(deserialize_with = "bytes")]
    pub most: u32,
}

/// A line.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FindLine {
    /// Which layer.
    pub layer: u32,
    /// Its number, from 1 on.
    #[serde(deserialize_with = "place")]
    #[ts(type = "number")]
    pub line: u64,
}

/// What is searched for; nothing ends the search.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SearchText {
    /// Which layer.
    pub layer: u32,
    /// As it is written, no pattern.
    #[serde(deserialize_with = "words")]
    pub words: String,
    /// Whether capitals count.
    pub match_case: bool,
}

/// The find next to a place.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FindHit {
    /// Which layer.
    pub layer: u32,
    /// The place.
    #[serde(deserialize_with = "place")]
    #[ts(type = "number")]
    pub place: u64,
    /// Whether the one before it is meant.
    pub backwards: bool,
}

/// Which layer.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfLayer {
    /// The layer.
    pub layer: u32,
}

/// An entry of an archive.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenEntry {
    /// The layer that is the archive.
    pub layer: u32,
    /// Its place in the list.
    pub index: u32,
}

// What somebody searches for may be a name: it stands in no log.
impl std::fmt::Debug for SearchText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchText").field("layer", &self.layer).finish_non_exhaustive()
    }
}

fn place<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let place = u64::deserialize(deserializer)?;
    if place <= FURTHEST { Ok(place) } else { Err(Error::custom("no file is so long")) }
}

fn rows<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    within(u32::deserialize(deserializer)?, MOST_ROWS)
}

fn bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    within(u32::deserialize(deserializer)?, MOST_BYTES)
}

fn within<E: Error>(wished: u32, most: u32) -> Result<u32, E> {
    if (1..=most).contains(&wished) { Ok(wished) } else { Err(E::custom("too many at a time, or none")) }
}

fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let words = String::deserialize(deserializer)?;
    let fits = words.chars().count() <= LONGEST_WORDS;
    if fits { Ok(words) } else { Err(D::Error::custom("a search has at most 200 characters")) }
}

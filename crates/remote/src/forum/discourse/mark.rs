//! What was seen of each source, kept by the ledger between two visits.
//!
//! Lists are ordered by the last bump, so a visit reads from the top to what it knows. That alone is not enough: making a
//! thread private bumps nothing, so a thread can enter an inbox far down. Therefore every thread seen is remembered, by
//! its number and a checksum of what the list says of it (about seven characters for each), and pages further down are
//! visited in turn.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::api::ListedTopic;

/// Another number makes older marks start over.
const VERSION: u8 = 1;

/// More is not ours.
const LONGEST: usize = 8 * 1024 * 1024;

/// The oldest threads are forgotten beyond this; being seen again, they are named again.
const MOST_KNOWN: usize = 100_000;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    version: u8,
    pub sources: BTreeMap<String, Seen>,
}

impl Mark {
    /// Reads a mark. One that cannot be read starts over: then threads are named again, and none is left out.
    pub(super) fn read(text: Option<&str>) -> Self {
        text.filter(|text| text.len() <= LONGEST)
            .and_then(|text| serde_json::from_str::<Self>(text).ok())
            .filter(|mark| mark.version == VERSION)
            .unwrap_or(Self { version: VERSION, sources: BTreeMap::new() })
    }

    pub(super) fn write(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

/// What was seen of one source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seen {
    /// The newest bump, in milliseconds since 1970.
    pub newest: Option<i64>,
    /// Pages that the last visit did not come to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backlog: Option<Backlog>,
    /// The page whose turn it is among those further down.
    #[serde(default)]
    pub patrol: u32,
    pub known: Known,
}

/// Pages still to be visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Backlog {
    pub page: u32,
    /// Down to this bump; to the end of the list without it.
    pub until: Option<i64>,
}

/// Threads seen, each with a checksum of what the list said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known(BTreeMap<i64, u32>);

impl Known {
    /// Notes what the list says now and returns whether that is new.
    pub(super) fn note(&mut self, topic: &ListedTopic) -> bool {
        let sum = checksum(topic);
        let is_new = self.0.insert(topic.id, sum) != Some(sum);
        while self.0.len() > MOST_KNOWN {
            self.0.pop_first();
        }
        is_new
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.0.len()
    }

    /// Differences of the numbers, seven bits to a byte, each followed by its checksum.
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.0.len() * 6);
        let mut last = 0;
        for (id, sum) in &self.0 {
            // Numbers of topics are positive; others never get in.
            let mut step = id.abs_diff(last);
            last = *id;
            while step >= 0x80 {
                bytes.push((step as u8 & 0x7f) | 0x80);
                step >>= 7;
            }
            bytes.push(step as u8);
            bytes.extend_from_slice(&sum.to_le_bytes());
        }
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut known = BTreeMap::new();
        let mut last: i64 = 0;
        let mut rest = bytes;
        while !rest.is_empty() {
            let mut step: u64 = 0;
            let mut shift = 0;
            loop {
                let (byte, after) = rest.split_first()?;
                rest = after;
                step |= u64::from(byte & 0x7f).checked_shl(shift)?;
                shift += 7;
                if byte & 0x80 == 0 {
                    break;
                }
                if shift > 63 {
                    return None;
                }
            }
            last = last.checked_add(i64::try_from(step).ok()?)?;
            let (sum, after) = rest.split_first_chunk::<4>()?;
            rest = after;
            known.insert(last, u32::from_le_bytes(*sum));
        }
        Some(Self(known))
    }
}

impl Serialize for Known {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD_NO_PAD.encode(self.to_bytes()))
    }
}

impl<'de> Deserialize<'de> for Known {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| D::Error::custom("not base64"))?;
        Self::from_bytes(&bytes).ok_or_else(|| D::Error::custom("not a list of topics"))
    }
}

/// FNV-1a over everything in a list that a change may show in.
fn checksum(topic: &ListedTopic) -> u32 {
    let numbers = [topic.bumped_at.map(|at| at.as_millisecond()), topic.highest_post_number, topic.posts_count];
    let flags = [topic.closed, topic.archived, topic.visible, topic.has_accepted_answer];
    let numbers = numbers.iter().flat_map(|number| number.unwrap_or(-1).to_le_bytes());
    let flags = flags.iter().map(|flag| flag.map_or(2, u8::from));
    numbers.chain(flags).fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(id: i64, highest: i64) -> ListedTopic {
        ListedTopic {
            id,
            bumped_at: Some("2026-09-30T08:15:42.113Z".parse().unwrap()),
            highest_post_number: Some(highest),
            posts_count: Some(3),
            closed: Some(false),
            archived: Some(false),
            visible: Some(true),
            has_accepted_answer: None,
            assigned_to_user: None,
        }
    }

    #[test]
    fn every_field_of_a_list_that_can_change_is_noticed() {
        let mut known = Known::default();
        assert!(known.note(&topic(7, 4)));
        assert!(!known.note(&topic(7, 4)));
        let later = Some("2026-09-30T08:15:42.114Z".parse().unwrap());
        for changed in [
            ListedTopic { bumped_at: later, ..topic(7, 4) },
            topic(7, 5),
            ListedTopic { posts_count: Some(2), ..topic(7, 4) },
            ListedTopic { closed: Some(true), ..topic(7, 4) },
            ListedTopic { archived: Some(true), ..topic(7, 4) },
            ListedTopic { visible: Some(false), ..topic(7, 4) },
            ListedTopic { has_accepted_answer: Some(true), ..topic(7, 4) },
        ] {
            assert!(known.clone().note(&changed));
        }
    }

    #[test]
    fn ten_thousand_threads_are_remembered_in_less_than_ninety_kilobytes() {
        let mut seen = Seen { newest: Some(1), ..Seen::default() };
        for id in 0..10_000 {
            seen.known.note(&topic(1000 + id * 3, id));
        }
        let mark = Mark { version: VERSION, sources: BTreeMap::from([("inbox".to_owned(), seen)]) };
        let text = mark.write().unwrap();
        assert!(text.len() < 90_000, "{}", text.len());
        let back = Mark::read(Some(&text));
        assert_eq!(back.sources, mark.sources);
        assert_eq!(back.sources.get("inbox").unwrap().known.len(), 10_000);
    }

    #[test]
    fn a_mark_that_cannot_be_read_starts_over() {
        for text in [
            "",
            "null",
            "{}",
            "{\"version\":2,\"sources\":{}}",
            "{\"version\":1,\"sources\":{\"inbox\":{\"known\":\"%\"}}}",
            "{\"version\":1,\"sources\":{\"inbox\":{\"known\":\"gICAgICAgICAgIA\"}}}",
            "{\"version\":1,\"sources\":{\"inbox\":{\"known\":\"AA\"}}}",
        ] {
            assert!(Mark::read(Some(text)).sources.is_empty(), "{text}");
        }
        assert!(Mark::read(None).sources.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn bytes_of_any_kind_are_read_or_refused(bytes: Vec<u8>) {
            if let Some(known) = Known::from_bytes(&bytes) {
                assert_eq!(Known::from_bytes(&known.to_bytes()), Some(known));
            }
        }
    }
}

//! Up to where a tracker's list was read. Only the tracker's own clock counts in it, so that no difference between the two
//! clocks and no time zone can hide a change.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How far each reading reaches back over the one before: lists lag behind, and a change may be written under the time at
/// which it began.
pub(super) const OVERLAP: SignedDuration = SignedDuration::from_mins(5);

/// Times of change have a resolution of a second in most trackers: within it, a second change cannot be told from the first.
const RESOLUTION: SignedDuration = SignedDuration::from_secs(2);

/// What is remembered between two readings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    /// The newest change seen.
    pub newest: Timestamp,
    /// Tickets of ours that changed within the overlap, so that they are not named anew with every reading.
    #[serde(default)]
    named: BTreeMap<String, Named>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Named {
    updated: Timestamp,
    /// When it was first named under this time, by our clock.
    at: Timestamp,
    /// Named again once the resolution had passed.
    settled: bool,
}

impl Mark {
    pub(super) const fn new(newest: Timestamp) -> Self {
        Self { newest, named: BTreeMap::new() }
    }

    /// Reads a mark. What is not one is none: everything is read again then.
    pub(super) fn read(text: Option<&str>) -> Option<Self> {
        serde_json::from_str(text?).ok()
    }

    pub(super) fn write(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// From when on changes are to be listed.
    pub(super) fn since(&self) -> Timestamp {
        earlier(self.newest, OVERLAP)
    }

    /// Notes that a ticket stands in the list as changed at `updated`; whether it is to be named.
    pub(super) fn note(&mut self, key: &str, updated: Timestamp, now: Timestamp) -> bool {
        match self.named.get_mut(key) {
            Some(named) if named.updated == updated && named.settled => false,
            Some(named) if named.updated == updated && named.at <= now => {
                named.settled = now.duration_since(named.at) >= RESOLUTION;
                true
            }
            _ => {
                self.named.insert(key.to_owned(), Named { updated, at: now, settled: false });
                true
            }
        }
    }

    /// Moves on to the newest change seen, and forgets what no list will show again.
    pub(super) fn move_on(&mut self, newest: Timestamp) {
        self.newest = self.newest.max(newest);
        let since = self.since();
        self.named.retain(|_, named| named.updated >= since);
    }
}

fn earlier(time: Timestamp, span: SignedDuration) -> Timestamp {
    time.checked_sub(span).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_change_is_named_again_until_its_second_is_surely_over_and_then_no_more() {
        let mut mark = Mark::new(at(1000));
        assert!(mark.note("7", at(1000), at(5000)));
        assert!(mark.note("7", at(1000), at(5001)), "a second change in the same second looks like the first");
        assert!(mark.note("7", at(1000), at(5002)));
        assert!(!mark.note("7", at(1000), at(5003)));
        assert!(mark.note("7", at(1001), at(5004)), "changed again");
    }

    #[test]
    fn a_mark_keeps_no_more_than_its_overlap() {
        let mut mark = Mark::new(at(1000));
        mark.note("7", at(1000), at(5000));
        mark.note("8", at(1200), at(5000));
        mark.move_on(at(1400));
        assert_eq!(mark.since(), at(1100));
        let again = Mark::read(Some(&mark.write().unwrap())).unwrap();
        assert_eq!(again, mark);
        assert_eq!(again.named.keys().collect::<Vec<_>>(), ["8"]);
        mark.move_on(at(900));
        assert_eq!(mark.newest, at(1400), "never back");
    }

    #[test]
    fn what_is_no_mark_is_none() {
        for text in [None, Some(""), Some("{}"), Some("17"), Some("{\"newest\":\"yesterday\"}")] {
            assert_eq!(Mark::read(text), None);
        }
    }
}

//! Finds the letters that SEARCH asks for.

use jiff::{civil::Date, tz::TimeZone};

use super::{
    command::Set,
    fetch::{fields, header_length},
};
use crate::mailbox::office::Kept;

/// What a letter must be.
pub(super) enum Key {
    All(Vec<Key>),
    Either(Box<Key>, Box<Key>),
    Not(Box<Key>),
    Flag(&'static str),
    Sequence(Set),
    Uid(Set),
    Since(Date),
    Before(Date),
    On(Date),
    Larger(usize),
    Smaller(usize),
    Header { name: String, holds: String },
}

/// The letters found, with their places.
pub(super) fn search<'a>(key: &Key, letters: &'a [Kept]) -> Vec<(u32, &'a Kept)> {
    let last = Last { number: letters.len() as u32, uid: letters.last().map_or(0, |kept| kept.uid) };
    (1..).zip(letters).filter(|(number, kept)| matches(key, *number, kept, last)).collect()
}

#[derive(Clone, Copy)]
struct Last {
    number: u32,
    uid: u32,
}

fn matches(key: &Key, number: u32, kept: &Kept, last: Last) -> bool {
    let day = || TimeZone::UTC.to_datetime(kept.letter.received_at).date();
    match key {
        Key::All(keys) => keys.iter().all(|key| matches(key, number, kept, last)),
        Key::Either(one, other) => matches(one, number, kept, last) || matches(other, number, kept, last),
        Key::Not(key) => !matches(key, number, kept, last),
        Key::Flag(flag) => kept.flags.contains(*flag),
        Key::Sequence(set) => set.holds(number, last.number),
        Key::Uid(set) => set.holds(kept.uid, last.uid),
        Key::Since(date) => day() >= *date,
        Key::Before(date) => day() < *date,
        Key::On(date) => day() == *date,
        Key::Larger(size) => kept.letter.raw.len() > *size,
        Key::Smaller(size) => kept.letter.raw.len() < *size,
        Key::Header { name, holds } => {
            let raw = &kept.letter.raw;
            fields(&raw[..header_length(raw)]).any(|(found, field)| {
                let value = String::from_utf8_lossy(&field[found.len().min(field.len())..]).to_lowercase();
                found == *name && value.contains(&holds.to_lowercase())
            })
        }
    }
}

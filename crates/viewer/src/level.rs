//! How grave a line of a log says it is.

use std::ops::Range;

/// How grave, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// An error, or worse.
    Error,
    /// A warning.
    Warn,
    /// A message.
    Info,
    /// For whoever looks for a fault.
    Debug,
    /// Every step.
    Trace,
}

/// It stands at the beginning of a line, behind time and place.
const LOOKED_AT: usize = 200;

const WORDS: [(&str, Level); 16] = [
    ("error", Level::Error),
    ("err", Level::Error),
    ("fatal", Level::Error),
    ("critical", Level::Error),
    ("crit", Level::Error),
    ("severe", Level::Error),
    ("panic", Level::Error),
    ("emerg", Level::Error),
    ("warn", Level::Warn),
    ("warning", Level::Warn),
    ("info", Level::Info),
    ("notice", Level::Info),
    ("debug", Level::Debug),
    ("trace", Level::Trace),
    ("verbose", Level::Trace),
    ("finest", Level::Trace),
];

/// The word that says it, as a range of bytes of the line.
pub fn level_of(line: &str) -> Option<(Level, Range<usize>)> {
    let bytes = line.as_bytes();
    let end = bytes.len().min(LOOKED_AT);
    let mut at = 0;
    while at < end {
        if !bytes[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().take(16).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = at..at + length;
        let before = at.checked_sub(1).map(|before| bytes[before]);
        if let Some(level) = level_word(&line[word.clone()], before, bytes.get(word.end).copied()) {
            return Some((level, word));
        }
        at = word.end;
    }
    None
}

/// A word in capitals is one; one in small letters is one where a log puts its level: in brackets, or behind a sign.
fn level_word(word: &str, before: Option<u8>, after: Option<u8>) -> Option<Level> {
    let in_name = |sign: Option<u8>| sign.is_some_and(|sign| sign == b'_' || sign.is_ascii_digit() || sign >= 0x80);
    if in_name(before) || in_name(after) {
        return None;
    }
    let is_capital = word.bytes().all(|letter| letter.is_ascii_uppercase());
    let is_marked = matches!(before, Some(b'[' | b'<' | b'(' | b'"' | b'\'' | b'='));
    if !is_capital && !is_marked {
        return None;
    }
    WORDS.iter().find(|(known, _)| word.eq_ignore_ascii_case(known)).map(|(_, level)| *level)
}

//! How tickets are named in what staff write, such as `WORDSNET-12345` or `#12345`.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::ticket::TicketRef;

/// Where the digits stand.
const DIGITS: &str = "{n}";
/// A longer number is no ticket.
const MOST_DIGITS: usize = 12;

/// A pattern of the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TicketPattern {
    /// The tracker's name in the settings.
    pub tracker: String,
    /// What is written in the thread, with `{n}` for the digits.
    pub written: String,
    /// The key at the tracker, with `{n}` for the digits; as it is written, unless set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Whether one such name, by staff, links the case by itself. One that could mean something else (`#12345`) is offered.
    #[serde(default = "yes")]
    pub certain: bool,
}

const fn yes() -> bool {
    true
}

/// A pattern that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a ticket pattern has {{n}} once for the digits, and something before it")]
pub struct NotAPattern;

impl TicketPattern {
    /// Checks the pattern.
    pub fn check(&self) -> Result<(), NotAPattern> {
        let is_once = |text: &str| text.matches(DIGITS).count() == 1;
        let has_prefix = !self.written.starts_with(DIGITS);
        let fits = is_once(&self.written) && has_prefix && self.key.as_deref().is_none_or(is_once);
        if fits { Ok(()) } else { Err(NotAPattern) }
    }

    /// The tickets that a text names, in order, each once.
    pub fn find(&self, text: &str) -> Vec<TicketRef> {
        let Some((before, after)) = self.written.split_once(DIGITS) else { return Vec::new() };
        let mut found: Vec<TicketRef> = Vec::new();
        for (start, _) in text.match_indices(before) {
            let from = start + before.len();
            let Some(digits) = digits(text, from) else { continue };
            let Some(rest) = text[digits.end..].strip_prefix(after) else { continue };
            if is_part_of_a_word(&text[..start], rest) {
                continue;
            }
            let key = self.key.as_deref().unwrap_or(&self.written).replace(DIGITS, &text[digits]);
            let ticket = TicketRef { tracker: self.tracker.clone(), key };
            if !found.contains(&ticket) {
                found.push(ticket);
            }
        }
        found
    }
}

fn digits(text: &str, from: usize) -> Option<Range<usize>> {
    let length = text[from..].bytes().take_while(u8::is_ascii_digit).count();
    (1..=MOST_DIGITS).contains(&length).then_some(from..from + length)
}

/// `XWORDSNET-1`, `WORDSNET-1a`, `WORDSNET-1-2` and `#1.5` are other things.
fn is_part_of_a_word(before: &str, after: &str) -> bool {
    let joins = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '#' | '/' | '&');
    let mut after = after.chars();
    let (next, then) = (after.next(), after.next());
    before.chars().next_back().is_some_and(joins)
        || next.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
        || (matches!(next, Some('-' | '.' | '/')) && then.is_some_and(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(written: &str, key: Option<&str>) -> TicketPattern {
        TicketPattern { tracker: "jira".into(), written: written.into(), key: key.map(str::to_owned), certain: true }
    }

    fn keys(pattern: &TicketPattern, text: &str) -> Vec<String> {
        pattern.find(text).into_iter().map(|ticket| ticket.key).collect()
    }

    #[test]
    fn a_ticket_is_found_where_it_stands_for_itself() {
        let jira = pattern("WORDSNET-{n}", None);
        assert_eq!(keys(&jira, "Logged as WORDSNET-12345, see (WORDSNET-7)."), ["WORDSNET-12345", "WORDSNET-7"]);
        assert_eq!(keys(&jira, "WORDSNET-12345 WORDSNET-12345"), ["WORDSNET-12345"], "each once");
        for other in [
            "XWORDSNET-1",
            "WORDSNET-",
            "WORDSNET-1a",
            "WORDSNET-1-2",
            "wordsnet-1",
            "WORDSNET-1234567890123",
            "https://x/WORDSNET-1",
        ] {
            assert_eq!(keys(&jira, other), Vec::<String>::new(), "{other}");
        }
        let number = pattern("#{n}", Some("{n}"));
        assert_eq!(keys(&number, "It is #12345."), ["12345"]);
        assert_eq!(keys(&number, "##1 &#39; #1.5 a#2"), Vec::<String>::new());
    }

    #[test]
    fn a_pattern_without_digits_or_with_nothing_before_them_is_refused() {
        for (written, key, fits) in [
            ("WORDSNET-{n}", None, true),
            ("[#{n}]", Some("{n}"), true),
            ("{n}", None, false),
            ("WORDSNET", None, false),
            ("{n}-{n}", None, false),
            ("T{n}", Some("T"), false),
        ] {
            assert_eq!(pattern(written, key).check().is_ok(), fits, "{written}");
        }
    }
}

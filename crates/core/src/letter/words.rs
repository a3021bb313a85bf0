//! The words of letters: one file for each language, one trait that all of them fill. A missing word does not compile.

mod de;
mod en;
mod es;
mod fr;
mod ja;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    location::{Location, LocationState},
    retention::Reason,
};

/// What a letter says. Names and numbers come in as they are shown; nothing is escaped here.
pub(super) trait Words: Sync {
    /// The language (BCP 47).
    fn tag(&self) -> &'static str;
    /// The title of the page.
    fn title(&self) -> &'static str;
    /// The subject. The receipt's number in it is what an answer is recognised by.
    fn subject(&self, token: &str, follows: bool) -> String;
    /// The greeting.
    fn greeting(&self, name: &str) -> String;
    /// What happened, in three sentences; the table follows.
    fn what_happened(&self, files: usize, reason: Reason) -> String;
    /// The same for a receipt that completes an earlier one.
    fn what_followed(&self) -> &'static str;
    /// A file's size.
    fn bytes(&self, size: u64) -> String;
    /// A day.
    fn day(&self, date: Date) -> String;
    /// The head of the column of places.
    fn place_column(&self) -> &'static str;
    /// The head of the column of findings.
    fn found_column(&self) -> &'static str;
    /// A place.
    fn place(&self, location: &Location) -> &'static str;
    /// What was found there.
    fn found(&self, state: LocationState) -> String;
    /// Every place is closed.
    fn complete(&self) -> &'static str;
    /// Some place is not closed yet.
    fn partial(&self) -> &'static str;
    /// A place and what was found there, on one line.
    fn line(&self, place: &str, found: &str) -> String;
    /// How the receipt is checked, which is attached or stands below.
    fn how_to_check(&self, attached: bool) -> String;
    /// How to answer, before the three answers.
    fn how_to_answer(&self) -> &'static str;
    /// To confirm: what to write, and what it means.
    fn to_confirm(&self) -> (&'static str, &'static str);
    /// To dispute: the same.
    fn to_dispute(&self) -> (&'static str, &'static str);
    /// To ask for the removal of everything else: the same.
    fn to_remove(&self) -> (&'static str, &'static str);
    /// An answer and what it means, on one line.
    fn choice(&self, phrase: &str, meaning: &str) -> String;
    /// The receipt's number.
    fn number(&self, token: &str) -> String;
    /// The customer's request, received on the first day, waited for a hold that was lifted on the second.
    fn waited_for_hold(&self, asked: Date, lifted: Date) -> String;
    /// The title of the page that says that a request waits for a hold.
    fn kept_title(&self) -> &'static str;
    /// Its subject. The request's number in it is what an answer is recognised by.
    fn kept_subject(&self, token: &str) -> String;
    /// The request of this day is received and recorded.
    fn kept_received(&self, day: Date) -> String;
    /// A hold keeps these files for now; the list follows. Why there is a hold is not said.
    fn kept_why(&self, files: usize) -> String;
    /// What happens when the hold is lifted, and that there is nothing to be done for it.
    fn kept_next(&self, files: usize) -> String;
    /// Whom to ask about the hold; the contact follows.
    fn kept_ask(&self) -> &'static str;
    /// The request's number.
    fn kept_number(&self, token: &str) -> String;
    /// What follows in a post, where nothing can be attached.
    fn receipt_below(&self, payload_type: &str) -> String;
}

/// Every language, English first.
#[cfg(test)]
pub(super) const ALL: [&dyn Words; 5] = [&en::English, &de::German, &es::Spanish, &fr::French, &ja::Japanese];

/// The words for a language tag such as `de-AT`. English is the fallback.
pub(super) fn of(language: &str) -> &'static dyn Words {
    let language = language.to_ascii_lowercase();
    match language.split(['-', '_']).next().unwrap_or_default() {
        "de" => &de::German,
        "es" => &es::Spanish,
        "fr" => &fr::French,
        "ja" => &ja::Japanese,
        _ => &en::English,
    }
}

/// The day on which something ends, by the world's clock: a receipt is read in every time zone.
pub(super) fn day_of(at: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(at).date()
}

/// The name of the month, or nothing where a calendar had none.
fn month(date: Date, names: &[&'static str; 12]) -> &'static str {
    usize::try_from(date.month() - 1).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

/// Digits in groups of three.
fn grouped(number: u64, between: &str) -> String {
    let digits = number.to_string();
    let mut groups: Vec<&str> = Vec::new();
    let mut rest = digits.as_str();
    while rest.len() > 3 {
        let (start, group) = rest.split_at(rest.len() - 3);
        groups.push(group);
        rest = start;
    }
    groups.push(rest);
    groups.reverse();
    groups.join(between)
}

#[cfg(test)]
mod tests {
    use super::{ALL, grouped, of};

    #[test]
    fn a_language_is_found_by_its_tag_and_english_stands_in() {
        for words in ALL {
            let tag = words.tag();
            for asked in [tag.to_owned(), format!("{tag}-XX"), format!("{}_x", tag.to_uppercase())] {
                assert_eq!(of(&asked).tag(), tag);
            }
        }
        for unknown in ["", "pt-BR", "deutsch", "x"] {
            assert_eq!(of(unknown).tag(), "en");
        }
    }

    #[test]
    fn numbers_are_grouped_from_the_right() {
        for (number, shown) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number, ","), shown);
        }
    }
}

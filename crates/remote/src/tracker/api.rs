//! What every tracker's own file answers; the rules over it are the same for all and stand in `client`.

use async_trait::async_trait;
use custody_core::{
    Private,
    ports::{Fault, PortError, PortResult},
};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

use super::server::Server;
use crate::http::Failure;

/// One kind of tracker.
#[async_trait]
pub(super) trait Api: Send + Sync {
    fn server(&self) -> &Server;

    /// A ticket's key as this tracker writes it, or `None` if no ticket can have it.
    fn canonical(&self, key: &str) -> Option<String> {
        number(key)
    }

    /// Who we are. An account that is nobody is an error of `CredentialsRefused`.
    async fn account(&self) -> PortResult<Private<String>>;

    /// One ticket; of a merged one, its target. `NotFound` and `NotAllowed` are looked into by the caller.
    async fn ticket(&self, key: &str) -> PortResult<Told>;

    /// A page of all tickets that we see, the last changed first, none left out that changed since `since`.
    async fn last_changed(&self, since: Option<Timestamp>, page: Option<&str>) -> PortResult<Page>;

    /// Queues, projects or repositories that we see. Bounded, for people to recognise their tracker by.
    async fn places(&self) -> PortResult<Vec<String>>;

    /// The states a ticket can have.
    async fn states(&self) -> PortResult<Vec<State>>;
}

/// What one ticket's answer said.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The ticket that was answered about: another one than asked for if that was merged or moved.
    pub key: String,
    pub state: Stand,
}

#[derive(Clone, Debug)]
pub(super) enum Stand {
    /// It is in a state.
    In {
        /// The names that settings may know the state by.
        names: Vec<String>,
        /// Whether the tracker itself calls it closed.
        is_closed: bool,
    },
    /// It was removed, or went where we cannot follow: nothing is known.
    Gone,
}

/// A state of tickets.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub name: String,
    /// Whether the tracker itself calls it closed.
    pub is_closed: bool,
}

/// A page of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub rows: Vec<Row>,
    /// What the next page is asked by, if there is one.
    pub next: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub key: String,
    pub updated: Timestamp,
}

/// How many tickets are asked for at a time.
pub(super) const PER_PAGE: usize = 100;

/// The number of the page that `page` asks for, counted from one.
pub(super) fn page_number(page: Option<&str>) -> u32 {
    page.and_then(|page| page.parse().ok()).unwrap_or(1)
}

/// The next page of a list that has one exactly if this one is full.
pub(super) fn page_after(number: u32, rows: usize) -> Option<String> {
    (rows >= PER_PAGE).then(|| (number + 1).to_string())
}

/// A number as people write it, `#12` too.
pub(super) fn number(key: &str) -> Option<String> {
    let key = key.trim();
    let digits = key.strip_prefix('#').unwrap_or(key);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: u64 = digits.parse().ok().filter(|number| is_number && *number > 0)?;
    Some(number.to_string())
}

/// The account is nobody, though the server answered.
pub(super) fn nobody(route: &'static str) -> PortError {
    PortError::needs_person(Fault::CredentialsRefused)
        .because(Failure::Unexpected { route, what: "the account is nobody" })
}

/// A number that some answers write as text.
pub(super) fn loose_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Loose {
        Number(u64),
        Text(String),
    }
    match Loose::deserialize(deserializer)? {
        Loose::Number(number) => Ok(number),
        Loose::Text(text) => text.parse().map_err(serde::de::Error::custom),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it_and_nothing_else_is() {
        for (text, key) in [("12", Some("12")), ("#12", Some("12")), (" 012 ", Some("12"))] {
            assert_eq!(number(text).as_deref(), key, "{text}");
        }
        for bad in ["", "#", "0", "-5", "+5", "1e3", "12/../13", "99999999999999999999", "ABC-1"] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }
}

//! What was asked, for tests to look at: every request to the forum, every hit on the storage.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::Serialize;

/// Records older than this many are forgotten: a long-running practice world stays small.
const MOST: usize = 100_000;

/// One request to the forum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestRecord {
    /// The HTTP method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The query, without the question mark; empty for none.
    pub query: String,
    /// Whether a user or admin key came with it.
    pub had_key: bool,
    /// The status answered; empty when the forum answered nothing.
    pub status: Option<u16>,
    /// When it came, by the practice clock.
    pub at: Timestamp,
}

/// One request to the storage origin, or to any address there that a fault sent the client to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ForeignHit {
    /// The HTTP method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// Names of headers that carried something secret: keys, cookies, credentials. Should be empty.
    pub secrets: Vec<String>,
    /// The status answered.
    pub status: u16,
    /// When it came, by the practice clock.
    pub at: Timestamp,
}

/// Headers that must never leave for another origin.
pub(crate) const SECRET_HEADERS: [&str; 7] =
    ["api-key", "api-username", "api-user-id", "user-api-key", "user-api-client-id", "cookie", "authorization"];

pub(crate) fn keep<T>(log: &mut VecDeque<T>, record: T) {
    if log.len() == MOST {
        log.pop_front();
    }
    log.push_back(record);
}

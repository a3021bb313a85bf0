//! What time it is, and what will be erased when.

use custody_core::timekeeper::Doubt;
use serde::Serialize;
use ts_rs::TS;

/// What time it is, as far as that is known.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ClockView {
    /// What the machine's clock shows, RFC 3339.
    pub machine: String,
    /// What is stamped on whatever happens.
    pub now: String,
    /// The time that has come for sure; none until somebody confirmed the clock.
    pub sure: Option<String>,
    /// What a server says that does not agree with the machine.
    pub server: Option<String>,
    /// What speaks against the machine's clock.
    #[ts(type = "\"unconfirmed\" | \"disagrees\" | null")]
    pub doubt: Option<Doubt>,
}

/// For a while nothing is fetched from the forum and no letter goes out. All else goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PauseView {
    /// When it began, RFC 3339.
    pub since: String,
    /// When it ends by itself, RFC 3339.
    pub until: String,
}

/// What will be erased within the next days, if nothing changes.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NoticesView {
    /// Until when, RFC 3339.
    pub until: String,
    /// The cases with files that will be, the first to go first.
    pub cases: Vec<NoticeView>,
    /// Where the digest is mailed.
    pub mailed_to: Option<String>,
    /// When it was mailed last, RFC 3339.
    pub mailed_at: Option<String>,
}

/// The files of a case that will be erased.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NoticeView {
    /// The case.
    pub case: String,
    /// Its ticket, as `tracker key`.
    pub ticket: String,
    /// How many files.
    #[ts(type = "number")]
    pub files: u64,
    /// When the first of them goes, RFC 3339.
    pub first_at: String,
}

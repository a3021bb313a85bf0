//! What a desk is connected to, and what a test of a connection found.

use custody_core::ports::Fault;
use serde::Serialize;
use ts_rs::TS;

use super::TrackerFoundView;

/// Everything a desk is connected to. No secret is in it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ConnectionsView {
    /// The forum.
    pub forum: Option<ForumView>,
    /// Trackers besides the forum's own threads.
    pub trackers: Vec<TrackerView>,
    /// Mail.
    pub mail: Option<MailView>,
}

/// The forum, by the settings.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ForumView {
    /// Its address.
    pub url: String,
    /// Whether a person signed in, so that the key can be given back.
    pub signed_in: bool,
    /// Whether the inbox of the account itself is looked at.
    pub personal: bool,
    /// The groups whose inboxes are looked at.
    pub groups: Vec<String>,
    /// How many other places are looked at, which `settings.toml` names.
    pub others: u32,
    /// Requests a minute that we allow ourselves.
    pub per_minute: u32,
    /// Requests a day that we allow ourselves.
    pub per_day: u32,
}

/// A tracker, by the settings.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TrackerView {
    /// Its name.
    pub name: String,
    /// What kind it is.
    #[ts(
        type = "\"request_tracker\" | \"redmine\" | \"jira_cloud\" | \"jira_data_center\" | \"gitlab\" | \"github\" | \"zendesk\""
    )]
    pub kind: crate::settings::TrackerKindSetting,
    /// Its address.
    pub url: String,
}

/// Mail, by the settings.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MailView {
    /// The address in `From`.
    pub from: String,
    /// Where letters are posted, as `host:port`.
    pub smtp: String,
    /// Where answers arrive, as `host:port`.
    pub imap: String,
    /// Whether the accounts are opened by OAuth.
    pub oauth: bool,
}

/// What a test of the forum found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ForumFoundView {
    /// Who the forum takes us for.
    pub username: String,
    /// Whether it is staff there.
    pub staff: bool,
    /// The groups whose inboxes it can read.
    pub inboxes: Vec<String>,
    /// Private threads that were listed at once; there may be more.
    pub threads: u32,
    /// Requests left in this minute, of those that we allow ourselves.
    pub left_this_minute: u32,
    /// Requests left today.
    pub left_today: u32,
    /// For how many seconds the forum wants no request at all.
    pub paused_seconds: Option<u32>,
}

/// What a test of mail found: for each part nothing, if it was not come to, or how it went.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MailFoundView {
    /// The endpoint of access tokens.
    pub token: Option<TriedView>,
    /// The server that takes letters.
    pub out: Option<TriedView>,
    /// The server where answers arrive.
    pub r#in: Option<TriedView>,
}

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TriedView {
    /// What was met; nothing if we were let in.
    #[ts(type = "Fault | null")]
    pub fault: Option<Fault>,
}

/// What a test of a connection found.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum FoundView {
    /// The forum.
    Forum(ForumFoundView),
    /// A tracker.
    Tracker(TrackerFoundView),
    /// Mail.
    Mail(MailFoundView),
}

/// Which connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connection {
    /// The forum.
    Forum,
    /// The tracker of this name.
    Tracker(String),
    /// Mail.
    Mail,
}

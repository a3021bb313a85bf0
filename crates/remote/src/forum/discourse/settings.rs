//! What a desk has to say about its forum.

use custody_core::Private;
use reqwest::header::{HeaderName, HeaderValue};
use url::Url;

use crate::http::budget::BudgetSettings;

/// A forum and how it is used.
#[derive(Clone, Debug)]
pub struct DiscourseSettings {
    /// The forum's name in the settings; part of every case.
    pub name: String,
    /// Its address, with the folder it lives under if there is one.
    pub base_url: Url,
    /// The key.
    pub key: ForumKey,
    /// Where private threads are found.
    pub sources: Vec<Source>,
    /// Groups whose members speak for support without being staff of the forum. Their members must be visible to us.
    pub staff_groups: Vec<String>,
    /// Which facts of a thread close it.
    pub closings: Closings,
    /// How often we ask.
    pub budget: BudgetSettings,
    /// About how many threads are named at a time for each source; the rest follows with the next mark.
    pub threads_at_a_time: usize,
}

impl DiscourseSettings {
    /// The usual settings of a forum.
    pub fn new(name: impl Into<String>, base_url: Url, key: ForumKey, sources: Vec<Source>) -> Self {
        Self {
            name: name.into(),
            base_url,
            key,
            sources,
            staff_groups: Vec::new(),
            closings: Closings::default(),
            budget: BudgetSettings::default(),
            threads_at_a_time: 50,
        }
    }
}

/// The key of an account.
#[derive(Clone, Debug)]
pub enum ForumKey {
    /// A key that an engineer issued for themselves.
    User {
        /// 32 hex characters.
        key: Private<String>,
        /// The installation's own id. Never another one's: a forum keeps one key for each.
        client_id: Option<String>,
    },
    /// A key that an administrator issued for one account.
    AdminSingleUser {
        /// 64 hex characters.
        key: Private<String>,
        /// The account's user name.
        username: Private<String>,
    },
}

impl ForumKey {
    pub(super) fn headers(&self) -> Result<Vec<(HeaderName, HeaderValue)>, SettingsError> {
        let value = |text: &str| {
            let mut value = HeaderValue::from_bytes(text.as_bytes()).map_err(|_| SettingsError::Key)?;
            value.set_sensitive(true);
            if value.is_empty() { Err(SettingsError::Key) } else { Ok(value) }
        };
        let name = HeaderName::from_static;
        match self {
            Self::User { key, client_id } => {
                let mut headers = vec![(name("user-api-key"), value(key.reveal())?)];
                if let Some(id) = client_id {
                    headers.push((name("user-api-client-id"), value(id)?));
                }
                Ok(headers)
            }
            Self::AdminSingleUser { key, username } => {
                Ok(vec![(name("api-key"), value(key.reveal())?), (name("api-username"), value(username.reveal())?)])
            }
        }
    }
}

/// Where private threads are found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The account's own messages.
    PersonalInbox,
    /// The messages to a group the account is in.
    GroupInbox(String),
    /// A category that only some can read.
    PrivateCategory {
        /// Its name in addresses.
        slug: String,
        /// Its number.
        id: i64,
    },
    /// Messages with a tag.
    PrivateTag(String),
    /// One thread, always looked at.
    Topic(i64),
}

/// Which facts of a thread close it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closings {
    /// It was closed.
    pub closed: bool,
    /// It was archived.
    pub archived: bool,
    /// An answer was accepted.
    pub solved: bool,
}

impl Default for Closings {
    fn default() -> Self {
        Self { closed: true, archived: true, solved: true }
    }
}

/// Why settings cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The address is not `https`, nor `http` to this machine, or it holds more than host, port and folder.
    #[error("the forum's address must be https with a host and at most a folder")]
    Address,
    /// The key or a name beside it cannot be sent.
    #[error("the key, client id or user name is empty or holds characters that no header can carry")]
    Key,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_with_a_line_break_is_refused_and_never_shown() {
        let key = |text: &str| ForumKey::User { key: text.into(), client_id: None };
        assert_eq!(key("abc\r\nX: y").headers().unwrap_err(), SettingsError::Key);
        assert_eq!(key("").headers().unwrap_err(), SettingsError::Key);
        let headers = key("secretsecret").headers().unwrap();
        assert!(!format!("{headers:?} {:?}", key("secretsecret")).contains("secretsecret"));
    }
}

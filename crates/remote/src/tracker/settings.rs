//! What a desk has to say about a tracker.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use custody_core::{Private, ports::Clock};
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use url::Url;

use super::{
    TrackerClient, client::Client, github::GitHub, gitlab::GitLab, jira::Jira, redmine::Redmine,
    request_tracker::RequestTracker, server::Server, zendesk::Zendesk,
};
use crate::http::{Http, budget::BudgetSettings};

/// A tracker and how it is used.
#[derive(Clone, Debug)]
pub struct TrackerSettings {
    /// Its address, with the folder it lives under if there is one: the page that people open, not the API's.
    pub base_url: Url,
    /// What it is.
    pub kind: TrackerKind,
    /// The token or key of the account that reads.
    pub key: Private<String>,
    /// The names of the states that mean closed, if others than those that the tracker itself calls closed. Upper and lower
    /// case are alike.
    pub closed_states: Option<Vec<String>>,
    /// How often we ask.
    pub budget: BudgetSettings,
}

/// What a tracker is, and what its kind needs besides a key.
#[derive(Clone, Debug)]
pub enum TrackerKind {
    /// Request Tracker 5, by its REST 2 interface. The key is an authentication token of RT.
    RequestTracker,
    /// Redmine, with its REST interface switched on. The key is the account's API access key.
    Redmine,
    /// Jira in Atlassian's cloud. The key is an API token.
    JiraCloud {
        /// The account's address.
        email: Private<String>,
    },
    /// Jira Data Center. The key is a personal access token.
    JiraDataCenter,
    /// One project of a GitLab. The key is an access token with `read_api`.
    GitLab {
        /// `group/project`, or its number.
        project: String,
    },
    /// One repository of GitHub. Its address is `https://api.github.com`, or `https://host/api/v3` of a server of one's
    /// own. The key is a token that may read issues.
    GitHub {
        /// `owner/name`.
        repository: String,
    },
    /// Zendesk. The key is an API token.
    Zendesk {
        /// The agent's address.
        email: Private<String>,
    },
}

/// Why settings cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrackerSettingsError {
    /// The address is not `https`, nor `http` to this machine, or it holds more than host, port and folder.
    #[error("the tracker's address must be https with a host and at most a folder")]
    Address,
    /// The key or the account's address cannot be sent.
    #[error("the tracker's key or account is empty or holds characters that no header can carry")]
    Key,
    /// The project or repository has no such name.
    #[error("the tracker's project must be written as group/project, its repository as owner/name")]
    Project,
    /// A list of closed states that closes nothing.
    #[error("the list of states that mean closed is empty or holds an empty name")]
    ClosedStates,
}

impl TrackerSettings {
    /// The usual settings of a tracker.
    pub fn new(kind: TrackerKind, base_url: Url, key: Private<String>) -> Self {
        Self { base_url, kind, key, closed_states: None, budget: usual_budget() }
    }

    /// A client by these settings. Nothing is asked yet.
    ///
    /// # Errors
    /// What of the settings cannot be used.
    pub fn connect(self, http: Http, clock: Arc<dyn Clock>) -> Result<Arc<dyn TrackerClient>, TrackerSettingsError> {
        let Self { base_url, kind, key, closed_states, budget } = self;
        if closed_states.as_ref().is_some_and(|names| names.is_empty() || names.iter().any(|it| it.trim().is_empty())) {
            return Err(TrackerSettingsError::ClosedStates);
        }
        let key = key.reveal();
        let headers = match &kind {
            TrackerKind::RequestTracker => vec![(AUTHORIZATION, secret("token ", key)?)],
            TrackerKind::Redmine => vec![(HeaderName::from_static("x-redmine-api-key"), secret("", key)?)],
            TrackerKind::JiraCloud { email } => vec![(AUTHORIZATION, basic(email, "", key)?)],
            TrackerKind::JiraDataCenter => vec![(AUTHORIZATION, secret("Bearer ", key)?)],
            TrackerKind::GitLab { .. } => vec![(HeaderName::from_static("private-token"), secret("", key)?)],
            TrackerKind::GitHub { .. } => vec![
                (AUTHORIZATION, secret("Bearer ", key)?),
                (HeaderName::from_static("x-github-api-version"), HeaderValue::from_static("2022-11-28")),
            ],
            TrackerKind::Zendesk { email } => vec![(AUTHORIZATION, basic(email, "/token", key)?)],
        };
        let server =
            Server::new(base_url, headers, budget, http, clock.clone()).ok_or(TrackerSettingsError::Address)?;
        Ok(match kind {
            TrackerKind::RequestTracker => Client::shared(RequestTracker::new(server, key), closed_states, clock),
            TrackerKind::Redmine => Client::shared(Redmine::new(server), closed_states, clock),
            TrackerKind::JiraCloud { .. } => Client::shared(Jira::cloud(server), closed_states, clock),
            TrackerKind::JiraDataCenter => Client::shared(Jira::data_center(server), closed_states, clock),
            TrackerKind::GitLab { project } => {
                if project.is_empty() || project.trim() != project || project.starts_with('/') {
                    return Err(TrackerSettingsError::Project);
                }
                Client::shared(GitLab::new(server, &project), closed_states, clock)
            }
            TrackerKind::GitHub { repository } => match repository.split_once('/') {
                Some((owner, name)) if is_name(owner) && is_name(name) => {
                    Client::shared(GitHub::new(server, owner, name), closed_states, clock)
                }
                _ => return Err(TrackerSettingsError::Project),
            },
            TrackerKind::Zendesk { .. } => Client::shared(Zendesk::new(server), closed_states, clock),
        })
    }
}

/// Far below what any of these trackers allows, and enough for hundreds of cases.
fn usual_budget() -> BudgetSettings {
    BudgetSettings { per_minute: 60, per_day: 20_000, ..BudgetSettings::default() }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('.')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn secret(scheme: &str, key: &str) -> Result<HeaderValue, TrackerSettingsError> {
    if key.is_empty() || key.trim() != key {
        return Err(TrackerSettingsError::Key);
    }
    let mut value =
        HeaderValue::from_bytes(format!("{scheme}{key}").as_bytes()).map_err(|_| TrackerSettingsError::Key)?;
    value.set_sensitive(true);
    Ok(value)
}

fn basic(email: &Private<String>, suffix: &str, key: &str) -> Result<HeaderValue, TrackerSettingsError> {
    let email = email.reveal();
    // A colon would end the name too early.
    if email.is_empty()
        || key.is_empty()
        || email.contains(':')
        || email.chars().chain(key.chars()).any(char::is_control)
    {
        return Err(TrackerSettingsError::Key);
    }
    secret("Basic ", &STANDARD.encode(format!("{email}{suffix}:{key}")))
}

//! Jira: Atlassian's cloud by REST 3 (<https://developer.atlassian.com/cloud/jira/platform/rest/v3/>) and Data Center by
//! REST 2 (<https://developer.atlassian.com/server/jira/platform/rest/>). Shapes are from these pages; neither was run.
//!
//! - Closed is the category of the status, `done`; names of statuses differ from project to project.
//! - An issue that is not there and one that we may not see are both 404, in the cloud for a refused key as well.
//! - An issue that moved is answered under its new key.
//! - Dates of a query have minutes only and are read in the time zone of the account, which `myself` tells.
//! - The cloud's list follows changes late, names no total and goes on by a token; Data Center's goes on by an offset.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use custody_core::{Private, ports::PortResult};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Deserializer, de::Error as _};

use super::{
    api::{self, Api, Page, Row, Stand, State, Told, nobody, page_number},
    server::Server,
};

/// The category of all statuses that end the work.
const DONE: &str = "done";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Edition {
    Cloud,
    DataCenter,
}

pub(super) struct Jira {
    server: Server,
    edition: Edition,
    /// Of the account, once asked for.
    zone: Mutex<Option<TimeZone>>,
}

impl Jira {
    pub(super) fn cloud(server: Server) -> Self {
        Self { server, edition: Edition::Cloud, zone: Mutex::default() }
    }

    pub(super) fn data_center(server: Server) -> Self {
        Self { server, edition: Edition::DataCenter, zone: Mutex::default() }
    }

    fn page(&self, parts: &[&str], query: &[(&str, &str)]) -> url::Url {
        let version = if self.edition == Edition::Cloud { "3" } else { "2" };
        self.server.page(&[&["rest", "api", version], parts].concat(), query)
    }

    async fn myself(&self) -> PortResult<Myself> {
        const ROUTE: &str = "jira.account";
        let myself: Myself = self.server.get(ROUTE, self.page(&["myself"], &[])).await?;
        if myself.account_id.is_none() && myself.name.is_none() {
            return Err(nobody(ROUTE));
        }
        // A zone that this machine does not know would shift the window by hours: UTC less a day is safe.
        let zone = myself.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok());
        *self.zone.lock().unwrap_or_else(PoisonError::into_inner) = zone;
        Ok(myself)
    }

    /// A time as a query writes it: minutes, by the account's clock. Too early rather than too late.
    async fn in_query(&self, time: Timestamp) -> PortResult<String> {
        let known = self.zone.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let zone = match known {
            Some(zone) => Some(zone),
            None => {
                self.myself().await?;
                self.zone.lock().unwrap_or_else(PoisonError::into_inner).clone()
            }
        };
        Ok(minutes(time, zone))
    }
}

fn minutes(time: Timestamp, zone: Option<TimeZone>) -> String {
    let (time, zone) = match zone {
        Some(zone) => (time, zone),
        None => (time.checked_sub(jiff::SignedDuration::from_hours(24)).unwrap_or(time), TimeZone::UTC),
    };
    zone.to_datetime(time).strftime("%Y-%m-%d %H:%M").to_string()
}

#[async_trait]
impl Api for Jira {
    fn server(&self) -> &Server {
        &self.server
    }

    fn canonical(&self, key: &str) -> Option<String> {
        let key = key.trim().to_ascii_uppercase();
        let (project, number) = key.rsplit_once('-')?;
        let is_project = project.starts_with(|c: char| c.is_ascii_uppercase())
            && project.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'_');
        let number = api::number(number).filter(|canonical| canonical == number)?;
        is_project.then(|| format!("{project}-{number}"))
    }

    async fn account(&self) -> PortResult<Private<String>> {
        let myself = self.myself().await?;
        Ok(Private::new(myself.display_name.or(myself.name).unwrap_or_default()))
    }

    async fn ticket(&self, key: &str) -> PortResult<Told> {
        let page = self.page(&["issue", key], &[("fields", "status")]);
        let issue: Issue = self.server.get("jira.issue", page).await?;
        let Status { name, status_category } = issue.fields.status;
        let state = Stand::In { names: vec![name], is_closed: status_category.key == DONE };
        Ok(Told { key: issue.key, state })
    }

    async fn last_changed(&self, since: Option<Timestamp>, page: Option<&str>) -> PortResult<Page> {
        // The cloud refuses a query without a condition.
        let from = match since {
            Some(since) => self.in_query(since).await?,
            None => "2000-01-01 00:00".to_owned(),
        };
        let jql = format!("updated >= \"{from}\" ORDER BY updated DESC");
        let per_page = api::PER_PAGE.to_string();
        let mut query = vec![("jql", jql.as_str()), ("fields", "updated"), ("maxResults", &per_page)];
        match self.edition {
            Edition::Cloud => {
                if let Some(token) = page {
                    query.push(("nextPageToken", token));
                }
                let list: Issues = self.server.get("jira.search", self.page(&["search", "jql"], &query)).await?;
                Ok(Page { next: list.next_page_token.filter(|token| !token.is_empty()), rows: rows(list.issues) })
            }
            Edition::DataCenter => {
                let start = page_number(page.or(Some("0")));
                let offset = start.to_string();
                query.push(("startAt", &offset));
                let list: Issues = self.server.get("jira.search", self.page(&["search"], &query)).await?;
                // A server may give fewer at a time than asked for.
                let end = u64::from(start) + list.issues.len() as u64;
                let more = !list.issues.is_empty() && list.total.is_some_and(|total| end < total);
                Ok(Page { next: more.then(|| end.to_string()), rows: rows(list.issues) })
            }
        }
    }

    async fn places(&self) -> PortResult<Vec<String>> {
        let projects: Vec<Project> = match self.edition {
            Edition::Cloud => {
                let page = self.page(&["project", "search"], &[("maxResults", "50")]);
                self.server.get::<Projects>("jira.projects", page).await?.values
            }
            Edition::DataCenter => self.server.get("jira.projects", self.page(&["project"], &[])).await?,
        };
        Ok(projects.into_iter().map(|project| format!("{} {}", project.key, project.name)).collect())
    }

    async fn states(&self) -> PortResult<Vec<State>> {
        let statuses: Vec<Status> = self.server.get("jira.statuses", self.page(&["status"], &[])).await?;
        let mut states: Vec<State> = Vec::new();
        for Status { name, status_category } in statuses {
            // Projects of their own have statuses of the same name.
            if !states.iter().any(|state| state.name == name) {
                states.push(State { is_closed: status_category.key == DONE, name });
            }
        }
        Ok(states)
    }
}

fn rows(issues: Vec<Listed>) -> Vec<Row> {
    issues.into_iter().map(|issue| Row { key: issue.key, updated: issue.fields.updated }).collect()
}

/// `2026-11-23T18:59:27.000+0000`: an offset without a colon.
fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(deserializer)?;
    Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", &text).map_err(D::Error::custom)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Myself {
    account_id: Option<String>,
    name: Option<String>,
    display_name: Option<String>,
    time_zone: Option<String>,
}

#[derive(Deserialize)]
struct Issue {
    key: String,
    fields: Fields,
}

#[derive(Deserialize)]
struct Fields {
    status: Status,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    name: String,
    status_category: Category,
}

#[derive(Deserialize)]
struct Category {
    key: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Issues {
    issues: Vec<Listed>,
    next_page_token: Option<String>,
    total: Option<u64>,
}

#[derive(Deserialize)]
struct Listed {
    key: String,
    fields: ListedFields,
}

#[derive(Deserialize)]
struct ListedFields {
    #[serde(deserialize_with = "time")]
    updated: Timestamp,
}

#[derive(Deserialize)]
struct Projects {
    values: Vec<Project>,
}

#[derive(Deserialize)]
struct Project {
    key: String,
    name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_tells_the_time_by_the_accounts_clock_and_never_too_late() {
        let time: Timestamp = "2026-07-01T22:30:59Z".parse().unwrap();
        assert_eq!(minutes(time, TimeZone::get("Europe/Berlin").ok()), "2026-07-02 00:30");
        assert_eq!(minutes(time, TimeZone::get("America/Los_Angeles").ok()), "2026-07-01 15:30");
        assert_eq!(minutes(time, None), "2026-06-30 22:30");
    }
}

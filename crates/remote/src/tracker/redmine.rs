//! Redmine, REST (<https://www.redmine.org/projects/redmine/wiki/Rest_api>, `Rest_Issues`, `Rest_IssueStatuses`).
//!
//! Seen on Redmine 5.0.4, and not in the documentation:
//! - with a refused key, an issue that is there is answered with 401, one that is not with 404, and the list with 200 and the
//!   issues of public projects;
//! - the list shows open issues only, unless `status_id=*` is asked for;
//! - `closed_on` keeps its time when an issue is opened again: `is_closed` alone decides;
//! - "Resolved" is not closed as shipped: each status says so itself.
//!
//! `status.is_closed` stands in an issue since 5.0; of older ones, the list of statuses is asked.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use custody_core::{Private, ports::PortResult};
use jiff::Timestamp;
use serde::Deserialize;

use super::{
    api::{self, Api, Page, Row, Stand, State, Told, page_after, page_number},
    server::Server,
};
use crate::http::Failure;

pub(super) struct Redmine {
    server: Server,
    /// Numbers of the statuses that are closed, for servers whose issues do not tell.
    closed: Mutex<Option<Vec<i64>>>,
}

impl Redmine {
    pub(super) fn new(server: Server) -> Self {
        Self { server, closed: Mutex::default() }
    }

    async fn statuses(&self) -> PortResult<Vec<Status>> {
        let page = self.server.page(&["issue_statuses.json"], &[]);
        let list: Statuses = self.server.get("redmine.statuses", page).await?;
        Ok(list.issue_statuses)
    }

    /// Asked once: a status that changes its meaning is rare, and such a server is old.
    async fn is_closed(&self, status: i64) -> PortResult<bool> {
        let known = self.closed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let closed = match known {
            Some(closed) => closed,
            None => {
                let statuses = self.statuses().await?;
                let closed: Vec<i64> =
                    statuses.iter().filter(|status| status.is_closed == Some(true)).map(|status| status.id).collect();
                *self.closed.lock().unwrap_or_else(PoisonError::into_inner) = Some(closed.clone());
                closed
            }
        };
        Ok(closed.contains(&status))
    }
}

#[async_trait]
impl Api for Redmine {
    fn server(&self) -> &Server {
        &self.server
    }

    async fn account(&self) -> PortResult<Private<String>> {
        let page = self.server.page(&["users", "current.json"], &[]);
        let answer: Account = self.server.get("redmine.account", page).await?;
        Ok(Private::new(answer.user.login.unwrap_or_default()))
    }

    async fn ticket(&self, key: &str) -> PortResult<Told> {
        const ROUTE: &str = "redmine.issue";
        let page = self.server.page(&["issues", &format!("{key}.json")], &[]);
        let issue = self.server.get::<Single>(ROUTE, page).await?.issue;
        if issue.id.to_string() != key {
            return Err(Failure::of_sense(ROUTE, "another issue than asked for"));
        }
        let is_closed = match issue.status.is_closed {
            Some(is_closed) => is_closed,
            None => self.is_closed(issue.status.id).await?,
        };
        Ok(Told { key: key.to_owned(), state: Stand::In { names: vec![issue.status.name], is_closed } })
    }

    async fn last_changed(&self, since: Option<Timestamp>, page: Option<&str>) -> PortResult<Page> {
        let number = page_number(page);
        let per_page = api::PER_PAGE.to_string();
        let offset = (u64::from(number) - 1).saturating_mul(api::PER_PAGE as u64).to_string();
        let from = since.map(|since| format!(">={}", since.strftime("%Y-%m-%dT%H:%M:%SZ")));
        let mut query =
            vec![("status_id", "*"), ("sort", "updated_on:desc"), ("limit", per_page.as_str()), ("offset", &offset)];
        if let Some(from) = &from {
            query.push(("updated_on", from));
        }
        let list: Issues = self.server.get("redmine.issues", self.server.page(&["issues.json"], &query)).await?;
        let next = page_after(number, list.issues.len());
        let rows = list.issues.into_iter().map(|it| Row { key: it.id.to_string(), updated: it.updated_on }).collect();
        Ok(Page { rows, next })
    }

    async fn places(&self) -> PortResult<Vec<String>> {
        let page = self.server.page(&["projects.json"], &[("limit", "100")]);
        let list: Projects = self.server.get("redmine.projects", page).await?;
        Ok(list.projects.into_iter().map(|project| project.name).collect())
    }

    async fn states(&self) -> PortResult<Vec<State>> {
        let statuses = self.statuses().await?;
        Ok(statuses.into_iter().map(|it| State { name: it.name, is_closed: it.is_closed == Some(true) }).collect())
    }
}

#[derive(Deserialize)]
struct Account {
    user: User,
}

#[derive(Deserialize)]
struct User {
    login: Option<String>,
}

#[derive(Deserialize)]
struct Single {
    issue: Issue,
}

#[derive(Deserialize)]
struct Issue {
    id: u64,
    status: Status,
}

#[derive(Deserialize)]
struct Status {
    id: i64,
    name: String,
    is_closed: Option<bool>,
}

#[derive(Deserialize)]
struct Statuses {
    issue_statuses: Vec<Status>,
}

#[derive(Deserialize)]
struct Issues {
    issues: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    id: u64,
    updated_on: Timestamp,
}

#[derive(Deserialize)]
struct Projects {
    projects: Vec<Project>,
}

#[derive(Deserialize)]
struct Project {
    name: String,
}

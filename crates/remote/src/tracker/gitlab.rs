//! GitLab issues of one project, REST 4 (<https://docs.gitlab.com/api/issues/>). Shapes are from that page; it was not run.
//!
//! - `state` is `opened` or `closed`; `closed_at` may be null on closed issues.
//! - A private project that the token does not reach is 404, like an issue that is not there.
//! - An issue that was closed as a duplicate links to the other one (`_links.closed_as_duplicate_of`), which is read then.
//! - An issue that moved is closed here and lives on elsewhere. `moved_to_id` is a number that only administrators may ask
//!   by, so where it went is not known, and it is not read as closed.

use async_trait::async_trait;
use custody_core::{Private, ports::PortResult};
use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

use super::{
    api::{self, Api, Page, Row, Stand, State, Told, page_after, page_number},
    server::Server,
};
use crate::http::Failure;

/// Duplicates of duplicates are followed no further.
const MOST_HOPS: usize = 5;

pub(super) struct GitLab {
    server: Server,
    project: String,
}

impl GitLab {
    pub(super) fn new(server: Server, project: &str) -> Self {
        Self { server, project: project.to_owned() }
    }

    fn page(&self, parts: &[&str], query: &[(&str, &str)]) -> Url {
        self.server.page(&[&["api", "v4", "projects", self.project.as_str()], parts].concat(), query)
    }
}

#[async_trait]
impl Api for GitLab {
    fn server(&self) -> &Server {
        &self.server
    }

    async fn account(&self) -> PortResult<Private<String>> {
        let user: User = self.server.get("gitlab.account", self.server.page(&["api", "v4", "user"], &[])).await?;
        Ok(Private::new(user.username))
    }

    async fn ticket(&self, key: &str) -> PortResult<Told> {
        const ROUTE: &str = "gitlab.issue";
        let mut page = self.page(&["issues", key], &[]);
        for _ in 0..MOST_HOPS {
            let issue: Issue = self.server.get(ROUTE, page).await?;
            let Some(next) = issue.links.and_then(|links| links.closed_as_duplicate_of) else {
                let is_closed = issue.state == "closed";
                let state = if is_closed && issue.moved_to_id.is_some() {
                    Stand::Gone
                } else {
                    Stand::In { names: vec![issue.state], is_closed }
                };
                return Ok(Told { key: key.to_owned(), state });
            };
            page = Url::parse(&next)
                .ok()
                .filter(|url| self.server.is_ours(url))
                .ok_or_else(|| Failure::of_sense(ROUTE, "a duplicate on another site"))?;
        }
        Err(Failure::of_sense(ROUTE, "duplicates in a circle"))
    }

    async fn last_changed(&self, since: Option<Timestamp>, page: Option<&str>) -> PortResult<Page> {
        let number = page_number(page);
        let (per_page, page_text) = (api::PER_PAGE.to_string(), number.to_string());
        let from = since.map(|since| since.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        let mut query = vec![
            ("scope", "all"),
            ("state", "all"),
            ("order_by", "updated_at"),
            ("sort", "desc"),
            ("per_page", per_page.as_str()),
            ("page", &page_text),
        ];
        if let Some(from) = &from {
            query.push(("updated_after", from));
        }
        let list: Vec<Listed> = self.server.get("gitlab.issues", self.page(&["issues"], &query)).await?;
        let next = page_after(number, list.len());
        let rows = list.into_iter().map(|it| Row { key: it.iid.to_string(), updated: it.updated_at }).collect();
        Ok(Page { rows, next })
    }

    async fn places(&self) -> PortResult<Vec<String>> {
        let project: Project = self.server.get("gitlab.project", self.page(&[], &[])).await?;
        Ok(vec![project.path_with_namespace])
    }

    async fn states(&self) -> PortResult<Vec<State>> {
        let state = |name: &str, is_closed| State { name: name.to_owned(), is_closed };
        Ok(vec![state("opened", false), state("closed", true)])
    }
}

#[derive(Deserialize)]
struct User {
    username: String,
}

#[derive(Deserialize)]
struct Project {
    path_with_namespace: String,
}

#[derive(Deserialize)]
struct Issue {
    state: String,
    moved_to_id: Option<u64>,
    #[serde(rename = "_links")]
    links: Option<Links>,
}

#[derive(Deserialize)]
struct Links {
    closed_as_duplicate_of: Option<String>,
}

#[derive(Deserialize)]
struct Listed {
    iid: u64,
    updated_at: Timestamp,
}

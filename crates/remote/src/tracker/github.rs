//! GitHub issues of one repository, REST (<https://docs.github.com/en/rest/issues/issues>), version 2022-11-28. Shapes are
//! from that page; it was not run.
//!
//! - `state` is `open` or `closed`, and `state_reason` says why: `completed`, `not_planned` or `duplicate`.
//! - An issue that moved to another repository is answered with a redirect, one that was removed with 410.
//! - Lists hold pull requests too; they are numbered alike, so no case can be linked to one by mistake of ours.
//! - A used-up hour is answered with 403 or 429 and `x-ratelimit-reset`.

use async_trait::async_trait;
use custody_core::{Private, ports::PortResult};
use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

use super::{
    api::{self, Api, Page, Row, Stand, State, Told, page_after, page_number},
    server::Server,
};

pub(super) struct GitHub {
    server: Server,
    owner: String,
    name: String,
}

impl GitHub {
    pub(super) fn new(server: Server, owner: &str, name: &str) -> Self {
        Self { server, owner: owner.to_owned(), name: name.to_owned() }
    }

    fn page(&self, parts: &[&str], query: &[(&str, &str)]) -> Url {
        self.server.page(&[&["repos", self.owner.as_str(), self.name.as_str()], parts].concat(), query)
    }
}

#[async_trait]
impl Api for GitHub {
    fn server(&self) -> &Server {
        &self.server
    }

    async fn account(&self) -> PortResult<Private<String>> {
        let user: User = self.server.get("github.account", self.server.page(&["user"], &[])).await?;
        Ok(Private::new(user.login))
    }

    async fn ticket(&self, key: &str) -> PortResult<Told> {
        let issue: Issue = self.server.get("github.issue", self.page(&["issues", key], &[])).await?;
        let is_closed = issue.state == "closed";
        let reason = issue.state_reason.filter(|_| is_closed);
        let names = std::iter::once(issue.state).chain(reason).collect();
        // Its number may be another one now, but in another repository, which the list of this one does not hold.
        Ok(Told { key: key.to_owned(), state: Stand::In { names, is_closed } })
    }

    async fn last_changed(&self, since: Option<Timestamp>, page: Option<&str>) -> PortResult<Page> {
        let number = page_number(page);
        let (per_page, page_text) = (api::PER_PAGE.to_string(), number.to_string());
        let from = since.map(|since| since.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        let mut query = vec![
            ("state", "all"),
            ("sort", "updated"),
            ("direction", "desc"),
            ("per_page", per_page.as_str()),
            ("page", &page_text),
        ];
        if let Some(from) = &from {
            query.push(("since", from));
        }
        let list: Vec<Listed> = self.server.get("github.issues", self.page(&["issues"], &query)).await?;
        let next = page_after(number, list.len());
        let rows = list.into_iter().map(|it| Row { key: it.number.to_string(), updated: it.updated_at }).collect();
        Ok(Page { rows, next })
    }

    async fn places(&self) -> PortResult<Vec<String>> {
        let repository: Repository = self.server.get("github.repository", self.page(&[], &[])).await?;
        Ok(vec![repository.full_name])
    }

    async fn states(&self) -> PortResult<Vec<State>> {
        let state = |name: &str, is_closed| State { name: name.to_owned(), is_closed };
        let closed = ["closed", "completed", "not_planned", "duplicate"].map(|name| state(name, true));
        Ok(std::iter::once(state("open", false)).chain(closed).collect())
    }
}

#[derive(Deserialize)]
struct User {
    login: String,
}

#[derive(Deserialize)]
struct Repository {
    full_name: String,
}

#[derive(Deserialize)]
struct Issue {
    state: String,
    state_reason: Option<String>,
}

#[derive(Deserialize)]
struct Listed {
    number: u64,
    updated_at: Timestamp,
}

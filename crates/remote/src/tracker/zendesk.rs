//! Zendesk tickets (<https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/>). Shapes are from that page; it
//! was not run.
//!
//! - Statuses are `new`, `open`, `pending`, `hold`, `solved` and `closed`; a solved ticket opens again when its customer
//!   answers. Accounts may give them names of their own (`custom_statuses`), each within one of these.
//! - `users/me` answers 200 with nobody if the key is missing.
//! - The incremental export would need an administrator and leaves out the last minute, so the ordinary list is read; sorting
//!   it is documented for pages by number.
//! - A merged ticket is closed with the tag `closed_by_merge`, and where it went stands in a comment's words only. So it is
//!   not read as closed.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use custody_core::{
    Private,
    ports::{Fault, PortError, PortResult},
};
use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

use super::{
    api::{self, Api, Page, Row, Stand, State, Told, nobody, page_number},
    server::Server,
};
use crate::http::Failure;

const STATUSES: [(&str, bool); 6] =
    [("new", false), ("open", false), ("pending", false), ("hold", false), ("solved", true), ("closed", true)];

const MERGED: &str = "closed_by_merge";

pub(super) struct Zendesk {
    server: Server,
    /// The account's own names of statuses, by their numbers.
    own_names: Mutex<BTreeMap<u64, String>>,
}

impl Zendesk {
    pub(super) fn new(server: Server) -> Self {
        Self { server, own_names: Mutex::default() }
    }

    fn page(&self, parts: &[&str], query: &[(&str, &str)]) -> Url {
        self.server.page(&[&["api", "v2"], parts].concat(), query)
    }

    async fn custom_statuses(&self) -> PortResult<Vec<CustomStatus>> {
        let asked = self.server.get("zendesk.statuses", self.page(&["custom_statuses.json"], &[])).await;
        let statuses = match asked {
            Ok(CustomStatuses { custom_statuses }) => custom_statuses,
            // Not every plan has them.
            Err(error) if matches!(error.fault, Fault::NotFound | Fault::NotAllowed) => Vec::new(),
            Err(error) => return Err(error),
        };
        let names = statuses.iter().map(|status| (status.id, status.agent_label.clone())).collect();
        *self.own_names.lock().unwrap_or_else(PoisonError::into_inner) = names;
        Ok(statuses)
    }

    async fn own_name(&self, status: Option<u64>) -> PortResult<Option<String>> {
        let Some(status) = status else { return Ok(None) };
        let known = |this: &Self| {
            let names = this.own_names.lock().unwrap_or_else(PoisonError::into_inner);
            names.get(&status).cloned()
        };
        if let Some(name) = known(self) {
            return Ok(Some(name));
        }
        self.custom_statuses().await?;
        Ok(known(self))
    }
}

#[async_trait]
impl Api for Zendesk {
    fn server(&self) -> &Server {
        &self.server
    }

    async fn account(&self) -> PortResult<Private<String>> {
        const ROUTE: &str = "zendesk.account";
        let user = self.server.get::<Account>(ROUTE, self.page(&["users", "me.json"], &[])).await?.user;
        if user.id.is_none() {
            return Err(nobody(ROUTE));
        }
        if user.role.as_deref() == Some("end-user") {
            return Err(PortError::needs_person(Fault::NotAllowed)
                .because(Failure::Unexpected { route: ROUTE, what: "the account is a customer's" }));
        }
        Ok(Private::new(user.name.unwrap_or_default()))
    }

    async fn ticket(&self, key: &str) -> PortResult<Told> {
        const ROUTE: &str = "zendesk.ticket";
        let page = self.page(&["tickets", &format!("{key}.json")], &[]);
        let ticket = self.server.get::<Single>(ROUTE, page).await?.ticket;
        if ticket.id.to_string() != key {
            return Err(Failure::of_sense(ROUTE, "another ticket than asked for"));
        }
        let is_closed = closes(&ticket.status);
        let was_merged = is_closed && ticket.tags.iter().flatten().any(|tag| tag == MERGED);
        if was_merged || ticket.status == "deleted" {
            return Ok(Told { key: key.to_owned(), state: Stand::Gone });
        }
        let own_name = self.own_name(ticket.custom_status_id).await?;
        let names = std::iter::once(ticket.status).chain(own_name).collect();
        Ok(Told { key: key.to_owned(), state: Stand::In { names, is_closed } })
    }

    async fn last_changed(&self, _since: Option<Timestamp>, page: Option<&str>) -> PortResult<Page> {
        let number = page_number(page);
        let query = [
            ("sort_by", "updated_at"),
            ("sort_order", "desc"),
            ("per_page", &api::PER_PAGE.to_string()),
            ("page", &number.to_string()),
        ];
        let list: Tickets = self.server.get("zendesk.tickets", self.page(&["tickets.json"], &query)).await?;
        let next = list.next_page.map(|_| (number + 1).to_string());
        let rows = list.tickets.into_iter().map(|it| Row { key: it.id.to_string(), updated: it.updated_at }).collect();
        Ok(Page { rows, next })
    }

    async fn places(&self) -> PortResult<Vec<String>> {
        let groups: Groups = self.server.get("zendesk.groups", self.page(&["groups.json"], &[])).await?;
        Ok(groups.groups.into_iter().map(|group| group.name).collect())
    }

    async fn states(&self) -> PortResult<Vec<State>> {
        let mut states: Vec<State> = STATUSES
            .iter()
            .map(|(name, is_closed)| State { name: (*name).to_owned(), is_closed: *is_closed })
            .collect();
        for status in self.custom_statuses().await? {
            let is_closed = closes(&status.status_category);
            if !states.iter().any(|state| state.name.eq_ignore_ascii_case(&status.agent_label)) {
                states.push(State { name: status.agent_label, is_closed });
            }
        }
        Ok(states)
    }
}

fn closes(status: &str) -> bool {
    STATUSES.iter().any(|(name, is_closed)| *is_closed && *name == status)
}

#[derive(Deserialize)]
struct Account {
    user: User,
}

#[derive(Deserialize)]
struct User {
    id: Option<u64>,
    name: Option<String>,
    role: Option<String>,
}

#[derive(Deserialize)]
struct Single {
    ticket: Ticket,
}

#[derive(Deserialize)]
struct Ticket {
    id: u64,
    status: String,
    custom_status_id: Option<u64>,
    tags: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct CustomStatuses {
    custom_statuses: Vec<CustomStatus>,
}

#[derive(Deserialize)]
struct CustomStatus {
    id: u64,
    status_category: String,
    agent_label: String,
}

#[derive(Deserialize)]
struct Tickets {
    tickets: Vec<Listed>,
    next_page: Option<String>,
}

#[derive(Deserialize)]
struct Listed {
    id: u64,
    updated_at: Timestamp,
}

#[derive(Deserialize)]
struct Groups {
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    name: String,
}

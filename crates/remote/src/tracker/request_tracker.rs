//! Request Tracker 5, REST 2 (<https://docs.bestpractical.com/rt/5.0.3/RT/REST2.html>).
//!
//! Seen on RT 5.0.3, and not in the documentation:
//! - a removed ticket is answered with 200 and the status `deleted`; a merged one with the body of its target;
//! - neither is in any list, so a list only finds candidates;
//! - `Resolved` keeps its time when a ticket is opened again: the status alone decides;
//! - dates of a query are read in the time zone of the account, those of answers are UTC;
//! - `Last-Modified` is no HTTP date, and `total` may be null.

use async_trait::async_trait;
use custody_core::{
    Private,
    ports::{Fault, PortResult},
};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{
    api::{self, Api, Page, Row, Stand, State, Told, loose_number, page_after, page_number},
    server::Server,
};

/// States of the lifecycle `default` and whether RT calls them inactive. Other lifecycles are RT's own configuration, which
/// no interface tells: their states stand in the settings, and until then they are open.
const DEFAULT_STATES: [(&str, bool); 5] =
    [("new", false), ("open", false), ("stalled", false), ("resolved", true), ("rejected", true)];

/// RT's word for a ticket that was removed.
const REMOVED: &str = "deleted";

/// No account's time zone is further from UTC than this.
const FURTHEST_ZONE: SignedDuration = SignedDuration::from_hours(15);

pub(super) struct RequestTracker {
    server: Server,
    /// The number of the account, as the token tells it.
    user: Option<u64>,
}

impl RequestTracker {
    pub(super) fn new(server: Server, token: &str) -> Self {
        Self { server, user: user_of(token) }
    }
}

/// Tokens begin with `1-`, the number of the account and `-`.
fn user_of(token: &str) -> Option<u64> {
    let mut parts = token.split('-');
    let is_token = parts.next() == Some("1");
    parts.next()?.parse().ok().filter(|_| is_token)
}

#[async_trait]
impl Api for RequestTracker {
    fn server(&self) -> &Server {
        &self.server
    }

    async fn account(&self) -> PortResult<Private<String>> {
        const ROUTE: &str = "rt.account";
        // Every account that is logged in may ask for the version.
        let _: Version = self.server.get(ROUTE, self.server.page(&["REST", "2.0", "rt"], &[])).await?;
        let Some(user) = self.user else { return Ok(Private::new(String::new())) };
        let url = self.server.page(&["REST", "2.0", "user", &user.to_string()], &[]);
        match self.server.get::<User>(ROUTE, url).await {
            Ok(user) => Ok(Private::new(user.name.unwrap_or_default())),
            // Unprivileged accounts see no users.
            Err(error) if matches!(error.fault, Fault::NotFound | Fault::NotAllowed) => Ok(Private::new(String::new())),
            Err(error) => Err(error),
        }
    }

    async fn ticket(&self, key: &str) -> PortResult<Told> {
        const ROUTE: &str = "rt.ticket";
        let ticket: Ticket = self.server.get(ROUTE, self.server.page(&["REST", "2.0", "ticket", key], &[])).await?;
        let key = ticket.id.to_string();
        if ticket.status.eq_ignore_ascii_case(REMOVED) {
            return Ok(Told { key, state: Stand::Gone });
        }
        let is_closed = closes(&ticket.status);
        Ok(Told { key, state: Stand::In { names: vec![ticket.status], is_closed } })
    }

    async fn last_changed(&self, since: Option<Timestamp>, page: Option<&str>) -> PortResult<Page> {
        let number = page_number(page);
        let query = match since {
            // Too early rather than too late: rows that are older than asked for end the reading.
            Some(since) => {
                let from = since.checked_sub(FURTHEST_ZONE).unwrap_or(Timestamp::UNIX_EPOCH);
                format!("LastUpdated >= '{}'", from.strftime("%Y-%m-%d %H:%M:%S"))
            }
            None => "id > 0".to_owned(),
        };
        let url = self.server.page(
            &["REST", "2.0", "tickets"],
            &[
                ("query", &query),
                ("fields", "LastUpdated"),
                ("orderby", "LastUpdated"),
                ("order", "DESC"),
                ("per_page", &api::PER_PAGE.to_string()),
                ("page", &number.to_string()),
            ],
        );
        let list: Tickets = self.server.get("rt.tickets", url).await?;
        let next = page_after(number, list.items.len());
        let rows = list.items.into_iter().map(|it| Row { key: it.id.to_string(), updated: it.last_updated }).collect();
        Ok(Page { rows, next })
    }

    async fn places(&self) -> PortResult<Vec<String>> {
        let page = self.server.page(&["REST", "2.0", "queues", "all"], &[("fields", "Name"), ("per_page", "100")]);
        let queues: Queues = self.server.get("rt.queues", page).await?;
        Ok(queues.items.into_iter().filter_map(|queue| queue.name).collect())
    }

    async fn states(&self) -> PortResult<Vec<State>> {
        let mut states: Vec<State> = DEFAULT_STATES
            .iter()
            .map(|(name, is_closed)| State { name: (*name).to_owned(), is_closed: *is_closed })
            .collect();
        // RT names its states nowhere: those of the tickets that changed last stand for the rest.
        let page = self.server.page(
            &["REST", "2.0", "tickets"],
            &[
                ("query", "id > 0"),
                ("fields", "Status"),
                ("orderby", "LastUpdated"),
                ("order", "DESC"),
                ("per_page", "100"),
            ],
        );
        let seen: SeenStates = self.server.get("rt.states", page).await?;
        for name in seen.items.into_iter().map(|it| it.status) {
            if !states.iter().any(|state| state.name == name) {
                states.push(State { is_closed: closes(&name), name });
            }
        }
        Ok(states)
    }
}

fn closes(status: &str) -> bool {
    DEFAULT_STATES.iter().any(|(name, is_closed)| *is_closed && status.eq_ignore_ascii_case(name))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Version {
    #[serde(rename = "Version")]
    _version: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct User {
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ticket {
    #[serde(rename = "id", deserialize_with = "loose_number")]
    id: u64,
    status: String,
}

#[derive(Deserialize)]
struct Tickets {
    items: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    #[serde(rename = "id", deserialize_with = "loose_number")]
    id: u64,
    last_updated: Timestamp,
}

#[derive(Deserialize)]
struct SeenStates {
    items: Vec<SeenState>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SeenState {
    status: String,
}

#[derive(Deserialize)]
struct Queues {
    items: Vec<Queue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Queue {
    name: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_tells_whose_it_is() {
        assert_eq!(user_of("1-31-0f0e0d"), Some(31));
        for other in ["", "31", "2-31-x", "1-x-31"] {
            assert_eq!(user_of(other), None, "{other}");
        }
    }
}

//! Trackers of tickets: one behind each name of the settings.
//!
//! Each kind has one file that knows its shapes; the rules over them are the same for all and stand in `client`.

mod api;
mod client;
mod github;
mod gitlab;
mod jira;
mod mark;
mod redmine;
mod request_tracker;
mod server;
mod settings;
pub mod topic;
mod zendesk;

use std::{collections::BTreeMap, fmt, sync::Arc};

use async_trait::async_trait;
use custody_core::{
    ports::{ChangedTickets, Fault, PortError, PortResult, Tracker},
    ticket::{TicketReading, TicketRef},
};

pub use client::{StateMeaning, TrackerCheck, TrackerClient};
pub use settings::{TrackerKind, TrackerSettings, TrackerSettingsError};
pub use topic::TopicTracker;

/// Asks the tracker that a ticket names.
#[derive(Clone, Default)]
pub struct Trackers {
    by_name: BTreeMap<String, Arc<dyn Tracker>>,
}

impl fmt::Debug for Trackers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.by_name.keys()).finish()
    }
}

impl Trackers {
    /// No tracker yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// These and one more, under the name that tickets carry.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, tracker: Arc<dyn Tracker>) -> Self {
        self.by_name.insert(name.into(), tracker);
        self
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }
}

#[async_trait]
impl Tracker for Trackers {
    async fn read(&self, ticket: &TicketRef) -> PortResult<TicketReading> {
        match self.by_name.get(&ticket.tracker) {
            Some(tracker) => tracker.read(ticket).await,
            // Taken out of the settings: the ticket's state is unknown, not closed.
            None => Err(PortError::needs_person(Fault::NotConnected)),
        }
    }

    async fn changed(&self, known: &[TicketRef], mark: Option<&str>) -> PortResult<ChangedTickets> {
        let Some(first) = known.first() else {
            return Ok(ChangedTickets { tickets: Vec::new(), mark: mark.unwrap_or_default().to_owned() });
        };
        match self.by_name.get(&first.tracker) {
            Some(tracker) => tracker.changed(known, mark).await,
            None => Err(PortError::needs_person(Fault::NotConnected)),
        }
    }
}

//! The forum's thread as its own ticket: closed, archived or solved there.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use custody_core::{
    case::TopicId,
    ports::{ChangedTickets, Fault, Forum, PortResult, Tracker},
    ticket::{TicketReading, TicketRef},
};

/// Reads the thread whose number is the ticket's key.
#[derive(Clone)]
pub struct TopicTracker {
    forum: Arc<dyn Forum>,
}

impl fmt::Debug for TopicTracker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TopicTracker").field("forum", &self.forum.name()).finish()
    }
}

impl TopicTracker {
    /// A tracker over this forum.
    pub fn new(forum: Arc<dyn Forum>) -> Self {
        Self { forum }
    }
}

#[async_trait]
impl Tracker for TopicTracker {
    async fn read(&self, ticket: &TicketRef) -> PortResult<TicketReading> {
        let Ok(topic) = ticket.key.parse().map(TopicId) else { return Ok(TicketReading::Missing) };
        match self.forum.thread(topic).await {
            Ok(thread) => Ok(thread.reading),
            // The forum knows us and shows no such thread: it was removed, or moved out of our reach.
            Err(error) if error.fault == Fault::NotFound => Ok(TicketReading::Missing),
            Err(error) => Err(error),
        }
    }

    /// Closing does not move a thread up in any list, so no list tells.
    async fn changed(&self, known: &[TicketRef], _mark: Option<&str>) -> PortResult<ChangedTickets> {
        Ok(ChangedTickets { tickets: known.to_vec(), mark: String::new() })
    }
}

//! The tracker.

use async_trait::async_trait;

use crate::{
    ports::PortResult,
    ticket::{TicketReading, TicketRef},
};

/// The tracker of linked tickets.
#[async_trait]
pub trait Tracker: Send + Sync {
    /// Reads one ticket. This single reading decides; a list only finds candidates. A merged ticket is read at its target.
    async fn read(&self, ticket: &TicketRef) -> PortResult<TicketReading>;

    /// Tickets among `known` (all of one tracker) that may have changed since `mark`, and the next mark.
    ///
    /// A ticket may be named without having changed. A list may leave out what was merged, removed or hidden, so whoever
    /// asks also reads every ticket singly from time to time. A tracker without a list names all of them.
    async fn changed(&self, known: &[TicketRef], mark: Option<&str>) -> PortResult<ChangedTickets>;
}

/// The answer to [`Tracker::changed`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedTickets {
    /// The tickets.
    pub tickets: Vec<TicketRef>,
    /// To be kept once all of them have been read.
    pub mark: String,
}

//! The list of events, asked for in parts.

use custody_core::{
    event_list::{EventQuery, EventTopic, ListedEvent},
    ports::Ledger as _,
};
use tracing::{debug, warn};

use super::{Desk, acting::not_found, reading::page, rounds::chain};
use crate::{
    Result, show,
    views::{AuditEventView, AuditListView, TopicCount},
};

/// Events that are read at a time.
const AT_A_TIME: u32 = 1000;

impl Desk {
    /// A part of the list of events, newest first.
    pub async fn list_events(&self, query: &EventQuery) -> Result<AuditListView> {
        if !query.words.is_empty() {
            // They are found by the words of their cases.
            self.try_to_make_case_list().await;
        }
        if let Err(error) = self.make_event_list().await {
            warn!(error = %chain(&error), "list.not_made");
        }
        let found = self.0.ledger.list_events(query).await?;
        let wired = self.wired();
        let page = page(&wired).await?;
        let mut rows = Vec::new();
        for (index, event) in &found.events {
            rows.push(show::audit_row(&page, *index, event).await?);
        }
        let meant = |topic: &EventTopic| query.topics.is_empty() || query.topics.contains(topic);
        let total = found.counts.iter().filter(|(topic, _)| meant(topic)).map(|(_, events)| events).sum();
        let counts = found.counts.into_iter().map(|(topic, events)| TopicCount { topic, events }).collect();
        Ok(AuditListView { rows, total, counts, head: self.0.ledger.head().await?.index })
    }

    /// An event with everything about it.
    ///
    /// # Errors
    /// [`Fault::NotFound`](custody_core::ports::Fault::NotFound) if there is none at this place.
    pub async fn event(&self, index: u64) -> Result<AuditEventView> {
        let wired = self.wired();
        let chained = self.0.ledger.chained_event(index).await?.ok_or_else(not_found)?;
        let about = self.0.ledger.cases_of_event(index).await?;
        Ok(show::audit_event_view(&page(&wired).await?, index, &chained, &about).await?)
    }

    /// Adds to the list what was added to the chain since.
    async fn make_event_list(&self) -> Result<()> {
        let _turn = self.0.turns.list.lock().await;
        let ledger = &self.0.ledger;
        let mut after = ledger.event_list_head().await?;
        loop {
            let events = ledger.events(after, AT_A_TIME).await?;
            let Some((last, _)) = events.last() else { return Ok(()) };
            after = *last;
            let listed: Vec<_> = events.iter().map(|(index, event)| ListedEvent::of(*index, event)).collect();
            ledger.put_event_list(&listed).await?;
            debug!(upto = after, "events.listed");
        }
    }
}

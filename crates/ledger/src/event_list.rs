//! The list of events: what each is about, kept beside the chain so that the engine can filter, count and cut it into parts.
//! What is shown is read from the chain itself.

use custody_core::{
    event::{ChainHash, Event},
    event_list::{EventPage, EventQuery, ListedEvent},
    id::CaseId,
    ports::PortResult,
};
use sqlx::{AnyConnection, Connection as _, any::AnyRow};

use crate::{
    SqlLedger,
    chain::{Growth, indexed_event},
    listing::Conditions,
    sql::{self, Result, Row, values, word},
};

/// An event as it stands in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainedEvent {
    /// The event.
    pub event: Event,
    /// Its text, as it is stored and digested.
    pub text: String,
    /// The hash of the event before it.
    pub prev: ChainHash,
    /// Its own.
    pub hash: ChainHash,
}

impl SqlLedger {
    /// Up to which event the list was made.
    ///
    /// # Errors
    /// As any reading of the ledger; so for all of these.
    pub async fn event_list_head(&self) -> PortResult<u64> {
        let mut reader = self.reader().await?;
        Ok(head(&mut reader).await?)
    }

    /// Adds events to the list, in order. Those that another desk was first to add are passed over.
    pub async fn put_event_list(&self, events: &[ListedEvent]) -> PortResult<()> {
        Ok(self.write_event_list(events).await?)
    }

    async fn write_event_list(&self, events: &[ListedEvent]) -> Result<()> {
        let mut writer = self.writer().await?;
        let mut transaction = writer.begin_with(self.begin_to_write()).await?;
        // Whoever adds to the list holds the end of the chain meanwhile, as whoever adds to the chain.
        drop(Growth::begin(&mut transaction).await?);
        let head = head(&mut transaction).await?;
        let mut rows = Vec::new();
        for event in events.iter().filter(|event| event.index > head) {
            let Ok(index) = i64::try_from(event.index) else { break };
            rows.push(values![index, event.at, word(&event.topic)?, word(&event.actor)?]);
        }
        sql::insert_many(&mut transaction, "INSERT INTO event_list (event_index, at, topic, actor)", 4, rows).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// A part of the list, newest first, and how many events are about what.
    pub async fn list_events(&self, query: &EventQuery) -> PortResult<EventPage> {
        Ok(self.read_event_list(query).await?)
    }

    async fn read_event_list(&self, query: &EventQuery) -> Result<EventPage> {
        let mut reader = self.reader().await?;
        let mut transaction = reader.begin_with(self.begin_to_read()).await?;
        let events = page(&mut transaction, query).await?;
        let counts = asked(query)?.counted(&mut transaction, ("event_list", "topic"), "").await?;
        transaction.rollback().await?;
        Ok(EventPage { events, counts })
    }

    /// The event at this place, as it stands in the chain.
    pub async fn chained_event(&self, index: u64) -> PortResult<Option<ChainedEvent>> {
        let Ok(index) = i64::try_from(index) else { return Ok(None) };
        let sql = "SELECT event_index, text, prev, hash FROM chain WHERE event_index = $1";
        let read = |row: &AnyRow| {
            let row = Row::of(row, "chain", "event_index");
            let (text, event) = (row.text("text")?, row.json("text")?);
            Ok(ChainedEvent { event, text, prev: ChainHash(row.digest("prev")?), hash: ChainHash(row.digest("hash")?) })
        };
        let mut reader = self.reader().await?;
        Ok(sql::one(&mut reader, sql, values![index], read).await?)
    }

    /// The cases that the event at this place is about.
    pub async fn cases_of_event(&self, index: u64) -> PortResult<Vec<CaseId>> {
        let Ok(index) = i64::try_from(index) else { return Ok(Vec::new()) };
        let sql = "SELECT case_id FROM event_cases WHERE event_index = $1 ORDER BY case_id";
        let read = |row: &AnyRow| Row::of(row, "event_cases", "case_id").id("case_id");
        let mut reader = self.reader().await?;
        Ok(sql::all(&mut reader, sql, values![index], read).await?)
    }
}

async fn head(on: &mut AnyConnection) -> Result<u64> {
    let sql = "SELECT COALESCE(MAX(event_index), 0) AS event_index FROM event_list";
    sql::single(on, sql, |row| Row::of(row, "event_list", "event_index").large("event_index"), "event_list").await
}

async fn page(on: &mut AnyConnection, query: &EventQuery) -> Result<Vec<(u64, Event)>> {
    let mut asked = asked(query)?;
    asked.one_of("event_list.topic", &query.topics)?;
    let (limit, skip) = (asked.value(query.limit), asked.value(query.skip));
    // The places are found by the list alone; only the events that are shown are read.
    let sql = format!(
        "SELECT chain.event_index, chain.text FROM chain WHERE chain.event_index IN \
         (SELECT event_list.event_index FROM event_list{} \
         ORDER BY event_list.event_index DESC LIMIT {limit} OFFSET {skip}) ORDER BY chain.event_index DESC",
        asked.text(),
    );
    sql::all_made(on, sql, asked.values, indexed_event).await
}

/// What is asked for beside the topics.
fn asked(query: &EventQuery) -> Result<Conditions> {
    let mut asked = Conditions::default();
    asked.one_of("event_list.actor", query.actor.as_slice())?;
    for (moment, comparison) in [(query.from, ">="), (query.before, "<")] {
        if let Some(moment) = moment {
            let place = asked.value(moment);
            asked.that(format!("event_list.at {comparison} {place}"));
        }
    }
    if let Some(index) = query.index {
        let place = asked.value(i64::try_from(index).unwrap_or(i64::MAX));
        asked.that(format!("event_list.event_index = {place}"));
    }
    asked.words(&query.words, |like| {
        format!(
            "event_list.event_index IN (SELECT event_cases.event_index FROM event_cases \
             JOIN case_words ON case_words.case_id = event_cases.case_id WHERE case_words.words {like})"
        )
    });
    Ok(asked)
}

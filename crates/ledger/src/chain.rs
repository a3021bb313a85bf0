//! The chain of events: adding to it, reading it, and finding what was changed in it.

use custody_core::{
    Timestamp,
    event::{self, ChainHash, Event},
    id::CaseId,
    ports::{ChainVerdict, Head, PortResult},
};
use sqlx::{AnyConnection, Connection as _, any::AnyRow};

use crate::{
    Inconsistency, LedgerError, SqlLedger,
    sql::{self, Result, Row, Value, values},
};

/// How many events are read at once: the memory of a walk is bounded by it.
const PAGE: u32 = 500;

/// The events of one transaction, tied to what was there.
pub(crate) struct Growth {
    head: Head,
    rows: Vec<Vec<Value>>,
}

impl Growth {
    /// Locks the end of the chain until the transaction ends: no two writers go on from the same event.
    pub(crate) async fn begin(on: &mut AnyConnection) -> Result<Self> {
        let lock = "UPDATE chain_head SET event_index = event_index WHERE one = 1 RETURNING event_index, hash";
        Ok(Self { head: sql::single(on, lock, head, "chain_head").await?, rows: Vec::new() })
    }

    /// Ties an event to the one before it and gives its index.
    pub(crate) fn add(&mut self, event: &Event) -> Result<i64> {
        let index = self.head.index + 1;
        let stored = stored_index(index)?;
        let text = event::text(event).map_err(LedgerError::Unwritable)?;
        let prev = self.head.hash;
        let hash = prev.next(index, &text);
        self.rows.push(values![stored, event.at, text, hex::encode(prev.0), hex::encode(hash.0)]);
        self.head = Head { index, hash };
        Ok(stored)
    }

    /// Writes the events and the new end.
    pub(crate) async fn write(self, on: &mut AnyConnection) -> Result<Head> {
        sql::insert_many(on, "INSERT INTO chain (event_index, at, text, prev, hash)", 5, self.rows).await?;
        let end = "UPDATE chain_head SET event_index = $1, hash = $2 WHERE one = 1";
        let values = values![stored_index(self.head.index)?, hex::encode(self.head.hash.0)];
        sql::run_one(on, "chain_head", end, values).await?;
        Ok(self.head)
    }
}

impl SqlLedger {
    pub(crate) async fn read_head(&self) -> Result<Head> {
        let mut reader = self.reader().await?;
        stored_head(&mut reader).await
    }

    pub(crate) async fn read_events(&self, after: u64, limit: u32) -> Result<Vec<(u64, Event)>> {
        // Above what can be stored there is nothing.
        let Ok(after) = i64::try_from(after) else { return Ok(Vec::new()) };
        let sql = "SELECT event_index, text FROM chain WHERE event_index > $1 ORDER BY event_index LIMIT $2";
        let mut reader = self.reader().await?;
        sql::all(&mut reader, sql, values![after, limit], indexed_event).await
    }

    pub(crate) async fn read_events_of_case(&self, case: CaseId) -> Result<Vec<(u64, Event)>> {
        let sql = "SELECT chain.event_index, chain.text FROM event_cases \
                   JOIN chain ON chain.event_index = event_cases.event_index \
                   WHERE event_cases.case_id = $1 ORDER BY event_cases.event_index";
        let mut reader = self.reader().await?;
        sql::all(&mut reader, sql, values![case], indexed_event).await
    }

    /// Walks the chain as it is at one moment, page by page.
    pub(crate) async fn walk(&self, each: Each<'_>) -> Result<ChainVerdict> {
        let mut reader = self.reader().await?;
        let mut transaction = reader.begin_with(self.begin_to_read()).await?;
        let verdict = walk(&mut transaction, each).await?;
        transaction.rollback().await?;
        Ok(verdict)
    }

    /// Walks the whole chain as it is at one moment and gives each event that fits: its text as it is stored, and the end of
    /// the chain after it. Ends at the first that does not fit. What it needs does not grow with the chain.
    ///
    /// # Errors
    /// As any reading of the ledger.
    pub async fn walk_chain(&self, each: Each<'_>) -> PortResult<ChainVerdict> {
        Ok(self.walk(each).await?)
    }

    /// The hash of the event at this index, if there is one.
    ///
    /// # Errors
    /// As any reading of the ledger.
    pub async fn hash_at(&self, index: u64) -> PortResult<Option<ChainHash>> {
        let Ok(index) = i64::try_from(index) else { return Ok(None) };
        let sql = "SELECT event_index, hash FROM chain WHERE event_index = $1";
        let read = |row: &AnyRow| Ok(ChainHash(Row::of(row, "chain", "event_index").digest("hash")?));
        let mut reader = self.reader().await?;
        Ok(sql::one(&mut reader, sql, values![index], read).await?)
    }
}

/// Is given each event of a walk.
pub type Each<'e> = &'e mut (dyn FnMut(&str, Head) + Send);

async fn walk(on: &mut AnyConnection, each: Each<'_>) -> Result<ChainVerdict> {
    let mut last = Head { index: 0, hash: ChainHash::GENESIS };
    // Whatever was slipped in before the first event is met too.
    let mut after = i64::MIN;
    loop {
        let sql = "SELECT event_index, at, text, prev, hash FROM chain WHERE event_index > $1 \
                   ORDER BY event_index LIMIT $2";
        // A row that cannot be read is a finding here, not an error.
        let page = match sql::all(on, sql, values![after, PAGE], |row| Ok(link(row).ok())).await {
            Ok(page) => page,
            Err(LedgerError::Unreadable) => return first_unreadable(on, last, each).await,
            Err(error) => return Err(error),
        };
        let full = page.len() == PAGE as usize;
        for link in page {
            match link.and_then(|link| Some((link.after(last)?, link))) {
                Some((head, link)) => {
                    each(&link.text, head);
                    last = head;
                }
                None => return Ok(ChainVerdict::Broken { at: last.index + 1 }),
            }
        }
        if !full {
            break;
        }
        after = stored_index(last.index)?;
    }
    Ok(match stored_head(on).await {
        Ok(head) if head == last => ChainVerdict::Whole(last),
        // The end says that more was written than is there: the tail was removed.
        Ok(head) if head.index > last.index => ChainVerdict::Broken { at: last.index + 1 },
        // More is there than the end knows of.
        Ok(head) if head.index < last.index => ChainVerdict::Broken { at: head.index + 1 },
        Ok(_) | Err(LedgerError::Row(_) | LedgerError::Unreadable) => ChainVerdict::Broken { at: last.index.max(1) },
        Err(error) => return Err(error),
    })
}

/// A page holds a row that the driver cannot give at all. The rows before it are walked one by one.
async fn first_unreadable(on: &mut AnyConnection, mut last: Head, each: Each<'_>) -> Result<ChainVerdict> {
    loop {
        let sql = "SELECT event_index, at, text, prev, hash FROM chain WHERE event_index > $1 \
                   ORDER BY event_index LIMIT 1";
        let after = if last.index == 0 { i64::MIN } else { stored_index(last.index)? };
        let link = match sql::one(on, sql, values![after], |row| Ok(link(row).ok())).await {
            Ok(link) => link.flatten(),
            Err(LedgerError::Unreadable) => None,
            Err(error) => return Err(error),
        };
        match link.and_then(|link| Some((link.after(last)?, link))) {
            Some((head, link)) => {
                each(&link.text, head);
                last = head;
            }
            None => return Ok(ChainVerdict::Broken { at: last.index + 1 }),
        }
    }
}

pub(crate) fn indexed_event(row: &AnyRow) -> Result<(u64, Event), Inconsistency> {
    let row = Row::of(row, "chain", "event_index");
    let index = u64::try_from(row.int("event_index")?).map_err(|_| row.wrong("event_index"))?;
    Ok((index, row.json("text")?))
}

/// One row of the chain.
struct Link {
    index: i64,
    at: Timestamp,
    text: String,
    prev: [u8; 32],
    hash: [u8; 32],
}

impl Link {
    /// The chain's end after this row, if the row is the one that comes after `last`.
    fn after(&self, last: Head) -> Option<Head> {
        let index = last.index + 1;
        let hash = last.hash.next(index, &self.text);
        let event: Event = serde_json::from_str(&self.text).ok()?;
        // The text must be the one the event makes: the same event written otherwise was not written by us.
        let whole = u64::try_from(self.index) == Ok(index)
            && self.prev == last.hash.0
            && self.hash == hash.0
            && self.at.as_microsecond() == event.at.as_microsecond()
            && event::text(&event).is_ok_and(|text| text == self.text);
        whole.then_some(Head { index, hash })
    }
}

fn link(row: &AnyRow) -> Result<Link, Inconsistency> {
    let row = Row::of(row, "chain", "event_index");
    Ok(Link {
        index: row.int("event_index")?,
        at: row.time("at")?,
        text: row.text("text")?,
        prev: row.digest("prev")?,
        hash: row.digest("hash")?,
    })
}

async fn stored_head(on: &mut AnyConnection) -> Result<Head> {
    sql::single(on, "SELECT event_index, hash FROM chain_head WHERE one = 1", head, "chain_head").await
}

fn head(row: &AnyRow) -> Result<Head, Inconsistency> {
    let row = Row::of(row, "chain_head", "event_index");
    let index = u64::try_from(row.int("event_index")?).map_err(|_| row.wrong("event_index"))?;
    Ok(Head { index, hash: ChainHash(row.digest("hash")?) })
}

fn stored_index(index: u64) -> Result<i64> {
    let full = || Inconsistency { table: "chain_head", column: "event_index", row: "1".to_owned() };
    Ok(i64::try_from(index).map_err(|_| full())?)
}

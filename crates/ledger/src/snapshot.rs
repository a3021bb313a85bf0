//! A ledger as bytes: taken as of one moment, and loaded into an empty ledger by the same program or a newer one.
//!
//! The first line says which schema the rows are of; each other line is one row as JSON. Memory does not grow with the ledger.

use std::path::Path;

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::ports::{ByteSource, Fault, PortError, PortResult};
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use sqlx::{AnyConnection, AssertSqlSafe, Column as _, Connection as _, Row as _, any::AnyRow};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::{
    LedgerError, LedgerKey, SqlLedger,
    dump::TABLES,
    migrate::{MIGRATIONS, Migration},
    sql::{self, Result, Value, values},
};

/// Rows are gathered to pieces of about this many bytes.
const PIECE: usize = 256 << 10;
const UNDERWAY: usize = 2;
/// The longest line that is read: a receipt with thousands of files is far below.
const LINE_LIMIT: usize = 64 << 20;
/// Tables that are made from the others, or asked for again, where a snapshot is loaded.
const MADE_FROM_OTHERS: [&str; 6] =
    ["case_list", "case_words", "case_list_head", "erasure_list", "event_list", "assigned_cases"];
/// Tables whose rows the migrations write themselves.
const MADE_BY_MIGRATIONS: [&str; 2] = ["chain_head", "epochs"];

#[derive(Serialize, Deserialize)]
struct Head {
    /// The number of the last migration.
    schema: i64,
}

#[derive(Serialize, Deserialize)]
struct Line {
    table: String,
    row: Map<String, Json>,
}

/// Bytes are written as an object, since JSON has none.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct InHex {
    hex: String,
}

impl SqlLedger {
    /// See [`Ledger::snapshot`](custody_core::ports::Ledger::snapshot).
    pub(crate) fn stream_snapshot(&self) -> Box<dyn ByteSource> {
        let (pieces, incoming) = channel(UNDERWAY);
        let ledger = self.clone();
        tokio::spawn(async move {
            // Whoever stopped reading needs no answer.
            if let Err(error) = write_out(&ledger, &pieces).await {
                drop(pieces.send(Err(error.into())).await);
            }
        });
        Box::new(Pieces(incoming))
    }

    /// Makes a ledger in this file out of a snapshot, and opens it. The rows go into the schema they were taken from, which is
    /// then brought to this program's.
    ///
    /// # Errors
    /// `Conflict` if there is a ledger already; `LedgerNewer` for a snapshot of a newer program; `LedgerDamaged` if it is none.
    /// Nothing is kept of a snapshot that cannot be loaded to its end.
    pub async fn restore_sqlite(path: &Path, key: &LedgerKey, snapshot: &mut dyn ByteSource) -> PortResult<Self> {
        let mut lines = Lines::of(snapshot);
        let schema = lines.schema().await?;
        let ledger = Self::open_sqlite_with(path, key, schema).await?;
        ledger.load(&mut lines).await?;
        ledger.close().await;
        Self::open_sqlite(path, key).await
    }

    /// Fills a ledger in which nothing ever happened.
    pub(crate) async fn load(&self, lines: &mut Lines<'_>) -> PortResult<()> {
        if self.read_head().await?.index > 0 {
            return Err(LedgerError::Conflict { table: "chain" }.into());
        }
        let mut writer = self.writer().await?;
        let mut transaction = writer.begin_with(self.begin_to_write()).await.map_err(LedgerError::from)?;
        for made in MADE_BY_MIGRATIONS {
            let clear = AssertSqlSafe(format!("DELETE FROM {made}"));
            sqlx::query(clear).execute(&mut *transaction).await.map_err(LedgerError::from)?;
        }
        while let Some(line) = lines.next().await? {
            let line: Line = serde_json::from_slice(&line).map_err(damaged)?;
            insert(&mut transaction, line).await?;
        }
        Ok(transaction.commit().await.map_err(LedgerError::from)?)
    }
}

async fn insert(on: &mut AnyConnection, line: Line) -> PortResult<()> {
    let known = TABLES.iter().find(|(table, ..)| *table == line.table).ok_or_else(|| damaged("an unknown table"))?;
    let (mut columns, mut places, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (column, value) in line.row {
        // What is not there is NULL: PostgreSQL wants a type for it, and a row says none.
        if value.is_null() {
            continue;
        }
        // The text goes into a statement, and a snapshot may be anybody's.
        if !column.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            return Err(damaged("a column of another name"));
        }
        values.push(value_of(value)?);
        places.push(format!("${}", values.len()));
        columns.push(column);
    }
    let insert = format!("INSERT INTO {} ({}) VALUES ({})", known.0, columns.join(", "), places.join(", "));
    Ok(sql::run_made(on, insert, values).await?)
}

fn value_of(value: Json) -> PortResult<Value> {
    Ok(match value {
        Json::Number(number) => {
            number.as_i64().ok_or_else(|| damaged("a number of another kind")).map(|it| values![it].remove(0))?
        }
        Json::String(text) => Value::Text(Some(text)),
        other => {
            let InHex { hex } = serde_json::from_value(other).map_err(damaged)?;
            Value::Bytes(Some(hex::decode(hex).map_err(damaged)?))
        }
    })
}

fn damaged(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> PortError {
    PortError::needs_person(Fault::LedgerDamaged).because(cause)
}

async fn write_out(ledger: &SqlLedger, pieces: &Sender<PortResult<Bytes>>) -> Result<()> {
    let mut reader = ledger.reader().await?;
    let mut transaction = reader.begin_with(ledger.begin_to_read()).await?;
    let schema = MIGRATIONS.last().map_or(0, |last| last.number);
    let mut gathered = line_of(&Head { schema })?;
    let taken = |table: &&str| *table != "migrations" && !MADE_FROM_OTHERS.contains(table);
    for (table, _, sql) in TABLES.iter().filter(|(table, ..)| taken(table)) {
        let mut rows = sqlx::query(*sql).fetch(&mut *transaction);
        while let Some(row) = rows.try_next().await? {
            gathered.extend(line_of(&Line { table: (*table).to_owned(), row: columns_of(&row)? })?);
            if gathered.len() >= PIECE && pieces.send(Ok(Bytes::from(std::mem::take(&mut gathered)))).await.is_err() {
                return Ok(());
            }
        }
    }
    transaction.rollback().await?;
    drop(pieces.send(Ok(Bytes::from(gathered))).await);
    Ok(())
}

fn line_of(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value).map_err(LedgerError::Unwritable)?;
    line.push(b'\n');
    Ok(line)
}

fn columns_of(row: &AnyRow) -> Result<Map<String, Json>> {
    let mut columns = Map::new();
    for column in row.columns() {
        let value = match sql::value_at(row, column.ordinal())? {
            Value::Int(value) => value.map(Json::from),
            Value::Text(value) => value.map(Json::from),
            Value::Bytes(value) => value.map(|bytes| serde_json::json!({ "hex": hex::encode(bytes) })),
        };
        if let Some(value) = value {
            columns.insert(column.name().to_owned(), value);
        }
    }
    Ok(columns)
}

struct Pieces(Receiver<PortResult<Bytes>>);

#[async_trait]
impl ByteSource for Pieces {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        self.0.recv().await.transpose()
    }
}

/// Cuts a stream into lines.
pub(crate) struct Lines<'s> {
    source: &'s mut dyn ByteSource,
    held: Vec<u8>,
    read: usize,
    is_over: bool,
}

impl<'s> Lines<'s> {
    pub(crate) fn of(source: &'s mut dyn ByteSource) -> Self {
        Self { source, held: Vec::new(), read: 0, is_over: false }
    }

    /// Reads the first line: the migrations that make the schema of the others.
    pub(crate) async fn schema(&mut self) -> PortResult<&'static [Migration]> {
        let head = self.next().await?.ok_or_else(|| damaged("an empty snapshot"))?;
        let head: Head = serde_json::from_slice(&head).map_err(damaged)?;
        let known = MIGRATIONS.last().map_or(0, |last| last.number);
        let newer = LedgerError::Newer { found: head.schema, known };
        usize::try_from(head.schema).ok().and_then(|count| MIGRATIONS.get(..count)).ok_or_else(|| newer.into())
    }

    async fn next(&mut self) -> PortResult<Option<Vec<u8>>> {
        let mut searched = 0;
        loop {
            let rest = &self.held[self.read..];
            if let Some(end) = rest[searched..].iter().position(|byte| *byte == b'\n') {
                let line = rest[..searched + end].to_vec();
                self.read += searched + end + 1;
                return Ok(Some(line));
            }
            searched = rest.len();
            if self.is_over {
                // Every line has an end: one without it was cut off.
                return if rest.is_empty() { Ok(None) } else { Err(damaged("a line without an end")) };
            }
            if rest.len() > LINE_LIMIT {
                return Err(damaged("a line that is too long"));
            }
            self.held.drain(..self.read);
            self.read = 0;
            match self.source.next().await? {
                Some(piece) => self.held.extend_from_slice(&piece),
                None => self.is_over = true,
            }
        }
    }
}

//! Statements with their values, and rows read one column at a time.

use custody_core::{
    Private, Timestamp,
    id::{CaseId, CustomerId, FileId, HoldId, PersonId, ProposalId, ReceiptId, RequestId, ViewingCopyId},
};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{
    Any, AnyConnection, AssertSqlSafe, Row as _, SqlSafeStr,
    any::{AnyArguments, AnyRow},
    query::Query,
};

use crate::{Inconsistency, LedgerError};

pub(crate) type Result<T, E = LedgerError> = std::result::Result<T, E>;

/// A value to be bound. `None` keeps its type, since PostgreSQL wants one for NULL too.
#[derive(Clone)]
pub(crate) enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

/// The values of a statement, in the order of its placeholders.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::sql::Value::from($value)),*] };
}
pub(crate) use values;

/// PostgreSQL refuses NUL in a text, and a hostile file name may hold one.
fn storable(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}

impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::Int(Some(value.as_microsecond()))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<Option<Timestamp>> for Value {
    fn from(value: Option<Timestamp>) -> Self {
        Self::Int(value.map(Timestamp::as_microsecond))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(storable(value)))
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value.map(storable))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        value.to_owned().into()
    }
}

impl From<&Private<String>> for Value {
    fn from(value: &Private<String>) -> Self {
        value.reveal().clone().into()
    }
}

impl From<Option<&Private<String>>> for Value {
    fn from(value: Option<&Private<String>>) -> Self {
        value.map(|text| text.reveal().clone()).into()
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(Some(value.to_vec()))
    }
}

impl From<Option<&[u8]>> for Value {
    fn from(value: Option<&[u8]>) -> Self {
        Self::Bytes(value.map(<[u8]>::to_vec))
    }
}

macro_rules! ids_are_texts {
    ($($id:ty),*) => {$(
        impl From<$id> for Value {
            fn from(value: $id) -> Self {
                Self::Text(Some(value.to_string()))
            }
        }

        impl From<Option<$id>> for Value {
            fn from(value: Option<$id>) -> Self {
                Self::Text(value.map(|id| id.to_string()))
            }
        }
    )*};
}
ids_are_texts!(CaseId, CustomerId, FileId, HoldId, PersonId, ProposalId, ReceiptId, RequestId, ViewingCopyId);

fn bind(sql: impl SqlSafeStr, values: Vec<Value>) -> Query<'static, Any, AnyArguments> {
    let mut query = sqlx::query(sql);
    for value in values {
        query = match value {
            Value::Int(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Bytes(value) => query.bind(value),
        };
    }
    query
}

/// Runs a statement and gives how many rows it changed.
pub(crate) async fn run(on: &mut AnyConnection, sql: &'static str, values: Vec<Value>) -> Result<u64> {
    Ok(bind(sql, values).execute(on).await?.rows_affected())
}

/// Runs a statement that was put together from names of our own. Few are alike, so none is kept prepared.
pub(crate) async fn run_made(on: &mut AnyConnection, sql: String, values: Vec<Value>) -> Result<()> {
    bind(AssertSqlSafe(sql), values).persistent(false).execute(on).await?;
    Ok(())
}

/// Runs a statement that must change one row, or somebody else was first.
pub(crate) async fn run_one(
    on: &mut AnyConnection,
    table: &'static str,
    sql: &'static str,
    values: Vec<Value>,
) -> Result<()> {
    match run(on, sql, values).await? {
        1 => Ok(()),
        _ => Err(LedgerError::Conflict { table }),
    }
}

/// Every row of a query.
pub(crate) async fn all<T>(
    on: &mut AnyConnection,
    sql: &'static str,
    values: Vec<Value>,
    read: impl Fn(&AnyRow) -> Result<T, Inconsistency>,
) -> Result<Vec<T>> {
    let rows = bind(sql, values).fetch_all(on).await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// Every row of a query that was put together from names of our own.
pub(crate) async fn all_made<T>(
    on: &mut AnyConnection,
    sql: String,
    values: Vec<Value>,
    read: impl Fn(&AnyRow) -> Result<T, Inconsistency>,
) -> Result<Vec<T>> {
    let rows = bind(AssertSqlSafe(sql), values).persistent(false).fetch_all(on).await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// The row of a query, if there is one.
pub(crate) async fn one<T>(
    on: &mut AnyConnection,
    sql: &'static str,
    values: Vec<Value>,
    read: impl Fn(&AnyRow) -> Result<T, Inconsistency>,
) -> Result<Option<T>> {
    let row = bind(sql, values).fetch_optional(on).await?;
    Ok(row.as_ref().map(read).transpose()?)
}

/// The one row that is always there.
pub(crate) async fn single<T>(
    on: &mut AnyConnection,
    sql: &'static str,
    read: impl Fn(&AnyRow) -> Result<T, Inconsistency>,
    table: &'static str,
) -> Result<T> {
    let missing = || LedgerError::from(Inconsistency { table, column: "one", row: "1".to_owned() });
    one(on, sql, Vec::new(), read).await?.ok_or_else(missing)
}

/// Inserts many rows with few statements; `insert` is everything up to `VALUES`, and every row has `columns` values.
pub(crate) async fn insert_many(
    on: &mut AnyConnection,
    insert: &'static str,
    columns: usize,
    rows: Vec<Vec<Value>>,
) -> Result<()> {
    // Far below the engines' limits of values in a statement, and enough to hide the way to a server.
    const ROWS: usize = 200;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows.by_ref().take(ROWS).collect();
        let places = (0..some.len()).map(|row| places(row * columns, columns)).collect::<Vec<_>>().join(", ");
        // Only full statements are worth keeping prepared.
        let full = some.len() == ROWS;
        let sql = AssertSqlSafe(format!("{insert} VALUES {places}"));
        bind(sql, some.into_iter().flatten().collect()).persistent(full).execute(&mut *on).await?;
    }
    Ok(())
}

fn places(before: usize, count: usize) -> String {
    let places: Vec<_> = (before + 1..=before + count).map(|place| format!("${place}")).collect();
    format!("({})", places.join(", "))
}

/// A unit variant as the word that stands in a row.
pub(crate) fn word(value: &impl Serialize) -> Result<String> {
    match serde_json::to_value(value).map_err(LedgerError::Unwritable)? {
        serde_json::Value::String(word) => Ok(word),
        other => Ok(other.to_string()),
    }
}

/// The same for one that may be missing.
pub(crate) fn maybe_word<T: Serialize>(value: Option<&T>) -> Result<Option<String>> {
    value.map(word).transpose()
}

/// A value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(LedgerError::Unwritable)
}

/// What stands at this place of a row, whichever of the three types it has.
pub(crate) fn value_at(row: &AnyRow, place: usize) -> Result<Value> {
    if let Ok(value) = row.try_get::<Option<i64>, _>(place) {
        Ok(Value::Int(value))
    } else if let Ok(value) = row.try_get::<Option<String>, _>(place) {
        Ok(Value::Text(value))
    } else if let Ok(value) = row.try_get::<Option<Vec<u8>>, _>(place) {
        Ok(Value::Bytes(value))
    } else {
        Err(LedgerError::Unreadable)
    }
}

/// A row of one table, read column by column. Whatever does not fit becomes an [`Inconsistency`] that names the place.
#[derive(Clone, Copy)]
pub(crate) struct Row<'r> {
    row: &'r AnyRow,
    table: &'static str,
    key: &'static str,
}

impl<'r> Row<'r> {
    /// `key` is the column that says which row it is.
    pub(crate) const fn of(row: &'r AnyRow, table: &'static str, key: &'static str) -> Self {
        Self { row, table, key }
    }

    /// The error for a column that makes no sense.
    pub(crate) fn wrong(&self, column: &'static str) -> Inconsistency {
        // The key is shown only if it is an id or an index: whoever wrote into the row may have written anything.
        let is_id = |text: &String| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let id = || self.row.try_get::<String, _>(self.key).ok().filter(is_id);
        let index = self.row.try_get::<i64, _>(self.key).ok().map(|index| index.to_string());
        let row = index.or_else(id).unwrap_or_else(|| "?".to_owned());
        Inconsistency { table: self.table, column, row }
    }

    pub(crate) fn int(&self, column: &'static str) -> Result<i64, Inconsistency> {
        self.row.try_get(column).map_err(|_| self.wrong(column))
    }

    pub(crate) fn maybe_int(&self, column: &'static str) -> Result<Option<i64>, Inconsistency> {
        self.row.try_get(column).map_err(|_| self.wrong(column))
    }

    pub(crate) fn count(&self, column: &'static str) -> Result<u32, Inconsistency> {
        u32::try_from(self.int(column)?).map_err(|_| self.wrong(column))
    }

    pub(crate) fn large(&self, column: &'static str) -> Result<u64, Inconsistency> {
        u64::try_from(self.int(column)?).map_err(|_| self.wrong(column))
    }

    pub(crate) fn flag(&self, column: &'static str) -> Result<bool, Inconsistency> {
        match self.int(column)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(self.wrong(column)),
        }
    }

    pub(crate) fn text(&self, column: &'static str) -> Result<String, Inconsistency> {
        self.row.try_get(column).map_err(|_| self.wrong(column))
    }

    pub(crate) fn maybe_text(&self, column: &'static str) -> Result<Option<String>, Inconsistency> {
        self.row.try_get(column).map_err(|_| self.wrong(column))
    }

    pub(crate) fn private(&self, column: &'static str) -> Result<Private<String>, Inconsistency> {
        Ok(Private::new(self.text(column)?))
    }

    pub(crate) fn bytes(&self, column: &'static str) -> Result<Vec<u8>, Inconsistency> {
        self.row.try_get(column).map_err(|_| self.wrong(column))
    }

    pub(crate) fn maybe_bytes32(&self, column: &'static str) -> Result<Option<[u8; 32]>, Inconsistency> {
        let bytes: Option<Vec<u8>> = self.row.try_get(column).map_err(|_| self.wrong(column))?;
        bytes.map(|bytes| bytes.try_into().map_err(|_| self.wrong(column))).transpose()
    }

    /// A digest in hexadecimal.
    pub(crate) fn digest(&self, column: &'static str) -> Result<[u8; 32], Inconsistency> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(self.text(column)?, &mut bytes).map_err(|_| self.wrong(column))?;
        Ok(bytes)
    }

    pub(crate) fn time(&self, column: &'static str) -> Result<Timestamp, Inconsistency> {
        Timestamp::from_microsecond(self.int(column)?).map_err(|_| self.wrong(column))
    }

    pub(crate) fn maybe_time(&self, column: &'static str) -> Result<Option<Timestamp>, Inconsistency> {
        let micros: Option<i64> = self.row.try_get(column).map_err(|_| self.wrong(column))?;
        micros.map(|micros| Timestamp::from_microsecond(micros).map_err(|_| self.wrong(column))).transpose()
    }

    /// An id, or another value with a text of its own.
    pub(crate) fn id<T: std::str::FromStr>(&self, column: &'static str) -> Result<T, Inconsistency> {
        self.text(column)?.parse().map_err(|_| self.wrong(column))
    }

    pub(crate) fn maybe_id<T: std::str::FromStr>(&self, column: &'static str) -> Result<Option<T>, Inconsistency> {
        self.maybe_text(column)?.map(|text| text.parse().map_err(|_| self.wrong(column))).transpose()
    }

    /// A unit variant from its word.
    pub(crate) fn word<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, Inconsistency> {
        self.named(column, self.text(column)?)
    }

    pub(crate) fn maybe_word<T: DeserializeOwned>(&self, column: &'static str) -> Result<Option<T>, Inconsistency> {
        self.maybe_text(column)?.map(|word| self.named(column, word)).transpose()
    }

    fn named<T: DeserializeOwned>(&self, column: &'static str, word: String) -> Result<T, Inconsistency> {
        serde_json::from_value(serde_json::Value::String(word)).map_err(|_| self.wrong(column))
    }

    pub(crate) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, Inconsistency> {
        serde_json::from_str(&self.text(column)?).map_err(|_| self.wrong(column))
    }
}

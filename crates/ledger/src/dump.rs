//! The whole ledger as text, line by line: for an audit, and to search it for what must not be there.

use custody_core::ports::PortResult;
use futures_util::TryStreamExt as _;
use sqlx::{AnyConnection, Column as _, Connection as _, Row as _, any::AnyRow};

use crate::{
    SqlLedger,
    sql::{self, Result, Value},
};

/// Which tables are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// Every table.
    All,
    /// Those that are kept for ever; nothing in them names a person or opens a file.
    Kept,
    /// Those whose rows are erased.
    Personal,
}

/// Every table that the migrations make, whether it is personal, and how it is read. A table stands after those its rows refer to.
pub(crate) const TABLES: [(&str, bool, &str); 42] = [
    ("migrations", false, "SELECT * FROM migrations ORDER BY number"),
    ("chain", false, "SELECT * FROM chain ORDER BY event_index"),
    ("event_cases", false, "SELECT * FROM event_cases ORDER BY case_id, event_index"),
    ("event_list", false, "SELECT * FROM event_list ORDER BY event_index"),
    ("chain_head", false, "SELECT * FROM chain_head"),
    ("epochs", false, "SELECT * FROM epochs"),
    ("customers", false, "SELECT * FROM customers ORDER BY id"),
    ("customer_details", true, "SELECT * FROM customer_details ORDER BY customer_id"),
    ("cases", false, "SELECT * FROM cases ORDER BY entry"),
    ("case_details", true, "SELECT * FROM case_details ORDER BY case_id"),
    ("case_links", true, "SELECT * FROM case_links ORDER BY case_id, entry"),
    ("assigned_cases", false, "SELECT * FROM assigned_cases ORDER BY case_id"),
    ("case_list", false, "SELECT * FROM case_list ORDER BY entry"),
    ("case_words", true, "SELECT * FROM case_words ORDER BY case_id"),
    ("case_list_head", false, "SELECT * FROM case_list_head"),
    ("ticket_offers", false, "SELECT * FROM ticket_offers ORDER BY case_id, entry, tracker, ticket_key"),
    ("ticket_reads", false, "SELECT * FROM ticket_reads ORDER BY case_id"),
    ("held_files", false, "SELECT * FROM held_files ORDER BY entry"),
    ("file_details", true, "SELECT * FROM file_details ORDER BY file_id"),
    ("wraps", true, "SELECT * FROM wraps ORDER BY file_id, recipient"),
    ("holds", false, "SELECT * FROM holds ORDER BY entry"),
    ("hold_reasons", true, "SELECT * FROM hold_reasons ORDER BY hold_id"),
    ("lift_reasons", true, "SELECT * FROM lift_reasons ORDER BY hold_id"),
    ("adopted_rules", true, "SELECT * FROM adopted_rules"),
    ("own_dates", false, "SELECT * FROM own_dates ORDER BY entry"),
    ("own_date_reasons", true, "SELECT * FROM own_date_reasons ORDER BY scope, scope_id"),
    ("people", true, "SELECT * FROM people ORDER BY id"),
    ("requests", false, "SELECT * FROM requests ORDER BY entry"),
    ("request_reasons", true, "SELECT * FROM request_reasons ORDER BY request_id"),
    ("replies", false, "SELECT * FROM replies ORDER BY entry"),
    ("approvers", false, "SELECT * FROM approvers ORDER BY entry"),
    ("proposals", false, "SELECT * FROM proposals ORDER BY entry"),
    ("proposal_reasons", true, "SELECT * FROM proposal_reasons ORDER BY proposal_id, declined"),
    ("viewing_copies", false, "SELECT * FROM viewing_copies ORDER BY entry"),
    ("viewing_reasons", true, "SELECT * FROM viewing_reasons ORDER BY copy_id"),
    ("receipts", false, "SELECT * FROM receipts ORDER BY entry"),
    ("receipt_envelopes", true, "SELECT * FROM receipt_envelopes ORDER BY receipt_id"),
    ("erasure_list", false, "SELECT * FROM erasure_list ORDER BY entry"),
    ("outbox", false, "SELECT * FROM outbox ORDER BY receipt_id"),
    ("confirmations", false, "SELECT * FROM confirmations ORDER BY entry"),
    ("marks", false, "SELECT * FROM marks ORDER BY name"),
    ("heartbeats", false, "SELECT * FROM heartbeats ORDER BY job"),
];

/// What PostgreSQL does to the personal tables when the ledger is compacted.
pub(crate) const VACUUM_PERSONAL: &[&str] = &[
    "VACUUM customer_details",
    "VACUUM case_details",
    "VACUUM case_links",
    "VACUUM case_words",
    "VACUUM file_details",
    "VACUUM wraps",
    "VACUUM hold_reasons",
    "VACUUM lift_reasons",
    "VACUUM proposal_reasons",
    "VACUUM own_date_reasons",
    "VACUUM request_reasons",
    "VACUUM viewing_reasons",
    "VACUUM receipt_envelopes",
];

impl SqlLedger {
    /// Gives every row of these tables as one line, `table column=value column=value`, as of one moment.
    ///
    /// Bytes are written in hexadecimal; control characters in texts are escaped, so a row is one line whatever it holds.
    /// The memory it takes does not grow with the ledger.
    ///
    /// # Errors
    /// As any reading of the ledger.
    pub async fn dump(&self, tables: Tables, line: &mut (dyn FnMut(&str) + Send)) -> PortResult<()> {
        Ok(self.write_out(tables, line).await?)
    }

    async fn write_out(&self, tables: Tables, line: &mut (dyn FnMut(&str) + Send)) -> Result<()> {
        let mut reader = self.reader().await?;
        let mut transaction = reader.begin_with(self.begin_to_read()).await?;
        for (table, personal, sql) in TABLES {
            let wanted = match tables {
                Tables::All => true,
                Tables::Kept => !personal,
                Tables::Personal => personal,
            };
            if wanted {
                write_table(&mut transaction, table, sql, line).await?;
            }
        }
        transaction.rollback().await?;
        Ok(())
    }
}

async fn write_table(
    on: &mut AnyConnection,
    table: &str,
    sql: &'static str,
    line: &mut (dyn FnMut(&str) + Send),
) -> Result<()> {
    let mut rows = sqlx::query(sql).fetch(on);
    while let Some(row) = rows.try_next().await? {
        line(&text(table, &row)?);
    }
    Ok(())
}

fn text(table: &str, row: &AnyRow) -> Result<String> {
    let mut text = table.to_owned();
    for column in row.columns() {
        let value = match sql::value_at(row, column.ordinal())? {
            Value::Int(value) => value.map(|number| number.to_string()),
            Value::Text(value) => value.map(|text| escaped(&text)),
            Value::Bytes(value) => value.map(hex::encode),
        };
        text.push(' ');
        text.push_str(column.name());
        text.push('=');
        text.push_str(value.as_deref().unwrap_or("-"));
    }
    Ok(text)
}

fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|letter| {
            let escape = letter.is_control().then(|| letter.escape_default());
            let plain = (!letter.is_control()).then_some(letter);
            escape.into_iter().flatten().chain(plain)
        })
        .collect()
}

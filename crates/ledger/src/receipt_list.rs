//! The list of receipts: filtered, searched, counted and cut into parts by the engine.
//!
//! How a receipt stands follows from two rows, so no list is kept. The words are those of the list of cases.

use custody_core::{
    ports::PortResult,
    receipt_list::{ListedReceipt, ReceiptOrder, ReceiptPage, ReceiptQuery, ReceiptStanding},
};
use sqlx::{AnyConnection, Connection as _, any::AnyRow};

use crate::{
    Inconsistency, SqlLedger,
    listing::Conditions,
    rows,
    sql::{self, Result, Row},
};

/// Receipts with their place in the outbox and the last answer, if there is one.
const FROM: &str = "FROM receipts LEFT JOIN outbox ON outbox.receipt_id = receipts.id \
     LEFT JOIN confirmations ON confirmations.receipt_id = receipts.id AND confirmations.entry = \
     (SELECT MAX(answers.entry) FROM confirmations answers WHERE answers.receipt_id = receipts.id) \
     LEFT JOIN case_words ON case_words.case_id = receipts.case_id";
/// As `ReceiptStanding::of` says it.
const STANDING: &str = "CASE WHEN confirmations.answer = 'confirmed' THEN 'confirmed' \
     WHEN confirmations.answer = 'disputed' THEN 'disputed' \
     WHEN confirmations.answer = 'unclear' THEN 'answer_unclear' \
     WHEN outbox.state = 'sent' THEN 'sent' WHEN outbox.state = 'bounced' THEN 'bounced' ELSE 'waiting' END";
const OWED: &str = "CAST(CASE WHEN receipts.complete = 0 \
     AND NOT EXISTS (SELECT 1 FROM receipts newer WHERE newer.follows = receipts.id) \
     AND EXISTS (SELECT 1 FROM cases WHERE cases.id = receipts.case_id AND cases.forgotten_at IS NULL) \
     THEN 1 ELSE 0 END AS BIGINT)";

impl SqlLedger {
    /// A part of the list, and how many receipts stand how.
    ///
    /// # Errors
    /// As any reading of the ledger.
    pub async fn list_receipts(&self, query: &ReceiptQuery) -> PortResult<ReceiptPage> {
        Ok(self.read_receipt_list(query).await?)
    }

    async fn read_receipt_list(&self, query: &ReceiptQuery) -> Result<ReceiptPage> {
        let mut reader = self.reader().await?;
        let mut transaction = reader.begin_with(self.begin_to_read()).await?;
        let receipts = page(&mut transaction, query).await?;
        let groups = groups(&mut transaction, query).await?;
        transaction.rollback().await?;
        let mut page = ReceiptPage { receipts, total: 0, counts: Vec::new(), owed: 0 };
        for (standing, owed, receipts) in groups {
            let meant = query.standings.is_empty() || query.standings.contains(&standing);
            page.total += if meant && (owed || !query.owed) { receipts } else { 0 };
            page.owed += if owed { receipts } else { 0 };
            match page.counts.last_mut().filter(|(last, _)| *last == standing) {
                Some((_, count)) => *count += receipts,
                None => page.counts.push((standing, receipts)),
            }
        }
        Ok(page)
    }
}

async fn page(on: &mut AnyConnection, query: &ReceiptQuery) -> Result<Vec<ListedReceipt>> {
    let mut asked = searched(query);
    asked.one_of(&format!("({STANDING})"), &query.standings)?;
    if query.owed {
        asked.that(format!("({OWED}) = 1"));
    }
    let order = match query.order {
        ReceiptOrder::Newest => "DESC",
        ReceiptOrder::Oldest => "ASC",
    };
    let (limit, skip) = (asked.value(query.limit), asked.value(query.skip));
    let sql = format!(
        "SELECT receipts.*, {STANDING} AS standing, {OWED} AS owed {FROM}{} \
         ORDER BY receipts.entry {order} LIMIT {limit} OFFSET {skip}",
        asked.text(),
    );
    sql::all_made(on, sql, asked.values, listed).await
}

/// How many stand how and are owed something, whatever is asked for beside the words.
async fn groups(on: &mut AnyConnection, query: &ReceiptQuery) -> Result<Vec<(ReceiptStanding, bool, u64)>> {
    let asked = searched(query);
    let sql = format!(
        "SELECT standing, owed, COUNT(*) AS receipts FROM (SELECT {STANDING} AS standing, {OWED} AS owed {FROM}{}) \
         listed GROUP BY standing, owed ORDER BY standing, owed",
        asked.text(),
    );
    let read = |row: &AnyRow| {
        let row = Row::of(row, "receipts", "standing");
        Ok((row.word("standing")?, row.flag("owed")?, row.large("receipts")?))
    };
    sql::all_made(on, sql, asked.values, read).await
}

fn searched(query: &ReceiptQuery) -> Conditions {
    let mut asked = Conditions::default();
    asked.words(&query.words, |like| format!("(case_words.words {like} OR LOWER(receipts.token) {like})"));
    asked
}

fn listed(row: &AnyRow) -> Result<ListedReceipt, Inconsistency> {
    let receipt = rows::receipt(row)?;
    let row = Row::of(row, "receipts", "id");
    Ok(ListedReceipt { row: receipt, standing: row.word("standing")?, owed: row.flag("owed")? })
}

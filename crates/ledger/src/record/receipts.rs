//! Receipts, their sending and their answers.

use custody_core::{
    id::ReceiptId,
    receipt::{Confirmation, Delivery, IssuedReceipt, ReceiptRow},
};
use sqlx::AnyConnection;

use crate::{
    LedgerError, rows,
    sql::{self, Result, Value, json, maybe_word, values, word},
};

/// A receipt that was just signed: what is kept for ever, its text, and its place in the outbox.
pub(super) async fn issued(on: &mut AnyConnection, issued: &IssuedReceipt, entry: i64) -> Result<()> {
    let row = &issued.row;
    if row.version != 0 {
        return Err(LedgerError::Conflict { table: "receipts" });
    }
    let insert = "INSERT INTO receipts (id, case_id, follows, files, issued_at, complete, payload_digest, token, \
                  message_id, closed_at, version, entry) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING";
    let values = values![
        row.id,
        row.case,
        row.follows,
        json(&row.files)?,
        row.issued_at,
        row.complete,
        row.payload_digest.as_str(),
        row.token.as_str(),
        row.message_id.as_str(),
        row.closed_at,
        row.version,
        entry,
    ];
    sql::run_one(on, "receipts", insert, values).await?;
    let insert = "INSERT INTO receipt_envelopes (receipt_id, envelope) VALUES ($1, $2)";
    sql::run(on, insert, values![row.id, json(issued.envelope.reveal())?]).await?;
    let insert = "INSERT INTO outbox (receipt_id, channel, attempts, state, at, last_fault) \
                  VALUES ($1, $2, $3, $4, $5, $6)";
    sql::run(on, insert, outbox_columns(row.id, &issued.delivery)?).await?;
    Ok(())
}

/// A receipt that changed: only whether it is closed can.
pub(super) async fn row(on: &mut AnyConnection, row: &ReceiptRow) -> Result<()> {
    let update = "UPDATE receipts SET closed_at = $2, version = $3 WHERE id = $1 AND version = $3 - 1";
    sql::run_one(on, "receipts", update, values![row.id, row.closed_at, row.version]).await
}

/// What became of sending a receipt.
pub(super) async fn delivery(on: &mut AnyConnection, receipt: ReceiptId, delivery: &Delivery) -> Result<()> {
    let update = "UPDATE outbox SET channel = $2, attempts = $3, state = $4, at = $5, last_fault = $6 \
                  WHERE receipt_id = $1";
    sql::run_one(on, "outbox", update, outbox_columns(receipt, delivery)?).await
}

/// The customer's answer. The same message counts once.
pub(super) async fn confirmation(on: &mut AnyConnection, confirmation: Confirmation, entry: i64) -> Result<()> {
    let insert = "INSERT INTO confirmations (receipt_id, answer, grade, channel, source, at, entry) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let values = values![
        confirmation.receipt,
        word(&confirmation.answer)?,
        word(&confirmation.grade)?,
        word(&confirmation.channel)?,
        confirmation.source,
        confirmation.at,
        entry,
    ];
    sql::run_one(on, "confirmations", insert, values).await
}

fn outbox_columns(receipt: ReceiptId, delivery: &Delivery) -> Result<Vec<Value>> {
    let (state, at, last_fault) = rows::delivery_columns(delivery.state);
    Ok(values![receipt, word(&delivery.channel)?, delivery.attempts, state, at, maybe_word(last_fault.as_ref())?,])
}

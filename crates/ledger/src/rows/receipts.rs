//! Receipts, their sending and their answers.

use custody_core::{
    Private, Timestamp,
    ports::Fault,
    receipt::{Confirmation, Delivery, DeliveryState, Envelope, ReceiptRow},
};
use sqlx::any::AnyRow;

use crate::{Inconsistency, sql::Row};

pub(crate) fn receipt(row: &AnyRow) -> Result<ReceiptRow, Inconsistency> {
    let row = Row::of(row, "receipts", "id");
    Ok(ReceiptRow {
        id: row.id("id")?,
        case: row.id("case_id")?,
        follows: row.maybe_id("follows")?,
        files: row.json("files")?,
        issued_at: row.time("issued_at")?,
        complete: row.flag("complete")?,
        payload_digest: row.text("payload_digest")?,
        token: row.text("token")?,
        message_id: row.text("message_id")?,
        closed_at: row.maybe_time("closed_at")?,
        version: row.int("version")?,
    })
}

pub(crate) fn envelope(row: &AnyRow) -> Result<Private<Envelope>, Inconsistency> {
    Row::of(row, "receipt_envelopes", "receipt_id").json("envelope").map(Private::new)
}

/// A delivery's state as its three columns.
pub(crate) const fn delivery_columns(state: DeliveryState) -> (&'static str, Timestamp, Option<Fault>) {
    match state {
        DeliveryState::Waiting { try_at, last_fault } => ("waiting", try_at, last_fault),
        DeliveryState::Sent { at } => ("sent", at, None),
        DeliveryState::Bounced { at } => ("bounced", at, None),
    }
}

pub(crate) fn delivery(row: &AnyRow) -> Result<Delivery, Inconsistency> {
    let row = Row::of(row, "outbox", "receipt_id");
    let at = row.time("at")?;
    let state = match row.text("state")?.as_str() {
        "waiting" => DeliveryState::Waiting { try_at: at, last_fault: row.maybe_word("last_fault")? },
        "sent" => DeliveryState::Sent { at },
        "bounced" => DeliveryState::Bounced { at },
        _ => return Err(row.wrong("state")),
    };
    Ok(Delivery { channel: row.word("channel")?, attempts: row.count("attempts")?, state })
}

/// A receipt and its place in the outbox, from a row with the columns of both.
pub(crate) fn due_receipt(row: &AnyRow) -> Result<(ReceiptRow, Delivery), Inconsistency> {
    Ok((receipt(row)?, delivery(row)?))
}

pub(crate) fn confirmation(row: &AnyRow) -> Result<Confirmation, Inconsistency> {
    let row = Row::of(row, "confirmations", "receipt_id");
    Ok(Confirmation {
        receipt: row.id("receipt_id")?,
        answer: row.word("answer")?,
        grade: row.word("grade")?,
        channel: row.word("channel")?,
        source: row.text("source")?,
        at: row.time("at")?,
    })
}

//! Holds, requests, people and jobs.

use custody_core::{
    Private,
    hold::{Hold, HoldScope},
    id::PersonId,
    ports::Heartbeat,
    request::{Asker, Request},
};
use sqlx::any::AnyRow;

use crate::{Inconsistency, sql::Row};

/// A scope as its two columns.
pub(crate) fn scope_columns(scope: HoldScope) -> (&'static str, String) {
    match scope {
        HoldScope::File(id) => ("file", id.to_string()),
        HoldScope::Case(id) => ("case", id.to_string()),
        HoldScope::Customer(id) => ("customer", id.to_string()),
    }
}

pub(crate) fn hold(row: &AnyRow) -> Result<Hold, Inconsistency> {
    let row = Row::of(row, "holds", "id");
    let scope = match row.text("scope")?.as_str() {
        "file" => HoldScope::File(row.id("scope_id")?),
        "case" => HoldScope::Case(row.id("scope_id")?),
        "customer" => HoldScope::Customer(row.id("scope_id")?),
        _ => return Err(row.wrong("scope")),
    };
    let lifted = match (row.maybe_time("lifted_at")?, row.maybe_id("lifted_by")?) {
        (Some(at), Some(by)) => Some((at, by)),
        (None, None) => None,
        _ => return Err(row.wrong("lifted_by")),
    };
    Ok(Hold {
        id: row.id("id")?,
        scope,
        owner: row.id("owner")?,
        placed_at: row.time("placed_at")?,
        review_at: row.time("review_at")?,
        lifted,
        version: row.int("version")?,
    })
}

pub(crate) fn hold_reason(row: &AnyRow) -> Result<Private<String>, Inconsistency> {
    Row::of(row, "hold_reasons", "hold_id").private("reason")
}

pub(crate) fn request_reason(row: &AnyRow) -> Result<Private<String>, Inconsistency> {
    Row::of(row, "request_reasons", "request_id").private("reason")
}

/// An asker as its two columns.
pub(crate) fn asker_columns(asker: Asker) -> (&'static str, String) {
    match asker {
        Asker::Customer(id) => ("customer", id.to_string()),
        Asker::Person(id) => ("person", id.to_string()),
    }
}

pub(crate) fn request(row: &AnyRow) -> Result<Request, Inconsistency> {
    let row = Row::of(row, "requests", "id");
    let by = match row.text("asker")?.as_str() {
        "customer" => Asker::Customer(row.id("asker_id")?),
        "person" => Asker::Person(row.id("asker_id")?),
        _ => return Err(row.wrong("asker")),
    };
    Ok(Request {
        id: row.id("id")?,
        case: row.id("case_id")?,
        file: row.maybe_id("file_id")?,
        by,
        channel: row.word("channel")?,
        source: row.text("source")?,
        received_at: row.time("received_at")?,
        standing: row.word("standing")?,
        version: row.int("version")?,
    })
}

pub(crate) fn person_id(row: &AnyRow) -> Result<PersonId, Inconsistency> {
    Row::of(row, "people", "id").id("id")
}

pub(crate) fn person_name(row: &AnyRow) -> Result<Private<String>, Inconsistency> {
    Row::of(row, "people", "id").private("name")
}

pub(crate) fn heartbeat(row: &AnyRow) -> Result<Heartbeat, Inconsistency> {
    let row = Row::of(row, "heartbeats", "job");
    Ok(Heartbeat {
        job: row.word("job")?,
        ran_at: row.time("ran_at")?,
        good_at: row.maybe_time("good_at")?,
        fault: row.maybe_word("fault")?,
        next_at: row.maybe_time("next_at")?,
    })
}

//! Holds, requests, the replies to them, people and jobs.

use custody_core::{
    Private, Timestamp,
    hold::{Hold, HoldScope},
    id::PersonId,
    ports::{Fault, Heartbeat},
    reply::{Reply, ReplyState},
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

/// The scope of this word; its id is in the next column.
pub(super) fn scope(row: &Row<'_>, word: &str) -> Result<HoldScope, Inconsistency> {
    match word {
        "file" => Ok(HoldScope::File(row.id("scope_id")?)),
        "case" => Ok(HoldScope::Case(row.id("scope_id")?)),
        "customer" => Ok(HoldScope::Customer(row.id("scope_id")?)),
        _ => Err(row.wrong("scope")),
    }
}

pub(crate) fn hold(row: &AnyRow) -> Result<Hold, Inconsistency> {
    let row = Row::of(row, "holds", "id");
    let scope = scope(&row, &row.text("scope")?)?;
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

pub(crate) fn lift_reason(row: &AnyRow) -> Result<Private<String>, Inconsistency> {
    Row::of(row, "lift_reasons", "hold_id").private("reason")
}

/// A reply's state as its three columns.
pub(crate) const fn reply_columns(state: ReplyState) -> (&'static str, Timestamp, Option<Fault>) {
    match state {
        ReplyState::Waiting { try_at, last_fault } => ("waiting", try_at, last_fault),
        ReplyState::Sent { at } => ("sent", at, None),
        ReplyState::Bounced { at } => ("bounced", at, None),
        ReplyState::Withdrawn { at } => ("withdrawn", at, None),
    }
}

pub(crate) fn reply(row: &AnyRow) -> Result<Reply, Inconsistency> {
    let row = Row::of(row, "replies", "request_id");
    let at = row.time("at")?;
    let state = match row.text("state")?.as_str() {
        "waiting" => ReplyState::Waiting { try_at: at, last_fault: row.maybe_word("last_fault")? },
        "sent" => ReplyState::Sent { at },
        "bounced" => ReplyState::Bounced { at },
        "withdrawn" => ReplyState::Withdrawn { at },
        _ => return Err(row.wrong("state")),
    };
    Ok(Reply {
        request: row.id("request_id")?,
        case: row.id("case_id")?,
        channel: row.word("channel")?,
        owed_at: row.time("owed_at")?,
        token: row.text("token")?,
        message_id: row.text("message_id")?,
        attempts: row.count("attempts")?,
        state,
        version: row.int("version")?,
    })
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

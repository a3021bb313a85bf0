//! The rules in force, and own dates.

use custody_core::{
    Private,
    own_date::{OwnDate, OwnDateScope},
    retention::AdoptedRules,
};
use sqlx::any::AnyRow;

use crate::{Inconsistency, sql::Row};

pub(crate) fn adopted_rules(row: &AnyRow) -> Result<AdoptedRules, Inconsistency> {
    let row = Row::of(row, "adopted_rules", "one");
    Ok(AdoptedRules { fingerprint: row.text("fingerprint")?, book: row.private("book")? })
}

/// A scope as its two columns.
pub(crate) fn own_date_columns(scope: OwnDateScope) -> (&'static str, String) {
    match scope {
        OwnDateScope::File(id) => ("file", id.to_string()),
        OwnDateScope::Case(id) => ("case", id.to_string()),
    }
}

pub(crate) fn own_date(row: &AnyRow) -> Result<OwnDate, Inconsistency> {
    let row = Row::of(row, "own_dates", "scope_id");
    let scope = match row.text("scope")?.as_str() {
        "file" => OwnDateScope::File(row.id("scope_id")?),
        "case" => OwnDateScope::Case(row.id("scope_id")?),
        _ => return Err(row.wrong("scope")),
    };
    let withdrawn = match (row.maybe_time("withdrawn_at")?, row.maybe_id("withdrawn_by")?) {
        (Some(at), Some(by)) => Some((at, by)),
        (None, None) => None,
        _ => return Err(row.wrong("withdrawn_by")),
    };
    Ok(OwnDate {
        scope,
        end: row.time("end_at")?,
        by: row.id("given_by")?,
        given_at: row.time("given_at")?,
        withdrawn,
        version: row.int("version")?,
    })
}

pub(crate) fn own_date_reason(row: &AnyRow) -> Result<Private<String>, Inconsistency> {
    Row::of(row, "own_date_reasons", "scope_id").private("reason")
}

//! Keys of members of staff, and what two of them decide.

use custody_core::{
    Private,
    four_eyes::{Approver, Proposal},
};
use sqlx::any::AnyRow;

use super::desk::scope;
use crate::{Inconsistency, sql::Row};

pub(crate) fn approver(row: &AnyRow) -> Result<Approver, Inconsistency> {
    let row = Row::of(row, "approvers", "public_key");
    let removed = match (row.maybe_time("removed_at")?, row.maybe_id("removed_by")?) {
        (Some(at), Some(by)) => Some((at, by)),
        (None, None) => None,
        _ => return Err(row.wrong("removed_by")),
    };
    Ok(Approver {
        person: row.id("person")?,
        public_key: row.digest("public_key")?,
        desk: row.id("desk")?,
        added_at: row.time("added_at")?,
        added_by: row.id("added_by")?,
        removed,
        version: row.int("version")?,
    })
}

pub(crate) fn proposal(row: &AnyRow) -> Result<Proposal, Inconsistency> {
    let row = Row::of(row, "proposals", "id");
    let about = match row.maybe_text("scope")? {
        Some(word) => Some(scope(&row, &word)?),
        None => None,
    };
    Ok(Proposal {
        id: row.id("id")?,
        act: row.json("act")?,
        about,
        by: row.id("person")?,
        made_at: row.time("made_at")?,
        expires_at: row.time("expires_at")?,
        standing: row.json("standing")?,
        version: row.int("version")?,
    })
}

pub(crate) fn proposal_reason(row: &AnyRow) -> Result<Private<String>, Inconsistency> {
    Row::of(row, "proposal_reasons", "proposal_id").private("reason")
}

//! Keys of members of staff, and what two of them decide.

use custody_core::{
    Private,
    four_eyes::{Approver, Proposal, ProposalStanding},
};
use sqlx::AnyConnection;

use crate::{
    rows,
    sql::{self, Result, json, values},
};

/// A key put into use or taken out of it.
pub(super) async fn approver(on: &mut AnyConnection, approver: &Approver, entry: i64) -> Result<()> {
    let key = hex::encode(approver.public_key);
    let (removed_at, removed_by) = approver.removed.unzip();
    if approver.version > 0 {
        let update = "UPDATE approvers SET removed_at = $2, removed_by = $3, version = $4 \
                      WHERE public_key = $1 AND version = $4 - 1";
        return sql::run_one(on, "approvers", update, values![key, removed_at, removed_by, approver.version]).await;
    }
    let insert = "INSERT INTO approvers \
                  (public_key, person, desk, added_at, added_by, removed_at, removed_by, version, entry) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    let values = values![
        key,
        approver.person,
        approver.desk.to_string(),
        approver.added_at,
        approver.added_by,
        removed_at,
        removed_by,
        approver.version,
        entry,
    ];
    sql::run_one(on, "approvers", insert, values).await
}

/// A proposal, and what became of it. What was typed is written once.
pub(super) async fn proposal(
    on: &mut AnyConnection,
    proposal: &Proposal,
    reason: Option<&Private<String>>,
    entry: i64,
) -> Result<()> {
    let settled = !proposal.is_unsettled();
    let standing = json(&proposal.standing)?;
    if proposal.version > 0 {
        let update = "UPDATE proposals SET settled = $2, standing = $3, version = $4 \
                      WHERE id = $1 AND version = $4 - 1";
        sql::run_one(on, "proposals", update, values![proposal.id, settled, standing, proposal.version]).await?;
    } else {
        let (scope, scope_id) = proposal.about.map(rows::scope_columns).unzip();
        let insert = "INSERT INTO proposals \
                      (id, act, scope, scope_id, person, made_at, expires_at, settled, standing, version, entry) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING";
        let values = values![
            proposal.id,
            json(&proposal.act)?,
            scope.map(str::to_owned),
            scope_id,
            proposal.by,
            proposal.made_at,
            proposal.expires_at,
            settled,
            standing,
            proposal.version,
            entry,
        ];
        sql::run_one(on, "proposals", insert, values).await?;
    }
    if let Some(reason) = reason {
        let declined = matches!(proposal.standing, ProposalStanding::Declined { .. });
        let insert = "INSERT INTO proposal_reasons (proposal_id, declined, reason) VALUES ($1, $2, $3)";
        sql::run(on, insert, values![proposal.id, declined, reason]).await?;
    }
    if settled && proposal.about.is_none() {
        // Nobody's case is waited for with it.
        sql::run(on, "DELETE FROM proposal_reasons WHERE proposal_id = $1", values![proposal.id]).await?;
    }
    Ok(())
}

//! The rules in force, and own dates.

use custody_core::{Private, own_date::OwnDate, retention::AdoptedRules};
use sqlx::AnyConnection;

use crate::{
    rows,
    sql::{self, Result, values},
};

/// Rules that replace others, or the first ones. Whoever knew other rules than the ledger's was late.
pub(super) async fn adopted(
    on: &mut AnyConnection,
    replace: Option<String>,
    rules: &AdoptedRules,
    entry: i64,
) -> Result<()> {
    let fingerprint = rules.fingerprint.as_str();
    match replace {
        Some(earlier) => {
            let update = "UPDATE adopted_rules SET fingerprint = $1, book = $2, entry = $3 \
                          WHERE one = 1 AND fingerprint = $4";
            sql::run_one(on, "adopted_rules", update, values![fingerprint, &rules.book, entry, earlier]).await
        }
        None => {
            let insert = "INSERT INTO adopted_rules (one, fingerprint, book, entry) VALUES (1, $1, $2, $3) \
                          ON CONFLICT DO NOTHING";
            sql::run_one(on, "adopted_rules", insert, values![fingerprint, &rules.book, entry]).await
        }
    }
}

/// An own date given, given anew or withdrawn. The words of an earlier one are written over.
pub(super) async fn own_date(
    on: &mut AnyConnection,
    date: &OwnDate,
    reason: Option<&Private<String>>,
    entry: i64,
) -> Result<()> {
    let (scope, id) = rows::own_date_columns(date.scope);
    let (withdrawn_at, withdrawn_by) = date.withdrawn.unzip();
    let values =
        values![scope, id.as_str(), date.end, date.by, date.given_at, withdrawn_at, withdrawn_by, entry, date.version,];
    let write = if date.version == 0 {
        "INSERT INTO own_dates \
         (scope, scope_id, end_at, given_by, given_at, withdrawn_at, withdrawn_by, entry, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING"
    } else {
        "UPDATE own_dates SET end_at = $3, given_by = $4, given_at = $5, withdrawn_at = $6, withdrawn_by = $7, entry = $8, \
         version = $9 WHERE scope = $1 AND scope_id = $2 AND version = $9 - 1"
    };
    sql::run_one(on, "own_dates", write, values).await?;
    if let Some(reason) = reason {
        let put = "INSERT INTO own_date_reasons (scope, scope_id, reason) VALUES ($1, $2, $3) \
                   ON CONFLICT (scope, scope_id) DO UPDATE SET reason = excluded.reason";
        sql::run(on, put, values![scope, id, reason]).await?;
    }
    Ok(())
}

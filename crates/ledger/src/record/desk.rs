//! Holds and requests.

use custody_core::{Private, hold::Hold, request::Request};
use sqlx::AnyConnection;

use crate::{
    rows,
    sql::{self, Result, values, word},
};

/// A hold placed, changed or lifted. Its words are written once.
pub(super) async fn hold(
    on: &mut AnyConnection,
    hold: &Hold,
    reason: Option<&Private<String>>,
    entry: i64,
) -> Result<()> {
    let (lifted_at, lifted_by) = hold.lifted.unzip();
    if hold.version == 0 {
        let (scope, scope_id) = rows::scope_columns(hold.scope);
        let insert = "INSERT INTO holds \
                      (id, scope, scope_id, owner, placed_at, review_at, lifted_at, lifted_by, version, entry) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
        let values = values![
            hold.id,
            scope,
            scope_id,
            hold.owner,
            hold.placed_at,
            hold.review_at,
            lifted_at,
            lifted_by,
            hold.version,
            entry,
        ];
        sql::run_one(on, "holds", insert, values).await?;
    } else {
        let update = "UPDATE holds SET owner = $2, review_at = $3, lifted_at = $4, lifted_by = $5, version = $6 \
                      WHERE id = $1 AND version = $6 - 1";
        let values = values![hold.id, hold.owner, hold.review_at, lifted_at, lifted_by, hold.version];
        sql::run_one(on, "holds", update, values).await?;
    }
    if let Some(reason) = reason {
        let insert = "INSERT INTO hold_reasons (hold_id, reason) VALUES ($1, $2) ON CONFLICT (hold_id) DO NOTHING";
        sql::run(on, insert, values![hold.id, reason]).await?;
    }
    Ok(())
}

/// A request received, resolved or set aside. The same message counts once.
pub(super) async fn request(
    on: &mut AnyConnection,
    request: Request,
    reason: Option<&Private<String>>,
    entry: i64,
) -> Result<()> {
    let standing = word(&request.standing)?;
    if request.version > 0 {
        let update = "UPDATE requests SET standing = $2, version = $3 WHERE id = $1 AND version = $3 - 1";
        return sql::run_one(on, "requests", update, values![request.id, standing, request.version]).await;
    }
    let (asker, asker_id) = rows::asker_columns(request.by);
    let insert = "INSERT INTO requests \
                  (id, case_id, file_id, asker, asker_id, channel, source, received_at, standing, version, entry) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING";
    let values = values![
        request.id,
        request.case,
        request.file,
        asker,
        asker_id,
        word(&request.channel)?,
        request.source,
        request.received_at,
        standing,
        request.version,
        entry,
    ];
    let id = request.id;
    sql::run_one(on, "requests", insert, values).await?;
    if let Some(reason) = reason {
        let insert = "INSERT INTO request_reasons (request_id, reason) VALUES ($1, $2)";
        sql::run(on, insert, values![id, reason]).await?;
    }
    Ok(())
}

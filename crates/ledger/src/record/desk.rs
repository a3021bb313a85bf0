//! Holds, requests and the replies to them.

use custody_core::{
    Private,
    hold::{Hold, HoldReason},
    reply::Reply,
    request::Request,
};
use sqlx::AnyConnection;

use crate::{
    rows,
    sql::{self, Result, maybe_word, values, word},
};

/// A hold placed, changed or lifted. Its words are written once.
pub(super) async fn hold(on: &mut AnyConnection, hold: &Hold, reason: Option<&HoldReason>, entry: i64) -> Result<()> {
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
    let (insert, reason) = match reason {
        Some(HoldReason::Placed(reason)) => ("INSERT INTO hold_reasons (hold_id, reason) VALUES ($1, $2)", reason),
        Some(HoldReason::Lifted(reason)) => ("INSERT INTO lift_reasons (hold_id, reason) VALUES ($1, $2)", reason),
        None => return Ok(()),
    };
    sql::run(on, insert, values![hold.id, reason]).await?;
    Ok(())
}

/// The reply to a request: owed once, then whatever became of sending it.
pub(super) async fn reply(on: &mut AnyConnection, reply: &Reply, entry: i64) -> Result<()> {
    let (state, at, last_fault) = rows::reply_columns(reply.state);
    let last_fault = maybe_word(last_fault.as_ref())?;
    if reply.version > 0 {
        let update = "UPDATE replies SET channel = $2, attempts = $3, state = $4, at = $5, last_fault = $6, version = $7 \
                      WHERE request_id = $1 AND version = $7 - 1";
        let channel = word(&reply.channel)?;
        let values = values![reply.request, channel, reply.attempts, state, at, last_fault, reply.version];
        return sql::run_one(on, "replies", update, values).await;
    }
    let insert = "INSERT INTO replies (request_id, case_id, channel, owed_at, token, message_id, attempts, state, at, \
                  last_fault, version, entry) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING";
    let values = values![
        reply.request,
        reply.case,
        word(&reply.channel)?,
        reply.owed_at,
        reply.token.as_str(),
        reply.message_id.as_str(),
        reply.attempts,
        state,
        at,
        last_fault,
        reply.version,
        entry,
    ];
    sql::run_one(on, "replies", insert, values).await
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

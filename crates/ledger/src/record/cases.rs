//! Cases, customers, and forgetting both.

use custody_core::{
    case::{Case, CaseDetails, CaseLink, Customer},
    ticket::TicketOffer,
};
use sqlx::AnyConnection;

use crate::{
    LedgerError,
    sql::{self, Result, json, maybe_word, values, word},
};

/// Writes a customer over an older row of the same one.
pub(super) async fn customer(on: &mut AnyConnection, customer: &Customer) -> Result<()> {
    sql::run(on, "INSERT INTO customers (id) VALUES ($1) ON CONFLICT (id) DO NOTHING", values![customer.id]).await?;
    let details = "INSERT INTO customer_details (customer_id, forum, forum_user, username, name, email) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (customer_id) DO UPDATE SET \
                   forum = excluded.forum, forum_user = excluded.forum_user, username = excluded.username, \
                   name = excluded.name, email = excluded.email";
    let values = values![
        customer.id,
        customer.forum.as_str(),
        customer.user.0,
        &customer.username,
        customer.name.as_ref(),
        customer.email.as_ref(),
    ];
    sql::run(on, details, values).await?;
    Ok(())
}

/// A case with its personal side: a new one, or a forgotten one that has files again.
pub(super) async fn new_case(on: &mut AnyConnection, row: &Case, details: &CaseDetails, entry: i64) -> Result<()> {
    if row.version == 0 {
        let insert = "INSERT INTO cases (id, forum, topic, customer_id, tracker, ticket_key, closed_since, closed_how, \
                      read_at, doubt_since, exposed_since, labels, customer_active_at, probed_at, probe_open, \
                      noticed_at, forgotten_at, version, opened_at, entry) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, \
                      $20) \
                      ON CONFLICT DO NOTHING";
        let mut values = columns(row)?;
        values.extend(values![row.opened_at, entry]);
        sql::run_one(on, "cases", insert, values).await?;
    } else {
        case(on, row).await?;
    }
    let insert = "INSERT INTO case_details (case_id, title) VALUES ($1, $2) \
                  ON CONFLICT (case_id) DO UPDATE SET title = excluded.title";
    sql::run(on, insert, values![row.id, &details.title]).await?;
    Ok(())
}

/// A case that changed.
pub(super) async fn case(on: &mut AnyConnection, case: &Case) -> Result<()> {
    let update = "UPDATE cases SET forum = $2, topic = $3, customer_id = $4, tracker = $5, ticket_key = $6, \
                  closed_since = $7, closed_how = $8, read_at = $9, doubt_since = $10, exposed_since = $11, labels = $12, \
                  customer_active_at = $13, probed_at = $14, probe_open = $15, noticed_at = $16, forgotten_at = $17, \
                  version = $18 \
                  WHERE id = $1 AND version = $18 - 1";
    sql::run_one(on, "cases", update, columns(case)?).await
}

/// What an update may change, in the order of both statements.
fn columns(case: &Case) -> Result<Vec<sql::Value>> {
    Ok(values![
        case.id,
        case.forum.as_str(),
        case.topic.0,
        case.customer,
        case.ticket.tracker.as_str(),
        case.ticket.key.as_str(),
        case.standing.closed_since,
        maybe_word(case.standing.how.as_ref())?,
        case.standing.read_at,
        case.standing.doubt_since,
        case.exposed_since,
        json(&case.labels)?,
        case.customer_active_at,
        case.probe.map(|probe| probe.at),
        case.probe.map(|probe| i64::from(probe.open)),
        case.noticed_at,
        case.forgotten_at,
        case.version,
    ])
}

/// A link seen for the first time; seen again, it stays as it was noted.
pub(super) async fn link(on: &mut AnyConnection, link: &CaseLink, entry: i64) -> Result<()> {
    let insert = "INSERT INTO case_links (case_id, url, service, post, noted_at, entry) \
                  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    let values = values![link.case, &link.url, word(&link.service)?, link.post, link.noted_at, entry];
    sql::run(on, insert, values).await?;
    Ok(())
}

/// A ticket that a thread names, noted or resolved.
pub(super) async fn ticket_offer(on: &mut AnyConnection, offer: &TicketOffer, entry: i64) -> Result<()> {
    let (tracker, key) = (offer.ticket.tracker.as_str(), offer.ticket.key.as_str());
    let standing = word(&offer.standing)?;
    if offer.version > 0 {
        let update = "UPDATE ticket_offers SET standing = $4, version = $5 \
                      WHERE case_id = $1 AND tracker = $2 AND ticket_key = $3 AND version = $5 - 1";
        return sql::run_one(on, "ticket_offers", update, values![offer.case, tracker, key, standing, offer.version])
            .await;
    }
    let insert = "INSERT INTO ticket_offers (case_id, tracker, ticket_key, noted_at, standing, version, entry) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let values = values![offer.case, tracker, key, offer.noted_at, standing, offer.version, entry];
    sql::run_one(on, "ticket_offers", insert, values).await
}

/// Everything personal of a case goes; the customer's side only with the customer's last case that is remembered.
///
/// A file that arrived since this was decided, by intake beside it, would lose its name and where it is to be fetched from.
pub(super) async fn forget(on: &mut AnyConnection, row: &Case) -> Result<()> {
    case(on, row).await?;
    let open = "SELECT id FROM held_files WHERE case_id = $1 AND state = 'arriving' LIMIT 1";
    if sql::one(on, open, values![row.id], |_| Ok(())).await?.is_some() {
        return Err(LedgerError::Conflict { table: "held_files" });
    }
    for personal in [
        "DELETE FROM case_details WHERE case_id = $1",
        "DELETE FROM case_links WHERE case_id = $1",
        "DELETE FROM case_words WHERE case_id = $1",
        "DELETE FROM file_details WHERE file_id IN (SELECT id FROM held_files WHERE case_id = $1)",
        "DELETE FROM receipt_envelopes WHERE receipt_id IN (SELECT id FROM receipts WHERE case_id = $1)",
        "DELETE FROM hold_reasons WHERE hold_id IN (SELECT id FROM holds WHERE scope = 'case' AND scope_id = $1)",
        "DELETE FROM viewing_reasons WHERE copy_id IN (SELECT viewing_copies.id FROM viewing_copies \
         JOIN held_files ON held_files.id = viewing_copies.file_id WHERE held_files.case_id = $1)",
        "DELETE FROM lift_reasons WHERE hold_id IN (SELECT id FROM holds WHERE scope = 'case' AND scope_id = $1)",
        "DELETE FROM lift_reasons WHERE hold_id IN (SELECT id FROM holds WHERE scope = 'file' \
         AND scope_id IN (SELECT id FROM held_files WHERE case_id = $1))",
        "DELETE FROM proposal_reasons WHERE proposal_id IN \
         (SELECT id FROM proposals WHERE scope = 'case' AND scope_id = $1)",
        "DELETE FROM proposal_reasons WHERE proposal_id IN (SELECT id FROM proposals WHERE scope = 'file' \
         AND scope_id IN (SELECT id FROM held_files WHERE case_id = $1))",
        "DELETE FROM own_date_reasons WHERE scope = 'case' AND scope_id = $1",
        "DELETE FROM own_date_reasons WHERE scope = 'file' AND scope_id IN \
         (SELECT id FROM held_files WHERE case_id = $1)",
        "DELETE FROM request_reasons WHERE request_id IN (SELECT id FROM requests WHERE case_id = $1)",
        "DELETE FROM hold_reasons WHERE hold_id IN (SELECT id FROM holds WHERE scope = 'file' \
         AND scope_id IN (SELECT id FROM held_files WHERE case_id = $1))",
    ] {
        sql::run(on, personal, values![row.id]).await?;
    }
    for personal in [
        "DELETE FROM customer_details WHERE customer_id = $1 \
         AND NOT EXISTS (SELECT 1 FROM cases WHERE customer_id = $1 AND forgotten_at IS NULL)",
        "DELETE FROM proposal_reasons WHERE proposal_id IN \
         (SELECT id FROM proposals WHERE scope = 'customer' AND scope_id = $1) \
         AND NOT EXISTS (SELECT 1 FROM cases WHERE customer_id = $1 AND forgotten_at IS NULL)",
        "DELETE FROM lift_reasons WHERE hold_id IN (SELECT id FROM holds WHERE scope = 'customer' AND scope_id = $1) \
         AND NOT EXISTS (SELECT 1 FROM cases WHERE customer_id = $1 AND forgotten_at IS NULL)",
        "DELETE FROM hold_reasons WHERE hold_id IN (SELECT id FROM holds WHERE scope = 'customer' AND scope_id = $1) \
         AND NOT EXISTS (SELECT 1 FROM cases WHERE customer_id = $1 AND forgotten_at IS NULL)",
    ] {
        sql::run(on, personal, values![row.customer]).await?;
    }
    Ok(())
}

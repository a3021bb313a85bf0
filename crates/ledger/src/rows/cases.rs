//! Cases and customers.

use custody_core::{
    Timestamp,
    case::{Case, CaseDetails, CaseLink, Customer, ForumUserId, Probe, TopicId},
    id::CaseId,
    ticket::{Standing, TicketOffer, TicketRef},
};
use sqlx::any::AnyRow;

use crate::{Inconsistency, sql::Row};

pub(crate) fn case(row: &AnyRow) -> Result<Case, Inconsistency> {
    let row = Row::of(row, "cases", "id");
    Ok(Case {
        id: row.id("id")?,
        forum: row.text("forum")?,
        topic: TopicId(row.int("topic")?),
        customer: row.id("customer_id")?,
        ticket: TicketRef { tracker: row.text("tracker")?, key: row.text("ticket_key")? },
        standing: Standing {
            closed_since: row.maybe_time("closed_since")?,
            how: row.maybe_word("closed_how")?,
            read_at: row.maybe_time("read_at")?,
            doubt_since: row.maybe_time("doubt_since")?,
        },
        exposed_since: row.maybe_time("exposed_since")?,
        labels: row.json("labels")?,
        opened_at: row.time("opened_at")?,
        customer_active_at: row.time("customer_active_at")?,
        probe: match (row.maybe_time("probed_at")?, row.maybe_int("probe_open")?) {
            (Some(at), Some(open)) => Some(Probe { at, open: open != 0 }),
            (None, None) => None,
            _ => return Err(row.wrong("probe_open")),
        },
        noticed_at: row.maybe_time("noticed_at")?,
        forgotten_at: row.maybe_time("forgotten_at")?,
        version: row.int("version")?,
    })
}

pub(crate) fn case_details(row: &AnyRow) -> Result<CaseDetails, Inconsistency> {
    let row = Row::of(row, "case_details", "case_id");
    Ok(CaseDetails { title: row.private("title")? })
}

pub(crate) fn case_link(row: &AnyRow) -> Result<CaseLink, Inconsistency> {
    let row = Row::of(row, "case_links", "case_id");
    Ok(CaseLink {
        case: row.id("case_id")?,
        service: row.word("service")?,
        url: row.private("url")?,
        post: row.int("post")?,
        noted_at: row.time("noted_at")?,
    })
}

pub(crate) fn ticket_offer(row: &AnyRow) -> Result<TicketOffer, Inconsistency> {
    let row = Row::of(row, "ticket_offers", "case_id");
    Ok(TicketOffer {
        case: row.id("case_id")?,
        ticket: TicketRef { tracker: row.text("tracker")?, key: row.text("ticket_key")? },
        noted_at: row.time("noted_at")?,
        standing: row.word("standing")?,
        version: row.int("version")?,
    })
}

pub(crate) fn ticket_read(row: &AnyRow) -> Result<(CaseId, Timestamp), Inconsistency> {
    let row = Row::of(row, "ticket_reads", "case_id");
    Ok((row.id("case_id")?, row.time("read_at")?))
}

pub(crate) fn customer(row: &AnyRow) -> Result<Customer, Inconsistency> {
    let row = Row::of(row, "customer_details", "customer_id");
    Ok(Customer {
        id: row.id("customer_id")?,
        forum: row.text("forum")?,
        user: ForumUserId(row.int("forum_user")?),
        username: row.private("username")?,
        name: row.maybe_text("name")?.map(Into::into),
        email: row.maybe_text("email")?.map(Into::into),
    })
}

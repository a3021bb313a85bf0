//! The chain of events.

use custody_core::{event::Event, flow::FlowError, id::CaseId};
use custody_ledger::ChainedEvent;

use super::{Page, event_view};
use crate::views::{AuditCaseView, AuditEventView, AuditFileView, AuditReceiptView, AuditRow};

/// One event of the list.
pub async fn audit_row(page: &Page<'_>, index: u64, event: &Event) -> Result<AuditRow, FlowError> {
    Ok(AuditRow { event: event_view(page.ports, index, event).await?, topic: event.kind.topic() })
}

/// An event with everything about it.
pub async fn audit_event_view(
    page: &Page<'_>,
    index: u64,
    chained: &ChainedEvent,
    about: &[CaseId],
) -> Result<AuditEventView, FlowError> {
    let ledger = &page.ports.ledger;
    let mut cases = Vec::new();
    for id in about {
        let Some(case) = ledger.case(*id).await? else { continue };
        let (title, customer) = page.names(&case).await?;
        cases.push(AuditCaseView { id: id.to_string(), title, customer });
    }
    let subjects = chained.event.kind.subjects();
    let mut receipts = Vec::new();
    for id in subjects.receipts {
        let Some(receipt) = ledger.receipt(id).await? else { continue };
        receipts.push(AuditReceiptView { id: id.to_string(), token: receipt.token });
    }
    let mut files = Vec::new();
    for id in subjects.files {
        files.push(AuditFileView { id: id.to_string(), name: page.file_name(id).await? });
    }
    Ok(AuditEventView {
        row: audit_row(page, index, &chained.event).await?,
        prev: format!("{:?}", chained.prev),
        hash: format!("{:?}", chained.hash),
        text: chained.text.clone(),
        cases,
        receipts,
        files,
    })
}

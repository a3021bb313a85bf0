//! Which cases an event is about: the index by which the events of a case are found again.

use std::collections::{BTreeMap, BTreeSet};

use custody_core::{
    event::EventKind,
    held_file::HeldFile,
    id::{CaseId, FileId, ReceiptId, RequestId},
    receipt::ReceiptRow,
    transition::Write,
};
use sqlx::AnyConnection;

use crate::sql::{self, Result, Row, Value, values};

/// The rows of the index that a commit adds, and what it learned on the way.
#[derive(Default)]
pub(super) struct About {
    files: BTreeMap<FileId, CaseId>,
    receipts: BTreeMap<ReceiptId, CaseId>,
    requests: BTreeMap<RequestId, CaseId>,
    rows: Vec<Vec<Value>>,
}

impl About {
    /// Remembers the cases of what is written, so that most events need no query.
    pub(super) fn learn(&mut self, write: &Write) {
        match write {
            Write::NewFile { file, .. } | Write::File(file) | Write::SealedFile { file, .. } => self.file(file),
            Write::Request { request, .. } => {
                self.requests.insert(request.id, request.case);
            }
            Write::Reply(reply) => {
                self.requests.insert(reply.request, reply.case);
            }
            Write::Receipt { files, receipt } => {
                files.iter().for_each(|file| self.file(file));
                self.receipt(&receipt.row);
            }
            Write::Delivery { receipt, .. } | Write::Confirmation { receipt, .. } => self.receipt(receipt),
            Write::NewCase { .. }
            | Write::Case(_)
            | Write::DropWraps(_)
            | Write::Rewrap { .. }
            | Write::Recipients { .. }
            | Write::Hold { .. }
            | Write::Approver(_)
            | Write::Proposal { .. }
            | Write::OwnDate { .. }
            | Write::Rules { .. }
            | Write::Link(_)
            | Write::TicketOffer(_)
            | Write::ViewingCopy { .. }
            | Write::Forget(_)
            | Write::Nothing => {}
        }
    }

    fn file(&mut self, file: &HeldFile) {
        self.files.insert(file.id(), file.case());
    }

    fn receipt(&mut self, receipt: &ReceiptRow) {
        self.receipts.insert(receipt.id, receipt.case);
    }

    /// Notes the cases of one event. What it names was written before.
    pub(super) async fn note(&mut self, on: &mut AnyConnection, kind: &EventKind, entry: i64) -> Result<()> {
        let subjects = kind.subjects();
        let mut cases: BTreeSet<CaseId> = subjects.cases.into_iter().collect();
        for file in subjects.files {
            let sql = "SELECT id, case_id FROM held_files WHERE id = $1";
            cases.extend(known(on, &mut self.files, file, sql, "held_files").await?);
        }
        for receipt in subjects.receipts {
            let sql = "SELECT id, case_id FROM receipts WHERE id = $1";
            cases.extend(known(on, &mut self.receipts, receipt, sql, "receipts").await?);
        }
        for request in subjects.requests {
            let sql = "SELECT id, case_id FROM requests WHERE id = $1";
            cases.extend(known(on, &mut self.requests, request, sql, "requests").await?);
        }
        self.rows.extend(cases.into_iter().map(|case| values![case, entry]));
        Ok(())
    }

    pub(super) async fn write(self, on: &mut AnyConnection) -> Result<()> {
        sql::insert_many(on, "INSERT INTO event_cases (case_id, event_index)", 2, self.rows).await
    }
}

async fn known<Id: Copy + Ord + Into<Value>>(
    on: &mut AnyConnection,
    cases: &mut BTreeMap<Id, CaseId>,
    id: Id,
    sql: &'static str,
    table: &'static str,
) -> Result<Option<CaseId>> {
    if let Some(case) = cases.get(&id) {
        return Ok(Some(*case));
    }
    let found = sql::one(on, sql, vec![id.into()], |row| Row::of(row, table, "id").id::<CaseId>("case_id")).await?;
    if let Some(case) = found {
        cases.insert(id, case);
    }
    Ok(found)
}

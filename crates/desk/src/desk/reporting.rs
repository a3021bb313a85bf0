//! The retention report: shown, and given out as a file with a signed statement.

use std::collections::{BTreeMap, BTreeSet};

use custody_core::{
    Timestamp,
    flow::{FlowError, drill, reconcile, sweep},
    four_eyes::ExportOf,
    held_file::StateName,
    id::PersonId,
    letter::shown,
    ports::{ChainVerdict, Fault, Ledger as _, PortError, Strongroom as _},
    receipt::LedgerAnchor,
    report::{FORMAT, JobLine, Report, ReportFormat, ReportStatement, Rows, Span, digest, report},
};

use super::{
    Desk,
    reading::{all_cases, all_receipts, page},
};
use crate::{
    Result,
    report_files::Told,
    show,
    views::{RecordedExport, ReportView},
};

/// A report as it leaves the desk.
#[derive(Clone, PartialEq, Eq)]
pub struct ReportFile {
    /// The file.
    pub bytes: Vec<u8>,
    /// What the desk signs about it: a text that is kept beside the file.
    pub statement: String,
}

impl std::fmt::Debug for ReportFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReportFile").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

impl Desk {
    /// The retention report of a span of time, and its note in the record.
    ///
    /// # Errors
    /// [`Fault::NeedsSecondPerson`] where the settings say so, and nobody approved it.
    pub async fn report(&self, from: Timestamp, to: Timestamp) -> Result<Report> {
        let report = self.gathered(Span { from, to }).await?;
        let used = self.permission(ExportOf::Report).await?;
        self.note_export(RecordedExport::Report, used).await?;
        Ok(report)
    }

    /// The retention report of a span of time, to be looked at here.
    pub async fn report_view(&self, from: Timestamp, to: Timestamp) -> Result<ReportView> {
        let report = self.gathered(Span { from, to }).await?;
        let wired = self.wired();
        let people = self.people(&report).await?;
        let jobs = self.jobs().await?;
        Ok(show::report_view(&page(&wired).await?, &report, &people, jobs).await?)
    }

    /// The retention report of a span of time as a file, and the desk's signed statement that it made this file. Recorded
    /// first, so that the record whose end is signed holds the export.
    ///
    /// # Errors
    /// [`Fault::NeedsSecondPerson`] where the settings say so, and nobody approved it; faults of the signing key.
    pub async fn export_report(&self, from: Timestamp, to: Timestamp, form: ReportFormat) -> Result<ReportFile> {
        let period = Span { from, to };
        let report = self.gathered(period).await?;
        let people = self.people(&report).await?;
        let used = self.permission(ExportOf::Report).await?;
        self.note_export(RecordedExport::Report, used).await?;
        let (head, broken_at) = match self.verify_chain().await? {
            ChainVerdict::Whole(head) => (head, None),
            ChainVerdict::Broken { at } => (self.0.ledger.head().await?, Some(at)),
        };
        let made_at = report.made_at;
        let told = Told {
            report,
            desk: self.0.vault.desk(),
            issuer: self.wired().settings.issuer.name.clone(),
            tool: format!("Custody {}", env!("CARGO_PKG_VERSION")),
            ledger: LedgerAnchor::of(head),
            broken_at,
            people,
        };
        let bytes = told.file(form).map_err(|cause| PortError::needs_person(Fault::LedgerTrouble).because(cause))?;
        let statement = ReportStatement {
            format: FORMAT.to_owned(),
            desk: told.desk,
            made_at,
            tool: told.tool,
            period,
            form,
            size: bytes.len() as u64,
            sha256: digest(&bytes),
            ledger: told.ledger,
        };
        let statement = statement.sign(&self.0.vault).await.map_err(FlowError::from)?;
        Ok(ReportFile { bytes, statement })
    }

    async fn gathered(&self, span: Span) -> Result<Report> {
        let wired = self.wired();
        let ledger = &self.0.ledger;
        let mut receipts = Vec::new();
        for receipt in all_receipts(ledger).await? {
            let (delivery, answers) = (ledger.delivery(receipt.id).await?, ledger.confirmations(receipt.id).await?);
            receipts.push((receipt, delivery, answers));
        }
        let inventory = self.0.vault.inventory().await?;
        let beats = ledger.heartbeats().await?;
        let jobs: Vec<JobLine> = self
            .standings(&beats)
            .filter_map(|(_, last, standing, _)| Some(JobLine::new(last?.clone(), standing)))
            .collect();
        let rows = Rows {
            cases: &all_cases(ledger).await?,
            files: &ledger.files_in(&StateName::ALL).await?,
            rules: &wired.policy.rules,
            plan: &sweep::plan(&wired.ports, &wired.policy).await?,
            holds: &ledger.holds(false).await?,
            requests: &ledger.requests_between(span.from, span.to).await?,
            receipts: &receipts,
            open_copies: &ledger.open_viewing_copies().await?,
            jobs: &jobs,
            physical_bytes: inventory.sealed.iter().map(|(_, size)| size).sum(),
            occupied_bytes: inventory.occupied,
            reconciled: reconcile::last(&wired.ports).await?,
            drilled: drill::last(&wired.ports).await?,
        };
        Ok(report(&rows, span, self.now()))
    }

    /// The names of staff that a report speaks of.
    async fn people(&self, report: &Report) -> Result<BTreeMap<PersonId, String>> {
        let owners = report.holds.iter().map(|hold| hold.owner);
        let overdue = report.overdue.iter().filter_map(|line| line.owner);
        let ids: BTreeSet<_> = owners.chain(overdue).chain(report.viewing_copies.iter().map(|copy| copy.by)).collect();
        let mut people = BTreeMap::new();
        for id in ids {
            if let Some(name) = self.0.ledger.person_name(id).await? {
                people.insert(id, shown(name.reveal()));
            }
        }
        Ok(people)
    }
}

//! What people are shown. Nothing here changes a row, but for the note that an export left the desk.

use custody_core::{
    Private, Timestamp,
    case::Case,
    event::{Actor, Event, EventKind},
    flow::{digest, drill, reconcile, sweep},
    four_eyes::ExportOf,
    held_file::StateName,
    id::{CaseId, FileId, ReceiptId},
    letter::shown,
    period::Period,
    ports::{Fault, Ledger, PortError, Strongroom as _},
    receipt::ReceiptRow,
    report::{JobLine, Report, Rows, Span, report},
    transition::Transition,
};

use super::{Desk, acting::not_found};
use crate::{
    Result,
    show::{self, Page},
    views::{
        AttentionKind, AttentionView, CaseView, DeskView, EventView, FileView, HoldView, NoticeView, NoticesView,
        PlanView, ReceiptRowView, ReceiptView,
    },
    wiring::Wired,
};

/// How many rows are read at a time.
const AT_A_TIME: u32 = 1000;

impl Desk {
    /// The desk as a whole.
    pub async fn view(&self) -> Result<DeskView> {
        let wired = self.wired();
        let rules = wired.policy.rules.as_slice();
        let times = &wired.settings.times;
        Ok(DeskView {
            unlocked: self.is_unlocked(),
            practice: self.0.practice,
            connected: wired.settings.forum.is_some(),
            issuer: wired.settings.issuer.name.clone(),
            four_eyes: show::four_eyes_view(&wired.settings.four_eyes),
            rule: rules.last().map(ToString::to_string).unwrap_or_default(),
            key_store: self.0.vault.key_store(),
            usual_lease: minutes(times.viewing_copy.min(times.viewing_copy_longest)),
            longest_lease: minutes(times.viewing_copy_longest),
            now: show::time(self.now()),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            pause: self.paused().map(show::pause_view),
            jobs: self.jobs().await?,
            attention: self.attention().await?,
            reconciled: self.reconciled().await?,
            drilled: drill::last(&wired.ports).await?.map(show::drilled_view),
        })
    }

    /// A case with everything in it.
    pub async fn case(&self, id: CaseId) -> Result<CaseView> {
        let wired = self.wired();
        let case = self.0.ledger.case(id).await?.ok_or_else(not_found)?;
        Ok(show::case_view(&page(&wired).await?, &case).await?)
    }

    /// The files that are in custody or on their way in or out.
    pub async fn files(&self) -> Result<Vec<FileView>> {
        let wired = self.wired();
        let page = page(&wired).await?;
        let states = [StateName::Arriving, StateName::Held, StateName::Due, StateName::Erasing, StateName::Lost];
        let mut views = Vec::new();
        for file in self.0.ledger.files_in(&states).await? {
            views.push(show::file_view(&page, &file).await?);
        }
        Ok(views)
    }

    /// A file.
    pub async fn file(&self, id: FileId) -> Result<FileView> {
        let wired = self.wired();
        let file = self.0.ledger.file(id).await?.ok_or_else(not_found)?;
        Ok(show::file_view(&page(&wired).await?, &file).await?)
    }

    /// All receipts, newest first.
    pub async fn receipts(&self) -> Result<Vec<ReceiptRowView>> {
        let wired = self.wired();
        let page = page(&wired).await?;
        let mut rows = Vec::new();
        for receipt in all_receipts(&self.0.ledger).await? {
            rows.push(show::receipt_row(&page, &receipt).await?);
        }
        Ok(rows)
    }

    /// A receipt with everything in it.
    pub async fn receipt(&self, id: ReceiptId) -> Result<ReceiptView> {
        let wired = self.wired();
        let receipt = self.0.ledger.receipt(id).await?.ok_or_else(not_found)?;
        Ok(show::receipt_view(&page(&wired).await?, &receipt).await?)
    }

    /// The signed receipt as the customer got it, as JSON; recorded as an export.
    pub async fn receipt_file(&self, id: ReceiptId) -> Result<Private<String>> {
        let envelope = self.0.ledger.envelope(id).await?.ok_or_else(not_found)?;
        let text = serde_json::to_string_pretty(envelope.reveal())
            .map_err(|cause| PortError::needs_person(Fault::LedgerDamaged).because(cause))?;
        self.note(EventKind::Exported { what: format!("receipt {id}") }).await?;
        Ok(text.into())
    }

    /// The public key of the receipts' signatures, as PEM.
    pub fn public_key_pem(&self) -> Result<String> {
        Ok(self.0.vault.public_key_pem()?)
    }

    /// The holds that are placed, newest first.
    pub async fn holds(&self) -> Result<Vec<HoldView>> {
        let wired = self.wired();
        let page = page(&wired).await?;
        let mut views = Vec::new();
        for hold in &page.holds {
            views.push(show::hold_view(&page, hold).await?);
        }
        Ok(views)
    }

    /// What waits for a person, oldest first.
    pub async fn attention(&self) -> Result<Vec<AttentionView>> {
        let wired = self.wired();
        let page = page(&wired).await?;
        let mut attention = show::attention(&page).await?;
        if self.drafted_rules().is_some() {
            attention.push(show::waits(AttentionKind::RulesDiffer, self.now()));
        }
        for view in &mut attention {
            if let Some(id) = view.case.as_deref().and_then(|id| id.parse().ok())
                && let Some(case) = self.0.ledger.case(id).await?
            {
                (view.title, view.customer) = page.names(&case).await?;
            }
        }
        Ok(attention)
    }

    /// What the next sweep would do.
    pub async fn plan(&self) -> Result<PlanView> {
        let wired = self.wired();
        Ok(show::plan_view(&page(&wired).await?).await?)
    }

    /// What will be erased within the time of the settings, if nothing changes: what the digest says.
    pub async fn notices(&self) -> Result<NoticesView> {
        let wired = self.wired();
        let ahead = digest::ahead(&wired.ports, &wired.policy).await?;
        let cases = ahead.cases.iter().map(|case| NoticeView {
            case: case.case.to_string(),
            ticket: format!("{} {}", shown(&case.ticket.tracker), shown(&case.ticket.key)),
            files: case.files,
            first_at: show::time(case.first_at),
        });
        Ok(NoticesView {
            until: show::time(ahead.until),
            cases: cases.collect(),
            mailed_to: wired.settings.digest.to.clone().filter(|_| wired.ports.postbox.is_some()),
            mailed_at: digest::sent_at(&wired.ports).await?.map(show::time),
        })
    }

    /// The retention report of a span of time, and its note in the record.
    ///
    /// # Errors
    /// [`Fault::NeedsSecondPerson`] where the settings say so, and nobody approved it.
    pub async fn report(&self, from: Timestamp, to: Timestamp) -> Result<Report> {
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
            plan: &sweep::plan(&wired.ports, &wired.policy).await?,
            holds: &ledger.holds(false).await?,
            requests: &ledger.requests_between(from, to).await?,
            receipts: &receipts,
            open_copies: &ledger.open_viewing_copies().await?,
            jobs: &jobs,
            physical_bytes: inventory.sealed.iter().map(|(_, size)| size).sum(),
            occupied_bytes: inventory.occupied,
            reconciled: reconcile::last(&wired.ports).await?,
            drilled: drill::last(&wired.ports).await?,
        };
        let report = report(&rows, Span { from, to }, self.now());
        let used = self.permission(ExportOf::Report).await?;
        self.note_export("report", used).await?;
        Ok(report)
    }

    /// One transaction: an approval that is used up, and the export that it was for.
    pub(super) async fn note_export(&self, what: &str, used: Option<Transition>) -> Result<()> {
        let kind = EventKind::Exported { what: what.to_owned() };
        let event = Event { at: self.now(), actor: Actor::Person(self.person().await?), kind };
        let transitions = used.into_iter().chain([Transition::event_only(event)]).collect();
        self.0.ledger.commit(transitions).await?;
        Ok(())
    }

    /// Events in words, with an index above `after`, oldest first, at most `limit`.
    pub async fn events(&self, after: u64, limit: u32) -> Result<Vec<EventView>> {
        let wired = self.wired();
        let mut views = Vec::new();
        for (index, event) in self.0.ledger.events(after, limit).await? {
            views.push(show::event_view(&wired.ports, index, &event).await?);
        }
        Ok(views)
    }

    /// The index of the last event; 0 while there is none.
    pub async fn head(&self) -> Result<u64> {
        Ok(self.0.ledger.head().await?.index)
    }
}

pub(super) async fn page(wired: &Wired) -> Result<Page<'_>> {
    Ok(Page::new(&wired.ports, &wired.policy, &wired.forum_url).await?)
}

pub(super) async fn all_cases(ledger: &impl Ledger) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    loop {
        let skip = u32::try_from(cases.len()).unwrap_or(u32::MAX);
        let more = ledger.cases(skip, AT_A_TIME).await?;
        if more.is_empty() {
            return Ok(cases);
        }
        cases.extend(more);
    }
}

async fn all_receipts(ledger: &impl Ledger) -> Result<Vec<ReceiptRow>> {
    let mut receipts = Vec::new();
    loop {
        let skip = u32::try_from(receipts.len()).unwrap_or(u32::MAX);
        let more = ledger.receipts(skip, AT_A_TIME).await?;
        if more.is_empty() {
            return Ok(receipts);
        }
        receipts.extend(more);
    }
}

fn minutes(period: Period) -> u32 {
    u32::try_from(period.as_duration().as_mins()).unwrap_or(u32::MAX)
}

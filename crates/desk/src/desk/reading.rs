//! What people are shown. Nothing here changes a row, but for the note that an export left the desk.

use custody_core::{
    case::Case,
    event::{Actor, Event, EventKind},
    flow::{digest, drill},
    held_file::StateName,
    id::{CaseId, FileId},
    letter::shown,
    period::Period,
    ports::{Ledger, Strongroom as _},
    receipt::ReceiptRow,
    transition::Transition,
};

use super::{Desk, acting::not_found};
use crate::{
    Result,
    show::{self, Page},
    views::{
        AttentionKind, AttentionView, CaseView, DeskView, EventView, FileView, HoldView, KitStanding, NoticeView,
        NoticesView, PlanView, RecordedExport,
    },
    wiring::Wired,
};

/// How many rows are read at a time.
const AT_A_TIME: u32 = 1000;

impl Desk {
    /// The desk as a whole.
    pub async fn view(&self) -> Result<DeskView> {
        let wired = self.wired();
        let times = &wired.settings.times;
        Ok(DeskView {
            unlocked: self.is_unlocked(),
            practice: self.0.practice,
            connected: wired.settings.forum.is_some(),
            issuer: wired.settings.issuer.name.clone(),
            four_eyes: show::four_eyes_view(&wired.settings.four_eyes),
            rule: wired.policy.rules.for_the_rest().terms().into(),
            key_store: self.0.vault.key_store(),
            usual_lease: minutes(times.viewing_copy.min(times.viewing_copy_longest)),
            longest_lease: minutes(times.viewing_copy_longest),
            now: show::time(self.now()),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            pause: self.paused().map(show::pause_view),
            jobs: self.jobs().await?,
            attention: self.attention().await?,
            reconciled: self.reconciled().await?,
            setup: self.setup().await?,
            kit: self.kit_standing().await?,
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
        if wired.policy.kit_first && self.kit_standing().await? != KitStanding::Saved {
            attention.push(show::waits(AttentionKind::KitNotSaved, self.now()));
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

    /// One transaction: an approval that is used up, and the export that it was for.
    pub(super) async fn note_export(&self, what: RecordedExport, used: Option<Transition>) -> Result<()> {
        let kind = EventKind::Exported { what: what.in_row() };
        let event = Event { at: self.now(), actor: Actor::Person(self.person().await?), kind };
        let transitions = used.into_iter().chain([Transition::event_only(event)]).collect();
        self.0.ledger.commit(transitions).await?;
        Ok(())
    }

    /// Events with an index above `after`, oldest first, at most `limit`.
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

pub(super) async fn all_receipts(ledger: &impl Ledger) -> Result<Vec<ReceiptRow>> {
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

//! The list of cases: made again for what changed, and asked for in parts.

use std::collections::BTreeSet;

use custody_core::{
    SignedDuration, Timestamp,
    case_list::{CaseQuery, CaseSummary},
    erasure_list::ListedErasure,
    event::EventKind,
    hold::HoldScope,
    id::CaseId,
    ports::Ledger as _,
};
use tracing::{debug, warn};

use super::{
    Desk,
    reading::{all_cases, page},
    rounds::chain,
};
use crate::{
    Result, show,
    views::{CaseListView, CaseRow, StandingCount},
};

/// What is erased, or becomes due, within so long is soon.
const SOON: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Cases that are looked at before what was made is written.
const AT_A_TIME: usize = 200;
/// Events that are read at a time.
const EVENTS_AT_A_TIME: u32 = 1000;

impl Desk {
    /// A part of the list of cases, as of now. What is soon is the desk's to say.
    pub async fn list_cases(&self, query: &CaseQuery) -> Result<CaseListView> {
        self.try_to_make_case_list().await;
        let soon = self.now().checked_add(SOON).unwrap_or(Timestamp::MAX);
        let found = self.0.ledger.list_cases(&CaseQuery { soon, ..query.clone() }).await?;
        let wired = self.wired();
        let page = page(&wired).await?;
        let mut rows = Vec::new();
        for (case, summary) in &found.cases {
            rows.push(show::case_row(&page, case, summary).await?);
        }
        let counts = found.counts.into_iter().map(|(standing, cases)| StandingCount { standing, cases }).collect();
        let mine = self.knows_assignments().await?.then_some(found.mine);
        Ok(CaseListView { rows, total: found.total, counts, due_soon: found.due_soon, mine })
    }

    /// All cases, newest first.
    pub async fn cases(&self) -> Result<Vec<CaseRow>> {
        let everything = CaseQuery { limit: u32::MAX, ..CaseQuery::default() };
        Ok(self.list_cases(&everything).await?.rows)
    }

    /// As [`Desk::make_case_list`]; on a full disk the list is shown as it was made last.
    pub(super) async fn try_to_make_case_list(&self) {
        if let Err(error) = self.make_case_list().await {
            warn!(error = %chain(&error), "list.not_made");
        }
    }

    /// Makes the rows of the list again of which something happened since they were made.
    pub(super) async fn make_case_list(&self) -> Result<()> {
        let _turn = self.0.turns.list.lock().await;
        let ledger = &self.0.ledger;
        let (made, head) = (ledger.case_list_head().await?, ledger.head().await?.index);
        if made >= head {
            return Ok(());
        }
        let touched = if made == 0 {
            all_cases(ledger).await?.iter().map(|case| case.id).collect()
        } else {
            self.touched(made, head).await?
        };
        let wired = self.wired();
        let page = page(&wired).await?;
        let (mut summaries, mut erasures) = (Vec::new(), Vec::new());
        for case in &touched {
            if let Some((summary, of_its_files)) = self.summarized(&page, *case).await? {
                summaries.push(summary);
                erasures.push((*case, of_its_files));
            }
            if summaries.len() >= AT_A_TIME {
                ledger.put_erasures(&std::mem::take(&mut erasures)).await?;
                ledger.put_case_list(&std::mem::take(&mut summaries), None).await?;
            }
        }
        // First: what is made up to which event is noted with the cases.
        ledger.put_erasures(&erasures).await?;
        ledger.put_case_list(&summaries, Some(head)).await?;
        debug!(cases = touched.len(), "list.made");
        Ok(())
    }

    async fn summarized(
        &self,
        page: &show::Page<'_>,
        case: CaseId,
    ) -> Result<Option<(CaseSummary, Vec<ListedErasure>)>> {
        match self.0.ledger.case(case).await? {
            Some(case) => Ok(Some(show::case_summary(page, &case).await?)),
            None => Ok(None),
        }
    }

    /// The cases that events after `made` and up to `head` change something of.
    async fn touched(&self, made: u64, head: u64) -> Result<BTreeSet<CaseId>> {
        let ledger = &self.0.ledger;
        let mut touched: BTreeSet<CaseId> = ledger.cases_touched(made, head).await?.into_iter().collect();
        let mut after = made;
        while after < head {
            let events = ledger.events(after, EVENTS_AT_A_TIME).await?;
            let Some((last, _)) = events.last() else { break };
            after = *last;
            for (_, event) in events {
                match event.kind {
                    // What a rule says of a case stands in no event of that case.
                    EventKind::RulesChanged { .. } | EventKind::RulesAdopted { .. } => {
                        touched.extend(ledger.open_cases().await?.iter().map(|case| case.id));
                    }
                    EventKind::HoldPlaced { scope: HoldScope::Customer(customer), .. }
                    | EventKind::HoldLifted { scope: HoldScope::Customer(customer), .. } => {
                        touched.extend(ledger.cases_of_customer(customer).await?);
                    }
                    _ => {}
                }
            }
        }
        Ok(touched)
    }
}

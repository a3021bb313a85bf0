//! What a person who does not look at the window is told, and what goes on while they want to leave.

use custody_core::{
    id::{CaseId, FileId},
    news::{News, Told, Waiting},
    ports::{Fault, Job, Ledger as _, PortError},
};

use super::{Desk, acting::not_found};
use crate::{
    Result,
    views::{AttentionView, WorkView},
};

/// Where it is kept what was told.
const TOLD: &str = "told outside";
/// How many events are read at a time.
const AT_A_TIME: u32 = 1000;

impl Desk {
    /// What is new since this was last asked, each once: also after a restart.
    pub async fn news(&self) -> Result<Vec<News>> {
        let _turn = self.0.turns.news.lock().await;
        let ledger = &self.0.ledger;
        let (told, is_kept) = self.told().await?;
        let mut events = Vec::new();
        loop {
            let after = events.last().map_or(told.event, |(index, _)| *index);
            let more = ledger.events(after, AT_A_TIME).await?;
            if more.is_empty() {
                break;
            }
            events.extend(more);
        }
        let waiting = self.attention().await?.iter().map(waiting).collect();
        let copies = ledger.open_viewing_copies().await?;
        let (news, after) = told.news(&events, waiting, &copies, self.now());
        if !is_kept || told != after {
            self.keep_told(&after).await?;
        }
        Ok(news)
    }

    /// What happens from now on is news, if nobody was told anything yet. Before any job runs: a look that comes late would miss
    /// what the first of them found.
    pub(super) async fn begin_news(&self) -> Result<()> {
        let _turn = self.0.turns.news.lock().await;
        match self.told().await? {
            (_, true) => Ok(()),
            (told, false) => self.keep_told(&told).await,
        }
    }

    /// What was told, and whether that is kept. What was asked for before anybody could be told is no news.
    async fn told(&self) -> Result<(Told, bool)> {
        let kept = self.0.ledger.mark(TOLD).await?.and_then(|text| serde_json::from_str(&text).ok());
        Ok(match kept {
            Some(told) => (told, true),
            None => (Told { event: self.head().await?, ..Told::default() }, false),
        })
    }

    async fn keep_told(&self, told: &Told) -> Result<()> {
        let text = serde_json::to_string(told)
            .map_err(|cause| PortError::needs_person(Fault::LedgerTrouble).because(cause))?;
        Ok(self.0.ledger.put_mark(TOLD, &text).await?)
    }

    /// The case of a file.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for a file that the ledger does not know.
    pub async fn case_of_file(&self, file: FileId) -> Result<CaseId> {
        Ok(self.0.ledger.file(file).await?.ok_or_else(not_found)?.case())
    }

    /// What goes on that a person may want to wait for, and what ends with the program.
    pub async fn work(&self) -> Result<WorkView> {
        let waited_for = |job: &Job| !matches!(job, Job::Watch | Job::Confirm | Job::Leases);
        let jobs = self.jobs().await?;
        let under_way = jobs.iter().filter(|view| view.under_way_since.is_some()).map(|view| view.job);
        let copies = self.0.ledger.open_viewing_copies().await?;
        Ok(WorkView {
            jobs: under_way.filter(waited_for).collect(),
            viewing_copies: u32::try_from(copies.len()).unwrap_or(u32::MAX),
        })
    }
}

/// By what something that waits is known again. A hold or a proposal that waits anew has another time.
fn waiting(view: &AttentionView) -> Waiting {
    let kind =
        serde_json::to_value(view.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default();
    let ids = [&view.case, &view.receipt, &view.request, &view.hold, &view.proposal];
    let ids = ids.map(|id| id.as_deref().unwrap_or("-"));
    Waiting { what: format!("{kind} {}", ids.join(" ")), case: view.case.as_deref().and_then(|id| id.parse().ok()) }
}

//! Own dates: a member of staff says when files are erased, within the ceiling of their rules.

use custody_core::{
    Private, Timestamp,
    flow::choose::Known,
    held_file::HeldFile,
    id::CaseId,
    own_date::{OwnDate, OwnDateScope},
    ports::Ledger as _,
    retention::latest_end,
};

use super::{Desk, acting::not_found};
use crate::{DeskError, Result};

impl Desk {
    /// Gives a file, or the files that a case has now, a date of its own.
    ///
    /// # Errors
    /// [`DeskError::PastCeiling`] if the rule of one of the files does not let it be kept that long, [`DeskError::DateOver`] for
    /// a date that is over, [`Fault::NotFound`](custody_core::ports::Fault::NotFound) if nothing of it is in custody.
    pub async fn give_own_date(&self, scope: OwnDateScope, end: Timestamp, reason: Private<String>) -> Result<()> {
        let (case, files) = self.covered(scope).await?;
        if end <= self.now() {
            return Err(DeskError::DateOver);
        }
        let wired = self.wired();
        let case = self.0.ledger.case(case).await?.ok_or_else(not_found)?;
        let known = Known::of(&wired.ports, &[&wired.policy.rules], &case).await?;
        let latest = files.iter().map(|file| latest_end(&known.subject(file, &case, &[]), &wired.policy.rules)).min();
        if let Some(latest) = latest.filter(|latest| *latest < end) {
            return Err(DeskError::PastCeiling { latest });
        }
        let earlier = self.own_date(case.id, scope).await?;
        let person = self.person().await?;
        self.commit(OwnDate::give(earlier, scope, end, person, reason, self.now())).await?;
        self.wake();
        Ok(())
    }

    /// Takes an own date back: the rule alone counts again.
    ///
    /// # Errors
    /// [`Fault::NotFound`](custody_core::ports::Fault::NotFound) if there is none.
    pub async fn withdraw_own_date(&self, scope: OwnDateScope) -> Result<()> {
        let (case, _) = self.covered(scope).await?;
        let date = self.own_date(case, scope).await?.filter(|date| date.withdrawn.is_none()).ok_or_else(not_found)?;
        let person = self.person().await?;
        self.commit(date.withdraw(person, self.now()).map_err(custody_core::flow::FlowError::from)?).await?;
        self.wake();
        Ok(())
    }

    async fn own_date(&self, case: CaseId, scope: OwnDateScope) -> Result<Option<OwnDate>> {
        Ok(self.0.ledger.own_dates(case).await?.into_iter().find(|date| date.scope == scope))
    }

    /// What is in custody of it, and whose case that is.
    async fn covered(&self, scope: OwnDateScope) -> Result<(CaseId, Vec<HeldFile>)> {
        let mut files = match scope {
            OwnDateScope::File(file) => self.0.ledger.file(file).await?.into_iter().collect(),
            OwnDateScope::Case(case) => self.0.ledger.files_of_case(case).await?,
        };
        files.retain(HeldFile::is_in_strongroom);
        let case = files.first().map(HeldFile::case).ok_or_else(not_found)?;
        Ok((case, files))
    }
}

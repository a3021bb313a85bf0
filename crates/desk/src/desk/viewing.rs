//! Viewing copies: what a member of staff does with them, and what the desk does by itself.

use custody_core::{
    Private,
    flow::viewing,
    id::{FileId, ViewingCopyId},
    period::Period,
    ports::{Fault, PortError, Program},
    viewing_copy::Ended,
};
use tracing::{info, warn};

use super::{Desk, rounds::chain};
use crate::{
    Result, Viewer, show,
    views::{EndedCopyView, ViewingCopyView},
};

impl Desk {
    /// Opens a held file to be looked at, by range and without a copy, and records who did. Needs the desk unlocked.
    ///
    /// # Errors
    /// [`Fault::Locked`], [`Fault::NotFound`] for a file that is not held, [`Fault::Damaged`] for one that was cut off.
    pub async fn open_viewer(&self, file: FileId) -> Result<Viewer> {
        let person = self.person().await?;
        let wired = self.wired();
        // Before the file is opened, so that no change after it is missed.
        let changes = self.changes();
        let source = viewing::view(&wired.ports, file, person).await?;
        let details = wired.ports.ledger.file_details(file).await?;
        let name = details.map_or_else(|| String::new().into(), |details| details.name);
        let viewer = Viewer::begin(file, name, source, self.wired().settings.viewer.copies, changes).await?;
        self.0.viewers.add(&viewer);
        // Locked since: whoever did so did not know of this viewer.
        self.0.viewers.end_those_over();
        Ok(viewer)
    }

    /// Makes a viewing copy and gives the path to show. Needs the desk unlocked.
    ///
    /// # Errors
    /// [`Fault::NoReason`], [`Fault::LeaseTooLong`], [`Fault::Locked`], [`Fault::NotFound`] for a file that is not held,
    /// and what opening and writing meet. Nothing is left of a copy that could not be made whole.
    pub async fn make_viewing_copy(
        &self,
        file: FileId,
        lease: Period,
        reason: Private<String>,
    ) -> Result<(ViewingCopyView, Private<String>)> {
        let person = self.person().await?;
        let wired = self.wired();
        let (id, path) = viewing::make_copy(&wired.ports, &wired.policy, file, person, lease, reason).await?;
        let copies = wired.ports.ledger.viewing_copies(file).await?;
        // Locked or over in between: then it is gone already.
        let copy = copies.iter().find(|copy| copy.id == id && copy.ended.is_none());
        let copy = copy.ok_or_else(|| PortError::try_again(Fault::Locked))?;
        Ok((show::viewing_copy_view(&wired.ports, copy, &[]).await?, path))
    }

    /// Makes the lease of a viewing copy end this long after now. That is recorded; one that lasts so long stays as it is.
    ///
    /// # Errors
    /// [`Fault::LeaseTooLong`]; [`Fault::NotFound`] for one that is gone or on its way out.
    pub async fn extend_viewing_copy(&self, copy: ViewingCopyId, lease: Period) -> Result<ViewingCopyView> {
        let person = self.person().await?;
        let wired = self.wired();
        let copy = viewing::extend(&wired.ports, &wired.policy, copy, person, lease).await?;
        Ok(show::viewing_copy_view(&wired.ports, &copy, &self.programs().await).await?)
    }

    /// Ends a viewing copy now, with what lies beside it, and says which programs still have it open.
    ///
    /// # Errors
    /// [`Fault::CopyInUse`] and faults of the disk: then it is not ended, which is recorded, and the desk tries again.
    pub async fn end_viewing_copy(&self, copy: ViewingCopyId) -> Result<EndedCopyView> {
        // Before, since not every system knows afterwards.
        let programs = self.programs().await;
        let emptied = viewing::end(&self.wired().ports, copy, Ended::Done).await?;
        Ok(show::ended_copy_view(emptied, copy, &programs))
    }

    /// Ends what is to end among the viewing copies, and notes what programs left beside the others. The loop of a running
    /// desk does this all the time.
    ///
    /// # Errors
    /// What could not be ended, and the ledger's faults.
    pub async fn tend_viewing_copies(&self) -> Result<()> {
        let _turn = self.0.turns.viewing.lock().await;
        let tally = viewing::tend(&self.wired().ports).await?;
        if tally.done > 0 {
            info!(ended = tally.done, "viewing.ended");
        }
        tally.fault.map_or(Ok(()), |fault| Err(PortError::try_again(fault).into()))
    }

    /// As [`Desk::tend_viewing_copies`]; what it meets is recorded with the copy.
    pub(super) async fn tend_copies(&self) -> Option<Fault> {
        let error = self.tend_viewing_copies().await.err()?;
        warn!(error = %chain(&error), "viewing.tend_failed");
        Some(error.fault())
    }

    /// Which programs have which viewing copy open. What cannot be learned names nobody, and keeps nothing from being ended.
    pub(super) async fn programs(&self) -> Vec<(ViewingCopyId, Program)> {
        show::programs(&self.wired().ports).await
    }

    /// Notices what programs leave beside viewing copies, as they do it.
    pub(super) async fn keep_watching_copies(&self) {
        let mut changes = match self.0.vault.viewing_changes() {
            Ok(changes) => changes,
            Err(error) => {
                // They are looked at every few seconds anyway.
                warn!(error = %chain(&error), "viewing.not_watching");
                return std::future::pending().await;
            }
        };
        loop {
            changes.changed().await;
            self.tend_copies().await;
        }
    }
}

//! Disk against ledger: what was found, and what was set aside.

use custody_core::{
    event::EventKind,
    flow::reconcile,
    ports::{Ledger as _, Strongroom as _},
};

use super::{Desk, acting::not_found};
use crate::{
    Result, show,
    views::{AsideView, ReconciledView},
};

impl Desk {
    /// The last comparison of disk and ledger, if there was one.
    pub async fn reconciled(&self) -> Result<Option<ReconciledView>> {
        Ok(reconcile::last(&self.wired().ports).await?.as_ref().map(show::reconciled_view))
    }

    /// What the ledger did not know and what was set aside for a person.
    pub async fn aside(&self) -> Result<Vec<AsideView>> {
        let mut views = Vec::new();
        for thing in self.0.vault.aside().await? {
            let file = self.0.ledger.file(thing.file).await?;
            views.push(AsideView {
                name: thing.name,
                file: thing.file.to_string(),
                size: thing.size,
                since: thing.since.map(show::time),
                state: file.map(|file| file.state().name()),
            });
        }
        Ok(views)
    }

    /// Erases something that was set aside. The record says who.
    ///
    /// # Errors
    /// [`Fault::NotFound`](custody_core::ports::Fault::NotFound) for a name that is not among [`Desk::aside`].
    pub async fn erase_aside(&self, name: &str) -> Result<()> {
        let all = self.0.vault.aside().await?;
        let thing = all.into_iter().find(|thing| thing.name == name).ok_or_else(not_found)?;
        // Recorded first: nothing goes without its row.
        self.note(EventKind::AsideErased { file: thing.file, bytes: thing.size }).await?;
        self.0.vault.erase_aside(name).await?;
        self.compare().await;
        Ok(())
    }
}

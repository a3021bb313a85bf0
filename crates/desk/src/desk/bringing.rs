//! Files that somebody has on this machine are moved into a case: by way of its drop folder, which seals, verifies and erases.

use std::path::PathBuf;

use custody_core::{
    Private,
    case::Case,
    event::EventKind,
    flow::first_file,
    id::CaseId,
    letter::shown,
    ports::{Bounds, Brought, Chance as _, Chosen, Fault, Ledger as _, Misfit, PortError, Unfit},
};
use custody_vault::OsChance;
use tracing::{info, warn};

use super::{Desk, acting::not_found, reading::page, rounds::chain};
use crate::{
    Result,
    views::{BroughtView, ChosenFilesView, ChosenView, UnfitView, UnfitWhy},
};

/// So many are listed; of the rest only the number is told.
const LISTED: usize = 200;

impl Desk {
    /// Looks at what somebody wants to have in a case, and touches nothing of it.
    ///
    /// # Errors
    /// [`Fault::Locked`] on a locked desk, [`Fault::NotFound`] for a case that is unknown or forgotten,
    /// [`Fault::KitNotSaved`] before the first file may come; faults of the disk.
    pub async fn look_at_files(&self, case: CaseId, paths: Vec<PathBuf>) -> Result<(Vec<Chosen>, ChosenFilesView)> {
        let case = self.open_case(case).await?;
        let paths = paths.into_iter().map(Private::new).collect();
        let wired = self.wired();
        let chosen = wired.ports.drop_folders.examine(paths, &self.bounds()).await?;
        let (title, customer) = page(&wired).await?.names(&case).await?;
        let (unfit, fit): (Vec<&Chosen>, Vec<&Chosen>) = chosen.iter().partition(|it| it.misfit.is_some());
        let more = |count: usize| u32::try_from(count.saturating_sub(LISTED)).unwrap_or(u32::MAX);
        let view = ChosenFilesView {
            token: hex::encode(OsChance.id_bytes()?),
            case: case.id.to_string(),
            title,
            customer,
            files: fit.iter().map(|it| it.files).sum(),
            bytes: fit.iter().map(|it| it.bytes).sum(),
            more: more(fit.len()),
            more_unfit: more(unfit.len()),
            things: fit.into_iter().take(LISTED).map(chosen_view).collect(),
            unfit: unfit.into_iter().take(LISTED).filter_map(|it| Some(left(it, it.misfit.as_ref()?))).collect(),
        };
        Ok((chosen, view))
    }

    /// Moves what was looked at into the drop folder of the case. It is sealed into the case from there, and the original erased
    /// after that. What fails or is another one by now stays where it is.
    ///
    /// # Errors
    /// As [`Desk::look_at_files`]; then everything stays. What keeps one of them is in the view.
    pub async fn bring_files(&self, case: CaseId, chosen: Vec<Chosen>) -> Result<BroughtView> {
        let case = self.open_case(case).await?;
        let fit: Vec<Chosen> = chosen.into_iter().filter(|it| it.misfit.is_none()).collect();
        let files = fit.iter().map(|it| it.files).sum();
        if files == 0 {
            return Ok(BroughtView::default());
        }
        // First of all: whoever gives a file away is on record before it moves.
        self.note(EventKind::FilesBrought { case: case.id, files }).await?;
        let (drops, bounds) = (self.wired().ports.drop_folders.clone(), self.bounds());
        let mut view = BroughtView::default();
        for it in &fit {
            match drops.bring(case.id, it, &bounds).await {
                Ok(Brought::Moved) => view.files += it.files,
                Ok(Brought::OriginalStays) => {
                    view.files += it.files;
                    view.stays.push(shown(it.name.reveal()));
                }
                Ok(Brought::Left(misfit)) => view.left.push(left(it, &misfit)),
                Err(error) => {
                    warn!(case = %case.id, error = %chain(&error), "bring.failed");
                    let why = if error.fault == Fault::DiskFull { UnfitWhy::NoRoom } else { UnfitWhy::Trouble };
                    view.left.push(UnfitView { name: shown(it.name.reveal()), inside: None, why });
                }
            }
        }
        info!(case = %case.id, files = view.files, left = view.left.len(), stays = view.stays.len(), "bring.done");
        self.wake();
        Ok(view)
    }

    /// A case into which somebody may bring files now.
    async fn open_case(&self, case: CaseId) -> Result<Case> {
        if !self.is_unlocked() {
            return Err(PortError::needs_person(Fault::Locked).into());
        }
        let case = self.0.ledger.case(case).await?.filter(|case| case.forgotten_at.is_none()).ok_or_else(not_found)?;
        let wired = self.wired();
        if !first_file::may_come(&wired.ports, &wired.policy).await? {
            return Err(PortError::needs_person(Fault::KitNotSaved).into());
        }
        Ok(case)
    }

    fn bounds(&self) -> Bounds {
        let wired = self.wired();
        let ours = wired.settings.backups.iter().map(|backup| backup.folder.clone()).collect();
        Bounds { max_file_bytes: wired.policy.max_file_bytes, ours }
    }
}

fn chosen_view(it: &Chosen) -> ChosenView {
    ChosenView { name: shown(it.name.reveal()), folder: it.is_folder, files: it.files, bytes: it.bytes }
}

fn left(it: &Chosen, misfit: &Misfit) -> UnfitView {
    let why = match misfit.why {
        Unfit::Link => UnfitWhy::Link,
        Unfit::SecondName => UnfitWhy::SecondName,
        Unfit::Special => UnfitWhy::Special,
        Unfit::Ours => UnfitWhy::Ours,
        Unfit::Unreadable => UnfitWhy::Unreadable,
        Unfit::NotRemovable => UnfitWhy::NotRemovable,
        Unfit::TooLarge => UnfitWhy::TooLarge,
        Unfit::TooMany => UnfitWhy::TooMany,
        Unfit::Empty => UnfitWhy::Empty,
        Unfit::Unfinished => UnfitWhy::Unfinished,
        Unfit::Written => UnfitWhy::Written,
        Unfit::Changed => UnfitWhy::Changed,
        Unfit::Gone => UnfitWhy::Gone,
    };
    let inside = misfit.inside.as_ref().map(|inside| shown(inside.reveal()));
    UnfitView { name: shown(it.name.reveal()), inside, why }
}

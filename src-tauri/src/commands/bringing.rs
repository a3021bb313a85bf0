//! Files that somebody drops or chooses are moved into a case, once that person was shown what they are.

use std::path::PathBuf;

use custody_core::id::CaseId;
use custody_desk::views::{BroughtView, ChosenFilesView};

use super::acting::at_work;
use crate::{AppError, OfCase, OfOffer, Stage};

pub async fn show_offer(stage: &Stage, OfCase { case }: OfCase) -> Result<Option<ChosenFilesView>, AppError> {
    let desk = at_work(stage)?;
    match stage.offers().take_dropped(desk.now()) {
        Some(paths) => offer(stage, case, paths).await.map(Some),
        None => Ok(None),
    }
}

pub async fn choose_files(stage: &Stage, OfCase { case }: OfCase) -> Result<Option<ChosenFilesView>, AppError> {
    // Whoever may not have it is told before they choose.
    at_work(stage)?.look_at_files(case, Vec::new()).await?;
    let paths = stage.outside()?.choose_files().await;
    if paths.is_empty() { Ok(None) } else { offer(stage, case, paths).await.map(Some) }
}

async fn offer(stage: &Stage, case: CaseId, paths: Vec<PathBuf>) -> Result<ChosenFilesView, AppError> {
    let desk = at_work(stage)?;
    let (chosen, view) = desk.look_at_files(case, paths).await?;
    stage.offers().offer(view.token.clone(), case, chosen, desk.now());
    Ok(view)
}

pub async fn withdraw_offer(stage: &Stage, OfOffer { case, token }: OfOffer) -> Result<(), AppError> {
    let desk = at_work(stage)?;
    // One that is over already is withdrawn.
    let _ = stage.offers().take(&token, case, desk.now());
    Ok(())
}

pub async fn bring_files(stage: &Stage, OfOffer { case, token }: OfOffer) -> Result<BroughtView, AppError> {
    let desk = at_work(stage)?;
    let chosen = stage.offers().take(&token, case, desk.now())?;
    Ok(desk.bring_files(case, chosen).await?)
}

//! Which desk the window is on, and whether it is locked.

use custody_desk::views::RoundView;

use crate::{AppError, ChosenPassphrase, Nothing, Stage, StageView, TypedPassphrase};

pub async fn show_desk(stage: &Stage, _: Nothing) -> Result<StageView, AppError> {
    stage.view().await
}

pub async fn open_desk(stage: &Stage, _: Nothing) -> Result<(), AppError> {
    stage.open_again().await
}

pub async fn create_desk(stage: &Stage, ChosenPassphrase { passphrase }: ChosenPassphrase) -> Result<(), AppError> {
    stage.create(passphrase).await
}

pub async fn start_practice(stage: &Stage, _: Nothing) -> Result<(), AppError> {
    stage.start_practice().await
}

pub async fn touch(stage: &Stage, _: Nothing) -> Result<(), AppError> {
    stage.desk()?.touch();
    Ok(())
}

pub async fn unlock(stage: &Stage, TypedPassphrase { passphrase }: TypedPassphrase) -> Result<(), AppError> {
    // The one way back into a locked desk: what was offered before it was locked is not any more.
    stage.offers().clear();
    Ok(stage.desk()?.unlock(passphrase).await?)
}

pub async fn lock(stage: &Stage, _: Nothing) -> Result<(), AppError> {
    Ok(stage.desk()?.lock().await?)
}

pub async fn run_round(stage: &Stage, _: Nothing) -> Result<RoundView, AppError> {
    Ok(stage.desk()?.round(&custody_core::flow::Silent).await)
}

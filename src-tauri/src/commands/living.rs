//! How the program lives on its desktop: pauses, closing and quitting, and starting with the session.

use custody_core::SignedDuration;
use custody_desk::views::PauseView;

use crate::{AppError, Nothing, PauseFor, Quits, Speaks, Stage, Starts, StartupView};

pub async fn pause(stage: &Stage, PauseFor { hours }: PauseFor) -> Result<PauseView, AppError> {
    Ok(stage.desk()?.pause_for(SignedDuration::from_hours(hours.into())).await?)
}

pub async fn resume(stage: &Stage, _: Nothing) -> Result<(), AppError> {
    Ok(stage.desk()?.resume().await?)
}

pub async fn tell_language(stage: &Stage, Speaks { language }: Speaks) -> Result<(), AppError> {
    if let Some(program) = stage.surroundings().program() {
        program.speak(language);
    }
    Ok(())
}

pub async fn close_window(stage: &Stage, _: Nothing) -> Result<(), AppError> {
    stage.close_window().await;
    Ok(())
}

pub async fn quit(stage: &Stage, _: Nothing) -> Result<(), AppError> {
    stage.ask_to_quit().await;
    Ok(())
}

pub async fn answer_quit(stage: &Stage, Quits { answer }: Quits) -> Result<(), AppError> {
    stage.answer_quit(answer).await
}

pub async fn show_startup(stage: &Stage, _: Nothing) -> Result<StartupView, AppError> {
    stage.surroundings().program().ok_or(AppError::StartupUnknown)?.startup()
}

pub async fn set_startup(stage: &Stage, Starts { starts }: Starts) -> Result<(), AppError> {
    stage.surroundings().program().ok_or(AppError::StartupUnknown)?.set_startup(starts)
}

//! Settings beyond connections and rules: who opens what, where things lie, and which version this is.

use custody_core::flow::Silent;
use custody_desk::{
    settings::BackupSetting,
    views::{RoundView, SecurityView, StorageView},
};

use super::acting::at_work;
use crate::{
    AboutView, AppError, BackupForm, Copies, LeaveBackup, LockAfter, NewApprover, Nothing, OfAside, OfPerson,
    PassphraseChange, Stage, UpdateView,
};

pub async fn show_security(stage: &Stage, _: Nothing) -> Result<SecurityView, AppError> {
    Ok(stage.desk()?.security().await?)
}

pub async fn change_passphrase(
    stage: &Stage,
    PassphraseChange { old, passphrase }: PassphraseChange,
) -> Result<(), AppError> {
    Ok(at_work(stage)?.change_passphrase(old, passphrase).await?)
}

pub async fn set_lock_time(stage: &Stage, LockAfter { minutes }: LockAfter) -> Result<(), AppError> {
    Ok(at_work(stage)?.set_lock_time(minutes).await?)
}

pub async fn set_viewer_copies(stage: &Stage, Copies { copies }: Copies) -> Result<(), AppError> {
    Ok(at_work(stage)?.set_viewer_copies(copies).await?)
}

pub async fn add_approver(stage: &Stage, NewApprover { name, passphrase }: NewApprover) -> Result<(), AppError> {
    Ok(at_work(stage)?.add_approver(&name.into_name(), passphrase).await?)
}

pub async fn remove_approver(stage: &Stage, OfPerson { name }: OfPerson) -> Result<(), AppError> {
    Ok(at_work(stage)?.remove_approver(&name.into_name()).await?)
}

pub async fn show_storage(stage: &Stage, _: Nothing) -> Result<StorageView, AppError> {
    Ok(stage.desk()?.storage().await?)
}

/// True if a folder was chosen and is connected now.
pub async fn connect_backup(stage: &Stage, form: BackupForm) -> Result<bool, AppError> {
    let BackupForm { name, kept_days, take_over } = form;
    let desk = at_work(stage)?;
    let Some(folder) = stage.outside()?.choose_folder().await else { return Ok(false) };
    let setting = BackupSetting { name: name.into_name().into_revealed(), folder, snapshots_kept: kept_days };
    desk.connect_backup(setting, take_over).await?;
    Ok(true)
}

pub async fn leave_backup(stage: &Stage, LeaveBackup { name, lost }: LeaveBackup) -> Result<(), AppError> {
    Ok(at_work(stage)?.leave_backup(name.into_name().reveal(), lost).await?)
}

pub async fn back_up(stage: &Stage, _: Nothing) -> Result<RoundView, AppError> {
    Ok(at_work(stage)?.back_up(&Silent).await)
}

pub async fn erase_aside(stage: &Stage, OfAside { name }: OfAside) -> Result<(), AppError> {
    Ok(at_work(stage)?.erase_aside(name.into_name().reveal()).await?)
}

pub async fn open_practice_window(stage: &Stage, _: Nothing) -> Result<(), AppError> {
    at_work(stage)?;
    stage.outside()?.practise().map_err(AppError::NoWindow)
}

pub async fn show_about(stage: &Stage, _: Nothing) -> Result<AboutView, AppError> {
    stage.desk()?;
    Ok(AboutView::of_this_build())
}

pub async fn look_for_update(stage: &Stage, _: Nothing) -> Result<UpdateView, AppError> {
    at_work(stage)?;
    Ok(match stage.outside()?.newest().await {
        Ok(newer) => UpdateView { newer, problem: None },
        Err(problem) => UpdateView { newer: None, problem: Some(problem) },
    })
}

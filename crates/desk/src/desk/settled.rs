//! What a person looks at in the settings: who opens what, and where things lie.

use custody_core::{period::Period, ports::Strongroom as _};

use super::Desk;
use crate::{
    Result,
    settings::{Times, ViewerSettings},
    views::{SecurityView, StorageView},
};

impl Desk {
    /// Who opens what at this desk.
    pub async fn security(&self) -> Result<SecurityView> {
        let minutes = self.wired().settings.times.lock_after.as_duration().as_mins();
        Ok(SecurityView {
            lock_minutes: u32::try_from(minutes).unwrap_or(u32::MAX),
            viewer_copies: self.wired().settings.viewer.copies,
            recovery_recipient: self.recovery_recipient(),
            recipients: self.0.vault.recipients().iter().map(ToString::to_string).collect(),
            approvers: self.approvers().await?,
        })
    }

    /// Locks the desk after this time without input from now on.
    pub async fn set_lock_time(&self, lock_after: Period) -> Result<()> {
        let mut settings = self.settings();
        settings.times = Times { lock_after, ..settings.times };
        self.save_settings(settings).await
    }

    /// Says whether text may be copied and printed out of viewers that are opened from now on.
    pub async fn set_viewer_copies(&self, copies: bool) -> Result<()> {
        let mut settings = self.settings();
        settings.viewer = ViewerSettings { copies };
        self.save_settings(settings).await
    }

    /// Where things lie, and what lies beside them.
    pub async fn storage(&self) -> Result<StorageView> {
        Ok(StorageView {
            folder: self.places().root().display().to_string(),
            key_store: self.0.vault.key_store(),
            ledger: self.wired().settings.ledger,
            backups: self.backups().await?,
            aside: self.aside().await?,
        })
    }
}

//! Backups and the recovery kit: connecting, leaving, and what is there.

use custody_core::{
    event::{Actor, EventKind},
    flow::{Progress, backup, erase, first_file, restore},
    ports::{BackupTarget as _, Fault, Job, Ledger as _, PortError},
};
use custody_vault::RecoveryKit;

use super::Desk;
use crate::{
    Result,
    settings::{BackupSetting, check_backups},
    views::{BackupStanding, BackupView, RoundView},
    wiring::target,
};

impl Desk {
    /// Makes a recovery kit and seals the keys of all files for it too, in the place of an earlier kit. Needs the desk unlocked.
    ///
    /// The kit is kept nowhere here: whoever gets it must see to it that it can be found when this machine is gone.
    pub async fn make_recovery_kit(&self) -> Result<RecoveryKit> {
        let kit = RecoveryKit::make();
        // A locked desk would keep the recipient of a kit that no file is sealed for.
        self.0.vault.wrap_for_all(Vec::new(), self.0.ledger.epoch().await?).await?;
        // Before there is another: it must never count as saved because its predecessor was.
        first_file::forget_saved_kit(&self.wired().ports).await?;
        self.0.vault.adopt_kit(&kit).await?;
        self.note(EventKind::RecoveryKitMade { recipient: kit.recipient().to_string() }).await?;
        self.seal_for_all_recipients().await?;
        self.wake();
        Ok(kit)
    }

    /// Whether this is the kit for which this desk seals.
    pub fn is_recovery_kit(&self, kit: &RecoveryKit) -> bool {
        self.0.vault.recovery_recipient() == Some(kit.recipient())
    }

    /// For whom backups are sealed, if a recovery kit was made.
    pub fn recovery_recipient(&self) -> Option<String> {
        self.0.vault.recovery_recipient().map(|recipient| recipient.to_string())
    }

    /// Seals every key for every recipient, if one is missing somewhere. Needs the desk unlocked.
    pub(super) async fn seal_for_all_recipients(&self) -> Result<()> {
        const TRIES: u32 = 5;
        let ports = self.wired().ports.clone();
        if !self.misses_a_recipient(&ports.ledger.all_wraps().await?) {
            return Ok(());
        }
        let _turn = self.0.turns.care.lock().await;
        for attempt in 1.. {
            let wraps = ports.ledger.all_wraps().await?;
            if !self.misses_a_recipient(&wraps) {
                break;
            }
            let next = ports.ledger.epoch().await? + 1;
            ports.strongroom.make_epoch(next).await?;
            let anew = self.0.vault.wrap_for_all(wraps, next).await?;
            let by = Actor::Person(self.person().await?);
            match restore::change_recipients(&ports, next, anew, by).await {
                Ok(()) => break,
                // A file was sealed meanwhile.
                Err(error) if error.fault() == Fault::Conflict && attempt < TRIES => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(erase::destroy_old_epochs(&ports).await?)
    }

    fn misses_a_recipient(&self, wraps: &[custody_core::transition::Wrap]) -> bool {
        let recipients: Vec<_> = self.0.vault.recipients().iter().map(ToString::to_string).collect();
        let mut of_file: std::collections::BTreeMap<_, Vec<&str>> = std::collections::BTreeMap::new();
        for wrap in wraps {
            of_file.entry(wrap.file).or_default().push(&wrap.recipient);
        }
        of_file.values().any(|has| {
            has.len() != recipients.len() || recipients.iter().any(|recipient| !has.contains(&recipient.as_str()))
        })
    }

    /// Connects a backup, makes its folder there and writes the first state. One of the same name is replaced.
    ///
    /// # Errors
    /// [`Fault::NoRecoveryKit`] without a kit; [`Fault::BackupTaken`] if another installation has it, unless `take_over`; faults
    /// of the disk. Then nothing is kept.
    pub async fn connect_backup(&self, setting: BackupSetting, take_over: bool) -> Result<()> {
        if self.0.vault.recovery_recipient().is_none() {
            return Err(PortError::needs_person(Fault::NoRecoveryKit).into());
        }
        let mut settings = self.settings();
        settings.backups.retain(|known| known.name != setting.name);
        settings.backups.push(setting.clone());
        check_backups(&settings.backups)?;
        target(&self.0.vault, &setting).prepare(take_over).await?;
        // The settings first: a receipt must speak of a place before anything is there.
        self.save_settings(settings).await?;
        self.note(EventKind::BackupConnected { target: setting.name }).await
    }

    /// Leaves a backup. It is emptied and looked at first; `is_lost` says, as a person's word, that the place no longer exists.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for a name that is none; faults of the place: then nothing is changed in the settings.
    pub async fn leave_backup(&self, name: &str, is_lost: bool) -> Result<()> {
        let wired = self.wired();
        let known = backup::known_targets(&wired.ports).await?;
        if !known.contains(name) {
            return Err(super::acting::not_found());
        }
        let by = Actor::Person(self.person().await?);
        let _turns = (self.0.turns.backup.lock().await, self.0.turns.care.lock().await);
        if !is_lost {
            let target = wired.ports.backups.iter().find(|target| target.name() == name);
            let target = target.ok_or_else(|| PortError::needs_person(Fault::NotConnected))?;
            backup::empty(&wired.ports, target.as_ref()).await?;
        }
        let mut settings = self.settings();
        settings.backups.retain(|backup| backup.name != name);
        self.save_settings(settings).await?;
        backup::leave(&self.wired().ports, name, !is_lost, by).await?;
        Ok(())
    }

    /// Copies now whatever is not in the backups yet.
    pub async fn back_up(&self, progress: &dyn Progress) -> RoundView {
        let mut round = RoundView::default();
        self.copy_to_backups(progress, &mut round).await;
        round
    }

    /// Every backup that may hold copies, and what it has of what is held here.
    pub async fn backups(&self) -> Result<Vec<BackupView>> {
        let wired = self.wired();
        let beat = wired.ports.ledger.heartbeats().await?.into_iter().find(|beat| beat.job == Job::Backup);
        let held = self
            .0
            .ledger
            .files_in(&[custody_core::held_file::StateName::Held, custody_core::held_file::StateName::Due]);
        let held = held.await?;
        let mut views = Vec::new();
        for name in backup::known_targets(&wired.ports).await? {
            let setting = wired.settings.backups.iter().find(|backup| backup.name == name);
            let mut view = BackupView {
                name,
                folder: setting.map(|setting| setting.folder.display().to_string()),
                snapshots_kept: setting.map(|setting| setting.snapshots_kept.to_string()),
                standing: BackupStanding::NotConnected,
                problem: None,
                files: 0,
                bytes: 0,
                missing: 0,
                generation: None,
                good_at: beat.as_ref().and_then(|beat| beat.good_at).map(|at| at.to_string()),
            };
            if let Some(setting) = setting {
                match self.look_at_backup(setting, &held, &mut view).await {
                    Ok(()) if view.missing == 0 && view.generation.is_some() => view.standing = BackupStanding::Current,
                    Ok(()) => view.standing = BackupStanding::Behind,
                    Err(error) => {
                        view.standing = BackupStanding::Away;
                        view.problem = Some(crate::problem::problem(error.fault));
                    }
                }
            }
            views.push(view);
        }
        Ok(views)
    }

    async fn look_at_backup(
        &self,
        setting: &BackupSetting,
        held: &[custody_core::held_file::HeldFile],
        view: &mut BackupView,
    ) -> Result<(), PortError> {
        let target = target(&self.0.vault, setting);
        target.claim().await?;
        let there: std::collections::BTreeMap<_, _> = target.inventory().await?.into_iter().collect();
        view.files = there.len() as u64;
        view.bytes = there.values().sum();
        let is_missing = |file: &&custody_core::held_file::HeldFile| {
            there.get(&file.id()).copied() != file.sealed().map(|sealed| sealed.sealed_size)
        };
        view.missing = held.iter().filter(is_missing).count() as u64;
        view.generation = target.states().await?.last().map(|state| state.generation);
        Ok(())
    }
}

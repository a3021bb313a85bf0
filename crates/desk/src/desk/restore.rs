//! A desk on a new machine, out of a backup and the recovery kit.

use std::{path::PathBuf, sync::Arc};

use custody_core::{
    event::{Actor, Event, EventKind},
    flow::{FreshId as _, Progress, restore},
    held_file::StateName,
    id::PersonId,
    ports::{BackupTarget as _, ChainVerdict, Fault, Found, Ledger as _, PortError, Ports},
    transition::Transition,
};
use custody_ledger::{LedgerKey, SqlLedger};
use custody_vault::{Backup, OsChance, Places, RecoveryKit, StateContent, Target, Vault};
use secrecy::ExposeSecret as _;
use tracing::{info, warn};

use super::{Desk, DeskOptions, changed, open_ledger, time, vault_options};
use crate::{
    DeskError, KeyStore, Passphrase, Result,
    clock::DeskClock,
    settings::{LedgerSettings, Settings, SettingsError},
    views::RestoredView,
    wiring::{target, wire},
};

/// What a restore begins with.
#[derive(Debug)]
pub struct RestoreFrom {
    /// The folder of the backup.
    pub folder: PathBuf,
    /// Other copies of the backup whose journals count too: the newest one knows of the most erasures.
    pub more_journals: Vec<PathBuf>,
    /// What opens it.
    pub kit: RecoveryKit,
}

impl Desk {
    /// Makes the desk of a backup anew at these places: with a new identity under this passphrase, new epoch and ledger keys,
    /// and without anything that the journals say was erased. It begins unlocked.
    ///
    /// Killed anywhere, it is begun anew by running it again; until its end there is no desk at these places.
    ///
    /// # Errors
    /// [`DeskError::DeskExists`]; [`Fault::NotFound`] without a backup there; [`Fault::OtherKit`] for another desk's kit;
    /// [`Fault::BackupOld`] if the ledger is elsewhere and went on since; [`Fault::BackupDamaged`] if state or journal are not
    /// whole: then nothing is restored.
    pub async fn restore(
        places: Places,
        key_store: KeyStore,
        from: RestoreFrom,
        passphrase: Passphrase,
        options: DeskOptions,
        progress: &dyn Progress,
    ) -> Result<(Self, RestoredView)> {
        if Self::is_made(&places)? {
            return Err(DeskError::DeskExists);
        }
        let RestoreFrom { folder, more_journals, kit } = from;
        let backup = Backup::find(options.disk.clone(), folder).await?;
        let (state, mut snapshot) = backup.open(&kit).await?;
        let mut journal = backup.journal(&state).await?;
        for other in more_journals {
            journal.extend(Backup::find(options.disk.clone(), other).await?.whole_journal().await?);
        }
        let vault =
            Vault::restore(places, key_store, passphrase.clone(), vault_options(&options), &state, &kit).await?;
        let settings = settings_of(&vault, &state, &backup)?;
        let ledger = match settings.ledger {
            LedgerSettings::Embedded => {
                let key = LedgerKey::new(*vault.ledger_key().await?.expose_secret());
                let ledger = SqlLedger::restore_sqlite(&vault.places().ledger(), &key, snapshot.as_mut()).await?;
                check_chain(&ledger, &state).await?;
                ledger
            }
            // A shared ledger was not on the machine that is gone.
            LedgerSettings::Postgres => open_ledger(&vault, settings.ledger).await?,
        };
        // Refused while the machine that was thought lost still works on a ledger elsewhere.
        ledger.claim(vault.desk()).await?;
        let desk_clock = Arc::new(DeskClock::new(options.clock.clone(), options.practice));
        time::resume(&desk_clock, &ledger).await?;
        let wired = wire(settings, &vault, &ledger, &desk_clock, None).await?;
        let ports = &wired.ports;
        // A ledger elsewhere has gone on since a copy that somebody put by.
        if !ports.strongroom.epochs().await?.contains(&ports.ledger.epoch().await?) {
            return Err(PortError::needs_person(Fault::BackupOld).into());
        }
        // Before any key can be opened here.
        let person = ports.ledger.person(&options.person, PersonId::fresh(&OsChance)?).await?;
        let wrap_anew = async |wraps, epoch| vault.wrap_from_kit(&kit, wraps, epoch).await;
        let replayed = restore::begin_anew(ports, &journal, Actor::Person(person), wrap_anew).await?;
        let (files, missing) = bring_files(ports, &backup.source(&vault), progress).await?;
        let kind = EventKind::Restored { head: state.ledger_end.0, files, replayed: replayed.all() };
        let event = Event { at: ports.clock.now(), actor: Actor::Person(person), kind };
        ports.ledger.commit(vec![Transition::event_only(event)]).await?;
        changed::note_changes_by_hand(ports, &wired.settings).await?;
        take_over(&vault, &wired.settings).await;
        vault.finish_restore().await?;
        vault.unlock(passphrase).await?;
        info!(files, missing, "desk.restored");
        let view = RestoredView {
            taken_at: state.taken_at.to_string(),
            files,
            missing,
            erased_again: replayed.going_on + replayed.receipted,
            not_taken_in: replayed.not_taken_in,
            forum: wired.settings.forum.is_some(),
            mail: wired.settings.mail.is_some(),
        };
        Ok((Self::of(vault, ledger, wired, desk_clock, options), view))
    }
}

/// The settings as they were. A backup whose folder is elsewhere on this machine is looked for where this one was found.
fn settings_of(vault: &Vault, state: &StateContent, backup: &Backup) -> Result<Settings> {
    let mut settings = match &state.settings {
        Some(text) => Settings::parse(text)?,
        None => Settings::new(state.desk),
    };
    if settings.desk != state.desk {
        return Err(SettingsError::OtherDesk.into());
    }
    if let [only] = settings.backups.as_mut_slice()
        && !only.folder.is_dir()
    {
        only.folder = backup.chosen(state.desk);
    }
    settings.write(vault.places().settings())?;
    Ok(settings)
}

/// The chain in the snapshot must be whole, and end where the state says.
async fn check_chain(ledger: &SqlLedger, state: &StateContent) -> Result<()> {
    match ledger.verify().await? {
        ChainVerdict::Whole(head) if (head.index, hex::encode(head.hash.0)) == state.ledger_end => Ok(()),
        _ => Err(PortError::needs_person(Fault::BackupDamaged).because("the ledger in the state is not whole").into()),
    }
}

/// Copies back what is still held. What the backup does not have is found missing at the next comparison.
async fn bring_files(ports: &Ports, source: &Target, progress: &dyn Progress) -> Result<(u64, u64)> {
    let (mut brought, mut missing) = (0, 0);
    for file in ports.ledger.files_in(&[StateName::Held, StateName::Due]).await? {
        let Some(sealed) = file.sealed() else { continue };
        let size = sealed.sealed_size;
        if ports.strongroom.look(file.id()).await? != Found::Sealed(size) {
            match source.fetch(file.id()).await {
                Ok(()) => {}
                Err(error) if error.fault == Fault::NotFound => {
                    missing += 1;
                    continue;
                }
                Err(error) => return Err(error.into()),
            }
        }
        progress.bytes(file.id(), size, Some(size));
        brought += 1;
    }
    Ok((brought, missing))
}

/// The installation that is gone writes there no more. One that cannot be reached now is taken over by hand.
async fn take_over(vault: &Vault, settings: &Settings) {
    for setting in &settings.backups {
        // A folder that is not there may be a disk that is not there: nothing is made in its place.
        let taken = if setting.folder.is_dir() { target(vault, setting).prepare(true).await } else { continue };
        if let Err(error) = taken {
            warn!(fault = ?error.fault, "restore.not_taken_over");
        }
    }
}

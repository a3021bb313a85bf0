//! Backups: targets that keep ciphertext, one state and a journal of erasures, and what a restore makes of them.

mod journal;
mod patience;
mod state;
mod target;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use custody_core::{
    backup::JournalEntry,
    id::DeskId,
    period::Period,
    ports::{ByteSource, Fault, KeyStore, PortError, PortResult},
    transition::Wrap,
};
use secrecy::SecretString;

pub use self::{state::StateContent, target::Target};
use crate::{
    Vault, VaultOptions,
    blocking::blocking,
    disk::{Disk, Lies, disk_trouble},
    keys::{epoch, recovery::RecoveryKit},
    places::Places,
};

/// A backup that is to be restored.
#[derive(Clone, Debug)]
pub struct Backup {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
}

impl Backup {
    /// The backup in this folder: the one that was chosen for the target, or the desk's own folder in it.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if there is none, or more than one.
    pub async fn find(disk: Arc<dyn Disk>, chosen: PathBuf) -> PortResult<Self> {
        blocking(move || {
            let is_backup = |folder: &Path| -> PortResult<bool> {
                Ok(!state::list(&*disk, folder)?.is_empty()
                    || disk.look(&target::journal_of(folder)).map_err(disk_trouble)?.is_some())
            };
            if is_backup(&chosen)? {
                return Ok(Self { disk: disk.clone(), folder: chosen });
            }
            let mut found = Vec::new();
            for entry in disk.list(&chosen).map_err(disk_trouble)? {
                let id = entry.name.to_str().and_then(|name| name.strip_prefix("custody-")?.parse::<DeskId>().ok());
                let folder = chosen.join(&entry.name);
                if entry.lies == Lies::Folder && id.is_some() && is_backup(&folder)? {
                    found.push(folder);
                }
            }
            match (found.pop(), found.is_empty()) {
                (Some(folder), true) => Ok(Self { disk: disk.clone(), folder }),
                (Some(_), false) => {
                    Err(PortError::needs_person(Fault::NotFound)
                        .because("backups of several desks: choose one of them"))
                }
                (None, _) => Err(PortError::needs_person(Fault::NotFound).because("no backup in this folder")),
            }
        })
        .await
    }

    /// Where it lies: the folder that was chosen for the target.
    pub fn chosen(&self, desk: DeskId) -> PathBuf {
        let is_own = self.folder.file_name().is_some_and(|name| name == format!("custody-{desk}").as_str());
        if is_own { self.folder.parent().unwrap_or(&self.folder).to_owned() } else { self.folder.clone() }
    }

    /// Opens the newest state: what it says, and the ledger as it follows.
    ///
    /// # Errors
    /// [`Fault::NotFound`] without a state, [`Fault::OtherKit`] if the kit is another desk's, [`Fault::BackupDamaged`].
    pub async fn open(&self, kit: &RecoveryKit) -> PortResult<(StateContent, Box<dyn ByteSource>)> {
        state::open(self.disk.clone(), self.folder.clone(), kit).await
    }

    /// The journal of erasures as far as it goes.
    ///
    /// # Errors
    /// [`Fault::BackupDamaged`] if a page of it is missing or was changed.
    pub async fn whole_journal(&self) -> PortResult<Vec<JournalEntry>> {
        let it = self.clone();
        blocking(move || journal::read(&*it.disk, &target::journal_of(&it.folder), &journal::End::default())).await
    }

    /// What files are brought back from into this vault.
    pub fn source(&self, vault: &Vault) -> Target {
        Target::at(vault.0.clone(), self.folder.clone())
    }

    /// The journal of erasures, which must go on at least to where it ended when `state` was taken.
    ///
    /// # Errors
    /// [`Fault::BackupDamaged`] if it was cut or changed: what was erased since could not be told from what is kept.
    pub async fn journal(&self, state: &StateContent) -> PortResult<Vec<JournalEntry>> {
        let (it, known) = (self.clone(), state.journal.clone());
        blocking(move || journal::read(&*it.disk, &target::journal_of(&it.folder), &known)).await
    }
}

impl Vault {
    /// A backup target in this folder. `snapshots_kept` is how long others keep earlier versions of it.
    pub fn target(&self, name: String, chosen: &Path, snapshots_kept: Period) -> Target {
        Target::new(self.0.clone(), name, chosen, snapshots_kept)
    }

    /// For whom backups and every file's key are sealed besides the desk, if a recovery kit was made.
    pub fn recovery_recipient(&self) -> Option<crate::Recipient> {
        self.0.recovery()
    }

    /// The recipients for whom every key is to be sealed.
    pub fn recipients(&self) -> Vec<crate::Recipient> {
        self.0.recipients()
    }

    /// Seals new files for this kit too, from now on, instead of an earlier one.
    pub async fn adopt_kit(&self, kit: &RecoveryKit) -> PortResult<()> {
        let (desk, recovery) = (self.0.clone(), kit.recipient());
        blocking(move || desk.change_note(|note| note.recovery = Some(recovery.to_string()))).await
    }

    /// Seals the keys of all these wraps for every recipient, under the key of `to`. Needs the desk unlocked.
    pub async fn wrap_for_all(&self, wraps: Vec<Wrap>, to: i64) -> PortResult<Vec<Wrap>> {
        let desk = self.0.clone();
        blocking(move || {
            let own = desk.recipient.to_string();
            let recipients = desk.recipients();
            desk.unlocked.with(|identity| epoch::wrap_anew(&*desk.store, &wraps, identity, &own, &recipients, to))
        })
        .await
    }

    /// The same with a recovery kit in the place of the desk's identity, which is another one on a new machine.
    pub async fn wrap_from_kit(&self, kit: &RecoveryKit, wraps: Vec<Wrap>, to: i64) -> PortResult<Vec<Wrap>> {
        let (desk, identity, own) = (self.0.clone(), kit.identity().clone(), kit.recipient().to_string());
        blocking(move || epoch::wrap_anew(&*desk.store, &wraps, &identity, &own, &desk.recipients(), to)).await
    }

    /// Makes the vault of a restored desk: its keys and tokens from the state, a new identity and ledger key. It is not made
    /// to the end until [`Vault::finish_restore`]; until then a restore may begin anew.
    ///
    /// # Errors
    /// [`Fault::Conflict`] where a desk was made before.
    pub async fn restore(
        places: Places,
        key_store: KeyStore,
        passphrase: SecretString,
        options: VaultOptions,
        state: &StateContent,
        kit: &RecoveryKit,
    ) -> PortResult<Self> {
        crate::vault::restore(places, key_store, passphrase, options, state, kit).await
    }

    /// From here on the restored desk is one like any other.
    pub async fn finish_restore(&self) -> PortResult<()> {
        let desk = self.0.clone();
        blocking(move || desk.change_note(|note| note.restoring = false)).await
    }
}

//! The handle of one desk's vault.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use custody_core::{
    id::{DeskId, ViewingCopyId},
    ports::{Fault, KeyStore, PortError, PortResult},
};
use ed25519_dalek::VerifyingKey;
use notify::RecursiveMode;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::{
    Key, Recipient, RecoveryKit, StateContent, TokenName, WorkFactor,
    blocking::blocking,
    chance::random,
    disk::{self, Disk, RealDisk, disk_trouble},
    drop_folders::{Copying, Settling},
    keys::{
        self, KeyFile, KeyName, Keychain, Store, epoch,
        identity::{self, Unlocked},
        note::Note,
    },
    places::{DeskLock, Places},
    signing,
    strongroom::{at_will::Readers, turns::Turns},
    watch::Changes,
};

/// So many files are sealed at once; each holds a few MiB and two threads.
const SEATS: usize = 16;
/// Programs that rename when they are done do so at once; those that write in place rest no longer than this.
pub(crate) const DROP_REST: Duration = Duration::from_secs(2);
/// A sealed identity has less than a kilobyte.
const IDENTITY_LIMIT: u64 = 64 << 10;

/// One desk's keys and sealed files. Cheap to clone; the desk's lock is held until the last clone is dropped.
#[derive(Clone)]
pub struct Vault(pub(crate) Arc<Desk>);

/// How a vault works.
#[derive(Clone, Debug)]
pub struct VaultOptions {
    /// For whom every new file is sealed besides the desk: team members, a recovery key.
    pub further_recipients: Vec<Recipient>,
    /// How hard the passphrase is to guess; used when one is set.
    pub work_factor: WorkFactor,
    /// The disk. Anything but the real one is for tests.
    pub disk: Arc<dyn Disk>,
    /// How long a file in a drop folder must have looked the same before it can be complete.
    pub drop_rest: Duration,
}

impl Default for VaultOptions {
    fn default() -> Self {
        Self {
            further_recipients: Vec::new(),
            work_factor: WorkFactor::DESK,
            disk: Arc::new(RealDisk),
            drop_rest: DROP_REST,
        }
    }
}

/// What every clone of a [`Vault`] shares.
pub(crate) struct Desk {
    pub(crate) places: Places,
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) store: Box<dyn Store>,
    pub(crate) recipient: Recipient,
    further_recipients: Vec<Recipient>,
    note: Mutex<Note>,
    pub(crate) public_key: VerifyingKey,
    pub(crate) unlocked: Unlocked,
    pub(crate) readers: Readers,
    pub(crate) turns: Turns,
    /// The file system's numbers of the viewing copies that this process made.
    pub(crate) copies: Mutex<BTreeMap<ViewingCopyId, u64>>,
    pub(crate) seats: Arc<Semaphore>,
    pub(crate) settling: Settling,
    pub(crate) copying: Copying,
    pub(crate) rest: Duration,
    id: DeskId,
    pub(crate) work_factor: WorkFactor,
    _lock: DeskLock,
}

impl Desk {
    /// For whom a new file is sealed; nobody twice.
    pub(crate) fn recipients(&self) -> Vec<Recipient> {
        let mut recipients = vec![self.recipient.clone()];
        for further in self.further_recipients.iter().cloned().chain(self.recovery()) {
            if !recipients.contains(&further) {
                recipients.push(further);
            }
        }
        recipients
    }

    /// The recipient of the recovery kit, if there is one.
    pub(crate) fn recovery(&self) -> Option<Recipient> {
        // Looked at when the desk was opened: what stands there is a recipient.
        self.note.lock().unwrap_or_else(PoisonError::into_inner).recovery.as_ref().and_then(|text| text.parse().ok())
    }

    /// What tells this installation from others of the same desk; made the first time.
    pub(crate) fn installation(&self) -> PortResult<String> {
        if let Some(made) = &self.note.lock().unwrap_or_else(PoisonError::into_inner).installation {
            return Ok(made.clone());
        }
        let fresh = hex::encode(random::<16>()?);
        self.change_note(|note| note.installation = Some(note.installation.take().unwrap_or(fresh)))?;
        self.installation()
    }

    pub(crate) fn change_note(&self, change: impl FnOnce(&mut Note)) -> PortResult<()> {
        let mut note = self.note.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = note.clone();
        change(&mut changed);
        changed.write(&*self.disk, &self.places)?;
        *note = changed;
        Ok(())
    }

    pub(crate) const fn id(&self) -> DeskId {
        self.id
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("desk", &self.0.id).finish_non_exhaustive()
    }
}

impl Vault {
    /// Whether a desk was made at these places, and made to the end.
    pub fn is_made(places: &Places) -> PortResult<bool> {
        Ok(Note::read(&RealDisk, places)?.is_some_and(|note| !note.restoring))
    }

    /// Makes a new desk: folders, identity, ledger key, signing key and the key of epoch 1. It begins locked.
    ///
    /// Where a desk was made before, this is [`Fault::Conflict`]. A making that was cut short is begun anew.
    pub async fn create(
        places: Places,
        key_store: KeyStore,
        passphrase: SecretString,
        options: VaultOptions,
    ) -> PortResult<Self> {
        blocking(move || {
            let disk = &*options.disk;
            let lock = prepare(disk, &places)?;
            if Note::read(disk, &places)?.is_some() {
                return Err(PortError::not_possible(Fault::Conflict).because("a desk was made here before"));
            }
            let identity = age::x25519::Identity::generate();
            let sealed = identity::seal(&identity, &passphrase, options.work_factor)?;
            disk::replace(disk, &places.identity(), &sealed).map_err(disk_trouble)?;
            let desk = DeskId::from_bytes(random()?);
            let note = Note::new(desk, key_store, Recipient::of(&identity).to_string());
            let store = store_of(&note, &options.disk, &places);
            if let Err(error) = make_keys(&*store).and_then(|()| note.write(disk, &places)) {
                forget_keys(&*store);
                return Err(error);
            }
            assemble(places, &options, store, &note, lock)
        })
        .await
    }

    /// Opens the desk that was made at these places. It begins locked.
    ///
    /// [`Fault::NotFound`] if there is none, [`Fault::InUse`] if another process has it, [`Fault::KeychainTrouble`] or
    /// [`Fault::KeyMissing`] if its keys cannot be read.
    pub async fn open(places: Places, options: VaultOptions) -> PortResult<Self> {
        blocking(move || {
            let disk = &*options.disk;
            // Looked for first: opening where there is no desk makes no folders.
            let found = || Note::read(disk, &places)?.ok_or_else(|| PortError::needs_person(Fault::NotFound));
            found()?;
            let lock = prepare(disk, &places)?;
            let note = found()?;
            let store = store_of(&note, &options.disk, &places);
            assemble(places, &options, store, &note, lock)
        })
        .await
    }

    /// The desk's id.
    pub fn desk(&self) -> DeskId {
        self.0.id
    }

    /// Where this desk lies.
    pub fn places(&self) -> &Places {
        &self.0.places
    }

    /// The disk it works on.
    pub fn disk(&self) -> Arc<dyn Disk> {
        self.0.disk.clone()
    }

    /// The desk's age recipient. It can seal for the desk and open nothing.
    pub fn recipient(&self) -> &Recipient {
        &self.0.recipient
    }

    /// The public key of the receipts' signatures as PEM (SubjectPublicKeyInfo), for `openssl` and others.
    pub fn public_key_pem(&self) -> PortResult<String> {
        signing::pem(&self.0.public_key)
    }

    /// Unlocks the desk. [`Fault::WrongPassphrase`] if the passphrase does not open the identity.
    pub async fn unlock(&self, passphrase: SecretString) -> PortResult<()> {
        let desk = self.0.clone();
        blocking(move || {
            let identity = read_identity(&desk, &passphrase)?;
            desk.unlocked.put(identity);
            Ok(())
        })
        .await
    }

    /// Locks the desk: the identity is wiped, and files that are open end with [`Fault::Locked`].
    ///
    /// Viewing copies are not ended here: each of them has a row in the ledger.
    pub fn lock(&self) {
        self.0.unlocked.lock();
        self.0.readers.end_all();
    }

    /// Whether sealed files can be opened.
    pub fn is_unlocked(&self) -> bool {
        self.0.unlocked.is_unlocked()
    }

    /// Seals the identity with another passphrase. Whether the desk is locked does not change.
    pub async fn change_passphrase(&self, old: SecretString, new: SecretString) -> PortResult<()> {
        let desk = self.0.clone();
        blocking(move || {
            let identity = read_identity(&desk, &old)?;
            let sealed = identity::seal(&identity, &new, desk.work_factor)?;
            disk::replace(&*desk.disk, &desk.places.identity(), &sealed).map_err(disk_trouble)
        })
        .await
    }

    /// The key of the ledger's file.
    pub async fn ledger_key(&self) -> PortResult<Key> {
        let desk = self.0.clone();
        blocking(move || keys::load(&*desk.store, &KeyName::Ledger)).await
    }

    /// A token or password that was kept under this name.
    pub async fn token(&self, name: TokenName) -> PortResult<Option<SecretString>> {
        let desk = self.0.clone();
        blocking(move || {
            let Some(kept) = desk.store.get(&KeyName::Token(name))? else { return Ok(None) };
            let text = std::str::from_utf8(&kept).map_err(|_| keys::StoreError::NotUnderstood)?;
            Ok(Some(SecretString::from(text)))
        })
        .await
    }

    /// Keeps a token or password, over an older one of this name.
    pub async fn keep_token(&self, name: TokenName, token: SecretString) -> PortResult<()> {
        let desk = self.0.clone();
        blocking(move || Ok(desk.store.put(&KeyName::Token(name), token.expose_secret().as_bytes())?)).await
    }

    /// Destroys a token or password. Finding none is success.
    pub async fn destroy_token(&self, name: TokenName) -> PortResult<()> {
        let desk = self.0.clone();
        blocking(move || Ok(desk.store.destroy(&KeyName::Token(name))?)).await
    }

    /// The names of all tokens and passwords kept here.
    pub async fn token_names(&self) -> PortResult<Vec<TokenName>> {
        let desk = self.0.clone();
        blocking(move || {
            let names = desk.store.names()?;
            Ok(names
                .into_iter()
                .filter_map(|name| if let KeyName::Token(name) = name { Some(name) } else { None })
                .collect())
        })
        .await
    }

    /// Destroys every key of this desk. Whatever is sealed can never be opened again.
    pub async fn destroy_keys(&self) -> PortResult<()> {
        let desk = self.0.clone();
        blocking(move || {
            desk.unlocked.lock();
            desk.readers.end_all();
            for name in desk.store.names()? {
                desk.store.destroy(&name)?;
            }
            Ok(())
        })
        .await
    }

    /// Tells when something changed in the strongroom or among the viewing copies.
    pub fn changes(&self) -> PortResult<Changes> {
        Changes::of(&[self.0.places.sealed().as_path(), self.0.places.viewing()], RecursiveMode::NonRecursive)
    }

    /// How long a file in a drop folder must have looked the same before it can be complete.
    pub fn drop_rest(&self) -> Duration {
        self.0.rest
    }

    /// Tells when something changed in the folder of a viewing copy: what programs leave beside a copy is in custody too.
    pub fn viewing_changes(&self) -> PortResult<Changes> {
        Changes::of(&[self.0.places.viewing()], RecursiveMode::Recursive)
    }

    /// Tells when something changed in a drop folder. The folder around them is made for it.
    pub fn drop_changes(&self) -> PortResult<Changes> {
        self.0.disk.make_folder(self.0.places.drop()).map_err(disk_trouble)?;
        Changes::of(&[self.0.places.drop()], RecursiveMode::Recursive)
    }

    /// The secret identity of one sealed file, as the `age` program takes it.
    #[cfg(feature = "test-doors")]
    pub async fn file_identity(
        &self,
        file: custody_core::id::FileId,
        wraps: Vec<custody_core::transition::Wrap>,
    ) -> PortResult<SecretString> {
        let desk = self.0.clone();
        blocking(move || Ok(crate::strongroom::open::file_identity(&desk, file, &wraps)?.to_string())).await
    }
}

/// See [`Vault::restore`].
pub(crate) async fn restore(
    places: Places,
    key_store: KeyStore,
    passphrase: SecretString,
    options: VaultOptions,
    state: &StateContent,
    kit: &RecoveryKit,
) -> PortResult<Vault> {
    let mut keys = vec![
        (KeyName::Epoch(state.epoch), Zeroizing::new(state.epoch_key.expose_secret().to_vec())),
        (KeyName::Signing, Zeroizing::new(state.signing_key.expose_secret().to_vec())),
    ];
    for (name, secret) in &state.tokens {
        keys.push((name.clone(), Zeroizing::new(secret.expose_secret().as_bytes().to_vec())));
    }
    let (desk, state_epoch, recovery) = (state.desk, state.epoch, kit.recipient().to_string());
    blocking(move || {
        let disk = &*options.disk;
        let lock = prepare(disk, &places)?;
        let cut_short = Note::read(disk, &places)?;
        if cut_short.as_ref().is_some_and(|note| !note.restoring) {
            return Err(PortError::not_possible(Fault::Conflict).because("a desk was made here before"));
        }
        let identity = age::x25519::Identity::generate();
        let sealed = identity::seal(&identity, &passphrase, options.work_factor)?;
        disk::replace(disk, &places.identity(), &sealed).map_err(disk_trouble)?;
        let mut note = Note::new(desk, key_store, Recipient::of(&identity).to_string());
        note.recovery = Some(recovery);
        note.restoring = true;
        // The note first: a restore that is cut short must be known as one, with whatever keys it left.
        note.write(disk, &places)?;
        let store = store_of(&note, &options.disk, &places);
        for name in store.names()? {
            // A ledger elsewhere may have its wraps under the new epoch of the try that was cut short.
            let newer = matches!(name, KeyName::Epoch(epoch) if epoch > state_epoch);
            if !(cut_short.is_some() && newer) {
                store.destroy(&name)?;
            }
        }
        // What an earlier try left of the ledger opens with no key any more.
        let ledger = places.ledger();
        let folder = ledger.parent().unwrap_or(places.root());
        for entry in disk.list(folder).map_err(disk_trouble)? {
            disk.remove(&folder.join(entry.name)).map_err(disk_trouble)?;
        }
        for (name, secret) in &keys {
            store.put(name, secret)?;
        }
        store.put(&KeyName::Ledger, keys::make()?.expose_secret())?;
        assemble(places, &options, store, &note, lock)
    })
    .await
}

fn prepare(disk: &dyn Disk, places: &Places) -> PortResult<DeskLock> {
    places.prepare(disk)?;
    places.lock()
}

fn store_of(note: &Note, disk: &Arc<dyn Disk>, places: &Places) -> Box<dyn Store> {
    match note.key_store {
        KeyStore::Keychain => Box::new(Keychain::of(note.desk)),
        KeyStore::KeyFile => Box::new(KeyFile::at(disk.clone(), places.key_file())),
    }
}

fn make_keys(store: &dyn Store) -> PortResult<()> {
    store.put(&KeyName::Ledger, keys::make()?.expose_secret())?;
    store.put(&KeyName::Signing, keys::make()?.expose_secret())?;
    epoch::make(store, 1)
}

/// A desk that was not finished leaves no keys in the keychain, as far as the keychain answers.
fn forget_keys(store: &dyn Store) {
    for name in [KeyName::Ledger, KeyName::Signing, KeyName::Epoch(1)] {
        if let Err(cause) = store.destroy(&name) {
            tracing::warn!(%cause, "keys.forget: a key of a desk that was never finished stays behind");
        }
    }
}

fn assemble(
    places: Places,
    options: &VaultOptions,
    store: Box<dyn Store>,
    note: &Note,
    lock: DeskLock,
) -> PortResult<Vault> {
    let damaged = |cause| PortError::needs_person(Fault::Damaged).because(cause);
    let recipient = note.recipient.parse().map_err(damaged)?;
    if let Some(recovery) = &note.recovery {
        recovery.parse::<Recipient>().map_err(damaged)?;
    }
    let public_key = signing::load(&*store)?.verifying_key();
    Ok(Vault(Arc::new(Desk {
        places,
        disk: options.disk.clone(),
        store,
        recipient,
        further_recipients: options.further_recipients.clone(),
        note: Mutex::new(note.clone()),
        public_key,
        unlocked: Unlocked::default(),
        readers: Readers::default(),
        turns: Turns::default(),
        copies: Mutex::default(),
        seats: Arc::new(Semaphore::new(SEATS)),
        settling: Settling::default(),
        copying: Copying::default(),
        rest: options.drop_rest,
        id: note.desk,
        work_factor: options.work_factor,
        _lock: lock,
    })))
}

fn read_identity(desk: &Desk, passphrase: &SecretString) -> PortResult<age::x25519::Identity> {
    let sealed = disk::read(&*desk.disk, &desk.places.identity(), IDENTITY_LIMIT)
        .map_err(disk_trouble)?
        .ok_or_else(|| PortError::needs_person(Fault::KeyMissing).because("the desk identity is gone"))?;
    let identity = identity::open(&sealed, passphrase)?;
    // Somebody who could write here might have exchanged the recipient, to have new files sealed for himself.
    if Recipient::of(&identity) == desk.recipient {
        Ok(identity)
    } else {
        Err(PortError::needs_person(Fault::Damaged).because("the desk's recipient is not the one of its identity"))
    }
}

//! The state of a target: what a new machine begins with. An age file for the recovery kit alone, named by its generation and
//! epoch. Its first line holds keys and settings, the rest is the ledger.

use std::{
    collections::BTreeMap,
    io::{self, BufWriter, Read, Write},
    iter,
    path::{Path, PathBuf},
    pin::pin,
    sync::Arc,
};

use async_trait::async_trait;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use custody_core::{
    Timestamp,
    id::DeskId,
    ports::{BackupState, ByteSource, Fault, PortError, PortResult, StateFacts},
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio::{
    sync::mpsc::{Receiver, channel},
    task::spawn_blocking,
};
use zeroize::{Zeroize, Zeroizing};

use super::{
    journal,
    patience::{Alive, Patience},
    target::sync_folder,
};
use crate::{
    Recipient,
    blocking::{blocking, join},
    disk::{self, Disk, Lies, NewFile, create_anew, disk_trouble, overwrite_left_over},
    keys::{self, Key, KeyName, epoch, recovery::RecoveryKit},
    strongroom::{
        age_stream::{Form, OpenError, Opened, open_age},
        pour::{Portion, UNDERWAY, pour, pour_out},
    },
    vault::Desk,
};

const FORMAT: u32 = 1;
/// Keys, tokens and settings together are a few kilobytes.
const HEAD_LIMIT: usize = 4 << 20;
const PIECE: usize = 512 << 10;
/// Bytes that are made to last at a time: the last sync of a large file must not be silent for longer than we wait.
const AT_RISK: u64 = 64 << 20;
const SETTINGS_LIMIT: u64 = 1 << 20;
const HEADER_ROOM: usize = 64 << 10;

/// The first line of a state. Its secrets are wiped when it is dropped.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: u32,
    desk: DeskId,
    taken_at: Timestamp,
    generation: u64,
    epoch: i64,
    epoch_key: String,
    signing_key: String,
    tokens: BTreeMap<String, String>,
    settings: Option<String>,
    recovery: String,
    journal: journal::End,
    ledger_index: u64,
    ledger_head: String,
}

impl Drop for Head {
    fn drop(&mut self) {
        self.epoch_key.zeroize();
        self.signing_key.zeroize();
        self.tokens.values_mut().for_each(Zeroize::zeroize);
    }
}

/// What a state says, once the recovery kit has opened it.
pub struct StateContent {
    /// Which desk it is.
    pub desk: DeskId,
    /// When it was taken.
    pub taken_at: Timestamp,
    /// The settings as they were.
    pub settings: Option<String>,
    /// The end of the ledger's chain in it: index, and hash in hexadecimal.
    pub ledger_end: (u64, String),
    pub(crate) epoch: i64,
    pub(crate) epoch_key: Key,
    pub(crate) signing_key: Key,
    pub(crate) tokens: Vec<(KeyName, SecretString)>,
    pub(crate) journal: journal::End,
}

impl std::fmt::Debug for StateContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StateContent")
            .field("desk", &self.desk)
            .field("taken_at", &self.taken_at)
            .finish_non_exhaustive()
    }
}

/// What a state is called while it is written.
const PART: &str = "state.part";
/// A state that a crash left unfinished: it holds a key like any other.
const UNFINISHED: BackupState = BackupState { generation: 0, epoch: 0 };

pub(super) fn name_of(state: BackupState) -> String {
    if state == UNFINISHED {
        return PART.to_owned();
    }
    format!("state-{:010}-{}.age", state.generation, state.epoch)
}

/// The states in a folder, oldest first.
pub(super) fn list(disk: &dyn Disk, folder: &Path) -> PortResult<Vec<BackupState>> {
    let mut states: Vec<_> = disk
        .list(folder)
        .map_err(disk_trouble)?
        .into_iter()
        .filter(|entry| matches!(entry.lies, Lies::File(_)))
        .filter_map(|entry| {
            if entry.name == PART {
                return Some(UNFINISHED);
            }
            let (generation, epoch) =
                entry.name.to_str()?.strip_prefix("state-")?.strip_suffix(".age")?.split_once('-')?;
            Some(BackupState { generation: generation.parse().ok()?, epoch: epoch.parse().ok()? })
        })
        .collect();
    states.sort_unstable();
    Ok(states)
}

/// Writes one, makes it last, and reads it again.
pub(super) async fn write(
    desk: &Arc<Desk>,
    folder: &Path,
    patience: &Patience,
    state: BackupState,
    facts: StateFacts,
    ledger: &mut dyn ByteSource,
) -> PortResult<()> {
    let recovery = desk.recovery().ok_or_else(|| PortError::needs_person(Fault::NoRecoveryKit))?;
    patience.check()?;
    let (to_disk, for_disk) = channel(UNDERWAY);
    let alive = Alive::default();
    let writing = spawn_blocking({
        let (desk, folder, alive) = (desk.clone(), folder.to_owned(), alive.clone());
        move || {
            let part = folder.join(PART);
            let head = head(&desk, &folder, state, facts, &recovery)?;
            let written = write_all(&*desk.disk, &part, &head, &recovery, for_disk, &alive);
            if written.is_err()
                && let Err(cause) = desk.disk.remove(&part)
            {
                tracing::warn!(%cause, "backup.state: the remains of a state that failed stay until the next one");
            }
            let digest = written?;
            let path = folder.join(name_of(state));
            desk.disk.rename(&part, &path).map_err(disk_trouble)?;
            sync_folder(&*desk.disk, &folder)?;
            // What was destroyed in trust of a state that cannot be read would be gone for good.
            if digest_of(&*desk.disk, &path, &alive)? == digest {
                Ok(())
            } else {
                desk.disk.remove(&path).map_err(disk_trouble)?;
                Err(PortError::try_again(Fault::DiskTrouble).because("a state reads otherwise than it was written"))
            }
        }
    });
    let mut writing = pin!(patience.wait(writing, &alive));
    // It ends the channel when it is done: the writer waits for that.
    let pouring = async move { pour(ledger, u64::MAX, &[to_disk]).await };
    tokio::select! {
        poured = pouring => {
            let written = writing.await;
            poured?;
            written
        }
        // It met something, or was silent: what more there is to pour has nowhere to go.
        written = &mut writing => written,
    }
}

fn head(
    desk: &Desk,
    folder: &Path,
    state: BackupState,
    facts: StateFacts,
    recovery: &Recipient,
) -> PortResult<Zeroizing<Vec<u8>>> {
    let in_text = |key: &Key| BASE64_STANDARD.encode(key.expose_secret());
    let mut tokens = BTreeMap::new();
    for name in desk.store.names()? {
        if let KeyName::Token(token) = &name
            && let Some(secret) = desk.store.get(&name)?
        {
            let secret = std::str::from_utf8(&secret).map_err(|_| keys::StoreError::NotUnderstood)?;
            tokens.insert(token.to_string(), secret.to_owned());
        }
    }
    let settings = disk::read(&*desk.disk, desk.places.settings(), SETTINGS_LIMIT).map_err(disk_trouble)?;
    let head = Head {
        format: FORMAT,
        desk: desk.id(),
        taken_at: facts.at,
        generation: state.generation,
        epoch: state.epoch,
        epoch_key: in_text(&epoch::load(&*desk.store, state.epoch)?),
        signing_key: in_text(&keys::load(&*desk.store, &KeyName::Signing)?),
        tokens,
        settings: settings.and_then(|settings| String::from_utf8(settings).ok()),
        recovery: recovery.to_string(),
        journal: journal::end(&*desk.disk, &super::target::journal_of(folder))?,
        ledger_index: facts.head.index,
        ledger_head: hex::encode(facts.head.hash.0),
    };
    let line =
        serde_json::to_vec(&head).map_err(|cause| PortError::not_possible(Fault::BackupDamaged).because(cause))?;
    Ok(Zeroizing::new(line))
}

fn write_all(
    disk: &dyn Disk,
    part: &Path,
    head: &[u8],
    recovery: &Recipient,
    mut portions: Receiver<Portion>,
    alive: &Alive,
) -> PortResult<[u8; 32]> {
    let encryptor = age::Encryptor::with_recipients(iter::once(recovery.as_age() as &dyn age::Recipient))
        .map_err(|cause| PortError::not_possible(Fault::KeychainTrouble).because(cause))?;
    overwrite_left_over(disk, part).map_err(disk_trouble)?;
    let file = create_anew(disk, part).map_err(disk_trouble)?;
    let digested = Digested::new(file, alive);
    // The age crate forgets what kind of error met its header: so the header waits here for the first chunk.
    let mut writer = encryptor.wrap_output(BufWriter::with_capacity(HEADER_ROOM, digested)).map_err(disk_trouble)?;
    writer.write_all(head).and_then(|()| writer.write_all(b"\n")).map_err(disk_trouble)?;
    pour_out(&mut portions, &mut writer)?;
    let buffered = writer.finish().map_err(disk_trouble)?;
    buffered.into_inner().map_err(|error| disk_trouble(error.into_error()))?.finish()
}

/// A file of a target that is being written: digested, made to last in steps, and showing that it goes on.
pub(super) struct Digested<'a> {
    file: Box<dyn NewFile>,
    digest: Sha256,
    at_risk: u64,
    alive: &'a Alive,
}

impl<'a> Digested<'a> {
    pub(super) fn new(file: Box<dyn NewFile>, alive: &'a Alive) -> Self {
        Self { file, digest: Sha256::new(), at_risk: 0, alive }
    }

    /// Makes it last, and gives the SHA-256 of what was written.
    pub(super) fn finish(mut self) -> PortResult<[u8; 32]> {
        self.file.sync().map_err(disk_trouble)?;
        Ok(self.digest.finalize().into())
    }
}

impl Write for Digested<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.digest.update(&bytes[..count]);
        self.at_risk += count as u64;
        if self.at_risk >= AT_RISK {
            self.file.sync()?;
            self.at_risk = 0;
        }
        self.alive.beat();
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// SHA-256 of a file as it reads now.
pub(super) fn digest_of(disk: &dyn Disk, path: &Path, alive: &Alive) -> PortResult<[u8; 32]> {
    let mut file = disk.open(path).map_err(disk_trouble)?;
    let (mut digest, mut piece) = (Sha256::new(), vec![0; PIECE]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(digest.finalize().into()),
            Ok(count) => {
                digest.update(&piece[..count]);
                alive.beat();
            }
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(disk_trouble(cause)),
        }
    }
}

/// Opens the newest state in a folder: what it says, and the ledger as it follows.
///
/// # Errors
/// [`Fault::NotFound`] without a state, [`Fault::OtherKit`] if the kit is another one, [`Fault::BackupDamaged`].
pub(super) async fn open(
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    kit: &RecoveryKit,
) -> PortResult<(StateContent, Box<dyn ByteSource>)> {
    let identity = kit.identity().clone();
    blocking(move || {
        let newest = list(&*disk, &folder)?
            .pop()
            .filter(|newest| *newest != UNFINISHED)
            .ok_or_else(|| PortError::needs_person(Fault::NotFound))?;
        let file = disk.open(&folder.join(name_of(newest))).map_err(disk_trouble)?;
        let mut opened = match open_age(file, Form::Binary, &[&identity]) {
            Err(OpenError::NoMatch) => return Err(PortError::needs_person(Fault::OtherKit)),
            other => other.map_err(odd)?,
        };
        let (head, rest) = first_line(&mut opened)?;
        let head: Head = serde_json::from_slice(&head).map_err(|_| damaged("the state begins otherwise"))?;
        if head.format != FORMAT {
            return Err(damaged("the state was written by a newer program"));
        }
        let ledger: Box<dyn ByteSource> = Box::new(Rest { begun: Some(rest), opened: Some(opened) });
        Ok((content(&head)?, ledger))
    })
    .await
}

fn content(head: &Head) -> PortResult<StateContent> {
    let key = |text: &str| {
        let bytes = Zeroizing::new(BASE64_STANDARD.decode(text).map_err(|_| damaged("a key is none"))?);
        if bytes.len() != 32 {
            return Err(damaged("a key has another length"));
        }
        Ok(Key::init_with_mut(|key| key.copy_from_slice(&bytes)))
    };
    let tokens = head.tokens.iter().map(|(name, secret)| {
        let name = name.parse().map_err(|_| damaged("a token has another name"))?;
        Ok((KeyName::Token(name), SecretString::from(secret.clone())))
    });
    Ok(StateContent {
        desk: head.desk,
        taken_at: head.taken_at,
        settings: head.settings.clone(),
        ledger_end: (head.ledger_index, head.ledger_head.clone()),
        epoch: head.epoch,
        epoch_key: key(&head.epoch_key)?,
        signing_key: key(&head.signing_key)?,
        tokens: tokens.collect::<PortResult<_>>()?,
        journal: head.journal.clone(),
    })
}

fn first_line(opened: &mut Opened<'_>) -> PortResult<(Zeroizing<Vec<u8>>, Vec<u8>)> {
    let mut held = Zeroizing::new(Vec::new());
    while let Some(piece) = opened.piece(PIECE).map_err(odd)? {
        let from = held.len();
        held.extend_from_slice(&piece);
        if let Some(end) = held[from..].iter().position(|byte| *byte == b'\n') {
            let rest = held[from + end + 1..].to_vec();
            held.truncate(from + end);
            return Ok((held, rest));
        }
        if held.len() > HEAD_LIMIT {
            break;
        }
    }
    Err(damaged("the state has no first line"))
}

fn damaged(why: &'static str) -> PortError {
    PortError::needs_person(Fault::BackupDamaged).because(why)
}

fn odd(error: OpenError) -> PortError {
    match error {
        OpenError::Disk(cause) => disk_trouble(cause),
        damage => PortError::needs_person(Fault::BackupDamaged).because(damage),
    }
}

/// What follows the first line.
struct Rest {
    begun: Option<Vec<u8>>,
    opened: Option<Opened<'static>>,
}

#[async_trait]
impl ByteSource for Rest {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        if let Some(begun) = self.begun.take().filter(|begun| !begun.is_empty()) {
            return Ok(Some(Bytes::from(begun)));
        }
        let Some(mut opened) = self.opened.take() else { return Ok(None) };
        let (opened, piece) = join(spawn_blocking(move || {
            let piece = opened.piece(PIECE);
            (opened, piece)
        }))
        .await?;
        let piece = piece.map_err(odd)?;
        if piece.is_some() {
            self.opened = Some(opened);
        }
        Ok(piece.map(Bytes::from))
    }
}

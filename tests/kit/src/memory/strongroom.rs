//! The strongroom in memory: sealed bytes, wraps and epoch keys as values that can be compared.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::{
    Private,
    id::{FileId, ViewingCopyId},
    ports::{
        Aside, ByteSource, Emptied, Fault, Found, Inventory, KeyStore, PortError, PortResult, Program, RangeSource,
        SealedFile, Strongroom,
    },
    transition::Wrap,
};
use sha2::{Digest as _, Sha256};

use super::{Power, lock};

const RECIPIENT: &str = "age1desk";
const SALT: [u8; 32] = [0; 32];

/// The strongroom in memory.
#[derive(Debug)]
pub struct MemoryStrongroom {
    power: Arc<Power>,
    room: Arc<Mutex<Room>>,
}

#[derive(Debug, Default)]
struct Room {
    sealed: BTreeMap<FileId, Kept>,
    parts: BTreeSet<FileId>,
    aside: BTreeSet<FileId>,
    epochs: BTreeSet<i64>,
    copies: BTreeMap<ViewingCopyId, u64>,
    keys: u64,
}

/// A sealed file.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    bytes: Vec<u8>,
    key: u64,
}

impl Kept {
    pub(super) const fn size(&self) -> u64 {
        self.bytes.len() as u64
    }
}

impl MemoryStrongroom {
    /// An empty strongroom with the key of the first epoch.
    pub fn new(power: Arc<Power>) -> Self {
        let room = Room { epochs: BTreeSet::from([1]), ..Room::default() };
        Self { power, room: Arc::new(Mutex::new(room)) }
    }

    /// What was put away for a person, for checks.
    pub fn set_aside_count(&self) -> usize {
        lock(&self.room).aside.len()
    }

    /// What these wraps open, with the epoch keys that exist now, for checks.
    pub fn opens(&self, file: FileId, wraps: &[Wrap]) -> Option<Vec<u8>> {
        let room = lock(&self.room);
        let sealed = room.sealed.get(&file)?;
        let fits = |wrap: &&Wrap| {
            wrap.file == file
                && room.epochs.contains(&wrap.epoch)
                && wrap.sealed == wrapped(file, wrap.epoch, sealed.key)
        };
        wraps.iter().find(fits).map(|_| sealed.bytes.clone())
    }

    /// The sealed bytes of a file, for a backup.
    pub(super) fn kept(&self, file: FileId) -> Option<Kept> {
        lock(&self.room).sealed.get(&file).cloned()
    }

    /// Puts sealed bytes back.
    pub(super) fn put(&self, file: FileId, kept: Kept) {
        lock(&self.room).sealed.insert(file, kept);
    }

    /// A new machine: the key of this epoch, and nothing else.
    pub(super) fn become_restored(&self, epoch: i64) {
        let mut room = lock(&self.room);
        let keys = room.keys;
        *room = Room { keys, epochs: BTreeSet::from([epoch]), ..Room::default() };
    }

    /// The salted digest of a content, for checks.
    pub fn digest(content: &[u8]) -> [u8; 32] {
        Sha256::new_with_prefix(SALT).chain_update(content).finalize().into()
    }

    /// A program leaves one more file beside every viewing copy.
    pub fn leave_beside_copies(&self) {
        lock(&self.room).copies.values_mut().for_each(|beside| *beside += 1);
    }

    /// The viewing copies that exist, for checks.
    pub fn copies(&self) -> Vec<ViewingCopyId> {
        lock(&self.room).copies.keys().copied().collect()
    }

    /// Leaves a part file, as a seal does that was cut short.
    pub fn leave_part(&self, file: FileId) {
        lock(&self.room).parts.insert(file);
    }

    /// Leaves a viewing copy that no row names.
    pub fn leave_copy(&self, copy: ViewingCopyId) {
        lock(&self.room).copies.insert(copy, 0);
    }

    /// Puts an epoch key beside the others, or takes one away.
    pub fn change_epoch_key(&self, epoch: i64, there: bool) {
        let mut room = lock(&self.room);
        if there {
            room.epochs.insert(epoch);
        } else {
            room.epochs.remove(&epoch);
        }
    }

    /// Loses a sealed file, as a broken disk does.
    pub fn lose(&self, file: FileId) {
        lock(&self.room).sealed.remove(&file);
    }
}

fn wrapped(file: FileId, epoch: i64, key: u64) -> Vec<u8> {
    format!("{file} {epoch} {key}").into_bytes()
}

pub(super) struct Whole(pub(super) Option<Bytes>);

#[async_trait]
impl ByteSource for Whole {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        Ok(self.0.take())
    }
}

/// Read at any place, as long as the file is there.
struct AtWill {
    bytes: Vec<u8>,
    file: FileId,
    room: Arc<Mutex<Room>>,
}

impl RangeSource for AtWill {
    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn check(&self) -> PortResult<()> {
        let is_there = lock(&self.room).sealed.contains_key(&self.file);
        if is_there { Ok(()) } else { Err(PortError::not_possible(Fault::NotFound)) }
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> PortResult<usize> {
        self.check()?;
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(self.bytes.len());
        let count = into.len().min(self.bytes.len() - from);
        into[..count].copy_from_slice(&self.bytes[from..from + count]);
        Ok(count)
    }
}

#[async_trait]
impl Strongroom for MemoryStrongroom {
    async fn seal(&self, file: FileId, epoch: i64, body: &mut dyn ByteSource, limit: u64) -> PortResult<SealedFile> {
        self.power.write(|| {
            lock(&self.room).parts.insert(file);
            Ok(())
        })?;
        let mut bytes = Vec::new();
        while let Some(piece) = body.next().await? {
            bytes.extend_from_slice(&piece);
            if bytes.len() as u64 > limit {
                lock(&self.room).parts.remove(&file);
                return Err(PortError::not_possible(Fault::TooLarge));
            }
        }
        self.power.write(|| {
            let mut room = lock(&self.room);
            if !room.epochs.contains(&epoch) {
                return Err(PortError::needs_person(Fault::KeyMissing));
            }
            room.keys += 1;
            let key = room.keys;
            room.parts.remove(&file);
            let size = bytes.len() as u64;
            let digest = Self::digest(&bytes);
            room.sealed.insert(file, Kept { bytes, key });
            let wrap = Wrap { file, recipient: RECIPIENT.to_owned(), epoch, sealed: wrapped(file, epoch, key) };
            Ok(SealedFile {
                size,
                sealed_size: size,
                salt: Private::new(SALT),
                digest,
                sha1: Private::new([0; 20]),
                wraps: vec![wrap],
            })
        })
    }

    async fn seal_and_check(
        &self,
        file: FileId,
        epoch: i64,
        body: &mut dyn ByteSource,
        limit: u64,
    ) -> PortResult<SealedFile> {
        // Memory gives back what was put into it.
        self.seal(file, epoch, body, limit).await
    }

    async fn open(&self, file: FileId, wraps: Vec<Wrap>) -> PortResult<Box<dyn ByteSource>> {
        self.power.on()?;
        let bytes = self.opens(file, &wraps).ok_or_else(|| PortError::needs_person(Fault::Damaged))?;
        Ok(Box::new(Whole(Some(Bytes::from(bytes)))))
    }

    async fn open_at_will(&self, file: FileId, wraps: Vec<Wrap>) -> PortResult<Box<dyn RangeSource>> {
        self.power.on()?;
        let bytes = self.opens(file, &wraps).ok_or_else(|| PortError::needs_person(Fault::Damaged))?;
        Ok(Box::new(AtWill { bytes, file, room: self.room.clone() }))
    }

    async fn erase(&self, file: FileId) -> PortResult<()> {
        self.power.write(|| {
            let mut room = lock(&self.room);
            room.sealed.remove(&file);
            room.parts.remove(&file);
            Ok(())
        })
    }

    async fn look(&self, file: FileId) -> PortResult<Found> {
        self.power.on()?;
        let room = lock(&self.room);
        Ok(room.sealed.get(&file).map_or(Found::Nothing, |sealed| Found::Sealed(sealed.bytes.len() as u64)))
    }

    async fn inventory(&self) -> PortResult<Inventory> {
        self.power.on()?;
        let room = lock(&self.room);
        Ok(Inventory {
            sealed: room.sealed.iter().map(|(id, sealed)| (*id, sealed.bytes.len() as u64)).collect(),
            parts: room.parts.iter().copied().collect(),
            foreign: 0,
            occupied: room.sealed.values().map(|sealed| sealed.bytes.len() as u64).sum(),
        })
    }

    async fn set_aside(&self, file: FileId) -> PortResult<()> {
        self.power.write(|| {
            let mut room = lock(&self.room);
            room.sealed.remove(&file);
            room.parts.remove(&file);
            room.aside.insert(file);
            Ok(())
        })
    }

    async fn aside(&self) -> PortResult<Vec<Aside>> {
        self.power.on()?;
        let aside = |file: &FileId| Aside { name: format!("{file}.age"), file: *file, size: 0, since: None };
        Ok(lock(&self.room).aside.iter().map(aside).collect())
    }

    async fn erase_aside(&self, name: &str) -> PortResult<()> {
        self.power.write(|| {
            let file = name.strip_suffix(".age").and_then(|id| id.parse().ok());
            let was_there = file.is_some_and(|file| lock(&self.room).aside.remove(&file));
            if was_there { Ok(()) } else { Err(PortError::not_possible(Fault::NotFound)) }
        })
    }

    async fn make_viewing_copy(
        &self,
        copy: ViewingCopyId,
        _name: &Private<String>,
        body: &mut dyn ByteSource,
    ) -> PortResult<Private<String>> {
        while body.next().await?.is_some() {}
        self.power.write(|| {
            lock(&self.room).copies.insert(copy, 0);
            Ok(Private::new(format!("/viewing/{copy}")))
        })
    }

    async fn end_viewing_copy(&self, copy: ViewingCopyId, _name: Option<&Private<String>>) -> PortResult<Emptied> {
        self.power.write(|| {
            let beside = lock(&self.room).copies.remove(&copy).unwrap_or_default();
            Ok(Emptied { beside, elsewhere: 0 })
        })
    }

    async fn beside_viewing_copy(&self, copy: ViewingCopyId, _name: &Private<String>) -> PortResult<u64> {
        self.power.on()?;
        Ok(lock(&self.room).copies.get(&copy).copied().unwrap_or_default())
    }

    async fn programs_in_viewing_copies(&self) -> PortResult<Vec<(ViewingCopyId, Program)>> {
        Ok(Vec::new())
    }

    async fn viewing_copies(&self) -> PortResult<Vec<ViewingCopyId>> {
        self.power.on()?;
        Ok(lock(&self.room).copies.keys().copied().collect())
    }

    async fn make_epoch(&self, epoch: i64) -> PortResult<()> {
        self.power.write(|| {
            lock(&self.room).epochs.insert(epoch);
            Ok(())
        })
    }

    async fn rewrap(&self, wraps: Vec<Wrap>, to: i64) -> PortResult<Vec<Wrap>> {
        self.power.on()?;
        let room = lock(&self.room);
        wraps
            .into_iter()
            .map(|wrap| {
                if !room.epochs.contains(&wrap.epoch) || !room.epochs.contains(&to) {
                    return Err(PortError::needs_person(Fault::KeyMissing));
                }
                let key = String::from_utf8_lossy(&wrap.sealed);
                let key = key.rsplit(' ').next().and_then(|key| key.parse().ok()).unwrap_or_default();
                Ok(Wrap { epoch: to, sealed: wrapped(wrap.file, to, key), ..wrap })
            })
            .collect()
    }

    async fn destroy_epochs_but(&self, keep: i64) -> PortResult<Vec<i64>> {
        self.power.write(|| {
            let mut room = lock(&self.room);
            let old: Vec<_> = room.epochs.iter().copied().filter(|epoch| *epoch != keep).collect();
            room.epochs.retain(|epoch| *epoch == keep);
            Ok(old)
        })
    }

    async fn epochs(&self) -> PortResult<Vec<i64>> {
        self.power.on()?;
        Ok(lock(&self.room).epochs.iter().copied().collect())
    }

    fn key_store(&self) -> KeyStore {
        KeyStore::KeyFile
    }
}

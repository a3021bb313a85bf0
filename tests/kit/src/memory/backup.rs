//! A backup target in memory: a second disk that survives the first, with what others once copied from it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use custody_core::{
    backup::JournalEntry,
    id::FileId,
    period::Period,
    ports::{BackupState, BackupTarget, ByteSource, Fault, Found, PortError, PortResult, StateFacts},
};

use super::{MemoryLedger, MemoryStrongroom, Power, lock, strongroom::Kept};

/// A target in memory. It outlives the machine.
#[derive(Debug)]
pub struct MemoryTarget {
    power: Arc<Power>,
    strongroom: Arc<MemoryStrongroom>,
    there: Mutex<There>,
}

/// Everything at a target, as a share's snapshot would have it.
#[derive(Clone, Debug, Default)]
pub struct There {
    sealed: BTreeMap<FileId, Kept>,
    states: BTreeMap<BackupState, (StateFacts, Vec<u8>)>,
    journal: Vec<JournalEntry>,
    is_away: bool,
}

impl There {
    /// Whether a new machine could begin with it.
    pub fn has_state(&self) -> bool {
        !self.states.is_empty()
    }

    /// Whether it has a file.
    pub fn has(&self, file: FileId) -> bool {
        self.sealed.contains_key(&file)
    }
}

impl MemoryTarget {
    /// An empty target beside this strongroom.
    pub fn new(power: Arc<Power>, strongroom: Arc<MemoryStrongroom>) -> Self {
        Self { power, strongroom, there: Mutex::default() }
    }

    /// Takes the disk away, or brings it back.
    pub fn set_away(&self, is_away: bool) {
        lock(&self.there).is_away = is_away;
    }

    /// Whether the disk is away.
    pub fn is_away(&self) -> bool {
        lock(&self.there).is_away
    }

    /// A copy of everything, as somebody may have made it at any time.
    pub fn copy_of_all(&self) -> There {
        lock(&self.there).clone()
    }

    /// The journal as it is now.
    pub fn journal(&self) -> Vec<JournalEntry> {
        lock(&self.there).journal.clone()
    }

    /// Makes a new machine out of a copy: ledger and keys as its newest state has them, and no sealed file yet. False without
    /// a state.
    pub fn restore(&self, copy: &There, ledger: &MemoryLedger) -> bool {
        let Some((state, (_, snapshot))) = copy.states.last_key_value() else { return false };
        ledger.load(snapshot);
        self.strongroom.become_restored(state.epoch);
        true
    }

    /// Brings a sealed file of a copy to the new machine.
    pub fn bring(&self, copy: &There, file: FileId) {
        if let Some(kept) = copy.sealed.get(&file) {
            self.strongroom.put(file, kept.clone());
        }
    }

    fn write<T>(&self, work: impl FnOnce(&mut There) -> PortResult<T>) -> PortResult<T> {
        self.power.write(|| {
            let mut there = lock(&self.there);
            if there.is_away { Err(away()) } else { work(&mut there) }
        })
    }

    fn read<T>(&self, work: impl FnOnce(&There) -> T) -> PortResult<T> {
        self.power.on()?;
        let there = lock(&self.there);
        if there.is_away { Err(away()) } else { Ok(work(&there)) }
    }
}

fn away() -> PortError {
    PortError::try_again(Fault::BackupUnreachable)
}

#[async_trait]
impl BackupTarget for MemoryTarget {
    fn name(&self) -> &str {
        "second disk"
    }

    fn snapshots_kept(&self) -> Period {
        Period::ZERO
    }

    async fn claim(&self) -> PortResult<()> {
        self.read(|_| ())
    }

    async fn inventory(&self) -> PortResult<Vec<(FileId, u64)>> {
        self.read(|there| there.sealed.iter().map(|(file, kept)| (*file, kept.size())).collect())
    }

    async fn copy(&self, file: FileId) -> PortResult<u64> {
        self.write(|there| {
            let kept = self.strongroom.kept(file).ok_or_else(|| PortError::not_possible(Fault::NotFound))?;
            let size = kept.size();
            there.sealed.insert(file, kept);
            Ok(size)
        })
    }

    async fn fetch(&self, file: FileId) -> PortResult<()> {
        let kept = self.read(|there| there.sealed.get(&file).cloned())?;
        let kept = kept.ok_or_else(|| PortError::not_possible(Fault::NotFound))?;
        self.power.write(|| {
            self.strongroom.put(file, kept);
            Ok(())
        })
    }

    async fn erase(&self, file: FileId) -> PortResult<()> {
        self.write(|there| {
            there.sealed.remove(&file);
            Ok(())
        })
    }

    async fn look(&self, file: FileId) -> PortResult<Found> {
        self.read(|there| there.sealed.get(&file).map_or(Found::Nothing, |kept| Found::Sealed(kept.size())))
    }

    async fn note(&self, entries: &[JournalEntry]) -> PortResult<()> {
        self.write(|there| {
            there.journal.extend_from_slice(entries);
            Ok(())
        })
    }

    async fn states(&self) -> PortResult<Vec<BackupState>> {
        self.read(|there| there.states.keys().copied().collect())
    }

    async fn write_state(&self, state: BackupState, facts: StateFacts, ledger: &mut dyn ByteSource) -> PortResult<()> {
        let mut snapshot = Vec::new();
        while let Some(piece) = ledger.next().await? {
            snapshot.extend_from_slice(&piece);
        }
        self.write(|there| {
            there.states.insert(state, (facts, snapshot));
            Ok(())
        })
    }

    async fn destroy_states_but(&self, keep: BackupState) -> PortResult<()> {
        self.write(|there| {
            there.states.retain(|state, _| *state == keep);
            Ok(())
        })
    }

    async fn destroy_all_states(&self) -> PortResult<()> {
        self.write(|there| {
            there.states.clear();
            Ok(())
        })
    }
}

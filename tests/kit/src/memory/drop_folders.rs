//! Drop folders in memory. What lies in them is complete at once.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::{
    Private,
    id::CaseId,
    ports::{ByteSource, DropFolders, DropStanding, Dropped, Fault, PortError, PortResult, Stamp},
};

use super::{Power, lock, strongroom::Whole};

/// Drop folders in memory.
#[derive(Debug)]
pub struct MemoryDropFolders {
    power: Arc<Power>,
    folders: Mutex<BTreeMap<CaseId, BTreeMap<String, Vec<u8>>>>,
}

impl MemoryDropFolders {
    /// None yet.
    pub fn new(power: Arc<Power>) -> Self {
        Self { power, folders: Mutex::default() }
    }

    /// A member of staff saves a file, if the case has a drop folder.
    pub fn save(&self, case: CaseId, name: &str, content: Vec<u8>) -> bool {
        let mut folders = lock(&self.folders);
        let Some(folder) = folders.get_mut(&case) else { return false };
        folder.insert(name.to_owned(), content);
        true
    }

    /// They are gone with their machine.
    pub fn clear(&self) {
        lock(&self.folders).clear();
    }

    /// Everything that lies in any of them, for checks.
    pub fn contents(&self) -> Vec<Vec<u8>> {
        lock(&self.folders).values().flat_map(|folder| folder.values().cloned()).collect()
    }
}

fn stamp(content: &[u8]) -> Stamp {
    Stamp { size: content.len() as u64, written_at: 0, number: 0 }
}

#[async_trait]
impl DropFolders for MemoryDropFolders {
    async fn make(&self, case: CaseId) -> PortResult<Private<String>> {
        self.power.write(|| {
            lock(&self.folders).entry(case).or_default();
            Ok(format!("/drop/{case}").into())
        })
    }

    async fn path(&self, case: CaseId) -> PortResult<Option<Private<String>>> {
        self.power.on()?;
        Ok(lock(&self.folders).contains_key(&case).then(|| format!("/drop/{case}").into()))
    }

    async fn cases(&self) -> PortResult<Vec<CaseId>> {
        self.power.on()?;
        Ok(lock(&self.folders).keys().copied().collect())
    }

    async fn look(&self, case: CaseId) -> PortResult<Vec<Dropped>> {
        self.power.on()?;
        let folders = lock(&self.folders);
        let lies = folders.get(&case).into_iter().flatten().map(|(name, content)| Dropped {
            case,
            name: name.as_str().into(),
            place: Private::new(PathBuf::from(name)),
            stamp: stamp(content),
            standing: if content.is_empty() { DropStanding::Empty } else { DropStanding::Complete },
        });
        Ok(lies.collect())
    }

    async fn open(&self, dropped: &Dropped) -> PortResult<Box<dyn ByteSource>> {
        self.power.on()?;
        let folders = lock(&self.folders);
        let content = folders.get(&dropped.case).and_then(|folder| folder.get(dropped.name.reveal()));
        let content = content.filter(|content| stamp(content) == dropped.stamp);
        let content = content.ok_or_else(|| PortError::try_again(Fault::StillWritten))?;
        Ok(Box::new(Whole(Some(Bytes::from(content.clone())))))
    }

    async fn erase(&self, dropped: &Dropped) -> PortResult<()> {
        self.power.write(|| {
            if let Some(folder) = lock(&self.folders).get_mut(&dropped.case) {
                folder.remove(dropped.name.reveal());
            }
            Ok(())
        })
    }

    async fn remove(&self, case: CaseId) -> PortResult<()> {
        self.power.write(|| {
            let mut folders = lock(&self.folders);
            if folders.get(&case).is_some_and(BTreeMap::is_empty) {
                folders.remove(&case);
            }
            Ok(())
        })
    }
}

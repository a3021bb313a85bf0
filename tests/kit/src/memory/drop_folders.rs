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
    ports::{
        Bounds, Brought, ByteSource, Chosen, DropFolders, DropStanding, Dropped, Fault, Misfit, PortError, PortResult,
        Stamp, Unfit,
    },
};

use super::{Power, lock, strongroom::Whole};

/// Drop folders in memory.
#[derive(Debug)]
pub struct MemoryDropFolders {
    power: Arc<Power>,
    folders: Mutex<BTreeMap<CaseId, BTreeMap<String, Vec<u8>>>>,
    /// What lies elsewhere on the machine, by its path.
    outside: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
}

impl MemoryDropFolders {
    /// None yet.
    pub fn new(power: Arc<Power>) -> Self {
        Self { power, folders: Mutex::default(), outside: Mutex::default() }
    }

    /// A member of staff saves a file, if the case has a drop folder.
    pub fn save(&self, case: CaseId, name: &str, content: Vec<u8>) -> bool {
        let mut folders = lock(&self.folders);
        let Some(folder) = folders.get_mut(&case) else { return false };
        folder.insert(name.to_owned(), content);
        true
    }

    /// A member of staff has a file elsewhere on the machine.
    pub fn put_outside(&self, path: impl Into<PathBuf>, content: Vec<u8>) {
        lock(&self.outside).insert(path.into(), content);
    }

    /// They are gone with their machine.
    pub fn clear(&self) {
        lock(&self.folders).clear();
        lock(&self.outside).clear();
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

    async fn examine(&self, paths: Vec<Private<PathBuf>>, bounds: &Bounds) -> PortResult<Vec<Chosen>> {
        self.power.on()?;
        let outside = lock(&self.outside);
        let examined = paths.into_iter().map(|path| {
            let size = outside.get(path.reveal()).map(|content| content.len() as u64);
            let why = match size {
                None => Some(Unfit::Gone),
                Some(0) => Some(Unfit::Empty),
                Some(size) if size > bounds.max_file_bytes => Some(Unfit::TooLarge),
                Some(_) => None,
            };
            Chosen {
                name: path.reveal().file_name().unwrap_or_default().to_string_lossy().into_owned().into(),
                path,
                is_folder: false,
                files: u64::from(why.is_none()),
                bytes: size.unwrap_or_default(),
                shape: [0; 32],
                misfit: why.map(|why| Misfit { why, inside: None }),
            }
        });
        Ok(examined.collect())
    }

    async fn bring(&self, case: CaseId, chosen: &Chosen, _: &Bounds) -> PortResult<Brought> {
        self.power.write(|| {
            let Some(content) = lock(&self.outside).remove(chosen.path.reveal()) else {
                return Ok(Brought::Left(Misfit { why: Unfit::Gone, inside: None }));
            };
            let (mut folders, name) = (lock(&self.folders), chosen.name.reveal());
            let folder = folders.entry(case).or_default();
            let names = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name} ({number})")));
            if let Some(free) = names.into_iter().find(|name| !folder.contains_key(name)) {
                folder.insert(free, content);
            }
            Ok(Brought::Moved)
        })
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

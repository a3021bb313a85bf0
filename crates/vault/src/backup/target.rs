//! A backup target: a folder on another disk or on a share.

use std::{
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use async_trait::async_trait;
use custody_core::{
    backup::JournalEntry,
    id::{DeskId, FileId},
    period::Period,
    ports::{BackupState, BackupTarget, ByteSource, Fault, Found, PortError, PortResult, StateFacts},
};

use super::{
    journal,
    patience::{Alive, Patience},
    state::{self, Digested},
};
use crate::{
    disk::{self, Disk, Lies, create_anew, disk_trouble},
    strongroom::turns::Turns,
    vault::Desk,
};

const PIECE: usize = 1 << 20;
const OWNER: &str = "installation";
const OWNER_LIMIT: u64 = 1 << 10;
const README: &str = "This folder is a backup of a Custody desk. Do not edit or rename anything in it.\n\
                      Everything here is encrypted for the recovery kit of that desk, except `erasures`: a list of random\n\
                      ids of files that were erased, which a restore does again.\n\
                      To restore: custody restore --from <this folder>\n";

/// One of them. Cheap to clone.
#[derive(Clone)]
pub struct Target(Arc<Inner>);

struct Inner {
    desk: Arc<Desk>,
    name: String,
    folder: PathBuf,
    snapshots_kept: Period,
    /// No file is copied twice at once,
    copying: Turns,
    /// and none is given its name while it is being removed.
    placing: Turns,
    patience: Patience,
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Target").field("name", &self.0.name).finish_non_exhaustive()
    }
}

/// The folder of a desk within the folder that people chose.
pub(super) fn folder_of(chosen: &Path, desk: DeskId) -> PathBuf {
    chosen.join(format!("custody-{desk}"))
}

pub(super) fn journal_of(folder: &Path) -> PathBuf {
    folder.join("erasures")
}

fn sealed_of(folder: &Path) -> PathBuf {
    folder.join("sealed")
}

impl Target {
    pub(super) fn new(desk: Arc<Desk>, name: String, chosen: &Path, snapshots_kept: Period) -> Self {
        let folder = folder_of(chosen, desk.id());
        Self::with(desk, name, folder, snapshots_kept)
    }

    /// The backup in this very folder, to fetch from.
    pub(super) fn at(desk: Arc<Desk>, folder: PathBuf) -> Self {
        Self::with(desk, String::new(), folder, Period::ZERO)
    }

    fn with(desk: Arc<Desk>, name: String, folder: PathBuf, snapshots_kept: Period) -> Self {
        Self(Arc::new(Inner {
            desk,
            name,
            folder,
            snapshots_kept,
            copying: Turns::default(),
            placing: Turns::default(),
            patience: Patience::default(),
        }))
    }

    /// Runs work there, where it may block, as long as the place answers.
    async fn there<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner, &Alive) -> PortResult<T> + Send + 'static,
    ) -> PortResult<T> {
        let it = self.0.clone();
        self.0.patience.blocking(move |alive| work(&it, alive)).await
    }

    /// Makes the folders there, the first time. A folder that another installation took stays with it unless `take_over`.
    pub async fn prepare(&self, take_over: bool) -> PortResult<()> {
        self.there(move |it, _| {
            let disk = &*it.desk.disk;
            for folder in [it.folder.clone(), sealed_of(&it.folder), journal_of(&it.folder)] {
                make_folder(disk, &folder)?;
            }
            let owner = it.folder.join(OWNER);
            let installation = it.desk.installation()?;
            match disk::read(disk, &owner, OWNER_LIMIT).map_err(disk_trouble)? {
                Some(found) if found == installation.as_bytes() => return Ok(()),
                Some(_) if !take_over => return Err(PortError::needs_person(Fault::BackupTaken)),
                _ => {}
            }
            disk::replace(disk, &it.folder.join("README.txt"), README.as_bytes()).map_err(disk_trouble)?;
            disk::replace(disk, &owner, installation.as_bytes()).map_err(disk_trouble)
        })
        .await
    }

    /// Bytes of the sealed files there.
    pub async fn bytes(&self) -> PortResult<u64> {
        Ok(self.inventory().await?.into_iter().map(|(_, size)| size).sum())
    }
}

/// Some file systems of shares and sticks know no owner-only folder. What lies in it is encrypted.
fn make_folder(disk: &dyn Disk, folder: &Path) -> PortResult<()> {
    match disk.make_folder(folder) {
        Err(cause) if cause.kind() == io::ErrorKind::PermissionDenied => {
            match disk.look(folder).map_err(disk_trouble)? {
                Some(Lies::Folder) => Ok(()),
                _ => Err(disk_trouble(cause)),
            }
        }
        other => other.map_err(disk_trouble),
    }
}

/// Some shares cannot sync a folder: they make a rename last by themselves, or not at all, and nobody can ask for more.
pub(super) fn sync_folder(disk: &dyn Disk, folder: &Path) -> PortResult<()> {
    match disk.sync_folder(folder) {
        Err(cause) if matches!(cause.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        other => other.map_err(disk_trouble),
    }
}

impl Inner {
    fn sealed(&self, file: FileId) -> PathBuf {
        sealed_of(&self.folder).join(format!("{file}.age"))
    }

    fn part(&self, file: FileId) -> PathBuf {
        sealed_of(&self.folder).join(format!("{file}.part"))
    }

    /// Copies to the part file, and reads that again.
    fn pour(&self, file: FileId, alive: &Alive) -> PortResult<u64> {
        let disk = &*self.desk.disk;
        let part = self.part(file);
        let from = disk.open(&self.desk.places.sealed_file(file)).map_err(gone_or_trouble)?;
        let (size, digest) = copy_bytes(disk, from, &part, alive)?;
        if state::digest_of(disk, &part, alive)? == digest {
            Ok(size)
        } else {
            Err(PortError::try_again(Fault::DiskTrouble).because("a copy reads otherwise than it was written"))
        }
    }

    /// Gives the copy its name, if the original is still there.
    fn place(&self, file: FileId) -> PortResult<()> {
        let disk = &*self.desk.disk;
        if disk.look(&self.desk.places.sealed_file(file)).map_err(disk_trouble)?.is_none() {
            disk.remove(&self.part(file)).map_err(disk_trouble)?;
            return Err(PortError::not_possible(Fault::NotFound));
        }
        disk.rename(&self.part(file), &self.sealed(file)).map_err(gone_or_trouble)?;
        sync_folder(disk, &sealed_of(&self.folder))
    }

    fn remove(&self, file: FileId) -> PortResult<()> {
        let disk = &*self.desk.disk;
        for path in [self.sealed(file), self.part(file)] {
            disk.remove(&path).map_err(disk_trouble)?;
        }
        sync_folder(disk, &sealed_of(&self.folder))
    }

    fn look(&self, file: FileId) -> PortResult<Found> {
        for path in [self.sealed(file), self.part(file)] {
            match self.desk.disk.look(&path).map_err(disk_trouble)? {
                Some(Lies::File(size)) => return Ok(Found::Sealed(size)),
                Some(_) => return Ok(Found::Sealed(0)),
                None => {}
            }
        }
        Ok(Found::Nothing)
    }

    fn fetch(&self, file: FileId, alive: &Alive) -> PortResult<()> {
        let (disk, places) = (&*self.desk.disk, &self.desk.places);
        let from = disk.open(&self.sealed(file)).map_err(gone_or_trouble)?;
        let (part, sealed) = (places.part_file(file), places.sealed_file(file));
        copy_bytes(disk, from, &part, alive)?;
        disk.rename(&part, &sealed).map_err(disk_trouble)?;
        disk.sync_folder(&places.sealed()).map_err(disk_trouble)
    }

    /// Overwrites and removes states. Each holds the key of its epoch, for the recovery kit.
    fn destroy_states(&self, keep: Option<BackupState>) -> PortResult<()> {
        let disk = &*self.desk.disk;
        for state in state::list(disk, &self.folder)? {
            if Some(state) == keep {
                continue;
            }
            let path = self.folder.join(state::name_of(state));
            if let Some(mut old) = disk.grip(&path).map_err(disk_trouble)? {
                old.overwrite().map_err(disk_trouble)?;
            }
            disk.remove(&path).map_err(disk_trouble)?;
        }
        sync_folder(disk, &self.folder)
    }
}

fn gone_or_trouble(cause: io::Error) -> PortError {
    match cause.kind() {
        io::ErrorKind::NotFound => PortError::not_possible(Fault::NotFound).because(cause),
        _ => disk_trouble(cause),
    }
}

fn copy_bytes(
    disk: &dyn Disk,
    mut from: Box<dyn io::Read + Send>,
    part: &Path,
    alive: &Alive,
) -> PortResult<(u64, [u8; 32])> {
    let mut to = Digested::new(create_anew(disk, part).map_err(disk_trouble)?, alive);
    let (mut size, mut piece) = (0, vec![0; PIECE]);
    loop {
        match from.read(&mut piece) {
            Ok(0) => return Ok((size, to.finish()?)),
            Ok(count) => {
                to.write_all(&piece[..count]).map_err(disk_trouble)?;
                size += count as u64;
            }
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(disk_trouble(cause)),
        }
    }
}

#[async_trait]
impl BackupTarget for Target {
    fn name(&self) -> &str {
        &self.0.name
    }

    fn snapshots_kept(&self) -> Period {
        self.0.snapshots_kept
    }

    async fn claim(&self) -> PortResult<()> {
        self.there(move |it, _| {
            let installation = it.desk.installation()?;
            match disk::read(&*it.desk.disk, &it.folder.join(OWNER), OWNER_LIMIT) {
                Ok(Some(found)) if found == installation.as_bytes() => Ok(()),
                Ok(Some(_)) => Err(PortError::needs_person(Fault::BackupTaken)),
                // The disk is not there: an empty folder in its place must not be taken for it.
                Ok(None) => Err(PortError::try_again(Fault::BackupUnreachable)),
                Err(cause) => Err(PortError::try_again(Fault::BackupUnreachable).because(cause)),
            }
        })
        .await
    }

    async fn inventory(&self) -> PortResult<Vec<(FileId, u64)>> {
        self.there(move |it, _| {
            let listed = it.desk.disk.list(&sealed_of(&it.folder)).map_err(disk_trouble)?;
            Ok(listed
                .into_iter()
                .filter_map(|entry| {
                    let Lies::File(size) = entry.lies else { return None };
                    let file = entry.name.to_str()?.strip_suffix(".age")?.parse().ok()?;
                    Some((file, size))
                })
                .collect())
        })
        .await
    }

    async fn copy(&self, file: FileId) -> PortResult<u64> {
        let _copying = self.0.patience.turn(self.0.copying.of(*file.as_bytes())).await?;
        let size = self.there(move |it, alive| it.pour(file, alive)).await?;
        let placing = self.0.patience.turn(self.0.placing.of(*file.as_bytes())).await?;
        self.there(move |it, _| {
            let _placing = placing;
            it.place(file)
        })
        .await?;
        Ok(size)
    }

    async fn fetch(&self, file: FileId) -> PortResult<()> {
        let turn = self.0.patience.turn(self.0.desk.turns.of(*file.as_bytes())).await?;
        self.there(move |it, alive| {
            let _turn = turn;
            it.fetch(file, alive)
        })
        .await
    }

    async fn erase(&self, file: FileId) -> PortResult<()> {
        let placing = self.0.patience.turn(self.0.placing.of(*file.as_bytes())).await?;
        self.there(move |it, _| {
            let _placing = placing;
            it.remove(file)
        })
        .await
    }

    async fn look(&self, file: FileId) -> PortResult<Found> {
        self.there(move |it, _| it.look(file)).await
    }

    async fn note(&self, entries: &[JournalEntry]) -> PortResult<()> {
        let entries = entries.to_vec();
        self.there(move |it, _| journal::add(&*it.desk.disk, &journal_of(&it.folder), &entries)).await
    }

    async fn states(&self) -> PortResult<Vec<BackupState>> {
        self.there(move |it, _| state::list(&*it.desk.disk, &it.folder)).await
    }

    async fn write_state(&self, state: BackupState, facts: StateFacts, ledger: &mut dyn ByteSource) -> PortResult<()> {
        state::write(&self.0.desk, &self.0.folder, &self.0.patience, state, facts, ledger).await
    }

    async fn destroy_states_but(&self, keep: BackupState) -> PortResult<()> {
        self.there(move |it, _| it.destroy_states(Some(keep))).await
    }

    async fn destroy_all_states(&self) -> PortResult<()> {
        self.there(move |it, _| it.destroy_states(None)).await
    }
}

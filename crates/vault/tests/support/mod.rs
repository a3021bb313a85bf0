//! What the tests of this crate share.
#![expect(dead_code, reason = "each test file uses a part of this")]

pub mod hybrid;

use std::{collections::VecDeque, path::Path};

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::{
    id::{FileId, ViewingCopyId},
    ports::{ByteSource, KeyStore, PortError, PortResult, SealedFile, Strongroom},
    transition::Wrap,
};
use custody_vault::{Places, Vault, VaultOptions, WorkFactor};

pub const PASSPHRASE: &str = "correct horse";
pub const NO_LIMIT: u64 = u64::MAX;

/// A source that gives these pieces and then ends, well or with an error.
#[derive(Debug, Default)]
pub struct Pieces {
    pub pieces: VecDeque<Bytes>,
    pub error: Option<PortError>,
}

impl Pieces {
    pub fn of(content: &[u8], size: usize) -> Self {
        Self { pieces: content.chunks(size.max(1)).map(Bytes::copy_from_slice).collect(), error: None }
    }

    pub fn then(self, error: PortError) -> Self {
        Self { error: Some(error), ..self }
    }
}

#[async_trait]
impl ByteSource for Pieces {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        match self.pieces.pop_front() {
            Some(piece) => Ok(Some(piece)),
            None => self.error.take().map_or(Ok(None), Err),
        }
    }
}

pub fn options() -> VaultOptions {
    VaultOptions { work_factor: WorkFactor::PRACTICE, ..VaultOptions::default() }
}

pub fn places(root: &Path) -> Places {
    Places::under(root.join("desk")).unwrap()
}

/// A new desk with a key file, unlocked.
pub async fn desk(root: &Path) -> Vault {
    let vault = Vault::create(places(root), KeyStore::KeyFile, PASSPHRASE.into(), options()).await.unwrap();
    vault.unlock(PASSPHRASE.into()).await.unwrap();
    vault
}

pub fn file(number: u8) -> FileId {
    FileId::from_bytes([number; 16])
}

pub fn copy(number: u8) -> ViewingCopyId {
    ViewingCopyId::from_bytes([number; 16])
}

/// Bytes that do not repeat within a chunk, so that swapped chunks differ.
pub fn content(size: usize) -> Vec<u8> {
    (0..size as u64).map(|at| (at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8).collect()
}

pub async fn seal(vault: &Vault, id: FileId, content: &[u8]) -> SealedFile {
    vault.seal(id, 1, &mut Pieces::of(content, 10_000), NO_LIMIT).await.unwrap()
}

/// Everything that a source gives, and the error it ended with.
pub async fn drain(mut source: Box<dyn ByteSource>) -> (Vec<u8>, PortResult<()>) {
    let mut content = Vec::new();
    loop {
        match source.next().await {
            Ok(Some(piece)) => content.extend_from_slice(&piece),
            Ok(None) => return (content, Ok(())),
            Err(error) => return (content, Err(error)),
        }
    }
}

pub async fn opened(vault: &Vault, id: FileId, wraps: &[Wrap]) -> PortResult<Vec<u8>> {
    let (content, end) = drain(vault.open(id, wraps.to_vec()).await?).await;
    end.map(|()| content)
}

/// Every file below a folder with its content.
pub fn files_below(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let content = std::fs::read(&path).unwrap();
                found.push((path, content));
            }
        }
    }
    found
}

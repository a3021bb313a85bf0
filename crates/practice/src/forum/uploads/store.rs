//! Upload rows and the folder their bytes lie in.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use sha1::{Digest, Sha1};
use tempfile::TempDir;

use crate::forum::base62;
use crate::forum::ids::{PostId, UploadId};
use crate::forum::model::State;
use crate::forum::source::PracticeFile;

/// One upload row.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub id: UploadId,
    /// What addresses are made from: the content's SHA-1, or random bytes on a secure site.
    pub sha1: [u8; 20],
    /// Without the dot; empty for none.
    pub extension: String,
    pub original_filename: String,
    pub size: u64,
    pub created_at: Timestamp,
    pub secure: bool,
    pub access_control_post: Option<PostId>,
    pub retain_hours: Option<i64>,
    pub dimensions: Option<(u32, u32)>,
    pub file: PathBuf,
}

/// Bytes whose row is gone, waiting for the purge.
#[derive(Clone, Debug)]
pub(crate) struct Tombstone {
    pub file: PathBuf,
    pub since: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediaKind {
    Image,
    Video,
    Audio,
    Other,
}

impl Upload {
    pub(crate) fn sha1_hex(&self) -> String {
        hex::encode(self.sha1)
    }

    fn dotted(&self, stem: &str) -> String {
        if self.extension.is_empty() { stem.to_owned() } else { format!("{stem}.{}", self.extension) }
    }

    pub(crate) fn short_url(&self) -> String {
        format!("upload://{}", self.dotted(&base62::encode(&self.sha1)))
    }

    pub(crate) fn short_path(&self) -> String {
        format!("/uploads/short-url/{}", self.dotted(&base62::encode(&self.sha1)))
    }

    pub(crate) fn direct_path(&self) -> String {
        let name = self.dotted(&self.sha1_hex());
        format!("/uploads/default/original/2X/{}/{name}", &name[..1])
    }

    pub(crate) fn storage_path(&self) -> String {
        let name = self.dotted(&self.sha1_hex());
        format!("/original/3X/{}/{}/{name}", &name[..1], &name[1..2])
    }

    pub(crate) fn secure_path(&self, route: &str) -> String {
        format!("/{route}{}", self.storage_path())
    }

    /// The form from before content addressing: sixteen hex digits that are no digest.
    pub(crate) fn legacy_path(&self) -> String {
        let name = self.dotted(&self.sha1_hex()[..16]);
        format!("/uploads/default/{}/{name}", self.id)
    }

    pub(crate) fn media_kind(&self) -> MediaKind {
        match self.extension.as_str() {
            "png" | "jpg" | "jpeg" | "gif" | "webp" => MediaKind::Image,
            "mp4" | "mov" | "webm" => MediaKind::Video,
            "mp3" | "ogg" | "wav" => MediaKind::Audio,
            _ => MediaKind::Other,
        }
    }
}

/// Bytes written to the folder that no row names yet.
#[derive(Debug)]
pub(crate) struct Written {
    pub file: PathBuf,
    pub size: u64,
    pub sha1: [u8; 20],
    pub dimensions: Option<(u32, u32)>,
}

/// Takes bytes as they come: counts, digests and remembers only the first few.
#[derive(Debug, Default)]
pub(crate) struct Measure {
    size: u64,
    digest: Sha1,
    head: Vec<u8>,
}

impl Measure {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        self.digest.update(bytes);
        let room = 24usize.saturating_sub(self.head.len());
        self.head.extend(bytes.iter().take(room));
    }

    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    pub(crate) fn finish(self, file: PathBuf) -> Written {
        Written { file, size: self.size, sha1: self.digest.finalize().into(), dimensions: png_dimensions(&self.head) }
    }
}

fn png_dimensions(head: &[u8]) -> Option<(u32, u32)> {
    let rest = head.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let width = rest.get(8..12)?.try_into().ok()?;
    let height = rest.get(12..16)?.try_into().ok()?;
    Some((u32::from_be_bytes(width), u32::from_be_bytes(height)))
}

/// The folder uploads lie in; it goes away with the forum.
#[derive(Debug)]
pub(crate) struct Folder {
    dir: TempDir,
    next: AtomicU64,
}

impl Folder {
    pub(crate) fn create() -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("custody-practice-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        Ok(Self { dir: builder.tempdir()?, next: AtomicU64::new(1) })
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn fresh(&self) -> PathBuf {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.dir.path().join(format!("upload-{number}"))
    }

    /// Writes a scripted file, piece by piece.
    pub(crate) fn write(&self, source: &PracticeFile) -> io::Result<Written> {
        let path = self.fresh();
        let mut file = File::create(&path)?;
        let mut measure = Measure::default();
        for chunk in source.chunks() {
            measure.add(&chunk);
            file.write_all(&chunk)?;
        }
        Ok(measure.finish(path))
    }

    pub(crate) fn remove(&self, file: &Path) {
        // Gone already is as good as removed; the whole folder goes away with the forum anyway.
        let _ = std::fs::remove_file(file);
    }
}

/// Makes a row for written bytes, or finds the row that already has them.
///
/// On ordinary sites the same bytes share one row, and the first uploader's name stays.
pub(crate) fn adopt(state: &mut State, folder: &Folder, written: Written, name: &str, now: Timestamp) -> UploadId {
    let secure = state.options.storage.is_secure();
    let mut sha1 = written.sha1;
    if secure {
        crate::random::fill(&mut sha1);
    } else if let Some(same) = state.uploads.values().find(|upload| upload.sha1 == sha1) {
        folder.remove(&written.file);
        return same.id;
    }
    let id = UploadId(state.next_number());
    state.uploads.insert(
        id,
        Upload {
            id,
            sha1,
            extension: extension(name),
            original_filename: name.to_owned(),
            size: written.size,
            created_at: now,
            secure,
            access_control_post: None,
            retain_hours: None,
            dimensions: written.dimensions,
            file: written.file,
        },
    );
    id
}

/// The extension an upload keeps: at most ten letters or digits, in lower case.
fn extension(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    match base.rsplit_once('.') {
        Some((stem, extension))
            if !stem.is_empty()
                && (1..=10).contains(&extension.len())
                && extension.bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            extension.to_ascii_lowercase()
        }
        _ => String::new(),
    }
}

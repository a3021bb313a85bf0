//! Sealing: bytes in, an age file and wraps out, and no plaintext on any disk.
//!
//! The digests run in one thread and encryption in another, on the same shared portions, so memory stays the same for any
//! size. The order on disk is: part file, age's final chunk, sync, rename, sync of the folder.

use std::{
    io::{self, BufWriter, Write},
    iter,
    sync::Arc,
};

use custody_core::{
    Private,
    id::FileId,
    ports::{ByteSource, Fault, PortError, PortResult, SealedFile},
    transition::Wrap,
};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use tokio::{
    sync::mpsc::{Receiver, channel},
    task::spawn_blocking,
};

use super::{
    age_stream::{Form, OpenError, open_age},
    pour::{PORTION, Portion, Poured, UNDERWAY, pour, pour_out},
};
use crate::{
    blocking::join,
    chance::random,
    disk::{NewFile, create_anew, disk_trouble},
    keys::{epoch, wrap},
    vault::Desk,
};

/// Holds the header of one recipient; larger pieces go past it.
const HEADER_ROOM: usize = 8 << 10;

/// Whether what was sealed is opened again while its key is still at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// The source can be asked again.
    No,
    /// The source is erased next.
    Open,
}

/// Seals `body`; see [`Strongroom::seal`](custody_core::ports::Strongroom::seal).
pub(super) async fn seal(
    desk: &Arc<Desk>,
    file: FileId,
    epoch: i64,
    body: &mut dyn ByteSource,
    limit: u64,
    check: Check,
) -> PortResult<SealedFile> {
    let seat = desk.seats.clone().acquire_owned().await.map_err(|closed| {
        // Never closed while the desk lives.
        PortError::try_again(Fault::DiskTrouble).because(closed)
    })?;
    let turn = desk.turns.of(*file.as_bytes()).await;
    let salt = random()?;
    let (to_digests, for_digests) = channel(UNDERWAY);
    let (to_disk, for_disk) = channel(UNDERWAY);
    let digesting = spawn_blocking(move || digest(&salt, for_digests));
    let writing = spawn_blocking({
        let desk = desk.clone();
        move || {
            let _held = (seat, turn);
            write(&desk, file, epoch, for_disk, (check == Check::Open).then_some(&salt))
        }
    });
    let poured = pour(body, limit, &[to_digests, to_disk]).await;
    // Both are waited for in any case: when this returns, no part file is left of a seal that failed.
    let (digests, written) = (join(digesting).await, join(writing).await);
    let size = match poured? {
        Poured::All(size) => Some(size),
        Poured::WriterGone => None,
    };
    let Written { sealed_size, wraps, reads } = written??;
    let (digest, sha1) = digests?;
    let size = size.ok_or_else(|| PortError::try_again(Fault::DiskTrouble).because("the digests ended early"))?;
    if reads.is_some_and(|reads| reads != digest) {
        let desk = desk.clone();
        join(spawn_blocking(move || tidy(&desk, file))).await?;
        return Err(PortError::try_again(Fault::DiskTrouble).because("what was sealed is not what was given"));
    }
    Ok(SealedFile { size, sealed_size, salt: Private::new(salt), digest, sha1: Private::new(sha1), wraps })
}

/// SHA-256 of the salt and then the content, and SHA-1 of the content.
fn digest(salt: &[u8; 32], mut portions: Receiver<Portion>) -> ([u8; 32], [u8; 20]) {
    let (mut salted, mut plain) = (Sha256::new_with_prefix(salt), Sha1::new());
    while let Some(Portion::Bytes(portion)) = portions.blocking_recv() {
        salted.update(&portion);
        plain.update(&portion);
    }
    (salted.finalize().into(), plain.finalize().into())
}

/// What was written.
struct Written {
    sealed_size: u64,
    wraps: Vec<Wrap>,
    /// The salted digest of what it opens to, if it was opened again.
    reads: Option<[u8; 32]>,
}

/// Writes the sealed file, and opens it again with `check`, the salt of its digest. Whatever fails, nothing of it stays.
fn write(
    desk: &Desk,
    file: FileId,
    epoch: i64,
    portions: Receiver<Portion>,
    check: Option<&[u8; 32]>,
) -> PortResult<Written> {
    let key = epoch::load(&*desk.store, epoch)?;
    let identity = age::x25519::Identity::generate();
    let text = identity.to_string();
    let wraps: PortResult<Vec<Wrap>> =
        desk.recipients().iter().map(|recipient| wrap::seal(file, epoch, &key, recipient, &text)).collect();
    let wraps = wraps?;
    let written = write_sealed(desk, file, &identity, portions).and_then(|sealed_size| {
        let reads = check.map(|salt| read_again(desk, file, &identity, salt)).transpose()?;
        Ok((sealed_size, reads))
    });
    match written {
        Ok((sealed_size, reads)) => Ok(Written { sealed_size, wraps, reads }),
        Err(error) => {
            tidy(desk, file);
            Err(error)
        }
    }
}

/// The salted digest of what a sealed file opens to.
fn read_again(desk: &Desk, file: FileId, identity: &age::x25519::Identity, salt: &[u8; 32]) -> PortResult<[u8; 32]> {
    let sealed = desk.disk.open(&desk.places.sealed_file(file)).map_err(disk_trouble)?;
    // It was written a moment ago: what does not open is the disk's doing, and nobody's hand.
    let odd = |error: OpenError| match error {
        OpenError::Disk(cause) => disk_trouble(cause),
        damage => PortError::try_again(Fault::DiskTrouble).because(damage),
    };
    let mut opened = open_age(sealed, Form::Binary, &[identity]).map_err(odd)?;
    let mut digest = Sha256::new_with_prefix(salt);
    while let Some(piece) = opened.piece(PORTION).map_err(odd)? {
        digest.update(&piece);
    }
    Ok(digest.finalize().into())
}

fn write_sealed(
    desk: &Desk,
    file: FileId,
    identity: &age::x25519::Identity,
    mut portions: Receiver<Portion>,
) -> PortResult<u64> {
    let (part, sealed) = (desk.places.part_file(file), desk.places.sealed_file(file));
    let encryptor = age::Encryptor::with_recipients(iter::once(&identity.to_public() as &dyn age::Recipient))
        .map_err(|cause| PortError::not_possible(Fault::KeychainTrouble).because(cause))?;
    let counted = Counted { file: create_anew(&*desk.disk, &part).map_err(disk_trouble)?, count: 0 };
    // The age crate forgets what kind of error met its header: so the header waits here for the first chunk.
    let buffered = BufWriter::with_capacity(HEADER_ROOM, counted);
    let mut writer = encryptor.wrap_output(buffered).map_err(disk_trouble)?;
    pour_out(&mut portions, &mut writer)?;
    let buffered = writer.finish().map_err(disk_trouble)?;
    let Counted { mut file, count } = buffered.into_inner().map_err(|error| disk_trouble(error.into_error()))?;
    file.sync().map_err(disk_trouble)?;
    drop(file);
    desk.disk.rename(&part, &sealed).map_err(disk_trouble)?;
    desk.disk.sync_folder(&desk.places.sealed()).map_err(disk_trouble)?;
    Ok(count)
}

/// Without its key, which was just dropped, what was written is noise; leaving it would only be untidy.
fn tidy(desk: &Desk, file: FileId) {
    for path in [desk.places.part_file(file), desk.places.sealed_file(file)] {
        if let Err(cause) = desk.disk.remove(&path) {
            tracing::warn!(%file, %cause, "strongroom.seal: the remains of a seal that failed stay until the next one");
        }
    }
}

struct Counted {
    file: Box<dyn NewFile>,
    count: u64,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.count += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

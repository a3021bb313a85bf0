//! Opening a sealed file: wrap, epoch key, desk identity, file identity, stream.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::{
    id::FileId,
    ports::{ByteSource, Fault, PortError, PortResult},
    transition::Wrap,
};
use tokio::task::{JoinHandle, spawn_blocking};

use super::age_stream::{Form, OpenError, Opened, open_age};
use crate::{
    blocking::join,
    disk::disk_trouble,
    keys::{epoch, identity::Pass, wrap},
    vault::Desk,
};

const PIECE: usize = 512 << 10;

/// Opens the header; the content follows piece by piece.
pub(super) fn open(desk: &Arc<Desk>, file: FileId, wraps: &[Wrap]) -> PortResult<Box<dyn ByteSource>> {
    let pass = desk.unlocked.pass()?;
    let identity = file_identity(desk, file, wraps)?;
    let sealed = open_sealed(desk.disk.open(&desk.places.sealed_file(file)))?;
    let opened = open_age(sealed, Form::Binary, &[&identity])?;
    Ok(Box::new(OpenFile { pass, next: read(opened) }))
}

pub(super) fn open_sealed<T>(opened: std::io::Result<T>) -> PortResult<T> {
    opened.map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => PortError::needs_person(Fault::NotFound).because(cause),
        _ => disk_trouble(cause),
    })
}

/// The identity of one file. It opens that file alone and is useless once the file is erased.
pub(crate) fn file_identity(desk: &Desk, file: FileId, wraps: &[Wrap]) -> PortResult<age::x25519::Identity> {
    let ours = desk.recipient.to_string();
    let wrap = wraps
        .iter()
        .find(|wrap| wrap.recipient == ours)
        .ok_or_else(|| PortError::needs_person(Fault::KeyMissing).because("no wrap for this desk"))?;
    let key = epoch::load(&*desk.store, wrap.epoch)?;
    desk.unlocked.with(|identity| wrap::open(file, wrap, &key, identity))
}

/// A piece read ahead, and the stream it came from.
type Reading = JoinHandle<(Opened<'static>, Result<Option<Vec<u8>>, OpenError>)>;

/// The next piece is opened while the last one is used; an idle stream holds no thread.
struct OpenFile {
    pass: Pass,
    next: Option<Reading>,
}

#[async_trait]
impl ByteSource for OpenFile {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        let Some(reading) = &mut self.next else { return Ok(None) };
        // Awaited in place, so that a caller who stops waiting loses no piece.
        let outcome = join(reading).await;
        self.next = None;
        let (opened, piece) = outcome?;
        self.pass.check()?;
        Ok(piece?.map(|piece| {
            self.next = read(opened);
            Bytes::from(piece)
        }))
    }
}

fn read(mut opened: Opened<'static>) -> Option<Reading> {
    Some(spawn_blocking(move || {
        let piece = opened.piece(PIECE);
        (opened, piece)
    }))
}

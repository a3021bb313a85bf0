//! Space that is put by for the day the disk is full: erasing needs a few pages of the ledger and a key file, and must not wait for
//! somebody to clear up.

use std::io::Write as _;

use custody_core::ports::PortResult;

use crate::{
    blocking::blocking,
    chance::random,
    disk::{Lies, create_anew, disk_trouble},
    vault::{Desk, Vault},
};

/// Enough for thousands of erasures.
const RESERVE: u64 = 8 << 20;
const PIECE: usize = 64 << 10;

impl Vault {
    /// Puts space by, if none is.
    pub async fn keep_reserve(&self) -> PortResult<()> {
        let desk = self.0.clone();
        blocking(move || keep(&desk)).await
    }

    /// Gives the space back to the disk. False if there was none.
    pub async fn spend_reserve(&self) -> PortResult<bool> {
        let desk = self.0.clone();
        blocking(move || desk.disk.remove(&desk.places.reserve()).map_err(disk_trouble)).await
    }
}

fn keep(desk: &Desk) -> PortResult<()> {
    let path = desk.places.reserve();
    if desk.disk.look(&path).map_err(disk_trouble)? == Some(Lies::File(RESERVE)) {
        return Ok(());
    }
    let written = (|| {
        // Not zeros: a file system that compresses would put nothing by.
        let piece: [u8; PIECE] = random().map_err(std::io::Error::other)?;
        let mut file = create_anew(&*desk.disk, &path)?;
        for _ in 0..RESERVE / PIECE as u64 {
            file.write_all(&piece)?;
        }
        file.sync()
    })();
    if written.is_err() {
        // What little there is goes to whoever needs it.
        desk.disk.remove(&path).map_err(disk_trouble)?;
    }
    written.map_err(disk_trouble)
}

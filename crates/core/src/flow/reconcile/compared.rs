//! What a comparison found, and the last one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::FlowError;
use crate::ports::{Fault, PortError, Ports};

/// Where the last comparison is kept.
const LAST: &str = "reconciled";

/// What a comparison found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Compared {
    /// Files in the ledger and in the strongroom, with the same size.
    pub whole: u64,
    /// Bytes of those by the ledger.
    pub counted_bytes: u64,
    /// Sealed files that are arriving, being erased, or lost.
    pub on_the_way: u64,
    /// Bytes of those by the disk.
    pub on_the_way_bytes: u64,
    /// Bytes of all sealed files by their lengths on the disk.
    pub physical_bytes: u64,
    /// Bytes that the disk gives to sealed files and part files, where it says so; otherwise their lengths.
    pub occupied_bytes: u64,
    /// Files that were missing or of another size, and were brought back from a backup.
    pub brought_back: u64,
    /// Files that are missing or of another size; they are `Lost` now.
    pub lost: u64,
    /// Sealed files and part files without a row, set aside now.
    pub unknown: u64,
    /// Part files of files that arrive: their next seal replaces them.
    pub parts: u64,
    /// Part files of refused files and viewing copies without a lease, erased now.
    pub remains: u64,
    /// Other things in the folder of sealed files.
    pub foreign: u64,
    /// Held files whose key the ledger does not have: nobody can open them.
    pub without_key: u64,
    /// Files that are not in custody and whose key the ledger still has.
    pub stray_keys: u64,
    /// Whether the key of the current epoch is missing: nothing can be opened.
    pub epoch_key_missing: bool,
    /// Keys of other epochs.
    pub old_epoch_keys: u64,
    /// Drop folders that no case has.
    pub stray_drop_folders: u64,
    /// Things set aside, now and before.
    pub aside: u64,
    /// Their bytes.
    pub aside_bytes: u64,
}

impl Compared {
    /// Whether there is nothing that a person has to look at. Lost files are waiting for one by themselves.
    pub const fn is_in_order(&self) -> bool {
        self.foreign == 0
            && self.without_key == 0
            && self.stray_keys == 0
            && !self.epoch_key_missing
            && self.old_epoch_keys == 0
            && self.stray_drop_folders == 0
            && self.aside == 0
    }
}

/// A comparison and its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reconciled {
    /// When it was made.
    pub at: Timestamp,
    /// What it found.
    pub found: Compared,
}

pub(super) async fn keep(ports: &Ports, found: Compared) -> Result<(), FlowError> {
    let last = Reconciled { at: ports.clock.now(), found };
    let text = serde_json::to_string(&last).map_err(unwritable)?;
    Ok(ports.ledger.put_mark(LAST, &text).await?)
}

/// The last comparison, if there was one.
pub async fn last(ports: &Ports) -> Result<Option<Reconciled>, FlowError> {
    let text = ports.ledger.mark(LAST).await?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

fn unwritable(cause: serde_json::Error) -> PortError {
    PortError::needs_person(Fault::LedgerTrouble).because(cause)
}

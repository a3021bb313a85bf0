//! Disk against ledger.

use custody_core::held_file::StateName;
use serde::Serialize;
use ts_rs::TS;

/// A comparison of disk and ledger, both ways.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReconciledView {
    /// When it was made, RFC 3339.
    pub at: String,
    /// Whether a person has nothing to look at.
    pub in_order: bool,
    /// Held files that are in the ledger and on the disk, with the same size.
    #[ts(type = "number")]
    pub whole: u64,
    /// Their bytes by the ledger.
    #[ts(type = "number")]
    pub counted_bytes: u64,
    /// Sealed files that are arriving, being erased, or lost.
    #[ts(type = "number")]
    pub on_the_way: u64,
    /// Their bytes by the disk.
    #[ts(type = "number")]
    pub on_the_way_bytes: u64,
    /// Bytes of all sealed files by their lengths on the disk.
    #[ts(type = "number")]
    pub physical_bytes: u64,
    /// Bytes that the disk gives to sealed files and part files.
    #[ts(type = "number")]
    pub occupied_bytes: u64,
    /// Files found missing or of another size and brought back from a backup in this comparison.
    #[ts(type = "number")]
    pub brought_back: u64,
    /// Files found missing or of another size in this comparison.
    #[ts(type = "number")]
    pub lost: u64,
    /// Files without a row, set aside in this comparison.
    #[ts(type = "number")]
    pub unknown: u64,
    /// Part files of files that arrive.
    #[ts(type = "number")]
    pub parts: u64,
    /// Remains that were erased in this comparison.
    #[ts(type = "number")]
    pub remains: u64,
    /// Other things in the folder of sealed files.
    #[ts(type = "number")]
    pub foreign: u64,
    /// Held files whose key the ledger does not have.
    #[ts(type = "number")]
    pub without_key: u64,
    /// Files that are not in custody and whose key the ledger still has.
    #[ts(type = "number")]
    pub stray_keys: u64,
    /// Whether the key of the current epoch is missing.
    pub epoch_key_missing: bool,
    /// Keys of other epochs.
    #[ts(type = "number")]
    pub old_epoch_keys: u64,
    /// Drop folders that no case has.
    #[ts(type = "number")]
    pub stray_drop_folders: u64,
    /// Things that were set aside, now and before.
    #[ts(type = "number")]
    pub aside: u64,
    /// Their bytes.
    #[ts(type = "number")]
    pub aside_bytes: u64,
}

/// Something that the ledger did not know and that was set aside.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AsideView {
    /// What it is called by; made of ids and numbers alone.
    pub name: String,
    /// The id it had in the strongroom.
    pub file: String,
    /// Its length in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// Since when it lies there by the file system, RFC 3339.
    pub since: Option<String>,
    /// What the ledger says of a file with this id: the name of its state, or nothing.
    #[ts(type = "FileView[\"state\"] | null")]
    pub state: Option<StateName>,
}

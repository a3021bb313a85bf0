//! Who opens what at a desk, and where things lie.

use custody_core::ports::KeyStore;
use serde::Serialize;
use ts_rs::TS;

use super::{ApproverView, AsideView, BackupView};
use crate::settings::LedgerSettings;

/// Who opens what, and for how long.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SecurityView {
    /// After how many minutes without input the desk locks itself.
    pub lock_minutes: u32,
    /// Whether text may be copied and printed out of a viewer.
    pub viewer_copies: bool,
    /// The age recipient of the recovery kit.
    pub recovery_recipient: Option<String>,
    /// Everybody for whom the keys of files are sealed.
    pub recipients: Vec<String>,
    /// Who has a key of their own, for what needs two people.
    pub approvers: Vec<ApproverView>,
}

/// Where things lie.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StorageView {
    /// The desk's folder. It is shown, and never taken back as an argument.
    pub folder: String,
    /// Where keys are kept.
    #[ts(type = "\"keychain\" | \"key_file\"")]
    pub key_store: KeyStore,
    /// Where the ledger is.
    #[ts(type = "\"embedded\" | \"postgres\"")]
    pub ledger: LedgerSettings,
    /// The backups.
    pub backups: Vec<BackupView>,
    /// What the ledger did not know and was set aside.
    pub aside: Vec<AsideView>,
}

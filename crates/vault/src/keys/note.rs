//! The note beside the keys: which desk this is and where its keys are. It holds no secret.

use custody_core::{
    id::DeskId,
    ports::{Fault, KeyStore, PortError, PortResult},
};
use serde::{Deserialize, Serialize};

use crate::{
    disk::{self, Disk, disk_trouble},
    places::Places,
};

const VERSION: u32 = 1;
const LIMIT: u64 = 64 << 10;

/// Written last when a desk is made: a desk without its note was never finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Note {
    version: u32,
    /// Names this desk's entries in the keychain.
    pub(crate) desk: DeskId,
    /// Where the keys are.
    pub(crate) key_store: KeyStore,
    /// The desk's age recipient: sealing needs it while the desk is locked.
    pub(crate) recipient: String,
    /// The age recipient of the recovery kit, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) recovery: Option<String>,
    /// Tells this installation from another one of the same desk; made when it is first needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) installation: Option<String>,
    /// Whether a restore has not come to its end.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) restoring: bool,
}

impl Note {
    pub(crate) const fn new(desk: DeskId, key_store: KeyStore, recipient: String) -> Self {
        Self { version: VERSION, desk, key_store, recipient, recovery: None, installation: None, restoring: false }
    }

    pub(crate) fn write(&self, disk: &dyn Disk, places: &Places) -> PortResult<()> {
        let text = serde_json::to_vec_pretty(self)
            .map_err(|cause| PortError::not_possible(Fault::KeychainTrouble).because(cause))?;
        disk::replace(disk, &places.note(), &text).map_err(disk_trouble)
    }

    /// The note, or `None` where no desk was made.
    pub(crate) fn read(disk: &dyn Disk, places: &Places) -> PortResult<Option<Self>> {
        let Some(text) = disk::read(disk, &places.note(), LIMIT).map_err(disk_trouble)? else {
            return Ok(None);
        };
        let note: Self = serde_json::from_slice(&text)
            .map_err(|cause| PortError::needs_person(Fault::KeychainTrouble).because(cause))?;
        if note.version != VERSION {
            return Err(PortError::needs_person(Fault::KeychainTrouble).because("the desk was made by a newer program"));
        }
        Ok(Some(note))
    }
}

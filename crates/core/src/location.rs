//! The places where a copy of a file is or was, and what a look at them found.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::ViewingCopyId;

/// A kind of place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Location {
    /// The age file in the strongroom.
    SealedFile,
    /// The file's key, sealed for one recipient.
    KeyWrap {
        /// The age recipient.
        recipient: String,
    },
    /// A decrypted copy on a lease.
    ViewingCopy {
        /// Which.
        id: ViewingCopyId,
    },
    /// What the forum keeps.
    ForumCopy,
    /// A backup, with the sealed file and the state that has its key.
    Backup {
        /// The target's name in the settings.
        name: String,
    },
    /// The file as it was saved into the drop folder of its case.
    DropFolder,
}

/// What is true of a location. A closed set: a receipt can say nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum LocationState {
    /// It is there.
    Present,
    /// It was removed, and a look afterwards did not find it.
    ErasedVerified,
    /// Every key that could open it is gone.
    KeyDestroyed,
    /// It ends by itself.
    ExpiresOn {
        /// When at the latest.
        date: Timestamp,
    },
    /// Others were asked, and we have not seen it done.
    RequestedNotConfirmed,
    /// It is kept on purpose.
    Held,
    /// It is there and is not ours to erase.
    NotOurs,
    /// It could not be erased.
    Failed,
    /// Nothing certain could be learned.
    Unknown,
}

impl LocationState {
    /// Whether a complete receipt may say this.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::ErasedVerified | Self::KeyDestroyed | Self::ExpiresOn { .. })
    }
}

/// How a location was emptied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Technique {
    /// The file was removed and its folder synced. The medium's own remnants are covered by the destroyed key.
    LogicalDeletion,
    /// The wrap was removed and the epoch key above it destroyed.
    CryptographicErase,
    /// Overwritten once, removed, folder synced. It says nothing about what the medium keeps: a solid-state disk and a
    /// copying file system write elsewhere.
    OverwrittenAndRemoved,
    /// Taken out of the forum's posts; earlier texts are readable in the thread.
    TakenOut,
    /// Taken out of the forum's posts; earlier texts are readable to staff alone.
    TakenOutAndHidden,
    /// Taken out of the forum's posts; earlier texts are gone.
    TakenOutAndPurged,
    /// We did nothing there.
    None,
}

/// How a location was looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The folder was read and the file was not in it.
    FolderRead,
    /// The ledger was asked and the keychain was read.
    LedgerAndKeychainRead,
    /// The forum was asked for it.
    ForumAsked,
    /// The backup was read: it has no such file, and no state of an earlier epoch.
    BackupRead,
    /// No look was possible.
    NoLook,
}

/// What the look-again saw at one location.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Where.
    pub location: Location,
    /// How it was emptied.
    pub technique: Technique,
    /// How it was looked at.
    pub check: Check,
    /// When.
    pub checked_at: Timestamp,
    /// What was found.
    pub state: LocationState,
}

impl Proof {
    /// Whether this is a place we answer for that is not empty: as long as there is one, the file is not erased.
    ///
    /// A backup that cannot be reached is none of them: its receipt is partial until it was looked at.
    pub fn is_ours_and_open(&self) -> bool {
        !self.is_looked_at_again() && !self.state.is_closed()
    }

    /// Whether a later look at this place may close what a first receipt left open.
    pub const fn is_looked_at_again(&self) -> bool {
        matches!(self.location, Location::ForumCopy | Location::Backup { .. })
    }
}

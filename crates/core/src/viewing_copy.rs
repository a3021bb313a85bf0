//! A short-lived decrypted copy on a lease. It is in custody too: listed, expiring, erased before a receipt is signed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    event::{Actor, Event, EventKind},
    id::{FileId, PersonId, ViewingCopyId},
    transition::{Transition, Write},
};

/// A viewing copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewingCopy {
    /// Which copy; also the name of its folder.
    pub id: ViewingCopyId,
    /// Of which file.
    pub file: FileId,
    /// For whom.
    pub by: PersonId,
    /// When it was made.
    pub made_at: Timestamp,
    /// When the lease ends.
    pub until: Timestamp,
    /// When and why it was erased.
    pub ended: Option<(Timestamp, Ended)>,
    /// Counts writes.
    pub version: i64,
}

/// Why a viewing copy ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// The person was done.
    Done,
    /// The lease was over.
    LeaseOver,
    /// The desk was locked.
    Locked,
    /// The file is being erased.
    Erasing,
    /// Found after a restart.
    Restart,
}

impl ViewingCopy {
    /// Records the lease. Written before the copy exists, so that a crash leaves no unlisted copy.
    pub fn lease(id: ViewingCopyId, file: FileId, by: PersonId, until: Timestamp, now: Timestamp) -> Transition {
        let copy = Self { id, file, by, made_at: now, until, ended: None, version: 0 };
        let kind = EventKind::ViewingCopyMade { copy: id, file, until };
        Transition::new(Write::ViewingCopy(copy), Event { at: now, actor: Actor::Person(by), kind })
    }

    /// Records that the copy is gone. Called after the folder was looked at again.
    pub fn end(self, why: Ended, now: Timestamp) -> Transition {
        let kind = EventKind::ViewingCopyEnded { copy: self.id, file: self.file, why };
        let copy = Self { ended: Some((now, why)), version: self.version + 1, ..self };
        Transition::new(Write::ViewingCopy(copy), Event { at: now, actor: Actor::Desk, kind })
    }
}

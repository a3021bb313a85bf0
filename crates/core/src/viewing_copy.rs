//! A short-lived decrypted copy on a lease. It is in custody too, with whatever programs leave beside it: listed, expiring,
//! erased before a receipt is signed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    event::{Actor, Event, EventKind},
    id::{FileId, PersonId, ViewingCopyId},
    ports::{Emptied, Fault},
    private::Private,
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
    /// The most files that were seen beside it at a time.
    pub beside: u64,
    /// Set while it could not be ended; every look after the leases tries again.
    pub stays: Option<Stays>,
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

/// A copy that was to end and is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stays {
    /// Why it was to end.
    pub why: Ended,
    /// What kept it.
    pub fault: Fault,
}

impl ViewingCopy {
    /// Records the lease. Written before the copy exists, so that a crash leaves no unlisted copy.
    pub fn lease(
        id: ViewingCopyId,
        file: FileId,
        by: PersonId,
        reason: Private<String>,
        until: Timestamp,
        now: Timestamp,
    ) -> Transition {
        let copy = Self { id, file, by, made_at: now, until, beside: 0, stays: None, ended: None, version: 0 };
        let kind = EventKind::ViewingCopyMade { copy: id, file, until };
        let write = Write::ViewingCopy { copy, reason: Some(reason) };
        Transition::new(write, Event { at: now, actor: Actor::Person(by), kind })
    }

    /// Records that a person wants it for longer.
    pub fn extend(self, by: PersonId, until: Timestamp, now: Timestamp) -> Transition {
        let kind = EventKind::ViewingCopyExtended { copy: self.id, file: self.file, until };
        let copy = Self { until, version: self.version + 1, ..self };
        copy.changed(Event { at: now, actor: Actor::Person(by), kind })
    }

    /// Whether so many files beside it are worth a row: the first, and then whenever there are twice as many. What lies
    /// there now is looked up when somebody asks; an archive that is unpacked there must not fill the ledger.
    pub const fn is_news(&self, beside: u64) -> bool {
        beside > 0 && beside >= self.beside.saturating_mul(2)
    }

    /// Records that programs left files beside it.
    pub fn note_beside(self, beside: u64, now: Timestamp) -> Transition {
        let kind = EventKind::ViewingCopyBeside { copy: self.id, file: self.file, beside };
        let copy = Self { beside: beside.max(self.beside), version: self.version + 1, ..self };
        copy.changed(Event { at: now, actor: Actor::Desk, kind })
    }

    /// Records that it could not be ended. `beside` is what lay beside it when that began.
    pub fn stay(self, stays: Stays, beside: u64, now: Timestamp) -> Transition {
        let kind = EventKind::ViewingCopyStays { copy: self.id, file: self.file, fault: stays.fault };
        let beside = beside.max(self.beside);
        let copy = Self { beside, stays: Some(stays), version: self.version + 1, ..self };
        copy.changed(Event { at: now, actor: Actor::Desk, kind })
    }

    /// Records that the copy is gone, with what lay beside it. Called after the folder was looked at again.
    pub fn end(self, why: Ended, emptied: Emptied, now: Timestamp) -> Transition {
        let beside = emptied.beside.max(self.beside);
        let Emptied { elsewhere, .. } = emptied;
        let kind = EventKind::ViewingCopyEnded { copy: self.id, file: self.file, why, beside, elsewhere };
        let copy = Self { beside, stays: None, ended: Some((now, why)), version: self.version + 1, ..self };
        copy.changed(Event { at: now, actor: Actor::Desk, kind })
    }

    const fn changed(self, event: Event) -> Transition {
        Transition::new(Write::ViewingCopy { copy: self, reason: None }, event)
    }
}

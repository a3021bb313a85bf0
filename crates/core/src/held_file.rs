//! One customer file in our custody: its states, and the only ways between them.
//!
//! ```text
//!              refuse                    spare (reopened, or a hold placed)
//!  Arriving ----------> Refused      +------------------+
//!     | seal                         v                  |
//!     +---------------------------> Held --mark_due--> Due --begin_erasing--> Erasing --finish--> Erased
//!                                    |                  |                       | try again
//!                                    +------ lose ------+-------- lose ---------+--> Lost
//! ```

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    Private,
    event::{Actor, Event, EventKind},
    file_kind::FileKind,
    id::{CaseId, FileId, ReceiptId},
    location::Proof,
    ports::{AttachmentRef, Fault},
    retention::Reason,
    transition::{Transition, Wrap, Write},
};

/// Recognises an attachment that was already taken in, also after everything personal about it is gone.
///
/// It digests the random case id first, so that equal files of two customers do not share a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceMark([u8; 32]);

impl SourceMark {
    /// The mark of upload `upload` in post `post` of a case.
    pub fn of(case: CaseId, post: i64, upload: &str) -> Self {
        let mut digest = Sha256::new();
        digest.update(case.as_bytes());
        digest.update(post.to_be_bytes());
        digest.update(upload.as_bytes());
        Self(digest.finalize().into())
    }

    /// The mark of a file from a drop folder. Nothing of the original outlasts its erasure by which it could be known again,
    /// so the mark is the file's own.
    fn of_dropped(file: FileId) -> Self {
        let mut digest = Sha256::new();
        digest.update(b"drop folder");
        digest.update(file.as_bytes());
        Self(digest.finalize().into())
    }

    /// A mark read back from the ledger.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The personal side of a file; erased when the case is forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDetails {
    /// The name the customer gave it, as the post shows it or as it was saved. Hostile: only ever shown as text.
    pub name: Private<String>,
    /// Where it came from.
    pub source: Source,
    /// The salt of the digest, once sealed.
    pub salt: Option<Private<[u8; 32]>>,
}

/// Where a file came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// It hangs on a post of the thread.
    Attachment(AttachmentRef),
    /// A member of staff saved it into the drop folder of its case.
    DropFolder,
}

impl Source {
    /// What the forum knows it by, if it is from there.
    pub const fn attachment(&self) -> Option<&AttachmentRef> {
        match self {
            Self::Attachment(attachment) => Some(attachment),
            Self::DropFolder => None,
        }
    }
}

/// A held file. Its state is changed by the verbs below and by nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldFile {
    id: FileId,
    case: CaseId,
    mark: SourceMark,
    arrived_at: Timestamp,
    state: State,
    version: i64,
}

/// Where a file is on its way. Each state carries what is known in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Seen on the forum or in a drop folder, not yet sealed.
    Arriving {
        /// How often the download was tried.
        attempts: u32,
        /// When to try next.
        try_at: Timestamp,
        /// What stopped the last attempt.
        last_fault: Option<Fault>,
    },
    /// Never taken in.
    Refused {
        /// When.
        at: Timestamp,
        /// Why.
        why: Refusal,
    },
    /// Sealed, nothing due.
    Held {
        /// What was sealed.
        sealed: Sealed,
    },
    /// To be erased at a known time, unless something speaks against it until then.
    Due {
        /// What was sealed.
        sealed: Sealed,
        /// Why it is due.
        due: Due,
    },
    /// Being erased. There is no way back.
    Erasing {
        /// What was sealed.
        sealed: Sealed,
        /// Why.
        due: Due,
        /// When the erasure began.
        since: Timestamp,
        /// How often it was tried.
        attempts: u32,
        /// When to try next.
        try_at: Timestamp,
        /// What stopped the last attempt.
        last_fault: Option<Fault>,
    },
    /// Erased, and looked at again.
    Erased {
        /// What was sealed.
        sealed: Sealed,
        /// Why.
        due: Due,
        /// When it was proven.
        at: Timestamp,
        /// What the look-again saw at each location.
        proofs: Vec<Proof>,
    },
    /// Gone or damaged without an erasure: a person must look.
    Lost {
        /// When it was noticed.
        at: Timestamp,
        /// What was found.
        finding: Finding,
    },
}

/// The name of a [`State`], for rows, errors and screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is described at the state of the same name")]
pub enum StateName {
    Arriving,
    Refused,
    Held,
    Due,
    Erasing,
    Erased,
    Lost,
}

/// What was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// When.
    pub at: Timestamp,
    /// Bytes of the customer's file.
    pub size: u64,
    /// Bytes of the age file in the strongroom.
    pub sealed_size: u64,
    /// SHA-256 over a random salt and the file, in hexadecimal.
    pub digest: String,
    /// Whether the forum's own SHA-1 of the file was there and agreed.
    pub forum_digest: ForumDigest,
    /// What kind of file it is, by which a rule may be chosen.
    #[serde(default)]
    pub kind: FileKind,
}

/// How our bytes compare with what the forum says of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForumDigest {
    /// The forum's key is the SHA-1 of the bytes, and it agrees.
    Agrees,
    /// The forum gives a random key, or it is not from the forum: nothing can be compared.
    NotGiven,
}

/// Why and when a file is to be erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The fact.
    pub reason: Reason,
    /// When the fact made it due.
    pub since: Timestamp,
    /// The end of grace.
    pub erase_at: Timestamp,
}

/// Why a file was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The thread is not private.
    NotPrivate,
    /// Larger than the desk takes.
    TooLarge,
    /// No bytes.
    Empty,
    /// It is no longer where it came from: the forum does not serve it, or it was taken out of the drop folder.
    Unreadable,
    /// The customer asked for removal before it was taken in.
    Withdrawn,
    /// The journal of a backup says that it was erased before.
    ErasedBefore,
}

/// What was found in place of a sealed file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// No file.
    Missing,
    /// A file of another size.
    Damaged,
}

/// A verb that does not fit the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("file {file} is {state:?} and cannot be asked to {attempted}")]
pub struct TransitionError {
    /// Which file.
    pub file: FileId,
    /// The state it is in.
    pub state: StateName,
    /// What was attempted.
    pub attempted: &'static str,
}

impl HeldFile {
    /// A file seen for the first time.
    pub fn arrive(id: FileId, case: CaseId, details: FileDetails, now: Timestamp) -> Transition {
        let mark = match &details.source {
            Source::Attachment(it) => SourceMark::of(case, it.post, it.upload.reveal()),
            Source::DropFolder => SourceMark::of_dropped(id),
        };
        let state = State::Arriving { attempts: 0, try_at: now, last_fault: None };
        let file = Self { id, case, mark, arrived_at: now, state, version: 0 };
        let event = file.event(now, Actor::Desk, |file| EventKind::FileArrived { file, case });
        Transition::new(Write::NewFile { file, details }, event)
    }

    /// A file as the ledger holds it.
    pub const fn restore(
        id: FileId,
        case: CaseId,
        mark: SourceMark,
        arrived_at: Timestamp,
        state: State,
        version: i64,
    ) -> Self {
        Self { id, case, mark, arrived_at, state, version }
    }

    /// Which file.
    pub const fn id(&self) -> FileId {
        self.id
    }

    /// Its case.
    pub const fn case(&self) -> CaseId {
        self.case
    }

    /// What it was recognised by.
    pub const fn mark(&self) -> SourceMark {
        self.mark
    }

    /// When we first saw it, by our own clock: the only arrival time that rules trust.
    pub const fn arrived_at(&self) -> Timestamp {
        self.arrived_at
    }

    /// Where it is on its way.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Counts writes.
    pub const fn version(&self) -> i64 {
        self.version
    }

    /// What was sealed, in the states that have it.
    pub const fn sealed(&self) -> Option<&Sealed> {
        match &self.state {
            State::Held { sealed }
            | State::Due { sealed, .. }
            | State::Erasing { sealed, .. }
            | State::Erased { sealed, .. } => Some(sealed),
            State::Arriving { .. } | State::Refused { .. } | State::Lost { .. } => None,
        }
    }

    /// What kind of file it is; other, until it is sealed.
    pub const fn kind(&self) -> FileKind {
        match self.sealed() {
            Some(sealed) => sealed.kind,
            None => FileKind::Other,
        }
    }

    /// Whether its sealed bytes are to be in the strongroom now.
    pub const fn is_in_strongroom(&self) -> bool {
        matches!(self.state, State::Held { .. } | State::Due { .. })
    }

    /// `Arriving` -> `Refused`.
    pub fn refuse(self, why: Refusal, now: Timestamp) -> Result<Transition, TransitionError> {
        match self.state {
            State::Arriving { .. } => {}
            _ => return Err(self.wrong("refuse")),
        }
        let event = self.event(now, Actor::Desk, |file| EventKind::FileRefused { file, why });
        Ok(Transition::new(Write::File(self.into_state(State::Refused { at: now, why })), event))
    }

    /// `Arriving` -> `Arriving`, after an attempt that did not succeed.
    pub fn try_arrival_again(
        self,
        fault: Fault,
        try_at: Timestamp,
        now: Timestamp,
    ) -> Result<Transition, TransitionError> {
        let State::Arriving { attempts, .. } = self.state else { return Err(self.wrong("try its arrival again")) };
        let attempts = attempts.saturating_add(1);
        let event = self.event(now, Actor::Desk, |file| EventKind::ArrivalDelayed { file, fault, attempts });
        let next = State::Arriving { attempts, try_at, last_fault: Some(fault) };
        Ok(Transition::new(Write::File(self.into_state(next)), event))
    }

    /// `Arriving` -> `Held`, with the wraps of its key.
    pub fn seal(
        self,
        sealed: Sealed,
        wraps: Vec<Wrap>,
        salt: Private<[u8; 32]>,
        now: Timestamp,
    ) -> Result<Transition, TransitionError> {
        match self.state {
            State::Arriving { .. } => {}
            _ => return Err(self.wrong("seal")),
        }
        let event = self.event(now, Actor::Desk, |file| EventKind::FileSealed {
            file,
            size: sealed.size,
            digest: sealed.digest.clone(),
            wraps: wraps.len() as u64,
        });
        let file = self.into_state(State::Held { sealed });
        Ok(Transition::new(Write::SealedFile { file, wraps, salt }, event))
    }

    /// `Held` -> `Due`.
    pub fn mark_due(self, due: Due, actor: Actor, now: Timestamp) -> Result<Transition, TransitionError> {
        let State::Held { sealed } = &self.state else { return Err(self.wrong("mark due")) };
        let next = State::Due { sealed: sealed.clone(), due };
        let event =
            self.event(now, actor, |file| EventKind::FileDue { file, reason: due.reason, erase_at: due.erase_at });
        Ok(Transition::new(Write::File(self.into_state(next)), event))
    }

    /// `Due` -> `Due`, when another reason ends its grace sooner or the first one fell away.
    pub fn change_due(self, due: Due, actor: Actor, now: Timestamp) -> Result<Transition, TransitionError> {
        let State::Due { sealed, .. } = &self.state else { return Err(self.wrong("change why it is due")) };
        let next = State::Due { sealed: sealed.clone(), due };
        let event =
            self.event(now, actor, |file| EventKind::FileDue { file, reason: due.reason, erase_at: due.erase_at });
        Ok(Transition::new(Write::File(self.into_state(next)), event))
    }

    /// `Due` -> `Held`: the ticket was reopened, or a hold was placed.
    pub fn spare(self, why: Spared, now: Timestamp) -> Result<Transition, TransitionError> {
        let State::Due { sealed, .. } = &self.state else { return Err(self.wrong("spare")) };
        let next = State::Held { sealed: sealed.clone() };
        let event = self.event(now, Actor::Desk, |file| EventKind::FileSpared { file, why });
        Ok(Transition::new(Write::File(self.into_state(next)), event))
    }

    /// `Due` -> `Erasing`, when grace is over. Whoever calls it has asked [`crate::retention::decide`] first.
    pub fn begin_erasing(self, now: Timestamp) -> Result<Transition, TransitionError> {
        let State::Due { sealed, due } = &self.state else { return Err(self.wrong("begin erasing")) };
        // Where there is no grace the fact itself is the end, whatever a clock says.
        if now < due.erase_at && due.since < due.erase_at {
            return Err(self.wrong("begin erasing before its grace is over"));
        }
        let reason = due.reason;
        let next = State::Erasing {
            sealed: sealed.clone(),
            due: *due,
            since: now,
            attempts: 0,
            try_at: now,
            last_fault: None,
        };
        let event = self.event(now, Actor::Desk, |file| EventKind::ErasureBegun { file, reason });
        Ok(Transition::new(Write::File(self.into_state(next)), event))
    }

    /// Drops every wrap of the file's key: from here on nobody can open it.
    pub fn drop_wraps(&self, now: Timestamp) -> Result<Transition, TransitionError> {
        match self.state {
            State::Erasing { .. } => {}
            _ => return Err(self.wrong("drop the wraps of its key")),
        }
        let event = self.event(now, Actor::Desk, |file| EventKind::WrapsDropped { file });
        Ok(Transition::new(Write::DropWraps(self.id), event))
    }

    /// `Erasing` -> `Erasing`, after an attempt that could not be finished or proven.
    pub fn try_erasure_again(
        self,
        fault: Fault,
        retry_at: Timestamp,
        now: Timestamp,
    ) -> Result<Transition, TransitionError> {
        let State::Erasing { sealed, due, since, attempts, .. } = &self.state else {
            return Err(self.wrong("try its erasure again"));
        };
        let attempts = attempts.saturating_add(1);
        let next = State::Erasing {
            sealed: sealed.clone(),
            due: *due,
            since: *since,
            attempts,
            try_at: retry_at,
            last_fault: Some(fault),
        };
        let event = self.event(now, Actor::Desk, |file| EventKind::ErasureDelayed { file, fault, attempts });
        Ok(Transition::new(Write::File(self.into_state(next)), event))
    }

    /// `Erasing` -> `Erased`. The proofs must show every location of ours empty, or this is a wrong transition.
    ///
    /// The returned file is written together with the receipt that names it.
    pub(crate) fn finish(self, proofs: Vec<Proof>, now: Timestamp) -> Result<Self, TransitionError> {
        let State::Erasing { sealed, due, .. } = &self.state else { return Err(self.wrong("finish erasing")) };
        if proofs.is_empty() || proofs.iter().any(Proof::is_ours_and_open) {
            return Err(self.wrong("finish erasing without a proof for every location"));
        }
        let next = State::Erased { sealed: sealed.clone(), due: *due, at: now, proofs };
        Ok(self.into_state(next))
    }

    /// `Held` or `Due` -> `Erasing`: the journal of a backup says that its erasure had begun. There is no way back from that.
    pub(crate) fn resume_erasing(
        self,
        due: Due,
        receipt: Option<ReceiptId>,
        now: Timestamp,
    ) -> Result<Transition, TransitionError> {
        let (State::Held { sealed } | State::Due { sealed, .. }) = &self.state else {
            return Err(self.wrong("go on with its erasure"));
        };
        let next = State::Erasing {
            sealed: sealed.clone(),
            due,
            since: due.since,
            attempts: 0,
            try_at: now,
            last_fault: None,
        };
        let event = self.event(now, Actor::Desk, |file| EventKind::ErasureReplayed { file, receipt });
        Ok(Transition::new(Write::File(self.into_state(next)), event))
    }

    /// `Erasing` -> `Erased`, for a file whose receipt was issued by this desk before it was restored: no second one follows.
    pub(crate) fn erased_before(self, receipt: ReceiptId, now: Timestamp) -> Result<Transition, TransitionError> {
        let State::Erasing { sealed, due, .. } = &self.state else { return Err(self.wrong("be erased before")) };
        let next = State::Erased { sealed: sealed.clone(), due: *due, at: due.since, proofs: Vec::new() };
        let event = self.event(now, Actor::Desk, |file| EventKind::ErasureReplayed { file, receipt: Some(receipt) });
        Ok(Transition::new(Write::File(self.into_state(next)), event))
    }

    /// `Held`, `Due` or `Erasing` -> `Lost`.
    pub fn lose(self, finding: Finding, now: Timestamp) -> Result<Transition, TransitionError> {
        match self.state {
            State::Held { .. } | State::Due { .. } | State::Erasing { .. } => {}
            _ => return Err(self.wrong("lose")),
        }
        let event = self.event(now, Actor::Desk, |file| EventKind::FileLost { file, finding });
        Ok(Transition::new(Write::File(self.into_state(State::Lost { at: now, finding })), event))
    }

    fn into_state(self, state: State) -> Self {
        Self { state, version: self.version + 1, ..self }
    }

    fn event(&self, at: Timestamp, actor: Actor, kind: impl FnOnce(FileId) -> EventKind) -> Event {
        Event { at, actor, kind: kind(self.id) }
    }

    const fn wrong(&self, attempted: &'static str) -> TransitionError {
        TransitionError { file: self.id, state: self.state.name(), attempted }
    }
}

/// Why a due file went back to held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spared {
    /// Its ticket is open again.
    Reopened,
    /// A hold was placed.
    Hold,
    /// The rule that made it due has changed.
    RuleChanged,
    /// A person gave it a later date of its own.
    OwnDate,
}

impl State {
    /// The state's name.
    pub const fn name(&self) -> StateName {
        match self {
            Self::Arriving { .. } => StateName::Arriving,
            Self::Refused { .. } => StateName::Refused,
            Self::Held { .. } => StateName::Held,
            Self::Due { .. } => StateName::Due,
            Self::Erasing { .. } => StateName::Erasing,
            Self::Erased { .. } => StateName::Erased,
            Self::Lost { .. } => StateName::Lost,
        }
    }
}

impl StateName {
    /// Every state, in the order of a file's life.
    pub const ALL: [Self; 7] =
        [Self::Arriving, Self::Refused, Self::Held, Self::Due, Self::Erasing, Self::Erased, Self::Lost];

    /// The word in rows and commands.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arriving => "arriving",
            Self::Refused => "refused",
            Self::Held => "held",
            Self::Due => "due",
            Self::Erasing => "erasing",
            Self::Erased => "erased",
            Self::Lost => "lost",
        }
    }
}

#[cfg(test)]
mod tests;

//! The list of erasures: what will be erased, what is being erased, and what was.
//!
//! As the list of cases it is made from the other rows, and attests nothing. What decides is read anew, file by file.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Private,
    held_file::{HeldFile, State},
    id::{FileId, ReceiptId},
    retention::{Outcome, Verdict},
};

/// How far an erasure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasureStage {
    /// It will come, if nothing speaks against it until then.
    Next,
    /// It has begun. There is no way back.
    Running,
    /// It is proven.
    Done,
}

/// What the list keeps of an erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedErasure {
    /// The file.
    pub file: FileId,
    /// How far it is.
    pub stage: ErasureStage,
    /// When the file is erased, or becomes due if it is not yet; when the erasure began; when it was proven.
    pub at: Timestamp,
    /// The last receipt that names it.
    pub receipt: Option<ReceiptId>,
}

impl ListedErasure {
    /// The erasure of a file by what a sweep would do with it; `None` if none is to be expected, or there was none.
    pub fn of(file: &HeldFile, verdict: Option<&Verdict>, receipt: Option<ReceiptId>) -> Option<Self> {
        let (stage, at) = match file.state() {
            State::Held { .. } | State::Due { .. } => (ErasureStage::Next, verdict.and_then(|it| it.outcome.next())?),
            State::Erasing { since, .. } => (ErasureStage::Running, *since),
            State::Erased { at, .. } => (ErasureStage::Done, *at),
            State::Arriving { .. } | State::Refused { .. } | State::Lost { .. } => return None,
        };
        Some(Self { file: file.id(), stage, at, receipt })
    }
}

impl Outcome {
    /// When a file is erased by this, or becomes due; `None` if neither is to be expected.
    pub const fn next(&self) -> Option<Timestamp> {
        match self {
            Self::Keep { due_at } => *due_at,
            Self::MarkDue { due } | Self::Wait { due } | Self::Erase { due } => Some(due.erase_at),
            Self::Spare { .. } => None,
        }
    }
}

/// Which erasures are listed: those to come soonest first, those that were newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureQuery {
    /// Those that are so far.
    pub stage: ErasureStage,
    /// Those whose case has each of these words.
    pub words: Vec<Private<String>>,
    /// How many are left out at the beginning.
    pub skip: u32,
    /// How many are given at most.
    pub limit: u32,
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasurePage {
    /// The files with their erasures, in order.
    pub erasures: Vec<(HeldFile, ListedErasure)>,
    /// How many with these words are how far.
    pub counts: Vec<(ErasureStage, u64)>,
}

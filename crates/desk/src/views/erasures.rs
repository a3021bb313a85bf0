//! What will be erased, is being erased, and was.

use custody_core::{erasure_list::ErasureStage, held_file::StateName};
use serde::Serialize;
use ts_rs::TS;

use super::{ErasureReason, LocationView, ProblemView, RuleTermsView, WhyView};

/// A part of the list of erasures.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ErasureListView {
    /// The rows, in order.
    pub rows: Vec<ErasureRow>,
    /// How many there are, whatever part was asked for.
    #[ts(type = "number")]
    pub total: u64,
    /// How many of those that the search finds are how far.
    pub counts: Vec<ErasureCount>,
}

/// How many erasures are so far.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct ErasureCount {
    /// How far.
    #[ts(type = "ErasureStage")]
    pub stage: ErasureStage,
    /// How many.
    #[ts(type = "number")]
    pub files: u64,
}

/// One row of the list of erasures: a file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ErasureRow {
    /// The file.
    pub file: String,
    /// Its case.
    pub case: String,
    /// Its name; empty once forgotten.
    pub name: String,
    /// The case's title; empty once forgotten.
    pub title: String,
    /// The customer's name; the same.
    pub customer: String,
    /// Its size in bytes.
    #[ts(type = "number | null")]
    pub size: Option<u64>,
    /// Where it is on its way.
    #[ts(type = "\"arriving\" | \"refused\" | \"held\" | \"due\" | \"erasing\" | \"erased\" | \"lost\"")]
    pub state: StateName,
    /// How far its erasure is.
    #[ts(type = "ErasureStage")]
    pub stage: ErasureStage,
    /// When a due file is erased, a held one becomes due, the erasure began, or was proven; RFC 3339.
    pub at: String,
    /// Why, once it is due.
    pub reason: Option<ErasureReason>,
    /// How often the erasure was tried, while it runs.
    pub attempts: u32,
    /// What stopped the last attempt.
    pub problem: Option<ProblemView>,
    /// The last receipt that names it.
    pub receipt: Option<String>,
    /// The number in that one's letter.
    pub receipt_token: Option<String>,
}

/// An erasure with everything about it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ErasureView {
    /// The same as in the list.
    pub row: ErasureRow,
    /// What the rule says that the file follows.
    pub rule: RuleTermsView,
    /// Why it will be erased then.
    pub why: Vec<WhyView>,
    /// When an erasure that runs is tried next, RFC 3339.
    pub try_at: Option<String>,
    /// What was proven at each location; while the erasure runs, what is seen there now.
    pub locations: Vec<LocationView>,
}

//! The list of cases as the ledger keeps it: one row for each case, made from everything else and made again when that changes.
//!
//! It attests nothing. What is erased, and when, is decided from the rows themselves; this is what a list of ten thousand
//! cases is sorted and searched by.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Private, case::Case, id::CaseId};

/// How a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseStanding {
    /// Files are arriving.
    Arriving,
    /// Files are held and nothing is due.
    Held,
    /// Files are due.
    Due,
    /// A hold beats every reason.
    OnHold,
    /// Files are being erased.
    Erasing,
    /// Everything is erased, the receipt is not answered.
    Erased,
    /// Everything is erased and the customer confirmed it.
    Confirmed,
    /// A person must look.
    NeedsPerson,
    /// No file was taken in.
    Empty,
}

/// What the list knows of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseSummary {
    /// The case.
    pub case: CaseId,
    /// How it stands.
    pub standing: CaseStanding,
    /// Files in custody.
    pub files: u32,
    /// Their bytes.
    pub bytes: u64,
    /// When the next file is erased.
    pub erases_at: Option<Timestamp>,
    /// What a search looks through, in small letters: title, customer, ticket and the names of files; empty once forgotten.
    pub words: Private<String>,
}

/// In which order cases are listed. Equal ones follow the order in which they were opened, newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseOrder {
    /// The newest first.
    #[default]
    Opened,
    /// Those in which a customer wrote last first.
    Active,
    /// Those with files that are erased soonest first; those of which nothing is erased last.
    ErasedNext,
    /// Those with the most bytes first.
    Bytes,
}

/// Which cases are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseQuery {
    /// Those that stand so; all of them if it is empty.
    pub standings: Vec<CaseStanding>,
    /// Those with each of these words somewhere.
    pub words: Vec<Private<String>>,
    /// Only those whose threads are assigned to this desk's account on the forum.
    pub mine: bool,
    /// What is erased, or becomes due, before this moment is soon.
    pub soon: Timestamp,
    /// Only those of which something is erased, or becomes due, soon.
    pub due_soon: bool,
    /// In which order.
    pub order: CaseOrder,
    /// How many are left out at the beginning.
    pub skip: u32,
    /// How many are given at most.
    pub limit: u32,
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasePage {
    /// The cases, in order.
    pub cases: Vec<(Case, CaseSummary)>,
    /// How many there are, whatever part was asked for.
    pub total: u64,
    /// How many cases with these words, of those that are mine if only those are asked for, stand how, of every standing
    /// that there is.
    pub counts: Vec<(CaseStanding, u64)>,
    /// Of how many of them something is erased, or becomes due, soon.
    pub due_soon: u64,
    /// How many cases with these words are mine.
    pub mine: u64,
}

impl CaseQuery {
    /// The words of what a person typed.
    pub fn words_of(text: &str) -> Vec<Private<String>> {
        text.split_whitespace().map(|word| Private::new(word.to_lowercase())).collect()
    }
}

//! Which part of a list the page asks for, with its bounds.

use custody_core::{
    Timestamp,
    case_list::{CaseOrder, CaseStanding},
    erasure_list::ErasureStage,
    event_list::{EventActor, EventTopic},
    receipt_list::{ReceiptOrder, ReceiptStanding},
};
use serde::{Deserialize, Deserializer};
use ts_rs::TS;

/// The most characters of a search.
const LONGEST_SEARCH: usize = 200;
/// The most rows that are asked for at a time.
const LARGEST_PART: u32 = 500;

/// Which part of the list of cases.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListCases {
    /// Cases that stand so; all of them if it is empty.
    #[ts(type = "CaseStanding[]")]
    pub standings: Vec<CaseStanding>,
    /// Whether only those are meant that are assigned to this desk's account on the forum.
    pub mine: bool,
    /// Whether only those are meant of which something is erased, or becomes due, within a week.
    pub due_soon: bool,
    /// What is searched for.
    #[serde(deserialize_with = "searched")]
    pub search: String,
    /// In which order.
    #[ts(type = "CaseOrder")]
    pub order: CaseOrder,
    /// How many are left out at the beginning.
    pub skip: u32,
    /// How many are given at most.
    #[serde(deserialize_with = "part")]
    pub limit: u32,
}

/// Which part of the list of receipts.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListReceipts {
    /// Receipts that stand so; all of them if it is empty.
    #[ts(type = "ReceiptStanding[]")]
    pub standings: Vec<ReceiptStanding>,
    /// Whether only those are meant to which a follow-up is owed.
    pub owed: bool,
    /// What is searched for.
    #[serde(deserialize_with = "searched")]
    pub search: String,
    /// In which order.
    #[ts(type = "ReceiptOrder")]
    pub order: ReceiptOrder,
    /// How many are left out at the beginning.
    pub skip: u32,
    /// How many are given at most.
    #[serde(deserialize_with = "part")]
    pub limit: u32,
}

/// Which part of the list of erasures.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListErasures {
    /// How far they are.
    #[ts(type = "ErasureStage")]
    pub stage: ErasureStage,
    /// What is searched for.
    #[serde(deserialize_with = "searched")]
    pub search: String,
    /// How many are left out at the beginning.
    pub skip: u32,
    /// How many are given at most.
    #[serde(deserialize_with = "part")]
    pub limit: u32,
}

/// Which part of the chain of events.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListEvents {
    /// Events about these; all of them if it is empty.
    #[ts(type = "EventTopic[]")]
    pub topics: Vec<EventTopic>,
    /// Who did it.
    #[ts(type = "EventActor | null")]
    pub actor: Option<EventActor>,
    /// Not before this moment, RFC 3339.
    #[ts(type = "string | null")]
    pub from: Option<Timestamp>,
    /// Before this moment, RFC 3339.
    #[ts(type = "string | null")]
    pub before: Option<Timestamp>,
    /// Words of the case that is meant.
    #[serde(deserialize_with = "searched")]
    pub search: String,
    /// The place in the chain that is meant.
    #[ts(type = "number | null")]
    pub index: Option<u64>,
    /// How many are left out at the beginning.
    pub skip: u32,
    /// How many are given at most.
    #[serde(deserialize_with = "part")]
    pub limit: u32,
}

/// Which event.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfEvent {
    /// Its place in the chain.
    #[ts(type = "number")]
    pub index: u64,
}

/// What is searched for: short enough that looking for it stays quick.
fn searched<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.chars().count() > LONGEST_SEARCH {
        return Err(serde::de::Error::custom("a search has at most 200 characters"));
    }
    Ok(text)
}

fn part<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        rows @ 1..=LARGEST_PART => Ok(rows),
        _ => Err(serde::de::Error::custom("a part of a list has 1 to 500 rows")),
    }
}

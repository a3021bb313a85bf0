//! The list of receipts: how each stands, and which part of the list is asked for.

use serde::{Deserialize, Serialize};

use crate::{
    Private,
    receipt::{Answer, DeliveryState, ReceiptRow},
};

/// How a receipt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptStanding {
    /// In the outbox.
    Waiting,
    /// Sent, not answered.
    Sent,
    /// Came back: a person must look.
    Bounced,
    /// The customer confirmed it.
    Confirmed,
    /// The customer disputed it: a person must look.
    Disputed,
    /// The customer answered something else: a person must read it.
    AnswerUnclear,
}

impl ReceiptStanding {
    /// By the last answer and by its place in the outbox. An answer says more than whatever became of the letter.
    pub const fn of(last: Option<Answer>, delivery: Option<DeliveryState>) -> Self {
        match (last, delivery) {
            (Some(Answer::Confirmed), _) => Self::Confirmed,
            (Some(Answer::Disputed), _) => Self::Disputed,
            (Some(Answer::Unclear), _) => Self::AnswerUnclear,
            (None, Some(DeliveryState::Sent { .. })) => Self::Sent,
            (None, Some(DeliveryState::Bounced { .. })) => Self::Bounced,
            (None, Some(DeliveryState::Waiting { .. }) | None) => Self::Waiting,
        }
    }
}

/// In which order receipts are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptOrder {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first: those that have waited longest.
    Oldest,
}

/// Which receipts are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReceiptQuery {
    /// Those that stand so; all of them if it is empty.
    pub standings: Vec<ReceiptStanding>,
    /// Only those to which a follow-up is owed.
    pub owed: bool,
    /// Those whose case, or number, has each of these words.
    pub words: Vec<Private<String>>,
    /// In which order.
    pub order: ReceiptOrder,
    /// How many are left out at the beginning.
    pub skip: u32,
    /// How many are given at most.
    pub limit: u32,
}

/// A receipt in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedReceipt {
    /// The receipt.
    pub row: ReceiptRow,
    /// How it stands.
    pub standing: ReceiptStanding,
    /// Whether a location was open, no later receipt closed it, and the case is not forgotten: a follow-up is owed.
    pub owed: bool,
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptPage {
    /// The receipts, in order.
    pub receipts: Vec<ListedReceipt>,
    /// How many there are, whatever part was asked for.
    pub total: u64,
    /// How many receipts with these words stand how.
    pub counts: Vec<(ReceiptStanding, u64)>,
    /// To how many of those with these words a follow-up is owed.
    pub owed: u64,
}

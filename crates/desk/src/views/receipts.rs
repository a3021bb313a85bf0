//! Receipts and the answers to them.

pub use custody_core::receipt_list::ReceiptStanding;
use custody_core::{
    receipt::{Answer, Grade},
    request::Channel,
};
use serde::Serialize;
use ts_rs::TS;

use super::{LocationFound, LocationKind, ProblemView};

/// A part of the list of receipts.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReceiptListView {
    /// The rows, in order.
    pub rows: Vec<ReceiptRowView>,
    /// How many there are, whatever part was asked for.
    #[ts(type = "number")]
    pub total: u64,
    /// How many of those that the search finds stand how.
    pub counts: Vec<ReceiptCount>,
    /// To how many of those a follow-up is owed.
    #[ts(type = "number")]
    pub owed: u64,
}

/// How many receipts stand so.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct ReceiptCount {
    /// How.
    #[ts(type = "ReceiptStanding")]
    pub standing: ReceiptStanding,
    /// How many.
    #[ts(type = "number")]
    pub receipts: u64,
}

/// One row of the list of receipts.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReceiptRowView {
    /// The receipt.
    pub id: String,
    /// Its case.
    pub case: String,
    /// The case's title; empty once forgotten.
    pub title: String,
    /// The customer's name; empty once forgotten.
    pub customer: String,
    /// How many files it names.
    pub files: u32,
    /// When it was issued, RFC 3339.
    pub issued_at: String,
    /// Whether every location was closed.
    pub complete: bool,
    /// The receipt it completes.
    pub follows: Option<String>,
    /// The number in that one's letter.
    pub follows_token: Option<String>,
    /// Whether a location is open that a later receipt may still close.
    pub follow_up_owed: bool,
    /// How it stands.
    #[ts(type = "ReceiptStanding")]
    pub standing: ReceiptStanding,
    /// Where it was sent.
    #[ts(type = "Channel | null")]
    pub channel: Option<Channel>,
    /// The best evidence of an answer.
    #[ts(type = "Grade | null")]
    pub grade: Option<Grade>,
    /// The number in its letter.
    pub token: String,
}

/// A receipt with everything in it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReceiptView {
    /// The same as in the list.
    pub row: ReceiptRowView,
    /// Whether the signature fits; `None` once the text was forgotten.
    pub signature_fits: Option<bool>,
    /// The receipt that closed what this one left open.
    pub followed_by: Option<String>,
    /// The number in that one's letter.
    pub followed_by_token: Option<String>,
    /// Its place in the outbox.
    pub delivery: Option<DeliveryView>,
    /// The letter as the customer saw it, as text; empty once forgotten.
    pub letter: String,
    /// The same as a mail program shows it, with no script and nothing from elsewhere; empty once forgotten.
    pub letter_html: String,
    /// The signed text as pretty JSON; empty once forgotten.
    pub statement: String,
    /// SHA-256 of the signed text.
    pub payload_digest: String,
    /// What was found at each location of each file.
    pub locations: Vec<LocationView>,
    /// The answers.
    pub answers: Vec<AnswerView>,
}

/// What was found at a location.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LocationView {
    /// The file.
    pub file: String,
    /// The file's name; empty once forgotten.
    pub name: String,
    /// The location.
    pub place: LocationKind,
    /// Its state.
    pub found: LocationFound,
    /// Whether nothing is open there.
    pub closed: bool,
}

/// An answer to a receipt.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AnswerView {
    /// What was said.
    #[ts(type = "Answer")]
    pub answer: Answer,
    /// How good the evidence is.
    #[ts(type = "Grade")]
    pub grade: Grade,
    /// When it was read, RFC 3339.
    pub at: String,
}

/// The place of a receipt in the outbox.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DeliveryView {
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, was sent or came back, RFC 3339.
    pub at: String,
    /// What stopped the last attempt.
    pub problem: Option<ProblemView>,
}

/// What was found when a receipt was checked.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReceiptCheckView {
    /// The signature over the text that is kept.
    pub signature: SignatureFound,
    /// SHA-256 of this desk's public key, by which a signature names it.
    pub key: String,
    /// Whether the text is the one whose digest the ledger keeps; `None` once it was forgotten.
    pub digest_fits: Option<bool>,
    /// Whether it names this receipt and the files of its row.
    pub names_fit: Option<bool>,
    /// Whether the chain of events has the event with the hash that it was signed over.
    pub chain_fits: Option<bool>,
    /// Which event that is.
    #[ts(type = "number | null")]
    pub chain_index: Option<u64>,
    /// When it was checked, RFC 3339.
    pub checked_at: String,
}

/// What was found of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignatureFound {
    /// It fits the text and this desk's key.
    Fits,
    /// It is by another key.
    OtherKey,
    /// The text was changed after it was signed.
    Changed,
    /// The text was forgotten; there is nothing left to check.
    Forgotten,
}

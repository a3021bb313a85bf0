//! Receipts and the answers to them.

use custody_core::{
    receipt::{Answer, Grade},
    request::Channel,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
    /// How it stands.
    pub standing: ReceiptStanding,
    /// Where it was sent.
    #[ts(type = "\"thread\" | \"mail\" | \"desk\" | null")]
    pub channel: Option<Channel>,
    /// The best evidence of an answer.
    #[ts(type = "\"replied\" | \"replied_with_dkim\" | \"confirmed_in_thread\" | null")]
    pub grade: Option<Grade>,
    /// The number in its letter.
    pub token: String,
}

/// How a receipt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
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

/// A receipt with everything in it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReceiptView {
    /// The same as in the list.
    pub row: ReceiptRowView,
    /// Whether the signature fits; `None` once the text was forgotten.
    pub signature_fits: Option<bool>,
    /// The letter as the customer saw it, as text; empty once forgotten.
    pub letter: String,
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
    /// The location and its state, in words.
    pub words: String,
    /// The state's word, such as `erased_verified`.
    pub state: String,
    /// Whether nothing is open there.
    pub closed: bool,
}

/// An answer to a receipt.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AnswerView {
    /// What was said.
    #[ts(type = "\"confirmed\" | \"disputed\" | \"unclear\"")]
    pub answer: Answer,
    /// How good the evidence is.
    #[ts(type = "\"replied\" | \"replied_with_dkim\" | \"confirmed_in_thread\"")]
    pub grade: Grade,
    /// When it was read, RFC 3339.
    pub at: String,
}

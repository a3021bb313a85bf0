//! What needs a second person, and what waits for one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What needs a second person.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct FourEyesView {
    /// Lifting a hold.
    pub lift_hold: bool,
    /// An erasure before the rule's end.
    pub early_erasure: bool,
    /// What leaves the desk.
    pub export: bool,
}

/// A member of staff with a key of their own.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ApproverView {
    /// Their name; the beginning of their id while none is known.
    pub name: String,
    /// The public key, in hexadecimal.
    pub public_key: String,
    /// Whether the secret half is kept at this desk.
    pub here: bool,
    /// When the key was made, RFC 3339.
    pub added_at: String,
}

/// An act that one person proposes and another approves.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ProposalView {
    /// The proposal.
    pub id: String,
    /// What is to be done.
    pub act: ProposedAct,
    /// Whether one file alone is meant.
    pub one_file: bool,
    /// The name of that file; none once forgotten.
    pub file: Option<String>,
    /// The title of the case it is about; none once forgotten.
    pub title: Option<String>,
    /// Why the hold was placed that is to be lifted, in its owner's words; none once forgotten.
    pub hold_reason: Option<String>,
    /// The case it is about, if it is about one.
    pub case: Option<String>,
    /// Who proposes it.
    pub by: String,
    /// Why, in their words.
    pub reason: String,
    /// When it was proposed, RFC 3339.
    pub made_at: String,
    /// When it is over, RFC 3339.
    pub expires_at: String,
    /// Who approved it, if it is an export that was not made yet.
    pub approved_by: Option<String>,
}

/// What kind of act is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProposedAct {
    /// Lifting a hold.
    LiftHold,
    /// An erasure before the rule's end.
    EraseEarly,
    /// A report.
    ExportReport,
    /// The ledger's rows.
    ExportLedger,
    /// The plaintext of a file.
    ExportFile,
}

//! What a receipt says. Every field is stated by a ledger row or a check; nothing is assumed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    id::{CaseId, CustomerId, DeskId, FileId, ReceiptId},
    location::Proof,
    ports::KeyStore,
    retention::Reason,
};

/// The schema of [`Statement`]. The first one had no `waited_for_hold`; its receipts are read as before.
pub const SCHEMA: &str = "custody.receipt.v2";

/// The signed statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// [`SCHEMA`], or that of an older program.
    pub schema: String,
    /// Which receipt.
    pub receipt_id: ReceiptId,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// The language of names and texts in it (BCP 47).
    pub language: String,
    /// Who attests.
    pub issuer: Issuer,
    /// To whom.
    pub customer: CustomerRef,
    /// The case.
    pub case_id: CaseId,
    /// The receipt that this one completes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub follows: Option<Follows>,
    /// Whether every location of every file is closed.
    pub complete: bool,
    /// The files.
    pub files: Vec<ErasedFile>,
    /// What erased and signed.
    pub tool: Tool,
    /// Where the ledger stood.
    pub ledger: LedgerAnchor,
    /// What a receipt of this kind can and cannot attest.
    pub wording: String,
}

/// Who attests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// The organisation.
    pub name: String,
    /// Whom to ask.
    pub contact: String,
    /// SHA-256 of the retention rule's text, in hexadecimal.
    pub policy_digest: String,
    /// The retention rule in words.
    pub policy: String,
}

/// To whom the receipt is issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerRef {
    /// The ledger's id.
    pub id: CustomerId,
    /// The user name on the forum.
    pub username: String,
}

/// The earlier receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Follows {
    /// Its id.
    pub receipt_id: ReceiptId,
}

/// One erased file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErasedFile {
    /// Which file.
    pub id: FileId,
    /// Its name, as the customer gave it.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of the salt and then the file, in hexadecimal.
    pub salted_sha256: String,
    /// The salt, in hexadecimal: with it the customer can check the digest against the own copy.
    pub salt: String,
    /// When it was taken in.
    pub received_at: Timestamp,
    /// Why it was erased.
    pub reason: Reason,
    /// When the reason arose.
    pub due_since: Timestamp,
    /// The time that the customer's request for it waited for a hold.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub waited_for_hold: Option<WaitedForHold>,
    /// When the erasure was proven.
    pub erased_at: Timestamp,
    /// What the look-again saw at each location.
    pub locations: Vec<Proof>,
    /// The viewing copies it ever had.
    pub viewing_copies: ViewingCopies,
}

/// A time in which a hold kept a file that the customer asked to have erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitedForHold {
    /// When the customer asked.
    pub asked_at: Timestamp,
    /// Since when a hold kept it from being done.
    pub from: Timestamp,
    /// When the last hold was lifted.
    pub until: Timestamp,
}

/// How many viewing copies there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViewingCopies {
    /// Made in all.
    pub made: u64,
    /// Known to be erased.
    pub erased: u64,
    /// Files that programs left beside them; they were erased with them.
    #[serde(skip_serializing_if = "is_none", default)]
    pub beside: u64,
    /// When the last of them ended.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_ended_at: Option<Timestamp>,
}

/// What erased and signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// The program.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Which desk.
    pub desk_id: DeskId,
    /// Where that desk keeps its keys.
    pub key_store: KeyStore,
}

/// Where the ledger stood when the receipt was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerAnchor {
    /// The index of the last event.
    pub index: u64,
    /// Its hash, in hexadecimal.
    pub head: String,
}

impl Statement {
    /// Whether every location of every file is in a closed state. A receipt is complete only then.
    pub fn closes_every_location(&self) -> bool {
        self.files.iter().all(|file| file.locations.iter().all(|proof| proof.state.is_closed()))
    }
}

/// Left out, as in receipts from before it was counted.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_none(count: &u64) -> bool {
    *count == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Receipts from before it was counted have no such member, and must still be canonical.
    #[test]
    fn what_lay_beside_a_copy_is_said_only_where_something_lay_there() {
        let said = |beside| {
            let copies = ViewingCopies { made: 1, erased: 1, beside, last_ended_at: None };
            serde_json::to_value(copies).unwrap().get("beside").cloned()
        };
        assert_eq!(said(0), None);
        assert_eq!(said(2), Some(2.into()));
    }
}

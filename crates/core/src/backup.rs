//! What a backup remembers of erasures, so that no restore brings an erased file back.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    case::TopicId,
    held_file::SourceMark,
    id::{CaseId, FileId, ReceiptId},
    retention::Reason,
};

/// One entry of a target's journal. Ids only: the journal is not encrypted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "entry")]
pub enum JournalEntry {
    /// The erasure of a file began. There is no way back from that.
    Erasing(JournaledFile),
    /// The erasure of these files was proven, and this receipt says so.
    Receipted {
        /// The receipt.
        receipt: ReceiptId,
        /// The files.
        files: Vec<FileId>,
    },
}

/// An erased file, as the journal knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournaledFile {
    /// The file.
    pub file: FileId,
    /// Its case.
    pub case: CaseId,
    /// The thread of the case.
    pub topic: TopicId,
    /// What the file is recognised by: a restored ledger may be older than the file.
    #[serde(with = "mark_in_hex")]
    pub mark: SourceMark,
    /// Why it was erased.
    pub reason: Reason,
    /// When its erasure began.
    pub at: Timestamp,
}

mod mark_in_hex {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use crate::held_file::SourceMark;

    pub(super) fn serialize<S: Serializer>(mark: &SourceMark, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(mark.as_bytes()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SourceMark, D::Error> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(String::deserialize(deserializer)?, &mut bytes).map_err(D::Error::custom)?;
        Ok(SourceMark::from_bytes(bytes))
    }
}

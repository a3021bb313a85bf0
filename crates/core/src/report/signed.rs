//! What a desk signs about a report that it gave out as a file. `docs/reports.md` says how to check it without this program.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Span;
use crate::{
    id::DeskId,
    ports::Signer,
    receipt::{Envelope, EnvelopeError, LedgerAnchor},
};

/// What a statement calls itself.
pub const FORMAT: &str = "custody.report.v1";
/// The type of a statement's payload.
pub const STATEMENT_TYPE: &str = "application/vnd.custody.report+json";

/// The forms in which a report leaves the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    /// For people.
    Pdf,
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
}

impl ReportFormat {
    /// The word of it, which is also how the names of such files end.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// What is signed: that this desk made exactly this file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportStatement {
    /// Always [`FORMAT`].
    pub format: String,
    /// Which desk made it.
    pub desk: DeskId,
    /// When.
    pub made_at: Timestamp,
    /// The program and its version.
    pub tool: String,
    /// The time it covers, from inclusive to exclusive.
    pub period: Span,
    /// In which form.
    pub form: ReportFormat,
    /// The length of the file in bytes.
    pub size: u64,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Where the ledger's chain ended.
    pub ledger: LedgerAnchor,
}

/// Why a file is not what a statement says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTheReport {
    /// There is no such statement.
    #[error("this is not the signed statement of a report")]
    NotAStatement,
    /// Another key signed.
    #[error("the statement is not signed by this key")]
    OtherKey,
    /// The statement was changed.
    #[error("the statement was changed after it was signed")]
    Signature,
    /// The file was changed, or is another one.
    #[error("the file is not the one that was signed")]
    File,
}

/// SHA-256 of a file's bytes, in hexadecimal.
pub fn digest(file: &[u8]) -> String {
    hex::encode(Sha256::digest(file))
}

impl ReportStatement {
    /// Signs it; the text of an envelope.
    ///
    /// # Errors
    /// What kept the key from signing.
    pub async fn sign(&self, signer: &dyn Signer) -> Result<String, EnvelopeError> {
        let payload = serde_json_canonicalizer::to_vec(self).map_err(EnvelopeError::Statement)?;
        let envelope = Envelope::over(STATEMENT_TYPE, payload, signer).await?;
        Ok(serde_json::to_string_pretty(&envelope).map_err(EnvelopeError::Statement)? + "\n")
    }

    /// Whether this is the file that it speaks of.
    pub fn is_of(&self, file: &[u8]) -> bool {
        self.size == file.len() as u64 && self.sha256 == digest(file)
    }
}

/// Checks a file against its signed statement, with nothing but the desk's public key.
///
/// # Errors
/// The first thing that does not fit.
pub fn verify(statement: &str, file: &[u8], public_key: &[u8; 32]) -> Result<ReportStatement, NotTheReport> {
    let envelope: Envelope = serde_json::from_str(statement).map_err(|_| NotTheReport::NotAStatement)?;
    let payload = envelope.verified(STATEMENT_TYPE, public_key).map_err(|error| match error {
        EnvelopeError::OtherKey | EnvelopeError::NotAKey => NotTheReport::OtherKey,
        EnvelopeError::Changed => NotTheReport::Signature,
        _ => NotTheReport::NotAStatement,
    })?;
    let statement: ReportStatement = serde_json::from_slice(&payload).map_err(|_| NotTheReport::NotAStatement)?;
    if statement.format != FORMAT {
        return Err(NotTheReport::NotAStatement);
    }
    if statement.is_of(file) { Ok(statement) } else { Err(NotTheReport::File) }
}

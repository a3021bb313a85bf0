//! The chain outside of the ledger: how it is written out line by line, and how such a file is checked by anybody.
//!
//! `docs/audit.md` says the same in words, so that no program of ours is needed for it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    event::{ChainHash, Event, text},
    id::DeskId,
    ports::{Head, Signer},
    receipt::{Envelope, EnvelopeError, LedgerAnchor},
    report::{ReportStatement, STATEMENT_TYPE},
};

/// What an export calls itself.
pub const FORMAT: &str = "custody.audit.v1";
/// The type of the signed last line.
pub const HEAD_TYPE: &str = "application/vnd.custody.audit-head+json";
/// No line of an export is longer.
pub const LONGEST_LINE: usize = 4 << 20;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Always [`FORMAT`].
    pub format: String,
    /// Whose chain it is.
    pub desk: DeskId,
    /// When it was written out.
    pub made_at: Timestamp,
    /// The program and its version.
    pub tool: String,
    /// The event before the first one that follows: index 0 and zeros for a whole chain.
    pub after: LedgerAnchor,
}

/// A line in between: one event.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    event: Event,
    hash: String,
    index: u64,
}

/// What the last line signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// Always [`FORMAT`].
    pub format: String,
    /// Whose chain it is.
    pub desk: DeskId,
    /// When it was signed.
    pub made_at: Timestamp,
    /// SHA-256 of the first line, in hexadecimal.
    pub opening: String,
    /// Where the export begins.
    pub after: LedgerAnchor,
    /// The last event.
    pub head: LedgerAnchor,
}

impl LedgerAnchor {
    /// This end of a chain.
    pub fn of(head: Head) -> Self {
        Self { index: head.index, head: hex::encode(head.hash.0) }
    }

    /// The end of a chain that it names, if it is one.
    pub fn as_head(&self) -> Option<Head> {
        let mut hash = [0; 32];
        hex::decode_to_slice(&self.head, &mut hash).ok()?;
        Some(Head { index: self.index, hash: ChainHash(hash) })
    }
}

/// Writes the first line, without its line break.
pub fn opening_line(opening: &Opening) -> Result<String, serde_json::Error> {
    serde_json_canonicalizer::to_string(opening)
}

/// Writes the line of an event whose stored text and hash these are. The text stands in it as it is stored.
pub fn event_line(index: u64, text: &str, hash: ChainHash) -> String {
    format!("{{\"event\":{text},\"hash\":\"{}\",\"index\":{index}}}", hex::encode(hash.0))
}

/// What the last line says of the first one.
pub fn opening_digest(line: &str) -> String {
    hex::encode(Sha256::digest(line))
}

/// Writes the last line: the end of the chain, signed by the desk.
pub async fn closing_line(closing: &Closing, signer: &dyn Signer) -> Result<String, EnvelopeError> {
    let payload = serde_json_canonicalizer::to_vec(closing).map_err(EnvelopeError::Statement)?;
    let envelope = Envelope::over(HEAD_TYPE, payload, signer).await?;
    serde_json_canonicalizer::to_string(&envelope).map_err(EnvelopeError::Statement)
}

/// Why an export is not what it says it is. Each names the first place that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// It does not begin as an export does.
    #[error("this is not an export of a ledger's chain")]
    NotAnExport,
    /// The event at this index is the first that does not fit: it was changed, removed, moved or slipped in.
    #[error("event {index} does not fit (line {line})")]
    Event {
        /// The index.
        index: u64,
        /// The line of the file, counted from 1.
        line: u64,
    },
    /// It ends after the event at this index without its last line.
    #[error("the export is cut off after event {after}")]
    CutOff {
        /// The index.
        after: u64,
    },
    /// Its last line speaks of another chain or another end.
    #[error("the last line does not fit the events before it")]
    Closing,
    /// The last line is signed by another key.
    #[error("the last line is not signed by this key")]
    OtherKey,
    /// The last line was changed after it was signed.
    #[error("the last line was changed after it was signed")]
    Signature,
    /// Something follows the last line.
    #[error("something follows the last line")]
    Trailing,
}

/// What a file was found to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Whose chain it is, and where the export begins and ends.
    pub closing: Closing,
    /// Whether the signature was checked; without a key it cannot be.
    pub signature_fits: bool,
}

/// Checks an export line by line. What it needs does not grow with the export.
#[derive(Debug, Default)]
pub struct Check {
    lines: u64,
    /// The first line and its digest.
    opening: Option<(Opening, String)>,
    last: Option<Head>,
    closing: Option<Envelope>,
}

impl Check {
    /// Takes the next line, without its line break.
    pub fn line(&mut self, line: &str) -> Result<(), Mismatch> {
        self.lines += 1;
        let Some(last) = self.last else { return self.open(line) };
        if self.closing.is_some() {
            return Err(Mismatch::Trailing);
        }
        let index = last.index.saturating_add(1);
        let bad = Mismatch::Event { index, line: self.lines };
        let Ok(Line { event, hash, index: said }) = serde_json::from_str(line) else {
            self.closing = Some(serde_json::from_str(line).map_err(|_| bad)?);
            return Ok(());
        };
        // Made anew from what was read, so that the same event written otherwise is not taken for the stored one.
        let text = text(&event).map_err(|_| bad)?;
        let next = last.hash.next(index, &text);
        if said != index || hash != hex::encode(next.0) || line != event_line(index, &text, next) {
            return Err(bad);
        }
        self.last = Some(Head { index, hash: next });
        Ok(())
    }

    fn open(&mut self, line: &str) -> Result<(), Mismatch> {
        let opening: Opening = serde_json::from_str(line).map_err(|_| Mismatch::NotAnExport)?;
        let after = opening.after.as_head().filter(|_| opening.format == FORMAT).ok_or(Mismatch::NotAnExport)?;
        if after.index == 0 && after.hash != ChainHash::GENESIS {
            return Err(Mismatch::NotAnExport);
        }
        (self.last, self.opening) = (Some(after), Some((opening, opening_digest(line))));
        Ok(())
    }

    /// Ends the check. With the desk's public key, the signature is checked too.
    pub fn end(self, public_key: Option<&[u8; 32]>) -> Result<Checked, Mismatch> {
        let (Some((opening, digest)), Some(last)) = (self.opening, self.last) else {
            return Err(Mismatch::NotAnExport);
        };
        let envelope = self.closing.ok_or(Mismatch::CutOff { after: last.index })?;
        let payload = match public_key {
            Some(key) => envelope.verified(HEAD_TYPE, key),
            None => envelope.unverified(HEAD_TYPE),
        };
        let payload = payload.map_err(|error| match error {
            EnvelopeError::OtherKey | EnvelopeError::NotAKey => Mismatch::OtherKey,
            EnvelopeError::Changed => Mismatch::Signature,
            _ => Mismatch::Closing,
        })?;
        let closing: Closing = serde_json::from_slice(&payload).map_err(|_| Mismatch::Closing)?;
        let fits = closing.format == FORMAT
            && closing.desk == opening.desk
            && closing.opening == digest
            && closing.after == opening.after
            && closing.head == LedgerAnchor::of(last);
        if !fits {
            return Err(Mismatch::Closing);
        }
        Ok(Checked { closing, signature_fits: public_key.is_some() })
    }
}

/// The signed end of a chain in a file: an export, a report's statement, or a receipt.
///
/// # Errors
/// [`EnvelopeError::NotAReceipt`] if it is none of them; what is wrong with its signature.
pub fn signed_head(text: &str, public_key: &[u8; 32]) -> Result<Head, EnvelopeError> {
    let whole = serde_json::from_str::<Envelope>(text);
    let last_line = || text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let envelope = whole.or_else(|_| serde_json::from_str(last_line())).map_err(|_| EnvelopeError::NotAReceipt)?;
    let anchor = if envelope.payload_type == HEAD_TYPE {
        let payload = envelope.verified(HEAD_TYPE, public_key)?;
        serde_json::from_slice::<Closing>(&payload).map_err(|_| EnvelopeError::NotAReceipt)?.head
    } else if envelope.payload_type == STATEMENT_TYPE {
        let payload = envelope.verified(STATEMENT_TYPE, public_key)?;
        serde_json::from_slice::<ReportStatement>(&payload).map_err(|_| EnvelopeError::NotAReceipt)?.ledger
    } else {
        crate::receipt::verify(&envelope, public_key)?.ledger
    };
    anchor.as_head().ok_or(EnvelopeError::NotAReceipt)
}

#[cfg(test)]
mod tests;

//! The record for those who check it: its chain, what signed texts say of it, and what leaves the desk.

use custody_core::{
    Timestamp,
    audit::{self, Closing, FORMAT, Opening},
    flow::FlowError,
    four_eyes::ExportOf,
    id::ReceiptId,
    ports::{ChainVerdict, Fault, Head, Ledger as _, PortError, Signer},
    receipt::{LedgerAnchor, verify},
};
use custody_ledger::Tables;

use super::{Desk, acting::not_found};
use crate::{Result, views::RecordedExport};

/// How many receipts are read at a time.
const AT_A_TIME: u32 = 500;

/// What the desk's own receipts say of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchors {
    /// How many receipts name an event that is there, with its hash.
    pub fit: u64,
    /// The oldest receipt that does not fit, and the event it names.
    pub broken: Option<(ReceiptId, u64)>,
}

impl Desk {
    /// Walks the whole chain of the ledger.
    pub async fn verify_chain(&self) -> Result<ChainVerdict> {
        Ok(self.0.ledger.verify().await?)
    }

    /// Compares the chain with the receipts that are kept: each was signed over the end that the chain had then. A chain that
    /// was made anew as a whole fits in itself, and not with them.
    pub async fn verify_anchors(&self) -> Result<Anchors> {
        let key = Signer::public_key(&self.0.vault);
        let mut anchors = Anchors { fit: 0, broken: None };
        let mut skip = 0;
        loop {
            let page = self.0.ledger.receipts(skip, AT_A_TIME).await?;
            skip += AT_A_TIME;
            if page.is_empty() {
                return Ok(anchors);
            }
            for receipt in page {
                let Some(envelope) = self.0.ledger.envelope(receipt.id).await? else { continue };
                // A receipt whose signature does not fit says nothing; whoever shows it says so.
                let Ok(statement) = verify(envelope.reveal(), &key) else { continue };
                let index = statement.ledger.index;
                match statement.ledger.as_head() {
                    Some(head) if self.fits_chain(head).await? => anchors.fit += 1,
                    // Newest first: the last one that is found is the oldest.
                    _ => anchors.broken = Some((receipt.id, index)),
                }
            }
        }
    }

    /// Whether the chain has this event with this hash. Ask it of a head that was signed and kept elsewhere.
    pub async fn fits_chain(&self, head: Head) -> Result<bool> {
        Ok(head.index == 0 || self.0.ledger.hash_at(head.index).await? == Some(head.hash))
    }

    /// Gives the events after the one with index `after`, line by line, in a form that anybody can check; the last line is
    /// signed. Recorded first, so that the export ends with its own event. Ends early where the chain does not fit.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if there is no such event, [`Fault::NeedsSecondPerson`] where the settings say so, and nobody
    /// approved it; faults of the ledger and of the signing key.
    pub async fn export_audit(&self, after: u64, line: &mut (dyn FnMut(&str) + Send)) -> Result<ChainVerdict> {
        let after = match after {
            0 => Head { index: 0, hash: custody_core::event::ChainHash::GENESIS },
            index => Head { index, hash: self.0.ledger.hash_at(index).await?.ok_or_else(not_found)? },
        };
        let used = self.permission(ExportOf::Ledger).await?;
        self.note_export(RecordedExport::Events { after: after.index }, used).await?;
        let (desk, made_at) = (self.0.vault.desk(), self.now());
        let tool = format!("Custody {}", env!("CARGO_PKG_VERSION"));
        let opening = Opening { format: FORMAT.to_owned(), desk, made_at, tool, after: LedgerAnchor::of(after) };
        let opening = audit::opening_line(&opening).map_err(unwritable)?;
        line(&opening);
        let mut each = |text: &str, head: Head| {
            if head.index > after.index {
                line(&audit::event_line(head.index, text, head.hash));
            }
        };
        let verdict = self.0.ledger.walk_chain(&mut each).await?;
        if let ChainVerdict::Whole(head) = verdict {
            line(&self.closing_line(made_at, &opening, after, head).await?);
        }
        Ok(verdict)
    }

    async fn closing_line(&self, made_at: Timestamp, opening: &str, after: Head, head: Head) -> Result<String> {
        let closing = Closing {
            format: FORMAT.to_owned(),
            desk: self.0.vault.desk(),
            made_at,
            opening: audit::opening_digest(opening),
            after: LedgerAnchor::of(after),
            head: LedgerAnchor::of(head),
        };
        Ok(audit::closing_line(&closing, &self.0.vault).await.map_err(FlowError::from)?)
    }

    /// Gives every row of these tables as one line of text; recorded as an export.
    ///
    /// # Errors
    /// [`Fault::NeedsSecondPerson`] where the settings say so, and nobody approved it.
    pub async fn dump(&self, tables: Tables, line: &mut (dyn FnMut(&str) + Send)) -> Result<()> {
        let what = match tables {
            Tables::All => RecordedExport::AllTables,
            Tables::Kept => RecordedExport::KeptTables,
            Tables::Personal => RecordedExport::PersonalTables,
        };
        let used = self.permission(ExportOf::Ledger).await?;
        self.note_export(what, used).await?;
        Ok(self.0.ledger.dump(tables, line).await?)
    }
}

fn unwritable(cause: serde_json::Error) -> PortError {
    PortError::needs_person(Fault::LedgerTrouble).because(cause)
}

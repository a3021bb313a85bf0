//! Receipts as people are shown them, and what of them leaves the desk.

use custody_core::{
    Private,
    event::EventKind,
    id::ReceiptId,
    ports::{Fault, Ledger as _, PortError, Signer},
    receipt::{EnvelopeError, key_id, verify},
    receipt_list::{ReceiptQuery, ReceiptStanding},
};

use super::{
    Desk,
    acting::not_found,
    reading::{all_receipts, page},
};
use crate::{
    Result, show,
    views::{
        ReceiptCheckView, ReceiptCount, ReceiptListView, ReceiptRowView, ReceiptView, RecordedExport, SignatureFound,
    },
};

impl Desk {
    /// A part of the list of receipts, as of now.
    pub async fn list_receipts(&self, query: &ReceiptQuery) -> Result<ReceiptListView> {
        // They are found by the words of their cases.
        self.try_to_make_case_list().await;
        let found = self.0.ledger.list_receipts(query).await?;
        let wired = self.wired();
        let page = page(&wired).await?;
        let mut rows = Vec::new();
        for receipt in &found.receipts {
            rows.push(show::receipt_row(&page, &receipt.row).await?);
        }
        let count = |(standing, receipts): (ReceiptStanding, u64)| ReceiptCount { standing, receipts };
        Ok(ReceiptListView {
            rows,
            total: found.total,
            counts: found.counts.into_iter().map(count).collect(),
            owed: found.owed,
        })
    }

    /// All receipts, newest first.
    pub async fn receipts(&self) -> Result<Vec<ReceiptRowView>> {
        let wired = self.wired();
        let page = page(&wired).await?;
        let mut rows = Vec::new();
        for receipt in all_receipts(&self.0.ledger).await? {
            rows.push(show::receipt_row(&page, &receipt).await?);
        }
        Ok(rows)
    }

    /// A receipt with everything in it.
    pub async fn receipt(&self, id: ReceiptId) -> Result<ReceiptView> {
        let wired = self.wired();
        let receipt = self.0.ledger.receipt(id).await?.ok_or_else(not_found)?;
        Ok(show::receipt_view(&page(&wired).await?, &receipt).await?)
    }

    /// The signed receipt as the customer got it, as JSON; recorded as an export.
    pub async fn receipt_file(&self, id: ReceiptId) -> Result<Private<String>> {
        let envelope = self.0.ledger.envelope(id).await?.ok_or_else(not_found)?;
        let text = serde_json::to_string_pretty(envelope.reveal())
            .map_err(|cause| PortError::needs_person(Fault::LedgerDamaged).because(cause))?;
        let what = RecordedExport::Receipt { receipt: id.to_string() };
        self.note(EventKind::Exported { what: what.in_row() }).await?;
        Ok(text.into())
    }

    /// Checks a receipt: its signature, and whether ledger and chain say what it says of them.
    pub async fn verify_receipt(&self, id: ReceiptId) -> Result<ReceiptCheckView> {
        let receipt = self.0.ledger.receipt(id).await?.ok_or_else(not_found)?;
        let key = Signer::public_key(&self.0.vault);
        let mut check = ReceiptCheckView {
            signature: SignatureFound::Forgotten,
            key: key_id(&key),
            digest_fits: None,
            names_fit: None,
            chain_fits: None,
            chain_index: None,
            checked_at: show::time(self.now()),
        };
        let Some(envelope) = self.0.ledger.envelope(id).await? else { return Ok(check) };
        let envelope = envelope.reveal();
        check.digest_fits = Some(envelope.payload_digest().is_ok_and(|digest| digest == receipt.payload_digest));
        let verified = verify(envelope, &key);
        check.signature = match &verified {
            Ok(_) => SignatureFound::Fits,
            Err(EnvelopeError::OtherKey) => SignatureFound::OtherKey,
            Err(_) => SignatureFound::Changed,
        };
        // What a text says that nobody signed is worth no look.
        if let Ok(statement) = verified {
            let named: Vec<_> = statement.files.iter().map(|file| file.id).collect();
            check.names_fit = Some(statement.receipt_id == id && named == receipt.files);
            check.chain_index = Some(statement.ledger.index);
            check.chain_fits = Some(match statement.ledger.as_head() {
                Some(head) => self.fits_chain(head).await?,
                None => false,
            });
        }
        Ok(check)
    }
}

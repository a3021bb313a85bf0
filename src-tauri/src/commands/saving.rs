//! What leaves the desk as a file. The page says what, never where.

use custody_core::ports::ChainVerdict;

use crate::{AppError, Nothing, OfReceipt, SavedFile, Stage};

pub async fn save_receipt(stage: &Stage, OfReceipt { receipt }: OfReceipt) -> Result<SavedFile, AppError> {
    stage
        .save("custody-receipt", "json", async |desk, file| Ok(file.line(desk.receipt_file(receipt).await?.reveal())?))
        .await
}

pub async fn export_audit(stage: &Stage, _: Nothing) -> Result<SavedFile, AppError> {
    stage
        .save("custody-audit", "jsonl", async |desk, file| {
            let mut written = Ok(());
            let verdict = desk
                .export_audit(0, &mut |line| {
                    if written.is_ok() {
                        written = file.line(line);
                    }
                })
                .await?;
            written?;
            match verdict {
                ChainVerdict::Whole(_) => Ok(()),
                // An export without its signed end is none.
                ChainVerdict::Broken { .. } => Err(AppError::ChainBroken),
            }
        })
        .await
}

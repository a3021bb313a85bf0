//! A report as a file that leaves the desk: for people, for spreadsheets and for programs. Pure: the same report gives the
//! same bytes.

mod csv;
mod json;
mod paper;

use std::collections::BTreeMap;

use custody_core::{
    Timestamp,
    flow::reconcile::Compared,
    id::{DeskId, PersonId},
    receipt::LedgerAnchor,
    report::{Report, ReportFormat},
};
use custody_paper::PaperError;

pub use self::csv::csv;

/// A report with what a file says of it besides.
#[derive(Clone, Debug)]
pub struct Told {
    /// The report.
    pub report: Report,
    /// Whose it is.
    pub desk: DeskId,
    /// The organisation's name.
    pub issuer: String,
    /// The program and its version.
    pub tool: String,
    /// Where the ledger's chain ended, with the event of this export.
    pub ledger: LedgerAnchor,
    /// The first event that does not fit into the chain, if one does not.
    pub broken_at: Option<u64>,
    /// The names of staff that the report speaks of.
    pub people: BTreeMap<PersonId, String>,
}

impl Told {
    /// The whole file.
    ///
    /// # Errors
    /// [`PaperError`] from a program that was not built well.
    pub fn file(&self, form: ReportFormat) -> Result<Vec<u8>, PaperError> {
        match form {
            ReportFormat::Pdf => custody_paper::write(&paper::paper(self)),
            // Excel takes a file without this mark for one of the machine's own code page.
            ReportFormat::Csv => Ok(format!("\u{FEFF}{}", csv(self)).into_bytes()),
            ReportFormat::Json => json::json(self).map_err(|_| PaperError::Unwritable),
        }
    }

    fn person(&self, id: PersonId) -> String {
        self.people.get(&id).cloned().unwrap_or_else(|| format!("Person {}", id.short()))
    }
}

/// Everything that a comparison counts besides what fits: its word, and how it is called on the report.
pub const fn compared(found: &Compared) -> [(&'static str, &'static str, u64); 9] {
    [
        ("on_the_way", "arriving, being erased, or lost", found.on_the_way),
        ("parts", "part files of files that arrive", found.parts),
        ("aside", "set aside, unknown to the ledger", found.aside),
        ("foreign", "other things among the sealed files", found.foreign),
        ("without_key", "held files without a key", found.without_key),
        ("stray_keys", "keys of files that are not in custody", found.stray_keys),
        ("epoch_key_missing", "current epoch keys that are missing", found.epoch_key_missing as u64),
        ("old_epoch_keys", "keys of other epochs", found.old_epoch_keys),
        ("stray_drop_folders", "drop folders of no case", found.stray_drop_folders),
    ]
}

/// "2026-11-02 08:30", in UTC: one zone for all, so that two readers read the same.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests;

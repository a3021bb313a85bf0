//! What was readable on a machine that was lost. It names customers and files: for the people who have to write to them.

use custody_core::incident::Form;
use serde::Serialize;

/// What was readable in a span of time.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentView {
    /// From when the machine may have been in other hands, RFC 3339.
    pub from: String,
    /// Until when.
    pub to: String,
    /// Whether the desk was unlocked at some moment of it, as far as the record says.
    pub unlocked: bool,
    /// Since when, if it still was at its end.
    pub unlocked_since: Option<String>,
    /// Wrong passphrases in that time.
    pub wrong_passphrases: u64,
    /// The customers whose files were there.
    pub customers: Vec<IncidentCustomerView>,
    /// The viewing copies that were there.
    pub copies: Vec<IncidentCopyView>,
    /// The last event that the record holds: of what happened after it, nothing is known.
    pub last_event: Option<u64>,
    /// When it was.
    pub last_event_at: Option<String>,
}

/// A customer whose files were there.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentCustomerView {
    /// The customer, if the case says whose it is.
    pub customer: Option<String>,
    /// The name; empty once forgotten.
    pub name: String,
    /// The address, where one is known.
    pub email: Option<String>,
    /// The files.
    pub files: Vec<IncidentFileView>,
    /// The letter, for a person to look at and send; none once the customer is forgotten.
    pub letter: Option<DraftedLetter>,
}

/// A file that was there.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentFileView {
    /// The file.
    pub file: String,
    /// Its name; empty once forgotten.
    pub name: String,
    /// Its case.
    pub case: String,
    /// The thread's title; empty once forgotten.
    pub title: String,
    /// Its size in bytes, once sealed.
    pub size: Option<u64>,
    /// When it was sealed, RFC 3339.
    pub sealed_at: Option<String>,
    /// How it lay there: `key_dropped`, `sealed`, `viewing_copy` or `drop_folder`.
    pub form: Form,
    /// Whether it came through the drop folder.
    pub from_drop_folder: bool,
    /// When it was proven erased, RFC 3339.
    pub erased_at: Option<String>,
}

/// A viewing copy that was there.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentCopyView {
    /// The copy.
    pub copy: String,
    /// Of which file.
    pub file: String,
    /// For whom.
    pub person: String,
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// When its lease ended, RFC 3339.
    pub until: String,
}

/// A letter that nobody sent yet.
#[derive(Clone, Debug, Serialize)]
pub struct DraftedLetter {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

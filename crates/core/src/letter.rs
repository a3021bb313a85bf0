//! The letter that brings a receipt: what happened in three sentences, how to check it, how to answer.

mod hold_reply;
mod html;
mod incident;
mod text;
mod words;

use crate::{
    Private,
    case::Customer,
    ports::OutgoingLetter,
    receipt::{Envelope, EnvelopeError, ErasedFile, PAYLOAD_TYPE, ReceiptRow, Statement},
    retention::Reason,
};
pub(crate) use hold_reply::{HoldReply, KeptFile};
pub use incident::{IncidentLetter, incident_letter};
use words::Words;

/// Why a letter cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// The stored receipt cannot be read.
    #[error("the stored receipt cannot be read")]
    Receipt(#[source] EnvelopeError),
    /// The envelope cannot be written as JSON.
    #[error("the receipt cannot be attached")]
    Attachment(#[source] serde_json::Error),
}

/// Writes the letter of a receipt, plain and as HTML without any remote content, with the receipt attached.
pub fn compose(
    language: &str,
    receipt: &ReceiptRow,
    envelope: &Private<Envelope>,
    customer: &Customer,
    to: Private<String>,
) -> Result<OutgoingLetter, LetterError> {
    let statement = envelope.reveal().statement().map_err(LetterError::Receipt)?;
    let words = words::of(language);
    let name = customer.name.as_ref().unwrap_or(&customer.username).reveal();
    let content = Content::new(words, receipt, &statement, shown(name), true);
    let attached = serde_json::to_vec_pretty(envelope.reveal()).map_err(LetterError::Attachment)?;
    Ok(OutgoingLetter {
        message_id: receipt.message_id.clone(),
        to,
        subject: Private::new(words.subject(&receipt.token, statement.follows.is_some())),
        text: Private::new(text::write(&content, text::Place::Mail)),
        html: Private::new(html::write(&content)),
        attachment: Some((format!("receipt-{}.json", receipt.id.short()), Private::new(attached))),
    })
}

/// The same as a post for the private thread, where there is no address.
pub fn thread_text(
    language: &str,
    receipt: &ReceiptRow,
    envelope: &Private<Envelope>,
) -> Result<Private<String>, LetterError> {
    let statement = envelope.reveal().statement().map_err(LetterError::Receipt)?;
    let words = words::of(language);
    let username = format!("@{}", shown(&statement.customer.username));
    let mut text = text::write(&Content::new(words, receipt, &statement, username, false), text::Place::Thread);
    let attached = serde_json::to_string(envelope.reveal()).map_err(LetterError::Attachment)?;
    text.push_str(&format!("\n{}\n\n```json\n{attached}\n```\n", words.receipt_below(PAYLOAD_TYPE)));
    Ok(Private::new(text))
}

/// What a letter says, before it is plain text or HTML.
struct Content {
    words: &'static dyn Words,
    name: String,
    what_happened: String,
    files: Vec<FileContent>,
    /// How long the customer's request waited for a hold, if it did.
    waited: Option<String>,
    complete: bool,
    how_to_check: String,
    token: String,
    issuer: String,
    contact: String,
}

/// One file of a letter.
struct FileContent {
    name: String,
    size: String,
    rows: Vec<Row>,
}

/// One line of a file's table.
#[derive(PartialEq, Eq)]
struct Row {
    place: &'static str,
    found: String,
    closed: bool,
}

impl Content {
    fn new(
        words: &'static dyn Words,
        receipt: &ReceiptRow,
        statement: &Statement,
        name: String,
        attached: bool,
    ) -> Self {
        let reason = statement.files.first().map_or(Reason::PeriodEnded, |file| file.reason);
        Self {
            words,
            name,
            // Only the places that were open were looked at again; the others stand as they were found before.
            what_happened: match statement.follows {
                Some(_) => words.what_followed().to_owned(),
                None => words.what_happened(statement.files.len(), reason),
            },
            files: statement.files.iter().map(|file| FileContent::new(words, file)).collect(),
            waited: waited(words, statement),
            complete: statement.complete,
            how_to_check: words.how_to_check(attached),
            token: receipt.token.clone(),
            issuer: shown(&statement.issuer.name),
            contact: shown(&statement.issuer.contact),
        }
    }

    fn outcome(&self) -> &'static str {
        if self.complete { self.words.complete() } else { self.words.partial() }
    }

    /// The three answers, each with what it means.
    fn choices(&self) -> [(&'static str, &'static str); 3] {
        [self.words.to_confirm(), self.words.to_dispute(), self.words.to_remove()]
    }
}

/// Said once for all files: of one request, they waited for the same time or for a part of it.
fn waited(words: &dyn Words, statement: &Statement) -> Option<String> {
    if statement.follows.is_some() {
        return None;
    }
    let waits = || statement.files.iter().filter_map(|file| file.waited_for_hold);
    let asked = waits().map(|wait| wait.asked_at).min()?;
    let until = waits().map(|wait| wait.until).max()?;
    Some(words.waited_for_hold(words::day_of(asked), words::day_of(until)))
}

impl FileContent {
    fn new(words: &dyn Words, file: &ErasedFile) -> Self {
        let mut rows: Vec<Row> = Vec::new();
        for proof in &file.locations {
            let row = Row {
                place: words.place(&proof.location),
                found: words.found(proof.state),
                closed: proof.state.is_closed(),
            };
            // Ten working copies that all ended alike are one line; each stands on the receipt.
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        Self { name: shown(&file.name), size: words.bytes(file.size), rows }
    }
}

/// A name that turns nothing around it.
fn isolated_name(name: &str) -> String {
    format!("\u{2068}{}\u{2069}", shown(name))
}

/// A hostile name on one line: control characters and direction overrides are shown as what they are.
pub fn shown(name: &str) -> String {
    const LONGEST: usize = 160;
    let mut safe = String::new();
    for letter in name.chars().take(LONGEST) {
        safe.push(if letter.is_control() || is_direction_mark(letter) { '\u{FFFD}' } else { letter });
    }
    if name.chars().nth(LONGEST).is_some() {
        safe.push('…');
    }
    safe
}

const fn is_direction_mark(letter: char) -> bool {
    matches!(letter, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}')
}

#[cfg(test)]
mod tests;

//! The letter that brings a receipt: what happened in three sentences, how to check it, how to answer.

mod words;

use crate::{
    Private,
    case::Customer,
    location::{Location, LocationState},
    ports::OutgoingLetter,
    receipt::{Envelope, EnvelopeError, ErasedFile, PAYLOAD_TYPE, ReceiptRow, Statement},
};
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
    let words = Words::of(language);
    let name = customer.name.as_ref().unwrap_or(&customer.username).reveal();
    let parts = parts(words, receipt, &statement, name);
    let attached = serde_json::to_vec_pretty(envelope.reveal()).map_err(LetterError::Attachment)?;
    Ok(OutgoingLetter {
        message_id: receipt.message_id.clone(),
        to,
        subject: Private::new(words.subject(&receipt.token, statement.follows.is_some())),
        text: Private::new(as_text(&parts)),
        html: Private::new(as_html(words, &parts)),
        attachment: (format!("receipt-{}.json", receipt.id.short()), Private::new(attached)),
    })
}

/// The same as a post for the private thread, where there is no address.
pub fn thread_text(
    language: &str,
    receipt: &ReceiptRow,
    envelope: &Private<Envelope>,
) -> Result<Private<String>, LetterError> {
    let statement = envelope.reveal().statement().map_err(LetterError::Receipt)?;
    let words = Words::of(language);
    let username = format!("@{}", statement.customer.username);
    let mut text = as_text(&parts(words, receipt, &statement, &username));
    let attached = serde_json::to_string(envelope.reveal()).map_err(LetterError::Attachment)?;
    text.push_str(&format!("\n{}\n\n```json\n{attached}\n```\n", words.receipt_below(PAYLOAD_TYPE)));
    Ok(Private::new(text))
}

/// A paragraph or a list of the letter.
enum Part {
    Line(String),
    List(Vec<(String, Vec<String>)>),
}

fn parts(words: &Words, receipt: &ReceiptRow, statement: &Statement, name: &str) -> Vec<Part> {
    vec![
        Part::Line(words.greeting(name)),
        Part::Line(words.what_happened(statement)),
        Part::List(statement.files.iter().map(|file| (words.file(file), locations(words, file))).collect()),
        Part::Line(if statement.complete { words.complete() } else { words.partial() }.to_owned()),
        Part::Line(words.how_to_check()),
        Part::Line(words.how_to_answer(&receipt.token)),
        Part::Line(words.sender(&statement.issuer.name, &statement.issuer.contact)),
    ]
}

fn locations(words: &Words, file: &ErasedFile) -> Vec<String> {
    file.locations.iter().map(|proof| words.location(&proof.location, proof.state)).collect()
}

fn as_text(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Line(line) => text.push_str(&format!("{line}\n\n")),
            Part::List(items) => {
                for (head, lines) in items {
                    text.push_str(&format!("  * {head}\n"));
                    for line in lines {
                        text.push_str(&format!("      - {line}\n"));
                    }
                }
                text.push('\n');
            }
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn as_html(words: &Words, parts: &[Part]) -> String {
    let mut body = String::new();
    for part in parts {
        match part {
            Part::Line(line) => body.push_str(&format!("<p>{}</p>\n", escaped(line))),
            Part::List(items) => {
                body.push_str("<ul>\n");
                for (head, lines) in items {
                    body.push_str(&format!("<li><strong>{}</strong>\n<ul>\n", escaped(head)));
                    for line in lines {
                        body.push_str(&format!("<li>{}</li>\n", escaped(line)));
                    }
                    body.push_str("</ul></li>\n");
                }
                body.push_str("</ul>\n");
            }
        }
    }
    format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\n<body \
         style=\"font-family:sans-serif;max-width:40em;line-height:1.5\">\n{body}</body></html>\n",
        words.language(),
        words.title()
    )
}

/// Customers' names go into HTML as text, and cannot turn the reading direction of what follows.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A hostile name on one line: control characters and direction overrides are shown as what they are.
pub fn shown(name: &str) -> String {
    const LONGEST: usize = 160;
    let mut safe = String::new();
    for letter in name.chars() {
        if letter.is_control() || is_direction_mark(letter) {
            safe.push('\u{FFFD}');
        } else {
            safe.push(letter);
        }
        if safe.chars().count() >= LONGEST {
            safe.push('…');
            break;
        }
    }
    safe
}

const fn is_direction_mark(letter: char) -> bool {
    matches!(letter, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}')
}

/// The words of a location's state, for letters and lists.
pub fn location_in_words(language: &str, location: &Location, state: LocationState) -> String {
    Words::of(language).location(location, state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_stay_text() {
        assert_eq!(escaped("<script>alert('x')</script>"), "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
        assert_eq!(shown("gpj.\u{202E}exe\n"), "gpj.\u{FFFD}exe\u{FFFD}");
        assert!(shown(&"a".repeat(1000)).chars().count() <= 161);
    }
}

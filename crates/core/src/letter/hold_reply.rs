//! The letter to a customer whose request waits for a hold: received, kept for now, and what happens next.

use jiff::Timestamp;

use super::{html, shown, text, words};
use crate::{Private, case::Customer, ports::OutgoingLetter, reply::Reply};

/// A reply, ready to be said.
pub(crate) struct HoldReply<'a> {
    pub(crate) reply: &'a Reply,
    pub(crate) asked_at: Timestamp,
    pub(crate) files: &'a [KeptFile],
    pub(crate) customer: &'a Customer,
}

/// A file that a hold keeps.
pub(crate) struct KeptFile {
    pub(crate) name: Private<String>,
    pub(crate) size: u64,
}

impl HoldReply<'_> {
    /// As a letter.
    pub(crate) fn mail(&self, language: &str, issuer: (&str, &str), to: Private<String>) -> OutgoingLetter {
        let words = words::of(language);
        let name = self.customer.name.as_ref().unwrap_or(&self.customer.username).reveal();
        let said = self.said(language, shown(name), issuer);
        OutgoingLetter {
            message_id: self.reply.message_id.clone(),
            to,
            subject: Private::new(words.kept_subject(&self.reply.token)),
            text: Private::new(text::write_kept(&said, text::Place::Mail)),
            html: Private::new(html::write_kept(&said)),
            attachment: None,
        }
    }

    /// As a post for the private thread.
    pub(crate) fn post(&self, language: &str, issuer: (&str, &str)) -> String {
        let username = format!("@{}", shown(self.customer.username.reveal()));
        text::write_kept(&self.said(language, username, issuer), text::Place::Thread)
    }

    fn said(&self, language: &str, name: String, (issuer, contact): (&str, &str)) -> Kept {
        let words = words::of(language);
        let count = self.files.len();
        Kept {
            words,
            name,
            received: words.kept_received(words::day_of(self.asked_at)),
            why: words.kept_why(count),
            files: self.files.iter().map(|file| (shown(file.name.reveal()), words.bytes(file.size))).collect(),
            next: words.kept_next(count),
            ask: words.kept_ask().to_owned(),
            number: words.kept_number(&self.reply.token),
            issuer: shown(issuer),
            contact: shown(contact),
        }
    }
}

/// What the letter says, before it is plain text or HTML.
pub(super) struct Kept {
    pub(super) words: &'static dyn words::Words,
    pub(super) name: String,
    pub(super) received: String,
    pub(super) why: String,
    pub(super) files: Vec<(String, String)>,
    pub(super) next: String,
    pub(super) ask: String,
    pub(super) number: String,
    pub(super) issuer: String,
    pub(super) contact: String,
}

//! Reads one mail: who wrote it, to which letter it answers, what the author's own words are, and whether a person wrote it.
//!
//! Every byte of a mail is the sender's to choose. So depth, count and size are bounded, only text is decoded, attached
//! mails are never opened, and a mail that makes no sense is given as what is left of it rather than not at all.

mod authentication;
mod fields;
mod html;
mod nature;
mod own_words;
mod parts;

use custody_core::{Private, ports::IncomingMail};
use mail_parser::MessageParser;
use sha2::{Digest, Sha256};

use self::{authentication::Verdict, fields::Fields, parts::Part};

/// How many letters one mail may name; the newest stand last.
const REFERENCES_MOST: usize = 100;
/// The longest Message-ID (RFC 5322's line).
const ID_MOST: usize = 998;
/// The longest subject that is kept, in characters.
const SUBJECT_MOST: usize = 1000;

/// Reads a mail. `authserv_id` is the name under which the own mail server writes `Authentication-Results`.
pub fn read_mail(raw: &[u8], authserv_id: Option<&str>) -> IncomingMail {
    let root = Part::read(raw);
    let fields = &root.fields;
    let (author, subject) = author_and_subject(&root);
    let found = parts::walk(&root);
    let verdict = authserv_id.map(|id| authentication::verdict(fields, id, &author));
    let doubtful = verdict == Some(Verdict::Refuted);
    IncomingMail {
        message_id: Private::new(message_id(fields).unwrap_or_else(|| digest(raw))),
        dkim_pass: verdict == Some(Verdict::Authentic),
        nature: nature::nature(&root, &found, &author, doubtful),
        from: Private::new(author),
        subject: Private::new(subject),
        references: references(fields),
        own_text: Private::new(own_words::own_words(&found.text)),
    }
}

/// The one author's address in small letters; empty if there is none or more than one.
fn author_and_subject(root: &Part<'_>) -> (String, String) {
    let message = MessageParser::default().parse_headers(root.head);
    let Some(message) = message else { return Default::default() };
    let mut authors = message.from().map(|from| from.iter().filter_map(|one| one.address())).into_iter().flatten();
    let alone = root.fields.all("from").count() == 1;
    let author = match (authors.next(), authors.next()) {
        (Some(author), None) if alone && author.len() <= 320 => author.trim().to_lowercase(),
        _ => String::new(),
    };
    let subject = message.subject().unwrap_or_default();
    (author, subject.chars().filter(|c| !c.is_control()).take(SUBJECT_MOST).collect())
}

fn message_id(fields: &Fields) -> Option<String> {
    ids(fields.first("message-id")?).next()
}

/// A name for a mail without one, so that it is still dealt with once.
fn digest(raw: &[u8]) -> String {
    format!("digest-{}", hex::encode(Sha256::digest(raw)))
}

fn references(fields: &Fields) -> Vec<String> {
    let named = fields.all("references").chain(fields.all("in-reply-to")).flat_map(ids);
    let mut references: Vec<String> = Vec::new();
    for id in named {
        if !references.contains(&id) {
            references.push(id);
        }
        if references.len() > REFERENCES_MOST {
            references.remove(0);
        }
    }
    references
}

/// The texts between angle brackets.
fn ids(value: &str) -> impl Iterator<Item = String> {
    value.split('<').skip(1).filter_map(|rest| {
        let id = rest.split_once('>')?.0.trim();
        let clean =
            !id.is_empty() && id.len() <= ID_MOST && !id.contains(|c: char| c.is_whitespace() || c.is_control());
        clean.then(|| id.to_owned())
    })
}

#[cfg(test)]
mod tests;

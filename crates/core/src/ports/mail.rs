//! The mail: letters out, answers in.

use std::time::Duration;

use async_trait::async_trait;

use crate::{Private, ports::PortResult};

/// Where letters are posted.
#[async_trait]
pub trait Postbox: Send + Sync {
    /// Hands a letter to the mail server. The same letter may be handed over again after a crash: it has one Message-ID.
    async fn send(&self, letter: &OutgoingLetter) -> PortResult<()>;
}

/// A letter: a receipt to a customer, or a digest to staff.
#[derive(Clone, Debug)]
pub struct OutgoingLetter {
    /// The Message-ID without angle brackets; one for each receipt or reply, for ever, and for each day's digest.
    pub message_id: String,
    /// The address.
    pub to: Private<String>,
    /// The subject.
    pub subject: Private<String>,
    /// Plain text.
    pub text: Private<String>,
    /// The same as HTML without remote content.
    pub html: Private<String>,
    /// File name and content of the signed receipt, if it brings one.
    pub attachment: Option<(String, Private<Vec<u8>>)>,
}

/// Where answers arrive.
#[async_trait]
pub trait Mailbox: Send + Sync {
    /// Mails that arrived after `mark`, oldest first, and the next mark. A mail may be given twice, none is left out.
    async fn arrived(&self, mark: Option<&str>) -> PortResult<Arrived>;

    /// Returns when mail may have arrived, at the latest after `limit`.
    async fn wait(&self, limit: Duration) -> PortResult<()>;
}

/// The answer to [`Mailbox::arrived`].
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The mails.
    pub mails: Vec<IncomingMail>,
    /// To be kept once all of them have been dealt with.
    pub mark: String,
}

/// A mail that arrived.
#[derive(Clone, Debug)]
pub struct IncomingMail {
    /// Its Message-ID, or a digest of the mail if it has none.
    pub message_id: Private<String>,
    /// The author's address, lower case.
    pub from: Private<String>,
    /// The subject.
    pub subject: Private<String>,
    /// Message-IDs it names in `In-Reply-To` and `References`, without angle brackets.
    pub references: Vec<String>,
    /// The author's own words: quoted text and attached mails are left out.
    pub own_text: Private<String>,
    /// What kind of mail it is.
    pub nature: MailNature,
    /// Whether the configured mail server found a valid DKIM signature of the author's domain.
    pub dkim_pass: bool,
}

/// What kind of mail it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailNature {
    /// Written by a person, as far as can be told.
    Personal,
    /// Perhaps not by whom it names: the configured mail server found so, or took it for spam. A person must read it.
    Doubtful,
    /// Sent by a program (out of office, list, vacation).
    Automatic,
    /// A report that a letter of ours was not delivered (RFC 3464).
    Bounce {
        /// The Message-ID of our letter, if the report names it.
        original: Option<String>,
        /// Whether the failure is final.
        permanent: bool,
    },
}

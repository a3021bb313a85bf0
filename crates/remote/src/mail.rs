//! Letters to customers (SMTP) and their answers (IMAP).
//!
//! Both clients speak TLS, or plain text to this machine alone. What a server says is bounded and never reaches an error
//! text: servers repeat addresses in their answers.

pub mod access_token;
mod connection;
pub mod imap;
mod letter;
mod login;
pub mod reply;
pub mod smtp;

use std::time::Duration;

pub use self::login::{Credential, Login};

/// How long a server may take for one answer, unless the settings say otherwise.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A mail server and how it is reached.
#[derive(Clone, Debug)]
pub struct MailServer {
    /// Its name or address; the certificate must be for it.
    pub host: String,
    /// The TCP port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Certificates of authorities that are trusted besides the system's, as PEM.
    pub extra_ca_pem: Option<Vec<u8>>,
    /// How long the server may take for one answer.
    pub patience: Duration,
}

/// How a connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// Plain at first, then TLS before anything else is said; a server that does not offer it is refused.
    StartTls,
    /// No TLS, for a server on this machine; every other address is refused.
    PlainOnLoopback,
}

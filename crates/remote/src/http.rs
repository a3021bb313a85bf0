//! The one place where an HTTP client is built, with limits to time, size and redirects.
//!
//! TLS everywhere but to this machine itself. Redirects are followed here and not in the client, because a key in a header
//! of our own would be carried along to any host.

mod base;
pub mod budget;
mod call;
mod failure;
mod refusal;

use std::{fmt, sync::Arc, time::Duration};

use custody_core::ports::{Fault, PortError, Witness};
use reqwest::{Client, redirect::Policy};
use rustls::{
    ClientConfig,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use rustls_platform_verifier::Verifier;

pub(crate) use base::checked_base;
pub(crate) use call::{Answer, Body, Call, Follow, Realm, is_allowed};
pub(crate) use failure::Failure;
pub(crate) use refusal::Refusal;

/// Forums class programs without the word `discourse` as crawlers.
const USER_AGENT: &str = concat!("Custody/", env!("CARGO_PKG_VERSION"), " (Discourse client)");

/// How long the other side may take, and whom we trust.
#[derive(Clone)]
pub struct HttpSettings {
    /// For the connection to be made.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub idle: Duration,
    /// For a whole answer; downloads are bounded by `idle` alone.
    pub whole: Duration,
    /// Certificates of authorities that are trusted besides the system's, as PEM.
    pub extra_ca_pem: Option<Vec<u8>>,
    /// Whoever is told of the dates on a server's own answers.
    pub witness: Option<Arc<dyn Witness>>,
}

impl fmt::Debug for HttpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpSettings").field("whole", &self.whole).finish_non_exhaustive()
    }
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            whole: Duration::from_secs(60),
            extra_ca_pem: None,
            witness: None,
        }
    }
}

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
pub enum HttpSetupError {
    /// The extra certificates cannot be read.
    #[error("the extra certificates are not PEM")]
    Certificates,
    /// The machine's trusted certificates cannot be used.
    #[error("the machine's trusted certificates cannot be used")]
    Tls,
    /// The client itself could not be made.
    #[error("the HTTP client could not be made")]
    Client,
}

impl From<HttpSetupError> for PortError {
    fn from(error: HttpSetupError) -> Self {
        Self::needs_person(Fault::Tls).because(error)
    }
}

/// The HTTP client. Clones share its connections.
#[derive(Clone)]
pub struct Http {
    outside: Client,
    /// Never goes through a proxy: plain text must not leave this machine.
    loopback: Client,
    whole: Duration,
    witness: Option<Arc<dyn Witness>>,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("whole", &self.whole).finish_non_exhaustive()
    }
}

impl Http {
    /// Makes the client.
    pub fn new(settings: &HttpSettings) -> Result<Self, HttpSetupError> {
        let tls = tls(settings)?;
        let client = |to_this_machine: bool| {
            let builder = Client::builder()
                .user_agent(USER_AGENT)
                .redirect(Policy::none())
                .referer(false)
                .connect_timeout(settings.connect)
                .read_timeout(settings.idle)
                .tls_backend_preconfigured(tls.clone());
            let builder = if to_this_machine { builder.no_proxy() } else { builder.https_only(true) };
            builder.build().map_err(|_| HttpSetupError::Client)
        };
        let (outside, loopback) = (client(false)?, client(true)?);
        Ok(Self { outside, loopback, whole: settings.whole, witness: settings.witness.clone() })
    }
}

fn tls(settings: &HttpSettings) -> Result<ClientConfig, HttpSetupError> {
    let extra: Vec<CertificateDer<'static>> = match &settings.extra_ca_pem {
        Some(pem) => {
            CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().map_err(|_| HttpSetupError::Certificates)?
        }
        None => Vec::new(),
    };
    // Named here and not left to the process default, so that the whole tree uses one provider.
    let provider = Arc::new(ring::default_provider());
    let verifier = Verifier::new_with_extra_roots(extra, Arc::clone(&provider)).map_err(|_| HttpSetupError::Tls)?;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| HttpSetupError::Tls)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

//! A connection to a mail server: TLS, time limits, and a limit to what is read.

use std::{
    error::Error,
    fmt, io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use custody_core::ports::{Fault, PortError, PortResult};
use rustls::{
    ClientConfig,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use rustls_platform_verifier::Verifier;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;

use super::{MailServer, Security};

/// Makes connections to one server.
pub(super) struct Connector {
    server: MailServer,
    name: ServerName<'static>,
    tls: TlsConnector,
}

impl Connector {
    pub(super) fn new(server: MailServer) -> PortResult<Self> {
        let name = ServerName::try_from(server.host.clone())
            .map_err(|cause| PortError::needs_person(Fault::Unreachable).because(cause))?;
        let unusable = |cause: Box<dyn Error + Send + Sync>| PortError::needs_person(Fault::Tls).because(cause);
        let extra: Vec<CertificateDer<'static>> = match &server.extra_ca_pem {
            Some(pem) => CertificateDer::pem_slice_iter(pem)
                .collect::<Result<_, _>>()
                .map_err(|cause| unusable(Box::new(cause)))?,
            None => Vec::new(),
        };
        let provider = Arc::new(ring::default_provider());
        let verifier =
            Verifier::new_with_extra_roots(extra, Arc::clone(&provider)).map_err(|cause| unusable(Box::new(cause)))?;
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|cause| unusable(Box::new(cause)))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(Self { server, name, tls: TlsConnector::from(Arc::new(config)) })
    }

    pub(super) const fn server(&self) -> &MailServer {
        &self.server
    }

    /// Connects, and starts TLS where that comes first.
    pub(super) async fn open(&self, most: u64) -> PortResult<Guarded> {
        let MailServer { host, port, .. } = &self.server;
        let connecting = TcpStream::connect((host.as_str(), *port));
        let stream = within(self.server.patience, connecting)
            .await?
            .and_then(|stream| stream.set_nodelay(true).map(|()| stream))
            .and_then(|stream| stream.peer_addr().map(|peer| (stream, peer)));
        let (stream, peer) =
            stream.map_err(|cause| PortError::try_again(Fault::Unreachable).because(cause.kind_only()))?;
        let plain = Guarded { inner: Box::new(stream), peer, left: most };
        match self.server.security {
            Security::Tls => self.secure(plain, most).await,
            Security::StartTls => Ok(plain),
            Security::PlainOnLoopback if peer.ip().is_loopback() => Ok(plain),
            Security::PlainOnLoopback => Err(PortError::needs_person(Fault::Tls).because(NotLoopback)),
        }
    }

    /// Starts TLS on a connection that is plain so far.
    pub(super) async fn secure(&self, mut plain: Guarded, most: u64) -> PortResult<Guarded> {
        let peer = plain.peer;
        // From here on the limit counts what was decrypted.
        plain.left = u64::MAX;
        let stream = within(self.server.patience, self.tls.connect(self.name.clone(), plain))
            .await?
            .map_err(|cause| tls_error(&cause))?;
        Ok(Guarded { inner: Box::new(stream), peer, left: most })
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector").field("server", &self.server).finish_non_exhaustive()
    }
}

/// Waits for a server, but not for ever.
pub(super) async fn within<T>(patience: Duration, answer: impl Future<Output = T>) -> PortResult<T> {
    timeout(patience, answer).await.map_err(|cause| PortError::try_again(Fault::Unreachable).because(cause))
}

/// What a failed handshake means: a certificate that is not right stays so until somebody looks at it.
pub(super) fn tls_error(cause: &(dyn Error + 'static)) -> PortError {
    match rustls_cause(cause) {
        Some(cause @ rustls::Error::InvalidCertificate(_)) => {
            PortError::needs_person(Fault::Tls).because(cause.clone())
        }
        Some(cause) => PortError::try_again(Fault::Tls).because(cause.clone()),
        None => PortError::try_again(Fault::Tls),
    }
}

/// The TLS library's own error, if it is what lies below.
pub(super) fn rustls_cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(cause) = error.downcast_ref::<rustls::Error>() {
            return Some(cause);
        }
        // An `io::Error` does not name what it wraps as its source.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(cause) = wrapped.and_then(|wrapped| wrapped.downcast_ref::<rustls::Error>()) {
            return Some(cause);
        }
        next = error.source();
    }
    None
}

/// A plain connection was asked for to another machine.
#[derive(Debug, thiserror::Error)]
#[error("mail without TLS goes to this machine only")]
struct NotLoopback;

/// The server sent more than it may for one question.
#[derive(Debug, thiserror::Error)]
#[error("the server sent too much")]
struct TooMuch;

/// An error of the operating system by its kind alone: its text may name the host.
#[derive(Debug, thiserror::Error)]
#[error("connection: {0}")]
pub(super) struct Kind(io::ErrorKind);

trait KindOnly {
    fn kind_only(&self) -> Kind;
}

impl KindOnly for io::Error {
    fn kind_only(&self) -> Kind {
        Kind(self.kind())
    }
}

trait Duplex: AsyncRead + AsyncWrite + Send + Sync + Unpin + fmt::Debug {}

impl<T: AsyncRead + AsyncWrite + Send + Sync + Unpin + fmt::Debug> Duplex for T {}

/// A connection that gives an error once the server has sent more than it was allowed to.
///
/// The mail crates collect a line or literal in memory before they look at its length.
#[derive(Debug)]
pub(super) struct Guarded {
    inner: Box<dyn Duplex>,
    peer: SocketAddr,
    left: u64,
}

impl Guarded {
    /// Sets how many bytes the server may send from here on.
    pub(super) const fn allow(&mut self, most: u64) {
        self.left = most;
    }
}

impl lettre::transport::smtp::client::AsyncTokioStream for Guarded {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}

impl AsyncRead for Guarded {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.left == 0 {
            return Poll::Ready(Err(io::Error::other(TooMuch)));
        }
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(cx, buf))?;
        let read = buf.filled().len().saturating_sub(before);
        self.left = self.left.saturating_sub(read as u64);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Guarded {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

//! The listening socket: it can refuse connections, and each connection can be cut.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// Accepts connections on one loopback port, or refuses them while keeping the port.
#[derive(Debug)]
pub(crate) struct Door {
    address: SocketAddr,
    stand: Stand,
    wanted: watch::Receiver<bool>,
    is_open: watch::Sender<bool>,
    house: CancellationToken,
    /// Cancelled to cut every connection accepted since the door last opened.
    guests: CancellationToken,
}

#[derive(Debug)]
enum Stand {
    Listening(TcpListener),
    /// A bound socket that does not listen: the port stays ours and connections are refused.
    Shut(Option<TcpSocket>),
}

/// Opens and shuts a [`Door`] from outside.
#[derive(Debug)]
pub(crate) struct Handle {
    pub address: SocketAddr,
    wanted: watch::Sender<bool>,
    is_open: watch::Receiver<bool>,
}

impl Handle {
    /// Returns when the door really is open or shut.
    pub(crate) async fn want(&self, open: bool) {
        // The send fails only when the server is gone, and then the door is shut for good.
        if self.wanted.send(open).is_ok() {
            let mut is_open = self.is_open.clone();
            let _ = is_open.wait_for(|now| *now == open).await;
        }
    }
}

impl Door {
    /// Binds a free port on 127.0.0.1. Cancelling `house` cuts every connection.
    pub(crate) async fn bind(house: CancellationToken) -> io::Result<(Self, Handle)> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (want, wanted) = watch::channel(true);
        let (tell, is_open) = watch::channel(true);
        let door = Self {
            address,
            stand: Stand::Listening(listener),
            wanted,
            is_open: tell,
            guests: house.child_token(),
            house,
        };
        let handle = Handle { address, wanted: want, is_open };
        Ok((door, handle))
    }

    fn shut(&mut self) {
        // Dropping the listener first: the port cannot be bound twice.
        self.stand = Stand::Shut(None);
        self.guests.cancel();
        self.stand = Stand::Shut(self.bound().ok());
        self.is_open.send_replace(false);
    }

    async fn open(&mut self) {
        loop {
            let socket = match std::mem::replace(&mut self.stand, Stand::Shut(None)) {
                Stand::Shut(Some(socket)) => Ok(socket),
                _ => self.bound(),
            };
            match socket.and_then(|socket| socket.listen(1024)) {
                Ok(listener) => {
                    self.guests = self.house.child_token();
                    self.stand = Stand::Listening(listener);
                    self.is_open.send_replace(true);
                    return;
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    }

    fn bound(&self) -> io::Result<TcpSocket> {
        let socket = TcpSocket::new_v4()?;
        // On Windows the option means something else: others could take the port.
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        socket.bind(self.address)?;
        Ok(socket)
    }
}

impl Listener for Door {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let wanted = *self.wanted.borrow_and_update();
            match &self.stand {
                Stand::Listening(_) if !wanted => self.shut(),
                Stand::Shut(_) if wanted => self.open().await,
                Stand::Shut(_) => {
                    if self.wanted.changed().await.is_err() {
                        std::future::pending::<()>().await;
                    }
                }
                Stand::Listening(listener) => {
                    tokio::select! {
                        accepted = listener.accept() => match accepted {
                            Ok((stream, caller)) => return (Wire::new(stream, self.guests.child_token()), caller),
                            // Out of descriptors, or the caller left: there is nobody to tell.
                            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
                        },
                        changed = self.wanted.changed() => if changed.is_err() {
                            std::future::pending::<()>().await;
                        },
                    }
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}

/// One connection. When `cut` is cancelled it ends with a TCP reset.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: TcpStream,
    cut: CancellationToken,
    when_cut: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl Wire {
    fn new(stream: TcpStream, cut: CancellationToken) -> Self {
        let when_cut = Box::pin(cut.clone().cancelled_owned());
        Self { stream, cut, when_cut }
    }

    fn check(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        match self.when_cut.as_mut().poll(context) {
            Poll::Ready(()) => Err(io::Error::from(io::ErrorKind::ConnectionReset)),
            Poll::Pending => Ok(()),
        }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.cut.is_cancelled() {
            // A failure leaves an ordinary close, which the client notices as well.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Err(gone) = self.check(context) {
            return Poll::Ready(Err(gone));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if let Err(gone) = self.check(context) {
            return Poll::Ready(Err(gone));
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// What a handler knows about its connection.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub address: SocketAddr,
    pub cut: CancellationToken,
}

impl Connected<IncomingStream<'_, Door>> for Caller {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        Self { address: *stream.remote_addr(), cut: stream.io().cut.clone() }
    }
}

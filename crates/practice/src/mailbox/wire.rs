//! One connection: bounded reads, and the step from plain to TLS.

use std::io;

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpStream,
};
use tokio_rustls::TlsAcceptor;

trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// A connection to one client.
pub(super) struct Wire {
    stream: BufReader<Box<dyn Duplex>>,
    /// What was read of a line that has not ended, so that a cancelled read loses nothing.
    partial: Vec<u8>,
    secure: bool,
}

impl Wire {
    pub(super) fn plain(stream: TcpStream) -> Self {
        Self { stream: BufReader::new(Box::new(stream)), partial: Vec::new(), secure: false }
    }

    /// Whether TLS is on.
    pub(super) const fn is_secure(&self) -> bool {
        self.secure
    }

    /// Goes over to TLS. What the client sent ahead in plain text is thrown away with the old buffer.
    pub(super) async fn into_secure(self, acceptor: &TlsAcceptor) -> io::Result<Self> {
        let stream = acceptor.accept(self.stream.into_inner()).await?;
        Ok(Self { stream: BufReader::new(Box::new(stream)), partial: Vec::new(), secure: true })
    }

    /// One line with its end, at most `most` bytes; `None` at the end of the connection. Safe to cancel.
    pub(super) async fn raw_line(&mut self, most: usize) -> io::Result<Option<Vec<u8>>> {
        loop {
            let chunk = self.stream.fill_buf().await?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let end = chunk.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
            let taken = end.unwrap_or(chunk.len());
            if self.partial.len() + taken > most {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "a line is too long"));
            }
            self.partial.extend_from_slice(&chunk[..taken]);
            self.stream.consume(taken);
            if end.is_some() {
                return Ok(Some(std::mem::take(&mut self.partial)));
            }
        }
    }

    /// One line without its end.
    pub(super) async fn line(&mut self, most: usize) -> io::Result<Option<Vec<u8>>> {
        Ok(self.raw_line(most).await?.map(|mut line| {
            line.pop();
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            line
        }))
    }

    /// Exactly `count` bytes.
    pub(super) async fn exactly(&mut self, count: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; count];
        self.stream.read_exact(&mut bytes).await?;
        Ok(bytes)
    }

    pub(super) async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    /// One line of text, ended as both protocols want it.
    pub(super) async fn say(&mut self, line: &str) -> io::Result<()> {
        self.send(format!("{line}\r\n").as_bytes()).await
    }

    /// Ends the connection in order, so that the last answer arrives.
    pub(super) async fn close(mut self) -> io::Result<()> {
        self.stream.shutdown().await
    }
}

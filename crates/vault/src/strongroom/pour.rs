//! From a source that is waited for to writers that block: in portions of about 1 MiB, never more than a few at a time.

use std::io::Write;

use bytes::{Bytes, BytesMut};
use custody_core::ports::{ByteSource, Fault, PortError, PortResult};
use tokio::sync::mpsc::{Receiver, Sender, error::SendError};

use crate::disk::disk_trouble;

/// Small pieces are gathered to this size; larger ones are cut to it.
pub(crate) const PORTION: usize = 1 << 20;
/// Portions on their way to one writer.
pub(crate) const UNDERWAY: usize = 3;

/// What a writer receives. A channel that closes without [`Portion::End`] means: give up and leave nothing behind.
#[derive(Clone)]
pub(crate) enum Portion {
    /// More bytes.
    Bytes(Bytes),
    /// The source ended well.
    End,
}

/// How pouring ended.
pub(crate) enum Poured {
    /// Every writer got all of these many bytes and the end.
    All(u64),
    /// A writer gave up; it knows why.
    WriterGone,
}

/// Pours a source into all writers alike. An error of the source is returned as it is; `limit` is the most it may give.
pub(crate) async fn pour(body: &mut dyn ByteSource, limit: u64, writers: &[Sender<Portion>]) -> PortResult<Poured> {
    let mut taken: u64 = 0;
    let mut gathered = BytesMut::new();
    while let Some(piece) = body.next().await? {
        taken += piece.len() as u64;
        if taken > limit {
            return Err(PortError::not_possible(Fault::TooLarge));
        }
        let sent = match gathered.is_empty() && piece.len() >= PORTION / 2 {
            true => send_cut(writers, piece).await,
            false => {
                gathered.extend_from_slice(&piece);
                match gathered.len() >= PORTION {
                    true => send_cut(writers, std::mem::take(&mut gathered).freeze()).await,
                    false => Ok(()),
                }
            }
        };
        if sent.is_err() {
            return Ok(Poured::WriterGone);
        }
    }
    let rest = async {
        send_cut(writers, gathered.freeze()).await?;
        send(writers, Portion::End).await
    };
    Ok(if rest.await.is_ok() { Poured::All(taken) } else { Poured::WriterGone })
}

async fn send_cut(writers: &[Sender<Portion>], mut bytes: Bytes) -> Result<(), SendError<Portion>> {
    while !bytes.is_empty() {
        let portion = bytes.split_to(bytes.len().min(PORTION));
        send(writers, Portion::Bytes(portion)).await?;
    }
    Ok(())
}

async fn send(writers: &[Sender<Portion>], portion: Portion) -> Result<(), SendError<Portion>> {
    for writer in writers {
        writer.send(portion.clone()).await?;
    }
    Ok(())
}

/// Writes every portion as it comes. Without [`Portion::End`] whoever poured gave up, and nothing may be kept.
pub(crate) fn pour_out(portions: &mut Receiver<Portion>, into: &mut impl Write) -> PortResult<()> {
    loop {
        match portions.blocking_recv() {
            Some(Portion::Bytes(portion)) => into.write_all(&portion).map_err(disk_trouble)?,
            Some(Portion::End) => return Ok(()),
            // The caller tells why it gave up; nobody reads this.
            None => return Err(PortError::try_again(Fault::WrongLength)),
        }
    }
}

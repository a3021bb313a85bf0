//! The connections of a ledger: one that writes and a few that read.

use std::{
    ops::{Deref, DerefMut},
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake},
    thread::{self, Thread},
};

use sqlx::{Any, AnyConnection, AnyPool, Connection as _, pool::PoolConnection};
use tokio::sync::{Mutex, MutexGuard, Semaphore, SemaphorePermit};

use crate::{LedgerError, sql::Result};

/// Where connections are taken from.
pub(crate) enum Connections {
    /// SQLite: opened once and kept. They end only with the ledger, and then are waited for.
    ///
    /// Not a pool: a pool tries again and again when it cannot prepare a connection, where a wrong key is to be told at once;
    /// and it ends its connections behind our back, where SQLCipher's own clean-up at the end of the process must find none
    /// that still works.
    File { writer: Slots, readers: Slots },
    /// PostgreSQL: made anew when the server or the network ended one.
    Server { writer: AnyPool, readers: AnyPool },
}

/// Some connections, each for one user at a time, first come first served.
pub(crate) struct Slots {
    connections: Vec<Mutex<AnyConnection>>,
    free: Semaphore,
}

/// A connection in use.
pub(crate) enum Held<'c> {
    // The lock goes before the permit: who gets a permit finds a lock.
    File(MutexGuard<'c, AnyConnection>, #[expect(dead_code, reason = "held, not read")] SemaphorePermit<'c>),
    Server(PoolConnection<Any>),
}

impl Slots {
    pub(crate) fn of(connections: Vec<AnyConnection>) -> Self {
        Self { free: Semaphore::new(connections.len()), connections: connections.into_iter().map(Mutex::new).collect() }
    }

    async fn take(&self) -> Result<Held<'_>> {
        let permit = self.free.acquire().await.map_err(|_| LedgerError::Driver)?;
        let free = self.connections.iter().find_map(|connection| connection.try_lock().ok());
        free.map(|lock| Held::File(lock, permit)).ok_or(LedgerError::Driver)
    }

    async fn close(&mut self) {
        for connection in std::mem::take(&mut self.connections) {
            // A connection that cannot be closed is gone as well.
            let _ = connection.into_inner().close().await;
        }
    }
}

impl Connections {
    pub(crate) async fn writer(&self) -> Result<Held<'_>> {
        match self {
            Self::File { writer, .. } => writer.take().await,
            Self::Server { writer, .. } => from_pool(writer).await,
        }
    }

    pub(crate) async fn reader(&self) -> Result<Held<'_>> {
        match self {
            Self::File { readers, .. } => readers.take().await,
            Self::Server { readers, .. } => from_pool(readers).await,
        }
    }

    /// Ends every connection and waits for it.
    pub(crate) async fn close(&mut self) {
        match self {
            Self::File { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Server { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
        }
    }
}

async fn from_pool(pool: &AnyPool) -> Result<Held<'_>> {
    match pool.acquire().await {
        Ok(connection) => Ok(Held::Server(connection)),
        Err(sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => Err(LedgerError::NoConnection),
        Err(other) => Err(other.into()),
    }
}

impl Drop for Connections {
    fn drop(&mut self) {
        // The process may end right after this. SQLite's threads answer by themselves, so no runtime is needed to wait.
        if let Self::File { .. } = self {
            wait_for(self.close());
        }
    }
}

/// Runs a future on this thread alone.
fn wait_for<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Arc::new(Unpark(thread::current())).into();
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}

impl Deref for Held<'_> {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        match self {
            Self::File(connection, _) => connection,
            Self::Server(connection) => connection,
        }
    }
}

impl DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        match self {
            Self::File(connection, _) => connection,
            Self::Server(connection) => connection,
        }
    }
}

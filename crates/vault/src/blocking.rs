//! Work that waits for the disk, the keychain or a slow cipher runs beside the async tasks, never on them.

use custody_core::ports::{Fault, PortError, PortResult};
use tokio::task::{JoinError, spawn_blocking};

/// Runs `work` where it may block. It runs to its end even when the caller stops waiting.
pub(crate) async fn blocking<T, W>(work: W) -> PortResult<T>
where
    T: Send + 'static,
    W: FnOnce() -> PortResult<T> + Send + 'static,
{
    join(spawn_blocking(work)).await?
}

/// Waits for blocking work that was started earlier.
pub(crate) async fn join<T>(work: impl Future<Output = Result<T, JoinError>>) -> PortResult<T> {
    match work.await {
        Ok(done) => Ok(done),
        Err(ended) if ended.is_panic() => std::panic::resume_unwind(ended.into_panic()),
        // The runtime is shutting down: the work never began, and the next start finds it undone.
        Err(ended) => Err(PortError::try_again(Fault::DiskTrouble).because(ended)),
    }
}

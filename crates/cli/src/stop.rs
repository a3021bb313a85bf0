//! Waiting for somebody to stop the program.

use std::io;

/// Returns at Ctrl-C, and on Unix at SIGTERM too.
///
/// # Errors
/// When the system lets us wait for neither.
#[cfg(unix)]
pub async fn asked() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}

/// Returns at Ctrl-C, and on Windows at Ctrl-Break and when the console closes too.
///
/// # Errors
/// When the system lets us wait for none of them.
#[cfg(windows)]
pub async fn asked() -> io::Result<()> {
    use tokio::signal::windows;

    let (mut c, mut broken, mut closed) = (windows::ctrl_c()?, windows::ctrl_break()?, windows::ctrl_close()?);
    tokio::select! {
        _ = c.recv() => {}
        _ = broken.recv() => {}
        _ = closed.recv() => {}
    }
    Ok(())
}

//! What goes on beside the commands while a desk is open: its loop, and the telling of what has changed.

use std::{sync::Arc, time::Duration};

use custody_core::flow::Silent;
use custody_desk::{Desk, DeskError};
use tauri::async_runtime::{JoinHandle, spawn};
use tokio::{sync::oneshot, time::sleep};

/// Tells the page that the desk has changed.
pub type Tell = Arc<dyn Fn() + Send + Sync>;

/// Intake of many files changes many rows: the page hears of them together.
const TOGETHER: Duration = Duration::from_millis(100);

/// The work of an open desk.
pub struct Tasks {
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
    telling: JoinHandle<()>,
}

impl Tasks {
    /// Starts the desk's loop. `failed` hears what kept it from starting; what a job meets later is in its heartbeat.
    pub fn begin(desk: &Desk, tell: Tell, failed: impl FnOnce(DeskError) + Send + 'static) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let mut changes = desk.changes();
        let telling = spawn(async move {
            while changes.changed().await.is_ok() {
                tell();
                sleep(TOGETHER).await;
            }
        });
        let desk = desk.clone();
        let running = spawn(async move {
            let until = async { drop(stopped.await) };
            if let Err(error) = desk.run(Arc::new(Silent), until).await {
                failed(error);
            }
        });
        Self { stop, running, telling }
    }

    /// Stops the loop and waits until it let go of the desk.
    pub async fn end(self) {
        // A loop that is over hears nothing, and one that panicked has nothing left to wait for.
        let _ = self.stop.send(());
        let _ = self.running.await;
        self.telling.abort();
        let _ = self.telling.await;
    }
}

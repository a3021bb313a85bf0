//! What goes on beside the commands while a desk is open: its loop, and the telling of what has changed.

use std::{sync::Arc, time::Duration};

use custody_core::flow::Silent;
use custody_desk::{Desk, DeskError};
use tauri::async_runtime::{JoinHandle, spawn};
use tokio::{
    sync::{oneshot, watch},
    time::sleep,
};

/// Tells the page that the desk has changed.
pub type Tell = Arc<dyn Fn() + Send + Sync>;

/// Intake of many files changes many rows: the page hears of them together.
const TOGETHER: Duration = Duration::from_millis(100);

/// Bytes are moved many times a second: nobody reads faster than this.
const BYTES_TOGETHER: Duration = Duration::from_millis(400);

/// A start compares every file with the disk: on a small machine the window would be drawn in the time that this leaves.
const DRAWS_FIRST: Duration = Duration::from_millis(700);

/// The work of an open desk.
pub struct Tasks {
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
    telling: [JoinHandle<()>; 2],
}

impl Tasks {
    /// Starts the desk's loop. `moves` tells that bytes of files are moved. `failed` hears what kept the loop from starting; what a
    /// job meets later is in its heartbeat.
    pub fn begin(desk: &Desk, tell: Tell, moves: Tell, failed: impl FnOnce(DeskError) + Send + 'static) -> Self {
        let (stop, mut stopped) = oneshot::channel::<()>();
        let telling = [
            spawn(pass_on(desk.changes(), tell, TOGETHER)),
            spawn(pass_on(desk.transfer_changes(), moves, BYTES_TOGETHER)),
        ];
        let desk = desk.clone();
        let running = spawn(async move {
            tokio::select! {
                _ = &mut stopped => return,
                () = sleep(DRAWS_FIRST) => {}
            }
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
        for telling in self.telling {
            telling.abort();
            let _ = telling.await;
        }
    }
}

async fn pass_on(mut changes: watch::Receiver<u64>, tell: Tell, together: Duration) {
    while changes.changed().await.is_ok() {
        tell();
        sleep(together).await;
    }
}

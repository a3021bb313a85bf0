//! Waiting for a place that may stop answering: a share whose server is gone keeps every call waiting, for hours or for ever.
//!
//! Erasing must not wait with it. What goes on is left alone and ends when the place answers; until then nothing else is asked there.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use custody_core::ports::{Fault, PortError, PortResult};
use tokio::{
    task::{AbortHandle, JoinHandle, spawn_blocking},
    time::{sleep, timeout},
};

use crate::blocking::join;

/// A disk that was asleep, or a share behind a slow line, shows a sign of life within it.
const LIMIT: Duration = Duration::from_secs(120);

/// Whether the place answers.
#[derive(Default)]
pub(super) struct Patience {
    /// Work that was given up. Each of it may still come to its end there.
    given_up: Mutex<Vec<AbortHandle>>,
}

/// How work shows that it goes on. Large files take longer than any limit.
#[derive(Clone, Default)]
pub(super) struct Alive(Arc<AtomicU64>);

impl Alive {
    /// A piece more is done.
    pub(super) fn beat(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Patience {
    /// Runs `work` where it may block, as long as it shows signs of life.
    ///
    /// [`Fault::BackupUnreachable`] if it shows none, or if earlier work has not ended yet.
    pub(super) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Alive) -> PortResult<T> + Send + 'static,
    ) -> PortResult<T> {
        self.check()?;
        let alive = Alive::default();
        let work = spawn_blocking({
            let alive = alive.clone();
            move || work(&alive)
        });
        self.wait(work, &alive).await
    }

    /// Waits for blocking work that was started before.
    pub(super) async fn wait<T>(&self, work: JoinHandle<PortResult<T>>, alive: &Alive) -> PortResult<T> {
        self.wait_within(async || sleep(LIMIT).await, work, alive).await
    }

    async fn wait_within<T>(
        &self,
        limit: impl AsyncFn(),
        mut work: JoinHandle<PortResult<T>>,
        alive: &Alive,
    ) -> PortResult<T> {
        loop {
            let beats = alive.0.load(Ordering::Relaxed);
            tokio::select! {
                done = &mut work => return join(std::future::ready(done)).await?,
                () = limit() => {}
            }
            if alive.0.load(Ordering::Relaxed) == beats {
                self.given_up().push(work.abort_handle());
                return Err(silent());
            }
        }
    }

    /// Waits for a turn that work at this place may have.
    pub(super) async fn turn<T>(&self, turn: impl Future<Output = T>) -> PortResult<T> {
        self.check()?;
        timeout(LIMIT, turn).await.map_err(|_| silent())
    }

    /// Whether anything may be asked.
    pub(super) fn check(&self) -> PortResult<()> {
        let mut given_up = self.given_up();
        given_up.retain(|work| !work.is_finished());
        if given_up.is_empty() { Ok(()) } else { Err(silent()) }
    }

    fn given_up(&self) -> std::sync::MutexGuard<'_, Vec<AbortHandle>> {
        self.given_up.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn silent() -> PortError {
    PortError::try_again(Fault::BackupUnreachable).because("the place does not answer")
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn a_silent_place_is_given_up_and_asked_nothing_until_it_answers() {
        let patience = Patience::default();
        let (answer, answered) = mpsc::channel::<()>();
        let silent = spawn_blocking(move || Ok(answered.recv().is_ok()));
        let given_up = patience.wait_within(async || (), silent, &Alive::default()).await;
        assert_eq!(given_up.unwrap_err().fault, Fault::BackupUnreachable);
        let next = patience.blocking::<()>(|_| unreachable!("it is not asked")).await;
        assert_eq!(next.unwrap_err().fault, Fault::BackupUnreachable);
        let turn = patience.turn(std::future::pending::<()>()).await;
        assert_eq!(turn.unwrap_err().fault, Fault::BackupUnreachable, "nor is a turn waited for");
        answer.send(()).unwrap();
        while patience.check().is_err() {
            tokio::task::yield_now().await;
        }
        assert!(patience.blocking(|_| Ok(true)).await.unwrap(), "now it answers");
    }

    #[tokio::test]
    async fn long_work_is_waited_for_as_long_as_it_shows_signs_of_life() {
        let patience = Patience::default();
        let (go_on, told) = mpsc::channel::<()>();
        let (alive, waiting, limit) = (Alive::default(), Notify::new(), Notify::new());
        let work = spawn_blocking(move || Ok(told.recv().is_err()));
        let time = async {
            for _ in 0..10 {
                waiting.notified().await;
                alive.beat();
                limit.notify_one();
            }
            drop(go_on);
        };
        let at_the_limit = async || {
            waiting.notify_one();
            limit.notified().await;
        };
        assert!(tokio::join!(patience.wait_within(at_the_limit, work, &alive), time).0.unwrap());
    }
}

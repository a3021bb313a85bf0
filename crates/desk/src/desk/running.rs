//! The loop of a running desk. Intake, tickets, mail and care go on beside each other, so that a slow download or an
//! unreachable server delays nothing else.

use std::{sync::Arc, time::Duration};

use custody_core::{Timestamp, flow::Progress, ports::Job};
use jiff::SignedDuration;
use tokio::{
    sync::watch,
    time::{Instant, sleep, timeout},
};
use tracing::{info, warn};

use super::{
    Desk,
    heartbeats::{COMPARE_EVERY, LEASES_EVERY},
    rounds::{Busy, chain},
};
use crate::{Result, views::RoundView, wiring::pause};

/// Three questions that the forum holds: within this time another forum is noticed.
const LISTEN: Duration = Duration::from_secs(75);
/// How often leases, the idle lock and the jobs' heartbeats are looked at.
const TICK: Duration = Duration::from_secs(5);
/// Facts come in bursts: so long the next pass of the sweep waits for more of them,
const GATHER: Duration = Duration::from_secs(1);
/// and it rests so many times as long as the last pass took.
const REST: u32 = 4;
/// After a backup the next one waits so long, while more is being recorded.
const BACKUP_PAUSE: Duration = Duration::from_secs(20);
/// Our own seals and erasures change the folder too; it is compared at most so often,
const COMPARE_PAUSE: Duration = Duration::from_secs(60);
/// and at least so often.
const COMPARE_AT_LEAST: Duration = COMPARE_EVERY.unsigned_abs();

impl Desk {
    /// Finishes what a crash left, then works until `stop`: files come in, what is due is erased, receipts go out.
    ///
    /// # Errors
    /// What kept it from starting. What a job meets later is in its heartbeat, and tried again.
    pub async fn run(&self, progress: Arc<dyn Progress>, stop: impl Future<Output = ()> + Send) -> Result<()> {
        info!("desk.run");
        let _working = self.0.pulse.begin_work(self.now());
        let work = async {
            if let Err(error) = self.begin_news().await {
                warn!(error = %chain(&error), "news.not_begun");
            }
            let found = self.reconcile().await?;
            info!(whole = found.whole, lost = found.lost, unknown = found.unknown, "reconcile.done");
            let progress = progress.as_ref();
            tokio::join!(
                self.keep(&[Job::Intake], || self.keep_taking_in(progress)),
                self.keep(&[Job::DropFolders], || self.keep_emptying_drop_folders(progress)),
                self.keep(&[Job::Watch], || self.keep_reading_tickets()),
                self.keep(&[Job::Confirm], || self.keep_reading_mail()),
                self.keep(&[Job::Sweep, Job::Erase, Job::Deliver], || self.keep_taking_care()),
                self.keep(&[Job::Backup], || self.keep_backing_up(progress)),
                self.keep(&[Job::Reconcile], || self.keep_comparing()),
                // Intake looks with every round at what this would have told.
                self.keep(&[], || self.keep_listening()),
                self.keep(&[Job::Leases], || self.keep_time()),
                self.keep(&[Job::Leases], || self.keep_watching_copies()),
            );
            Ok(())
        };
        // Whatever is under way is dropped and taken up again at the next start: every step may be killed anywhere.
        tokio::select! {
            () = stop => {
                info!("desk.stop");
                Ok(())
            }
            done = work => done,
            // Beside the start too: what looks at the others must not wait for one of them.
            () = self.keep(&[], || self.keep_feeling_the_pulse()) => Ok(()),
        }
    }

    async fn keep_taking_in(&self, progress: &dyn Progress) {
        let mut wake = self.0.wake.subscribe();
        loop {
            self.take_in(Busy::Wait, progress, &mut RoundView::default()).await;
            self.rest(&mut wake).await;
        }
    }

    /// Looks into the drop folders whenever something is saved there, and with every round.
    async fn keep_emptying_drop_folders(&self, progress: &dyn Progress) {
        let mut wake = self.0.wake.subscribe();
        let mut changes = match self.0.vault.drop_changes() {
            Ok(changes) => Some(changes),
            Err(error) => {
                warn!(error = %chain(&error), "drop_folders.not_watching");
                None
            }
        };
        loop {
            if self.empty_drop_folders(Busy::Wait, progress, &mut RoundView::default()).await {
                sleep(self.0.vault.drop_rest()).await;
                continue;
            }
            let changed = async {
                match &mut changes {
                    Some(changes) => changes.changed().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = changed => {}
                () = self.rest(&mut wake) => {}
            }
        }
    }

    /// Copies with every round, and soon after something was recorded.
    async fn keep_backing_up(&self, progress: &dyn Progress) {
        let mut wake = self.0.wake.subscribe();
        loop {
            let before = self.head().await.ok();
            self.copy_to_backups(progress, &mut RoundView::default()).await;
            sleep(BACKUP_PAUSE).await;
            if self.head().await.ok() == before {
                self.rest(&mut wake).await;
            }
        }
    }

    async fn keep_reading_tickets(&self) {
        let mut wake = self.0.wake.subscribe();
        loop {
            self.read_tickets(&mut RoundView::default()).await;
            self.rest(&mut wake).await;
        }
    }

    async fn keep_reading_mail(&self) {
        let mut wake = self.0.wake.subscribe();
        loop {
            let mut round = RoundView::default();
            self.read_mail(&mut round).await;
            let (wired, met_a_fault) = (self.wired(), !round.problems.is_empty());
            let mailbox = wired.ports.mailbox.clone().filter(|_| !met_a_fault);
            let limit = pause(wired.settings.times.round_every);
            match mailbox {
                Some(mailbox) => {
                    tokio::select! {
                        waited = mailbox.wait(limit) => if waited.is_err() {
                            self.rest(&mut wake).await;
                        },
                        _ = wake.changed() => {}
                    }
                }
                None => self.rest(&mut wake).await,
            }
        }
    }

    /// Sweeps whenever something was recorded that may decide, and with every round.
    async fn keep_taking_care(&self) {
        let mut wake = self.0.wake.subscribe();
        let mut recorded = self.changes();
        loop {
            let began = Instant::now();
            wake.mark_unchanged();
            recorded.mark_unchanged();
            // Read before the pass: what others record while it runs must not be missed. A pass that records something
            // itself is followed by one that finds nothing to do.
            let seen = self.head().await.ok();
            self.take_care(None, &mut RoundView::default()).await;
            sleep(GATHER.max(began.elapsed() * REST)).await;
            let limit = pause(self.wired().settings.times.round_every);
            let news = async {
                // Heartbeats are changes too, but decide nothing.
                while self.head().await.ok() == seen {
                    if recorded.changed().await.is_err() {
                        return std::future::pending().await;
                    }
                }
            };
            tokio::select! {
                () = news => {}
                _ = wake.changed() => {}
                () = sleep(limit) => {}
            }
        }
    }

    /// Hears of changes at once, but only while somebody looks: the forum counts these questions too.
    async fn keep_listening(&self) {
        let mut focused = self.0.focused.subscribe();
        let mut wake = self.0.wake.subscribe();
        loop {
            // The desk itself holds the sender.
            drop(focused.wait_for(|is_focused| *is_focused).await);
            let forum = self.wired().ports.forum.clone();
            let listening = async {
                match forum.wait_for_news(LISTEN).await {
                    Ok(true) => self.wake(),
                    Ok(false) => {}
                    // Intake looks at the lists with every round and tells what is wrong with the forum.
                    Err(_) => {
                        wake.mark_unchanged();
                        self.rest(&mut wake).await;
                    }
                }
            };
            tokio::select! {
                () = listening => {}
                _ = focused.wait_for(|is_focused| !*is_focused) => {}
            }
        }
    }

    async fn keep_comparing(&self) {
        let mut wake = self.0.wake.subscribe();
        let mut changes = match self.0.vault.changes() {
            Ok(changes) => Some(changes),
            Err(error) => {
                warn!(error = %chain(&error), "reconcile.not_watching");
                None
            }
        };
        let mut pause = Duration::ZERO;
        loop {
            let changed = async {
                sleep(pause).await;
                match &mut changes {
                    Some(changes) => changes.changed().await,
                    None => std::future::pending().await,
                }
            };
            // The clock may have jumped over the daily comparison; then a round is asked for.
            let asked = async { while wake.changed().await.is_ok() && !self.is_due(Job::Reconcile).await {} };
            tokio::select! {
                () = changed => {}
                () = asked => {}
                () = sleep(COMPARE_AT_LEAST) => {}
            }
            self.compare().await;
            pause = COMPARE_PAUSE;
        }
    }

    /// Ends leases in time, and locks a desk where nobody did anything for long.
    async fn keep_time(&self) {
        let mut noted: Option<(Instant, Timestamp)> = None;
        loop {
            sleep(TICK).await;
            self.end_pause_in_time().await;
            let running = self.0.pulse.begin(Job::Leases, self.now());
            let mut fault = self.tend_copies().await;
            let lock_after = pause(self.wired().settings.times.lock_after);
            if self.is_unlocked()
                && self.idle_since().elapsed() >= lock_after
                && let Err(error) = self.lock().await
            {
                warn!(error = %chain(&error), "desk.lock_failed");
                fault = fault.or(Some(error.fault()));
            }
            drop(running);
            // Looked at every few seconds, and noted less often, unless there is something to note.
            let is_noted = noted.is_some_and(|(counted, by_the_clock)| {
                // The clock may have jumped, in either direction.
                let since = self.now().duration_since(by_the_clock);
                counted.elapsed() < LEASES_EVERY.unsigned_abs() / 2
                    && (SignedDuration::ZERO..LEASES_EVERY).contains(&since)
            });
            if fault.is_some() || !is_noted {
                self.beat(Job::Leases, fault).await;
                noted = fault.is_none().then(|| (Instant::now(), self.now()));
            }
        }
    }

    /// Tells when a job has become late. Apart from all jobs: what looks at the others must not hang with them.
    async fn keep_feeling_the_pulse(&self) {
        loop {
            sleep(TICK).await;
            self.feel_pulse().await;
        }
    }

    /// Waits for the next round, or until somebody asks for one.
    async fn rest(&self, wake: &mut watch::Receiver<u64>) {
        let limit = pause(self.wired().settings.times.round_every);
        drop(timeout(limit, wake.changed()).await);
    }
}

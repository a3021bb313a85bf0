//! The heartbeat of every job: what is under way, how each stands, and the loops that start again.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::AssertUnwindSafe,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use custody_core::{
    Timestamp,
    flow::Progress,
    heartbeat::{Known, Standing, standing},
    id::FileId,
    pause::Pause,
    ports::{Fault, Heartbeat, Job, Ledger as _},
};
use futures_util::FutureExt as _;
use jiff::SignedDuration;
use tokio::time::sleep;
use tracing::{error, warn};

use super::{Desk, rounds::chain};
use crate::{Result, show, views::JobView, wiring::Wired};

/// How often the leases leave a heartbeat: they are looked at every few seconds.
pub(super) const LEASES_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// How often disk and ledger are compared at least.
pub(super) const COMPARE_EVERY: SignedDuration = SignedDuration::from_hours(24);
/// A loop that ended is started again after so long.
const RESTART: Duration = Duration::from_secs(5);

/// What this process knows of its jobs besides their last runs, which are in the ledger.
#[derive(Debug, Default)]
pub(super) struct Pulse(Mutex<Signs>);

#[derive(Debug, Default)]
struct Signs {
    /// The runs under way, and when each began or last showed that it goes on. A job may run twice: backups are settled while
    /// another is copied to.
    alive: BTreeMap<u64, (Job, Timestamp)>,
    /// How many runs were begun.
    runs: u64,
    /// Jobs whose run ended in a panic that nobody told yet.
    crashed: BTreeSet<Job>,
    /// When all jobs were last asked to run; `None` while no loop is at work.
    asked_at: Option<Timestamp>,
    /// How each stood when whoever listens was last told.
    told: BTreeMap<Job, &'static str>,
    /// For which missed run of each job a round was asked for already.
    asked_for: BTreeMap<Job, Timestamp>,
    /// What the clock last showed.
    seen: Option<Timestamp>,
}

/// A run under way, until it is dropped.
pub(super) struct Running<'p> {
    pulse: &'p Pulse,
    job: Job,
    number: u64,
}

impl Pulse {
    fn signs(&self) -> MutexGuard<'_, Signs> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn begin(&self, job: Job, now: Timestamp) -> Running<'_> {
        let mut signs = self.signs();
        signs.runs += 1;
        let number = signs.runs;
        signs.alive.insert(number, (job, now));
        Running { pulse: self, job, number }
    }

    /// Every job was asked to run, if a loop is there that can be asked.
    pub(super) fn asked(&self, now: Timestamp) {
        let mut signs = self.signs();
        if signs.asked_at.is_some() {
            signs.asked_at = Some(now);
        }
    }

    pub(super) fn begin_work(&self, now: Timestamp) -> Working<'_> {
        self.signs().asked_at = Some(now);
        Working(self)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut signs = self.pulse.signs();
        signs.alive.remove(&self.number);
        if std::thread::panicking() {
            signs.crashed.insert(self.job);
        }
    }
}

/// The loops of a desk at work, until it is dropped.
pub(super) struct Working<'p>(&'p Pulse);

impl Drop for Working<'_> {
    fn drop(&mut self) {
        let mut signs = self.0.signs();
        // Runs that end later still find their numbers.
        let runs = signs.runs;
        *signs = Signs { runs, ..Signs::default() };
    }
}

/// Passes progress on. Bytes that come are a sign of life: a large file may take longer than the time between two runs.
pub(super) struct Living<'d> {
    pub(super) desk: &'d Desk,
    pub(super) job: Job,
    pub(super) progress: &'d dyn Progress,
}

impl Progress for Living<'_> {
    fn bytes(&self, file: FileId, done: u64, total: Option<u64>) {
        let now = self.desk.now();
        let mut signs = self.desk.0.pulse.signs();
        signs.alive.values_mut().filter(|(job, _)| *job == self.job).for_each(|(_, alive)| *alive = now);
        drop(signs);
        self.desk.0.transfers.note(self.job, file, done, total);
        self.progress.bytes(file, done, total);
    }
}

impl Desk {
    /// Every job of this desk, with its last run and how it stands now.
    pub async fn jobs(&self) -> Result<Vec<JobView>> {
        let beats = self.0.ledger.heartbeats().await?;
        Ok(self.standings(&beats).map(|(job, beat, stands, alive)| show::job_view(job, beat, stands, alive)).collect())
    }

    /// The jobs that apply, as they stand. A forum or mailbox that is not connected has no job that could be late.
    pub(super) fn standings<'b>(
        &self,
        beats: &'b [Heartbeat],
    ) -> impl Iterator<Item = (Job, Option<&'b Heartbeat>, Standing, Option<Timestamp>)> {
        let (wired, now, pause) = (self.wired(), self.now(), self.paused());
        let (alive, asked_at) = {
            let signs = self.0.pulse.signs();
            // Of two runs of a job, the one that was silent for longer counts.
            let mut alive: BTreeMap<Job, Timestamp> = BTreeMap::new();
            for (job, at) in signs.alive.values() {
                alive.entry(*job).and_modify(|since| *since = (*since).min(*at)).or_insert(*at);
            }
            (alive, signs.asked_at)
        };
        Job::ALL.into_iter().filter(move |job| applies(*job, &wired)).map({
            let wired = self.wired();
            move |job| {
                let last = beats.iter().find(|beat| beat.job == job);
                let alive_at = alive.get(&job).copied();
                let known = Known { last, alive_at, asked_at, every: every(job, &wired) };
                let stands = standing(&known, now);
                let pause = pause.filter(|_| Pause::stops(job));
                (job, last, pause.map_or(stands, |pause| stands.while_paused(pause)), alive_at)
            }
        })
    }

    /// Notes how a run ended.
    pub(super) async fn beat(&self, job: Job, fault: Option<Fault>) {
        let again_after = every(job, &self.wired());
        self.beat_again_after(job, fault, again_after).await;
    }

    async fn beat_again_after(&self, job: Job, fault: Option<Fault>, again_after: SignedDuration) {
        let now = self.now();
        let noted = async {
            let before = self.0.ledger.heartbeats().await?.into_iter().find(|beat| beat.job == job);
            let good_at = if fault.is_none() { Some(now) } else { before.and_then(|beat| beat.good_at) };
            let next_at = now.checked_add(again_after).ok();
            if job == Job::Sweep {
                self.note_sure_time().await;
            }
            self.0.ledger.beat(Heartbeat { job, ran_at: now, good_at, fault, next_at }).await
        };
        if let Err(error) = noted.await {
            warn!(job = job.as_str(), error = %chain(&error), "job.no_heartbeat");
        }
    }

    /// Keeps a loop going. One that ends or panics is started again, and its jobs say so: none goes silent.
    pub(super) async fn keep<W>(&self, jobs: &[Job], work: impl Fn() -> W + Send + Sync)
    where
        W: Future<Output = ()> + Send,
    {
        loop {
            let ended = AssertUnwindSafe(work()).catch_unwind().await;
            let told: Vec<Job> = {
                let crashed = std::mem::take(&mut self.0.pulse.signs().crashed);
                let of_this = jobs.iter().copied().filter(|job| crashed.contains(job)).collect::<Vec<_>>();
                // Between two runs it is not known which of them would have been next.
                if of_this.is_empty() { jobs.to_vec() } else { of_this }
            };
            error!(panicked = ended.is_err(), jobs = ?told, "job.ended");
            for job in told {
                self.beat_again_after(job, Some(Fault::Crashed), every(job, &self.wired())).await;
            }
            sleep(RESTART).await;
        }
    }

    /// Looks at the clock: whoever listens is told when a job has become late, and a run whose time went by while the clock
    /// jumped, or the machine slept, is asked for.
    pub(super) async fn feel_pulse(&self) {
        let beats = match self.0.ledger.heartbeats().await {
            Ok(beats) => beats,
            Err(error) => return warn!(error = %chain(&error), "job.no_heartbeat"),
        };
        let now = self.now();
        let put_back = {
            let mut signs = self.0.pulse.signs();
            let put_back = signs.seen.is_some_and(|seen| seen > now);
            signs.seen = Some(now);
            if put_back {
                signs.alive.values_mut().for_each(|(_, alive)| *alive = now.min(*alive));
            }
            put_back
        };
        if self.has_missed_a_run(&beats, now) || put_back {
            self.wake();
        }
        let stands: BTreeMap<Job, &'static str> =
            self.standings(&beats).map(|(job, _, stands, _)| (job, stands.as_str())).collect();
        let has_changed = std::mem::replace(&mut self.0.pulse.signs().told, stands.clone()) != stands;
        if has_changed {
            self.0.ledger.tell_change();
        }
    }

    /// Whether a run was missed for which no round was asked for yet. A job that hangs is asked once for each.
    fn has_missed_a_run(&self, beats: &[Heartbeat], now: Timestamp) -> bool {
        let wired = self.wired();
        let mut signs = self.0.pulse.signs();
        let mut missed = false;
        for beat in beats.iter().filter(|beat| applies(beat.job, &wired)) {
            let Some(next_at) = beat.next_at else { continue };
            // The loop's own timer comes a moment after; what is missed by more went by while nobody counted.
            let is_over = next_at.checked_add(SignedDuration::from_secs(10)).is_ok_and(|at| at < now);
            // One that runs is not helped by being asked.
            let runs = signs.alive.values().any(|(job, _)| *job == beat.job);
            if is_over && !runs && signs.asked_for.insert(beat.job, next_at) != Some(next_at) {
                missed = true;
            }
        }
        missed
    }

    /// Whether the next run of a job is due by the clock, or its last one lies ahead since the clock was put back.
    pub(super) async fn is_due(&self, job: Job) -> bool {
        let beats = self.0.ledger.heartbeats().await.unwrap_or_default();
        let now = self.now();
        let last = beats.into_iter().find(|beat| beat.job == job);
        last.is_some_and(|last| last.ran_at > now || last.next_at.is_some_and(|next| next <= now))
    }
}

fn applies(job: Job, wired: &Wired) -> bool {
    match job {
        Job::Intake | Job::Watch => wired.settings.forum.is_some(),
        Job::Confirm => wired.ports.mailbox.is_some(),
        Job::Backup => !wired.ports.backups.is_empty(),
        Job::DropFolders | Job::Sweep | Job::Erase | Job::Deliver | Job::Reconcile | Job::Leases => true,
    }
}

fn every(job: Job, wired: &Wired) -> SignedDuration {
    match job {
        Job::Reconcile => COMPARE_EVERY,
        Job::Leases => LEASES_EVERY,
        Job::Intake
        | Job::DropFolders
        | Job::Watch
        | Job::Sweep
        | Job::Erase
        | Job::Deliver
        | Job::Confirm
        | Job::Backup => wired.settings.times.round_every.as_duration().max(SignedDuration::from_secs(1)),
    }
}

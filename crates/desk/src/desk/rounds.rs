//! The jobs of a desk, each with its heartbeat, and the round that runs them all.

use std::pin::pin;

use custody_core::{
    flow::{
        FlowError, Progress, Tally, backup, confirm, deliver, digest, drop_folders, erase, forget, four_eyes, intake,
        notice, reconcile, reply, sweep, watch,
    },
    id::PersonId,
    ports::{Fault, Job, PortError},
};
use tokio::{
    sync::{Mutex, MutexGuard},
    time::sleep,
};
use tracing::{debug, info, warn};

use super::{Desk, heartbeats::Living};
use crate::{
    Result,
    problem::problem,
    views::{JobProblem, RoundView},
    wiring::Wired,
};

/// No job runs twice at the same time: not from the loop and a person's wish at once either.
///
/// Whoever asks for a round did something just before that it should find, and a run that is under way may be past it. So
/// what is short is waited for; what may take hours is asked to run once more.
#[derive(Debug, Default)]
pub(super) struct Turns {
    discovery: Mutex<()>,
    intake: Mutex<()>,
    drops: Mutex<()>,
    watch: Mutex<()>,
    pub(super) backup: Mutex<()>,
    mail: Mutex<()>,
    pub(super) care: Mutex<()>,
    pub(super) viewing: Mutex<()>,
    pub(super) unlock: Mutex<()>,
    pub(super) list: Mutex<()>,
    pub(super) news: Mutex<()>,
}

/// What to do about a job that is under way and may be for hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Busy {
    /// Wait for its end. For the loops only: a person waits for no download.
    Wait,
    /// Ask for another run as soon as it ends.
    AskAgain,
}

impl Desk {
    /// One whole round: what is new comes in, what is due is erased, receipts go out.
    ///
    /// What a job meets is in the view and in its heartbeat, and stops no other job. Downloads, drop folders and backups that
    /// are under way are left alone, and looked at once more by the loop as soon as they are done.
    pub async fn round(&self, progress: &dyn Progress) -> RoundView {
        let mut round = RoundView::default();
        self.take_in(Busy::AskAgain, progress, &mut round).await;
        if self.empty_drop_folders(Busy::AskAgain, progress, &mut round).await {
            // Whoever asked for a round now saved something just before.
            sleep(self.0.vault.drop_rest()).await;
            self.empty_drop_folders(Busy::AskAgain, progress, &mut round).await;
        }
        self.read_tickets(&mut round).await;
        self.read_mail(&mut round).await;
        self.take_care(None, &mut round).await;
        self.copy_to_backups(progress, &mut round).await;
        round
    }

    /// Decides, erases and sends receipts now, without asking forum or mailbox for news.
    pub async fn sweep(&self) -> RoundView {
        let mut round = RoundView::default();
        self.take_care(None, &mut round).await;
        round
    }

    /// Lets the sweep erase more than the cap, for exactly the plan of this token.
    ///
    /// # Errors
    /// [`Fault::OverCap`] if the plan is another one by now: nothing of it was erased.
    pub async fn approve_sweep(&self, token: &str) -> Result<RoundView> {
        let person = self.person().await?;
        let mut round = RoundView::default();
        self.take_care(Some((token, person)), &mut round).await;
        match round.problems.iter().find(|met| met.problem.code == Fault::OverCap) {
            Some(_) => Err(PortError::needs_person(Fault::OverCap).into()),
            None => Ok(round),
        }
    }

    /// Compares ledger and disk both ways, after what a crash left was finished.
    pub async fn reconcile(&self) -> Result<reconcile::Compared> {
        let wired = self.wired();
        let _turn = self.0.turns.care.lock().await;
        let running = self.0.pulse.begin(Job::Reconcile, self.now());
        let compared = reconcile::at_start(&wired.ports).await;
        drop(running);
        self.beat(Job::Reconcile, compared.as_ref().err().map(FlowError::fault)).await;
        Ok(compared?)
    }

    /// As [`Desk::reconcile`], while the desk is at work: viewing copies stay.
    pub(super) async fn compare(&self) {
        let running = self.0.pulse.begin(Job::Reconcile, self.now());
        let compared = reconcile::compare(&self.wired().ports).await;
        drop(running);
        if let Err(error) = &compared {
            warn!(error = %chain(error), "reconcile.failed");
        }
        self.beat(Job::Reconcile, compared.as_ref().err().map(FlowError::fault)).await;
    }

    /// What is new on the forum, and then what is to be downloaded of it.
    pub(super) async fn take_in(&self, busy: Busy, progress: &dyn Progress, round: &mut RoundView) {
        let wired = self.wired();
        if wired.settings.forum.is_none() {
            return;
        }
        let work = async {
            // A forum that cannot be listed may still serve what is known to be there.
            let discovered = self.discover(&wired).await;
            // After it: among the threads that were read may be the first of a case.
            self.follow_assignments(&wired).await;
            // Requests are heard all the same.
            let pause_begins = pin!(self.0.pause_begins.notified());
            if self.paused().is_some() {
                return Ok(Tally { done: 0, ..discovered? });
            }
            let Some(_turn) = self.turn(&self.0.turns.intake, busy).await else {
                return Ok(Tally { done: 0, ..discovered? });
            };
            let living = Living { desk: self, job: Job::Intake, progress };
            let mut tally = tokio::select! {
                received = intake::receive(&wired.ports, &wired.policy, &living) => received?,
                // What was not sealed yet arrives again after it: every step may be broken off anywhere.
                () = pause_begins => Tally::default(),
            };
            tally.fault = tally.fault.or(discovered?.fault);
            Ok(tally)
        };
        round.sealed += self.job(Job::Intake, round, work).await.done;
    }

    async fn discover(&self, wired: &Wired) -> Result<Tally, FlowError> {
        let _turn = self.0.turns.discovery.lock().await;
        let discovered = intake::discover(&wired.ports, &wired.policy).await;
        // A customer's request must be heard on a full disk too; downloads must not take what was put by for it.
        if is_full(&discovered) && self.0.vault.spend_reserve().await.unwrap_or(false) {
            warn!("desk.reserve_spent");
            return intake::discover(&wired.ports, &wired.policy).await;
        }
        discovered
    }

    /// Takes in what lies complete in the drop folders. True if something may be complete in a moment.
    pub(super) async fn empty_drop_folders(&self, busy: Busy, progress: &dyn Progress, round: &mut RoundView) -> bool {
        let wired = self.wired();
        let Some(_turn) = self.turn(&self.0.turns.drops, busy).await else { return false };
        let mut is_fresh = false;
        let work = async {
            let living = Living { desk: self, job: Job::DropFolders, progress };
            let pass = drop_folders::take_in(&wired.ports, &wired.policy, &living).await?;
            is_fresh = pass.fresh > 0;
            Ok(pass.tally)
        };
        round.sealed += self.job(Job::DropFolders, round, work).await.done;
        is_fresh
    }

    /// The turn of a job that may take hours; `None` if another has it and is to look again afterwards.
    async fn turn<'t>(&self, turn: &'t Mutex<()>, busy: Busy) -> Option<MutexGuard<'t, ()>> {
        match (turn.try_lock(), busy) {
            (Ok(turn), _) => Some(turn),
            (Err(_), Busy::Wait) => Some(turn.lock().await),
            (Err(_), Busy::AskAgain) => {
                self.wake();
                None
            }
        }
    }

    pub(super) async fn read_tickets(&self, round: &mut RoundView) {
        let _turn = self.0.turns.watch.lock().await;
        let wired = self.wired();
        if wired.settings.forum.is_some() {
            self.job(Job::Watch, round, watch::watch(&wired.ports, &wired.policy)).await;
        }
    }

    pub(super) async fn read_mail(&self, round: &mut RoundView) {
        let _turn = self.0.turns.mail.lock().await;
        let wired = self.wired();
        if wired.ports.mailbox.is_some() {
            let work = confirm::confirm(&wired.ports, &wired.policy);
            round.answers += self.job(Job::Confirm, round, work).await.done;
        }
    }

    /// Copies to the backups what is held and not there yet.
    pub(super) async fn copy_to_backups(&self, progress: &dyn Progress, round: &mut RoundView) {
        let wired = self.wired();
        let Ok(_turn) = self.0.turns.backup.try_lock() else { return };
        if wired.ports.backups.is_empty() {
            return;
        }
        let work = async {
            let living = Living { desk: self, job: Job::Backup, progress };
            let copied = backup::copy(&wired.ports, &living).await?;
            // No erasure runs beside it: the key in a state is that of the epoch it says.
            let _turn = self.0.turns.care.lock().await;
            let mut settled = backup::settle(&wired.ports).await?;
            settled.done += copied.done;
            settled.again += copied.again;
            settled.fault = copied.fault.or(settled.fault);
            Ok(settled)
        };
        self.job(Job::Backup, round, work).await;
    }

    /// Brings the backups' states up to date within a turn of care: a receipt goes out only after a new machine would know
    /// of it, as far as the backup can be reached.
    async fn settle_backups(&self, wired: &Wired, round: &mut RoundView) {
        if !wired.ports.backups.is_empty() {
            self.job(Job::Backup, round, backup::settle(&wired.ports)).await;
        }
    }

    /// Decides, erases, and sends receipts. On a full disk the space that was put by is spent on it: erasing waits for nobody to
    /// clear up.
    pub(super) async fn take_care(&self, approval: Option<(&str, PersonId)>, round: &mut RoundView) {
        let before = round.problems.len();
        self.take_care_once(approval, round).await;
        let met_full_disk = round.problems[before..].iter().any(|met| met.problem.code == Fault::DiskFull);
        if met_full_disk && self.0.vault.spend_reserve().await.unwrap_or(false) {
            warn!("desk.reserve_spent");
            round.problems.truncate(before);
            self.take_care_once(approval, round).await;
        } else if !met_full_disk && let Err(error) = self.0.vault.keep_reserve().await {
            debug!(fault = ?error.fault, "desk.no_reserve");
        }
    }

    async fn take_care_once(&self, approval: Option<(&str, PersonId)>, round: &mut RoundView) {
        let _turn = self.0.turns.care.lock().await;
        if let Err(error) = self.follow_rules().await {
            // A ledger that cannot be read stops the sweep itself, which tells it.
            warn!(error = %chain(&error), "rules.not_followed");
        }
        let wired = self.wired();
        let (ports, policy) = (&wired.ports, &wired.policy);
        self.tend_copies().await;
        self.end_proposals().await;
        round.decided += self.job(Job::Sweep, round, sweep::sweep(ports, policy, approval)).await.done;
        round.erased += self.job(Job::Erase, round, erase::erase(ports, policy)).await.done;
        self.settle_backups(&wired, round).await;
        let work = async {
            // Each whatever the other met: an unreachable forum keeps no letter waiting.
            let followed = deliver::follow_up(ports, policy).await;
            let owed = reply::owe(ports, policy).await;
            let forgotten = forget::forget(ports, policy).await;
            if self.paused().is_some() {
                let mut tally = followed?;
                tally.fault = tally.fault.or(owed?.fault).or(forgotten?.fault);
                return Ok(Tally { done: 0, ..tally });
            }
            let sent = deliver::deliver(ports, policy).await;
            let replied = reply::send(ports, policy).await;
            let noticed = notice::notice(ports, policy).await;
            let told = digest::digest(ports, policy).await;
            let mut tally = sent?;
            tally.fault = tally.fault.or(owed?.fault).or(replied?.fault).or(noticed?.fault);
            tally.fault = tally.fault.or(followed?.fault).or(forgotten?.fault).or(told?.fault);
            Ok(tally)
        };
        round.sent += self.job(Job::Deliver, round, work).await.done;
    }

    /// Ends proposals that nobody answered or used in time.
    async fn end_proposals(&self) {
        if let Err(error) = four_eyes::expire(&self.wired().ports).await {
            warn!(error = %chain(&error), "four_eyes.expire_failed");
        }
    }

    /// Runs a job, and notes how it went where people and reports find it.
    async fn job(
        &self,
        job: Job,
        round: &mut RoundView,
        work: impl Future<Output = Result<Tally, FlowError>>,
    ) -> Tally {
        let running = (self.0.pulse.begin(job, self.now()), self.0.transfers.during(job));
        let outcome = work.await;
        drop(running);
        let (tally, fault) = match outcome {
            Ok(tally) => (tally, tally.fault),
            Err(error) => {
                warn!(job = job.as_str(), error = %chain(&error), "job.failed");
                (Tally::default(), Some(error.fault()))
            }
        };
        if tally.done > 0 || tally.again > 0 {
            info!(job = job.as_str(), done = tally.done, again = tally.again, "job.done");
        }
        round.problems.extend(fault.map(|fault| JobProblem { job, problem: problem(fault) }));
        self.beat(job, fault).await;
        tally
    }
}

fn is_full(outcome: &Result<Tally, FlowError>) -> bool {
    match outcome {
        Ok(tally) => tally.fault == Some(Fault::DiskFull),
        Err(error) => error.fault() == Fault::DiskFull,
    }
}

/// An error with its causes. They hold ids only, as every error of the desk does.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

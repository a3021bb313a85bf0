//! The jobs of a desk, each with its heartbeat, and the round that runs them all.

use custody_core::{
    flow::{
        FlowError, Progress, Tally, confirm, deliver, digest, drop_folders, erase, forget, intake, notice, reconcile,
        sweep, viewing, watch,
    },
    id::PersonId,
    ports::{Fault, Heartbeat, Job, Ledger as _, PortError},
};
use jiff::SignedDuration;
use tokio::{sync::Mutex, time::sleep};
use tracing::{info, warn};

use super::Desk;
use crate::{
    Result,
    problem::problem,
    views::{JobProblem, RoundView},
    wiring::Wired,
};

/// No job runs twice at the same time: not from the loop and a person's wish at once either.
#[derive(Debug, Default)]
pub(super) struct Turns {
    intake: Mutex<()>,
    drops: Mutex<()>,
    watch: Mutex<()>,
    mail: Mutex<()>,
    care: Mutex<()>,
    pub(super) unlock: Mutex<()>,
}

impl Desk {
    /// One whole round: what is new comes in, what is due is erased, receipts go out.
    ///
    /// What a job meets is in the view and in its heartbeat, and stops no other job. A job that runs already is left alone.
    pub async fn round(&self, progress: &dyn Progress) -> RoundView {
        let mut round = RoundView::default();
        self.take_in(progress, &mut round).await;
        if self.empty_drop_folders(progress, &mut round).await {
            // Whoever asked for a round now saved something just before.
            sleep(self.0.vault.drop_rest()).await;
            self.empty_drop_folders(progress, &mut round).await;
        }
        self.read_tickets(&mut round).await;
        self.read_mail(&mut round).await;
        self.take_care(None, &mut round).await;
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
        let compared = reconcile::at_start(&wired.ports).await;
        self.beat(Job::Reconcile, compared.as_ref().err().map(FlowError::fault), SignedDuration::from_hours(24)).await;
        Ok(compared?)
    }

    /// As [`Desk::reconcile`], while the desk is at work: viewing copies stay.
    pub(super) async fn compare(&self) {
        let compared = reconcile::compare(&self.wired().ports).await;
        if let Err(error) = &compared {
            warn!(error = %chain(error), "reconcile.failed");
        }
        self.beat(Job::Reconcile, compared.as_ref().err().map(FlowError::fault), SignedDuration::from_hours(24)).await;
    }

    pub(super) async fn take_in(&self, progress: &dyn Progress, round: &mut RoundView) {
        let wired = self.wired();
        let Ok(_turn) = self.0.turns.intake.try_lock() else { return };
        if wired.settings.forum.is_none() {
            return;
        }
        let work = async {
            // A forum that cannot be listed may still serve what is known to be there.
            let discovered = intake::discover(&wired.ports, &wired.policy).await;
            let mut tally = intake::receive(&wired.ports, &wired.policy, progress).await?;
            tally.fault = tally.fault.or(discovered?.fault);
            Ok(tally)
        };
        round.sealed += self.job(&wired, Job::Intake, round, work).await.done;
    }

    /// Takes in what lies complete in the drop folders. True if something may be complete in a moment.
    pub(super) async fn empty_drop_folders(&self, progress: &dyn Progress, round: &mut RoundView) -> bool {
        let wired = self.wired();
        let Ok(_turn) = self.0.turns.drops.try_lock() else { return false };
        let mut is_fresh = false;
        let work = async {
            let pass = drop_folders::take_in(&wired.ports, &wired.policy, progress).await?;
            is_fresh = pass.fresh > 0;
            Ok(pass.tally)
        };
        round.sealed += self.job(&wired, Job::DropFolders, round, work).await.done;
        is_fresh
    }

    pub(super) async fn read_tickets(&self, round: &mut RoundView) {
        let wired = self.wired();
        let Ok(_turn) = self.0.turns.watch.try_lock() else { return };
        if wired.settings.forum.is_some() {
            self.job(&wired, Job::Watch, round, watch::watch(&wired.ports, &wired.policy)).await;
        }
    }

    pub(super) async fn read_mail(&self, round: &mut RoundView) {
        let wired = self.wired();
        let Ok(_turn) = self.0.turns.mail.try_lock() else { return };
        if wired.ports.mailbox.is_some() {
            let work = confirm::confirm(&wired.ports, &wired.policy);
            round.answers += self.job(&wired, Job::Confirm, round, work).await.done;
        }
    }

    pub(super) async fn take_care(&self, approval: Option<(&str, PersonId)>, round: &mut RoundView) {
        let _turn = self.0.turns.care.lock().await;
        if let Err(error) = self.follow_rules().await {
            // A ledger that cannot be read stops the sweep itself, which tells it.
            warn!(error = %chain(&error), "rules.not_followed");
        }
        let wired = self.wired();
        let (ports, policy) = (&wired.ports, &wired.policy);
        self.end_leases().await;
        round.decided += self.job(&wired, Job::Sweep, round, sweep::sweep(ports, policy, approval)).await.done;
        round.erased += self.job(&wired, Job::Erase, round, erase::erase(ports, policy)).await.done;
        let work = async {
            // Each whatever the other met: an unreachable forum keeps no letter waiting.
            let followed = deliver::follow_up(ports, policy).await;
            let sent = deliver::deliver(ports, policy).await;
            let noticed = notice::notice(ports, policy).await;
            let told = digest::digest(ports, policy).await;
            let forgotten = forget::forget(ports, policy).await;
            let mut tally = sent?;
            tally.fault = tally.fault.or(noticed?.fault);
            tally.fault = tally.fault.or(followed?.fault).or(forgotten?.fault).or(told?.fault);
            Ok(tally)
        };
        round.sent += self.job(&wired, Job::Deliver, round, work).await.done;
    }

    /// Ends viewing copies whose time is over.
    pub(super) async fn end_leases(&self) {
        if let Err(error) = viewing::end_expired(&self.wired().ports).await {
            warn!(error = %chain(&error), "viewing.end_failed");
        }
    }

    /// Runs a job, and notes how it went where people and reports find it.
    async fn job(
        &self,
        wired: &Wired,
        job: Job,
        round: &mut RoundView,
        work: impl Future<Output = Result<Tally, FlowError>>,
    ) -> Tally {
        let (tally, fault) = match work.await {
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
        self.beat(job, fault, wired.settings.times.round_every.as_duration()).await;
        tally
    }

    async fn beat(&self, job: Job, fault: Option<Fault>, again_after: SignedDuration) {
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

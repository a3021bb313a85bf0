//! A job that hangs, ends or is never run shows by itself, within its own interval.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use custody_core::{
    SignedDuration,
    period::Period,
    ports::{Arrived, Fault, Job, Mailbox, PortResult},
};
use custody_desk::{
    settings::BackupSetting,
    views::{JobStanding, JobView},
};
use custody_practice::scenario::{CAROLA, OWEN};

use crate::{
    running::{until, working},
    stuck::{Reached, Stuck},
    support::{HALF_AN_HOUR, Stage},
};

const ROUND: SignedDuration = SignedDuration::from_mins(5);

#[tokio::test(flavor = "multi_thread")]
async fn an_intake_that_hangs_shows_within_its_interval() {
    let stage = Stage::demo().await;
    let (forum, reached) = Stuck::at(stage.desk().ports().forum);
    stage.desk().change_ports(|ports| ports.forum = forum);
    shows(stage, Job::Intake, ROUND, reached).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_of_tickets_that_hangs_shows_within_its_interval() {
    let stage = Stage::demo().await;
    stage.round().await;
    let (tracker, reached) = Stuck::at(stage.desk().ports().tracker);
    stage.desk().change_ports(|ports| ports.tracker = tracker);
    shows(stage, Job::Watch, ROUND, reached).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_of_mail_that_hangs_shows_within_its_interval() {
    let stage = Stage::demo().await;
    let (mailbox, reached) = Stuck::at(stage.desk().ports().mailbox.unwrap());
    stage.desk().change_ports(|ports| ports.mailbox = Some(mailbox));
    shows(stage, Job::Confirm, ROUND, reached).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sweep_that_hangs_shows_within_its_interval() {
    let stage = Stage::demo().await;
    stage.round().await;
    stage.practice.close_ticket(stage.case_of(CAROLA.name).await).await.unwrap();
    stage.round().await;
    stage.days(3);
    // Right before an erasure the sweep reads the ticket's own thread once more.
    let (forum, reached) = Stuck::at_single_threads(stage.desk().ports().forum);
    stage.desk().change_ports(|ports| ports.forum = forum);
    shows(stage, Job::Sweep, ROUND, reached).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_that_hangs_shows_within_its_interval() {
    let stage = Stage::demo().await;
    stage.round().await;
    let (signer, reached) = Stuck::at(stage.desk().ports().signer);
    stage.desk().change_ports(|ports| ports.signer = signer);
    stage.practice.customer_asks(stage.case_of(OWEN.name).await).await.unwrap();
    shows(stage, Job::Erase, ROUND, reached).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sending_that_hangs_shows_within_its_interval() {
    let stage = Stage::demo().await;
    stage.round().await;
    let (postbox, reached) = Stuck::at(stage.desk().ports().postbox.unwrap());
    stage.desk().change_ports(|ports| ports.postbox = Some(postbox));
    stage.practice.customer_asks(stage.case_of(OWEN.name).await).await.unwrap();
    shows(stage, Job::Deliver, ROUND, reached).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comparison_that_hangs_at_the_start_shows_within_its_interval() {
    let stage = Stage::demo().await;
    let (drop_folders, reached) = Stuck::at(stage.desk().ports().drop_folders);
    stage.desk().change_ports(|ports| ports.drop_folders = drop_folders);
    shows(stage, Job::Reconcile, SignedDuration::from_hours(24), reached).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_hangs_shows_within_its_interval() {
    let stage = Stage::demo().await;
    stage.round().await;
    stage.desk().make_recovery_kit().await.unwrap();
    let folder = stage.folder.path().join("backup");
    let setting = BackupSetting { name: "a share".to_owned(), folder, snapshots_kept: Period::ZERO };
    stage.desk().connect_backup(setting, false).await.unwrap();
    let (backup, reached) = Stuck::at(stage.desk().ports().backups.remove(0));
    stage.desk().change_ports(|ports| ports.backups = vec![backup]);
    shows(stage, Job::Backup, ROUND, reached).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn drop_folders_that_hang_show_within_their_interval() {
    let stage = Stage::demo().await;
    stage.round().await;
    let running = working(&stage);
    until(stage.desk(), async || job(&stage, Job::Reconcile).await.good_at.is_some()).await;
    let (drop_folders, reached) = Stuck::at(stage.desk().ports().drop_folders);
    stage.desk().change_ports(|ports| ports.drop_folders = drop_folders);
    stage.desk().wake();
    shows_while(&stage, Job::DropFolders, ROUND, reached).await;
    running.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn leases_that_hang_show_within_their_interval() {
    let stage = Stage::demo().await;
    stage.round().await;
    let running = working(&stage);
    until(stage.desk(), async || job(&stage, Job::Leases).await.good_at.is_some()).await;
    // Before there is a copy: whoever tends copies already would end it by the ports that were.
    let (strongroom, reached) = Stuck::at(stage.desk().ports().strongroom);
    stage.desk().change_ports(|ports| ports.strongroom = strongroom);
    let file = stage.files(stage.case_of(OWEN.name).await).await[0].id.parse().unwrap();
    stage.desk().make_viewing_copy(file, HALF_AN_HOUR, "find the crash".into()).await.unwrap();
    stage.practice.world.clock.advance(HALF_AN_HOUR.as_duration());
    shows_while(&stage, Job::Leases, SignedDuration::from_mins(1), reached).await;
    running.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_panics_says_so_and_is_started_again() {
    /// Panics when it is first asked.
    struct Brittle(Arc<dyn Mailbox>, AtomicBool);

    #[async_trait]
    impl Mailbox for Brittle {
        async fn arrived(&self, mark: Option<&str>) -> PortResult<Arrived> {
            assert!(self.1.swap(true, Ordering::SeqCst), "what must never be");
            self.0.arrived(mark).await
        }
        async fn wait(&self, limit: std::time::Duration) -> PortResult<()> {
            self.0.wait(limit).await
        }
    }

    let stage = Stage::demo().await;
    let brittle = Arc::new(Brittle(stage.desk().ports().mailbox.unwrap(), AtomicBool::new(false)));
    stage.desk().change_ports(|ports| ports.mailbox = Some(brittle));
    let running = working(&stage);
    until(stage.desk(), async || {
        let problem = job(&stage, Job::Confirm).await.problem;
        problem.is_some_and(|problem| problem.code == Fault::Crashed)
    })
    .await;
    until(stage.desk(), async || job(&stage, Job::Confirm).await.standing == JobStanding::Good).await;
    running.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_is_not_at_work_is_told_from_one_that_is() {
    let stage = Stage::demo().await;
    assert!(stage.desk().jobs().await.unwrap().iter().all(|job| job.standing == JobStanding::NotYet));
    stage.round().await;
    assert_eq!(job(&stage, Job::Erase).await.standing, JobStanding::Good);
    stage.hours(1);
    assert_eq!(job(&stage, Job::Erase).await.standing, JobStanding::Stopped, "nobody runs it");
    let now = stage.now();
    let report = stage.desk().report(now - SignedDuration::from_hours(24), now).await.unwrap();
    let line = report.heartbeats.iter().find(|line| line.last.job == Job::Erase).unwrap();
    assert_eq!((line.standing, line.late_since.is_some()), ("stopped", true), "the report says so too");

    let running = working(&stage);
    until(stage.desk(), async || {
        let jobs = stage.desk().jobs().await.unwrap();
        jobs.iter().all(|job| job.standing == JobStanding::Good)
    })
    .await;
    running.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_ahead_or_back_is_followed_by_a_round_of_every_job() {
    let stage = Stage::demo().await;
    // Nobody wakes this desk, and its own timers are hours away.
    stage.change_settings(|settings| settings.times.round_every = Period::hours(12)).await;
    let running = working(&stage);
    let all_good_since = async |moment: custody_core::Timestamp| {
        let jobs = stage.desk().jobs().await.unwrap();
        jobs.iter().all(|job| {
            let ran_at = job.ran_at.as_ref().and_then(|at| at.parse::<custody_core::Timestamp>().ok());
            job.standing == JobStanding::Good && ran_at.is_some_and(|at| at >= moment && at <= stage.now())
        })
    };
    let start = stage.now();
    until(stage.desk(), async || all_good_since(start).await).await;
    stage.days(2);
    let later = stage.now();
    until(stage.desk(), async || all_good_since(later).await).await;
    stage.hours(-48);
    until(stage.desk(), async || all_good_since(start).await).await;
    running.end().await;
}

/// Runs the desk until the job hangs, and moves the clock to a moment after its interval: then it must show.
async fn shows(stage: Stage, which: Job, every: SignedDuration, reached: Reached) {
    let running = working(&stage);
    shows_while(&stage, which, every, reached).await;
    running.end().await;
}

async fn shows_while(stage: &Stage, which: Job, every: SignedDuration, reached: Reached) {
    reached.wait().await;
    until(stage.desk(), async || job(stage, which).await.under_way_since.is_some()).await;
    let hanging = job(stage, which).await;
    assert!(hanging.under_way_since.is_some(), "{which:?} is under way: {hanging:?}");
    assert!(hanging.late_since.is_none(), "{which:?} is not late yet: {hanging:?}");
    stage.practice.world.clock.advance(every + SignedDuration::from_secs(1));
    // Nobody asks for it: the desk tells by itself that something is another by now.
    until(stage.desk(), async || job(stage, which).await.standing == JobStanding::Late).await;
    stage.practice.world.clock.advance(every);
    until(stage.desk(), async || job(stage, which).await.standing == JobStanding::Stopped).await;
}

async fn job(stage: &Stage, which: Job) -> JobView {
    let jobs = stage.desk().jobs().await.unwrap();
    jobs.into_iter().find(|job| job.job == which).unwrap()
}

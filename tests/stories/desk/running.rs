//! The loop of a running desk: everything happens without anybody asking for a round.

use std::{sync::Arc, time::Duration};

use custody_core::{flow::Silent, period::Period};
use custody_desk::Desk;
use custody_practice::{
    PracticeClock, WorldOptions,
    forum::PracticeFile,
    scenario::{CAROLA, OWEN, Story},
};
use tokio::{sync::oneshot, task::JoinHandle};

use crate::{stuck::Stuck, support::Stage};

/// Only a guard against hanging: nothing waits for this.
pub const FAR_TOO_LONG: Duration = Duration::from_secs(180);

#[tokio::test(flavor = "multi_thread")]
async fn a_running_desk_takes_in_erases_sends_and_reads_the_answer_by_itself() {
    let clock = PracticeClock::frozen_at(crate::support::START.parse().unwrap());
    let options = WorldOptions { clock, story: Story::Demo, log_size: 300_000, ..WorldOptions::default() };
    let stage = Stage::with(options).await;
    // The shortest pause there is: nobody wakes this desk.
    stage.change_settings(|settings| settings.times.round_every = Period::ZERO).await;
    let desk = stage.desk().clone();
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(async move { desk.run(Arc::new(Silent), async { drop(stopped.await) }).await });

    let all_in = |stage: &Stage, state: &'static str| {
        let desk = stage.desk().clone();
        async move {
            let mut states = Vec::new();
            for row in desk.cases().await.unwrap() {
                let files = desk.case(row.id.parse().unwrap()).await.unwrap().files;
                states.push((row.customer, files.iter().all(|file| crate::support::word(file.state) == state)));
            }
            states
        }
    };
    let is = |states: &[(String, bool)], name: &str| states.iter().any(|(customer, all)| customer == name && *all);
    until(stage.desk(), async || {
        let held = all_in(&stage, "held").await;
        is(&held, OWEN.name) && is(&held, CAROLA.name)
    })
    .await;

    let world = &stage.practice.world;
    world.forum.close(stage.topic(CAROLA)).unwrap();
    world.forum.reply(OWEN.username, stage.topic(OWEN), "Please delete my files.", Vec::new()).await.unwrap();
    until(stage.desk(), async || {
        is(&all_in(&stage, "erased").await, OWEN.name) && is(&all_in(&stage, "due").await, CAROLA.name)
    })
    .await;
    stage.days(3);
    until(stage.desk(), async || is(&all_in(&stage, "erased").await, CAROLA.name)).await;

    for customer in [OWEN, CAROLA] {
        let letters = tokio::time::timeout(FAR_TOO_LONG, world.mail.wait_for_letters(customer.email, 1)).await.unwrap();
        assert_eq!(letters.len(), 1);
        world.mail.reply(customer.email, &letters[0], "I confirm.");
        let receipt = stage.only_receipt(stage.case_of(customer.name).await).await;
        until(stage.desk(), async || stage.standing(receipt).await == "confirmed").await;
    }
    assert!(stage.chain_is_whole().await);
    stop.send(()).unwrap();
    tokio::time::timeout(FAR_TOO_LONG, running).await.unwrap().unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_asked_for_during_a_download_finds_what_happened_just_before() {
    let stage = Stage::demo().await;
    let (forum, reached) = Stuck::at_downloads(stage.desk().ports().forum);
    stage.desk().change_ports(|ports| ports.forum = forum.clone());
    let running = working(&stage);
    reached.wait().await;

    let world = &stage.practice.world;
    world.forum.reply(OWEN.username, stage.topic(OWEN), "Please delete my files.", Vec::new()).await.unwrap();
    world.forum.close(stage.topic(CAROLA)).unwrap();
    tokio::time::timeout(FAR_TOO_LONG, stage.desk().round(&Silent)).await.unwrap();
    let owens = stage.case_of(OWEN.name).await;
    assert_eq!(stage.desk().case(owens).await.unwrap().requests.len(), 1, "a removal waits for no download");

    // No clock moves and nobody asks any more: whoever downloads looks once more by itself.
    let more = PracticeFile::bytes("more.log", "one more thing");
    world.forum.reply(CAROLA.username, stage.topic(CAROLA), "One more.", vec![more]).await.unwrap();
    tokio::time::timeout(FAR_TOO_LONG, stage.desk().round(&Silent)).await.unwrap();
    forum.release();
    let carolas = stage.case_of(CAROLA.name).await;
    until(stage.desk(), async || {
        let files = stage.files(carolas).await;
        files.iter().any(|file| file.name == "more.log" && crate::support::word(file.state) != "arriving")
    })
    .await;
    running.end().await;
}

/// Looks again whenever the desk recorded something.
pub async fn until(desk: &Desk, mut is_so: impl AsyncFnMut() -> bool) {
    let mut changes = desk.changes();
    let waiting = async {
        loop {
            changes.mark_unchanged();
            if is_so().await {
                return;
            }
            changes.changed().await.unwrap();
        }
    };
    tokio::time::timeout(FAR_TOO_LONG, waiting).await.expect("the desk does this by itself");
}

/// A desk at work.
pub struct Working {
    stop: oneshot::Sender<()>,
    desk: JoinHandle<custody_desk::Result<()>>,
}

/// Lets the desk work until it is told to end.
pub fn working(stage: &Stage) -> Working {
    let desk = stage.desk().clone();
    let (stop, stopped) = oneshot::channel::<()>();
    Working { stop, desk: tokio::spawn(async move { desk.run(Arc::new(Silent), async { drop(stopped.await) }).await }) }
}

impl Working {
    pub async fn end(self) {
        self.stop.send(()).unwrap();
        tokio::time::timeout(FAR_TOO_LONG, self.desk).await.unwrap().unwrap().unwrap();
    }
}

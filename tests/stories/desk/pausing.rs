//! A pause rests what is for our own convenience, and nothing that was promised to a customer.

use std::time::Duration;

use custody_core::{
    flow::Silent,
    ports::{Fault, Job},
};
use custody_desk::views::{EventView, JobStanding, WhoView};
use custody_practice::{
    forum::{Fault as Trouble, Scope},
    scenario::{CAROLA, OWEN},
};
use jiff::SignedDuration;

use crate::{
    running::{FAR_TOO_LONG, until, working},
    support::{HALF_AN_HOUR, Stage},
};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

async fn paused_for(stage: &Stage, hours: i64) {
    stage.desk().pause(stage.now() + HOUR * i32::try_from(hours).unwrap()).await.unwrap();
}

async fn standing(stage: &Stage, which: Job) -> JobStanding {
    stage.desk().jobs().await.unwrap().into_iter().find(|job| job.job == which).unwrap().standing
}

async fn events(stage: &Stage, name: &str) -> Vec<EventView> {
    let page = stage.desk().events(0, 1000).await.unwrap();
    page.into_iter().filter(|event| event.event == name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_tells_how_far_it_is_and_is_broken_off_by_a_pause() {
    let stage = Stage::demo().await;
    let stalled = Trouble::StalledAfter { bytes: 100_000 };
    let faults = stage.practice.world.forum.faults();
    faults.switch_on(stalled, Scope::Path("/uploads/".to_owned()));
    let desk = stage.desk().clone();
    let mut moves = desk.transfer_changes();
    let round = tokio::spawn(async move { desk.round(&Silent).await });
    let transfer = tokio::time::timeout(FAR_TOO_LONG, async {
        loop {
            // Bytes stop after a while; what lasts is told all the same.
            drop(tokio::time::timeout(Duration::from_millis(200), moves.changed()).await);
            if let Some(transfer) = stage.desk().transfers().await.unwrap().pop() {
                return transfer;
            }
        }
    })
    .await
    .unwrap();
    assert_eq!(transfer.job, Job::Intake);
    assert!(transfer.done > 0 && transfer.total.unwrap() > transfer.done, "{transfer:?}");
    let file = stage.files(transfer.case.parse().unwrap()).await.into_iter().find(|file| file.id == transfer.file);
    assert_eq!(crate::support::word(file.unwrap().state), "arriving");

    paused_for(&stage, 1).await;
    tokio::time::timeout(FAR_TOO_LONG, round).await.unwrap().unwrap();
    assert_eq!(stage.desk().transfers().await.unwrap(), []);
    faults.clear();
    stage.desk().resume().await.unwrap();
    stage.round().await;
    for customer in [CAROLA, OWEN] {
        let states = stage.states(stage.case_of(customer.name).await).await;
        assert!(states.iter().all(|state| state == "held"), "it begins anew after the pause: {states:?}");
    }
    assert!(stage.desk().reconcile().await.unwrap().lost == 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_desk_fetches_no_file_until_the_pause_is_over() {
    let stage = Stage::demo().await;
    paused_for(&stage, 2).await;
    let round = stage.round().await;
    assert_eq!(round.sealed, 0);
    let case = stage.case_of(OWEN.name).await;
    assert!(stage.states(case).await.iter().all(|state| state == "arriving"), "it is seen and waits at the forum");
    assert_eq!(standing(&stage, Job::Intake).await, JobStanding::Paused);
    assert_eq!(standing(&stage, Job::Watch).await, JobStanding::Good);
    assert!(stage.desk().view().await.unwrap().pause.is_some());

    stage.hours(2);
    assert_eq!(stage.desk().view().await.unwrap().pause, None, "nobody has to end it");
    stage.round().await;
    assert!(stage.states(case).await.iter().all(|state| state == "held"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_desk_hears_a_request_and_erases_and_only_the_letter_waits() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    paused_for(&stage, 24).await;
    stage
        .practice
        .world
        .forum
        .reply(OWEN.username, stage.topic(OWEN), "Please delete my files.", Vec::new())
        .await
        .unwrap();
    let round = stage.round().await;
    assert!(stage.states(case).await.iter().all(|state| state == "erased"), "{round:?}");
    let receipt = stage.only_receipt(case).await;
    assert_eq!(stage.standing(receipt).await, "waiting");
    assert!(stage.letters(OWEN).is_empty());

    stage.desk().resume().await.unwrap();
    stage.round().await;
    assert_eq!(stage.letters(OWEN).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_desk_ends_what_is_due_and_its_viewing_copies() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(CAROLA.name).await;
    let open = stage.files(stage.case_of(OWEN.name).await).await[0].id.parse().unwrap();
    stage.practice.world.forum.close(stage.topic(CAROLA)).unwrap();
    stage.round().await;
    stage.days(3);
    stage.view(open, HALF_AN_HOUR).await;
    paused_for(&stage, 24).await;
    stage.hours(1);
    stage.round().await;
    assert!(stage.states(case).await.iter().all(|state| state == "erased"));
    assert!(stage.desk().file(open).await.unwrap().viewing_copies.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_ends_within_a_day_stands_in_the_record_and_survives_a_restart() {
    let stage = Stage::demo().await;
    let refused = stage.desk().pause(stage.now() + HOUR * 25).await.unwrap_err();
    assert_eq!(refused.fault(), Fault::PauseTooLong);
    paused_for(&stage, 3).await;
    let stage = stage.restart().await;
    assert!(stage.desk().view().await.unwrap().pause.is_some());
    assert_eq!(events(&stage, "paused").await.len(), 1);

    stage.desk().resume().await.unwrap();
    stage.desk().resume().await.unwrap();
    let resumed = events(&stage, "resumed").await;
    assert_eq!(resumed.len(), 1, "it is ended once");
    assert_ne!(resumed[0].who, WhoView::Desk, "a person ended it");
    assert!(stage.restart().await.desk().view().await.unwrap().pause.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_desk_goes_on_by_itself_when_the_time_of_the_pause_has_come() {
    let stage = Stage::demo().await;
    paused_for(&stage, 1).await;
    let working = working(&stage);
    until(stage.desk(), async || standing(&stage, Job::Intake).await == JobStanding::Paused).await;
    stage.hours(1);
    until(stage.desk(), async || !events(&stage, "resumed").await.is_empty()).await;
    let case = stage.case_of(OWEN.name).await;
    until(stage.desk(), async || stage.states(case).await.iter().all(|state| state == "held")).await;
    working.end().await;
}

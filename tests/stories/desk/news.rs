//! What a person is told of outside the window: three things, each once, also after a restart.

use custody_core::{news::News, period::Period};
use custody_practice::scenario::OWEN;

use crate::{
    running::{until, working},
    support::Stage,
};

async fn news(stage: &Stage) -> Vec<News> {
    stage.desk().news().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_request_is_told_once_and_what_was_there_before_is_no_news() {
    let stage = Stage::demo().await;
    stage.round().await;
    assert_eq!(news(&stage).await, [], "files that come in are no news");
    let case = stage.case_of(OWEN.name).await;
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    assert_eq!(news(&stage).await, [News::RemovalAsked { case }]);
    assert_eq!(news(&stage).await, []);
    let stage = stage.restart().await;
    assert_eq!(news(&stage).await, [], "not after a restart either");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_a_person_is_told_with_its_case_until_somebody_has_looked() {
    let stage = Stage::demo().await;
    stage.round().await;
    news(&stage).await;
    let (case, topic) = (stage.case_of(OWEN.name).await, stage.topic(OWEN));
    let unclear = "Could you perhaps remove the documents I sent, once you are done with them?";
    stage.practice.world.forum.reply(OWEN.username, topic, unclear, Vec::new()).await.unwrap();
    stage.round().await;
    assert_eq!(stage.desk().attention().await.unwrap().len(), 1);
    assert_eq!(news(&stage).await, [News::NeedsPerson { things: 1, case: Some(case) }]);
    let stage = stage.restart().await;
    assert_eq!(news(&stage).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_viewing_copy_is_told_shortly_before_it() {
    let stage = Stage::demo().await;
    stage.round().await;
    let file = stage.files(stage.case_of(OWEN.name).await).await[0].id.parse().unwrap();
    stage.view(file, Period::minutes(30)).await;
    assert_eq!(news(&stage).await, []);
    stage.practice.world.clock.advance(jiff::SignedDuration::from_mins(26));
    let told = news(&stage).await;
    assert!(matches!(told[..], [News::CopyEnds { file: of, .. }] if of == file), "{told:?}");
    assert_eq!(news(&stage).await, []);
    stage.desk().lock().await.unwrap();
    assert_eq!(news(&stage).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_be_waited_for_names_open_viewing_copies() {
    let stage = Stage::demo().await;
    stage.round().await;
    let idle = stage.desk().work().await.unwrap();
    assert_eq!((idle.jobs.len(), idle.viewing_copies), (0, 0));
    let file = stage.files(stage.case_of(OWEN.name).await).await[0].id.parse().unwrap();
    stage.view(file, Period::minutes(30)).await;
    assert_eq!(stage.desk().work().await.unwrap().viewing_copies, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_first_round_finds_is_news_to_whoever_looks_only_afterwards() {
    let stage = Stage::demo().await;
    let forum = &stage.practice.world.forum;
    forum.reply(OWEN.username, stage.topic(OWEN), "Please delete my files.", Vec::new()).await.unwrap();
    let running = working(&stage);
    until(stage.desk(), async || {
        let cases = stage.cases().await;
        let owens = cases.iter().find(|row| row.customer == OWEN.name);
        match owens {
            Some(row) => !stage.desk().case(row.id.parse().unwrap()).await.unwrap().requests.is_empty(),
            None => false,
        }
    })
    .await;
    let case = stage.case_of(OWEN.name).await;
    let news = stage.desk().news().await.unwrap();
    assert!(news.contains(&News::RemovalAsked { case }), "{news:?}");
    assert!(!stage.desk().news().await.unwrap().contains(&News::RemovalAsked { case }), "each is told once");
    running.end().await;
}

//! Own dates: an engineer says when files go, within the ceiling; closing and a customer's request still count.

use custody_core::{Timestamp, own_date::OwnDateScope, ports::Fault};
use custody_desk::DeskError;
use custody_practice::scenario::{CAROLA, OWEN};
use jiff::SignedDuration;

use crate::support::{Stage, assert_told};

fn in_days(stage: &Stage, days: i64) -> Timestamp {
    stage.now().checked_add(SignedDuration::from_hours(24 * days)).unwrap()
}

/// The files of both cases are in, and Carola's have an own date in so many days.
async fn with_own_date(days: i64) -> Stage {
    let stage = Stage::demo().await;
    stage.round().await;
    let carola = stage.case_of(CAROLA.name).await;
    let end = in_days(&stage, days);
    stage.desk().give_own_date(OwnDateScope::Case(carola), end, "The fix ships then".into()).await.unwrap();
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn files_go_at_their_own_date_though_the_ticket_is_open_and_the_case_says_who_wanted_that() {
    let stage = with_own_date(10).await;
    let carola = stage.case_of(CAROLA.name).await;
    let view = stage.desk().case(carola).await.unwrap();
    assert_eq!(view.own_dates.len(), 1);
    assert_eq!((view.own_dates[0].reason.as_str(), view.own_dates[0].file.as_deref()), ("The fix ships then", None));
    assert!(view.why.iter().any(|why| why.to_string().contains("date of its own")), "{:?}", view.why);
    assert!(
        view.timeline
            .iter()
            .any(|event| event.event == "own_date_given" && event.who.to_string() == view.own_dates[0].by)
    );
    stage.days(9);
    stage.round().await;
    assert_eq!(stage.states(carola).await, ["due"; 3]);
    stage.days(1);
    stage.round().await;
    assert_eq!(stage.states(carola).await, ["erased"; 3]);
    assert_eq!(stage.states(stage.case_of(OWEN.name).await).await, ["held"; 2], "the others follow their rule");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_own_date_lies_within_the_ceiling_and_ahead() {
    let stage = Stage::demo().await;
    stage.round().await;
    let scope = OwnDateScope::Case(stage.case_of(CAROLA.name).await);
    let give = async |end| stage.desk().give_own_date(scope, end, "Later".into()).await;
    let refused = give(in_days(&stage, 91)).await.unwrap_err();
    assert!(matches!(refused, DeskError::PastCeiling { latest } if latest == in_days(&stage, 90)), "{refused:?}");
    assert_told(&refused.problem());
    let over = give(stage.now()).await.unwrap_err();
    assert!(matches!(over, DeskError::DateOver));
    assert_told(&over.problem());
    give(in_days(&stage, 90)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_closes_after_the_own_date_was_given_counts_as_before() {
    let stage = with_own_date(60).await;
    stage.hours(1);
    stage.practice.world.forum.close(stage.topic(CAROLA)).unwrap();
    stage.round().await;
    stage.days(3);
    stage.round().await;
    assert_eq!(stage.states(stage.case_of(CAROLA.name).await).await, ["erased"; 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_own_date_takes_the_place_of_a_closing_that_was_known_when_it_was_given() {
    let stage = Stage::demo().await;
    stage.round().await;
    stage.practice.world.forum.close(stage.topic(CAROLA)).unwrap();
    stage.round().await;
    let carola = stage.case_of(CAROLA.name).await;
    assert_eq!(stage.states(carola).await, ["due"; 3]);
    stage.hours(1);
    stage.desk().give_own_date(OwnDateScope::Case(carola), in_days(&stage, 20), "Still needed".into()).await.unwrap();
    stage.days(15);
    stage.round().await;
    assert_eq!(stage.states(carola).await, ["held"; 3], "kept longer than the closing would have");
    let spared = stage.desk().case(carola).await.unwrap().timeline;
    assert!(
        spared.iter().any(|event| event.what.to_string().contains("later date of its own")),
        "and the record says why"
    );

    stage.desk().withdraw_own_date(OwnDateScope::Case(carola)).await.unwrap();
    let twice = stage.desk().withdraw_own_date(OwnDateScope::Case(carola)).await.unwrap_err();
    assert_eq!(twice.fault(), Fault::NotFound);
    stage.round().await;
    assert_eq!(stage.states(carola).await, ["erased"; 3], "withdrawn, the closing counts again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_request_beats_an_own_date() {
    let stage = Stage::demo().await;
    stage.round().await;
    let owen = stage.case_of(OWEN.name).await;
    stage.desk().give_own_date(OwnDateScope::Case(owen), in_days(&stage, 30), "Needed".into()).await.unwrap();
    stage.practice.customer_asks(owen).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(owen).await, ["erased"; 2]);
}

//! A whole desk whose case is linked to a ticket of the tracker.

use custody_core::ticket::TicketRef;
use custody_desk::settings::TrackerSetting;
use custody_practice::scenario::CAROLA;

use crate::{
    administrator::{Act, Tracker, both},
    stage::Stage,
};

/// A desk that holds Carola's three files, and the ticket that they are linked to.
async fn linked(tracker: &Tracker) -> (Stage, custody_core::id::CaseId, TicketRef) {
    let stage = Stage::demo().await;
    let (kind, url, key) = tracker.connection();
    let setting = TrackerSetting {
        name: "tickets".to_owned(),
        kind,
        url: url.parse().unwrap(),
        account: None,
        project: None,
        closed_states: None,
    };
    stage.desk().connect_tracker(setting, key.into()).await.unwrap();
    stage.round().await;
    let case = stage.case_of(CAROLA.name).await;
    let ticket = TicketRef { tracker: "tickets".to_owned(), ..tracker.open(true).await };
    stage.desk().link_ticket(case, ticket.clone()).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held", "held", "held"], "{}", tracker.name());
    (stage, case, ticket)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_closed_in_the_tracker_erases_the_files_and_the_customer_gets_one_receipt() {
    for tracker in both() {
        let (stage, case, ticket) = linked(&tracker).await;
        tracker.act(Act::Close, &ticket).await;
        stage.round().await;
        assert_eq!(stage.states(case).await, ["due", "due", "due"], "{}", tracker.name());
        stage.days(3);
        stage.round().await;
        assert_eq!(stage.states(case).await, ["erased", "erased", "erased"], "{}", tracker.name());
        stage.only_receipt(case).await;
        stage.round().await;
        assert_eq!(stage.letters(CAROLA).len(), 1, "{}", tracker.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_is_reopened_within_grace_spares_the_files() {
    for tracker in both() {
        let (stage, case, ticket) = linked(&tracker).await;
        tracker.act(Act::Close, &ticket).await;
        stage.round().await;
        assert_eq!(stage.states(case).await, ["due", "due", "due"], "{}", tracker.name());
        stage.days(2);
        tracker.act(Act::Reopen, &ticket).await;
        stage.round().await;
        assert_eq!(stage.states(case).await, ["held", "held", "held"], "{}", tracker.name());
        stage.days(2);
        stage.round().await;
        assert_eq!(stage.states(case).await, ["held", "held", "held"], "{}", tracker.name());
        assert!(stage.receipts(case).await.is_empty(), "{}", tracker.name());
        assert!(stage.letters(CAROLA).is_empty(), "{}", tracker.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_is_removed_after_it_was_closed_erases_nothing() {
    for tracker in both() {
        let (stage, case, ticket) = linked(&tracker).await;
        tracker.act(Act::Close, &ticket).await;
        stage.round().await;
        tracker.act(Act::Remove, &ticket).await;
        stage.days(4);
        stage.round_with(custody_core::ports::Fault::NotFound).await;
        assert_eq!(stage.states(case).await, ["due", "due", "due"], "{}: in doubt, nothing is erased", tracker.name());
        assert!(stage.letters(CAROLA).is_empty(), "{}", tracker.name());
    }
}

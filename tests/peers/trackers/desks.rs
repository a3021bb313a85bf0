//! A whole desk whose case is linked to a ticket of the tracker.

use custody_core::{flow::Silent, id::CaseId, ports::Fault, ticket::TicketRef};
use custody_desk::settings::TrackerSetting;
use custody_practice::scenario::CAROLA;
use url::Url;

use crate::{
    administrator::{Act, Tracker, both},
    gate::Gate,
    stage::{Stage, word},
};

/// A desk that holds Carola's three files, and the ticket that they are linked to.
async fn linked(tracker: &Tracker) -> (Stage, CaseId, TicketRef) {
    linked_at(tracker, tracker.connection().1.parse().unwrap()).await
}

/// The same, where the tracker is reached at this address.
async fn linked_at(tracker: &Tracker, url: Url) -> (Stage, CaseId, TicketRef) {
    let stage = Stage::demo().await;
    let (kind, _, key) = tracker.connection();
    let setting =
        TrackerSetting { name: "tickets".to_owned(), kind, url, account: None, project: None, closed_states: None };
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
async fn a_customer_who_asks_is_heard_though_the_ticket_is_open() {
    for tracker in both() {
        let (stage, case, _) = linked(&tracker).await;
        stage.practice.customer_asks(case).await.unwrap();
        stage.round().await;
        assert_eq!(stage.states(case).await, ["erased", "erased", "erased"], "{}", tracker.name());
        stage.only_receipt(case).await;
        assert_eq!(stage.letters(CAROLA).len(), 1, "{}", tracker.name());
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
        stage.round_with(Fault::NotFound).await;
        assert_eq!(stage.states(case).await, ["due", "due", "due"], "{}: in doubt, nothing is erased", tracker.name());
        assert!(stage.letters(CAROLA).is_empty(), "{}", tracker.name());
    }
}

/// The list comes, and the one reading fails on which the erasure hangs; then every question does.
#[tokio::test(flavor = "multi_thread")]
async fn a_tracker_that_answers_with_errors_erases_nothing_and_the_desk_goes_on_by_itself() {
    for tracker in both() {
        let gate = Gate::before(tracker.connection().1).await;
        let (stage, case, ticket) = linked_at(&tracker, gate.url.clone()).await;
        tracker.act(Act::Close, &ticket).await;
        stage.round().await;
        // So shortly before grace ends that only the sweep reads it again.
        stage.hours(71);
        stage.round().await;
        stage.hours(2);
        for refused in [tracker.path_of_one(), ""] {
            gate.refuse(refused);
            let round = stage.desk().round(&Silent).await;
            let what = format!("{}, {refused:?} refused", tracker.name());
            assert_eq!(round.erased, 0, "{what}");
            let told: Vec<_> = round.problems.iter().map(|met| met.problem.code).collect();
            assert!(told.contains(&Fault::ServerTrouble), "{what}: {told:?}");
            assert_eq!(stage.states(case).await, ["due", "due", "due"], "{what}");
            assert_eq!(word(stage.desk().case(case).await.unwrap().row.ticket_state), "in_doubt", "{what}");
            assert!(stage.letters(CAROLA).is_empty(), "{what}");
        }
        gate.open();
        stage.round().await;
        assert_eq!(stage.states(case).await, ["erased", "erased", "erased"], "{}", tracker.name());
        assert_eq!(stage.letters(CAROLA).len(), 1, "{}", tracker.name());
    }
}

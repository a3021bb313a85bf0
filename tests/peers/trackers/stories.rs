//! What the desk sees of tickets that somebody moves.

use custody_core::{
    ports::{Clock as _, Fault, PortError},
    ticket::{Closing, TicketReading, TicketRef},
};

use crate::{
    administrator::{Act, both, request_tracker},
    hand::Hand,
};

const CLOSED: TicketReading = TicketReading::Closed { how: Closing::Closed };

fn never(key: &str) -> TicketRef {
    TicketRef { tracker: "peer".to_owned(), key: key.to_owned() }
}

#[tokio::test]
async fn a_test_of_the_connection_tells_who_we_are_what_we_see_and_what_closes() {
    for tracker in both() {
        tracker.open(true).await;
        let check = tracker.bot(&Hand::begin()).check().await.unwrap();
        assert_eq!(check.account.reveal(), "vaultbot", "{}", tracker.name());
        assert_eq!(check.places.len(), 1, "{}: not the closed circle", tracker.name());
        assert_eq!(check.places[0].reveal(), "Support", "{}", tracker.name());
        assert!(check.sees_tickets, "{}", tracker.name());
        let closing: Vec<_> = check.states.iter().filter(|it| it.is_closed).map(|it| it.name.as_str()).collect();
        match tracker.name() {
            "Redmine" => assert_eq!(closing, ["Closed", "Rejected"]),
            _ => assert_eq!(closing, ["resolved", "rejected"]),
        }
    }
}

#[tokio::test]
async fn a_closed_ticket_reads_closed_and_a_reopened_one_open_though_its_closing_time_stays() {
    for tracker in both() {
        let bot = tracker.bot(&Hand::begin());
        let ticket = tracker.open(true).await;
        assert_eq!(bot.read(&ticket).await.unwrap(), TicketReading::Open, "{}", tracker.name());
        let before = tracker.closing_time(&ticket).await;
        tracker.act(Act::Close, &ticket).await;
        assert_eq!(bot.read(&ticket).await.unwrap(), CLOSED, "{}", tracker.name());
        tracker.act(Act::Reopen, &ticket).await;
        assert_ne!(tracker.closing_time(&ticket).await, before, "{}: the trap is set", tracker.name());
        assert_eq!(bot.read(&ticket).await.unwrap(), TicketReading::Open, "{}", tracker.name());
    }
}

#[tokio::test]
async fn the_settings_say_which_states_mean_closed() {
    for tracker in both() {
        let (clock, key) = (Hand::begin(), tracker.readers()[0]);
        let names = || Some(vec!["New".to_owned()]);
        let bot = tracker.client(key, &clock, |settings| settings.closed_states = names());
        let ticket = tracker.open(true).await;
        assert_eq!(bot.read(&ticket).await.unwrap(), CLOSED, "{}", tracker.name());
        tracker.act(Act::Close, &ticket).await;
        assert_eq!(bot.read(&ticket).await.unwrap(), TicketReading::Open, "{}", tracker.name());
        assert!(bot.check().await.unwrap().unknown_states.is_empty(), "{}", tracker.name());
    }
}

#[tokio::test]
async fn a_removed_ticket_and_one_that_never_was_are_missing_and_not_closed() {
    for tracker in both() {
        let bot = tracker.bot(&Hand::begin());
        let ticket = tracker.open(true).await;
        tracker.act(Act::Close, &ticket).await;
        tracker.act(Act::Remove, &ticket).await;
        assert_eq!(bot.read(&ticket).await.unwrap(), TicketReading::Missing, "{}", tracker.name());
        assert_eq!(bot.read(&never("987654")).await.unwrap(), TicketReading::Missing, "{}", tracker.name());
    }
}

#[tokio::test]
async fn a_ticket_that_we_may_not_see_says_nothing() {
    for tracker in both() {
        let hidden = tracker.open(false).await;
        tracker.act(Act::Close, &hidden).await;
        let error = tracker.bot(&Hand::begin()).read(&hidden).await.unwrap_err();
        assert_eq!(error.fault, Fault::NotAllowed, "{}", tracker.name());
    }
}

#[tokio::test]
async fn a_refused_key_is_named_as_the_cause_whatever_is_asked() {
    for tracker in both() {
        let ticket = tracker.open(true).await;
        let good = tracker.readers()[0].to_owned();
        // One that never was, and one that looks like ours.
        for bad in ["nonsense".to_owned(), good.replace(good.chars().last().unwrap(), "x")] {
            let bot = tracker.client(&bad, &Hand::begin(), |_| {});
            let errors: [PortError; 4] = [
                bot.read(&ticket).await.unwrap_err(),
                bot.read(&never("987654")).await.unwrap_err(),
                bot.changed(std::slice::from_ref(&ticket), None).await.unwrap_err(),
                bot.check().await.unwrap_err(),
            ];
            for error in errors {
                assert_eq!(error.fault, Fault::CredentialsRefused, "{}", tracker.name());
            }
        }
    }
}

#[tokio::test]
async fn the_list_names_the_ticket_that_changed_and_not_the_others_in_every_time_zone() {
    for tracker in both() {
        for key in tracker.readers() {
            let clock = Hand::begin();
            let bot = tracker.client(key, &clock, |_| {});
            let known = [tracker.open(true).await, tracker.open(true).await];
            let mut mark = bot.changed(&known, None).await.unwrap().mark;
            // Both are so new that they stand in the window; named twice, they are known.
            for expected in [&known[..], &known[..], &[]] {
                let changed = bot.changed(&known, Some(&mark)).await.unwrap();
                assert_eq!(changed.tickets, expected, "{} {key}", tracker.name());
                mark = changed.mark;
                clock.advance(10);
            }
            for act in [Act::Close, Act::Reopen, Act::Rename] {
                // The tracker counts in seconds: the change must fall into one of its own to be told from the last one.
                next_second().await;
                tracker.act(act, &known[1]).await;
                let changed = bot.changed(&known, Some(&mark)).await.unwrap();
                assert_eq!(changed.tickets, known[1..], "{} {key} {act:?}", tracker.name());
                mark = changed.mark;
                clock.advance(10);
                mark = bot.changed(&known, Some(&mark)).await.unwrap().mark;
                assert!(bot.changed(&known, Some(&mark)).await.unwrap().tickets.is_empty(), "{}", tracker.name());
            }
        }
    }
}

/// Waits until the second that runs now is over, by the clock of this machine, which is the tracker's too.
async fn next_second() {
    let begun = Hand::begin().now().as_second();
    while Hand::begin().now().as_second() == begun {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_merged_ticket_follows_its_target_and_is_named_with_it() {
    let (tracker, clock) = (request_tracker(), Hand::begin());
    let bot = tracker.bot(&clock);
    let known = [tracker.open(true).await];
    let target = tracker.open(true).await;
    tracker.act(Act::Close, &known[0]).await;
    assert_eq!(bot.read(&known[0]).await.unwrap(), CLOSED);
    tracker.merge(&known[0], &target).await;
    assert_eq!(bot.read(&known[0]).await.unwrap(), TicketReading::Open, "its target is open");
    let mark = bot.changed(&known, None).await.unwrap().mark;
    tracker.act(Act::Close, &target).await;
    assert_eq!(bot.changed(&known, Some(&mark)).await.unwrap().tickets, known);
    assert_eq!(bot.read(&known[0]).await.unwrap(), CLOSED);
    // A list never shows it under its own number.
    tracker.act(Act::Remove, &target).await;
    assert_eq!(bot.read(&known[0]).await.unwrap(), TicketReading::Missing);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_polls_at_once_cost_ten_questions() {
    for tracker in both() {
        let clock = Hand::begin();
        let known = [tracker.open(true).await];
        // Who we are, the first list and ten more: one request more would be refused by our own budget.
        let most = if tracker.name() == "Redmine" { 12 } else { 13 };
        let bot = tracker.client(tracker.readers()[0], &clock, |settings| settings.budget.per_minute = most);
        let mark = bot.changed(&known, None).await.unwrap().mark;
        let polls: Vec<_> = (0..10)
            .map(|_| {
                let (bot, known, mark) = (bot.clone(), known.clone(), mark.clone());
                tokio::spawn(async move { bot.changed(&known, Some(&mark)).await })
            })
            .collect();
        for poll in polls {
            let changed = poll.await.unwrap().unwrap_or_else(|error| panic!("{}: {error}", tracker.name()));
            assert_eq!(changed.tickets, known, "{}", tracker.name());
        }
        let error = bot.changed(&known, Some(&mark)).await.unwrap_err();
        assert_eq!(error.fault, Fault::RateLimited, "{}: the budget was used up exactly", tracker.name());
    }
}

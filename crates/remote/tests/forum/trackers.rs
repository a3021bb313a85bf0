//! The thread as its own ticket, and tickets of trackers that nobody connected.

use std::sync::Arc;

use custody_core::{
    ports::{Fault, Tracker},
    ticket::{Closing, TicketReading, TicketRef},
};
use custody_remote::tracker::{TopicTracker, Trackers};

use crate::bench::{Bench, sources, theirs, told};

fn ticket(tracker: &str, key: &str) -> TicketRef {
    TicketRef { tracker: tracker.to_owned(), key: key.to_owned() }
}

#[tokio::test]
async fn a_closed_thread_is_a_closed_ticket_and_a_lost_one_is_not() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![]).await;
    let tracker = TopicTracker::new(Arc::new(bench.client(sources(), |_| {})));
    let trackers = Trackers::new().with("topic", Arc::new(tracker));
    assert_eq!(trackers.names().collect::<Vec<_>>(), ["topic"]);
    let mine = ticket("topic", &topic.0.to_string());
    assert_eq!(trackers.read(&mine).await.unwrap(), TicketReading::Open);
    bench.practice.close(theirs(topic)).unwrap();
    assert_eq!(trackers.read(&mine).await.unwrap(), TicketReading::Closed { how: Closing::Closed });
    for key in ["999999999", "-5", "", "4711; drop", "99999999999999999999"] {
        assert_eq!(trackers.read(&ticket("topic", key)).await.unwrap(), TicketReading::Missing, "{key}");
    }
    bench.practice.unplug().await;
    assert_eq!(told(&trackers.read(&mine).await.unwrap_err()), (Fault::Unreachable, "try again"));
}

#[tokio::test]
async fn a_tracker_that_is_not_connected_says_nothing_about_its_tickets() {
    let trackers = Trackers::new();
    assert_eq!(
        told(&trackers.read(&ticket("redmine", "5")).await.unwrap_err()),
        (Fault::NotConnected, "needs a person")
    );
}

//! What a ticket's answer means.

use custody_core::ticket::{Closing, TicketReading};

use crate::{
    bench::{Bench, ticket},
    shapes,
};

const CLOSED: TicketReading = TicketReading::Closed { how: Closing::Closed };

#[tokio::test]
async fn a_ticket_is_open_then_closed_then_open_again_whatever_times_it_keeps() {
    for shape in shapes::all() {
        let bench = Bench::start(shape.clone()).await;
        assert_eq!(bench.client.read(&bench.ticket()).await.unwrap(), TicketReading::Open, "{}", shape.name);
        bench.server.json(shape.ticket_path, shape.closed);
        assert_eq!(bench.client.read(&bench.ticket()).await.unwrap(), CLOSED, "{}", shape.name);
        bench.server.json(shape.ticket_path, shape.reopened);
        assert_eq!(bench.client.read(&bench.ticket()).await.unwrap(), TicketReading::Open, "{}", shape.name);
    }
}

#[tokio::test]
async fn the_settings_say_which_states_mean_closed() {
    for (shape, name) in [
        (shapes::request_tracker(), "Open"),
        (shapes::redmine(), "resolved"),
        (shapes::jira_cloud(), "waiting"),
        (shapes::jira_data_center(), "WAITING"),
        (shapes::gitlab(), "opened"),
        (shapes::github(), "open"),
        (shapes::zendesk(), "Pending"),
    ] {
        let bench = Bench::with(shape.clone(), |settings| settings.closed_states = Some(vec![name.to_owned()])).await;
        assert_eq!(bench.client.read(&bench.ticket()).await.unwrap(), CLOSED, "{}", shape.name);
        bench.server.json(shape.ticket_path, shape.closed);
        assert_eq!(bench.client.read(&bench.ticket()).await.unwrap(), TicketReading::Open, "{}", shape.name);
    }
}

#[tokio::test]
async fn a_key_that_no_ticket_can_have_is_missing_without_a_question() {
    for shape in shapes::all() {
        let bench = Bench::start(shape.clone()).await;
        for key in
            ["", "-5", "0", "12/../13", "../users/current", "12?x=1", "SUP-", "SUP-1 OR 1=1", "999999999999999999999"]
        {
            assert_eq!(bench.client.read(&ticket(key)).await.unwrap(), TicketReading::Missing, "{} {key}", shape.name);
        }
        assert!(bench.server.take_asked().is_empty(), "{}", shape.name);
    }
}

#[tokio::test]
async fn a_key_is_read_as_people_write_it() {
    for shape in shapes::all() {
        let bench = Bench::start(shape.clone()).await;
        let as_written = if shape.key == "12" { "#12".to_owned() } else { shape.key.to_lowercase() };
        assert_eq!(bench.client.read(&ticket(&as_written)).await.unwrap(), TicketReading::Open, "{}", shape.name);
    }
}

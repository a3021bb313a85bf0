//! Which tickets may have changed.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use custody_core::ports::ChangedTickets;

use crate::{
    bench::{Bench, ticket},
    server::Line,
    shapes::{self, Shape},
};

async fn begin(shape: &Shape) -> (Bench, String) {
    let bench = Bench::start(shape.clone()).await;
    bench.server.json(shape.list_path, (shape.list)(&[(shape.other, "2026-11-24T11:00:00Z")]));
    let known = [bench.ticket()];
    let first = bench.client.changed(&known, None).await.unwrap();
    assert_eq!(first.tickets, known, "{}: at first every ticket may have changed", shape.name);
    (bench, first.mark)
}

async fn names(bench: &Bench, mark: &mut String) -> Vec<String> {
    let ChangedTickets { tickets, mark: next } = bench.client.changed(&[bench.ticket()], Some(mark)).await.unwrap();
    *mark = next;
    tickets.into_iter().map(|ticket| ticket.key).collect()
}

#[tokio::test]
async fn the_list_names_what_changed_and_not_the_others() {
    for shape in shapes::all() {
        let (bench, mut mark) = begin(&shape).await;
        assert!(names(&bench, &mut mark).await.is_empty(), "{}", shape.name);
        let changed = (shape.list)(&[(shape.key, "2026-11-24T11:30:00Z"), (shape.other, "2026-11-24T11:00:00Z")]);
        bench.server.json(shape.list_path, changed);
        assert_eq!(names(&bench, &mut mark).await, [shape.key], "{}", shape.name);
        // Once more, for a second change within the same second; and then no more.
        bench.clock.advance(60);
        assert_eq!(names(&bench, &mut mark).await, [shape.key], "{}", shape.name);
        bench.clock.advance(60);
        assert!(names(&bench, &mut mark).await.is_empty(), "{}", shape.name);
        // Changed by its own second is changed.
        let changed = (shape.list)(&[(shape.key, "2026-11-24T11:30:01Z")]);
        bench.server.json(shape.list_path, changed);
        assert_eq!(names(&bench, &mut mark).await, [shape.key], "{}", shape.name);
    }
}

#[tokio::test]
async fn each_reading_reaches_back_over_the_one_before_by_the_trackers_clock() {
    for (shape, since) in [
        // Fifteen hours earlier: RT reads it in the account's time zone, which may be any.
        (shapes::request_tracker(), Some("LastUpdated+%3E%3D+%272026-11-23+19%3A55%3A00%27")),
        (shapes::redmine(), Some("updated_on=%3E%3D2026-11-24T10%3A55%3A00Z")),
        // By the account's clock in Los Angeles and Berlin.
        (shapes::jira_cloud(), Some("updated+%3E%3D+%222026-11-24+02%3A55%22")),
        (shapes::jira_data_center(), Some("updated+%3E%3D+%222026-11-24+11%3A55%22")),
        (shapes::gitlab(), Some("updated_after=2026-11-24T10%3A55%3A00Z")),
        (shapes::github(), Some("since=2026-11-24T10%3A55%3A00Z")),
        (shapes::zendesk(), None),
    ] {
        let (bench, mut mark) = begin(&shape).await;
        bench.server.take_asked();
        // Our own clock has no say in it.
        bench.clock.advance(-3 * 24 * 60 * 60);
        names(&bench, &mut mark).await;
        let asked = bench.server.take_asked();
        let list: Vec<_> = asked.iter().filter(|it| it.path == shape.list_path).collect();
        assert_eq!(list.len(), 1, "{}", shape.name);
        if let Some(since) = since {
            assert!(list[0].query.contains(since), "{}: {}", shape.name, list[0].query);
        }
    }
}

/// Pages that never end, as each tracker tells that there is another one.
fn endless(shape: &Shape, asked: Arc<AtomicUsize>) -> impl Fn(&str) -> Line + Send + Sync + use<> {
    let (name, list, other) = (shape.name, shape.list, shape.other);
    move |_| {
        asked.fetch_add(1, Ordering::SeqCst);
        let body = list(&vec![(other, "2026-11-24T11:50:00Z"); 100]);
        Line::json(match name {
            "Jira Cloud" => body.replace("\"isLast\":true", "\"nextPageToken\":\"more\""),
            "Jira Data Center" => body.replace("\"total\":100", "\"total\":1000000"),
            "Zendesk" => body.replace("\"next_page\":null", "\"next_page\":\"https://x.example\""),
            _ => body,
        })
    }
}

#[tokio::test]
async fn a_list_without_end_is_left_and_every_ticket_is_read_instead() {
    for shape in shapes::all() {
        let (bench, mut mark) = begin(&shape).await;
        let asked = Arc::new(AtomicUsize::new(0));
        bench.server.answer(shape.list_path, endless(&shape, asked.clone()));
        assert_eq!(names(&bench, &mut mark).await, [shape.key], "{}", shape.name);
        assert_eq!(asked.load(Ordering::SeqCst), 21, "{}", shape.name);
        // And the next reading begins where that list began.
        bench.server.json(shape.list_path, (shape.list)(&[(shape.other, "2026-11-24T11:50:00Z")]));
        assert!(names(&bench, &mut mark).await.is_empty(), "{}", shape.name);
    }
}

#[tokio::test]
async fn the_second_page_is_read_too() {
    for shape in shapes::all() {
        let (bench, mut mark) = begin(&shape).await;
        let asked = Arc::new(AtomicUsize::new(0));
        let (first, list, key) = (endless(&shape, asked.clone()), shape.list, shape.key);
        bench.server.answer(shape.list_path, move |query| {
            if asked.load(Ordering::SeqCst) == 0 {
                first(query)
            } else {
                Line::json(list(&[(key, "2026-11-24T11:40:00Z")]))
            }
        });
        bench.server.take_asked();
        assert_eq!(names(&bench, &mut mark).await, [shape.key], "{}", shape.name);
        let asked = bench.server.take_asked();
        let second = &asked.last().unwrap().query;
        let next = match shape.name {
            "Redmine" => "offset=100",
            "Jira Cloud" => "nextPageToken=more",
            "Jira Data Center" => "startAt=100",
            _ => "page=2",
        };
        assert!(second.contains(next), "{}: {second}", shape.name);
    }
}

#[tokio::test]
async fn a_list_that_cannot_be_trusted_makes_every_ticket_read() {
    for shape in shapes::all() {
        for (why, rows) in [
            ("not in order", vec![(shape.other, "2026-11-24T11:00:00Z"), (shape.other, "2026-11-24T11:20:00Z")]),
            ("the newest is gone", vec![]),
            ("the server's clock was put back", vec![(shape.other, "2026-11-24T09:00:00Z")]),
        ] {
            let (bench, mut mark) = begin(&shape).await;
            bench.server.json(shape.list_path, (shape.list)(&rows));
            assert_eq!(names(&bench, &mut mark).await, [shape.key], "{}: {why}", shape.name);
        }
        let (bench, _) = begin(&shape).await;
        for mark in ["", "nonsense", "{\"newest\":17}", "9999-12-31T00:00:00Z"] {
            assert_eq!(names(&bench, &mut mark.to_owned()).await, [shape.key], "{}: {mark}", shape.name);
        }
    }
}

#[tokio::test]
async fn a_time_of_change_in_the_future_hides_nothing() {
    for shape in shapes::all() {
        let (bench, mut mark) = begin(&shape).await;
        bench.server.json(shape.list_path, (shape.list)(&[(shape.other, "2099-01-01T00:00:00Z")]));
        names(&bench, &mut mark).await;
        let rows = [(shape.other, "2099-01-01T00:00:00Z"), (shape.key, "2026-11-24T12:07:00Z")];
        bench.server.json(shape.list_path, (shape.list)(&rows));
        assert_eq!(names(&bench, &mut mark).await, [shape.key], "{}", shape.name);
    }
}

#[tokio::test]
async fn a_merged_ticket_is_named_when_its_target_changes() {
    let shape = shapes::request_tracker();
    let (bench, mut mark) = begin(&shape).await;
    bench.server.json(shape.ticket_path, r#"{"id":13,"Status":"open","EffectiveId":{"id":"13"}}"#);
    bench.client.read(&bench.ticket()).await.unwrap();
    bench.server.json(shape.list_path, (shape.list)(&[("13", "2026-11-24T11:30:00Z")]));
    assert_eq!(names(&bench, &mut mark).await, ["12"]);
    // Split off again, its former target is none of its business.
    bench.server.json(shape.ticket_path, shape.open);
    bench.client.read(&bench.ticket()).await.unwrap();
    bench.server.json(shape.list_path, (shape.list)(&[("13", "2026-11-24T11:40:00Z")]));
    assert!(names(&bench, &mut mark).await.is_empty());
}

#[tokio::test]
async fn keys_that_no_ticket_can_have_hold_nothing_up() {
    let shape = shapes::github();
    let (bench, mark) = begin(&shape).await;
    let known = [ticket("nonsense"), ticket("#12")];
    bench.server.json(shape.list_path, (shape.list)(&[("12", "2026-11-24T11:30:00Z")]));
    let changed = bench.client.changed(&known, Some(&mark)).await.unwrap();
    assert_eq!(changed.tickets, [ticket("#12")]);
}

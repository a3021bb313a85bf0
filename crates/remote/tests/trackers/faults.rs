//! Every bad day of a tracker, and what we make of it. Nothing here may look like "closed".

use std::time::Duration;

use custody_core::{
    ports::{ErrorKind, Fault, PortError},
    ticket::TicketReading,
};

use crate::{
    bench::{Bench, KEY, told, written},
    server::{Line, Server},
    shapes,
};

const JSON: &str = "Content-Type: application/json\r\n";
/// Stands for the beginning of an answer that was cut off.
const CUT: &str = "cut off";
const PAGE: &str = "Content-Type: text/html\r\n";

/// Nothing of the other side, and no secret, may stand in an error.
fn check_silence(error: &PortError) {
    let text = written(error);
    for secret in [KEY, "canary", "bot@support", "vaultbot", "127.0.0.1", "http", "acme"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

fn cut(line: &Line, whole: &str) -> Line {
    let mut line = line.clone();
    if line.body == CUT {
        whole[..whole.len() - 3].clone_into(&mut line.body);
    }
    line
}

#[tokio::test]
async fn each_trouble_has_its_promised_outcome_at_every_tracker() {
    use Fault::{
        AnswerNotUnderstood, BadRedirect, Blocked, CredentialsRefused, NotAllowed, RateLimited, ServerTrouble, TooLarge,
    };
    let foreign = Server::start().await;
    let elsewhere = format!("Location: {}/login\r\n", foreign.base.replace("127.0.0.1", "localhost"));
    let downgrade = "Location: http://tracker.example/\r\n";
    let long = format!("{{\"canary\":\"{}\"}}", "x".repeat(9 * 1024 * 1024));
    for shape in shapes::all() {
        let name = shape.name;
        for (line, fault, kind) in [
            (Line::new(401, JSON, r#"{"message":"canary"}"#), CredentialsRefused, "needs a person"),
            (Line::new(403, JSON, r#"{"message":"canary"}"#), NotAllowed, "not possible"),
            (Line::new(403, PAGE, "<html>canary"), Blocked, "needs a person"),
            (Line::new(403, "cf-mitigated: challenge\r\n", ""), Blocked, "needs a person"),
            (Line::new(429, "Retry-After: 39\r\n", ""), RateLimited, "try again"),
            (Line::new(403, "Retry-After: 39\r\n", ""), RateLimited, "try again"),
            (Line::new(500, JSON, r#"{"message":"canary"}"#), ServerTrouble, "try again"),
            (Line::new(503, "Retry-After: 39\r\n", ""), ServerTrouble, "try again"),
            (Line::new(204, "", ""), AnswerNotUnderstood, "try again"),
            (Line::new(422, JSON, r#"{"errors":["canary"]}"#), AnswerNotUnderstood, "not possible"),
            (Line::new(200, PAGE, "<!DOCTYPE html><title>canary"), AnswerNotUnderstood, "try again"),
            (Line::new(200, JSON, CUT), AnswerNotUnderstood, "try again"),
            (Line::new(200, JSON, r#"{"surprise":true}"#), AnswerNotUnderstood, "not possible"),
            (Line::new(200, JSON, long.clone()), TooLarge, "not possible"),
            (Line::new(302, &elsewhere, ""), BadRedirect, "needs a person"),
            (Line::new(302, downgrade, ""), BadRedirect, "needs a person"),
        ] {
            let what = format!("{name}: {} {}", line.status, line.headers);
            let bench = Bench::start(shape.clone()).await;
            bench.server.say(shape.ticket_path, cut(&line, shape.open));
            let error = bench.client.read(&bench.ticket()).await.unwrap_err();
            assert_eq!(told(&error), (fault, kind), "{what}");
            check_silence(&error);
            if line.headers.starts_with("Retry-After: 39") {
                assert_eq!(error.kind, ErrorKind::TryAgain { after: Some(Duration::from_secs(39)) }, "{what}");
            }
            if fault == RateLimited {
                // Until then nothing is asked at all.
                bench.server.take_asked();
                let error = bench.client.read(&bench.ticket()).await.unwrap_err();
                assert_eq!(error.kind, ErrorKind::TryAgain { after: Some(Duration::from_secs(39)) }, "{what}");
                assert!(bench.server.take_asked().is_empty(), "{what}");
                bench.clock.advance(39);
            }
            bench.server.json(shape.ticket_path, shape.open);
            assert_eq!(bench.client.read(&bench.ticket()).await.unwrap(), TicketReading::Open, "{what}");

            // The list: who is not let in must be told a person there.
            let list = (shape.list)(&[(shape.key, "2026-11-24T11:00:00Z")]);
            bench.server.say(shape.list_path, cut(&line, &list));
            let error = bench.client.changed(&[bench.ticket()], None).await.unwrap_err();
            let kind = if fault == NotAllowed { "needs a person" } else { kind };
            assert_eq!(told(&error), (fault, kind), "list of {what}");
            check_silence(&error);
        }
    }
    assert!(foreign.take_asked().is_empty(), "nothing may go to another host");
}

#[tokio::test]
async fn a_ticket_that_is_not_there_is_missing_only_if_the_tracker_knows_us() {
    for shape in shapes::all() {
        let name = shape.name;
        for status in [404, 410] {
            let bench = Bench::start(shape.clone()).await;
            bench.server.say(shape.ticket_path, Line::new(status, JSON, "{}"));
            assert_eq!(bench.client.read(&bench.ticket()).await.unwrap(), TicketReading::Missing, "{name}");
            // A run of missing tickets asks once who we are.
            bench.server.take_asked();
            bench.client.read(&bench.ticket()).await.unwrap();
            assert_eq!(bench.server.take_asked().len(), 1, "{name}");

            bench.clock.advance(31);
            for (line, fault, kind) in [
                (Line::new(401, "", ""), Fault::CredentialsRefused, "needs a person"),
                (Line::new(500, "", ""), Fault::ServerTrouble, "try again"),
                (Line::new(429, "Retry-After: 1\r\n", ""), Fault::RateLimited, "try again"),
            ] {
                bench.server.say(shape.account_path, line);
                let error = bench.client.read(&bench.ticket()).await.unwrap_err();
                assert_eq!(told(&error), (fault, kind), "{name}");
                bench.clock.advance(1);
            }
        }
    }
}

#[tokio::test]
async fn a_list_of_what_anybody_may_see_is_not_taken_for_ours() {
    for shape in shapes::all() {
        let bench = Bench::start(shape.clone()).await;
        bench.server.json(shape.list_path, (shape.list)(&[(shape.other, "2026-11-24T11:00:00Z")]));
        let mark = bench.client.changed(&[bench.ticket()], None).await.unwrap().mark;
        // The key was taken back: the list is still answered, with what is public.
        bench.server.say(shape.account_path, Line::new(401, "", ""));
        bench.clock.advance(10 * 60);
        let error = bench.client.changed(&[bench.ticket()], Some(&mark)).await.unwrap_err();
        assert_eq!(told(&error), (Fault::CredentialsRefused, "needs a person"), "{}", shape.name);
    }
}

#[tokio::test]
async fn no_connection_is_unreachable_and_nothing_else() {
    for shape in shapes::all() {
        let bench =
            Bench::with(shape.clone(), |settings| settings.base_url = "http://127.0.0.1:1".parse().unwrap()).await;
        let error = bench.client.read(&bench.ticket()).await.unwrap_err();
        assert_eq!(told(&error), (Fault::Unreachable, "try again"), "{}", shape.name);
        check_silence(&error);
    }
}

#[tokio::test]
async fn the_secret_goes_where_its_tracker_wants_it() {
    for shape in shapes::all() {
        let bench = Bench::start(shape.clone()).await;
        bench.client.read(&bench.ticket()).await.unwrap();
        let asked = bench.server.take_asked();
        assert_eq!(asked[0].path, shape.ticket_path);
        assert!(asked[0].head.lines().any(|line| line == shape.sign_in), "{}: {}", shape.name, asked[0].head);
        assert!(!asked[0].query.contains("canary"));
    }
}

#[tokio::test]
async fn a_date_to_come_back_at_is_measured_by_the_servers_clock() {
    let bench = Bench::start(shapes::jira_cloud()).await;
    let headers = "Date: Mon, 23 Nov 2026 18:59:00 GMT\r\nRetry-After: Mon, 23 Nov 2026 19:01:00 GMT\r\n";
    bench.server.say(bench.shape.ticket_path, Line::new(429, headers, ""));
    let error = bench.client.read(&bench.ticket()).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::TryAgain { after: Some(Duration::from_secs(120)) });
}

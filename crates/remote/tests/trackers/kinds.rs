//! What is particular to one kind of tracker, and the test of a connection.

use std::time::Duration;

use custody_core::{
    ports::{ErrorKind, Fault},
    ticket::{Closing, TicketReading},
};
use custody_remote::{
    http::{Http, HttpSettings},
    tracker::{TrackerCheck, TrackerKind, TrackerSettings, TrackerSettingsError},
};

use crate::{
    bench::{Bench, KEY, still, told},
    server::Line,
    shapes::{self, Shape},
};

const CLOSED: TicketReading = TicketReading::Closed { how: Closing::Closed };

async fn reading(bench: &Bench, body: &str) -> TicketReading {
    bench.server.json(bench.shape.ticket_path, body);
    bench.client.read(&bench.ticket()).await.unwrap()
}

/// What a test of the connection asks besides account and list: paths and answers.
fn surroundings(shape: &Shape) -> Vec<(&'static str, &'static str)> {
    match shape.name {
        "Request Tracker" => vec![
            ("/REST/2.0/queues/all", r#"{"items":[{"id":"1","Name":"Support","type":"queue"}],"count":1}"#),
            ("/REST/2.0/user/31", r#"{"id":31,"Name":"vaultbot","Privileged":1}"#),
        ],
        "Redmine" => vec![
            ("/projects.json", r#"{"projects":[{"id":1,"name":"Support","identifier":"support"}],"total_count":1}"#),
            (
                "/issue_statuses.json",
                r#"{"issue_statuses":[{"id":1,"name":"New","is_closed":false},{"id":5,"name":"Closed","is_closed":true}]}"#,
            ),
        ],
        "Jira Cloud" => vec![
            ("/rest/api/3/project/search", r#"{"isLast":true,"values":[{"id":"1","key":"SUP","name":"Support"}]}"#),
            ("/rest/api/3/status", JIRA_STATUSES),
        ],
        "Jira Data Center" => vec![
            ("/rest/api/2/project", r#"[{"id":"1","key":"SUP","name":"Support"}]"#),
            ("/rest/api/2/status", JIRA_STATUSES),
        ],
        "GitLab" => vec![("/api/v4/projects/acme%2Fsupport", r#"{"id":3,"path_with_namespace":"acme/support"}"#)],
        "GitHub" => vec![("/repos/acme/support", r#"{"id":3,"full_name":"acme/support","private":true}"#)],
        "Zendesk" => vec![
            ("/api/v2/groups.json", r#"{"groups":[{"id":3,"name":"Support"}],"count":1}"#),
            ("/api/v2/custom_statuses.json", ZENDESK_STATUSES),
        ],
        other => panic!("{other}"),
    }
}

const JIRA_STATUSES: &str = r#"[{"name":"Waiting","id":"3","statusCategory":{"key":"indeterminate"}},{"name":"Erledigt","id":"5","statusCategory":{"key":"done"}},{"name":"Erledigt","id":"10005","statusCategory":{"key":"done"}}]"#;
const ZENDESK_STATUSES: &str = r#"{"custom_statuses":[{"id":1,"status_category":"open","agent_label":"Open"},{"id":77,"status_category":"pending","agent_label":"Handed over"},{"id":78,"status_category":"solved","agent_label":"Fixed"}]}"#;

async fn checked(shape: Shape, change: impl FnOnce(&mut TrackerSettings)) -> (Bench, TrackerCheck) {
    let bench = Bench::with(shape.clone(), change).await;
    for (path, answer) in surroundings(&shape) {
        bench.server.json(path, answer);
    }
    // The states of RT are those of its tickets.
    bench.server.answer(shape.list_path, move |query| {
        Line::json(if query.contains("fields=Status") {
            r#"{"items":[{"id":"1","Status":"waiting for parts"}]}"#.to_owned()
        } else {
            (shape.list)(&[(shape.other, "2026-11-24T11:00:00Z")])
        })
    });
    let check = bench.client.check().await.unwrap();
    (bench, check)
}

#[tokio::test]
async fn a_test_of_the_connection_tells_who_we_are_what_we_see_and_what_closes() {
    for shape in shapes::all() {
        let (_, check) = checked(shape.clone(), |_| {}).await;
        let name = if shape.name == "Request Tracker" { "vaultbot" } else { shape.account_name };
        assert_eq!(check.account.reveal(), name, "{}", shape.name);
        let place = match shape.name {
            "Jira Cloud" | "Jira Data Center" => "SUP Support",
            "GitLab" | "GitHub" => "acme/support",
            _ => "Support",
        };
        assert_eq!(check.places.len(), 1, "{}", shape.name);
        assert_eq!(check.places[0].reveal(), place, "{}", shape.name);
        assert!(check.sees_tickets, "{}", shape.name);
        assert!(check.unknown_states.is_empty(), "{}", shape.name);
        let closing: Vec<&str> =
            check.states.iter().filter(|state| state.is_closed).map(|state| state.name.as_str()).collect();
        let (expected, open): (&[&str], &str) = match shape.name {
            "Request Tracker" => (&["resolved", "rejected"], "waiting for parts"),
            "Redmine" => (&["Closed"], "New"),
            "Jira Cloud" | "Jira Data Center" => (&["Erledigt"], "Waiting"),
            "GitLab" => (&["closed"], "opened"),
            "GitHub" => (&["closed", "completed", "not_planned", "duplicate"], "open"),
            _ => (&["solved", "closed", "Fixed"], "Handed over"),
        };
        assert_eq!(closing, expected, "{}", shape.name);
        assert!(check.states.iter().any(|state| state.name == open && !state.is_closed), "{}", shape.name);
    }
}

#[tokio::test]
async fn a_test_of_the_connection_tells_which_states_the_tracker_does_not_know() {
    for shape in shapes::all() {
        let names = || vec!["Closed".to_owned(), "Erledigt".to_owned(), "Ended Long Ago".to_owned()];
        let (_, check) = checked(shape.clone(), |settings| settings.closed_states = Some(names())).await;
        assert!(check.unknown_states.contains(&"ended long ago".to_owned()), "{}", shape.name);
    }
}

#[tokio::test]
async fn a_test_of_the_connection_with_a_refused_key_says_so() {
    for shape in shapes::all() {
        let bench = Bench::start(shape.clone()).await;
        bench.server.say(shape.account_path, Line::new(401, "", ""));
        let error = bench.client.check().await.unwrap_err();
        assert_eq!(told(&error), (Fault::CredentialsRefused, "needs a person"), "{}", shape.name);
    }
}

#[test]
fn settings_that_cannot_work_are_refused_before_anything_is_asked() {
    let made = |kind: TrackerKind, address: &str, key: &str, closed: Option<&[&str]>| {
        let mut settings = TrackerSettings::new(kind, address.parse().unwrap(), key.into());
        settings.closed_states = closed.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        let http = Http::new(&HttpSettings::default()).unwrap();
        settings.connect(http, still()).err()
    };
    let gitlab = |project: &str| TrackerKind::GitLab { project: project.to_owned() };
    let github = |repository: &str| TrackerKind::GitHub { repository: repository.to_owned() };
    let jira = |email: &str| TrackerKind::JiraCloud { email: email.into() };
    let good = "https://tracker.example/folder";
    for (kind, address, key, closed, error) in [
        (TrackerKind::Redmine, good, KEY, None, None),
        (TrackerKind::Redmine, good, KEY, Some(&["Closed"][..]), None),
        (TrackerKind::Redmine, "http://tracker.example", KEY, None, Some(TrackerSettingsError::Address)),
        (TrackerKind::Redmine, "https://u:p@tracker.example", KEY, None, Some(TrackerSettingsError::Address)),
        (TrackerKind::Redmine, good, "", None, Some(TrackerSettingsError::Key)),
        (TrackerKind::Redmine, good, "abc\r\nX: y", None, Some(TrackerSettingsError::Key)),
        (TrackerKind::Redmine, good, KEY, Some(&[][..]), Some(TrackerSettingsError::ClosedStates)),
        (TrackerKind::Redmine, good, KEY, Some(&["Closed", " "][..]), Some(TrackerSettingsError::ClosedStates)),
        (jira(""), good, KEY, None, Some(TrackerSettingsError::Key)),
        (jira("a:b@c.example"), good, KEY, None, Some(TrackerSettingsError::Key)),
        (gitlab("a/b/c"), good, KEY, None, None),
        (gitlab(""), good, KEY, None, Some(TrackerSettingsError::Project)),
        (github("owner/name"), good, KEY, None, None),
        (github("owner"), good, KEY, None, Some(TrackerSettingsError::Project)),
        (github("owner/../user"), good, KEY, None, Some(TrackerSettingsError::Project)),
        (github("../user"), good, KEY, None, Some(TrackerSettingsError::Project)),
    ] {
        assert_eq!(made(kind, address, key, closed), error, "{address} {key} {closed:?}");
    }
}

#[tokio::test]
async fn request_tracker_shows_a_removed_ticket_as_missing_and_a_merged_one_as_its_target() {
    let bench = Bench::start(shapes::request_tracker()).await;
    assert_eq!(reading(&bench, r#"{"id":12,"Status":"deleted"}"#).await, TicketReading::Missing);
    assert_eq!(reading(&bench, r#"{"id":7,"Status":"resolved","EffectiveId":{"id":"7"}}"#).await, CLOSED);
    assert_eq!(reading(&bench, r#"{"id":12,"Status":"rejected"}"#).await, CLOSED);
    assert_eq!(reading(&bench, r#"{"id":12,"Status":"stalled"}"#).await, TicketReading::Open);
    // A state of somebody's own lifecycle closes nothing until the settings say so.
    assert_eq!(reading(&bench, r#"{"id":12,"Status":"done"}"#).await, TicketReading::Open);
}

#[tokio::test]
async fn an_older_redmine_is_asked_for_the_meaning_of_its_statuses() {
    let bench = Bench::start(shapes::redmine()).await;
    let statuses = r#"{"issue_statuses":[{"id":1,"name":"New"},{"id":5,"name":"Closed","is_closed":true}]}"#;
    bench.server.json("/issue_statuses.json", statuses);
    assert_eq!(reading(&bench, r#"{"issue":{"id":12,"status":{"id":5,"name":"Closed"}}}"#).await, CLOSED);
    assert_eq!(reading(&bench, r#"{"issue":{"id":12,"status":{"id":1,"name":"New"}}}"#).await, TicketReading::Open);
    let asked = bench.server.take_asked();
    assert_eq!(asked.iter().filter(|it| it.path == "/issue_statuses.json").count(), 1);
}

#[tokio::test]
async fn jira_answers_a_moved_issue_under_its_new_key() {
    let bench = Bench::start(shapes::jira_cloud()).await;
    let moved = bench.shape.closed.replace("SUP-12", "OPS-7");
    assert_eq!(reading(&bench, &moved).await, CLOSED);
}

#[tokio::test]
async fn gitlab_follows_a_duplicate_and_does_not_take_a_moved_issue_for_closed() {
    let bench = Bench::start(shapes::gitlab()).await;
    let other = "/api/v4/projects/3/issues/75";
    let duplicate = format!(
        r#"{{"iid":12,"state":"closed","moved_to_id":null,"_links":{{"closed_as_duplicate_of":"{}{other}"}}}}"#,
        bench.server.base
    );
    bench.server.json(other, r#"{"iid":75,"state":"opened","moved_to_id":null,"_links":{}}"#);
    assert_eq!(reading(&bench, &duplicate).await, TicketReading::Open);
    bench.server.json(other, r#"{"iid":75,"state":"closed","moved_to_id":null,"_links":{}}"#);
    assert_eq!(reading(&bench, &duplicate).await, CLOSED);
    // Round and round, or elsewhere with our key: neither.
    bench.server.json(other, duplicate.clone());
    let error = bench.client.read(&bench.ticket()).await.unwrap_err();
    assert_eq!(told(&error), (Fault::AnswerNotUnderstood, "try again"));
    let foreign = duplicate.replace(&bench.server.base, "https://elsewhere.example");
    bench.server.json(bench.shape.ticket_path, foreign);
    let error = bench.client.read(&bench.ticket()).await.unwrap_err();
    assert_eq!(told(&error), (Fault::AnswerNotUnderstood, "try again"));

    let moved = r#"{"iid":12,"state":"closed","moved_to_id":4711,"_links":{}}"#;
    assert_eq!(reading(&bench, moved).await, TicketReading::Missing);
}

#[tokio::test]
async fn github_is_followed_to_another_repository_and_its_used_up_hour_is_waited_out() {
    let bench = Bench::start(shapes::github()).await;
    let moved = format!("Location: {}/repositories/9/issues/3\r\n", bench.server.base);
    bench.server.say(bench.shape.ticket_path, Line::new(301, &moved, ""));
    bench.server.json("/repositories/9/issues/3", r#"{"number":3,"state":"closed","state_reason":"not_planned"}"#);
    assert_eq!(bench.client.read(&bench.ticket()).await.unwrap(), CLOSED);

    let used_up =
        "Date: Tue, 24 Nov 2026 12:00:00 GMT\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 1795522200\r\n";
    bench.server.say(bench.shape.ticket_path, Line::new(403, used_up, r#"{"message":"API rate limit exceeded"}"#));
    let error = bench.client.read(&bench.ticket()).await.unwrap_err();
    assert_eq!(error.fault, Fault::RateLimited);
    assert_eq!(error.kind, ErrorKind::TryAgain { after: Some(Duration::from_secs(600)) });
}

#[tokio::test]
async fn github_closes_by_the_reasons_that_the_settings_name() {
    let reasons = || Some(vec!["completed".to_owned()]);
    let bench = Bench::with(shapes::github(), |settings| settings.closed_states = reasons()).await;
    assert_eq!(reading(&bench, r#"{"number":12,"state":"closed","state_reason":"completed"}"#).await, CLOSED);
    let not_planned = r#"{"number":12,"state":"closed","state_reason":"not_planned"}"#;
    assert_eq!(reading(&bench, not_planned).await, TicketReading::Open);
}

#[tokio::test]
async fn zendesk_does_not_take_a_merged_ticket_for_closed_and_knows_names_of_its_own() {
    let bench = Bench::start(shapes::zendesk()).await;
    let merged = r#"{"ticket":{"id":12,"status":"closed","tags":["crash","closed_by_merge"]}}"#;
    assert_eq!(reading(&bench, merged).await, TicketReading::Missing);
    assert_eq!(reading(&bench, r#"{"ticket":{"id":12,"status":"deleted"}}"#).await, TicketReading::Missing);
    assert_eq!(reading(&bench, r#"{"ticket":{"id":12,"status":"closed","tags":[]}}"#).await, CLOSED);

    let names = || Some(vec!["handed over".to_owned()]);
    let bench = Bench::with(shapes::zendesk(), |settings| settings.closed_states = names()).await;
    bench.server.json("/api/v2/custom_statuses.json", ZENDESK_STATUSES);
    let handed_over = r#"{"ticket":{"id":12,"status":"pending","custom_status_id":77}}"#;
    assert_eq!(reading(&bench, handed_over).await, CLOSED);
    let fixed = r#"{"ticket":{"id":12,"status":"solved","custom_status_id":78}}"#;
    assert_eq!(reading(&bench, fixed).await, TicketReading::Open);
}

#[tokio::test]
async fn zendesk_takes_nobody_and_a_customer_for_what_they_are() {
    let bench = Bench::start(shapes::zendesk()).await;
    bench.server.say(bench.shape.ticket_path, Line::new(404, "", "{}"));
    for (user, fault) in [
        (r#"{"user":{"id":null,"name":"Anonymous user","role":"end-user"}}"#, Fault::CredentialsRefused),
        (r#"{"user":{"id":9,"name":"Carol","role":"end-user"}}"#, Fault::NotAllowed),
    ] {
        bench.server.json(bench.shape.account_path, user);
        assert_eq!(told(&bench.client.read(&bench.ticket()).await.unwrap_err()), (fault, "needs a person"));
    }
}

#[tokio::test]
async fn an_answer_about_another_ticket_is_not_believed() {
    for (shape, body) in [
        (shapes::redmine(), r#"{"issue":{"id":99,"status":{"id":5,"name":"Closed","is_closed":true}}}"#),
        (shapes::zendesk(), r#"{"ticket":{"id":99,"status":"closed"}}"#),
    ] {
        let bench = Bench::start(shape.clone()).await;
        bench.server.json(shape.ticket_path, body);
        let error = bench.client.read(&bench.ticket()).await.unwrap_err();
        assert_eq!(told(&error), (Fault::AnswerNotUnderstood, "try again"), "{}", shape.name);
    }
}

//! Who moves the tickets, and how the desk's client is made.

use std::{sync::Arc, time::Duration};

use custody_core::ticket::TicketRef;
use custody_desk::settings::TrackerKindSetting;
use custody_remote::{
    http::{Http, HttpSettings},
    tracker::{TrackerClient, TrackerKind, TrackerSettings},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{hand::Hand, rest::call, support::peer};

/// One of the two trackers, with an administrator.
pub enum Tracker {
    RequestTracker(RequestTracker),
    Redmine(Redmine),
}

#[derive(Deserialize)]
pub struct RequestTracker {
    url: String,
    root: String,
    vaultbot: String,
    eastbot: String,
    westbot: String,
}

#[derive(Deserialize)]
pub struct Redmine {
    url: String,
    admin: String,
    vaultbot: String,
    support: u64,
    circle: u64,
}

/// What an administrator does to a ticket.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    Close,
    Reopen,
    Rename,
    Remove,
}

pub fn both() -> [Tracker; 2] {
    [Tracker::RequestTracker(peer("request_tracker")), Tracker::Redmine(peer("redmine"))]
}

pub fn request_tracker() -> Tracker {
    Tracker::RequestTracker(peer("request_tracker"))
}

impl Tracker {
    pub fn name(&self) -> &'static str {
        match self {
            Self::RequestTracker(_) => "Request Tracker",
            Self::Redmine(_) => "Redmine",
        }
    }

    /// The keys of accounts that read, each with a time zone of its own.
    pub fn readers(&self) -> Vec<&str> {
        match self {
            Self::RequestTracker(rt) => vec![&rt.vaultbot, &rt.eastbot, &rt.westbot],
            Self::Redmine(redmine) => vec![&redmine.vaultbot],
        }
    }

    /// What a desk is connected by.
    pub fn connection(&self) -> (TrackerKindSetting, &str, &str) {
        match self {
            Self::RequestTracker(rt) => (TrackerKindSetting::RequestTracker, &rt.url, &rt.vaultbot),
            Self::Redmine(redmine) => (TrackerKindSetting::Redmine, &redmine.url, &redmine.vaultbot),
        }
    }

    /// What a question about one ticket has in its path, and one about many has not.
    pub fn path_of_one(&self) -> &'static str {
        match self {
            Self::RequestTracker(_) => "/ticket/",
            Self::Redmine(_) => "/issues/",
        }
    }

    pub fn client(&self, key: &str, clock: &Hand, change: impl FnOnce(&mut TrackerSettings)) -> Arc<dyn TrackerClient> {
        let (url, kind) = match self {
            Self::RequestTracker(rt) => (&rt.url, TrackerKind::RequestTracker),
            Self::Redmine(redmine) => (&redmine.url, TrackerKind::Redmine),
        };
        let mut settings = TrackerSettings::new(kind, url.parse().unwrap(), key.into());
        // The clock moves by hand, so nobody can wait for a turn.
        settings.budget.per_minute = 1000;
        settings.budget.patience = Duration::ZERO;
        change(&mut settings);
        settings.connect(Http::new(&HttpSettings::default()).unwrap(), Arc::new(clock.clone())).unwrap()
    }

    pub fn bot(&self, clock: &Hand) -> Arc<dyn TrackerClient> {
        self.client(self.readers()[0], clock, |_| {})
    }

    /// A new ticket where the bot may read, or where it may not.
    pub async fn open(&self, readable: bool) -> TicketRef {
        let key = match self {
            Self::RequestTracker(rt) => {
                let queue = if readable { "Support" } else { "Closed circle" };
                let ticket = json!({"Queue": queue, "Subject": "It crashes"});
                let (status, answer) = rt.call("POST", "/ticket", Some(ticket)).await;
                assert_eq!(status, 201, "{answer}");
                answer["id"].as_str().unwrap().to_owned()
            }
            Self::Redmine(redmine) => {
                let project = if readable { redmine.support } else { redmine.circle };
                let issue = json!({"issue": {"project_id": project, "subject": "It crashes"}});
                let (status, answer) = redmine.call("POST", "/issues.json", Some(issue)).await;
                assert_eq!(status, 201, "{answer}");
                answer["issue"]["id"].to_string()
            }
        };
        TicketRef { tracker: "peer".to_owned(), key }
    }

    /// Does it and makes sure that it was done: both answer a refusal with success.
    pub async fn act(&self, act: Act, ticket: &TicketRef) {
        match self {
            Self::RequestTracker(rt) => rt.act(act, &ticket.key).await,
            Self::Redmine(redmine) => redmine.act(act, &ticket.key).await,
        }
    }

    /// What the tracker says of the time at which it was closed.
    pub async fn closing_time(&self, ticket: &TicketRef) -> Value {
        match self {
            Self::RequestTracker(rt) => rt.ticket(&ticket.key).await["Resolved"].clone(),
            Self::Redmine(redmine) => redmine.issue(&ticket.key).await["closed_on"].clone(),
        }
    }

    /// Merges one ticket into another; only Request Tracker can.
    pub async fn merge(&self, ticket: &TicketRef, target: &TicketRef) {
        let Self::RequestTracker(rt) = self else { panic!("{} merges nothing", self.name()) };
        let path = format!("/ticket/{}", ticket.key);
        let (status, answer) = rt.call("PUT", &path, Some(json!({"MergeInto": target.key}))).await;
        assert_eq!(status, 200, "{answer}");
        assert_eq!(rt.ticket(&ticket.key).await["id"].to_string(), target.key);
    }
}

impl RequestTracker {
    async fn call(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let key = format!("Authorization: token {}", self.root);
        call(method, &format!("{}/REST/2.0{path}", self.url), &key, body).await
    }

    async fn ticket(&self, key: &str) -> Value {
        self.call("GET", &format!("/ticket/{key}"), None).await.1
    }

    async fn act(&self, act: Act, key: &str) {
        let path = format!("/ticket/{key}");
        let (change, field, value) = match act {
            Act::Close => (json!({"Status": "resolved"}), "Status", "resolved"),
            Act::Reopen => (json!({"Status": "open"}), "Status", "open"),
            Act::Rename => (json!({"Subject": "It still crashes"}), "Subject", "It still crashes"),
            Act::Remove => {
                assert_eq!(self.call("DELETE", &path, None).await.0, 204);
                return;
            }
        };
        let (status, answer) = self.call("PUT", &path, Some(change)).await;
        assert_eq!(status, 200, "{answer}");
        assert_eq!(self.ticket(key).await[field], value, "{answer}");
    }
}

impl Redmine {
    async fn call(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let key = format!("X-Redmine-API-Key: {}", self.admin);
        call(method, &format!("{}{path}", self.url), &key, body).await
    }

    async fn issue(&self, key: &str) -> Value {
        self.call("GET", &format!("/issues/{key}.json"), None).await.1["issue"].clone()
    }

    async fn act(&self, act: Act, key: &str) {
        let path = format!("/issues/{key}.json");
        let (change, done): (Value, fn(&Value) -> bool) = match act {
            Act::Close => (json!({"status_id": 5}), |issue| issue["status"]["name"] == "Closed"),
            Act::Reopen => (json!({"status_id": 2}), |issue| issue["status"]["name"] == "In Progress"),
            Act::Rename => (json!({"subject": "It still crashes"}), |issue| issue["subject"] == "It still crashes"),
            Act::Remove => {
                assert_eq!(self.call("DELETE", &path, None).await.0, 204);
                return;
            }
        };
        let (status, answer) = self.call("PUT", &path, Some(json!({"issue": change}))).await;
        assert_eq!(status, 204, "{answer}");
        let issue = self.issue(key).await;
        assert!(done(&issue), "{act:?}: {issue}");
    }
}

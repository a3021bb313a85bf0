//! Answers in each tracker's shape, after its public documentation; those of Request Tracker and Redmine as they were seen.

use custody_remote::tracker::TrackerKind;
use serde_json::json;

#[derive(Clone, Debug)]
pub struct Shape {
    pub name: &'static str,
    pub kind: TrackerKind,
    /// How the secret must be sent: a header's line.
    pub sign_in: &'static str,
    pub account_path: &'static str,
    pub account: &'static str,
    pub account_name: &'static str,
    /// The key of the one ticket.
    pub key: &'static str,
    /// Another one, which only lists name.
    pub other: &'static str,
    pub ticket_path: &'static str,
    pub open: &'static str,
    pub closed: &'static str,
    /// Opened again; times of the closing are still there where the tracker leaves them.
    pub reopened: &'static str,
    pub list_path: &'static str,
    /// A page of the list: keys and times.
    pub list: fn(&[(&str, &str)]) -> String,
}

pub fn all() -> Vec<Shape> {
    vec![request_tracker(), redmine(), jira_cloud(), jira_data_center(), gitlab(), github(), zendesk()]
}

pub fn request_tracker() -> Shape {
    Shape {
        name: "Request Tracker",
        kind: TrackerKind::RequestTracker,
        sign_in: "authorization: token 1-31-canarykey7f3a",
        account_path: "/REST/2.0/rt",
        account: r#"{"Version":"5.0.3"}"#,
        account_name: "",
        key: "12",
        other: "13",
        ticket_path: "/REST/2.0/ticket/12",
        open: r#"{"id":12,"Status":"open","EffectiveId":{"id":"12","type":"ticket"},"Resolved":"1970-01-01T00:00:00Z"}"#,
        closed: r#"{"id":12,"Status":"resolved","EffectiveId":{"id":"12","type":"ticket"},"Resolved":"2026-11-23T18:59:55Z"}"#,
        reopened: r#"{"id":12,"Status":"open","EffectiveId":{"id":"12","type":"ticket"},"Resolved":"2026-11-23T18:59:55Z"}"#,
        list_path: "/REST/2.0/tickets",
        list: |rows| {
            let items: Vec<_> = rows
                .iter()
                .map(|(id, at)| json!({"id": id, "type": "ticket", "LastUpdated": at, "_url": "x"}))
                .collect();
            json!({"items": items, "total": null, "pages": null, "page": 1, "per_page": 100, "count": items.len()})
                .to_string()
        },
    }
}

pub fn redmine() -> Shape {
    Shape {
        name: "Redmine",
        kind: TrackerKind::Redmine,
        sign_in: "x-redmine-api-key: 1-31-canarykey7f3a",
        account_path: "/users/current.json",
        account: r#"{"user":{"id":5,"login":"vaultbot","firstname":"Vault","api_key":"canarykey"}}"#,
        account_name: "vaultbot",
        key: "12",
        other: "13",
        ticket_path: "/issues/12.json",
        open: r#"{"issue":{"id":12,"status":{"id":3,"name":"Resolved","is_closed":false},"closed_on":null}}"#,
        closed: r#"{"issue":{"id":12,"status":{"id":5,"name":"Closed","is_closed":true},"closed_on":"2026-11-23T18:59:55Z"}}"#,
        reopened: r#"{"issue":{"id":12,"status":{"id":2,"name":"In Progress","is_closed":false},"closed_on":"2026-11-23T18:59:55Z"}}"#,
        list_path: "/issues.json",
        list: |rows| {
            let issues: Vec<_> =
                rows.iter().map(|(id, at)| json!({"id": id.parse::<u64>().unwrap(), "updated_on": at})).collect();
            json!({"issues": issues, "total_count": issues.len(), "offset": 0, "limit": 100}).to_string()
        },
    }
}

fn jira_rows(rows: &[(&str, &str)]) -> Vec<serde_json::Value> {
    rows.iter()
        .map(|(key, at)| json!({"id": "1", "key": key, "fields": {"updated": at.replace('Z', ".000+0000")}}))
        .collect()
}

const JIRA_OPEN: &str = r#"{"id":"10002","key":"SUP-12","fields":{"status":{"name":"Waiting","id":"3","statusCategory":{"id":4,"key":"indeterminate","name":"In Progress"}}}}"#;
const JIRA_CLOSED: &str = r#"{"id":"10002","key":"SUP-12","fields":{"resolutiondate":"2026-11-23T18:59:55.000+0000","status":{"name":"Erledigt","id":"5","statusCategory":{"id":3,"key":"done","name":"Done"}}}}"#;
const JIRA_REOPENED: &str = r#"{"id":"10002","key":"SUP-12","fields":{"resolutiondate":"2026-11-23T18:59:55.000+0000","status":{"name":"Reopened","id":"4","statusCategory":{"id":2,"key":"new","name":"To Do"}}}}"#;

pub fn jira_cloud() -> Shape {
    Shape {
        name: "Jira Cloud",
        kind: TrackerKind::JiraCloud { email: "bot@support.example".into() },
        sign_in: "authorization: Basic Ym90QHN1cHBvcnQuZXhhbXBsZToxLTMxLWNhbmFyeWtleTdmM2E=",
        account_path: "/rest/api/3/myself",
        account: r#"{"accountId":"5b10a2844c20165700ede21g","displayName":"Vault Bot","timeZone":"America/Los_Angeles","active":true}"#,
        account_name: "Vault Bot",
        key: "SUP-12",
        other: "SUP-13",
        ticket_path: "/rest/api/3/issue/SUP-12",
        open: JIRA_OPEN,
        closed: JIRA_CLOSED,
        reopened: JIRA_REOPENED,
        list_path: "/rest/api/3/search/jql",
        list: |rows| json!({"issues": jira_rows(rows), "isLast": true}).to_string(),
    }
}

pub fn jira_data_center() -> Shape {
    Shape {
        name: "Jira Data Center",
        kind: TrackerKind::JiraDataCenter,
        sign_in: "authorization: Bearer 1-31-canarykey7f3a",
        account_path: "/rest/api/2/myself",
        account: r#"{"key":"JIRAUSER10100","name":"vaultbot","displayName":"Vault Bot","timeZone":"Europe/Berlin"}"#,
        account_name: "Vault Bot",
        key: "SUP-12",
        other: "SUP-13",
        ticket_path: "/rest/api/2/issue/SUP-12",
        open: JIRA_OPEN,
        closed: JIRA_CLOSED,
        reopened: JIRA_REOPENED,
        list_path: "/rest/api/2/search",
        list: |rows| {
            json!({"startAt": 0, "maxResults": 100, "total": rows.len(), "issues": jira_rows(rows)}).to_string()
        },
    }
}

pub fn gitlab() -> Shape {
    Shape {
        name: "GitLab",
        kind: TrackerKind::GitLab { project: "acme/support".to_owned() },
        sign_in: "private-token: 1-31-canarykey7f3a",
        account_path: "/api/v4/user",
        account: r#"{"id":7,"username":"vaultbot","name":"Vault Bot","state":"active"}"#,
        account_name: "vaultbot",
        key: "12",
        other: "13",
        ticket_path: "/api/v4/projects/acme%2Fsupport/issues/12",
        open: r#"{"id":84,"iid":12,"state":"opened","closed_at":null,"moved_to_id":null,"_links":{"closed_as_duplicate_of":null}}"#,
        closed: r#"{"id":84,"iid":12,"state":"closed","closed_at":null,"moved_to_id":null,"_links":{"closed_as_duplicate_of":null}}"#,
        reopened: r#"{"id":84,"iid":12,"state":"opened","closed_at":"2026-11-23T18:59:55.000Z","moved_to_id":null}"#,
        list_path: "/api/v4/projects/acme%2Fsupport/issues",
        list: |rows| {
            let list: Vec<_> = rows
                .iter()
                .map(|(iid, at)| json!({"id": 1, "iid": iid.parse::<u64>().unwrap(), "updated_at": at}))
                .collect();
            json!(list).to_string()
        },
    }
}

pub fn github() -> Shape {
    Shape {
        name: "GitHub",
        kind: TrackerKind::GitHub { repository: "acme/support".to_owned() },
        sign_in: "authorization: Bearer 1-31-canarykey7f3a",
        account_path: "/user",
        account: r#"{"login":"vaultbot","id":7,"type":"User"}"#,
        account_name: "vaultbot",
        key: "12",
        other: "13",
        ticket_path: "/repos/acme/support/issues/12",
        open: r#"{"id":1,"number":12,"state":"open","state_reason":null,"closed_at":null}"#,
        closed: r#"{"id":1,"number":12,"state":"closed","state_reason":"completed","closed_at":"2026-11-23T18:59:55Z"}"#,
        reopened: r#"{"id":1,"number":12,"state":"open","state_reason":"reopened","closed_at":null}"#,
        list_path: "/repos/acme/support/issues",
        list: |rows| {
            let list: Vec<_> = rows
                .iter()
                .map(
                    |(number, at)| json!({"number": number.parse::<u64>().unwrap(), "updated_at": at, "state": "open"}),
                )
                .collect();
            json!(list).to_string()
        },
    }
}

pub fn zendesk() -> Shape {
    Shape {
        name: "Zendesk",
        kind: TrackerKind::Zendesk { email: "bot@support.example".into() },
        sign_in: "authorization: Basic Ym90QHN1cHBvcnQuZXhhbXBsZS90b2tlbjoxLTMxLWNhbmFyeWtleTdmM2E=",
        account_path: "/api/v2/users/me.json",
        account: r#"{"user":{"id":35436,"name":"Vault Bot","email":"bot@support.example","role":"agent"}}"#,
        account_name: "Vault Bot",
        key: "12",
        other: "13",
        ticket_path: "/api/v2/tickets/12.json",
        open: r#"{"ticket":{"id":12,"status":"pending","tags":[],"custom_status_id":null}}"#,
        closed: r#"{"ticket":{"id":12,"status":"solved","tags":["crash"],"custom_status_id":null}}"#,
        reopened: r#"{"ticket":{"id":12,"status":"open","tags":["crash"],"custom_status_id":null}}"#,
        list_path: "/api/v2/tickets.json",
        list: |rows| {
            let tickets: Vec<_> =
                rows.iter().map(|(id, at)| json!({"id": id.parse::<u64>().unwrap(), "updated_at": at})).collect();
            json!({"tickets": tickets, "next_page": null, "previous_page": null, "count": tickets.len()}).to_string()
        },
    }
}

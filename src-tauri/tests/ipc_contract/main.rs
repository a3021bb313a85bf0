//! What may cross between page and program: one list, the same everywhere, and nothing that is not on it.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod bringing;
mod page;
mod practice;
mod setting_up;
mod viewer;

use std::{collections::BTreeSet, fs, path::Path};

use custody_app::{NAMES, Stage, VIEWER_NAMES};
use page::Page;
use serde_json::{Value, json};

const AN_ID: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn each_capability_allows_the_commands_of_its_window_and_no_other() {
    for (capability, names) in [("main", NAMES), ("viewer", VIEWER_NAMES)] {
        let text = fs::read_to_string(root().join(format!("src-tauri/capabilities/{capability}.json"))).unwrap();
        let capability: Value = serde_json::from_str(&text).unwrap();
        let allowed: BTreeSet<_> =
            capability["permissions"].as_array().unwrap().iter().flat_map(Value::as_str).collect();
        let own: BTreeSet<_> =
            allowed.iter().filter_map(|name| name.strip_prefix("allow-")).map(str::to_owned).collect();
        assert_eq!(own, names.iter().map(|name| name.replace('_', "-")).collect::<BTreeSet<_>>());
    }
    assert!(NAMES.iter().all(|name| !VIEWER_NAMES.contains(name)), "no command is for both");
}

#[test]
fn the_typescript_names_each_command_and_no_other() {
    for (file, table, names) in [("commands", "Commands", NAMES), ("viewer", "ViewerCommands", VIEWER_NAMES)] {
        let text = fs::read_to_string(root().join(format!("ui/ipc/generated/{file}.ts"))).unwrap();
        let (_, table) = text.split_once(&format!("export interface {table} {{")).unwrap();
        let typed: BTreeSet<_> =
            table.lines().filter_map(|line| line.trim().split_once(": { args:")).map(|it| it.0).collect();
        assert_eq!(typed, names.iter().copied().collect());
    }
}

#[test]
fn the_isolation_script_lets_each_command_through() {
    let text = fs::read_to_string(root().join("ui/isolation/index.js")).unwrap();
    assert!(text.contains("/^[a-z][a-z_]{0,63}$/"), "this is the form the names are checked against here");
    for name in NAMES.iter().chain(VIEWER_NAMES) {
        let letters = name.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_');
        assert!(letters && name.len() <= 64 && !name.starts_with('_'), "{name} has the form that passes");
    }
}

#[test]
fn every_command_is_answered_and_without_a_desk_it_is_refused_with_words() {
    let page = Page::new(Stage::opening(false));
    for name in NAMES {
        match *name {
            "show_desk" => assert_eq!(page.done(name, fitting(name)), json!({ "stage": "opening", "practice": false })),
            "create_desk" | "start_practice" | "open_desk" => {
                assert_eq!(page.refused(name, fitting(name)), "desk_exists")
            }
            // Of the program, not of a desk.
            "tell_language" | "close_window" | "quit" | "answer_quit" => {
                assert_eq!(page.done(name, fitting(name)), Value::Null, "{name}")
            }
            "show_startup" | "set_startup" => assert_eq!(page.refused(name, fitting(name)), "startup_unknown"),
            _ => assert_eq!(page.refused(name, fitting(name)), "no_desk", "{name}"),
        }
    }
}

#[test]
fn what_does_not_fit_is_not_a_command() {
    for (label, names) in [("main", NAMES), ("viewer-1", VIEWER_NAMES)] {
        nothing_fits_but_what_should(&Page::in_window(Stage::opening(false), label), names);
    }
    let page = Page::new(Stage::opening(false));
    let told = page.call("create_desk", json!({ "passphrase": "too short" })).expect_err("it is not carried out");
    assert!(told.is_string(), "it never reaches a desk: {told}");
}

fn nothing_fits_but_what_should(page: &Page, names: &[&str]) {
    let stopped = |name: &str, args: Value| {
        let told = page.call(name, args.clone()).expect_err("it is not carried out");
        // A refusal of the desk has a code; what is stopped before it has none.
        assert!(told.is_string(), "{name} with {args} never reaches a desk: {told}");
    };
    for name in names {
        let mut more = fitting(name);
        more["path"] = "/etc/passwd".into();
        stopped(name, more);
        stopped(name, Value::Null);
        for key in fitting(name).as_object().unwrap().keys() {
            for misfit in misfits(key) {
                let mut args = fitting(name);
                args[key] = misfit;
                stopped(name, args);
            }
        }
    }
}

#[test]
fn a_window_may_ask_for_nothing_that_is_another_windows() {
    for (label, others) in
        [("other", [NAMES, VIEWER_NAMES].concat()), ("main", VIEWER_NAMES.to_vec()), ("viewer-1", NAMES.to_vec())]
    {
        let page = Page::in_window(Stage::opening(false), label);
        for name in others {
            let told = page.call(name, fitting(name)).expect_err("it is not allowed");
            assert!(told.as_str().is_some_and(|text| text.contains("not allowed")), "{name} in {label}: {told}");
        }
    }
}

#[test]
fn a_page_from_elsewhere_may_ask_for_nothing() {
    let page = Page::new(Stage::opening(false));
    for address in ["https://example.org", "http://127.0.0.1:8080", "data:text/html,x"] {
        for name in NAMES {
            let told =
                page.invoke_from(address, name, json!({ "args": fitting(name) })).expect_err("it is not allowed");
            assert!(told.as_str().is_some_and(|text| text.contains("not allowed")), "{name} from {address}: {told}");
        }
    }
}

#[test]
fn nothing_of_a_plugin_and_nothing_unlisted_is_answered() {
    let page = Page::new(Stage::opening(false));
    for name in [
        "plugin:event|emit",
        "plugin:event|emit_to",
        "plugin:window|close",
        "plugin:window|create",
        "plugin:webview|create_webview_window",
        "plugin:webview|internal_toggle_devtools",
        "plugin:path|resolve_directory",
        "plugin:app|version",
        "plugin:image|from_path",
        "plugin:resources|close",
        "plugin:updater|check",
        "plugin:fs|read_file",
        "plugin:shell|open",
        "read_file",
        "close",
        "",
    ] {
        let told = page.invoke(name, json!({})).expect_err("it is not answered");
        assert!(told.is_string(), "{name} is stopped by Tauri: {told}");
    }
}

/// Asks for the list of cases from its beginning.
fn every_case() -> Value {
    json!({ "standings": [], "mine": false, "due_soon": false, "search": "", "order": "opened", "skip": 0, "limit": 500 })
}

/// Asks for the list of receipts from its beginning.
fn every_receipt() -> Value {
    json!({ "standings": [], "owed": false, "search": "", "order": "newest", "skip": 0, "limit": 500 })
}

/// Asks for the newest events.
fn every_event() -> Value {
    json!({
        "topics": [], "actor": "desk", "from": "2026-11-01T00:00:00Z", "before": "2099-01-01T00:00:00Z", "search": "",
        "index": null, "skip": 0, "limit": 500
    })
}

/// Arguments that fit each command. A command that is not here has not been thought about.
fn fitting(name: &str) -> Value {
    match name {
        "show_desk"
        | "open_desk"
        | "start_practice"
        | "touch"
        | "lock"
        | "run_round"
        | "verify_chain"
        | "verify_anchors"
        | "export_audit"
        | "show_plan"
        | "list_transfers"
        | "list_proposals"
        | "show_rules"
        | "show_new_kit"
        | "hand_kit_over"
        | "end_setup"
        | "ask_sign_in_code"
        | "wait_for_sign_in"
        | "cancel_sign_in"
        | "show_connections"
        | "show_security"
        | "show_storage"
        | "back_up"
        | "open_practice_window"
        | "show_about"
        | "look_for_update"
        | "resume"
        | "close_window"
        | "quit"
        | "show_startup" => {
            json!({})
        }
        "list_cases" => every_case(),
        "list_receipts" => every_receipt(),
        "list_erasures" => json!({ "stage": "next", "search": "", "skip": 0, "limit": 100 }),
        "list_events" => every_event(),
        "show_event" => json!({ "index": 1 }),
        "show_erasure" => json!({ "file": AN_ID }),
        "propose_export" => json!({ "of": "ledger", "reason": "the yearly audit", "passphrase": "my own" }),
        "pause" => json!({ "hours": 4 }),
        "tell_language" => json!({ "language": "de" }),
        "answer_quit" => json!({ "answer": "now" }),
        "set_startup" => json!({ "starts": true }),
        "create_desk" | "unlock" => json!({ "passphrase": "correct horse battery" }),
        "bring_files" | "withdraw_offer" => json!({ "case": AN_ID, "token": "0123456789abcdef" }),
        "show_case" | "make_drop_folder" | "show_offer" | "choose_files" | "practice_post" | "practice_ask"
        | "practice_close" => {
            json!({ "case": AN_ID })
        }
        "place_hold" => json!({
            "scope": "case", "case": AN_ID, "file": AN_ID, "reason": "a complaint", "review_at": "2026-12-24T00:00:00Z"
        }),
        "lift_hold" => json!({ "hold": AN_ID, "reason": "the complaint is settled" }),
        "review_hold" => json!({ "hold": AN_ID, "review_at": "2026-12-24T00:00:00Z" }),
        "hand_hold_on" => json!({ "hold": AN_ID, "to": "alice" }),
        "propose_lift" => json!({ "hold": AN_ID, "reason": "settled", "passphrase": "my own" }),
        "propose_erasure" => {
            json!({ "case": AN_ID, "file": AN_ID, "reason": "sent by mistake", "passphrase": "my own" })
        }
        "approve_proposal" => json!({ "proposal": AN_ID, "name": "alice", "passphrase": "her own" }),
        "decline_proposal" => json!({ "proposal": AN_ID, "reason": "not settled" }),
        "tell_in_thread" => json!({ "request": AN_ID }),
        "ask_erasure" => json!({ "case": AN_ID, "file": AN_ID, "reason": "sent by mistake" }),
        "give_own_date" => json!({
            "case": AN_ID, "file": AN_ID, "end": "2026-12-24T00:00:00Z", "reason": "only needed until then"
        }),
        "withdraw_own_date" => json!({ "case": AN_ID, "file": AN_ID }),
        "simulate_rules" => json!({ "draft": false, "rules": [a_rule()] }),
        "change_rules" => json!({ "draft": false, "rules": [a_rule()], "token": "5f0c1d2e3a4b" }),
        "resolve_request" => json!({ "request": AN_ID, "accept": true }),
        "take_ticket" | "set_ticket_aside" => json!({ "case": AN_ID, "tracker": "redmine", "key": "4711" }),
        "open_viewer" => json!({ "file": AN_ID }),
        "show_viewer" | "touch_viewer" => json!({}),
        "read_rows" => json!({ "layer": 0, "place": 0, "before": false, "most": 100 }),
        "read_bytes" => json!({ "layer": 0, "place": 0, "most": 4096 }),
        "find_line" => json!({ "layer": 0, "line": 7 }),
        "search_text" => json!({ "layer": 0, "words": "timeout", "match_case": false }),
        "find_hit" => json!({ "layer": 0, "place": 0, "backwards": false }),
        "list_entries" | "leave_entry" => json!({ "layer": 0 }),
        "open_entry" => json!({ "layer": 0, "index": 0 }),
        "make_viewing_copy" => json!({ "file": AN_ID, "minutes": 30, "reason": "find the crash" }),
        "extend_viewing_copy" => json!({ "copy": AN_ID, "minutes": 30 }),
        "end_viewing_copy" => json!({ "copy": AN_ID }),
        "show_receipt" | "resend_receipt" | "verify_receipt" | "save_receipt" | "practice_confirm"
        | "practice_dispute" => {
            json!({ "receipt": AN_ID })
        }
        "show_report" => json!({ "span": a_span() }),
        "export_report" => json!({ "span": a_span(), "form": "pdf" }),
        "answer_kit_words" => json!({ "words": ["abandon", "ability", "able"] }),
        "seal_new_kit" => {
            json!({ "recipient": "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa" })
        }
        "pass_setup_step" => json!({ "step": "kit" }),
        "begin_sign_in" => json!({ "url": "https://forum.example.com", "replies": false }),
        "open_sign_in_page" => json!({ "page": "paste" }),
        "bring_back_sign_in" => json!({ "brought": "what the forum showed" }),
        "choose_inboxes" => json!({ "personal": true, "groups": ["support"] }),
        "test_connection" | "disconnect" => json!({ "what": "forum", "tracker": null }),
        "try_tracker" | "connect_tracker" => json!({
            "name": "rt", "kind": "request_tracker", "url": "rt.example.com", "account": null, "project": null,
            "secret": "a key"
        }),
        "try_mail" | "connect_mail" => json!({ "servers": mail_servers(), "secret": "a password" }),
        "connect_mail_by_oauth" => json!({
            "servers": mail_servers(), "token_url": "https://login.example.com/token", "client_id": "desk",
            "client_secret": null, "secret": "a refresh token"
        }),
        "change_passphrase" => json!({ "old": "the old one", "passphrase": "correct horse battery" }),
        "set_lock_time" => json!({ "minutes": 30 }),
        "set_viewer_copies" => json!({ "copies": false }),
        "add_approver" => json!({ "name": "alice", "passphrase": "alices own words" }),
        "remove_approver" => json!({ "name": "alice" }),
        "connect_backup" => json!({ "name": "second disk", "kept_days": 30, "take_over": false }),
        "leave_backup" => json!({ "name": "second disk", "lost": false }),
        "erase_aside" => json!({ "name": "0123.age" }),
        "approve_sweep" => json!({ "token": "plan" }),
        "practice_move_clock" => json!({ "days": 3 }),
        other => panic!("{other} has no fitting arguments here"),
    }
}

fn mail_servers() -> Value {
    json!({ "from": "desk@example.com", "user": null, "smtp": "smtp.example.com:587", "imap": "imap.example.com:993" })
}

fn a_rule() -> Value {
    json!({ "start": "ticket_closed", "period": "0 days", "grace": "3 days", "ceiling": "90 days" })
}

fn a_span() -> Value {
    json!({ "from": "2026-11-01T00:00:00Z", "to": "2026-12-01T00:00:00Z" })
}

/// What each argument must not be.
fn misfits(key: &str) -> Vec<Value> {
    match key {
        "case" | "file" | "hold" | "request" | "copy" | "receipt" | "proposal" => {
            vec![json!("../../etc"), json!(""), json!("0123"), json!(5), json!({})]
        }
        "passphrase" => vec![json!("x".repeat(1025)), json!(5), json!(null)],
        "reason" => vec![json!(""), json!(" \n "), json!("x".repeat(1001)), json!(5)],
        "review_at" | "end" => vec![json!("tomorrow"), json!("2026-12-24"), json!(5)],
        "to" | "name" => vec![json!(""), json!("  "), json!("x".repeat(101)), json!(5)],
        "scope" => vec![json!("everything"), json!(5)],
        "rules" => {
            let with = |key: &str, value: Value| {
                let mut rule = a_rule();
                rule[key] = value;
                json!([rule])
            };
            vec![
                json!("all"),
                json!([{}]),
                with("period", json!("3 weeks")),
                with("grace", json!(3)),
                with("ceiling", json!("-1 days")),
                with("start", json!("yesterday")),
                with("applies", json!({})),
            ]
        }
        "stage" => vec![json!("soon"), json!(5), json!(null)],
        "topics" => vec![json!("intake"), json!(["gossip"]), json!(5)],
        "actor" => vec![json!("nobody"), json!(5)],
        "of" => vec![json!("everything"), json!(5), json!(null)],
        "from" | "before" => vec![json!("yesterday"), json!("2026-12-24"), json!(5)],
        "index" => vec![json!(-1), json!("1"), json!(1.5)],
        "span" => vec![
            json!("november"),
            json!({}),
            json!({ "from": "2026-11-01T00:00:00Z", "to": "2026-11-01T00:00:00Z" }),
            json!({ "from": "2026-12-01T00:00:00Z", "to": "2026-11-01T00:00:00Z" }),
            json!({ "from": "2026-11-01", "to": "2026-12-01" }),
            json!({ "from": "0001-01-01T00:00:00Z", "to": "2026-12-01T00:00:00Z" }),
            json!({ "from": "2026-11-01T00:00:00Z", "to": "2026-12-01T00:00:00Z", "team": "one" }),
        ],
        "form" => vec![json!("docx"), json!("PDF"), json!(5), json!("../pdf")],
        "standings" => vec![json!("held"), json!(["gone"]), json!(5)],
        "search" => vec![json!("x".repeat(201)), json!(5)],
        "order" => vec![json!("random"), json!(5)],
        "skip" => vec![json!(-1), json!("0"), json!(1.5)],
        "limit" => vec![json!(0), json!(501), json!(-1), json!("10")],
        "layer" => vec![json!(-1), json!("0"), json!(1.5), json!(1_u64 << 40)],
        "place" | "line" => vec![json!(-1), json!("0"), json!(1.5), json!(1_u64 << 60)],
        "most" => vec![json!(0), json!(-1), json!((1 << 20) + 1), json!("10")],
        "accept" | "draft" | "owed" | "copies" | "mine" | "due_soon" | "backwards" | "match_case" => {
            vec![json!("yes"), json!(1)]
        }
        // Words that are searched for, and words of a kit: what fits neither.
        "words" => vec![json!(["a", "b", "c", "d"]), json!(["x".repeat(33)]), json!("x".repeat(201)), json!(5)],
        "recipient" => vec![json!(""), json!("age1nobody"), json!("AGE-SECRET-KEY-1QQ"), json!(5)],
        "step" => vec![json!("passphrase"), json!(""), json!(5)],
        "url" | "token_url" => vec![
            json!("http://forum.example.com"),
            json!("file:///etc/passwd"),
            json!("https://user:pass@forum.example.com"),
            json!("javascript:alert(1)"),
            json!(""),
            json!(format!("https://forum.example.com/{}", "x".repeat(3000))),
            json!(5),
        ],
        "page" => vec![json!("https://evil.example"), json!(""), json!(5)],
        "brought" | "secret" => vec![json!(""), json!("  "), json!("x".repeat((16 << 10) + 1)), json!(5), json!(null)],
        "client_secret" => vec![json!("x".repeat((16 << 10) + 1)), json!(5)],
        "client_id" => vec![json!(""), json!("two\nlines"), json!("x".repeat(321)), json!(5)],
        "groups" => vec![json!("support"), json!([""]), json!([5]), json!(["x".repeat(321)])],
        "what" => vec![json!("everything"), json!(5)],
        "kind" => vec![json!("bugzilla"), json!(5)],
        "account" | "project" => vec![json!(5), json!({})],
        "servers" => {
            let with = |key: &str, value: Value| {
                let mut servers = mail_servers();
                servers[key] = value;
                servers
            };
            vec![
                json!("smtp.example.com"),
                json!({}),
                with("smtp", json!("smtp.example.com")),
                with("imap", json!("imaps://imap.example.com:993")),
                with("imap", json!("imap.example.com:0")),
                with("from", json!("")),
                with("folder", json!("INBOX")),
            ]
        }
        "old" => vec![json!("x".repeat(1025)), json!(5), json!(null)],
        "kept_days" => vec![json!(-1), json!(3661), json!(1.5), json!("30")],
        "personal" | "replies" | "take_over" | "lost" => vec![json!("yes"), json!(1)],
        "token" | "tracker" | "key" => vec![json!(5), json!({})],
        "minutes" => vec![json!(0), json!(1441), json!(-1), json!(1.5), json!("30")],
        "hours" => vec![json!(0), json!(25), json!(-1), json!(1.5), json!("1")],
        "language" => vec![json!("fr"), json!("EN"), json!(5)],
        "answer" => vec![json!("yes"), json!(true)],
        "starts" => vec![json!("yes"), json!(1)],
        "days" => vec![json!(0), json!(367), json!(-1), json!("3")],
        other => panic!("{other} has no misfits here"),
    }
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

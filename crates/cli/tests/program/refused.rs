//! What does not work, and how it is told.

use crate::support::{Desk, world};

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_passphrase_opens_nothing() {
    let world = world().await;
    let desk = Desk::at(&world);
    let (_, file) = desk.find("Archive opens", "cnryfile-settings.xml");
    let (wrong, path) = (desk.path("wrong"), desk.path("copy"));
    let (wrong, path) = (wrong.to_str().unwrap(), path.to_str().unwrap());
    let refused = desk.run(&["--passphrase-file", wrong, "cat", &file, "-o", path]).failed(3);
    assert_eq!(refused.stdout, b"");
    assert!(!std::fs::exists(path).unwrap());
    desk.run(&["--passphrase-file", wrong, "open", &file, "--reason", "x"]).failed(3);
    desk.run(&["--passphrase-file", "missing", "cat", &file]).failed(4);
    desk.never_said(&[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_names_nothing_or_is_none_is_told_so() {
    let world = world().await;
    let desk = Desk::at(&world);
    for (arguments, code) in [
        (&["cat", "ffffffff"][..], 4),
        (&["cat", "ffffffffffffffffffffffffffffffff"], 4),
        (&["cat", "fffff"], 2),
        (&["cat", "../../etc/passwd"], 2),
        (&["cases", "ffffffff"], 4),
        (&["open", "ffffffff", "--reason", "x"], 4),
        (&["done", "ffffffff"], 4),
        (&["release", "ffffffff", "--reason", "x"], 4),
        (&["holds", "review", "ffffffff", "--on", "1d"], 4),
        (&["holds", "review", "ffffffff", "--on", "2001-01-01"], 2),
        (&["holds", "hand-on", "ffffffff", "--to", "Alice"], 4),
        (&["request", "tell", "ffffffff"], 4),
        (&["erase", "ffffffff", "--reason", "x"], 4),
        (&["hold", "ffffffff", "--reason", "x", "--review", "1d"], 4),
        (&["hold", "ffffffff", "--reason", "x", "--review", "2001-01-01"], 2),
        (&["hold", "ffffffff", "--reason", "x", "--review", "soon"], 2),
        (&["link", "ffffffff", "redmine", "4711"], 4),
        (&["request", "accept", "ffffffff"], 4),
        (&["request", "set-aside", "ffffffff"], 4),
        (&["receipt", "show", "CR-AAAAAAAAAAAA"], 2),
        (&["receipt", "show", "ffffffff"], 4),
        (&["receipt", "resend", "ffffffff"], 4),
        (&["report", "--from", "2026-02-01", "--to", "2026-01-01"], 2),
        (&["report", "--csv", "--json"], 2),
    ] {
        let refused = desk.run(arguments);
        if arguments.contains(&"--json") {
            assert_eq!(refused.code, code, "{refused:?}");
        } else {
            refused.failed(code);
        }
    }
    let (case, _) = desk.find("Archive opens", "cnryfile-settings.xml");
    let refused = desk.run(&["link", &case, "redmine", "4711"]).failed(12);
    assert!(refused.stderr.contains("not connected"), "a tracker that nobody configured links nothing: {refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forum_that_is_gone_or_refuses_us_is_told_and_loses_nothing() {
    let desk = Desk::made();
    desk.run(&["doctor"]).failed(12);
    let world = world().await;
    desk.connect_with(&world, "0123456789abcdef0123456789abcdef").failed(5);
    desk.connect(&world).done();
    desk.run(&["sync"]).done();
    drop(world);
    let round = desk.run(&["sync"]).failed(6);
    assert!(round.text().contains("0 files taken in"), "what could be done is told: {round:?}");
    desk.run(&["doctor"]).failed(6);
    assert_eq!(desk.json(&["files"]).as_array().map(Vec::len), Some(5));
    let told = desk.run(&["sync", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&told.stderr).unwrap();
    assert_eq!(told["error"]["code"], "unreachable");
}

#[test]
fn settings_that_do_not_hold_are_told_in_two_lines() {
    let desk = Desk::made();
    let settings = desk.home().join("settings.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, format!("retension = 3\n{text}")).unwrap();
    let refused = desk.run(&["cases"]).failed(12);
    assert!(refused.stderr.contains("retension"), "the key is named: {refused:?}");
    desk.run(&["doctor"]).failed(12);
}

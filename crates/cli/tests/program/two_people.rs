//! What needs two people, from the terminal.

use std::fs;

use crate::support::{Desk, Ran, WRONG, custody, world};

const ALICES: &str = "alice has a passphrase of her own";

/// The program as this person types it, with the passphrase in this file.
fn run_as(desk: &Desk, name: &str, passphrase: &str, arguments: &[&str]) -> Ran {
    let mut command = custody(arguments);
    command.env("CUSTODY_HOME", desk.home()).args(["--as", name, "--passphrase-file"]).arg(desk.path(passphrase));
    Ran::of(command.output().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_lift_a_hold_and_let_an_export_out_each_with_a_passphrase_of_their_own() {
    let world = world().await;
    let desk = Desk::at(&world);
    let (case, file) = desk.find("Archive opens", "cnryfile-settings.xml");
    fs::write(desk.path("alice"), format!("{ALICES}\n")).unwrap();
    // Bob's own key is not the desk's; that its passphrase is the same here matters to nobody.
    desk.run(&["approvers", "add", "Bob"]).done();
    run_as(&desk, "Alice", "alice", &["approvers", "add", "Alice"]).done();
    let known = desk.run(&["approvers"]).done();
    assert!(known.text().contains("Alice") && known.text().contains("at this desk"), "{known:?}");
    let hold = desk.json(&["hold", &case[..8], "--reason", "Legal asked", "--review", "14 days"]);
    let hold = hold["hold"].as_str().unwrap();

    let settings = desk.home().join("settings.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let on = text.replace("lift_hold = false", "lift_hold = true").replace("export = false", "export = true");
    fs::write(&settings, on).unwrap();
    desk.run(&["release", &hold[..8], "--reason", "Settled"]).failed(11);
    desk.run(&["approvers", "add", "Mallory"]).failed(12);

    run_as(&desk, "Bob", "wrong", &["propose", "lift", &hold[..8], "--reason", "Settled"]).failed(3);
    let proposed = desk.json(&["propose", "lift", &hold[..8], "--reason", "Settled"]);
    let proposal = proposed["proposal"].as_str().unwrap();
    let waiting = desk.run(&["approvals"]).done();
    assert!(waiting.text().contains("to lift a hold") && waiting.text().contains("Settled"), "{waiting:?}");
    assert!(desk.run(&["status"]).done().text().contains("custody approvals"));
    desk.run(&["approvals", "approve", &proposal[..8]]).failed(11);
    run_as(&desk, "Mallory", "wrong", &["approvals", "approve", &proposal[..8]]).failed(12);
    run_as(&desk, "Alice", "passphrase", &["approvals", "approve", &proposal[..8]]).failed(3);
    assert_eq!(desk.json(&["holds"]).as_array().unwrap().len(), 1);
    run_as(&desk, "Alice", "alice", &["approvals", "approve", &proposal[..8]]).done();
    assert_eq!(desk.json(&["holds"]), serde_json::json!([]));
    run_as(&desk, "Alice", "alice", &["approvals", "approve", proposal]).failed(10);

    let out = desk.path("out.xml");
    let cat = ["cat", &file[..8], "-o", out.to_str().unwrap()];
    for refused in [&["report"][..], &["audit", "dump"], &cat] {
        let ran = desk.run(refused).failed(11);
        assert!(ran.stdout.is_empty(), "{ran:?}");
    }
    assert!(!out.exists(), "nothing is left of it");
    let proposed = desk.json(&["propose", "export", &file[..8], "--reason", "The vendor needs it"]);
    let declined = desk.json(&["propose", "export", "report", "--reason", "The auditor asked"]);
    let declined = declined["proposal"].as_str().unwrap();
    desk.run(&["approvals", "decline", &declined[..8], "--reason", "Not this month"]).done();
    run_as(&desk, "Alice", "alice", &["approvals", "approve", proposed["proposal"].as_str().unwrap()]).done();
    desk.run(&cat).done();
    assert!(out.is_file());
    fs::remove_file(&out).unwrap();
    desk.run(&cat).failed(11);
    desk.run(&["report"]).failed(11);
    desk.never_said(&[ALICES, WRONG]);
}

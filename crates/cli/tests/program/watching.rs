//! Comparing, checking, exporting, and two programs on one desk.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::Stdio,
};

use crate::support::{Desk, mode, ran, world};

#[tokio::test(flavor = "multi_thread")]
async fn disk_and_ledger_are_compared_and_what_was_set_aside_is_listed_and_erased() {
    let world = world().await;
    let desk = Desk::at(&world);
    let found = desk.run(&["reconcile"]).done();
    assert!(
        found.text().contains("Held, on the disk as in the ledger") && found.text().contains("fit together"),
        "{found:?}"
    );
    let stranger = format!("{}.age", "07".repeat(16));
    fs::write(desk.home().join("sealed").join(&stranger), "not ours").unwrap();
    let found = desk.json(&["reconcile"]);
    assert_eq!((&found["whole"], &found["unknown"], &found["in_order"]), (&5.into(), &1.into(), &false.into()));
    let status = desk.run(&["status"]).done();
    assert!(status.text().contains("1 set aside") && status.text().contains("custody reconcile"), "{status:?}");
    let report = desk.run(&["report"]).done();
    assert!(report.text().contains("set aside, unknown to the ledger"), "{report:?}");
    let list = desk.run(&["aside"]).done();
    assert!(list.text().contains(&stranger) && list.text().contains("nothing of it"), "{list:?}");
    desk.run(&["aside", "erase", "nonsense"]).failed(4);
    desk.run(&["aside", "erase", &stranger]).done();
    assert_eq!(desk.json(&["aside"]).as_array().map(Vec::len), Some(0));
    assert_eq!(desk.json(&["reconcile"])["in_order"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exported_chain_is_verified_without_a_desk_and_the_first_bad_row_is_named() {
    let world = world().await;
    let desk = Desk::at(&world);
    let (chain, key) = (desk.path("chain.jsonl"), desk.path("desk.pub"));
    let (chain, key) = (chain.to_str().unwrap(), key.to_str().unwrap());
    fs::write(key, desk.run(&["key"]).done().stdout).unwrap();
    desk.run(&["audit", "export", "-o", chain]).done();
    assert_eq!(mode(chain.as_ref()), 0o600);
    desk.run(&["audit", "export", "-o", chain]).failed(7);
    let verified = ran(&["audit", "verify", chain, "--key", key]).done();
    assert!(
        verified.text().contains("The chain is whole") && verified.text().contains("signed with this key"),
        "{verified:?}"
    );
    assert!(ran(&["audit", "verify", chain]).done().text().contains("was not checked"));
    desk.run(&["audit", "verify", "--against", chain]).done();

    let lines: Vec<String> = fs::read_to_string(chain).unwrap().lines().map(str::to_owned).collect();
    let spoiled = desk.path("spoiled.jsonl");
    let verify = |lines: &[String]| {
        fs::write(&spoiled, lines.join("\n") + "\n").unwrap();
        ran(&["audit", "verify", spoiled.to_str().unwrap(), "--key", key]).failed(9)
    };
    let mut edited = lines.clone();
    edited[5] = edited[5].replacen("\"at\":\"20", "\"at\":\"19", 1);
    assert!(verify(&edited).stderr.contains("event 5 on line 6"), "{edited:?}");
    let mut removed = lines.clone();
    removed.remove(7);
    assert!(verify(&removed).stderr.contains("event 7 on line 8"));
    assert!(verify(&lines[..6]).stderr.contains("cut off after event 5"));
    assert!(verify(&["{}".to_owned()]).stderr.contains("not an export"));
    let other = Desk::made();
    fs::write(other.path("other.pub"), other.run(&["key"]).done().stdout).unwrap();
    ran(&["audit", "verify", chain, "--key", other.path("other.pub").to_str().unwrap()]).failed(9);
    // To another desk, this one's export says nothing.
    other.run(&["audit", "verify", "--against", chain]).failed(9);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_second_program_is_refused_in_one_clear_line_and_let_in_once_the_first_was_killed() {
    let world = world().await;
    let desk = Desk::made();
    desk.connect(&world).done();
    let mut first = desk.command(&["run", "--json"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(first.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    for command in [&["run"][..], &["sync"], &["reconcile"], &["audit", "verify"], &["passphrase"]] {
        let refused = desk.run(command).failed(10);
        assert!(refused.stderr.starts_with("Another program is working on this desk."), "{refused:?}");
    }
    // Not asked to end: killed.
    first.kill().unwrap();
    first.wait().unwrap();
    desk.run(&["sync"]).done();
    desk.run(&["audit", "verify"]).done();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_readable_on_a_lost_machine_is_written_for_its_owner_only_and_nothing_is_sent() {
    let world = world().await;
    let desk = Desk::at(&world);
    let folder = desk.path("incident");
    let out = folder.to_str().unwrap();
    // After everything so far.
    let at = "2100-01-01";
    let told = desk.run(&["incident", "--at", at, "--out", out]).done();
    assert!(
        told.text().contains("5 files of 2 customers were there.") && told.text().contains("The desk was locked"),
        "{told:?}"
    );
    let view: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("incident.json")).unwrap()).unwrap();
    let letters: Vec<_> = fs::read_dir(folder.join("letters")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!((view["customers"].as_array().unwrap().len(), letters.len()), (2, 2));
    for path in letters.iter().chain([&folder.join("incident.md"), &folder.join("incident.json")]) {
        assert_eq!(mode(path), 0o600, "{}", path.display());
    }
    #[cfg(unix)]
    assert_eq!(mode(&folder), 0o700);
    let letter = fs::read_to_string(&letters[0]).unwrap();
    assert!(letter.starts_with("To: ") && letter.contains("A device that held your files was lost"), "{letter}");
    desk.run(&["incident", "--at", at, "--out", out]).failed(7);
    desk.run(&["incident", "--at", "2020-01-01", "--from", "2021-01-01"]).failed(2);
    let none = desk.run(&["incident", "--at", "2020-01-01"]).done();
    assert!(none.text().contains("No file was there."), "{none:?}");
    assert!(world.mail.letters(custody_practice::scenario::OWEN.email).is_empty(), "nothing was sent");
}

//! Holds, erasures, receipts and what proves them.

use std::fs;

use custody_practice::scenario::{CAROLA, OWEN, ask_for_removal};

use crate::support::{Desk, bytes_of, ran, world};

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_edited_simulated_and_changed_by_the_token_of_the_simulation() {
    let world = world().await;
    let desk = Desk::made();
    desk.connect(&world).done();
    desk.json(&["sync"]);
    let file = desk.path("rules.toml");
    let path = file.to_str().unwrap();
    let toml = desk.run(&["rules", "--toml"]).done();
    let edited = toml.text().replace("90", "30");
    assert_ne!(edited, toml.text(), "{toml:?}");
    fs::write(&file, edited).unwrap();
    let simulation = desk.json(&["rules", "simulate", path]);
    assert_eq!((simulation["erased_now"].as_u64(), simulation["sooner"].as_u64()), (Some(0), Some(5)), "{simulation}");
    let told = desk.run(&["rules", "simulate", path]).done();
    let token = simulation["token"].as_str().unwrap();
    assert!(told.text().contains(&format!("--token {token}")), "{told:?}");
    desk.run(&["rules", "change", path, "--token", "000000000000"]).failed(10);
    desk.run(&["rules", "change", path, "--token", token]).done();
    assert!(desk.run(&["rules"]).done().text().contains("at the latest 30 days after arrival"));
    fs::write(&file, "[[rule]]\nname = 1\n").unwrap();
    desk.run(&["rules", "simulate", path]).failed(12);
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_written_into_the_settings_are_told_apart_from_those_in_force_and_adopted_without_naming_a_file() {
    let world = world().await;
    let desk = Desk::at(&world);
    let settings = desk.json(&["rules"]);
    assert!(settings["draft"].is_null(), "{settings}");
    let path = desk.home().join("settings.toml");
    let written = fs::read_to_string(&path).unwrap().replace("ceiling = \"90 days\"", "ceiling = \"30 days\"");
    fs::write(&path, written).unwrap();
    let told = desk.run(&["rules"]).done();
    assert!(told.text().contains("settings.toml holds other rules"), "{told:?}");
    assert!(told.text().contains("at the latest 90 days") && told.text().contains("at the latest 30 days"), "{told:?}");
    assert!(desk.run(&["rules", "--toml"]).done().text().contains("90 days"), "those in force are written out");
    assert!(desk.run(&["status"]).done().text().contains("settings.toml holds rules that are not in force"));
    let token = desk.json(&["rules", "simulate"])["token"].as_str().unwrap().to_owned();
    desk.run(&["rules", "change", "--token", &token]).done();
    let told = desk.run(&["rules"]).done();
    assert!(!told.text().contains("other rules") && told.text().contains("at the latest 30 days"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_get_a_date_of_their_own_and_what_goes_soon_is_told_beforehand() {
    let world = world().await;
    let desk = Desk::at(&world);
    let (case, file) = desk.find("Archive opens", "cnryfile-settings.xml");
    assert_eq!(desk.json(&["notices"])["cases"], serde_json::json!([]));
    desk.run(&["until", &case[..8], "200 days", "--reason", "Much later"]).failed(2);
    desk.run(&["until", &case[..8], "2 days"]).failed(2);
    let told = desk.run(&["until", &file[..8], "2 days", "--reason", "Only for the reproduction"]).done();
    assert!(told.text().starts_with("Erased on "), "{told:?}");
    let notices = desk.json(&["notices"]);
    assert_eq!((notices["cases"][0]["case"].as_str(), notices["cases"][0]["files"].as_u64()), (Some(&*case), Some(1)));
    assert!(desk.run(&["cases", &case[..8]]).done().text().contains("date of its own"));
    desk.run(&["until", &file[..8], "--as-the-rule-says"]).done();
    desk.run(&["until", &file[..8], "--as-the-rule-says"]).failed(4);
    assert_eq!(desk.json(&["notices"])["cases"], serde_json::json!([]));
    assert!(desk.run(&["notices"]).done().text().starts_with("Nothing is erased before"));

    let clock = desk.json(&["clock"]);
    assert!(clock["doubt"].is_null() && clock["sure"].is_string(), "the forum confirmed it: {clock}");
    assert!(desk.run(&["clock"]).done().text().contains("Nothing speaks against the clock."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_keeps_an_erasure_waiting_and_its_receipt_verifies_without_a_desk() {
    let world = world().await;
    let desk = Desk::at(&world);
    let (case, file) = desk.find("Archive opens", "cnryfile-settings.xml");

    let hold = desk.json(&["hold", &case[..8], "--reason", "Not fixed yet", "--review", "14 days"]);
    let hold = hold["hold"].as_str().unwrap();
    let holds = desk.run(&["holds"]).done();
    assert!(holds.text().contains("Not fixed yet") && holds.text().contains("Bob"), "{holds:?}");
    let asked = desk.json(&["erase", &case[..8], "--reason", "Sent by mistake"]);
    assert!(asked.as_array().unwrap().iter().all(|line| line["outcome"] == "keep"), "the hold beats it: {asked}");
    assert_eq!(desk.json(&["sweep"])["erased"], 0);
    desk.run(&["holds", "review", &hold[..7], "--on", "30 days"]).done();
    desk.run(&["holds", "hand-on", &hold[..7], "--to", "Alice"]).done();
    assert!(desk.run(&["holds"]).done().text().contains("Alice"));
    assert_eq!(desk.json(&["holds", "--due"]), serde_json::json!([]), "its review is to come");
    desk.run(&["release", &hold[..7]]).failed(2);
    desk.run(&["release", &hold[..7], "--reason", "It is fixed"]).done();
    desk.run(&["release", hold, "--reason", "Again"]).failed(10);
    desk.run(&["holds", "review", hold, "--on", "30 days"]).failed(10);
    let lifted = desk.run(&["cases", &case[..8]]).done();
    assert!(lifted.text().contains("lifted by Bob: It is fixed"), "{lifted:?}");
    let plan = desk.run(&["sweep", "--plan"]).done();
    assert!(plan.text().contains("2 to erase now"), "{plan:?}");
    assert_eq!(desk.json(&["sweep"])["erased"], 2);
    desk.run(&["cat", &file[..8]]).failed(4);
    desk.run(&["hold", &file, "--reason", "Too late", "--review", "1d"]).failed(4);

    let receipts = desk.json(&["receipts"]);
    let row = &receipts[0];
    let (id, number) = (row["id"].as_str().unwrap(), row["token"].as_str().unwrap());
    let shown = desk.run(&["receipt", "show", number]).done();
    assert!(shown.text().contains("Signature  fits") && shown.text().contains("the forum's own copy"), "{shown:?}");
    let (receipt, key) = (desk.path("receipt.json"), desk.path("desk.pub"));
    let (receipt, key) = (receipt.to_str().unwrap(), key.to_str().unwrap());
    desk.run(&["receipt", "export", &id[..8], "-o", receipt]).done();
    desk.run(&["receipt", "export", &id[..8], "-o", receipt]).failed(7);
    fs::write(key, desk.run(&["key"]).done().stdout).unwrap();

    let mine = desk.path("mine.xml");
    fs::write(&mine, bytes_of(&world, "cnryfile-settings.xml")).unwrap();
    let verified = ran(&["receipt", "verify", receipt, "--key", key, "--file", mine.to_str().unwrap()]).done();
    assert!(verified.text().contains("The signature fits") && verified.text().contains("cnryfile-bundle.zip"));
    assert!(verified.text().contains("Your file is the one named cnryfile-settings.xml"), "{verified:?}");
    let other = desk.path("other.xml");
    fs::write(&other, bytes_of(&world, "cnryfile-settings.xml").to_ascii_uppercase()).unwrap();
    ran(&["receipt", "verify", receipt, "--key", key, "--file", other.to_str().unwrap()]).failed(9);

    let report = desk.json(&["report"]);
    assert_eq!((report["erased"]["files"].as_u64(), report["erased"]["staff_decided"].as_u64()), (Some(2), Some(2)));
    let csv = desk.path("week.csv");
    desk.run(&["report", "--csv", "--out", csv.to_str().unwrap()]).done();
    assert!(fs::read_to_string(&csv).unwrap().contains("erased,files,2\r\n"));
    signed_reports(&desk, key);
    let text = desk.run(&["report"]).done();
    assert!(text.text().contains("because staff decided") && text.text().contains("Nothing is overdue."), "{text:?}");
    assert!(desk.run(&["audit", "verify"]).done().text().starts_with("The chain is whole"));
    let dump = desk.run(&["audit", "dump"]).done();
    for canary in custody_practice::scenario::canaries() {
        assert!(!dump.text().contains(&canary), "{canary} is kept for ever");
    }
    desk.never_said(&[&world.keys.bob]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_was_changed_or_signed_by_another_desk_is_refused() {
    let world = world().await;
    let desk = Desk::at(&world);
    let (case, _) = desk.find("Archive opens", "cnryfile-settings.xml");
    desk.run(&["erase", &case, "--reason", "Sent by mistake"]).done();
    desk.run(&["sweep"]).done();
    let id = desk.json(&["receipts"])[0]["id"].as_str().unwrap().to_owned();
    let envelope = desk.run(&["receipt", "export", &id]).done();
    let (receipt, changed) = (desk.path("receipt.json"), desk.path("changed.json"));
    let (key, others) = (desk.path("desk.pub"), desk.path("others.pub"));
    fs::write(&receipt, &envelope.stdout).unwrap();
    let mut parsed = envelope.json();
    let payload = parsed["payload"].as_str().unwrap();
    // One letter of the payload, in the middle, is another one.
    let middle = payload.len() / 2;
    let letter = if payload[middle..].starts_with('A') { "B" } else { "A" };
    parsed["payload"] = format!("{}{letter}{}", &payload[..middle], &payload[middle + 1..]).into();
    fs::write(&changed, parsed.to_string()).unwrap();
    fs::write(&key, desk.run(&["key"]).done().stdout).unwrap();
    fs::write(&others, Desk::made().run(&["key"]).done().stdout).unwrap();

    for (receipt, key, code) in [
        (&changed, &key, "changed"),
        (&receipt, &others, "other_key"),
        (&key, &key, "not_a_receipt"),
        (&receipt, &receipt, "not_a_key"),
    ] {
        let (receipt, key) = (receipt.to_str().unwrap(), key.to_str().unwrap());
        let refused = ran(&["receipt", "verify", receipt, "--key", key]).failed(9);
        assert_eq!(refused.stdout, b"", "nothing of a receipt is shown that does not verify");
        let told = ran(&["--json", "receipt", "verify", receipt, "--key", key]);
        let told: serde_json::Value = serde_json::from_str(&told.stderr).unwrap();
        assert_eq!(told["error"]["code"], code);
    }
    ran(&["receipt", "verify", receipt.to_str().unwrap(), "--key", key.to_str().unwrap()]).done();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sweep_over_the_cap_waits_for_the_token_of_its_plan() {
    let world = world().await;
    let desk = Desk::at(&world);
    let settings = desk.home().join("settings.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("cap = 50", "cap = 1")).unwrap();
    let (case, _) = desk.find("Archive opens", "cnryfile-settings.xml");
    desk.run(&["erase", &case, "--reason", "Sent by mistake"]).done();

    let stopped = desk.run(&["sweep"]).failed(11);
    let token = desk.json(&["sweep", "--plan"])["token"].as_str().unwrap().to_owned();
    assert!(stopped.stderr.contains(&token), "{stopped:?}");
    desk.run(&["sweep", "--approve", "000000000000"]).failed(11);
    assert_eq!(desk.json(&["files"]).as_array().map(Vec::len), Some(5), "nothing was erased");
    assert_eq!(desk.json(&["sweep", "--approve", &token])["erased"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_customer_asks_is_done_in_one_round_and_the_receipt_goes_by_mail() {
    let world = world().await;
    let desk = Desk::at(&world);
    let (account, ca) = (world.mail.desk_account(), desk.path("ca.pem"));
    fs::write(&ca, world.mail.ca_pem()).unwrap();
    let (smtp, imap) = (world.mail.smtp_addr().to_string(), world.mail.imaps_addr().to_string());
    let mail = |password: &str| {
        let servers = ["connect", "mail", "--from", &account.user, "--smtp", &smtp, "--imap", &imap];
        let trust =
            ["--authserv-id", "mail.support.example", "--ca-file", ca.to_str().unwrap(), "--password-file", "-"];
        desk.run_with_input(&[&servers[..], &trust[..]].concat(), password)
    };
    mail("wrong-password").failed(5);
    mail(&account.password).done();

    let case = world.cases.iter().find(|case| case.customer == OWEN).unwrap();
    ask_for_removal(&world.forum, case).await.unwrap();
    let round = desk.json(&["sync"]);
    assert_eq!((round["erased"].as_u64(), round["sent"].as_u64()), (Some(2), Some(1)), "{round}");
    let letter = world.mail.letters(OWEN.email).pop().unwrap();
    world.mail.reply(OWEN.email, &letter, "Yes, confirmed. Thank you.");
    assert_eq!(desk.json(&["sync"])["answers"], 1);
    assert_eq!(desk.json(&["receipts"])[0]["standing"], "confirmed");
    assert!(world.mail.letters(CAROLA.email).is_empty(), "nobody else got a letter");
    desk.never_said(&[&world.keys.bob, &account.password, "wrong-password"]);
}

/// A report that is written to a file is checked with the public key alone, and refused once a byte of it is another.
fn signed_reports(desk: &Desk, key: &str) {
    let csv = desk.path("week.csv");
    let fits = ran(&["report", "verify", csv.to_str().unwrap(), "--key", key]).done();
    assert!(fits.text().contains("The signature fits") && fits.text().contains("csv"), "{fits:?}");
    let pdf = desk.path("week.pdf");
    let pdf = pdf.to_str().unwrap();
    desk.run(&["report", "--pdf"]).failed(2);
    desk.run(&["report", "--pdf", "--csv", "--out", pdf]).failed(2);
    desk.run(&["report", "--pdf", "--out", pdf]).done();
    desk.run(&["report", "--pdf", "--out", pdf]).failed(7);
    let statement = format!("{pdf}.sig.json");
    assert!(ran(&["report", "verify", pdf, "--key", key]).done().text().contains("pdf"));
    desk.run(&["audit", "verify", "--against", &statement]).done();

    let mut bytes = fs::read(pdf).unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(pdf, &bytes).unwrap();
    let changed = ran(&["report", "verify", pdf, "--key", key]).failed(9);
    assert!(changed.stderr.contains("not the one that was signed"), "{changed:?}");
    let other = ran(&["report", "verify", csv.to_str().unwrap(), "--statement", &statement, "--key", key]).failed(9);
    assert!(other.stderr.contains("another one"), "{other:?}");
}

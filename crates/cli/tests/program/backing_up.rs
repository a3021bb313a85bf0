//! A recovery kit, a backup, a drill, and the same desk on another machine.

use std::fs;

use crate::support::{Desk, bytes_of, world};

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_is_backed_up_drilled_and_restored_with_words_on_paper() {
    let world = world().await;
    let desk = Desk::bare();
    desk.connect(&world).done();
    let target = desk.path("second disk");
    fs::create_dir(&target).unwrap();
    let target = target.to_str().unwrap().to_owned();

    let early = desk.run(&["backup", "connect", "second", &target]).failed(12);
    assert!(early.stderr.contains("custody recovery make"), "{early:?}");
    let waits = desk.run(&["sync"]).failed(12);
    assert!(waits.stderr.contains("no file is taken in") && waits.stderr.contains("recovery check"), "{waits:?}");
    let files = desk.json(&["files"]);
    assert!(files.as_array().unwrap().iter().all(|file| file["state"] == "arriving"), "{files}");
    let words = desk.save_kit();
    assert_eq!(words.len(), 24);
    let paper = desk.path("paper").to_str().unwrap().to_owned();
    desk.run(&["sync"]).done();
    fs::write(desk.path("slip"), words[1..].join(" ")).unwrap();
    desk.run(&["recovery", "check", "--kit-file", desk.path("slip").to_str().unwrap()]).failed(3);

    desk.run(&["backup", "connect", "second", &target]).done();
    let backups = desk.json(&["backup"]);
    assert_eq!((backups[0]["standing"].as_str(), backups[0]["missing"].as_u64()), (Some("current"), Some(0)));
    assert!(backups[0]["files"].as_u64() > Some(3), "{backups}");
    let drill = desk.run(&["drill", "--kit-file", &paper]).done();
    assert!(drill.text().contains("Drill with second: passed."), "{drill:?}");
    assert_eq!(drill.text().matches("  ok  ").count(), 7, "{drill:?}");
    for told in [&["report"][..], &["report", "--csv"], &["status"]] {
        let told = desk.run(told).done();
        assert!(told.text().contains("second") && told.text().contains("passed"), "{told:?}");
    }

    let (_, file) = desk.find("Archive opens", "cnryfile-settings.xml");
    let elsewhere = Desk::none();
    let arguments = ["restore", "--from", &target, "--kit-file", &paper, "--key-file"];
    let restored = elsewhere.run(&arguments).done();
    assert!(restored.text().contains("revoke its key on the forum"), "{restored:?}");
    let opened = elsewhere.command(&["cat", &file]).output().unwrap();
    assert_eq!(opened.stdout, bytes_of(&world, "cnryfile-settings.xml"));
    elsewhere.run(&arguments).failed(12);
    assert!(elsewhere.run(&["audit", "verify"]).done().text().contains("whole"));

    // What was thought to be lost is told whose the backup is now.
    let taken = desk.run(&["backup", "now"]).failed(10);
    assert!(taken.stderr.contains("Another installation"), "{taken:?}");
    elsewhere.run(&["backup", "leave", "second"]).done();
    assert_eq!(elsewhere.json(&["backup"]).as_array().map(Vec::len), Some(0));
    desk.never_said(&[&world.keys.bob]);
}

#[test]
fn a_kit_in_escrow_is_shown_to_nobody() {
    let desk = Desk::bare();
    let kit = desk.path("kit.age");
    let kit = kit.to_str().unwrap();
    let wrong = desk.run(&["recovery", "make", "--for", "age1nobody", "-o", kit]).failed(2);
    assert!(wrong.stderr.contains("age1"), "{wrong:?}");
    let escrow = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";
    let made = desk.run(&["recovery", "make", "--for", escrow, "-o", kit]).done();
    assert!(!made.text().contains(" 1. "), "{made:?}");
    assert!(fs::read_to_string(kit).unwrap().starts_with("-----BEGIN AGE ENCRYPTED FILE-----"));
    desk.run(&["recovery", "make", "--for", escrow, "-o", kit]).failed(7);
    // It was given out of hand: files may come in.
    assert!(!desk.run(&["status"]).done().text().contains("recovery kit is not saved"));
}

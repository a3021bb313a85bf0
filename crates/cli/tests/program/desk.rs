//! A desk's day: connect, take in, look, open.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    process::Stdio,
};

use crate::support::{Desk, Ran, bytes_of, mode, world};

#[tokio::test(flavor = "multi_thread")]
async fn files_come_in_are_listed_and_come_out_as_the_customer_sent_them() {
    let world = world().await;
    let desk = Desk::made();
    let connected = desk.connect(&world).done();
    assert!(connected.text().contains("bob") && connected.text().contains("support"), "{connected:?}");
    assert!(connected.text().contains("The key has") && connected.text().contains("yes        read"), "{connected:?}");
    let round = desk.json(&["sync"]);
    assert_eq!((round["sealed"].as_u64(), round["problems"].as_array().map(Vec::len)), (Some(5), Some(0)));

    let cases = desk.run(&["cases"]).done();
    assert!(cases.text().contains("Carola Zebrafinch") && cases.text().contains("held"), "{cases:?}");
    let files = desk.run(&["files"]).done();
    assert!(files.text().contains("cnryfile-converter.log"), "{files:?}");

    for name in ["cnryfile-converter.log", "cnryfile-page-212.png"] {
        let (case, file) = desk.find("Q3 ledger", name);
        let whole = desk.run(&["cases", &case[..6]]).done();
        assert!(whole.text().contains(name) && whole.text().contains("The ticket is open."), "{whole:?}");
        let path = desk.path(name);
        let written = desk.run(&["cat", &file[..8], "-o", path.to_str().unwrap()]).done();
        assert!(written.stderr.contains("outside custody"), "{written:?}");
        assert!(fs::read(&path).unwrap() == bytes_of(&world, name), "{name} came out as it was sent");
        assert_eq!(mode(&path), 0o600);
    }
    let (_, file) = desk.find("Archive opens", "cnryfile-settings.xml");
    assert_eq!(
        Ran::of(desk.command(&["cat", &file]).output().unwrap()).done().stdout,
        bytes_of(&world, "cnryfile-settings.xml")
    );

    let status = desk.run(&["status"]).done();
    assert!(status.text().contains("intake") && status.text().contains("Nothing waits for a person."), "{status:?}");
    let doctor = desk.json(&["doctor"]);
    assert!(doctor.as_array().unwrap().iter().all(|check| check["problem"].is_null()), "{doctor}");
    let listed = desk.json(&["audit", "list", "--after", "0", "--limit", "1000"]);
    let events: Vec<_> = listed.as_array().unwrap().iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(
        events.iter().filter(|event| **event == "file_opened").count(),
        3,
        "every opening is recorded: {events:?}"
    );
    desk.never_said(&[&world.keys.bob]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewing_copy_lasts_as_long_as_the_command_and_no_longer() {
    let world = world().await;
    let desk = Desk::at(&world);
    let (_, file) = desk.find("Archive opens", "cnryfile-settings.xml");
    desk.run(&["open", &file[..8]]).failed(2);
    desk.run(&["open", &file[..8], "--reason", " "]).failed(2);
    desk.run(&["open", &file[..8], "--reason", "find the crash", "--for", "9h"]).failed(2);
    let mut child = desk
        .command(&["open", &file[..8], "--reason", "find the crash", "--for", "2h", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let shown: serde_json::Value = serde_json::from_str(&line).unwrap();
    let path = shown["path"].as_str().unwrap();
    assert_eq!(fs::read(path).unwrap(), bytes_of(&world, "cnryfile-settings.xml"));
    desk.run(&["cases"]).failed(10);
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
    assert!(child.wait().unwrap().success());
    assert!(!fs::exists(path).unwrap(), "the copy is gone");
    assert!(desk.run(&["done", "--all"]).done().text().contains("no viewing copy"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewing_copy_is_made_to_last_longer_by_a_line_and_says_what_went_with_it() {
    let world = world().await;
    let desk = Desk::at(&world);
    let (case, file) = desk.find("Archive opens", "cnryfile-settings.xml");
    let mut child = desk
        .command(&["open", &file[..8], "--reason", "find the crash"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let path = std::path::Path::new(line.trim_end());
    fs::write(path.with_extension("xml~"), "what an editor leaves").unwrap();
    child.stdin.take().unwrap().write_all(b"+9h\nlonger please\n+2h\n\n").unwrap();
    let ended = Ran::of(child.wait_with_output().unwrap()).done();
    for said in [
        "A viewing copy may not last so long",
        "not a length of time",
        "The viewing copy exists until",
        "The viewing copy is erased, with 1 file beside it.",
    ] {
        assert!(ended.stderr.contains(said), "{said}: {ended:?}");
    }
    assert!(!path.parent().unwrap().exists());
    let listed = desk.json(&["audit", "list", "--after", "0", "--limit", "1000"]);
    let count = |word| listed.as_array().unwrap().iter().filter(|event| event["event"] == word).count();
    assert_eq!((count("viewing_copy_extended"), count("viewing_copy_ended")), (1, 1));
    assert!(!desk.json(&["cases", &case]).to_string().contains("find the crash"), "it ended, and is listed no more");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_viewing_copy_that_a_killed_program_left_is_listed_and_ended_by_name() {
    let world = world().await;
    let desk = Desk::at(&world);
    let (_, file) = desk.find("Archive opens", "cnryfile-settings.xml");
    let mut child = desk
        .command(&["open", &file[..8], "--reason", "find the crash", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let shown: serde_json::Value = serde_json::from_str(&line).unwrap();
    let path = std::path::Path::new(shown["path"].as_str().unwrap());
    fs::write(path.with_extension("swp"), "what an editor leaves").unwrap();
    let listed = desk.run(&["files"]).done();
    assert!(listed.text().contains("(find the crash). 1 more file lies beside it."), "{listed:?}");
    let ended = desk.json(&["done", &shown["copy"].as_str().unwrap()[..8]]);
    assert_eq!(
        ended["ended"],
        serde_json::json!([{
            "copy": shown["copy"], "beside": 1, "elsewhere": 0, "open_in": []
        }])
    );
    assert!(!path.parent().unwrap().exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_into_a_drop_folder_is_taken_in_by_a_sync_and_what_is_left_is_listed() {
    let world = world().await;
    let desk = Desk::made();
    desk.connect(&world).done();
    desk.json(&["sync"]);
    let (case, _) = desk.find("Q3 ledger", "cnryfile-page-212.png");
    let shown = desk.json(&["drop", &case[..6]]);
    let folder = std::path::PathBuf::from(shown["folder"].as_str().unwrap());
    fs::write(folder.join("heap.bin"), "from another service").unwrap();
    fs::write(folder.join("rest.zip.part"), "half").unwrap();
    assert_eq!(desk.json(&["sync"])["sealed"], 1);
    let (_, file) = desk.find("Q3 ledger", "heap.bin");
    assert_eq!(Ran::of(desk.command(&["cat", &file]).output().unwrap()).done().stdout, b"from another service");
    assert!(!folder.join("heap.bin").exists() && folder.join("rest.zip.part").exists());
    let left = desk.run(&["drop", &case]).done();
    assert!(left.text().contains("rest.zip.part: its name says that it is not complete"), "{left:?}");
    let whole = desk.run(&["cases", &case]).done();
    assert!(whole.text().contains("Left there rest.zip.part"), "{whole:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_budget_of_the_forum_is_shown_without_asking_it() {
    let world = world().await;
    let desk = Desk::made();
    desk.run(&["doctor", "--forum"]).failed(12);
    desk.connect(&world).done();
    desk.json(&["sync"]);
    let asked = world.forum.requests().len();
    let plan = desk.json(&["doctor", "--forum"]);
    assert_eq!(plan["watched"], 2, "{plan}");
    assert_eq!(plan["next"].as_array().map(Vec::len), Some(2));
    let text = desk.run(&["doctor", "--forum"]).done();
    assert!(text.text().contains("files are held, the ticket is open"), "{text:?}");
    assert_eq!(world.forum.requests().len(), asked, "the forum was asked nothing");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_running_desk_tells_what_happens_without_names_and_stops_in_good_order() {
    let world = world().await;
    let desk = Desk::made();
    desk.connect(&world).done();
    let mut child = desk.command(&["run", "--json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut told = String::new();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    while told.matches("\"file_sealed\"").count() < 5 {
        told.push_str(&lines.next().unwrap().unwrap());
        told.push('\n');
    }
    desk.run(&["files"]).failed(10);
    assert!(std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    lines.map_while(Result::ok).for_each(|line| told.push_str(&format!("{line}\n")));
    let stopped = Ran::of(child.wait_with_output().unwrap()).done();
    assert_eq!(stopped.stderr, "");
    for line in told.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
    }
    for canary in custody_practice::scenario::canaries() {
        assert!(!told.contains(&canary), "{canary} was told");
    }
    assert_eq!(desk.json(&["files"]).as_array().map(Vec::len), Some(5));
}

#[test]
fn another_passphrase_opens_the_desk_and_the_old_one_does_not() {
    let desk = Desk::made();
    let wrong = desk.path("wrong");
    let wrong = wrong.to_str().unwrap();
    desk.run(&["passphrase", "--new-passphrase-file", wrong]).done();
    // Each is tried by changing it again.
    desk.run(&["passphrase", "--new-passphrase-file", wrong]).failed(3);
    desk.run(&["--passphrase-file", wrong, "passphrase", "--new-passphrase-file", wrong]).done();
    desk.never_said(&[]);
}

#[test]
fn a_desk_is_made_once_and_says_where_it_lies() {
    let desk = Desk::none();
    let made = desk.json(&["init", "--key-file"]);
    assert_eq!(made["folder"].as_str(), desk.home().to_str());
    assert_eq!(made["key_store"], "key_file");
    let key = desk.run(&["key"]).done();
    assert_eq!(Some(key.text()), made["public_key"].as_str());
    assert!(key.text().starts_with("-----BEGIN PUBLIC KEY-----"), "{key:?}");
    desk.run(&["init", "--key-file"]).failed(12);
    #[cfg(unix)]
    assert_eq!(mode(&desk.home()), 0o700);
}

//! Signing in on the forum, from the terminal.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, Stdio},
};

use custody_practice::{World, WorldOptions, forum::ForumOptions, scenario::Story};
use serde_json::Value;

use crate::support::{Desk, Ran};

async fn world(old_server: bool) -> World {
    let mut forum = ForumOptions::default();
    forum.sign_in.old_server = old_server;
    forum.sign_in.redirects = vec!["custody://forum/signed-in".to_owned()];
    World::start(WorldOptions { story: Story::Demo, log_size: 100_000, forum, ..WorldOptions::default() })
        .await
        .unwrap()
}

/// The program, waiting for what happens on the forum.
fn start(desk: &Desk, world: &World, more: &[&str]) -> Child {
    let url = world.forum.base_url();
    let budget = ["--group", "support", "--requests-per-minute", "60000", "--requests-per-day", "1000000"];
    desk.command(&[&["connect", "forum", &url][..], &budget[..], more].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Reads what the program says to a person until a line answers, and keeps on reading so that it never waits for us.
fn said<T>(child: &mut Child, mut answer: impl FnMut(&str) -> Option<T>) -> T {
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut lines = lines.map(Result::unwrap);
    let found = lines.by_ref().find_map(|line| answer(&line)).unwrap();
    std::thread::spawn(move || lines.for_each(drop));
    found
}

fn page_of(line: &str) -> Option<String> {
    line.contains("/user-api-key/new?").then(|| line.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_typed_on_the_forum_connects_the_desk() {
    let (desk, world) = (Desk::made(), world(false).await);
    let mut child = start(&desk, &world, &[]);
    let code = said(&mut child, |line| line.strip_prefix("and type the code ")?.get(..9).map(str::to_owned));
    world.forum.approve_device(&code, "bob").unwrap();
    let done = Ran::of(child.wait_with_output().unwrap()).done();
    assert!(done.text().contains("The forum is connected.") && done.text().contains("bob"), "{done:?}");
    desk.run(&["sync"]).done();
    assert_eq!(desk.json(&["cases"]).as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_forum_shows_is_pasted_where_it_knows_no_codes() {
    for (old_server, more) in
        [(true, &["--key-file", "-"][..]), (false, &["--sign-in", "paste", "--replies", "--key-file", "-"])]
    {
        let (desk, world) = (Desk::made(), world(old_server).await);
        let mut child = start(&desk, &world, more);
        let page = said(&mut child, page_of);
        assert_eq!(page.contains("write"), more.contains(&"--replies"), "{page}");
        let shown = world.forum.press_authorize(&page, "bob").unwrap();
        child.stdin.take().unwrap().write_all(shown.as_bytes()).unwrap();
        let done = Ran::of(child.wait_with_output().unwrap()).done();
        // What the key is good for is found out, and what was not asked for is not there.
        assert!(done.text().contains("yes        read") && done.text().contains("yes        message_bus"), "{done:?}");
        assert_eq!(done.text().contains("asked for  write"), more.contains(&"--replies"), "{done:?}");
        desk.run(&["sync"]).done();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_that_the_browser_was_sent_to_is_pasted() {
    let (desk, world) = (Desk::made(), world(false).await);
    let mut child = start(&desk, &world, &["--sign-in", "browser", "--key-file", "-"]);
    let page = said(&mut child, page_of);
    let address = world.forum.press_authorize(&page, "bob").unwrap();
    assert!(address.starts_with("custody://forum/signed-in?payload="));
    writeln!(child.stdin.take().unwrap(), "{address}").unwrap();
    Ran::of(child.wait_with_output().unwrap()).done();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_reads_the_steps_as_lines_of_json() {
    let (desk, world) = (Desk::made(), world(false).await);
    let mut child = start(&desk, &world, &["--json"]);
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let step: Value = serde_json::from_str(&line).unwrap();
    assert!(step["page"].as_str().unwrap().contains("/user-api-key/activate?request="));
    world.forum.approve_device(step["code"].as_str().unwrap(), "bob").unwrap();
    let account: Value = serde_json::from_reader(out).unwrap();
    assert_eq!(account["username"], "bob");
    assert!(child.wait().unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_turned_down_stays_unconnected_and_reads_why_in_two_lines() {
    let (desk, world) = (Desk::made(), world(false).await);
    let mut child = start(&desk, &world, &["--json"]);
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let step: Value = serde_json::from_str(&line).unwrap();
    world.forum.deny_device(step["code"].as_str().unwrap()).unwrap();
    let failed = Ran::of(child.wait_with_output().unwrap());
    assert_ne!(failed.code, 0);
    assert!(failed.stderr.contains("not_allowed"), "{failed:?}");
    assert_eq!(desk.json(&["status"])["connected"], false);
    // A text that was made for nobody, and a forum without codes.
    let url = world.forum.base_url();
    desk.run_with_input(&["connect", "forum", &url, "--sign-in", "paste", "--key-file", "-", "--json"], "QUFBQQ==");
    assert_eq!(desk.json(&["status"])["connected"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_gives_the_key_back() {
    let (desk, world) = (Desk::made(), world(false).await);
    desk.connect(&world).done();
    let left = desk.run(&["disconnect", "forum"]).done();
    assert!(left.text().contains("good for nothing"), "{left:?}");
    desk.connect(&world).failed(5);
    desk.run(&["disconnect", "forum"]).failed(12);

    desk.connect_with(&world, &world.keys.erin).done();
    desk.run(&["disconnect", "forum", "--keep-key"]).done();
    desk.connect_with(&world, &world.keys.erin).done();
    desk.never_said(&[&world.keys.bob, &world.keys.erin]);
}

#[test]
fn a_key_and_a_sign_in_are_two_ways_and_not_one() {
    let desk = Desk::made();
    let url = "https://forum.example";
    for more in [
        &["--user-key"][..],
        &["--identity", "x"],
        &["--user-key", "--identity", "x", "--sign-in", "paste"],
        &["--admin-key", "--identity", "x", "--replies"],
        &["--sign-in", "fax"],
    ] {
        desk.run(&[&["connect", "forum", url][..], more].concat()).failed(2);
    }
}

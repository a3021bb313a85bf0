//! The practice world as another process.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Stdio},
};

use serde_json::Value;

use crate::support::{Desk, custody};

struct Practice {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Practice {
    fn start(arguments: &[&str]) -> (Self, Value) {
        let mut child = custody(&[&["practice", "--control"], arguments].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut practice = Self { child, input, output };
        let description = practice.line();
        (practice, description)
    }

    fn line(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line:?}"))
    }

    fn say(&mut self, line: &str) -> Value {
        writeln!(self.input, "{line}").unwrap();
        self.line()
    }

    fn end(mut self) {
        assert_eq!(self.say("quit")["ok"], true);
        assert!(self.child.wait().unwrap().success());
    }
}

#[test]
fn another_process_can_be_driven_through_a_story() {
    let desk = Desk::made();
    let ca = desk.path("ca.pem");
    let (mut practice, world) = Practice::start(&["--story", "demo", "--ca-file", ca.to_str().unwrap()]);
    assert!(std::fs::read_to_string(&ca).unwrap().starts_with("-----BEGIN CERTIFICATE-----"));
    let (url, key) = (world["forum"]["base_url"].as_str().unwrap(), world["keys"][0]["token"].as_str().unwrap());
    let connect = ["connect", "forum", url, "--user-key", "--identity", "x", "--group", "support", "--key-file", "-"];
    let budget = ["--requests-per-minute", "60000", "--requests-per-day", "1000000"];
    desk.run_with_input(&[&connect[..], &budget[..]].concat(), key).done();
    desk.run(&["sync"]).done();

    let topic = |title: &str| {
        let threads = world["threads"].as_array().unwrap();
        let thread = threads.iter().find(|thread| thread["title"].as_str().unwrap().contains(title));
        thread.unwrap()["id"].as_i64().unwrap()
    };
    assert_eq!(practice.say(&format!("close {}", topic("Q3 ledger")))["ok"], true);
    assert_eq!(practice.say(&format!("ask {}", topic("Archive")))["ok"], true);
    let round = desk.json(&["sync"]);
    assert_eq!(round["erased"], 2, "what the customer asked for: {round}");
    let states: Vec<String> = desk
        .json(&["files"])
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["state"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(states, ["due"; 3], "the closed ticket's files wait through their grace");

    let before = practice.say("clock +0m")["time"].as_str().unwrap()[..10].to_owned();
    let after = practice.say("clock +3d")["time"].as_str().unwrap()[..10].to_owned();
    assert!(after > before, "{after} is after {before}");
    for line in ["close 1", "ask 1", "reply nobody@customer.example Yes", "clock tomorrow", "nonsense"] {
        let refused = practice.say(line);
        assert_eq!(refused["ok"], false, "{line}: {refused}");
    }
    practice.end();
}

#[test]
fn the_world_ends_with_its_input() {
    let (practice, world) = Practice::start(&["--story", "empty"]);
    assert_eq!(world["threads"].as_array().map(Vec::len), Some(0));
    let Practice { mut child, input, .. } = practice;
    drop(input);
    assert!(child.wait().unwrap().success());
}

//! Lines that drive a practice world, and their answers.

use std::io::{self, BufRead as _, Read as _};

use custody_core::SignedDuration;
use custody_practice::{World, forum::TopicId, scenario};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::{failure::Failure, out::Out, times};

/// The most bytes of a line.
const LINE_LIMIT: u64 = 64 << 10;

/// One line, understood.
#[derive(Debug, PartialEq, Eq)]
enum Line<'a> {
    Close(TopicId),
    Ask(TopicId),
    Reply { address: &'a str, text: &'a str },
    Clock(SignedDuration),
    Quit,
}

/// Answers every line until `quit` or the end of the input.
pub async fn drive(world: &World, out: &mut Out) -> Result<(), Failure> {
    let mut lines = lines();
    while let Some(line) = lines.recv().await {
        match understood(&line) {
            Ok(Line::Quit) => {
                out.json_line(&json!({ "ok": true }))?;
                break;
            }
            Ok(line) => out.json_line(&done(world, line).await)?,
            Err(why) => out.json_line(&refused(why))?,
        }
    }
    Ok(())
}

fn understood(line: &str) -> Result<Line<'_>, &'static str> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    let topic = || rest.parse().map(TopicId).map_err(|_| "a topic is a number");
    match word {
        "close" => topic().map(Line::Close),
        "ask" => topic().map(Line::Ask),
        "reply" => {
            let (address, text) = rest.split_once(' ').ok_or("write it as: reply ADDRESS TEXT")?;
            Ok(Line::Reply { address, text: text.trim() })
        }
        "clock" => step(rest).map(Line::Clock),
        "quit" => Ok(Line::Quit),
        _ => Err("not a command: close, ask, reply, clock, quit"),
    }
}

fn step(text: &str) -> Result<SignedDuration, &'static str> {
    const WRITE: &str = "write it as +3d, +12h, -30m";
    let (back, length) = match text.split_at_checked(1) {
        Some(("+", length)) => (false, length),
        Some(("-", length)) => (true, length),
        _ => return Err(WRITE),
    };
    let step = times::length(length).map_err(|_| WRITE)?.as_duration();
    Ok(if back { -step } else { step })
}

async fn done(world: &World, line: Line<'_>) -> Value {
    match line {
        Line::Close(topic) => match world.forum.close(topic) {
            Ok(()) => json!({ "ok": true, "topic": topic.0 }),
            Err(_) => refused("there is no such topic"),
        },
        Line::Ask(topic) => {
            let Some(case) = world.cases.iter().find(|case| case.topic == topic) else {
                return refused("no case of the story is this topic");
            };
            match scenario::ask_for_removal(&world.forum, case).await {
                Ok(()) => json!({ "ok": true, "topic": topic.0 }),
                Err(_) => refused("the customer cannot write there"),
            }
        }
        Line::Reply { address, text } => match world.mail.letters(address).last() {
            Some(letter) => json!({ "ok": true, "message_id": world.mail.reply(address, letter, text) }),
            None => refused("there is no letter in this mailbox"),
        },
        Line::Clock(step) => {
            world.clock.advance(step);
            json!({ "ok": true, "time": world.clock.now().to_string() })
        }
        Line::Quit => json!({ "ok": true }),
    }
}

fn refused(why: &str) -> Value {
    json!({ "ok": false, "why": why })
}

/// Lines of standard input, read by a thread of its own: such a read cannot be called off.
fn lines() -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel(1);
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            let mut line = String::new();
            let count = input.by_ref().take(LINE_LIMIT).read_line(&mut line).unwrap_or_default();
            let line = line.trim().to_owned();
            if count == 0 || (!line.is_empty() && sender.blocking_send(line).is_err()) {
                return;
            }
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_understood_or_refused() {
        assert_eq!(understood("close 1004"), Ok(Line::Close(TopicId(1004))));
        assert_eq!(understood("ask  1004 "), Ok(Line::Ask(TopicId(1004))));
        assert_eq!(
            understood("reply a@customer.example  Yes, thank you"),
            Ok(Line::Reply { address: "a@customer.example", text: "Yes, thank you" })
        );
        assert_eq!(understood("clock +3d"), Ok(Line::Clock(SignedDuration::from_hours(72))));
        assert_eq!(understood("clock -30m"), Ok(Line::Clock(SignedDuration::from_mins(-30))));
        assert_eq!(understood("quit"), Ok(Line::Quit));
        for line in ["", "close", "close it", "reply a@b", "clock 3d", "clock +3y", "clock", "CLOSE 1"] {
            assert!(understood(line).is_err(), "{line:?} is refused");
        }
    }
}

//! The program with the window. Everything is in the library, so that tests can reach it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use custody_app::{Link, Start, Which, run};

const USAGE: &str = "\
Custody, the window.

Usage: custody-app [--practice] [--in-background] [LINK]

  --practice        open a practice desk: a world on this machine, in a folder that is removed at the end
  --in-background   wait in the tray, or as a small window where no tray is shown
  LINK              where to go: custody://case/ID, custody://receipt/ID or custody://attention
  --help            this text
  --version         the version
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let start = match words[..] {
        ["--help" | "-h"] => return say(std::io::stdout(), USAGE, ExitCode::SUCCESS),
        ["--version" | "-V"] => {
            let version = concat!("Custody ", env!("CARGO_PKG_VERSION"), "\n");
            return say(std::io::stdout(), version, ExitCode::SUCCESS);
        }
        _ => match start(&words) {
            Some(start) => start,
            None => return say(std::io::stderr(), USAGE, ExitCode::from(2)),
        },
    };
    match run(start) {
        Ok(code) => code,
        Err(error) => {
            let text = format!("The window cannot be opened. Nothing was changed.\nThe system says: {error}\n");
            say(std::io::stderr(), &text, ExitCode::FAILURE)
        }
    }
}

/// What the words say; none if one is not known, or stands twice.
fn start(words: &[&str]) -> Option<Start> {
    let mut start = Start::default();
    for word in words {
        match *word {
            "--practice" if start.which == Which::OwnDesk => start.which = Which::Practice,
            "--in-background" if !start.in_background => start.in_background = true,
            link if Link::is_meant(link) && start.link.is_none() => start.link = Some(link.to_owned()),
            _ => return None,
        }
    }
    Some(start)
}

/// A terminal that is closed reads nothing: that is no reason to fail.
fn say(mut to: impl std::io::Write, text: &str, code: ExitCode) -> ExitCode {
    let _ = to.write_all(text.as_bytes());
    code
}

//! The program with the window. Everything is in the library, so that tests can reach it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use custody_app::{Start, run};

const USAGE: &str = "\
Custody, the window.

Usage: custody-app [--practice]

  --practice   open a practice desk: a world on this machine, in a folder that is removed at the end
  --help       this text
  --version    the version
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let start = match words[..] {
        [] => Start::OwnDesk,
        ["--practice"] => Start::Practice,
        ["--help" | "-h"] => return say(std::io::stdout(), USAGE, ExitCode::SUCCESS),
        ["--version" | "-V"] => {
            let version = concat!("Custody ", env!("CARGO_PKG_VERSION"), "\n");
            return say(std::io::stdout(), version, ExitCode::SUCCESS);
        }
        _ => return say(std::io::stderr(), USAGE, ExitCode::from(2)),
    };
    match run(start) {
        Ok(code) => code,
        Err(error) => {
            let text = format!("The window cannot be opened. Nothing was changed.\nThe system says: {error}\n");
            say(std::io::stderr(), &text, ExitCode::FAILURE)
        }
    }
}

/// A terminal that is closed reads nothing: that is no reason to fail.
fn say(mut to: impl std::io::Write, text: &str, code: ExitCode) -> ExitCode {
    let _ = to.write_all(text.as_bytes());
    code
}

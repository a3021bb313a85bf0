//! `custody demo`: the whole life of two cases on the practice world, with the real clients and the real vault.
//!
//! It checks itself: every promise it shows is looked at, and one that is broken is a non-zero exit.

mod papers;
mod play;
mod promises;
mod search;

use std::path::PathBuf;

use clap::{Args, ValueHint};
use custody_desk::{Places, logs};
use custody_practice::{WorldOptions, scenario::Story};
use custody_practice_desk::{PracticeDesk, PracticeError};
use jiff::Timestamp;
use serde::Serialize;

use crate::{context::Context, failure::Failure};
use play::Play;
use promises::Promise;

/// Play two files' whole lives on a practice world, and check every promise
///
/// A private forum, its mail servers and two customers are started on this machine. One customer's ticket closes; the other
/// asks in the thread that the files be erased. Every step is shown in plain words, the clock is moved through grace, and
/// what is left at the end lies in a folder: receipts, letters, the report and the audit chain.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  custody demo
  custody demo --out ./custody-demo
  custody demo --json

The desk of the demo lies in the same folder; nothing else on this machine is touched.")]
pub struct Demo {
    /// Where the papers go; made anew [default: a folder among the system's temporary ones]
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    out: Option<PathBuf>,
}

/// What the demo left, for programs.
#[derive(Debug, Serialize)]
struct Outcome<'a> {
    folder: &'a std::path::Path,
    promises: &'a [Promise],
    kept: bool,
}

/// Plays the demo.
pub async fn demo(args: Demo, context: &mut Context) -> Result<(), Failure> {
    let folder = match args.out {
        Some(folder) => folder,
        None => std::env::temp_dir().join(unused_name()),
    };
    let folder = std::path::absolute(folder).map_err(Failure::CannotWrite)?;
    papers::make_folder(&folder)?;
    let home = folder.join("desk");
    logs::start(&Places::under(&home)?)?;

    let practice = PracticeDesk::start(&home, WorldOptions { story: Story::Demo, ..WorldOptions::default() }).await?;
    let mut play = Play::new(&practice, &folder, &mut context.out);
    let played = play.whole().await;
    let promises = std::mem::take(&mut play.promises);
    practice.close().await?;
    played?;

    let kept = promises.iter().all(|promise| promise.kept);
    let outcome = Outcome { folder: &folder, promises: &promises, kept };
    context.out.show(&outcome, |outcome| promises::in_words(outcome.promises, outcome.folder))?;
    let broken = promises.iter().filter(|promise| !promise.kept).count();
    if kept { Ok(()) } else { Err(Failure::PromiseBroken(broken)) }
}

/// A name that no other demo has.
fn unused_name() -> String {
    #[expect(clippy::disallowed_methods, reason = "names a folder; no rule reads it")]
    let now = Timestamp::now();
    format!("custody-demo-{}-{}", now.strftime("%Y%m%d-%H%M%S"), std::process::id())
}

impl From<PracticeError> for Failure {
    fn from(error: PracticeError) -> Self {
        match error {
            PracticeError::Desk(error) => Self::Desk(error),
            PracticeError::World(error) => Self::Practice(error),
            other => Self::Demo(Box::new(other)),
        }
    }
}

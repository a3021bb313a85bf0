//! `custody sync`

use std::collections::HashSet;

use clap::Args;
use custody_core::ports::Fault;
use custody_desk::{Desk, views::RoundView, words::counted as count};

use crate::{
    context::Context,
    failure::{Failure, on_one_line},
    progress::Bars,
    stop,
};

const EXAMPLES: &str = "\
Examples:
  custody sync
  custody sync --json | jq .sealed";

/// Make one whole round now: take in, read tickets and mail, sweep, erase, send receipts
///
/// What a crash left behind is finished first. A job that meets a problem stops no other job. Every problem is listed; the exit
/// code is that of the first one, and what was done stays done. Killed in the middle, it loses nothing: the next round goes on.
/// It needs no passphrase.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Sync {}

/// Makes one round.
pub async fn sync(_args: Sync, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let bars = Bars::new();
            let work = async {
                desk.reconcile().await?;
                Ok::<_, Failure>(desk.round(&bars).await)
            };
            let round = tokio::select! {
                round = work => round,
                asked = stop::asked() => Err(asked.map_or_else(Failure::Terminal, |()| Failure::Stopped)),
            };
            bars.clear();
            let round = round?;
            context.out.show(&round, text)?;
            outcome(desk, &round).await
        })
        .await
}

/// The round in words.
pub fn text(round: &RoundView) -> String {
    let mut text = format!(
        "{} taken in, {} decided upon, {} erased, {} sent, {} read.\n",
        count(round.sealed, "file"),
        count(round.decided, "file"),
        count(round.erased, "file"),
        count(round.sent, "receipt"),
        count(round.answers, "answer"),
    );
    let mut told = HashSet::new();
    for met in &round.problems {
        // One fault met by several jobs is one thing to do.
        if told.insert(met.problem.code) {
            text.push_str(&format!("{:<9} {}\n", met.job.as_str(), on_one_line(&met.problem.what)));
        }
    }
    text
}

/// The first problem of a round as a failure, with the token if it is the cap.
pub async fn outcome(desk: &Desk, round: &RoundView) -> Result<(), Failure> {
    match round.problems.first() {
        None => Ok(()),
        Some(met) if met.problem.code == Fault::OverCap => {
            let plan = desk.plan().await?;
            Err(Failure::OverCap { cap: plan.cap, token: plan.token })
        }
        Some(met) => Err(met.problem.clone().into()),
    }
}

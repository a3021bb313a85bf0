//! `custody sweep`

use clap::Args;
use custody_core::ports::Fault;
use custody_desk::{Desk, views::PlanView, words};

use super::sync;
use crate::{
    context::Context,
    failure::Failure,
    ids::short,
    table::{Side, Table, clipped},
    times::local_or_dash,
};

const EXAMPLES: &str = "\
Examples:
  custody sweep --plan
  custody sweep
  custody sweep --approve 5f0c1d...";

/// Decide what is due, erase it and send receipts, without asking forum or mail for news
///
/// --plan shows what a sweep would do now, file by file and why, and changes nothing: the plan and the sweep are the same
/// calculation. A sweep that would erase more than the cap of the settings erases only what customers asked for, and asks: it ends
/// with exit code 11 and the token of its plan. `--approve TOKEN` erases exactly that plan, and nothing if it changed since.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Sweep {
    /// Show what would be done, and do nothing
    #[arg(long, conflicts_with = "approve")]
    plan: bool,
    /// Approve the plan with this token, though it is over the cap
    #[arg(long, value_name = "TOKEN")]
    approve: Option<String>,
}

/// Sweeps, or shows what a sweep would do.
pub async fn sweep(args: Sweep, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            if args.plan {
                let plan = desk.plan().await?;
                let styled = context.out.is_styled();
                return context.out.show(&plan, |plan| text(plan, styled));
            }
            let round = match &args.approve {
                Some(token) => approved(desk, token.trim()).await?,
                None => desk.sweep().await,
            };
            context.out.show(&round, sync::text)?;
            sync::outcome(desk, &round).await
        })
        .await
}

async fn approved(desk: &Desk, token: &str) -> Result<custody_desk::views::RoundView, Failure> {
    match desk.approve_sweep(token).await {
        // The token of another plan: what is due has changed since somebody looked.
        Err(error) if error.fault() == Fault::OverCap => {
            let plan = desk.plan().await?;
            Err(Failure::OverCap { cap: plan.cap, token: plan.token })
        }
        done => Ok(done?),
    }
}

fn text(plan: &PlanView, styled: bool) -> String {
    let mut table = Table::new([
        ("FILE", Side::Left),
        ("CASE", Side::Left),
        ("OUTCOME", Side::Left),
        ("ERASED ON", Side::Left),
        ("NAME", Side::Left),
        ("WHY", Side::Left),
    ]);
    for line in &plan.lines {
        table.row([
            short(&line.file).to_owned(),
            short(&line.case).to_owned(),
            outcome(&line.outcome).to_owned(),
            local_or_dash(line.erases_at.as_deref()),
            clipped(&line.name, 32),
            words::reasons(&line.why),
        ]);
    }
    let mut text = table.text(styled, "No file is in custody.");
    text.push_str(&format!("\n{} to erase now; the cap is {}.\n", plan.would_erase, plan.cap));
    if u64::from(plan.would_erase) > plan.cap {
        text.push_str(&format!("If it is right: custody sweep --approve {}\n", plan.token));
    }
    text
}

/// A plan's words for people.
pub fn outcome(word: &str) -> &str {
    match word {
        "keep" => "kept",
        "mark_due" => "becomes due",
        "wait" => "due, in grace",
        "spare" => "spared",
        "erase" => "erased now",
        other => other,
    }
}

//! `custody holds`

use clap::{Args, Subcommand};
use custody_core::Timestamp;
use custody_desk::views::HoldView;
use jiff::tz::TimeZone;
use serde_json::json;

use crate::{
    context::Context,
    failure::Failure,
    ids::short,
    named,
    table::{Side, Table, clipped},
    times::{self, local},
};

const EXAMPLES: &str = "\
Examples:
  custody holds
  custody holds --due
  custody holds review 9c41d0 --on '30 days'
  custody holds hand-on 9c41d0 --to alice
  custody holds --json | jq -r '.[] | select(.owner == \"bob\") | .id'";

/// List the holds that are placed, review one, or hand it on
///
/// Each with what it covers, whose it is, why, and when its owner is to look at it again. A review whose time is over is marked, and
/// waits in `custody status` until somebody names a new one or lifts the hold. Lifted holds stand in the timeline of their case
/// (`custody cases CASE`).
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Holds {
    #[command(subcommand)]
    what: Option<What>,
    /// Only those whose review is over
    #[arg(long)]
    due: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    Review(Review),
    HandOn(HandOn),
}

/// Say when a hold is to be looked at again
///
/// You looked at it, and it is still needed: the hold stays, with a new time for its review. Who set it and when is recorded.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  custody holds review 9c41d0 --on 2026-12-24\n  custody holds review 9c41d0 --on '14 days'"
)]
struct Review {
    /// The hold
    #[arg(value_name = "HOLD")]
    hold: String,
    /// When: a date, or a time from now such as "14 days"
    #[arg(long, value_name = "DATE")]
    on: String,
}

/// Make somebody else answer for a hold
///
/// Its reason and review stay as they are; from now on it stands with the other name. Who handed it on and when is recorded.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  custody holds hand-on 9c41d0 --to alice")]
struct HandOn {
    /// The hold
    #[arg(value_name = "HOLD")]
    hold: String,
    /// The name under which they act
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    to: String,
}

/// Does one of these.
pub async fn holds(args: Holds, context: &mut Context) -> Result<(), Failure> {
    match args.what {
        None => list_all(args.due, context).await,
        Some(What::Review(args)) => review(args, context).await,
        Some(What::HandOn(args)) => hand_on(args, context).await,
    }
}

async fn list_all(due: bool, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let (styled, now) = (context.out.is_styled(), desk.now());
            let mut holds = desk.holds().await?;
            holds.retain(|hold| !due || is_due(hold, now));
            context.out.show(holds.as_slice(), |holds| list(holds, now, styled))
        })
        .await
}

async fn review(args: Review, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let review_at = times::ahead(&args.on, desk.now(), &TimeZone::system())?;
            let hold = named::hold(desk, &args.hold).await?;
            desk.review_hold(hold, review_at).await?;
            context.out.show(&json!({ "hold": hold, "review_at": review_at }), |_| {
                format!(
                    "Hold {} stays. It is to be looked at again on {}.\n",
                    hold.short(),
                    times::local_moment(review_at)
                )
            })
        })
        .await
}

async fn hand_on(args: HandOn, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let hold = named::hold(desk, &args.hold).await?;
            desk.hand_hold_on(hold, &args.to.clone().into()).await?;
            context.out.show(&json!({ "hold": hold, "owner": args.to }), |_| {
                format!("Hold {} is handed on to {}.\n", hold.short(), clipped(&args.to, 64))
            })
        })
        .await
}

/// The table of holds, as of now.
pub fn list(holds: &[HoldView], now: Timestamp, styled: bool) -> String {
    let mut table = Table::new([
        ("HOLD", Side::Left),
        ("COVERS", Side::Left),
        ("OWNER", Side::Left),
        ("REVIEW", Side::Left),
        ("LIFTED", Side::Left),
        ("REASON", Side::Left),
    ]);
    for hold in holds {
        let over = if is_due(hold, now) { " (over)" } else { "" };
        table.row([
            short(&hold.id).to_owned(),
            format!("{} {}", hold.scope, short(&hold.covers)),
            clipped(&hold.owner, 24),
            format!("{}{over}", local(&hold.review_at)),
            times::local_or_dash(hold.lifted_at.as_deref()),
            reasons(hold),
        ]);
    }
    table.text(styled, "No hold is placed.")
}

fn is_due(hold: &HoldView, now: Timestamp) -> bool {
    hold.lifted_at.is_none() && hold.review_at.parse().is_ok_and(|review: Timestamp| review <= now)
}

fn reasons(hold: &HoldView) -> String {
    match &hold.lifted_by {
        None => hold.reason.clone(),
        Some(by) => format!("{}; lifted by {}: {}", hold.reason, clipped(by, 24), hold.lift_reason),
    }
}

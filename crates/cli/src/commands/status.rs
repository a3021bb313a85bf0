//! `custody status`

use clap::Args;
use custody_desk::views::{AttentionKind, AttentionView, DeskView};

use crate::{
    context::Context,
    failure::Failure,
    ids::short,
    table::{Side, Table},
    times::{local, local_or_dash},
};

const EXAMPLES: &str = "\
Examples:
  custody status
  custody status --json | jq '.attention | length'";

/// Show how the desk stands and what waits for a person
///
/// The usual retention rule, the last run of every job, and everything that a person has to look at: unclear requests, receipts
/// that came back or are disputed, lost files, a sweep that is over the cap, holds to be reviewed.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Status {}

/// Shows the desk as a whole.
pub async fn status(_args: Status, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let view = desk.view().await?;
            let styled = context.out.is_styled();
            context.out.show(&view, |view| text(view, styled))
        })
        .await
}

fn text(view: &DeskView, styled: bool) -> String {
    let forum = if view.connected { "connected" } else { "not connected: `custody connect forum`" };
    let mut text = format!("Rule   {}\nForum  {forum}\n\n", view.rule);
    let mut jobs =
        Table::new([("JOB", Side::Left), ("LAST RUN", Side::Left), ("LAST GOOD", Side::Left), ("MET", Side::Left)]);
    for job in &view.jobs {
        let met = job.problem.as_ref().map_or_else(|| "-".to_owned(), |problem| problem.what.clone());
        jobs.row([job.job.as_str().to_owned(), local(&job.ran_at), local_or_dash(job.good_at.as_deref()), met]);
    }
    text.push_str(&jobs.text(styled, "No job has run yet: `custody sync` makes a round, `custody run` goes on."));
    text.push('\n');
    let mut waits = Table::new([("WAITS FOR A PERSON", Side::Left), ("SINCE", Side::Left), ("WHICH", Side::Left)]);
    for view in &view.attention {
        waits.row([kind(view.kind).to_owned(), local(&view.since), which(view)]);
    }
    text.push_str(&waits.text(styled, "Nothing waits for a person."));
    text
}

fn which(view: &AttentionView) -> String {
    let named = [("request", &view.request), ("receipt", &view.receipt), ("case", &view.case)];
    let named: Vec<String> =
        named.iter().filter_map(|(kind, id)| id.as_ref().map(|id| format!("{kind} {}", short(id)))).collect();
    if named.is_empty() { "-".to_owned() } else { named.join(", ") }
}

const fn kind(kind: AttentionKind) -> &'static str {
    match kind {
        AttentionKind::UnclearRequest => "an unclear request (custody request)",
        AttentionKind::ReceiptBounced => "a receipt came back (custody receipt resend)",
        AttentionKind::ReceiptDisputed => "a receipt is disputed",
        AttentionKind::AnswerUnclear => "an unclear answer to a receipt",
        AttentionKind::FileLost => "a file is missing or damaged",
        AttentionKind::ErasureStuck => "an erasure does not succeed",
        AttentionKind::CaseExposed => "a thread is private no longer",
        AttentionKind::SweepStopped => "the sweep is over the cap (custody sweep --plan)",
        AttentionKind::RulesDiffer => "settings.toml holds rules that are not in force (custody rules)",
        AttentionKind::HoldReview => "a hold is to be reviewed (custody holds)",
        AttentionKind::LeftInDropFolder => "a drop folder holds what cannot be taken in (custody drop)",
        AttentionKind::TicketOffered => "a ticket that the thread names may be the case's",
    }
}

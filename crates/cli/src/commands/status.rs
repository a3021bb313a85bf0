//! `custody status`

use clap::Args;
use custody_desk::views::{AttentionKind, AttentionView, DeskView, JobStanding, ReconciledView};

use super::reconcile;
use crate::{
    context::Context,
    failure::Failure,
    ids::short,
    table::{Side, Table, size},
    times::{local, local_or_dash},
};

const EXAMPLES: &str = "\
Examples:
  custody status
  custody status --json | jq '.attention | length'";

/// Show how the desk stands and what waits for a person
///
/// The usual retention rule, the last run of every job and how it stands, and everything that a person has to look at: unclear
/// requests, receipts that came back or are disputed, lost files, a sweep that is over the cap, holds to be reviewed. A job is late
/// when it should have run again by now, and stopped when it is late by more than the time between two runs: then nothing is taken
/// in or erased, and `custody run` or the window should be at work.
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
    let mut jobs = Table::new([
        ("JOB", Side::Left),
        ("STANDING", Side::Left),
        ("LAST RUN", Side::Left),
        ("LAST GOOD", Side::Left),
        ("MET", Side::Left),
    ]);
    // Jobs that were never run at all are told in one line below.
    for job in view.jobs.iter().filter(|job| job.standing != JobStanding::NotYet) {
        let met = job.problem.as_ref().map_or_else(|| "-".to_owned(), |problem| problem.what.clone());
        jobs.row([
            job.job.as_str().to_owned(),
            standing(job.standing).to_owned(),
            local_or_dash(job.ran_at.as_deref()),
            local_or_dash(job.good_at.as_deref()),
            met,
        ]);
    }
    text.push_str(&jobs.text(styled, "No job has run yet: `custody sync` makes a round, `custody run` goes on."));
    text.push('\n');
    let mut waits = Table::new([("WAITS FOR A PERSON", Side::Left), ("SINCE", Side::Left), ("WHICH", Side::Left)]);
    for view in &view.attention {
        waits.row([kind(view.kind).to_owned(), local(&view.since), which(view)]);
    }
    text.push_str(&waits.text(styled, "Nothing waits for a person."));
    if let Some(found) = &view.reconciled {
        text.push_str(&format!("\n{}", reconciled(found)));
    }
    if let Some(last) = &view.drilled {
        let result = if last.passed { "passed" } else { "did not pass" };
        text.push_str(&format!("Drill with {}, {}: {result}.\n", last.target, local(&last.at)));
    }
    text
}

/// How a job stands, in a word or two.
pub const fn standing(standing: JobStanding) -> &'static str {
    match standing {
        JobStanding::NotYet => "not run yet",
        JobStanding::Good => "good",
        JobStanding::Failing => "failing",
        JobStanding::Paused => "paused",
        JobStanding::Late => "late",
        JobStanding::Stopped => "stopped",
    }
}

/// The last comparison in two lines, and whatever does not fit.
fn reconciled(found: &ReconciledView) -> String {
    let mut text = format!(
        "Compared {}: {} held files of {} by the ledger; {} sealed by the disk, in {} of its room.\n",
        local(&found.at),
        found.whole,
        size(found.counted_bytes),
        size(found.physical_bytes),
        size(found.occupied_bytes)
    );
    for line in reconcile::wrong(found) {
        text.push_str(&format!("{line}\n"));
    }
    text
}

fn which(view: &AttentionView) -> String {
    let named = [
        ("request", &view.request),
        ("hold", &view.hold),
        ("proposal", &view.proposal),
        ("receipt", &view.receipt),
        ("case", &view.case),
    ];
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
        AttentionKind::ViewingCopyStays => "a viewing copy cannot be erased",
        AttentionKind::ErasureStuck => "an erasure does not succeed",
        AttentionKind::CaseExposed => "a thread is private no longer",
        AttentionKind::SweepStopped => "the sweep is over the cap (custody sweep --plan)",
        AttentionKind::RulesDiffer => "settings.toml holds rules that are not in force (custody rules)",
        AttentionKind::KitNotSaved => "the recovery kit is not saved (custody recovery)",
        AttentionKind::HoldReview => "a hold is to be reviewed (custody holds)",
        AttentionKind::ReplyBounced => "a letter about a hold came back (custody request tell)",
        AttentionKind::ApprovalWaits => "a second person has to approve something (custody approvals)",
        AttentionKind::LeftInDropFolder => "a drop folder holds what cannot be taken in (custody drop)",
        AttentionKind::NotReconciled => "disk, ledger and keys do not fit (custody reconcile)",
        AttentionKind::TicketOffered => "a ticket that the thread names may be the case's",
    }
}

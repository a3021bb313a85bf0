//! `custody doctor`

use clap::Args;
use custody_desk::views::{CheckView, ForumPlanView};

use crate::{
    context::Context,
    failure::{Failure, on_one_line},
    ids::short,
    table::{Side, Table},
    times::local_or_dash,
};

const EXAMPLES: &str = "\
Examples:
  custody doctor
  custody doctor --forum
  custody doctor --json | jq '.[] | select(.problem)'";

/// Check everything the desk depends on
///
/// Settings, strongroom, keys, the ledger's chain, forum, mail and the last run of every job are looked at, and nothing is changed.
/// What is wrong is told in two lines: what it is, and what to do. The exit code is that of the first thing that is wrong. No
/// secret is ever printed, so the output may be shown to whoever helps.
///
/// A forum lets each key ask so many times a minute and a day. With --forum the plan of this budget is shown instead: what is left of
/// it, how long it takes until every open thread was read again for its ticket, and which threads are next. The forum is asked nothing.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Doctor {
    /// Show how the forum's budget of requests is spent
    #[arg(long)]
    forum: bool,
}

/// Runs every check.
pub async fn doctor(args: Doctor, context: &mut Context) -> Result<(), Failure> {
    if args.forum {
        return context.with_desk(async |desk, context| context.out.show(&desk.forum_plan().await?, plan)).await;
    }
    let opened = context
        .with_desk(async |desk, context| {
            let mut checks = vec![opens(&desk.places().root().display().to_string())];
            checks.extend(desk.doctor().await);
            context.out.show(checks.as_slice(), text)?;
            Ok(checks.into_iter().find_map(|check| check.problem))
        })
        .await;
    match opened {
        Ok(None) => Ok(()),
        Ok(Some(problem)) => Err(problem.into()),
        Err(Failure::Desk(error)) => {
            let failed = CheckView {
                name: "desk".to_owned(),
                found: "cannot be opened".to_owned(),
                problem: Some(error.problem()),
            };
            context.out.show([failed].as_slice(), text)?;
            Err(error.into())
        }
        Err(failure) => Err(failure),
    }
}

fn plan(plan: &ForumPlanView) -> String {
    let of = |left: u32, all: u32| format!("{left} of {all} left");
    let mut text = String::new();
    for (name, value) in [
        ("This minute", of(plan.left_this_minute, plan.per_minute)),
        ("Today", of(plan.left_today, plan.per_day)),
        ("Paused", plan.paused_for.map_or("no".to_owned(), |seconds| format!("for {seconds} s, as the forum asked"))),
        ("Watched", format!("{} threads for their tickets", plan.watched)),
        ("Each round", format!("at most {} of them, every {} minutes", plan.each_round, plan.round_minutes)),
        ("All read in", format!("{} hours at most", plan.all_within_hours)),
    ] {
        text.push_str(&format!("{name:<12} {value}\n"));
    }
    let mut table = Table::new([("NEXT", Side::Left), ("WHY", Side::Left), ("LAST READ", Side::Left)]);
    for next in &plan.next {
        let why = match next.urgency.as_str() {
            "unknown" => "its ticket is in doubt",
            "open" => "files are held, the ticket is open",
            "closed" => "files are due, the ticket is closed",
            _ => "no files are held",
        };
        table.row([short(&next.case).to_owned(), why.to_owned(), local_or_dash(next.read_at.as_deref())]);
    }
    format!("{text}\n{}", table.text(false, "No thread is watched."))
}

fn opens(folder: &str) -> CheckView {
    CheckView { name: "desk".to_owned(), found: format!("opens, in {folder}"), problem: None }
}

fn text(checks: &[CheckView]) -> String {
    let mut text = String::new();
    for check in checks {
        let mark = if check.problem.is_some() { "!!" } else { "ok" };
        text.push_str(&format!("{mark}  {:<16}  {}\n", check.name, check.found));
        if let Some(problem) = &check.problem {
            text.push_str(&format!("    {}\n    {}\n", on_one_line(&problem.what), on_one_line(&problem.todo)));
        }
    }
    text
}

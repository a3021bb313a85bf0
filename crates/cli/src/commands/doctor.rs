//! `custody doctor`

use clap::Args;
use custody_desk::views::CheckView;

use crate::{
    context::Context,
    failure::{Failure, on_one_line},
};

const EXAMPLES: &str = "\
Examples:
  custody doctor
  custody doctor --json | jq '.[] | select(.problem)'";

/// Check everything the desk depends on
///
/// Settings, strongroom, keys, the ledger's chain, forum, mail and the last run of every job are looked at, and nothing is changed.
/// What is wrong is told in two lines: what it is, and what to do. The exit code is that of the first thing that is wrong. No
/// secret is ever printed, so the output may be shown to whoever helps.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Doctor {}

/// Runs every check.
pub async fn doctor(_args: Doctor, context: &mut Context) -> Result<(), Failure> {
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

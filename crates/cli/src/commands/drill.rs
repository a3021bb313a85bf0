//! `custody drill`

use clap::Args;
use custody_desk::views::{DrillStep, DrillView};

use super::recovery::KitFile;
use crate::{context::Context, failure::Failure};

const EXAMPLES: &str = "\
Examples:
  custody drill
  custody drill second-disk --with-kit";

/// Prove that a backup can be restored and that erasing holds
///
/// A canary is taken in on a scratch desk, backed up at the very place of the backup, restored, erased, and restored again from the
/// newest backup and from an old copy of it: it must not come back. Then this desk's own backup is looked at; with the recovery kit its
/// state is opened too. The result is recorded, and the report carries the last one. Nothing of the desk itself is changed.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Drill {
    /// The backup; it can be left out if there is only one
    name: Option<String>,
    /// Ask for the recovery kit and open the backup's own state with it
    #[arg(long)]
    with_kit: bool,
    #[command(flatten)]
    kit: KitFile,
}

/// Runs the drill.
pub async fn drill(args: Drill, context: &mut Context) -> Result<(), Failure> {
    let kit = if args.with_kit || args.kit.kit_file.is_some() { Some(args.kit.read()?) } else { None };
    context
        .with_desk(async |desk, context| {
            let backups = desk.settings().backups;
            let name = match (args.name, backups.as_slice()) {
                (Some(name), _) => name,
                (None, [only]) => only.name.clone(),
                (None, _) => return Err(Failure::WhichBackup),
            };
            let view = desk.drill(&name, kit.as_ref()).await?;
            context.out.show(&view, text)?;
            match view.steps.into_iter().find_map(|step| step.problem) {
                Some(problem) => Err(problem.into()),
                None => Ok(()),
            }
        })
        .await
}

fn text(view: &DrillView) -> String {
    let mut text = String::new();
    for step in &view.steps {
        let what = match step.step {
            DrillStep::TakenIn => "a canary was taken in, sealed, and reads as it was sent",
            DrillStep::BackedUp => "it was copied to the backup, with a state",
            DrillStep::Restored => "a new desk out of that backup opens it",
            DrillStep::Erased => "it was erased there, and the receipt is complete",
            DrillStep::NotBroughtBack => "neither the newest backup nor an old copy of it brings it back",
            DrillStep::OwnIsCurrent => "this desk's own backup has everything that is held",
            DrillStep::KitOpens => "the recovery kit opens this desk's own backup",
        };
        let mark = if step.problem.is_none() { "ok  " } else { "FAIL" };
        text.push_str(&format!("  {mark}  {what}\n"));
    }
    let outcome = if view.passed { "passed" } else { "not passed" };
    format!("{text}\nDrill with {}: {outcome}.\n", view.target)
}

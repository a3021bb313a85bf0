//! `custody drop`

use clap::Args;
use custody_desk::views::{LeftView, LeftWhy};
use serde_json::json;

use crate::{context::Context, failure::Failure, named};

const EXAMPLES: &str = "\
Examples:
  custody drop 3f9a1c
  mv ~/Downloads/dump.zip \"$(custody drop 3f9a1c --json | jq -r .folder)\"";

/// Show the drop folder of a case, where files that come by other ways are saved
///
/// Customers send large files by links to other services. Custody fetches nothing from there: whoever works on the case does, and
/// saves into this folder. `custody run` seals what is complete there into the case, looks into what it sealed, and erases the
/// original; `custody sync` does so once. What cannot be taken in is left where it is, and listed here with the reason.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct DropFolder {
    /// The case
    #[arg(value_name = "CASE")]
    case: String,
}

/// Makes the folder, and shows it with what is left in it.
pub async fn drop_folder(args: DropFolder, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let case = named::case(desk, &args.case).await?;
            let folder = desk.make_drop_folder(case).await?.into_revealed();
            let left = desk.case(case).await?.left;
            context.out.show(&json!({ "case": case, "folder": folder, "left": left }), |_| {
                let mut text = format!("{folder}\n");
                for it in &left {
                    text.push_str(&format!("  left there: {}: {}\n", it.name, why(it)));
                }
                text
            })
        })
        .await
}

/// Why something is left in a drop folder, and what helps.
pub fn why(left: &LeftView) -> String {
    match (left.why, &left.by) {
        (LeftWhy::Fresh, _) => "it was written to just now".into(),
        (LeftWhy::Written, Some(program)) => format!("{program} still writes to it"),
        (LeftWhy::Written, None) => "a program still writes to it".into(),
        (LeftWhy::Unfinished, _) => "its name says that it is not complete; rename it if it is".into(),
        (LeftWhy::Empty, _) => "it is empty".into(),
        (LeftWhy::Link, _) => "it is a link or has a second name elsewhere; save a copy instead".into(),
        (LeftWhy::Special, _) => "it is no file".into(),
        (LeftWhy::TooLarge, _) => "it is larger than the desk takes".into(),
    }
}

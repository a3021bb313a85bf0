//! `custody files`

use clap::Args;
use custody_core::held_file::StateName;
use custody_desk::{views::FileView, words};

use crate::{
    context::Context,
    copies,
    failure::{Failure, fault_word},
    ids::short,
    named,
    table::{Side, Table, clipped, size},
    times::{local, local_or_dash},
};

const EXAMPLES: &str = "\
Examples:
  custody files
  custody files --case 3f9a1c
  custody files --json | jq -r '.[] | [.id, .state] | @tsv'";

/// List the files in custody
///
/// All files that are arriving, held, due, being erased or lost; with --case all files of that case, also those that were refused
/// and those that are erased. Names are shown as they are, but for characters that could mislead you or your terminal.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Files {
    /// Only the files of this case
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
}

/// Lists files.
pub async fn files(args: Files, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let files = match &args.case {
                Some(case) => desk.case(named::case(desk, case).await?).await?.files,
                None => desk.files().await?,
            };
            let styled = context.out.is_styled();
            context.out.show(files.as_slice(), |files| list(files, styled))
        })
        .await
}

/// The table of files.
pub fn list(files: &[FileView], styled: bool) -> String {
    let mut table = Table::new([
        ("FILE", Side::Left),
        ("CASE", Side::Left),
        ("STATE", Side::Left),
        ("SIZE", Side::Right),
        ("ARRIVED", Side::Left),
        ("ERASED ON", Side::Left),
        ("NAME", Side::Left),
    ]);
    for file in files {
        table.row([
            short(&file.id).to_owned(),
            short(&file.case).to_owned(),
            state(file),
            file.size.map_or_else(|| "-".to_owned(), size),
            local(&file.arrived_at),
            local_or_dash(file.erases_at.as_deref()),
            clipped(&file.name, 60),
        ]);
    }
    let mut text = table.text(styled, "No file is in custody.");
    for file in files {
        for copy in &file.viewing_copies {
            text.push_str(&format!("{}\n", copies::exists(&file.id, copy)));
        }
        if let Some(still) = copies::still_open(&file.still_open_in) {
            text.push_str(&format!("An erased viewing copy of {}: {still}\n", short(&file.id)));
        }
    }
    text
}

fn state(file: &FileView) -> String {
    let state = match file.state {
        StateName::Arriving => "arriving",
        StateName::Refused => "refused",
        StateName::Held => "held",
        StateName::Due => "due",
        StateName::Erasing => "erasing",
        StateName::Erased => "erased",
        StateName::Lost => "lost",
    };
    match (&file.refused, &file.problem) {
        (Some(why), _) => format!("{state}: {}", words::refusal(*why)),
        (None, Some(problem)) => format!("{state} ({})", fault_word(problem.code)),
        (None, None) => state.to_owned(),
    }
}

//! `custody erase`

use clap::Args;
use custody_core::id::{CaseId, FileId};
use custody_desk::{views::PlanLine, words};

use super::sweep::outcome;
use crate::{
    context::Context,
    failure::Failure,
    ids::{IdError, short},
    named::{self, CaseOrFile},
    table::{Side, Table, clipped},
    times::local_or_dash,
};

const EXAMPLES: &str = "\
Examples:
  custody erase 3f9a1c --plan
  custody erase 3f9a1c --reason 'Sent by mistake, the customer called'
  custody erase 81f3c2 --reason 'Not needed any more'";

/// Ask that a case's files be erased, or one of them
///
/// The reason is recorded with your name. There is no grace for what staff decide: the next sweep erases the files, unless a hold
/// stands against it; --plan shows which ones, and asks for nothing. They are erased here: viewing copies, every key that opens the
/// file, and the sealed file; then every place is looked at again and the customer gets the receipt. The forum's own
/// copy is taken out of the thread where the case's rule says so; otherwise it is only looked at, and stands on the receipt.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Erase {
    /// The case or the file
    #[arg(value_name = "CASE|FILE")]
    what: String,
    /// Why, in your words
    #[arg(
        long,
        value_name = "TEXT",
        required_unless_present = "plan",
        value_parser = clap::builder::NonEmptyStringValueParser::new()
    )]
    reason: Option<String>,
    /// Show which files would be erased, and ask for nothing
    #[arg(long, conflicts_with = "reason")]
    plan: bool,
}

/// Asks for an erasure.
pub async fn erase(args: Erase, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let what = named::case_or_file(desk, &args.what).await?;
            let (case, file): (CaseId, Option<FileId>) = match what {
                CaseOrFile::Case(case) => (case, None),
                CaseOrFile::File(file) => {
                    (desk.file(file).await?.case.parse().map_err(|_| IdError::NotAnId)?, Some(file))
                }
            };
            if let Some(reason) = args.reason.clone() {
                desk.ask_erasure(case, file, reason.into()).await?;
            }
            let (case, file) = (case.to_string(), file.map(|file| file.to_string()));
            let meant = |line: &PlanLine| line.case == case && file.as_ref().is_none_or(|file| *file == line.file);
            let lines: Vec<PlanLine> = desk.plan().await?.lines.into_iter().filter(meant).collect();
            let styled = context.out.is_styled();
            let asked = args.reason.is_some();
            context.out.show(lines.as_slice(), |lines| text(lines, asked, styled))
        })
        .await
}

fn text(lines: &[PlanLine], asked: bool, styled: bool) -> String {
    let mut table = Table::new([
        ("FILE", Side::Left),
        ("OUTCOME", Side::Left),
        ("ERASED ON", Side::Left),
        ("NAME", Side::Left),
        ("WHY", Side::Left),
    ]);
    for line in lines {
        table.row([
            short(&line.file).to_owned(),
            outcome(&line.outcome).to_owned(),
            local_or_dash(line.erases_at.as_deref()),
            clipped(&line.name, 32),
            words::reasons(&line.why),
        ]);
    }
    let table = table.text(styled, "No file of it is in the strongroom.");
    if !asked {
        return format!(
            "Nothing was asked for yet. These files of it are in the strongroom, and this is what becomes of them now:\n\n{table}\n\
             With --reason, the next sweep erases all of them that no hold covers.\n"
        );
    }
    format!(
        "The erasure is asked for, with your reason. It is done by the next `custody sync` or `custody sweep`, or by the running\n\
         desk; until then, `custody hold` stops it.\n\n{table}\n\
         Erased here: viewing copies, every key that opens the file, and the sealed file. The forum's own copy is taken\n\
         out of the thread if the case's rule says so; what is found there stands on the receipt.\n"
    )
}

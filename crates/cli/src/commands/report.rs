//! `custody report`

mod verify;
pub mod written;

use std::{
    ffi::OsString,
    io::Write as _,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand, ValueHint};
use custody_core::{SignedDuration, Timestamp, report::ReportFormat};
use custody_desk::{Desk, ReportFile};
use jiff::tz::TimeZone;

use crate::{context::Context, failure::Failure, new_file::NewFile, times};

const EXAMPLES: &str = "\
Examples:
  custody report
  custody report --from 2026-11-01 --to 2026-12-01 --pdf --out november.pdf
  custody report --csv --out week.csv
  custody report --json | jq .overdue
  custody report verify november.pdf --key desk.pub";

/// Report what is held, overdue, erased and unconfirmed
///
/// What is held and by which rule, what is overdue and what stands against it, what was erased and how long that took, and which
/// receipts are not confirmed: of the last seven days, unless told. It names rules, ids and numbers, in files also the members of staff
/// who answer for a hold or have a viewing copy, and neither customers nor files. Making a report is recorded. As PDF it is a document to be
/// handed on.
///
/// With --out, a file that ends in .sig.json is written beside it: the desk's signed statement that it made exactly this file.
/// `custody report verify` checks it, and docs/reports.md says how to do that without this program.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Report {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    make: Make,
}

#[derive(Debug, Subcommand)]
enum What {
    Verify(verify::Verify),
}

#[derive(Debug, Args)]
struct Make {
    /// The first day (2026-11-01) or moment
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The day or moment after the last; now, unless told
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Write it to this file, which must not exist, and the signed statement beside it
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// As comma-separated values: section, item, value
    #[arg(long, conflicts_with = "pdf")]
    csv: bool,
    /// As a document, which goes to a file
    #[arg(long, requires = "out")]
    pdf: bool,
}

const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Makes a report, or checks one.
pub async fn report(args: Report, context: &mut Context) -> Result<(), Failure> {
    match args.what {
        Some(What::Verify(args)) => verify::verify(&args, context),
        None => make(args.make, context).await,
    }
}

async fn make(args: Make, context: &mut Context) -> Result<(), Failure> {
    let form = match (args.pdf, args.csv, context.global.json) {
        (false, false, false) => None,
        (true, false, false) => Some(ReportFormat::Pdf),
        (false, true, false) => Some(ReportFormat::Csv),
        (false, false, true) => Some(ReportFormat::Json),
        _ => {
            return Err(Failure::Usage {
                what: "A report is JSON, CSV or PDF, not two of them. No report was made.".to_owned(),
                todo: "Leave out --json, --csv or --pdf.".to_owned(),
            });
        }
    };
    let statement = args.out.as_deref().map(beside);
    if [args.out.as_deref(), statement.as_deref()].into_iter().flatten().any(|path| path.symlink_metadata().is_ok()) {
        return Err(Failure::FileExists);
    }
    context
        .with_desk(async |desk, context| {
            let (from, to) = span(&args, desk)?;
            let Some(form) = form else {
                let text = written::text(&desk.report(from, to).await?);
                return match &args.out {
                    None => context.out.text(&text),
                    Some(path) => {
                        crate::new_file::write_new(path, &text)?;
                        context.out.remark("The report is written. As text it is not signed.");
                        Ok(())
                    }
                };
            };
            let file = desk.export_report(from, to, form).await?;
            match (&args.out, &statement) {
                (Some(path), Some(statement)) => {
                    keep(path, statement, &file)?;
                    context.out.remark("The report is written, and its signed statement beside it.");
                    Ok(())
                }
                _ => context.out.text(String::from_utf8_lossy(&file.bytes).trim_start_matches('\u{FEFF}')),
            }
        })
        .await
}

fn span(args: &Make, desk: &Desk) -> Result<(Timestamp, Timestamp), Failure> {
    let zone = TimeZone::system();
    let moment = |text: &Option<String>| text.as_deref().map(|text| times::moment(text, &zone)).transpose();
    let to = moment(&args.to)?.unwrap_or_else(|| desk.now());
    let from = match moment(&args.from)? {
        Some(from) => from,
        None => to.checked_sub(WEEK).unwrap_or(Timestamp::MIN),
    };
    if from < to {
        return Ok((from, to));
    }
    Err(Failure::Usage {
        what: "The report would end before it begins. No report was made.".to_owned(),
        todo: "Name a --from that is before --to.".to_owned(),
    })
}

/// Where the signed statement of a file lies.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".sig.json");
    name.into()
}

/// Both or neither.
fn keep(path: &Path, statement_path: &Path, made: &ReportFile) -> Result<(), Failure> {
    let mut file = NewFile::create(path)?;
    file.write_all(&made.bytes).map_err(Failure::CannotWrite)?;
    let mut statement = NewFile::create(statement_path)?;
    statement.write_all(made.statement.as_bytes()).map_err(Failure::CannotWrite)?;
    file.keep()?;
    statement.keep()
}

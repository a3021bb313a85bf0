//! `custody report`

pub mod written;

use std::path::PathBuf;

use clap::{Args, ValueHint};
use custody_core::{SignedDuration, Timestamp};
use jiff::tz::TimeZone;

use crate::{context::Context, failure::Failure, new_file::write_new, times};

const EXAMPLES: &str = "\
Examples:
  custody report
  custody report --from 2026-11-01 --to 2026-12-01 --out november.txt
  custody report --csv --out week.csv
  custody report --json | jq .overdue";

/// Report what is held, overdue, erased and unconfirmed
///
/// What is held and by which rule, what is overdue and what stands against it, what was erased, and which receipts are not confirmed:
/// of the last seven days, unless told. It names rules, ids and numbers, and neither customers nor files. Making a report is recorded.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Report {
    /// The first day (2026-11-01) or moment
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The day or moment after the last; now, unless told
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Write it to this file, which must not exist
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// As comma-separated values: section, item, value
    #[arg(long)]
    csv: bool,
}

const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Makes a report.
pub async fn report(args: Report, context: &mut Context) -> Result<(), Failure> {
    if args.csv && context.global.json {
        return Err(Failure::Usage {
            what: "A report is JSON or CSV, not both. No report was made.".to_owned(),
            todo: "Leave out --json or --csv.".to_owned(),
        });
    }
    if args.out.as_deref().is_some_and(|path| path.symlink_metadata().is_ok()) {
        return Err(Failure::FileExists);
    }
    context
        .with_desk(async |desk, context| {
            let zone = TimeZone::system();
            let moment = |text: &Option<String>| text.as_deref().map(|text| times::moment(text, &zone)).transpose();
            let to = moment(&args.to)?.unwrap_or_else(|| desk.now());
            let from = match moment(&args.from)? {
                Some(from) => from,
                None => to.checked_sub(WEEK).unwrap_or(Timestamp::MIN),
            };
            if from >= to {
                return Err(Failure::Usage {
                    what: "The report would end before it begins. No report was made.".to_owned(),
                    todo: "Name a --from that is before --to.".to_owned(),
                });
            }
            let report = desk.report(from, to).await?;
            let text = if context.global.json {
                serde_json::to_string_pretty(&report).map_err(|error| Failure::Terminal(error.into()))? + "\n"
            } else if args.csv {
                written::csv(&report)
            } else {
                written::text(&report)
            };
            match &args.out {
                None => context.out.text(&text),
                Some(path) => {
                    write_new(path, &text)?;
                    context.out.remark("The report is written.");
                    Ok(())
                }
            }
        })
        .await
}

//! `custody incident`

mod written;

use std::{
    fs::DirBuilder,
    path::{Path, PathBuf},
};

use clap::{Args, ValueHint};
use custody_core::{incident::Form, report::Span};
use custody_desk::views::IncidentView;
use jiff::tz::TimeZone;

use crate::{
    context::Context,
    failure::Failure,
    new_file::write_new,
    secrets,
    table::{Side, Table},
    times,
};

const EXAMPLES: &str = "\
Examples:
  custody incident --from 2026-03-06T17:00:00Z --at 2026-03-09T08:00:00Z --out ./incident
  custody incident --at 2026-03-09 --json | jq '.customers[].email'
  custody incident --at 2026-03-09 --ledger-file lost-desk-address --out ./incident";

/// Tell what was readable on a lost machine, and draft the letters
///
/// From the ledger of the desk that was lost: restore it from its backup and run this there, or read the PostgreSQL database that keeps
/// it with --ledger-file, on any other desk. A ledger holds one desk, so it tells of that desk's machine alone. Every file that was there at
/// some moment of the time is named, with how it lay there: sealed (opened with the passphrase, or without it while the desk was
/// unlocked), in a viewing copy, or in a drop folder. What lay in a drop folder without having been noticed is not in the record.
///
/// With --out, everything is written into a new folder that only you can read: incident.json, incident.md, and a letter for each customer.
/// Nothing is sent; a person reads the letters first. That it was put together is recorded.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Incident {
    /// When the machine was found to be lost: a date or a moment
    #[arg(long, value_name = "TIME")]
    at: String,
    /// When it was last known to be in good hands; the same moment, unless told
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// A file that holds the PostgreSQL address of the lost desk's ledger; `-` is standard input
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    ledger_file: Option<PathBuf>,
    /// Write it into this folder, which must not exist
    #[arg(long, value_name = "PATH", value_hint = ValueHint::DirPath)]
    out: Option<PathBuf>,
}

/// Puts together what was readable.
pub async fn incident(args: Incident, context: &mut Context) -> Result<(), Failure> {
    if args.out.as_deref().is_some_and(|path| path.symlink_metadata().is_ok()) {
        return Err(Failure::FileExists);
    }
    let zone = TimeZone::system();
    let to = times::moment(&args.at, &zone)?;
    let from = args.from.as_deref().map(|from| times::moment(from, &zone)).transpose()?.unwrap_or(to);
    if from > to {
        return Err(Failure::Usage {
            what: "The machine would have been lost before it was last seen. Nothing was put together.".to_owned(),
            todo: "Name a --from that is not after --at.".to_owned(),
        });
    }
    let address = |path: &Path| secrets::token(Some(path), "the ledger's address", "Address: ");
    let ledger = args.ledger_file.as_deref().map(address).transpose()?;
    context
        .with_desk(async |desk, context| {
            let view = desk.prepare_incident(Span { from, to }, ledger).await?;
            if let Some(folder) = &args.out {
                write(folder, &view)?;
                context.out.remark(format_args!(
                    "Written. Read the letters before anything is sent; Custody sends none of them."
                ));
            }
            let styled = context.out.is_styled();
            context.out.show(&view, |view| text(view, styled))
        })
        .await
}

fn write(folder: &Path, view: &IncidentView) -> Result<(), Failure> {
    make_folder(folder)?;
    let json = serde_json::to_string_pretty(view).map_err(|error| Failure::Terminal(error.into()))?;
    write_new(&folder.join("incident.json"), &json)?;
    write_new(&folder.join("incident.md"), &written::markdown(view))?;
    let letters = folder.join("letters");
    make_folder(&letters)?;
    for customer in &view.customers {
        let (Some(letter), Some(id)) = (&customer.letter, &customer.customer) else { continue };
        let to = customer.email.as_deref().unwrap_or("(no address is known: in the thread)");
        let text = format!("To: {to}\nSubject: {}\n\n{}", letter.subject, letter.text);
        write_new(&letters.join(format!("{id}.txt")), &text)?;
    }
    Ok(())
}

fn make_folder(path: &Path) -> Result<(), Failure> {
    #[cfg(unix)]
    let builder = {
        use std::os::unix::fs::DirBuilderExt as _;
        let mut builder = DirBuilder::new();
        builder.mode(0o700);
        builder
    };
    // Elsewhere a folder is whoever's the one above it is.
    #[cfg(not(unix))]
    let builder = DirBuilder::new();
    builder.create(path).map_err(Failure::CannotWrite)
}

fn text(view: &IncidentView, styled: bool) -> String {
    let mut text = format!("{} to {}\n\n", times::local(&view.from), times::local(&view.to));
    for line in written::summary(view) {
        text.push_str(&format!("{line}\n"));
    }
    let mut table = Table::new([
        ("CUSTOMER", Side::Left),
        ("FILES", Side::Right),
        ("READABLE", Side::Right),
        ("LETTER", Side::Left),
    ]);
    for customer in &view.customers {
        let readable = customer.files.iter().filter(|file| file.form >= Form::ViewingCopy).count();
        table.row([
            written::whose(customer),
            customer.files.len().to_string(),
            readable.to_string(),
            if customer.letter.is_some() { "drafted" } else { "none: the customer is forgotten" }.to_owned(),
        ]);
    }
    text.push_str(&format!("\n{}", table.text(styled, "No file was there.")));
    text
}

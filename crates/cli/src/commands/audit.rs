//! `custody audit`

mod export;
mod verify;

use clap::{Args, Subcommand, ValueEnum};
use custody_desk::{Tables, views::EventView};

use crate::{
    context::Context,
    failure::Failure,
    table::{Side, Table, clipped},
    times::local,
};

const EXAMPLES: &str = "\
Examples:
  custody audit verify
  custody audit list
  custody audit list --after 0 --limit 100 --json
  custody audit export -o chain.jsonl
  custody audit verify chain.jsonl --key desk.pub
  custody audit dump > ledger.txt";

/// Read the ledger, check its chain, or write it out
///
/// Every change of state is an event in the ledger, and every event is tied to all events before it by a digest. The ledger only
/// grows: an edit, a removal or a change of order is found by `custody audit verify`.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Audit {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    List(List),
    Verify(verify::Verify),
    Export(export::Export),
    Dump(Dump),
}

/// List events
///
/// The newest ones, unless told; with --after the events that follow that one, oldest first. Each with its place in the chain, when
/// it was, who it was and what happened.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  custody audit list\n  custody audit list --after 1200 --limit 500")]
struct List {
    /// Begin after the event with this index
    #[arg(long, value_name = "INDEX")]
    after: Option<u64>,
    /// How many events at most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    limit: u32,
}

/// Write out the ledger, a row a line
///
/// For an audit: the tables that are kept for ever, which name nobody and open no file. With --tables all or personal also the rows
/// that are erased once their case is forgotten: names, titles, file names, reasons. Treat that output as what it is. It is recorded
/// as an export.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  custody audit dump > ledger.txt\n  custody audit dump --tables all | grep -c held_files"
)]
struct Dump {
    /// Which tables
    #[arg(long, value_enum, default_value = "kept")]
    tables: Which,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    /// Those that are kept for ever
    Kept,
    /// Those whose rows are erased: they name people and files
    Personal,
    /// Both
    All,
}

/// Does one of these.
pub async fn audit(args: Audit, context: &mut Context) -> Result<(), Failure> {
    match args.what {
        What::List(args) => list(args, context).await,
        What::Verify(args) => verify::verify(args, context).await,
        What::Export(args) => export::export(args, context).await,
        What::Dump(args) => dump(args, context).await,
    }
}

async fn list(args: List, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let after = match args.after {
                Some(after) => after,
                None => desk.head().await?.saturating_sub(args.limit.into()),
            };
            let styled = context.out.is_styled();
            context.out.show(desk.events(after, args.limit).await?.as_slice(), |events| text(events, styled))
        })
        .await
}

fn text(events: &[EventView], styled: bool) -> String {
    let mut table =
        Table::new([("INDEX", Side::Right), ("WHEN", Side::Left), ("WHO", Side::Left), ("WHAT", Side::Left)]);
    for event in events {
        table.row([
            event.index.to_string(),
            local(&event.at),
            clipped(&event.who.to_string(), 24),
            event.what.to_string(),
        ]);
    }
    table.text(styled, "No event.")
}

async fn dump(args: Dump, context: &mut Context) -> Result<(), Failure> {
    let tables = match args.tables {
        Which::Kept => Tables::Kept,
        Which::Personal => Tables::Personal,
        Which::All => Tables::All,
    };
    context
        .with_desk(async |desk, context| {
            let mut written = Ok(());
            let out = &mut context.out;
            desk.dump(tables, &mut |line| {
                if written.is_ok() {
                    written = if out.is_json() { out.json_line(line) } else { out.line(line) };
                }
            })
            .await?;
            written
        })
        .await
}

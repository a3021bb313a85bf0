//! `custody audit export`

use std::{
    io::{BufWriter, Write as _},
    path::PathBuf,
};

use clap::{Args, ValueHint};
use custody_core::ports::ChainVerdict;
use serde_json::json;

use crate::{context::Context, failure::Failure, new_file::NewFile};

/// Write out the chain of events, so that anybody can check it
///
/// One JSON object a line: what it is, then every event with its index and hash, then the end of the chain, signed by this desk. It names
/// ids and counts, and neither customers nor files. `custody audit verify FILE` checks it without a desk, and docs/audit.md says how to do
/// that without this program. Keep one elsewhere: a ledger that is cut back or made anew later does not fit it. The export is recorded.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  custody audit export -o chain.jsonl\n  custody audit export --after 1200 > since.jsonl"
)]
pub struct Export {
    /// Begin after the event with this index
    #[arg(long, value_name = "INDEX", default_value_t = 0)]
    after: u64,
    /// Write it to this file, which must not exist
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
}

/// Writes out the chain.
pub async fn export(args: Export, context: &mut Context) -> Result<(), Failure> {
    if args.output.as_deref().is_some_and(|path| path.symlink_metadata().is_ok()) {
        return Err(Failure::FileExists);
    }
    context
        .with_desk(async |desk, context| {
            let Some(path) = &args.output else {
                let (out, mut written) = (&mut context.out, Ok(()));
                let verdict = desk
                    .export_audit(args.after, &mut |line| {
                        if written.is_ok() {
                            written = out.line(line);
                        }
                    })
                    .await?;
                written?;
                return whole(verdict).map(|_| ());
            };
            let mut file = BufWriter::new(NewFile::create(path)?);
            let mut written = Ok(());
            let verdict = desk
                .export_audit(args.after, &mut |line| {
                    if written.is_ok() {
                        written = writeln!(file, "{line}");
                    }
                })
                .await?;
            written.map_err(Failure::CannotWrite)?;
            let head = whole(verdict)?;
            file.into_inner().map_err(|error| Failure::CannotWrite(error.into_error()))?.keep()?;
            context.out.show(&json!({ "events": head.index, "head": format!("{:?}", head.hash) }), |_| {
                format!("Written: the chain up to event {}, signed.\n", head.index)
            })
        })
        .await
}

fn whole(verdict: ChainVerdict) -> Result<custody_core::ports::Head, Failure> {
    match verdict {
        ChainVerdict::Whole(head) => Ok(head),
        ChainVerdict::Broken { at } => Err(Failure::ChainBroken { at }),
    }
}

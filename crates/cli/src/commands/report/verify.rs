//! `custody report verify`: with nothing but the files and the public key. `docs/reports.md` does the same with openssl.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::{Args, ValueHint};
use custody_core::{
    letter::shown,
    receipt::public_key_from_pem,
    report::{ReportStatement, verify as verified},
};
use serde_json::json;

use super::beside;
use crate::{context::Context, failure::Failure, times::local_moment};

/// The most bytes of a report.
const REPORT_LIMIT: u64 = 256 << 20;
/// The most bytes of a statement, and of a key in PEM.
const TEXT_LIMIT: u64 = 64 << 10;

/// Check that a report is the file that a desk made
///
/// It needs no desk and no network. The signed statement is looked for beside the report, by its name with .sig.json behind it. It says
/// which desk made exactly this file, when, for which time, and where its record ended then; `custody audit verify --against` compares that
/// end with the record. Take the key from a place that you trust: one that arrives only with the report proves nothing.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  custody report verify november.pdf --key desk.pub\n  custody report verify november.pdf --statement from-the-mail.json --key desk.pub"
)]
pub struct Verify {
    /// The report
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// Its signed statement, where it does not lie beside it
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    statement: Option<PathBuf>,
    /// The desk's public key, in PEM
    #[arg(long, value_name = "desk.pub", value_hint = ValueHint::FilePath)]
    key: PathBuf,
}

/// Verifies a report.
pub fn verify(args: &Verify, context: &mut Context) -> Result<(), Failure> {
    let file = read(&args.file, REPORT_LIMIT)?;
    let statement = read(&args.statement.clone().unwrap_or_else(|| beside(&args.file)), TEXT_LIMIT)?;
    let key = public_key_from_pem(&String::from_utf8_lossy(&read(&args.key, TEXT_LIMIT)?))?;
    let statement = verified(&String::from_utf8_lossy(&statement), &file, &key).map_err(Failure::Report)?;
    context.out.show(&json!({ "signature_fits": true, "statement": statement }), |_| text(&statement))
}

fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let count =
        File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).map_err(Failure::CannotRead)?;
    if count as u64 > limit {
        return Err(Failure::CannotRead(io::ErrorKind::FileTooLarge.into()));
    }
    Ok(bytes)
}

fn text(statement: &ReportStatement) -> String {
    let mut text =
        String::from("The signature fits: this file was made by the desk with this key and was not changed since.\n\n");
    for (name, value) in [
        ("Desk", statement.desk.to_string()),
        ("Made", format!("{} by {}", local_moment(statement.made_at), shown(&statement.tool))),
        ("Period", format!("{} to {}", local_moment(statement.period.from), local_moment(statement.period.to))),
        ("Form", format!("{}, {} bytes", statement.form.as_str(), statement.size)),
        ("Digest", shown(&statement.sha256)),
        ("Ledger", format!("event {}, {}", statement.ledger.index, shown(&statement.ledger.head))),
    ] {
        text.push_str(&format!("{name:<8} {value}\n"));
    }
    text
}

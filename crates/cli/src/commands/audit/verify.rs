//! `custody audit verify`

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use clap::{Args, ValueHint};
use custody_core::{
    audit::{Check, Checked, LONGEST_LINE, Mismatch, Opening, signed_head},
    ports::{ChainVerdict, Head},
    receipt::public_key_from_pem,
};
use serde_json::json;

use crate::{context::Context, failure::Failure, times::local_moment};

/// The most bytes of a receipt, and of a key in PEM.
const RECEIPT_LIMIT: u64 = 64 << 20;
const KEY_LIMIT: u64 = 64 << 10;

/// Walk the whole chain and check that every event fits, in the ledger or in an export of it
///
/// Ends with exit code 9 and names the first event that does not fit. In the ledger, the receipts that are kept are looked at too: each
/// was signed over the end that the chain had then, so a chain that was made anew as a whole does not fit them. With --against, the same is
/// asked of a receipt or an export that was kept elsewhere: then a ledger that was cut back, or put back from an older copy, is found.
///
/// With FILE, an export is checked, and no desk is needed. --key names the desk's public key; without it the chain is checked, and the
/// signature over its end is not.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  custody audit verify\n  custody audit verify --json | jq .head\n  custody audit verify --against receipt.json\n  custody audit verify chain.jsonl --key desk.pub"
)]
pub struct Verify {
    /// An export to check, instead of the ledger; `-` is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// The desk's public key, in PEM
    #[arg(long, value_name = "desk.pub", value_hint = ValueHint::FilePath, requires = "file")]
    key: Option<PathBuf>,
    /// A receipt or an export of this desk that was kept elsewhere
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath, conflicts_with = "file")]
    against: Vec<PathBuf>,
}

/// Checks the ledger, or an export.
pub async fn verify(args: Verify, context: &mut Context) -> Result<(), Failure> {
    match &args.file {
        Some(file) => export(file, args.key.as_deref(), context),
        None => ledger(&args.against, context).await,
    }
}

async fn ledger(against: &[PathBuf], context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let head = match desk.verify_chain().await? {
                ChainVerdict::Whole(head) => head,
                ChainVerdict::Broken { at } => return Err(Failure::ChainBroken { at }),
            };
            let anchors = desk.verify_anchors().await?;
            if let Some((receipt, index)) = anchors.broken {
                return Err(Failure::AnchorBroken { what: format!("receipt {}", receipt.short()), index });
            }
            let key = public_key_from_pem(&desk.public_key_pem()?)?;
            for path in against {
                let known = known_head(path, &key)?;
                if !desk.fits_chain(known).await? {
                    let what = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                    return Err(Failure::AnchorBroken { what: what.into_owned(), index: known.index });
                }
            }
            let hash = format!("{:?}", head.hash);
            let found = json!({
                "whole": true,
                "events": head.index,
                "head": hash,
                "receipts": anchors.fit,
                "against": against.len(),
            });
            context.out.show(&found, |_| {
                let mut text = format!("The chain is whole: {} events, head {hash}.\n", head.index);
                if anchors.fit > 0 {
                    text.push_str(&format!("{} kept receipts were signed over it.\n", anchors.fit));
                }
                if !against.is_empty() {
                    text.push_str("It holds what the named files say of it.\n");
                }
                text
            })
        })
        .await
}

/// What a receipt or an export that was kept elsewhere says of the chain.
fn known_head(path: &Path, key: &[u8; 32]) -> Result<Head, Failure> {
    let mut lines = BufReader::new(File::open(path).map_err(Failure::CannotRead)?);
    let first = line(&mut lines)?.unwrap_or_default();
    let mut text = first.clone();
    if serde_json::from_str::<Opening>(&first).is_ok() {
        // Of an export only the last line is asked, however long it is.
        while let Some(next) = line(&mut lines)? {
            text = next;
        }
    } else {
        let mut rest = String::new();
        lines.take(RECEIPT_LIMIT).read_to_string(&mut rest).map_err(Failure::CannotRead)?;
        text = format!("{text}\n{rest}");
    }
    Ok(signed_head(&text, key)?)
}

fn export(path: &Path, key: Option<&Path>, context: &mut Context) -> Result<(), Failure> {
    let key = key.map(read_key).transpose()?;
    let source: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(Failure::CannotRead)?)
    };
    let mut lines = BufReader::new(source);
    let mut check = Check::default();
    while let Some(line) = line(&mut lines)? {
        check.line(&line).map_err(Failure::Export)?;
    }
    let checked = check.end(key.as_ref()).map_err(Failure::Export)?;
    context.out.show(&checked, text)
}

fn read_key(path: &Path) -> Result<[u8; 32], Failure> {
    let mut pem = String::new();
    let file = File::open(path).map_err(Failure::CannotRead)?;
    file.take(KEY_LIMIT).read_to_string(&mut pem).map_err(Failure::CannotRead)?;
    Ok(public_key_from_pem(&pem)?)
}

/// The next line without its line break. One that is no text, or longer than any of ours, fits nothing.
fn line(lines: &mut impl BufRead) -> Result<Option<String>, Failure> {
    let mut bytes = Vec::new();
    let limit = LONGEST_LINE as u64 + 1;
    let count = lines.take(limit).read_until(b'\n', &mut bytes).map_err(Failure::CannotRead)?;
    if count == 0 {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if count as u64 == limit {
        return Err(Failure::Export(Mismatch::NotAnExport));
    }
    // What is not UTF-8 was not written by us, and is found where it stands.
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn text(checked: &Checked) -> String {
    let Checked { closing, signature_fits } = checked;
    let mut text = match closing.after.index {
        0 => format!("The chain is whole: {} events, head {}.\n", closing.head.index, closing.head.head),
        after => format!(
            "The chain is whole after event {after}, up to event {}, head {}.\n",
            closing.head.index, closing.head.head
        ),
    };
    text.push_str(&format!("It is that of desk {}, written out {}.\n", closing.desk, local_moment(closing.made_at)));
    text.push_str(if *signature_fits {
        "Its end was signed with this key.\n"
    } else {
        "Who signed its end was not checked: name the desk's public key with --key.\n"
    });
    text
}

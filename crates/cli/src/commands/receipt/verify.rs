//! `custody receipt verify`: with nothing but the receipt and the public key. `docs/receipts.md` does the same with openssl.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::{Args, ValueHint};
use custody_core::{
    letter::shown,
    receipt::{Envelope, EnvelopeError, ErasedFile, Statement, public_key_from_pem, verify as verified},
};
use custody_desk::{KeyStore, happening, views::ErasureReason};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::{context::Context, failure::Failure, progress::Bars, table::size, times::local_moment};

/// The most bytes of a receipt; a file takes less than two kilobytes of it.
const RECEIPT_LIMIT: u64 = 64 << 20;
/// The most bytes of a key in PEM.
const KEY_LIMIT: u64 = 64 << 10;

const EXAMPLES: &str = "\
Examples:
  custody receipt verify receipt.json --key desk.pub
  custody receipt verify receipt.json --key desk.pub --file my-own-copy.zip
  curl -s https://support.example.com/desk.pub | custody receipt verify receipt.json --key -";

/// Check a receipt with nothing but the desk's public key
///
/// It needs no desk and no network. The signature is checked first; if it does not fit, nothing of the receipt is shown. Then the
/// receipt is told in plain words. With --file, a file of yours is compared with the salted digests on the receipt. Take the key
/// from a place that you trust: one that arrives only with the receipt proves nothing.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Verify {
    /// The receipt, as it came with the letter; `-` is standard input
    #[arg(value_name = "RECEIPT.json", value_hint = ValueHint::FilePath)]
    receipt: PathBuf,
    /// The desk's public key, in PEM; `-` is standard input
    #[arg(long, value_name = "desk.pub", value_hint = ValueHint::FilePath)]
    key: PathBuf,
    /// Compare this file with those on the receipt
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,
}

/// Verifies a receipt.
pub fn verify(args: &Verify, context: &mut Context) -> Result<(), Failure> {
    let envelope: Envelope =
        serde_json::from_str(&read(&args.receipt, RECEIPT_LIMIT)?).map_err(|_| EnvelopeError::NotAReceipt)?;
    let key = public_key_from_pem(&read(&args.key, KEY_LIMIT)?)?;
    let statement = verified(&envelope, &key)?;
    let fitting = args.file.as_deref().map(|path| fitting(path, &statement.files)).transpose()?;
    let found = json!({
        "signature_fits": true,
        "statement": statement,
        "file": fitting.map(|file| file.map(|file| file.id)),
    });
    context.out.show(&found, |_| text(&statement, fitting.flatten()))?;
    // The receipt was shown, as it is in order; the file is what is not on it.
    if matches!(fitting, Some(None)) { Err(Failure::NotOnReceipt) } else { Ok(()) }
}

fn read(path: &Path, limit: u64) -> Result<String, Failure> {
    let mut text = String::new();
    let mut source: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(Failure::CannotRead)?)
    };
    let count = source.by_ref().take(limit + 1).read_to_string(&mut text).map_err(Failure::CannotRead)?;
    if count as u64 > limit {
        return Err(Failure::CannotRead(io::ErrorKind::FileTooLarge.into()));
    }
    Ok(text)
}

/// The file on the receipt that this one is: SHA-256 over the salt and then the file.
fn fitting<'a>(path: &Path, files: &'a [ErasedFile]) -> Result<Option<&'a ErasedFile>, Failure> {
    let mut source = File::open(path).map_err(Failure::CannotRead)?;
    let length = source.metadata().map_err(Failure::CannotRead)?.len();
    // Every file has a salt of its own, so only those of the same length are worth reading for.
    let mut digests: Vec<(&ErasedFile, Sha256)> = Vec::new();
    for file in files.iter().filter(|file| file.size == length) {
        let salt = hex::decode(&file.salt).map_err(|_| EnvelopeError::NotAReceipt)?;
        digests.push((file, Sha256::new_with_prefix(salt)));
    }
    if digests.is_empty() {
        return Ok(None);
    }
    let bar = Bars::one("reading", Some(length));
    let mut piece = vec![0; 64 << 10];
    loop {
        let count = source.read(&mut piece).map_err(Failure::CannotRead)?;
        if count == 0 {
            break;
        }
        let bytes = piece.get(..count).unwrap_or_default();
        digests.iter_mut().for_each(|(_, digest)| digest.update(bytes));
        bar.inc(count as u64);
    }
    bar.finish_and_clear();
    Ok(digests
        .into_iter()
        .find(|(file, digest)| hex::encode(digest.clone().finalize()) == file.salted_sha256)
        .map(|(file, _)| file))
}

fn text(statement: &Statement, fitting: Option<&ErasedFile>) -> String {
    let mut text =
        String::from("The signature fits: this receipt was signed with this key and was not changed since.\n\n");
    let key_store = match statement.tool.key_store {
        KeyStore::Keychain => "in the system's keychain",
        KeyStore::KeyFile => "in a key file",
    };
    for (name, value) in [
        ("Receipt", statement.receipt_id.to_string()),
        ("Issued", local_moment(statement.issued_at)),
        ("Issuer", format!("{} ({})", shown(&statement.issuer.name), shown(&statement.issuer.contact))),
        ("Customer", shown(&statement.customer.username)),
        ("Rule", shown(&statement.issuer.policy)),
        (
            "Desk",
            format!(
                "{}, {} {}, keys {key_store}",
                statement.tool.desk_id,
                shown(&statement.tool.name),
                shown(&statement.tool.version)
            ),
        ),
        ("Ledger", format!("event {}, {}", statement.ledger.index, shown(&statement.ledger.head))),
    ] {
        text.push_str(&format!("{name:<9} {value}\n"));
    }
    if let Some(follows) = statement.follows {
        text.push_str(&format!("{:<9} {}\n", "Completes", follows.receipt_id));
    }
    for file in &statement.files {
        text.push_str(&format!(
            "\n{} ({})\n  received {}, erased {} because {}\n",
            shown(&file.name),
            size(file.size),
            local_moment(file.received_at),
            local_moment(file.erased_at),
            ErasureReason::from(file.reason)
        ));
        for proof in &file.locations {
            let mark = if proof.state.is_closed() { "closed" } else { "open" };
            let place = format!("{}: {}", happening::location(&proof.location), happening::found(proof.state));
            text.push_str(&format!("  {mark:<6}  {place} ({})\n", local_moment(proof.checked_at)));
        }
        let copies = file.viewing_copies;
        if copies.made > 0 {
            text.push_str(&format!("  viewing copies: {} made, {} erased\n", copies.made, copies.erased));
        }
    }
    text.push_str(if statement.complete && statement.closes_every_location() {
        "\nComplete: every location is closed.\n"
    } else {
        "\nPartial: some locations are open, and a follow-up receipt is owed.\n"
    });
    if let Some(file) = fitting {
        text.push_str(&format!("Your file is the one named {} on the receipt.\n", shown(&file.name)));
    }
    text.push_str(&format!("\n{}\n", shown_long(&statement.wording)));
    text
}

/// A text of several sentences, without anything that misleads a terminal.
fn shown_long(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

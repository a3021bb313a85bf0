//! `custody receipt`

mod verify;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use custody_core::receipt::{Answer, Grade};
use custody_desk::{views::ReceiptView, words};
use serde_json::json;

use super::receipts;
use crate::{context::Context, failure::Failure, named, new_file::write_new, times::local};

const EXAMPLES: &str = "\
Examples:
  custody receipt show 4be1f0
  custody receipt show CR-7KQ2MXB4WZ3H
  custody receipt export 4be1f0 -o receipt.json
  custody receipt verify receipt.json --key desk.pub
  custody receipt resend 4be1f0";

/// Show, export, verify or resend a receipt
///
/// A receipt is named by its id (the first six digits are enough) or by the number in its letter (CR-...). Verifying needs no desk:
/// nothing but the receipt and the desk's public key.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Receipt {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Show(Show),
    Export(Export),
    Verify(verify::Verify),
    Resend(Resend),
}

/// Show a receipt with everything in it
///
/// Every location of every file with what was found there, whether the signature still fits, what the customer answered and how good
/// the evidence of that is, and the letter as the customer saw it.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  custody receipt show 4be1f0\n  custody receipt show CR-7KQ2MXB4WZ3H")]
struct Show {
    /// The receipt's id, or the number in its letter
    #[arg(value_name = "RECEIPT")]
    receipt: String,
}

/// Write out the signed receipt, as the customer got it
///
/// A JSON file (a DSSE envelope) that anybody can check with the desk's public key. It names the customer's files, so the export is
/// recorded. An existing file is not written over.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  custody receipt export 4be1f0 > receipt.json\n  custody receipt export 4be1f0 -o receipt.json"
)]
struct Export {
    /// The receipt's id, or the number in its letter
    #[arg(value_name = "RECEIPT")]
    receipt: String,
    /// Write it to this file, which must not exist
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
}

/// Put a receipt into the outbox again
///
/// It goes out with the next round: by mail where there is an address, otherwise in the thread. It is the same receipt, not a new
/// one. For receipts that came back: correct the address on the forum first.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  custody receipt resend 4be1f0")]
struct Resend {
    /// The receipt's id, or the number in its letter
    #[arg(value_name = "RECEIPT")]
    receipt: String,
}

/// Does one of these.
pub async fn receipt(args: Receipt, context: &mut Context) -> Result<(), Failure> {
    match args.what {
        What::Show(args) => show(args, context).await,
        What::Export(args) => export(args, context).await,
        What::Verify(args) => verify::verify(&args, context),
        What::Resend(args) => resend(args, context).await,
    }
}

async fn show(args: Show, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let view = desk.receipt(named::receipt(desk, &args.receipt).await?).await?;
            context.out.show(&view, text)
        })
        .await
}

async fn export(args: Export, context: &mut Context) -> Result<(), Failure> {
    if args.output.as_deref().is_some_and(|path| path.symlink_metadata().is_ok()) {
        return Err(Failure::FileExists);
    }
    context
        .with_desk(async |desk, context| {
            let id = named::receipt(desk, &args.receipt).await?;
            let envelope = desk.receipt_file(id).await?;
            match &args.output {
                None => context.out.text(envelope.reveal()),
                Some(path) => {
                    write_new(path, envelope.reveal())?;
                    context.out.show(&json!({ "receipt": id }), |_| "The receipt is written.\n".to_owned())
                }
            }
        })
        .await
}

async fn resend(args: Resend, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let id = named::receipt(desk, &args.receipt).await?;
            desk.resend_receipt(id).await?;
            context.out.show(&json!({ "receipt": id }), |_| {
                "The receipt is in the outbox again; the next round sends it.\n".to_owned()
            })
        })
        .await
}

fn text(view: &ReceiptView) -> String {
    let row = &view.row;
    let mut text = format!("Receipt {}  {}\n\n", row.id, row.title);
    let signature = match view.signature_fits {
        Some(true) => "fits",
        Some(false) => "DOES NOT FIT: the stored receipt was changed",
        None => "the text was forgotten; its digest remains",
    };
    let sent = row.channel.map_or("", words::channel);
    for (name, value) in [
        ("Number", row.token.clone()),
        ("Case", row.case.clone()),
        ("Customer", row.customer.clone()),
        ("Issued", local(&row.issued_at)),
        ("Standing", format!("{} {sent}", receipts::standing(row.standing)).trim_end().to_owned()),
        ("Locations", if row.complete { "all closed" } else { "some open: a follow-up is owed" }.to_owned()),
        ("Signature", signature.to_owned()),
        ("Digest", view.payload_digest.clone()),
    ] {
        text.push_str(&format!("{name:<10} {value}\n"));
    }
    if let Some(follows) = &row.follows {
        text.push_str(&format!("{:<10} {follows}\n", "Completes"));
    }
    let mut file = None;
    for location in &view.locations {
        if file != Some(&location.file) {
            file = Some(&location.file);
            text.push_str(&format!("\n{}  {}\n", crate::ids::short(&location.file), location.name));
        }
        let mark = if location.closed { "closed" } else { "open" };
        text.push_str(&format!("  {mark:<6}  {location}\n"));
    }
    for answer in &view.answers {
        text.push_str(&format!("\n{}  {}\n", local(&answer.at), answered(answer.answer, answer.grade)));
    }
    if !view.letter.is_empty() {
        text.push_str("\n---- The letter ----\n\n");
        text.push_str(&view.letter);
    }
    text
}

fn answered(answer: Answer, grade: Grade) -> String {
    format!("The customer {} ({})", words::answer(answer), words::grade(grade))
}

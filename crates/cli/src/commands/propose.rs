//! `custody propose`

use clap::{Args, Subcommand};
use custody_core::{
    four_eyes::{Act, ExportOf},
    id::FileId,
};
use custody_desk::Desk;
use serde_json::json;

use crate::{
    context::Context,
    failure::Failure,
    ids::IdError,
    named::{self, CaseOrFile},
    secrets,
};

const EXAMPLES: &str = "\
Examples:
  custody propose lift 9c41d0 --reason 'The claim is settled'
  custody propose erase 3f9a1c --reason 'Sent by mistake, the customer called'
  custody propose export report --reason 'The auditor asked for November'
  custody propose export 81f3c2 --reason 'The vendor needs the dump'";

/// Propose what a second person has to approve
///
/// Where the settings say so (`[four_eyes]`), lifting a hold, an early erasure and an export need two people. You propose it, with a
/// reason and the passphrase of your own key; somebody else approves it with theirs (`custody approvals approve`). Lifting and erasing
/// are done with that; an approved export you then make yourself, once. Proposals end by themselves after three days, unless set.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Propose {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Lift(Lift),
    Erase(Erase),
    Export(Export),
}

/// Propose that a hold be lifted
///
/// Until a second person approves it, the hold stays and nothing that it covers is erased.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  custody propose lift 9c41d0 --reason 'The claim is settled'")]
struct Lift {
    /// The hold
    #[arg(value_name = "HOLD")]
    hold: String,
    #[command(flatten)]
    why: Why,
}

/// Propose that a case's files, or one of them, be erased before their rule's end
///
/// Until a second person approves it, they stay as their rule says. What a customer asks for needs no proposal.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  custody propose erase 3f9a1c --reason 'Sent by mistake'")]
struct Erase {
    /// The case or the file
    #[arg(value_name = "CASE|FILE")]
    what: String,
    #[command(flatten)]
    why: Why,
}

/// Propose that a report, the ledger's rows or the plaintext of a file leave the desk
///
/// `report` is for `custody report`, `ledger` for `custody audit dump`, and a file's id for `custody cat`. Once it is approved, you
/// make it yourself, once, while the proposal lasts.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  custody propose export report --reason 'The auditor asked'\n  custody propose export 81f3c2 --reason 'For the vendor'"
)]
struct Export {
    /// `report`, `ledger`, or the file
    #[arg(value_name = "WHAT")]
    what: String,
    #[command(flatten)]
    why: Why,
}

#[derive(Debug, Args)]
struct Why {
    /// Why, in your words
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    reason: String,
}

/// Proposes one of these.
pub async fn propose(args: Propose, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let (act, reason) = match &args.what {
                What::Lift(args) => (Act::LiftHold { hold: named::hold(desk, &args.hold).await? }, &args.why.reason),
                What::Erase(args) => (erase(desk, &args.what).await?, &args.why.reason),
                What::Export(args) => (Act::Export { what: export(desk, &args.what).await? }, &args.why.reason),
            };
            let passphrase = secrets::own_passphrase(context.global.passphrase_file.as_deref())?;
            let proposal = desk.propose(act, reason.clone().into(), passphrase).await?;
            context.out.show(&json!({ "proposal": proposal }), |_| {
                format!(
                    "Proposal {} waits for a second person: `custody approvals approve {}`. Nothing was changed yet.\n",
                    proposal.short(),
                    proposal.short()
                )
            })
        })
        .await
}

async fn erase(desk: &Desk, text: &str) -> Result<Act, Failure> {
    Ok(match named::case_or_file(desk, text).await? {
        CaseOrFile::Case(case) => Act::EraseEarly { case, file: None },
        CaseOrFile::File(file) => {
            let case = desk.file(file).await?.case.parse().map_err(|_| IdError::NotAnId)?;
            Act::EraseEarly { case, file: Some(file) }
        }
    })
}

async fn export(desk: &Desk, text: &str) -> Result<ExportOf, Failure> {
    Ok(match text {
        "report" => ExportOf::Report,
        "ledger" => ExportOf::Ledger,
        id => {
            let file: FileId = named::file(desk, id).await?;
            ExportOf::File { file }
        }
    })
}

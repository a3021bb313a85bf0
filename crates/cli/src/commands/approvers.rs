//! `custody approvers`

use clap::{Args, Subcommand};
use custody_desk::views::ApproverView;
use serde_json::json;

use crate::{
    context::Context,
    failure::Failure,
    secrets,
    table::{Side, Table, clipped},
    times::local,
};

const EXAMPLES: &str = "\
Examples:
  custody approvers
  custody approvers add alice
  custody approvers remove alice";

/// List who has a key of their own, give somebody one, or take it back
///
/// Whoever proposes or approves signs with a key that only their own passphrase opens. It is made at the desk where they work, while
/// nothing needs a second person yet; then `[four_eyes]` in the settings is turned on. Each of it is recorded, and shared ledgers show
/// it to every desk.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Approvers {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    Add(Add),
    Remove(Remove),
}

/// Make a key for somebody, who types a passphrase of their own
///
/// The passphrase is theirs alone: it is not the desk's, and nobody else knows it. Without it they need another key.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  custody approvers add alice")]
struct Add {
    /// The name under which they act
    #[arg(value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    name: String,
}

/// Take somebody's key out of use, and destroy it
///
/// What they proposed or approved before stays in the ledger with its signature.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  custody approvers remove alice")]
struct Remove {
    /// The name under which they act
    #[arg(value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    name: String,
}

/// Does one of these.
pub async fn approvers(args: Approvers, context: &mut Context) -> Result<(), Failure> {
    match args.what {
        None => list_all(context).await,
        Some(What::Add(args)) => add(args, context).await,
        Some(What::Remove(args)) => remove(args, context).await,
    }
}

async fn list_all(context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let styled = context.out.is_styled();
            context.out.show(desk.approvers().await?.as_slice(), |approvers| list(approvers, styled))
        })
        .await
}

fn list(approvers: &[ApproverView], styled: bool) -> String {
    let mut table =
        Table::new([("NAME", Side::Left), ("KEY", Side::Left), ("KEPT", Side::Left), ("SINCE", Side::Left)]);
    for approver in approvers {
        table.row([
            clipped(&approver.name, 32),
            clipped(&approver.public_key, 16),
            if approver.here { "at this desk" } else { "at another desk" }.to_owned(),
            local(&approver.added_at),
        ]);
    }
    table.text(styled, "Nobody has a key of their own.")
}

async fn add(args: Add, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let passphrase = secrets::new_passphrase(context.global.passphrase_file.as_deref())?;
            desk.add_approver(&args.name.clone().into(), passphrase).await?;
            context.out.show(&json!({ "added": args.name }), |_| {
                format!("{} has a key now, which their own passphrase opens.\n", clipped(&args.name, 64))
            })
        })
        .await
}

async fn remove(args: Remove, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            desk.remove_approver(&args.name.clone().into()).await?;
            context.out.show(&json!({ "removed": args.name }), |_| {
                format!("{} has no key any more.\n", clipped(&args.name, 64))
            })
        })
        .await
}

//! `custody approvals`

use clap::{Args, Subcommand};
use custody_desk::views::ProposalView;
use serde_json::json;

use crate::{
    context::Context,
    failure::Failure,
    ids::short,
    named, secrets,
    table::{Side, Table, clipped},
    times::local,
};

const EXAMPLES: &str = "\
Examples:
  custody approvals
  custody --as alice approvals approve 5be102
  custody approvals decline 5be102 --reason 'The claim is not settled'";

/// List what waits for a second person, approve it, or decline it
///
/// Each with what is proposed, by whom, why, and until when. An approved export stands here too until it is made or its time is over.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Approvals {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    Approve(Approve),
    Decline(Decline),
}

/// Approve as the second person, with the passphrase of your own key
///
/// Whoever proposed it cannot approve it, and a typed name is not enough: the approval is signed with the key that your own passphrase
/// opens (`custody approvers`). Lifting and erasing are done with that.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  custody approvals approve 5be102\n  custody --as alice approvals approve 5be102"
)]
struct Approve {
    /// The proposal
    #[arg(value_name = "PROPOSAL")]
    proposal: String,
}

/// Decline a proposal, or take your own back
///
/// Nothing of it is done, and the reason is recorded with your name. It can be proposed again.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  custody approvals decline 5be102 --reason 'The claim is not settled'")]
struct Decline {
    /// The proposal
    #[arg(value_name = "PROPOSAL")]
    proposal: String,
    /// Why, in your words
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    reason: String,
}

/// Does one of these.
pub async fn approvals(args: Approvals, context: &mut Context) -> Result<(), Failure> {
    match args.what {
        None => list_all(context).await,
        Some(What::Approve(args)) => approve(args, context).await,
        Some(What::Decline(args)) => decline(args, context).await,
    }
}

async fn list_all(context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let styled = context.out.is_styled();
            context.out.show(desk.proposals().await?.as_slice(), |proposals| list(proposals, styled))
        })
        .await
}

fn list(proposals: &[ProposalView], styled: bool) -> String {
    let mut table = Table::new([
        ("PROPOSAL", Side::Left),
        ("BY", Side::Left),
        ("UNTIL", Side::Left),
        ("APPROVED", Side::Left),
        ("WHAT", Side::Left),
        ("REASON", Side::Left),
    ]);
    for proposal in proposals {
        table.row([
            short(&proposal.id).to_owned(),
            clipped(&proposal.by, 24),
            local(&proposal.expires_at),
            proposal.approved_by.as_ref().map_or_else(|| "-".to_owned(), |by| clipped(by, 24)),
            proposal.to_string(),
            proposal.reason.clone(),
        ]);
    }
    table.text(styled, "Nothing waits for a second person.")
}

async fn approve(args: Approve, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let proposal = named::proposal(desk, &args.proposal).await?;
            let passphrase = secrets::own_passphrase(context.global.passphrase_file.as_deref())?;
            let me = context.options().person;
            desk.approve(proposal, &me, passphrase).await?;
            context.out.show(&json!({ "approved": proposal }), |_| {
                format!(
                    "Proposal {} is approved. A lifting or an erasure is done with that; an export is made by whoever \
                     proposed it.\n",
                    proposal.short()
                )
            })
        })
        .await
}

async fn decline(args: Decline, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let proposal = named::proposal(desk, &args.proposal).await?;
            desk.decline(proposal, args.reason.clone().into()).await?;
            context.out.show(&json!({ "declined": proposal }), |_| {
                format!("Proposal {} is declined. Nothing of it is done.\n", proposal.short())
            })
        })
        .await
}

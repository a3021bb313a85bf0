//! `custody holds`

use clap::Args;
use custody_desk::views::HoldView;

use crate::{
    context::Context,
    failure::Failure,
    ids::short,
    table::{Side, Table, clipped},
    times::local,
};

const EXAMPLES: &str = "\
Examples:
  custody holds
  custody holds --json | jq -r '.[] | select(.owner == \"bob\") | .id'";

/// List the holds that are placed
///
/// Each with what it covers, whose it is, why, and when its owner is to look at it again. Lifted holds stand in the timeline of
/// their case (`custody cases CASE`).
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Holds {}

/// Lists holds.
pub async fn holds(_args: Holds, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let styled = context.out.is_styled();
            context.out.show(desk.holds().await?.as_slice(), |holds| list(holds, styled))
        })
        .await
}

/// The table of holds.
pub fn list(holds: &[HoldView], styled: bool) -> String {
    let mut table = Table::new([
        ("HOLD", Side::Left),
        ("COVERS", Side::Left),
        ("OWNER", Side::Left),
        ("REVIEW", Side::Left),
        ("LIFTED", Side::Left),
        ("REASON", Side::Left),
    ]);
    for hold in holds {
        table.row([
            short(&hold.id).to_owned(),
            format!("{} {}", hold.scope, short(&hold.covers)),
            clipped(&hold.owner, 24),
            local(&hold.review_at),
            crate::times::local_or_dash(hold.lifted_at.as_deref()),
            hold.reason.clone(),
        ]);
    }
    table.text(styled, "No hold is placed.")
}

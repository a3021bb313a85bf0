//! `custody receipts`

use clap::Args;
use custody_desk::views::{ReceiptRowView, ReceiptStanding};

use crate::{
    context::Context,
    failure::Failure,
    ids::short,
    table::{Side, Table, clipped},
    times::local,
};

const EXAMPLES: &str = "\
Examples:
  custody receipts
  custody receipts --json | jq -r '.[] | select(.standing == \"bounced\") | .id'";

/// List the receipts
///
/// Newest first, each with its number, how complete it is, where it was sent and what the customer answered. A partial receipt names
/// what is still open; its follow-up names it in turn.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Receipts {}

/// Lists receipts.
pub async fn receipts(_args: Receipts, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let styled = context.out.is_styled();
            context.out.show(desk.receipts().await?.as_slice(), |rows| list(rows, styled))
        })
        .await
}

/// The table of receipts.
pub fn list(rows: &[ReceiptRowView], styled: bool) -> String {
    let mut table = Table::new([
        ("RECEIPT", Side::Left),
        ("NUMBER", Side::Left),
        ("CASE", Side::Left),
        ("ISSUED", Side::Left),
        ("FILES", Side::Right),
        ("LOCATIONS", Side::Left),
        ("STANDING", Side::Left),
        ("CUSTOMER", Side::Left),
        ("TITLE", Side::Left),
    ]);
    for row in rows {
        table.row([
            short(&row.id).to_owned(),
            row.token.clone(),
            short(&row.case).to_owned(),
            local(&row.issued_at),
            row.files.to_string(),
            if row.complete { "all closed" } else { "some open" }.to_owned(),
            standing(row.standing).to_owned(),
            clipped(&row.customer, 24),
            clipped(&row.title, 48),
        ]);
    }
    table.text(styled, "No receipt was issued yet.")
}

/// How a receipt stands, in words.
pub const fn standing(standing: ReceiptStanding) -> &'static str {
    match standing {
        ReceiptStanding::Waiting => "waiting",
        ReceiptStanding::Sent => "sent",
        ReceiptStanding::Bounced => "came back",
        ReceiptStanding::Confirmed => "confirmed",
        ReceiptStanding::Disputed => "disputed",
        ReceiptStanding::AnswerUnclear => "unclear answer",
    }
}

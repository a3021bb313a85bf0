//! `custody notices`

use clap::Args;
use custody_desk::views::NoticesView;

use crate::{
    context::Context,
    failure::Failure,
    ids::short,
    table::{Side, Table},
    times::{local, local_or_dash},
};

const EXAMPLES: &str = "\
Examples:
  custody notices
  custody notices --json";

/// Show what will be erased within the next days, if nothing changes
///
/// The same goes once a day to the address in the settings (`[digest]`), if there is one, mail is connected and there is something to
/// say: case ids, ticket keys and counts, and no name. What is on hold is not in it.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Notices {}

/// Shows what will be erased.
pub async fn notices(_: Notices, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let view = desk.notices().await?;
            let styled = context.out.is_styled();
            context.out.show(&view, |view| text(view, styled))
        })
        .await
}

fn text(view: &NoticesView, styled: bool) -> String {
    let columns = [("CASE", Side::Left), ("TICKET", Side::Left), ("FILES", Side::Right), ("FIRST ON", Side::Left)];
    let mut table = Table::new(columns);
    for case in &view.cases {
        table.row([short(&case.case).to_owned(), case.ticket.clone(), case.files.to_string(), local(&case.first_at)]);
    }
    let mut text = table.text(styled, &format!("Nothing is erased before {}.", local(&view.until)));
    if let Some(address) = &view.mailed_to {
        let last = local_or_dash(view.mailed_at.as_deref());
        text.push_str(&format!("\nMailed to {address}, at most once a day; the last time: {last}\n"));
    }
    text
}

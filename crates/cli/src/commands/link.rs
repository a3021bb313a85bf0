//! `custody link`

use clap::Args;
use custody_core::ticket::TicketRef;
use serde_json::json;

use crate::{context::Context, failure::Failure, named};

const EXAMPLES: &str = "\
Examples:
  custody link 3f9a1c redmine 4711
  custody link 3f9a1c --set-aside redmine 4711";

/// Link a case to its ticket, or set a ticket aside that its thread names
///
/// The ticket decides when the case's files are due. A ticket that the thread names is only offered: a person says whether it is the
/// case's. `custody status` tells that one waits, and `custody cases CASE` which. The tracker is named as in the settings; `topic` is
/// the thread itself, which is what every case begins with.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Link {
    /// The case
    #[arg(value_name = "CASE")]
    case: String,
    /// The tracker's name in the settings
    #[arg(value_name = "TRACKER")]
    tracker: String,
    /// The ticket's key there
    #[arg(value_name = "KEY")]
    key: String,
    /// The ticket is not the case's: take the offer away
    #[arg(long)]
    set_aside: bool,
}

/// Links a case, or sets an offer aside.
pub async fn link(args: Link, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let case = named::case(desk, &args.case).await?;
            let ticket = TicketRef { tracker: args.tracker, key: args.key };
            if args.set_aside {
                desk.set_ticket_aside(case, &ticket).await?;
            } else {
                desk.link_ticket(case, ticket).await?;
            }
            context.out.show(&json!({ "case": case, "linked": !args.set_aside }), |_| {
                if args.set_aside {
                    "The ticket is set aside; the case keeps the one it has.\n"
                } else {
                    "The case is linked. The next round reads the ticket.\n"
                }
                .to_owned()
            })
        })
        .await
}

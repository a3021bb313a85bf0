//! `custody clock`

use clap::Args;
use custody_core::timekeeper::Doubt;
use custody_desk::views::ClockView;

use crate::{
    context::Context,
    failure::Failure,
    times::{local, local_or_dash},
};

const EXAMPLES: &str = "\
Examples:
  custody clock
  custody clock --confirm";

/// Show what time the desk goes by, and whether it can be sure of it
///
/// What ends by time ends only when that time has come for sure: the machine's clock must agree with the dates on the answers of a
/// connected server. If the clock jumps, or was wrong to begin with, nothing is erased because of it, and this says so. Put the clock
/// and its time zone right; the next answer of a server settles it. Where the servers are wrong, `--confirm` says that this machine is
/// right; who said so is recorded.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Clock {
    /// Say that this machine's clock is right
    #[arg(long)]
    confirm: bool,
}

/// Shows or confirms the clock.
pub async fn clock(args: Clock, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let view = if args.confirm { desk.confirm_clock().await? } else { desk.clock() };
            context.out.show(&view, text)
        })
        .await
}

fn text(view: &ClockView) -> String {
    let mut text = format!("This machine   {}\n", local(&view.machine));
    text.push_str(&format!("For sure       {}\n", local_or_dash(view.sure.as_deref())));
    if let Some(server) = &view.server {
        text.push_str(&format!("A server says  {}\n", local(server)));
    }
    text.push_str(match view.doubt {
        None => "Nothing speaks against the clock.\n",
        Some(Doubt::Unconfirmed) => {
            "No server has confirmed the clock since it went on by itself. Nothing ends by it until one does: `custody sync` asks.\n"
        }
        Some(Doubt::Disagrees) => {
            "The clock does not agree with what is known of the time. Nothing ends by it: put clock and time zone right.\n"
        }
    });
    text
}

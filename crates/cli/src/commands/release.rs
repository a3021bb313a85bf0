//! `custody release`

use clap::Args;
use serde_json::json;

use crate::{context::Context, failure::Failure, named};

const EXAMPLES: &str = "\
Examples:
  custody release 9c41d0 --reason 'The claim is settled'";

/// Lift a hold
///
/// The reason is recorded with your name. What waited behind it goes on by itself with the next sweep: a file whose ticket is closed
/// is then erased once its grace is over, and one that the customer asked for gets its receipt.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Release {
    /// The hold
    #[arg(value_name = "HOLD")]
    hold: String,
    /// Why, in your words
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    reason: String,
}

/// Lifts a hold.
pub async fn release(args: Release, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let hold = named::hold(desk, &args.hold).await?;
            desk.lift_hold(hold, args.reason.clone().into()).await?;
            context.out.show(&json!({ "lifted": hold }), |_| {
                format!("Hold {} is lifted. What waited behind it goes on with the next sweep.\n", hold.short())
            })
        })
        .await
}

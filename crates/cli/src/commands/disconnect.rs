//! `custody disconnect`

use clap::{Args, Subcommand};
use serde_json::json;

use crate::{context::Context, failure::Failure};

const EXAMPLES: &str = "\
Examples:
  custody disconnect forum";

/// Leave the forum
///
/// What is in custody stays there, and is erased when its rule says so; only what the forum would tell is not heard any more.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Disconnect {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Forum(Forum),
}

const FORUM_EXAMPLES: &str = "\
Examples:
  custody disconnect forum
  custody disconnect forum --keep-key";

/// Leave the forum and give its key back
///
/// The forum is asked to forget the key, then it is removed here. If the forum does not answer, nothing is changed; --keep-key
/// leaves without asking, and the key stays good until it is revoked on the forum, under the preferences of the account. An
/// administrator's key is not this desk's to give back, and needs --keep-key.
#[derive(Debug, Args)]
#[command(after_long_help = FORUM_EXAMPLES)]
struct Forum {
    /// Do not ask the forum to forget the key
    #[arg(long)]
    keep_key: bool,
}

/// Disconnects a server.
pub async fn disconnect(args: Disconnect, context: &mut Context) -> Result<(), Failure> {
    let What::Forum(Forum { keep_key }) = args.what;
    context
        .with_desk(async |desk, context| {
            desk.disconnect_forum(!keep_key).await?;
            context.out.show(&json!({ "forum": null, "key_given_back": !keep_key }), |_| {
                let key =
                    if keep_key { "Its key was removed here only." } else { "Its key is good for nothing any more." };
                format!("The forum is disconnected. {key} What is in custody stays.\n")
            })
        })
        .await
}

//! `custody request`

use clap::{Args, Subcommand};
use serde_json::json;

use crate::{context::Context, failure::Failure, named};

const EXAMPLES: &str = "\
Examples:
  custody status
  custody request accept 77ab01
  custody request set-aside 77ab01
  custody request tell 77ab01";

/// Say what an unclear request means, or tell a customer of a hold again
///
/// A customer's text that clearly asks for removal counts by itself. One that only sounds like it waits for a person: read it in its
/// thread, then say what it is. `custody status` lists such requests.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Request {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Accept(Accept),
    SetAside(SetAside),
    Tell(Tell),
}

/// It is a request: the files become due
///
/// From now on it counts as the customer's own wish. The files that were there when it was written are erased with the next sweep,
/// unless a hold stands against it.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  custody request accept 77ab01")]
struct Accept {
    /// The request
    #[arg(value_name = "REQUEST")]
    request: String,
}

/// It is no request: nothing changes
///
/// The text was about something else. It is recorded that you read it and set it aside; the files stay as their rule says.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  custody request set-aside 77ab01")]
struct SetAside {
    /// The request
    #[arg(value_name = "REQUEST")]
    request: String,
}

/// Tell the customer in the thread that a hold keeps the files, after the letter came back
///
/// Who asks for files that a hold keeps is told so, once, by the way the request came. Where the mail server gave that letter back,
/// `custody status` lists the request, and this says the same in the thread.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  custody request tell 77ab01")]
struct Tell {
    /// The request
    #[arg(value_name = "REQUEST")]
    request: String,
}

/// Resolves a request.
pub async fn request(args: Request, context: &mut Context) -> Result<(), Failure> {
    let (request, accept) = match args.what {
        What::Accept(args) => (args.request, true),
        What::SetAside(args) => (args.request, false),
        What::Tell(args) => return tell(args, context).await,
    };
    context
        .with_desk(async |desk, context| {
            let id = named::request(desk, &request).await?;
            desk.resolve_request(id, accept).await?;
            context.out.show(&json!({ "request": id, "accepted": accept }), |_| {
                if accept {
                    "The request is accepted. Its files are erased with the next sweep, unless a hold stands against it.\n"
                } else {
                    "The request is set aside. Nothing changes for its files.\n"
                }
                .to_owned()
            })
        })
        .await
}

async fn tell(args: Tell, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let id = named::request(desk, &args.request).await?;
            desk.tell_in_thread(id).await?;
            context.out.show(&json!({ "request": id, "told": "thread" }), |_| {
                "The customer is told in the thread with the next `custody sync` or `custody sweep`, or by the running desk.\n"
                    .to_owned()
            })
        })
        .await
}

//! `custody open`

use std::{
    io::{self, BufRead as _},
    time::Duration,
};

use clap::Args;
use custody_core::{Private, Timestamp, id::ViewingCopyId};
use custody_desk::{Desk, views::ViewingCopyView};
use serde_json::json;
use tokio::sync::oneshot;

use crate::{context::Context, failure::Failure, named, stop, times};

const EXAMPLES: &str = "\
Examples:
  custody open 81f3c2
  custody open 81f3c2 --for 2h";

/// Make a viewing copy of a file, and end it when you are done
///
/// It needs the passphrase, and who opened the file is recorded. The copy lies in a private folder, in memory where the system has
/// one, and is in custody itself: it is listed, it ends with its lease, and no receipt is signed before it is gone.
///
/// The command stays in the foreground for as long as the copy exists: Enter, Ctrl-C or the end of the lease ends it. Were the
/// program to end at once, nobody would be left to end the copy; and should it be killed, the next `custody run`, `custody sync` or
/// `custody done` ends it. Until then this desk is in use, and other commands say so.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Open {
    /// The file
    #[arg(value_name = "FILE")]
    file: String,
    /// How long the copy lasts at most; the settings say what is usual
    #[arg(long = "for", value_name = "TIME")]
    lease: Option<String>,
}

/// Makes a viewing copy and waits for its end.
pub async fn open(args: Open, context: &mut Context) -> Result<(), Failure> {
    let lease = args.lease.as_deref().map(times::length).transpose()?;
    context
        .with_desk(async |desk, context| {
            let id = named::file(desk, &args.file).await?;
            context.unlock(desk).await?;
            let lease = lease.unwrap_or_else(|| desk.settings().times.viewing_copy);
            let (copy, path) = desk.make_viewing_copy(id, lease).await?;
            let shown = show(&copy, &path, context);
            let waited = match shown {
                Ok(()) => wait(desk, &copy).await,
                Err(failure) => Err(failure),
            };
            // Whatever happened: the copy is not left behind.
            if let Ok(copy) = copy.id.parse::<ViewingCopyId>() {
                desk.end_viewing_copy(copy).await?;
            }
            waited?;
            context.out.remark("The viewing copy is erased.");
            Ok(())
        })
        .await
}

fn show(copy: &ViewingCopyView, path: &Private<String>, context: &mut Context) -> Result<(), Failure> {
    let out = &mut context.out;
    if out.is_json() {
        return out.json_line(&json!({ "copy": copy.id, "path": path.reveal(), "until": copy.until }));
    }
    out.line(path.reveal())?;
    out.finish()?;
    out.remark(format_args!(
        "The viewing copy exists until {}. Enter or Ctrl-C ends it now.",
        times::local(&copy.until)
    ));
    Ok(())
}

async fn wait(desk: &Desk, copy: &ViewingCopyView) -> Result<(), Failure> {
    let left = copy.until.parse::<Timestamp>().map(|until| until.duration_since(desk.now())).unwrap_or_default();
    let left = Duration::try_from(left).unwrap_or_default();
    tokio::select! {
        asked = stop::asked() => asked.map_err(Failure::Terminal),
        () = enter() => Ok(()),
        () = tokio::time::sleep(left) => Ok(()),
    }
}

/// Returns when a line was typed. Standard input that is closed from the start is nobody typing.
async fn enter() {
    let (typed, line) = oneshot::channel();
    // A thread of its own: reading a terminal cannot be called off, and must not keep the program from ending.
    std::thread::spawn(move || {
        let mut first = Vec::new();
        if io::stdin().lock().read_until(b'\n', &mut first).is_ok_and(|count| count > 0) {
            let _ = typed.send(());
        }
    });
    if line.await.is_err() {
        std::future::pending::<()>().await;
    }
}

//! `custody open`

use std::{
    io::{self, BufRead as _},
    pin::pin,
    time::Duration,
};

use clap::Args;
use custody_core::{Private, Timestamp, id::ViewingCopyId};
use custody_desk::{Desk, views::ViewingCopyView};
use serde_json::json;
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    time::{Instant, interval, sleep_until},
};

use crate::{context::Context, copies, failure::Failure, ids::IdError, named, stop, times};

/// How often the copy's folder is looked at.
const LOOK: Duration = Duration::from_secs(5);

const EXAMPLES: &str = "\
Examples:
  custody open 81f3c2 --reason \"find the crash\"
  custody open 81f3c2 --reason \"compare the settings\" --for 2h";

/// Make a viewing copy of a file, and end it when you are done
///
/// It needs the passphrase and your reason, and who opened the file is recorded. The copy lies in a private folder, in memory where
/// the system has one, and is in custody itself: it is listed, it ends with its lease, and no receipt is signed before it is gone.
/// Whatever programs leave beside it, such as backups and unpacked archives, ends with it. What you save into the copy is not taken
/// into the case: `custody drop` is the way for that.
///
/// The command stays in the foreground for as long as the copy exists: Enter, Ctrl-C or the end of the lease ends it, and "+30m" with
/// Enter makes it last half an hour from then. Were the program to end at once, nobody would be left to end the copy; and should it be
/// killed, the next `custody run`, `custody sync` or `custody done` ends it. Until then this desk is in use, and other commands say so.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Open {
    /// The file
    #[arg(value_name = "FILE")]
    file: String,
    /// Why you open it, in your words
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    reason: String,
    /// How long the copy lasts at most; the settings say what is usual, and what is the longest
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
            let times = desk.settings().times;
            let lease = lease.unwrap_or_else(|| times.viewing_copy.min(times.viewing_copy_longest));
            let (copy, path) = desk.make_viewing_copy(id, lease, args.reason.clone().into()).await?;
            let copy_id: ViewingCopyId = copy.id.parse().map_err(|_| IdError::NotAnId)?;
            let shown = show(&copy, &path, context);
            let waited = match shown {
                Ok(()) => wait(desk, copy_id, copy, context).await,
                Err(failure) => Err(failure),
            };
            // Whatever happened: the copy is not left behind.
            let ended = desk.end_viewing_copy(copy_id).await?;
            waited?;
            context.out.remark(copies::erased(&ended));
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
        "The viewing copy exists until {}. Enter or Ctrl-C ends it now; +30m and Enter makes it last longer.\nWhat you \
         save into it is erased with it.",
        times::local(&copy.until)
    ));
    Ok(())
}

/// Waits for the end of the lease, or until somebody has enough. Looks after the copy meanwhile.
async fn wait(desk: &Desk, id: ViewingCopyId, mut copy: ViewingCopyView, context: &mut Context) -> Result<(), Failure> {
    // Listened to all the time, also while the copy is looked after.
    let mut asked = pin!(stop::asked());
    let mut typed = typed();
    let mut looks = interval(LOOK);
    loop {
        let left = copy.until.parse::<Timestamp>().map(|until| until.duration_since(desk.now())).unwrap_or_default();
        let end = Instant::now() + Duration::try_from(left).unwrap_or_default();
        let line = tokio::select! {
            asked = &mut asked => return asked.map_err(Failure::Terminal),
            () = sleep_until(end) => return Ok(()),
            // What it meets is recorded, and met again when the copy ends.
            _ = looks.tick() => { let _ = desk.tend_viewing_copies().await; continue }
            Some(line) = typed.recv() => line,
        };
        if line.trim().is_empty() {
            return Ok(());
        }
        match longer(desk, id, line.trim()).await {
            Ok(longer) => {
                copy = longer;
                context.out.remark(format_args!("The viewing copy exists until {}.", times::local(&copy.until)));
            }
            Err(failure) => context.out.remark(failure.told(false)),
        }
    }
}

async fn longer(desk: &Desk, id: ViewingCopyId, text: &str) -> Result<ViewingCopyView, Failure> {
    let lease = times::length(text.strip_prefix('+').unwrap_or(text))?;
    Ok(desk.extend_viewing_copy(id, lease).await?)
}

/// The lines that are typed. Standard input that is closed from the start is nobody typing.
fn typed() -> UnboundedReceiver<String> {
    let (give, typed) = unbounded_channel();
    // A thread of its own: reading a terminal cannot be called off, and must not keep the program from ending.
    std::thread::spawn(move || {
        let mut lines = io::stdin().lock().lines();
        while lines.next().is_some_and(|line| line.is_ok_and(|line| give.send(line).is_ok())) {}
    });
    typed
}

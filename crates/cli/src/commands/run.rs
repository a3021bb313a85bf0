//! `custody run`

use std::{collections::BTreeMap, sync::Arc};

use clap::Args;
use custody_core::ports::{Fault, Job};
use custody_desk::{Desk, views::EventView};
use serde_json::json;

use crate::{
    context::Context,
    failure::{Failure, fault_word, on_one_line},
    out::Out,
    progress::Bars,
    stop,
    times::{local, local_or_dash},
};

const EXAMPLES: &str = "\
Examples:
  custody run
  custody run --json >> /var/log/custody.jsonl
  systemd-run --user custody run";

/// Let the desk work until it is stopped
///
/// Files come in, what is due is erased, receipts go out. It needs no passphrase: taking in and erasing go on while the desk is
/// locked. Every event is shown on one line, without names; with --json as one JSON object a line. Ctrl-C or SIGTERM ends it in
/// good order; what was under way is taken up at the next start.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Run {}

/// Lets the desk work.
pub async fn run(_args: Run, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let bars = Arc::new(Bars::new());
            let mut teller = Teller { after: desk.head().await?, met: BTreeMap::new() };
            context.out.remark("The desk is at work. Ctrl-C stops it.");
            let progress: Arc<dyn custody_core::flow::Progress> = bars.clone();
            let (stopped, asked_to_stop) = tokio::sync::oneshot::channel();
            let asked_to_stop = async {
                // A signal we cannot wait for leaves the desk at work; the system can still end it.
                if asked_to_stop.await.is_err() {
                    std::future::pending::<()>().await;
                }
            };
            let watching = async {
                if stop::asked().await.is_ok() {
                    let _ = stopped.send(());
                }
                std::future::pending::<Result<(), Failure>>().await
            };
            let out = &mut context.out;
            let done = tokio::select! {
                done = desk.run(progress, asked_to_stop) => done.map_err(Failure::from),
                failed = teller.tell(desk, out, &bars) => failed,
                never = watching => never,
            };
            bars.clear();
            // What happened last is told too.
            teller.catch_up(desk, &mut context.out, &bars).await?;
            done?;
            context.out.remark("Stopped in good order.");
            Ok(())
        })
        .await
}

/// What was told already.
struct Teller {
    after: u64,
    /// What each job met last, and whether it was late.
    met: BTreeMap<Job, (Option<Fault>, bool)>,
}

const AT_A_TIME: u32 = 500;

impl Teller {
    /// Tells every change, for as long as somebody reads it.
    async fn tell(&mut self, desk: &Desk, out: &mut Out, bars: &Bars) -> Result<(), Failure> {
        let mut changes = desk.changes();
        loop {
            changes.mark_unchanged();
            self.catch_up(desk, out, bars).await?;
            if changes.changed().await.is_err() {
                return Ok(());
            }
        }
    }

    async fn catch_up(&mut self, desk: &Desk, out: &mut Out, bars: &Bars) -> Result<(), Failure> {
        loop {
            let events = desk.events(self.after, AT_A_TIME).await?;
            let Some(last) = events.last() else { break };
            self.after = last.index;
            bars.suspend(|| events.iter().try_for_each(|event| told(event, out)))?;
        }
        for job in desk.jobs().await? {
            let fault = job.problem.as_ref().map(|problem| problem.code);
            let is_late = job.late_since.is_some();
            let before = self.met.insert(job.job, (fault, is_late)).unwrap_or_default();
            if before == (fault, is_late) {
                continue;
            }
            let name = job.job.as_str();
            let at = job.late_since.as_ref().or(job.ran_at.as_ref());
            let line = json!({ "job": name, "at": at, "standing": job.standing, "problem": job.problem });
            let text = match &job.problem {
                _ if is_late => format!("{name} is late: it should have run, or come to an end, by now"),
                Some(problem) => {
                    format!("{name} met a problem ({}): {}", fault_word(problem.code), on_one_line(&problem.what))
                }
                None => format!("{name} goes well again"),
            };
            bars.suspend(|| {
                if out.is_json() {
                    out.json_line(&line)
                } else {
                    out.line(format_args!("{}  {text}", local_or_dash(at.map(String::as_str))))
                }
            })?;
        }
        out.finish()
    }
}

/// One event, without the name of who did it.
fn told(event: &EventView, out: &mut Out) -> Result<(), Failure> {
    if out.is_json() {
        return out
            .json_line(&json!({ "index": event.index, "at": event.at, "event": event.event, "what": event.what }));
    }
    out.line(format_args!("{}  {:>6}  {}", local(&event.at), event.index, event.what))
}

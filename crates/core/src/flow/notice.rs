//! Notice: the thread is told once what was taken in, until when it is kept, and how to have it removed.

use jiff::{SignedDuration, Timestamp};
use tracing::info;

use super::{FlowError, Policy, Tally, choose::Known};
use crate::{
    Private,
    case::Case,
    held_file::{HeldFile, StateName},
    notice,
    ports::{PortResult, Ports},
};

/// After a forum that could not take the notice, it is tried again so much later.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);

/// Posts the notice of every case whose files are in, if the desk gives notices.
pub async fn notice(ports: &Ports, policy: &Policy) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    if !policy.notice {
        return Ok(tally);
    }
    for case in ports.ledger.open_cases().await? {
        if case.noticed_at.is_some() || case.exposed_since.is_some() || case.forgotten_at.is_some() {
            continue;
        }
        let files = ports.ledger.files_of_case(case.id).await?;
        let in_custody: Vec<_> = files.iter().filter(|file| file.state().name() == StateName::Held).collect();
        // One notice for all that came together, not one for each.
        let still_arriving = files.iter().any(|file| file.state().name() == StateName::Arriving);
        if in_custody.is_empty() || still_arriving || !is_time(ports, &case).await? {
            continue;
        }
        let known = Known::of(ports, &[&policy.rules], &case).await?;
        match post(ports, policy, &case, &known, &in_custody).await {
            Ok(()) => {
                info!(case = %case.id, "notice.post");
                ports.ledger.commit(vec![case.noticed(ports.clock.now())]).await?;
                tally.done += 1;
            }
            Err(error) => tally.again(error.fault),
        }
    }
    Ok(tally)
}

async fn post(ports: &Ports, policy: &Policy, case: &Case, known: &Known, files: &[&HeldFile]) -> PortResult<()> {
    // A crash after posting must not post again.
    let thread = ports.forum.thread(case.topic).await?;
    let mark = notice::mark(case.id);
    if thread.posts.iter().any(|post| post.by_us && post.own_text.reveal().contains(&mark)) {
        return Ok(());
    }
    let kept: Vec<_> = known
        .rules(policy, case, files)
        .into_iter()
        .map(|(rule, ids)| {
            let its = files.iter().filter(|file| ids.contains(&file.id()));
            let since = its.map(|file| file.arrived_at()).min().unwrap_or(case.opened_at);
            notice::Kept { files: ids.len() as u64, rule, since }
        })
        .collect();
    let text = notice::text(&policy.language, case.id, &kept);
    ports.forum.reply(case.topic, &Private::new(text)).await.map(|_| ())
}

async fn is_time(ports: &Ports, case: &Case) -> Result<bool, FlowError> {
    let now = ports.clock.now();
    let mark = format!("notice {}", case.id);
    let tried: Option<Timestamp> = ports.ledger.mark(&mark).await?.and_then(|text| text.parse().ok());
    let due = tried.is_none_or(|tried| now.duration_since(tried) >= AGAIN);
    if due {
        ports.ledger.put_mark(&mark, &now.to_string()).await?;
    }
    Ok(due)
}

//! Digest: the staff who answer for it are told by mail what will be erased within the next days.

use std::collections::BTreeMap;

use jiff::Timestamp;
use tracing::info;

use super::{FlowError, Policy, Tally, again, sweep};
use crate::{
    digest::{Ahead, CaseAhead},
    event::{Actor, Event, EventKind},
    id::CaseId,
    period::Period,
    ports::{PortError, Ports},
    transition::Transition,
};

/// When the last digest was handed to the mail server.
const SENT: &str = "digest";
/// Not before this is it tried again, after a mail server that did not take it.
const AGAIN: &str = "digest again";

/// What will be erased within the policy's time, if nothing changes.
pub async fn ahead(ports: &Ports, policy: &Policy) -> Result<Ahead, FlowError> {
    let until = policy.digest.ahead.after(ports.clock.now());
    let mut cases: BTreeMap<CaseId, CaseAhead> = BTreeMap::new();
    for (case, end) in sweep::ends(ports, policy).await? {
        if end > until {
            continue;
        }
        let entry = cases.entry(case.id).or_insert_with(|| CaseAhead {
            case: case.id,
            ticket: case.ticket.clone(),
            files: 0,
            first_at: end,
        });
        entry.files += 1;
        entry.first_at = entry.first_at.min(end);
    }
    let mut cases: Vec<_> = cases.into_values().collect();
    cases.sort_by_key(|case| (case.first_at, case.case));
    Ok(Ahead { until, cases })
}

/// When the last digest went out.
pub async fn sent_at(ports: &Ports) -> Result<Option<Timestamp>, FlowError> {
    Ok(moment(ports, SENT).await?)
}

/// Mails the digest, if there is an address, something to say, and none went out within the last day.
pub async fn digest(ports: &Ports, policy: &Policy) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    let (Some(to), Some(postbox)) = (&policy.digest.to, &ports.postbox) else { return Ok(tally) };
    let now = ports.clock.now();
    let (last, again_at) = (moment(ports, SENT).await?, moment(ports, AGAIN).await?);
    let every = policy.digest.every.max(Period::days(1));
    if last.is_some_and(|last| every.after(last) > now) || again_at.is_some_and(|at| at > now) {
        return Ok(tally);
    }
    let ahead = ahead(ports, policy).await?;
    if ahead.cases.is_empty() {
        return Ok(tally);
    }
    let letter = ahead.letter(&policy.language, to, policy.desk, &policy.mail_domain, now);
    // Noted first: whoever is killed while the server answers sends none that day, and not two.
    ports.ledger.put_mark(SENT, &now.to_string()).await?;
    match postbox.send(&letter).await {
        Ok(()) => {
            info!(cases = ahead.cases.len(), "digest.sent");
            let kind = EventKind::DigestSent { cases: ahead.cases.len() as u64, files: ahead.files() };
            ports.ledger.commit(vec![Transition::event_only(Event { at: now, actor: Actor::Desk, kind })]).await?;
            tally.done += 1;
        }
        Err(error) => {
            info!(fault = ?error.fault, "digest.delayed");
            tally.again(error.fault);
            // A digest is late rather than pressing: what counts is that it is one.
            let at = again::at(now, HOURS_APART, &error);
            ports.ledger.put_mark(AGAIN, &at.to_string()).await?;
            ports.ledger.put_mark(SENT, &last.map(|last| last.to_string()).unwrap_or_default()).await?;
        }
    }
    Ok(tally)
}

/// As after so many attempts: about an hour.
const HOURS_APART: u32 = 7;

async fn moment(ports: &Ports, mark: &str) -> Result<Option<Timestamp>, PortError> {
    Ok(ports.ledger.mark(mark).await?.and_then(|text| text.parse().ok()))
}

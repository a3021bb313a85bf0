//! Watch: asks the trackers about the tickets of cases, most urgent first, within what a round may ask.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use tracing::info;

use super::{FlowError, Policy, Tally, intake};
use crate::{
    case::Case,
    event::Actor,
    held_file::StateName,
    id::CaseId,
    ports::{ErrorKind, Fault, PortResult, Ports},
    ticket::{Standing, TicketReading, TicketRef},
};

/// A list leaves out what was merged, removed or hidden: each ticket is read singly at least so often.
const SINGLY: SignedDuration = SignedDuration::from_hours(24);

/// Reads the tickets that could make a file due or spare it. An answer that is not certain changes nothing but the doubt.
pub async fn watch(ports: &Ports, policy: &Policy) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    let plan = plan(ports).await?;
    let mut by_tracker: BTreeMap<String, Vec<Planned>> = BTreeMap::new();
    for planned in plan {
        by_tracker.entry(planned.case.ticket.tracker.clone()).or_default().push(planned);
    }
    for (tracker, planned) in by_tracker {
        watch_tracker(ports, policy, &tracker, planned, &mut tally).await?;
    }
    Ok(tally)
}

async fn watch_tracker(
    ports: &Ports,
    policy: &Policy,
    tracker: &str,
    planned: Vec<Planned>,
    tally: &mut Tally,
) -> Result<(), FlowError> {
    let name = format!("watch {tracker}");
    let mark = ports.ledger.mark(&name).await?;
    let known: Vec<_> = planned.iter().map(|planned| planned.case.ticket.clone()).collect();
    let changed = match ports.tracker.changed(&known, mark.as_deref()).await {
        Ok(changed) => changed,
        Err(error) => {
            info!(fault = ?error.fault, cases = planned.len(), "watch.no_list");
            tally.again(error.fault);
            return Ok(());
        }
    };
    let now = ports.clock.now();
    let has_list = changed.tickets.len() < known.len();
    let is_named = |planned: &Planned| changed.tickets.contains(&planned.case.ticket);
    // Without a list everything is named, and the plan alone says whose turn it is.
    let mut turn: Vec<_> = planned
        .into_iter()
        .filter(|planned| is_named(planned) || planned.urgency == Urgency::Unknown || planned.waits_since(SINGLY, now))
        .collect();
    let left = if has_list { turn.len() } else { policy.tickets_each_round as usize };
    let all = turn.len() <= left;
    turn.truncate(left);
    for planned in turn {
        match read(ports, policy, planned.case).await? {
            None => tally.done += 1,
            Some(fault) => tally.again(fault),
        }
    }
    if all {
        ports.ledger.put_mark(&name, &changed.mark).await?;
    }
    Ok(())
}

/// A case whose ticket is to be read.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The case.
    pub case: Case,
    /// When its ticket was last read.
    pub read_at: Option<Timestamp>,
    /// How much hangs on it.
    pub urgency: Urgency,
}

/// How much hangs on a ticket's reading. Lower is more urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Never read, or in doubt: nothing is known.
    Unknown,
    /// Open, with files: its closing is waited for.
    Open,
    /// Closed, with files in grace: a reopening is looked for; the sweep reads it again before it erases.
    Closed,
    /// Without files: once it is closed, the case can be forgotten.
    Empty,
}

impl Urgency {
    /// One round in so many is its turn, in proportion to the most urgent.
    const fn patience(self) -> i32 {
        match self {
            Self::Unknown | Self::Open => 1,
            Self::Closed => 4,
            Self::Empty => 24,
        }
    }
}

impl Planned {
    fn waits_since(&self, age: SignedDuration, now: Timestamp) -> bool {
        self.read_at.is_none_or(|read| now.duration_since(read) >= age)
    }

    /// How long it has waited, measured by its patience.
    fn waited(&self, now: Timestamp) -> SignedDuration {
        match self.read_at {
            Some(read) => now.duration_since(read) / self.urgency.patience(),
            None => SignedDuration::MAX,
        }
    }
}

/// Every case whose ticket is watched, the most urgent first.
pub async fn plan(ports: &Ports) -> Result<Vec<Planned>, FlowError> {
    let files = ports.ledger.files_in(&[StateName::Arriving, StateName::Held, StateName::Due]).await?;
    let waiting: BTreeSet<CaseId> = files.iter().map(crate::held_file::HeldFile::case).collect();
    let reads: BTreeMap<CaseId, Timestamp> = ports.ledger.ticket_reads().await?.into_iter().collect();
    let now = ports.clock.now();
    let mut plan: Vec<_> = ports
        .ledger
        .open_cases()
        .await?
        .into_iter()
        .filter_map(|case| {
            let read_at = reads.get(&case.id).copied();
            let urgency = urgency(&case, waiting.contains(&case.id))?;
            Some(Planned { case, read_at, urgency })
        })
        .collect();
    plan.sort_by(|one, other| other.waited(now).cmp(&one.waited(now)).then(one.urgency.cmp(&other.urgency)));
    Ok(plan)
}

/// `None` for a case that nothing hangs on any more.
const fn urgency(case: &Case, has_files: bool) -> Option<Urgency> {
    match (has_files, case.standing.closed_since.is_some()) {
        (true, _) if case.standing.read_at.is_none() || case.standing.doubt_since.is_some() => Some(Urgency::Unknown),
        (true, false) => Some(Urgency::Open),
        (true, true) => Some(Urgency::Closed),
        // A case without files whose ticket is still open is read too, so that it can be forgotten one day.
        (false, false) => Some(Urgency::Empty),
        (false, true) => None,
    }
}

/// Reads one ticket now and records what is known of it. Gives the fault, if the answer is not certain.
pub(super) async fn read(ports: &Ports, policy: &Policy, case: Case) -> Result<Option<Fault>, FlowError> {
    let now = ports.clock.now();
    let mut answer = ask(ports, policy, &case).await?;
    // Reading the thread may have recorded more of the case than its ticket.
    let mut case = ports.ledger.case(case.id).await?.unwrap_or(case);
    if matches!(answer, Ok(TicketReading::Missing))
        && let Some(moved) = moved_to(ports, &case).await?
    {
        info!(case = %case.id, "watch.moved");
        ports.ledger.commit(vec![case.clone().link_ticket(moved.clone(), Actor::Desk, now)]).await?;
        case = Case { ticket: moved, standing: Standing::UNREAD, version: case.version + 1, ..case };
        answer = ports.tracker.read(&case.ticket).await;
    }
    let (reading, fault) = match answer {
        Ok(TicketReading::Missing) => (None, Some(Fault::NotFound)),
        Ok(reading) => (Some(reading), None),
        Err(error) => {
            let person = matches!(error.kind, ErrorKind::NeedsPerson);
            info!(case = %case.id, fault = ?error.fault, person, "watch.doubt");
            (None, Some(error.fault))
        }
    };
    let standing = match reading {
        Some(reading) => case.standing.after(reading, now),
        None => case.standing.in_doubt(now),
    };
    ports.ledger.note_ticket_read(case.id, now).await?;
    let next = Case { standing, ..case.clone() };
    intake::commit_changes(ports, case, next, now).await?;
    Ok(fault)
}

/// Where the thread itself is the ticket, the one question tells everything of it: a thread that was made public leaves
/// every inbox, so no list would ever name it again.
async fn ask(ports: &Ports, policy: &Policy, case: &Case) -> Result<PortResult<TicketReading>, FlowError> {
    if !intake::is_own_ticket(case) {
        return Ok(ports.tracker.read(&case.ticket).await);
    }
    Ok(match ports.forum.thread(case.topic).await {
        Ok(thread) => {
            intake::take_note(ports, policy, &thread).await?;
            Ok(thread.reading)
        }
        // The forum knows us and shows no such thread: it was removed, or moved out of our reach.
        Err(error) if error.fault == Fault::NotFound => Ok(TicketReading::Missing),
        Err(error) => Err(error),
    })
}

/// Where the thread of a case went: threads are merged and split, and the posts with the files say where they are now.
async fn moved_to(ports: &Ports, case: &Case) -> Result<Option<TicketRef>, FlowError> {
    if case.ticket.tracker != intake::TOPIC_TRACKER {
        return Ok(None);
    }
    for file in ports.ledger.files_of_case(case.id).await? {
        let details = ports.ledger.file_details(file.id()).await?;
        let Some(attachment) = details.as_ref().and_then(|details| details.source.attachment()) else { continue };
        // Whether a post is gone or the forum does not answer: nothing is known then, and the doubt is shown.
        if let Ok(Some(topic)) = ports.forum.thread_of_post(attachment.post).await {
            let key = topic.0.to_string();
            let has_moved = key != case.ticket.key;
            return Ok(has_moved.then(|| TicketRef { tracker: case.ticket.tracker.clone(), key }));
        }
    }
    Ok(None)
}

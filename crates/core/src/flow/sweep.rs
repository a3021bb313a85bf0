//! Sweep: one pass that decides. The plan and the real run share [`crate::retention::decide`].

use std::collections::BTreeMap;

use jiff::Timestamp;
use tracing::info;

use super::{FlowError, Policy, Tally, choose::Known, is_conflict, watch};
use crate::{
    case::Case,
    event::{Actor, Event, EventKind},
    held_file::{Due, HeldFile, State, StateName},
    id::{CaseId, FileId, PersonId},
    ports::{Fault, Ports},
    request::Request,
    retention::{self, Outcome, Plan, Reason, Rules, Simulation, Subject, Verdict, decide},
    timekeeper::Doubt,
    transition::Transition,
};

/// The mark with the token of the plan at which a sweep stopped; empty once one was under the cap again.
const STOPPED: &str = "sweep stopped";

/// What the next sweep would do, without doing it.
pub async fn plan(ports: &Ports, policy: &Policy) -> Result<Plan, FlowError> {
    gather(ports, &[&policy.rules]).await?.plan(ports, policy, ports.clock.surely()).await
}

/// Whether the last sweep stopped at the cap, and the next one would too.
///
/// Whoever only looks at the desk does not decide on every file for it: where no sweep stopped, nothing is gathered.
pub async fn is_stopped(ports: &Ports, policy: &Policy) -> Result<bool, FlowError> {
    let stopped = ports.ledger.mark(STOPPED).await?.is_some_and(|token| !token.is_empty());
    Ok(stopped && plan(ports, policy).await?.counted_by_cap() > policy.sweep_cap)
}

/// When every file is erased that anything ends, if nothing more happens, with its case. What a hold keeps has no end.
pub(super) async fn ends(ports: &Ports, policy: &Policy) -> Result<Vec<(Case, Timestamp)>, FlowError> {
    let (gathered, holds) = (gather(ports, &[&policy.rules]).await?, ports.ledger.holds(false).await?);
    let subjects = gathered.subjects();
    let ends = subjects.iter().filter_map(|it| Some((it.case.clone(), retention::ends_at(it, &policy.rules, &holds)?)));
    Ok(ends.collect())
}

/// What other rules would change, without changing anything.
pub async fn simulate(ports: &Ports, policy: &Policy, others: &Rules) -> Result<Simulation, FlowError> {
    let gathered = gather(ports, &[&policy.rules, others]).await?;
    let holds = ports.ledger.holds(false).await?;
    Ok(retention::simulate(&gathered.subjects(), &policy.rules, others, &holds, ports.clock.surely()))
}

/// Decides for every held or due file and records it: due, spared, or erasing. Nothing is destroyed here.
///
/// # Errors
/// [`FlowError::NeedsApproval`] if it would begin more erasures than the cap allows and `approval` does not hold the token
/// of exactly this plan. Everything else of the sweep is done then, and customers' own requests go on.
pub async fn sweep(ports: &Ports, policy: &Policy, approval: Option<(&str, PersonId)>) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    if !is_time_known(ports, policy).await? {
        tally.again(Fault::ClockInDoubt);
    }
    // A list of the tracker finds candidates; the single reading right before erasing decides.
    for case in about_to_erase_for_ticket(&plan(ports, policy).await?) {
        if let Some(case) = ports.ledger.case(case).await?
            && let Some(fault) = watch::read(ports, policy, case).await?
        {
            // Its files wait, and whoever looks is told why.
            tally.again(fault);
        }
    }
    let gathered = gather(ports, &[&policy.rules]).await?;
    let sure = ports.clock.surely();
    let plan = gathered.plan(ports, policy, sure).await?;
    let over_cap = over_cap(ports, policy, &plan, approval).await?;
    for verdict in &plan.verdicts {
        if over_cap.is_some() && is_counted(verdict) {
            continue;
        }
        let Some(file) = gathered.files.get(&verdict.file) else { continue };
        match apply(ports, file.clone(), verdict, sure).await {
            Ok(changed) => tally.done += u64::from(changed),
            // Somebody was quicker (a hold, another window): the next sweep decides on what is true then.
            Err(FlowError::Port(error)) if is_conflict(&error) => tally.again(Fault::Conflict),
            Err(error) => return Err(error),
        }
    }
    over_cap.map_or(Ok(tally), Err)
}

/// Whether the clock may be followed. If it alone would end something that is not sure to be over, the forum is asked for the
/// time first. What stays in doubt ends nothing: the sweep goes by the sure time.
async fn is_time_known(ports: &Ports, policy: &Policy) -> Result<bool, FlowError> {
    if ports.clock.doubt().is_none() {
        return Ok(true);
    }
    let gathered = gather(ports, &[&policy.rules]).await?;
    let holds_back = async || -> Result<bool, FlowError> {
        let (by_clock, surely) = (ports.clock.now(), ports.clock.surely());
        let would = gathered.plan(ports, policy, by_clock).await?.to_erase().count();
        Ok(would > gathered.plan(ports, policy, surely).await?.to_erase().count())
    };
    if holds_back().await? {
        ask_the_time(ports).await;
    }
    Ok(match ports.clock.doubt() {
        None => true,
        // After a night's sleep nobody needs to know, unless something waits for it.
        Some(Doubt::Unconfirmed) => !holds_back().await?,
        Some(Doubt::Disagrees) => false,
    })
}

/// Any answer of the forum carries its date; whoever keeps the clock hears it. Without an answer nothing more is known.
pub(super) async fn ask_the_time(ports: &Ports) {
    if let Err(error) = ports.forum.account().await {
        info!(fault = ?error.fault, "sweep.no_time");
    }
}

async fn over_cap(
    ports: &Ports,
    policy: &Policy,
    plan: &Plan,
    approval: Option<(&str, PersonId)>,
) -> Result<Option<FlowError>, FlowError> {
    let (would_erase, cap) = (plan.counted_by_cap(), policy.sweep_cap);
    let noted = ports.ledger.mark(STOPPED).await?.unwrap_or_default();
    if would_erase <= cap {
        if !noted.is_empty() {
            ports.ledger.put_mark(STOPPED, "").await?;
        }
        return Ok(None);
    }
    let (at, token) = (ports.clock.now(), plan.token());
    if let Some((presented, person)) = approval
        && presented == token
    {
        let kind = EventKind::SweepApproved { would_erase, plan: token };
        let approved = Event { at, actor: Actor::Person(person), kind };
        ports.ledger.commit(vec![Transition::event_only(approved)]).await?;
        return Ok(None);
    }
    // Recorded once for each plan, not with every round that finds it again.
    if noted != token {
        let kind = EventKind::SweepStopped { would_erase, cap };
        ports.ledger.commit(vec![Transition::event_only(Event { at, actor: Actor::Desk, kind })]).await?;
        ports.ledger.put_mark(STOPPED, &token).await?;
    }
    Ok(Some(FlowError::NeedsApproval { would_erase, cap, token }))
}

fn is_counted(verdict: &Verdict) -> bool {
    matches!(verdict.outcome, Outcome::Erase { due } if !due.reason.is_exempt_from_cap())
}

fn about_to_erase_for_ticket(plan: &Plan) -> std::collections::BTreeSet<CaseId> {
    plan.to_erase()
        .filter(|verdict| matches!(verdict.outcome, Outcome::Erase { due } if due.reason == Reason::TicketClosed))
        .map(|verdict| verdict.case)
        .collect()
}

async fn apply(ports: &Ports, file: HeldFile, verdict: &Verdict, sure: Timestamp) -> Result<bool, FlowError> {
    // A clock that is put right by some seconds meanwhile undoes no decision.
    let now = ports.clock.now().max(sure);
    let transitions = match verdict.outcome {
        Outcome::Keep { .. } | Outcome::Wait { .. } => return Ok(false),
        Outcome::Spare { spared } => vec![file.spare(spared, now)?],
        Outcome::MarkDue { due } => vec![due_for(file, due, now)?],
        Outcome::Erase { due } => {
            let was = match file.state() {
                State::Due { due, .. } => Some(*due),
                _ => None,
            };
            if was == Some(due) {
                vec![file.begin_erasing(now)?]
            } else {
                let (next, first) = chain(due_for(file, due, now)?)?;
                vec![first, next.begin_erasing(now)?]
            }
        }
    };
    info!(file = %verdict.file, outcome = ?std::mem::discriminant(&verdict.outcome), "sweep.apply");
    ports.ledger.commit(transitions).await?;
    Ok(true)
}

fn due_for(file: HeldFile, due: Due, now: Timestamp) -> Result<Transition, FlowError> {
    let is_due = matches!(file.state(), State::Due { .. });
    Ok(if is_due { file.change_due(due, Actor::Desk, now)? } else { file.mark_due(due, Actor::Desk, now)? })
}

/// The file that a transition leads to, so that a second one can follow in the same transaction.
fn chain(first: Transition) -> Result<(HeldFile, Transition), FlowError> {
    match first.write() {
        crate::transition::Write::File(file) => Ok((file.clone(), first)),
        _ => Err(crate::ports::PortError::not_possible(Fault::Conflict).into()),
    }
}

struct Gathered {
    files: BTreeMap<FileId, HeldFile>,
    cases: BTreeMap<CaseId, Case>,
    requests: BTreeMap<CaseId, Vec<Request>>,
    known: BTreeMap<CaseId, Known>,
}

/// Every file that is held or due, with what any of these rules looks at.
async fn gather(ports: &Ports, rules: &[&Rules]) -> Result<Gathered, FlowError> {
    let files = ports.ledger.files_in(&[StateName::Held, StateName::Due]).await?;
    let mut gathered =
        Gathered { files: BTreeMap::new(), cases: BTreeMap::new(), requests: BTreeMap::new(), known: BTreeMap::new() };
    for case in ports.ledger.open_cases().await? {
        gathered.cases.insert(case.id, case);
    }
    for file in files {
        if let std::collections::btree_map::Entry::Vacant(case) = gathered.requests.entry(file.case()) {
            case.insert(ports.ledger.requests(file.case()).await?);
            if let Some(case) = gathered.cases.get(&file.case()) {
                gathered.known.insert(case.id, Known::of(ports, rules, case).await?);
            }
        }
        gathered.files.insert(file.id(), file);
    }
    Ok(gathered)
}

impl Gathered {
    fn subjects(&self) -> Vec<Subject<'_>> {
        let subjects = self.files.values().filter_map(|file| {
            let case = self.cases.get(&file.case())?;
            let requests = self.requests.get(&file.case()).map_or(&[][..], Vec::as_slice);
            Some(self.known.get(&case.id)?.subject(file, case, requests))
        });
        subjects.collect()
    }

    async fn plan(&self, ports: &Ports, policy: &Policy, now: Timestamp) -> Result<Plan, FlowError> {
        let holds = ports.ledger.holds(false).await?;
        Ok(decide(&self.subjects(), &policy.rules, &holds, now))
    }
}

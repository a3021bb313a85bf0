//! Views made from ledger rows.

mod audit;
mod case;
mod erasure;
mod four_eyes;
mod receipt;
mod report;
mod rules;
mod viewing;

pub use audit::{audit_event_view, audit_row};
pub use case::{case_row, case_summary, case_view, file_view, hold_view};
pub use erasure::{erasure_row, erasure_view};
pub use four_eyes::{approver_view, four_eyes_view, proposal_view};
pub use receipt::{receipt_row, receipt_view};
pub use report::report_view;
pub use rules::{product, rule_views};
pub use viewing::{ended_copy_view, programs, viewing_copy_view};

use custody_core::{
    Timestamp,
    case::{Case, Customer},
    event::{Actor, Event, EventKind},
    flow::{FlowError, Policy, drill::Drilled, drop_folders, reconcile, sweep},
    heartbeat::Standing,
    held_file::{HeldFile, State, StateName},
    hold::{Hold, HoldScope},
    id::{CaseId, FileId, PersonId, ViewingCopyId},
    letter::shown,
    pause::Pause,
    ports::{Heartbeat, Job, Ports, Program},
    receipt::{Answer, DeliveryState},
    reply::{Reply, ReplyState},
    request::{Asker, Request},
    retention::{ChangeKind, Outcome, Rules, Simulation, Verdict},
};

use tokio::sync::OnceCell;

use crate::{
    happening,
    problem::problem,
    views::{
        AttentionKind, AttentionView, ChangeView, DrilledView, EventView, JobStanding, JobView, PauseView, PlanLine,
        PlanView, ReconciledView, RequestView, SimulationView, WhoView,
    },
};

/// What a page of views needs more than once.
#[derive(Debug)]
pub struct Page<'a> {
    /// The ports.
    pub ports: &'a Ports,
    /// The policy.
    pub policy: &'a Policy,
    /// The forum's address, without a slash at its end.
    pub forum_url: &'a str,
    /// Holds that are placed.
    pub holds: Vec<Hold>,
    /// Which programs have which viewing copy open; looked up when the first file with one is shown.
    programs: OnceCell<Vec<(ViewingCopyId, Program)>>,
}

impl<'a> Page<'a> {
    /// Reads the holds once.
    pub async fn new(ports: &'a Ports, policy: &'a Policy, forum_url: &'a str) -> Result<Self, FlowError> {
        let holds = ports.ledger.holds(false).await?;
        Ok(Self { ports, policy, forum_url, holds, programs: OnceCell::new() })
    }

    async fn customer_name(&self, case: &Case) -> Result<String, FlowError> {
        Ok(self.ports.ledger.customer(case.customer).await?.map_or_else(String::new, |customer| name_of(&customer)))
    }

    async fn title(&self, case: CaseId) -> Result<String, FlowError> {
        let details = self.ports.ledger.case_details(case).await?;
        Ok(details.map_or_else(String::new, |details| shown(details.title.reveal())))
    }

    /// The case's title and the customer's name; empty once forgotten.
    pub async fn names(&self, case: &Case) -> Result<(String, String), FlowError> {
        Ok((self.title(case.id).await?, self.customer_name(case).await?))
    }

    async fn programs(&self) -> &[(ViewingCopyId, Program)] {
        self.programs.get_or_init(|| programs(self.ports)).await
    }

    async fn file_name(&self, file: FileId) -> Result<String, FlowError> {
        let details = self.ports.ledger.file_details(file).await?;
        Ok(details.map_or_else(String::new, |details| shown(details.name.reveal())))
    }
}

pub(crate) fn name_of(customer: &Customer) -> String {
    shown(customer.name.as_ref().unwrap_or(&customer.username).reveal())
}

/// RFC 3339, to the millisecond.
pub fn time(moment: Timestamp) -> String {
    format!("{moment:.3}")
}

/// An event, with the names of who did it and of whom it is about.
pub async fn event_view(ports: &Ports, index: u64, event: &Event) -> Result<EventView, FlowError> {
    let who = match event.actor {
        Actor::Desk => WhoView::Desk,
        Actor::Customer(_) => WhoView::Customer,
        Actor::Person(id) => WhoView::Person { name: person_name(ports, id).await? },
    };
    // The event itself names nobody.
    let about = match happening::person_of(&event.kind) {
        Some(id) => Some(person_name(ports, id).await?),
        None => None,
    };
    let what = happening::happening(&event.kind, |id| about.clone().unwrap_or_else(|| id.short()));
    Ok(EventView { index, at: time(event.at), who, what, event: word(&event.kind) })
}

/// The name of a member of staff; the beginning of their id while none is known.
async fn person_name(ports: &Ports, id: PersonId) -> Result<String, FlowError> {
    let name = ports.ledger.person_name(id).await?;
    Ok(name.map_or_else(|| id.short(), |name| shown(name.reveal())))
}

/// The word of an event, as it stands in its row.
fn word(kind: &EventKind) -> String {
    let row = serde_json::to_value(kind).unwrap_or_default();
    row["event"].as_str().unwrap_or_default().to_owned()
}

/// A request.
pub async fn request_view(ports: &Ports, request: &Request, reply: Option<&Reply>) -> Result<RequestView, FlowError> {
    let reason = ports.ledger.request_reason(request.id).await?;
    let told = reply.map(|reply| match reply.state {
        ReplyState::Waiting { .. } => ("waiting", reply.owed_at),
        ReplyState::Sent { at } => ("sent", at),
        ReplyState::Bounced { at } => ("bounced", at),
        ReplyState::Withdrawn { at } => ("withdrawn", at),
    });
    Ok(RequestView {
        id: request.id.to_string(),
        case: request.case.to_string(),
        by_customer: matches!(request.by, Asker::Customer(_)),
        channel: request.channel,
        received_at: time(request.received_at),
        reason: reason.map_or_else(String::new, |reason| shown(reason.reveal())),
        standing: request.standing,
        told: told.map(|(word, _)| word.to_owned()),
        told_at: told.map(|(_, at)| time(at)),
    })
}

/// A job: its last run, and how it stands.
pub fn job_view(job: Job, last: Option<&Heartbeat>, stands: Standing, alive_at: Option<Timestamp>) -> JobView {
    JobView {
        job,
        standing: match stands {
            Standing::NotYet => JobStanding::NotYet,
            Standing::Good => JobStanding::Good,
            Standing::Failing { .. } => JobStanding::Failing,
            Standing::Paused { .. } => JobStanding::Paused,
            Standing::Late { .. } => JobStanding::Late,
            Standing::Stopped { .. } => JobStanding::Stopped,
        },
        late_since: stands.late_since().map(time),
        ran_at: last.map(|beat| time(beat.ran_at)),
        good_at: last.and_then(|beat| beat.good_at).map(time),
        next_at: last.and_then(|beat| beat.next_at).map(time),
        under_way_since: alive_at.map(time),
        problem: last.and_then(|beat| beat.fault).map(problem),
    }
}

/// A pause.
pub fn pause_view(pause: Pause) -> PauseView {
    PauseView { since: time(pause.since), until: time(pause.until) }
}

/// The last drill.
pub fn drilled_view(last: Drilled) -> DrilledView {
    DrilledView { target: last.target, at: time(last.at), passed: last.passed }
}

/// A comparison of disk and ledger.
pub fn reconciled_view(last: &reconcile::Reconciled) -> ReconciledView {
    let found = last.found;
    ReconciledView {
        at: time(last.at),
        in_order: found.is_in_order(),
        whole: found.whole,
        counted_bytes: found.counted_bytes,
        on_the_way: found.on_the_way,
        on_the_way_bytes: found.on_the_way_bytes,
        physical_bytes: found.physical_bytes,
        occupied_bytes: found.occupied_bytes,
        brought_back: found.brought_back,
        lost: found.lost,
        unknown: found.unknown,
        parts: found.parts,
        remains: found.remains,
        foreign: found.foreign,
        without_key: found.without_key,
        stray_keys: found.stray_keys,
        epoch_key_missing: found.epoch_key_missing,
        old_epoch_keys: found.old_epoch_keys,
        stray_drop_folders: found.stray_drop_folders,
        aside: found.aside,
        aside_bytes: found.aside_bytes,
    }
}

/// The next sweep, with the files it says something about.
pub async fn plan_view(page: &Page<'_>) -> Result<PlanView, FlowError> {
    let plan = sweep::plan(page.ports, page.policy).await?;
    let mut lines = Vec::new();
    for verdict in &plan.verdicts {
        lines.push(plan_line(page, verdict).await?);
    }
    lines.sort_by(|a, b| a.erases_at.is_none().cmp(&b.erases_at.is_none()).then(a.erases_at.cmp(&b.erases_at)));
    Ok(PlanView {
        lines,
        would_erase: u32::try_from(plan.to_erase().count()).unwrap_or(u32::MAX),
        cap: page.policy.sweep_cap,
        token: plan.token(),
    })
}

async fn plan_line(page: &Page<'_>, verdict: &Verdict) -> Result<PlanLine, FlowError> {
    let outcome = match verdict.outcome {
        Outcome::Keep { .. } => "keep",
        Outcome::MarkDue { .. } => "mark_due",
        Outcome::Wait { .. } => "wait",
        Outcome::Spare { .. } => "spare",
        Outcome::Erase { .. } => "erase",
    };
    Ok(PlanLine {
        file: verdict.file.to_string(),
        case: verdict.case.to_string(),
        name: page.file_name(verdict.file).await?,
        outcome: outcome.to_owned(),
        erases_at: erases_at(&verdict.outcome).map(time),
        why: verdict.why.iter().map(happening::why).collect(),
    })
}

/// What other rules would change.
pub async fn simulation_view(
    page: &Page<'_>,
    others: &Rules,
    simulation: &Simulation,
) -> Result<SimulationView, FlowError> {
    let mut changes = Vec::new();
    for change in &simulation.changes {
        changes.push(ChangeView {
            file: change.file.to_string(),
            case: change.case.to_string(),
            name: page.file_name(change.file).await?,
            rule: shown(&change.rule),
            kind: change.kind,
            before: change.before.map(time),
            after: change.after.map(time),
        });
    }
    changes.sort_by(|a, b| a.kind.cmp(&b.kind).then(a.after.cmp(&b.after)));
    Ok(SimulationView {
        rules: others.as_slice().iter().map(|rule| rule.terms().into()).collect(),
        erased_now: simulation.count(ChangeKind::ErasedNow),
        sooner: simulation.count(ChangeKind::Sooner),
        later: simulation.count(ChangeKind::Later),
        unchanged: simulation.unchanged,
        changes,
        token: simulation.token.clone(),
    })
}

fn erases_at(outcome: &Outcome) -> Option<Timestamp> {
    match *outcome {
        Outcome::MarkDue { due } | Outcome::Wait { due } | Outcome::Erase { due } => Some(due.erase_at),
        Outcome::Keep { .. } | Outcome::Spare { .. } => None,
    }
}

/// Everything that waits for a person, oldest first.
pub async fn attention(page: &Page<'_>) -> Result<Vec<AttentionView>, FlowError> {
    let ledger = &page.ports.ledger;
    let mut found = Vec::new();
    for request in ledger.unclear_requests().await? {
        let mut view = waits(AttentionKind::UnclearRequest, request.received_at);
        view.case = Some(request.case.to_string());
        view.request = Some(request.id.to_string());
        found.push(view);
    }
    for offer in ledger.open_ticket_offers().await? {
        let mut view = waits(AttentionKind::TicketOffered, offer.noted_at);
        view.case = Some(offer.case.to_string());
        found.push(view);
    }
    for file in ledger.files_in(&[StateName::Erasing, StateName::Lost]).await? {
        let view = match file.state() {
            State::Lost { at, .. } => Some(waits(AttentionKind::FileLost, *at)),
            State::Erasing { attempts, since, .. } if *attempts > 0 => Some(waits(AttentionKind::ErasureStuck, *since)),
            _ => None,
        };
        if let Some(mut view) = view {
            view.case = Some(file.case().to_string());
            found.push(view);
        }
    }
    let now = page.ports.clock.now();
    for copy in ledger.open_viewing_copies().await?.iter().filter(|copy| copy.stays.is_some()) {
        let mut view = waits(AttentionKind::ViewingCopyStays, copy.until.min(now));
        view.case = ledger.file(copy.file).await?.map(|file| file.case().to_string());
        found.push(view);
    }
    // A folder that cannot be read is the drop folders' own job to tell.
    for case in page.ports.drop_folders.cases().await.unwrap_or_default() {
        let all = drop_folders::all_left(page.ports, page.policy, case).await.unwrap_or_default();
        if all.iter().any(|(_, left)| !left.passes()) && ledger.case(case).await?.is_some() {
            found.push(AttentionView { case: Some(case.to_string()), ..waits(AttentionKind::LeftInDropFolder, now) });
        }
    }
    for hold in page.holds.iter().filter(|hold| hold.review_at <= now) {
        let case = match hold.scope {
            HoldScope::Case(case) => Some(case),
            HoldScope::File(file) => ledger.file(file).await?.map(|file| file.case()),
            HoldScope::Customer(customer) => {
                ledger.open_cases().await?.into_iter().find(|case| case.customer == customer).map(|case| case.id)
            }
        };
        let mut view = waits(AttentionKind::HoldReview, hold.review_at);
        view.case = case.map(|case| case.to_string());
        view.hold = Some(hold.id.to_string());
        found.push(view);
    }
    for proposal in ledger.proposals(false).await?.iter().filter(|proposal| four_eyes::waits(proposal, now)) {
        let mut view = waits(AttentionKind::ApprovalWaits, proposal.made_at);
        view.case = four_eyes::case_of(page.ports, proposal).await?.map(|case| case.to_string());
        view.proposal = Some(proposal.id.to_string());
        found.push(view);
    }
    for reply in ledger.bounced_replies().await? {
        let ReplyState::Bounced { at } = reply.state else { continue };
        // Once the files are gone the receipt says what there is to say.
        if files_wait(page, &reply).await? {
            let mut view = waits(AttentionKind::ReplyBounced, at);
            view.case = Some(reply.case.to_string());
            view.request = Some(reply.request.to_string());
            found.push(view);
        }
    }
    for case in ledger.exposed_cases().await? {
        let mut view = waits(AttentionKind::CaseExposed, case.exposed_since.unwrap_or(now));
        view.case = Some(case.id.to_string());
        found.push(view);
    }
    for receipt in ledger.receipts_in_question().await? {
        found.extend(receipt_attention(page, &receipt).await?);
    }
    if let Some(last) = reconcile::last(page.ports).await?.filter(|last| !last.found.is_in_order()) {
        found.push(waits(AttentionKind::NotReconciled, last.at));
    }
    if sweep::is_stopped(page.ports, page.policy).await? {
        found.push(waits(AttentionKind::SweepStopped, now));
    }
    found.sort_by(|a, b| a.since.cmp(&b.since));
    Ok(found)
}

async fn files_wait(page: &Page<'_>, reply: &Reply) -> Result<bool, FlowError> {
    let files = page.ports.ledger.files_of_case(reply.case).await?;
    Ok(files.iter().any(HeldFile::is_in_strongroom))
}

async fn receipt_attention(
    page: &Page<'_>,
    receipt: &custody_core::receipt::ReceiptRow,
) -> Result<Option<AttentionView>, FlowError> {
    let delivery = page.ports.ledger.delivery(receipt.id).await?;
    let answers = page.ports.ledger.confirmations(receipt.id).await?;
    let last = answers.last();
    let view = match (delivery.map(|delivery| delivery.state), last.map(|answer| answer.answer)) {
        (Some(DeliveryState::Bounced { at }), None) => Some(waits(AttentionKind::ReceiptBounced, at)),
        (_, Some(Answer::Disputed)) => last.map(|answer| waits(AttentionKind::ReceiptDisputed, answer.at)),
        (_, Some(Answer::Unclear)) => last.map(|answer| waits(AttentionKind::AnswerUnclear, answer.at)),
        _ => None,
    };
    Ok(view.map(|view| AttentionView {
        case: Some(receipt.case.to_string()),
        receipt: Some(receipt.id.to_string()),
        ..view
    }))
}

/// Something that waits since then and is about nothing in particular.
pub fn waits(kind: AttentionKind, since: Timestamp) -> AttentionView {
    AttentionView {
        kind,
        case: None,
        title: String::new(),
        customer: String::new(),
        receipt: None,
        request: None,
        hold: None,
        proposal: None,
        since: time(since),
    }
}

fn is_alive(file: &HeldFile) -> bool {
    matches!(
        file.state().name(),
        StateName::Arriving | StateName::Held | StateName::Due | StateName::Erasing | StateName::Lost
    )
}

//! What a manager reads weekly and an auditor on Friday: a pure function over ledger rows.

mod held;
mod requests;
mod signed;
mod timing;

pub use self::{
    held::{Age, HeldByRule},
    requests::Requests,
    signed::{FORMAT, NotTheReport, ReportFormat, ReportStatement, STATEMENT_TYPE, digest, verify},
    timing::{Band, Timing},
};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    case::Case,
    flow::{drill::Drilled, reconcile::Reconciled},
    heartbeat::Standing,
    held_file::{HeldFile, State, StateName},
    hold::{Hold, HoldScope},
    id::{CaseId, FileId, HoldId, PersonId, ViewingCopyId},
    location::LocationState,
    ports::Heartbeat,
    receipt::{Answer, Confirmation, Delivery, DeliveryState, Grade, ReceiptRow},
    request::Request,
    retention::{Outcome, Plan, Reason, Rules, Why},
    viewing_copy::ViewingCopy,
};

/// The rows a report is made of.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    /// All cases.
    pub cases: &'a [Case],
    /// All files.
    pub files: &'a [HeldFile],
    /// The rules in force.
    pub rules: &'a Rules,
    /// What they say of the files now.
    pub plan: &'a Plan,
    /// Holds that are placed.
    pub holds: &'a [Hold],
    /// Requests received in the period.
    pub requests: &'a [Request],
    /// All receipts with their sending and answers.
    pub receipts: &'a [(ReceiptRow, Option<Delivery>, Vec<Confirmation>)],
    /// Viewing copies that have not ended.
    pub open_copies: &'a [ViewingCopy],
    /// The last run of every job, and how it stands.
    pub jobs: &'a [JobLine],
    /// Bytes of all sealed files by their lengths on the disk.
    pub physical_bytes: u64,
    /// Bytes that the disk gives to them.
    pub occupied_bytes: u64,
    /// The last comparison of disk and ledger.
    pub reconciled: Option<Reconciled>,
    /// The last drill.
    pub drilled: Option<Drilled>,
}

/// A span of time, from inclusive to exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Its start.
    pub from: Timestamp,
    /// Its end.
    pub to: Timestamp,
}

impl Span {
    /// Whether this moment lies in it.
    pub fn contains(&self, moment: Timestamp) -> bool {
        self.from <= moment && moment < self.to
    }
}

/// The retention report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// When it was made.
    pub made_at: Timestamp,
    /// What it covers.
    pub span: Span,
    /// The rules in force, in the order in which they are asked.
    pub rules: Vec<RuleLine>,
    /// Files held now, by rule.
    pub held: Vec<HeldByRule>,
    /// Files that will be erased within 7 days.
    pub due_in_7_days: u64,
    /// Files that will be erased within 30 days.
    pub due_in_30_days: u64,
    /// Files that should be gone and are not, each with what stands against it.
    pub overdue: Vec<Overdue>,
    /// Cases whose thread is no longer private.
    pub exposed_cases: u64,
    /// Cases with files here whose forum serves their attachments to anybody who knows the address.
    pub open_to_anyone: u64,
    /// Files erased in the period.
    pub erased: Erased,
    /// Hours from a ticket's closing to the proven erasure, for the files erased in the period because of it.
    pub closing_to_erasure: Vec<Timing>,
    /// Requests received in the period.
    pub requests: Requests,
    /// Receipts issued in the period.
    pub receipts: Receipts,
    /// Holds that are placed.
    pub holds: Vec<HoldLine>,
    /// Viewing copies that exist now.
    pub open_viewing_copies: u64,
    /// The same, one by one.
    pub viewing_copies: Vec<CopyLine>,
    /// Files that are lost: a person must look.
    pub lost: u64,
    /// Bytes of sealed files by the ledger.
    pub counted_bytes: u64,
    /// Bytes of sealed files by their lengths on the disk.
    pub physical_bytes: u64,
    /// Bytes that the disk gives to them.
    pub occupied_bytes: u64,
    /// The last comparison of disk and ledger, both ways.
    pub reconciled: Option<Reconciled>,
    /// The last drill with a backup.
    pub drilled: Option<Drilled>,
    /// The last run of every job, and how it stands.
    pub heartbeats: Vec<JobLine>,
}

/// A job on the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobLine {
    /// Its last run.
    #[serde(flatten)]
    pub last: Heartbeat,
    /// How it stands, in a word: `good`, `failing`, `late` or `stopped`.
    pub standing: &'static str,
    /// Since when it is late.
    pub late_since: Option<Timestamp>,
}

impl JobLine {
    /// A job that stands so.
    pub const fn new(last: Heartbeat, standing: Standing) -> Self {
        Self { last, standing: standing.as_str(), late_since: standing.late_since() }
    }
}

/// A rule on the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleLine {
    /// Its name.
    pub name: String,
    /// What it says, as a sentence.
    pub says: String,
}

/// A file that should be gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overdue {
    /// The file.
    pub file: FileId,
    /// Its case.
    pub case: CaseId,
    /// Since when.
    pub since: Timestamp,
    /// What stands against it.
    pub why: Vec<Why>,
    /// Whose hold it is, if one stands against it.
    pub owner: Option<PersonId>,
}

/// Erasures of the period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// How many files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Because a ticket closed.
    pub ticket_closed: u64,
    /// Because a customer asked.
    pub customer_asked: u64,
    /// Because a period ended.
    pub period_ended: u64,
    /// Because staff decided.
    pub staff_decided: u64,
    /// How many locations were found in each state.
    pub locations: Vec<(String, u64)>,
    /// Hours from the fact that made each file due to its proven erasure: the middle one.
    pub median_hours: Option<u64>,
    /// The same: the longest.
    pub longest_hours: Option<u64>,
}

/// Receipts of the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Receipts {
    /// Issued.
    pub issued: u64,
    /// Not complete, and without a follow-up.
    pub follow_up_owed: u64,
    /// Waiting to be sent.
    pub waiting: u64,
    /// Sent.
    pub sent: u64,
    /// Came back.
    pub bounced: u64,
    /// Confirmed by mail.
    pub confirmed_by_mail: u64,
    /// Confirmed by mail with a valid signature of the domain.
    pub confirmed_with_dkim: u64,
    /// Confirmed in the thread.
    pub confirmed_in_thread: u64,
    /// Disputed: a person must look.
    pub disputed: u64,
    /// Sent, and not answered.
    pub unanswered: u64,
}

/// A hold on the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct HoldLine {
    /// Which.
    pub hold: HoldId,
    /// What it covers.
    pub covers: HoldScope,
    /// The case it stands in; none for a hold on a customer.
    pub case: Option<CaseId>,
    /// How many files it keeps now.
    pub files: u64,
    /// Whose.
    pub owner: PersonId,
    /// Since when.
    pub placed_at: Timestamp,
    /// When it is to be looked at.
    pub review_at: Timestamp,
    /// Whether that time is over.
    pub review_overdue: bool,
}

/// A viewing copy on the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CopyLine {
    /// Which.
    pub copy: ViewingCopyId,
    /// Of which file.
    pub file: FileId,
    /// The file's case.
    pub case: Option<CaseId>,
    /// For whom.
    pub by: PersonId,
    /// Since when.
    pub made_at: Timestamp,
    /// When its lease ends.
    pub until: Timestamp,
    /// Whether that time is over: something keeps it from being erased.
    pub over: bool,
}

/// Makes the report. Pure: the same rows give the same report.
pub fn report(rows: &Rows<'_>, span: Span, now: Timestamp) -> Report {
    let count = |state: StateName| rows.files.iter().filter(|file| file.state().name() == state).count() as u64;
    Report {
        made_at: now,
        span,
        rules: rows
            .rules
            .as_slice()
            .iter()
            .map(|rule| RuleLine { name: rule.name.clone(), says: rule.to_string() })
            .collect(),
        held: held::held(rows, now),
        due_in_7_days: due_within(rows, now, SignedDuration::from_hours(7 * 24)),
        due_in_30_days: due_within(rows, now, SignedDuration::from_hours(30 * 24)),
        overdue: overdue(rows, now),
        exposed_cases: rows.cases.iter().filter(|case| case.exposed_since.is_some()).count() as u64,
        open_to_anyone: open_to_anyone(rows),
        erased: erased(rows, span),
        closing_to_erasure: timing::timings(rows, span),
        requests: requests::requests(rows, now),
        receipts: receipts(rows, span),
        holds: rows.holds.iter().map(|hold| hold_line(rows, hold, now)).collect(),
        open_viewing_copies: rows.open_copies.len() as u64,
        viewing_copies: rows.open_copies.iter().map(|copy| copy_line(rows, copy, now)).collect(),
        lost: count(StateName::Lost),
        counted_bytes: rows
            .files
            .iter()
            .filter(|file| file.is_in_strongroom())
            .filter_map(|file| file.sealed())
            .map(|sealed| sealed.sealed_size)
            .sum(),
        physical_bytes: rows.physical_bytes,
        occupied_bytes: rows.occupied_bytes,
        reconciled: rows.reconciled,
        drilled: rows.drilled.clone(),
        heartbeats: rows.jobs.to_vec(),
    }
}

fn open_to_anyone(rows: &Rows<'_>) -> u64 {
    let holding: std::collections::BTreeSet<_> =
        rows.files.iter().filter(|file| file.is_in_strongroom()).map(HeldFile::case).collect();
    let open = |case: &&Case| case.probe.is_some_and(|probe| probe.open) && holding.contains(&case.id);
    rows.cases.iter().filter(open).count() as u64
}

fn due_within(rows: &Rows<'_>, now: Timestamp, within: SignedDuration) -> u64 {
    let end = now.checked_add(within).unwrap_or(Timestamp::MAX);
    let ends = |outcome: &Outcome| match *outcome {
        Outcome::Erase { due } | Outcome::MarkDue { due } | Outcome::Wait { due } => Some(due.erase_at),
        Outcome::Keep { .. } | Outcome::Spare { .. } => None,
    };
    rows.plan.verdicts.iter().filter(|verdict| ends(&verdict.outcome).is_some_and(|at| at <= end)).count() as u64
}

fn overdue(rows: &Rows<'_>, now: Timestamp) -> Vec<Overdue> {
    let erasing = rows.files.iter().filter_map(|file| match file.state() {
        State::Erasing { due, attempts, .. } if *attempts > 0 => {
            Some(Overdue { file: file.id(), case: file.case(), since: due.erase_at, why: vec![], owner: None })
        }
        _ => None,
    });
    let held = rows.plan.verdicts.iter().filter_map(|verdict| {
        let hold = verdict.why.iter().find_map(|why| match why {
            Why::Hold { hold } => Some(*hold),
            _ => None,
        });
        let doubt = verdict.why.iter().any(|why| matches!(why, Why::TicketInDoubt { .. }));
        if hold.is_none() && !doubt {
            return None;
        }
        let since = facts_over(&verdict.why, now)?;
        let owner = rows.holds.iter().find(|placed| Some(placed.id) == hold).map(|placed| placed.owner);
        Some(Overdue { file: verdict.file, case: verdict.case, since, why: verdict.why.clone(), owner })
    });
    erasing.chain(held).collect()
}

/// The earliest fact that would have ended the keeping by now.
fn facts_over(why: &[Why], now: Timestamp) -> Option<Timestamp> {
    why.iter()
        .filter_map(|why| match *why {
            Why::TicketClosed { since } => Some(since),
            Why::CustomerAsked { at } | Why::StaffDecided { at } | Why::PeriodEnds { at } | Why::OwnDate { at } => {
                Some(at)
            }
            _ => None,
        })
        .filter(|at| *at <= now)
        .min()
}

fn erased(rows: &Rows<'_>, span: Span) -> Erased {
    let mut sum = Erased::default();
    let mut hours = Vec::new();
    let mut locations: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    for file in rows.files {
        let State::Erased { sealed, due, at, proofs } = file.state() else { continue };
        if !span.contains(*at) {
            continue;
        }
        sum.files += 1;
        sum.bytes += sealed.size;
        match due.reason {
            Reason::TicketClosed => sum.ticket_closed += 1,
            Reason::CustomerAsked { .. } => sum.customer_asked += 1,
            Reason::PeriodEnded => sum.period_ended += 1,
            Reason::StaffDecided { .. } => sum.staff_decided += 1,
        }
        hours.push(timing::hours_between(due.since, *at));
        for proof in proofs {
            *locations.entry(state_word(proof.state).to_owned()).or_default() += 1;
        }
    }
    hours.sort_unstable();
    sum.median_hours = timing::median(&hours);
    sum.longest_hours = hours.last().copied();
    sum.locations = locations.into_iter().collect();
    sum
}

/// The word of a location's state in tables.
pub const fn state_word(state: LocationState) -> &'static str {
    match state {
        LocationState::Present => "present",
        LocationState::ErasedVerified => "erased_verified",
        LocationState::KeyDestroyed => "key_destroyed",
        LocationState::ExpiresOn { .. } => "expires_on",
        LocationState::RequestedNotConfirmed => "requested_not_confirmed",
        LocationState::Held => "held",
        LocationState::NotOurs => "not_ours",
        LocationState::Failed => "failed",
        LocationState::Unknown => "unknown",
    }
}

fn receipts(rows: &Rows<'_>, span: Span) -> Receipts {
    let mut sum = Receipts::default();
    let followed: Vec<_> = rows.receipts.iter().filter_map(|(receipt, ..)| receipt.follows).collect();
    for (receipt, delivery, answers) in rows.receipts {
        if !span.contains(receipt.issued_at) {
            continue;
        }
        sum.issued += 1;
        sum.follow_up_owed += u64::from(!receipt.complete && !followed.contains(&receipt.id));
        let sent = match delivery.as_ref().map(|delivery| delivery.state) {
            Some(DeliveryState::Sent { .. }) => true,
            Some(DeliveryState::Waiting { .. }) => {
                sum.waiting += 1;
                false
            }
            Some(DeliveryState::Bounced { .. }) => {
                sum.bounced += 1;
                false
            }
            None => false,
        };
        sum.sent += u64::from(sent);
        let confirmed = answers.iter().filter(|answer| answer.answer == Answer::Confirmed).map(|answer| answer.grade);
        match confirmed.max() {
            Some(Grade::ConfirmedInThread) => sum.confirmed_in_thread += 1,
            Some(Grade::RepliedWithDkim) => sum.confirmed_with_dkim += 1,
            Some(Grade::Replied) => sum.confirmed_by_mail += 1,
            None => {}
        }
        sum.disputed += u64::from(answers.iter().any(|answer| answer.answer == Answer::Disputed));
        sum.unanswered += u64::from(sent && answers.is_empty());
    }
    sum
}

fn hold_line(rows: &Rows<'_>, hold: &Hold, now: Timestamp) -> HoldLine {
    let keeps = |why: &Why| matches!(why, Why::Hold { hold: by } if *by == hold.id);
    HoldLine {
        hold: hold.id,
        covers: hold.scope,
        case: match hold.scope {
            HoldScope::File(file) => case_of(rows, file),
            HoldScope::Case(case) => Some(case),
            HoldScope::Customer(_) => None,
        },
        files: rows.plan.verdicts.iter().filter(|verdict| verdict.why.iter().any(keeps)).count() as u64,
        owner: hold.owner,
        placed_at: hold.placed_at,
        review_at: hold.review_at,
        review_overdue: hold.review_at <= now,
    }
}

fn copy_line(rows: &Rows<'_>, copy: &ViewingCopy, now: Timestamp) -> CopyLine {
    CopyLine {
        copy: copy.id,
        file: copy.file,
        case: case_of(rows, copy.file),
        by: copy.by,
        made_at: copy.made_at,
        until: copy.until,
        over: copy.until <= now,
    }
}

fn case_of(rows: &Rows<'_>, file: FileId) -> Option<CaseId> {
    rows.files.iter().find(|other| other.id() == file).map(HeldFile::case)
}

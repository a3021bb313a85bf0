//! What is kept, what is due and what is erased, and why.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{ChosenBy, Reason, RetentionRule, Rules, StartPoint};
use crate::{
    Private,
    case::{Case, Customer},
    held_file::{Due, HeldFile, Spared, State},
    hold::Hold,
    id::{CaseId, FileId, HoldId},
    own_date::OwnDate,
    period::Period,
    request::{Asker, Request, RequestStanding},
};

/// A file with everything that speaks for or against keeping it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The file.
    pub file: &'a HeldFile,
    /// Its case.
    pub case: &'a Case,
    /// The requests of that case.
    pub requests: &'a [Request],
    /// The thread's title, unless forgotten; needed where a rule is chosen by it.
    pub title: Option<&'a Private<String>>,
    /// The customer, unless forgotten; needed where a rule is chosen by them.
    pub customer: Option<&'a Customer>,
    /// The own dates of the case and its files.
    pub own_dates: &'a [OwnDate],
}

impl<'a> Subject<'a> {
    /// What its rule is chosen by.
    pub const fn chosen_by(&self) -> ChosenBy<'a> {
        ChosenBy { case: self.case, title: self.title, customer: self.customer, kind: self.file.kind() }
    }
}

/// What is to happen to a file, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The file.
    pub file: FileId,
    /// Its case.
    pub case: CaseId,
    /// The name of the rule that was asked.
    pub rule: String,
    /// What happens.
    pub outcome: Outcome,
    /// Every reason that counted.
    pub why: Vec<Why>,
}

/// What happens to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// It stays held.
    Keep {
        /// When it becomes due if nothing changes.
        due_at: Option<Timestamp>,
    },
    /// It becomes due, or is due for another reason than before.
    MarkDue {
        /// The new reason and times.
        due: Due,
    },
    /// It is due and stays so.
    Wait {
        /// The reason and times.
        due: Due,
    },
    /// It was due and is kept.
    Spare {
        /// Why.
        spared: Spared,
    },
    /// Grace is over and nothing speaks against it.
    Erase {
        /// The reason and times.
        due: Due,
    },
}

/// A reason that counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Why {
    /// A hold.
    Hold {
        /// Which.
        hold: HoldId,
    },
    /// The ticket is open.
    TicketOpen,
    /// The ticket was read as closed.
    TicketClosed {
        /// Since when.
        since: Timestamp,
    },
    /// The tracker gives no certain answer, so the closed ticket does not count now.
    TicketInDoubt {
        /// Since when.
        since: Timestamp,
    },
    /// The customer asked.
    CustomerAsked {
        /// When.
        at: Timestamp,
    },
    /// Staff decided it.
    StaffDecided {
        /// When.
        at: Timestamp,
    },
    /// A period ends.
    PeriodEnds {
        /// When.
        at: Timestamp,
    },
    /// A member of staff gave it a date of its own.
    OwnDate {
        /// When it is erased by that.
        at: Timestamp,
    },
    /// Grace is not over.
    GraceUntil {
        /// When it is.
        at: Timestamp,
    },
    /// Grace is over.
    GraceOver,
}

/// The verdicts of one sweep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// One for each held or due file.
    pub verdicts: Vec<Verdict>,
}

impl Plan {
    /// The files that would be erased.
    pub fn to_erase(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| matches!(verdict.outcome, Outcome::Erase { .. }))
    }

    /// How many of them the cap counts.
    pub fn counted_by_cap(&self) -> u64 {
        let counted = |verdict: &&Verdict| match verdict.outcome {
            Outcome::Erase { due } => !due.reason.is_exempt_from_cap(),
            _ => false,
        };
        self.verdicts.iter().filter(counted).count() as u64
    }

    /// A token that stands for exactly the files this plan would erase; an approval must present it.
    pub fn token(&self) -> String {
        let mut files: Vec<_> = self.to_erase().map(|verdict| verdict.file).collect();
        files.sort_unstable();
        let mut digest = Sha256::new();
        for file in files {
            digest.update(file.as_bytes());
        }
        hex::encode(&digest.finalize()[..6])
    }
}

/// Decides for every held or due file. Pure: same input, same answer. `now` is a time that has come for sure.
pub fn decide(subjects: &[Subject<'_>], rules: &Rules, holds: &[Hold], now: Timestamp) -> Plan {
    Plan { verdicts: subjects.iter().filter_map(|subject| verdict(subject, rules, holds, now)).collect() }
}

/// When a file is erased by these rules if nothing more happens; `None` while nothing ends it, or a hold keeps it.
pub fn ends_at(subject: &Subject<'_>, rules: &Rules, holds: &[Hold]) -> Option<Timestamp> {
    let (file, case) = (subject.file.id(), subject.case);
    if holds.iter().any(|hold| hold.is_placed() && hold.scope.covers(file, case.id, case.customer)) {
        return None;
    }
    let rule = rules.chosen_for(&subject.chosen_by());
    obligations(subject, rule, &mut Vec::new()).iter().map(|obligation| obligation.due.erase_at).min()
}

/// A fact that ends the keeping, and whether it is certain at this moment.
struct Obligation {
    due: Due,
    certain: bool,
    /// Somebody wants it now: no time is waited for, so no clock is asked.
    at_once: bool,
}

fn verdict(subject: &Subject<'_>, rules: &Rules, holds: &[Hold], now: Timestamp) -> Option<Verdict> {
    let was = match subject.file.state() {
        State::Held { .. } => None,
        State::Due { due, .. } => Some(*due),
        _ => return None,
    };
    let (file, case) = (subject.file.id(), subject.case);
    let rule = rules.chosen_for(&subject.chosen_by());
    let mut why = Vec::new();
    let obligations = obligations(subject, rule, &mut why);
    let held_by: Vec<_> = holds
        .iter()
        .filter(|hold| hold.is_placed() && hold.scope.covers(file, case.id, case.customer))
        .map(|hold| Why::Hold { hold: hold.id })
        .collect();
    let outcome = if held_by.is_empty() {
        without_hold(was, spared(was, subject), &obligations, &mut why, now)
    } else {
        why.splice(0..0, held_by);
        match was {
            Some(_) => Outcome::Spare { spared: Spared::Hold },
            None => Outcome::Keep { due_at: None },
        }
    };
    Some(Verdict { file, case: case.id, rule: rule.name.clone(), outcome, why })
}

/// Why a due file would be held again, as nothing ends it by now.
fn spared(was: Option<Due>, subject: &Subject<'_>) -> Spared {
    let is_closed = subject.case.standing.closed_since.is_some();
    match was {
        Some(Due { reason: Reason::TicketClosed, .. }) if !is_closed => Spared::Reopened,
        _ if OwnDate::of(subject.own_dates, subject.file).is_some() => Spared::OwnDate,
        _ => Spared::RuleChanged,
    }
}

fn without_hold(
    was: Option<Due>,
    spared: Spared,
    obligations: &[Obligation],
    why: &mut Vec<Why>,
    now: Timestamp,
) -> Outcome {
    // What is certain goes first: a doubtful ticket must not hide a request or a ceiling that is over.
    let is_over = |it: &&Obligation| it.certain && (it.at_once || it.due.erase_at <= now);
    let first = |of: &mut dyn Iterator<Item = &Obligation>| of.map(|it| it.due).min_by_key(|due| due.erase_at);
    if let Some(due) = first(&mut obligations.iter().filter(is_over)) {
        why.push(Why::GraceOver);
        return Outcome::Erase { due };
    }
    match first(&mut obligations.iter()) {
        Some(due) if due.since <= now => {
            why.push(Why::GraceUntil { at: due.erase_at });
            if was == Some(due) { Outcome::Wait { due } } else { Outcome::MarkDue { due } }
        }
        later => match was {
            Some(_) => Outcome::Spare { spared },
            None => Outcome::Keep { due_at: later.map(|due| due.since) },
        },
    }
}

fn obligations(subject: &Subject<'_>, rule: &RetentionRule, why: &mut Vec<Why>) -> Vec<Obligation> {
    let (file, case) = (subject.file, subject.case);
    let mut found = Vec::new();
    for request in subject.requests {
        if request.standing != RequestStanding::Accepted || !request.means(file.id()) {
            continue;
        }
        // A request speaks of the files that were there: what the customer sends afterwards is meant to be kept.
        if file.arrived_at() > request.received_at {
            continue;
        }
        let (at, reason, grace) = match request.by {
            Asker::Customer(_) => {
                why.push(Why::CustomerAsked { at: request.received_at });
                (request.received_at, Reason::CustomerAsked { request: request.id }, rule.request_grace)
            }
            Asker::Person(_) => {
                why.push(Why::StaffDecided { at: request.received_at });
                (request.received_at, Reason::StaffDecided { request: request.id }, Period::ZERO)
            }
        };
        let due = Due { reason, since: at, erase_at: grace.after(at) };
        found.push(Obligation { due, certain: true, at_once: grace == Period::ZERO });
    }
    match OwnDate::of(subject.own_dates, file) {
        Some(own) => found.extend(own_obligations(subject, own, rule, why)),
        None => found.extend(rule_obligation(file, case, rule, why)),
    }
    if let Some(ceiling) = rule.ceiling {
        let end = ceiling.after(file.arrived_at());
        why.push(Why::PeriodEnds { at: end });
        // Announced as due one grace before the end, so that the end itself is kept.
        let since = rule.grace.before(end).max(file.arrived_at());
        let due = Due { reason: Reason::PeriodEnded, since, erase_at: end };
        found.push(Obligation { due, certain: true, at_once: false });
    }
    found
}

/// The latest moment to which an own date may put the end of a file: the ceiling of its rule. Where a rule has none, nothing
/// may be kept longer than it says.
pub fn latest_end(subject: &Subject<'_>, rules: &Rules) -> Timestamp {
    let rule = rules.chosen_for(&subject.chosen_by());
    let by_rule = || rule_obligation(subject.file, subject.case, rule, &mut Vec::new());
    match rule.ceiling {
        Some(ceiling) => ceiling.after(subject.file.arrived_at()),
        None => by_rule().map_or(Timestamp::MAX, |obligation| obligation.due.erase_at),
    }
}

/// What an own date leaves of its rule: nothing that was known when it was given, but for the ceiling.
fn own_obligations(subject: &Subject<'_>, own: &OwnDate, rule: &RetentionRule, why: &mut Vec<Why>) -> Vec<Obligation> {
    let (file, case) = (subject.file, subject.case);
    why.push(Why::OwnDate { at: own.end });
    let since = rule.grace.before(own.end).max(own.given_at).max(file.arrived_at());
    let due = Due { reason: Reason::PeriodEnded, since: since.min(own.end), erase_at: own.end };
    let mut found = vec![Obligation { due, certain: true, at_once: false }];
    let still_counts = match rule.start {
        StartPoint::TicketClosed => case.standing.closed_since.is_some_and(|closed| closed > own.given_at),
        StartPoint::Arrival | StartPoint::CustomerActivity => rule.ceiling.is_none(),
    };
    if still_counts {
        found.extend(rule_obligation(file, case, rule, why));
    }
    found
}

fn rule_obligation(file: &HeldFile, case: &Case, rule: &RetentionRule, why: &mut Vec<Why>) -> Option<Obligation> {
    let (start, reason, certain) = match rule.start {
        StartPoint::Arrival => (file.arrived_at(), Reason::PeriodEnded, true),
        StartPoint::CustomerActivity => (case.customer_active_at.max(file.arrived_at()), Reason::PeriodEnded, true),
        StartPoint::TicketClosed => {
            let Some(closed) = case.standing.closed_since else {
                why.push(Why::TicketOpen);
                return None;
            };
            why.push(Why::TicketClosed { since: closed });
            if let Some(since) = case.standing.doubt_since {
                why.push(Why::TicketInDoubt { since });
            }
            (closed.max(file.arrived_at()), Reason::TicketClosed, case.standing.is_surely_closed())
        }
    };
    let since = rule.period.after(start);
    if reason == Reason::PeriodEnded {
        why.push(Why::PeriodEnds { at: since });
    }
    Some(Obligation { due: Due { reason, since, erase_at: rule.grace.after(since) }, certain, at_once: false })
}

//! How long it took from a ticket's closing to the proven erasure, against what the rule gave.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::{Rows, Span};
use crate::{
    case::Case,
    held_file::{HeldFile, State},
    id::CaseId,
    retention::Reason,
};

/// An erasure is late when it was proven more than a day after its grace was over.
const SLACK: SignedDuration = SignedDuration::from_hours(24);
/// No distribution has more bars than this.
const MOST_BANDS: u64 = 12;
/// Widths of a bar that read well, in hours.
const WIDTHS: [u64; 11] = [1, 2, 4, 6, 12, 24, 48, 72, 168, 336, 720];

/// Files whose rule gave them the same time after their ticket closed, and how long each took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Timing {
    /// Hours from the closing to the end of grace, by the rule that held for them.
    pub allowed_hours: u64,
    /// How many files.
    pub files: u64,
    /// How many of them were proven erased more than a day after that.
    pub late: u64,
    /// Whole hours from the closing to the proven erasure: the middle one.
    pub median_hours: u64,
    /// The same: the longest.
    pub longest_hours: u64,
    /// The same: how many files took how long. The bars have one width, begin at the closing and leave nothing out.
    pub bands: Vec<Band>,
}

/// Files that took that long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Band {
    /// At least so many hours.
    pub from_hours: u64,
    /// Less than so many hours.
    pub to_hours: u64,
    /// How many files.
    pub files: u64,
}

pub(super) fn timings(rows: &Rows<'_>, span: Span) -> Vec<Timing> {
    let cases: BTreeMap<CaseId, &Case> = rows.cases.iter().map(|case| (case.id, case)).collect();
    let mut by_time: BTreeMap<u64, Vec<(u64, bool)>> = BTreeMap::new();
    for file in rows.files {
        let State::Erased { due, at, .. } = file.state() else { continue };
        if due.reason != Reason::TicketClosed || !span.contains(*at) {
            continue;
        }
        let closed = closed_at(file, cases.get(&file.case()).copied(), due.since);
        let late = at.duration_since(due.erase_at) > SLACK;
        by_time.entry(hours_between(closed, due.erase_at)).or_default().push((hours_between(closed, *at), late));
    }
    by_time.into_iter().map(|(allowed, took)| timing(allowed, &took)).collect()
}

/// When the time of a file began to count. A ticket that was opened again since does not say any more when it was closed: then
/// the rule's own period is left out on both sides.
fn closed_at(file: &HeldFile, case: Option<&Case>, due_since: Timestamp) -> Timestamp {
    let closed = case.and_then(|case| case.standing.closed_since).filter(|closed| *closed <= due_since);
    closed.map_or(due_since, |closed| closed.max(file.arrived_at()))
}

fn timing(allowed_hours: u64, took: &[(u64, bool)]) -> Timing {
    let mut hours: Vec<u64> = took.iter().map(|(hours, _)| *hours).collect();
    hours.sort_unstable();
    let longest_hours = hours.last().copied().unwrap_or_default();
    Timing {
        allowed_hours,
        files: hours.len() as u64,
        late: took.iter().filter(|(_, late)| *late).count() as u64,
        median_hours: median(&hours).unwrap_or_default(),
        longest_hours,
        bands: bands(&hours, longest_hours.max(allowed_hours)),
    }
}

fn bands(hours: &[u64], last: u64) -> Vec<Band> {
    let needed = last / MOST_BANDS + 1;
    let widest = WIDTHS.last().copied().unwrap_or(1);
    let width = WIDTHS.into_iter().find(|width| *width >= needed).unwrap_or(needed.div_ceil(widest) * widest);
    (0..=last / width)
        .map(|at| {
            let (from_hours, to_hours) = (at * width, (at + 1) * width);
            let files = hours.iter().filter(|hours| (from_hours..to_hours).contains(*hours)).count() as u64;
            Band { from_hours, to_hours, files }
        })
        .collect()
}

/// The middle one of sorted numbers; of two in the middle the greater one.
pub(super) fn median(sorted: &[u64]) -> Option<u64> {
    sorted.get(sorted.len() / 2).copied()
}

/// Whole hours; none if the end is not after the start.
pub(super) fn hours_between(start: Timestamp, end: Timestamp) -> u64 {
    u64::try_from(end.duration_since(start).as_hours()).unwrap_or(0)
}

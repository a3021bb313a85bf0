//! What customers and staff asked for, and how long it took.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::{
    Rows,
    timing::{hours_between, median},
};
use crate::{
    held_file::{HeldFile, State, StateName},
    request::{Asker, Request, RequestStanding},
};

/// What is meant by a month where a law gives one.
const MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Requests of the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Requests {
    /// By customers.
    pub by_customers: u64,
    /// By staff.
    pub by_staff: u64,
    /// Files that customers asked for and that are erased.
    pub customer_files_erased: u64,
    /// Files that customers asked for and that are still there.
    pub customer_files_open: u64,
    /// Customers' requests that count and whose files are all erased.
    pub done: u64,
    /// Customers' requests that count and of whose files one is still there.
    pub open: u64,
    /// Customers' requests that count and found nothing to erase.
    pub without_files: u64,
    /// Customers' requests of which a person must still say whether they are one.
    pub unclear: u64,
    /// Customers' messages that a person found to be no request.
    pub set_aside: u64,
    /// Whole hours from receiving to the last proven erasure, of those that are done: the middle one.
    pub median_hours: Option<u64>,
    /// The same: the longest.
    pub worst_hours: Option<u64>,
    /// Customers' requests that took longer than 30 days, or have been open for longer.
    pub over_30_days: u64,
}

pub(super) fn requests(rows: &Rows<'_>, now: Timestamp) -> Requests {
    let mut sum = Requests::default();
    let mut hours = Vec::new();
    for request in rows.requests {
        match request.by {
            Asker::Customer(_) => sum.by_customers += 1,
            Asker::Person(_) => {
                sum.by_staff += 1;
                continue;
            }
        }
        for file in rows.files.iter().filter(|file| means(request, file)) {
            match file.state().name() {
                StateName::Erased => sum.customer_files_erased += 1,
                StateName::Refused => {}
                _ => sum.customer_files_open += 1,
            }
        }
        match request.standing {
            RequestStanding::Unclear => sum.unclear += 1,
            RequestStanding::SetAside => sum.set_aside += 1,
            RequestStanding::Accepted => match became(request, rows.files) {
                Became::Nothing => sum.without_files += 1,
                Became::Done { at } => {
                    sum.done += 1;
                    sum.over_30_days += u64::from(at.duration_since(request.received_at) > MONTH);
                    hours.push(hours_between(request.received_at, at));
                }
                Became::Open => {
                    sum.open += 1;
                    sum.over_30_days += u64::from(now.duration_since(request.received_at) > MONTH);
                }
            },
        }
    }
    hours.sort_unstable();
    sum.median_hours = median(&hours);
    sum.worst_hours = hours.last().copied();
    sum
}

enum Became {
    /// There was nothing to erase.
    Nothing,
    /// The last of its files was proven erased.
    Done { at: Timestamp },
    /// One of its files is still there.
    Open,
}

fn became(request: &Request, files: &[HeldFile]) -> Became {
    let mut became = Became::Nothing;
    for file in files.iter().filter(|file| means(request, file)) {
        became = match (file.state(), became) {
            (State::Refused { .. }, before) => before,
            // It was gone before anybody asked.
            (State::Erased { at, .. }, before) if *at < request.received_at => before,
            (State::Erased { at, .. }, Became::Nothing) => Became::Done { at: *at },
            (State::Erased { at, .. }, Became::Done { at: other }) => Became::Done { at: other.max(*at) },
            _ => return Became::Open,
        };
    }
    became
}

/// A request speaks of the files that were there.
fn means(request: &Request, file: &HeldFile) -> bool {
    file.case() == request.case && request.means(file.id()) && file.arrived_at() <= request.received_at
}

//! What other rules would change, calculated by the same function as the sweep.

use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Outcome, Rules, Subject, decide, ends_at};
use crate::{
    hold::Hold,
    id::{CaseId, FileId},
};

/// What other rules would change, for every held or due file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Simulation {
    /// The files for which something changes, in the order of the files.
    pub changes: Vec<Change>,
    /// How many stay as they are.
    pub unchanged: u64,
    /// Stands for exactly these rules with exactly these changes; a real change must present it.
    pub token: String,
}

/// What other rules change for one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The file.
    pub file: FileId,
    /// Its case.
    pub case: CaseId,
    /// The name of the rule that would be asked.
    pub rule: String,
    /// What changes.
    pub kind: ChangeKind,
    /// When it is erased by the rules as they are, as far as that is known: an open ticket may close any day.
    pub before: Option<Timestamp>,
    /// When it would be.
    pub after: Option<Timestamp>,
}

/// What changes for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The next sweep would erase it.
    ErasedNow,
    /// It would be erased sooner.
    Sooner,
    /// It would be erased later.
    Later,
}

impl Simulation {
    /// How many files change in this way.
    pub fn count(&self, kind: ChangeKind) -> u64 {
        self.changes.iter().filter(|change| change.kind == kind).count() as u64
    }
}

/// Compares the rules of a desk with others. Pure: same input, same answer.
pub fn simulate(subjects: &[Subject<'_>], rules: &Rules, others: &Rules, holds: &[Hold], now: Timestamp) -> Simulation {
    let (mut changes, mut unchanged) = (Vec::new(), 0);
    let (was, would) = (decide(subjects, rules, holds, now), decide(subjects, others, holds, now));
    // Every file that is held or due has one verdict by either rules, in the same order.
    let decided = subjects.iter().filter(|subject| subject.file.is_in_strongroom());
    for ((subject, was), would) in decided.zip(&was.verdicts).zip(&would.verdicts) {
        let (before, after) = (ends_at(subject, rules, holds), ends_at(subject, others, holds));
        let erases = |outcome: &Outcome| matches!(outcome, Outcome::Erase { .. });
        let kind = if erases(&would.outcome) && !erases(&was.outcome) {
            ChangeKind::ErasedNow
        } else {
            // A file without an end is erased after every one that has one.
            let order = |end: Option<Timestamp>| end.unwrap_or(Timestamp::MAX);
            match order(after).cmp(&order(before)) {
                std::cmp::Ordering::Less => ChangeKind::Sooner,
                std::cmp::Ordering::Greater => ChangeKind::Later,
                std::cmp::Ordering::Equal => {
                    unchanged += 1;
                    continue;
                }
            }
        };
        changes.push(Change { file: would.file, case: would.case, rule: would.rule.clone(), kind, before, after });
    }
    let token = token(others, &changes);
    Simulation { changes, unchanged, token }
}

fn token(rules: &Rules, changes: &[Change]) -> String {
    let mut digest = Sha256::new();
    digest.update(rules.fingerprint());
    for change in changes {
        digest.update(change.file.as_bytes());
        digest.update([change.kind as u8]);
    }
    hex::encode(&digest.finalize()[..6])
}

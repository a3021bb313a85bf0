//! What is held now, and for how long already.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::Rows;

/// Where one age ends and the next begins, in days.
const AGES: [u32; 3] = [7, 30, 90];

/// Files held under one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldByRule {
    /// The rule.
    pub rule: String,
    /// How many files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// When the oldest arrived.
    pub oldest: Option<Timestamp>,
    /// The same files by how long ago they arrived, the youngest first.
    pub ages: Vec<Age>,
}

/// Files that arrived that long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Age {
    /// At least so many days ago.
    pub from_days: u32,
    /// Less than so many days ago; no end for the oldest.
    pub to_days: Option<u32>,
    /// How many files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

pub(super) fn held(rows: &Rows<'_>, now: Timestamp) -> Vec<HeldByRule> {
    let mut by_rule: BTreeMap<&str, HeldByRule> = BTreeMap::new();
    let files: BTreeMap<_, _> = rows.files.iter().map(|file| (file.id(), file)).collect();
    for verdict in &rows.plan.verdicts {
        let Some(file) = files.get(&verdict.file) else { continue };
        let line = by_rule.entry(&verdict.rule).or_insert_with(|| HeldByRule {
            rule: verdict.rule.clone(),
            files: 0,
            bytes: 0,
            oldest: None,
            ages: no_ages(),
        });
        let bytes = file.sealed().map_or(0, |sealed| sealed.size);
        line.files += 1;
        line.bytes += bytes;
        line.oldest = Some(line.oldest.map_or(file.arrived_at(), |oldest| oldest.min(file.arrived_at())));
        let age = now.duration_since(file.arrived_at());
        let ends = |age: SignedDuration, end: u32| age < SignedDuration::from_hours(i64::from(end) * 24);
        if let Some(band) = line.ages.iter_mut().find(|band| band.to_days.is_none_or(|end| ends(age, end))) {
            band.files += 1;
            band.bytes += bytes;
        }
    }
    by_rule.into_values().collect()
}

fn no_ages() -> Vec<Age> {
    let from = [0].into_iter().chain(AGES);
    let to = AGES.into_iter().map(Some).chain([None]);
    from.zip(to).map(|(from_days, to_days)| Age { from_days, to_days, files: 0, bytes: 0 }).collect()
}

//! Retention rules, own dates and simulations.

use custody_core::retention::ChangeKind;
use serde::Serialize;
use ts_rs::TS;

use super::{RuleTermsView, WhomView};

/// The retention rules.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RulesView {
    /// Those in force, in the order in which they are asked.
    pub rules: Vec<RuleView>,
    /// Those that stand in `settings.toml`, if they are others: they decide nothing until somebody puts them into force.
    pub draft: Option<Vec<RuleView>>,
}

/// A retention rule.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleView {
    /// Its name, made safe to show.
    pub name: String,
    /// Which files it is for: those that fit every list. Without any, every file.
    pub whom: Vec<WhomView>,
    /// What it says.
    #[serde(flatten)]
    pub terms: RuleTermsView,
}

/// What a rule says that files of a case follow.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct CaseRuleView {
    /// How many of its files.
    pub files: u32,
    /// What it says.
    pub terms: RuleTermsView,
}

/// A date that a member of staff gave.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OwnDateView {
    /// The file it is for; none if it is for those that the case had then.
    pub file: Option<String>,
    /// When they are erased, RFC 3339.
    pub end: String,
    /// Who gave it.
    pub by: String,
    /// When, RFC 3339.
    pub given_at: String,
    /// Why, in their words; empty once forgotten.
    pub reason: String,
}

/// What other rules would change, for every file in custody.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SimulationView {
    /// What the other rules say, in the order in which they are asked.
    pub rules: Vec<RuleTermsView>,
    /// How many files the next sweep would erase.
    #[ts(type = "number")]
    pub erased_now: u64,
    /// How many would be erased sooner.
    #[ts(type = "number")]
    pub sooner: u64,
    /// How many would be erased later.
    #[ts(type = "number")]
    pub later: u64,
    /// How many stay as they are.
    #[ts(type = "number")]
    pub unchanged: u64,
    /// Each file for which something changes: what is erased now first, then by its new end.
    pub changes: Vec<ChangeView>,
    /// Stands for exactly these rules with exactly these changes.
    pub token: String,
}

/// What other rules change for one file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChangeView {
    /// The file.
    pub file: String,
    /// Its case.
    pub case: String,
    /// Its name, made safe to show.
    pub name: String,
    /// The name of the rule that would be asked.
    pub rule: String,
    /// What changes.
    #[ts(type = "\"erased_now\" | \"sooner\" | \"later\"")]
    pub kind: ChangeKind,
    /// When it is erased by the rules as they are, RFC 3339; `None` while nothing ends it.
    pub before: Option<String>,
    /// When it would be.
    pub after: Option<String>,
}

//! A retention rule: start point, period, grace and ceiling, for the threads it applies to.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{case::Labels, period::Period};

/// A retention rule, as it stands in the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionRule {
    /// Its name in lists and reports.
    pub name: String,
    /// Which threads it is for; empty means all.
    #[serde(default)]
    pub applies: Applies,
    /// From when the period counts.
    pub start: StartPoint,
    /// How long a file is kept after the start point.
    #[serde(default)]
    pub period: Period,
    /// Time between due and erasing, in which a reopening or a hold still counts.
    pub grace: Period,
    /// The longest time after arrival that a file is kept, whatever the ticket says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<Period>,
    /// Grace after a customer's own request.
    #[serde(default)]
    pub request_grace: Period,
    /// What is done about the forum's own copy once ours is erased.
    #[serde(default)]
    pub forum_copy: ForumCopyRule,
}

/// What is done about the forum's own copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForumCopyRule {
    /// It is looked at; the receipt says what was found.
    #[default]
    Leave,
    /// It is taken out of the posts of the thread, where our account may do that.
    Strip,
}

/// Which threads a rule is for. Within a list one match is enough; between lists all must match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applies {
    /// Threads with any of these tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Threads in any of these categories.
    #[serde(default)]
    pub categories: Vec<i64>,
}

/// From when a period counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartPoint {
    /// When the ticket was first read as closed.
    TicketClosed,
    /// When the file was first seen.
    Arrival,
    /// When the customer last wrote.
    CustomerActivity,
}

/// The rules of a desk, in the order in which they are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules(Vec<RetentionRule>);

/// Why a list of rules cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// There is none.
    #[error("there is no retention rule")]
    None,
    /// The last one does not apply to every thread, so some file would have no rule.
    #[error("the last retention rule must apply to every thread: leave its tags and categories empty")]
    NoDefault,
    /// Nothing but a closed ticket would ever end it, so a forgotten ticket would keep files for ever.
    #[error("a rule that starts when the ticket closes needs a ceiling")]
    NoCeiling,
}

impl Rules {
    /// Checks a list of rules.
    pub fn new(rules: Vec<RetentionRule>) -> Result<Self, RulesError> {
        let last = rules.last().ok_or(RulesError::None)?;
        if last.applies != Applies::default() {
            return Err(RulesError::NoDefault);
        }
        if rules.iter().any(|rule| rule.start == StartPoint::TicketClosed && rule.ceiling.is_none()) {
            return Err(RulesError::NoCeiling);
        }
        Ok(Self(rules))
    }

    /// Erase 3 days after the ticket closes, and at the latest 90 days after arrival.
    pub fn usual() -> Self {
        Self(vec![RetentionRule {
            name: "usual".to_owned(),
            applies: Applies::default(),
            start: StartPoint::TicketClosed,
            period: Period::ZERO,
            grace: Period::days(3),
            ceiling: Some(Period::days(90)),
            request_grace: Period::ZERO,
            forum_copy: ForumCopyRule::Leave,
        }])
    }

    /// All rules.
    pub fn as_slice(&self) -> &[RetentionRule] {
        &self.0
    }

    /// The first rule that applies; [`Rules::new`] made sure that the last always does.
    pub fn for_labels(&self, labels: &Labels) -> &RetentionRule {
        let last = self.0.len() - 1;
        self.0.iter().find(|rule| rule.applies.to(labels)).unwrap_or(&self.0[last])
    }
}

impl Applies {
    fn to(&self, labels: &Labels) -> bool {
        let tags = self.tags.is_empty() || self.tags.iter().any(|tag| labels.tags.contains(tag));
        let categories =
            self.categories.is_empty() || labels.category.is_some_and(|category| self.categories.contains(&category));
        tags && categories
    }
}

impl RetentionRule {
    /// SHA-256 of the rule's sentence, in hexadecimal: what a receipt refers to.
    pub fn digest(&self) -> String {
        hex::encode(Sha256::digest(self.to_string()))
    }
}

impl fmt::Display for RetentionRule {
    /// The rule as one sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = match self.start {
            StartPoint::TicketClosed => "the ticket closes",
            StartPoint::Arrival => "arrival",
            StartPoint::CustomerActivity => "the customer last wrote",
        };
        if self.period == Period::ZERO {
            write!(f, "Erase {} after {start}", self.grace)?;
        } else {
            write!(f, "Erase {} after {start}, with {} of grace", self.period, self.grace)?;
        }
        if let Some(ceiling) = self.ceiling {
            write!(f, ", and at the latest {ceiling} after arrival")?;
        }
        f.write_str(match self.forum_copy {
            ForumCopyRule::Leave => ".",
            ForumCopyRule::Strip => "; then take the forum's own copy out of the thread.",
        })
    }
}

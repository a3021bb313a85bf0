//! An own date: a named person's day on which a file is erased, in place of the day that its rule would give it.
//!
//! It lies within the ceiling of the rule. It takes the place of what was known when it was given; what becomes known later,
//! a ticket's closing or a customer's request, counts as it always does.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Private,
    event::{Actor, Event, EventKind},
    held_file::HeldFile,
    id::{CaseId, FileId, PersonId},
    transition::{Transition, Write},
};

/// What an own date is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "scope", content = "id")]
pub enum OwnDateScope {
    /// One file.
    File(FileId),
    /// The files that a case had when it was given. What comes later follows its rule.
    Case(CaseId),
}

/// An own date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnDate {
    /// What it is for: each case and each file has one at the most.
    pub scope: OwnDateScope,
    /// When the files are erased.
    pub end: Timestamp,
    /// Who gave it.
    pub by: PersonId,
    /// When.
    pub given_at: Timestamp,
    /// When and by whom it was taken back.
    pub withdrawn: Option<(Timestamp, PersonId)>,
    /// Counts writes.
    pub version: i64,
}

/// An own date that was already taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the own date is withdrawn already")]
pub struct AlreadyWithdrawn;

impl OwnDate {
    /// Gives an own date, in place of the `earlier` one of the same scope.
    pub fn give(
        earlier: Option<Self>,
        scope: OwnDateScope,
        end: Timestamp,
        by: PersonId,
        reason: Private<String>,
        now: Timestamp,
    ) -> Transition {
        let version = earlier.map_or(0, |earlier| earlier.version + 1);
        let own_date = Self { scope, end, by, given_at: now, withdrawn: None, version };
        let kind = EventKind::OwnDateGiven { scope, end };
        let event = Event { at: now, actor: Actor::Person(by), kind };
        Transition::new(Write::OwnDate { own_date, reason: Some(reason) }, event)
    }

    /// Takes it back: the rule alone counts again.
    pub fn withdraw(self, by: PersonId, now: Timestamp) -> Result<Transition, AlreadyWithdrawn> {
        if self.withdrawn.is_some() {
            return Err(AlreadyWithdrawn);
        }
        let own_date = Self { withdrawn: Some((now, by)), version: self.version + 1, ..self };
        let event =
            Event { at: now, actor: Actor::Person(by), kind: EventKind::OwnDateWithdrawn { scope: self.scope } };
        Ok(Transition::new(Write::OwnDate { own_date, reason: None }, event))
    }

    /// The own date that counts for a file: its own, or else that of its case if the file was there then.
    pub fn of<'a>(dates: &'a [Self], file: &HeldFile) -> Option<&'a Self> {
        let in_force = || dates.iter().filter(|date| date.withdrawn.is_none());
        let own = in_force().find(|date| date.scope == OwnDateScope::File(file.id()));
        own.or_else(|| {
            in_force().find(|date| date.scope == OwnDateScope::Case(file.case()) && file.arrived_at() <= date.given_at)
        })
    }
}

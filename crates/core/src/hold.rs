//! A named person's reason not to erase, with a review date. A hold beats every reason.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Private,
    event::{Actor, Event, EventKind},
    id::{CaseId, CustomerId, FileId, HoldId, PersonId},
    transition::{Transition, Write},
};

/// What a hold covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "scope", content = "id")]
pub enum HoldScope {
    /// One file.
    File(FileId),
    /// Every file of a case, also those still to come.
    Case(CaseId),
    /// Every file of a customer.
    Customer(CustomerId),
}

impl HoldScope {
    /// Whether the hold covers this file.
    pub fn covers(&self, file: FileId, case: CaseId, customer: CustomerId) -> bool {
        match *self {
            Self::File(id) => id == file,
            Self::Case(id) => id == case,
            Self::Customer(id) => id == customer,
        }
    }
}

/// A hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Which hold.
    pub id: HoldId,
    /// What it covers.
    pub scope: HoldScope,
    /// Who answers for it: whoever placed it, until it is handed on.
    pub owner: PersonId,
    /// When.
    pub placed_at: Timestamp,
    /// When its owner is to look at it again. It does not end by itself.
    pub review_at: Timestamp,
    /// When and by whom it was lifted.
    pub lifted: Option<(Timestamp, PersonId)>,
    /// Counts writes.
    pub version: i64,
}

/// What a person typed about a hold: personal, and each written once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoldReason {
    /// Why it was placed.
    Placed(Private<String>),
    /// Why it was lifted.
    Lifted(Private<String>),
}

/// A hold that was already lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("hold {0} is lifted already")]
pub struct AlreadyLifted(pub HoldId);

impl Hold {
    /// Places a hold.
    pub fn place(
        id: HoldId,
        scope: HoldScope,
        owner: PersonId,
        reason: Private<String>,
        review_at: Timestamp,
        now: Timestamp,
    ) -> Transition {
        let hold = Self { id, scope, owner, placed_at: now, review_at, lifted: None, version: 0 };
        let event =
            Event { at: now, actor: Actor::Person(owner), kind: EventKind::HoldPlaced { hold: id, scope, review_at } };
        Transition::new(Write::Hold { hold, reason: Some(HoldReason::Placed(reason)) }, event)
    }

    /// Lifts it, with the reason for that. What waited behind it goes on with the next sweep.
    pub fn lift(self, by: PersonId, reason: Private<String>, now: Timestamp) -> Result<Transition, AlreadyLifted> {
        let kind = EventKind::HoldLifted { hold: self.id, scope: self.scope };
        let lifted = Some((now, by));
        self.change(|hold| Self { lifted, ..hold }, Some(HoldReason::Lifted(reason)), kind, by, now)
    }

    /// It was looked at, and is to be looked at again at another time.
    pub fn review(self, review_at: Timestamp, by: PersonId, now: Timestamp) -> Result<Transition, AlreadyLifted> {
        let kind = EventKind::HoldReviewed { hold: self.id, scope: self.scope, review_at };
        self.change(|hold| Self { review_at, ..hold }, None, kind, by, now)
    }

    /// Somebody else answers for it from now on.
    pub fn hand_on(self, owner: PersonId, by: PersonId, now: Timestamp) -> Result<Transition, AlreadyLifted> {
        let kind = EventKind::HoldHandedOn { hold: self.id, scope: self.scope, owner };
        self.change(|hold| Self { owner, ..hold }, None, kind, by, now)
    }

    fn change(
        self,
        change: impl FnOnce(Self) -> Self,
        reason: Option<HoldReason>,
        kind: EventKind,
        by: PersonId,
        now: Timestamp,
    ) -> Result<Transition, AlreadyLifted> {
        if self.lifted.is_some() {
            return Err(AlreadyLifted(self.id));
        }
        let version = self.version + 1;
        let hold = Self { version, ..change(self) };
        Ok(Transition::new(Write::Hold { hold, reason }, Event { at: now, actor: Actor::Person(by), kind }))
    }

    /// Whether it holds now.
    pub const fn is_placed(&self) -> bool {
        self.lifted.is_none()
    }
}

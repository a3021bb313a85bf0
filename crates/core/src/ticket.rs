//! The linked ticket and what we know of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    event::{Actor, Event, EventKind},
    id::{CaseId, PersonId},
    transition::{Transition, Write},
};

/// Which ticket a case is linked to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TicketRef {
    /// The tracker's name in the settings; `topic` is the forum thread itself.
    pub tracker: String,
    /// The ticket's key there.
    pub key: String,
}

/// A ticket that the thread names and that may be the case's. A person takes it or sets it aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketOffer {
    /// The case.
    pub case: CaseId,
    /// The ticket.
    pub ticket: TicketRef,
    /// When it was first seen.
    pub noted_at: Timestamp,
    /// What became of it.
    pub standing: OfferStanding,
    /// Counts writes.
    pub version: i64,
}

/// What became of an offered ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferStanding {
    /// It waits for a person.
    Offered,
    /// The case was linked to it.
    Taken,
    /// It is not the case's.
    SetAside,
}

impl TicketOffer {
    /// Records that the thread names a ticket.
    pub fn note(self) -> Transition {
        let kind = EventKind::TicketOffered { case: self.case, ticket: self.ticket.clone(), standing: self.standing };
        let at = self.noted_at;
        Transition::new(Write::TicketOffer(self), Event { at, actor: Actor::Desk, kind })
    }

    /// A person takes it or sets it aside. Taking it goes together with [`Case::link_ticket`](crate::case::Case::link_ticket).
    pub fn resolve(self, taken: bool, by: PersonId, at: Timestamp) -> Transition {
        let standing = if taken { OfferStanding::Taken } else { OfferStanding::SetAside };
        let kind = EventKind::TicketOffered { case: self.case, ticket: self.ticket.clone(), standing };
        let offer = Self { standing, version: self.version + 1, ..self };
        Transition::new(Write::TicketOffer(offer), Event { at, actor: Actor::Person(by), kind })
    }
}

/// What one answer of a tracker said. An error is not a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reading")]
pub enum TicketReading {
    /// The ticket is being worked on.
    Open,
    /// The ticket was read as closed.
    Closed {
        /// What in the answer says so.
        how: Closing,
    },
    /// The tracker knows no such ticket, or does not show it to us. This is *not* closed.
    Missing,
}

/// Which fact closes a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// Its status is closed.
    Closed,
    /// It was archived.
    Archived,
    /// An answer was accepted as the solution.
    Solved,
}

/// What is known of a ticket: its last certain state, and whether that is in doubt now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Since when it has been read as closed without a break, in our own time; `None` while it is open.
    ///
    /// Our time, not the tracker's: a forged or leftover closing date must not start a clock.
    pub closed_since: Option<Timestamp>,
    /// What closed it.
    pub how: Option<Closing>,
    /// When the tracker last gave a certain answer.
    pub read_at: Option<Timestamp>,
    /// Since when the tracker has given no certain answer.
    pub doubt_since: Option<Timestamp>,
}

impl Standing {
    /// Nothing read yet: counts as open.
    pub const UNREAD: Self = Self { closed_since: None, how: None, read_at: None, doubt_since: None };

    /// The standing after an answer at `now`.
    pub fn after(self, reading: TicketReading, now: Timestamp) -> Self {
        match reading {
            TicketReading::Open => Self { closed_since: None, how: None, read_at: Some(now), doubt_since: None },
            TicketReading::Closed { how } => Self {
                closed_since: Some(self.closed_since.unwrap_or(now)),
                how: Some(how),
                read_at: Some(now),
                doubt_since: None,
            },
            TicketReading::Missing => self.in_doubt(now),
        }
    }

    /// The standing after the tracker gave no answer, or one that says nothing certain.
    pub fn in_doubt(self, now: Timestamp) -> Self {
        Self { doubt_since: Some(self.doubt_since.unwrap_or(now)), ..self }
    }

    /// Whether the last certain answer was "closed" and nothing has put it in doubt since.
    pub fn is_surely_closed(&self) -> bool {
        self.closed_since.is_some() && self.doubt_since.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn a_missing_ticket_is_not_a_closed_one() {
        let open = Standing::UNREAD.after(TicketReading::Open, T);
        assert!(open.after(TicketReading::Missing, T).closed_since.is_none());
        let closed = open.after(TicketReading::Closed { how: Closing::Closed }, T);
        assert!(closed.is_surely_closed());
        assert!(!closed.after(TicketReading::Missing, T).is_surely_closed());
    }

    #[test]
    fn closing_again_does_not_restart_the_clock_but_reopening_does() {
        let later = Timestamp::from_second(60).unwrap();
        let closed = Standing::UNREAD.after(TicketReading::Closed { how: Closing::Solved }, T);
        assert_eq!(closed.after(TicketReading::Closed { how: Closing::Closed }, later).closed_since, Some(T));
        let reopened = closed.after(TicketReading::Open, later);
        assert_eq!(reopened.after(TicketReading::Closed { how: Closing::Closed }, later).closed_since, Some(later));
    }
}

//! Retention rules, and the one pure function that says what is kept, what is due and what is erased, and why.
//!
//! The simulation and the real sweep both call [`decide`]; there is no second code path.

mod adopt;
mod choose;
mod decide;
mod rule;
mod simulate;
mod terms;

pub use adopt::{AdoptedRules, NotAdoptable};
pub use choose::{ChosenBy, Product};
pub use decide::{Outcome, Plan, Subject, Verdict, Why, decide, ends_at, latest_end};
pub use rule::{Applies, ForumCopyRule, RetentionRule, RuleBook, Rules, RulesError, StartPoint};
pub use simulate::{Change, ChangeKind, Simulation, simulate};
pub use terms::{NotTerms, RuleTerms};

use serde::{Deserialize, Serialize};

use crate::id::RequestId;

/// The explicit facts that erase. Nothing else does: no timeout, no refusal, no silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Reason {
    /// The ticket was read as closed.
    TicketClosed,
    /// The customer asked.
    CustomerAsked {
        /// The request.
        request: RequestId,
    },
    /// The rule's period or ceiling ended.
    PeriodEnded,
    /// A named person of staff decided it.
    StaffDecided {
        /// The request.
        request: RequestId,
    },
}

impl Reason {
    /// Whether the cap of a sweep does not count it: what a customer asks for waits for nobody.
    pub const fn is_exempt_from_cap(self) -> bool {
        matches!(self, Self::CustomerAsked { .. })
    }
}

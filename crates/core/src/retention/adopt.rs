//! The rules in force are in the ledger. What stands in the settings is a draft until somebody adopts it by name.

use jiff::Timestamp;
use serde_json::Error;

use super::{ChangeKind, RetentionRule, RuleBook, Rules, RulesError, Simulation};
use crate::{
    Private,
    event::{Actor, Event, EventKind},
    id::PersonId,
    transition::{Transition, Write},
};

/// Rules as the ledger keeps them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdoptedRules {
    /// SHA-256 over every field.
    pub fingerprint: String,
    /// Every field, as canonical JSON.
    pub book: Private<String>,
}

/// Why rules of the ledger cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NotAdoptable {
    /// They cannot be read or written.
    #[error("the rules in force cannot be read")]
    Text(#[from] Error),
    /// They do not hold together.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// Somebody wrote into the row: they are not those that were adopted.
    #[error("the rules in force are not the ones that were adopted")]
    Edited,
}

impl AdoptedRules {
    /// As the ledger keeps these.
    pub fn of(rules: &Rules) -> Result<Self, NotAdoptable> {
        let book = serde_json_canonicalizer::to_string(rules.book())?;
        Ok(Self { fingerprint: rules.fingerprint(), book: Private::new(book) })
    }

    /// The rules themselves.
    pub fn rules(&self) -> Result<Rules, NotAdoptable> {
        let book: RuleBook = serde_json::from_str(self.book.reveal())?;
        let rules = Rules::new(book)?;
        if rules.fingerprint() == self.fingerprint { Ok(rules) } else { Err(NotAdoptable::Edited) }
    }

    /// The first rules of a ledger come into force as they stand in the settings.
    pub fn adopt_first(self, rules: &Rules, at: Timestamp) -> Transition {
        let kind = EventKind::RulesAdopted { rules: sentences(rules), fingerprint: self.fingerprint.clone() };
        Transition::new(Write::Rules { replace: None, adopted: self }, Event { at, actor: Actor::Desk, kind })
    }

    /// A person puts other rules into force, after a simulation of exactly these.
    pub fn change(
        self,
        replace: &Self,
        rules: &Rules,
        simulation: &Simulation,
        by: PersonId,
        at: Timestamp,
    ) -> Transition {
        let kind = EventKind::RulesChanged {
            rules: sentences(rules),
            token: simulation.token.clone(),
            erased_now: simulation.count(ChangeKind::ErasedNow),
            sooner: simulation.count(ChangeKind::Sooner),
            later: simulation.count(ChangeKind::Later),
        };
        let write = Write::Rules { replace: Some(replace.fingerprint.clone()), adopted: self };
        Transition::new(write, Event { at, actor: Actor::Person(by), kind })
    }
}

/// What the record says of rules. Whom they name is left out: events hold nothing personal.
fn sentences(rules: &Rules) -> Vec<String> {
    rules.as_slice().iter().map(RetentionRule::to_string).collect()
}

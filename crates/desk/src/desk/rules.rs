//! The retention rules: those in force, what others would change, and changing them.

use custody_core::{
    flow::sweep,
    period::Period,
    ports::{Fault, Ledger as _, PortError},
    retention::{AdoptedRules, NotAdoptable, RetentionRule, RuleBook, Rules, Simulation, StartPoint},
};
use tracing::info;

use super::{Desk, reading::page};
use crate::{
    DeskError, Result,
    settings::{Settings, SettingsError},
    show,
    views::{RulesView, SimulationView},
};

/// What may be changed of a rule without writing it anew.
#[derive(Clone, Copy, Debug)]
pub struct RuleNumbers {
    /// From when the period counts.
    pub start: StartPoint,
    /// How long a file is kept after that.
    pub period: Period,
    /// Time between due and erasing.
    pub grace: Period,
    /// The longest time after arrival.
    pub ceiling: Option<Period>,
}

impl Desk {
    /// The rules in force, and those of `settings.toml` if they are others.
    pub fn rules(&self) -> RulesView {
        let in_force = self.rules_in_force();
        RulesView { rules: show::rule_views(&in_force), draft: self.drafted_rules().as_ref().map(show::rule_views) }
    }

    /// The rules by which files are kept and erased.
    pub fn rules_in_force(&self) -> RuleBook {
        self.wired().policy.rules.book().clone()
    }

    /// The rules that somebody wrote into `settings.toml` and nobody put into force. They decide nothing.
    pub fn drafted_rules(&self) -> Option<RuleBook> {
        let wired = self.wired();
        // Read anew: it may have been edited since the desk was opened. While it cannot be read, nothing is known of it.
        let written = Settings::read(self.places().settings()).map_or_else(|_| wired.settings.book(), |it| it.book());
        (written != *wired.policy.rules.book()).then_some(written)
    }

    /// These rules with some of their numbers changed, in the order in which they are asked.
    ///
    /// # Errors
    /// [`DeskError::OtherSimulation`] if there are not as many of them any more.
    pub fn edited_rules(&self, draft: bool, edits: Vec<RuleNumbers>) -> Result<RuleBook> {
        let drafted = if draft { self.drafted_rules() } else { None };
        let mut book = drafted.unwrap_or_else(|| self.rules_in_force());
        if book.rules.len() != edits.len() {
            return Err(DeskError::OtherSimulation);
        }
        for (rule, edit) in book.rules.iter_mut().zip(edits) {
            let RuleNumbers { start, period, grace, ceiling } = edit;
            *rule = RetentionRule { start, period, grace, ceiling, ..rule.clone() };
        }
        Ok(book)
    }

    /// What these rules would change, for every file in custody. Nothing is changed.
    ///
    /// # Errors
    /// [`DeskError::Settings`] if the rules do not hold together; faults of the ledger.
    pub async fn simulate_rules(&self, book: impl Into<RuleBook>) -> Result<SimulationView> {
        let others = Rules::new(book).map_err(SettingsError::from)?;
        let simulation = self.simulated(&others).await?;
        Ok(show::simulation_view(&page(&self.wired()).await?, &others, &simulation).await?)
    }

    /// Works by these rules from now on. The record says who changed them, and what that changed.
    ///
    /// # Errors
    /// [`DeskError::OtherSimulation`] unless the token is that of [`Desk::simulate_rules`] for exactly these rules, with the
    /// files as they are now: then nothing is changed.
    pub async fn change_rules(&self, book: impl Into<RuleBook>, token: &str) -> Result<SimulationView> {
        let others = Rules::new(book).map_err(SettingsError::from)?;
        let simulation = self.simulated(&others).await?;
        if simulation.token != token {
            return Err(DeskError::OtherSimulation);
        }
        let (now, person) = (self.now(), self.person().await?);
        let was = AdoptedRules::of(&self.wired().policy.rules).map_err(damaged)?;
        let adopted = AdoptedRules::of(&others).map_err(damaged)?;
        // In force once the ledger has them: if the settings cannot be written then, they are a draft of the old ones.
        self.commit(adopted.change(&was, &others, &simulation, person, now)).await?;
        let RuleBook { products, rules } = others.book().clone();
        self.write_settings(Settings { products, rules, ..self.settings() }).await?;
        Ok(show::simulation_view(&page(&self.wired()).await?, &others, &simulation).await?)
    }

    async fn simulated(&self, others: &Rules) -> Result<Simulation> {
        self.follow_rules().await?;
        let wired = self.wired();
        Ok(sweep::simulate(&wired.ports, &wired.policy, others).await?)
    }

    /// Takes up the rules in force, if another desk of the same ledger changed them.
    pub(super) async fn follow_rules(&self) -> Result<()> {
        let adopted = self.0.ledger.adopted_rules().await?;
        let known = self.wired().policy.rules.fingerprint();
        if adopted.is_some_and(|adopted| adopted.fingerprint != known) {
            info!("rules.follow");
            self.rewire_by(self.settings(), self.wired().mail_tokens.clone()).await?;
        }
        Ok(())
    }
}

/// The rules in force, or those of the settings where none were adopted yet.
pub(crate) async fn in_force(ledger: &impl custody_core::ports::Ledger, settings: &Settings) -> Result<Rules> {
    match ledger.adopted_rules().await? {
        Some(adopted) => Ok(adopted.rules().map_err(damaged)?),
        None => Ok(Rules::new(settings.book()).map_err(SettingsError::from)?),
    }
}

/// A desk whose ledger knows no rules adopts those it has, once.
pub(super) async fn adopt_first(
    ledger: &impl custody_core::ports::Ledger,
    rules: &Rules,
    at: custody_core::Timestamp,
) -> Result<()> {
    if ledger.adopted_rules().await?.is_some() {
        return Ok(());
    }
    let adopted = AdoptedRules::of(rules).map_err(damaged)?;
    ledger.commit(vec![adopted.adopt_first(rules, at)]).await?;
    Ok(())
}

fn damaged(cause: NotAdoptable) -> PortError {
    PortError::needs_person(Fault::LedgerDamaged).because(cause)
}

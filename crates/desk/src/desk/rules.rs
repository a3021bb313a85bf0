//! The retention rules: what others would change, and changing them.

use custody_core::{
    event::EventKind,
    flow::sweep,
    retention::{ChangeKind, RetentionRule, Rules},
};

use super::{Desk, reading::page};
use crate::{
    DeskError, Result,
    settings::{Settings, SettingsError},
    show,
    views::SimulationView,
    wiring::wire,
};

impl Desk {
    /// What these rules would change, for every file in custody. Nothing is changed.
    ///
    /// # Errors
    /// [`DeskError::Settings`] if the rules do not hold together; faults of the ledger.
    pub async fn simulate_rules(&self, rules: Vec<RetentionRule>) -> Result<SimulationView> {
        let others = Rules::new(rules).map_err(SettingsError::from)?;
        let wired = self.wired();
        let simulation = sweep::simulate(&wired.ports, &wired.policy, &others).await?;
        Ok(show::simulation_view(&page(&wired).await?, &others, &simulation).await?)
    }

    /// Works by these rules from now on. The record says who changed them, and what that changed.
    ///
    /// # Errors
    /// [`DeskError::OtherSimulation`] unless the token is that of [`Desk::simulate_rules`] for exactly these rules, with the files as they
    /// are now: then nothing is changed.
    pub async fn change_rules(&self, rules: Vec<RetentionRule>, token: &str) -> Result<SimulationView> {
        let others = Rules::new(rules.clone()).map_err(SettingsError::from)?;
        let wired = self.wired();
        let simulation = sweep::simulate(&wired.ports, &wired.policy, &others).await?;
        if simulation.token != token {
            return Err(DeskError::OtherSimulation);
        }
        // Recorded first: no file may become due by rules that nobody is named for.
        self.note(EventKind::RulesChanged {
            rules: others.as_slice().iter().map(ToString::to_string).collect(),
            token: token.to_owned(),
            erased_now: simulation.count(ChangeKind::ErasedNow),
            sooner: simulation.count(ChangeKind::Sooner),
            later: simulation.count(ChangeKind::Later),
        })
        .await?;
        let settings = Settings { rules, ..self.settings() };
        let in_use = wired.mail_tokens.clone();
        self.work_by(wire(settings, &self.0.vault, &self.0.ledger, &self.0.clock, in_use).await?).await?;
        Ok(show::simulation_view(&page(&wired).await?, &others, &simulation).await?)
    }
}

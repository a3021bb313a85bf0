//! The retention rules: what others would change, and changing them.

use custody_core::{
    event::EventKind,
    flow::sweep,
    retention::{ChangeKind, RuleBook, Rules},
};

use super::{Desk, reading::page};
use crate::{
    DeskError, Result,
    settings::{Settings, SettingsError},
    show,
    views::SimulationView,
};

impl Desk {
    /// What these rules would change, for every file in custody. Nothing is changed.
    ///
    /// # Errors
    /// [`DeskError::Settings`] if the rules do not hold together; faults of the ledger.
    pub async fn simulate_rules(&self, book: impl Into<RuleBook>) -> Result<SimulationView> {
        let others = Rules::new(book).map_err(SettingsError::from)?;
        let wired = self.wired();
        let simulation = sweep::simulate(&wired.ports, &wired.policy, &others).await?;
        Ok(show::simulation_view(&page(&wired).await?, &others, &simulation).await?)
    }

    /// Works by these rules from now on. The record says who changed them, and what that changed.
    ///
    /// # Errors
    /// [`DeskError::OtherSimulation`] unless the token is that of [`Desk::simulate_rules`] for exactly these rules, with the files as they
    /// are now: then nothing is changed.
    pub async fn change_rules(&self, book: impl Into<RuleBook>, token: &str) -> Result<SimulationView> {
        let others = Rules::new(book).map_err(SettingsError::from)?;
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
        let RuleBook { products, rules } = others.book().clone();
        self.save_settings(Settings { products, rules, ..self.settings() }).await?;
        self.wake();
        Ok(show::simulation_view(&page(&wired).await?, &others, &simulation).await?)
    }
}

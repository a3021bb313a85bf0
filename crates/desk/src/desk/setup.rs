//! The first run, kept in the desk: it can be left after each step, and goes on from there after a restart.

use std::collections::BTreeSet;

use custody_core::ports::{Fault, Ledger as _, PortError};
use serde::{Deserialize, Serialize};

use super::Desk;
use crate::{
    Result,
    views::{KitStanding, SetupStanding, SetupStep, SetupStepView, SetupView},
};

/// Where it is kept. What is connected is asked of the settings, so only a person's word stands here.
const MARK: &str = "first run";

#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// Steps that a person went past.
    passed: BTreeSet<SetupStep>,
    ended: bool,
}

impl Desk {
    /// The first run, if it is not over. A desk that was connected without it has none; nor has a practice desk.
    pub async fn setup(&self) -> Result<Option<SetupView>> {
        let Some(kept) = self.first_run().await? else { return Ok(None) };
        let settings = self.settings();
        let mut steps = Vec::new();
        for step in [SetupStep::Kit, SetupStep::Forum, SetupStep::Servers, SetupStep::Rule] {
            let passed = kept.passed.contains(&step);
            let is_done = match step {
                SetupStep::Kit => self.kit_standing().await? == KitStanding::Saved,
                SetupStep::Forum => settings.forum.is_some(),
                SetupStep::Servers => settings.mail.is_some() || !settings.trackers.is_empty(),
                SetupStep::Rule => passed,
            };
            let standing = match (is_done, passed) {
                (true, _) => SetupStanding::Done,
                (false, true) => SetupStanding::Later,
                (false, false) => SetupStanding::Open,
            };
            steps.push(SetupStepView { step, standing });
        }
        Ok(Some(SetupView { steps }))
    }

    /// Begins the first run. A desk whose making was cut short before this is taken for one that has it to come.
    pub async fn begin_setup(&self) -> Result<()> {
        self.keep_first_run(&Kept::default()).await
    }

    /// A person goes past a step: without what it is about or, with the rule, having looked at it.
    pub async fn pass_setup_step(&self, step: SetupStep) -> Result<()> {
        let mut kept = self.first_run().await?.unwrap_or_default();
        kept.passed.insert(step);
        self.keep_first_run(&kept).await
    }

    /// A person ends the first run. What is not done is told where it belongs.
    pub async fn end_setup(&self) -> Result<()> {
        let mut kept = self.first_run().await?.unwrap_or_default();
        kept.ended = true;
        self.keep_first_run(&kept).await
    }

    async fn first_run(&self) -> Result<Option<Kept>> {
        if self.0.practice {
            return Ok(None);
        }
        let Some(text) = self.0.ledger.mark(MARK).await? else {
            return Ok(self.settings().forum.is_none().then(Kept::default));
        };
        let kept: Kept = serde_json::from_str(&text)
            .map_err(|cause| PortError::needs_person(Fault::LedgerDamaged).because(cause))?;
        Ok((!kept.ended).then_some(kept))
    }

    async fn keep_first_run(&self, kept: &Kept) -> Result<()> {
        let text = serde_json::to_string(kept)
            .map_err(|cause| PortError::needs_person(Fault::LedgerTrouble).because(cause))?;
        Ok(self.0.ledger.put_mark(MARK, &text).await?)
    }
}

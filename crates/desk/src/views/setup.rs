//! The first run: what is done of it, and the recovery kit.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The first run, until a person has ended it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SetupView {
    /// Its steps after the passphrase, in order.
    pub steps: Vec<SetupStepView>,
}

/// A step and how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SetupStepView {
    /// The step.
    pub step: SetupStep,
    /// How it stands.
    pub standing: SetupStanding,
}

/// The steps of the first run after the passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SetupStep {
    /// The recovery kit is saved.
    Kit,
    /// The forum is connected.
    Forum,
    /// A tracker or mail is connected.
    Servers,
    /// A person looked at the retention rule.
    Rule,
}

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SetupStanding {
    /// Nothing was done yet.
    Open,
    /// A person went on without it.
    Later,
    /// What it is about is there.
    Done,
}

/// How the recovery kit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KitStanding {
    /// There is none.
    None,
    /// It was made, and nobody has shown that they saved it.
    Made,
    /// A person has shown that they saved it.
    Saved,
}

/// A recovery kit, shown once. It is the one secret that is for a person's eyes, and is kept nowhere.
#[derive(Serialize, TS)]
pub struct KitWordsView {
    /// Its words, in order.
    pub words: Vec<String>,
    /// Which of them will be asked back, counted from one.
    pub asked: Vec<u32>,
}

impl fmt::Debug for KitWordsView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KitWordsView").field("asked", &self.asked).finish_non_exhaustive()
    }
}

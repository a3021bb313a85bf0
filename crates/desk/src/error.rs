//! What a desk could not do.

use custody_core::{
    Timestamp,
    flow::FlowError,
    ports::{Fault, PortError},
};

use crate::{problem::problem, settings::SettingsError, views::ProblemView, words::at};

/// What a desk could not do. Its text and its causes hold ids only, so that they may stand in a log.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// A step of the flow ended early.
    #[error(transparent)]
    Flow(#[from] FlowError),
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// There is no desk at these places.
    #[error("there is no desk at these places")]
    NoDesk,
    /// Rules were to be changed by the token of another simulation: of other rules, or of files as they are no longer.
    #[error("the simulation is another one by now")]
    OtherSimulation,
    /// An own date lies behind the ceiling of a file's rule.
    #[error("the rule of a file does not let it be kept that long")]
    PastCeiling {
        /// The latest date that would do.
        latest: Timestamp,
    },
    /// An own date is over already.
    #[error("the date is over")]
    DateOver,
    /// A desk was made at these places before.
    #[error("a desk was made at these places before")]
    DeskExists,
}

impl DeskError {
    /// What a person is told.
    pub const fn fault(&self) -> Fault {
        match self {
            Self::Flow(error) => error.fault(),
            Self::Settings(_) => Fault::SettingsTrouble,
            Self::OtherSimulation => Fault::Conflict,
            Self::PastCeiling { .. } | Self::DateOver => Fault::PastCeiling,
            Self::NoDesk => Fault::NoDesk,
            Self::DeskExists => Fault::DeskExists,
        }
    }

    /// The two lines for a person.
    pub fn problem(&self) -> ProblemView {
        let mut view = problem(self.fault());
        match self {
            // The parser names the line and the key; settings hold no secret and no personal data.
            Self::Settings(error) => view.what = format!("{}. Nothing was changed.", on_one_line(&error.to_string())),
            Self::Flow(FlowError::NeedsApproval { would_erase, cap, .. }) => {
                view.what = format!(
                    "The sweep would erase {would_erase} files, more than the cap of {cap}. Only what customers asked \
                     for was erased."
                );
            }
            Self::OtherSimulation => {
                view.what = "The simulation is another one by now: rules or files have changed. Nothing was changed."
                    .to_owned();
                view.todo = "Simulate the rules again, and look at what they change.".to_owned();
            }
            Self::PastCeiling { latest } => {
                view.todo = format!("Name a date up to {}, or place a hold with a reason.", at(*latest));
            }
            Self::DateOver => {
                view.what = "This date is over. Nothing was changed.".to_owned();
                view.todo = "Name a date that is still to come, or ask for the erasure.".to_owned();
            }
            Self::Flow(_) | Self::NoDesk | Self::DeskExists => {}
        }
        view
    }
}

/// The parser draws the line it means below its message.
fn on_one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

impl From<PortError> for DeskError {
    fn from(error: PortError) -> Self {
        Self::Flow(error.into())
    }
}

//! What the page is told of a fault: a code that has words there, and a reference. The cause stays in the log.

use std::{
    error::Error,
    hash::{BuildHasher as _, RandomState},
};

use custody_core::ports::Fault;
use custody_desk::DeskError;
use custody_practice_desk::PracticeError;
use serde::Serialize;
use tracing::warn;
use ts_rs::TS;

/// A refusal, as the page gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct IpcError {
    /// What a person is told.
    #[ts(type = "Fault")]
    pub code: Fault,
    /// Under which the log has the cause.
    pub reference: String,
}

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The desk refused it.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The practice world refused it.
    #[error(transparent)]
    Practice(#[from] PracticeError),
    /// No desk is open, or not the kind of desk that this is for.
    #[error("there is no such desk in this window")]
    NoSuchDesk,
    /// The system does not say, or does not let us change, what starts with the session.
    #[error("what starts with the session is not known")]
    StartupUnknown,
    /// A desk is open already, or being opened.
    #[error("there is a desk in this window already")]
    DeskIsThere,
    /// The window shows no file, or no longer.
    #[error("there is no file in this window")]
    NoSuchViewer,
    /// The system opens no further window.
    #[error("no window could be opened")]
    Window(#[source] tauri::Error),
    /// What was dropped or chosen is not offered any more.
    #[error("this is not offered any more")]
    OfferOver,
    /// A hold on a file names no file, or its customer is not known.
    #[error("what is meant was not named")]
    NotNamed,
    /// An event of the chain does not fit, so that it cannot be signed.
    #[error("an event of the chain does not fit")]
    ChainBroken,
    /// No sign-in is under way, or it has no code.
    #[error("no sign-in is under way")]
    NoSignIn,
    /// A page of a sign-in is not the forum's own.
    #[error("the page is not the forum's own")]
    ForeignPage,
    /// No browser could be opened.
    #[error("no browser could be opened")]
    NoBrowser(#[source] std::io::Error),
    /// The practice window could not be started.
    #[error("the practice window could not be started")]
    NoWindow(#[source] std::io::Error),
}

impl AppError {
    fn fault(&self) -> Fault {
        match self {
            Self::Desk(error) => error.fault(),
            Self::Practice(error) => error.fault(),
            Self::NoSuchDesk => Fault::NoDesk,
            Self::DeskIsThere => Fault::DeskExists,
            Self::OfferOver => Fault::OfferOver,
            Self::ChainBroken => Fault::LedgerDamaged,
            Self::NotNamed | Self::NoSuchViewer | Self::NoSignIn | Self::NoBrowser(_) | Self::NoWindow(_) => {
                Fault::NotFound
            }
            Self::Window(_) => Fault::Crashed,
            Self::StartupUnknown => Fault::StartupUnknown,
            Self::ForeignPage => Fault::BadRedirect,
        }
    }

    /// Writes the cause to the log, and gives what the page may know of it.
    pub fn told(&self, command: &'static str) -> IpcError {
        let code = self.fault();
        let reference = reference();
        // Errors hold ids and kinds only, so all of the chain may stand in the log.
        warn!(command, reference, fault = ?code, cause = causes(self), "window.refused");
        IpcError { code, reference }
    }
}

fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let more = cause.to_string();
        // A transparent error repeats its cause.
        if !text.ends_with(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        next = cause.source();
    }
    text
}

/// Six digits that a person can read out, and that do not repeat within one log. Nothing depends on their being secret, so
/// the seed of a hash map will do.
fn reference() -> String {
    let number = RandomState::new().hash_one(std::process::id());
    format!("{:06x}", number & 0x00ff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_its_code_and_a_reference_and_nothing_else() {
        let told = AppError::NoSuchDesk.told("show_case");
        assert_eq!(told.code, Fault::NoDesk);
        assert_eq!(told.reference.len(), 6, "a person can read it out");
        let json = serde_json::to_value(&told).unwrap();
        let keys: Vec<_> = json.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["code", "reference"], "no text of a cause reaches the page");
    }

    #[test]
    fn two_refusals_have_two_references() {
        let references: std::collections::HashSet<_> = (0..50).map(|_| reference()).collect();
        assert!(references.len() > 45, "a reference finds one line in the log");
    }

    #[test]
    fn the_log_gets_each_cause_once() {
        #[derive(Debug, thiserror::Error)]
        #[error("the disk is full")]
        struct Cause;
        #[derive(Debug, thiserror::Error)]
        #[error("the file is not sealed")]
        struct Outer(#[source] Cause);
        assert_eq!(causes(&Outer(Cause)), "the file is not sealed: the disk is full");
        assert_eq!(causes(&AppError::DeskIsThere), "there is a desk in this window already");
    }
}

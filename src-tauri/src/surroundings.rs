//! What the window has to do with the desktop around it: where somebody was called to from outside, and who wants to leave.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use custody_desk::views::WorkView;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::AppError;

/// The program around the window, as far as commands need it. Tests have another one.
pub trait Program: Send + Sync {
    /// Shows the window.
    fn show(&self);
    /// Hides the window where a tray is shown from which it comes back. False where none is.
    fn hide(&self) -> bool;
    /// Ends the program in order.
    fn exit(&self);
    /// Speaks this language outside of the window too.
    fn speak(&self, language: Language);
    /// Whether it starts with the session, and whether it can wait in a tray.
    fn startup(&self) -> Result<StartupView, AppError>;
    /// Starts with the session from now on, or does so no more.
    fn set_startup(&self, starts: bool) -> Result<(), AppError>;
}

/// A language that the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

/// Whether the program starts with the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct StartupView {
    /// It does.
    pub starts: bool,
    /// A tray is shown, in which it then waits, and in which it stays when the window is closed.
    pub tray: bool,
}

/// Where somebody was called to from outside: by a link, a notification or the tray.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Destination {
    /// A case.
    Case {
        /// Which.
        case: String,
    },
    /// A receipt.
    Receipt {
        /// Which.
        receipt: String,
    },
    /// What waits for a person.
    Attention,
    /// Nowhere: what was followed is no link of ours, or leads to what is not there.
    NotALink,
    /// Nowhere: no sign-in to a forum waits for the answer that came.
    NoSignIn,
}

/// A call, and which one it is: each is followed once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CalledView {
    /// Counts the calls.
    pub number: u32,
    /// Where to.
    pub destination: Destination,
}

/// Somebody wants to quit while something goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LeavingView {
    /// What goes on.
    pub work: WorkView,
    /// It is waited for, and then the program ends.
    pub finishing: bool,
}

/// What somebody who wants to quit says to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuitAnswer {
    /// The program ends now.
    Now,
    /// It ends when what goes on now is done.
    Finish,
    /// It does not end.
    Stay,
}

/// All of it, for one window.
#[derive(Default)]
pub(crate) struct Surroundings {
    program: OnceLock<Arc<dyn Program>>,
    called: Mutex<(u32, Option<Destination>)>,
    leaving: Mutex<Option<LeavingView>>,
}

impl Surroundings {
    pub(crate) fn set_program(&self, program: Arc<dyn Program>) {
        let _ = self.program.set(program);
    }

    pub(crate) fn program(&self) -> Option<Arc<dyn Program>> {
        self.program.get().cloned()
    }

    pub(crate) fn call(&self, to: Destination) {
        let mut called = locked(&self.called);
        *called = (called.0.wrapping_add(1), Some(to));
    }

    pub(crate) fn called(&self) -> Option<CalledView> {
        let (number, to) = locked(&self.called).clone();
        to.map(|destination| CalledView { number, destination })
    }

    pub(crate) fn leave(&self, leaving: Option<LeavingView>) {
        *locked(&self.leaving) = leaving;
    }

    pub(crate) fn leaving(&self) -> Option<LeavingView> {
        locked(&self.leaving).clone()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

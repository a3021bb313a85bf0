//! The window of Custody: what the page asks is parsed, put to the desk in one call, and answered with a view.
//!
//! No rule of custody is decided here, and nothing below `custody-desk` is named. The page has no access to files,
//! network or programs; what it may ask for is in `command-list.rs`.

mod args;
mod commands;
mod desktop;
mod dragging;
mod ipc_error;
mod leaving;
mod links;
mod list_args;
mod offers;
mod outside;
mod program;
mod report_args;
mod setup_args;
mod sign_in;
mod stage;
mod surroundings;
mod tasks;
mod viewer_args;
mod viewer_windows;
mod viewers;
mod views;

pub use args::*;
pub use commands::{NAMES, VIEWER_NAMES, handler};
pub use ipc_error::{AppError, IpcError};
pub use links::{Link, NotALink, SCHEME};
pub use list_args::*;
pub use outside::{Later, Outside, UpdateProblem};
pub use program::{MAIN_WINDOW, Start, Which, context, run};
pub use report_args::*;
pub use setup_args::*;
pub use stage::Stage;
pub use surroundings::{CalledView, Destination, Language, LeavingView, Program, QuitAnswer, StartupView};
pub use viewer_args::*;
pub use viewers::{VIEWER_WINDOW, ViewerWindows, Viewers};
pub use views::*;

//! One running desk: its settings, its wiring, the one loop, and what people are shown of it.
//!
//! [`Desk`] is the one handle: the window, the terminal program and the stories speak to it and to nothing below it. It
//! joins vault, ledger and remote to the ports of the core, runs the steps of the flow, and turns rows into views.

mod clock;
mod desk;
mod error;
mod export_file;
pub mod happening;
pub mod logs;
pub mod problem;
pub mod report_files;
pub mod settings;
pub mod show;
mod viewer;
pub mod views;
mod wiring;
pub mod words;

pub use clock::SystemClock;
pub use custody_core::ports::KeyStore;
pub use custody_ledger::Tables;
pub use custody_vault::{NotAKit, NotARecipient, Recipient, RecoveryKit};
pub use custody_vault::{Places, WorkFactor};
pub use desk::{
    Anchors, Desk, DeskOptions, ReportFile, RestoreFrom,
    connections::{HostAndPort, MailWish},
    rules::RuleNumbers,
    sign_in,
};
pub use error::DeskError;
pub use export_file::ExportFile;
pub use viewer::Viewer;

/// A passphrase: shown by nothing, wiped when dropped.
pub type Passphrase = secrecy::SecretString;

/// What a desk answers.
pub type Result<T, E = DeskError> = std::result::Result<T, E>;

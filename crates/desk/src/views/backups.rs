//! Backups, restores and drills.

use serde::Serialize;
use ts_rs::TS;

use super::ProblemView;

/// The last drill.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DrilledView {
    /// The name of the backup.
    pub target: String,
    /// When it ended, RFC 3339.
    pub at: String,
    /// Whether every step passed.
    pub passed: bool,
}

/// A backup target.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BackupView {
    /// Its name.
    pub name: String,
    /// Its folder, while it is connected.
    pub folder: Option<String>,
    /// How long others keep earlier versions of the place.
    pub snapshots_kept: Option<String>,
    /// How it stands.
    pub standing: BackupStanding,
    /// What keeps it from being looked at.
    pub problem: Option<ProblemView>,
    /// Sealed files there.
    #[ts(type = "number")]
    pub files: u64,
    /// Their bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Files held here that are not there.
    #[ts(type = "number")]
    pub missing: u64,
    /// The number of its state.
    #[ts(type = "number | null")]
    pub generation: Option<u64>,
    /// When the backups were last brought up to date.
    pub good_at: Option<String>,
}

/// How a backup stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupStanding {
    /// Everything held is there, with a state.
    Current,
    /// Something is not there yet.
    Behind,
    /// It cannot be reached.
    Away,
    /// It is in no settings any more, and was not emptied: receipts stay open for it.
    NotConnected,
}

/// What a restore did.
#[derive(Clone, Debug, Serialize)]
pub struct RestoredView {
    /// When the backup's state was taken.
    pub taken_at: String,
    /// Files that are held here now.
    pub files: u64,
    /// Files that the backup does not have.
    pub missing: u64,
    /// Files that the journal says were erased after the state was taken, and are erased here too.
    pub erased_again: u64,
    /// Files that were erased and are not known here yet: they are not taken in again.
    pub not_taken_in: u64,
    /// Whether a forum is connected, with the key of the machine that is gone.
    pub forum: bool,
    /// The same of mail.
    pub mail: bool,
}

/// What a drill found.
#[derive(Clone, Debug, Serialize)]
pub struct DrillView {
    /// The backup it was run with.
    pub target: String,
    /// When.
    pub at: String,
    /// Whether every step went as it must.
    pub passed: bool,
    /// The steps, as far as it came.
    pub steps: Vec<DrillStepView>,
}

/// A step of a drill.
#[derive(Clone, Debug, Serialize)]
pub struct DrillStepView {
    /// Which.
    pub step: DrillStep,
    /// What it met.
    pub problem: Option<ProblemView>,
}

/// The steps of a drill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DrillStep {
    /// A canary was sealed and reads as it was sent.
    TakenIn,
    /// It was copied, with a state.
    BackedUp,
    /// A new desk out of the backup opens it.
    Restored,
    /// It was erased there, with a complete receipt.
    Erased,
    /// Neither the newest backup nor an old copy of it brings it back.
    NotBroughtBack,
    /// The desk's own backup has everything that is held, and a state.
    OwnIsCurrent,
    /// The recovery kit opens the desk's own state, and its journal is whole.
    KitOpens,
}

//! What the window is answered beyond the desk's own views.

use custody_core::ports::Fault;
use custody_desk::views::{DeskView, ViewingCopyView};
use serde::Serialize;
use ts_rs::TS;

use crate::{CalledView, IpcError, LeavingView};

/// Which desk there is.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum StageView {
    /// A desk is being opened; `desk-changed` tells when it stands.
    Opening {
        /// Whether it is a practice desk.
        practice: bool,
    },
    /// This user has no desk yet.
    FirstRun,
    /// The desk runs.
    Running {
        /// The desk.
        desk: Box<DeskView>,
        /// The practice desk's passphrase, which is no secret; none on a desk of one's own.
        practice_passphrase: Option<String>,
        /// Where somebody was last called to from outside.
        called: Option<CalledView>,
        /// Somebody wants to quit, and this goes on.
        leaving: Option<LeavingView>,
    },
    /// The desk could not be opened.
    Failed {
        /// What a person is told.
        #[ts(type = "Fault")]
        code: Fault,
        /// Under which the log has the cause.
        reference: String,
    },
}

impl From<IpcError> for StageView {
    fn from(IpcError { code, reference }: IpcError) -> Self {
        Self::Failed { code, reference }
    }
}

/// Where the drop folder of a case lies.
#[derive(Debug, Serialize, TS)]
pub struct DropFolderPlace {
    /// Its path, for the person who asked. It is shown, and never taken back as an argument.
    pub path: String,
}

/// A viewing copy, and where it lies.
#[derive(Debug, Serialize, TS)]
pub struct ViewingCopyPlace {
    /// The copy.
    pub copy: ViewingCopyView,
    /// Its path, for the person who asked. It is shown, and never taken back as an argument.
    pub path: String,
}

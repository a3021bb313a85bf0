//! The last drill: whether what a backup promises was tried, when and with which.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::FlowError;
use crate::ports::{Fault, PortError, Ports};

/// Where the last drill is kept.
const LAST: &str = "last drill";

/// A drill that was run to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drilled {
    /// When it ended.
    pub at: Timestamp,
    /// The name of the backup.
    pub target: String,
    /// Whether every step passed.
    pub passed: bool,
}

/// Keeps it for reports.
pub async fn keep(ports: &Ports, drilled: &Drilled) -> Result<(), FlowError> {
    let text =
        serde_json::to_string(drilled).map_err(|cause| PortError::needs_person(Fault::LedgerTrouble).because(cause))?;
    Ok(ports.ledger.put_mark(LAST, &text).await?)
}

/// The last drill, if there was one.
pub async fn last(ports: &Ports) -> Result<Option<Drilled>, FlowError> {
    let text = ports.ledger.mark(LAST).await?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

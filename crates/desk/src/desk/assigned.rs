//! Which cases are this desk's account's own: those whose threads the forum says are assigned to it.

use custody_core::ports::Ledger as _;
use tracing::debug;

use super::Desk;
use crate::{Result, wiring::Wired};

/// Where it is kept that the forum knows assignments at all.
const MARK: &str = "assigned";
const KNOWN: &str = "known";

impl Desk {
    /// Asks the forum. Nothing is decided by it, so a forum that does not answer changes nothing, and is no fault of a job.
    pub(super) async fn follow_assignments(&self, wired: &Wired) {
        match wired.ports.forum.assigned().await {
            Ok(assigned) => {
                let mark = if assigned.is_some() { KNOWN } else { "" };
                let noted = async {
                    self.0.ledger.put_mark(MARK, mark).await?;
                    self.0.ledger.put_assigned(wired.ports.forum.name(), &assigned.unwrap_or_default()).await
                };
                if let Err(error) = noted.await {
                    debug!(fault = ?error.fault, "assigned.not_noted");
                }
            }
            Err(error) => debug!(fault = ?error.fault, "assigned.not_read"),
        }
    }

    /// Whether the forum said at all what is assigned to whom.
    pub(super) async fn knows_assignments(&self) -> Result<bool> {
        Ok(self.0.ledger.mark(MARK).await?.as_deref() == Some(KNOWN))
    }
}

//! Before the first file: the recovery kit must have been saved. A desk whose machine is lost with its only key would have taken
//! files into custody that nobody can ever open again.

use super::{FlowError, Policy};
use crate::{
    held_file::StateName,
    ports::{PortResult, Ports},
};

/// The recipient of the kit of which a person has shown that it was saved; empty while there is none.
const SAVED: &str = "recovery kit saved";
/// Set once files have come in. A desk that holds files goes on, whatever becomes of its kit: a person is told instead.
const BEGUN: &str = "files came in";

/// For whom the kit is that was saved.
pub async fn saved_kit(ports: &Ports) -> PortResult<Option<String>> {
    Ok(ports.ledger.mark(SAVED).await?.filter(|recipient| !recipient.is_empty()))
}

/// A person has shown that they saved the kit for this recipient.
pub async fn note_saved_kit(ports: &Ports, recipient: &str) -> PortResult<()> {
    ports.ledger.put_mark(SAVED, recipient).await
}

/// There is another kit from now on, and nobody has shown yet that it was saved.
pub async fn forget_saved_kit(ports: &Ports) -> PortResult<()> {
    ports.ledger.put_mark(SAVED, "").await
}

/// Whether files may be sealed: the kit was saved, or the desk has had files before.
pub async fn may_come(ports: &Ports, policy: &Policy) -> Result<bool, FlowError> {
    if !policy.kit_first || saved_kit(ports).await?.is_some() || ports.ledger.mark(BEGUN).await?.is_some() {
        return Ok(true);
    }
    // Made by an earlier version, which did not ask.
    let came = [StateName::Held, StateName::Due, StateName::Erasing, StateName::Erased, StateName::Lost];
    let has_begun = !ports.ledger.files_in(&came).await?.is_empty();
    if has_begun {
        ports.ledger.put_mark(BEGUN, "before the kit").await?;
    }
    Ok(has_begun)
}

//! Reconcile: the ledger and the disk are compared both ways, and what a crash left is finished.

use tracing::{info, warn};

use super::{FlowError, erase, viewing};
use crate::{
    event::{Actor, Event, EventKind},
    held_file::{Finding, HeldFile, StateName},
    id::FileId,
    ports::{Found, Ports},
    transition::Transition,
    viewing_copy::Ended,
};

/// What a comparison found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Files in the ledger and in the strongroom, with the same size.
    pub whole: u64,
    /// Bytes of those by the ledger.
    pub counted_bytes: u64,
    /// Bytes of all sealed files by the disk.
    pub physical_bytes: u64,
    /// Files that were missing or of another size, and were brought back from a backup.
    pub brought_back: u64,
    /// Files that are missing or of another size; they are `Lost` now.
    pub lost: u64,
    /// Sealed files without a row, set aside now.
    pub unknown: u64,
    /// Other things in the folder.
    pub foreign: u64,
}

/// At start: old epoch keys and viewing copies that a crash left are destroyed, then ledger and disk are compared.
pub async fn at_start(ports: &Ports) -> Result<Compared, FlowError> {
    erase::destroy_old_epochs(ports).await?;
    // One that cannot be ended is recorded and tried again; the desk starts nevertheless.
    viewing::end_all(ports, Ended::Restart).await?;
    compare(ports).await
}

/// Compares ledger and disk both ways. Nothing is removed: what is missing is *lost*, what is unknown is set aside.
pub async fn compare(ports: &Ports) -> Result<Compared, FlowError> {
    let inventory = ports.strongroom.inventory().await?;
    let mut on_disk: std::collections::BTreeMap<FileId, u64> = inventory.sealed.into_iter().collect();
    let mut compared =
        Compared { foreign: inventory.foreign, physical_bytes: on_disk.values().sum(), ..Compared::default() };
    for file in ports.ledger.files_in(&[StateName::Held, StateName::Due]).await? {
        let Some(sealed) = file.sealed() else { continue };
        let expected = sealed.sealed_size;
        match on_disk.remove(&file.id()) {
            Some(size) if size == expected => {
                compared.whole += 1;
                compared.counted_bytes += expected;
            }
            Some(_) => miss(ports, file, Finding::Damaged, &mut compared).await?,
            None => miss(ports, file, Finding::Missing, &mut compared).await?,
        }
    }
    for file in ports.ledger.files_in(&[StateName::Arriving, StateName::Erasing, StateName::Lost]).await? {
        // Sealed but not recorded: sealed anew. Erasing: the bytes go with its next attempt. Lost: kept for the person.
        on_disk.remove(&file.id());
    }
    for id in on_disk.into_keys() {
        // Asked again right now: a file may have been sealed while we were comparing.
        let known = ports.ledger.file(id).await?.is_some_and(|file| !is_over(&file));
        if !known {
            warn!(file = %id, "reconcile.unknown");
            ports.strongroom.set_aside(id).await?;
            compared.unknown += 1;
        }
    }
    if compared.unknown > 0 {
        let kind = EventKind::UnknownSetAside { count: compared.unknown };
        let event = Event { at: ports.clock.now(), actor: Actor::Desk, kind };
        ports.ledger.commit(vec![Transition::event_only(event)]).await?;
    }
    Ok(compared)
}

fn is_over(file: &HeldFile) -> bool {
    matches!(file.state().name(), StateName::Erased | StateName::Refused)
}

/// Looks once more at both before a file is called lost: it may be on its way right now, or a backup may have it.
async fn miss(ports: &Ports, file: HeldFile, finding: Finding, compared: &mut Compared) -> Result<(), FlowError> {
    let Some(current) = ports.ledger.file(file.id()).await? else { return Ok(()) };
    let Some(expected) = current.sealed().map(|sealed| sealed.sealed_size) else { return Ok(()) };
    let still = current.is_in_strongroom() && current.version() == file.version();
    if !still || is_whole(ports, &current, expected).await? {
        return Ok(());
    }
    if bring_back(ports, &current, expected).await? {
        compared.brought_back += 1;
        return Ok(());
    }
    warn!(file = %current.id(), ?finding, "reconcile.lost");
    ports.ledger.commit(vec![current.lose(finding, ports.clock.now())?]).await?;
    compared.lost += 1;
    Ok(())
}

async fn is_whole(ports: &Ports, file: &HeldFile, expected: u64) -> Result<bool, FlowError> {
    Ok(ports.strongroom.look(file.id()).await? == Found::Sealed(expected))
}

/// Fetches a file from the first backup that has it whole. A backup that cannot be asked is as good as none.
async fn bring_back(ports: &Ports, file: &HeldFile, expected: u64) -> Result<bool, FlowError> {
    for target in &ports.backups {
        let fetched = async {
            target.claim().await?;
            if target.look(file.id()).await? != Found::Sealed(expected) {
                return Ok(false);
            }
            target.fetch(file.id()).await.map(|()| true)
        };
        match fetched.await {
            Ok(true) if is_whole(ports, file, expected).await? => {
                let kind = EventKind::FileBroughtBack { file: file.id(), target: target.name().to_owned() };
                let event = Event { at: ports.clock.now(), actor: Actor::Desk, kind };
                ports.ledger.commit(vec![Transition::event_only(event)]).await?;
                return Ok(true);
            }
            Ok(_) => {}
            Err(error) => info!(file = %file.id(), fault = ?error.fault, "reconcile.not_brought_back"),
        }
    }
    Ok(false)
}

//! Reconcile: the ledger and the disk are compared both ways, and what a crash left is finished.

mod compared;
mod keys;

use std::collections::{BTreeMap, BTreeSet};

use tracing::{info, warn};

pub use self::compared::{Compared, Reconciled, last};
use super::{FlowError, erase, viewing};
use crate::{
    event::{Actor, Event, EventKind},
    held_file::{Finding, HeldFile, StateName},
    id::{FileId, ViewingCopyId},
    ports::{Found, PortError, Ports},
    transition::Transition,
    viewing_copy::Ended,
};

/// At start: old epoch keys and viewing copies that a crash left are destroyed, then ledger and disk are compared.
pub async fn at_start(ports: &Ports) -> Result<Compared, FlowError> {
    erase::destroy_old_epochs(ports).await?;
    // One that cannot be ended is recorded and tried again; the desk starts nevertheless.
    viewing::end_all(ports, Ended::Restart).await?;
    compare(ports).await
}

/// Compares ledger and disk both ways. What is missing is *lost*, what is unknown is set aside and kept for a person. Only
/// what was never in custody, or was to be gone already, is erased: the part file of a file that was refused, and a viewing
/// copy without a lease.
pub async fn compare(ports: &Ports) -> Result<Compared, FlowError> {
    let inventory = ports.strongroom.inventory().await?;
    let mut on_disk: BTreeMap<FileId, u64> = inventory.sealed.into_iter().collect();
    let mut compared = Compared {
        foreign: inventory.foreign,
        physical_bytes: on_disk.values().sum(),
        occupied_bytes: inventory.occupied,
        ..Compared::default()
    };
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
        if let Some(size) = on_disk.remove(&file.id()) {
            compared.on_the_way += 1;
            compared.on_the_way_bytes += size;
        }
    }
    let unknown = set_unknown_aside(ports, on_disk.into_keys(), inventory.parts, &mut compared).await?;
    compared.unknown = unknown.len() as u64;
    let stays = erase_unleased_copies(ports, &mut compared).await?;
    note(ports, unknown, &compared).await?;
    keys::compare(ports, &mut compared).await?;
    compared.stray_drop_folders = stray_drop_folders(ports).await?;
    for thing in ports.strongroom.aside().await? {
        compared.aside += 1;
        compared.aside_bytes += thing.size;
    }
    compared::keep(ports, compared).await?;
    // Told once everything else was compared.
    stays.map_or(Ok(compared), |error| Err(error.into()))
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

/// Sealed files and part files without a row, set aside. The part file of a file that was refused is erased: nothing of it
/// was ever in custody, and the key of a part file is written down nowhere.
async fn set_unknown_aside(
    ports: &Ports,
    sealed: impl Iterator<Item = FileId>,
    parts: Vec<FileId>,
    compared: &mut Compared,
) -> Result<Vec<FileId>, FlowError> {
    let mut unknown = BTreeSet::new();
    for id in sealed {
        // Asked again right now: a file may have been sealed while we were comparing.
        let known = ports.ledger.file(id).await?.is_some_and(|file| !is_over(&file));
        if !known {
            unknown.insert(id);
        }
    }
    for id in parts {
        match ports.ledger.file(id).await?.map(|file| file.state().name()) {
            Some(StateName::Refused) if !unknown.contains(&id) => {
                ports.strongroom.erase(id).await?;
                compared.remains += 1;
            }
            None | Some(StateName::Erased | StateName::Refused) => {
                unknown.insert(id);
            }
            Some(_) => compared.parts += 1,
        }
    }
    for id in &unknown {
        warn!(file = %id, "reconcile.unknown");
        ports.strongroom.set_aside(*id).await?;
    }
    Ok(unknown.into_iter().collect())
}

/// The lease is recorded before a copy exists and its end after the copy is gone: a copy without a lease is a remnant. Gives
/// what kept one from being erased.
async fn erase_unleased_copies(ports: &Ports, compared: &mut Compared) -> Result<Option<PortError>, FlowError> {
    let on_disk = ports.strongroom.viewing_copies().await?;
    let mut stays = None;
    if on_disk.is_empty() {
        return Ok(stays);
    }
    let leased: BTreeSet<ViewingCopyId> =
        ports.ledger.open_viewing_copies().await?.into_iter().map(|copy| copy.id).collect();
    for copy in on_disk.into_iter().filter(|copy| !leased.contains(copy)) {
        warn!(%copy, "reconcile.copy_without_lease");
        match ports.strongroom.end_viewing_copy(copy, None).await {
            Ok(_) => compared.remains += 1,
            Err(error) => stays = Some(error),
        }
    }
    Ok(stays)
}

async fn note(ports: &Ports, unknown: Vec<FileId>, compared: &Compared) -> Result<(), FlowError> {
    let mut kinds = Vec::new();
    if !unknown.is_empty() {
        kinds.push(EventKind::UnknownSetAside { count: unknown.len() as u64, files: unknown });
    }
    if compared.remains > 0 {
        kinds.push(EventKind::RemainsErased { count: compared.remains });
    }
    if kinds.is_empty() {
        return Ok(());
    }
    let at = ports.clock.now();
    let event = |kind| Transition::event_only(Event { at, actor: Actor::Desk, kind });
    ports.ledger.commit(kinds.into_iter().map(event).collect()).await?;
    Ok(())
}

/// Drop folders that no case has: what lies there is somebody's, and nobody takes it in.
async fn stray_drop_folders(ports: &Ports) -> Result<u64, FlowError> {
    let mut stray = 0;
    for case in ports.drop_folders.cases().await? {
        let known = ports.ledger.case(case).await?.is_some_and(|case| case.forgotten_at.is_none());
        stray += u64::from(!known);
    }
    Ok(stray)
}

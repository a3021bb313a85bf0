//! Backup: every target gets what is held, loses what is erased, and keeps one state that a new machine can begin with.
//!
//! The journal of erasures there is made of the ledger's own events, so it can always be brought up to date. A target that
//! cannot be reached delays no erasure: its location stays open on the receipt until it was looked at.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use tracing::{debug, info, warn};

use super::{FlowError, Progress, Tally};
use crate::{
    backup::{JournalEntry, JournaledFile},
    event::{Actor, Event, EventKind},
    held_file::{HeldFile, StateName},
    id::FileId,
    location::{Check, Location, LocationState, Proof, Technique},
    period::Period,
    ports::{BackupState, BackupTarget, Fault, Found, PortError, PortResult, Ports, StateFacts},
    transition::Transition,
};

/// The names of targets that may hold copies, one a line: also those that are no longer connected.
const KNOWN: &str = "backup targets";
/// So many events are read at once.
const PAGE: u32 = 500;
/// A target is compared file by file when something changed, and at least so often.
const COMPARE_AT_LEAST: SignedDuration = SignedDuration::from_hours(24);

/// The targets that may hold copies: those that are connected, and those that were and have not been emptied.
pub async fn known_targets(ports: &Ports) -> PortResult<BTreeSet<String>> {
    let kept = ports.ledger.mark(KNOWN).await?.unwrap_or_default();
    let mut names: BTreeSet<String> = kept.lines().map(str::to_owned).collect();
    names.extend(ports.backups.iter().map(|target| target.name().to_owned()));
    Ok(names)
}

async fn keep_known(ports: &Ports, names: &BTreeSet<String>) -> PortResult<()> {
    let lines: Vec<_> = names.iter().map(String::as_str).collect();
    ports.ledger.put_mark(KNOWN, &lines.join("\n")).await
}

/// Copies what is held and not there yet, and removes what is erased and still there.
pub async fn copy(ports: &Ports, progress: &dyn Progress) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    for target in &ports.backups {
        match copy_to(ports, target.as_ref(), progress, &mut tally).await {
            Err(FlowError::Port(error)) if !super::intake::is_ledgers(error.fault) => {
                debug!(target = target.name(), fault = ?error.fault, "backup.not_copied");
                tally.again(error.fault);
            }
            other => other?,
        }
    }
    Ok(tally)
}

async fn copy_to(
    ports: &Ports,
    target: &dyn BackupTarget,
    progress: &dyn Progress,
    tally: &mut Tally,
) -> Result<(), FlowError> {
    let mark = format!("backup copied {}", target.name());
    let head = ports.ledger.head().await?;
    let now = ports.clock.now();
    if ports.ledger.mark(&mark).await?.is_some_and(|text| is_fresh(&text, head.index, now)) {
        return Ok(());
    }
    target.claim().await?;
    // Recorded before the first byte is there: from now on every receipt has to speak of this place.
    keep_known(ports, &known_targets(ports).await?).await?;
    let mut there: BTreeMap<FileId, u64> = target.inventory().await?.into_iter().collect();
    let mut all = true;
    for file in ports.ledger.files_in(&[StateName::Held, StateName::Due]).await? {
        let Some(sealed) = file.sealed() else { continue };
        if there.remove(&file.id()) == Some(sealed.sealed_size) {
            continue;
        }
        match copy_one(ports, target, &file).await {
            Ok(bytes) => {
                progress.bytes(file.id(), bytes, Some(sealed.sealed_size));
                tally.done += 1;
            }
            // It was erased or lost meanwhile.
            Err(error) if error.fault == Fault::NotFound => {}
            // Whatever is wrong with the disk over there is wrong for the next one too.
            Err(error) => return Err(error.into()),
        }
    }
    for id in there.into_keys() {
        match ports.ledger.file(id).await?.map(|file| file.state().name()) {
            Some(StateName::Erased | StateName::Refused | StateName::Erasing) => target.erase(id).await?,
            // A lost file may be found here again; one that nobody knows is for a person to look at.
            Some(StateName::Arriving | StateName::Held | StateName::Due | StateName::Lost) => {}
            None => {
                warn!(file = %id, target = target.name(), "backup.unknown");
                all = false;
            }
        }
    }
    if all {
        ports.ledger.put_mark(&mark, &format!("{} {now}", head.index)).await?;
    }
    Ok(())
}

fn is_fresh(mark: &str, head: u64, now: Timestamp) -> bool {
    let Some((index, at)) = mark.split_once(' ') else { return false };
    let at: Option<Timestamp> = at.parse().ok();
    index.parse() == Ok(head) && at.is_some_and(|at| at <= now && now.duration_since(at) < COMPARE_AT_LEAST)
}

/// Copies one file and looks once more whether it is still to be kept: it may have been erased while it was copied.
async fn copy_one(ports: &Ports, target: &dyn BackupTarget, file: &HeldFile) -> PortResult<u64> {
    let bytes = target.copy(file.id()).await?;
    let is_kept = ports.ledger.file(file.id()).await?.is_some_and(|file| file.is_in_strongroom());
    if !is_kept {
        target.erase(file.id()).await?;
        return Err(PortError::not_possible(Fault::NotFound));
    }
    debug!(file = %file.id(), target = target.name(), "backup.copy");
    Ok(bytes)
}

/// Copies a file that was sealed just now to every target, before it is called held.
pub(super) async fn write_twice(ports: &Ports, file: FileId) -> PortResult<()> {
    for target in &ports.backups {
        target.claim().await?;
        keep_known(ports, &known_targets(ports).await?).await?;
        target.copy(file).await?;
    }
    Ok(())
}

/// Removes whatever targets have of a file that is not taken in.
pub(super) async fn leave_none(ports: &Ports, file: FileId) {
    for target in &ports.backups {
        // One that stays is found by the next comparison: the file is refused, so nothing keeps it there.
        if let Err(error) = target.erase(file).await {
            debug!(file = %file, target = target.name(), fault = ?error.fault, "backup.refused_stays");
        }
    }
}

/// Brings journal and state of every target up to date. Whatever one of them meets, the others are served.
pub async fn settle(ports: &Ports) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    for target in &ports.backups {
        match settle_one(ports, target.as_ref()).await {
            Ok(written) => tally.done += u64::from(written),
            Err(FlowError::Port(error)) if !super::intake::is_ledgers(error.fault) => {
                info!(target = target.name(), fault = ?error.fault, "backup.not_settled");
                tally.again(error.fault);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(tally)
}

async fn settle_one(ports: &Ports, target: &dyn BackupTarget) -> Result<bool, FlowError> {
    target.claim().await?;
    keep_known(ports, &known_targets(ports).await?).await?;
    write_journal(ports, target).await?;
    write_state(ports, target).await
}

/// Tells every target that can be reached which erasures have begun, before anything is destroyed here. From then on no
/// restore brings these files back, whatever becomes of this machine.
pub(super) async fn announce(ports: &Ports) -> Result<(), FlowError> {
    for target in &ports.backups {
        let told = async {
            target.claim().await?;
            write_journal(ports, target.as_ref()).await
        };
        match told.await {
            Err(FlowError::Port(error)) if !super::intake::is_ledgers(error.fault) => {
                info!(target = target.name(), fault = ?error.fault, "backup.not_announced");
            }
            other => other?,
        }
    }
    Ok(())
}

/// Adds to the journal what the ledger has recorded since the last entry. A crash in between writes some entries twice.
async fn write_journal(ports: &Ports, target: &dyn BackupTarget) -> Result<(), FlowError> {
    let mark = format!("backup journal {}", target.name());
    let mut after: u64 = ports.ledger.mark(&mark).await?.and_then(|text| text.parse().ok()).unwrap_or(0);
    loop {
        let events = ports.ledger.events(after, PAGE).await?;
        let Some((last, _)) = events.last() else { return Ok(()) };
        let last = *last;
        let mut entries = Vec::new();
        for (_, event) in &events {
            match &event.kind {
                EventKind::ErasureBegun { file, reason } => {
                    let Some(held) = ports.ledger.file(*file).await? else { continue };
                    let Some(case) = ports.ledger.case(held.case()).await? else { continue };
                    entries.push(JournalEntry::Erasing(JournaledFile {
                        file: *file,
                        case: case.id,
                        topic: case.topic,
                        mark: held.mark(),
                        reason: *reason,
                        at: event.at,
                    }));
                }
                EventKind::FilesErased { files, receipt, .. } => {
                    entries.push(JournalEntry::Receipted { receipt: *receipt, files: files.clone() });
                }
                _ => {}
            }
        }
        if !entries.is_empty() {
            target.note(&entries).await?;
        }
        ports.ledger.put_mark(&mark, &last.to_string()).await?;
        after = last;
    }
}

/// Writes a new state if the ledger has changed since the last one, and destroys every older one. True if it was written.
async fn write_state(ports: &Ports, target: &dyn BackupTarget) -> Result<bool, FlowError> {
    let mark = format!("backup state {}", target.name());
    let head = ports.ledger.head().await?;
    let epoch = ports.ledger.epoch().await?;
    let states = target.states().await?;
    let newest = states.last().copied();
    let facts = |state: BackupState| format!("{} {}", state.generation, head.index);
    if let Some(newest) = newest
        && newest.epoch == epoch
        && ports.ledger.mark(&mark).await?.as_deref() == Some(facts(newest).as_str())
    {
        // A crash may have left an older one beside it.
        if states.len() > 1 {
            target.destroy_states_but(newest).await?;
        }
        return Ok(false);
    }
    let state = BackupState { generation: newest.map_or(1, |newest| newest.generation + 1), epoch };
    let mut snapshot = ports.ledger.snapshot().await?;
    target.write_state(state, StateFacts { at: ports.clock.now(), head }, snapshot.as_mut()).await?;
    target.destroy_states_but(state).await?;
    ports.ledger.put_mark(&mark, &facts(state)).await?;
    debug!(target = target.name(), generation = state.generation, "backup.state");
    Ok(true)
}

/// Removes these files from every target that can be reached, and gives each a state without their keys.
pub(super) async fn take_out(ports: &Ports, files: &[FileId]) -> Result<(), FlowError> {
    for target in &ports.backups {
        let taken = async {
            for file in files {
                target.erase(*file).await?;
            }
            settle_one(ports, target.as_ref()).await
        };
        match taken.await {
            Err(FlowError::Port(error)) if !super::intake::is_ledgers(error.fault) => {
                // The look that follows says so on the receipt.
                info!(target = target.name(), fault = ?error.fault, "backup.not_taken_out");
            }
            other => drop(other?),
        }
    }
    Ok(())
}

/// What every target that may hold a copy of this file has of it now.
pub(super) async fn look(ports: &Ports, file: FileId) -> Result<Vec<Proof>, FlowError> {
    let mut proofs = Vec::new();
    for name in known_targets(ports).await? {
        proofs.push(look_for(ports, name, file).await?);
    }
    Ok(proofs)
}

/// Looks again at the backups that an earlier look left open; what it found closed stands as it was found.
pub(super) async fn look_once_more(ports: &Ports, file: FileId, earlier: &[Proof]) -> Result<Vec<Proof>, FlowError> {
    let mut proofs = Vec::new();
    for proof in earlier {
        let Location::Backup { name } = &proof.location else { continue };
        if proof.state.is_closed() {
            proofs.push(proof.clone());
            continue;
        }
        take_out(ports, &[file]).await?;
        proofs.push(look_for(ports, name.clone(), file).await?);
    }
    Ok(proofs)
}

async fn look_for(ports: &Ports, name: String, file: FileId) -> Result<Proof, FlowError> {
    let found = match ports.backups.iter().find(|target| target.name() == name) {
        Some(target) => look_at(ports, target.as_ref(), file).await,
        None if was_emptied(ports, &name).await? => Ok(LocationState::ErasedVerified),
        None => Err(PortError::needs_person(Fault::NotConnected).into()),
    };
    let (check, state) = match found {
        Ok(state) => (Check::BackupRead, state),
        Err(FlowError::Port(error)) if !super::intake::is_ledgers(error.fault) => {
            info!(file = %file, target = %name, fault = ?error.fault, "backup.no_look");
            (Check::NoLook, LocationState::Unknown)
        }
        Err(error) => return Err(error),
    };
    let location = Location::Backup { name };
    let technique = Technique::CryptographicErase;
    Ok(Proof { location, technique, check, checked_at: ports.clock.now(), state })
}

/// Empty is a target without the file, whose one state is of the epoch that began after the file's key was dropped.
async fn look_at(ports: &Ports, target: &dyn BackupTarget, file: FileId) -> Result<LocationState, FlowError> {
    target.claim().await?;
    let current = ports.ledger.epoch().await?;
    let is_gone = target.look(file).await? == Found::Nothing;
    let states = target.states().await?;
    let is_keyless = !ports.ledger.rotation_owed().await? && states.iter().all(|state| state.epoch == current);
    Ok(match (is_gone && is_keyless, target.snapshots_kept()) {
        (true, Period::ZERO) => LocationState::ErasedVerified,
        (true, kept) => LocationState::ExpiresOn { date: kept.after(ports.clock.now()) },
        (false, _) => LocationState::Failed,
    })
}

/// Leaves a target for good: it was emptied and looked at, or a person says that it no longer exists. What an earlier receipt
/// left open there is closed only by the first.
pub async fn leave(ports: &Ports, name: &str, emptied: bool, by: Actor) -> Result<(), FlowError> {
    let event =
        Event { at: ports.clock.now(), actor: by, kind: EventKind::BackupLeft { target: name.to_owned(), emptied } };
    ports.ledger.commit(vec![Transition::event_only(event)]).await?;
    let mut names = known_targets(ports).await?;
    names.remove(name);
    keep_known(ports, &names).await?;
    for mark in ["copied", "journal", "state"] {
        ports.ledger.put_mark(&format!("backup {mark} {name}"), "").await?;
    }
    ports.ledger.put_mark(&left_mark(name), if emptied { "emptied" } else { "lost" }).await?;
    Ok(())
}

/// Removes everything of ours from a target and looks whether it is gone. Its journal stays: no copy of the target may ever
/// bring back what was erased.
pub async fn empty(ports: &Ports, target: &dyn BackupTarget) -> Result<(), FlowError> {
    target.claim().await?;
    write_journal(ports, target).await?;
    for (file, _) in target.inventory().await? {
        target.erase(file).await?;
    }
    target.destroy_all_states().await?;
    if target.inventory().await?.is_empty() && target.states().await?.is_empty() {
        Ok(())
    } else {
        Err(PortError::try_again(Fault::NotProven).into())
    }
}

fn left_mark(name: &str) -> String {
    format!("backup left {name}")
}

async fn was_emptied(ports: &Ports, name: &str) -> PortResult<bool> {
    Ok(ports.ledger.mark(&left_mark(name)).await?.as_deref() == Some("emptied"))
}

//! Erase: viewing copies, every wrap of the key, the sealed bytes; then a new epoch; then look again at each location.

use std::collections::BTreeMap;

use jiff::Timestamp;
use tracing::info;

use super::{FlowError, Policy, Tally, again, backup, choose, is_conflict, issue, viewing};
use crate::{
    Private,
    event::{Actor, Event, EventKind},
    held_file::{FileDetails, HeldFile, Source, State, StateName},
    id::CaseId,
    location::{Check, Location, LocationState, Proof, Technique},
    ports::{EarlierTexts, Fault, ForumCopy, Found, PortError, Ports, Stripped},
    retention::ForumCopyRule,
    transition::{Transition, Wrap, Write},
    viewing_copy::Ended,
};

/// Destroys what is erasing, proves it, and issues the receipts. Finding something already gone is success.
pub async fn erase(ports: &Ports, policy: &Policy) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    let mut destroyed = Vec::new();
    let erasing = ports.ledger.files_in(&[StateName::Erasing]).await?;
    if !erasing.is_empty() {
        backup::announce(ports).await?;
    }
    for file in erasing {
        let State::Erasing { try_at, .. } = *file.state() else { continue };
        if try_at > ports.clock.now() && !is_freed(ports, &file).await? {
            continue;
        }
        // Read before they go: the receipt names each of them.
        match destroy(ports, &file).await {
            Ok((recipients, None)) => destroyed.push((file, recipients)),
            Ok((_, Some(error))) | Err(error) => later(ports, file, error, &mut tally).await?,
        }
    }
    if ports.ledger.rotation_owed().await? {
        rotate(ports).await?;
    }
    if !destroyed.is_empty() {
        let files: Vec<_> = destroyed.iter().map(|(file, _)| file.id()).collect();
        backup::take_out(ports, &files).await?;
    }
    let mut proven: BTreeMap<CaseId, Vec<(HeldFile, Vec<Proof>)>> = BTreeMap::new();
    for (file, recipients) in destroyed {
        match look_again(ports, policy, &file, &recipients).await {
            Ok(proofs) if proofs.iter().any(Proof::is_ours_and_open) => {
                later(ports, file, PortError::try_again(Fault::NotProven).into(), &mut tally).await?;
            }
            Ok(proofs) => proven.entry(file.case()).or_default().push((file, proofs)),
            Err(error) => later(ports, file, error, &mut tally).await?,
        }
    }
    if !proven.is_empty() {
        ports.ledger.compact().await?;
    }
    for (case, files) in proven {
        tally.done += files.len() as u64;
        issue::first_receipt(ports, policy, case, files).await?;
    }
    Ok(tally)
}

/// Records the attempt, unless the ledger itself is the trouble.
async fn later(ports: &Ports, file: HeldFile, error: FlowError, tally: &mut Tally) -> Result<(), FlowError> {
    let FlowError::Port(error) = error else { return Err(error) };
    let State::Erasing { attempts, .. } = *file.state() else { return Ok(()) };
    let now = ports.clock.now();
    info!(file = %file.id(), fault = ?error.fault, "erase.delayed");
    tally.again(error.fault);
    let at = again::at(now, attempts, &error);
    ports.ledger.commit(vec![file.try_erasure_again(error.fault, at, now)?]).await?;
    Ok(())
}

/// Whether an erasure that waited for a viewing copy alone need wait no longer: the copy is looked after every few seconds.
async fn is_freed(ports: &Ports, file: &HeldFile) -> Result<bool, FlowError> {
    let waited = matches!(file.state(), State::Erasing { last_fault: Some(Fault::CopyInUse), .. });
    Ok(waited && ports.ledger.viewing_copies(file.id()).await?.iter().all(|copy| copy.ended.is_some()))
}

/// Ends viewing copies, drops the wraps and removes the bytes. Gives the recipients the key was wrapped for, and why a
/// viewing copy is still there: that is a reason to come back, and none to leave the key in the world meanwhile.
async fn destroy(ports: &Ports, file: &HeldFile) -> Result<(Vec<String>, Option<FlowError>), FlowError> {
    let mut stays = None;
    for copy in ports.ledger.viewing_copies(file.id()).await? {
        if copy.ended.is_none() {
            stays = viewing::end(ports, copy.id, Ended::Erasing).await.err().or(stays);
        }
    }
    drop_wraps(ports, file).await?;
    ports.strongroom.erase(file.id()).await?;
    let recipients = ports.ledger.mark(&recipients_mark(file)).await?.unwrap_or_default();
    Ok((recipients.lines().map(str::to_owned).collect(), stays))
}

fn recipients_mark(file: &HeldFile) -> String {
    format!("recipients {}", file.id())
}

/// Drops every wrap of an erasing file's key.
pub(super) async fn drop_wraps(ports: &Ports, file: &HeldFile) -> Result<(), FlowError> {
    let wraps = ports.ledger.wraps(file.id()).await?;
    if !wraps.is_empty() {
        let recipients: Vec<_> = wraps.into_iter().map(|wrap| wrap.recipient).collect();
        // Kept across a crash: after the drop only this says for whom the key had been wrapped.
        ports.ledger.put_mark(&recipients_mark(file), &recipients.join("\n")).await?;
        ports.ledger.commit(vec![file.drop_wraps(ports.clock.now())?]).await?;
    }
    Ok(())
}

/// A new epoch key, every remaining wrap under it in one transaction, and the old keys destroyed.
///
/// Killed anywhere, it is finished by running it again: the ledger alone says which epoch is current.
pub async fn rotate(ports: &Ports) -> Result<(), FlowError> {
    const TRIES: u32 = 5;
    for attempt in 1.. {
        let next = ports.ledger.epoch().await? + 1;
        ports.strongroom.make_epoch(next).await?;
        let wraps = ports.strongroom.rewrap(ports.ledger.all_wraps().await?, next).await?;
        match ports.ledger.commit(vec![rotation(next, wraps, ports.clock.now())]).await {
            Ok(_) => break,
            // A file was sealed meanwhile: its wrap must come along.
            Err(error) if is_conflict(&error) && attempt < TRIES => {}
            Err(error) => return Err(error.into()),
        }
    }
    destroy_old_epochs(ports).await
}

fn rotation(epoch: i64, wraps: Vec<Wrap>, at: Timestamp) -> Transition {
    let kind = EventKind::EpochRotated { epoch, wraps: wraps.len() as u64 };
    Transition::new(Write::Rewrap { epoch, wraps }, Event { at, actor: Actor::Desk, kind })
}

/// Destroys every epoch key but the one the ledger names.
pub async fn destroy_old_epochs(ports: &Ports) -> Result<(), FlowError> {
    let current = ports.ledger.epoch().await?;
    let destroyed = ports.strongroom.destroy_epochs_but(current).await?;
    let at = ports.clock.now();
    let events = destroyed
        .into_iter()
        .map(|epoch| {
            let kind = EventKind::EpochDestroyed { epoch };
            Transition::event_only(Event { at, actor: Actor::Desk, kind })
        })
        .collect::<Vec<_>>();
    if !events.is_empty() {
        ports.ledger.commit(events).await?;
    }
    Ok(())
}

/// What is there of an erasing file at each place of this desk, for whoever watches. It is seen, and proves nothing: that is
/// done by the erasure itself.
pub async fn look_now(ports: &Ports, file: &HeldFile) -> Result<Vec<(Location, LocationState)>, FlowError> {
    let wraps = ports.ledger.wraps(file.id()).await?;
    let recipients: Vec<String> = if wraps.is_empty() {
        let marked = ports.ledger.mark(&recipients_mark(file)).await?.unwrap_or_default();
        marked.lines().map(str::to_owned).collect()
    } else {
        wraps.into_iter().map(|wrap| wrap.recipient).collect()
    };
    let seen = |proof: Proof| match proof.state {
        LocationState::Failed => (proof.location, LocationState::Present),
        other => (proof.location, other),
    };
    Ok(look_here(ports, file, &recipients).await?.into_iter().map(seen).collect())
}

/// Looks at every location of a file and says what is there now.
async fn look_again(
    ports: &Ports,
    policy: &Policy,
    file: &HeldFile,
    recipients: &[String],
) -> Result<Vec<Proof>, FlowError> {
    let mut proofs = look_here(ports, file, recipients).await?;
    match ports.ledger.file_details(file.id()).await?.map(|details| (details.source, details.name)) {
        Some((Source::DropFolder, name)) => proofs.push(look_at_drop_folder(ports, file, &name).await?),
        _ => proofs.push(look_at_forum(ports, policy, file).await?),
    }
    proofs.extend(backup::look(ports, file.id()).await?);
    Ok(proofs)
}

/// Looks at the sealed file, its keys and its viewing copies.
async fn look_here(ports: &Ports, file: &HeldFile, recipients: &[String]) -> Result<Vec<Proof>, FlowError> {
    let now = ports.clock.now();
    let mut proofs = Vec::new();
    let sealed = match ports.strongroom.look(file.id()).await? {
        Found::Nothing => LocationState::ErasedVerified,
        Found::Sealed(_) => LocationState::Failed,
    };
    proofs.push(proof(Location::SealedFile, Technique::LogicalDeletion, Check::FolderRead, now, sealed));
    let keys_gone = ports.ledger.wraps(file.id()).await?.is_empty()
        && !ports.ledger.rotation_owed().await?
        && ports.strongroom.epochs().await? == [ports.ledger.epoch().await?];
    let wrap_state = if keys_gone { LocationState::KeyDestroyed } else { LocationState::Failed };
    for recipient in recipients {
        let location = Location::KeyWrap { recipient: recipient.clone() };
        proofs.push(proof(location, Technique::CryptographicErase, Check::LedgerAndKeychainRead, now, wrap_state));
    }
    let on_disk = ports.strongroom.viewing_copies().await?;
    for copy in ports.ledger.viewing_copies(file.id()).await? {
        let gone = copy.ended.is_some() && !on_disk.contains(&copy.id);
        let state = if gone { LocationState::ErasedVerified } else { LocationState::Failed };
        let location = Location::ViewingCopy { id: copy.id };
        proofs.push(proof(location, Technique::OverwrittenAndRemoved, Check::FolderRead, now, state));
    }
    Ok(proofs)
}

/// Whether what was saved into the drop folder is gone from it.
async fn look_at_drop_folder(ports: &Ports, file: &HeldFile, name: &Private<String>) -> Result<Proof, FlowError> {
    let size = file.sealed().map(|sealed| sealed.size);
    let lies = ports.drop_folders.look(file.case()).await?;
    // One that has the same name and is another file waits for its own turn.
    let is_there = lies.iter().any(|dropped| dropped.name == *name && Some(dropped.stamp.size) == size);
    let state = if is_there { LocationState::Failed } else { LocationState::ErasedVerified };
    let now = ports.clock.now();
    Ok(proof(Location::DropFolder, Technique::OverwrittenAndRemoved, Check::FolderRead, now, state))
}

/// What the forum itself still has, after what the rule says was done about it. The receipt says what was found, whatever
/// was tried: a forum that cannot be asked keeps no file of ours from being erased.
pub(super) async fn look_at_forum(ports: &Ports, policy: &Policy, file: &HeldFile) -> Result<Proof, FlowError> {
    let case = ports.ledger.case(file.case()).await?;
    let details = ports.ledger.file_details(file.id()).await?;
    let (Some(case), Some(FileDetails { source: Source::Attachment(reference), .. })) = (case, details) else {
        return Ok(forum_proof(ports, Technique::None, None));
    };
    let stripped = match choose::rule_of(ports, policy, &case, file).await?.forum_copy {
        ForumCopyRule::Leave => None,
        ForumCopyRule::Strip => match ports.forum.strip(case.topic, &reference).await {
            Ok(stripped) => Some(stripped),
            Err(error) => {
                info!(file = %file.id(), fault = ?error.fault, "erase.not_stripped");
                None
            }
        },
    };
    let technique = match stripped {
        Some(Stripped::TakenOut { earlier_texts: EarlierTexts::Purged, .. }) => Technique::TakenOutAndPurged,
        Some(Stripped::TakenOut { earlier_texts: EarlierTexts::Hidden, .. }) => Technique::TakenOutAndHidden,
        Some(Stripped::TakenOut { earlier_texts: EarlierTexts::Readable, .. }) => Technique::TakenOut,
        Some(Stripped::NotAllowed) | None => Technique::None,
    };
    let state = ports.forum.look(&reference).await.ok().map(|found| match (found, stripped) {
        (ForumCopy::Gone, _) => LocationState::ErasedVerified,
        (ForumCopy::Served, Some(Stripped::TakenOut { ends_by: Some(date), .. })) => LocationState::ExpiresOn { date },
        (ForumCopy::Served, Some(Stripped::TakenOut { ends_by: None, .. })) => LocationState::RequestedNotConfirmed,
        (ForumCopy::Served, Some(Stripped::NotAllowed) | None) => LocationState::NotOurs,
    });
    Ok(forum_proof(ports, technique, state))
}

fn forum_proof(ports: &Ports, technique: Technique, found: Option<LocationState>) -> Proof {
    let now = ports.clock.now();
    match found {
        Some(state) => proof(Location::ForumCopy, technique, Check::ForumAsked, now, state),
        None => proof(Location::ForumCopy, technique, Check::NoLook, now, LocationState::Unknown),
    }
}

const fn proof(
    location: Location,
    technique: Technique,
    check: Check,
    checked_at: Timestamp,
    state: LocationState,
) -> Proof {
    Proof { location, technique, check, checked_at, state }
}

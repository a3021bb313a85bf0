//! Drop folders: what a member of staff saved into the drop folder of a case is sealed into it, and its original erased.
//!
//! A file is taken in once nobody writes to it any more. Its original goes only after the sealed bytes were opened again
//! and found to be the same; whatever fails before that leaves the original where it is.

use sha2::{Digest as _, Sha256};
use tracing::{debug, info};

use super::{FlowError, FreshId as _, Policy, Progress, Tally, again, backup, first_file, intake, is_conflict, sweep};
use crate::{
    event::{Actor, Event, EventKind},
    held_file::{FileDetails, ForumDigest, HeldFile, Refusal, Source, State, StateName},
    id::{CaseId, FileId},
    ports::{DropStanding, Dropped, Fault, PortError, Ports},
    transition::Transition,
};

/// Why something in a drop folder is not taken in, for now or at all. It stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// It was written to just now.
    Fresh,
    /// A program still writes to it.
    Written {
        /// The program's name, as the system gives it.
        by: Option<String>,
    },
    /// Its name says that it is not complete.
    Unfinished,
    /// No bytes.
    Empty,
    /// A link, or a file with a second name elsewhere.
    Link,
    /// Neither file nor folder.
    Special,
    /// Larger than the desk takes.
    TooLarge,
}

impl Left {
    /// Whether it can be expected to change by itself.
    pub const fn passes(&self) -> bool {
        matches!(self, Self::Fresh | Self::Written { .. } | Self::Unfinished)
    }
}

/// How a pass over the drop folders went.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pass {
    /// What was taken in, and what is to be tried again.
    pub tally: Tally,
    /// So many may be complete in a moment.
    pub fresh: u64,
}

/// Why this one is left where it is; `None` if it can be taken in.
pub fn left(dropped: &Dropped, max_file_bytes: u64) -> Option<Left> {
    match &dropped.standing {
        DropStanding::Complete if dropped.stamp.size > max_file_bytes => Some(Left::TooLarge),
        DropStanding::Complete => None,
        DropStanding::Fresh => Some(Left::Fresh),
        DropStanding::Written { by } => Some(Left::Written { by: by.clone() }),
        DropStanding::Unfinished => Some(Left::Unfinished),
        DropStanding::Empty => Some(Left::Empty),
        DropStanding::Link => Some(Left::Link),
        DropStanding::Special => Some(Left::Special),
    }
}

/// Takes in what is complete. One that cannot be taken in stops no other.
pub async fn take_in(ports: &Ports, policy: &Policy, progress: &dyn Progress) -> Result<Pass, FlowError> {
    let mut pass = Pass::default();
    give_up_gone(ports).await?;
    let cases = ports.drop_folders.cases().await?;
    if !cases.is_empty() && ports.clock.doubt().is_some() {
        // No server answers along with a folder: what is stamped by a wrong clock could seem older than it is.
        sweep::ask_the_time(ports).await;
        if ports.clock.doubt().is_some() {
            pass.tally.again(Fault::ClockInDoubt);
            return Ok(pass);
        }
    }
    for case in cases {
        // A folder of a case that we do not know, or have forgotten, is not ours to empty.
        let known = ports.ledger.case(case).await?.is_some_and(|case| case.forgotten_at.is_none());
        if !known {
            continue;
        }
        let lies = match ports.drop_folders.look(case).await {
            Ok(lies) => lies,
            Err(error) => {
                debug!(case = %case, fault = ?error.fault, "drop_folders.not_read");
                pass.tally.again(error.fault);
                continue;
            }
        };
        for dropped in lies {
            match left(&dropped, policy.max_file_bytes) {
                Some(Left::Fresh) => pass.fresh += 1,
                Some(_) => {}
                None if !first_file::may_come(ports, policy).await? => pass.tally.again(Fault::KitNotSaved),
                None => take_in_one(ports, policy, &dropped, progress, &mut pass.tally).await?,
            }
        }
    }
    Ok(pass)
}

/// An arriving file whose original is gone was taken out of the folder again: there is nothing to take in.
async fn give_up_gone(ports: &Ports) -> Result<(), FlowError> {
    for file in ports.ledger.files_in(&[StateName::Arriving]).await? {
        let Some(FileDetails { source: Source::DropFolder, name, .. }) = ports.ledger.file_details(file.id()).await?
        else {
            continue;
        };
        // A folder that cannot be read is told of below, and nothing is known of what lies in it.
        let Ok(lies) = ports.drop_folders.look(file.case()).await else { continue };
        if lies.iter().all(|dropped| dropped.name != name) {
            intake::refuse(ports, file, Refusal::Unreadable, ports.clock.now()).await?;
        }
    }
    Ok(())
}

async fn take_in_one(
    ports: &Ports,
    policy: &Policy,
    dropped: &Dropped,
    progress: &dyn Progress,
    tally: &mut Tally,
) -> Result<(), FlowError> {
    let file = match known(ports, dropped).await? {
        // A crash, or a folder that could not be written, left the original of a file that is held: only that is to do.
        Known::Held(file) => return original(ports, file, dropped, tally).await,
        Known::Arriving(file) => *file,
        Known::Not => match arrive(ports, dropped).await? {
            Some(file) => file,
            None => return Ok(()),
        },
    };
    let State::Arriving { try_at, attempts, .. } = *file.state() else { return Ok(()) };
    if try_at > ports.clock.now() {
        return Ok(());
    }
    let id = file.id();
    match seal(ports, policy, file.clone(), dropped, progress).await {
        Ok(true) => {
            tally.done += 1;
            original(ports, id, dropped, tally).await
        }
        Ok(false) => Ok(()),
        Err(FlowError::Port(error)) if is_conflict(&error) => {
            tally.again(error.fault);
            Ok(())
        }
        Err(FlowError::Port(error)) if intake::is_ledgers(error.fault) => Err(error.into()),
        Err(FlowError::Port(error)) => {
            debug!(file = %id, fault = ?error.fault, attempts, "drop_folders.delayed");
            tally.again(error.fault);
            let now = ports.clock.now();
            let at = again::at(now, attempts, &error);
            ports.ledger.commit(vec![file.try_arrival_again(error.fault, at, now)?]).await?;
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// What the ledger knows of something in a drop folder.
enum Known {
    /// Nothing.
    Not,
    /// It was seen before and is not sealed.
    Arriving(Box<HeldFile>),
    /// A file of the same name and the same bytes is held.
    Held(FileId),
}

async fn known(ports: &Ports, dropped: &Dropped) -> Result<Known, FlowError> {
    for file in ports.ledger.files_of_case(dropped.case).await? {
        let is_arriving = file.state().name() == StateName::Arriving;
        if !is_arriving && !file.is_in_strongroom() {
            continue;
        }
        let Some(FileDetails { source: Source::DropFolder, name, salt }) = ports.ledger.file_details(file.id()).await?
        else {
            continue;
        };
        if name != dropped.name {
            continue;
        }
        if is_arriving {
            return Ok(Known::Arriving(Box::new(file)));
        }
        let (Some(sealed), Some(salt)) = (file.sealed(), salt) else { continue };
        // Whatever keeps it from being read is met again, and told, when it is to be sealed.
        if sealed.size == dropped.stamp.size
            && digest(ports, dropped, salt.reveal()).await.is_ok_and(|digest| digest == sealed.digest)
        {
            return Ok(Known::Held(file.id()));
        }
    }
    Ok(Known::Not)
}

/// SHA-256 over the salt and the file, in hexadecimal, as [`Sealed::digest`](crate::held_file::Sealed::digest) has it.
async fn digest(ports: &Ports, dropped: &Dropped, salt: &[u8; 32]) -> Result<String, PortError> {
    let mut body = ports.drop_folders.open(dropped).await?;
    let mut digest = Sha256::new_with_prefix(salt);
    while let Some(piece) = body.next().await? {
        digest.update(&piece);
    }
    Ok(hex::encode(digest.finalize()))
}

async fn arrive(ports: &Ports, dropped: &Dropped) -> Result<Option<HeldFile>, FlowError> {
    let id = FileId::fresh(ports.chance.as_ref())?;
    let details = FileDetails { name: dropped.name.clone(), source: Source::DropFolder, salt: None };
    ports.ledger.commit(vec![HeldFile::arrive(id, dropped.case, details, ports.clock.now())]).await?;
    Ok(ports.ledger.file(id).await?)
}

/// Seals it and looks into what was sealed. False if it turned out to be none that the desk takes.
async fn seal(
    ports: &Ports,
    policy: &Policy,
    file: HeldFile,
    dropped: &Dropped,
    progress: &dyn Progress,
) -> Result<bool, FlowError> {
    let body = ports.drop_folders.open(dropped).await?;
    let mut body = intake::Watched::new(body, file.id(), Some(dropped.stamp.size), progress);
    let epoch = ports.ledger.epoch().await?;
    let sealed = match ports.strongroom.seal_and_check(file.id(), epoch, &mut body, policy.max_file_bytes).await {
        Ok(sealed) => sealed,
        Err(error) if error.fault == Fault::TooLarge => {
            intake::refuse(ports, file, Refusal::TooLarge, ports.clock.now()).await?;
            return Ok(false);
        }
        // An erasure ended the epoch before the seal could fetch its key: the next pass seals under the new one.
        Err(error) if error.fault == Fault::KeyMissing && ports.ledger.epoch().await? != epoch => {
            return Err(PortError::try_again(Fault::Conflict).because(error).into());
        }
        Err(error) => return Err(error.into()),
    };
    let id = file.id();
    if policy.write_twice {
        backup::write_twice(ports, id).await?;
    }
    let kind = body.kind(dropped.name.reveal());
    let (facts, wraps, salt) = intake::held(ports.clock.now(), sealed, ForumDigest::NotGiven, kind);
    ports.ledger.commit(vec![file.seal(facts, wraps, salt, ports.clock.now())?]).await?;
    info!(file = %id, "drop_folders.seal");
    Ok(true)
}

/// Erases the original of a file that is held. One that cannot be erased now is found again by the next pass.
async fn original(ports: &Ports, file: FileId, dropped: &Dropped, tally: &mut Tally) -> Result<(), FlowError> {
    match ports.drop_folders.erase(dropped).await {
        Ok(()) => {
            let kind = EventKind::DropErased { file };
            let event = Event { at: ports.clock.now(), actor: Actor::Desk, kind };
            ports.ledger.commit(vec![Transition::event_only(event)]).await?;
        }
        Err(error) => {
            info!(file = %file, fault = ?error.fault, "drop_folders.original_stays");
            tally.again(error.fault);
        }
    }
    Ok(())
}

/// Why each of the things in a case's drop folder that are not taken in is left there.
pub async fn all_left(ports: &Ports, policy: &Policy, case: CaseId) -> Result<Vec<(Dropped, Left)>, FlowError> {
    let lies = ports.drop_folders.look(case).await?;
    Ok(lies
        .into_iter()
        .filter_map(|dropped| left(&dropped, policy.max_file_bytes).map(|left| (dropped, left)))
        .collect())
}

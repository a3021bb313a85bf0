//! Opening a file: as a stream, or as a viewing copy on a lease.

use tracing::{info, warn};

use super::{FlowError, FreshId as _, Policy, Tally, is_conflict};
use crate::{
    Private,
    event::{Actor, Event, EventKind},
    held_file::HeldFile,
    id::{FileId, PersonId, ViewingCopyId},
    period::Period,
    ports::{ByteSource, Emptied, Fault, PortError, PortResult, Ports, RangeSource},
    transition::Transition,
    viewing_copy::{Ended, Stays, ViewingCopy},
};

/// Opens a held file as a stream and records who did. Needs the desk unlocked.
pub async fn open(ports: &Ports, file: FileId, by: PersonId) -> Result<Box<dyn ByteSource>, FlowError> {
    let body = open_unrecorded(ports, file).await?;
    let event = Event { at: ports.clock.now(), actor: Actor::Person(by), kind: EventKind::FileOpened { file } };
    ports.ledger.commit(vec![Transition::event_only(event)]).await?;
    Ok(body)
}

/// Opens a held file to be looked at, at any place in it, and records who did. Needs the desk unlocked.
///
/// Each viewing is one event, however much of the file is looked at; nothing of it is given before the event is kept.
pub async fn view(ports: &Ports, file: FileId, by: PersonId) -> Result<Box<dyn RangeSource>, FlowError> {
    held(ports, file).await?;
    let source = ports.strongroom.open_at_will(file, ports.ledger.wraps(file).await?).await?;
    let event = Event { at: ports.clock.now(), actor: Actor::Person(by), kind: EventKind::FileOpened { file } };
    ports.ledger.commit(vec![Transition::event_only(event)]).await?;
    Ok(source)
}

/// Opens a held file for a copy that leaves custody, and records who did: what becomes of it is not in our hands.
/// An approval that is used up by it goes in the same transaction.
pub async fn export(
    ports: &Ports,
    file: FileId,
    by: PersonId,
    used: Option<Transition>,
) -> Result<Box<dyn ByteSource>, FlowError> {
    let body = open_unrecorded(ports, file).await?;
    let (at, actor) = (ports.clock.now(), Actor::Person(by));
    let kinds = [EventKind::FileOpened { file }, EventKind::FileExported { file }];
    let events = kinds.map(|kind| Transition::event_only(Event { at, actor, kind }));
    ports.ledger.commit(used.into_iter().chain(events).collect()).await?;
    Ok(body)
}

async fn open_unrecorded(ports: &Ports, file: FileId) -> Result<Box<dyn ByteSource>, FlowError> {
    held(ports, file).await?;
    Ok(ports.strongroom.open(file, ports.ledger.wraps(file).await?).await?)
}

async fn held(ports: &Ports, file: FileId) -> PortResult<()> {
    let is_held = ports.ledger.file(file).await?.is_some_and(|file| file.is_in_strongroom());
    if is_held { Ok(()) } else { Err(PortError::not_possible(Fault::NotFound)) }
}

/// Makes a viewing copy and gives the path to show. The lease is recorded, with the person's reason, before the copy exists.
pub async fn make_copy(
    ports: &Ports,
    policy: &Policy,
    file: FileId,
    by: PersonId,
    lease: Period,
    reason: Private<String>,
) -> Result<(ViewingCopyId, Private<String>), FlowError> {
    if reason.reveal().trim().is_empty() {
        return Err(PortError::not_possible(Fault::NoReason).into());
    }
    fits(policy, lease)?;
    let mut body = open_unrecorded(ports, file).await?;
    let details = ports.ledger.file_details(file).await?.ok_or_else(|| PortError::not_possible(Fault::NotFound))?;
    let now = ports.clock.now();
    let id = ViewingCopyId::fresh(ports.chance.as_ref())?;
    ports.ledger.commit(vec![ViewingCopy::lease(id, file, by, reason, lease.after(now), now)]).await?;
    info!(file = %file, copy = %id, "viewing.copy");
    match ports.strongroom.make_viewing_copy(id, &details.name, body.as_mut()).await {
        Ok(path) => Ok((id, path)),
        Err(error) => {
            end(ports, id, Ended::Done).await?;
            Err(error.into())
        }
    }
}

/// Makes a lease end this long after now. One that lasts so long anyway stays as it is; one that is over cannot be had again.
pub async fn extend(
    ports: &Ports,
    policy: &Policy,
    copy: ViewingCopyId,
    by: PersonId,
    lease: Period,
) -> Result<ViewingCopy, FlowError> {
    fits(policy, lease)?;
    let now = ports.clock.now();
    let copy = find_open(ports, copy).await?.filter(|copy| copy.until > now && copy.stays.is_none());
    let copy = copy.ok_or_else(|| PortError::not_possible(Fault::NotFound))?;
    let until = lease.after(now);
    if until <= copy.until {
        return Ok(copy);
    }
    ports.ledger.commit(vec![copy.clone().extend(by, until, now)]).await?;
    Ok(ViewingCopy { until, version: copy.version + 1, ..copy })
}

fn fits(policy: &Policy, lease: Period) -> PortResult<()> {
    if lease > policy.longest_lease { Err(PortError::not_possible(Fault::LeaseTooLong)) } else { Ok(()) }
}

/// Ends one viewing copy now, with everything beside it. If that cannot be done, it is recorded, and [`tend`] tries again.
pub async fn end(ports: &Ports, copy: ViewingCopyId, why: Ended) -> Result<Emptied, FlowError> {
    let Some(open) = find_open(ports, copy).await? else {
        // A folder that no row names, or that came back after its end.
        return Ok(ports.strongroom.end_viewing_copy(copy, None).await?);
    };
    let name = ports.ledger.file_details(open.file).await?.map(|details| details.name);
    let seen = match &name {
        Some(name) => ports.strongroom.beside_viewing_copy(copy, name).await.unwrap_or_default(),
        None => 0,
    };
    let outcome = ports.strongroom.end_viewing_copy(copy, name.as_ref()).await;
    let emptied = outcome.as_ref().map(|emptied| Emptied { beside: emptied.beside.max(seen), ..*emptied }).ok();
    record(ports, open, |open| match (&outcome, emptied) {
        (Ok(_), Some(emptied)) => Some(open.end(why, emptied, ports.clock.now())),
        (Err(error), _) => {
            let stays = Stays { why: open.stays.map_or(why, |stays| stays.why), fault: error.fault };
            // Said once: it is tried again every few seconds.
            (open.stays != Some(stays)).then(|| open.stay(stays, seen, ports.clock.now()))
        }
        (Ok(_), None) => None,
    })
    .await?;
    if let Err(error) = &outcome {
        info!(copy = %copy, fault = ?error.fault, "viewing.stays");
    }
    outcome?;
    Ok(emptied.unwrap_or_default())
}

/// Records a change of a copy, of its newest row: meanwhile somebody may have had it for longer, or ended it too.
async fn record(
    ports: &Ports,
    copy: ViewingCopy,
    change: impl Fn(ViewingCopy) -> Option<Transition>,
) -> Result<(), FlowError> {
    let id = copy.id;
    let mut newest = Some(copy);
    while let Some(copy) = newest {
        let Some(transition) = change(copy) else { break };
        match ports.ledger.commit(vec![transition]).await {
            Err(error) if is_conflict(&error) => newest = find_open(ports, id).await?,
            outcome => return Ok(outcome.map(|_| ())?),
        }
    }
    Ok(())
}

async fn find_open(ports: &Ports, copy: ViewingCopyId) -> PortResult<Option<ViewingCopy>> {
    Ok(ports.ledger.open_viewing_copies().await?.into_iter().find(|open| open.id == copy))
}

/// Looks after all viewing copies: ends those whose lease is over, whose file is no longer held, or that could not be ended
/// before; notes what programs left beside the others; and erases what came back after its end. None stops another.
pub async fn tend(ports: &Ports) -> Result<Tally, FlowError> {
    // The disk first: a folder that is there now has had its row for longer.
    let folders = ports.strongroom.viewing_copies().await;
    let now = ports.clock.now();
    let open = ports.ledger.open_viewing_copies().await?;
    let mut tally = Tally::default();
    for copy in &open {
        let held = ports.ledger.file(copy.file).await?.is_some_and(|file| HeldFile::is_in_strongroom(&file));
        let why = match copy.stays {
            Some(stays) => Some(stays.why),
            None if !held => Some(Ended::Erasing),
            None => (copy.until <= now).then_some(Ended::LeaseOver),
        };
        let outcome = match why {
            Some(why) => end(ports, copy.id, why).await.map(|_| true),
            None => note_beside(ports, copy).await.map(|()| false),
        };
        count(&mut tally, outcome)?;
    }
    for folder in folders?.into_iter().filter(|folder| open.iter().all(|copy| copy.id != *folder)) {
        warn!(copy = %folder, "viewing.came_back");
        count(&mut tally, end(ports, folder, Ended::Done).await.map(|_| true))?;
    }
    Ok(tally)
}

async fn note_beside(ports: &Ports, copy: &ViewingCopy) -> Result<(), FlowError> {
    let Some(details) = ports.ledger.file_details(copy.file).await? else { return Ok(()) };
    let beside = ports.strongroom.beside_viewing_copy(copy.id, &details.name).await?;
    let change = |copy: ViewingCopy| copy.is_news(beside).then(|| copy.note_beside(beside, ports.clock.now()));
    record(ports, copy.clone(), change).await
}

/// Ends every viewing copy, those on disk that no row names too. One that cannot be ended keeps no other.
pub async fn end_all(ports: &Ports, why: Ended) -> Result<Tally, FlowError> {
    let folders = ports.strongroom.viewing_copies().await;
    let open = ports.ledger.open_viewing_copies().await?;
    // Those that we know of, even if the folder of all cannot be read.
    let mut ids: std::collections::BTreeSet<_> = open.into_iter().map(|copy| copy.id).collect();
    ids.extend(folders.as_deref().unwrap_or_default());
    let mut tally = Tally::default();
    for id in ids {
        count(&mut tally, end(ports, id, why).await.map(|_| true))?;
    }
    folders?;
    Ok(tally)
}

fn count(tally: &mut Tally, outcome: Result<bool, FlowError>) -> Result<(), FlowError> {
    match outcome {
        Ok(done) => tally.done += u64::from(done),
        Err(FlowError::Port(error)) => tally.again(error.fault),
        Err(other) => return Err(other),
    }
    Ok(())
}

//! Opening a file: as a stream, or as a viewing copy on a lease.

use tracing::info;

use super::{FlowError, FreshId as _};
use crate::{
    Private,
    event::{Actor, Event, EventKind},
    held_file::HeldFile,
    id::{FileId, PersonId, ViewingCopyId},
    period::Period,
    ports::{ByteSource, Fault, PortError, Ports},
    transition::Transition,
    viewing_copy::{Ended, ViewingCopy},
};

/// Opens a held file as a stream and records who did. Needs the desk unlocked.
pub async fn open(ports: &Ports, file: FileId, by: PersonId) -> Result<Box<dyn ByteSource>, FlowError> {
    let body = open_unrecorded(ports, file).await?;
    let event = Event { at: ports.clock.now(), actor: Actor::Person(by), kind: EventKind::FileOpened { file } };
    ports.ledger.commit(vec![Transition::event_only(event)]).await?;
    Ok(body)
}

/// The same for a copy that leaves custody: what becomes of it is not in our hands.
pub async fn export(ports: &Ports, file: FileId, by: PersonId) -> Result<Box<dyn ByteSource>, FlowError> {
    let body = open_unrecorded(ports, file).await?;
    let (at, actor) = (ports.clock.now(), Actor::Person(by));
    let kinds = [EventKind::FileOpened { file }, EventKind::FileExported { file }];
    ports.ledger.commit(kinds.map(|kind| Transition::event_only(Event { at, actor, kind })).into()).await?;
    Ok(body)
}

async fn open_unrecorded(ports: &Ports, file: FileId) -> Result<Box<dyn ByteSource>, FlowError> {
    let held = ports.ledger.file(file).await?.ok_or_else(|| PortError::not_possible(Fault::NotFound))?;
    if !held.is_in_strongroom() {
        return Err(PortError::not_possible(Fault::NotFound).into());
    }
    Ok(ports.strongroom.open(file, ports.ledger.wraps(file).await?).await?)
}

/// Makes a viewing copy and gives the path to show. The lease is recorded before the copy exists.
pub async fn make_copy(
    ports: &Ports,
    file: FileId,
    by: PersonId,
    lease: Period,
) -> Result<(ViewingCopyId, Private<String>), FlowError> {
    let mut body = open_unrecorded(ports, file).await?;
    let details = ports.ledger.file_details(file).await?.ok_or_else(|| PortError::not_possible(Fault::NotFound))?;
    let now = ports.clock.now();
    let id = ViewingCopyId::fresh(ports.chance.as_ref())?;
    ports.ledger.commit(vec![ViewingCopy::lease(id, file, by, lease.after(now), now)]).await?;
    info!(file = %file, copy = %id, "viewing.copy");
    match ports.strongroom.make_viewing_copy(id, &details.name, body.as_mut()).await {
        Ok(path) => Ok((id, path)),
        Err(error) => {
            end(ports, id, Ended::Done).await?;
            Err(error.into())
        }
    }
}

/// Ends one viewing copy now.
pub async fn end(ports: &Ports, copy: ViewingCopyId, why: Ended) -> Result<(), FlowError> {
    ports.strongroom.end_viewing_copy(copy).await?;
    for open in ports.ledger.open_viewing_copies().await? {
        if open.id == copy {
            ports.ledger.commit(vec![open.end(why, ports.clock.now())]).await?;
        }
    }
    Ok(())
}

/// Ends the viewing copies whose lease is over, or whose file is no longer held.
pub async fn end_expired(ports: &Ports) -> Result<u64, FlowError> {
    let now = ports.clock.now();
    let mut ended = 0;
    for copy in ports.ledger.open_viewing_copies().await? {
        let held = ports.ledger.file(copy.file).await?.is_some_and(|file| HeldFile::is_in_strongroom(&file));
        if copy.until <= now || !held {
            end(ports, copy.id, if held { Ended::LeaseOver } else { Ended::Erasing }).await?;
            ended += 1;
        }
    }
    Ok(ended)
}

/// Ends every viewing copy, those on disk that no row names too.
pub async fn end_all(ports: &Ports, why: Ended) -> Result<u64, FlowError> {
    let mut ids: std::collections::BTreeSet<_> = ports.strongroom.viewing_copies().await?.into_iter().collect();
    ids.extend(ports.ledger.open_viewing_copies().await?.into_iter().map(|copy| copy.id));
    let ended = ids.len() as u64;
    for id in ids {
        end(ports, id, why).await?;
    }
    Ok(ended)
}

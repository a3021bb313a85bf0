//! Watch: asks the tracker about the tickets of cases that hold files.

use tracing::info;

use super::{FlowError, Tally, intake};
use crate::{
    case::Case,
    held_file::StateName,
    ports::{ErrorKind, Ports},
    ticket::TicketReading,
};

/// Reads every ticket that could make a file due or spare it. An answer that is not certain changes nothing but the doubt.
pub async fn watch(ports: &Ports) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    let files = ports.ledger.files_in(&[StateName::Arriving, StateName::Held, StateName::Due]).await?;
    let waiting: std::collections::BTreeSet<_> = files.iter().map(crate::held_file::HeldFile::case).collect();
    for case in ports.ledger.open_cases().await? {
        if !waiting.contains(&case.id) && !needs_closing(&case) {
            continue;
        }
        match read(ports, case).await? {
            None => tally.done += 1,
            Some(fault) => tally.again(fault),
        }
    }
    Ok(tally)
}

/// Reads one ticket now and records what is known of it. Gives the fault, if the answer is not certain.
pub(super) async fn read(ports: &Ports, case: Case) -> Result<Option<crate::ports::Fault>, FlowError> {
    let now = ports.clock.now();
    let (reading, fault) = match ports.tracker.read(&case.ticket).await {
        Ok(TicketReading::Missing) => (None, Some(crate::ports::Fault::NotFound)),
        Ok(reading) => (Some(reading), None),
        Err(error) => {
            info!(case = %case.id, fault = ?error.fault, person = matches!(error.kind, ErrorKind::NeedsPerson), "watch.doubt");
            (None, Some(error.fault))
        }
    };
    let standing = match reading {
        Some(reading) => case.standing.after(reading, now),
        None => case.standing.in_doubt(now),
    };
    let next = Case { standing, ..case.clone() };
    intake::commit_changes(ports, case, next, now).await?;
    Ok(fault)
}

/// A case without files whose ticket is still open is read too, so that it can be forgotten one day.
const fn needs_closing(case: &Case) -> bool {
    case.standing.closed_since.is_none()
}

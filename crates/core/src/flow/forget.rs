//! Forget: once nothing more is expected of a case, its personal data is erased too.

use tracing::info;

use super::{FlowError, Policy, Tally, deliver, is_conflict};
use crate::{
    case::Case,
    held_file::StateName,
    ports::{PortResult, Ports},
};

/// Erases the personal data of cases whose files are gone, whose receipts are closed and whose ticket is closed.
pub async fn forget(ports: &Ports, policy: &Policy) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    for case in ports.ledger.open_cases().await? {
        if case.forgotten_at.is_none() && is_over(ports, policy, &case).await? {
            // While something lies there, or nobody can look, more may be expected of the case.
            match leave_drop_folder(ports, &case).await {
                Ok(true) => {}
                Ok(false) => continue,
                Err(error) => {
                    tally.again(error.fault);
                    continue;
                }
            }
            let id = case.id;
            match ports.ledger.commit(vec![case.forget(ports.clock.now())]).await {
                // Something new of it arrived just now.
                Err(error) if is_conflict(&error) => continue,
                other => drop(other?),
            }
            info!(case = %id, "forget.case");
            tally.done += 1;
        }
    }
    if tally.done > 0 {
        ports.ledger.compact().await?;
    }
    Ok(tally)
}

/// Removes the drop folder of a case; false if something lies in it.
async fn leave_drop_folder(ports: &Ports, case: &Case) -> PortResult<bool> {
    if !ports.drop_folders.look(case.id).await?.is_empty() {
        return Ok(false);
    }
    ports.drop_folders.remove(case.id).await?;
    Ok(true)
}

async fn is_over(ports: &Ports, policy: &Policy, case: &Case) -> Result<bool, FlowError> {
    if !case.standing.is_surely_closed() {
        return Ok(false);
    }
    let files = ports.ledger.files_of_case(case.id).await?;
    if !files.iter().all(|file| matches!(file.state().name(), StateName::Erased | StateName::Refused)) {
        return Ok(false);
    }
    // Forgetting is erasing too.
    let now = ports.clock.surely();
    let receipts = ports.ledger.receipts_of_case(case.id).await?;
    let followed: Vec<_> = receipts.iter().filter_map(|receipt| receipt.follows).collect();
    for receipt in &receipts {
        let unanswered = match ports.ledger.delivery(receipt.id).await? {
            Some(delivery) => deliver::answer_time_is_over(policy, &delivery, now),
            None => false,
        };
        // A follow-up is owed until the time for answers is over; after that only the forum could still close it.
        let follow_up_owed = !receipt.complete && !followed.contains(&receipt.id);
        let superseded = followed.contains(&receipt.id);
        let settled = (receipt.closed_at.is_some() || superseded) && !follow_up_owed;
        if !settled && !unanswered {
            return Ok(false);
        }
    }
    Ok(true)
}

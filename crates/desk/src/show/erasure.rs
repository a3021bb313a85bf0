//! Erasures.

use custody_core::{
    erasure_list::ListedErasure,
    flow::{FlowError, choose, erase},
    held_file::{Due, HeldFile, State},
    location::{Location, LocationState},
};

use super::{Page, case::verdict_of, time};
use crate::{
    happening,
    problem::problem,
    views::{ErasureRow, ErasureView, LocationView},
};

/// One row of the list of erasures.
pub async fn erasure_row(page: &Page<'_>, file: &HeldFile, erasure: &ListedErasure) -> Result<ErasureRow, FlowError> {
    let ledger = &page.ports.ledger;
    let (title, customer) = match ledger.case(file.case()).await? {
        Some(case) => page.names(&case).await?,
        None => Default::default(),
    };
    let (attempts, fault) = match file.state() {
        State::Erasing { attempts, last_fault, .. } => (*attempts, *last_fault),
        _ => (0, None),
    };
    let receipt = match erasure.receipt {
        Some(id) => ledger.receipt(id).await?,
        None => None,
    };
    Ok(ErasureRow {
        file: file.id().to_string(),
        case: file.case().to_string(),
        name: page.file_name(file.id()).await?,
        title,
        customer,
        size: file.sealed().map(|sealed| sealed.size),
        state: file.state().name(),
        stage: erasure.stage,
        at: time(erasure.at),
        reason: due(file).map(|due| due.reason.into()),
        attempts,
        problem: fault.map(problem),
        receipt: receipt.as_ref().map(|receipt| receipt.id.to_string()),
        receipt_token: receipt.map(|receipt| receipt.token),
    })
}

/// An erasure with everything about it; `None` if none is to be expected of the file, and there was none.
pub async fn erasure_view(page: &Page<'_>, file: &HeldFile) -> Result<Option<ErasureView>, FlowError> {
    let ledger = &page.ports.ledger;
    let Some(case) = ledger.case(file.case()).await? else { return Ok(None) };
    let verdict = verdict_of(page, &case, file).await?;
    let receipts = ledger.receipts_of_case(case.id).await?;
    let receipt = receipts.iter().rfind(|receipt| receipt.files.contains(&file.id()));
    let Some(erasure) = ListedErasure::of(file, verdict.as_ref(), receipt.map(|receipt| receipt.id)) else {
        return Ok(None);
    };
    let name = page.file_name(file.id()).await?;
    let view = |location: &Location, state: LocationState| LocationView {
        file: file.id().to_string(),
        name: name.clone(),
        place: happening::location(location),
        found: happening::found(state),
        closed: state.is_closed(),
    };
    let locations = match file.state() {
        State::Erased { proofs, .. } => proofs.iter().map(|proof| view(&proof.location, proof.state)).collect(),
        State::Erasing { .. } => {
            let seen = erase::look_now(page.ports, file).await?;
            seen.iter().map(|(location, state)| view(location, *state)).collect()
        }
        _ => Vec::new(),
    };
    Ok(Some(ErasureView {
        row: erasure_row(page, file, &erasure).await?,
        rule: choose::rule_of(page.ports, page.policy, &case, file).await?.terms().into(),
        why: verdict.iter().flat_map(|verdict| verdict.why.iter().map(happening::why)).collect(),
        try_at: match file.state() {
            State::Erasing { try_at, .. } => Some(time(*try_at)),
            _ => None,
        },
        locations,
    }))
}

const fn due(file: &HeldFile) -> Option<&Due> {
    match file.state() {
        State::Due { due, .. } | State::Erasing { due, .. } | State::Erased { due, .. } => Some(due),
        _ => None,
    }
}

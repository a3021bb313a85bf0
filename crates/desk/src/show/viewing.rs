//! Viewing copies, and the programs that have them open.

use custody_core::{
    flow::FlowError,
    held_file::HeldFile,
    id::ViewingCopyId,
    letter::shown,
    ports::{Emptied, Ports, Program},
    viewing_copy::ViewingCopy,
};
use tracing::debug;

use super::{Page, time};
use crate::{
    problem::problem,
    views::{EndedCopyView, ProgramView, ViewingCopyView},
};

type Programs = [(ViewingCopyId, Program)];

/// Which programs have which viewing copy open. What the system does not tell names nobody.
pub async fn programs(ports: &Ports) -> Vec<(ViewingCopyId, Program)> {
    ports.strongroom.programs_in_viewing_copies().await.unwrap_or_else(|error| {
        debug!(fault = ?error.fault, "viewing.programs_not_read");
        Vec::new()
    })
}

/// A viewing copy.
pub async fn viewing_copy_view(
    ports: &Ports,
    copy: &ViewingCopy,
    programs: &Programs,
) -> Result<ViewingCopyView, FlowError> {
    let by = ports.ledger.person_name(copy.by).await?;
    let reason = ports.ledger.viewing_reason(copy.id).await?;
    let beside = match ports.ledger.file_details(copy.file).await? {
        Some(details) => ports.strongroom.beside_viewing_copy(copy.id, &details.name).await.ok(),
        None => None,
    };
    Ok(ViewingCopyView {
        id: copy.id.to_string(),
        by: by.map_or_else(String::new, |name| shown(name.reveal())),
        reason: reason.map_or_else(String::new, |reason| shown(reason.reveal())),
        until: time(copy.until),
        // A folder that cannot be read now had so many.
        beside: counted(beside.unwrap_or(copy.beside)),
        open_in: of_copy(programs, |id| id == copy.id),
        problem: copy.stays.map(|stays| problem(stays.fault)),
    })
}

/// A viewing copy that was just erased.
pub fn ended_copy_view(emptied: Emptied, copy: ViewingCopyId, programs: &Programs) -> EndedCopyView {
    EndedCopyView {
        beside: counted(emptied.beside),
        elsewhere: counted(emptied.elsewhere),
        open_in: of_copy(programs, |id| id == copy),
    }
}

/// The viewing copies of a file that exist, and the programs that still have an erased one open.
pub(super) async fn copies(
    page: &Page<'_>,
    file: &HeldFile,
) -> Result<(Vec<ViewingCopyView>, Vec<ProgramView>), FlowError> {
    let all = page.ports.ledger.viewing_copies(file.id()).await?;
    if all.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let programs = page.programs().await;
    let mut views = Vec::new();
    for copy in all.iter().filter(|copy| copy.ended.is_none()) {
        views.push(viewing_copy_view(page.ports, copy, programs).await?);
    }
    let is_ended = |id| all.iter().any(|copy| copy.id == id && copy.ended.is_some());
    Ok((views, of_copy(programs, is_ended)))
}

fn of_copy(programs: &Programs, is_meant: impl Fn(ViewingCopyId) -> bool) -> Vec<ProgramView> {
    let mut views: Vec<ProgramView> = Vec::new();
    for (_, program) in programs.iter().filter(|(copy, _)| is_meant(*copy)) {
        let view = ProgramView { name: program.name.as_deref().map(shown), id: program.id };
        if !views.contains(&view) {
            views.push(view);
        }
    }
    views
}

fn counted(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

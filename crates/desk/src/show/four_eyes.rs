//! What two people decide.

use custody_core::{
    Timestamp,
    flow::FlowError,
    four_eyes::{Act, Approver, ExportOf, Proposal, ProposalStanding},
    hold::HoldScope,
    id::CaseId,
    letter::shown,
    ports::Ports,
};

use super::{person_name, time};
use crate::{
    happening,
    settings::FourEyes,
    views::{ApproverView, FourEyesView, ProposalView},
};

/// What needs a second person.
pub const fn four_eyes_view(settings: &FourEyes) -> FourEyesView {
    let FourEyes { lift_hold, early_erasure, export, .. } = *settings;
    FourEyesView { lift_hold, early_erasure, export }
}

/// A member of staff with a key of their own.
pub async fn approver_view(ports: &Ports, approver: &Approver, here: bool) -> Result<ApproverView, FlowError> {
    Ok(ApproverView {
        name: person_name(ports, approver.person).await?,
        public_key: hex::encode(approver.public_key),
        here,
        added_at: time(approver.added_at),
    })
}

/// A proposal that is not settled.
pub async fn proposal_view(ports: &Ports, proposal: &Proposal) -> Result<ProposalView, FlowError> {
    let reason = ports.ledger.proposal_reason(proposal.id).await?;
    let approved_by = match proposal.standing {
        ProposalStanding::Approved { by, .. } => Some(person_name(ports, by).await?),
        _ => None,
    };
    let case = case_of(ports, proposal).await?;
    let title = match case {
        Some(case) => ports.ledger.case_details(case).await?.map(|details| shown(details.title.reveal())),
        None => None,
    };
    let file = match proposal.act {
        Act::EraseEarly { file, .. } => file,
        Act::Export { what: ExportOf::File { file } } => Some(file),
        _ => None,
    };
    let file = match file {
        Some(file) => ports.ledger.file_details(file).await?.map(|details| shown(details.name.reveal())),
        None => None,
    };
    let hold_reason = match proposal.act {
        Act::LiftHold { hold } => ports.ledger.hold_reason(hold).await?.map(|reason| shown(reason.reveal())),
        _ => None,
    };
    Ok(ProposalView {
        id: proposal.id.to_string(),
        act: happening::proposed(&proposal.act),
        one_file: happening::is_of_one_file(&proposal.act),
        file,
        title,
        hold_reason,
        case: case.map(|case| case.to_string()),
        by: person_name(ports, proposal.by).await?,
        reason: reason.map_or_else(String::new, |reason| shown(reason.reveal())),
        made_at: time(proposal.made_at),
        expires_at: time(proposal.expires_at),
        approved_by,
    })
}

/// Whether a second person's answer is waited for.
pub fn waits(proposal: &Proposal, now: Timestamp) -> bool {
    matches!(proposal.standing, ProposalStanding::Waiting) && now < proposal.expires_at
}

/// The case that a proposal is about.
pub async fn case_of(ports: &Ports, proposal: &Proposal) -> Result<Option<CaseId>, FlowError> {
    Ok(match proposal.about {
        Some(HoldScope::Case(case)) => Some(case),
        Some(HoldScope::File(file)) => ports.ledger.file(file).await?.map(|file| file.case()),
        Some(HoldScope::Customer(_)) | None => None,
    })
}

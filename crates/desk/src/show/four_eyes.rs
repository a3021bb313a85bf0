//! What two people decide.

use custody_core::{
    Timestamp,
    flow::FlowError,
    four_eyes::{Act, Approver, ExportOf, Proposal, ProposalStanding},
    hold::HoldScope,
    id::{CaseId, PersonId},
    letter::shown,
    ports::Ports,
};

use super::time;
use crate::{
    settings::FourEyes,
    views::{ApproverView, FourEyesView, ProposalView, ProposedAct},
    words,
};

/// What needs a second person.
pub const fn four_eyes_view(settings: &FourEyes) -> FourEyesView {
    let FourEyes { lift_hold, early_erasure, export, .. } = *settings;
    FourEyesView { lift_hold, early_erasure, export }
}

/// A member of staff with a key of their own.
pub async fn approver_view(ports: &Ports, approver: &Approver, here: bool) -> Result<ApproverView, FlowError> {
    Ok(ApproverView {
        name: name_of(ports, approver.person).await?,
        public_key: hex::encode(approver.public_key),
        here,
        added_at: time(approver.added_at),
    })
}

/// A proposal that is not settled.
pub async fn proposal_view(ports: &Ports, proposal: &Proposal) -> Result<ProposalView, FlowError> {
    let reason = ports.ledger.proposal_reason(proposal.id).await?;
    let approved_by = match proposal.standing {
        ProposalStanding::Approved { by, .. } => Some(name_of(ports, by).await?),
        _ => None,
    };
    Ok(ProposalView {
        id: proposal.id.to_string(),
        act: match proposal.act {
            Act::LiftHold { .. } => ProposedAct::LiftHold,
            Act::EraseEarly { .. } => ProposedAct::EraseEarly,
            Act::Export { what: ExportOf::Report } => ProposedAct::ExportReport,
            Act::Export { what: ExportOf::Ledger } => ProposedAct::ExportLedger,
            Act::Export { what: ExportOf::File { .. } } => ProposedAct::ExportFile,
        },
        what: what(ports, proposal).await?,
        case: case_of(ports, proposal).await?.map(|case| case.to_string()),
        by: name_of(ports, proposal.by).await?,
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

async fn what(ports: &Ports, proposal: &Proposal) -> Result<String, FlowError> {
    let file = match proposal.act {
        Act::EraseEarly { file, .. } => file,
        Act::Export { what: ExportOf::File { file } } => Some(file),
        _ => None,
    };
    let file = match file {
        Some(file) => ports.ledger.file_details(file).await?.map(|details| shown(details.name.reveal())),
        None => None,
    };
    let title = match case_of(ports, proposal).await? {
        Some(case) => ports.ledger.case_details(case).await?.map(|details| shown(details.title.reveal())),
        None => None,
    };
    let mut text = words::proposed(&proposal.act).to_owned();
    for named in [file, title].into_iter().flatten() {
        text.push_str(&format!("; {named}"));
    }
    if let Act::LiftHold { hold } = proposal.act
        && let Some(reason) = ports.ledger.hold_reason(hold).await?
    {
        text.push_str(&format!("; placed because: {}", shown(reason.reveal())));
    }
    Ok(text)
}

async fn name_of(ports: &Ports, person: PersonId) -> Result<String, FlowError> {
    let name = ports.ledger.person_name(person).await?;
    Ok(name.map_or_else(|| format!("Person {}", person.short()), |name| shown(name.reveal())))
}

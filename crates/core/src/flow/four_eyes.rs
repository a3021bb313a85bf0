//! Four eyes: what was approved is done together with the approval, and what nobody answered is over in time.

use tracing::info;

use super::{FlowError, Tally, is_conflict};
use crate::{
    Private,
    four_eyes::{Act, ApprovalError, Approver, ExportOf, Proposal},
    held_file::HeldFile,
    hold::HoldScope,
    id::{CaseId, FileId, PersonId, ProposalId, RequestId},
    ports::{Fault, PortError, Ports},
    request::{Asker, Channel, Request, RequestStanding},
    transition::Transition,
};

/// Whose data an act is about.
pub async fn about(ports: &Ports, act: &Act) -> Result<Option<HoldScope>, FlowError> {
    let missing = || PortError::not_possible(Fault::NotFound);
    match *act {
        Act::LiftHold { hold } => {
            let holds = ports.ledger.holds(false).await?;
            Ok(Some(holds.into_iter().find(|placed| placed.id == hold).ok_or_else(missing)?.scope))
        }
        Act::EraseEarly { case, file } => {
            let files = ports.ledger.files_of_case(case).await?;
            let mut meant = files.iter().filter(|held| file.is_none_or(|only| only == held.id()));
            if meant.any(HeldFile::is_in_strongroom) { Ok(Some(HoldScope::Case(case))) } else { Err(missing().into()) }
        }
        Act::Export { what: ExportOf::File { file } } => {
            let known = ports.ledger.file(file).await?.is_some_and(|file| file.is_in_strongroom());
            if known { Ok(Some(HoldScope::File(file))) } else { Err(missing().into()) }
        }
        Act::Export { what: ExportOf::Report | ExportOf::Ledger } => Ok(None),
    }
}

/// Approves a proposal and does what it proposes, in one transaction. An export is only allowed with that.
pub async fn approve(
    ports: &Ports,
    proposal: Proposal,
    approver: &Approver,
    signature: &[u8; 64],
) -> Result<(), FlowError> {
    let now = ports.clock.now();
    let (id, act, by) = (proposal.id, proposal.act, proposal.by);
    let mut transitions = vec![proposal.approve(approver, signature, now)?];
    let reason = ports.ledger.proposal_reason(id).await?.unwrap_or_else(|| Private::new(String::new()));
    match act {
        Act::LiftHold { hold } => {
            let hold = ports.ledger.holds(true).await?.into_iter().find(|placed| placed.id == hold);
            let hold = hold.ok_or_else(|| PortError::not_possible(Fault::NotFound))?;
            transitions.push(hold.lift(by, reason, now)?);
        }
        Act::EraseEarly { case, file } => {
            transitions
                .push(ask(RequestId::from_bytes(ports.chance.id_bytes()?), (case, file), by, now).ask(reason, now));
        }
        Act::Export { .. } => {}
    }
    ports.ledger.commit(transitions).await?;
    info!(proposal = %id, "four_eyes.approve");
    Ok(())
}

/// What a member of staff asks for at the desk.
pub fn ask(id: RequestId, (case, file): (CaseId, Option<FileId>), by: PersonId, now: jiff::Timestamp) -> Request {
    Request {
        id,
        case,
        file,
        by: Asker::Person(by),
        channel: Channel::Desk,
        source: id.to_string(),
        received_at: now,
        standing: RequestStanding::Accepted,
        version: 0,
    }
}

/// The transition that uses an approval for this export up.
pub async fn permission(ports: &Ports, what: ExportOf, by: PersonId) -> Result<Transition, FlowError> {
    let (now, act) = (ports.clock.now(), Act::Export { what });
    let approved = ports.ledger.proposals(false).await?.into_iter().find(|it| it.is_good_for(&act, by, now));
    Ok(approved.ok_or(ApprovalError::NeedsSecondPerson)?.use_up(by, now)?)
}

/// One that is not settled.
pub async fn unsettled(ports: &Ports, id: ProposalId) -> Result<Proposal, FlowError> {
    let found = ports.ledger.proposals(true).await?.into_iter().find(|it| it.id == id);
    Ok(found.ok_or_else(|| PortError::not_possible(Fault::NotFound))?)
}

/// The person's key, if it is in use.
pub async fn approver(ports: &Ports, person: PersonId) -> Result<Approver, FlowError> {
    let found = ports.ledger.approvers().await?.into_iter().find(|it| it.person == person && it.removed.is_none());
    Ok(found.ok_or(ApprovalError::NotAnApprover)?)
}

/// Ends what nobody answered or used in time.
pub async fn expire(ports: &Ports) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    let now = ports.clock.now();
    for transition in ports.ledger.proposals(false).await?.into_iter().filter_map(|proposal| proposal.expire(now)) {
        match ports.ledger.commit(vec![transition]).await {
            Err(error) if is_conflict(&error) => tally.again(Fault::Conflict),
            other => {
                other?;
                tally.done += 1;
            }
        }
    }
    Ok(tally)
}

//! What a member of staff does. Each act counts as input: the idle lock waits anew.

use custody_core::{
    four_eyes::{Act, ExportOf},
    hold::HoldScope,
    id::{CaseId, FileId},
    own_date::OwnDateScope,
    ticket::TicketRef,
};
use custody_desk::{
    Desk,
    views::{EndedCopyView, RoundView, SimulationView, ViewingCopyView},
};

use crate::{
    AppError, Approval, ApproveProposal, AskErasure, DeclineProposal, DropFolderPlace, ExportName, ExtendViewingCopy,
    GiveOwnDate, HandHoldOn, HoldScopeName, LiftHold, MakeViewingCopy, OfCase, OfFile, OfOwnDate, OfReceipt, OfRequest,
    OfTicket, OfViewingCopy, PlaceHold, ProposeErasure, ProposeExport, ProposeLift, ResolveRequest, ReviewHold,
    RulesChange, Stage, ViewingCopyPlace,
};

pub async fn make_drop_folder(stage: &Stage, OfCase { case }: OfCase) -> Result<DropFolderPlace, AppError> {
    Ok(DropFolderPlace { path: at_work(stage)?.make_drop_folder(case).await?.into_revealed() })
}

pub async fn place_hold(stage: &Stage, hold: PlaceHold) -> Result<(), AppError> {
    let desk = at_work(stage)?;
    let PlaceHold { scope, case, file, reason, review_at } = hold;
    let scope = match scope {
        HoldScopeName::File => HoldScope::File(file.ok_or(AppError::NotNamed)?),
        HoldScopeName::Case => HoldScope::Case(case),
        HoldScopeName::Customer => {
            HoldScope::Customer(desk.case(case).await?.customer_id.parse().map_err(|_| AppError::NotNamed)?)
        }
    };
    desk.place_hold(scope, reason.into_words(), review_at).await?;
    Ok(())
}

pub async fn lift_hold(stage: &Stage, LiftHold { hold, reason }: LiftHold) -> Result<(), AppError> {
    Ok(at_work(stage)?.lift_hold(hold, reason.into_words()).await?)
}

pub async fn review_hold(stage: &Stage, ReviewHold { hold, review_at }: ReviewHold) -> Result<(), AppError> {
    Ok(at_work(stage)?.review_hold(hold, review_at).await?)
}

pub async fn hand_hold_on(stage: &Stage, HandHoldOn { hold, to }: HandHoldOn) -> Result<(), AppError> {
    Ok(at_work(stage)?.hand_hold_on(hold, &to.into_name()).await?)
}

pub async fn tell_in_thread(stage: &Stage, OfRequest { request }: OfRequest) -> Result<(), AppError> {
    Ok(at_work(stage)?.tell_in_thread(request).await?)
}

pub async fn propose_lift(
    stage: &Stage,
    ProposeLift { hold, reason, passphrase }: ProposeLift,
) -> Result<(), AppError> {
    at_work(stage)?.propose(Act::LiftHold { hold }, reason.into_words(), passphrase).await?;
    Ok(())
}

pub async fn propose_erasure(
    stage: &Stage,
    ProposeErasure { case, file, reason, passphrase }: ProposeErasure,
) -> Result<(), AppError> {
    at_work(stage)?.propose(Act::EraseEarly { case, file }, reason.into_words(), passphrase).await?;
    Ok(())
}

pub async fn propose_export(
    stage: &Stage,
    ProposeExport { of, reason, passphrase }: ProposeExport,
) -> Result<(), AppError> {
    let what = match of {
        ExportName::Ledger => ExportOf::Ledger,
        ExportName::Report => ExportOf::Report,
    };
    at_work(stage)?.propose(Act::Export { what }, reason.into_words(), passphrase).await?;
    Ok(())
}

pub async fn approve_proposal(
    stage: &Stage,
    ApproveProposal { proposal, name, passphrase }: ApproveProposal,
) -> Result<(), AppError> {
    Ok(at_work(stage)?.approve(proposal, &name.into_name(), passphrase).await?)
}

pub async fn decline_proposal(
    stage: &Stage,
    DeclineProposal { proposal, reason }: DeclineProposal,
) -> Result<(), AppError> {
    Ok(at_work(stage)?.decline(proposal, reason.into_words()).await?)
}

pub async fn give_own_date(
    stage: &Stage,
    GiveOwnDate { case, file, end, reason }: GiveOwnDate,
) -> Result<(), AppError> {
    Ok(at_work(stage)?.give_own_date(own_date_scope(case, file), end, reason.into_words()).await?)
}

pub async fn withdraw_own_date(stage: &Stage, OfOwnDate { case, file }: OfOwnDate) -> Result<(), AppError> {
    Ok(at_work(stage)?.withdraw_own_date(own_date_scope(case, file)).await?)
}

fn own_date_scope(case: CaseId, file: Option<FileId>) -> OwnDateScope {
    file.map_or(OwnDateScope::Case(case), OwnDateScope::File)
}

pub async fn change_rules(
    stage: &Stage,
    RulesChange { draft, rules, token }: RulesChange,
) -> Result<SimulationView, AppError> {
    let desk = at_work(stage)?;
    Ok(desk.change_rules(desk.edited_rules(draft, rules.into_iter().map(Into::into).collect())?, &token).await?)
}

pub async fn ask_erasure(stage: &Stage, AskErasure { case, file, reason }: AskErasure) -> Result<(), AppError> {
    Ok(at_work(stage)?.ask_erasure(case, file, reason.into_words()).await?)
}

pub async fn resolve_request(
    stage: &Stage,
    ResolveRequest { request, accept }: ResolveRequest,
) -> Result<(), AppError> {
    Ok(at_work(stage)?.resolve_request(request, accept).await?)
}

pub async fn take_ticket(stage: &Stage, OfTicket { case, tracker, key }: OfTicket) -> Result<(), AppError> {
    Ok(at_work(stage)?.link_ticket(case, TicketRef { tracker, key }).await?)
}

pub async fn set_ticket_aside(stage: &Stage, OfTicket { case, tracker, key }: OfTicket) -> Result<(), AppError> {
    Ok(at_work(stage)?.set_ticket_aside(case, &TicketRef { tracker, key }).await?)
}

pub async fn make_viewing_copy(
    stage: &Stage,
    MakeViewingCopy { file, minutes, reason }: MakeViewingCopy,
) -> Result<ViewingCopyPlace, AppError> {
    let (copy, path) = at_work(stage)?.make_viewing_copy(file, minutes.period(), reason.into_words()).await?;
    Ok(ViewingCopyPlace { copy, path: path.into_revealed() })
}

pub async fn extend_viewing_copy(
    stage: &Stage,
    ExtendViewingCopy { copy, minutes }: ExtendViewingCopy,
) -> Result<ViewingCopyView, AppError> {
    Ok(at_work(stage)?.extend_viewing_copy(copy, minutes.period()).await?)
}

pub async fn end_viewing_copy(stage: &Stage, OfViewingCopy { copy }: OfViewingCopy) -> Result<EndedCopyView, AppError> {
    Ok(at_work(stage)?.end_viewing_copy(copy).await?)
}

pub async fn resend_receipt(stage: &Stage, OfReceipt { receipt }: OfReceipt) -> Result<(), AppError> {
    Ok(at_work(stage)?.resend_receipt(receipt).await?)
}

pub async fn approve_sweep(stage: &Stage, Approval { token }: Approval) -> Result<RoundView, AppError> {
    Ok(at_work(stage)?.approve_sweep(&token).await?)
}

pub async fn open_viewer(stage: &Stage, OfFile { file }: OfFile) -> Result<(), AppError> {
    let desk = at_work(stage)?;
    if stage.viewers().show_again(file) {
        return Ok(());
    }
    stage.viewers().show(desk.open_viewer(file).await?)
}

/// The desk, for somebody who was just there.
pub(super) fn at_work(stage: &Stage) -> Result<Desk, AppError> {
    let desk = stage.desk()?;
    desk.touch();
    Ok(desk)
}

//! What the window shows. Nothing here changes a row.

use custody_core::{
    case_list::CaseQuery, erasure_list::ErasureQuery, event_list::EventQuery, receipt_list::ReceiptQuery,
};
use custody_desk::views::{
    AuditEventView, AuditListView, CaseListView, CaseView, ErasureListView, ErasureView, PlanView, ProposalView,
    ReceiptCheckView, ReceiptListView, ReceiptView, RulesView, SimulationView, TransferView,
};

use crate::{
    AnchorsView, AppError, ChainView, ListCases, ListErasures, ListEvents, ListReceipts, Nothing, OfCase, OfEvent,
    OfFile, OfReceipt, RulesEdit, Stage,
};

pub async fn list_cases(stage: &Stage, query: ListCases) -> Result<CaseListView, AppError> {
    let ListCases { standings, mine, due_soon, search, order, skip, limit } = query;
    let words = CaseQuery::words_of(&search);
    let query = CaseQuery { standings, words, mine, due_soon, order, skip, limit, ..CaseQuery::default() };
    Ok(stage.desk()?.list_cases(&query).await?)
}

pub async fn show_case(stage: &Stage, OfCase { case }: OfCase) -> Result<CaseView, AppError> {
    Ok(stage.desk()?.case(case).await?)
}

pub async fn list_receipts(stage: &Stage, query: ListReceipts) -> Result<ReceiptListView, AppError> {
    let ListReceipts { standings, owed, search, order, skip, limit } = query;
    let query = ReceiptQuery { standings, owed, words: CaseQuery::words_of(&search), order, skip, limit };
    Ok(stage.desk()?.list_receipts(&query).await?)
}

pub async fn show_receipt(stage: &Stage, OfReceipt { receipt }: OfReceipt) -> Result<ReceiptView, AppError> {
    Ok(stage.desk()?.receipt(receipt).await?)
}

pub async fn verify_receipt(stage: &Stage, OfReceipt { receipt }: OfReceipt) -> Result<ReceiptCheckView, AppError> {
    Ok(stage.desk()?.verify_receipt(receipt).await?)
}

pub async fn list_erasures(stage: &Stage, query: ListErasures) -> Result<ErasureListView, AppError> {
    let query = ErasureQuery {
        stage: query.stage,
        words: CaseQuery::words_of(&query.search),
        skip: query.skip,
        limit: query.limit,
    };
    Ok(stage.desk()?.list_erasures(&query).await?)
}

pub async fn show_erasure(stage: &Stage, OfFile { file }: OfFile) -> Result<ErasureView, AppError> {
    Ok(stage.desk()?.erasure(file).await?)
}

pub async fn list_events(stage: &Stage, query: ListEvents) -> Result<AuditListView, AppError> {
    let ListEvents { topics, actor, from, before, search, index, skip, limit } = query;
    let words = CaseQuery::words_of(&search);
    let query = EventQuery { topics, actor, from, before, words, index, skip, limit };
    Ok(stage.desk()?.list_events(&query).await?)
}

pub async fn show_event(stage: &Stage, OfEvent { index }: OfEvent) -> Result<AuditEventView, AppError> {
    Ok(stage.desk()?.event(index).await?)
}

pub async fn verify_chain(stage: &Stage, _: Nothing) -> Result<ChainView, AppError> {
    let desk = stage.desk()?;
    Ok(ChainView::of(desk.verify_chain().await?, desk.now()))
}

pub async fn verify_anchors(stage: &Stage, _: Nothing) -> Result<AnchorsView, AppError> {
    Ok(stage.desk()?.verify_anchors().await?.into())
}

pub async fn show_plan(stage: &Stage, _: Nothing) -> Result<PlanView, AppError> {
    Ok(stage.desk()?.plan().await?)
}

pub async fn list_transfers(stage: &Stage, _: Nothing) -> Result<Vec<TransferView>, AppError> {
    Ok(stage.desk()?.transfers().await?)
}

pub async fn list_proposals(stage: &Stage, _: Nothing) -> Result<Vec<ProposalView>, AppError> {
    Ok(stage.desk()?.proposals().await?)
}

pub async fn show_rules(stage: &Stage, _: Nothing) -> Result<RulesView, AppError> {
    Ok(stage.desk()?.rules())
}

pub async fn simulate_rules(stage: &Stage, RulesEdit { draft, rules }: RulesEdit) -> Result<SimulationView, AppError> {
    let desk = stage.desk()?;
    Ok(desk.simulate_rules(desk.edited_rules(draft, rules.into_iter().map(Into::into).collect())?).await?)
}

//! What the window shows. Nothing here changes a row.

use custody_core::case_list::CaseQuery;
use custody_desk::views::{
    CaseListView, CaseView, PlanView, ProposalView, ReceiptRowView, ReceiptView, RulesView, SimulationView,
};

use crate::{AppError, ListCases, Nothing, OfCase, OfReceipt, RulesEdit, Stage};

pub async fn list_cases(stage: &Stage, query: ListCases) -> Result<CaseListView, AppError> {
    let ListCases { standings, search, order, skip, limit } = query;
    let query = CaseQuery { standings, words: CaseQuery::words_of(&search), order, skip, limit };
    Ok(stage.desk()?.list_cases(&query).await?)
}

pub async fn show_case(stage: &Stage, OfCase { case }: OfCase) -> Result<CaseView, AppError> {
    Ok(stage.desk()?.case(case).await?)
}

pub async fn list_receipts(stage: &Stage, _: Nothing) -> Result<Vec<ReceiptRowView>, AppError> {
    Ok(stage.desk()?.receipts().await?)
}

pub async fn show_receipt(stage: &Stage, OfReceipt { receipt }: OfReceipt) -> Result<ReceiptView, AppError> {
    Ok(stage.desk()?.receipt(receipt).await?)
}

pub async fn show_plan(stage: &Stage, _: Nothing) -> Result<PlanView, AppError> {
    Ok(stage.desk()?.plan().await?)
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

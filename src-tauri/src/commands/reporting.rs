//! The retention report: shown, and written out. The page says what, never where.

use custody_desk::views::ReportView;

use crate::{AppError, ExportReport, ReportSpan, SavedFile, Stage};

pub async fn show_report(stage: &Stage, ReportSpan { span }: ReportSpan) -> Result<ReportView, AppError> {
    Ok(stage.desk()?.report_view(span.from, span.to).await?)
}

pub async fn export_report(stage: &Stage, ExportReport { span, form }: ExportReport) -> Result<SavedFile, AppError> {
    stage
        .save("custody-report", form.as_str(), async |desk, file| {
            let made = desk.export_report(span.from, span.to, form).await?;
            file.bytes(&made.bytes)?;
            let mut statement = file.beside(desk.places(), "sig.json")?;
            statement.bytes(made.statement.as_bytes())?;
            statement.keep()?;
            Ok(())
        })
        .await
}

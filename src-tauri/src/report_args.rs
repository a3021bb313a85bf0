//! What the page brings along with the commands of the report.

use custody_core::{
    Timestamp,
    report::{ReportFormat, Span},
};
use serde::{Deserialize, Deserializer, de::Error as _};
use ts_rs::TS;

/// Which time a report covers.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReportSpan {
    /// Its start and end, RFC 3339.
    #[serde(deserialize_with = "in_order")]
    #[ts(type = "{ from: string, to: string }")]
    pub span: Span,
}

/// A report that is to be written to a file.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportReport {
    /// Its start and end, RFC 3339.
    #[serde(deserialize_with = "in_order")]
    #[ts(type = "{ from: string, to: string }")]
    pub span: Span,
    /// In which form.
    #[ts(type = "\"pdf\" | \"csv\" | \"json\"")]
    pub form: ReportFormat,
}

fn in_order<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Span, D::Error> {
    let span = Span::deserialize(deserializer)?;
    // No desk is older than the time that the ledger counts from.
    if span.from < span.to && span.from >= Timestamp::UNIX_EPOCH {
        Ok(span)
    } else {
        Err(D::Error::custom("a report ends after it begins"))
    }
}

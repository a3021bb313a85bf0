//! The list of erasures, asked for in parts.

use custody_core::{erasure_list::ErasureQuery, id::FileId, ports::Ledger as _};

use super::{Desk, acting::not_found, reading::page};
use crate::{
    Result, show,
    views::{ErasureCount, ErasureListView, ErasureView},
};

impl Desk {
    /// A part of the list of what will be erased, is being erased, or was.
    pub async fn list_erasures(&self, query: &ErasureQuery) -> Result<ErasureListView> {
        self.try_to_make_case_list().await;
        let found = self.0.ledger.list_erasures(query).await?;
        let wired = self.wired();
        let page = page(&wired).await?;
        let mut rows = Vec::new();
        for (file, erasure) in &found.erasures {
            rows.push(show::erasure_row(&page, file, erasure).await?);
        }
        let counts: Vec<_> = found.counts.into_iter().map(|(stage, files)| ErasureCount { stage, files }).collect();
        let total = counts.iter().find(|count| count.stage == query.stage).map_or(0, |count| count.files);
        Ok(ErasureListView { rows, total, counts })
    }

    /// The erasure of a file with everything about it, as it is now.
    ///
    /// # Errors
    /// [`Fault::NotFound`](custody_core::ports::Fault::NotFound) if there was none, and none is to be expected.
    pub async fn erasure(&self, file: FileId) -> Result<ErasureView> {
        let wired = self.wired();
        let file = self.0.ledger.file(file).await?.ok_or_else(not_found)?;
        show::erasure_view(&page(&wired).await?, &file).await?.ok_or_else(not_found)
    }
}

//! A practice desk in a folder of its own, on a clock that stands.

use std::sync::Arc;

use custody_core::{
    Timestamp,
    flow::Silent,
    id::{CaseId, FileId, ReceiptId},
};
use custody_desk::views::{CaseRow, FileView, ReceiptRowView, RoundView};
use custody_practice::{PracticeClock, WorldOptions, scenario::Story};
use custody_practice_desk::PracticeDesk;
use jiff::SignedDuration;
use tempfile::TempDir;

/// A monday morning.
pub const START: &str = "2026-03-02T09:00:00Z";

pub struct Stage {
    pub practice: PracticeDesk,
    pub folder: TempDir,
}

impl Stage {
    /// The two cases of the demo, and a desk that has not looked yet.
    pub async fn demo() -> Self {
        Self::of(Story::Demo).await
    }

    pub async fn of(story: Story) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = PracticeClock::frozen_at(START.parse().unwrap());
        let options = WorldOptions { clock, story, log_size: 300_000, ..WorldOptions::default() };
        let practice = PracticeDesk::start(&folder.path().join("desk"), options).await.unwrap();
        Self { practice, folder }
    }

    /// One round, in which nothing may go wrong.
    pub async fn round(&self) -> RoundView {
        let round = self.practice.desk.round(&Silent).await;
        assert!(round.problems.is_empty(), "{:#?}", round.problems);
        round
    }

    pub fn days(&self, days: i64) {
        self.practice.world.clock.advance(SignedDuration::from_hours(24 * days));
    }

    pub fn now(&self) -> Timestamp {
        self.practice.desk.now()
    }

    pub async fn cases(&self) -> Vec<CaseRow> {
        self.practice.desk.cases().await.unwrap()
    }

    /// The case of this customer.
    pub async fn case_of(&self, name: &str) -> CaseId {
        let cases = self.cases().await;
        let row = cases.iter().find(|row| row.customer == name).unwrap_or_else(|| panic!("{name} has no case"));
        row.id.parse().unwrap()
    }

    pub async fn files(&self, case: CaseId) -> Vec<FileView> {
        self.practice.desk.case(case).await.unwrap().files
    }

    pub async fn states(&self, case: CaseId) -> Vec<String> {
        let files = self.files(case).await;
        files.iter().map(|file| serde_json::to_value(file.state).unwrap().as_str().unwrap().to_owned()).collect()
    }

    pub async fn receipts(&self, case: CaseId) -> Vec<ReceiptRowView> {
        self.practice.desk.case(case).await.unwrap().receipts
    }

    pub async fn only_receipt(&self, case: CaseId) -> ReceiptId {
        let receipts = self.receipts(case).await;
        assert_eq!(receipts.len(), 1, "{receipts:#?}");
        receipts[0].id.parse().unwrap()
    }

    /// Every byte of a held file.
    pub async fn read(&self, file: FileId) -> Vec<u8> {
        let mut body = self.practice.desk.open_file(file).await.unwrap();
        let mut bytes = Vec::new();
        while let Some(piece) = body.next().await.unwrap() {
            bytes.extend_from_slice(&piece);
        }
        bytes
    }
}

pub fn shared<T>(value: T) -> Arc<T> {
    Arc::new(value)
}

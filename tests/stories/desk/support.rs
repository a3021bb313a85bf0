//! A practice desk in a folder of its own, on a clock that stands.

use std::sync::Arc;

use custody_core::{
    Private, Timestamp,
    flow::Silent,
    id::{CaseId, FileId, ReceiptId, ViewingCopyId},
    period::Period,
    ports::{ChainVerdict, Fault},
    receipt::{Envelope, Statement, public_key_from_pem, verify},
    retention::RuleBook,
};
use custody_desk::{
    Desk, DeskError, DeskOptions, Places, WorkFactor,
    settings::Settings,
    views::{AttentionKind, AttentionView, CaseRow, FileView, ProblemView, ReceiptRowView, RoundView},
};
use custody_practice::{
    PracticeClock, World, WorldOptions,
    forum::TopicId,
    mailbox::Letter,
    scenario::{Case, Person, Story},
};
use custody_practice_desk::{PRACTICE_PASSPHRASE, PRACTICE_PERSON, PracticeDesk};
use custody_vault::disk::Disk;
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

    /// The same, and its desk works on this disk. Unlocked.
    pub async fn demo_on(disk: impl Disk) -> Self {
        let shut = Self::demo().await.shut().await;
        let options = DeskOptions { disk: Arc::new(disk), ..options_of(&shut.world.clock) };
        let stage = shut.open_with(options).await.unwrap_or_else(|(_, error)| panic!("{error:?}"));
        stage.desk().unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();
        stage
    }

    pub async fn of(story: Story) -> Self {
        let clock = PracticeClock::frozen_at(START.parse().unwrap());
        Self::with(WorldOptions { clock, story, log_size: 300_000, ..WorldOptions::default() }).await
    }

    pub async fn with(options: WorldOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let practice = PracticeDesk::start(&folder.path().join("desk"), options).await.unwrap();
        Self { practice, folder }
    }

    /// One round, in which nothing may go wrong.
    pub async fn round(&self) -> RoundView {
        let round = self.practice.desk.round(&Silent).await;
        assert!(round.problems.is_empty(), "{:#?}", round.problems);
        round
    }

    /// One round, in which this goes wrong and nothing else.
    pub async fn round_with(&self, fault: Fault) -> RoundView {
        let round = self.practice.desk.round(&Silent).await;
        let met: Vec<_> = round.problems.iter().map(|met| met.problem.code).collect();
        assert!(!met.is_empty() && met.iter().all(|code| *code == fault), "{fault:?} was to be met, not {met:?}");
        round
    }

    pub fn days(&self, days: i64) {
        self.hours(24 * days);
    }

    pub fn hours(&self, hours: i64) {
        self.practice.world.clock.advance(SignedDuration::from_hours(hours));
    }

    pub fn desk(&self) -> &Desk {
        &self.practice.desk
    }

    pub async fn change_settings(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.desk().settings();
        change(&mut settings);
        self.desk().save_settings(settings).await.unwrap();
    }

    /// As a person does it: the simulation first.
    pub async fn put_rules_in_force(&self, book: RuleBook) {
        let token = self.desk().simulate_rules(book.clone()).await.unwrap().token;
        self.desk().change_rules(book, &token).await.unwrap();
    }

    /// Ends the desk and opens it again, as after a restart. It is locked then.
    pub async fn restart(self) -> Self {
        self.shut().await.open().await.unwrap_or_else(|(_, error)| panic!("{error}"))
    }

    /// Ends the desk; the world goes on.
    pub async fn shut(self) -> Shut {
        let places = self.places();
        let Self { practice: PracticeDesk { desk, world, .. }, folder } = self;
        desk.close().await;
        Shut { world, places, folder }
    }

    pub fn places(&self) -> Places {
        self.desk().places().clone()
    }

    /// The thread of the story's case of this customer.
    pub fn told(&self, customer: Person) -> &Case {
        let mut cases = self.practice.world.cases.iter();
        cases.find(|case| case.customer.username == customer.username).unwrap()
    }

    pub fn topic(&self, customer: Person) -> TopicId {
        self.told(customer).topic
    }

    pub fn letters(&self, customer: Person) -> Vec<Letter> {
        self.practice.world.mail.letters(customer.email)
    }

    /// What waits for a person, of this kind.
    pub async fn waiting(&self, kind: AttentionKind) -> Vec<AttentionView> {
        let mut waiting = self.desk().attention().await.unwrap();
        waiting.retain(|view| view.kind == kind);
        waiting
    }

    /// A receipt as anybody verifies it who has nothing but the public key and the file.
    pub async fn statement(&self, receipt: ReceiptId) -> Statement {
        let file = self.desk().receipt_file(receipt).await.unwrap();
        let envelope: Envelope = serde_json::from_str(file.reveal()).unwrap();
        verify(&envelope, &public_key_from_pem(&self.desk().public_key_pem().unwrap()).unwrap()).unwrap()
    }

    /// How a receipt stands, in a word.
    pub async fn standing(&self, receipt: ReceiptId) -> String {
        word(self.desk().receipt(receipt).await.unwrap().row.standing)
    }

    pub async fn chain_is_whole(&self) -> bool {
        matches!(self.desk().verify_chain().await.unwrap(), ChainVerdict::Whole(_))
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
        files.iter().map(|file| word(file.state)).collect()
    }

    pub async fn receipts(&self, case: CaseId) -> Vec<ReceiptRowView> {
        self.practice.desk.case(case).await.unwrap().receipts
    }

    pub async fn only_receipt(&self, case: CaseId) -> ReceiptId {
        let receipts = self.receipts(case).await;
        assert_eq!(receipts.len(), 1, "{receipts:#?}");
        receipts[0].id.parse().unwrap()
    }

    /// Makes a viewing copy, and gives it with its path.
    pub async fn view(&self, file: FileId, lease: Period) -> (ViewingCopyId, Private<String>) {
        let (copy, path) = self.desk().make_viewing_copy(file, lease, "find the crash".into()).await.unwrap();
        (copy.id.parse().unwrap(), path)
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

/// A world whose desk is closed.
pub struct Shut {
    pub world: World,
    pub places: Places,
    folder: TempDir,
}

impl Shut {
    /// Opens the desk again, or says why that cannot be.
    pub async fn open(self) -> Result<Stage, (Box<Self>, DeskError)> {
        let options = options_of(&self.world.clock);
        self.open_with(options).await
    }

    pub async fn open_with(self, options: DeskOptions) -> Result<Stage, (Box<Self>, DeskError)> {
        match Desk::open(self.places.clone(), options).await {
            Ok(desk) => Ok(Stage { practice: PracticeDesk::over(desk, self.world), folder: self.folder }),
            Err(error) => Err((Box::new(self), error)),
        }
    }
}

/// The word that views and `--json` use.
pub fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

/// How the desk of a practice world is opened again.
pub fn options_of(clock: &PracticeClock) -> DeskOptions {
    DeskOptions {
        clock: Arc::new(clock.clone()),
        work_factor: WorkFactor::PRACTICE,
        person: PRACTICE_PERSON.into(),
        practice: true,
        // What is written in one go is complete at once, and nobody waits.
        drop_rest: std::time::Duration::ZERO,
        ..DeskOptions::default()
    }
}

pub const HALF_AN_HOUR: Period = Period::minutes(30);

/// A person is told two lines, and the first ends with what became of the data.
pub fn assert_told(problem: &ProblemView) {
    for line in [&problem.what, &problem.todo] {
        assert!(line.trim_end().ends_with('.') && !line.contains('\n'), "one line: {line:?}");
    }
    let fate = ["nothing", "not taken in", "stay", "kept", "still", "was taken back", "no receipt", "only what"];
    let said = problem.what.to_lowercase();
    assert!(fate.iter().any(|words| said.contains(words)), "what became of the data? {:?}", problem.what);
}

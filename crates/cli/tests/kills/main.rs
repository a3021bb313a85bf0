//! A desk that is killed again and again while files come in, tickets close, customers ask, and a backup is kept.
//!
//! The desk is a process of its own: `custody run`, the program that people start. The world lives in the test. `CUSTODY_KILLS` says how often the desk is killed, `CUSTODY_KILLS_SEED` repeats what one run did between the kills.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a story fails by panicking")]
#![expect(clippy::print_stdout, reason = "the figures of a run are worth reading")]

mod sent;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use custody_core::{
    SignedDuration,
    flow::Silent,
    held_file::{Refusal, StateName},
    id::{CaseId, FileId},
    period::Period,
    ports::{ChainVerdict, Clock},
    receipt::{Envelope, public_key_from_pem, verify},
};
use custody_desk::{
    Desk, DeskOptions, KeyStore, Places, RecoveryKit, RestoreFrom,
    settings::BackupSetting,
    views::{BackupStanding, FileView, ReceiptStanding},
};
use custody_practice::{
    PracticeClock, World, WorldOptions,
    forum::TopicId,
    scenario::{CUSTOMERS, Person, REMOVAL_REQUEST, canaries, canary},
};
use custody_practice_desk::{PRACTICE_PASSPHRASE, PracticeDesk};
use custody_story_kit::search::Marks;

use crate::sent::{Dice, Sent};

/// The folder of the backup.
const BACKUP: &str = "backup";
const KILLS: u64 = 200;
/// The usual life of a desk; one in five lives up to four times as long.
const LIFE: u64 = 450;

#[test]
fn a_desk_killed_anywhere_loses_nothing_and_issues_no_second_receipt() {
    let number = |name| std::env::var(name).ok().map(|text: String| text.parse::<u64>().expect("a number"));
    let kills = number("CUSTODY_KILLS").unwrap_or(KILLS);
    let seed = number("CUSTODY_KILLS_SEED").unwrap_or_else(|| u64::from(std::process::id()));
    // Shown when the test fails.
    println!("CUSTODY_KILLS={kills} CUSTODY_KILLS_SEED={seed}");
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut tale = Tale::begin(seed).await;
        for _ in 0..kills {
            tale.one_life().await;
        }
        tale.end().await;
    });
}

fn options(clock: Arc<dyn Clock>) -> DeskOptions {
    DeskOptions { clock, person: "Robin Adler".into(), practice: true, ..DeskOptions::default() }
}

/// A thread as its customer knows it.
struct Told {
    topic: TopicId,
    customer: Person,
    files: Vec<Sent>,
    end: Option<End>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Closed,
    Asked,
}

struct Tale {
    world: World,
    places: Places,
    kit: RecoveryKit,
    folder: tempfile::TempDir,
    dice: Dice,
    marks: Marks,
    threads: Vec<Told>,
    sent: u64,
    lives: u64,
    /// Kills that left a file half sealed.
    cut_seals: u64,
    began: Instant,
}

impl Tale {
    async fn begin(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let practice = PracticeDesk::start(&folder.path().join("desk"), WorldOptions::default()).await.unwrap();
        let mut settings = practice.desk.settings();
        settings.rules[0].grace = Period::ZERO;
        settings.sweep.cap = u64::MAX >> 1;
        // The shortest pause there is: a second.
        settings.times.round_every = Period::ZERO;
        let rules = settings.book();
        let token = practice.desk.simulate_rules(rules.clone()).await.unwrap().token;
        practice.desk.change_rules(rules, &token).await.unwrap();
        practice.desk.save_settings(settings).await.unwrap();
        let kit = practice.desk.make_recovery_kit().await.unwrap();
        let backup = BackupSetting {
            name: "second disk".to_owned(),
            folder: folder.path().join(BACKUP),
            snapshots_kept: Period::ZERO,
        };
        practice.desk.connect_backup(backup, false).await.unwrap();
        let PracticeDesk { desk, mut world, .. } = practice;
        let places = desk.places().clone();
        desk.close().await;
        for customer in CUSTOMERS {
            world.welcome(&customer).unwrap();
        }
        let mut marks = canaries();
        marks.push(canary::FILE_NAME.to_owned());
        // A seed of zero would stay zero for ever.
        let dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let (threads, marks) = (Vec::new(), Marks::new(marks));
        let began = Instant::now();
        Self { world, places, kit, folder, dice, marks, threads, sent: 0, lives: 0, cut_seals: 0, began }
    }

    /// Something happens, the desk lives a while, something more happens, and it is killed.
    async fn one_life(&mut self) {
        self.lives += 1;
        self.something_happens().await;
        let mut desk = self.start_desk();
        let mut life = self.dice.below(LIFE);
        if self.dice.below(5) == 0 {
            life *= 4;
        }
        let first = self.dice.below(life + 1);
        // Not waiting for anything: the moment of a kill is what this story is about.
        tokio::time::sleep(Duration::from_millis(first)).await;
        self.something_happens().await;
        tokio::time::sleep(Duration::from_millis(life - first)).await;
        let ended = desk.try_wait().unwrap();
        assert!(ended.is_none(), "the desk ended by itself: {ended:?}\n{}", self.errors());
        desk.kill().unwrap();
        desk.wait().unwrap();
        self.cut_seals += u64::from(self.has_part());
        for folder in [self.places.root(), &self.backup()] {
            let hits = self.marks.in_folder(folder).unwrap();
            assert!(hits.is_empty(), "after life {}: {hits:?}", self.lives);
        }
    }

    fn start_desk(&self) -> Child {
        Command::new(env!("CARGO_BIN_EXE_custody"))
            .arg("--home")
            .arg(self.places.root())
            .arg("run")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(self.error_file()).unwrap())
            .spawn()
            .unwrap()
    }

    fn backup(&self) -> PathBuf {
        self.folder.path().join(BACKUP)
    }

    fn error_file(&self) -> PathBuf {
        self.folder.path().join("errors.txt")
    }

    fn errors(&self) -> String {
        std::fs::read_to_string(self.error_file()).unwrap_or_default()
    }

    fn has_part(&self) -> bool {
        let mut entries = std::fs::read_dir(self.places.sealed()).unwrap();
        entries.any(|entry| entry.unwrap().path().extension().is_some_and(|kind| kind == "part"))
    }

    async fn something_happens(&mut self) {
        let open: Vec<usize> = (0..self.threads.len()).filter(|&at| self.threads[at].end.is_none()).collect();
        let any = |dice: &mut Dice| open[usize::try_from(dice.below(open.len() as u64)).unwrap()];
        match self.dice.below(10) {
            0..=3 => self.new_thread().await,
            4 if !open.is_empty() => {
                let at = any(&mut self.dice);
                let files = self.new_files(2);
                let Told { topic, customer, .. } = self.threads[at];
                let attached = files.iter().map(Sent::file).collect();
                self.world.forum.reply(customer.username, topic, "One more log.", attached).await.unwrap();
                self.threads[at].files.extend(files);
            }
            5 | 6 if !open.is_empty() => {
                let at = any(&mut self.dice);
                self.world.forum.close(self.threads[at].topic).unwrap();
                self.threads[at].end = Some(End::Closed);
            }
            7 if !open.is_empty() => {
                let at = any(&mut self.dice);
                let Told { topic, customer, .. } = self.threads[at];
                self.world.forum.reply(customer.username, topic, REMOVAL_REQUEST, Vec::new()).await.unwrap();
                self.threads[at].end = Some(End::Asked);
            }
            _ => {}
        }
    }

    async fn new_thread(&mut self) {
        let customer = CUSTOMERS[usize::try_from(self.dice.below(CUSTOMERS.len() as u64)).unwrap()];
        let files = self.new_files(3);
        let title = format!("Case {} (ref {})", self.threads.len(), canary::TITLE);
        let body = format!("It stops. Our number is {}.", canary::POST);
        let attached = files.iter().map(Sent::file).collect();
        let topic = self.world.forum.private_thread(customer.username, &["support"], &title, &body, attached);
        let topic = topic.await.unwrap();
        self.threads.push(Told { topic, customer, files, end: None });
    }

    fn new_files(&mut self, most: u64) -> Vec<Sent> {
        let count = 1 + self.dice.below(most);
        (0..count)
            .map(|_| {
                self.sent += 1;
                let size = if self.dice.below(6) == 0 { 3 << 20 } else { 200_000 };
                let size = 1000 + usize::try_from(self.dice.below(size)).unwrap();
                Sent { name: format!("{}-{}.log", canary::FILE_NAME, self.sent), seed: self.dice.next() | 1, size }
            })
            .collect()
    }

    /// The desk is started a last time and left alone until nothing more is to be done.
    async fn end(self) {
        let killed_for = self.began.elapsed();
        let clock = PracticeClock::flowing();
        let desk = Desk::open(self.places.clone(), options(Arc::new(clock.clone()))).await.unwrap();
        let compared = desk.reconcile().await.unwrap();
        assert_eq!(compared.lost, 0);
        settle(&desk, &clock).await;
        desk.unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();

        let cases = self.cases(&desk).await;
        let mut counted = BTreeMap::<&str, u64>::new();
        for told in &self.threads {
            let files = cases.get(&told.topic.0).map_or(&[][..], |(_, files)| files);
            assert_eq!(files.len(), told.files.len(), "each file of thread {} is one file of its case", told.topic);
            for sent in &told.files {
                let held = files.iter().find(|held| held.name == sent.name).expect("every file is known");
                let end = match (held.state, held.refused, told.end) {
                    (StateName::Held, None, None) => {
                        let bytes = read(&desk, held.id.parse().unwrap()).await;
                        assert!(bytes == sent.content(), "{} differs from what was sent", sent.name);
                        "held and whole"
                    }
                    (StateName::Erased, None, Some(End::Closed)) => "erased, ticket closed",
                    (StateName::Erased, None, Some(End::Asked)) => "erased, customer asked",
                    (StateName::Refused, Some(Refusal::Withdrawn), Some(End::Asked)) => "withdrawn while arriving",
                    other => unreachable!("{} ended as {other:?}: {:?}", sent.name, held.problem),
                };
                *counted.entry(end).or_default() += 1;
            }
        }
        let receipts = self.check_receipts(&desk, &cases).await;
        assert!(matches!(desk.verify_chain().await.unwrap(), ChainVerdict::Whole(_)), "the chain is whole");
        assert_eq!(std::fs::read_dir(self.places.aside()).unwrap().count(), 0, "nothing was unknown");
        let events = desk.head().await.unwrap();
        self.check_backup(&desk).await;
        desk.close().await;
        self.check_restored(&cases, &clock).await;
        assert_eq!(self.marks.in_folder(self.places.root()).unwrap(), []);
        let duplicates: u64 = CUSTOMERS.iter().map(|person| self.world.mail.duplicates(person.email)).sum();
        println!(
            "{} kills in {killed_for:.1?}, {} of them in the middle of a seal; {} threads, {} files: {counted:?}; \
             {receipts} receipts, {duplicates} letters came twice; {events} events, the chain is whole; all in {:.1?}",
            self.lives,
            self.cut_seals,
            self.threads.len(),
            self.sent,
            self.began.elapsed(),
        );
    }

    /// The backup has what is held, and nothing of what is erased.
    async fn check_backup(&self, desk: &Desk) {
        let backups = desk.backups().await.unwrap();
        assert_eq!(backups[0].standing, BackupStanding::Current, "{:?}", backups[0].problem);
        let held: BTreeSet<_> = desk
            .files()
            .await
            .unwrap()
            .into_iter()
            .filter(|file| file.state == StateName::Held)
            .map(|file| file.id)
            .collect();
        assert_eq!(sealed_below(&self.backup()), held, "what is held lies there, and nothing else");
    }

    /// A new machine has what is held, opens nothing of what is erased, and its chain goes on from ours.
    async fn check_restored(&self, cases: &BTreeMap<i64, (CaseId, Vec<FileView>)>, clock: &PracticeClock) {
        let from = RestoreFrom { folder: self.backup(), more_journals: Vec::new(), kit: self.kit.again() };
        let places = Places::under(self.folder.path().join("restored")).unwrap();
        let passphrase = || PRACTICE_PASSPHRASE.into();
        let restored =
            Desk::restore(places, KeyStore::KeyFile, from, passphrase(), options(Arc::new(clock.clone())), &Silent);
        let (desk, _) = restored.await.unwrap();
        desk.unlock(passphrase()).await.unwrap();
        for told in &self.threads {
            for sent in &told.files {
                let held = cases[&told.topic.0].1.iter().find(|held| held.name == sent.name).unwrap();
                let id = held.id.parse().unwrap();
                match held.state {
                    StateName::Held => {
                        assert!(read(&desk, id).await == sent.content(), "{} came back whole", sent.name)
                    }
                    _ => assert!(desk.open_file(id).await.is_err(), "{} came back", sent.name),
                }
            }
        }
        assert!(matches!(desk.verify_chain().await.unwrap(), ChainVerdict::Whole(_)), "its chain is whole");
        desk.close().await;
    }

    /// Every case with its files, by its thread.
    async fn cases(&self, desk: &Desk) -> BTreeMap<i64, (CaseId, Vec<FileView>)> {
        let mut cases = BTreeMap::new();
        for row in desk.cases().await.unwrap() {
            let id = row.id.parse().unwrap();
            let view = desk.case(id).await.unwrap();
            assert!(cases.insert(view.topic, (id, view.files)).is_none(), "a thread is one case");
        }
        cases
    }

    /// One first receipt for every erased file, one letter for every receipt, and each verifies.
    async fn check_receipts(&self, desk: &Desk, cases: &BTreeMap<i64, (CaseId, Vec<FileView>)>) -> usize {
        let key = public_key_from_pem(&desk.public_key_pem().unwrap()).unwrap();
        let mut attested = BTreeSet::new();
        let mut letters = BTreeMap::<&str, BTreeSet<String>>::new();
        let receipts = desk.receipts().await.unwrap();
        for row in &receipts {
            assert_eq!(row.follows, None, "the forum still has its copies");
            assert_eq!(row.standing, ReceiptStanding::Sent);
            let file = desk.receipt_file(row.id.parse().unwrap()).await.unwrap();
            let envelope: Envelope = serde_json::from_str(file.reveal()).unwrap();
            for file in verify(&envelope, &key).unwrap().files {
                assert!(attested.insert(file.id.to_string()), "a second receipt for {}", file.id);
            }
            let customer = self.customer_of(&row.case, cases);
            letters.entry(customer.email).or_default().insert(row.id.clone());
        }
        for person in CUSTOMERS {
            let receipt_of =
                |id: &str| id.strip_prefix("receipt.").and_then(|id| id.split_once('@')).map(|(id, _)| id.to_owned());
            let got = self.world.mail.letters(person.email);
            let got: BTreeSet<_> = got.iter().map(|letter| receipt_of(&letter.message_id).unwrap()).collect();
            let expected = letters.remove(person.email).unwrap_or_default();
            assert_eq!(got, expected, "one letter for each receipt");
        }
        let erased = cases.values().flat_map(|(_, files)| files).filter(|file| file.state == StateName::Erased);
        assert_eq!(attested, erased.map(|file| file.id.clone()).collect(), "every erased file has its receipt");
        receipts.len()
    }

    fn customer_of(&self, case: &str, cases: &BTreeMap<i64, (CaseId, Vec<FileView>)>) -> Person {
        let (topic, _) = cases.iter().find(|(_, (id, _))| id.to_string() == case).unwrap();
        self.threads.iter().find(|told| told.topic.0 == *topic).unwrap().customer
    }
}

/// Rounds until nothing changes and nothing waits, for so many of them that every ticket was read: a round reads only some,
/// and a closing is not announced. The clock moves on, so that no second attempt is waited for.
async fn settle(desk: &Desk, clock: &PracticeClock) {
    let plan = desk.forum_plan().await.unwrap();
    let until_all_are_read = plan.watched.div_ceil(plan.each_round.max(1)) + 1;
    let mut quiet = 0;
    for _ in 0..40 + 4 * until_all_are_read {
        let round = desk.round(&Silent).await;
        let waits = |state| matches!(state, StateName::Arriving | StateName::Due | StateName::Erasing);
        let under_way = desk.files().await.unwrap().iter().filter(|file| waits(file.state)).count();
        let unsent =
            desk.receipts().await.unwrap().iter().filter(|row| row.standing == ReceiptStanding::Waiting).count();
        let done = round.sealed + round.decided + round.erased + round.sent == 0;
        let is_quiet = done && round.problems.is_empty() && under_way + unsent == 0;
        quiet = if is_quiet { quiet + 1 } else { 0 };
        if quiet > until_all_are_read {
            return;
        }
        clock.advance(SignedDuration::from_mins(10));
    }
    let plan = desk.plan().await.unwrap();
    unreachable!("it does not settle: {:#?}\n{plan:#?}", desk.view().await.unwrap().jobs);
}

async fn read(desk: &Desk, file: FileId) -> Vec<u8> {
    let mut body = desk.open_file(file).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = body.next().await.unwrap() {
        bytes.extend_from_slice(&piece);
    }
    bytes
}

/// The ids of the sealed files anywhere below a folder.
fn sealed_below(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.append(&mut sealed_below(&entry));
        } else if entry.extension().is_some_and(|kind| kind == "age") && entry.parent().unwrap().ends_with("sealed") {
            found.insert(entry.file_stem().unwrap().to_string_lossy().into_owned());
        }
    }
    found
}

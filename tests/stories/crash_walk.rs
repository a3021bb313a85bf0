//! The crash walk over everything: each flow dies at each of its writes, before the write and after it, or finds the disk full
//! there; then the machine starts again, reconciles and goes on. Nothing may be lost, come back, be attested before its proof or be attested twice.
//!
//! Every port is in memory here, so that each write of ledger, strongroom, keychain, backup, forum and mail is a point. The same walk
//! over the real disk is in `crates/vault/tests`, with the real program in `crates/cli/tests/kills.rs`.

#![expect(clippy::expect_used, clippy::panic, reason = "a walk stops at the first broken promise")]

use std::{collections::BTreeSet, sync::Arc};

use custody_core::{
    SignedDuration,
    case::TopicId,
    event::{Actor, EventKind},
    flow::{self, FlowError, Policy, Silent},
    held_file::{HeldFile, State, StateName},
    id::{FileId, PersonId},
    period::Period,
    ports::{Clock as _, Ports},
    viewing_copy::Ended,
};
use custody_story_kit::memory::{Cut, MemoryTarget, MemoryWorld, There, policy};

const PERSON: PersonId = PersonId::from_bytes([9; 16]);

/// A flow that is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    Intake,
    DropFolder,
    ViewingCopy,
    Backup,
    Sweep,
    Erase,
    Rotate,
    Deliver,
    Restore,
}

const ALL: [Flow; 9] = [
    Flow::Intake,
    Flow::DropFolder,
    Flow::ViewingCopy,
    Flow::Backup,
    Flow::Sweep,
    Flow::Erase,
    Flow::Rotate,
    Flow::Deliver,
    Flow::Restore,
];

struct Desk {
    world: MemoryWorld,
    ports: Ports,
    policy: Policy,
    target: Arc<MemoryTarget>,
    /// A copy of the backup from before anything was erased.
    old: Option<There>,
}

impl Desk {
    /// Three cases: one whose customer asked, one that is closed, one that stays open.
    fn new() -> Self {
        let mut world = MemoryWorld::default();
        let target = Arc::new(MemoryTarget::new(world.power.clone(), world.strongroom.clone()));
        world.backups.push(target.clone());
        let ports = world.ports();
        let now = world.clock.now();
        for topic in 1..=3 {
            let content = format!("content of topic {topic}").into_bytes();
            world.forum.customer_posts(topic, "It crashes.", Some(content), now);
        }
        Self { world, ports, policy: Policy { longest_lease: Period::days(20), ..policy() }, target, old: None }
    }

    /// Everything up to the flow that is walked.
    async fn live_until(&mut self, walked: Flow) {
        if walked == Flow::Intake {
            return;
        }
        self.step(Flow::Intake).await.expect("files come in");
        self.save_into_drop_folder().await;
        if walked == Flow::DropFolder {
            return;
        }
        self.step(Flow::DropFolder).await.expect("a saved file comes in");
        if matches!(walked, Flow::ViewingCopy | Flow::Backup) {
            return;
        }
        let viewed = self.first_file();
        let long = Period::days(20);
        let made = flow::viewing::make_copy(&self.ports, &self.policy, viewed, PERSON, long, "a crash".into()).await;
        made.expect("a copy is made");
        self.world.strongroom.leave_beside_copies();
        self.step(Flow::Backup).await.expect("the backup is made");
        self.old = Some(self.target.copy_of_all());
        let now = self.world.clock.now();
        self.world.forum.customer_posts(1, "Please erase my files.", None, now);
        self.world.forum.change(2, |thread| thread.closed = true);
        flow::intake::discover(&self.ports, &self.policy).await.expect("the request is read");
        flow::watch::watch(&self.ports, &self.policy).await.expect("the ticket is read");
        flow::sweep::sweep(&self.ports, &self.policy, None).await.expect("what is closed is due");
        self.world.clock.move_by(SignedDuration::from_hours(24 * 4));
        if walked == Flow::Sweep {
            return;
        }
        self.step(Flow::Sweep).await.expect("grace is over");
        if matches!(walked, Flow::Erase | Flow::Rotate) {
            return;
        }
        self.step(Flow::Erase).await.expect("the files are erased");
        if walked == Flow::Deliver {
            return;
        }
        self.step(Flow::Deliver).await.expect("the receipts are sent");
    }

    async fn step(&self, walked: Flow) -> Result<(), FlowError> {
        let (ports, policy) = (&self.ports, &self.policy);
        match walked {
            Flow::Intake => {
                flow::intake::discover(ports, policy).await?;
                flow::intake::receive(ports, policy, &Silent).await?;
            }
            Flow::DropFolder => drop(flow::drop_folders::take_in(ports, policy, &Silent).await?),
            Flow::ViewingCopy => {
                let (file, hour) = (self.first_file(), Period::hours(1));
                let (copy, _) = flow::viewing::make_copy(ports, policy, file, PERSON, hour, "a crash".into()).await?;
                self.world.strongroom.leave_beside_copies();
                flow::viewing::tend(ports).await?;
                flow::viewing::end(ports, copy, Ended::Done).await?;
            }
            Flow::Backup => {
                flow::backup::copy(ports, &Silent).await?;
                flow::backup::settle(ports).await?;
            }
            Flow::Sweep => drop(flow::sweep::sweep(ports, policy, None).await?),
            Flow::Erase => {
                flow::erase::erase(ports, policy).await?;
                flow::backup::settle(ports).await?;
            }
            Flow::Rotate => flow::erase::rotate(ports).await?,
            Flow::Deliver => drop(flow::deliver::deliver(ports, policy).await?),
            Flow::Restore => self.restore().await?,
        }
        Ok(())
    }

    /// A new machine out of the old copy, with the journal of today.
    async fn restore(&self) -> Result<(), FlowError> {
        let copy = self.old.as_ref().expect("a copy was made");
        self.target.restore(copy, &self.world.ledger);
        let wrap_anew = async |wraps, epoch| self.ports.strongroom.rewrap(wraps, epoch).await;
        flow::restore::begin_anew(&self.ports, &self.target.journal(), Actor::Desk, wrap_anew).await?;
        for file in self.ports.ledger.files_in(&[StateName::Held, StateName::Due]).await? {
            self.target.bring(copy, file.id());
        }
        Ok(())
    }

    async fn save_into_drop_folder(&self) {
        let case = self.ports.ledger.case_of_topic("memory", TopicId(3)).await.expect("a ledger").expect("a case");
        self.ports.drop_folders.make(case.id).await.expect("a folder");
        assert!(self.world.drop_folders.save(case.id, "dump.zip", b"saved by staff".to_vec()));
    }

    fn first_file(&self) -> FileId {
        let files = self.world.ledger.all_files();
        files.iter().find(|file| file.is_in_strongroom()).expect("a file is held").id()
    }

    /// What a desk does after a crash, until nothing more is to do.
    async fn go_on(&self, walked: Flow) {
        self.world.power.restore();
        // A restore that was cut short is begun anew; every other flow is finished by the start and the rounds.
        if walked == Flow::Restore {
            self.restore().await.expect("a restore can be begun anew");
        }
        let (ports, policy) = (&self.ports, &self.policy);
        let found = flow::reconcile::at_start(ports).await.expect("a desk starts after any crash");
        assert_eq!((found.lost, found.unknown), (0, 0), "{walked:?}");
        for _ in 0..3 {
            self.world.clock.move_by(SignedDuration::from_hours(24 * 4));
            for step in [Flow::Intake, Flow::DropFolder] {
                self.step(step).await.expect("a round goes through");
            }
            flow::watch::watch(ports, policy).await.expect("a round goes through");
            flow::viewing::tend(ports).await.expect("leases end");
            for step in [Flow::Sweep, Flow::Erase, Flow::Deliver, Flow::Backup] {
                self.step(step).await.expect("a round goes through");
            }
            self.check();
        }
        for closed in [1, 2] {
            let opened = self.opens(&format!("content of topic {closed}"));
            let asked = walked as usize >= Flow::Backup as usize && walked != Flow::Backup;
            assert_eq!(opened.is_empty(), asked, "topic {closed} after {walked:?}");
        }
        assert_eq!(self.opens("content of topic 3").len(), 1, "what nobody asked for is kept, once, after {walked:?}");
    }

    /// The files that open to this content.
    fn opens(&self, content: &str) -> Vec<FileId> {
        let wraps = self.world.ledger.stored_wraps();
        let files = self.world.ledger.all_files();
        files
            .iter()
            .map(HeldFile::id)
            .filter(|id| self.world.strongroom.opens(*id, &wraps).is_some_and(|bytes| bytes == content.as_bytes()))
            .collect()
    }

    fn check(&self) {
        let copies = self.world.ledger.all_copies();
        for copy in self.world.strongroom.copies() {
            let row = copies.iter().find(|row| row.id == copy);
            assert!(row.is_some_and(|row| row.ended.is_none()), "a viewing copy lies there that no row tells of");
        }
        let (ledger, events) = (&self.world.ledger, self.world.ledger.all_events());
        let (receipts, letters) = (ledger.all_receipts(), self.world.mail.received());
        let erased: BTreeSet<FileId> = ledger
            .all_files()
            .iter()
            .filter(|file| file.state().name() == StateName::Erased)
            .map(HeldFile::id)
            .collect();
        for file in ledger.all_files() {
            match file.state() {
                State::Lost { .. } => panic!("file {} was lost", file.id()),
                State::Erased { .. } => assert!(
                    ledger.stored_wraps().iter().all(|wrap| wrap.file != file.id()),
                    "a wrap of an erased file is left"
                ),
                _ => {}
            }
            let first = receipts.iter().filter(|row| row.follows.is_none() && row.files.contains(&file.id())).count();
            assert!(first <= 1, "a second receipt for file {}", file.id());
            assert!(first == 0 || erased.contains(&file.id()), "a receipt before the proof of file {}", file.id());
            let before = events.iter().any(|event| {
                matches!(event.kind, EventKind::ErasureReplayed { file: it, receipt: Some(_) } if it == file.id())
            });
            assert!(!(before && first > 0), "a second receipt after a restore for file {}", file.id());
        }
        let mut mails: Vec<_> = letters.iter().map(|letter| &letter.message_id).collect();
        mails.sort_unstable();
        mails.dedup();
        assert!(mails.len() <= 4, "at most one receipt and one follow-up for each of two cases: {}", mails.len());
    }
}

async fn writes_of(walked: Flow) -> u64 {
    let mut desk = Desk::new();
    desk.live_until(walked).await;
    let before = desk.world.power.writes();
    desk.step(walked).await.expect("a flow goes through when nothing is wrong");
    desk.world.power.writes() - before
}

#[test]
fn each_flow_may_die_at_each_of_its_writes() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        println!("{:<12} {:>6} {:>6}", "flow", "writes", "points");
        let mut points = 0;
        for walked in ALL {
            let writes = writes_of(walked).await;
            assert!(writes >= 2, "{walked:?} writes something");
            for nth in 1..=writes {
                for cut in [Cut::Before, Cut::After, Cut::Full] {
                    let mut desk = Desk::new();
                    desk.live_until(walked).await;
                    desk.world.power.cut_at(nth, cut);
                    // What the flow says of its own death is nobody's to hear.
                    drop(desk.step(walked).await);
                    assert_eq!(desk.world.power.is_off(), cut != Cut::Full, "{walked:?} met no cut at write {nth}");
                    desk.go_on(walked).await;
                    points += 1;
                }
            }
            println!("{:<12} {writes:>6} {:>6}", format!("{walked:?}"), writes * 3);
        }
        println!("{points} points tried: 0 lost, 0 resurrected, 0 receipts before proof, 0 second receipts");
    });
}

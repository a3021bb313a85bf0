//! The drill: a canary is taken through intake, backup, restore and erasure on scratch desks, on the disk of this desk and at the
//! very place of its backup; then the desk's own backup is looked at.

use std::{path::PathBuf, sync::Arc};

use custody_core::{
    Private,
    event::{Actor, EventKind},
    flow::{
        Policy, Silent, backup,
        drill::{self, Drilled},
        erase, intake, sweep, watch,
    },
    id::FileId,
    period::Period,
    ports::{ChainVerdict, Clock, Fault, Found, PortError, Ports},
    retention::{Applies, ForumCopyRule, RetentionRule, RuleBook, Rules, StartPoint},
    transition::Transition,
};
use custody_vault::{
    Backup, OsChance, Places, RecoveryKit, WorkFactor,
    disk::{Disk, copy_all, remove_all},
};
use tracing::info;

use super::{Desk, DeskOptions, RestoreFrom, drill_canary::Canary};
use crate::{
    DeskError, KeyStore, Passphrase, Result,
    settings::BackupSetting,
    views::{BackupStanding, DrillStep, DrillStepView, DrillView},
};

/// Its name in the folder of the backup, and in that of the desk.
const SCRATCH: &str = "custody-drill";

impl Desk {
    /// Runs the drill with a backup. With the recovery kit, the backup's own state is opened too, and its ledger walked.
    ///
    /// What was found is recorded. Nothing of the desk itself is changed.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for a backup that is not connected; faults of the ledger. What a step meets is in the view.
    pub async fn drill(&self, name: &str, kit: Option<&RecoveryKit>) -> Result<DrillView> {
        let setting = self.settings().backups.into_iter().find(|backup| backup.name == name);
        let setting = setting.ok_or_else(super::acting::not_found)?;
        let mut steps = Steps(Vec::new());
        let scratch = Scratch {
            disk: self.0.vault.disk(),
            clock: self.0.desk_clock.clone(),
            person: self.0.person.clone(),
            here: self.places().root().join(SCRATCH),
            there: setting.folder.join(SCRATCH),
        };
        // What an earlier one left that was cut short.
        let played = match scratch.clear().await {
            Ok(()) => play(&scratch, &mut steps).await,
            Err(error) => Err((DrillStep::BackedUp, error)),
        };
        // Whatever came of it, nothing stays.
        let cleared = scratch.clear().await.during(DrillStep::NotBroughtBack);
        if let Err((step, error)) = played.and(cleared) {
            steps.failed(step, &error);
        }
        self.look_at_own_backup(&setting, kit, &mut steps).await?;
        let passed = steps.0.iter().all(|step| step.problem.is_none());
        let person = Actor::Person(self.person().await?);
        let now = self.now();
        let kind = EventKind::DrillDone { target: setting.name.clone(), passed, canary: Canary::BYTES };
        let event = custody_core::event::Event { at: now, actor: person, kind };
        self.commit(Transition::event_only(event)).await?;
        let drilled = Drilled { at: now, target: setting.name.clone(), passed };
        drill::keep(&self.wired().ports, &drilled).await?;
        info!(passed, "desk.drill");
        Ok(DrillView { target: setting.name, at: now.to_string(), passed, steps: steps.0 })
    }

    async fn look_at_own_backup(
        &self,
        setting: &BackupSetting,
        kit: Option<&RecoveryKit>,
        steps: &mut Steps,
    ) -> Result<()> {
        // What came in since the last pass is no fault of the backup.
        self.back_up(&Silent).await;
        let found = self.backups().await?.into_iter().find(|backup| backup.name == setting.name);
        match found {
            Some(found) if found.standing == BackupStanding::Current => steps.passed(DrillStep::OwnIsCurrent),
            Some(found) => steps.0.push(DrillStepView {
                step: DrillStep::OwnIsCurrent,
                problem: Some(found.problem.unwrap_or_else(|| crate::problem::problem(Fault::BackupDamaged))),
            }),
            None => return Err(super::acting::not_found()),
        }
        let Some(kit) = kit else { return Ok(()) };
        let opened = async {
            let chosen = setting.folder.join(format!("custody-{}", self.0.vault.desk()));
            let backup = Backup::find(self.0.vault.disk(), chosen).await?;
            let (state, mut ledger) = backup.open(kit).await?;
            backup.journal(&state).await?;
            // To its end: only then is all of it known to be what was written.
            while ledger.next().await?.is_some() {}
            Ok::<_, PortError>(())
        };
        match opened.await {
            Ok(()) => steps.passed(DrillStep::KitOpens),
            Err(error) => steps.failed(DrillStep::KitOpens, &error.into()),
        }
        Ok(())
    }
}

struct Steps(Vec<DrillStepView>);

impl Steps {
    fn passed(&mut self, step: DrillStep) {
        self.0.push(DrillStepView { step, problem: None });
    }

    fn failed(&mut self, step: DrillStep, error: &DeskError) {
        self.0.push(DrillStepView { step, problem: Some(error.problem()) });
    }
}

struct Scratch {
    disk: Arc<dyn Disk>,
    clock: Arc<dyn Clock>,
    person: Private<String>,
    here: PathBuf,
    there: PathBuf,
}

impl Scratch {
    async fn clear(&self) -> Result<()> {
        for folder in [&self.here, &self.there] {
            remove_all(self.disk.clone(), folder.clone()).await?;
        }
        Ok(())
    }

    fn options(&self) -> DeskOptions {
        DeskOptions {
            clock: self.clock.clone(),
            work_factor: WorkFactor::PRACTICE,
            person: self.person.clone(),
            disk: self.disk.clone(),
            ..DeskOptions::default()
        }
    }

    /// A scratch desk's places. Its keys lie in a file beside it and go with it: the keychain is for desks that stay.
    fn places(&self, name: &str) -> Result<Places> {
        Ok(Places::under(self.here.join(name))?)
    }

    async fn restore(&self, name: &str, from: PathBuf, more_journals: Vec<PathBuf>, kit: &RecoveryKit) -> Result<Desk> {
        let from = RestoreFrom { folder: from, more_journals, kit: kit.again() };
        let (places, options) = (self.places(name)?, self.options());
        let restored = Desk::restore(places, KeyStore::KeyFile, from, passphrase(), options, &Silent).await?;
        Ok(restored.0)
    }
}

fn passphrase() -> Passphrase {
    // It opens a canary.
    Passphrase::from("drill")
}

type Played<T> = std::result::Result<T, (DrillStep, DeskError)>;

/// Marks a step as the one in which an error was met.
trait During<T> {
    fn during(self, step: DrillStep) -> Played<T>;
}

impl<T, E: Into<DeskError>> During<T> for std::result::Result<T, E> {
    fn during(self, step: DrillStep) -> Played<T> {
        self.map_err(|error| (step, error.into()))
    }
}

fn not_proven() -> DeskError {
    PortError::needs_person(Fault::NotProven).into()
}

async fn play(scratch: &Scratch, steps: &mut Steps) -> Played<()> {
    use DrillStep::{BackedUp, Erased, NotBroughtBack, Restored, TakenIn};
    let canary = Arc::new(Canary::hatch(&OsChance).during(TakenIn)?);

    let first =
        Desk::create(scratch.places("first").during(TakenIn)?, KeyStore::KeyFile, passphrase(), scratch.options());
    let first = first.await.during(TakenIn)?;
    // What the clock shows is no matter here: a canary's time is over when its thread is closed.
    first.confirm_clock().await.during(TakenIn)?;
    let kit = first.make_recovery_kit().await.during(TakenIn)?;
    let setting =
        BackupSetting { name: "drill".to_owned(), folder: scratch.there.clone(), snapshots_kept: Period::ZERO };
    first.connect_backup(setting, false).await.during(TakenIn)?;
    let (ports, policy) = canary_world(&first, &canary).during(TakenIn)?;
    intake::discover(&ports, &policy).await.during(TakenIn)?;
    intake::receive(&ports, &policy, &Silent).await.during(TakenIn)?;
    let file = the_file(&ports).await.during(TakenIn)?;
    read_canary(&first, file, &canary).await.during(TakenIn)?;
    steps.passed(TakenIn);

    finish(backup::copy(&ports, &Silent).await.during(BackedUp)?).during(BackedUp)?;
    finish(backup::settle(&ports).await.during(BackedUp)?).during(BackedUp)?;
    // As somebody may keep it who copies the backup's folder now and then.
    let old = scratch.here.join("old copy");
    copy_all(scratch.disk.clone(), scratch.there.clone(), old.clone()).await.during(BackedUp)?;
    first.close().await;
    drop(ports);
    steps.passed(BackedUp);

    let second = scratch.restore("second", scratch.there.clone(), Vec::new(), &kit).await.during(Restored)?;
    read_canary(&second, file, &canary).await.during(Restored)?;
    steps.passed(Restored);

    second.confirm_clock().await.during(Erased)?;
    canary.close();
    let (ports, policy) = canary_world(&second, &canary).during(Erased)?;
    watch::watch(&ports, &policy).await.during(Erased)?;
    // The first pass marks it due, the second finds its grace over.
    for _ in 0..2 {
        sweep::sweep(&ports, &policy, None).await.during(Erased)?;
    }
    erase::erase(&ports, &policy).await.during(Erased)?;
    finish(backup::settle(&ports).await.during(Erased)?).during(Erased)?;
    must_be_gone(&second, file).await.during(Erased)?;
    let receipts = ports.ledger.receipts(0, 2).await.during(Erased)?;
    if receipts.len() != 1 || !receipts[0].complete {
        return Err((Erased, not_proven()));
    }
    second.close().await;
    drop(ports);
    steps.passed(Erased);

    let newest = scratch.restore("third", scratch.there.clone(), Vec::new(), &kit).await.during(NotBroughtBack)?;
    must_be_gone(&newest, file).await.during(NotBroughtBack)?;
    newest.close().await;
    let journals = vec![scratch.there.clone()];
    let oldest = scratch.restore("fourth", old, journals, &kit).await.during(NotBroughtBack)?;
    must_be_gone(&oldest, file).await.during(NotBroughtBack)?;
    oldest.close().await;
    steps.passed(NotBroughtBack);
    Ok(())
}

/// The desk's own ports, with the canary in the place of forum and tracker. No letter leaves.
fn canary_world(desk: &Desk, canary: &Arc<Canary>) -> Result<(Ports, Policy)> {
    let wired = desk.wired();
    let ports =
        Ports { forum: canary.clone(), tracker: canary.clone(), postbox: None, mailbox: None, ..wired.ports.clone() };
    let rule = RetentionRule {
        name: "drill".to_owned(),
        applies: Applies::default(),
        start: StartPoint::TicketClosed,
        period: Period::ZERO,
        grace: Period::ZERO,
        ceiling: Some(Period::days(1)),
        request_grace: Period::ZERO,
        forum_copy: ForumCopyRule::Leave,
    };
    let rules = Rules::new(RuleBook { products: Vec::new(), rules: vec![rule] })
        .map_err(crate::settings::SettingsError::from)?;
    Ok((ports, Policy { rules, notice: false, kit_first: false, ..wired.policy.clone() }))
}

fn finish(tally: custody_core::flow::Tally) -> Result<()> {
    match tally.fault {
        Some(fault) => Err(PortError::try_again(fault).into()),
        None => Ok(()),
    }
}

async fn the_file(ports: &Ports) -> Result<FileId> {
    let held = ports.ledger.files_in(&[custody_core::held_file::StateName::Held]).await?;
    held.first().map(custody_core::held_file::HeldFile::id).ok_or_else(not_proven)
}

async fn read_canary(desk: &Desk, file: FileId, canary: &Canary) -> Result<()> {
    let mut body = desk.open_file(file).await?;
    let mut read = Vec::new();
    while let Some(piece) = body.next().await? {
        read.extend_from_slice(&piece);
    }
    if canary.is(&read) { Ok(()) } else { Err(PortError::needs_person(Fault::Damaged).into()) }
}

/// Neither sealed bytes nor a key are left of it, and the chain is whole.
async fn must_be_gone(desk: &Desk, file: FileId) -> Result<()> {
    let ports = desk.wired().ports.clone();
    let is_whole = matches!(desk.verify_chain().await?, ChainVerdict::Whole(_));
    let is_gone = ports.strongroom.look(file).await? == Found::Nothing && ports.ledger.wraps(file).await?.is_empty();
    if is_whole && is_gone && desk.open_file(file).await.is_err() { Ok(()) } else { Err(not_proven()) }
}

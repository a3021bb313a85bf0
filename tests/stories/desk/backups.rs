//! Backups honour erasure: what is held is kept twice, what is erased comes back from nowhere.

use std::path::{Path, PathBuf};

use custody_core::{
    Timestamp,
    flow::Silent,
    id::{CaseId, FileId},
    location::{Location, LocationState},
    period::Period,
    ports::Fault,
};
use custody_desk::{
    Desk, KeyStore, Places, RecoveryKit, RestoreFrom,
    settings::BackupSetting,
    views::{BackupStanding, DrillStep, RestoredView},
};
use custody_practice::scenario::{CAROLA, OWEN};

use crate::support::{Stage, options_of};

const NAME: &str = "second disk";
const NEW_PASSPHRASE: &str = "a new one";

/// A stage with a recovery kit and a backup in a folder beside its desk.
struct Kept {
    stage: Stage,
    kit: RecoveryKit,
}

impl Kept {
    async fn demo() -> Self {
        Self::with(Period::ZERO).await
    }

    async fn with(snapshots_kept: Period) -> Self {
        let stage = Stage::demo().await;
        let kit = stage.desk().make_recovery_kit().await.unwrap();
        let kept = Self { stage, kit };
        let setting = BackupSetting { name: NAME.to_owned(), folder: kept.target(), snapshots_kept };
        kept.stage.desk().connect_backup(setting, false).await.unwrap();
        kept
    }

    fn folder(&self) -> &Path {
        self.stage.folder.path()
    }

    fn target(&self) -> PathBuf {
        self.folder().join("backup")
    }

    /// A copy of the backup as it is now, as somebody makes one who copies folders.
    fn copy(&self, name: &str) -> PathBuf {
        let to = self.folder().join(name);
        copy_folder(&self.target(), &to);
        to
    }

    /// Restores into a folder of its own, with the journals of these other copies too.
    async fn restore(&self, from: PathBuf, journals: Vec<PathBuf>) -> (Desk, RestoredView) {
        self.try_restore(from, journals, &self.kit).await.unwrap()
    }

    async fn try_restore(
        &self,
        from: PathBuf,
        more_journals: Vec<PathBuf>,
        kit: &RecoveryKit,
    ) -> custody_desk::Result<(Desk, RestoredView)> {
        let places = Places::under(self.folder().join("restored")).unwrap();
        let from = RestoreFrom { folder: from, more_journals, kit: kit.again() };
        let options = options_of(&self.stage.practice.world.clock);
        Desk::restore(places, KeyStore::KeyFile, from, NEW_PASSPHRASE.into(), options, &Silent).await
    }

    async fn case(&self, name: &str) -> CaseId {
        self.stage.case_of(name).await
    }

    async fn first_file(&self, name: &str) -> FileId {
        self.stage.files(self.case(name).await).await[0].id.parse().unwrap()
    }

    /// Whether anything of this file lies in the backup.
    fn is_backed_up(&self, file: FileId) -> bool {
        is_below(&self.target(), &format!("{file}."))
    }

    async fn standing(&self) -> BackupStanding {
        let backups = self.stage.desk().backups().await.unwrap();
        assert_eq!(backups.len(), 1);
        backups[0].standing
    }

    /// Closes the thread of this customer, and lets grace pass.
    async fn close_and_wait(&self, customer: custody_practice::scenario::Person) {
        self.stage.practice.world.forum.close(self.stage.topic(customer)).unwrap();
        self.stage.round().await;
        self.stage.days(4);
    }

    /// Takes the disk away and lets Carola's files be erased; gives where the disk is.
    async fn erase_while_the_disk_is_away(&self) -> PathBuf {
        let away = self.folder().join("unplugged");
        std::fs::rename(self.target(), &away).unwrap();
        self.stage.practice.world.forum.close(self.stage.topic(CAROLA)).unwrap();
        self.stage.round_with(Fault::BackupUnreachable).await;
        self.stage.days(4);
        self.stage.round_with(Fault::BackupUnreachable).await;
        away
    }

    async fn backup_states(&self, name: &str) -> Vec<LocationState> {
        let mut receipts = self.stage.receipts(self.case(name).await).await;
        let last = receipts.pop().unwrap();
        let statement = self.stage.statement(last.id.parse().unwrap()).await;
        let proofs = statement.files.iter().flat_map(|file| &file.locations);
        proofs.filter(|proof| matches!(proof.location, Location::Backup { .. })).map(|proof| proof.state).collect()
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn is_below(folder: &Path, beginning: &str) -> bool {
    std::fs::read_dir(folder).unwrap().map(Result::unwrap).any(|entry| {
        entry.file_name().to_string_lossy().starts_with(beginning)
            || (entry.file_type().unwrap().is_dir() && is_below(&entry.path(), beginning))
    })
}

async fn read(desk: &Desk, file: FileId) -> custody_desk::Result<Vec<u8>> {
    let mut body = desk.open_file(file).await?;
    let mut bytes = Vec::new();
    while let Some(piece) = body.next().await? {
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_is_in_the_backup_after_a_round_and_what_is_erased_is_not() {
    let kept = Kept::demo().await;
    kept.stage.round().await;
    assert_eq!(kept.standing().await, BackupStanding::Current);
    let file = kept.first_file(CAROLA.name).await;
    assert!(kept.is_backed_up(file));
    kept.close_and_wait(CAROLA).await;
    kept.stage.round().await;
    assert!(!kept.is_backed_up(file), "an erased file leaves the backup with the erasure");
    let states = kept.backup_states(CAROLA.name).await;
    assert!(!states.is_empty() && states.iter().all(|state| *state == LocationState::ErasedVerified), "{states:?}");
    let states_there = std::fs::read_dir(kept.target()).unwrap().map(|entry| entry.unwrap().path()).next().unwrap();
    let states: Vec<_> = std::fs::read_dir(states_there)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("state"))
        .collect();
    assert_eq!(states.len(), 1, "an older state holds a destroyed key");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_machine_opens_every_held_file_with_the_kit_and_a_new_passphrase() {
    let kept = Kept::demo().await;
    kept.stage.round().await;
    let file = kept.first_file(CAROLA.name).await;
    let content = kept.stage.read(file).await;
    let head = kept.stage.desk().head().await.unwrap();
    let (desk, view) = kept.restore(kept.target(), Vec::new()).await;
    assert_eq!((view.missing, view.erased_again), (0, 0));
    assert!(view.files > 1 && desk.head().await.unwrap() > head, "the chain goes on where it was");
    assert_eq!(read(&desk, file).await.unwrap(), content);
    assert_eq!(
        desk.public_key_pem().unwrap(),
        kept.stage.desk().public_key_pem().unwrap(),
        "receipts verify as before"
    );
    desk.lock().await.unwrap();
    let old = desk.unlock(custody_practice_desk::PRACTICE_PASSPHRASE.into()).await.unwrap_err();
    assert_eq!(old.fault(), Fault::WrongPassphrase);
    desk.unlock(NEW_PASSPHRASE.into()).await.unwrap();
    assert_eq!(read(&desk, file).await.unwrap(), content);
    assert!(matches!(desk.verify_chain().await.unwrap(), custody_core::ports::ChainVerdict::Whole(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_file_comes_back_from_no_copy_however_old() {
    let kept = Kept::demo().await;
    kept.stage.round().await;
    let old = kept.copy("old");
    let (erased, held) = (kept.first_file(CAROLA.name).await, kept.first_file(OWEN.name).await);
    kept.close_and_wait(CAROLA).await;
    kept.stage.round().await;
    let letters = kept.stage.letters(CAROLA).len();
    assert_eq!(letters, 1);

    let (desk, view) = kept.restore(old, vec![kept.target()]).await;
    assert!(view.erased_again > 0, "{view:?}");
    assert!(read(&desk, erased).await.is_err(), "the journal was replayed before anything could be opened");
    assert!(!is_below(desk.places().root(), &format!("{erased}.")), "its sealed bytes were not brought back either");
    assert!(!read(&desk, held).await.unwrap().is_empty(), "what is held opens");
    for _ in 0..3 {
        desk.round(&Silent).await;
    }
    assert!(read(&desk, erased).await.is_err(), "the forum still serves it, and it is not taken in again");
    assert_eq!(kept.stage.letters(CAROLA).len(), letters, "its receipt was sent before the restore: no second one");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_the_restored_ledger_never_saw_is_not_taken_in_again_either() {
    let kept = Kept::demo().await;
    // The backup knows nothing yet but an empty desk.
    kept.stage.desk().back_up(&Silent).await;
    let old = kept.copy("old");
    kept.stage.round().await;
    let case = kept.case(CAROLA.name).await;
    kept.close_and_wait(CAROLA).await;
    kept.stage.round().await;
    let (desk, view) = kept.restore(old, vec![kept.target()]).await;
    assert!(view.not_taken_in > 0, "{view:?}");
    desk.round(&Silent).await;
    // The case is the one it was, or its files could not be told from new ones.
    let case = desk.case(case).await.unwrap();
    assert!(!case.files.is_empty());
    let states: Vec<_> = case.files.iter().map(|file| crate::support::word(file.state)).collect();
    assert!(states.iter().all(|state| state == "refused"), "{states:?}");
    assert_eq!(kept.stage.letters(CAROLA).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_away_delays_the_receipts_completeness_and_not_the_erasure() {
    let kept = Kept::demo().await;
    kept.stage.round().await;
    let file = kept.first_file(CAROLA.name).await;
    let away = kept.erase_while_the_disk_is_away().await;
    assert!(kept.stage.desk().open_file(file).await.is_err(), "the erasure waits for nothing");
    assert_eq!(kept.standing().await, BackupStanding::Away);
    assert_eq!(kept.backup_states(CAROLA.name).await[0], LocationState::Unknown);
    assert!(!kept.target().exists(), "nothing is made where the disk was");

    std::fs::rename(&away, kept.target()).unwrap();
    assert!(kept.is_backed_up(file));
    kept.stage.round().await;
    assert!(!kept.is_backed_up(file), "it leaves the backup as soon as that is there again");
    let states = kept.backup_states(CAROLA.name).await;
    assert_eq!(states[0], LocationState::Unknown, "what a receipt says stays as it was said: {states:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follow_up_receipt_closes_the_backup_once_it_was_looked_at() {
    let kept = Kept::demo().await;
    kept.stage.round().await;
    let away = kept.erase_while_the_disk_is_away().await;
    std::fs::rename(&away, kept.target()).unwrap();
    kept.stage.practice.engineer_strips(kept.case(CAROLA.name).await).await.unwrap();
    for _ in 0..4 {
        kept.stage.practice.move_clock(jiff::SignedDuration::from_hours(24));
        kept.stage.round().await;
    }
    assert_eq!(kept.stage.receipts(kept.case(CAROLA.name).await).await.len(), 2);
    let states = kept.backup_states(CAROLA.name).await;
    assert!(states.iter().all(|state| *state == LocationState::ErasedVerified), "{states:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_says_until_when_snapshots_of_the_backup_may_hold_the_file() {
    let kept = Kept::with(Period::days(30)).await;
    kept.stage.round().await;
    kept.close_and_wait(CAROLA).await;
    kept.stage.round().await;
    let end: Timestamp = Period::days(30).after(kept.stage.now());
    assert_eq!(kept.backup_states(CAROLA.name).await[0], LocationState::ExpiresOn { date: end });
    let letter = kept.stage.letters(CAROLA).pop().unwrap();
    assert!(String::from_utf8_lossy(&letter.raw).contains("the backup on another disk"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_machine_that_was_lost_no_longer_writes_to_the_backup_of_the_restored_desk() {
    let kept = Kept::demo().await;
    kept.stage.round().await;
    let (desk, _) = kept.restore(kept.target(), Vec::new()).await;
    desk.round(&Silent).await;
    let mine = desk.backups().await.unwrap();
    assert_eq!(mine[0].standing, BackupStanding::Current);
    kept.stage.round_with(Fault::BackupTaken).await;
    let theirs = kept.stage.desk().backups().await.unwrap();
    assert_eq!(theirs[0].problem.as_ref().unwrap().code, Fault::BackupTaken);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_recovery_kit_there_is_no_backup() {
    let stage = Stage::demo().await;
    let setting = BackupSetting {
        name: NAME.to_owned(),
        folder: stage.folder.path().join("backup"),
        snapshots_kept: Period::ZERO,
    };
    let refused = stage.desk().connect_backup(setting, false).await.unwrap_err();
    assert_eq!(refused.fault(), Fault::NoRecoveryKit);
    assert!(!stage.folder.path().join("backup").exists() && stage.desk().settings().backups.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_kit_or_a_damaged_journal_restores_nothing() {
    let kept = Kept::demo().await;
    kept.stage.round().await;
    let other = kept.try_restore(kept.target(), Vec::new(), &RecoveryKit::make()).await.unwrap_err();
    assert_eq!(other.fault(), Fault::OtherKit);
    kept.close_and_wait(CAROLA).await;
    kept.stage.round().await;
    let cut = kept.copy("cut");
    let own = std::fs::read_dir(&cut).unwrap().next().unwrap().unwrap().path();
    let page = std::fs::read_dir(own.join("erasures")).unwrap().next().unwrap().unwrap().path();
    std::fs::remove_file(page).unwrap();
    let damaged = kept.try_restore(cut, Vec::new(), &kept.kit).await.unwrap_err();
    assert_eq!(damaged.fault(), Fault::BackupDamaged);
    assert!(!kept.folder().join("restored").join("ledger").exists(), "nothing was begun");
    kept.restore(kept.target(), Vec::new()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_writing_twice_a_file_is_held_only_once_the_backup_has_it() {
    let kept = Kept::demo().await;
    kept.stage.change_settings(|settings| settings.intake.write_twice = true).await;
    let away = kept.folder().join("unplugged");
    std::fs::rename(kept.target(), &away).unwrap();
    kept.stage.round_with(Fault::BackupUnreachable).await;
    let case = kept.case(CAROLA.name).await;
    assert!(kept.stage.states(case).await.iter().all(|state| state == "arriving"));
    std::fs::rename(&away, kept.target()).unwrap();
    kept.stage.hours(12);
    kept.stage.round().await;
    assert!(kept.stage.states(case).await.iter().all(|state| state == "held"));
    assert!(kept.is_backed_up(kept.first_file(CAROLA.name).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_missing_here_is_brought_back_from_the_backup() {
    let kept = Kept::demo().await;
    kept.stage.round().await;
    let file = kept.first_file(CAROLA.name).await;
    let content = kept.stage.read(file).await;
    std::fs::remove_file(kept.stage.places().sealed().join(format!("{file}.age"))).unwrap();
    let found = kept.stage.desk().reconcile().await.unwrap();
    assert_eq!((found.brought_back, found.lost), (1, 0));
    assert_eq!(kept.stage.read(file).await, content);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_kit_takes_the_place_of_the_old_one_for_every_file() {
    let kept = Kept::demo().await;
    kept.stage.round().await;
    let new = kept.stage.desk().make_recovery_kit().await.unwrap();
    kept.stage.round().await;
    let old = kept.try_restore(kept.target(), Vec::new(), &kept.kit).await.unwrap_err();
    assert_eq!(old.fault(), Fault::OtherKit);
    let (desk, _) = kept.try_restore(kept.target(), Vec::new(), &new).await.unwrap();
    assert!(!read(&desk, kept.first_file(CAROLA.name).await).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_a_backup_empties_it_but_for_the_journal() {
    let kept = Kept::demo().await;
    kept.stage.round().await;
    let file = kept.first_file(CAROLA.name).await;
    kept.stage.desk().leave_backup(NAME, false).await.unwrap();
    assert!(!kept.is_backed_up(file) && !is_below(&kept.target(), "state"));
    assert!(kept.stage.desk().backups().await.unwrap().is_empty());
    kept.close_and_wait(CAROLA).await;
    kept.stage.round().await;
    assert!(kept.backup_states(CAROLA.name).await.is_empty(), "nothing of it was there when the file was erased");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_out_of_the_settings_by_hand_keeps_receipts_open() {
    let kept = Kept::demo().await;
    kept.stage.round().await;
    kept.stage.change_settings(|settings| settings.backups.clear()).await;
    assert_eq!(kept.standing().await, BackupStanding::NotConnected);
    kept.close_and_wait(CAROLA).await;
    kept.stage.round().await;
    assert_eq!(kept.backup_states(CAROLA.name).await[0], LocationState::Unknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drill_takes_a_canary_through_everything_and_leaves_nothing() {
    let kept = Kept::demo().await;
    kept.stage.round().await;
    let cases = kept.stage.cases().await.len();
    let drill = kept.stage.desk().drill(NAME, Some(&kept.kit)).await.unwrap();
    let steps: Vec<_> = drill.steps.iter().map(|step| (step.step, step.problem.is_none())).collect();
    let all = [
        DrillStep::TakenIn,
        DrillStep::BackedUp,
        DrillStep::Restored,
        DrillStep::Erased,
        DrillStep::NotBroughtBack,
        DrillStep::OwnIsCurrent,
        DrillStep::KitOpens,
    ];
    assert_eq!(steps, all.map(|step| (step, true)), "{drill:#?}");
    assert!(drill.passed);
    let last =
        kept.stage.desk().report(kept.stage.now(), kept.stage.now()).await.unwrap().drilled.expect("the report has it");
    assert_eq!((last.at.to_string(), last.target.as_str(), last.passed), (drill.at, NAME, true));
    assert_eq!(kept.stage.cases().await.len(), cases, "the desk itself has no canary");
    assert!(!kept.target().join("custody-drill").exists());
    assert!(!kept.stage.places().root().join("custody-drill").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drill_with_another_kit_or_a_broken_backup_does_not_pass() {
    let kept = Kept::demo().await;
    kept.stage.round().await;
    let drill = kept.stage.desk().drill(NAME, Some(&RecoveryKit::make())).await.unwrap();
    let failed: Vec<_> = drill.steps.iter().filter(|step| step.problem.is_some()).map(|step| step.step).collect();
    assert_eq!(failed, [DrillStep::KitOpens]);
    std::fs::rename(kept.target(), kept.folder().join("unplugged")).unwrap();
    std::fs::write(kept.target(), b"no folder").unwrap();
    let drill = kept.stage.desk().drill(NAME, None).await.unwrap();
    assert!(!drill.passed && drill.steps[0].problem.is_some(), "{drill:#?}");
    assert!(!kept.stage.desk().view().await.unwrap().drilled.unwrap().passed, "and the window and the status say so");
}

//! A whole desk whose record is in PostgreSQL: `npm run test:peers`.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "the stories' stage has more hands than this one needs")]
#[path = "../stories/desk/support.rs"]
mod stage;
mod support;

use std::path::Path;

use custody_core::{
    flow::Silent,
    period::Period,
    ports::{ChainVerdict, Fault},
};
use custody_desk::{Desk, KeyStore, Places, RestoreFrom, settings::BackupSetting, views::FileView};
use custody_practice::scenario::{CAROLA, OWEN};
use custody_practice_desk::PRACTICE_PASSPHRASE;
use serde::Deserialize;

use crate::stage::Stage;

#[derive(Deserialize)]
struct Postgres {
    url: String,
    /// Another database of the same server: a ledger belongs to one desk.
    second: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_lives_and_ends_with_its_record_in_postgresql() {
    let address = support::peer::<Postgres>("postgres").url;
    let stage = Stage::demo().await;
    let wrong = address.replace("peerpw", "wrongpw");
    stage.desk().connect_ledger(wrong.as_str().into()).await.expect_err("the password is wrong");
    stage.desk().connect_ledger(address.as_str().into()).await.unwrap();
    let stage = stage.restart().await;
    assert!(stage.desk().settings().ledger == custody_desk::settings::LedgerSettings::Postgres);

    stage.round().await;
    let case = stage.case_of(CAROLA.name).await;
    assert_eq!(stage.states(case).await, ["held", "held", "held"]);
    stage.practice.close_ticket(case).await.unwrap();
    stage.round().await;
    stage.days(3);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased", "erased"]);
    let receipt = stage.only_receipt(case).await;
    stage.practice.customer_confirms(receipt).await.unwrap();

    // What was done stands in the database and not in this process.
    let stage = stage.restart().await;
    stage.round().await;
    assert_eq!(stage.standing(receipt).await, "confirmed");
    assert_eq!(stage.letters(CAROLA).len(), 1, "one letter");
    assert!(matches!(stage.desk().verify_chain().await.unwrap(), ChainVerdict::Whole(_)));

    // A record is not moved by halves.
    let error = stage.desk().connect_ledger(address.as_str().into()).await.unwrap_err();
    assert_eq!(error.fault(), Fault::Conflict);

    // The same desk on another machine is refused while this one is at work, and another desk for good.
    let other = Stage::demo().await;
    let error = other.desk().connect_ledger(address.as_str().into()).await.unwrap_err();
    assert_eq!(error.fault(), Fault::OtherDesk);
    let copied = tempfile::tempdir().unwrap();
    copy_folder(stage.places().root(), copied.path());
    let places = Places::under(copied.path()).unwrap();
    let options = stage::options_of(&stage.practice.world.clock);
    let error = Desk::open(places.clone(), options.clone()).await.unwrap_err();
    assert_eq!(error.fault(), Fault::InUse);
    let shut = stage.shut().await;
    Desk::open(places, options).await.unwrap().close().await;
    drop(shut);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_is_lost_and_its_record_in_postgresql_goes_on_elsewhere() {
    let address = support::peer::<Postgres>("postgres").second;
    let stage = Stage::demo().await;
    stage.desk().connect_ledger(address.as_str().into()).await.unwrap();
    let stage = stage.restart().await;
    stage.desk().unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();
    let kit = stage.desk().make_recovery_kit().await.unwrap();
    let target = stage.folder.path().join("backup");
    let setting =
        BackupSetting { name: "second disk".to_owned(), folder: target.clone(), snapshots_kept: Period::ZERO };
    stage.desk().connect_backup(setting, false).await.unwrap();
    stage.round().await;
    let (kept, gone) = (stage.case_of(OWEN.name).await, stage.case_of(CAROLA.name).await);
    let (kept, gone) = (stage.files(kept).await[0].clone(), stage.files(gone).await[0].clone());
    let old = stage.folder.path().join("a copy of the day before");
    copy_folder(&target, &old);
    stage.practice.customer_asks(stage.case_of(CAROLA.name).await).await.unwrap();
    stage.round().await;

    let options = stage::options_of(&stage.practice.world.clock);
    let folder = stage.folder.path().to_owned();
    let restore = |from: &Path, to: &str| {
        let places = Places::under(folder.join(to)).unwrap();
        let from = RestoreFrom { folder: from.to_owned(), more_journals: Vec::new(), kit: kit.again() };
        Desk::restore(places, KeyStore::KeyFile, from, "another".into(), options.clone(), &Silent)
    };
    let error = restore(&target, "elsewhere").await.unwrap_err();
    assert_eq!(error.fault(), Fault::InUse, "the machine is not lost");
    let head = stage.desk().head().await.unwrap();
    let shut = stage.shut().await;
    assert_eq!(
        restore(&old, "another").await.unwrap_err().fault(),
        Fault::BackupOld,
        "its keys open nothing of this record"
    );
    let (desk, restored) = restore(&target, "elsewhere").await.unwrap();
    assert!(restored.files > 0 && restored.missing == 0, "{restored:?}");
    assert!(desk.head().await.unwrap() > head, "the record goes on where it was");
    let opens = async |file: &FileView| desk.open_file(file.id.parse().unwrap()).await.is_ok();
    assert!(opens(&kept).await && !opens(&gone).await, "an erased file stays erased");
    assert!(matches!(desk.verify_chain().await.unwrap(), ChainVerdict::Whole(_)));
    desk.close().await;
    drop(shut);
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() {
            copy_folder(&path, &to);
        } else {
            std::fs::copy(&path, &to).unwrap();
        }
    }
}

//! What a locked desk does and does not do, and the plaintext that people look at.

use custody_core::{id::FileId, period::Period, ports::Fault};
use custody_practice::scenario::{CAROLA, OWEN};
use custody_practice_desk::PRACTICE_PASSPHRASE;

use crate::support::{HALF_AN_HOUR, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_desk_takes_in_and_erases_but_does_not_open() {
    let stage = Stage::demo().await;
    stage.desk().lock().await.unwrap();
    stage.round().await;
    let owen = stage.case_of(OWEN.name).await;
    assert_eq!(stage.states(owen).await, ["held", "held"]);
    let file: FileId = stage.files(owen).await[0].id.parse().unwrap();
    let opened = stage.desk().open_file(file).await.err().expect("a locked desk opens nothing");
    assert_eq!(opened.fault(), Fault::Locked);
    let copied = stage.desk().make_viewing_copy(file, HALF_AN_HOUR).await.unwrap_err();
    assert_eq!(copied.fault(), Fault::Locked);
    assert_eq!(copies_on_disk(&stage), 0);

    stage.practice.customer_asks(owen).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(owen).await, ["erased", "erased"]);
    assert_eq!(stage.letters(OWEN).len(), 1);

    stage.desk().unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();
    let carola = stage.case_of(CAROLA.name).await;
    let file = stage.files(carola).await[0].id.parse().unwrap();
    assert!(!stage.read(file).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewing_copy_ends_with_its_lease() {
    let (stage, file, path) = looked_at().await;
    stage.practice.world.clock.advance(jiff::SignedDuration::from_mins(29));
    stage.round().await;
    assert!(path.exists(), "the lease is half an hour");
    stage.practice.world.clock.advance(jiff::SignedDuration::from_mins(1));
    stage.round().await;
    assert_gone(&stage, file, &path).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewing_copy_ends_when_its_person_is_done_with_it() {
    let (stage, file, path) = looked_at().await;
    let copy = stage.desk().file(file).await.unwrap().viewing_copies[0].id.parse().unwrap();
    stage.desk().end_viewing_copy(copy).await.unwrap();
    assert_gone(&stage, file, &path).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewing_copy_ends_when_the_desk_is_locked() {
    let (stage, file, path) = looked_at().await;
    stage.desk().lock().await.unwrap();
    assert_gone(&stage, file, &path).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewing_copy_does_not_outlive_a_restart() {
    let (stage, file, path) = looked_at().await;
    let stage = stage.restart().await;
    stage.desk().reconcile().await.unwrap();
    assert!(!stage.desk().is_unlocked(), "a desk begins locked");
    assert_gone(&stage, file, &path).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn viewing_copies_end_before_their_file_is_erased_and_the_receipt_counts_them() {
    let (stage, file, path) = looked_at().await;
    let first = stage.desk().file(file).await.unwrap().viewing_copies[0].id.parse().unwrap();
    stage.desk().end_viewing_copy(first).await.unwrap();
    let (_, second) = stage.desk().make_viewing_copy(file, Period::hours(8)).await.unwrap();
    let case = stage.case_of(OWEN.name).await;
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    assert_gone(&stage, file, &path).await;
    assert!(!std::path::Path::new(second.reveal()).exists());

    let statement = stage.statement(stage.only_receipt(case).await).await;
    let counted = |name: FileId| statement.files.iter().find(|said| said.id == name).unwrap().viewing_copies;
    assert_eq!((counted(file).made, counted(file).erased), (2, 2));
    let other = stage.files(case).await.into_iter().map(|view| view.id.parse().unwrap()).find(|id| *id != file);
    assert_eq!(counted(other.unwrap()).made, 0);
}

/// A held file of which there is a viewing copy, with the bytes its customer sent.
async fn looked_at() -> (Stage, FileId, std::path::PathBuf) {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    let file = stage.files(case).await[0].id.parse().unwrap();
    let (_, path) = stage.desk().make_viewing_copy(file, HALF_AN_HOUR).await.unwrap();
    let path = std::path::PathBuf::from(path.reveal());
    let sent = stage.told(OWEN).files[0].chunks().collect::<Vec<_>>().concat();
    assert!(std::fs::read(&path).unwrap() == sent, "the copy is what was sent");
    (stage, file, path)
}

async fn assert_gone(stage: &Stage, file: FileId, path: &std::path::Path) {
    assert!(!path.exists());
    assert_eq!(copies_on_disk(stage), 0);
    assert!(stage.desk().file(file).await.unwrap().viewing_copies.is_empty());
}

fn copies_on_disk(stage: &Stage) -> usize {
    std::fs::read_dir(stage.places().viewing()).map_or(0, Iterator::count)
}

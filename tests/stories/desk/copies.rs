//! What a locked desk does and does not do, and the plaintext that people look at.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

use custody_core::{
    Private, SignedDuration, Timestamp,
    flow::Silent,
    id::{FileId, ViewingCopyId},
    period::Period,
    ports::Fault,
};
use custody_desk::{
    DeskOptions, Tables,
    views::{AttentionKind, ProgramView},
};
use custody_practice::scenario::{CAROLA, OWEN};
use custody_practice_desk::{PRACTICE_PASSPHRASE, PRACTICE_PERSON};
use custody_vault::disk::{Disk, RealDisk, failing::FailingDisk};

use crate::{
    running::until,
    support::{HALF_AN_HOUR, Stage, assert_told, options_of},
};

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
    let copied = stage.desk().make_viewing_copy(file, HALF_AN_HOUR, why()).await.unwrap_err();
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
    stage.practice.world.clock.advance(SignedDuration::from_mins(29));
    stage.round().await;
    assert!(path.exists(), "the lease is half an hour");
    stage.practice.world.clock.advance(SignedDuration::from_mins(1));
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
    let (_, second) = stage.view(file, Period::hours(8)).await;
    let case = stage.case_of(OWEN.name).await;
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    assert_gone(&stage, file, &path).await;
    assert!(!Path::new(second.reveal()).exists());

    let statement = stage.statement(stage.only_receipt(case).await).await;
    let counted = |name: FileId| statement.files.iter().find(|said| said.id == name).unwrap().viewing_copies;
    assert_eq!((counted(file).made, counted(file).erased), (2, 2));
    let other = stage.files(case).await.into_iter().map(|view| view.id.parse().unwrap()).find(|id| *id != file);
    assert_eq!(counted(other.unwrap()).made, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewing_copy_needs_a_reason_and_lasts_no_longer_than_the_desk_allows() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    let file: FileId = stage.files(case).await[0].id.parse().unwrap();
    let head = stage.desk().head().await.unwrap();
    for (lease, reason, fault) in
        [(HALF_AN_HOUR, " \n", Fault::NoReason), (Period::minutes(8 * 60 + 1), "a crash", Fault::LeaseTooLong)]
    {
        let refused = stage.desk().make_viewing_copy(file, lease, reason.into()).await.unwrap_err();
        assert_eq!(refused.fault(), fault);
        assert_told(&refused.problem());
    }
    assert_eq!((stage.desk().head().await.unwrap(), copies_on_disk(&stage)), (head, 0), "nothing was opened");

    let (copy, _) = stage.desk().make_viewing_copy(file, Period::hours(8), "find the crash".into()).await.unwrap();
    assert_eq!((copy.reason.as_str(), copy.by.as_str()), ("find the crash", PRACTICE_PERSON));
    assert_eq!(copy.until.parse::<Timestamp>().unwrap(), stage.now() + SignedDuration::from_hours(8));
    let events = stage.desk().events(head, 10).await.unwrap();
    assert_eq!(events.iter().map(|event| event.event.as_str()).collect::<Vec<_>>(), ["viewing_copy_made"]);
    let mut kept = String::new();
    stage.desk().dump(Tables::Kept, &mut |line| kept.push_str(line)).await.unwrap();
    assert!(!kept.contains("find the crash"), "the reason is personal");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_can_be_made_longer_while_it_lasts_and_each_time_is_recorded() {
    let (stage, file, path) = looked_at().await;
    let copy: ViewingCopyId = copy_of(&stage, file).await;
    stage.practice.world.clock.advance(SignedDuration::from_mins(20));
    let longer = stage.desk().extend_viewing_copy(copy, HALF_AN_HOUR).await.unwrap();
    assert_eq!(longer.until.parse::<Timestamp>().unwrap(), stage.now() + SignedDuration::from_mins(30));
    let same = stage.desk().extend_viewing_copy(copy, Period::minutes(5)).await.unwrap();
    assert_eq!(same.until, longer.until, "it is never made shorter");
    let refused = stage.desk().extend_viewing_copy(copy, Period::hours(9)).await.unwrap_err();
    assert_eq!(refused.fault(), Fault::LeaseTooLong);
    stage.practice.world.clock.advance(SignedDuration::from_mins(29));
    stage.round().await;
    assert!(path.exists(), "it lasts as long as was said");
    let timeline = stage.desk().case(stage.case_of(OWEN.name).await).await.unwrap().timeline;
    let recorded = timeline.iter().filter(|event| event.event == "viewing_copy_extended").collect::<Vec<_>>();
    assert_eq!(recorded.len(), 1);
    assert_eq!(recorded[0].who.to_string(), PRACTICE_PERSON);

    stage.practice.world.clock.advance(SignedDuration::from_mins(1));
    let over = stage.desk().extend_viewing_copy(copy, HALF_AN_HOUR).await.unwrap_err();
    assert_eq!(over.fault(), Fault::NotFound, "what is over cannot be had again");
    stage.round().await;
    assert_gone(&stage, file, &path).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_programs_leave_beside_a_copy_is_noticed_at_once_ended_with_it_and_counted_on_the_receipt() {
    let (stage, file, path) = looked_at().await;
    let case = stage.case_of(OWEN.name).await;
    let desk = stage.desk().clone();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(async move { desk.run(Arc::new(Silent), async { drop(stopped.await) }).await });
    // The start ended the copy from before.
    until(stage.desk(), async || !path.exists()).await;
    let (_, path) = stage.view(file, HALF_AN_HOUR).await;
    let path = PathBuf::from(path.into_revealed());
    let folder = path.parent().unwrap().to_owned();
    std::fs::create_dir(folder.join("unpacked")).unwrap();
    for name in ["a.log~", ".a.log.swp", "unpacked/1.txt"] {
        std::fs::write(folder.join(name), "what an editor leaves").unwrap();
    }
    // What is saved into the copy itself is no file beside it.
    std::fs::write(&path, "changed").unwrap();
    let beside = async || stage.desk().file(file).await.unwrap().viewing_copies[0].beside;
    until(stage.desk(), async || {
        let timeline = stage.desk().case(case).await.unwrap().timeline;
        timeline.iter().any(|event| event.what.to_string().ends_with("beside a viewing copy")) && beside().await == 3
    })
    .await;
    stop.send(()).unwrap();
    running.await.unwrap().unwrap();

    let copy = copy_of(&stage, file).await;
    let ended = stage.desk().end_viewing_copy(copy).await.unwrap();
    assert_eq!((ended.beside, ended.elsewhere), (3, 0));
    assert_gone(&stage, file, &path).await;
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    let statement = stage.statement(stage.only_receipt(case).await).await;
    let counted = statement.files.iter().find(|said| said.id == file).unwrap().viewing_copies;
    assert_eq!((counted.made, counted.erased, counted.beside), (2, 2, 3));
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_has_a_copy_open_is_named_also_when_the_copy_and_its_file_are_erased() {
    let (stage, file, path) = looked_at().await;
    let mut reader = Command::new("sh")
        .args(["-c", "exec 7< \"$0\"; echo open; read done; cat <&7"])
        .arg(&path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(reader.stdout.take().unwrap());
    out.read_line(&mut String::new()).unwrap();
    let named = [ProgramView { name: Some("sh".to_owned()), id: Some(reader.id()) }];
    assert_eq!(stage.desk().file(file).await.unwrap().viewing_copies[0].open_in, named);

    let ended = stage.desk().end_viewing_copy(copy_of(&stage, file).await).await.unwrap();
    assert_eq!(ended.open_in, named);
    let case = stage.case_of(OWEN.name).await;
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased"]);
    assert_eq!(stage.files(case).await[0].still_open_in, named, "it still has it open");

    let size = stage.told(OWEN).files[0].chunks().map(|chunk| chunk.len()).sum();
    reader.stdin.take().unwrap().write_all(b"\n").unwrap();
    let mut read = Vec::new();
    out.read_to_end(&mut read).unwrap();
    reader.wait().unwrap();
    assert!(read == vec![0; size], "what it reads there is zeros");
    assert_eq!(stage.files(case).await[0].still_open_in, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_cannot_be_ended_is_shown_tried_again_and_keeps_the_receipt_back_but_not_the_key() {
    let disk = FailingDisk::counting();
    let (stage, file, _) = looked_at_on(disk.clone()).await;
    let case = stage.case_of(OWEN.name).await;
    disk.program_writes(u64::MAX);
    stage.practice.world.clock.advance(SignedDuration::from_mins(30));
    stage.round().await;
    let view = &stage.desk().file(file).await.unwrap().viewing_copies[0];
    let problem = view.problem.as_ref().expect("what keeps it is shown");
    assert_eq!(problem.code, Fault::CopyInUse);
    assert_told(problem);
    let waiting = stage.waiting(AttentionKind::ViewingCopyStays).await;
    assert_eq!(waiting.iter().map(|view| view.case.clone().unwrap()).collect::<Vec<_>>(), [case.to_string()]);
    stage.round().await;
    let timeline = stage.desk().case(case).await.unwrap().timeline;
    assert_eq!(timeline.iter().filter(|event| event.event == "viewing_copy_stays").count(), 1, "said once");

    stage.practice.customer_asks(case).await.unwrap();
    stage.round_with(Fault::CopyInUse).await;
    assert_eq!(stage.states(case).await, ["erasing", "erased"]);
    assert_eq!(sealed_files(&stage), 3, "the sealed file is gone already, and its key with it");
    let receipts = stage.receipts(case).await;
    assert!(receipts.iter().all(|receipt| receipt.files == 1), "none for the file whose copy is there");

    // The program rests: nobody waits for the next attempt.
    disk.program_writes(0);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased"]);
    assert_eq!(copies_on_disk(&stage), 0);
    assert!(stage.waiting(AttentionKind::ViewingCopyStays).await.is_empty());
    assert_eq!(stage.receipts(case).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_cannot_be_ended_keeps_the_desk_neither_open_nor_from_starting() {
    let disk = FailingDisk::counting();
    let (stage, file, _) = looked_at_on(disk.clone()).await;
    disk.program_writes(u64::MAX);
    let head = stage.desk().head().await.unwrap();
    let error = stage.desk().lock().await.unwrap_err();
    assert_eq!(error.fault(), Fault::CopyInUse);
    assert!(!stage.desk().is_unlocked());
    let events = stage.desk().events(head, 10).await.unwrap();
    assert_eq!(events.iter().map(|it| it.event.as_str()).collect::<Vec<_>>(), ["viewing_copy_stays", "locked"]);
    stage.desk().reconcile().await.unwrap();
    assert_eq!(copies_on_disk(&stage), 1);

    disk.program_writes(0);
    stage.round().await;
    assert_eq!(copies_on_disk(&stage), 0);
    assert!(stage.desk().file(file).await.unwrap().viewing_copies.is_empty());
    let events = stage.desk().events(head, 10).await.unwrap();
    assert!(
        events.last().unwrap().what.to_string().ends_with("because the desk was locked"),
        "it ended for the reason it was to"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_folder_of_a_copy_that_comes_back_after_its_end_is_erased_again() {
    let (stage, file, path) = looked_at().await;
    stage.desk().end_viewing_copy(copy_of(&stage, file).await).await.unwrap();
    std::fs::create_dir(path.parent().unwrap()).unwrap();
    std::fs::write(&path, "an editor saves what it has in memory").unwrap();
    stage.round().await;
    assert_gone(&stage, file, &path).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_dies_at_any_disk_call_of_a_viewing_copy_leaves_nothing_of_it_after_the_next_start() {
    let disk = FailingDisk::counting();
    let mut stage = Stage::demo_on(disk.clone()).await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    let file: FileId = stage.files(case).await[0].id.parse().unwrap();
    let mut deaths = 0;
    loop {
        disk.die_after(deaths);
        let made = stage.desk().make_viewing_copy(file, HALF_AN_HOUR, why()).await;
        if let Ok((copy, path)) = &made {
            let folder = PathBuf::from(path.reveal()).parent().unwrap().join("unpacked");
            std::fs::create_dir(&folder).unwrap();
            std::fs::write(folder.join("1.txt"), "what a program leaves").unwrap();
            let ended = stage.desk().end_viewing_copy(copy.id.parse().unwrap()).await;
            assert_eq!(ended.is_err(), disk.has_failed(), "death at call {}", deaths + 1);
        }
        let died = disk.has_failed();
        disk.heal();
        let shut = stage.shut().await;
        let options = DeskOptions { disk: Arc::new(disk.clone()), ..options_of(&shut.world.clock) };
        stage = shut.open_with(options).await.unwrap_or_else(|(_, error)| panic!("{error:?}"));
        stage.desk().reconcile().await.unwrap();
        assert_eq!(copies_on_disk(&stage), 0, "after a death at call {}", deaths + 1);
        assert!(stage.desk().file(file).await.unwrap().viewing_copies.is_empty(), "and every row says so");
        assert!(stage.receipts(case).await.is_empty());
        stage.desk().unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();
        if !died {
            break;
        }
        deaths += 1;
    }
    println!("a viewing copy died at each of its {deaths} disk calls");
    assert!(deaths >= 25);
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    let statement = stage.statement(stage.only_receipt(case).await).await;
    let counted = statement.files.iter().find(|said| said.id == file).unwrap().viewing_copies;
    assert_eq!(counted.made, counted.erased);
    assert!(counted.made > deaths / 2, "{counted:?}");
    assert!(stage.chain_is_whole().await);
}

fn why() -> Private<String> {
    "find the crash".into()
}

/// A held file of which there is a viewing copy, with the bytes its customer sent.
async fn looked_at() -> (Stage, FileId, PathBuf) {
    looked_at_on(RealDisk).await
}

async fn looked_at_on(disk: impl Disk) -> (Stage, FileId, PathBuf) {
    let stage = Stage::demo_on(disk).await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    let file = stage.files(case).await[0].id.parse().unwrap();
    let (_, path) = stage.view(file, HALF_AN_HOUR).await;
    let path = PathBuf::from(path.reveal());
    let sent = stage.told(OWEN).files[0].chunks().collect::<Vec<_>>().concat();
    assert!(std::fs::read(&path).unwrap() == sent, "the copy is what was sent");
    (stage, file, path)
}

/// The only viewing copy of a file.
async fn copy_of(stage: &Stage, file: FileId) -> ViewingCopyId {
    stage.desk().file(file).await.unwrap().viewing_copies[0].id.parse().unwrap()
}

fn sealed_files(stage: &Stage) -> usize {
    std::fs::read_dir(stage.places().sealed()).map_or(0, Iterator::count)
}

async fn assert_gone(stage: &Stage, file: FileId, path: &Path) {
    assert!(!path.exists());
    assert_eq!(copies_on_disk(stage), 0);
    assert!(stage.desk().file(file).await.unwrap().viewing_copies.is_empty());
}

fn copies_on_disk(stage: &Stage) -> usize {
    std::fs::read_dir(stage.places().viewing()).map_or(0, Iterator::count)
}

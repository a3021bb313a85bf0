//! Files that staff move into a case: sealed, verified, and erased where they lay, by whom is on record.

use std::{fs, path::Path};

use custody_core::{id::CaseId, ports::Fault};
use custody_desk::views::{UnfitWhy, WhoView};
use custody_practice::scenario::CAROLA;
use custody_vault::disk::failing::FailingDisk;
use tempfile::TempDir;

use crate::{
    damage::FullDisk,
    support::{Stage, word},
};

fn outside() -> TempDir {
    // Another file system than the desk's, where there is one: the longer way.
    TempDir::new_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

async fn bring(stage: &Stage, case: CaseId, path: &Path) -> custody_desk::views::BroughtView {
    let (chosen, view) = stage.desk().look_at_files(case, vec![path.to_owned()]).await.unwrap();
    assert_eq!((view.unfit.as_slice(), view.case), (&[][..], case.to_string()));
    stage.desk().bring_files(case, chosen).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_dropped_onto_a_case_is_sealed_into_it_and_gone_from_where_it_lay() {
    let (stage, outside) = (Stage::demo().await, outside());
    stage.round().await;
    let case = stage.case_of(CAROLA.name).await;
    let (dump, logs) = (outside.path().join("heap dump.bin"), outside.path().join("logs"));
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|at| (at % 251) as u8).collect();
    fs::write(&dump, &bytes).unwrap();
    fs::create_dir_all(logs.join("older")).unwrap();
    fs::write(logs.join("older/app.log"), "a line").unwrap();
    for path in [&dump, &logs] {
        let brought = bring(&stage, case, path).await;
        assert_eq!((brought.files, brought.left.len(), brought.stays.len()), (1, 0, 0));
    }
    assert!(!dump.exists() && !logs.exists(), "they are in the drop folder now");
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held"; 5]);
    let files = stage.files(case).await;
    let file = files.iter().find(|file| file.name == "heap dump.bin").unwrap();
    assert!(stage.read(file.id.parse().unwrap()).await == bytes, "it opens as it was");
    assert!(files.iter().any(|file| file.name == "logs/older/app.log"));
    let view = stage.desk().case(case).await.unwrap();
    let folder = view.drop_folder.unwrap();
    assert!(fs::read_dir(folder).unwrap().next().is_none(), "nothing readable is left there");
    let of = |kind: &str| view.timeline.iter().filter(|event| event.event == kind).collect::<Vec<_>>();
    let (brought, erased) = (of("files_brought"), of("drop_erased"));
    assert_eq!((brought.len(), erased.len()), (2, 2));
    assert!(brought.iter().all(|event| event.who != WhoView::Desk), "who gave them is on record: {brought:?}");
    assert!(brought[1].index < erased[0].index, "and was before anything was erased");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_dropped_again_is_one_file_and_its_original_goes_too() {
    let (stage, outside) = (Stage::demo().await, outside());
    stage.round().await;
    let case = stage.case_of(CAROLA.name).await;
    let path = outside.path().join("dump.bin");
    for _ in 0..2 {
        // As it is after a crash between the copy and the erasure of the original.
        fs::write(&path, "the same bytes").unwrap();
        bring(&stage, case, &path).await;
        stage.round().await;
        assert!(!path.exists());
    }
    assert_eq!(stage.states(case).await, ["held"; 4]);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_disk_without_room_leaves_the_original_and_says_so() {
    let disk = FullDisk::default();
    let stage = Stage::demo_on(disk.clone()).await;
    stage.round().await;
    let (case, outside) = (stage.case_of(CAROLA.name).await, outside());
    stage.desk().make_drop_folder(case).await.unwrap();
    let path = outside.path().join("dump.bin");
    fs::write(&path, "as it was").unwrap();
    disk.is_full.store(true, std::sync::atomic::Ordering::SeqCst);
    let brought = bring(&stage, case, &path).await;
    assert_eq!((brought.files, brought.left[0].why), (0, UnfitWhy::NoRoom));
    assert_eq!(fs::read(&path).unwrap(), b"as it was");
    disk.is_full.store(false, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(bring(&stage, case, &path).await.files, 1);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held"; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_dies_at_any_call_has_the_file_once_in_the_end_and_loses_nothing() {
    let disk = FailingDisk::counting();
    let stage = Stage::demo_on(disk.clone()).await;
    stage.round().await;
    let (case, outside) = (stage.case_of(CAROLA.name).await, outside());
    for call in 0.. {
        let name = format!("dump {call}.bin");
        let (path, content) = (outside.path().join(&name), name.as_bytes().repeat(5000));
        fs::write(&path, &content).unwrap();
        let (chosen, _) = stage.desk().look_at_files(case, vec![path.clone()]).await.unwrap();
        disk.die_after(call);
        let _ = stage.desk().bring_files(case, chosen).await;
        let died = disk.has_failed();
        disk.heal();
        stage.desk().reconcile().await.unwrap();
        stage.hours(7);
        stage.round().await;
        // Whoever finds it where it lay drops it again. One that was being overwritten is not what it was any more.
        if fs::read(&path).is_ok_and(|found| found == content) {
            bring(&stage, case, &path).await;
            stage.hours(7);
            stage.round().await;
        }
        let files = stage.files(case).await;
        let of_name: Vec<_> = files.iter().filter(|file| file.name == name && word(file.state) == "held").collect();
        assert_eq!(of_name.len(), 1, "dead at call {call}");
        assert!(stage.read(of_name[0].id.parse().unwrap()).await == content, "dead at call {call}");
        if !died {
            assert!(call > 10, "{call} calls are fewer than there must be");
            break;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_desk_and_a_case_that_is_over_take_nothing() {
    let (stage, outside) = (Stage::demo().await, outside());
    stage.round().await;
    let case = stage.case_of(CAROLA.name).await;
    let path = outside.path().join("dump.bin");
    fs::write(&path, "waits").unwrap();
    let (chosen, _) = stage.desk().look_at_files(case, vec![path.clone()]).await.unwrap();
    let unknown = stage.desk().bring_files(CaseId::from_bytes([9; 16]), chosen.clone()).await;
    assert_eq!(unknown.unwrap_err().fault(), Fault::NotFound);
    stage.desk().lock().await.unwrap();
    let locked = stage.desk().bring_files(case, chosen).await;
    assert_eq!(locked.unwrap_err().fault(), Fault::Locked);
    let locked = stage.desk().look_at_files(case, vec![path.clone()]).await;
    assert_eq!(locked.unwrap_err().fault(), Fault::Locked);
    assert_eq!(fs::read(&path).unwrap(), b"waits");
}

//! Drop folders: what staff save for a case is in custody like everything else, and nothing saved is lost.

use std::{
    fs,
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
};

use custody_core::{
    flow::Silent,
    id::CaseId,
    location::{Location, LocationState},
    ports::Fault,
};
use custody_desk::views::{AttentionKind, LeftWhy};
use custody_practice::{
    forum::TopicId,
    scenario::{CAROLA, OWEN},
};
use custody_vault::disk::{Disk, RealDisk, failing::FailingDisk};

use crate::{
    damage::FullDisk,
    running::until,
    support::{Stage, assert_told, word},
};

/// An unlocked desk that holds the demo's files, and the drop folder of a customer's case.
async fn with_folder(customer: &str) -> (Stage, CaseId, PathBuf) {
    with_folder_on(RealDisk, customer).await
}

async fn with_folder_on(disk: impl Disk, customer: &str) -> (Stage, CaseId, PathBuf) {
    let stage = Stage::demo_on(disk).await;
    stage.round().await;
    let case = stage.case_of(customer).await;
    let folder = stage.desk().make_drop_folder(case).await.unwrap();
    (stage, case, PathBuf::from(folder.into_revealed()))
}

/// Name and content of the last file that came.
async fn last(stage: &Stage, case: CaseId) -> (String, Vec<u8>) {
    let files = stage.files(case).await;
    let file = files.last().unwrap();
    (file.name.clone(), stage.read(file.id.parse().unwrap()).await)
}

fn is_empty(folder: &PathBuf) -> bool {
    fs::read_dir(folder).unwrap().next().is_none()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_for_a_case_is_sealed_into_it_and_its_receipt_names_the_drop_folder() {
    let (stage, case, folder) = with_folder(CAROLA.name).await;
    let dump: Vec<u8> = (0..3_000_000_u32).map(|at| (at % 251) as u8).collect();
    fs::create_dir(folder.join("from the service")).unwrap();
    fs::write(folder.join("from the service/heap dump.bin"), &dump).unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held"; 4]);
    assert!(is_empty(&folder), "the original and its folder are gone");
    let (name, content) = last(&stage, case).await;
    assert_eq!(name, "from the service/heap dump.bin");
    assert!(content == dump, "the file opens as it was saved");
    let timeline = stage.desk().case(case).await.unwrap().timeline;
    assert_eq!(timeline.iter().filter(|event| event.event == "drop_erased").count(), 1);

    stage.practice.close_ticket(case).await.unwrap();
    stage.round().await;
    stage.days(3);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased"; 4]);
    let statement = stage.statement(stage.only_receipt(case).await).await;
    let file = statement.files.iter().find(|file| file.name.ends_with("heap dump.bin")).unwrap();
    let of = |location: Location| file.locations.iter().find(|proof| proof.location == location);
    assert_eq!(of(Location::DropFolder).unwrap().state, LocationState::ErasedVerified);
    assert!(of(Location::ForumCopy).is_none(), "the forum never had it");
    let letter = &stage.letters(CAROLA)[0];
    let text = String::from_utf8_lossy(&letter.raw);
    assert!(text.contains("drop folder"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_brings_only_a_link_is_a_case_with_a_folder_to_save_into() {
    let stage = Stage::demo().await;
    let (forum, text) = (&stage.practice.world.forum, "It is too large for here: https://we.tl/t-Zz98yx");
    forum.private_thread(OWEN.username, &["support"], "A dump of 40 GB", text, Vec::new()).await.unwrap();
    stage.round().await;
    let cases = stage.cases().await;
    let case = cases.iter().find(|row| row.title == "A dump of 40 GB").expect("it is a case");
    let view = stage.desk().case(case.id.parse().unwrap()).await.unwrap();
    assert_eq!(view.links.len(), 1);
    assert!(is_empty(&PathBuf::from(view.drop_folder.unwrap())));
    // Once its ticket closes, nothing more is expected of it: link and folder go, though the thread still has the link.
    let (id, topic) = (case.id.parse().unwrap(), TopicId(view.topic));
    stage.practice.close_ticket(id).await.unwrap();
    for _ in 0..2 {
        stage.round().await;
        let view = stage.desk().case(id).await.unwrap();
        assert_eq!((view.row.title.as_str(), view.links.len(), view.drop_folder), ("", 0, None));
        stage.hours(1);
    }
    // A link that comes later is a new beginning.
    let again = "One more: https://we.tl/t-Yy87wv";
    stage.practice.world.forum.reopen(topic).unwrap();
    stage.practice.world.forum.reply(OWEN.username, topic, again, Vec::new()).await.unwrap();
    stage.round().await;
    let view = stage.desk().case(id).await.unwrap();
    assert_eq!((view.row.title.as_str(), view.links.len(), view.drop_folder.is_some()), ("A dump of 40 GB", 2, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_in_stays_where_it_is_and_is_told_with_its_reason() {
    let (stage, case, folder) = with_folder(CAROLA.name).await;
    stage.change_settings(|settings| settings.intake.max_file_bytes = 1000).await;
    fs::write(folder.join("a large one.bin"), vec![1; 1001]).unwrap();
    fs::write(folder.join("b.zip.crdownload"), "half").unwrap();
    fs::write(folder.join("c.txt"), "").unwrap();
    fs::write(folder.join("d.txt"), "small enough").unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held"; 4], "what can be taken in does not wait for the others");
    let left = stage.desk().case(case).await.unwrap().left;
    let left: Vec<_> = left.iter().map(|left| (left.name.as_str(), left.why)).collect();
    let expected =
        [("a large one.bin", LeftWhy::TooLarge), ("b.zip.crdownload", LeftWhy::Unfinished), ("c.txt", LeftWhy::Empty)];
    assert_eq!(left, expected);
    assert_eq!(fs::read(folder.join("a large one.bin")).unwrap(), vec![1; 1001]);
    assert_eq!(stage.waiting(AttentionKind::LeftInDropFolder).await.len(), 1);

    fs::rename(folder.join("b.zip.crdownload"), folder.join("b.zip")).unwrap();
    fs::remove_file(folder.join("a large one.bin")).unwrap();
    fs::remove_file(folder.join("c.txt")).unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held"; 5]);
    assert!(stage.waiting(AttentionKind::LeftInDropFolder).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_saved_again_is_one_file_and_another_of_its_name_is_a_second() {
    let (stage, case, folder) = with_folder(CAROLA.name).await;
    fs::write(folder.join("dump.bin"), "the first").unwrap();
    stage.round().await;
    // As it is after a crash between the seal and the erasure of the original.
    fs::write(folder.join("dump.bin"), "the first").unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held"; 4]);
    assert!(is_empty(&folder));
    fs::write(folder.join("dump.bin"), "something").unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held"; 5]);
    assert_eq!(last(&stage, case).await, ("dump.bin".to_owned(), b"something".to_vec()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_customers_request_erases_what_was_saved_before_it() {
    let (stage, case, folder) = with_folder(OWEN.name).await;
    fs::write(folder.join("dump.bin"), "from a link").unwrap();
    stage.round().await;
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased"; 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_original_stays_while_the_disk_is_full_and_is_taken_in_once_there_is_room() {
    let disk = FullDisk::default();
    let (stage, case, folder) = with_folder_on(disk.clone(), CAROLA.name).await;
    fs::write(folder.join("dump.bin"), "as it was saved").unwrap();
    disk.is_full.store(true, Ordering::SeqCst);
    let round = stage.round_with(Fault::DiskFull).await;
    assert_told(&round.problems[0].problem);
    assert_eq!(fs::read(folder.join("dump.bin")).unwrap(), b"as it was saved");
    disk.is_full.store(false, Ordering::SeqCst);
    stage.hours(1);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held"; 4]);
    assert!(is_empty(&folder));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_taken_out_of_the_folder_before_it_was_sealed_is_given_up() {
    let disk = FullDisk::default();
    let (stage, case, folder) = with_folder_on(disk.clone(), CAROLA.name).await;
    fs::write(folder.join("dump.bin"), "saved by mistake").unwrap();
    disk.is_full.store(true, Ordering::SeqCst);
    stage.round_with(Fault::DiskFull).await;
    fs::remove_file(folder.join("dump.bin")).unwrap();
    disk.is_full.store(false, Ordering::SeqCst);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held", "held", "held", "refused"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_dies_at_any_call_of_the_disk_loses_nothing_saved_and_takes_it_in_once() {
    let disk = FailingDisk::counting();
    let (stage, case, folder) = with_folder_on(disk.clone(), CAROLA.name).await;
    let held = async |name: &str| {
        let files = stage.files(case).await;
        let of_name: Vec<_> = files.into_iter().filter(|file| file.name == name).collect();
        let ids: Vec<_> =
            of_name.iter().filter(|file| word(file.state) == "held").map(|file| file.id.clone()).collect();
        (of_name.len(), ids)
    };
    let mut points = 0;
    for call in 0.. {
        let name = format!("logs/dump {call}.bin");
        let content = name.as_bytes().repeat(20_000);
        fs::create_dir_all(folder.join("logs")).unwrap();
        fs::write(folder.join(&name), &content).unwrap();
        disk.die_after(call);
        stage.desk().round(&Silent).await;
        let died = disk.has_failed();
        disk.heal();
        let is_whole = fs::read(folder.join(&name)).is_ok_and(|bytes| bytes == content);
        assert!(is_whole || held(&name).await.1.len() == 1, "dead at call {call}, the file is nowhere whole");

        // As at the next start, and later than any pause before another attempt.
        stage.desk().reconcile().await.unwrap();
        stage.hours(7);
        stage.round().await;
        let (known, ids) = held(&name).await;
        assert_eq!((known, ids.len()), (1, 1), "dead at call {call}, it is taken in once");
        assert!(stage.read(ids[0].parse().unwrap()).await == content, "dead at call {call}, it opens as it was saved");
        let left: Vec<_> = walk(&folder).into_iter().filter(|path| path.is_file()).collect();
        assert!(left.is_empty(), "dead at call {call}, {left:?} is left");
        if !died {
            break;
        }
        points += 1;
    }
    println!("{points} points tried, nothing lost, nothing twice");
    assert!(points > 20, "a drop takes more calls than {points}");
}

/// Everything in a folder and in those below it.
fn walk(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            folders.extend(path.is_dir().then(|| path.clone()));
            found.push(path);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_desk_takes_in_what_is_saved_without_being_asked() {
    let (stage, case, folder) = with_folder(CAROLA.name).await;
    let desk = stage.desk().clone();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(async move { desk.run(Arc::new(Silent), async { drop(stopped.await) }).await });
    // A browser: it saves under another name and renames at the end.
    fs::write(folder.join("dump.zip.part"), "the beginning").unwrap();
    fs::write(folder.join("dump.zip.part"), "the beginning and the end").unwrap();
    fs::rename(folder.join("dump.zip.part"), folder.join("dump.zip")).unwrap();
    until(stage.desk(), async || {
        let files = stage.files(case).await;
        files.len() == 4 && files.iter().all(|file| word(file.state) == "held") && is_empty(&folder)
    })
    .await;
    assert_eq!(last(&stage, case).await, ("dump.zip".to_owned(), b"the beginning and the end".to_vec()));
    stop.send(()).unwrap();
    running.await.unwrap().unwrap();
}

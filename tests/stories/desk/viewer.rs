//! A file that is looked at: on record before anything is seen, in no file of this machine, and ended by lock and erasure.

use custody_core::{id::FileId, ports::Fault};
use custody_desk::{
    Viewer,
    views::{LayerKind, LevelName},
};
use custody_practice::scenario::{CAROLA, OWEN, canary};
use custody_practice_desk::PRACTICE_PASSPHRASE;
use custody_story_kit::search::Marks;

use crate::support::{Stage, word};

/// A desk that holds the demo's files, and one file of this customer's, by the end of its name.
async fn with_file(customer: &str, ending: &str) -> (Stage, FileId) {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(customer).await;
    let files = stage.files(case).await;
    let file = files.iter().find(|file| file.name.ends_with(ending)).unwrap().id.parse().unwrap();
    (stage, file)
}

/// How often it is on record that a file was opened.
async fn openings(stage: &Stage) -> usize {
    let events = stage.desk().events(0, 10_000).await.unwrap();
    events.iter().filter(|event| event.event == "file_opened").count()
}

/// Waits until this is so, and is told of every change until then.
async fn until(viewer: &Viewer, so: impl Fn(&Viewer) -> bool) {
    let mut changes = viewer.changes();
    while !so(viewer) {
        changes.changed().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_is_read_searched_and_counted_and_one_viewing_is_one_event() {
    let (stage, file) = with_file(CAROLA.name, ".log").await;
    let whole = stage.read(file).await;
    let before = openings(&stage).await;
    let viewer = stage.desk().open_viewer(file).await.unwrap();
    assert_eq!(openings(&stage).await, before + 1, "before anything of it is shown");

    let view = viewer.view();
    assert_eq!((view.layers[0].kind, view.layers[0].size), (LayerKind::Text, whole.len() as u64));
    until(&viewer, |viewer| viewer.view().layers[0].lines.as_ref().is_some_and(|lines| lines.done)).await;
    let lines = whole.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count() as u64;
    assert_eq!(viewer.view().layers[0].lines.as_ref().unwrap().count, lines);

    let text = String::from_utf8(whole.clone()).unwrap();
    let (tenth, place) = (text.lines().nth(9).unwrap(), viewer.place_of_line(0, 10).await.unwrap().place.unwrap());
    let rows = viewer.rows(0, place, false, 2).await.unwrap().rows;
    assert_eq!((rows[0].text.as_str(), rows[0].line, rows[1].line), (tenth, Some(10), Some(11)));
    assert!(rows.iter().any(|row| row.level.as_ref().is_some_and(|level| level.level != LevelName::Trace)), "{rows:?}");
    assert!(viewer.bytes(0, 1000, 500).await.unwrap() == whole[1000..1500]);

    viewer.search(0, canary::CONTENT, true).unwrap();
    until(&viewer, |viewer| viewer.view().layers[0].search.as_ref().is_some_and(|search| search.done)).await;
    let found: Vec<_> = text.match_indices(canary::CONTENT).map(|(at, _)| at as u64).collect();
    assert_eq!(viewer.view().layers[0].search.as_ref().unwrap().hits as usize, found.len());
    let hit = viewer.hit(0, 0, false).unwrap();
    assert_eq!((hit.place, hit.number), (found.first().copied(), 1));
    let last = viewer.hit(0, 0, true).unwrap();
    assert_eq!(last.place, found.last().copied(), "before the first is the last");
    let rows = viewer.rows(0, found[0], false, 1).await.unwrap().rows;
    assert_eq!(rows[0].marks.len(), 1);
    viewer.search(0, "", false).unwrap();
    assert!(viewer.view().layers[0].search.is_none());
    assert_eq!(openings(&stage).await, before + 1, "reading on is the same viewing");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_is_looked_into_in_memory_and_left_again() {
    let (stage, file) = with_file(OWEN.name, ".zip").await;
    let viewer = stage.desk().open_viewer(file).await.unwrap();
    assert_eq!(viewer.view().layers[0].kind, LayerKind::Archive);
    let names: Vec<_> = viewer.entries(0).await.unwrap().entries.into_iter().map(|entry| entry.name).collect();
    assert_eq!(names, ["settings.xml", "crash/trace.txt"]);
    assert_eq!(viewer.open_entry(0, 1).await.unwrap().refusal, None);
    let view = viewer.view();
    assert_eq!((view.layers.len(), view.layers[1].name.as_str()), (2, "crash/trace.txt"));
    let rows = viewer.rows(1, 0, false, 10).await.unwrap().rows;
    assert!(rows[0].text.contains(canary::CONTENT));
    // Another entry takes the place of the one that was open.
    viewer.open_entry(0, 0).await.unwrap();
    assert_eq!(viewer.view().layers[1].name, "settings.xml");
    viewer.leave(0).unwrap();
    assert_eq!(viewer.view().layers.len(), 1);
    assert_eq!(viewer.rows(1, 0, false, 10).await.unwrap_err().fault(), Fault::NotFound);
    assert_eq!(word(viewer.open_entry(0, 7).await.unwrap().refusal.unwrap()), "not_there");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_looked_at_is_in_no_file_and_no_error() {
    let (stage, log) = with_file(CAROLA.name, ".log").await;
    let owen = stage.case_of(OWEN.name).await;
    let archive = stage.files(owen).await[0].id.parse().unwrap();
    let marks = Marks::new([canary::CONTENT.to_owned()]);
    let viewers = [stage.desk().open_viewer(log).await.unwrap(), stage.desk().open_viewer(archive).await.unwrap()];
    until(&viewers[0], |viewer| viewer.view().layers[0].lines.as_ref().is_some_and(|lines| lines.done)).await;
    viewers[0].search(0, canary::CONTENT, true).unwrap();
    until(&viewers[0], |viewer| viewer.view().layers[0].search.as_ref().is_some_and(|search| search.done)).await;
    viewers[1].entries(0).await.unwrap();
    viewers[1].open_entry(0, 1).await.unwrap();
    let shown = format!("{:?}", viewers[1].rows(1, 0, false, 10).await.unwrap());
    assert!(shown.contains(canary::CONTENT), "it is looked at while the folders are searched");
    assert_eq!(marks.in_folder(stage.folder.path()).unwrap(), [], "and lies nowhere below the desk");
    let refused = viewers[1].rows(5, 0, false, 10).await.unwrap_err();
    assert!(!format!("{refused:?} {viewers:?}").contains(canary::CONTENT));
}

#[tokio::test(flavor = "multi_thread")]
async fn locking_the_desk_ends_every_viewer_and_opens_none() {
    let (stage, file) = with_file(OWEN.name, ".zip").await;
    let viewer = stage.desk().open_viewer(file).await.unwrap();
    viewer.entries(0).await.unwrap();
    viewer.open_entry(0, 1).await.unwrap();
    let mut changes = viewer.changes();
    stage.desk().lock().await.unwrap();
    changes.changed().await.unwrap();
    let view = viewer.view();
    assert_eq!((view.ended, view.layers.len()), (Some(Fault::Locked), 0), "what was unpacked is gone too");
    assert_eq!(viewer.rows(1, 0, false, 10).await.unwrap_err().fault(), Fault::Locked);
    let before = openings(&stage).await;
    assert_eq!(stage.desk().open_viewer(file).await.unwrap_err().fault(), Fault::Locked);
    assert_eq!(openings(&stage).await, before, "nothing was opened, so nothing is on record");
    stage.desk().unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();
    assert_eq!(viewer.view().ended, Some(Fault::Locked), "unlocking brings nothing back");
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_a_file_ends_its_viewer_before_the_receipt_and_no_other() {
    let (stage, file) = with_file(OWEN.name, ".zip").await;
    let carola = stage.case_of(CAROLA.name).await;
    let other = stage.files(carola).await[0].id.parse().unwrap();
    let [viewer, untouched] =
        [stage.desk().open_viewer(file).await.unwrap(), stage.desk().open_viewer(other).await.unwrap()];
    viewer.entries(0).await.unwrap();
    viewer.open_entry(0, 1).await.unwrap();
    let owen = stage.case_of(OWEN.name).await;
    stage.practice.customer_asks(owen).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(owen).await, ["erased", "erased"]);
    until(&viewer, |viewer| viewer.view().ended.is_some()).await;
    assert_eq!(viewer.view().ended, Some(Fault::NotFound));
    assert_eq!(viewer.bytes(0, 0, 10).await.unwrap_err().fault(), Fault::NotFound);
    assert_eq!(stage.desk().open_viewer(file).await.unwrap_err().fault(), Fault::NotFound);
    assert!(!untouched.bytes(0, 0, 10).await.unwrap().is_empty());
}

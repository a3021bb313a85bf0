//! The record for those who check it: nothing that matters happens without its row, and whoever changes a row is found.

use custody_core::{
    audit::{Check, Checked, Mismatch},
    flow::Silent,
    id::FileId,
    period::Period,
    ports::{ChainVerdict, Fault},
    receipt::public_key_from_pem,
};
use custody_desk::Tables;
use custody_practice::scenario::{OWEN, canaries};
use custody_practice_desk::PRACTICE_PASSPHRASE;

use crate::support::{HALF_AN_HOUR, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn the_exported_chain_is_checked_by_anybody_and_names_nobody() {
    let stage = Stage::demo().await;
    stage.round().await;
    let lines = export(&stage, 0).await;
    let checked = check(&stage, &lines).unwrap();
    assert_eq!(checked.closing.head.index, stage.desk().head().await.unwrap());
    let last = &lines[lines.len() - 2];
    assert!(last.contains("\"event\":\"exported\""), "the export ends with its own event: {last}");
    for canary in canaries() {
        assert!(!lines.iter().any(|line| line.contains(&canary)), "{canary} is in the export");
    }
    let from = checked.closing.head.index - 3;
    let tail = check(&stage, &export(&stage, from).await).unwrap();
    assert_eq!(tail.closing.after.index, from);
    assert_eq!(stage.desk().export_audit(10_000, &mut |_| ()).await.unwrap_err().fault(), Fault::NotFound);

    let mut edited = lines.clone();
    edited[3] = edited[3].replace("\"index\":3", "\"index\":4");
    assert_eq!(check(&stage, &edited).unwrap_err(), Mismatch::Event { index: 3, line: 4 });
    assert_eq!(check(&stage, &lines[..9]).unwrap_err(), Mismatch::CutOff { after: 8 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_that_was_put_back_is_whole_in_itself_and_does_not_fit_an_export_made_since() {
    let stage = Stage::demo().await;
    stage.round().await;
    let shut = stage.shut().await;
    let older = std::fs::read(shut.places.ledger()).unwrap();
    let stage = shut.open().await.unwrap_or_else(|(_, error)| panic!("{error:?}"));
    stage.practice.customer_asks(stage.case_of(OWEN.name).await).await.unwrap();
    stage.round().await;
    let anchors = stage.desk().verify_anchors().await.unwrap();
    assert_eq!((anchors.fit, anchors.broken), (1, None), "the receipt was signed over this chain");
    let known = check(&stage, &export(&stage, 0).await).unwrap().closing.head.as_head().unwrap();
    assert!(stage.desk().fits_chain(known).await.unwrap());

    let shut = stage.shut().await;
    let folder = shut.places.ledger().parent().unwrap().to_owned();
    for left in std::fs::read_dir(&folder).unwrap() {
        std::fs::remove_file(left.unwrap().path()).unwrap();
    }
    std::fs::write(shut.places.ledger(), older).unwrap();
    let stage = shut.open().await.unwrap_or_else(|(_, error)| panic!("{error:?}"));
    assert!(
        matches!(stage.desk().verify_chain().await.unwrap(), ChainVerdict::Whole(_)),
        "from inside nothing is seen"
    );
    assert!(!stage.desk().fits_chain(known).await.unwrap(), "from outside it is");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_opened_taken_out_or_changed_has_its_row() {
    let stage = Stage::demo().await;
    stage.round().await;
    let desk = stage.desk();
    let file: FileId = stage.files(stage.case_of(OWEN.name).await).await[0].id.parse().unwrap();
    let rows = async |what: &str, expected: &[&str], after: u64| {
        let events = desk.events(after, 20).await.unwrap();
        let words: Vec<_> = events.iter().map(|event| event.event.as_str()).collect();
        assert_eq!(words, expected, "{what}");
    };

    let head = desk.head().await.unwrap();
    drop(desk.open_file(file).await.unwrap());
    drop(desk.export_file(file).await.unwrap());
    rows("opening", &["file_opened", "file_opened", "file_exported"], head).await;

    let head = desk.head().await.unwrap();
    let (copy, _) = desk.make_viewing_copy(file, HALF_AN_HOUR, "find the crash".into()).await.unwrap();
    desk.end_viewing_copy(copy.id.parse().unwrap()).await.unwrap();
    rows("viewing", &["viewing_copy_made", "viewing_copy_ended"], head).await;

    let head = desk.head().await.unwrap();
    desk.dump(Tables::Personal, &mut |_| ()).await.unwrap();
    desk.report(stage.now() - jiff::SignedDuration::from_hours(1), stage.now()).await.unwrap();
    rows("exports", &["exported", "exported"], head).await;

    let head = desk.head().await.unwrap();
    let wrong = desk.change_passphrase("not this one".into(), "another one".into()).await.unwrap_err();
    assert_eq!(wrong.fault(), Fault::WrongPassphrase);
    desk.change_passphrase(PRACTICE_PASSPHRASE.into(), "another one".into()).await.unwrap();
    rows("the passphrase", &["unlock_failed", "passphrase_changed"], head).await;

    let head = desk.head().await.unwrap();
    stage.change_settings(|settings| settings.times.lock_after = Period::minutes(5)).await;
    stage.change_settings(|_| ()).await;
    let (forum, key) = (desk.settings().forum.unwrap(), stage.practice.world.keys.bob.as_str());
    desk.connect_forum(forum, key.into()).await.unwrap();
    desk.disconnect_forum(false).await.unwrap();
    let changes = ["settings_changed", "connected", "disconnected", "settings_changed"];
    rows("settings: what changes nothing is no change", &changes, head).await;
    let told = &desk.events(head, 1).await.unwrap()[0];
    assert_eq!(
        (told.what.to_string().as_str(), told.who.to_string().as_str()),
        ("changed the settings (times)", "Robin Adler")
    );

    assert!(stage.practice.desk.round(&Silent).await.problems.is_empty());
    assert!(stage.chain_is_whole().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_was_changed_by_hand_is_recorded_when_the_desk_is_opened() {
    let stage = Stage::demo().await;
    stage.round().await;
    let head = stage.desk().head().await.unwrap();
    let shut = stage.shut().await;
    let path = shut.places.settings().to_owned();
    let text = std::fs::read_to_string(&path).unwrap();
    let changed = text.replace("grace = \"3 days\"", "grace = \"1 day\"");
    assert_ne!(changed, text);
    std::fs::write(&path, changed).unwrap();
    let stage = shut.open().await.unwrap_or_else(|(_, error)| panic!("{error:?}"));
    let events = stage.desk().events(head, 10).await.unwrap();
    let words: Vec<_> = events.iter().map(|event| event.event.as_str()).collect();
    assert_eq!(words, ["locked", "settings_changed"]);
    assert!(
        events[1].what.to_string().starts_with("found the settings changed (rule): Erase 1 day after"),
        "{}",
        events[1].what
    );
    let stage = stage.restart().await;
    let again = stage.desk().events(events[1].index, 10).await.unwrap();
    assert!(again.is_empty(), "once: {again:#?}");
}

async fn export(stage: &Stage, after: u64) -> Vec<String> {
    let mut lines = Vec::new();
    let verdict = stage.desk().export_audit(after, &mut |line| lines.push(line.to_owned())).await.unwrap();
    assert!(matches!(verdict, ChainVerdict::Whole(_)));
    lines
}

fn check(stage: &Stage, lines: &[String]) -> Result<Checked, Mismatch> {
    let key = public_key_from_pem(&stage.desk().public_key_pem().unwrap()).unwrap();
    let mut check = Check::default();
    lines.iter().try_for_each(|line| check.line(line))?;
    check.end(Some(&key))
}

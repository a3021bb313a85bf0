//! A whole desk whose record is in PostgreSQL: `npm run test:peers`.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "the stories' stage has more hands than this one needs")]
#[path = "../stories/desk/support.rs"]
mod stage;
mod support;

use custody_core::ports::{ChainVerdict, Fault};
use custody_practice::scenario::CAROLA;
use serde::Deserialize;

use crate::stage::Stage;

#[derive(Deserialize)]
struct Postgres {
    url: String,
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
    let places = custody_desk::Places::under(copied.path()).unwrap();
    let options = stage::options_of(&stage.practice.world.clock);
    let error = custody_desk::Desk::open(places.clone(), options.clone()).await.unwrap_err();
    assert_eq!(error.fault(), Fault::InUse);
    let shut = stage.shut().await;
    custody_desk::Desk::open(places, options).await.unwrap().close().await;
    drop(shut);
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() {
            std::fs::create_dir(&to).unwrap();
            copy_folder(&path, &to);
        } else {
            std::fs::copy(&path, &to).unwrap();
        }
    }
}

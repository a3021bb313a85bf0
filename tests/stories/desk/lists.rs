//! The lists of erasures, receipts and events say what files, receipts and the chain say, whatever happened.

use custody_core::{
    case_list::CaseQuery,
    erasure_list::{ErasureQuery, ErasureStage},
    event_list::{EventActor, EventQuery, EventTopic},
    hold::HoldScope,
    id::FileId,
    ports::Fault,
    receipt_list::{ReceiptQuery, ReceiptStanding},
};
use custody_desk::views::{ErasureListView, ErasureReason, LocationFound, SignatureFound};
use custody_practice::scenario::{CAROLA, OWEN};

use crate::support::Stage;

async fn erasures(stage: &Stage, stage_of: ErasureStage, search: &str) -> ErasureListView {
    let query = ErasureQuery { stage: stage_of, words: CaseQuery::words_of(search), skip: 0, limit: 500 };
    stage.desk().list_erasures(&query).await.unwrap()
}

/// Every row of every stage against the file itself, and every file of the desk against the rows.
async fn say_what_the_files_say(stage: &Stage, after: &str) {
    let mut listed = 0;
    for which in [ErasureStage::Next, ErasureStage::Running, ErasureStage::Done] {
        let view = erasures(stage, which, "").await;
        assert_eq!(view.total, view.rows.len() as u64, "{after}: {which:?}");
        for row in &view.rows {
            let own = stage.desk().erasure(row.file.parse().unwrap()).await.unwrap().row;
            let (row, own) = (serde_json::to_value(row).unwrap(), serde_json::to_value(own).unwrap());
            assert_eq!(row, own, "after {after}");
        }
        listed += view.rows.len();
        let moments: Vec<_> = view.rows.iter().map(|row| row.at.clone()).collect();
        match which {
            ErasureStage::Done => assert!(moments.is_sorted_by(|one, next| one >= next), "{after}"),
            _ => assert!(moments.is_sorted(), "{after}"),
        }
    }
    let mut known = 0;
    for case in stage.cases().await {
        for file in stage.desk().case(case.id.parse().unwrap()).await.unwrap().files {
            known += usize::from(stage.desk().erasure(file.id.parse::<FileId>().unwrap()).await.is_ok());
        }
    }
    assert_eq!(listed, known, "after {after}: none is left out, and none stands there twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_erasures_follows_a_file_from_its_end_to_its_proof() {
    let stage = Stage::demo().await;
    stage.round().await;
    say_what_the_files_say(&stage, "files came in").await;
    let carola = stage.case_of(CAROLA.name).await;
    stage.practice.close_ticket(carola).await.unwrap();
    stage.round().await;
    say_what_the_files_say(&stage, "a ticket was closed").await;
    let next = erasures(&stage, ErasureStage::Next, CAROLA.name).await;
    let first = next.rows[0].clone();
    assert_eq!((first.case.clone(), first.reason), (carola.to_string(), Some(ErasureReason::TicketClosed)));
    let file: FileId = first.file.parse().unwrap();
    let view = stage.desk().erasure(file).await.unwrap();
    assert!(view.why.iter().any(|why| why.to_string().contains("read as closed")), "{:?}", view.why);
    assert!(view.rule.to_string().starts_with("Erase"), "{}", view.rule);

    // Undone within its grace.
    let review = stage.now().checked_add(jiff::SignedDuration::from_hours(24 * 14)).unwrap();
    let hold = stage.desk().place_hold(HoldScope::File(file), "a claim".into(), review).await.unwrap();
    stage.round().await;
    say_what_the_files_say(&stage, "a hold on one file").await;
    assert!(erasures(&stage, ErasureStage::Next, "").await.rows.iter().all(|row| row.file != first.file));
    assert_eq!(stage.desk().erasure(file).await.unwrap_err().fault(), Fault::NotFound, "nothing is to be expected");
    stage.desk().lift_hold(hold, "settled".into()).await.unwrap();
    stage.days(4);
    stage.round().await;
    say_what_the_files_say(&stage, "it was erased").await;
    let done = erasures(&stage, ErasureStage::Done, CAROLA.name).await;
    let receipt = stage.only_receipt(carola).await;
    let row = done.rows.iter().find(|row| row.file == first.file).unwrap();
    assert_eq!(row.receipt, Some(receipt.to_string()));
    let proven = stage.desk().erasure(file).await.unwrap();
    assert!(proven.locations.iter().any(|location| location.found == LocationFound::ErasedVerified));
    assert!(proven.locations.iter().any(|location| location.found == LocationFound::KeyDestroyed));

    let stage = stage.restart().await;
    say_what_the_files_say(&stage, "a restart").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_are_listed_as_they_stand_and_checked_against_ledger_and_chain() {
    let stage = Stage::demo().await;
    stage.round().await;
    let owen = stage.case_of(OWEN.name).await;
    stage.practice.customer_asks(owen).await.unwrap();
    stage.round().await;
    let receipt = stage.only_receipt(owen).await;
    let list =
        async |query: ReceiptQuery| stage.desk().list_receipts(&ReceiptQuery { limit: 50, ..query }).await.unwrap();
    let all = list(ReceiptQuery::default()).await;
    let whole = stage.desk().receipts().await.unwrap();
    assert_eq!(serde_json::to_value(&all.rows).unwrap(), serde_json::to_value(&whole).unwrap());
    assert_eq!((all.total, all.owed), (1, 1), "the forum still has its copies");
    assert!(all.rows[0].follow_up_owed);
    assert_eq!(list(ReceiptQuery { owed: true, ..ReceiptQuery::default() }).await.total, 1);
    for search in [OWEN.name, &all.rows[0].token.to_lowercase(), &all.rows[0].title] {
        let words = CaseQuery::words_of(search);
        assert_eq!(list(ReceiptQuery { words, ..ReceiptQuery::default() }).await.total, 1, "{search}");
    }
    let confirmed = ReceiptQuery { standings: vec![ReceiptStanding::Confirmed], ..ReceiptQuery::default() };
    assert_eq!(list(confirmed.clone()).await.total, 0);
    stage.practice.customer_confirms(receipt).await.unwrap();
    stage.round().await;
    assert_eq!(list(confirmed).await.rows[0].id, receipt.to_string());

    let check = stage.desk().verify_receipt(receipt).await.unwrap();
    assert_eq!((check.signature, check.digest_fits), (SignatureFound::Fits, Some(true)));
    assert_eq!((check.names_fit, check.chain_fits), (Some(true), Some(true)));
    assert!(check.chain_index.is_some() && check.key.len() == 64);
    let delivery = stage.desk().receipt(receipt).await.unwrap().delivery.unwrap();
    assert_eq!((delivery.attempts, delivery.problem), (1, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_events_is_the_chain_from_its_end_on() {
    let stage = Stage::demo().await;
    stage.round().await;
    let desk = stage.desk();
    let list = async |query: EventQuery| desk.list_events(&EventQuery { limit: 500, ..query }).await.unwrap();
    let all = list(EventQuery::default()).await;
    let mut chain = desk.events(0, 10_000).await.unwrap();
    chain.reverse();
    let rows: Vec<_> = all.rows.iter().map(|row| &row.event).collect();
    assert_eq!(serde_json::to_value(&rows).unwrap(), serde_json::to_value(&chain).unwrap());
    assert_eq!((all.total, all.head), (chain.len() as u64, desk.head().await.unwrap()));

    desk.lock().await.unwrap();
    let staff = EventQuery { actor: Some(EventActor::Person), topics: vec![EventTopic::Desk], ..EventQuery::default() };
    let locked = list(staff).await;
    assert_eq!(locked.rows[0].event.event, "locked", "what was added since is there");

    let owen = stage.case_of(OWEN.name).await;
    let of_owen = list(EventQuery { words: CaseQuery::words_of(OWEN.name), ..EventQuery::default() }).await;
    let timeline = desk.case(owen).await.unwrap().timeline;
    assert_eq!(of_owen.total, timeline.len() as u64);
    let sealed = of_owen.rows.iter().find(|row| row.event.event == "file_sealed").unwrap();
    let event = desk.event(sealed.event.index).await.unwrap();
    assert_eq!(event.cases[0].id, owen.to_string());
    assert_eq!((event.files.len(), event.hash.len(), event.prev.len()), (1, 64, 64));
    assert!(event.text.contains("\"event\":\"file_sealed\""));
    let before = desk.event(sealed.event.index - 1).await.unwrap();
    assert_eq!(before.hash, event.prev, "each stands on the one before");
}

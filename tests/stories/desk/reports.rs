//! The report: shown without a trace, and given out as a file that anybody can hold against the desk's key.

use custody_core::{
    SignedDuration, Timestamp,
    audit::signed_head,
    hold::HoldScope,
    receipt::public_key_from_pem,
    report::{NotTheReport, ReportFormat, ReportStatement, verify},
};
use custody_practice::scenario::{CAROLA, OWEN, canaries};

use crate::support::Stage;

const FORMS: [ReportFormat; 3] = [ReportFormat::Pdf, ReportFormat::Csv, ReportFormat::Json];

fn month(stage: &Stage) -> (Timestamp, Timestamp) {
    (stage.now() - SignedDuration::from_hours(24 * 30), stage.now() + SignedDuration::from_secs(1))
}

/// One case is erased because its ticket closed, one because its customer asked; the rest is held.
async fn told() -> Stage {
    let stage = Stage::demo().await;
    stage.round().await;
    stage.practice.close_ticket(stage.case_of(CAROLA.name).await).await.unwrap();
    stage.practice.customer_asks(stage.case_of(OWEN.name).await).await.unwrap();
    stage.round().await;
    stage.hours(73);
    stage.round().await;
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_is_looked_at_leaves_no_trace_and_one_that_leaves_does() {
    let stage = told().await;
    let (from, to) = month(&stage);
    let before = stage.desk().head().await.unwrap();
    let view = stage.desk().report_view(from, to).await.unwrap();
    assert_eq!(stage.desk().head().await.unwrap(), before);
    assert!(view.erased.ticket_closed > 0 && view.erased.customer_asked > 0, "{view:?}");
    assert_eq!((view.requests.by_customers, view.requests.done, view.requests.open), (1, 1, 0));
    assert_eq!(view.requests.median_hours, view.requests.worst_hours);
    let timing = &view.closing_to_erasure[0];
    assert_eq!((timing.files, timing.allowed_hours, timing.late), (view.erased.ticket_closed, 72, 0));
    assert!(view.held.is_empty() && view.overdue.is_empty(), "everything is erased: {view:?}");

    for form in FORMS {
        let before = stage.desk().head().await.unwrap();
        stage.desk().export_report(from, to, form).await.unwrap();
        let events = stage.desk().events(before, 10).await.unwrap();
        assert_eq!(events.len(), 1, "{form:?}: {events:?}");
        assert_eq!(events[0].event, "exported");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_what_the_desk_signed_and_names_no_customer() {
    let stage = told().await;
    let (from, to) = month(&stage);
    let key = public_key_from_pem(&stage.desk().public_key_pem().unwrap()).unwrap();
    for form in FORMS {
        let made = stage.desk().export_report(from, to, form).await.unwrap();
        let said: ReportStatement = verify(&made.statement, &made.bytes, &key).unwrap();
        assert_eq!((said.form, said.period.from, said.period.to), (form, from, to));
        assert_eq!(said.ledger.index, stage.desk().head().await.unwrap(), "its own event is the end of the record");
        let head = signed_head(&made.statement, &key).unwrap();
        assert!(stage.desk().fits_chain(head).await.unwrap());
        let mut changed = made.bytes.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(verify(&made.statement, &changed, &key), Err(NotTheReport::File));
        let text = String::from_utf8_lossy(&made.bytes);
        for canary in canaries() {
            assert!(!text.contains(&canary), "{canary} is in the {form:?}");
        }
    }
    let json = stage.desk().export_report(from, to, ReportFormat::Json).await.unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json.bytes).unwrap();
    assert_eq!(json["format"], "custody.report.v1");
    assert_eq!(json["requests"]["done"], 1);
    let csv = stage.desk().export_report(from, to, ReportFormat::Csv).await.unwrap();
    let csv = String::from_utf8(csv.bytes).unwrap();
    assert!(csv.starts_with("\u{FEFF}section,item,value\r\nreport,desk,"), "{csv}");
    let pdf = stage.desk().export_report(from, to, ReportFormat::Pdf).await.unwrap();
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    if let Some(path) = std::env::var_os("CUSTODY_WRITE_REPORT") {
        std::fs::write(path, &pdf.bytes).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_stands_on_the_report_with_its_owner_and_its_case() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    let review = stage.now() + SignedDuration::from_hours(24 * 14);
    stage.desk().place_hold(HoldScope::Case(case), "a claim is open".into(), review).await.unwrap();
    stage.practice.close_ticket(case).await.unwrap();
    stage.round().await;
    stage.hours(1);
    let (from, to) = month(&stage);
    let view = stage.desk().report_view(from, to).await.unwrap();
    let files = view.held.iter().map(|line| line.files).sum::<u64>();
    assert!(files > 0 && view.held.iter().all(|line| line.ages[0].files == line.files), "all are young");
    assert!(view.held[0].says.unwrap().to_string().contains("days"), "{:?}", view.held);
    let hold = &view.holds[0];
    assert!(hold.files > 0 && !hold.title.is_empty(), "{hold:?}");
    assert_eq!(hold.case.as_deref(), Some(case.to_string().as_str()));
    assert_eq!(view.overdue.len() as u64, hold.files);
    assert_eq!(view.overdue[0].owner.as_deref(), Some(hold.owner.as_str()));
    assert_eq!(view.overdue[0].title, hold.title);

    let csv = stage.desk().export_report(from, to, ReportFormat::Csv).await.unwrap();
    let csv = String::from_utf8(csv.bytes).unwrap();
    assert!(csv.contains(&format!("hold_owner,{},{}\r\n", hold.hold, hold.owner)), "{csv}");
}

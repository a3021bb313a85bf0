use std::collections::BTreeMap;

use custody_core::{
    flow::{
        drill::Drilled,
        reconcile::{Compared, Reconciled},
    },
    hold::HoldScope,
    id::{CaseId, CustomerId, DeskId, FileId, HoldId, PersonId, ViewingCopyId},
    ports::{Fault, Heartbeat, Job},
    receipt::LedgerAnchor,
    report::{
        Age, Band, CopyLine, Erased, HeldByRule, HoldLine, JobLine, Overdue, Receipts, Report, ReportFormat, Requests,
        RuleLine, Span, Timing,
    },
    retention::Why,
};

use super::*;

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 - 1_790_000_000 % 86_400 + hour * 3600).unwrap()
}

const PERSON: PersonId = PersonId::from_bytes([5; 16]);

fn told(rule: &str, person: &str) -> Told {
    let hold = HoldId::from_bytes([6; 16]);
    let ages = [(0, Some(7), 3), (7, Some(30), 1), (30, Some(90), 0), (90, None, 0)];
    let report = Report {
        made_at: at(0),
        span: Span { from: at(-24 * 30), to: at(0) },
        rules: vec![RuleLine { name: rule.to_owned(), says: "Erase 3 days after the ticket closes.".to_owned() }],
        held: vec![HeldByRule {
            rule: rule.to_owned(),
            files: 4,
            bytes: 4 << 20,
            oldest: Some(at(-24 * 9)),
            ages: ages.map(|(from_days, to_days, files)| Age { from_days, to_days, files, bytes: files << 20 }).into(),
        }],
        due_in_7_days: 2,
        due_in_30_days: 3,
        overdue: vec![Overdue {
            file: FileId::from_bytes([1; 16]),
            case: CaseId::from_bytes([2; 16]),
            since: at(-100),
            why: vec![Why::Hold { hold }, Why::TicketClosed { since: at(-100) }],
            owner: Some(PERSON),
        }],
        exposed_cases: 1,
        open_to_anyone: 0,
        erased: Erased {
            files: 5,
            bytes: 5000,
            ticket_closed: 4,
            customer_asked: 1,
            locations: vec![("erased_verified".to_owned(), 9), ("key_destroyed".to_owned(), 5)],
            median_hours: Some(73),
            longest_hours: Some(99),
            ..Erased::default()
        },
        closing_to_erasure: vec![Timing {
            allowed_hours: 72,
            files: 4,
            late: 1,
            median_hours: 73,
            longest_hours: 99,
            bands: (0..9).map(|at| Band { from_hours: at * 12, to_hours: at * 12 + 12, files: at / 3 }).collect(),
        }],
        requests: Requests {
            by_customers: 2,
            done: 1,
            open: 1,
            customer_files_erased: 1,
            customer_files_open: 2,
            median_hours: Some(1),
            worst_hours: Some(1),
            ..Requests::default()
        },
        receipts: Receipts { issued: 3, sent: 3, confirmed_with_dkim: 2, unanswered: 1, ..Receipts::default() },
        holds: vec![HoldLine {
            hold,
            covers: HoldScope::Customer(CustomerId::from_bytes([3; 16])),
            case: None,
            files: 1,
            owner: PERSON,
            placed_at: at(-50),
            review_at: at(-1),
            review_overdue: true,
        }],
        open_viewing_copies: 1,
        viewing_copies: vec![CopyLine {
            copy: ViewingCopyId::from_bytes([7; 16]),
            file: FileId::from_bytes([1; 16]),
            case: Some(CaseId::from_bytes([2; 16])),
            by: PERSON,
            made_at: at(-1),
            until: at(1),
            over: false,
        }],
        lost: 0,
        counted_bytes: 4_195_104,
        physical_bytes: 4_195_104,
        occupied_bytes: 4_210_688,
        reconciled: Some(Reconciled { at: at(-2), found: Compared { whole: 4, ..Compared::default() } }),
        drilled: Some(Drilled { target: rule.to_owned(), at: at(-30), passed: true }),
        heartbeats: vec![JobLine {
            last: Heartbeat {
                job: Job::Sweep,
                ran_at: at(0),
                good_at: None,
                fault: Some(Fault::Unreachable),
                next_at: None,
            },
            standing: "failing",
            late_since: None,
        }],
    };
    Told {
        report,
        desk: DeskId::from_bytes([9; 16]),
        issuer: "Example support".to_owned(),
        tool: "Custody 0.0.0".to_owned(),
        ledger: LedgerAnchor { index: 4711, head: "ab".repeat(32) },
        broken_at: None,
        people: BTreeMap::from([(PERSON, person.to_owned())]),
    }
}

#[test]
fn a_table_and_a_text_say_everything_that_the_report_has() {
    let told = told("usual", "Robin Adler");
    insta::assert_snapshot!(csv(&told));
    insta::assert_snapshot!(String::from_utf8(told.file(ReportFormat::Json).unwrap()).unwrap());
}

#[test]
fn the_same_report_gives_the_same_bytes_in_every_form() {
    for form in [ReportFormat::Pdf, ReportFormat::Csv, ReportFormat::Json] {
        let made = told("usual", "Robin Adler").file(form).unwrap();
        assert_eq!(made, told("usual", "Robin Adler").file(form).unwrap());
        assert_ne!(made, told("usual", "Robin Adle").file(form).unwrap(), "{form:?}: the owner is named");
    }
}

#[test]
fn no_name_breaks_a_file_out_of_its_form() {
    for name in
        ["=cmd|' /C calc'!A0", "\u{202E}gnp.exe", "a\",\"b\r\nc", "山田太郎\0", &"W ".repeat(5_000), "</script>\\()%"]
    {
        let told = told(name, name);
        assert!(told.file(ReportFormat::Pdf).unwrap().starts_with(b"%PDF-"));
        let json: serde_json::Value = serde_json::from_slice(&told.file(ReportFormat::Json).unwrap()).unwrap();
        assert_eq!((json["held"][0]["rule"].as_str(), json["people"][0]["name"].as_str()), (Some(name), Some(name)));
        let csv = csv(&told);
        assert!(!csv.contains(",=cmd") && !csv.contains("\"=cmd"), "{csv}");
        assert!(csv.lines().next().unwrap().eq("section,item,value"));
    }
}

#[test]
fn a_record_that_does_not_fit_is_said_to_be_one() {
    let broken = Told { broken_at: Some(12), ..told("usual", "Robin Adler") };
    assert!(csv(&broken).contains("ledger,broken_at,12\r\n"));
    let facts = paper::paper(&broken).facts;
    assert!(facts.iter().any(|(_, value)| value.contains("DOES NOT FIT AT EVENT 12")), "{facts:?}");
}

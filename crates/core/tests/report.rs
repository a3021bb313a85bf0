//! The figures of a report, at their edges, and the signature under its files.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use async_trait::async_trait;
use custody_core::{
    SignedDuration, Timestamp,
    case::{Case, Labels, TopicId},
    file_kind::FileKind,
    held_file::{Due, ForumDigest, HeldFile, Refusal, Sealed, SourceMark, State},
    hold::{Hold, HoldScope},
    id::{CaseId, CustomerId, DeskId, FileId, HoldId, PersonId, RequestId, ViewingCopyId},
    period::Period,
    ports::{PortResult, Signer},
    receipt::LedgerAnchor,
    report::{FORMAT, NotTheReport, Report, ReportFormat, ReportStatement, Rows, Span, digest, report, verify},
    request::{Asker, Channel, Request, RequestStanding},
    retention::{Outcome, Plan, Reason, Rules, Verdict, Why},
    ticket::{Closing, Standing, TicketReading, TicketRef},
    viewing_copy::ViewingCopy,
};
use ed25519_dalek::{Signer as _, SigningKey};

const CASE: CaseId = CaseId::from_bytes([1; 16]);
const CUSTOMER: CustomerId = CustomerId::from_bytes([3; 16]);
const PERSON: PersonId = PersonId::from_bytes([5; 16]);
const NOW: i64 = 100 * 24;

fn hour(hour: i64) -> Timestamp {
    Timestamp::from_second(hour * 3600).unwrap()
}

fn id(number: u8) -> FileId {
    FileId::from_bytes([number; 16])
}

fn file(number: u8, arrived: Timestamp, state: State) -> HeldFile {
    HeldFile::restore(id(number), CASE, SourceMark::from_bytes([number; 32]), arrived, state, 0)
}

fn sealed(size: u64) -> Sealed {
    Sealed {
        at: hour(0),
        size,
        sealed_size: size + 200,
        digest: String::new(),
        forum_digest: ForumDigest::NotGiven,
        kind: FileKind::Other,
    }
}

fn held(number: u8, arrived: Timestamp) -> HeldFile {
    file(number, arrived, State::Held { sealed: sealed(10) })
}

/// A file whose ticket closed at `since` and that was proven erased at `at`, with 72 hours of grace.
fn erased(number: u8, since: i64, at: i64) -> HeldFile {
    let due = Due { reason: Reason::TicketClosed, since: hour(since), erase_at: hour(since + 72) };
    file(number, hour(0), State::Erased { sealed: sealed(10), due, at: hour(at), proofs: vec![] })
}

fn case(closed: Option<i64>) -> Case {
    let standing = closed.map_or(Standing::UNREAD, |at| {
        Standing::UNREAD.after(TicketReading::Closed { how: Closing::Closed }, hour(at))
    });
    Case {
        id: CASE,
        forum: "forum".into(),
        topic: TopicId(1),
        customer: CUSTOMER,
        ticket: TicketRef { tracker: "topic".into(), key: "1".into() },
        standing,
        exposed_since: None,
        labels: Labels::default(),
        opened_at: hour(0),
        customer_active_at: hour(0),
        probe: None,
        noticed_at: None,
        forgotten_at: None,
        version: 0,
    }
}

fn request(number: u8, at: i64, by: Asker, standing: RequestStanding) -> Request {
    Request {
        id: RequestId::from_bytes([number; 16]),
        case: CASE,
        file: None,
        by,
        channel: Channel::Thread,
        source: format!("post {number}"),
        received_at: hour(at),
        standing,
        version: 0,
    }
}

fn kept(number: u8, rule: &str, why: Vec<Why>) -> Verdict {
    Verdict { file: id(number), case: CASE, rule: rule.to_owned(), outcome: Outcome::Keep { due_at: None }, why }
}

#[derive(Default)]
struct Given {
    cases: Vec<Case>,
    files: Vec<HeldFile>,
    verdicts: Vec<Verdict>,
    holds: Vec<Hold>,
    requests: Vec<Request>,
    copies: Vec<ViewingCopy>,
}

impl Given {
    fn files(files: Vec<HeldFile>) -> Self {
        Self { files, ..Self::default() }
    }

    fn reported(self) -> Report {
        let rows = Rows {
            cases: &self.cases,
            files: &self.files,
            rules: &Rules::usual(),
            plan: &Plan { verdicts: self.verdicts },
            holds: &self.holds,
            requests: &self.requests,
            receipts: &[],
            open_copies: &self.copies,
            jobs: &[],
            physical_bytes: 0,
            occupied_bytes: 0,
            reconciled: None,
            drilled: None,
        };
        report(&rows, Span { from: hour(0), to: hour(NOW) }, hour(NOW))
    }
}

#[test]
fn a_file_stands_in_one_age_and_an_age_ends_before_its_last_day() {
    let before = |hours: i64| hour(NOW - hours);
    let ages = [0, 7 * 24 - 1, 7 * 24, 30 * 24 - 1, 30 * 24, 90 * 24 - 1, 90 * 24, 99 * 24];
    let files = (0..).zip(ages).map(|(number, age)| held(number, before(age))).collect();
    let verdicts = (0..8).map(|number| kept(number, "usual", vec![])).collect();
    let report = Given { verdicts, ..Given::files(files) }.reported();
    let line = &report.held[0];
    let counted: Vec<_> = line.ages.iter().map(|age| (age.from_days, age.to_days, age.files, age.bytes)).collect();
    assert_eq!(counted, [(0, Some(7), 2, 20), (7, Some(30), 2, 20), (30, Some(90), 2, 20), (90, None, 2, 20)]);
    assert_eq!((line.files, line.bytes, line.oldest), (8, 80, Some(before(99 * 24))));
    assert_eq!(report.rules[0].name, "usual");
    assert!(report.rules[0].says.contains("3 days"), "{:?}", report.rules);
}

#[test]
fn a_clock_that_went_back_makes_no_file_older_or_lost() {
    let verdicts = vec![kept(1, "usual", vec![])];
    let report = Given { verdicts, ..Given::files(vec![held(1, hour(NOW + 5))]) }.reported();
    assert_eq!(report.held[0].ages[0].files, 1);
}

#[test]
fn the_time_from_closing_to_erasure_stands_against_what_the_rule_gave() {
    // One at the end of grace, one within the day after it, one later than that, all of one rule.
    let files = vec![erased(1, 100, 172), erased(2, 100, 196), erased(3, 100, 197 + 24)];
    let report = Given { cases: vec![case(Some(100))], ..Given::files(files) }.reported();
    let timing = &report.closing_to_erasure[0];
    assert_eq!(report.closing_to_erasure.len(), 1);
    assert_eq!((timing.allowed_hours, timing.files, timing.late), (72, 3, 1));
    assert_eq!((timing.median_hours, timing.longest_hours), (96, 121));
    assert_eq!(timing.bands.iter().map(|band| band.files).sum::<u64>(), 3, "no file is left out");
    assert_eq!(timing.bands[0].from_hours, 0);
    let widths: Vec<_> = timing.bands.iter().map(|band| band.to_hours - band.from_hours).collect();
    assert!(widths.iter().all(|width| *width == 12) && widths.len() == 11, "{widths:?}");
    assert!(timing.bands.last().unwrap().to_hours > timing.longest_hours);
}

#[test]
fn a_rules_period_counts_from_the_closing_and_a_later_arrival_from_its_own() {
    // The rule: a day after closing, and 72 hours of grace.
    let of_rule = erased(1, 124, 200);
    let due = Due { reason: Reason::TicketClosed, since: hour(150), erase_at: hour(222) };
    let late = file(2, hour(126), State::Erased { sealed: sealed(1), due, at: hour(230), proofs: vec![] });
    let report = Given { cases: vec![case(Some(100))], ..Given::files(vec![of_rule, late]) }.reported();
    let found: Vec<_> =
        report.closing_to_erasure.iter().map(|line| (line.allowed_hours, line.files, line.longest_hours)).collect();
    assert_eq!(found, [(96, 2, 104)], "100 to 196, and 126 to 222");

    let again = Given { cases: vec![case(None)], ..Given::files(vec![erased(1, 124, 200)]) }.reported();
    assert_eq!(again.closing_to_erasure[0].allowed_hours, 72, "a ticket that is open again: from when it was due");
}

#[test]
fn only_files_erased_in_the_time_because_a_ticket_closed_are_in_the_distribution() {
    let due = Due { reason: Reason::PeriodEnded, since: hour(1), erase_at: hour(2) };
    let by_period = file(1, hour(0), State::Erased { sealed: sealed(1), due, at: hour(3), proofs: vec![] });
    let files = vec![by_period, erased(2, 1, NOW), erased(3, 1, NOW - 1)];
    let report = Given { cases: vec![case(Some(1))], ..Given::files(files) }.reported();
    assert_eq!(report.closing_to_erasure.iter().map(|line| line.files).sum::<u64>(), 1, "the end is not in the time");
    assert_eq!(report.erased.files, 2);
    assert!(Given::default().reported().closing_to_erasure.is_empty());
}

#[test]
fn a_distribution_never_has_more_than_twelve_bars() {
    for took in [0, 1, 11, 12, 13, 143, 144, 1_000, 24 * 90, 24 * 365 * 30] {
        let at = NOW - 1;
        let due = Due { reason: Reason::TicketClosed, since: hour(at - took), erase_at: hour(at - took) };
        let file = file(1, hour(at - took), State::Erased { sealed: sealed(1), due, at: hour(at), proofs: vec![] });
        let report = Given::files(vec![file]).reported();
        let bands = &report.closing_to_erasure[0].bands;
        assert!(!bands.is_empty() && bands.len() <= 12, "{took}: {} bars", bands.len());
        assert_eq!(bands.last().unwrap().files, 1, "{took}: {bands:?}");
    }
}

#[test]
fn a_request_is_done_when_the_last_of_its_files_is_proven_erased() {
    let asked = |number, at| request(number, at, Asker::Customer(CUSTOMER), RequestStanding::Accepted);
    let gone = |number, at: i64| {
        let reason = Reason::CustomerAsked { request: RequestId::from_bytes([9; 16]) };
        let due = Due { reason, since: hour(10), erase_at: hour(10) };
        file(number, hour(1), State::Erased { sealed: sealed(1), due, at: hour(at), proofs: vec![] })
    };
    let refused = || file(9, hour(1), State::Refused { at: hour(1), why: Refusal::Withdrawn });
    let numbers = |files: Vec<HeldFile>, requests: Vec<Request>| {
        let found = Given { requests, ..Given::files(files) }.reported().requests;
        (found.done, found.open, found.without_files, found.median_hours, found.worst_hours, found.over_30_days)
    };
    assert_eq!(numbers(vec![gone(1, 12), gone(2, 15), refused()], vec![asked(1, 10)]), (1, 0, 0, Some(5), Some(5), 0));
    assert_eq!(numbers(vec![gone(1, 12), held(2, hour(1))], vec![asked(1, NOW - 720)]), (0, 1, 0, None, None, 0));
    assert_eq!(numbers(vec![held(2, hour(1))], vec![asked(1, NOW - 721)]), (0, 1, 0, None, None, 1));
    assert_eq!(numbers(vec![held(2, hour(11))], vec![asked(1, 10)]), (0, 0, 1, None, None, 0), "it came later");
    assert_eq!(numbers(vec![gone(1, 9)], vec![asked(1, 10)]), (0, 0, 1, None, None, 0), "it was gone before");
    assert_eq!(numbers(vec![refused()], vec![asked(1, 10)]), (0, 0, 1, None, None, 0));
    assert_eq!(
        numbers(vec![gone(1, 10 + 721)], vec![asked(1, 10), asked(2, 700), asked(3, 730)]),
        (3, 0, 0, Some(31), Some(721), 1)
    );
}

#[test]
fn what_is_unclear_or_staffs_own_is_counted_apart() {
    let requests = vec![
        request(1, 10, Asker::Customer(CUSTOMER), RequestStanding::Unclear),
        request(2, 10, Asker::Customer(CUSTOMER), RequestStanding::SetAside),
        request(3, 10, Asker::Person(PERSON), RequestStanding::Accepted),
    ];
    let found = Given { requests, ..Given::files(vec![held(1, hour(1))]) }.reported().requests;
    assert_eq!((found.by_customers, found.by_staff, found.unclear, found.set_aside), (2, 1, 1, 1));
    assert_eq!((found.done, found.open, found.without_files, found.over_30_days), (0, 0, 0, 0));
}

#[test]
fn a_hold_says_what_it_keeps_and_an_open_copy_whose_it_is() {
    let hold = |number, scope| Hold {
        id: HoldId::from_bytes([number; 16]),
        scope,
        owner: PERSON,
        placed_at: hour(1),
        review_at: hour(NOW),
        lifted: None,
        version: 0,
    };
    let holds =
        vec![hold(1, HoldScope::File(id(1))), hold(2, HoldScope::Case(CASE)), hold(3, HoldScope::Customer(CUSTOMER))];
    let by = |number| Why::Hold { hold: HoldId::from_bytes([number; 16]) };
    let closed = Why::TicketClosed { since: hour(20) };
    let verdicts = vec![kept(1, "usual", vec![by(1), by(2), closed]), kept(2, "usual", vec![by(2)])];
    let copy = |until| ViewingCopy {
        id: ViewingCopyId::from_bytes([7; 16]),
        file: id(2),
        by: PERSON,
        made_at: hour(NOW - 1),
        until,
        beside: 0,
        stays: None,
        ended: None,
        version: 0,
    };
    let copies = vec![copy(hour(NOW)), copy(hour(NOW) + SignedDuration::from_secs(1))];
    let files = vec![held(1, hour(1)), held(2, hour(1))];
    let report = Given { holds, verdicts, copies, ..Given::files(files) }.reported();
    let lines: Vec<_> = report.holds.iter().map(|line| (line.files, line.case, line.review_overdue)).collect();
    assert_eq!(lines, [(1, Some(CASE), true), (2, Some(CASE), true), (0, None, true)]);
    assert_eq!((report.overdue.len(), report.overdue[0].owner, report.overdue[0].since), (1, Some(PERSON), hour(20)));
    let copies: Vec<_> = report.viewing_copies.iter().map(|line| (line.case, line.by, line.over)).collect();
    assert_eq!(copies, [(Some(CASE), PERSON, true), (Some(CASE), PERSON, false)]);
}

struct Key(SigningKey);

#[async_trait]
impl Signer for Key {
    fn public_key(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    async fn sign(&self, message: &[u8]) -> PortResult<[u8; 64]> {
        Ok(self.0.sign(message).to_bytes())
    }
}

fn statement(file: &[u8]) -> ReportStatement {
    ReportStatement {
        format: FORMAT.to_owned(),
        desk: DeskId::from_bytes([1; 16]),
        made_at: hour(NOW),
        tool: "Custody 0.0.0".to_owned(),
        period: Span { from: hour(0), to: Period::days(7).after(hour(0)) },
        form: ReportFormat::Csv,
        size: file.len() as u64,
        sha256: digest(file),
        ledger: LedgerAnchor { index: 7, head: "00".repeat(32) },
    }
}

#[tokio::test]
async fn a_report_is_what_its_statement_says_or_it_is_refused() {
    let (key, file) = (Key(SigningKey::from_bytes(&[7; 32])), b"section,item,value\r\n");
    let public = key.public_key();
    let said = statement(file);
    let signed = said.sign(&key).await.unwrap();
    assert_eq!(verify(&signed, file, &public), Ok(said.clone()));
    for at in 0..file.len() {
        let mut changed = file.to_vec();
        changed[at] ^= 1;
        assert_eq!(verify(&signed, &changed, &public), Err(NotTheReport::File), "byte {at}");
    }
    assert_eq!(verify(&signed, b"", &public), Err(NotTheReport::File));

    let other = Key(SigningKey::from_bytes(&[8; 32])).public_key();
    assert_eq!(verify(&signed, file, &other), Err(NotTheReport::OtherKey));
    let forged = statement(b"another").sign(&key).await.unwrap();
    let payload = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()["payload"].clone();
    let moved = signed.replace(payload(&signed).as_str().unwrap(), payload(&forged).as_str().unwrap());
    assert_eq!(verify(&moved, b"another", &public), Err(NotTheReport::Signature));
    let later = ReportStatement { format: "custody.report.v9".to_owned(), ..said }.sign(&key).await.unwrap();
    for text in ["", "{}", "[]", &later, &signed.replace("custody.report", "custody.receipt")] {
        assert_eq!(verify(text, file, &public), Err(NotTheReport::NotAStatement), "{text}");
    }
}

#[tokio::test]
async fn the_record_can_be_held_against_a_report() {
    let key = Key(SigningKey::from_bytes(&[7; 32]));
    let signed = statement(b"x").sign(&key).await.unwrap();
    let head = custody_core::audit::signed_head(&signed, &key.public_key()).unwrap();
    assert_eq!(head.index, 7);
    assert!(custody_core::audit::signed_head(&signed, &[9; 32]).is_err());
}

//! What is kept, due and erased, and the reasons that are given for it.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use custody_core::{
    Timestamp,
    case::{Case, Labels, TopicId},
    file_kind::FileKind,
    held_file::{Due, ForumDigest, HeldFile, Sealed, SourceMark, Spared, State},
    hold::{Hold, HoldScope},
    id::{CaseId, CustomerId, FileId, HoldId, PersonId, RequestId},
    own_date::{OwnDate, OwnDateScope},
    period::Period,
    request::{Asker, Channel, Request, RequestStanding},
    retention::{
        ChangeKind, ForumCopyRule, Outcome, Plan, Reason, RetentionRule, Rules, StartPoint, Subject, Verdict, Why,
        decide, ends_at, latest_end, simulate,
    },
    ticket::{Closing, Standing, TicketReading, TicketRef},
};

const DAY: i64 = 24 * 60 * 60;
const CUSTOMER: CustomerId = CustomerId::from_bytes([3; 16]);

fn day(day: i64) -> Timestamp {
    Timestamp::from_second(day * DAY).unwrap()
}

fn case(standing: Standing) -> Case {
    Case {
        id: CaseId::from_bytes([1; 16]),
        forum: "forum".into(),
        topic: TopicId(1),
        customer: CUSTOMER,
        ticket: TicketRef { tracker: "topic".into(), key: "1".into() },
        standing,
        exposed_since: None,
        labels: Labels::default(),
        opened_at: day(0),
        customer_active_at: day(0),
        probe: None,
        noticed_at: None,
        forgotten_at: None,
        version: 0,
    }
}

fn file(due: Option<Due>) -> HeldFile {
    let sealed = Sealed {
        at: day(0),
        size: 1,
        sealed_size: 201,
        digest: String::new(),
        forum_digest: ForumDigest::NotGiven,
        kind: FileKind::Other,
    };
    let state = match due {
        Some(due) => State::Due { sealed, due },
        None => State::Held { sealed },
    };
    let mark = SourceMark::from_bytes([0; 32]);
    HeldFile::restore(FileId::from_bytes([2; 16]), CaseId::from_bytes([1; 16]), mark, day(0), state, 0)
}

fn closed(at: Timestamp) -> Standing {
    Standing::UNREAD.after(TicketReading::Closed { how: Closing::Closed }, at)
}

fn request(at: Timestamp, by: Asker, standing: RequestStanding) -> Request {
    Request {
        id: RequestId::from_bytes([4; 16]),
        case: CaseId::from_bytes([1; 16]),
        file: None,
        by,
        channel: Channel::Thread,
        source: "post 1".into(),
        received_at: at,
        standing,
        version: 0,
    }
}

fn hold() -> Hold {
    Hold {
        id: HoldId::from_bytes([5; 16]),
        scope: HoldScope::Customer(CUSTOMER),
        owner: PersonId::from_bytes([6; 16]),
        placed_at: day(0),
        review_at: day(1),
        lifted: None,
        version: 0,
    }
}

/// A file of whose case nothing personal is known.
const fn subject<'a>(file: &'a HeldFile, case: &'a Case, requests: &'a [Request]) -> Subject<'a> {
    Subject { file, case, requests, title: None, customer: None, own_dates: &[] }
}

fn verdict(standing: Standing, was: Option<Due>, requests: &[Request], holds: &[Hold], now: Timestamp) -> Verdict {
    let (case, file) = (case(standing), file(was));
    let plan = decide(&[subject(&file, &case, requests)], &Rules::usual(), holds, now);
    plan.verdicts.into_iter().next().expect("a held or due file gets a verdict")
}

fn ticket_due() -> Due {
    Due { reason: Reason::TicketClosed, since: day(10), erase_at: day(13) }
}

#[test]
fn an_open_ticket_keeps_until_the_ceiling_and_says_so() {
    let verdict = verdict(Standing::UNREAD, None, &[], &[], day(1));
    assert_eq!(verdict.outcome, Outcome::Keep { due_at: Some(day(87)) });
    assert_eq!(verdict.why, [Why::TicketOpen, Why::PeriodEnds { at: day(90) }]);
}

#[test]
fn a_closed_ticket_makes_due_and_erases_only_after_grace() {
    let marked = verdict(closed(day(10)), None, &[], &[], day(10));
    assert_eq!(marked.outcome, Outcome::MarkDue { due: ticket_due() });
    let waits = verdict(closed(day(10)), Some(ticket_due()), &[], &[], day(12));
    assert_eq!(waits.outcome, Outcome::Wait { due: ticket_due() });
    assert!(waits.why.contains(&Why::GraceUntil { at: day(13) }));
    let over = verdict(closed(day(10)), Some(ticket_due()), &[], &[], day(13));
    assert_eq!(over.outcome, Outcome::Erase { due: ticket_due() });
    assert!(over.why.contains(&Why::GraceOver));
}

#[test]
fn a_reopened_ticket_spares() {
    let verdict = verdict(Standing::UNREAD, Some(ticket_due()), &[], &[], day(12));
    assert_eq!(verdict.outcome, Outcome::Spare { spared: Spared::Reopened });
}

#[test]
fn a_ticket_in_doubt_erases_nothing_however_late_it_is() {
    let doubtful = closed(day(10)).after(TicketReading::Missing, day(12));
    let verdict = verdict(doubtful, Some(ticket_due()), &[], &[], day(50));
    assert_eq!(verdict.outcome, Outcome::Wait { due: ticket_due() });
    assert!(verdict.why.contains(&Why::TicketInDoubt { since: day(12) }));
}

#[test]
fn a_doubtful_ticket_does_not_hide_what_is_certain() {
    let doubtful = closed(day(10)).after(TicketReading::Missing, day(12));
    let asked = request(day(20), Asker::Customer(CUSTOMER), RequestStanding::Accepted);
    let verdict = verdict(doubtful, Some(ticket_due()), std::slice::from_ref(&asked), &[], day(20));
    let reason = Reason::CustomerAsked { request: asked.id };
    assert_eq!(verdict.outcome, Outcome::Erase { due: Due { reason, since: day(20), erase_at: day(20) } });
}

#[test]
fn a_hold_beats_every_reason_and_lifting_it_lets_the_erasure_go_on() {
    let asked = [request(day(2), Asker::Customer(CUSTOMER), RequestStanding::Accepted)];
    for was in [None, Some(ticket_due())] {
        let held = verdict(closed(day(10)), was, &asked, &[hold()], day(200));
        assert!(matches!(held.outcome, Outcome::Keep { .. } | Outcome::Spare { spared: Spared::Hold }), "{held:?}");
        assert_eq!(held.why.first(), Some(&Why::Hold { hold: hold().id }));
    }
    let lifted = Hold { lifted: Some((day(200), PersonId::from_bytes([6; 16]))), ..hold() };
    let goes_on = verdict(closed(day(10)), None, &asked, &[lifted], day(200));
    assert!(matches!(goes_on.outcome, Outcome::Erase { .. }), "{goes_on:?}");
}

#[test]
fn only_an_accepted_request_counts_and_only_for_files_that_were_there() {
    let customer = Asker::Customer(CUSTOMER);
    for standing in [RequestStanding::Unclear, RequestStanding::SetAside] {
        let verdict = verdict(Standing::UNREAD, None, &[request(day(1), customer, standing)], &[], day(2));
        assert!(matches!(verdict.outcome, Outcome::Keep { .. }), "{standing:?} must not erase");
    }
    let before = [request(day(-1), customer, RequestStanding::Accepted)];
    let verdict = verdict(Standing::UNREAD, None, &before, &[], day(2));
    assert!(matches!(verdict.outcome, Outcome::Keep { .. }), "what arrived after the request is kept");
}

#[test]
fn the_ceiling_ends_what_a_forgotten_ticket_would_keep_for_ever() {
    let announced = verdict(Standing::UNREAD, None, &[], &[], day(87));
    let due = Due { reason: Reason::PeriodEnded, since: day(87), erase_at: day(90) };
    assert_eq!(announced.outcome, Outcome::MarkDue { due });
    assert_eq!(verdict(Standing::UNREAD, Some(due), &[], &[], day(90)).outcome, Outcome::Erase { due });
}

#[test]
fn the_cap_does_not_count_what_customers_asked_for() {
    let (case, held) = (case(Standing::UNREAD), file(None));
    let plan_for = |by| {
        let requests = [request(day(1), by, RequestStanding::Accepted)];
        decide(&[subject(&held, &case, &requests)], &Rules::usual(), &[], day(1))
    };
    assert_eq!(plan_for(Asker::Customer(CUSTOMER)).counted_by_cap(), 0);
    assert_eq!(plan_for(Asker::Person(PersonId::from_bytes([6; 16]))).counted_by_cap(), 1);
}

#[test]
fn a_simulation_says_what_other_rules_erase_now_sooner_and_later_and_its_token_stands_for_exactly_that() {
    let rule = |period: u32, grace: u32| {
        let usual = Rules::usual().as_slice()[0].clone();
        let (period, grace) = (Period::days(period), Period::days(grace));
        Rules::new(vec![RetentionRule { start: StartPoint::Arrival, ceiling: None, period, grace, ..usual }]).unwrap()
    };
    let (case, file) = (case(Standing::UNREAD), file(None));
    let subjects = [subject(&file, &case, &[])];
    let told = |others: &Rules, holds: &[Hold]| simulate(&subjects, &rule(30, 3), others, holds, day(10));
    for (others, kind, after) in [
        (rule(5, 3), ChangeKind::ErasedNow, 8),
        (rule(9, 3), ChangeKind::Sooner, 12),
        (rule(60, 3), ChangeKind::Later, 63),
    ] {
        let simulation = told(&others, &[]);
        let change = &simulation.changes[0];
        assert_eq!((change.kind, change.before, change.after), (kind, Some(day(33)), Some(day(after))));
        assert_eq!((simulation.unchanged, simulation.count(kind)), (0, 1));
        let all = [ChangeKind::ErasedNow, ChangeKind::Sooner, ChangeKind::Later];
        assert_eq!(all.map(|kind| simulation.count(kind)).iter().sum::<u64>(), 1, "in this way and in no other");
        // The sweep by those rules does the same: there is no second calculation.
        let erases = decide(&subjects, &others, &[], day(10)).to_erase().count();
        assert_eq!(erases, usize::from(kind == ChangeKind::ErasedNow));
    }
    let same = told(&rule(30, 3), &[]);
    assert_eq!((same.changes.len(), same.unchanged), (0, 1));

    // Another rule, another name or another effect is another token.
    let mut named = rule(9, 3).as_slice().to_vec();
    named[0].name = "other".into();
    let tokens = [told(&rule(9, 3), &[]), told(&rule(8, 3), &[]), told(&Rules::new(named).unwrap(), &[]), {
        simulate(&subjects, &rule(30, 3), &rule(9, 3), &[], day(20))
    }];
    let distinct: std::collections::BTreeSet<_> = tokens.iter().map(|told| told.token.clone()).collect();
    assert_eq!(distinct.len(), 4);
    assert_eq!(told(&rule(9, 3), &[]).token, tokens[0].token, "the same question has the same token");

    // What a hold keeps, no rule ends.
    assert_eq!(told(&rule(5, 3), &[hold()]).unchanged, 1);
}

proptest::proptest! {
    /// Whatever else speaks for an erasure, and whichever way the hold covers the file.
    #[test]
    fn under_any_hold_nothing_is_ever_erased_and_once_lifted_all_is_as_if_it_had_never_been(
        scope in 0_usize..3,
        closed_on in proptest::option::of(0_i64..100),
        doubtful in proptest::bool::ANY,
        is_due in proptest::bool::ANY,
        asked in proptest::collection::vec((0_i64..100, proptest::bool::ANY, 0_usize..3), 0..4),
        now in 0_i64..400,
    ) {
        let scopes = [
            HoldScope::File(FileId::from_bytes([2; 16])),
            HoldScope::Case(CaseId::from_bytes([1; 16])),
            HoldScope::Customer(CUSTOMER),
        ];
        let standings = [RequestStanding::Accepted, RequestStanding::Unclear, RequestStanding::SetAside];
        let requests: Vec<_> = asked
            .iter()
            .map(|(at, by_customer, standing)| {
                let staff = Asker::Person(PersonId::from_bytes([6; 16]));
                let by = if *by_customer { Asker::Customer(CUSTOMER) } else { staff };
                request(day(*at), by, standings[*standing])
            })
            .collect();
        let standing = closed_on.map_or(Standing::UNREAD, |at| closed(day(at)));
        let standing = if doubtful { standing.after(TicketReading::Missing, day(now)) } else { standing };
        let was = is_due.then(ticket_due);
        let placed = Hold { scope: scopes[scope], ..hold() };
        let held = verdict(standing, was, &requests, std::slice::from_ref(&placed), day(now));
        let expected = match was {
            Some(_) => Outcome::Spare { spared: Spared::Hold },
            None => Outcome::Keep { due_at: None },
        };
        proptest::prop_assert_eq!(held.outcome, expected);

        let lifted = Hold { lifted: Some((day(now), placed.owner)), ..placed.clone() };
        let elsewhere = Hold { scope: HoldScope::Case(CaseId::from_bytes([9; 16])), ..placed };
        let free = verdict(standing, was, &requests, &[], day(now));
        proptest::prop_assert_eq!(&verdict(standing, was, &requests, &[lifted], day(now)), &free);
        proptest::prop_assert_eq!(&verdict(standing, was, &requests, &[elsewhere], day(now)), &free);
    }
}

/// An own date for day `end`, given on day `given`, in place of what the usual rule says.
fn with_own_date(standing: Standing, was: Option<Due>, given: i64, end: i64, rules: &Rules, now: i64) -> Outcome {
    let (case, file) = (case(standing), file(was));
    let own_dates = [OwnDate {
        scope: OwnDateScope::Case(case.id),
        end: day(end),
        by: PersonId::from_bytes([6; 16]),
        given_at: day(given),
        withdrawn: None,
        version: 0,
    }];
    let subject = Subject { own_dates: &own_dates, ..subject(&file, &case, &[]) };
    decide(&[subject], rules, &[], day(now)).verdicts[0].outcome
}

fn own_due(since: i64, end: i64) -> Due {
    Due { reason: Reason::PeriodEnded, since: day(since), erase_at: day(end) }
}

#[test]
fn an_own_date_takes_the_place_of_what_was_known_and_of_nothing_that_came_later() {
    let usual = Rules::usual();
    for (standing, given, end, now, outcome) in [
        // Open ticket: the own date is the end, announced one grace before.
        (Standing::UNREAD, 1, 20, 2, Outcome::Keep { due_at: Some(day(17)) }),
        (Standing::UNREAD, 1, 20, 17, Outcome::MarkDue { due: own_due(17, 20) }),
        (Standing::UNREAD, 1, 20, 20, Outcome::Erase { due: own_due(17, 20) }),
        // Given within the last grace: due at once, not before it was given.
        (Standing::UNREAD, 1, 3, 2, Outcome::MarkDue { due: own_due(1, 3) }),
        // Closed before it was given: the closing is what it takes the place of.
        (closed(day(10)), 11, 30, 14, Outcome::Keep { due_at: Some(day(27)) }),
        // Closed afterwards: counts as always, and goes first if it is sooner.
        (closed(day(10)), 5, 30, 13, Outcome::Erase { due: ticket_due() }),
        (closed(day(10)), 5, 12, 12, Outcome::Erase { due: own_due(9, 12) }),
        // Behind the ceiling, if the rule was shortened since: the ceiling is the end.
        (Standing::UNREAD, 1, 200, 90, Outcome::Erase { due: own_due(87, 90) }),
    ] {
        let found = with_own_date(standing, None, given, end, &usual, now);
        assert_eq!(found, outcome, "given on day {given} for day {end}, asked on day {now}");
    }
}

#[test]
fn without_a_ceiling_an_own_date_can_only_be_sooner() {
    let usual = Rules::usual().as_slice()[0].clone();
    let arrival = RetentionRule { start: StartPoint::Arrival, period: Period::days(30), ceiling: None, ..usual };
    let rules = Rules::new(vec![arrival]).unwrap();
    let erases = |end, now| matches!(with_own_date(Standing::UNREAD, None, 1, end, &rules, now), Outcome::Erase { .. });
    assert!(erases(20, 20) && !erases(20, 19));
    assert!(erases(60, 33) && !erases(60, 32), "the rule's end stays the latest");
    let (case, file) = (case(Standing::UNREAD), file(None));
    assert_eq!(latest_end(&subject(&file, &case, &[]), &rules), day(33));
    assert_eq!(latest_end(&subject(&file, &case, &[]), &Rules::usual()), day(90));
}

#[test]
fn a_file_that_was_due_is_spared_by_a_later_own_date_and_the_reason_is_that() {
    let spared = with_own_date(closed(day(10)), Some(ticket_due()), 11, 30, &Rules::usual(), 12);
    assert_eq!(spared, Outcome::Spare { spared: Spared::OwnDate });
}

#[test]
fn the_own_date_of_a_file_goes_before_that_of_its_case_which_means_the_files_of_its_day() {
    let held = file(None);
    let date = |scope, given, end| OwnDate {
        scope,
        end: day(end),
        by: PersonId::from_bytes([6; 16]),
        given_at: given,
        withdrawn: None,
        version: 0,
    };
    let of_case = |given| date(OwnDateScope::Case(held.case()), given, 20);
    let of_file = date(OwnDateScope::File(held.id()), day(1), 10);
    let end = |dates: &[OwnDate]| OwnDate::of(dates, &held).map(|date| date.end);
    assert_eq!(end(&[of_case(day(1)), of_file]), Some(day(10)));
    assert_eq!(end(&[of_case(day(1))]), Some(day(20)));
    assert_eq!(end(&[of_case(day(-1))]), None, "the file came after it");
    let withdrawn = OwnDate { withdrawn: Some((day(2), of_file.by)), ..of_file };
    assert_eq!(end(&[withdrawn, of_case(day(1))]), Some(day(20)));
}

#[test]
fn what_is_told_ahead_is_the_end_that_decides_and_nothing_where_a_hold_keeps() {
    let (case, file) = (case(closed(day(10))), file(None));
    let ends = |holds: &[Hold]| ends_at(&subject(&file, &case, &[]), &Rules::usual(), holds);
    assert_eq!(ends(&[]), Some(day(13)));
    assert_eq!(ends(&[hold()]), None);
    let lifted = Hold { lifted: Some((day(2), hold().owner)), ..hold() };
    let elsewhere = Hold { scope: HoldScope::Case(CaseId::from_bytes([9; 16])), ..hold() };
    assert_eq!(ends(&[lifted, elsewhere]), Some(day(13)));
}

#[test]
fn a_file_that_a_longer_rule_spares_says_so() {
    let by_period = Due { reason: Reason::PeriodEnded, since: day(1), erase_at: day(4) };
    let spared = verdict(Standing::UNREAD, Some(by_period), &[], &[], day(2));
    assert_eq!(spared.outcome, Outcome::Spare { spared: Spared::RuleChanged });
}

#[test]
fn the_token_of_a_plan_stands_for_exactly_the_files_that_it_erases() {
    let plan = |files: &[(u8, bool)]| Plan {
        verdicts: files
            .iter()
            .map(|(number, erased)| Verdict {
                file: FileId::from_bytes([*number; 16]),
                case: CaseId::from_bytes([1; 16]),
                rule: "usual".to_owned(),
                outcome: if *erased {
                    Outcome::Erase { due: ticket_due() }
                } else {
                    Outcome::Wait { due: ticket_due() }
                },
                why: vec![],
            })
            .collect(),
    };
    let token = plan(&[(1, true), (2, true)]).token();
    assert!(token.len() == 12 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token:?}");
    assert_eq!(plan(&[(2, true), (1, true), (3, false)]).token(), token, "whatever the order, and whatever waits");
    let others =
        [plan(&[(1, true)]), plan(&[(1, true), (3, true)]), plan(&[(1, true), (2, true), (3, true)]), plan(&[])];
    assert!(others.iter().all(|other| other.token() != token));
}

#[test]
fn a_request_means_the_file_that_arrived_in_its_very_moment_and_none_that_came_later() {
    let by_customer = |at| request(day(at), Asker::Customer(CUSTOMER), RequestStanding::Accepted);
    let asked = |requests: &[Request]| verdict(Standing::UNREAD, None, requests, &[], day(5)).outcome;
    // The file arrived on day 0.
    assert!(matches!(asked(&[by_customer(0)]), Outcome::Erase { .. }));
    assert!(matches!(asked(&[by_customer(-1)]), Outcome::Keep { .. }));
}

#[test]
fn only_a_wish_without_grace_is_no_matter_of_time() {
    let asked = [request(day(4), Asker::Customer(CUSTOMER), RequestStanding::Accepted)];
    let with_grace = |request_grace| {
        let rules = Rules::new(vec![RetentionRule { request_grace, ..Rules::usual().as_slice()[0].clone() }]).unwrap();
        let (case, file) = (case(Standing::UNREAD), file(None));
        // The sure time lies before the wish: the machine's clock runs ahead of what a server confirmed.
        decide(&[subject(&file, &case, &asked)], &rules, &[], day(2)).verdicts[0].outcome
    };
    assert!(matches!(with_grace(Period::ZERO), Outcome::Erase { .. }));
    assert!(!matches!(with_grace(Period::days(1)), Outcome::Erase { .. }));
}

#[test]
fn a_ticket_that_was_closed_in_the_moment_of_an_own_date_was_known_to_whoever_gave_it() {
    let found = with_own_date(closed(day(10)), None, 10, 30, &Rules::usual(), 14);
    assert_eq!(found, Outcome::Keep { due_at: Some(day(27)) });
}

#[test]
fn a_period_that_counts_from_arrival_says_when_it_ends_and_one_from_closing_that_it_is_closed() {
    let usual = Rules::usual().as_slice()[0].clone();
    let why = |start, standing| {
        let rule = RetentionRule { start, period: Period::days(30), ceiling: Some(Period::days(90)), ..usual.clone() };
        let (case, file) = (case(standing), file(None));
        decide(&[subject(&file, &case, &[])], &Rules::new(vec![rule]).unwrap(), &[], day(1)).verdicts[0].why.clone()
    };
    let ends = [Why::PeriodEnds { at: day(30) }, Why::PeriodEnds { at: day(90) }];
    assert_eq!(why(StartPoint::Arrival, Standing::UNREAD), ends);
    let closed_first = [Why::TicketClosed { since: day(1) }, Why::PeriodEnds { at: day(90) }];
    assert_eq!(why(StartPoint::TicketClosed, closed(day(1))), closed_first);
}

#[test]
fn a_rule_reads_as_one_sentence() {
    let usual = Rules::usual().as_slice()[0].clone();
    assert_eq!(usual.to_string(), "Erase 3 days after the ticket closes, and at the latest 90 days after arrival.");
    let other = RetentionRule {
        start: StartPoint::CustomerActivity,
        period: Period::days(30),
        grace: Period::days(1),
        ceiling: None,
        forum_copy: ForumCopyRule::Strip,
        ..usual
    };
    assert_eq!(
        other.to_string(),
        "Erase 30 days after the customer last wrote, with 1 day of grace; then take the forum's own copy out of the thread."
    );
    let arrival = RetentionRule { start: StartPoint::Arrival, ..other };
    assert!(arrival.to_string().starts_with("Erase 30 days after arrival, with 1 day of grace"));
}

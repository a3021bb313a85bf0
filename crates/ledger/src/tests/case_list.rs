//! The list of cases.

use custody_core::{
    Private,
    case::TopicId,
    case_list::{CaseOrder, CaseQuery, CaseStanding, CaseSummary},
    ports::Ledger as _,
};

use super::{
    World,
    build::{at, case, case_id, note, opened},
};

fn summary(number: u32, standing: CaseStanding, words: &str) -> CaseSummary {
    CaseSummary {
        case: case_id(number),
        standing,
        files: number,
        bytes: u64::from(number % 3) << 33,
        erases_at: number.is_multiple_of(2).then(|| at(1000 - i64::from(number))),
        words: Private::new(words.to_owned()),
    }
}

fn query(limit: u32) -> CaseQuery {
    CaseQuery { limit, ..CaseQuery::default() }
}

/// Which cases, by their numbers.
async fn listed(world: &World, query: &CaseQuery) -> Vec<u32> {
    let page = world.ledger.list_cases(query).await.unwrap();
    page.cases.iter().map(|(_, summary)| summary.files).collect()
}

async fn with_five_cases(world: &World) -> Vec<CaseSummary> {
    use CaseStanding as S;
    for number in 1..=5 {
        world.commit(vec![opened(number, number)]).await;
    }
    let standings = [S::Held, S::Due, S::Held, S::OnHold, S::Confirmed];
    let summaries: Vec<_> =
        (1..=5).zip(standings).map(|(number, standing)| summary(number, standing, &format!("case {number}"))).collect();
    world.ledger.put_case_list(&summaries, Some(5)).await.unwrap();
    summaries
}

pub(super) async fn a_part_of_the_list_is_sorted_and_counted(world: &World) {
    let summaries = with_five_cases(world).await;
    let page = world.ledger.list_cases(&query(2)).await.unwrap();
    assert_eq!(page.cases.len(), 2);
    assert_eq!((&page.cases[0].1, page.cases[0].0.id), (&summaries[4], case_id(5)), "as it was written");
    let counts =
        [(CaseStanding::Confirmed, 1), (CaseStanding::Due, 1), (CaseStanding::Held, 2), (CaseStanding::OnHold, 1)];
    assert_eq!(page.counts, counts, "whatever part was asked for");

    assert_eq!(listed(world, &query(9)).await, [5, 4, 3, 2, 1]);
    assert_eq!(listed(world, &CaseQuery { skip: 3, ..query(9) }).await, [2, 1]);
    for (order, expected) in [
        (CaseOrder::ErasedNext, [4, 2, 5, 3, 1]),
        (CaseOrder::Bytes, [5, 2, 4, 1, 3]),
        (CaseOrder::Active, [5, 4, 3, 2, 1]),
    ] {
        assert_eq!(listed(world, &CaseQuery { order, ..query(9) }).await, expected, "{order:?}");
    }
    let held = CaseQuery { standings: vec![CaseStanding::Held, CaseStanding::Due], ..query(9) };
    assert_eq!(listed(world, &held).await, [3, 2, 1]);
    assert_eq!(world.ledger.list_cases(&held).await.unwrap().counts, counts, "of every standing");

    let changed = CaseSummary { standing: CaseStanding::Due, ..summaries[4].clone() };
    world.ledger.put_case_list(&[changed], None).await.unwrap();
    assert_eq!(listed(world, &held).await, [5, 3, 2, 1]);
}

pub(super) async fn what_is_mine_and_what_is_due_soon_is_found_and_counted(world: &World) {
    with_five_cases(world).await;
    let page = world.ledger.list_cases(&query(9)).await.unwrap();
    assert_eq!((page.total, page.mine, page.due_soon), (5, 0, 0), "nobody said yet what is whose");

    let forum = "help";
    let told = world.ledger.changes();
    let topics = |numbers: &[u32]| numbers.iter().map(|number| TopicId(i64::from(*number) + 500)).collect();
    assert!(world.ledger.put_assigned(forum, &topics(&[2, 4, 5, 77])).await.unwrap());
    assert!(told.has_changed().unwrap(), "whoever shows the list hears of it");
    let mine = CaseQuery { mine: true, ..query(9) };
    assert_eq!(listed(world, &mine).await, [5, 4, 2]);
    let page = world.ledger.list_cases(&query(1)).await.unwrap();
    assert_eq!((page.total, page.mine), (5, 3), "whatever is shown");
    let page = world.ledger.list_cases(&mine).await.unwrap();
    let counts = [(CaseStanding::Confirmed, 1), (CaseStanding::Due, 1), (CaseStanding::OnHold, 1)];
    assert_eq!((page.total, page.counts), (3, counts.to_vec()), "of those that are mine");

    // Case 4 is erased at 996, case 2 at 998, and the others at no time yet.
    let soon = CaseQuery { soon: at(998), ..query(9) };
    assert_eq!(world.ledger.list_cases(&soon).await.unwrap().due_soon, 1);
    let only_soon = CaseQuery { due_soon: true, soon: at(999), ..query(9) };
    assert_eq!(listed(world, &only_soon).await, [4, 2]);
    assert_eq!(world.ledger.list_cases(&CaseQuery { limit: 1, ..only_soon.clone() }).await.unwrap().total, 2);

    assert!(world.ledger.put_assigned(forum, &topics(&[4])).await.unwrap());
    assert!(!world.ledger.put_assigned(forum, &topics(&[4, 99])).await.unwrap(), "threads without a case are nobody's");
    assert_eq!(listed(world, &CaseQuery { mine: true, ..only_soon }).await, [4]);
    let named = CaseQuery { words: CaseQuery::words_of("case 4"), ..mine.clone() };
    assert_eq!(world.ledger.list_cases(&named).await.unwrap().mine, 1);
    assert!(world.ledger.put_assigned("another.example", &topics(&[4])).await.unwrap(), "threads of another forum");
    assert_eq!(listed(world, &mine).await, [] as [u32; 0]);
}

pub(super) async fn a_search_finds_each_word_as_it_was_typed(world: &World) {
    for number in 1..=4 {
        world.commit(vec![opened(number, number)]).await;
    }
    let texts = ["tracker 42\nmüller\nlog_1%.txt", "tracker 43\nmuller\nlogs.txt", "c:\\temp", "\u{202e}gpj.exe"];
    let summaries: Vec<_> = (1..).zip(texts).map(|(number, text)| summary(number, CaseStanding::Held, text)).collect();
    world.ledger.put_case_list(&summaries, None).await.unwrap();
    for (typed, found) in [
        ("Tracker", &[2, 1][..]),
        ("MÜLLER", &[1]),
        ("muller TRACKER", &[2]),
        ("_1%", &[1]),
        ("%", &[1]),
        ("\\temp", &[3]),
        ("'; DROP TABLE cases; --", &[]),
        ("\u{202e}", &[4]),
        ("  ", &[4, 3, 2, 1]),
    ] {
        let query = CaseQuery { words: CaseQuery::words_of(typed), ..query(9) };
        assert_eq!(listed(world, &query).await, found, "{typed:?}");
        let counted: u64 = world.ledger.list_cases(&query).await.unwrap().counts.iter().map(|(_, cases)| cases).sum();
        assert_eq!(counted, found.len() as u64, "{typed:?} is counted as it is found");
    }
}

pub(super) async fn the_list_knows_up_to_which_event_it_was_made_and_what_was_touched_since(world: &World) {
    let ledger = &world.ledger;
    assert_eq!(ledger.case_list_head().await.unwrap(), 0);
    world.commit(vec![opened(1, 7), opened(2, 7), note(3)]).await;
    ledger.put_case_list(&[], Some(2)).await.unwrap();
    ledger.put_case_list(&[], Some(1)).await.unwrap();
    assert_eq!(ledger.case_list_head().await.unwrap(), 2, "whoever is behind does not take it back");
    assert_eq!(ledger.cases_touched(0, 1).await.unwrap(), [case_id(1)]);
    assert_eq!(ledger.cases_touched(1, 9).await.unwrap(), [case_id(2)]);
    assert!(ledger.cases_touched(2, 9).await.unwrap().is_empty());
    let customer = ledger.case(case_id(1)).await.unwrap().unwrap().customer;
    assert_eq!(ledger.cases_of_customer(customer).await.unwrap(), [case_id(1), case_id(2)]);
}

pub(super) async fn what_is_forgotten_is_found_by_no_search_and_comes_back_by_no_late_row(world: &World) {
    world.commit(vec![opened(1, 1)]).await;
    let row = summary(1, CaseStanding::Confirmed, "a name");
    world.ledger.put_case_list(std::slice::from_ref(&row), None).await.unwrap();
    let named = CaseQuery { words: CaseQuery::words_of("name"), ..query(9) };
    assert_eq!(listed(world, &named).await, [1]);
    world.commit(vec![case(1, 1).forget(at(80))]).await;
    assert_eq!(listed(world, &named).await, [0; 0]);
    // Made from what was read before the case was forgotten.
    world.ledger.put_case_list(&[row], None).await.unwrap();
    assert_eq!(listed(world, &named).await, [0; 0]);
    assert_eq!(listed(world, &query(9)).await, [1], "the case itself is still in the list");
    let words = |line: &str| line.contains("a name");
    let mut found = 0;
    world.ledger.dump(crate::Tables::All, &mut |line| found += usize::from(words(line))).await.unwrap();
    assert_eq!(found, 0);
}

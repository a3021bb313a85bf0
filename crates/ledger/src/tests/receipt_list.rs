//! The list of receipts.

use custody_core::{
    Private,
    case_list::{CaseQuery, CaseStanding, CaseSummary},
    event::{Event, EventKind},
    ports::Ledger as _,
    receipt::{Answer, Confirmation, DeliveryState, Grade, ReceiptRow},
    receipt_list::{ReceiptOrder, ReceiptQuery, ReceiptStanding},
    request::Channel,
    transition::Write,
};

use super::{
    World,
    build::{at, case, case_id, delivery, event, issued, opened, receipt_id},
};

fn query() -> ReceiptQuery {
    ReceiptQuery { limit: 50, ..ReceiptQuery::default() }
}

fn written(number: u32, of: u32, follows: Option<u32>, complete: bool) -> (Write, Event) {
    let mut receipt = issued(number, of, Vec::new());
    receipt.row.follows = follows.map(receipt_id);
    receipt.row.complete = complete;
    let kind = EventKind::FilesErased { files: Vec::new(), receipt: receipt_id(number), complete };
    (Write::Receipt { files: Vec::new(), receipt: Box::new(receipt) }, event(40, kind))
}

fn answered(row: &ReceiptRow, version: i64, answer: Answer, source: &str) -> (Write, Event) {
    let receipt = ReceiptRow { version, ..row.clone() };
    let (grade, channel, source) = (Grade::Replied, Channel::Mail, source.to_owned());
    let confirmation = Confirmation { receipt: row.id, answer, grade, channel, source, at: at(60) };
    let kind = EventKind::ReceiptAnswered { receipt: row.id, answer, grade };
    (Write::Confirmation { receipt, confirmation }, event(60, kind))
}

/// Which receipts, by their numbers.
async fn listed(world: &World, query: &ReceiptQuery) -> Vec<u32> {
    let page = world.ledger.list_receipts(query).await.unwrap();
    let number = |token: &str| token.trim_start_matches("CR-").parse().unwrap();
    page.receipts.iter().map(|listed| number(&listed.row.token)).collect()
}

/// Six receipts of two cases, each standing otherwise. The first is partial and followed, the second partial and open.
async fn six(world: &World) {
    world.commit(vec![opened(1, 1), opened(2, 2)]).await;
    let mut changes = vec![written(1, 1, None, false), written(2, 1, None, false), written(3, 1, Some(1), true)];
    changes.extend((4..=6).map(|number| written(number, 2, None, true)));
    world.write(changes).await;
    let row = async |number: u32| world.ledger.receipt(receipt_id(number)).await.unwrap().unwrap();
    for (number, state) in [
        (2, DeliveryState::Sent { at: at(50) }),
        (3, DeliveryState::Bounced { at: at(50) }),
        (4, DeliveryState::Bounced { at: at(50) }),
        (5, DeliveryState::Sent { at: at(50) }),
    ] {
        world.write(vec![delivery(&row(number).await, 1, state)]).await;
    }
    world.write(vec![answered(&row(4).await, 2, Answer::Confirmed, "one")]).await;
    world.write(vec![answered(&row(5).await, 2, Answer::Confirmed, "two")]).await;
    world.write(vec![answered(&row(5).await, 3, Answer::Disputed, "three")]).await;
    world.write(vec![answered(&row(6).await, 1, Answer::Unclear, "four")]).await;
}

pub(super) async fn receipts_are_listed_by_how_they_stand_and_by_what_is_owed(world: &World) {
    use ReceiptStanding as S;
    six(world).await;
    let page = world.ledger.list_receipts(&query()).await.unwrap();
    let stand: Vec<_> = page.receipts.iter().map(|listed| (listed.standing, listed.owed)).collect();
    assert_eq!(
        stand,
        [
            (S::AnswerUnclear, false),
            (S::Disputed, false),
            (S::Confirmed, false),
            (S::Bounced, false),
            (S::Sent, true),
            (S::Waiting, false),
        ]
    );
    for listed in &page.receipts {
        let given = world.ledger.confirmations(listed.row.id).await.unwrap();
        let delivery = world.ledger.delivery(listed.row.id).await.unwrap();
        let own = S::of(given.last().map(|answer| answer.answer), delivery.map(|delivery| delivery.state));
        assert_eq!(listed.standing, own, "the engine says what the core says");
    }
    assert_eq!((page.total, page.owed), (6, 1));
    let counted: Vec<_> = page.counts.iter().map(|(standing, count)| (*standing, *count)).collect();
    assert_eq!(
        counted,
        [(S::AnswerUnclear, 1), (S::Bounced, 1), (S::Confirmed, 1), (S::Disputed, 1), (S::Sent, 1), (S::Waiting, 1)]
    );

    let trouble = ReceiptQuery { standings: vec![S::Bounced, S::Disputed], ..query() };
    assert_eq!(listed(world, &trouble).await, [5, 3]);
    assert_eq!(world.ledger.list_receipts(&trouble).await.unwrap().total, 2);
    let owed = ReceiptQuery { owed: true, ..query() };
    assert_eq!(listed(world, &owed).await, [2]);
    let both = ReceiptQuery { owed: true, standings: vec![S::Waiting], ..query() };
    let page = world.ledger.list_receipts(&both).await.unwrap();
    assert_eq!((page.receipts.len(), page.total, page.counts.len()), (0, 0, 6), "counts are of every standing");
    assert_eq!(listed(world, &ReceiptQuery { order: ReceiptOrder::Oldest, ..query() }).await, [1, 2, 3, 4, 5, 6]);
    let part = ReceiptQuery { skip: 2, limit: 2, ..query() };
    assert_eq!(listed(world, &part).await, [4, 3]);
    assert_eq!(world.ledger.list_receipts(&part).await.unwrap().total, 6);
}

async fn with_words(world: &World, number: u32, words: &str) {
    let summary = CaseSummary {
        case: case_id(number),
        standing: CaseStanding::Erased,
        files: 0,
        bytes: 0,
        erases_at: None,
        words: Private::new(words.to_owned()),
    };
    world.ledger.put_case_list(&[summary], None).await.unwrap();
}

fn searched(text: &str) -> ReceiptQuery {
    ReceiptQuery { words: CaseQuery::words_of(text), ..query() }
}

pub(super) async fn receipts_are_found_by_their_case_and_their_number(world: &World) {
    six(world).await;
    with_words(world, 1, "müller\nreport_1%.txt").await;
    with_words(world, 2, "someone else").await;
    for (typed, found) in [
        ("MÜLLER", &[3, 2, 1][..]),
        ("1%", &[3, 2, 1]),
        ("else", &[6, 5, 4]),
        ("cr-000000000005", &[5]),
        ("CR-000000000005 else", &[5]),
        ("CR-000000000005 müller", &[]),
        ("_", &[3, 2, 1]),
        ("'; --", &[]),
        ("", &[6, 5, 4, 3, 2, 1]),
    ] {
        assert_eq!(listed(world, &searched(typed)).await, found, "{typed:?}");
        let page = world.ledger.list_receipts(&searched(typed)).await.unwrap();
        let counted: u64 = page.counts.iter().map(|(_, count)| count).sum();
        assert_eq!((page.total, counted), (found.len() as u64, found.len() as u64), "{typed:?}");
    }
}

pub(super) async fn to_a_forgotten_case_nothing_is_owed_and_only_its_number_is_found(world: &World) {
    six(world).await;
    with_words(world, 1, "a name").await;
    world.commit(vec![case(1, 1).forget(at(80))]).await;
    assert_eq!(listed(world, &searched("name")).await, [0; 0]);
    assert_eq!(listed(world, &searched("cr-000000000002")).await, [2]);
    assert_eq!(world.ledger.list_receipts(&query()).await.unwrap().owed, 0);
}

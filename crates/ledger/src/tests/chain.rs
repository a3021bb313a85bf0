//! Whatever is done to the chain is found, at the first place that does not fit.

use custody_core::{
    event::{self, ChainHash},
    ports::{ChainVerdict, Ledger as _},
};

use super::{
    World,
    build::{note, opened},
};

const EVENTS: i64 = 9;

async fn a_chain(world: &World) {
    world.commit((1..=EVENTS).map(note).collect()).await;
    assert!(matches!(world.ledger.verify().await.unwrap(), ChainVerdict::Whole(head) if head.index == 9));
}

async fn broken_at(world: &World) -> u64 {
    match world.ledger.verify().await.unwrap() {
        ChainVerdict::Broken { at } => at,
        whole => panic!("it is broken, not {whole:?}"),
    }
}

pub(super) async fn what_is_walked_is_given_as_it_is_stored_and_ends_where_it_does_not_fit(world: &World) {
    a_chain(world).await;
    let walked = async || {
        let mut given = Vec::new();
        let verdict = world.ledger.walk_chain(&mut |text, head| given.push((text.to_owned(), head))).await.unwrap();
        (given, verdict)
    };
    let (given, verdict) = walked().await;
    let texts: Vec<_> = (1..=EVENTS).map(|second| event::text(note(second).event()).unwrap()).collect();
    assert_eq!(given.iter().map(|(text, _)| text.clone()).collect::<Vec<_>>(), texts);
    assert_eq!(ChainVerdict::Whole(given[8].1), verdict);
    for (_, head) in &given {
        assert_eq!(world.ledger.hash_at(head.index).await.unwrap(), Some(head.hash));
    }
    assert_eq!(world.ledger.hash_at(10).await.unwrap(), None);
    world.meddle("UPDATE chain SET text = '' WHERE event_index = 4").await;
    let (given, verdict) = walked().await;
    assert_eq!((given.len(), verdict), (3, ChainVerdict::Broken { at: 4 }));
}

pub(super) async fn an_untouched_chain_is_whole_over_many_pages(world: &World) {
    let empty = world.ledger.head().await.unwrap();
    assert_eq!(empty.hash, ChainHash::GENESIS);
    assert_eq!(world.ledger.verify().await.unwrap(), ChainVerdict::Whole(empty));
    // Two full pages, then one event more.
    for (from, to) in [(1, 500), (501, 1000), (1001, 1001)] {
        let head = world.commit((from..=to).map(note).collect()).await;
        assert_eq!(world.ledger.verify().await.unwrap(), ChainVerdict::Whole(head));
    }
    world.meddle("UPDATE chain SET hash = prev WHERE event_index = 501").await;
    assert_eq!(broken_at(world).await, 501);
    world.meddle("UPDATE chain SET hash = prev WHERE event_index = 500").await;
    assert_eq!(broken_at(world).await, 500);
}

pub(super) async fn an_edited_event_is_found(world: &World) {
    a_chain(world).await;
    for (at, meddling) in [
        (8, "UPDATE chain SET at = at + 1 WHERE event_index = 8"),
        (7, "UPDATE chain SET prev = hash WHERE event_index = 7"),
        (6, "UPDATE chain SET hash = prev WHERE event_index = 6"),
        (4, "UPDATE chain SET text = replace(text, 'report 4', 'report 5') WHERE event_index = 4"),
        (1, "UPDATE chain SET text = replace(text, 'desk', 'Desk') WHERE event_index = 1"),
    ] {
        assert_eq!(world.meddle(meddling).await, 1);
        assert_eq!(broken_at(world).await, at);
    }
}

pub(super) async fn an_event_written_otherwise_is_found_even_if_the_hashes_fit(world: &World) {
    a_chain(world).await;
    // The same event with a blank more, and the hashes from there on made to fit, up to the end.
    let events = world.ledger.events(0, 100).await.unwrap();
    let mut hash = ChainHash::GENESIS;
    for (index, event) in events {
        let mut text = event::text(&event).unwrap();
        if index == 5 {
            text = text.replacen('{', "{ ", 1);
        }
        let prev = hash;
        hash = prev.next(index, &text);
        let (prev, next) = (hex::encode(prev.0), hex::encode(hash.0));
        let meddling =
            format!("UPDATE chain SET text = '{text}', prev = '{prev}', hash = '{next}' WHERE event_index = {index}");
        assert_eq!(world.meddle(&meddling).await, 1);
    }
    world.meddle(&format!("UPDATE chain_head SET hash = '{}'", hex::encode(hash.0))).await;
    assert_eq!(broken_at(world).await, 5);
}

pub(super) async fn a_removed_event_is_found(world: &World) {
    a_chain(world).await;
    world.meddle("DELETE FROM chain WHERE event_index = 6").await;
    assert_eq!(broken_at(world).await, 6);
    world.meddle("DELETE FROM chain WHERE event_index = 1").await;
    assert_eq!(broken_at(world).await, 1);
    world.meddle("DELETE FROM chain").await;
    assert_eq!(broken_at(world).await, 1);
}

pub(super) async fn reordered_events_are_found(world: &World) {
    a_chain(world).await;
    for step in [
        "UPDATE chain SET event_index = -3 WHERE event_index = 3",
        "UPDATE chain SET event_index = 3 WHERE event_index = 7",
        "UPDATE chain SET event_index = 7 WHERE event_index = -3",
    ] {
        assert_eq!(world.meddle(step).await, 1);
    }
    assert_eq!(broken_at(world).await, 3);
}

pub(super) async fn a_cut_off_tail_is_found(world: &World) {
    a_chain(world).await;
    world.meddle("DELETE FROM chain WHERE event_index > 7").await;
    assert_eq!(broken_at(world).await, 8);
}

pub(super) async fn an_event_that_was_slipped_in_is_found(world: &World) {
    a_chain(world).await;
    world.meddle("INSERT INTO chain SELECT 10, at, text, hash, hash FROM chain WHERE event_index = 9").await;
    assert_eq!(broken_at(world).await, 10);
    world.meddle("DELETE FROM chain WHERE event_index = 10").await;
    // One that fits in every way, but the end does not know of it.
    let (text, last) = (event::text(note(10).event()).unwrap(), world.ledger.head().await.unwrap());
    let (prev, hash) = (hex::encode(last.hash.0), hex::encode(last.hash.next(10, &text).0));
    let at = note(10).event().at.as_microsecond();
    world.meddle(&format!("INSERT INTO chain VALUES (10, {at}, '{text}', '{prev}', '{hash}')")).await;
    assert_eq!(broken_at(world).await, 10);
    world.meddle("DELETE FROM chain WHERE event_index = 10").await;
    world.meddle("INSERT INTO chain SELECT 0, at, text, prev, hash FROM chain WHERE event_index = 9").await;
    assert_eq!(broken_at(world).await, 1);
}

pub(super) async fn an_event_that_cannot_be_read_is_found(world: &World) {
    a_chain(world).await;
    for (at, meddling) in [
        (8, "UPDATE chain SET text = '' WHERE event_index = 8"),
        (7, "UPDATE chain SET text = '{}' WHERE event_index = 7"),
        (6, "UPDATE chain SET hash = 'no digest' WHERE event_index = 6"),
        (5, "UPDATE chain SET at = 9223372036854775807 WHERE event_index = 5"),
    ] {
        world.meddle(meddling).await;
        assert_eq!(broken_at(world).await, at);
    }
}

pub(super) async fn a_changed_end_is_found(world: &World) {
    a_chain(world).await;
    world.meddle("UPDATE chain_head SET hash = replace(hash, '0', '1')").await;
    assert_eq!(broken_at(world).await, 9);
    world.meddle("UPDATE chain_head SET event_index = 12").await;
    assert_eq!(broken_at(world).await, 10);
    world.meddle("UPDATE chain_head SET event_index = 3").await;
    assert_eq!(broken_at(world).await, 4);
    world.meddle("DELETE FROM chain_head").await;
    assert_eq!(broken_at(world).await, 9);
    let without_end = world.ledger.commit(vec![opened(1, 1)]).await;
    assert!(without_end.is_err(), "without its end nothing can be added to the chain");
}

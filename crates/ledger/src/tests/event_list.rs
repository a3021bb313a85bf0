//! The list of events.

use custody_core::{
    Private,
    case_list::{CaseQuery, CaseStanding, CaseSummary},
    event::{self, Event},
    event_list::{EventActor, EventQuery, EventTopic, ListedEvent},
    ports::Ledger as _,
};

use super::{
    World,
    build::{arrived, at, case_id, note, opened, placed},
};
use custody_core::hold::HoldScope;

fn query() -> EventQuery {
    EventQuery { limit: 50, ..EventQuery::default() }
}

async fn make(world: &World) -> Vec<(u64, Event)> {
    let events = world.ledger.events(0, 100).await.unwrap();
    let listed: Vec<_> = events.iter().map(|(index, event)| ListedEvent::of(*index, event)).collect();
    world.ledger.put_event_list(&listed).await.unwrap();
    events
}

async fn listed(world: &World, query: &EventQuery) -> Vec<u64> {
    let page = world.ledger.list_events(query).await.unwrap();
    let counted: u64 = page.counts.iter().map(|(_, count)| count).sum();
    if query.topics.is_empty() && query.skip == 0 {
        assert_eq!(counted, page.events.len() as u64, "what is found is counted");
    }
    page.events.into_iter().map(|(index, _)| index).collect()
}

/// 1 and 2 open cases, 3 is a file of the first, 4 a hold on the second by a person, 5 and 6 exports.
async fn six(world: &World) -> Vec<(u64, Event)> {
    world.commit(vec![opened(1, 1), opened(2, 2), arrived(3, 1)]).await;
    world.commit(vec![placed(4, HoldScope::Case(case_id(2))), note(5), note(6)]).await;
    make(world).await
}

pub(super) async fn events_are_newest_first_and_filtered_by_what_who_when_and_whose(world: &World) {
    use EventTopic as T;
    let events = six(world).await;
    let page = world.ledger.list_events(&query()).await.unwrap();
    assert_eq!(page.events, events.into_iter().rev().collect::<Vec<_>>(), "as they stand in the chain");
    assert_eq!(page.counts, [(T::Holds, 1), (T::Intake, 3), (T::Opening, 2)]);
    assert_eq!(listed(world, &EventQuery { skip: 1, limit: 3, ..query() }).await, [5, 4, 3]);

    assert_eq!(listed(world, &EventQuery { topics: vec![T::Holds, T::Opening], ..query() }).await, [6, 5, 4]);
    assert_eq!(listed(world, &EventQuery { actor: Some(EventActor::Person), ..query() }).await, [4]);
    assert_eq!(listed(world, &EventQuery { actor: Some(EventActor::Customer), ..query() }).await, [0; 0]);
    assert_eq!(listed(world, &EventQuery { index: Some(2), ..query() }).await, [2]);
    assert_eq!(listed(world, &EventQuery { index: Some(u64::MAX), ..query() }).await, [0; 0]);
    let between = EventQuery { from: Some(at(3)), before: Some(at(15)), ..query() };
    assert_eq!(listed(world, &between).await, [6, 5, 3], "the end is not part of the time");

    for (number, words) in [(1, "müller report"), (2, "100%_sure")] {
        let (case, words) = (case_id(number), Private::new(words.to_owned()));
        let summary = CaseSummary { case, standing: CaseStanding::Held, files: 1, bytes: 1, erases_at: None, words };
        world.ledger.put_case_list(&[summary], None).await.unwrap();
    }
    for (typed, found) in [("Müller", &[3, 1][..]), ("report müller", &[3, 1]), ("0%_S", &[4, 2]), ("'", &[])] {
        assert_eq!(
            listed(world, &EventQuery { words: CaseQuery::words_of(typed), ..query() }).await,
            found,
            "{typed:?}"
        );
    }
    let all = EventQuery { words: CaseQuery::words_of("sure"), actor: Some(EventActor::Person), ..query() };
    assert_eq!(listed(world, &all).await, [4]);
    assert_eq!(world.ledger.cases_of_event(3).await.unwrap(), [case_id(1)]);
    assert!(world.ledger.cases_of_event(5).await.unwrap().is_empty());
}

pub(super) async fn an_event_is_added_to_the_list_once_whoever_adds_it(world: &World) {
    let events = six(world).await;
    assert_eq!(world.ledger.event_list_head().await.unwrap(), 6);
    let another = world.another_desk().await;
    let all: Vec<_> = events.iter().map(|(index, event)| ListedEvent::of(*index, event)).collect();
    another.put_event_list(&all).await.unwrap();
    another.close().await;
    assert_eq!(listed(world, &query()).await, [6, 5, 4, 3, 2, 1]);
    world.commit(vec![note(7)]).await;
    assert_eq!(world.ledger.event_list_head().await.unwrap(), 6, "it is added when somebody asks");
    make(world).await;
    assert_eq!(listed(world, &query()).await, [7, 6, 5, 4, 3, 2, 1]);
}

pub(super) async fn an_event_is_shown_as_it_stands_in_the_chain(world: &World) {
    let events = six(world).await;
    let (first, second) = (world.ledger.chained_event(1).await.unwrap(), world.ledger.chained_event(2).await.unwrap());
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(second.event, events[1].1);
    assert_eq!(second.text, event::text(&events[1].1).unwrap());
    assert_eq!((second.prev, second.hash), (first.hash, first.hash.next(2, &second.text)));
    assert_eq!(world.ledger.hash_at(2).await.unwrap(), Some(second.hash));
    assert!(world.ledger.chained_event(7).await.unwrap().is_none());
    assert!(world.ledger.chained_event(u64::MAX).await.unwrap().is_none());
}

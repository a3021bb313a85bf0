//! What is noted of a thread besides its files: links, tickets it names, a look without credentials, a notice.

use custody_core::{
    case::{CaseLink, Probe},
    event::Actor,
    ports::{FileService, Ledger as _},
    ticket::{OfferStanding, Standing, TicketOffer, TicketRef},
};

use super::{
    World,
    build::{CANARY, at, case, case_id, opened, person},
};

fn link(number: u32) -> CaseLink {
    CaseLink {
        case: case_id(1),
        service: FileService::WeTransfer,
        url: format!("https://we.tl/t-{CANARY}-{number}").into(),
        post: i64::from(number),
        noted_at: at(i64::from(number)),
    }
}

fn offer(key: &str, standing: OfferStanding) -> TicketOffer {
    let ticket = TicketRef { tracker: "jira".to_owned(), key: key.to_owned() };
    TicketOffer { case: case_id(1), ticket, noted_at: at(3), standing, version: 0 }
}

pub(super) async fn links_are_kept_once_and_go_when_the_case_is_forgotten(world: &World) {
    world.commit(vec![opened(1, 1), link(1).note(), link(2).note()]).await;
    world.commit(vec![CaseLink { post: 9, ..link(1) }.note()]).await;
    assert_eq!(world.ledger.case_links(case_id(1)).await.unwrap(), [link(1), link(2)]);
    world.commit(vec![case(1, 1).forget(at(80))]).await;
    assert_eq!(world.ledger.case_links(case_id(1)).await.unwrap(), []);
}

pub(super) async fn an_offered_ticket_waits_until_a_person_settles_it(world: &World) {
    let (one, other) = (offer("W-1", OfferStanding::Offered), offer("W-2", OfferStanding::Offered));
    world.commit(vec![opened(1, 1), one.clone().note(), other.clone().note()]).await;
    assert_eq!(world.ledger.open_ticket_offers().await.unwrap(), [one.clone(), other.clone()]);
    world
        .commit(vec![
            one.clone().resolve(true, person(), at(4)),
            case(1, 1).link_ticket(one.ticket.clone(), Actor::Person(person()), at(4)),
            other.clone().resolve(false, person(), at(5)),
        ])
        .await;
    assert_eq!(world.ledger.open_ticket_offers().await.unwrap(), []);
    let settled = |offer: TicketOffer, standing| TicketOffer { standing, version: 1, ..offer };
    let offers = world.ledger.ticket_offers(case_id(1)).await.unwrap();
    assert_eq!(offers, [settled(one.clone(), OfferStanding::Taken), settled(other, OfferStanding::SetAside)]);
    let case = world.ledger.case(case_id(1)).await.unwrap().unwrap();
    assert_eq!((case.ticket, case.standing), (one.ticket, Standing::UNREAD), "the new ticket is unread");
}

pub(super) async fn what_a_look_without_credentials_found_is_kept_with_the_case(world: &World) {
    world.commit(vec![opened(1, 1)]).await;
    world.commit(vec![case(1, 1).probed(true, at(4))]).await;
    let probed = world.ledger.case(case_id(1)).await.unwrap().unwrap();
    assert_eq!(probed.probe, Some(Probe { at: at(4), open: true }));
    world.commit(vec![probed.noticed(at(5))]).await;
    let noticed = world.ledger.case(case_id(1)).await.unwrap().unwrap();
    assert_eq!((noticed.probe.map(|probe| probe.open), noticed.noticed_at), (Some(true), Some(at(5))));
}

pub(super) async fn the_last_reading_of_each_ticket_is_known(world: &World) {
    world.commit(vec![opened(1, 1), opened(2, 2)]).await;
    for (number, time) in [(1, 5), (2, 6), (1, 7)] {
        world.ledger.note_ticket_read(case_id(number), at(time)).await.unwrap();
    }
    let mut reads = world.ledger.ticket_reads().await.unwrap();
    reads.sort();
    assert_eq!(reads, [(case_id(1), at(7)), (case_id(2), at(6))]);
}

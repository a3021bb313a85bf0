//! Writers in each other's way: versions, transactions, turns.

use std::collections::BTreeSet;

use custody_core::{
    Private,
    event::EventKind,
    held_file::{HeldFile, Refusal},
    hold::HoldScope,
    id::FileId,
    ports::{ChainVerdict, Fault, Ledger as _},
    receipt::DeliveryState,
    request::RequestStanding,
    ticket::Standing,
    transition::Write,
};

use super::{
    World,
    build::{
        arrived, at, bytes, case, case_id, confirmation, copy_of, delivery, details, event, file_id, file_of, hold_of,
        issued, leased, note, opened, person, placed, receipt, request, rewrap, sealed, sealed_facts, wraps,
    },
    world::fault,
};
use crate::Tables;

pub(super) async fn a_stale_version_is_a_conflict_and_changes_nothing(world: &World) {
    let asked = request(1, 1, "post 1", RequestStanding::Unclear);
    let hold = placed(1, HoldScope::Case(case_id(1)));
    let copy = leased(1, 1);
    world.commit(vec![opened(1, 1), arrived(1, 1), asked.clone().receive(at(1)), hold.clone(), copy.clone()]).await;
    world.write(vec![receipt(1, 1, Vec::new())]).await;
    let row = issued(1, 1, Vec::new()).row;
    let before = world.dump(Tables::All).await;

    let too_new = |write: Write| vec![(write, event(70, EventKind::Locked))];
    let next_but_one = {
        let mut case = case(1, 1);
        case.version = 2;
        case
    };
    let again = |transition: &custody_core::transition::Transition| vec![transition.clone().into_parts()];
    let stale = [
        again(&opened(1, 1)),
        again(&arrived(1, 1)),
        again(&hold),
        again(&copy),
        vec![asked.clone().receive(at(1)).into_parts()],
        vec![receipt(1, 1, Vec::new())],
        too_new(Write::Case(case(1, 1))),
        too_new(Write::Case(next_but_one)),
        too_new(Write::Forget(case(1, 1))),
        too_new(Write::File(file_of(&arrived(1, 1)))),
        too_new(Write::Request { request: custody_core::request::Request { version: 2, ..asked }, reason: None }),
        too_new(Write::Hold { hold: custody_core::hold::Hold { version: 2, ..hold_of(&hold) }, reason: None }),
        too_new(Write::ViewingCopy {
            copy: custody_core::viewing_copy::ViewingCopy { version: 2, ..copy_of(&copy) },
            reason: None,
        }),
        vec![delivery(&row, 0, DeliveryState::Sent { at: at(50) })],
        vec![delivery(&row, 2, DeliveryState::Sent { at: at(50) })],
        vec![confirmation(&row, 2, "mail 1")],
        // Rows that hang on nothing.
        vec![arrived(9, 9).into_parts()],
        vec![receipt(9, 9, Vec::new())],
    ];
    for changes in stale {
        let what = format!("{:?}", changes[0].0);
        assert_eq!(fault(world.try_write(changes).await), Fault::Conflict, "{what}");
    }
    assert_eq!(world.dump(Tables::All).await, before);
}

pub(super) async fn a_commit_that_fails_at_its_last_change_leaves_nothing(world: &World) {
    world.commit(vec![opened(1, 1), arrived(1, 1)]).await;
    let before = world.dump(Tables::All).await;
    let head = world.ledger.head().await.unwrap();
    let refused = file_of(&arrived(1, 1)).refuse(Refusal::Empty, at(2)).unwrap();
    let stale = refused.clone();
    let all = vec![opened(2, 2), arrived(2, 2), sealed(2, 2), placed(1, HoldScope::File(file_id(2))), refused, stale];
    assert_eq!(fault(world.ledger.commit(all).await), Fault::Conflict);
    assert_eq!(world.dump(Tables::All).await, before);
    assert_eq!(world.ledger.head().await.unwrap(), head);
    assert_eq!(world.ledger.verify().await.unwrap(), ChainVerdict::Whole(head));
    assert_eq!(world.commit(Vec::new()).await, head, "no change is no event");
    assert_eq!(world.commit(vec![note(3)]).await.index, head.index + 1, "and no index was used up");
}

pub(super) async fn two_desks_that_write_at_once_take_turns(world: &World) {
    const EACH: i64 = 20;
    let other = world.another_desk().await;
    let write = async |ledger: &crate::SqlLedger, from: i64| {
        for second in from..from + EACH {
            ledger.commit(vec![note(second), note(second)]).await.unwrap();
        }
    };
    tokio::join!(write(&world.ledger, 0), write(&other, 1000));
    let head = world.ledger.head().await.unwrap();
    assert_eq!(i64::try_from(head.index).unwrap(), EACH * 4);
    assert_eq!(other.verify().await.unwrap(), ChainVerdict::Whole(head));
    let events = world.ledger.events(0, 1000).await.unwrap();
    let pairs = events.chunks(2).all(|pair| pair[0].1 == pair[1].1);
    assert!(pairs, "the events of one commit stand side by side");
}

pub(super) async fn of_two_desks_that_read_the_same_row_only_the_first_changes_it(world: &World) {
    let other = world.another_desk().await;
    world.commit(vec![opened(1, 1)]).await;
    let here = world.ledger.case(case_id(1)).await.unwrap().unwrap();
    let there = other.case(case_id(1)).await.unwrap().unwrap();
    let (first, second) = (here.mark_exposed(Some(at(5)), at(5)), there.read_ticket(Standing::UNREAD, at(6)));
    let (one, two) = tokio::join!(world.ledger.commit(vec![first]), other.commit(vec![second]));
    let won = [one.is_ok(), two.is_ok()];
    assert!(won == [true, false] || won == [false, true], "one of them was first: {won:?}");
    let lost = if won[0] { two } else { one };
    assert_eq!(fault(lost), Fault::Conflict);
    assert_eq!(other.case(case_id(1)).await.unwrap().unwrap().version, 1);
}

pub(super) async fn the_same_message_and_the_same_attachment_count_once(world: &World) {
    world
        .commit(vec![
            opened(1, 1),
            opened(2, 2),
            arrived(1, 1),
            request(1, 1, "post 7", RequestStanding::Accepted).receive(at(1)),
        ])
        .await;
    world.write(vec![receipt(1, 1, Vec::new())]).await;
    let row = issued(1, 1, Vec::new()).row;
    world.write(vec![confirmation(&row, 1, "mail 1")]).await;

    let again = HeldFile::arrive(FileId::from_bytes(bytes("file", 99)), case_id(1), details(1), at(9));
    assert_eq!(fault(world.ledger.commit(vec![again]).await), Fault::Conflict, "the attachment has a row");
    let again = request(2, 1, "post 7", RequestStanding::Accepted).receive(at(2));
    assert_eq!(fault(world.ledger.commit(vec![again]).await), Fault::Conflict, "the post was counted");
    let again = confirmation(&row, 2, "mail 1");
    assert_eq!(fault(world.try_write(vec![again]).await), Fault::Conflict, "the mail was counted");

    // The same marks elsewhere are other things.
    let other_case = HeldFile::arrive(FileId::from_bytes(bytes("file", 99)), case_id(2), details(1), at(9));
    world.commit(vec![other_case, request(2, 2, "post 7", RequestStanding::Accepted).receive(at(2))]).await;
    world.write(vec![confirmation(&row, 2, "mail 2")]).await;
}

pub(super) async fn a_rotation_takes_exactly_the_wraps_that_are_there(world: &World) {
    world.commit(vec![opened(1, 1), arrived(1, 1), arrived(2, 1), sealed(1, 1), sealed(2, 1)]).await;
    let whole: Vec<_> = [wraps(1, 2), wraps(2, 2)].concat();
    let without_one = whole[1..].to_vec();
    let one_too_many = [whole.clone(), wraps(3, 2)].concat();
    let one_twice = [whole.clone(), vec![whole[0].clone()]].concat();
    let for_another = {
        let mut wraps = whole.clone();
        wraps[0].recipient = "age1stranger".to_owned();
        wraps
    };
    let of_the_old_epoch = [wraps(1, 1), wraps(2, 2)].concat();
    for wrong in [Vec::new(), without_one, one_too_many, one_twice, for_another, of_the_old_epoch] {
        assert_eq!(fault(world.try_write(vec![rewrap(2, wrong)]).await), Fault::Conflict);
    }
    let the_same_epoch = [wraps(1, 1), wraps(2, 1)].concat();
    assert_eq!(fault(world.try_write(vec![rewrap(1, the_same_epoch)]).await), Fault::Conflict);
    assert_eq!(world.ledger.epoch().await.unwrap(), 1);

    world.write(vec![rewrap(2, whole.clone())]).await;
    let stored: BTreeSet<_> = world.ledger.all_wraps().await.unwrap().into_iter().map(|wrap| wrap.sealed).collect();
    assert_eq!(stored, whole.into_iter().map(|wrap| wrap.sealed).collect());
    assert_eq!(world.ledger.epoch().await.unwrap(), 2);
}

pub(super) async fn a_file_sealed_under_an_old_epoch_is_not_taken(world: &World) {
    world.commit(vec![opened(1, 1), arrived(1, 1)]).await;
    // While the file was being sealed under epoch 1, another file was erased and the epoch ended.
    world.write(vec![rewrap(2, Vec::new())]).await;
    assert_eq!(fault(world.ledger.commit(vec![sealed(1, 1)]).await), Fault::Conflict);
    assert!(world.ledger.wraps(file_id(1)).await.unwrap().is_empty());
    let file = world.ledger.file(file_id(1)).await.unwrap().unwrap();
    let salt = Private::new([1; 32]);
    let anew = file.clone().seal(sealed_facts(1), wraps(1, 2), salt.clone(), at(11)).unwrap();
    let of_another_file = file.seal(sealed_facts(1), wraps(2, 2), salt, at(11)).unwrap();
    assert_eq!(fault(world.ledger.commit(vec![of_another_file]).await), Fault::Conflict);
    world.commit(vec![anew]).await;
    assert_eq!(world.ledger.wraps(file_id(1)).await.unwrap(), wraps(1, 2));
    assert_eq!(world.ledger.requests(case_id(1)).await.unwrap(), []);
    assert_eq!(world.ledger.person_name(person()).await.unwrap(), None);
}

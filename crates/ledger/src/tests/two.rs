//! What two people decide, as it is kept.

use custody_core::{
    four_eyes::{Act, ExportOf, ProposalStanding},
    hold::HoldScope,
    id::PersonId,
    ports::{Fault, Ledger as _},
    transition::Write,
};

use super::{
    World,
    build::{
        CANARY, approver, approver_of, arrived, at, case, case_id, customer_id, event, file_id, hold_id, opened,
        person, proposal, proposal_of, sealed,
    },
    world::fault,
};
use crate::Tables;

const WAITING: ProposalStanding = ProposalStanding::Waiting;

pub(super) async fn a_person_has_one_key_at_a_time_and_keys_out_of_use_stay_known(world: &World) {
    world.commit(vec![approver(1), approver(2)]).await;
    let first = approver_of(&approver(1));
    assert_eq!(world.ledger.approvers().await.unwrap(), [first.clone(), approver_of(&approver(2))]);
    let kind = || custody_core::event::EventKind::Locked;
    let same_person = custody_core::four_eyes::Approver { public_key: [7; 32], ..first.clone() };
    for refused in [
        Write::Approver(first.clone()),
        Write::Approver(same_person.clone()),
        Write::Approver(custody_core::four_eyes::Approver { version: 2, ..first.clone() }),
    ] {
        let what = format!("{refused:?}");
        assert_eq!(fault(world.try_write(vec![(refused, event(4, kind()))]).await), Fault::Conflict, "{what}");
    }
    let removed = first.clone().remove(person(), at(5)).unwrap();
    world.commit(vec![removed.clone()]).await;
    world.write(vec![(Write::Approver(same_person.clone()), event(6, kind()))]).await;
    let known = world.ledger.approvers().await.unwrap();
    assert_eq!(known, [approver_of(&removed), approver_of(&approver(2)), same_person]);
}

pub(super) async fn a_proposal_is_kept_whole_and_its_words_go_with_what_they_are_about(world: &World) {
    let ledger = &world.ledger;
    world.commit(vec![opened(1, 1), opened(2, 1), arrived(1, 1), sealed(1, 1)]).await;
    let lift = Act::LiftHold { hold: hold_id(1) };
    let file = Act::Export { what: ExportOf::File { file: file_id(1) } };
    let report = Act::Export { what: ExportOf::Report };
    let all = [
        proposal(1, Some(HoldScope::Case(case_id(1))), Act::EraseEarly { case: case_id(1), file: None }, WAITING, 0),
        proposal(2, Some(HoldScope::File(file_id(1))), file, WAITING, 0),
        proposal(3, Some(HoldScope::Customer(customer_id(1))), lift, WAITING, 0),
        proposal(4, None, report, WAITING, 0),
    ];
    world.write(all.to_vec()).await;
    let waiting: Vec<_> = all.iter().map(proposal_of).collect();
    assert_eq!(ledger.proposals(false).await.unwrap(), waiting);
    for one in &waiting {
        assert!(ledger.proposal_reason(one.id).await.unwrap().unwrap().reveal().contains("proposes"));
    }
    assert_eq!(fault(world.try_write(vec![all[0].clone()]).await), Fault::Conflict, "the same one twice");

    let by = PersonId::from_bytes([8; 16]);
    let approved = ProposalStanding::Approved { by, at: at(20) };
    let next = [
        proposal(1, waiting[0].about, waiting[0].act, approved, 1),
        proposal(2, waiting[1].about, waiting[1].act, approved, 1),
        proposal(3, waiting[2].about, waiting[2].act, ProposalStanding::Declined { by, at: at(20) }, 1),
        proposal(4, None, report, approved, 1),
    ];
    world.write(next.to_vec()).await;
    assert_eq!(fault(world.try_write(vec![next[0].clone()]).await), Fault::Conflict, "a stale one");
    let settled: Vec<_> = next.iter().map(proposal_of).collect();
    assert_eq!(ledger.proposals(true).await.unwrap(), settled);
    let open = [settled[1].clone(), settled[3].clone()];
    assert_eq!(ledger.proposals(false).await.unwrap(), open, "an approved export can still be made");
    world.write(vec![proposal(4, None, report, ProposalStanding::Used { at: at(21) }, 2)]).await;
    assert_eq!(ledger.proposal_reason(waiting[3].id).await.unwrap(), None, "nobody's case is waited for with it");
    assert!(!world.dump(Tables::Kept).await.contains(CANARY));
    assert_eq!(world.dump(Tables::Personal).await.matches("proposal_reasons").count(), 4);

    world.commit(vec![case(1, 1).forget(at(80))]).await;
    for (number, known) in [(0, false), (1, false), (2, true)] {
        assert_eq!(ledger.proposal_reason(waiting[number].id).await.unwrap().is_some(), known, "{number}");
    }
    world.commit(vec![case(2, 1).forget(at(81))]).await;
    assert!(!world.dump(Tables::All).await.contains("proposal_reasons"));
}

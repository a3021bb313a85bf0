//! What two people decide: nobody alone, nothing without a signature that fits, and nothing twice.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use custody_core::{
    SignedDuration, Timestamp,
    event::EventKind,
    four_eyes::{Act, ApprovalError, Approver, ExportOf, Proposal, ProposalStanding, Say},
    hold::HoldScope,
    id::{CaseId, DeskId, FileId, HoldId, PersonId, ProposalId},
    transition::{Transition, Write},
};
use ed25519_dalek::{Signer as _, SigningKey};

const ALICE: u8 = 1;
const BOB: u8 = 2;
const CAROL: u8 = 3;

fn person(number: u8) -> PersonId {
    PersonId::from_bytes([number; 16])
}

fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn hour(hours: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_hours(hours)).unwrap()
}

fn approver(number: u8) -> Approver {
    let public_key = key(number).verifying_key().to_bytes();
    let added = Approver::add(person(number), public_key, DeskId::from_bytes([9; 16]), person(ALICE), hour(0));
    match added.into_parts().0 {
        Write::Approver(approver) => approver,
        other => panic!("{other:?}"),
    }
}

const LIFT: Act = Act::LiftHold { hold: HoldId::from_bytes([7; 16]) };
const REPORT: Act = Act::Export { what: ExportOf::Report };

fn draft(act: Act) -> Proposal {
    let about = Some(HoldScope::Case(CaseId::from_bytes([4; 16])));
    Proposal::draft(ProposalId::from_bytes([5; 16]), act, about, person(ALICE), hour(1), hour(73))
}

fn signed(proposal: &Proposal, say: Say, by: u8) -> [u8; 64] {
    key(by).sign(&proposal.text(say, person(by)).unwrap()).to_bytes()
}

fn of(transition: Transition) -> Proposal {
    match transition.into_parts().0 {
        Write::Proposal { proposal, .. } => proposal,
        other => panic!("{other:?}"),
    }
}

/// Proposed by Alice.
fn proposed(act: Act) -> Proposal {
    let draft = draft(act);
    let signature = signed(&draft, Say::Propose, ALICE);
    of(draft.propose(&approver(ALICE), &signature, "the claim is settled".into()).unwrap())
}

/// Proposed by Alice and approved by Bob.
fn approved(act: Act) -> Proposal {
    let proposal = proposed(act);
    let signature = signed(&proposal, Say::Approve, BOB);
    of(proposal.approve(&approver(BOB), &signature, hour(2)).unwrap())
}

#[test]
fn a_second_person_approves_with_a_key_of_their_own_and_the_event_keeps_the_signature() {
    let proposal = proposed(LIFT);
    let signature = signed(&proposal, Say::Approve, BOB);
    let transition = proposal.approve(&approver(BOB), &signature, hour(2)).unwrap();
    let EventKind::ProposalApproved { signature: kept, .. } = &transition.event().kind else { panic!() };
    assert_eq!(*kept, hex::encode(signature), "an auditor can check it again");
    assert_eq!(of(transition).standing, ProposalStanding::Approved { by: person(BOB), at: hour(2) });
}

#[test]
fn nobody_approves_their_own_proposal_whatever_they_sign() {
    for say in [Say::Propose, Say::Approve] {
        let proposal = proposed(LIFT);
        let signature = signed(&proposal, say, ALICE);
        let refused = proposal.clone().approve(&approver(ALICE), &signature, hour(2)).unwrap_err();
        assert_eq!(refused, ApprovalError::SamePerson(proposal.id));
    }
}

#[test]
fn a_signature_by_another_key_about_something_else_or_saying_something_else_approves_nothing() {
    let proposal = proposed(LIFT);
    let longer = Proposal { expires_at: hour(1000), ..proposal.clone() };
    let other_act = Proposal { act: REPORT, ..proposal.clone() };
    let other_id = Proposal { id: ProposalId::from_bytes([6; 16]), ..proposal.clone() };
    for (what, signature) in [
        ("Carol's key", signed(&proposal, Say::Approve, CAROL)),
        ("only a proposal", signed(&proposal, Say::Propose, BOB)),
        ("a longer time", signed(&longer, Say::Approve, BOB)),
        ("another act", signed(&other_act, Say::Approve, BOB)),
        ("another proposal", signed(&other_id, Say::Approve, BOB)),
        ("nothing", [0; 64]),
    ] {
        let refused = proposal.clone().approve(&approver(BOB), &signature, hour(2)).unwrap_err();
        assert_eq!(refused, ApprovalError::WrongSignature(proposal.id), "{what}");
    }
}

#[test]
fn proposing_needs_ones_own_key_too() {
    let draft = draft(LIFT);
    let by_bob = signed(&draft, Say::Propose, BOB);
    let reason = || "settled".into();
    let other = draft.clone().propose(&approver(BOB), &by_bob, reason()).unwrap_err();
    assert_eq!(other, ApprovalError::NotAnApprover, "Bob cannot propose in Alice's name");
    let wrong = draft.clone().propose(&approver(ALICE), &by_bob, reason()).unwrap_err();
    assert_eq!(wrong, ApprovalError::WrongSignature(draft.id));
}

#[test]
fn a_key_that_is_out_of_use_signs_nothing_any_more() {
    let Write::Approver(gone) = approver(BOB).remove(person(ALICE), hour(1)).unwrap().into_parts().0 else { panic!() };
    let proposal = proposed(LIFT);
    let signature = signed(&proposal, Say::Approve, BOB);
    assert_eq!(proposal.approve(&gone, &signature, hour(2)).unwrap_err(), ApprovalError::NotAnApprover);
    assert_eq!(gone.remove(person(ALICE), hour(2)).unwrap_err(), ApprovalError::NotAnApprover);
}

#[test]
fn once_its_time_is_over_or_it_is_settled_nothing_more_comes_of_a_proposal() {
    let waiting = proposed(LIFT);
    let id = waiting.id;
    let no = || "no".into();
    let declined = of(waiting.clone().decline(person(BOB), no(), hour(2)).unwrap());
    let expired = of(waiting.clone().expire(hour(73)).unwrap());
    let cases = [
        ("too late", waiting.clone(), hour(73), ApprovalError::Over(id)),
        ("declined", declined, hour(2), ApprovalError::Settled(id)),
        ("approved", approved(LIFT), hour(2), ApprovalError::Settled(id)),
        ("expired", expired, hour(2), ApprovalError::Over(id)),
    ];
    for (what, proposal, now, error) in cases {
        let signature = signed(&proposal, Say::Approve, BOB);
        assert_eq!(proposal.clone().approve(&approver(BOB), &signature, now).unwrap_err(), error, "{what}");
        assert_eq!(proposal.decline(person(BOB), no(), now).unwrap_err(), error, "{what}");
    }
    assert!(waiting.clone().expire(hour(72)).is_none(), "its time is not over");
    assert!(approved(LIFT).expire(hour(99)).is_none(), "what is done does not end");
    assert!(of(waiting.decline(person(ALICE), no(), hour(2)).unwrap()).expire(hour(99)).is_none());
}

#[test]
fn an_approved_export_is_made_once_by_whoever_proposed_it_and_in_time() {
    let good = approved(REPORT);
    let refused = Err(ApprovalError::NeedsSecondPerson);
    let used = |proposal: &Proposal, by, now| proposal.clone().use_up(person(by), now).map(of);
    assert_eq!(used(&good, BOB, hour(3)), refused, "not by the second person");
    assert_eq!(used(&good, ALICE, hour(73)), refused, "not too late");
    assert_eq!(used(&proposed(REPORT), ALICE, hour(3)), refused, "not before it is approved");
    assert_eq!(used(&approved(LIFT), ALICE, hour(3)), refused, "a lifting is no export");
    let done = used(&good, ALICE, hour(3)).unwrap();
    assert_eq!(used(&done, ALICE, hour(4)), refused, "not twice");
    assert!(good.is_unsettled() && !done.is_unsettled());
    let file = |number| Act::Export { what: ExportOf::File { file: FileId::from_bytes([number; 16]) } };
    assert!(approved(file(1)).is_good_for(&file(1), person(ALICE), hour(3)));
    assert!(!approved(file(1)).is_good_for(&file(2), person(ALICE), hour(3)), "another file is another export");
    assert!(of(good.expire(hour(73)).unwrap()).standing == ProposalStanding::Expired { at: hour(73) });
}

//! What needs two people: nobody does it alone, whatever name they type, and customers never wait for it.

use std::sync::atomic::{AtomicU32, Ordering};

use custody_core::{
    Private,
    four_eyes::{Act, ExportOf},
    hold::HoldScope,
    id::{CaseId, HoldId, ProposalId},
    ports::Fault,
    report::ReportFormat,
};
use custody_desk::{DeskOptions, Tables, settings::FourEyes, views::AttentionKind};
use custody_practice::scenario::{CAROLA, OWEN};
use custody_practice_desk::{PRACTICE_PASSPHRASE, PRACTICE_PERSON};

use crate::support::{Stage, assert_told, options_of, word};

const MINE: &str = "the passphrase of the one who proposes";
const ALICES: &str = "the passphrase of Alice";

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_lifted_by_two_people_and_what_waited_goes_on() {
    let (stage, case, hold) = held(|four_eyes| four_eyes.lift_hold = true).await;
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    let alone = stage.desk().lift_hold(hold, "settled".into()).await.unwrap_err();
    assert_eq!(alone.fault(), Fault::NeedsSecondPerson);
    assert_told(&alone.problem());

    let proposal = lift(&stage, hold).await;
    let waiting = stage.waiting(AttentionKind::ApprovalWaits).await;
    assert_eq!(waiting[0].proposal, Some(proposal.to_string()));
    assert_eq!(waiting[0].case, Some(case.to_string()));
    let shown = stage.desk().proposals().await.unwrap().remove(0);
    assert_eq!((shown.reason.as_str(), shown.by.as_str()), ("the claim is settled", PRACTICE_PERSON));
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held", "held"], "a proposal lifts nothing");

    stage.desk().approve(proposal, &"Alice".into(), ALICES.into()).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased"]);
    let view = stage.desk().case(case).await.unwrap();
    assert_eq!(view.holds[0].lift_reason, "the claim is settled");
    assert_eq!(view.holds[0].lifted_by.as_deref(), Some(PRACTICE_PERSON));
    let by = |name: &str, word: &str| view.timeline.iter().any(|it| it.who.to_string() == name && it.event == word);
    assert!(by(PRACTICE_PERSON, "proposal_made") && by("Alice", "proposal_approved"));
    assert!(stage.waiting(AttentionKind::ApprovalWaits).await.is_empty());
    let twice = stage.desk().approve(proposal, &"Alice".into(), ALICES.into()).await.unwrap_err();
    assert_eq!(twice.fault(), Fault::Conflict);
    assert!(stage.chain_is_whole().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_name_is_no_second_person() {
    let (stage, _, hold) = held(|four_eyes| four_eyes.lift_hold = true).await;
    let wrong = stage.desk().propose(Act::LiftHold { hold }, "x".into(), ALICES.into()).await.unwrap_err();
    assert_eq!(wrong.fault(), Fault::WrongPassphrase, "proposing takes one's own key");
    let proposal = lift(&stage, hold).await;
    for (name, passphrase, fault) in [
        (PRACTICE_PERSON, MINE, Fault::SamePerson),
        ("Alice", MINE, Fault::WrongPassphrase),
        ("Alice", PRACTICE_PASSPHRASE, Fault::WrongPassphrase),
        ("Mallory", MINE, Fault::NotAnApprover),
        ("alice", ALICES, Fault::NotAnApprover),
    ] {
        let refused = stage.desk().approve(proposal, &name.into(), passphrase.into()).await.unwrap_err();
        assert_eq!(refused.fault(), fault, "{name}");
        assert_told(&refused.problem());
    }
    // Nor does anybody make themselves a second one meanwhile.
    let more = stage.desk().add_approver(&"Mallory".into(), MINE.into()).await.unwrap_err();
    assert_eq!(more.fault(), Fault::ApproversFixed);
    let fewer = stage.desk().remove_approver(&"Alice".into()).await.unwrap_err();
    assert_eq!(fewer.fault(), Fault::ApproversFixed);
    assert_told(&fewer.problem());
    assert_eq!(stage.desk().holds().await.unwrap().len(), 1, "it is not lifted");
    let failed = events(&stage).await.iter().filter(|event| *event == "approver_failed").count();
    assert_eq!(failed, 3, "every wrong passphrase is recorded");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_erase_early_only_by_two_and_customers_need_nobody() {
    let (stage, case, hold) = held(|four_eyes| four_eyes.early_erasure = true).await;
    stage.desk().lift_hold(hold, "only erasing needs two".into()).await.unwrap();
    let alone = stage.desk().ask_erasure(case, None, "not needed".into()).await.unwrap_err();
    assert_eq!(alone.fault(), Fault::NeedsSecondPerson);
    let carola = stage.case_of(CAROLA.name).await;
    stage.practice.customer_asks(carola).await.unwrap();
    stage.round().await;
    assert!(stage.states(carola).await.iter().all(|state| state == "erased"), "a customer waits for nobody");

    let act = Act::EraseEarly { case, file: None };
    let proposal = stage.desk().propose(act, "sent by mistake".into(), MINE.into()).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held", "held"]);
    stage.desk().approve(proposal, &"Alice".into(), ALICES.into()).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased"]);
    let request = stage.desk().case(case).await.unwrap().requests.remove(0);
    assert_eq!((request.by_customer, request.reason.as_str()), (false, "sent by mistake"));
    let gone = stage.desk().propose(act, "again".into(), MINE.into()).await.unwrap_err();
    assert_eq!(gone.fault(), Fault::NotFound, "there is nothing left to erase");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leaves_the_desk_is_approved_for_one_time_and_one_person() {
    let (stage, case, _) = held(|four_eyes| four_eyes.export = true).await;
    stage.desk().unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();
    let (from, to) = (stage.now(), stage.now() + jiff::SignedDuration::from_hours(1));
    let files = stage.files(case).await;
    let (file, other) = (files[0].id.parse().unwrap(), files[1].id.parse().unwrap());
    let lines = AtomicU32::new(0);
    let mut count = |_: &str| {
        lines.fetch_add(1, Ordering::Relaxed);
    };
    for refused in [
        stage.desk().report(from, to).await.err(),
        stage.desk().dump(Tables::Kept, &mut count).await.err(),
        stage.desk().export_file(file).await.err(),
    ] {
        assert_eq!(refused.map(|error| error.fault()), Some(Fault::NeedsSecondPerson));
    }
    assert_eq!(lines.load(Ordering::Relaxed), 0, "not a row left");
    stage.desk().report_view(from, to).await.unwrap();
    assert!(!stage.read(file).await.is_empty(), "looking into a file at the desk is no export");

    for what in [ExportOf::Report, ExportOf::Ledger, ExportOf::File { file }] {
        let proposal =
            stage.desk().propose(Act::Export { what }, "the auditor asked".into(), MINE.into()).await.unwrap();
        stage.desk().approve(proposal, &"Alice".into(), ALICES.into()).await.unwrap();
    }
    assert_eq!(stage.desk().proposals().await.unwrap().len(), 3, "they wait to be used");
    assert!(stage.waiting(AttentionKind::ApprovalWaits).await.is_empty(), "and no more for a person");
    assert_eq!(stage.desk().export_file(other).await.err().map(|error| error.fault()), Some(Fault::NeedsSecondPerson));

    // Somebody else at the same desk may not use them.
    let shut = stage.shut().await;
    let carol = DeskOptions { person: "Carol".into(), ..options_of(&shut.world.clock) };
    let stage = shut.open_with(carol).await.unwrap_or_else(|(_, error)| panic!("{error}"));
    assert_eq!(stage.desk().report(from, to).await.err().map(|error| error.fault()), Some(Fault::NeedsSecondPerson));
    let stage = stage.restart().await;
    let locked = stage.desk().export_file(file).await.err().map(|error| error.fault());
    assert_eq!(locked, Some(Fault::Locked), "an approval is not used up by a locked desk");
    stage.desk().unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();

    stage.desk().report(from, to).await.unwrap();
    stage.desk().dump(Tables::Kept, &mut count).await.unwrap();
    assert!(stage.desk().export_file(file).await.unwrap().next().await.unwrap().is_some());
    assert!(stage.desk().proposals().await.unwrap().is_empty());
    for refused in [
        stage.desk().export_report(from, to, ReportFormat::Pdf).await.err(),
        stage.desk().report(from, to).await.err(),
        stage.desk().dump(Tables::Kept, &mut count).await.err(),
        stage.desk().export_file(file).await.err(),
    ] {
        assert_eq!(refused.map(|error| error.fault()), Some(Fault::NeedsSecondPerson), "once means once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_is_declined_taken_back_or_over_in_time_and_each_is_recorded() {
    let (stage, case, hold) = held(|four_eyes| four_eyes.lift_hold = true).await;
    let declined = lift(&stage, hold).await;
    stage.desk().decline(declined, "not settled".into()).await.unwrap();
    let late = lift(&stage, hold).await;
    stage.days(4);
    let over = stage.desk().approve(late, &"Alice".into(), ALICES.into()).await.unwrap_err();
    assert_eq!(over.fault(), Fault::ProposalOver);
    assert!(stage.waiting(AttentionKind::ApprovalWaits).await.is_empty(), "nobody is asked for what is over");
    stage.round().await;
    assert!(stage.desk().proposals().await.unwrap().is_empty());
    for proposal in [declined, late] {
        let refused = stage.desk().approve(proposal, &"Alice".into(), ALICES.into()).await.unwrap_err();
        assert!(matches!(refused.fault(), Fault::Conflict | Fault::ProposalOver), "{refused}");
    }
    assert_eq!(stage.states(case).await, ["held", "held"]);
    let told = events(&stage).await;
    for word in ["proposal_made", "proposal_declined", "proposal_expired"] {
        assert!(told.iter().any(|event| event == word), "{word} stands in {told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_two_people_is_recorded_whenever_it_changes_also_by_hand() {
    let (stage, _, _) = held(|four_eyes| four_eyes.export = true).await;
    let changes =
        async |stage: &Stage| events(stage).await.iter().filter(|event| *event == "four_eyes_changed").count();
    assert_eq!(changes(&stage).await, 1);
    let stage = stage.restart().await;
    assert_eq!(changes(&stage).await, 1, "what stays the same is not a change");
    let shut = stage.shut().await;
    let path = shut.places.settings().to_owned();
    let text = std::fs::read_to_string(&path).unwrap().replace("export = true", "export = false");
    std::fs::write(&path, text).unwrap();
    let stage = shut.open().await.unwrap_or_else(|(_, error)| panic!("{error}"));
    assert_eq!(changes(&stage).await, 2, "turning it off in the file stands in the ledger");
    stage.desk().remove_approver(&"Alice".into()).await.unwrap();
    let names: Vec<_> = stage.desk().approvers().await.unwrap().into_iter().map(|approver| approver.name).collect();
    assert_eq!(names, [PRACTICE_PERSON]);
    stage.desk().add_approver(&"Alice".into(), ALICES.into()).await.unwrap();
    let twice = stage.desk().add_approver(&"Alice".into(), ALICES.into()).await.unwrap_err();
    assert_eq!(twice.fault(), Fault::Conflict);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_is_gone_by_then_leaves_an_approval_undone() {
    let (stage, case, hold) = held(|four_eyes| four_eyes.lift_hold = true).await;
    let first = lift(&stage, hold).await;
    let second = lift(&stage, hold).await;
    stage.desk().approve(first, &"Alice".into(), ALICES.into()).await.unwrap();
    let refused = stage.desk().approve(second, &"Alice".into(), ALICES.into()).await.unwrap_err();
    assert_eq!(refused.fault(), Fault::Conflict);
    assert_eq!(stage.desk().proposals().await.unwrap().len(), 1, "it still waits: nothing of it was written");
    assert_eq!(word(stage.desk().case(case).await.unwrap().row.standing), "held");
}

/// Owen's case under a hold at a desk with two approvers, one of them the person at the desk.
async fn held(turn_on: impl FnOnce(&mut FourEyes)) -> (Stage, CaseId, HoldId) {
    let stage = Stage::demo().await;
    stage.round().await;
    for (name, passphrase) in [(PRACTICE_PERSON, MINE), ("Alice", ALICES)] {
        stage.desk().add_approver(&Private::from(name), passphrase.into()).await.unwrap();
    }
    let case = stage.case_of(OWEN.name).await;
    let review = stage.now() + jiff::SignedDuration::from_hours(24 * 14);
    let hold = stage.desk().place_hold(HoldScope::Case(case), "a claim is open".into(), review).await.unwrap();
    stage.change_settings(|settings| turn_on(&mut settings.four_eyes)).await;
    (stage, case, hold)
}

async fn lift(stage: &Stage, hold: HoldId) -> ProposalId {
    let reason = "the claim is settled".into();
    stage.desk().propose(Act::LiftHold { hold }, reason, MINE.into()).await.unwrap()
}

async fn events(stage: &Stage) -> Vec<String> {
    let events = stage.desk().events(0, 10_000).await.unwrap();
    events.into_iter().map(|event| event.event).collect()
}

//! What beats an erasure, and what waits for a person before there is one.

use custody_core::{hold::HoldScope, ports::Fault, request::RequestStanding};
use custody_desk::{views::AttentionKind, words};
use custody_practice::scenario::{CAROLA, OWEN, Story};

use crate::support::{Stage, word};

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_beats_a_customers_request_for_all_to_see_and_lifting_it_lets_the_erasure_go_on() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    let review = stage.now() + jiff::SignedDuration::from_hours(24 * 14);
    let hold = stage.desk().place_hold(HoldScope::Case(case), "a claim is open".into(), review).await.unwrap();
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;

    let view = stage.desk().case(case).await.unwrap();
    assert_eq!(stage.states(case).await, ["held", "held"]);
    assert_eq!(word(view.row.standing), "on_hold");
    assert_eq!(view.holds[0].reason, "a claim is open");
    assert!(view.requests.iter().any(|request| request.by_customer && request.standing == RequestStanding::Accepted));
    let why = words::reasons(&view.why).to_lowercase();
    assert!(why.contains("hold") && why.contains("customer asked"), "both reasons are shown: {why}");
    assert!(stage.receipts(case).await.is_empty());

    stage.days(15);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held", "held"], "a hold does not end by itself");
    assert_eq!(stage.waiting(AttentionKind::HoldReview).await.len(), 1, "its owner is reminded");

    stage.desk().lift_hold(hold, "the claim is settled".into()).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased"]);
    assert_eq!(stage.letters(OWEN).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_on_a_customer_covers_every_case_of_theirs_and_a_hold_on_a_file_no_other() {
    let stage = Stage::of(Story::Standard).await;
    stage.desk().round(&custody_core::flow::Silent).await;
    let carola: Vec<_> = stage.cases().await.into_iter().filter(|row| row.customer == CAROLA.name).collect();
    assert_eq!(carola.len(), 2, "she has two threads with files");
    let customer = stage.desk().case(carola[0].id.parse().unwrap()).await.unwrap().customer_id.parse().unwrap();
    let review = stage.now() + jiff::SignedDuration::from_hours(24);
    stage.desk().place_hold(HoldScope::Customer(customer), "audit".into(), review).await.unwrap();
    for row in &carola {
        stage.practice.customer_asks(row.id.parse().unwrap()).await.unwrap();
    }
    let owen = stage.case_of(OWEN.name).await;
    let kept = stage.files(owen).await[0].id.parse().unwrap();
    stage.desk().place_hold(HoldScope::File(kept), "being looked at".into(), review).await.unwrap();
    stage.practice.customer_asks(owen).await.unwrap();
    stage.desk().round(&custody_core::flow::Silent).await;

    for row in &carola {
        let states = stage.states(row.id.parse().unwrap()).await;
        assert!(states.iter().all(|state| state == "held"), "{states:?}");
    }
    let files = stage.files(owen).await;
    for file in &files {
        let expected = if file.id == kept.to_string() { "held" } else { "erased" };
        assert_eq!(word(file.state), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_reopened_within_grace_spares_its_files() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(CAROLA.name).await;
    stage.practice.close_ticket(case).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["due", "due", "due"]);
    stage.days(2);
    stage.practice.world.forum.reopen(stage.topic(CAROLA)).unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held", "held", "held"]);
    stage.days(30);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held", "held", "held"], "what was counted before is not remembered");
    assert!(stage.receipts(case).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_reopened_at_the_last_moment_is_read_before_anything_is_erased() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(CAROLA.name).await;
    stage.practice.close_ticket(case).await.unwrap();
    stage.round().await;
    stage.days(4);
    stage.practice.world.forum.reopen(stage.topic(CAROLA)).unwrap();
    // No round that would read tickets: the sweep itself has to ask.
    stage.desk().sweep().await;
    assert_eq!(stage.states(case).await, ["held", "held", "held"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unclear_request_waits_for_a_person_and_is_never_dropped() {
    let stage = Stage::demo().await;
    stage.round().await;
    let (owen, carola) = (stage.case_of(OWEN.name).await, stage.case_of(CAROLA.name).await);
    let unsure = "Could you perhaps remove the documents I sent, once you are done with them?";
    for customer in [OWEN, CAROLA] {
        let (forum, topic) = (&stage.practice.world.forum, stage.topic(customer));
        forum.reply(customer.username, topic, unsure, Vec::new()).await.unwrap();
    }
    for _ in 0..3 {
        stage.round().await;
        stage.days(7);
    }
    let waiting = stage.waiting(AttentionKind::UnclearRequest).await;
    assert_eq!(waiting.len(), 2, "each post is one request, however often it is read");
    assert_eq!(stage.states(owen).await, ["held", "held"], "nothing is erased on a guess");

    for view in &waiting {
        let accept = view.case.as_deref() == Some(owen.to_string().as_str());
        stage.desk().resolve_request(view.request.as_deref().unwrap().parse().unwrap(), accept).await.unwrap();
    }
    stage.round().await;
    assert!(stage.waiting(AttentionKind::UnclearRequest).await.is_empty());
    assert_eq!(stage.states(owen).await, ["erased", "erased"]);
    assert_eq!(stage.states(carola).await, ["held", "held", "held"]);
    let set_aside = stage.desk().case(carola).await.unwrap().requests;
    assert_eq!(set_aside[0].standing, RequestStanding::SetAside, "it stays on record");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sweep_over_the_cap_asks_a_person_and_customers_need_not_wait_for_that() {
    let stage = Stage::demo().await;
    stage.change_settings(|settings| settings.sweep.cap = 2).await;
    stage.round().await;
    let (owen, carola) = (stage.case_of(OWEN.name).await, stage.case_of(CAROLA.name).await);
    stage.practice.close_ticket(carola).await.unwrap();
    stage.round().await;
    stage.days(3);
    stage.practice.customer_asks(owen).await.unwrap();
    stage.round_with(Fault::OverCap).await;
    assert_eq!(stage.states(carola).await, ["due", "due", "due"], "three are more than two");
    assert_eq!(stage.states(owen).await, ["erased", "erased"], "a customer's own wish is not counted");
    assert_eq!(stage.waiting(AttentionKind::SweepStopped).await.len(), 1);

    let other = stage.desk().approve_sweep("000000000000").await.unwrap_err();
    assert_eq!(other.fault(), Fault::OverCap);
    let plan = stage.desk().plan().await.unwrap();
    assert_eq!((plan.would_erase, plan.cap), (3, 2));
    let files = stage.files(carola).await;
    let review = stage.now() + jiff::SignedDuration::from_hours(24);
    let hold = HoldScope::File(files[0].id.parse().unwrap());
    let hold = stage.desk().place_hold(hold, "one more look".into(), review).await.unwrap();
    stage.change_settings(|settings| settings.sweep.cap = 1).await;
    let stale = stage.desk().approve_sweep(&plan.token).await.unwrap_err();
    assert_eq!(stale.fault(), Fault::OverCap, "an approval is good for exactly the plan that was looked at");
    assert!(stage.receipts(carola).await.is_empty());

    let plan = stage.desk().plan().await.unwrap();
    assert_eq!(plan.would_erase, 2);
    let round = stage.desk().approve_sweep(&plan.token).await.unwrap();
    assert_eq!(round.erased, 2);
    stage.desk().lift_hold(hold, "looked at".into()).await.unwrap();
    stage.round().await;
    stage.days(3);
    stage.round().await;
    assert_eq!(stage.states(carola).await, ["erased", "erased", "erased"], "one is not more than one");
    assert_eq!(stage.waiting(AttentionKind::SweepStopped).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_customers_with_the_same_bytes_are_two_files_and_erasing_one_leaves_the_other() {
    let stage = Stage::of(Story::Standard).await;
    stage.desk().round(&custody_core::flow::Silent).await;
    let owen: Vec<_> = stage.practice.world.cases.iter().filter(|case| case.customer == OWEN).collect();
    let carola: Vec<_> = stage.practice.world.cases.iter().filter(|case| case.customer == CAROLA).collect();
    let (hers, his) = (&carola[1].files[0], &owen[0].files[1]);
    assert_eq!(hers.sha256(), his.sha256(), "the story is about the same bytes");
    let mut cases = Vec::new();
    for topic in [owen[0].topic, carola[1].topic] {
        for row in stage.cases().await {
            let id = row.id.parse().unwrap();
            if stage.desk().case(id).await.unwrap().topic == topic.0 {
                cases.push(id);
            }
        }
    }
    let (his_case, her_case) = (cases[0], cases[1]);
    stage.practice.customer_asks(his_case).await.unwrap();
    stage.desk().round(&custody_core::flow::Silent).await;
    assert_eq!(stage.states(his_case).await, ["erased", "erased"]);
    let left = stage.files(her_case).await;
    assert_eq!(word(left[0].state), "held");
    let bytes = stage.read(left[0].id.parse().unwrap()).await;
    assert_eq!(bytes, hers.chunks().collect::<Vec<_>>().concat());
}

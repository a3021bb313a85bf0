//! What a customer is told who asks for files that a hold keeps: the truth, once, where it was asked.

use custody_core::{
    hold::HoldScope,
    id::{CaseId, HoldId},
};
use custody_desk::{Tables, views::AttentionKind};
use custody_practice::{
    WorldOptions,
    forum::{Fault as Bad, Scope},
    mailbox::{Letter, MailFault},
    scenario::{CAROLA, OWEN, Story},
};

use crate::support::{Stage, word};

const WHY: &str = "the Miller claim is open";

#[tokio::test(flavor = "multi_thread")]
async fn a_request_under_a_hold_is_answered_once_in_the_thread_and_its_receipt_tells_of_the_wait() {
    let (stage, case, hold) = held().await;
    let asked_at = stage.now();
    stage.practice.customer_asks(case).await.unwrap();
    for _ in 0..3 {
        stage.round().await;
        stage.days(1);
    }
    let told = posted(&stage);
    assert_eq!(told.len(), 1, "{told:#?}");
    let contact = stage.desk().settings().issuer.contact;
    for said in ["cnryfile-settings.xml", "cnryfile-bundle.zip", "RQ-", contact.as_str()] {
        assert!(told[0].replace('\\', "").contains(said), "{said} is said: {}", told[0]);
    }
    assert!(!told[0].contains(WHY), "the reason is the hold's own");
    assert!(stage.letters(OWEN).is_empty(), "it was asked in the thread, and is answered there");
    let view = stage.desk().case(case).await.unwrap();
    assert_eq!(view.requests[0].told.as_deref(), Some("sent"));
    assert_eq!(stage.states(case).await, ["held", "held"]);

    let lifted_at = stage.now();
    stage.desk().lift_hold(hold, "the claim is settled".into()).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased"], "what waited goes on by itself");
    let statement = stage.statement(stage.only_receipt(case).await).await;
    for file in &statement.files {
        let waited = file.waited_for_hold.expect("the receipt tells of the wait");
        assert_eq!((waited.asked_at, waited.from, waited.until), (asked_at, asked_at, lifted_at));
    }
    assert!(text_of(&stage.letters(OWEN)[0]).contains("had to wait for a hold"));
    assert_eq!(posted(&stage).len(), 1);
    let shown = stage.desk().case(case).await.unwrap().holds.remove(0);
    assert_eq!(shown.lift_reason, "the claim is settled");
    assert_eq!(shown.lifted_by.as_deref(), Some(shown.owner.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_waited_for_nothing_says_nothing_of_a_hold() {
    let (stage, case, hold) = held().await;
    stage.desk().lift_hold(hold, "settled".into()).await.unwrap();
    stage.days(1);
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    let statement = stage.statement(stage.only_receipt(case).await).await;
    assert!(statement.files.iter().all(|file| file.waited_for_hold.is_none()));
    assert!(posted(&stage).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_by_mail_is_answered_by_mail_and_an_answer_to_that_is_heard() {
    let clock = custody_practice::PracticeClock::frozen_at(crate::support::START.parse().unwrap());
    let stage = Stage::with(WorldOptions { clock, story: Story::Demo, log_size: 9_000, ..Default::default() }).await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    let review = stage.now() + jiff::SignedDuration::from_hours(24);
    // One file is erased, so that there is a letter to answer; the other is kept.
    let files = stage.files(case).await;
    let scope = HoldScope::File(files[0].id.parse().unwrap());
    let hold = stage.desk().place_hold(scope, WHY.into(), review).await.unwrap();
    stage.desk().ask_erasure(case, Some(files[1].id.parse().unwrap()), "not needed".into()).await.unwrap();
    stage.round().await;
    let receipt = stage.letters(OWEN).remove(0);
    stage.practice.world.mail.reply(OWEN.email, &receipt, "Please erase my files.");
    stage.round().await;
    stage.round().await;

    let letters = stage.letters(OWEN);
    assert_eq!(letters.len(), 2, "{letters:#?}");
    let told = &letters[1];
    let text = text_of(told);
    assert!(told.subject.contains("RQ-") && text.contains(&files[0].name), "{text}");
    assert!(!text.contains(&files[1].name) && !text.contains(WHY), "{text}");
    assert!(posted(&stage).is_empty(), "it was asked by mail, and is answered there");

    let mail = &stage.practice.world.mail;
    mail.reply(CAROLA.email, told, "Please erase my files.");
    mail.vacation_reply(OWEN.email, told);
    mail.reply(OWEN.email, told, "Thank you for telling me.");
    stage.round().await;
    assert_eq!(stage.desk().case(case).await.unwrap().requests.len(), 2, "staff's and the customer's, and no other");
    mail.reply(OWEN.email, told, "Could you please erase the documents soon?");
    stage.round().await;
    assert_eq!(stage.waiting(AttentionKind::UnclearRequest).await.len(), 1, "what may be a request is heard");
    stage.desk().lift_hold(hold, "settled".into()).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased"]);
    assert_eq!(stage.practice.world.mail.duplicates(OWEN.email), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_between_the_request_and_its_answer_brings_one_answer() {
    let (stage, case, _) = held().await;
    stage.practice.customer_asks(case).await.unwrap();
    stage.desk().round(&custody_core::flow::Silent).await;
    let stage = stage.restart().await;
    for _ in 0..3 {
        stage.round().await;
    }
    assert_eq!(posted(&stage).len(), 1);
    let mut replies = 0;
    stage.desk().dump(Tables::Kept, &mut |line| replies += u32::from(line.starts_with("replies "))).await.unwrap();
    assert_eq!(replies, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_told_before_the_hold_was_lifted_is_not_told_any_more() {
    let (stage, case, hold) = held().await;
    stage.practice.customer_asks(case).await.unwrap();
    // The request is read, but nothing can be posted.
    let faults = stage.practice.world.forum.faults();
    faults.switch_on(Bad::ReadOnly, Scope::Path("/posts".to_owned()));
    stage.desk().round(&custody_core::flow::Silent).await;
    let view = stage.desk().case(case).await.unwrap();
    assert!(posted(&stage).is_empty());
    assert_eq!(view.requests[0].told.as_deref(), Some("waiting"));
    faults.clear();
    stage.desk().lift_hold(hold, "settled".into()).await.unwrap();
    stage.days(1);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased"]);
    assert!(posted(&stage).is_empty(), "that the files are kept would not be true");
    assert_eq!(stage.desk().case(case).await.unwrap().requests[0].told.as_deref(), Some("withdrawn"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_about_a_hold_that_comes_back_is_given_in_the_thread_by_a_person() {
    let (stage, _) = one_file_on_hold_and_one_erased().await;
    let mail = &stage.practice.world.mail;
    mail.reply(OWEN.email, &stage.letters(OWEN)[0], "Please erase my files.");
    stage.round().await;
    mail.bounce(OWEN.email, &stage.letters(OWEN)[1]);
    stage.round().await;
    let waiting = stage.waiting(AttentionKind::ReplyBounced).await;
    assert_eq!(waiting.len(), 1);
    let request = waiting[0].request.as_deref().unwrap().parse().unwrap();
    stage.days(2);
    stage.round().await;
    assert_eq!((mail.duplicates(OWEN.email), posted(&stage).len()), (0, 0), "nothing without a person");
    stage.desk().tell_in_thread(request).await.unwrap();
    stage.round().await;
    assert_eq!(posted(&stage).len(), 1);
    assert!(stage.waiting(AttentionKind::ReplyBounced).await.is_empty());
    assert!(stage.desk().tell_in_thread(request).await.is_err(), "it is told");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_ask_for_and_what_a_guess_says_is_not_answered_and_an_accepted_guess_is() {
    let (stage, case, _) = held().await;
    stage.desk().ask_erasure(case, None, "not needed".into()).await.unwrap();
    let unsure = "Could you perhaps remove the documents I sent, once you are done with them?";
    let forum = &stage.practice.world.forum;
    forum.reply(OWEN.username, stage.topic(OWEN), unsure, Vec::new()).await.unwrap();
    stage.round().await;
    stage.round().await;
    assert!(posted(&stage).is_empty());
    let request = stage.waiting(AttentionKind::UnclearRequest).await[0].request.clone().unwrap();
    stage.desk().resolve_request(request.parse().unwrap(), true).await.unwrap();
    stage.round().await;
    assert_eq!(posted(&stage).len(), 1, "now it counts, and is answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_greylisting_server_gets_the_same_letter_again_and_the_customer_one() {
    let (stage, _) = one_file_on_hold_and_one_erased().await;
    stage.practice.world.mail.reply(OWEN.email, &stage.letters(OWEN)[0], "Please erase my files.");
    stage.practice.world.mail.fault(&MailFault::Greylist { tries: 2 });
    for _ in 0..4 {
        stage.desk().round(&custody_core::flow::Silent).await;
        stage.hours(7);
    }
    assert_eq!(stage.letters(OWEN).len(), 2);
    assert_eq!(stage.practice.world.mail.duplicates(OWEN.email), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_reviewed_and_handed_on_and_everybody_sees_by_whom() {
    let (stage, case, hold) = held().await;
    stage.days(15);
    let due = stage.waiting(AttentionKind::HoldReview).await;
    assert_eq!((due.len(), due[0].hold.as_deref()), (1, Some(hold.to_string().as_str())));
    assert_eq!(due[0].case, Some(case.to_string()), "it leads to where it is dealt with");
    let next = stage.now() + jiff::SignedDuration::from_hours(24 * 7);
    stage.desk().review_hold(hold, next).await.unwrap();
    assert!(stage.waiting(AttentionKind::HoldReview).await.is_empty());
    stage.desk().hand_hold_on(hold, &"Alice".into()).await.unwrap();
    let view = stage.desk().case(case).await.unwrap();
    assert_eq!(view.holds[0].owner, "Alice");
    assert_eq!(view.holds[0].reason, WHY, "the reason stays");
    let said: Vec<_> = view.timeline.iter().map(|event| event.event.as_str()).collect();
    assert!(said.ends_with(&["hold_reviewed", "hold_handed_on"]), "{said:?}");
    assert!(view.timeline.last().unwrap().what.to_string().contains("Alice"));

    stage.desk().lift_hold(hold, "settled".into()).await.unwrap();
    for refused in [
        stage.desk().review_hold(hold, next).await.unwrap_err(),
        stage.desk().hand_hold_on(hold, &"Bob".into()).await.unwrap_err(),
        stage.desk().lift_hold(hold, "again".into()).await.unwrap_err(),
    ] {
        assert_eq!(word(refused.fault()), "conflict");
    }
}

/// Owen's two files under a hold.
async fn held() -> (Stage, CaseId, HoldId) {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    let review = stage.now() + jiff::SignedDuration::from_hours(24 * 14);
    let hold = stage.desk().place_hold(HoldScope::Case(case), WHY.into(), review).await.unwrap();
    (stage, case, hold)
}

/// What we said in Owen's thread about a hold.
fn posted(stage: &Stage) -> Vec<String> {
    let posts = stage.practice.world.forum.posts(stage.topic(OWEN));
    posts.into_iter().filter(|post| post.username == "bob" && post.raw.contains("RQ-")).map(|post| post.raw).collect()
}

/// The text of a letter, with its lines put together again (quoted-printable).
fn text_of(letter: &Letter) -> String {
    String::from_utf8_lossy(&letter.raw).replace("=\r\n", "")
}

/// Owen's first file is on hold; the other was erased, and he has the receipt by mail.
async fn one_file_on_hold_and_one_erased() -> (Stage, CaseId) {
    let clock = custody_practice::PracticeClock::frozen_at(crate::support::START.parse().unwrap());
    let stage = Stage::with(WorldOptions { clock, story: Story::Demo, log_size: 9_000, ..Default::default() }).await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    let files = stage.files(case).await;
    let review = stage.now() + jiff::SignedDuration::from_hours(24);
    let scope = HoldScope::File(files[0].id.parse().unwrap());
    stage.desk().place_hold(scope, WHY.into(), review).await.unwrap();
    stage.desk().ask_erasure(case, Some(files[1].id.parse().unwrap()), "not needed".into()).await.unwrap();
    stage.round().await;
    (stage, case)
}

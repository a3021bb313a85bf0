//! What becomes of a receipt: letters, answers, what comes back, and the second one that a partial one owes.

use custody_core::{
    id::{CaseId, ReceiptId},
    location::{Location, LocationState},
    receipt::{Envelope, EnvelopeError, public_key_from_pem, verify},
};
use custody_desk::{
    Tables,
    views::{AttentionKind, ReceiptStanding},
};
use custody_practice::{
    WorldOptions,
    scenario::{CAROLA, OWEN, Story},
};
use jiff::SignedDuration;

use crate::support::{Stage, word};

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_verifies_with_nothing_but_the_public_key_and_not_after_a_change() {
    let (stage, _, receipt) = erased().await;
    let statement = stage.statement(receipt).await;
    assert_eq!(statement.receipt_id, receipt);
    assert_eq!(statement.files.len(), 2);
    assert!(!statement.complete, "the forum still has its copies, and the receipt says so");

    let letter = stage.letters(OWEN).remove(0);
    let key = public_key_from_pem(&stage.desk().public_key_pem().unwrap()).unwrap();
    let file = stage.desk().receipt_file(receipt).await.unwrap();
    let envelope: Envelope = serde_json::from_str(file.reveal()).unwrap();
    assert!(letter.subject.contains(&stage.desk().receipt(receipt).await.unwrap().row.token));
    let mut changed = envelope.clone();
    changed.payload.replace_range(..4, "AAAA");
    assert!(matches!(verify(&changed, &key), Err(EnvelopeError::Changed)));
    assert!(matches!(verify(&envelope, &[9; 32]), Err(EnvelopeError::OtherKey | EnvelopeError::NotAKey)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_comes_back_is_shown_and_sent_again_as_the_same_letter() {
    let (stage, _, receipt) = erased().await;
    let letter = stage.letters(OWEN).remove(0);
    stage.practice.world.mail.bounce(OWEN.email, &letter);
    stage.round().await;
    assert_eq!(stage.standing(receipt).await, "bounced");
    let waiting = stage.waiting(AttentionKind::ReceiptBounced).await;
    assert_eq!(waiting[0].receipt, Some(receipt.to_string()));
    stage.days(1);
    stage.round().await;
    assert_eq!(stage.practice.world.mail.duplicates(OWEN.email), 0, "it is not sent again without a person");

    stage.desk().resend_receipt(receipt).await.unwrap();
    stage.round().await;
    assert_eq!(stage.standing(receipt).await, "sent");
    assert!(stage.waiting(AttentionKind::ReceiptBounced).await.is_empty());
    assert_eq!(stage.letters(OWEN).len(), 1);
    assert_eq!(stage.practice.world.mail.duplicates(OWEN.email), 1, "the same Message-ID came once more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_needs_a_person_even_beside_a_confirmation() {
    let (stage, _, receipt) = erased().await;
    let letter = stage.letters(OWEN).remove(0);
    stage.practice.world.mail.reply(OWEN.email, &letter, "I confirm.\nBut I can still see the archive in the forum.");
    stage.round().await;
    assert_eq!(stage.standing(receipt).await, "disputed");
    assert_eq!(stage.waiting(AttentionKind::ReceiptDisputed).await[0].receipt, Some(receipt.to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_not_understood_waits_for_a_person() {
    let (stage, _, receipt) = erased().await;
    let letter = stage.letters(OWEN).remove(0);
    stage.practice.world.mail.reply(OWEN.email, &letter, "Who are you, and which archive is this about?");
    stage.round().await;
    assert_eq!(stage.standing(receipt).await, "answer_unclear");
    assert_eq!(stage.waiting(AttentionKind::AnswerUnclear).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_absent_customers_mailbox_and_somebody_else_confirm_nothing() {
    let (stage, _, receipt) = erased().await;
    let letter = stage.letters(OWEN).remove(0);
    let mail = &stage.practice.world.mail;
    mail.vacation_reply(OWEN.email, &letter);
    stage.round().await;
    assert_eq!(stage.standing(receipt).await, "sent", "a program answered, nobody did");
    // Another customer who got hold of the letter.
    mail.reply(CAROLA.email, &letter, "I confirm.");
    stage.round().await;
    assert_eq!(stage.standing(receipt).await, "answer_unclear");
    assert_eq!(stage.waiting(AttentionKind::AnswerUnclear).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_reply_never_stands_as_signed_whatever_it_brings_and_whoever_signed_before() {
    let (stage, _, receipt) = erased().await;
    let letter = stage.letters(OWEN).remove(0);
    let mail = &stage.practice.world.mail;
    // Both of these are signed by their domain, and neither says what the forger says.
    mail.reply(CAROLA.email, &letter, "I confirm.");
    mail.reply(OWEN.email, &letter, "What is this?");
    mail.forged_reply(OWEN.email, &letter, "I confirm.");
    stage.round().await;
    let view = stage.desk().receipt(receipt).await.unwrap();
    let grades: Vec<_> = view.answers.iter().map(|answer| word(answer.grade)).collect();
    assert_eq!(grades, ["replied", "replied_with_dkim", "replied"]);
    assert_eq!(view.row.grade.map(word).as_deref(), Some("replied"), "an unsigned mail is all there is for it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_without_an_address_gets_the_receipt_in_the_thread_once_and_confirms_it_there() {
    let stage = Stage::demo().await;
    stage.practice.world.forum.configure(|options| options.moderators_view_emails = false);
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    let receipt = stage.only_receipt(case).await;
    let row = stage.desk().receipt(receipt).await.unwrap().row;
    assert_eq!(row.channel.map(word).as_deref(), Some("thread"));
    assert!(stage.letters(OWEN).is_empty());
    let posted = || {
        let posts = stage.practice.world.forum.posts(stage.topic(OWEN));
        posts.iter().filter(|post| post.username == "bob" && post.raw.contains(&row.token)).count()
    };
    assert_eq!(posted(), 1);
    stage.desk().resend_receipt(receipt).await.unwrap();
    stage.round().await;
    assert_eq!(posted(), 1, "one that stands there already is not posted again");

    stage.practice.customer_confirms(receipt).await.unwrap();
    stage.round().await;
    let row = stage.desk().receipt(receipt).await.unwrap().row;
    assert_eq!(row.grade.map(word).as_deref(), Some("confirmed_in_thread"));
    assert_eq!(word(row.standing), "confirmed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_follow_up_is_issued_once_when_the_forums_copy_is_gone_and_is_complete() {
    let (stage, case, first) = erased().await;
    for _ in 0..3 {
        stage.days(1);
        stage.round().await;
    }
    assert_eq!(stage.receipts(case).await.len(), 1, "nothing is claimed while the forum still serves the files");

    stage.practice.engineer_strips(case).await.unwrap();
    for _ in 0..4 {
        stage.practice.move_clock(SignedDuration::from_hours(24));
        stage.round().await;
    }
    let receipts = stage.receipts(case).await;
    assert_eq!(receipts.len(), 2, "{receipts:#?}");
    let follow_up = receipts.iter().find(|row| row.follows == Some(first.to_string())).unwrap();
    assert!(follow_up.complete);
    let statement = stage.statement(follow_up.id.parse().unwrap()).await;
    assert!(statement.complete && statement.closes_every_location());
    let forum = |proof: &&custody_core::location::Proof| proof.location == Location::ForumCopy;
    let forum = statement.files.iter().flat_map(|file| file.locations.iter().filter(forum));
    assert_eq!(forum.filter(|proof| proof.state == LocationState::ErasedVerified).count(), 2);
    assert_eq!(stage.letters(OWEN).len(), 2);
    stage.days(2);
    stage.round().await;
    assert_eq!(stage.receipts(case).await.len(), 2, "and never again");
}

#[tokio::test(flavor = "multi_thread")]
async fn once_nothing_more_is_expected_of_a_case_its_personal_data_is_erased_too() {
    let (stage, case, first) = erased().await;
    stage.practice.close_ticket(case).await.unwrap();
    stage.practice.engineer_strips(case).await.unwrap();
    for _ in 0..4 {
        stage.practice.move_clock(SignedDuration::from_hours(24));
        stage.round().await;
    }
    let follow_up = stage.receipts(case).await.into_iter().find(|row| row.follows.is_some()).unwrap();
    assert!(names_owen(&stage).await, "he may still answer");
    stage.practice.customer_confirms(follow_up.id.parse().unwrap()).await.unwrap();
    stage.round().await;
    stage.round().await;

    let view = stage.desk().case(case).await.unwrap();
    assert_eq!((view.row.title.as_str(), view.row.customer.as_str()), ("", ""));
    assert!(view.files.iter().all(|file| file.name.is_empty()));
    assert!(!names_owen(&stage).await);
    let receipt = stage.desk().receipt(first).await.unwrap();
    assert_eq!((receipt.signature_fits, receipt.payload_digest.len()), (None, 64), "its digest stays");
    assert!(stage.chain_is_whole().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_without_an_answer_does_not_keep_personal_data_for_ever() {
    let (stage, case, _) = erased().await;
    stage.practice.close_ticket(case).await.unwrap();
    stage.days(29);
    stage.round().await;
    assert!(names_owen(&stage).await);
    stage.days(1);
    stage.round().await;
    stage.round().await;
    assert!(!names_owen(&stage).await, "the time for an answer is thirty days");
}

/// Owen's two files are erased at his request, and his letter is there.
async fn erased() -> (Stage, CaseId, ReceiptId) {
    let clock = custody_practice::PracticeClock::frozen_at(crate::support::START.parse().unwrap());
    let stage = Stage::with(WorldOptions { clock, story: Story::Demo, log_size: 9_000, ..Default::default() }).await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased"]);
    assert_eq!(stage.letters(OWEN).len(), 1);
    let receipt = stage.only_receipt(case).await;
    (stage, case, receipt)
}

async fn names_owen(stage: &Stage) -> bool {
    let mut named = false;
    let mut look = |line: &str| named |= line.contains(OWEN.name) || line.contains(OWEN.email);
    stage.desk().dump(Tables::All, &mut look).await.unwrap();
    named
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_whose_author_the_mail_server_refutes_waits_for_a_person() {
    let (stage, _, receipt) = erased().await;
    let letter = stage.letters(OWEN).remove(0);
    stage.practice.world.mail.refuted_reply(OWEN.email, &letter, "I confirm.");
    stage.round().await;
    let row = stage.practice.desk.receipt(receipt).await.unwrap().row;
    assert_eq!(row.standing, ReceiptStanding::AnswerUnclear);
    // The customer's own, signed answer still counts.
    stage.practice.customer_confirms(receipt).await.unwrap();
    stage.round().await;
    assert_eq!(stage.practice.desk.receipt(receipt).await.unwrap().row.standing, ReceiptStanding::Confirmed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bounce_that_names_nothing_but_our_envelope_id_is_matched() {
    let (stage, _, receipt) = erased().await;
    let letter = stage.letters(OWEN).remove(0);
    stage.practice.world.mail.bare_bounce(OWEN.email, &letter);
    stage.round().await;
    assert_eq!(stage.practice.desk.receipt(receipt).await.unwrap().row.standing, ReceiptStanding::Bounced);
}

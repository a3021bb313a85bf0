//! What a customer writes is never dropped.

#![expect(clippy::expect_used, reason = "a story stops at the first surprise")]

use custody_core::{
    SignedDuration,
    event::EventKind,
    flow::{self, Policy, Silent},
    held_file::StateName,
    id::PersonId,
    period::Period,
    ports::{Clock as _, Ledger as _},
    request::{Channel, RequestStanding},
    retention::{RetentionRule, Rules, StartPoint},
};
use custody_story_kit::memory::{MemoryWorld, policy};

/// A world in which one file was erased after its ticket closed, and the receipt was mailed.
async fn erased_and_mailed() -> MemoryWorld {
    let world = MemoryWorld::default();
    let (ports, policy) = (world.ports(), policy());
    world.forum.customer_posts(1, "It crashes.", Some(b"a log".to_vec()), world.clock.now());
    flow::intake::discover(&ports, &policy).await.expect("the thread is read");
    flow::intake::receive(&ports, &policy, &Silent).await.expect("the file is sealed");
    world.forum.change(1, |thread| thread.closed = true);
    flow::watch::watch(&ports, &policy).await.expect("the ticket is read");
    flow::sweep::sweep(&ports, &policy, None).await.expect("the file is due");
    world.clock.move_by(SignedDuration::from_hours(4 * 24));
    flow::sweep::sweep(&ports, &policy, None).await.expect("grace is over");
    flow::erase::erase(&ports, &policy).await.expect("the file is erased");
    flow::deliver::deliver(&ports, &policy).await.expect("the receipt is mailed");
    assert_eq!(world.mail.received().len(), 1, "one letter for one receipt");
    world
}

#[tokio::test]
async fn a_confirmation_that_also_sounds_like_a_request_reaches_a_person() {
    let world = erased_and_mailed().await;
    let letter = world.mail.received().remove(0);
    world.mail.answer(&letter, "I confirm.\nCould you also remove the documents I sent last year?");
    flow::confirm::confirm(&world.ports(), &policy()).await.expect("the mail is read");
    let unclear = world.ledger.unclear_requests().await.expect("the ledger answers");
    assert_eq!(unclear.len(), 1, "the second sentence must not be lost behind the first");
    assert_eq!((unclear[0].channel, unclear[0].standing), (Channel::Mail, RequestStanding::Unclear));
}

#[tokio::test]
async fn sending_a_receipt_again_is_one_event_and_the_same_letter() {
    let world = erased_and_mailed().await;
    let receipt = world.ledger.all_receipts().remove(0);
    let again = receipt.resend(Channel::Mail, PersonId::from_bytes([9; 16]), world.clock.now());
    world.ledger.commit(vec![again]).await.expect("it is put into the outbox");
    flow::deliver::deliver(&world.ports(), &policy()).await.expect("the receipt is mailed");
    let letters = world.mail.received();
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[0].message_id, letters[1].message_id, "a receipt has one Message-ID for ever");
    let told = |event: &custody_core::event::Event| matches!(event.kind, EventKind::ReceiptRequeued { .. });
    assert_eq!(world.ledger.all_events().iter().filter(|event| told(event)).count(), 1);
}

#[tokio::test]
async fn the_date_on_a_post_neither_shortens_nor_prolongs_what_counts_from_the_customers_last_words() {
    let day = |days: i64| SignedDuration::from_hours(24 * days);
    let usual = Rules::usual().as_slice()[0].clone();
    let (start, period) = (StartPoint::CustomerActivity, Period::days(10));
    let rule = RetentionRule { start, period, grace: Period::ZERO, ceiling: None, ..usual };
    let policy = Policy { rules: Rules::new(vec![rule]).expect("the rule holds"), ..policy() };
    for forged in [day(-400), day(400)] {
        let world = MemoryWorld::default();
        let ports = world.ports();
        let round = async || {
            flow::intake::discover(&ports, &policy).await.expect("the thread is read");
            flow::intake::receive(&ports, &policy, &Silent).await.expect("the file is sealed");
            flow::sweep::sweep(&ports, &policy, None).await.expect("the sweep decides");
            world.ledger.all_files()[0].state().name()
        };
        world.forum.customer_posts(1, "It crashes.", Some(b"a log".to_vec()), world.clock.now() + forged);
        assert_eq!(round().await, StateName::Held);
        world.clock.move_by(day(9));
        world.forum.customer_posts(1, "Still there.", None, world.clock.now() + forged);
        assert_eq!(round().await, StateName::Held);
        world.clock.move_by(day(9));
        assert_eq!(round().await, StateName::Held, "nine days after the last words");
        world.clock.move_by(day(1));
        assert_eq!(round().await, StateName::Erasing, "ten days after them, and reading them again is no activity");
    }
}

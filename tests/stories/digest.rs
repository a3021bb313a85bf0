//! The digest under a power that fails anywhere: staff are told once a day at the most.

#![expect(clippy::expect_used, reason = "a story stops at the first surprise")]

use custody_core::{
    SignedDuration,
    digest::DigestPolicy,
    flow::{self, Policy, Silent},
    period::Period,
    ports::Clock as _,
};
use custody_story_kit::memory::{Cut, MemoryWorld, policy};

/// A world with a file that goes within the time that digests look ahead.
async fn with_something_to_say() -> (MemoryWorld, Policy) {
    let world = MemoryWorld::default();
    let digest = DigestPolicy {
        to: Some("privacy@support.example".into()),
        ahead: Period::days(100),
        ..DigestPolicy::default()
    };
    let policy = Policy { digest, ..policy() };
    let ports = world.ports();
    world.forum.customer_posts(1, "It crashes.", Some(b"a log".to_vec()), world.clock.now());
    flow::intake::discover(&ports, &policy).await.expect("the thread is read");
    flow::intake::receive(&ports, &policy, &Silent).await.expect("the file is sealed");
    (world, policy)
}

#[tokio::test]
async fn wherever_the_power_fails_no_second_digest_goes_out_that_day_and_the_next_day_brings_one() {
    let mut cuts = 0;
    for cut in [Cut::Before, Cut::After] {
        for nth in 1.. {
            let (world, policy) = with_something_to_say().await;
            let ports = world.ports();
            world.power.cut_at(nth, cut);
            let told = flow::digest::digest(&ports, &policy).await;
            let was_cut = world.power.is_off();
            world.power.restore();
            for _ in 0..3 {
                flow::digest::digest(&ports, &policy).await.expect("the desk is well again");
                world.clock.move_by(SignedDuration::from_hours(7));
            }
            let sent = world.mail.received().len();
            assert!(sent <= 1, "cut at write {nth}, {cut:?}: {sent} digests on one day");
            world.clock.move_by(SignedDuration::from_hours(24));
            flow::digest::digest(&ports, &policy).await.expect("the next day");
            assert_eq!(world.mail.received().len(), sent + 1, "cut at write {nth}, {cut:?}");
            if !was_cut {
                assert_eq!(told.expect("nothing was cut").done, 1);
                break;
            }
            cuts += 1;
        }
    }
    assert!(cuts >= 4, "the power failed at {cuts} writes");
}

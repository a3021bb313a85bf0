use custody_practice::forum::{ForumOptions, Limits};
use jiff::SignedDuration;

use crate::client::{Client, forum, report, thread};

fn limited(change: impl FnOnce(&mut Limits)) -> ForumOptions {
    let mut limits = Limits::as_shipped();
    change(&mut limits);
    ForumOptions { limits, ..ForumOptions::default() }
}

#[tokio::test]
async fn a_user_key_may_ask_20_times_a_minute() {
    let forum = forum(limited(|_| {})).await;
    let bob = Client::user(&forum, "bob");
    for _ in 0..20 {
        bob.get("/session/current.json").await.ok();
    }
    forum.clock().advance(SignedDuration::from_secs(21));
    let refused = bob.get("/session/current.json").await;
    assert_eq!((refused.status, refused.error_type().as_str()), (429, "rate_limit"));
    assert_eq!(refused.header("retry-after"), "39");
    assert_eq!(refused.header("discourse-rate-limit-error-code"), "user_api_key_limiter_60_secs");
    assert_eq!(refused.json()["extras"]["wait_seconds"], 39);
    assert_eq!(refused.json()["extras"]["time_left"], "39 seconds");
    // Another key of the same person has its own count.
    Client::user(&forum, "bob").get("/session/current.json").await.ok();
    forum.clock().advance(SignedDuration::from_secs(39));
    bob.get("/session/current.json").await.ok();
}

#[tokio::test]
async fn a_user_keys_day_runs_out_too() {
    let forum = forum(limited(|limits| limits.user_key_per_day = 3)).await;
    let bob = Client::user(&forum, "bob");
    for _ in 0..3 {
        bob.get("/session/current.json").await.ok();
        forum.clock().advance(SignedDuration::from_hours(1));
    }
    let refused = bob.get("/session/current.json").await;
    assert_eq!(refused.header("discourse-rate-limit-error-code"), "user_api_key_limiter_1_day");
    assert_eq!(refused.header("retry-after"), (21 * 3600).to_string());
    assert_eq!(refused.json()["extras"]["time_left"], "21 hours");
}

#[tokio::test]
async fn all_admin_keys_share_one_bucket() {
    let forum = forum(limited(|limits| limits.admin_keys_per_minute = 3)).await;
    let (one, other) = (Client::admin(&forum, "root"), Client::admin(&forum, "bob"));
    one.get("/session/current.json").await.ok();
    one.get("/session/current.json").await.ok();
    other.get("/session/current.json").await.ok();
    let refused = other.get("/session/current.json").await;
    assert_eq!((refused.status, refused.header("discourse-rate-limit-error-code")), (429, "admin_api_key_rate_limit"));
}

#[tokio::test]
async fn an_address_is_told_to_slow_down_in_plain_text_and_rejected_requests_count() {
    let forum = forum(limited(|limits| limits.address_per_10_seconds = 5)).await;
    let nobody = Client::anonymous(&forum);
    for _ in 0..5 {
        nobody.get("/srv/status").await.ok();
    }
    forum.clock().advance(SignedDuration::from_secs(3));
    let refused = nobody.get("/srv/status").await;
    assert_eq!(refused.status, 429);
    assert_eq!(
        refused.text(),
        "Slow down, too many requests from this IP address.\nPlease retry again in 7 seconds.\nError code: ip_10_secs_limit."
    );
    assert_eq!(
        (refused.header("retry-after"), refused.header("discourse-rate-limit-error-code")),
        ("7", "ip_10_secs_limit")
    );
    for _ in 0..4 {
        nobody.get("/srv/status").await;
    }
    // The first five are forgotten by now, the rejected five are not.
    forum.clock().advance(SignedDuration::from_secs(8));
    assert_eq!(nobody.get("/srv/status").await.status, 429);
    // Admin keys are not counted by address.
    Client::admin(&forum, "root").get("/srv/status").await.ok();
}

#[tokio::test]
async fn downloads_have_their_own_count_by_address() {
    let forum = forum(limited(|limits| {
        limits.address_per_10_seconds = 1;
        limits.address_assets_per_10_seconds = 2;
    }))
    .await;
    let topic = thread(&forum, vec![report()]).await;
    let path = forum.posts(topic)[0].attachments[0].short_path.clone();
    let nobody = Client::anonymous(&forum);
    nobody.get(&path).await.ok();
    nobody.get("/srv/status").await.ok();
    nobody.get(&path).await.ok();
    let refused = nobody.get(&path).await;
    assert_eq!((refused.status, refused.header("discourse-rate-limit-error-code")), (429, "ip_assets_10_secs_limit"));
}

#[tokio::test]
async fn limits_can_be_switched_off() {
    let forum = forum(ForumOptions::default()).await;
    let bob = Client::user(&forum, "bob");
    for _ in 0..70 {
        bob.get("/session/current.json").await.ok();
    }
}

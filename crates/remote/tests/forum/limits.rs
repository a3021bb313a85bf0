//! A forum's real limits, on its own clock.

use std::{future::Future, time::Duration};

use custody_core::{
    SignedDuration,
    ports::{ErrorKind, Forum, PortResult},
};
use custody_practice::forum::{ForumOptions, Limits, PracticeFile};
use custody_remote::http::budget::BudgetSettings;

use crate::bench::{Bench, bytes, sources, theirs};

/// Does something, and waits as long as it is told to.
async fn patiently<T, F: Future<Output = PortResult<T>>>(bench: &Bench, mut action: impl FnMut() -> F) -> T {
    for _ in 0..1000 {
        match action().await {
            Ok(done) => return done,
            Err(error) => match error.kind {
                ErrorKind::TryAgain { after: Some(after) } => {
                    assert!(after <= Duration::from_secs(60), "{after:?}");
                    bench.clock.advance(SignedDuration::try_from(after).unwrap());
                }
                other => panic!("{other:?}"),
            },
        }
    }
    panic!("never done");
}

#[tokio::test]
async fn a_sync_of_many_threads_never_goes_over_the_forums_limits() {
    let bench = Bench::with(ForumOptions { limits: Limits::as_shipped(), ..ForumOptions::default() }).await;
    let most = 600;
    let mut topics = Vec::new();
    for number in 0..most {
        bench.clock.advance(SignedDuration::from_secs(1));
        topics.push(bench.case(&format!("Case {number}"), vec![]).await);
    }
    let client = bench.client(sources(), |settings| {
        settings.budget = BudgetSettings { patience: Duration::ZERO, ..BudgetSettings::default() };
    });
    let mut mark: Option<String> = None;
    let mut named = 0;
    loop {
        let changed = patiently(&bench, || client.changed_threads(mark.as_deref())).await;
        named += changed.topics.len();
        if mark.as_deref() == Some(changed.mark.as_str()) {
            break;
        }
        mark = Some(changed.mark);
    }
    assert_eq!(named, most);
    let first = bench.practice.requests().len();
    for topic in topics.iter().step_by(most / 20) {
        let file = PracticeFile::bytes(format!("{}.log", topic.0), "log");
        bench.practice.reply("carol", theirs(*topic), "And the log", vec![file]).await.unwrap();
    }
    bench.practice.forget_requests();
    let mut taken = 0;
    loop {
        let changed = patiently(&bench, || client.changed_threads(mark.as_deref())).await;
        for topic in &changed.topics {
            let thread = patiently(&bench, || client.thread(*topic)).await;
            for attachment in thread.posts.iter().flat_map(|post| &post.attachments) {
                let download = patiently(&bench, || client.download(&attachment.reference)).await;
                assert_eq!(bytes(download).await.unwrap(), b"log");
                taken += 1;
            }
        }
        if mark.as_deref() == Some(changed.mark.as_str()) {
            break;
        }
        mark = Some(changed.mark);
    }
    let requests = bench.practice.requests();
    println!("{most} threads: {first} requests to know them, {} for {taken} changed ones", requests.len());
    assert_eq!(taken, 20);
    // One for each changed thread, one for its file, and a handful for the lists.
    assert!(requests.len() <= 2 * taken + 12, "{}", requests.len());
    assert!(requests.iter().all(|request| request.status != Some(429)));
}

#[tokio::test]
async fn the_budget_tells_what_is_left() {
    let bench = Bench::start().await;
    let client = bench.client(sources(), |settings| {
        settings.budget = BudgetSettings { per_minute: 6, per_day: 100, patience: Duration::ZERO };
    });
    client.account().await.unwrap();
    let standing = client.budget();
    assert_eq!((standing.left_this_minute, standing.left_today, standing.paused_for), (5, 99, None));
    bench.clock.advance(SignedDuration::from_secs(60));
    assert_eq!((client.budget().left_this_minute, client.budget().left_today), (6, 99));
}

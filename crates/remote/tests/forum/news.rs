//! Hearing of changes at once.

use std::time::Duration;

use custody_core::{
    SignedDuration,
    ports::{ErrorKind, Fault, Forum},
};
use custody_practice::forum::{ForumOptions, UserScope};
use custody_remote::{forum::DiscourseForum, http::budget::BudgetSettings};

use crate::{
    bench::{Bench, client, sources, theirs, told},
    script::Script,
};

/// Longer than any test takes.
const LONG: Duration = Duration::from_secs(600);
/// Enough for a question that is answered at once.
const SHORT: Duration = Duration::from_millis(300);

fn listener(bench: &Bench, scopes: &[UserScope]) -> DiscourseForum {
    let key = bench.practice.issue_user_key("bob", scopes).unwrap();
    client(&bench.practice, &key, sources(), |_| {})
}

fn polls(bench: &Bench) -> usize {
    bench.practice.requests().iter().filter(|request| request.path.contains("/message-bus/")).count()
}

const SCOPES: [UserScope; 3] = [UserScope::Read, UserScope::SessionInfo, UserScope::MessageBus];

#[tokio::test]
async fn whoever_begins_to_listen_looks_once_and_then_waits() {
    let bench = Bench::start().await;
    let bob = listener(&bench, &SCOPES);
    assert!(bob.wait_for_news(LONG).await.unwrap());
    assert!(!bob.wait_for_news(SHORT).await.unwrap());
}

#[tokio::test]
async fn a_new_thread_and_an_answer_are_heard_while_we_wait() {
    let bench = Bench::start().await;
    let bob = listener(&bench, &SCOPES);
    bob.wait_for_news(LONG).await.unwrap();
    let (news, topic) = tokio::join!(bob.wait_for_news(LONG), bench.case("Crash on load", vec![]));
    assert!(news.unwrap());
    let answer = bench.practice.reply("carol", theirs(topic), "One thing more.", vec![]);
    let (news, _) = tokio::join!(bob.wait_for_news(LONG), answer);
    assert!(news.unwrap());
    // What happened while nobody listened is told at the beginning.
    assert!(!bob.wait_for_news(SHORT).await.unwrap());
    bench.practice.reply("carol", theirs(topic), "And the last one.", vec![]).await.unwrap();
    assert!(bob.wait_for_news(LONG).await.unwrap());
}

#[tokio::test]
async fn what_concerns_others_and_what_we_write_ourselves_is_no_news() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash on load", vec![]).await;
    let bob = listener(&bench, &SCOPES);
    bob.wait_for_news(LONG).await.unwrap();
    bench.practice.private_thread("dave", &["carol"], "Between us", "Nothing for support.", vec![]).await.unwrap();
    bench.practice.reply("bob", theirs(topic), "We look into it.", vec![]).await.unwrap();
    assert!(!bob.wait_for_news(SHORT).await.unwrap());
}

#[tokio::test]
async fn a_key_without_the_scope_is_told_so_and_asks_no_more() {
    let bench = Bench::start().await;
    let bob = listener(&bench, &SCOPES[..2]);
    for _ in 0..3 {
        assert_eq!(told(&bob.wait_for_news(LONG).await.unwrap_err()), (Fault::NotAllowed, "not possible"));
    }
    assert_eq!(polls(&bench), 1);
    bob.changed_threads(None).await.unwrap();
}

#[tokio::test]
async fn a_revoked_key_is_told_apart_from_one_without_the_scope() {
    let bench = Bench::start().await;
    let key = bench.practice.issue_user_key("bob", &SCOPES).unwrap();
    let bob = client(&bench.practice, &key, sources(), |_| {});
    bob.wait_for_news(LONG).await.unwrap();
    bench.practice.revoke_key(&key).unwrap();
    bench.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(told(&bob.wait_for_news(LONG).await.unwrap_err()), (Fault::CredentialsRefused, "needs a person"));
}

#[tokio::test]
async fn below_a_folder_only_a_key_for_everything_hears() {
    let bench = Bench::with(ForumOptions { subfolder: "/forum".to_owned(), ..ForumOptions::default() }).await;
    assert_eq!(listener(&bench, &SCOPES).wait_for_news(LONG).await.unwrap_err().fault, Fault::NotAllowed);
    assert!(listener(&bench, &[UserScope::Write]).wait_for_news(LONG).await.unwrap());
}

#[tokio::test]
async fn listening_leaves_half_of_the_day_to_the_work() {
    let bench = Bench::start().await;
    let key = bench.practice.issue_user_key("bob", &SCOPES).unwrap();
    let bob = client(&bench.practice, &key, sources(), |settings| {
        settings.budget = BudgetSettings { per_minute: 100_000, per_day: 20, patience: Duration::ZERO };
    });
    let mut heard = 0;
    let error = loop {
        match bob.wait_for_news(LONG).await {
            Ok(news) => heard += usize::from(news),
            Err(error) => break error,
        }
        bench.case("Another one", vec![]).await;
    };
    assert_eq!(error.fault, Fault::RateLimited);
    assert!(matches!(error.kind, ErrorKind::TryAgain { after: Some(_) }));
    // Ten questions: one of them asked who we are.
    assert_eq!((heard, bob.budget().left_today), (9, 10));
    bob.changed_threads(None).await.unwrap();
}

#[tokio::test]
async fn a_forum_that_does_not_hold_our_question_is_not_hammered() {
    let server = Script::start().await;
    let key = custody_remote::forum::ForumKey::User { key: "k".into(), client_id: None };
    let clock = custody_practice::PracticeClock::frozen_at("2026-11-02T09:00:00Z".parse().unwrap());
    let forum = crate::bench::client_at(&server.base, key, sources(), std::sync::Arc::new(clock), |_| {});
    // The path holds an id of the process: every unknown path is asked for first.
    let _ = forum.wait_for_news(SHORT).await;
    let path = server.asked().into_iter().find(|it| it.path.contains("message-bus")).unwrap().path;
    server.json(&path, "[]");
    let before = server.asked().len();
    assert!(!forum.wait_for_news(SHORT).await.unwrap());
    assert_eq!(server.asked().len(), before + 1);
    for nonsense in ["{", "{}", "[{\"channel\":7}]"] {
        server.json(&path, nonsense);
        assert_eq!(forum.wait_for_news(SHORT).await.unwrap_err().fault, Fault::AnswerNotUnderstood, "{nonsense}");
    }
}

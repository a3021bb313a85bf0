//! Every bad day of a forum, and what we make of it. Nothing here may look like "closed" or "gone".

use std::time::Duration;

use custody_core::ports::{ErrorKind, Fault, Forum, PortError};
use custody_practice::forum::{Fault as Trouble, ForumOptions, PracticeFile, Scope, Storage};

use crate::bench::{Bench, bytes, told, written};

const STORY: &str = "The quick brown fox jumps over the lazy dog, again and again and again.";

fn slow(piece: usize) -> Trouble {
    Trouble::Slow { piece, pause: Duration::from_millis(1) }
}

fn is_silent(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Silence | Trouble::StalledAfter { .. })
}

/// Secrets and names that must never reach an error text.
fn check_silence(bench: &Bench, error: &PortError) {
    let text = written(error);
    for secret in [bench.key.as_str(), "bob", "carol", "Crash", "secret.log", "127.0.0.1", "http", "short-url"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn each_trouble_with_a_question_has_its_promised_outcome() {
    use Fault::{
        AnswerNotUnderstood, BadRedirect, Blocked, CredentialsRefused, RateLimited, ServerTrouble, Unreachable,
    };
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![PracticeFile::bytes("secret.log", STORY)]).await;
    for (trouble, fault, kind) in [
        (Trouble::InternalError, ServerTrouble, "try again"),
        (Trouble::BadGateway, ServerTrouble, "try again"),
        (Trouble::ReadOnly, ServerTrouble, "try again"),
        (Trouble::FirewallChallenge, Blocked, "needs a person"),
        (Trouble::BadCsrf, CredentialsRefused, "needs a person"),
        (Trouble::TooManyRequests { wait_seconds: 39 }, RateLimited, "try again"),
        (Trouble::BrokenJson, AnswerNotUnderstood, "try again"),
        (Trouble::RedirectLoop, BadRedirect, "needs a person"),
        (Trouble::HttpDowngradeRedirect, BadRedirect, "needs a person"),
        (Trouble::ForeignRedirect, BadRedirect, "needs a person"),
        (Trouble::Silence, Unreachable, "try again"),
        (Trouble::Hangup, Unreachable, "try again"),
        (Trouble::ResetAfter { bytes: 20 }, Unreachable, "try again"),
        (Trouble::TruncatedAfter { bytes: 20 }, Unreachable, "try again"),
        (Trouble::StalledAfter { bytes: 20 }, Unreachable, "try again"),
        (Trouble::ShortAfter { bytes: 20 }, AnswerNotUnderstood, "try again"),
        (Trouble::WrongContentLength { extra: 20 }, Unreachable, "try again"),
    ] {
        for (prefix, which) in [("/t/", "thread"), ("/topics/", "list")] {
            let on = bench.practice.faults().switch_on(trouble.clone(), Scope::Path(prefix.to_owned()));
            let hasty = bench.hasty_client();
            let client = if is_silent(&trouble) { &hasty } else { &bench.client };
            let error = match which {
                "thread" => client.thread(topic).await.unwrap_err(),
                _ => client.changed_threads(None).await.unwrap_err(),
            };
            assert_eq!(told(&error), (fault, kind), "{which}: {trouble:?}");
            check_silence(&bench, &error);
            bench.practice.faults().switch_off(on);
            if fault == RateLimited {
                assert_eq!(error.kind, ErrorKind::TryAgain { after: Some(Duration::from_secs(39)) });
                // Until then nothing is asked at all.
                let asked = bench.practice.requests().len();
                let error = bench.client.thread(topic).await.unwrap_err();
                assert_eq!(error.kind, ErrorKind::TryAgain { after: Some(Duration::from_secs(39)) });
                assert_eq!(bench.practice.requests().len(), asked);
                bench.clock.advance(custody_core::SignedDuration::from_secs(39));
            }
            bench.client.thread(topic).await.unwrap();
        }
    }
    assert!(bench.practice.foreign_hits().is_empty());
    bench.practice.faults().switch_on(slow(16), Scope::Path("/t/".to_owned()));
    bench.client.thread(topic).await.unwrap();
}

#[tokio::test]
async fn each_trouble_with_a_download_has_its_promised_outcome() {
    use Fault::{BadRedirect, Blocked, CredentialsRefused, RateLimited, ServerTrouble, Unreachable, WrongLength};
    // Large enough that an answer has left the server before its body fails.
    let story = STORY.repeat(8_000);
    let local = Bench::start().await;
    let stored = ForumOptions { storage: Storage::ObjectStore { secure: true }, ..ForumOptions::default() };
    let stored = Bench::with(stored).await;
    for (bench, on_forum) in [(&local, true), (&stored, false)] {
        let topic = bench.case("Crash", vec![PracticeFile::bytes("secret.log", story.clone())]).await;
        let attachment = bench.only_attachment(topic).await;
        let scope = if on_forum { Scope::Path("/uploads/".to_owned()) } else { Scope::Storage };
        let refusals = [
            (Trouble::FirewallChallenge, Blocked, "needs a person"),
            (Trouble::BadCsrf, CredentialsRefused, "needs a person"),
            (Trouble::TooManyRequests { wait_seconds: 5 }, RateLimited, "try again"),
        ]
        .map(|(trouble, fault, kind)| {
            // A storage's refusals say nothing about our key or our budget.
            if on_forum { (trouble, fault, kind) } else { (trouble, ServerTrouble, "try again") }
        });
        let others = [
            (Trouble::InternalError, ServerTrouble, "try again"),
            (Trouble::BadGateway, ServerTrouble, "try again"),
            (Trouble::ReadOnly, ServerTrouble, "try again"),
            (Trouble::RedirectLoop, BadRedirect, "needs a person"),
            (Trouble::HttpDowngradeRedirect, BadRedirect, "needs a person"),
            (Trouble::Silence, Unreachable, "try again"),
            (Trouble::Hangup, Unreachable, "try again"),
            (Trouble::ResetAfter { bytes: 500_000 }, WrongLength, "try again"),
            (Trouble::TruncatedAfter { bytes: 500_000 }, WrongLength, "try again"),
            (Trouble::WrongContentLength { extra: 20 }, WrongLength, "try again"),
            (Trouble::StalledAfter { bytes: 500_000 }, Unreachable, "try again"),
        ];
        for (trouble, fault, kind) in refusals.into_iter().chain(others) {
            let on = bench.practice.faults().switch_on(trouble.clone(), scope.clone());
            let hasty = bench.hasty_client();
            let client = if is_silent(&trouble) { &hasty } else { &bench.client };
            let error = match client.download(&attachment).await {
                Ok(download) => bytes(download).await.unwrap_err(),
                Err(error) => error,
            };
            // A reset may overtake the beginning of the answer.
            let overtaken = matches!(trouble, Trouble::ResetAfter { .. }) && error.fault == Unreachable;
            assert_eq!(told(&error), (if overtaken { Unreachable } else { fault }, kind), "{trouble:?}, {on_forum}");
            check_silence(bench, &error);
            bench.practice.faults().switch_off(on);
            bench.clock.advance(custody_core::SignedDuration::from_mins(1));
            let download = bench.client.download(&attachment).await.unwrap();
            assert_eq!(bytes(download).await.unwrap(), story.as_bytes());
        }
        let on = bench.practice.faults().switch_on(slow(64 * 1024), scope);
        assert_eq!(bytes(bench.client.download(&attachment).await.unwrap()).await.unwrap(), story.as_bytes());
        bench.practice.faults().switch_off(on);
        for hit in bench.practice.foreign_hits() {
            assert!(hit.secrets.is_empty(), "{hit:?}");
        }
    }
}

#[tokio::test]
async fn what_http_cannot_see_the_announced_digest_shows() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![PracticeFile::bytes("secret.log", STORY)]).await;
    let attachment = bench.only_attachment(topic).await;
    let good = bench.client.download(&attachment).await.unwrap().sha1.unwrap();
    for trouble in [Trouble::ShortAfter { bytes: 20 }, Trouble::ChangedContent, Trouble::ForeignRedirect] {
        let on = bench.practice.faults().switch_on(trouble.clone(), Scope::Path("/uploads/".to_owned()));
        let download = bench.client.download(&attachment).await.unwrap();
        // Still the digest of what was attached, not of what came.
        assert_eq!(download.sha1, Some(good), "{trouble:?}");
        assert_ne!(bytes(download).await.unwrap(), STORY.as_bytes(), "{trouble:?}");
        bench.practice.faults().switch_off(on);
    }
    let hits = bench.practice.foreign_hits();
    assert_eq!(hits.len(), 1);
    assert!(hits.iter().all(|hit| hit.secrets.is_empty()), "{hits:?}");
}

#[tokio::test]
async fn a_key_that_stopped_working_is_named_as_the_cause_everywhere() {
    for stop in ["revoked", "suspended"] {
        let storage = Storage::ObjectStore { secure: true };
        let bench = Bench::with(ForumOptions { storage, ..ForumOptions::default() }).await;
        let topic = bench.case("Crash", vec![PracticeFile::bytes("secret.log", STORY)]).await;
        let attachment = bench.only_attachment(topic).await;
        let mark = bench.client.changed_threads(None).await.unwrap().mark;
        match stop {
            "revoked" => bench.practice.revoke_key(&bench.key).unwrap(),
            _ => bench.practice.suspend("bob").unwrap(),
        }
        bench.clock.advance(custody_core::SignedDuration::from_mins(1));
        for error in [
            bench.client.account().await.unwrap_err(),
            bench.client.thread(topic).await.unwrap_err(),
            bench.client.changed_threads(Some(&mark)).await.unwrap_err(),
            bench.client.download(&attachment).await.unwrap_err(),
            bench.client.look(&attachment).await.unwrap_err(),
            bench.client.reply(topic, &"Your files were erased.".into()).await.unwrap_err(),
        ] {
            assert_eq!(told(&error), (Fault::CredentialsRefused, "needs a person"), "{stop}");
            check_silence(&bench, &error);
        }
    }
}

#[tokio::test]
async fn a_forum_that_is_away_is_unreachable_and_comes_back() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![]).await;
    bench.practice.unplug().await;
    assert_eq!(told(&bench.client.thread(topic).await.unwrap_err()), (Fault::Unreachable, "try again"));
    assert_eq!(told(&bench.client.changed_threads(None).await.unwrap_err()), (Fault::Unreachable, "try again"));
    bench.practice.plug_in().await;
    bench.client.thread(topic).await.unwrap();
}

#[tokio::test]
async fn trouble_of_who_we_are_leaves_a_missing_thread_undecided() {
    let bench = Bench::start().await;
    let missing = custody_core::case::TopicId(999_999);
    bench.client.account().await.unwrap();
    bench.clock.advance(custody_core::SignedDuration::from_mins(1));
    for (trouble, fault) in [(Trouble::BadGateway, Fault::ServerTrouble), (Trouble::Hangup, Fault::Unreachable)] {
        let on = bench.practice.faults().switch_on(trouble, Scope::Path("/session/".to_owned()));
        assert_eq!(told(&bench.client.thread(missing).await.unwrap_err()), (fault, "try again"));
        bench.practice.faults().switch_off(on);
    }
    assert_eq!(told(&bench.client.thread(missing).await.unwrap_err()), (Fault::NotFound, "not possible"));
}

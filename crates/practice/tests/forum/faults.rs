use std::time::Duration;

use custody_practice::forum::{Fault, ForumOptions, PracticeFile, PracticeForum, Scope, Storage};
use serde_json::json;

use crate::client::{Client, forum, report, thread};

const SIZE: usize = 400_000;

async fn with_file() -> (PracticeForum, String, Client) {
    let forum = forum(ForumOptions::default()).await;
    let file = PracticeFile::bytes("big.bin", vec![b'x'; SIZE]);
    let topic = thread(&forum, vec![file]).await;
    let path = forum.posts(topic)[0].attachments[0].short_path.clone();
    let client = Client::user(&forum, "bob");
    (forum, path, client)
}

#[tokio::test]
async fn answers_can_be_replaced_by_those_of_bad_days() {
    let forum = forum(ForumOptions::default()).await;
    let bob = Client::user(&forum, "bob");
    let path = "/session/current.json";
    for (fault, status, kind, needle) in [
        (Fault::InternalError, 500, "text/html", "Oops"),
        (Fault::BadGateway, 502, "text/html", "Bad Gateway"),
        (Fault::ReadOnly, 503, "application/json", "read_only"),
        (Fault::FirewallChallenge, 403, "text/html", "Just a moment"),
        (Fault::BadCsrf, 403, "text/plain", "[\"BAD CSRF\"]"),
        (Fault::TooManyRequests { wait_seconds: 11 }, 429, "application/json", "rate_limit"),
        (Fault::BrokenJson, 200, "application/json", "post_stream"),
    ] {
        forum.faults().switch_on(fault.clone(), Scope::NextN(1));
        let answer = bob.get(path).await;
        assert_eq!(answer.status, status, "{fault:?}");
        assert!(answer.header("content-type").starts_with(kind), "{fault:?}");
        assert!(answer.text().contains(needle), "{fault:?}");
        match fault {
            Fault::ReadOnly => assert_eq!(answer.header("discourse-readonly"), "true"),
            Fault::FirewallChallenge => assert_eq!(answer.header("cf-mitigated"), "challenge"),
            Fault::TooManyRequests { .. } => assert_eq!(answer.header("retry-after"), "11"),
            Fault::BrokenJson => assert!(serde_json::from_slice::<serde_json::Value>(&answer.body).is_err()),
            _ => {}
        }
        bob.get(path).await.ok();
    }
}

#[tokio::test]
async fn faults_strike_where_and_as_often_as_told() {
    let forum = forum(ForumOptions::default()).await;
    let nobody = Client::anonymous(&forum);
    let faults = forum.faults();
    let about = faults.switch_on(Fault::BadGateway, Scope::Path("/about".to_owned()));
    assert_eq!(nobody.get("/about.json").await.status, 502);
    nobody.get("/srv/status").await.ok();
    faults.switch_off(about);
    nobody.get("/about.json").await.ok();
    faults.switch_on(Fault::InternalError, Scope::NextOn { prefix: "/srv".to_owned(), times: 2 });
    nobody.get("/about.json").await.ok();
    assert_eq!((nobody.get("/srv/status").await.status, nobody.get("/srv/status").await.status), (500, 500));
    nobody.get("/srv/status").await.ok();
    assert_eq!(faults.count(), 0);
    faults.switch_on(Fault::InternalError, Scope::All);
    assert_eq!(nobody.get("/anything").await.status, 500);
    faults.clear();
    nobody.get("/about.json").await.ok();
}

#[tokio::test]
async fn redirects_lead_in_circles_down_to_http_and_away() {
    let (forum, path, bob) = with_file().await;
    forum.faults().switch_on(Fault::RedirectLoop, Scope::NextN(1));
    assert_eq!(bob.get(&format!("{path}?x=1")).await.header("location"), format!("{path}?x=1"));
    forum.faults().switch_on(Fault::HttpDowngradeRedirect, Scope::NextN(1));
    assert_eq!(bob.get(&path).await.header("location"), format!("http://downgrade.example{path}"));
    forum.faults().switch_on(Fault::ForeignRedirect, Scope::NextN(1));
    let away = bob.get(&path).await.header("location").to_owned();
    assert!(away.starts_with(&forum.storage_url()));
    bob.get(&away).await.ok();
    let hit = forum.foreign_hits().pop().unwrap();
    assert_eq!((hit.secrets, hit.path), (vec!["user-api-key".to_owned()], format!("/foreign{path}")));
}

#[tokio::test]
async fn a_download_that_breaks_off_is_seen_as_an_error() {
    let (forum, path, bob) = with_file().await;
    let uploads = || Scope::Path("/uploads/".to_owned());
    for fault in [
        Fault::Hangup,
        Fault::ResetAfter { bytes: 100_000 },
        Fault::TruncatedAfter { bytes: 100_000 },
        Fault::WrongContentLength { extra: 1 },
    ] {
        let id = forum.faults().switch_on(fault.clone(), uploads());
        assert!(bob.try_get(&path).await.is_err(), "{fault:?}");
        forum.faults().switch_off(id);
        assert_eq!(bob.get(&path).await.ok().body.len(), SIZE, "{fault:?}");
    }
}

#[tokio::test]
async fn a_short_download_looks_whole_to_http() {
    let (forum, path, bob) = with_file().await;
    forum.faults().switch_on(Fault::ShortAfter { bytes: 100_000 }, Scope::NextN(1));
    let short = bob.get(&path).await.ok();
    assert_eq!((short.body.len(), short.header("content-length")), (100_000, "100000"));
}

#[tokio::test]
async fn content_can_change_between_downloads_at_the_same_length() {
    let (forum, path, bob) = with_file().await;
    let honest = bob.get(&path).await.ok().body;
    forum.faults().switch_on(Fault::ChangedContent, Scope::Path("/uploads/".to_owned()));
    let (one, other) = (bob.get(&path).await.ok().body, bob.get(&path).await.ok().body);
    assert_eq!((one.len(), other.len()), (SIZE, SIZE));
    assert!(one != honest && other != honest && one != other);
}

#[tokio::test]
async fn a_slow_download_arrives_in_the_end() {
    let (forum, path, bob) = with_file().await;
    let slow = Fault::Slow { piece: 100_000, pause: Duration::from_millis(1) };
    forum.faults().switch_on(slow, Scope::NextN(1));
    assert_eq!(bob.get(&path).await.ok().body.len(), SIZE);
}

#[tokio::test]
async fn a_forum_may_fall_silent_before_or_within_an_answer() {
    let (forum, path, bob) = with_file().await;
    for fault in [Fault::Silence, Fault::StalledAfter { bytes: 1000 }] {
        forum.faults().switch_on(fault.clone(), Scope::NextN(1));
        let waiting = tokio::spawn({
            let (bob, path) = (bob.clone(), path.clone());
            async move { bob.try_get(&path).await.is_err() }
        });
        while forum.faults().count() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(!waiting.is_finished());
        // Only pulling the plug ends it.
        forum.unplug().await;
        assert!(waiting.await.unwrap(), "{fault:?}");
        forum.plug_in().await;
        bob.get(&path).await.ok();
    }
}

#[tokio::test]
async fn an_unplugged_forum_refuses_connections_and_comes_back_at_the_same_address() {
    let (forum, path, bob) = with_file().await;
    bob.get(&path).await.ok();
    let address = forum.base_url();
    forum.unplug().await;
    let refused = bob.try_get(&path).await.unwrap_err();
    assert!(refused.is_connect(), "{refused:?}");
    forum.plug_in().await;
    assert_eq!(forum.base_url(), address);
    bob.get(&path).await.ok();
}

#[tokio::test]
async fn the_object_store_has_faults_of_its_own() {
    let options = ForumOptions { storage: Storage::ObjectStore { secure: false }, ..ForumOptions::default() };
    let forum = forum(options).await;
    let topic = thread(&forum, vec![report()]).await;
    let path = forum.posts(topic)[0].attachments[0].short_path.clone();
    let nobody = Client::anonymous(&forum);
    let there = nobody.get(&path).await.header("location").to_owned();
    let id = forum.faults().switch_on(Fault::TruncatedAfter { bytes: 5 }, Scope::Storage);
    assert_eq!(nobody.get(&path).await.status, 302);
    assert!(nobody.try_get(&there).await.is_err());
    forum.faults().switch_off(id);
    nobody.get(&there).await.ok();
    forum.unplug_storage().await;
    assert!(nobody.try_get(&there).await.unwrap_err().is_connect());
    assert_eq!(nobody.get(&path).await.status, 302);
    forum.plug_in_storage().await;
    nobody.get(&there).await.ok();
}

#[tokio::test]
async fn what_a_fault_answers_is_in_the_log() {
    let forum = forum(ForumOptions::default()).await;
    forum.faults().switch_on(Fault::BadGateway, Scope::NextN(1));
    Client::user(&forum, "bob").post("/posts.json", json!({})).await;
    let record = forum.requests().pop().unwrap();
    assert_eq!((record.method.as_str(), record.status, record.had_key), ("POST", Some(502), true));
}

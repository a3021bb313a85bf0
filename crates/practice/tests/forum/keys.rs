use custody_practice::forum::{AdminScope, ForumOptions, UserScope};
use jiff::SignedDuration;
use serde_json::json;

use crate::client::{Client, forum, report, thread};

#[tokio::test]
async fn a_reading_key_reads_and_writes_nothing() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let bob = Client::scoped(&forum, "bob", &[UserScope::Read]);
    bob.get(&format!("/t/{topic}.json")).await.ok();
    let refused = bob.post("/posts.json", json!({"topic_id": topic, "raw": "A long enough reply"})).await;
    assert_eq!((refused.status, refused.error_type().as_str()), (403, "invalid_access"));
    assert!(!refused.text().contains("API username"));
    assert_eq!(forum.posts(topic).len(), 1);
}

#[tokio::test]
async fn a_session_key_sees_only_the_session() {
    let forum = forum(ForumOptions::default()).await;
    let erin = Client::scoped(&forum, "erin", &[UserScope::SessionInfo]);
    let me = erin.get("/session/current.json").await.ok();
    assert_eq!(me.json()["current_user"]["username"], "erin");
    assert_eq!(me.json()["current_user"]["groups"][0]["name"], "support");
    assert_eq!(me.json()["current_user"]["groups"][0]["has_messages"], true);
    assert_eq!(me.header("x-discourse-username"), "erin");
    assert_eq!(me.header("x-discourse-route"), "session/current");
    assert_eq!(erin.get("/topics/private-messages/erin.json").await.status, 403);
}

#[tokio::test]
async fn revoked_expired_and_suspended_keys_all_answer_403() {
    let forum = forum(ForumOptions::default()).await;
    let key = forum.issue_user_key("bob", &[UserScope::Read]).unwrap();
    let bob = Client::anonymous(&forum).with("user-api-key", &key);
    bob.get("/session/current.json").await.ok();
    forum.revoke_key(&key).unwrap();
    let refused = bob.get("/session/current.json").await;
    assert_eq!((refused.status, refused.error_type().as_str()), (403, "invalid_access"));

    let end = forum.clock().now().checked_add(SignedDuration::from_hours(1)).unwrap();
    let short = forum.issue_user_key_until("erin", &[UserScope::Read], Some(end)).unwrap();
    let erin = Client::anonymous(&forum).with("user-api-key", &short);
    erin.get("/session/current.json").await.ok();
    forum.clock().advance(SignedDuration::from_hours(1));
    assert_eq!(erin.get("/session/current.json").await.status, 403);

    let carol = Client::user(&forum, "carol");
    forum.suspend("carol").unwrap();
    assert_eq!(carol.get("/session/current.json").await.status, 403);
    assert_eq!(Client::anonymous(&forum).with("user-api-key", "nonsense").get("/about.json").await.status, 403);
}

#[tokio::test]
async fn a_key_of_any_scope_revokes_itself() {
    let forum = forum(ForumOptions::default()).await;
    let bob = Client::scoped(&forum, "bob", &[UserScope::SessionInfo]);
    let done = bob.post("/user-api-key/revoke", json!({})).await.ok();
    assert_eq!(done.json(), json!({"success": "OK"}));
    assert_eq!(bob.get("/session/current.json").await.status, 403);
}

#[tokio::test]
async fn an_admin_key_for_one_user_speaks_for_nobody_else() {
    let forum = forum(ForumOptions::default()).await;
    let root = Client::admin(&forum, "root");
    root.get("/session/current.json").await.ok();
    root.clone().with("api-username", "ROOT").get("/session/current.json").await.ok();
    let refused = root.with("api-username", "bob").get("/session/current.json").await;
    assert_eq!((refused.status, refused.error_type().as_str()), (403, "invalid_access"));
    assert!(refused.text().contains("The API username or key is invalid."));
}

#[tokio::test]
async fn an_admin_key_for_all_users_needs_a_username() {
    let forum = forum(ForumOptions::default()).await;
    let key = forum.issue_scoped_admin_key(None, AdminScope::Global).unwrap();
    let all = Client::anonymous(&forum).with("api-key", &key);
    assert_eq!(all.get("/session/current.json").await.status, 403);
    let as_erin = all.with("api-username", "erin").get("/session/current.json").await.ok();
    assert_eq!(as_erin.json()["current_user"]["username"], "erin");
}

#[tokio::test]
async fn a_granular_key_covers_topics_but_neither_inboxes_nor_downloads() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, vec![report()]).await;
    let scope = AdminScope::Granular(vec!["topics:read".to_owned()]);
    let key = forum.issue_scoped_admin_key(Some("root"), scope).unwrap();
    let root = Client::anonymous(&forum).with("api-key", &key);
    root.get(&format!("/t/{topic}.json")).await.ok();
    assert_eq!(root.get("/topics/private-messages/root.json").await.status, 403);
    let path = forum.posts(topic)[0].attachments[0].short_path.clone();
    assert_eq!(root.get(&path).await.status, 403);
    // The same address is open to anybody without a key.
    Client::anonymous(&forum).get(&path).await.ok();
    let scopes = root.get("/session/scopes.json").await.ok();
    assert_eq!(scopes.json()["scopes"][0]["resource"], "topics");
}

#[tokio::test]
async fn a_reading_admin_key_changes_nothing() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let key = forum.issue_scoped_admin_key(Some("root"), AdminScope::ReadOnly).unwrap();
    let root = Client::anonymous(&forum).with("api-key", &key);
    root.get("/topics/private-messages/root.json").await.ok();
    let body = json!({"status": "closed", "enabled": "true"});
    assert_eq!(root.put(&format!("/t/{topic}/status.json"), body).await.status, 403);
    assert!(!forum.topic(topic).unwrap().closed);
}

#[tokio::test]
async fn nobody_gets_an_empty_404_for_the_session_and_bad_csrf_for_writing() {
    let forum = forum(ForumOptions::default()).await;
    let nobody = Client::anonymous(&forum);
    let session = nobody.get("/session/current.json").await;
    assert_eq!((session.status, session.text()), (404, ""));
    let write = nobody.post("/posts.json", json!({"raw": "x"})).await;
    assert_eq!((write.status, write.text()), (403, "[\"BAD CSRF\"]"));
    assert!(write.header("content-type").starts_with("text/plain"));
    // A header that a proxy misspells is no header.
    let misspelt =
        Client::anonymous(&forum).with("user_api_key", &forum.issue_user_key("bob", &[UserScope::Read]).unwrap());
    assert_eq!(misspelt.get("/session/current.json").await.status, 404);
}

#[tokio::test]
async fn a_site_that_needs_a_login_answers_only_its_probes() {
    let forum = forum(ForumOptions { login_required: true, ..ForumOptions::default() }).await;
    let nobody = Client::anonymous(&forum);
    assert_eq!(nobody.get("/srv/status").await.ok().text(), "ok");
    assert_eq!(nobody.get("/site/basic-info.json").await.ok().json()["login_required"], true);
    let refused = nobody.get("/about.json").await;
    assert_eq!((refused.status, refused.error_type().as_str()), (403, "not_logged_in"));
    Client::user(&forum, "carol").get("/about.json").await.ok();
}

#[tokio::test]
async fn without_asking_for_json_one_gets_a_page() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let bob = Client::user(&forum, "bob");
    let page = bob.clone().with("accept", "text/html").get(&format!("/t/{topic}")).await.ok();
    assert!(page.header("content-type").starts_with("text/html"));
    assert_eq!(bob.get(&format!("/t/{topic}")).await.ok().json()["id"], topic.0);
}

#[tokio::test]
async fn addresses_are_for_oneself_and_admins_until_the_site_says_otherwise() {
    let forum = forum(ForumOptions::default()).await;
    let path = "/u/carol/emails.json";
    assert_eq!(Client::user(&forum, "carol").get(path).await.ok().json()["email"], "carol@customer.example");
    Client::user(&forum, "root").get(path).await.ok();
    let bob = Client::user(&forum, "bob");
    let refused = bob.get(path).await;
    assert_eq!((refused.status, refused.json()), (403, json!({"failed": "FAILED"})));
    forum.configure(|options| options.moderators_view_emails = true);
    bob.get(path).await.ok();
    assert_eq!(Client::user(&forum, "erin").get(path).await.status, 403);
}

#[tokio::test]
async fn a_forum_in_a_subfolder_answers_there_and_nowhere_else() {
    let options = ForumOptions { subfolder: "/forum".to_owned(), ..ForumOptions::default() };
    let forum = forum(options).await;
    let topic = thread(&forum, vec![report()]).await;
    assert!(forum.base_url().ends_with("/forum"));
    let bob = Client::user(&forum, "bob");
    let shown = bob.get(&format!("/t/{topic}.json")).await.ok().json();
    let cooked = shown["post_stream"]["posts"][0]["cooked"].as_str().unwrap();
    assert!(cooked.contains("href=\"/forum/uploads/short-url/"), "{cooked}");
    let outside = forum.base_url().replace("/forum", "");
    assert_eq!(bob.get(&format!("{outside}/t/{topic}.json")).await.status, 404);
}

#[tokio::test]
async fn every_request_is_in_the_log_with_its_time_and_never_with_its_key() {
    let forum = forum(ForumOptions::default()).await;
    Client::user(&forum, "bob").get("/topics/private-messages/bob.json?page=2").await.ok();
    forum.clock().advance(SignedDuration::from_mins(1));
    Client::anonymous(&forum).get("/nowhere").await;
    let log = forum.requests();
    assert_eq!(log.len(), 2);
    assert_eq!((log[0].path.as_str(), log[0].query.as_str()), ("/topics/private-messages/bob.json", "page=2"));
    assert_eq!((log[0].had_key, log[0].status), (true, Some(200)));
    assert_eq!((log[1].had_key, log[1].status), (false, Some(404)));
    assert_eq!(log[1].at.duration_since(log[0].at), SignedDuration::from_mins(1));
}

use custody_practice::forum::ForumOptions;
use serde_json::json;

use crate::client::{Client, forum, thread};

#[tokio::test]
async fn staff_close_and_open_and_the_thread_says_so() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let bob = Client::user(&forum, "bob");
    let path = format!("/t/{topic}/status.json");
    let missing = bob.put(&path, json!({"enabled": "true"})).await;
    assert_eq!(
        (missing.status, &missing.json()["errors"][0]),
        (400, &json!("param is missing or the value is empty: status"))
    );
    assert_eq!(bob.put(&path, json!({"status": "eaten", "enabled": "true"})).await.error_type(), "invalid_parameters");
    let closed = bob.put(&path, json!({"status": "closed", "enabled": "true"})).await.ok().json();
    assert_eq!(closed, json!({"success": "OK", "topic_status_update": null}));
    assert!(forum.topic(topic).unwrap().closed);
    bob.put(&path, json!({"status": "closed", "enabled": "false"})).await.ok();
    assert!(!forum.topic(topic).unwrap().closed);
    let codes: Vec<String> = forum.posts(topic).into_iter().filter_map(|post| post.action_code).collect();
    assert_eq!(codes, ["closed.enabled", "closed.disabled"]);
    let erin = Client::user(&forum, "erin");
    assert_eq!(erin.put(&path, json!({"status": "closed", "enabled": "true"})).await.status, 403);
}

#[tokio::test]
async fn a_topic_made_private_keeps_its_number_and_lets_in_its_authors_only() {
    let forum = forum(ForumOptions::default()).await;
    let category = forum.add_category("General", "general", &[]).unwrap();
    let topic = forum.public_thread("carol", category, "It crashes", "Here is my document.", Vec::new()).await.unwrap();
    let (bob, erin) = (Client::user(&forum, "bob"), Client::user(&forum, "erin"));
    let done = bob.put(&format!("/t/{topic}/convert-topic/private.json"), json!({})).await.ok().json();
    assert_eq!(done, json!({"success": true, "url": format!("/t/it-crashes/{topic}")}));
    let look = forum.topic(topic).unwrap();
    assert_eq!((look.private, look.users.as_slice()), (true, &["carol".to_owned(), "bob".to_owned()][..]));
    assert_eq!(forum.posts(topic).last().unwrap().action_code.as_deref(), Some("private_topic"));
    // No group is let in: colleagues lose sight of it until they are invited.
    assert_eq!(erin.get(&format!("/t/{topic}.json")).await.status, 404);
    bob.post(&format!("/t/{topic}/invite-group.json"), json!({"group": "support"})).await.ok();
    erin.get(&format!("/t/{topic}.json")).await.ok();

    bob.put(&format!("/t/{topic}/convert-topic/public.json"), json!({"category_id": category})).await.ok();
    let shown = Client::anonymous(&forum).get(&format!("/t/{topic}.json")).await.ok().json();
    assert_eq!((&shown["archetype"], &shown["category_id"]), (&json!("regular"), &json!(category.0)));
    assert_eq!(
        Client::user(&forum, "carol").put(&format!("/t/{topic}/convert-topic/private.json"), json!({})).await.status,
        403
    );
}

#[tokio::test]
async fn whoever_is_removed_from_a_thread_loses_it() {
    let forum = forum(ForumOptions::default()).await;
    let topic = forum.private_thread("carol", &["bob", "dave"], "Crash", "It crashes.", Vec::new()).await.unwrap();
    let (bob, dave) = (Client::user(&forum, "bob"), Client::user(&forum, "dave"));
    dave.get(&format!("/t/{topic}.json")).await.ok();
    assert_eq!(dave.put(&format!("/t/{topic}/remove-allowed-user.json"), json!({"username": "bob"})).await.status, 403);
    bob.put(&format!("/t/{topic}/remove-allowed-user.json"), json!({"username": "dave"})).await.ok();
    assert_eq!(dave.get(&format!("/t/{topic}.json")).await.status, 404);
    assert_eq!(forum.posts(topic).last().unwrap().action_code.as_deref(), Some("removed_user"));
    // One may leave by oneself.
    bob.put(&format!("/t/{topic}/remove-allowed-user.json"), json!({"username": "bob"})).await.ok();
    assert_eq!(bob.get(&format!("/t/{topic}.json")).await.status, 404);
}

#[tokio::test]
async fn removing_the_group_takes_its_inbox_the_thread() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let root = Client::user(&forum, "root");
    root.put(&format!("/t/{topic}/remove-allowed-group.json"), json!({"name": "support"})).await.ok();
    assert_eq!(Client::user(&forum, "bob").get(&format!("/t/{topic}.json")).await.status, 404);
    root.post(&format!("/t/{topic}/invite.json"), json!({"user": "bob"})).await.ok();
    Client::user(&forum, "bob").get(&format!("/t/{topic}.json")).await.ok();
}

#[tokio::test]
async fn title_category_and_tags_can_be_changed() {
    let forum = forum(ForumOptions::default()).await;
    let open = forum.add_category("General", "general", &[]).unwrap();
    let shut = forum.add_category("Customers", "customers", &["support"]).unwrap();
    let topic = forum.public_thread("carol", open, "It crashes", "Here is my document.", Vec::new()).await.unwrap();
    let bob = Client::user(&forum, "bob");
    let body = json!({"title": "Crash at page 3", "category_id": shut, "tags": ["delete-files"]});
    let done = bob.put(&format!("/t/-/{topic}.json"), body).await.ok().json();
    assert_eq!(done["basic_topic"]["slug"], "crash-at-page-3");
    assert_eq!(Client::anonymous(&forum).get(&format!("/t/{topic}.json")).await.status, 404);
    assert_eq!(forum.topic(topic).unwrap().tags, ["delete-files"]);
    assert_eq!(bob.put(&format!("/t/-/{topic}.json"), json!({"category_id": 999_999})).await.status, 400);
}

#[tokio::test]
async fn staff_delete_and_recover_threads() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let bob = Client::user(&forum, "bob");
    assert_eq!(Client::user(&forum, "carol").delete(&format!("/t/{topic}.json"), json!({})).await.status, 403);
    assert!(bob.delete(&format!("/t/{topic}.json"), json!({})).await.ok().body.is_empty());
    assert!(forum.topic(topic).unwrap().deleted_at.is_some());
    bob.put(&format!("/t/{topic}/recover.json"), json!({})).await.ok();
    assert!(forum.topic(topic).unwrap().deleted_at.is_none());
}

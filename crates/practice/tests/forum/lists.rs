use custody_practice::forum::{ForumOptions, PracticeForum, TagShape, TopicId};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::client::{Client, forum, thread};

fn ids(list: &Value) -> Vec<i64> {
    list["topic_list"]["topics"].as_array().unwrap().iter().map(|topic| topic["id"].as_i64().unwrap()).collect()
}

async fn with_bob(forum: &PracticeForum, title: &str) -> TopicId {
    forum.clock().advance(SignedDuration::from_secs(60));
    forum.private_thread("carol", &["bob"], title, "Please have a look.", Vec::new()).await.unwrap()
}

#[tokio::test]
async fn the_newest_bump_comes_first_and_closing_does_not_bump() {
    let forum = forum(ForumOptions::default()).await;
    let (first, second) = (with_bob(&forum, "First").await, with_bob(&forum, "Second").await);
    let bob = Client::user(&forum, "bob");
    let inbox = "/topics/private-messages/bob.json";
    assert_eq!(ids(&bob.get(inbox).await.ok().json()), [second.0, first.0]);
    let before = forum.topic(first).unwrap();

    forum.clock().advance(SignedDuration::from_secs(60));
    forum.close(first).unwrap();
    let list = bob.get(inbox).await.ok().json();
    assert_eq!(ids(&list), [second.0, first.0]);
    let row = &list["topic_list"]["topics"][1];
    assert_eq!(
        (&row["closed"], &row["highest_post_number"], &row["posts_count"]),
        (&json!(true), &json!(2), &json!(1))
    );
    assert_eq!(forum.topic(first).unwrap().bumped_at, before.bumped_at);

    forum.clock().advance(SignedDuration::from_secs(60));
    forum.reopen(first).unwrap();
    assert_eq!(ids(&bob.get(inbox).await.ok().json()), [first.0, second.0]);
    forum.clock().advance(SignedDuration::from_secs(60));
    forum.reply("carol", second, "One more thing", Vec::new()).await.unwrap();
    assert_eq!(ids(&bob.get(inbox).await.ok().json()), [second.0, first.0]);
}

#[tokio::test]
async fn deleting_and_editing_earlier_posts_do_not_bump() {
    let forum = forum(ForumOptions::default()).await;
    let topic = with_bob(&forum, "First").await;
    let reply = forum.reply("bob", topic, "A reply of some length", Vec::new()).await.unwrap();
    let bumped = forum.topic(topic).unwrap().bumped_at;
    forum.clock().advance(SignedDuration::from_secs(600));
    let first = forum.posts(topic)[0].id;
    forum.edit_post("bob", first, "Edited by a moderator").unwrap();
    forum.soft_delete_post(reply).unwrap();
    assert_eq!(forum.topic(topic).unwrap().bumped_at, bumped);
}

#[tokio::test]
async fn pages_hold_30_and_a_full_last_page_promises_one_more() {
    let forum = forum(ForumOptions::default()).await;
    for number in 0..60 {
        with_bob(&forum, &format!("Thread {number}")).await;
    }
    let bob = Client::user(&forum, "bob");
    let first = bob.get("/topics/private-messages/bob.json").await.ok().json();
    assert_eq!((ids(&first).len(), &first["topic_list"]["per_page"]), (30, &json!(30)));
    assert_eq!(first["topic_list"]["more_topics_url"], "/topics/private-messages/bob?page=1");
    let second = bob.get("/topics/private-messages/bob?page=1").await.ok().json();
    assert_eq!(ids(&second).len(), 30);
    assert_eq!(second["topic_list"]["more_topics_url"], "/topics/private-messages/bob?page=2");
    let third = bob.get("/topics/private-messages/bob?page=2").await.ok().json();
    assert!(ids(&third).is_empty() && third["topic_list"]["more_topics_url"].is_null());
}

#[tokio::test]
async fn an_inbox_leaves_out_monologues_archived_threads_and_those_of_groups() {
    let forum = forum(ForumOptions::default()).await;
    let direct = with_bob(&forum, "Direct").await;
    let by_group = thread(&forum, Vec::new()).await;
    let bob = Client::user(&forum, "bob");
    assert_eq!(ids(&bob.get("/topics/private-messages/bob.json").await.ok().json()), [direct.0]);
    assert_eq!(ids(&bob.get("/topics/private-messages-group/bob/SUPPORT.json").await.ok().json()), [by_group.0]);

    let carol = Client::user(&forum, "carol");
    assert!(ids(&carol.get("/topics/private-messages/carol.json").await.ok().json()).is_empty());
    let mut sent = ids(&carol.get("/topics/private-messages-sent/carol.json").await.ok().json());
    sent.sort_unstable();
    assert_eq!(sent, [direct.0, by_group.0]);

    bob.put(&format!("/t/{direct}/archive-message.json"), json!({})).await.ok();
    assert!(ids(&bob.get("/topics/private-messages/bob.json").await.ok().json()).is_empty());
    assert_eq!(ids(&bob.get("/topics/private-messages-archive/bob.json").await.ok().json()), [direct.0]);
    assert_eq!(bob.get(&format!("/t/{direct}.json")).await.ok().json()["message_archived"], true);
    // A new post brings it back.
    forum.reply("carol", direct, "Still there?", Vec::new()).await.unwrap();
    assert_eq!(ids(&bob.get("/topics/private-messages/bob.json").await.ok().json()), [direct.0]);
}

#[tokio::test]
async fn a_groups_archive_is_its_own_list() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let bob = Client::user(&forum, "bob");
    let done = bob.put(&format!("/t/{topic}/archive-message.json"), json!({})).await.ok();
    assert_eq!(done.json()["group_name"], "support");
    let list = "/topics/private-messages-group/bob/support";
    assert!(ids(&bob.get(&format!("{list}.json")).await.ok().json()).is_empty());
    assert_eq!(ids(&bob.get(&format!("{list}/archive.json")).await.ok().json()), [topic.0]);
    bob.put(&format!("/t/{topic}/move-to-inbox.json"), json!({})).await.ok();
    assert_eq!(ids(&bob.get(&format!("{list}.json")).await.ok().json()), [topic.0]);
}

#[tokio::test]
async fn lists_of_others_are_refused_or_do_not_exist() {
    let forum = forum(ForumOptions::default()).await;
    thread(&forum, Vec::new()).await;
    let bob = Client::user(&forum, "bob");
    assert_eq!(bob.get("/topics/private-messages/carol.json").await.status, 403);
    assert_eq!(bob.get("/topics/private-messages-new/carol.json").await.status, 404);
    assert_eq!(bob.get("/topics/private-messages/ghost.json").await.status, 404);
    assert_eq!(bob.get("/topics/private-messages-group/bob/ghosts.json").await.status, 404);
    let dave = Client::user(&forum, "dave");
    assert_eq!(dave.get("/topics/private-messages-group/dave/support.json").await.status, 404);
    let root = Client::admin(&forum, "root");
    root.get("/topics/private-messages/carol.json").await.ok();
    assert_eq!(ids(&root.get("/topics/private-messages-group/root/support.json").await.ok().json()).len(), 1);
    assert_eq!(Client::anonymous(&forum).get("/topics/private-messages/bob.json").await.error_type(), "not_logged_in");
}

#[tokio::test]
async fn deleted_threads_leave_the_lists_and_unlisted_ones_only_those_of_ordinary_users() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    forum.unlist(topic).unwrap();
    let list = |name: &str| format!("/topics/private-messages-group/{name}/support.json");
    assert!(ids(&Client::user(&forum, "erin").get(&list("erin")).await.ok().json()).is_empty());
    Client::user(&forum, "erin").get(&format!("/t/{topic}.json")).await.ok();
    let bob = Client::user(&forum, "bob");
    assert_eq!(ids(&bob.get(&list("bob")).await.ok().json()), [topic.0]);
    forum.soft_delete_topic(topic).unwrap();
    assert!(ids(&bob.get(&list("bob")).await.ok().json()).is_empty());
}

#[tokio::test]
async fn new_and_unread_follow_what_was_read() {
    let forum = forum(ForumOptions::default()).await;
    let topic = with_bob(&forum, "First").await;
    let bob = Client::user(&forum, "bob");
    let (new, unread) = ("/topics/private-messages-new/bob.json", "/topics/private-messages-unread/bob.json");
    assert_eq!(ids(&bob.get(new).await.ok().json()), [topic.0]);
    // Reading as JSON does not count as a visit unless one says so.
    bob.get(&format!("/t/{topic}.json")).await.ok();
    assert_eq!(ids(&bob.get(new).await.ok().json()), [topic.0]);
    bob.get(&format!("/t/{topic}.json?track_visit=true")).await.ok();
    assert!(ids(&bob.get(new).await.ok().json()).is_empty());
    assert!(ids(&bob.get(unread).await.ok().json()).is_empty());
    forum.reply("carol", topic, "One more thing", Vec::new()).await.unwrap();
    let list = bob.get(unread).await.ok().json();
    assert_eq!(ids(&list), [topic.0]);
    assert_eq!(list["topic_list"]["topics"][0]["new_posts"], 1);
}

#[tokio::test]
async fn tags_are_names_or_objects_as_the_site_has_it() {
    let forum = forum(ForumOptions { tags: TagShape::Strings, ..ForumOptions::default() }).await;
    let topic = with_bob(&forum, "First").await;
    forum.tag(topic, &["urgent"]).unwrap();
    let bob = Client::user(&forum, "bob");
    let inbox = "/topics/private-messages/bob.json";
    assert_eq!(bob.get(inbox).await.ok().json()["topic_list"]["topics"][0]["tags"], json!(["urgent"]));
    forum.configure(|options| options.tags = TagShape::Objects);
    let tags = bob.get(inbox).await.ok().json()["topic_list"]["topics"][0]["tags"].clone();
    assert_eq!(tags, json!([{"id": 1, "name": "urgent", "slug": "urgent"}]));
    let tagged = bob.get("/topics/private-messages-tags/bob/urgent.json").await.ok().json();
    assert_eq!(ids(&tagged), [topic.0]);
}

#[tokio::test]
async fn a_private_category_exists_only_for_its_groups() {
    let forum = forum(ForumOptions::default()).await;
    let category = forum.add_category("Customers", "customers", &["support"]).unwrap();
    let topic =
        forum.public_thread("bob", category, "Internal notes", "For engineers only.", Vec::new()).await.unwrap();
    let erin = Client::user(&forum, "erin");
    assert_eq!(ids(&erin.get(&format!("/c/customers/{category}/l/latest.json")).await.ok().json()), [topic.0]);
    assert_eq!(ids(&erin.get(&format!("/c/customers/{category}.json")).await.ok().json()), [topic.0]);
    let listed = erin.get("/categories.json").await.ok().json();
    assert_eq!(listed["category_list"]["categories"][0]["read_restricted"], true);
    let alone = erin.get(&format!("/c/{category}/show.json")).await.ok().json();
    assert_eq!((&alone["category"]["id"], &alone["category"]["read_restricted"]), (&json!(category.0), &json!(true)));
    let dave = Client::user(&forum, "dave");
    assert_eq!(dave.get(&format!("/c/{category}/show.json")).await.status, 404);
    assert_eq!(dave.get(&format!("/c/customers/{category}.json")).await.status, 404);
    assert_eq!(dave.get(&format!("/t/{topic}.json")).await.status, 404);
    assert!(
        dave.get("/categories.json").await.ok().json()["category_list"]["categories"].as_array().unwrap().is_empty()
    );
}

#[tokio::test]
async fn a_groups_members_come_page_by_page_unless_they_are_hidden() {
    let forum = forum(ForumOptions::default()).await;
    let dave = Client::user(&forum, "dave");
    let path = "/groups/support/members.json";
    let first = dave.get(&format!("{path}?limit=1")).await.ok().json();
    let second = dave.get(&format!("{path}?limit=1&offset=1")).await.ok().json();
    assert_eq!((&first["members"][0]["username"], &second["members"][0]["username"]), (&json!("bob"), &json!("erin")));
    assert_eq!(first["meta"], json!({"total": 2, "limit": 1, "offset": 0}));
    assert_eq!(dave.get(&format!("{path}?limit=5000")).await.status, 400);
    assert_eq!(dave.get("/groups/ghosts/members.json").await.status, 404);
    forum.hide_members("support").unwrap();
    assert_eq!(dave.get(path).await.status, 403);
    Client::user(&forum, "erin").get(path).await.ok();
}

use custody_practice::forum::ForumOptions;
use jiff::SignedDuration;
use serde_json::json;

use crate::client::{Client, forum, report, thread};

#[tokio::test]
async fn a_reply_is_answered_with_the_post() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let erin = Client::user(&forum, "erin");
    let body = json!({"topic_id": topic, "raw": "We are looking into it.", "reply_to_post_number": 1});
    let made = erin.post("/posts.json", body).await.ok().json();
    assert_eq!((&made["post_number"], &made["username"]), (&json!(2), &json!("erin")));
    assert_eq!(made["reply_to_post_number"], 1);
    let shown = erin.get(&format!("/posts/{}.json", made["id"])).await.ok().json();
    assert_eq!(shown["raw"], "We are looking into it.");
    let same = erin.get(&format!("/posts/by_number/{topic}/2.json")).await.ok().json();
    assert_eq!(same["id"], made["id"]);
    assert_eq!(erin.get(&format!("/posts/{}/raw", made["id"])).await.ok().text(), "We are looking into it.");
}

#[tokio::test]
async fn a_private_thread_can_be_started_with_users_and_groups() {
    let forum = forum(ForumOptions::default()).await;
    let carol = Client::user(&forum, "carol");
    let fields = [
        ("title", "Licence question"),
        ("raw", "How many machines are covered?"),
        ("archetype", "private_message"),
        ("target_recipients", "support,dave"),
    ];
    let made = carol.form("/posts.json", &fields).await.ok().json();
    let topic = forum.topics().pop().unwrap();
    assert_eq!(made["topic_id"], topic.id.0);
    assert!(topic.private);
    assert_eq!(
        (topic.users.as_slice(), topic.groups.as_slice()),
        (&["carol".to_owned(), "dave".to_owned()][..], &["support".to_owned()][..])
    );
    let nobody = json!({"title": "Hello", "raw": "Is there anybody?", "archetype": "private_message", "target_recipients": "ghost"});
    assert_eq!(Client::user(&forum, "dave").post("/posts.json", nobody).await.status, 422);
}

#[tokio::test]
async fn ordinary_users_may_not_hurry_repeat_or_write_into_closed_threads() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let carol = Client::user(&forum, "carol");
    let body = json!({"topic_id": topic, "raw": "Any news about this?"});
    let short = carol.post("/posts.json", json!({"topic_id": topic, "raw": "Hello?"})).await;
    assert_eq!((short.status, &short.json()["action"]), (422, &json!("create_post")));
    carol.post("/posts.json", body.clone()).await.ok();
    let hurried = carol.post("/posts.json", json!({"topic_id": topic, "raw": "And another thing"})).await;
    assert_eq!((hurried.status, hurried.header("retry-after")), (429, "5"));
    assert_eq!(hurried.header("discourse-rate-limit-error-code"), "");
    forum.clock().advance(SignedDuration::from_secs(6));
    assert!(carol.post("/posts.json", body).await.text().contains("too similar"));
    forum.close(topic).unwrap();
    forum.clock().advance(SignedDuration::from_secs(6));
    let closed = carol.post("/posts.json", json!({"topic_id": topic, "raw": "Is it closed already?"})).await;
    assert_eq!(closed.status, 422);
    Client::user(&forum, "bob").post("/posts.json", json!({"topic_id": topic, "raw": "A last word."})).await.ok();
}

#[tokio::test]
async fn an_admin_key_asking_twice_posts_once() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let root = Client::admin(&forum, "root");
    let body = json!({"topic_id": topic, "raw": "Your files have been erased."});
    let first = root.post("/posts.json", body.clone()).await.ok().json();
    assert_eq!(root.post("/posts.json", body.clone()).await.ok().json()["id"], first["id"]);
    assert_eq!(forum.posts(topic).len(), 2);
    forum.clock().advance(SignedDuration::from_secs(121));
    assert_ne!(root.post("/posts.json", body).await.ok().json()["id"], first["id"]);
}

#[tokio::test]
async fn posts_may_wait_for_approval_or_come_nested() {
    let forum = forum(ForumOptions { approve_posts: true, ..ForumOptions::default() }).await;
    let topic = thread(&forum, Vec::new()).await;
    let body = json!({"topic_id": topic, "raw": "Waiting for approval", "nested_post": true});
    let waiting = Client::user(&forum, "carol").post("/posts.json", body.clone()).await.ok().json();
    assert_eq!((&waiting["action"], waiting.get("id")), (&json!("enqueued"), None));
    assert_eq!(forum.posts(topic).len(), 1);
    let nested = Client::user(&forum, "bob").post("/posts.json", body).await.ok().json();
    assert_eq!((&nested["action"], &nested["post"]["post_number"]), (&json!("create_post"), &json!(2)));
}

#[tokio::test]
async fn editing_what_somebody_else_changed_is_a_conflict() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let post = forum.posts(topic)[0].id;
    let bob = Client::user(&forum, "bob");
    let edit =
        |original: &str| json!({"post": {"raw": "Edited text", "original_text": original, "edit_reason": "test"}});
    let refused = bob.put(&format!("/posts/{post}.json"), edit("Something else")).await;
    assert_eq!(refused.status, 409);
    let done = bob.put(&format!("/posts/{post}.json"), edit("It crashes.")).await.ok().json();
    assert_eq!((&done["post"]["raw"], &done["post"]["version"]), (&json!("Edited text"), &json!(2)));
    assert_eq!(done["post"]["edit_reason"], "test");
    let older = json!({"post": {"raw": "Again", "raw_old": "It crashes."}});
    assert_eq!(bob.put(&format!("/posts/{post}.json"), older).await.status, 409);
    // A member of the group who is not staff cannot edit a customer's post.
    let erin = Client::user(&forum, "erin");
    assert_eq!(erin.put(&format!("/posts/{post}.json"), json!({"post": {"raw": "No"}})).await.status, 403);
}

#[tokio::test]
async fn an_edit_of_the_last_post_bumps_unless_told_not_to() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let post = forum.posts(topic)[0].id;
    let bob = Client::user(&forum, "bob");
    let before = forum.topic(topic).unwrap().bumped_at;
    forum.clock().advance(SignedDuration::from_hours(1));
    bob.put(&format!("/posts/{post}.json"), json!({"post": {"raw": "One"}, "bypass_bump": true})).await.ok();
    assert_eq!(forum.topic(topic).unwrap().bumped_at, before);
    bob.put(&format!("/posts/{post}.json"), json!({"post": {"raw": "Two"}})).await.ok();
    assert_eq!(forum.topic(topic).unwrap().bumped_at, forum.clock().now());
}

#[tokio::test]
async fn authors_small_early_edits_leave_no_revision() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let post = forum.posts(topic)[0].id;
    forum.edit_post("carol", post, "It crashes!").unwrap();
    assert_eq!(forum.posts(topic)[0].version, 1);
    forum.clock().advance(SignedDuration::from_secs(301));
    forum.edit_post("carol", post, "It crashes?").unwrap();
    assert_eq!(forum.posts(topic)[0].version, 2);
}

#[tokio::test]
async fn a_stripped_attachment_stays_readable_in_the_revision_until_it_is_hidden_or_destroyed() {
    let options = ForumOptions { can_permanently_delete: true, ..ForumOptions::default() };
    let forum = forum(options).await;
    let topic = thread(&forum, vec![report()]).await;
    let post = forum.posts(topic)[0].clone();
    let upload = &post.attachments[0];
    forum.strip_attachment("bob", post.id, upload.id).unwrap();
    let stripped = forum.posts(topic)[0].clone();
    assert!(!stripped.raw.contains("upload://") && stripped.attachments.is_empty());

    let (bob, carol) = (Client::user(&forum, "bob"), Client::user(&forum, "carol"));
    let latest = format!("/posts/{}/revisions/latest.json", post.id);
    let seen = carol.get(&latest).await.ok().json();
    assert_eq!((&seen["current_revision"], &seen["username"]), (&json!(2), &json!("bob")));
    assert!(seen["body_changes"]["side_by_side_markdown"].as_str().unwrap().contains(&upload.short_url));
    // The link in it still works.
    Client::anonymous(&forum).get(&upload.short_path).await.ok();

    let hidden = bob.put(&format!("/posts/{}/revisions/2/hide.json", post.id), json!({})).await.ok();
    assert!(hidden.body.is_empty());
    assert_eq!(carol.get(&latest).await.status, 404);
    assert_eq!(bob.get(&latest).await.ok().json()["current_hidden"], true);
    assert_eq!(carol.put(&format!("/posts/{}/revisions/2/show.json", post.id), json!({})).await.status, 403);

    let path = format!("/posts/{}/revisions/permanently_delete.json", post.id);
    assert!(bob.delete(&path, json!({})).await.ok().body.is_empty());
    assert_eq!(bob.get(&latest).await.status, 404);
    assert_eq!(bob.delete(&path, json!({})).await.status, 404);
    assert_eq!(forum.posts(topic)[0].version, 1);
}

#[tokio::test]
async fn revisions_may_be_closed_to_the_public() {
    let forum = forum(ForumOptions { edit_history_visible_to_public: false, ..ForumOptions::default() }).await;
    let topic = thread(&forum, Vec::new()).await;
    let post = forum.posts(topic)[0].id;
    forum.edit_post("bob", post, "Edited by staff").unwrap();
    let path = format!("/posts/{post}/revisions/2.json");
    assert_eq!(Client::user(&forum, "erin").get(&path).await.status, 403);
    Client::user(&forum, "carol").get(&path).await.ok();
    assert_eq!(
        Client::user(&forum, "bob")
            .delete(&format!("/posts/{post}/revisions/permanently_delete.json"), json!({}))
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn staff_delete_softly_and_authors_leave_a_stub() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let reply = forum.reply("carol", topic, "Here is one more detail", Vec::new()).await.unwrap();
    let other = forum.reply("carol", topic, "And here is another", Vec::new()).await.unwrap();
    let (bob, carol) = (Client::user(&forum, "bob"), Client::user(&forum, "carol"));
    assert!(carol.delete(&format!("/posts/{reply}.json"), json!({})).await.ok().body.is_empty());
    let stub = bob.get(&format!("/posts/{reply}.json")).await.ok().json();
    assert_eq!((&stub["user_deleted"], &stub["raw"]), (&json!(true), &json!("(post deleted by author)")));
    let old = bob.get(&format!("/posts/{reply}/revisions/latest.json")).await.ok();
    assert!(old.text().contains("one more detail"));

    bob.delete(&format!("/posts/{other}.json"), json!({})).await.ok();
    assert_eq!(carol.get(&format!("/posts/{other}.json")).await.status, 404);
    let seen = bob.get(&format!("/posts/{other}.json")).await.ok().json();
    assert_eq!(seen["deleted_at"], forum.time_in_json());
    let stream = bob.get(&format!("/t/{topic}.json")).await.ok().json();
    assert_eq!(stream["post_stream"]["stream"].as_array().unwrap().len(), 2);
    let all = bob.get(&format!("/t/{topic}.json?show_deleted=true")).await.ok().json();
    assert_eq!(all["post_stream"]["stream"].as_array().unwrap().len(), 3);
    bob.put(&format!("/posts/{other}/recover.json"), json!({})).await.ok();
    carol.get(&format!("/posts/{other}.json")).await.ok();
    let first = forum.posts(topic)[0].id;
    assert_eq!(bob.delete(&format!("/posts/{first}.json"), json!({})).await.status, 403);
}

#[tokio::test]
async fn destroying_takes_an_admin_the_setting_and_five_minutes() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let post = forum.reply("carol", topic, "Here is one more detail", Vec::new()).await.unwrap();
    let (bob, root) = (Client::user(&forum, "bob"), Client::user(&forum, "root"));
    let (path, force) = (format!("/posts/{post}.json"), json!({"force_destroy": true}));
    root.delete(&path, json!({})).await.ok();
    assert_eq!(root.delete(&path, force.clone()).await.status, 403);
    forum.configure(|options| options.can_permanently_delete = true);
    assert_eq!(bob.delete(&path, force.clone()).await.status, 403);
    let early = root.delete(&path, force.clone()).await;
    assert!(early.status == 403 && early.text().contains("wait"), "{}", early.text());
    forum.clock().advance(SignedDuration::from_mins(5));
    root.delete(&path, force.clone()).await.ok();
    assert_eq!(root.get(&path).await.status, 404);

    // A topic goes last.
    let thread_path = format!("/t/{topic}.json");
    forum.reply("erin", topic, "Still a reply here", Vec::new()).await.unwrap();
    bob.delete(&thread_path, json!({})).await.ok();
    assert_eq!(root.delete(&thread_path, force.clone()).await.status, 403);
    let rest = forum.posts(topic).into_iter().find(|post| post.number > 1).unwrap();
    forum.destroy_post(rest.id).unwrap();
    root.delete(&thread_path, force).await.ok();
    assert_eq!(root.get(&thread_path).await.status, 404);
}

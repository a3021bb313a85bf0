use custody_practice::forum::{Era, ForumOptions, PracticeForum, TopicId};
use serde_json::{Value, json};

use crate::client::{Client, forum, report, thread};

async fn long_thread(forum: &PracticeForum, posts: usize) -> TopicId {
    let topic = thread(forum, Vec::new()).await;
    for number in 2..=posts {
        forum.reply("erin", topic, &format!("Reply number {number}"), Vec::new()).await.unwrap();
    }
    topic
}

fn numbers(topic: &Value) -> Vec<i64> {
    topic["post_stream"]["posts"].as_array().unwrap().iter().map(|post| post["post_number"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn a_topic_shows_20_posts_and_the_numbers_of_all() {
    let forum = forum(ForumOptions::default()).await;
    let topic = long_thread(&forum, 45).await;
    let bob = Client::user(&forum, "bob");
    let shown = bob.get(&format!("/t/{topic}.json")).await.ok().json();
    assert_eq!(numbers(&shown), (1..=20).collect::<Vec<_>>());
    assert_eq!(shown["post_stream"]["stream"].as_array().unwrap().len(), 45);
    assert_eq!((&shown["chunk_size"], &shown["posts_count"]), (&json!(20), &json!(45)));
    let third = bob.get(&format!("/t/{topic}.json?page=3")).await.ok().json();
    assert_eq!(numbers(&third), (41..=45).collect::<Vec<_>>());
    assert_eq!(bob.get(&format!("/t/{topic}.json?page=4")).await.status, 404);
    let around = bob.get(&format!("/t/{topic}/30.json")).await.ok().json();
    assert!(numbers(&around).contains(&30) && numbers(&around).len() == 20);
    assert_eq!(numbers(&bob.get(&format!("/t/{topic}.json?print=true")).await.ok().json()).len(), 45);
}

#[tokio::test]
async fn printing_is_limited_for_all_but_admins() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let erin = Client::user(&forum, "erin");
    for _ in 0..5 {
        erin.get(&format!("/t/{topic}.json?print=true")).await.ok();
    }
    assert_eq!(erin.get(&format!("/t/{topic}.json?print=true")).await.status, 422);
    let root = Client::admin(&forum, "root");
    for _ in 0..6 {
        root.get(&format!("/t/{topic}.json?print=true")).await.ok();
    }
}

#[tokio::test]
async fn posts_are_read_by_their_numbers_and_unseen_ones_are_missing() {
    let forum = forum(ForumOptions::default()).await;
    let topic = long_thread(&forum, 25).await;
    let note = forum.whisper("bob", topic, "Not for the customer").unwrap();
    let posts = forum.posts(topic);
    let erin = Client::user(&forum, "erin");
    let path =
        format!("/t/{topic}/posts.json?post_ids[]={}&post_ids[]={}&post_ids[]={note}", posts[20].id, posts[23].id);
    let shown = erin.get(&path).await.ok().json();
    assert_eq!((numbers(&shown), &shown["id"]), (vec![21, 24], &json!(topic.0)));
    assert!(shown["post_stream"]["posts"][0].get("raw").is_none());
    let with_raw = erin.get(&format!("{path}&include_raw=false")).await.ok().json();
    assert_eq!(with_raw["post_stream"]["posts"][0]["raw"], "Reply number 21");
    let staff = Client::user(&forum, "bob").get(&path).await.ok().json();
    assert_eq!(numbers(&staff), [21, 24, 26]);
    let rest = erin.get(&format!("/t/{topic}/post_ids.json?post_number=23")).await.ok().json();
    assert_eq!(rest["post_ids"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn whispers_are_for_staff_and_small_actions_are_in_the_stream() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    forum.whisper("bob", topic, "Looks like a licence question").unwrap();
    forum.close(topic).unwrap();
    let path = format!("/t/{topic}.json");
    let carol = Client::user(&forum, "carol").get(&path).await.ok().json();
    assert_eq!(numbers(&carol), [1, 3]);
    let small = &carol["post_stream"]["posts"][1];
    assert_eq!((&small["post_type"], &small["action_code"]), (&json!(3), &json!("closed.enabled")));
    assert_eq!((&small["cooked"], &carol["posts_count"]), (&json!(""), &json!(1)));
    assert_eq!((&carol["closed"], &carol["highest_post_number"]), (&json!(true), &json!(3)));
    let bob = Client::user(&forum, "bob").get(&path).await.ok().json();
    assert_eq!(bob["post_stream"]["posts"][1]["post_type"], 4);
}

#[tokio::test]
async fn hidden_posts_hide_their_text_from_ordinary_users() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, vec![report()]).await;
    let post = forum.posts(topic)[0].id;
    forum.hide_post(post).unwrap();
    let path = format!("/t/{topic}.json?include_raw=1");
    let erin = Client::user(&forum, "erin").get(&path).await.ok().json();
    let shown = &erin["post_stream"]["posts"][0];
    assert_eq!((&shown["hidden"], &shown["cooked_hidden"]), (&json!(true), &json!(true)));
    assert!(!shown["cooked"].as_str().unwrap().contains("report.zip") && shown.get("raw").is_none());
    let bob = Client::user(&forum, "bob").get(&path).await.ok().json();
    assert!(bob["post_stream"]["posts"][0]["cooked"].as_str().unwrap().contains("report.zip"));
}

#[tokio::test]
async fn a_thread_one_is_not_in_does_not_exist() {
    let forum = forum(ForumOptions::default()).await;
    let topic = forum.private_thread("carol", &["erin"], "For Erin", "Hello Erin.", Vec::new()).await.unwrap();
    let path = format!("/t/{topic}.json");
    // A moderator who does not take part sees nothing; an admin sees everything.
    let refused = Client::user(&forum, "bob").get(&path).await;
    assert_eq!((refused.status, refused.error_type().as_str()), (404, "not_found"));
    assert!(refused.json()["extras"]["title"].is_string());
    Client::admin(&forum, "root").get(&path).await.ok();
    forum.configure(|options| options.detailed_404 = true);
    assert_eq!(Client::user(&forum, "bob").get(&path).await.status, 403);
    assert_eq!(Client::user(&forum, "bob").get("/t/999999.json").await.status, 404);
}

#[tokio::test]
async fn a_deleted_thread_is_there_for_staff_and_gone_for_others() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    forum.soft_delete_topic(topic).unwrap();
    let path = format!("/t/{topic}.json");
    let shown = Client::user(&forum, "bob").get(&path).await.ok().json();
    assert_eq!(shown["deleted_at"], forum.time_in_json());
    assert_eq!((&shown["deleted_by"]["username"], &shown["has_deleted"]), (&json!("system"), &json!(true)));
    let carol = Client::user(&forum, "carol");
    assert_eq!(carol.get(&path).await.status, 404);
    forum.configure(|options| options.detailed_404 = true);
    assert_eq!(carol.get(&path).await.status, 410);
    forum.recover_topic(topic).unwrap();
    carol.get(&path).await.ok();
}

#[tokio::test]
async fn a_wrong_title_in_the_address_redirects_to_the_right_one() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let bob = Client::user(&forum, "bob");
    let moved = bob.get(&format!("/t/old-title/{topic}.json")).await;
    assert_eq!((moved.status, moved.header("location")), (301, format!("/t/crash-on-load/{topic}.json").as_str()));
    bob.get(&format!("/t/-/{topic}.json")).await.ok();
}

#[tokio::test]
async fn those_let_in_through_a_group_are_not_listed_one_by_one() {
    let forum = forum(ForumOptions::default()).await;
    let topic =
        forum.private_thread("carol", &["support", "erin"], "Both ways", "Hello all.", Vec::new()).await.unwrap();
    let names = |shown: &Value| -> Vec<String> {
        let users = shown["details"]["allowed_users"].as_array().unwrap();
        users.iter().map(|user| user["username"].as_str().unwrap().to_owned()).collect()
    };
    let path = format!("/t/{topic}.json");
    let carol = Client::user(&forum, "carol").get(&path).await.ok().json();
    assert_eq!(names(&carol), ["carol"]);
    assert_eq!(carol["details"]["allowed_groups"][0]["name"], "support");
    assert_eq!(names(&Client::user(&forum, "erin").get(&path).await.ok().json()), ["carol", "erin"]);
    assert_eq!((&carol["archetype"], &carol["category_id"]), (&json!("private_message"), &Value::Null));
    assert!(carol["details"].get("can_close_topic").is_none());
}

#[tokio::test]
async fn an_accepted_answer_shows_in_topic_list_and_post() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let answer = forum.reply("bob", topic, "Update to 26.11 please.", Vec::new()).await.unwrap();
    let bob = Client::user(&forum, "bob");
    let path = format!("/t/{topic}.json");
    assert!(bob.get(&path).await.ok().json().get("accepted_answer").is_none());
    bob.post("/solution/accept.json", json!({"id": answer})).await.ok();
    let shown = bob.get(&path).await.ok().json();
    assert_eq!(shown["accepted_answer"]["post_number"], 2);
    assert_eq!(shown["accepted_answers"][0]["username"], "bob");
    assert_eq!(shown["post_stream"]["posts"][1]["accepted_answer"], true);
    let list = bob.get("/topics/private-messages-group/bob/support.json").await.ok().json();
    assert_eq!(list["topic_list"]["topics"][0]["has_accepted_answer"], true);
    forum.configure(|options| options.era = Era::Year2023);
    assert!(bob.get(&path).await.ok().json().get("accepted_answers").is_none());
    bob.post("/solution/unaccept.json", json!({"id": answer})).await.ok();
    assert!(!forum.topic(topic).unwrap().solved);
    assert_eq!(Client::user(&forum, "erin").post("/solution/accept.json", json!({"id": answer})).await.status, 403);
}

#[tokio::test]
async fn posts_of_a_removed_account_have_no_author() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    forum.remove_account("carol").unwrap();
    let shown = Client::user(&forum, "bob").get(&format!("/t/{topic}.json")).await.ok().json();
    let post = &shown["post_stream"]["posts"][0];
    assert_eq!((&post["user_id"], &post["username"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn the_date_header_shows_the_practice_clock() {
    let forum = forum(ForumOptions::default()).await;
    let answer = Client::anonymous(&forum).get("/srv/status").await.ok();
    assert_eq!(answer.header("date"), "Sun, 01 Mar 2026 09:00:00 GMT");
}

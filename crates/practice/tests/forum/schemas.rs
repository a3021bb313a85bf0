//! Answers against Discourse's own response schemas.
//!
//! Their folder comes from `CUSTODY_DISCOURSE_SCHEMAS`; it holds `openapi-2026-08-20/` and
//! `core-v3.1.0.beta2-verbatim/`. Without it these tests say that they were not run against them.

#![expect(clippy::print_stdout, reason = "a test that did not run against the schemas says so")]

use std::path::PathBuf;

use custody_practice::{
    forum::{Era, ForumOptions, PracticeForum, TagShape, TopicId},
    scenario::files,
};
use serde_json::{Value, json};

use crate::client::{Client, forum, report};

fn schema(name: &str) -> Option<Value> {
    let Some(folder) = std::env::var_os("CUSTODY_DISCOURSE_SCHEMAS") else {
        println!(
            "NOT RUN against Discourse's schemas: set CUSTODY_DISCOURSE_SCHEMAS to the folder that holds \
             openapi-2026-08-20/ and core-v3.1.0.beta2-verbatim/"
        );
        return None;
    };
    let path = PathBuf::from(folder).join(name);
    assert!(path.is_file(), "there is no {}", path.display());
    Some(serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

#[track_caller]
fn check_with(name: &str, answer: &Value, adjust: impl FnOnce(&mut Value)) {
    let Some(mut schema) = schema(name) else {
        return;
    };
    adjust(&mut schema);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(answer).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    assert!(errors.is_empty(), "{name}:\n{}", errors.join("\n"));
}

#[track_caller]
fn check(name: &str, answer: &Value) {
    check_with(name, answer, |_| {});
}

/// Opens an object of a schema for fields that the recorded answer did not have.
fn open(schema: &mut Value, pointer: &str) {
    schema.pointer_mut(pointer).unwrap()["additionalProperties"] = json!(true);
}

/// Lets a value of a schema be null.
fn nullable(schema: &mut Value, pointer: &str) {
    let place = schema.pointer_mut(pointer).unwrap();
    *place = json!({"anyOf": [place.clone(), {"type": "null"}]});
}

/// A forum with an ordinary topic of one post, seen by an admin: what the schemas were recorded from.
async fn recorded(era: Era) -> (PracticeForum, TopicId, Client) {
    let tags = if era == Era::Year2023 { TagShape::Strings } else { TagShape::Objects };
    // The recordings come from a site without the "solved" feature.
    let forum = forum(ForumOptions { era, tags, solved: false, ..ForumOptions::default() }).await;
    let category = forum.add_category("General", "general", &[]).unwrap();
    let topic = forum.public_thread("carol", category, "It crashes", "Here it is.", vec![report()]).await.unwrap();
    forum.public_thread("dave", category, "Another one", "It crashes too.", Vec::new()).await.unwrap();
    forum.tag(topic, &["urgent"]).unwrap();
    let root = Client::admin(&forum, "root");
    (forum, topic, root)
}

fn oas(name: &str) -> String {
    format!("openapi-2026-08-20/{name}_response_200.json")
}

fn core(name: &str) -> String {
    format!("core-v3.1.0.beta2-verbatim/{name}_response.json")
}

#[tokio::test]
async fn an_ordinary_topic_is_as_recorded_in_2026_and_in_2023() {
    let (_forum, topic, root) = recorded(Era::Year2026).await;
    check(&oas("topic_show"), &root.get(&format!("/t/{topic}.json")).await.ok().json());
    let (_forum, topic, root) = recorded(Era::Year2023).await;
    check(&core("topic_show"), &root.get(&format!("/t/{topic}.json")).await.ok().json());
}

#[tokio::test]
async fn a_private_thread_is_a_topic_with_members_and_without_a_category() {
    let forum = forum(ForumOptions::default()).await;
    let topic = crate::client::thread(&forum, vec![report()]).await;
    let answer = forum.reply("bob", topic, "Please update.", Vec::new()).await.unwrap();
    forum.accept_answer(answer).unwrap();
    crate::client::thread(&forum, Vec::new()).await;
    let shown = Client::admin(&forum, "root").get(&format!("/t/{topic}.json")).await.ok().json();
    check_with(&oas("topic_show"), &shown, |schema| {
        // Beyond the recorded topic: members, "solved", and no category.
        open(schema, "");
        open(schema, "/properties/details");
        open(schema, "/properties/post_stream/properties/posts/items");
        open(schema, "/properties/suggested_topics/items");
        nullable(schema, "/properties/category_id");
        nullable(schema, "/properties/suggested_topics/items/properties/category_id");
    });
}

#[tokio::test]
async fn lists_of_private_threads_are_as_recorded() {
    let forum = forum(ForumOptions::default()).await;
    let topic = forum.private_thread("carol", &["bob"], "Hello", "Hello Bob.", Vec::new()).await.unwrap();
    let bob = Client::user(&forum, "bob");
    check(&oas("pm_list"), &bob.get("/topics/private-messages/bob.json").await.ok().json());
    forum.reply("bob", topic, "Hello Carol.", Vec::new()).await.unwrap();
    let sent = bob.get("/topics/private-messages-sent/bob.json").await.ok().json();
    check_with(&oas("pm_sent_list"), &sent, |schema| {
        // "extras" is null for everybody but the latest poster.
        let item = "/properties/topic_list/properties/topics/items/properties/posters/items/properties/extras";
        nullable(schema, item);
    });
}

#[tokio::test]
async fn a_categorys_list_is_as_recorded_in_2026_and_in_2023() {
    for (era, name) in [(Era::Year2026, oas("category_topics")), (Era::Year2023, core("category_topics"))] {
        let (_forum, topic, root) = recorded(era).await;
        let id = root.get(&format!("/t/{topic}.json")).await.ok().json()["category_id"].clone();
        let list = root.get(&format!("/c/general/{id}/l/latest.json")).await.ok().json();
        check_with(&name, &list, |schema| {
            // The recordings come from a site without tags.
            open(schema, "/properties/topic_list/properties/topics/items");
        });
    }
}

#[tokio::test]
async fn posts_are_as_recorded() {
    let (forum, topic, root) = recorded(Era::Year2026).await;
    let post = forum.posts(topic)[0].id;
    let posts = root.get(&format!("/t/{topic}/posts.json?post_ids[]={post}")).await.ok().json();
    check(&oas("topic_posts"), &posts);
    check(&oas("post_show"), &root.get(&format!("/posts/{post}.json")).await.ok().json());
    let made = root.post("/posts.json", json!({"topic_id": topic, "raw": "We look into it."})).await.ok().json();
    check(&oas("post_create"), &made);
    let edit = json!({"post": {"raw": "We looked into it.", "edit_reason": "typo"}});
    let changed = root.put(&format!("/posts/{}.json", made["id"]), edit).await.ok().json();
    check(&oas("post_update"), &changed);

    let (_forum, topic, root) = recorded(Era::Year2023).await;
    let made = root.post("/posts.json", json!({"topic_id": topic, "raw": "We look into it."})).await.ok().json();
    check_with(&core("topic_create"), &made, |schema| {
        // Recorded from a post that no moderator has to review.
        *schema.pointer_mut("/properties/reviewable_id").unwrap() = json!({"type": ["integer", "null"]});
    });
}

#[tokio::test]
async fn uploads_are_as_recorded() {
    let forum = forum(ForumOptions::default()).await;
    let picture: Vec<u8> = files::png("shot.png", 1000, 500).chunks().flatten().collect();
    let made = Client::user(&forum, "carol").upload("shot.png", picture).await.ok().json();
    check(&oas("upload_create"), &made);
    check(&core("upload_create"), &made);
}

#[tokio::test]
async fn users_and_their_addresses_are_as_recorded() {
    let (forum, _, root) = recorded(Era::Year2026).await;
    let emails = root.get("/u/carol/emails.json").await.ok().json();
    check(&oas("user_emails"), &emails);
    check(&core("user_emails"), &emails);
    check_with(&oas("user_get"), &root.get("/u/bob.json").await.ok().json(), |schema| {
        // Recorded from a user who features a topic; most do not.
        nullable(schema, "/properties/user/properties/featured_topic");
    });
    forum.configure(|options| options.era = Era::Year2023);
    check(&core("user_get"), &root.get("/u/bob.json").await.ok().json());
}

#[tokio::test]
async fn a_groups_members_are_as_recorded() {
    let (forum, topic, root) = recorded(Era::Year2026).await;
    for name in ["bob", "erin"] {
        forum.reply(name, topic, "We look into it.", Vec::new()).await.unwrap();
    }
    let members = root.get("/groups/support/members.json").await.ok().json();
    check(&oas("group_members"), &members);
    check(&core("group_members"), &members);
}

#[tokio::test]
async fn changes_to_topics_are_answered_as_recorded() {
    let (forum, topic, root) = recorded(Era::Year2026).await;
    let body = json!({"status": "closed", "enabled": "true"});
    check(&oas("topic_status"), &root.put(&format!("/t/{topic}/status.json"), body).await.ok().json());
    let body = json!({"title": "It crashes often"});
    check(&oas("topic_update"), &root.put(&format!("/t/-/{topic}.json"), body).await.ok().json());
    let thread = crate::client::thread(&forum, Vec::new()).await;
    let done = root.post(&format!("/t/{thread}/invite.json"), json!({"user": "bob"})).await.ok().json();
    check(&oas("topic_invite"), &done);
    let done = root.post(&format!("/t/{thread}/invite-group.json"), json!({"group": "support"})).await.ok().json();
    check(&oas("topic_invite_group"), &done);
    let done = root.put(&format!("/t/{thread}/remove-allowed-user.json"), json!({"username": "bob"})).await.ok().json();
    check(&core("success_ok"), &done);
}

#[tokio::test]
async fn the_site_describes_itself_as_recorded() {
    let forum = forum(ForumOptions::default()).await;
    check(&oas("site_basic_info"), &Client::anonymous(&forum).get("/site/basic-info.json").await.ok().json());
}

#[tokio::test]
async fn the_check_notices_a_missing_field() {
    let Some(schema) = schema(&oas("post_show")) else {
        return;
    };
    let (forum, topic, root) = recorded(Era::Year2026).await;
    let post = forum.posts(topic)[0].id;
    let mut answer = root.get(&format!("/posts/{post}.json")).await.ok().json();
    answer.as_object_mut().unwrap().remove("cooked");
    assert!(!jsonschema::validator_for(&schema).unwrap().is_valid(&answer));
}

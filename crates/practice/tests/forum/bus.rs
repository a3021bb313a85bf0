use custody_practice::forum::{ForumOptions, Limits, PracticeForum, UserScope};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::client::{Answer, Client, forum, thread};

const USER: &str = "/private-message-topic-tracking-state/user/";
const GROUP: &str = "/private-message-topic-tracking-state/group/";

/// The channels of bob and his group.
async fn channels(forum: &PracticeForum) -> (String, String) {
    let me = Client::user(forum, "bob").get("/session/current.json").await.ok().json();
    let me = &me["current_user"];
    (format!("{USER}{}", me["id"]), format!("{GROUP}{}", me["groups"][0]["id"]))
}

fn listener(forum: &PracticeForum, username: &str) -> Client {
    Client::scoped(forum, username, &[UserScope::MessageBus]).with("dont-chunk", "true")
}

/// Asks without being held.
async fn at_once(client: &Client, standing: Value) -> Value {
    client.post("/message-bus/abc123/poll?dlp=t", standing).await.ok().json()
}

/// Moves the clock until an answer comes.
async fn held(forum: &PracticeForum, asking: impl Future<Output = Answer>) -> Answer {
    tokio::pin!(asking);
    loop {
        tokio::select! {
            biased;
            answer = &mut asking => return answer,
            () = tokio::task::yield_now() => forum.clock().advance(SignedDuration::from_secs(25)),
        }
    }
}

#[tokio::test]
async fn whoever_is_new_is_told_where_the_channels_stand() {
    let forum = forum(ForumOptions::default()).await;
    let (user, group) = channels(&forum).await;
    thread(&forum, Vec::new()).await;
    let told = at_once(&listener(&forum, "bob"), json!({&user: -1, &group: -1, "__seq": 1})).await;
    assert_eq!(
        told,
        json!([{
            "global_id": -1,
            "message_id": -1,
            "channel": "/__status",
            "data": {&user: 0, &group: 1},
        }])
    );
    // The same to somebody who is ahead of a channel that began anew.
    let told = at_once(&listener(&forum, "bob"), json!({&group: 90})).await;
    assert_eq!(told[0]["data"], json!({&group: 1}));
}

#[tokio::test]
async fn new_threads_reach_the_group_and_answers_those_who_follow() {
    let forum = forum(ForumOptions::default()).await;
    let (user, group) = channels(&forum).await;
    let bob = listener(&forum, "bob");
    assert_eq!(at_once(&bob, json!({&user: 0, &group: 0})).await, json!([]));
    let topic = thread(&forum, Vec::new()).await;
    forum.reply("carol", topic, "And one thing more.", Vec::new()).await.unwrap();
    let told = at_once(&bob, json!({&user: 0, &group: 0})).await;
    assert_eq!(told.as_array().unwrap().len(), 2);
    assert_eq!((&told[0]["channel"], &told[0]["message_id"]), (&json!(group), &json!(1)));
    assert_eq!(told[0]["data"]["message_type"], "new_topic");
    assert_eq!((&told[1]["channel"], &told[1]["data"]["message_type"]), (&json!(user), &json!("unread")));
    assert_eq!(told[1]["data"]["payload"]["highest_post_number"], 2);
    // From where one stands, and nothing of one's own.
    forum.reply("bob", topic, "We look into it.", Vec::new()).await.unwrap();
    assert_eq!(at_once(&bob, json!({&user: 1, &group: 1})).await, json!([]));
}

#[tokio::test]
async fn a_topic_tells_of_posts_edits_and_its_closing() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let shown = Client::user(&forum, "bob").get(&format!("/t/{topic}.json")).await.ok().json();
    let since = shown["message_bus_last_id"].as_i64().unwrap();
    let post = forum.posts(topic)[0].id;
    forum.edit_post("bob", post, "Another text of this post").unwrap();
    forum.close(topic).unwrap();
    let channel = format!("/topic/{topic}");
    let told = at_once(&listener(&forum, "bob"), json!({&channel: since})).await;
    let kinds: Vec<&Value> = told.as_array().unwrap().iter().map(|message| &message["data"]["type"]).collect();
    assert_eq!(kinds, [&json!("revised"), &json!("created"), &Value::Null]);
    assert_eq!(told[2]["data"], json!({"reload_topic": true}));
}

#[tokio::test]
async fn nobody_hears_the_channels_of_others() {
    let forum = forum(ForumOptions::default()).await;
    let (user, group) = channels(&forum).await;
    let topic = thread(&forum, Vec::new()).await;
    forum.reply("carol", topic, "And one thing more.", Vec::new()).await.unwrap();
    let channel = format!("/topic/{topic}");
    let told = at_once(&listener(&forum, "dave"), json!({&user: 0, &group: 0, &channel: 0})).await;
    assert_eq!(told.as_array().unwrap().len(), 1);
    // Told where they stand, so that he does not ask for the same again.
    assert_eq!((&told[0]["channel"], &told[0]["data"][&channel]), (&json!("/__status"), &json!(2)));
}

#[tokio::test]
async fn a_question_is_held_until_something_happens_or_25_seconds_have_passed() {
    let forum = forum(ForumOptions::default()).await;
    let (user, group) = channels(&forum).await;
    let bob = listener(&forum, "bob");
    let ask = || bob.post("/message-bus/abc123/poll", json!({&user: 0, &group: 0}));
    assert_eq!(held(&forum, ask()).await.ok().json(), json!([]));
    let (told, _) = tokio::join!(ask(), thread(&forum, Vec::new()));
    assert_eq!(told.ok().json()[0]["data"]["message_type"], "new_topic");
}

#[tokio::test]
async fn without_the_header_the_answer_comes_as_a_marked_chunk() {
    let forum = forum(ForumOptions::default()).await;
    let bob = Client::scoped(&forum, "bob", &[UserScope::Notifications]);
    let told = bob.form("/message-bus/abc123/poll?dlp=t", &[("/topic/1", "0")]).await.ok();
    assert!(told.header("content-type").starts_with("text/plain"));
    assert_eq!(told.text(), "[]\r\n|\r\n");
}

#[tokio::test]
async fn listening_takes_a_scope_and_below_a_folder_the_one_for_everything() {
    let site = forum(ForumOptions::default()).await;
    let reading = Client::scoped(&site, "bob", &[UserScope::Read, UserScope::SessionInfo]);
    let refused = reading.post("/message-bus/abc123/poll?dlp=t", json!({})).await;
    assert_eq!((refused.status, refused.text()), (403, "Invalid Access"));
    let below = forum(ForumOptions { subfolder: "/forum".to_owned(), ..ForumOptions::default() }).await;
    assert_eq!(listener(&below, "bob").post("/message-bus/abc123/poll?dlp=t", json!({})).await.status, 403);
    Client::user(&below, "bob").post("/message-bus/abc123/poll?dlp=t", json!({})).await.ok();
}

#[tokio::test]
async fn listening_counts_like_any_request_of_the_key() {
    let forum = forum(ForumOptions { limits: Limits::as_shipped(), ..ForumOptions::default() }).await;
    let bob = listener(&forum, "bob");
    for _ in 0..20 {
        at_once(&bob, json!({})).await;
    }
    let refused = bob.post("/message-bus/abc123/poll?dlp=t", json!({})).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("discourse-rate-limit-error-code"), "user_api_key_limiter_60_secs");
}

#[tokio::test]
async fn the_forum_keeps_a_hundred_messages_of_a_channel() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    for number in 0..120 {
        forum.reply("carol", topic, &format!("Line {number}"), Vec::new()).await.unwrap();
    }
    let (user, _) = channels(&forum).await;
    let told = at_once(&listener(&forum, "bob"), json!({&user: 1})).await;
    let ids: Vec<i64> =
        told.as_array().unwrap().iter().map(|message| message["message_id"].as_i64().unwrap()).collect();
    assert_eq!((ids.len(), ids[0], ids[99]), (100, 21, 120));
}

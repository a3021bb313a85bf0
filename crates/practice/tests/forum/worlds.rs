use custody_practice::{
    PracticeClock, World, WorldOptions,
    forum::ForumOptions,
    scenario::{self, Story, canary},
};

use crate::client::Client;

async fn world(story: Story) -> World {
    let clock = PracticeClock::frozen_at("2026-11-23T09:00:00Z".parse().unwrap());
    World::start(WorldOptions { clock, forum: ForumOptions::default(), story, log_size: 200_000, marked: true })
        .await
        .unwrap()
}

#[tokio::test]
async fn a_new_world_has_staff_and_keys_that_work() {
    let world = world(Story::Empty).await;
    let bob = Client::anonymous(&world.forum).with("user-api-key", &world.keys.bob);
    let me = bob.get("/session/current.json").await.ok().json();
    assert_eq!((&me["current_user"]["username"], &me["current_user"]["moderator"]), (&"bob".into(), &true.into()));
    assert_eq!(me["current_user"]["groups"][0]["name"], "support");
    Client::anonymous(&world.forum).with("user-api-key", &world.keys.erin).get("/session/current.json").await.ok();
    Client::anonymous(&world.forum).with("api-key", &world.keys.root_read).get("/session/current.json").await.ok();
    assert!(world.cases.is_empty() && world.forum.topics().is_empty());
}

#[tokio::test]
async fn the_demo_has_a_ticket_to_close_and_a_customer_who_asks() {
    let world = world(Story::Demo).await;
    let [closing, asking] = world.cases.as_slice() else {
        panic!("two cases");
    };
    for case in [closing, asking] {
        let post = world.forum.posts(case.topic).remove(0);
        assert_eq!((post.username.as_str(), post.attachments.len()), (case.customer.username, case.files.len()));
        for file in &case.files {
            let upload = post.attachments.iter().find(|upload| upload.original_filename == file.name()).unwrap();
            assert_eq!(upload.size, file.size());
            let down = Client::anonymous(&world.forum).get(&upload.short_path).await.ok();
            assert_eq!(custody_practice::forum::PracticeFile::bytes("x", down.body).sha256(), file.sha256());
        }
    }
    world.forum.close(closing.topic).unwrap();
    assert!(world.forum.topic(closing.topic).unwrap().closed);
    scenario::ask_for_removal(&world.forum, asking).await.unwrap();
    let asked = world.forum.posts(asking.topic).pop().unwrap();
    assert_eq!((asked.username.as_str(), asked.raw.as_str()), (asking.customer.username, scenario::REMOVAL_REQUEST));
    let wish = custody_core::phrases::Phrases::default().wish(&asked.raw);
    assert_eq!(wish, custody_core::phrases::Wish::Removal);
}

#[tokio::test]
async fn the_standard_world_holds_every_kind_of_thread_and_file() {
    let world = world(Story::Standard).await;
    let looks: Vec<_> = world.cases.iter().map(|case| world.forum.topic(case.topic).unwrap()).collect();
    assert_eq!(looks.len(), 9);
    assert_eq!(looks.iter().filter(|topic| topic.closed).count(), 1);
    assert_eq!(looks.iter().filter(|topic| topic.archived).count(), 1);
    assert_eq!(looks.iter().filter(|topic| topic.solved).count(), 1);
    assert_eq!(looks.iter().filter(|topic| !topic.private).count(), 1);
    let names: Vec<&str> = world.cases.iter().flat_map(|case| &case.files).map(|file| file.name()).collect();
    for wanted in ["../../etc/passwd", "..\\..\\x", "見積書_最終版（修正）.txt", "تقرير الأعطال.txt"]
    {
        assert!(names.contains(&wanted), "{wanted}");
    }
    assert!(names.iter().any(|name| name.contains('\u{202e}')));
    assert!(world.cases.iter().flat_map(|case| &case.files).any(|file| file.size() == 0));
    // The same bytes from two customers lie on the forum once, under one name.
    let uploads = |case: usize| world.forum.posts(world.cases[case].topic).remove(0).attachments;
    let shared = uploads(2)[0].id;
    assert!(uploads(1).iter().any(|upload| upload.id == shared));
    let bob = Client::anonymous(&world.forum).with("user-api-key", &world.keys.bob);
    let inbox = bob.get("/topics/private-messages-group/bob/support.json").await.ok().json();
    assert_eq!(inbox["topic_list"]["topics"].as_array().unwrap().len(), 8);
}

#[tokio::test]
async fn everything_personal_carries_a_mark() {
    let world = world(Story::Standard).await;
    let marks = scenario::canaries();
    let marked = |text: &str| marks.iter().any(|mark| text.contains(mark.as_str()));
    for person in scenario::CUSTOMERS {
        assert!(marked(person.name) && marked(person.username) && marked(person.email));
    }
    for topic in world.forum.topics() {
        assert!(marked(&topic.title) && marked(&topic.slug));
        let first = world.forum.posts(topic.id).remove(0);
        assert!(first.raw.contains(canary::POST));
    }
    for key in world.describe().keys {
        assert!(marked(&key.token));
    }
    for file in world.cases.iter().flat_map(|case| &case.files).filter(|file| file.size() > 0) {
        let bytes: Vec<u8> = file.chunks().flatten().collect();
        assert!(bytes.windows(canary::CONTENT.len()).any(|part| part == canary::CONTENT.as_bytes()), "{}", file.name());
    }
}

#[tokio::test]
async fn the_description_says_where_everything_is() {
    let world = world(Story::Demo).await;
    let told = serde_json::to_value(world.describe()).unwrap();
    assert_eq!(told["time"], "2026-11-23T09:00:00Z");
    assert_eq!(told["forum"]["base_url"], world.forum.base_url());
    assert!(told["mail"]["imap"].as_str().unwrap().starts_with("127.0.0.1:"));
    let addresses: Vec<&str> =
        told["mail"]["accounts"].as_array().unwrap().iter().map(|account| account["user"].as_str().unwrap()).collect();
    assert!(
        addresses.contains(&"desk@support.example") && addresses.contains(&scenario::CAROLA.email),
        "{addresses:?}"
    );
    assert_eq!(told["members"][0]["role"], "moderator");
    assert_eq!(told["keys"][0]["kind"], "User-Api-Key");
    let thread = told["threads"][0]["url"].as_str().unwrap();
    Client::anonymous(&world.forum).with("user-api-key", &world.keys.bob).get(thread).await.ok();
}

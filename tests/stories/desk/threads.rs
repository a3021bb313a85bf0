//! What a thread says besides its files, and what becomes of threads: tickets, links, notices, the forum's guard and copy.

use custody_core::{
    location::{Location, LocationState},
    retention::ForumCopyRule,
    ticket::TicketRef,
    ticket_pattern::TicketPattern,
};
use custody_practice::{
    forum::TopicId,
    scenario::{CAROLA, OWEN},
};

use crate::support::Stage;

async fn with_settings(change: impl FnOnce(&mut custody_desk::settings::Settings)) -> Stage {
    let stage = Stage::demo().await;
    let mut settings = stage.practice.desk.settings();
    change(&mut settings);
    stage.put_rules_in_force(settings.book()).await;
    stage.practice.desk.save_settings(settings).await.unwrap();
    stage
}

fn topic_of(stage: &Stage, name: &str) -> TopicId {
    stage.practice.world.cases.iter().find(|case| case.customer.name == name).unwrap().topic
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_rule_says_so_the_forums_copy_is_taken_out_and_the_receipt_names_its_last_day() {
    let stage = with_settings(|settings| settings.rules[0].forum_copy = ForumCopyRule::Strip).await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    let receipt = stage.receipts(case).await.remove(0);
    assert!(receipt.complete, "every place is closed or ends by a day that is named");
    let statement = stage.statement(receipt.id.parse().unwrap()).await;
    for file in &statement.files {
        let forum = file.locations.iter().find(|proof| proof.location == Location::ForumCopy).unwrap();
        let LocationState::ExpiresOn { date } = forum.state else { panic!("{:?}", forum.state) };
        assert!(date > stage.now());
    }
    for post in stage.practice.world.forum.posts(topic_of(&stage, OWEN.name)) {
        assert!(post.attachments.is_empty(), "{}", post.raw);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_gives_notices_tells_each_thread_once() {
    let stage = with_settings(|settings| settings.intake.notice = true).await;
    for _ in 0..3 {
        stage.round().await;
        stage.days(1);
    }
    for customer in [CAROLA, OWEN] {
        let posts = stage.practice.world.forum.posts(topic_of(&stage, customer.name));
        let notices: Vec<_> = posts.iter().filter(|post| post.raw.contains("(CN-")).collect();
        assert_eq!(notices.len(), 1, "one notice in {}'s thread", customer.name);
        assert!(notices[0].raw.contains("Please erase my files"));
        assert!(!notices[0].whisper, "the customer can read it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_copies_the_line_of_the_notice_is_heard() {
    let stage = with_settings(|settings| settings.intake.notice = true).await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    let topic = topic_of(&stage, OWEN.name);
    stage.practice.world.forum.reply(OWEN.username, topic, "Please erase my files", Vec::new()).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forum_that_serves_private_files_to_anyone_is_shown_on_the_case_and_counted_in_the_report() {
    let open = Stage::demo().await;
    open.round().await;
    let case = open.case_of(CAROLA.name).await;
    assert_eq!(open.practice.desk.case(case).await.unwrap().open_to_anyone, Some(true));
    let report = open.practice.desk.report(open.now(), open.now()).await.unwrap();
    assert_eq!(report.open_to_anyone, 2);

    let guarded = Stage::demo().await;
    guarded.practice.world.forum.configure(|options| options.prevent_anons_from_downloading_files = true);
    guarded.round().await;
    let case = guarded.case_of(CAROLA.name).await;
    assert_eq!(guarded.practice.desk.case(case).await.unwrap().open_to_anyone, Some(false));
    let asked_bare = guarded.practice.world.forum.requests();
    let bare = asked_bare.iter().filter(|request| !request.had_key && request.path.contains("/uploads/")).count();
    guarded.round().await;
    let later = guarded.practice.world.forum.requests();
    let again = later.iter().filter(|request| !request.had_key && request.path.contains("/uploads/")).count();
    assert_eq!((bare, again), (2, 2), "once for each case");
}

#[tokio::test(flavor = "multi_thread")]
async fn links_to_large_file_services_are_listed_once_and_never_fetched() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(CAROLA.name).await;
    let topic = topic_of(&stage, CAROLA.name);
    let text = "The dump is too large: https://we.tl/t-Ab12cd";
    stage.practice.world.forum.reply(CAROLA.username, topic, text, Vec::new()).await.unwrap();
    stage.round().await;
    stage.round().await;
    let links = stage.practice.desk.case(case).await.unwrap().links;
    assert_eq!(links.len(), 1);
    assert_eq!((links[0].service.as_str(), links[0].url.as_str()), ("WeTransfer", "https://we.tl/t-Ab12cd"));
    assert!(stage.practice.world.forum.foreign_hits().is_empty());
}

fn patterns(settings: &mut custody_desk::settings::Settings) {
    let pattern = |written: &str, key: Option<&str>, certain| TicketPattern {
        tracker: "topic".to_owned(),
        written: written.to_owned(),
        key: key.map(str::to_owned),
        certain,
    };
    settings.ticket_patterns = vec![pattern("topic:{n}", Some("{n}"), true), pattern("#{n}", Some("{n}"), false)];
}

#[tokio::test(flavor = "multi_thread")]
async fn one_certain_ticket_named_by_staff_links_the_case_and_decides_from_then_on() {
    let stage = with_settings(patterns).await;
    stage.round().await;
    let (case, other) = (stage.case_of(CAROLA.name).await, topic_of(&stage, OWEN.name));
    let topic = topic_of(&stage, CAROLA.name);
    let text = format!("We follow this up as topic:{}.", other.0);
    stage.practice.world.forum.reply("bob", topic, &text, Vec::new()).await.unwrap();
    stage.round().await;
    let row = stage.practice.desk.case(case).await.unwrap().row;
    assert_eq!(row.ticket, format!("topic {}", other.0));
    // The thread itself is closed: that is no longer what decides.
    stage.practice.world.forum.close(topic).unwrap();
    stage.days(4);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["held", "held", "held"]);
    stage.practice.world.forum.close(other).unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["due", "due", "due"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_doubtful_ticket_is_offered_and_a_person_takes_it_or_sets_it_aside() {
    let stage = with_settings(patterns).await;
    stage.round().await;
    let case = stage.case_of(CAROLA.name).await;
    let (topic, other) = (topic_of(&stage, CAROLA.name), topic_of(&stage, OWEN.name));
    let forum = &stage.practice.world.forum;
    // By the customer, by a pattern that could mean something else, and two at once: none of these links by itself.
    forum.reply(CAROLA.username, topic, &format!("Is this topic:{}?", other.0), Vec::new()).await.unwrap();
    forum.reply("bob", topic, "Perhaps #999 or #998.", Vec::new()).await.unwrap();
    stage.round().await;
    let view = stage.practice.desk.case(case).await.unwrap();
    let offered: Vec<_> = view.ticket_offers.iter().map(|ticket| ticket.key.clone()).collect();
    assert_eq!(offered, [other.0.to_string(), "999".to_owned(), "998".to_owned()]);
    assert_eq!(view.row.ticket, format!("topic {}", topic.0), "not linked by itself");

    let ticket = |key: &str| TicketRef { tracker: "topic".to_owned(), key: key.to_owned() };
    stage.practice.desk.set_ticket_aside(case, &ticket("999")).await.unwrap();
    stage.practice.desk.link_ticket(case, ticket(&other.0.to_string())).await.unwrap();
    stage.round().await;
    let view = stage.practice.desk.case(case).await.unwrap();
    let left: Vec<_> = view.ticket_offers.iter().map(|ticket| ticket.key.as_str()).collect();
    assert_eq!((left, view.row.ticket), (vec!["998"], format!("topic {}", other.0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_was_merged_into_another_is_decided_by_that_one() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(CAROLA.name).await;
    let (from, into) = (topic_of(&stage, CAROLA.name), topic_of(&stage, OWEN.name));
    stage.practice.world.forum.merge_threads(from, into).unwrap();
    let round = stage.practice.desk.round(&custody_core::flow::Silent).await;
    drop(round);
    assert_eq!(stage.practice.desk.case(case).await.unwrap().row.ticket, format!("topic {}", into.0));
    stage.practice.world.forum.close(into).unwrap();
    stage.practice.desk.round(&custody_core::flow::Silent).await;
    assert_eq!(stage.states(case).await, ["due", "due", "due"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_budget_of_the_forum_is_shown_with_whose_turn_is_next() {
    let stage = Stage::demo().await;
    stage.round().await;
    let plan = stage.practice.desk.forum_plan().await.unwrap();
    assert_eq!((plan.watched, plan.next.len()), (2, 2));
    assert!(plan.left_today < plan.per_day && plan.each_round >= 2);
    assert!(plan.next.iter().all(|next| next.urgency == "open" && next.read_at.is_some()));
}

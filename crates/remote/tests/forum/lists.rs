//! What is asked when nothing, little or much changed.

use std::collections::BTreeSet;

use custody_core::{
    SignedDuration,
    case::TopicId,
    ports::{Fault, Forum},
};
use custody_practice::forum::{Fault as Trouble, Scope};
use custody_remote::forum::{DiscourseForum, Source};

use crate::bench::{Bench, ours, sources, theirs, told};

/// Names everything there is, and returns the mark after it.
async fn all(client: &DiscourseForum, mut mark: Option<String>) -> (Vec<TopicId>, String) {
    let mut topics = Vec::new();
    loop {
        let changed = client.changed_threads(mark.as_deref()).await.unwrap();
        topics.extend(changed.topics);
        if mark.as_deref() == Some(changed.mark.as_str()) {
            return (topics, changed.mark);
        }
        mark = Some(changed.mark);
    }
}

fn numbers(mut topics: Vec<TopicId>) -> Vec<i64> {
    topics.sort();
    topics.into_iter().map(|topic| topic.0).collect()
}

fn lists_asked(bench: &Bench) -> usize {
    bench
        .practice
        .requests()
        .iter()
        .filter(|request| request.path.starts_with("/topics/") || request.path.starts_with("/c/"))
        .count()
}

async fn cases(bench: &Bench, count: usize) -> Vec<TopicId> {
    let mut topics = Vec::new();
    for number in 0..count {
        bench.clock.advance(SignedDuration::from_secs(60));
        topics.push(bench.case(&format!("Case {number}"), vec![]).await);
    }
    topics
}

#[tokio::test]
async fn every_thread_is_named_once_and_then_only_when_it_changed() {
    let bench = Bench::start().await;
    let topics = cases(&bench, 70).await;
    let (named, mark) = all(&bench.client, None).await;
    assert_eq!(numbers(named), numbers(topics.clone()));
    bench.practice.forget_requests();
    let nothing = bench.client.changed_threads(Some(&mark)).await.unwrap();
    assert!(nothing.topics.is_empty());
    assert_eq!(nothing.mark, mark);
    // One page of each inbox, and nothing else.
    assert_eq!(bench.practice.requests().len(), 2);
    bench.practice.reply("carol", theirs(*topics.first().unwrap()), "Any news?", vec![]).await.unwrap();
    let changed = bench.client.changed_threads(Some(&mark)).await.unwrap();
    assert_eq!(changed.topics, [*topics.first().unwrap()]);
}

#[tokio::test]
async fn many_changes_are_followed_as_far_down_as_they_go() {
    let bench = Bench::start().await;
    let topics = cases(&bench, 100).await;
    let (_, mark) = all(&bench.client, None).await;
    let changed: Vec<_> = topics.iter().copied().step_by(2).collect();
    for topic in &changed {
        bench.clock.advance(SignedDuration::from_secs(1));
        bench.practice.reply("carol", theirs(*topic), "Any news?", vec![]).await.unwrap();
    }
    bench.practice.forget_requests();
    let (named, _) = all(&bench.client, Some(mark)).await;
    assert_eq!(numbers(named), numbers(changed));
}

#[tokio::test]
async fn closing_and_solving_near_the_top_are_noticed_though_they_bump_nothing() {
    let bench = Bench::start().await;
    let topics = cases(&bench, 5).await;
    let answer = bench.practice.reply("bob", theirs(*topics.get(3).unwrap()), "Try this", vec![]).await.unwrap();
    let (_, mark) = all(&bench.client, None).await;
    bench.practice.close(theirs(*topics.get(1).unwrap())).unwrap();
    bench.practice.accept_answer(answer).unwrap();
    let (named, _) = all(&bench.client, Some(mark)).await;
    assert_eq!(numbers(named), numbers(vec![*topics.get(1).unwrap(), *topics.get(3).unwrap()]));
}

#[tokio::test]
async fn an_old_thread_made_private_is_found_far_down() {
    let bench = Bench::start().await;
    let open = bench.practice.add_category("Open", "open", &[]).unwrap();
    let old = bench.practice.public_thread("carol", open, "An old crash", "It crashes.", vec![]).await.unwrap();
    bench.practice.reply("bob", old, "Send the file in private", vec![]).await.unwrap();
    for number in 0..95 {
        bench.clock.advance(SignedDuration::from_secs(60));
        bench.practice.private_thread("carol", &["bob"], &format!("Case {number}"), "x", vec![]).await.unwrap();
    }
    let (_, mut mark) = all(&bench.client, None).await;
    bench.practice.make_private(old, "bob").unwrap();
    let mut named = Vec::new();
    for _ in 0..5 {
        bench.clock.advance(SignedDuration::from_mins(5));
        let changed = bench.client.changed_threads(Some(&mark)).await.unwrap();
        named.extend(changed.topics);
        mark = changed.mark;
    }
    assert_eq!(named, [ours(old)]);
}

#[tokio::test]
async fn what_one_visit_cannot_finish_the_next_ones_do() {
    let bench = Bench::start().await;
    let topics = cases(&bench, 130).await;
    let client = bench.client(sources(), |settings| settings.threads_at_a_time = 40);
    let first = client.changed_threads(None).await.unwrap();
    assert_eq!(first.topics.len(), 60);
    // While the old ones wait, new ones arrive on top.
    let news = cases(&bench, 35).await;
    let (rest, _) = all(&client, Some(first.mark)).await;
    let mut named = [first.topics, rest].concat();
    named.sort();
    named.dedup();
    assert_eq!(numbers(named), numbers([topics, news].concat()));
}

#[tokio::test]
async fn trouble_in_the_middle_loses_no_thread() {
    let bench = Bench::start().await;
    let topics = cases(&bench, 100).await;
    let client = bench.client(vec![Source::GroupInbox("support".to_owned())], |_| {});
    client.account().await.unwrap();
    let prefix = "/topics/private-messages-group".to_owned();
    let mut named = Vec::new();
    let mut mark = None;
    let mut failures = 0;
    for round in 0..40 {
        let times = round % 3;
        if times > 0 {
            // Strikes the second request of this round, or the first.
            let trouble = if times == 1 { Trouble::BadGateway } else { Trouble::Hangup };
            bench.practice.faults().switch_on(trouble, Scope::NextOn { prefix: prefix.clone(), times: 1 });
        }
        match client.changed_threads(mark.as_deref()).await {
            Ok(changed) => {
                named.extend(changed.topics);
                mark = Some(changed.mark);
            }
            Err(_) => failures += 1,
        }
    }
    assert!(failures > 0);
    named.sort();
    named.dedup();
    assert_eq!(numbers(named), numbers(topics));
}

#[tokio::test]
async fn an_exactly_full_last_page_ends_with_an_empty_one() {
    let bench = Bench::start().await;
    let topics = cases(&bench, 60).await;
    let (named, _) = all(&bench.client, None).await;
    assert_eq!(numbers(named), numbers(topics));
}

#[tokio::test]
async fn an_inbox_that_is_closed_to_us_is_told_and_holds_up_no_other() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![]).await;
    let both = vec![Source::GroupInbox("nobodys".to_owned()), Source::GroupInbox("support".to_owned())];
    let client = bench.client(both, |_| {});
    let changed = client.changed_threads(None).await.unwrap();
    assert_eq!(changed.topics, [topic]);
    let error = client.changed_threads(Some(&changed.mark)).await.unwrap_err();
    assert_eq!(told(&error), (Fault::NotFound, "needs a person"));
}

#[tokio::test]
async fn categories_tags_and_single_threads_are_sources_too() {
    let bench = Bench::start().await;
    let inside = bench.practice.add_category("Inside", "inside", &["support"]).unwrap();
    let in_category = ours(bench.practice.public_thread("bob", inside, "In the category", "x", vec![]).await.unwrap());
    let tagged = bench.case("Tagged", vec![]).await;
    let single = bench.case("Single", vec![]).await;
    bench.practice.tag(theirs(tagged), &["files"]).unwrap();
    let client = bench.client(
        vec![
            Source::PrivateCategory { slug: "inside".to_owned(), id: inside.0 },
            Source::PrivateTag("files".to_owned()),
            Source::Topic(single.0),
        ],
        |_| {},
    );
    let first = client.changed_threads(None).await.unwrap();
    assert_eq!(numbers(first.topics), numbers(vec![in_category, tagged, single]));
    // A single thread is always looked at: nothing in a list would tell that it changed.
    assert_eq!(client.changed_threads(Some(&first.mark)).await.unwrap().topics, [single]);
}

#[tokio::test]
async fn a_mark_of_other_settings_or_other_hands_costs_time_and_no_thread() {
    let bench = Bench::start().await;
    let topics = cases(&bench, 3).await;
    let (_, mark) = all(&bench.client, None).await;
    for mark in ["", "nonsense", "{\"version\":1}", &mark.replace("group support", "group others")] {
        let changed = bench.client.changed_threads(Some(mark)).await.unwrap();
        assert_eq!(numbers(changed.topics), numbers(topics.clone()), "{mark}");
    }
    assert!(lists_asked(&bench) > 0);
}

#[tokio::test]
async fn what_is_assigned_to_the_account_is_its_own_and_what_is_assigned_to_its_group_is_not() {
    let bench = Bench::start().await;
    let topics = cases(&bench, 40).await;
    assert_eq!(bench.client.assigned().await.unwrap(), Some(BTreeSet::new()));

    for topic in &topics[..35] {
        bench.practice.assign(theirs(*topic), Some("bob")).unwrap();
    }
    bench.practice.assign(theirs(topics[35]), Some("erin")).unwrap();
    bench.practice.assign_to_group(theirs(topics[36]), "support").unwrap();
    bench.practice.forget_requests();
    let ours: BTreeSet<TopicId> = topics[..35].iter().copied().collect();
    assert_eq!(bench.client.assigned().await.unwrap(), Some(ours), "more than a page of them");
    assert!(lists_asked(&bench) <= 3);

    bench.practice.assign(theirs(topics[0]), None).unwrap();
    assert_eq!(bench.client.assigned().await.unwrap().unwrap().len(), 34);

    bench.practice.configure(|options| options.assign = false);
    assert_eq!(bench.client.assigned().await.unwrap(), None, "a forum without the plugin");
    bench.practice.faults().switch_on(Trouble::ReadOnly, Scope::All);
    bench.client.assigned().await.unwrap_err();
}

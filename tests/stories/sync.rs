//! The cost of keeping up: ten thousand known threads of which twenty changed, within the limits that forums ship with.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a story fails by panicking, and prints what it cost")]

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use custody_core::{
    flow::{FlowError, Policy, Silent, intake},
    held_file::StateName,
    ports::{ErrorKind, PortError, Ports},
};
use custody_practice::{
    PracticeClock,
    forum::{ForumOptions, Limits, NewUser, PracticeFile, PracticeForum, RequestRecord, TopicId, UserScope},
};
use custody_remote::{
    forum::{DiscourseForum, DiscourseSettings, ForumKey, Source},
    http::{Http, HttpSettings, budget::BudgetSettings},
};
use custody_story_kit::memory::{MemoryWorld, policy};
use custody_vault::{KeyStore, Places, Vault, VaultOptions, WorkFactor};
use jiff::SignedDuration;

const THREADS: usize = 10_000;
const CHANGED: usize = 20;
/// What we allow ourselves, three quarters of what the forum allows.
const PER_MINUTE: u32 = 15;
const PER_DAY: u32 = 2400;

#[tokio::test(flavor = "multi_thread")]
async fn twenty_of_ten_thousand_threads_are_taken_in_within_the_limits_of_the_forum() {
    let clock = PracticeClock::frozen_at("2026-03-02T09:00:00Z".parse().unwrap());
    let forum = PracticeForum::start(clock.clone(), ForumOptions::default()).await.unwrap();
    let key = people(&forum);
    let topics = known_threads(&forum, &clock).await;
    let (world, folder) = (MemoryWorld::default(), tempfile::tempdir().unwrap());
    let options = VaultOptions { work_factor: WorkFactor::PRACTICE, ..VaultOptions::default() };
    let places = Places::under(folder.path()).unwrap();
    let vault = Vault::create(places, KeyStore::KeyFile, "practice".into(), options).await.unwrap();
    let ports = |per_minute, at_a_time| {
        let strongroom = Arc::new(vault.clone());
        Ports { strongroom, ..ports(&world, &forum, &key, per_minute, at_a_time) }
    };
    let unhurried = ports(u32::MAX, THREADS);
    know_them_all(&unhurried).await;

    forum.configure(|options| options.limits = Limits::as_shipped());
    let hurried = ports(PER_MINUTE, usize::try_from(PER_MINUTE / 3).unwrap());
    clock.advance(SignedDuration::from_hours(1));
    let quiet = cost_of_nothing_new(&hurried, &forum).await;
    clock.advance(SignedDuration::from_hours(1));
    for topic in topics.iter().step_by(THREADS / CHANGED) {
        let file = PracticeFile::bytes(format!("dump-{}.log", topic.0), format!("content of {}", topic.0));
        forum.reply("carol", *topic, "It happened again, the log is attached.", vec![file]).await.unwrap();
    }
    forum.forget_requests();
    let began = clock.now();
    let mut rounds = 0;
    while held(&hurried).await < CHANGED {
        rounds += 1;
        assert!(rounds < 200, "the sync comes to an end");
        let wait = one_round(&hurried, &policy()).await;
        clock.advance(wait);
    }
    let requests = forum.requests();
    let refused = requests.iter().filter(|request| request.status == Some(429)).count();
    assert_eq!(refused, 0, "no request over the limit");
    assert!(busiest_minute(&requests) <= 20, "the forum allows twenty");
    println!("nothing new: {quiet} requests for {THREADS} known threads");
    let minutes = clock.now().duration_since(began).as_mins();
    println!("{CHANGED} changed: {} requests in {minutes} minutes", requests.len());
    for (route, count) in by_route(&requests) {
        println!("  {count:>4}  {route}");
    }
    println!("sync: 1 passed, 0 failed");
}

fn people(forum: &PracticeForum) -> String {
    forum.add_user(NewUser::new("bob", "Bob", "bob@support.example").moderator()).unwrap();
    forum.add_user(NewUser::new("carol", "Carol", "carol@customer.example")).unwrap();
    forum.add_group("support", "Support", &["bob"]).unwrap();
    forum.issue_user_key("bob", &[UserScope::Read, UserScope::Write]).unwrap()
}

async fn known_threads(forum: &PracticeForum, clock: &PracticeClock) -> Vec<TopicId> {
    let mut topics = Vec::with_capacity(THREADS);
    for number in 0..THREADS {
        // A second apart, as lists are ordered by time.
        clock.advance(SignedDuration::from_secs(1));
        let title = format!("Question {number} about a document");
        topics.push(forum.private_thread("carol", &["support"], &title, "How is it done?", Vec::new()).await.unwrap());
    }
    topics
}

fn ports(world: &MemoryWorld, forum: &PracticeForum, key: &str, per_minute: u32, at_a_time: usize) -> Ports {
    let key = ForumKey::User { key: key.into(), client_id: None };
    let source = Source::GroupInbox("support".to_owned());
    let mut settings = DiscourseSettings::new("practice", forum.base_url().parse().unwrap(), key, vec![source]);
    let per_day = if per_minute == u32::MAX { u32::MAX } else { PER_DAY };
    // The clock stands: whoever has to wait is told so at once, and the story moves the clock.
    settings.budget = BudgetSettings { per_minute, per_day, patience: Duration::ZERO };
    settings.threads_at_a_time = at_a_time;
    let http = Http::new(&HttpSettings::default()).unwrap();
    let clock = Arc::new(forum.clock().clone());
    let client = DiscourseForum::new(settings, http, clock.clone()).unwrap();
    Ports { forum: Arc::new(client), clock, ..world.ports() }
}

/// The desk as it is after years: it has seen every thread. As none of them has a file, reading them one by one would tell
/// nothing more than the lists do.
async fn know_them_all(ports: &Ports) {
    let mut mark: Option<String> = None;
    loop {
        let changed = ports.forum.changed_threads(mark.as_deref()).await.unwrap();
        if mark.as_ref() == Some(&changed.mark) || changed.topics.is_empty() {
            break;
        }
        mark = Some(changed.mark);
    }
    ports.ledger.put_mark("intake", &mark.unwrap()).await.unwrap();
}

/// One look at a forum where nothing happened.
async fn cost_of_nothing_new(ports: &Ports, forum: &PracticeForum) -> usize {
    forum.forget_requests();
    intake::discover(ports, &policy()).await.unwrap();
    let requests = forum.requests();
    let lists = requests.iter().filter(|request| request.path.contains("private-messages")).count();
    let threads = requests.iter().filter(|request| request.path.starts_with("/t/")).count();
    // The page at the top, and one further down for threads that came in without moving up.
    assert!(lists <= 2 && threads == 0, "{requests:#?}");
    requests.len()
}

/// Discovers and receives as far as the budget goes; gives how long to wait then.
async fn one_round(ports: &Ports, policy: &Policy) -> SignedDuration {
    let discovered = intake::discover(ports, policy).await;
    intake::receive(ports, policy, &Silent).await.unwrap();
    let asked = match discovered {
        Ok(_) => None,
        Err(FlowError::Port(PortError { kind: ErrorKind::TryAgain { after }, .. })) => after,
        Err(other) => panic!("only the budget may stop a pass: {other}"),
    };
    let asked = SignedDuration::try_from(asked.unwrap_or_default()).unwrap();
    // A file that had to wait is tried again after half a minute.
    asked.max(SignedDuration::from_secs(31))
}

async fn held(ports: &Ports) -> usize {
    ports.ledger.files_in(&[StateName::Held]).await.unwrap().len()
}

fn busiest_minute(requests: &[RequestRecord]) -> usize {
    let keyed: Vec<_> = requests.iter().filter(|request| request.had_key).map(|request| request.at).collect();
    let within = |from: &jiff::Timestamp| {
        keyed.iter().filter(|at| *at >= from && at.duration_since(*from) < SignedDuration::from_mins(1)).count()
    };
    keyed.iter().map(within).max().unwrap_or(0)
}

fn by_route(requests: &[RequestRecord]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for request in requests {
        let route: String =
            request.path.chars().map(|letter| if letter.is_ascii_digit() { '#' } else { letter }).collect();
        let route = route.split("##").next().unwrap_or_default().to_owned();
        let route = if route.starts_with("/uploads/") { "/uploads/…".to_owned() } else { route };
        *counts.entry(route).or_default() += 1;
    }
    counts
}

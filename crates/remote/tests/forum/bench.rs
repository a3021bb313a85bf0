//! A practice forum with people, and our client on it.

use std::{sync::Arc, time::Duration};

use custody_core::ports::{AttachmentRef, Download, ErrorKind, Fault, Forum, PortError, PortResult, Thread};
use custody_practice::{
    PracticeClock,
    forum::{ForumOptions, NewUser, PracticeFile, PracticeForum, TopicId, UserScope},
};
use custody_remote::{
    forum::{DiscourseForum, DiscourseSettings, ForumKey, Source},
    http::{Http, HttpSettings, budget::BudgetSettings},
};
use url::Url;

/// Bob moderates and answers for support; carol and dave are customers.
pub struct Bench {
    pub practice: PracticeForum,
    pub clock: PracticeClock,
    pub key: String,
    pub client: DiscourseForum,
}

impl Bench {
    pub async fn start() -> Self {
        Self::with(ForumOptions::default()).await
    }

    pub async fn with(options: ForumOptions) -> Self {
        let clock = PracticeClock::frozen_at("2026-11-02T09:00:00Z".parse().unwrap());
        let practice = PracticeForum::start(clock.clone(), options).await.unwrap();
        for user in [
            NewUser::new("bob", "Bob", "bob@support.example").moderator(),
            NewUser::new("erin", "Erin", "erin@support.example"),
            NewUser::new("carol", "Carol Canary", "carol@example.org"),
            NewUser::new("dave", "Dave", "dave@example.org"),
        ] {
            practice.add_user(user).unwrap();
        }
        practice.add_group("support", "Support", &["bob", "erin"]).unwrap();
        let key = practice.issue_user_key("bob", &[UserScope::Read, UserScope::Write]).unwrap();
        let client = client(&practice, &key, sources(), |_| {});
        Self { practice, clock, key, client }
    }

    /// Another client with other sources or settings.
    pub fn client(&self, sources: Vec<Source>, change: impl FnOnce(&mut DiscourseSettings)) -> DiscourseForum {
        client(&self.practice, &self.key, sources, change)
    }

    /// A client that goes by another way.
    pub fn client_with(&self, http: Http) -> DiscourseForum {
        let key = ForumKey::User { key: self.key.as_str().into(), client_id: None };
        let settings = settings(&self.practice.base_url(), key, sources(), |_| {});
        DiscourseForum::new(settings, http, Arc::new(self.clock.clone())).unwrap()
    }

    /// A client that gives up soon.
    pub fn hasty_client(&self) -> DiscourseForum {
        self.client_with(hasty_http())
    }

    /// Carol asks support, with files.
    pub async fn case(&self, title: &str, files: Vec<PracticeFile>) -> custody_core::case::TopicId {
        self.case_saying(title, "It crashes when I open this.", files).await
    }

    pub async fn case_saying(&self, title: &str, body: &str, files: Vec<PracticeFile>) -> custody_core::case::TopicId {
        ours(self.practice.private_thread("carol", &["support"], title, body, files).await.unwrap())
    }

    pub async fn read(&self, topic: custody_core::case::TopicId) -> Thread {
        self.client.thread(topic).await.unwrap()
    }

    /// The only attachment of a thread.
    pub async fn only_attachment(&self, topic: custody_core::case::TopicId) -> AttachmentRef {
        let thread = self.read(topic).await;
        let mut all: Vec<_> = thread.posts.into_iter().flat_map(|post| post.attachments).collect();
        assert_eq!(all.len(), 1);
        all.remove(0).reference
    }
}

pub fn sources() -> Vec<Source> {
    vec![Source::PersonalInbox, Source::GroupInbox("support".to_owned())]
}

pub fn client(
    practice: &PracticeForum,
    key: &str,
    sources: Vec<Source>,
    change: impl FnOnce(&mut DiscourseSettings),
) -> DiscourseForum {
    let key = ForumKey::User { key: key.into(), client_id: Some("bench".to_owned()) };
    client_at(&practice.base_url(), key, sources, Arc::new(practice.clock().clone()), change)
}

pub fn client_at(
    base: &str,
    key: ForumKey,
    sources: Vec<Source>,
    clock: Arc<dyn custody_core::ports::Clock>,
    change: impl FnOnce(&mut DiscourseSettings),
) -> DiscourseForum {
    DiscourseForum::new(settings(base, key, sources, change), http(), clock).unwrap()
}

fn settings(
    base: &str,
    key: ForumKey,
    sources: Vec<Source>,
    change: impl FnOnce(&mut DiscourseSettings),
) -> DiscourseSettings {
    let mut settings = DiscourseSettings::new("practice", Url::parse(base).unwrap(), key, sources);
    // The clock stands: whoever has to wait is told so at once.
    settings.budget = BudgetSettings { per_minute: 100_000, per_day: 1_000_000, patience: Duration::ZERO };
    change(&mut settings);
    settings
}

pub fn http() -> Http {
    Http::new(&HttpSettings::default()).unwrap()
}

/// Gives up after a second, for servers that say nothing.
fn hasty_http() -> Http {
    let idle = Duration::from_secs(1);
    Http::new(&HttpSettings { idle, ..HttpSettings::default() }).unwrap()
}

pub fn ours(topic: TopicId) -> custody_core::case::TopicId {
    custody_core::case::TopicId(topic.0)
}

pub fn theirs(topic: custody_core::case::TopicId) -> TopicId {
    TopicId(topic.0)
}

/// Reads a download to its end.
pub async fn bytes(mut download: Download) -> PortResult<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(piece) = download.body.next().await? {
        all.extend_from_slice(&piece);
    }
    Ok(all)
}

/// The fault, and what may be done about it in one word.
pub fn told(error: &PortError) -> (Fault, &'static str) {
    let kind = match error.kind {
        ErrorKind::TryAgain { .. } => "try again",
        ErrorKind::NotPossible => "not possible",
        ErrorKind::NeedsPerson => "needs a person",
    };
    (error.fault, kind)
}

/// An error with all its causes, as a log would show it.
pub fn written(error: &PortError) -> String {
    let mut text = format!("{error} {error:?}");
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(&format!(" {error} {error:?}"));
        cause = error.source();
    }
    text
}

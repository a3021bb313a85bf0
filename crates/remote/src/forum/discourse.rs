//! Discourse, seen through the engineer's own account.

mod account;
mod api;
mod ask;
mod assigned;
mod bus;
mod download;
mod lists;
mod mark;
mod refusal;
mod rights;
mod settings;
mod site;
mod strip;
mod topic;

use std::{
    collections::{BTreeSet, HashMap},
    fmt,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use custody_core::{
    Private,
    case::TopicId,
    ports::{
        AttachmentRef, ChangedThreads, Clock, Download, Fault, Forum, ForumAccount, ForumCopy, PortError, PortResult,
        Stripped, Thread,
    },
};
use jiff::Timestamp;
use reqwest::{
    Method,
    header::{HeaderName, HeaderValue},
};
use serde_json::json;
use url::Url;

use crate::http::{
    Failure, Http, Realm,
    budget::{Budget, BudgetStanding, Purpose},
    checked_base,
};

pub use rights::{Rights, Standing};
#[cfg(feature = "fuzzing")]
pub use topic::read_any_answer;

pub use settings::{Closings, DiscourseSettings, ForumKey, SettingsError, Source};

/// A Discourse forum.
pub struct DiscourseForum {
    settings: DiscourseSettings,
    http: Http,
    clock: Arc<dyn Clock>,
    budget: Budget,
    secrets: Vec<(HeaderName, HeaderValue)>,
    /// Where the key goes with questions.
    site: Realm,
    /// Where the key goes with downloads.
    uploads: Realm,
    account: Mutex<Option<(Timestamp, ForumAccount)>>,
    facts: Mutex<site::Facts>,
    patrols: Mutex<HashMap<String, Timestamp>>,
    listening: tokio::sync::Mutex<bus::Listening>,
}

impl fmt::Debug for DiscourseForum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DiscourseForum").field("name", &self.settings.name).finish_non_exhaustive()
    }
}

impl DiscourseForum {
    /// A forum by its settings. Nothing is asked yet.
    pub fn new(settings: DiscourseSettings, http: Http, clock: Arc<dyn Clock>) -> Result<Self, SettingsError> {
        let mut settings = settings;
        settings.base_url = checked_base(settings.base_url).ok_or(SettingsError::Address)?;
        let secrets = settings.key.headers()?;
        let root = settings.base_url.path();
        let below = |path: &str| format!("{root}{path}");
        let site = Realm::new(&settings.base_url, vec![root.to_owned()]);
        let uploads = Realm::new(
            &settings.base_url,
            vec![below("uploads/"), below("secure-uploads/"), below("secure-media-uploads/")],
        );
        let budget = Budget::new(settings.budget.clone(), clock.clone());
        Ok(Self {
            settings,
            http,
            clock,
            budget,
            secrets,
            site,
            uploads,
            account: Mutex::default(),
            facts: Mutex::default(),
            patrols: Mutex::default(),
            listening: tokio::sync::Mutex::default(),
        })
    }

    /// How many requests are left.
    pub fn budget(&self) -> BudgetStanding {
        self.budget.standing()
    }

    /// The address of a page of the forum, as JSON.
    fn page(&self, parts: &[&str]) -> Url {
        let mut url = self.settings.base_url.clone();
        if let Some((last, before)) = parts.split_last()
            && let Ok(mut segments) = url.path_segments_mut()
        {
            segments.pop_if_empty().extend(before).push(&format!("{last}.json"));
        }
        url
    }
}

#[async_trait]
impl Forum for DiscourseForum {
    fn name(&self) -> &str {
        &self.settings.name
    }

    async fn account(&self) -> PortResult<ForumAccount> {
        self.who_are_we().await
    }

    async fn changed_threads(&self, mark: Option<&str>) -> PortResult<ChangedThreads> {
        self.changed(mark).await
    }

    async fn assigned(&self) -> PortResult<Option<BTreeSet<TopicId>>> {
        self.assigned_to_us().await
    }

    async fn thread(&self, topic: TopicId) -> PortResult<Thread> {
        self.read_thread(topic).await
    }

    async fn thread_of_post(&self, post: i64) -> PortResult<Option<TopicId>> {
        self.topic_of_post(post).await
    }

    async fn download(&self, attachment: &AttachmentRef) -> PortResult<Download> {
        self.begin_download(attachment).await
    }

    async fn reply(&self, topic: TopicId, text: &Private<String>) -> PortResult<i64> {
        let route = "post.create";
        let body = json!({"topic_id": topic.0, "raw": text.reveal()}).to_string();
        let url = self.page(&["posts"]);
        let answer: api::Created = self.ask_json(Purpose::Reply, route, Method::POST, url, Some(body)).await?;
        match (answer.id.or(answer.post.and_then(|post| post.id)), answer.action.as_deref()) {
            (Some(id), _) => Ok(id),
            // Answered with 200 like a post, but nobody sees it before a moderator lets it through.
            (None, Some("enqueued")) => Err(PortError::needs_person(Fault::NotAllowed)
                .because(Failure::Unexpected { route, what: "the post waits for approval" })),
            (None, _) => Err(Failure::of_sense(route, "a post without a number")),
        }
    }

    async fn wait_for_news(&self, limit: Duration) -> PortResult<bool> {
        self.hear_news(limit).await
    }

    async fn look(&self, attachment: &AttachmentRef) -> PortResult<ForumCopy> {
        self.look_for(attachment).await
    }

    async fn is_open_to_anyone(&self, attachment: &AttachmentRef) -> PortResult<bool> {
        self.is_served_without_key(attachment).await
    }

    async fn strip(&self, topic: TopicId, attachment: &AttachmentRef) -> PortResult<Stripped> {
        self.strip_thread(topic, attachment).await
    }

    async fn email_of(&self, username: &Private<String>) -> PortResult<Option<Private<String>>> {
        let url = self.page(&["u", username.reveal(), "emails"]);
        match self.ask_json::<api::Emails>(Purpose::Address, "user.emails", Method::GET, url, None).await {
            Ok(emails) => Ok(emails.email.filter(|email| is_address(email)).map(Private::new)),
            // Moderators may not see addresses unless the site says so; the account itself was found in order.
            Err(error) if matches!(error.fault, Fault::NotAllowed | Fault::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Whether a letter could go there at all. Line breaks would write headers of their own.
fn is_address(text: &str) -> bool {
    let is_plain =
        text.len() <= 254 && !text.chars().any(|c| c.is_control() || c.is_whitespace() || "<>,;".contains(c));
    is_plain && text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn an_address_cannot_smuggle_headers_or_recipients() {
        for good in ["carol@example.org", "c.o+x@sub.example", "müller@example.de"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["", "carol", "@example.org", "carol@", "a@b\r\nBcc: c@d", "a@b,c@d", "A <a@b>", "a b@c"] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}

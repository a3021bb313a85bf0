//! Hearing of changes at once: the forum holds a question until something happens in our inboxes.
//!
//! Every question counts against the key's day, so this is for when somebody looks at the window, and it leaves half of
//! the day's requests to the work itself.

use std::{collections::BTreeMap, time::Duration};

use custody_core::ports::{Fault, PortError, PortResult};
use jiff::{SignedDuration, Timestamp};
use reqwest::{
    Method, StatusCode,
    header::{HeaderName, HeaderValue},
};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio::time::{Instant, sleep_until, timeout_at};
use url::Url;

use super::{DiscourseForum, refusal};
use crate::http::{Body, Call, Failure, Follow, Refusal, budget::Purpose};

pub(super) const ROUTE: &str = "message_bus.poll";

/// The client of a question that only asks whether we may ask.
pub(super) const NOBODY: &str = "00000000000000000000000000000000";

/// A forum that does not hold our question is asked no more often than this.
const AT_MOST_EVERY: Duration = Duration::from_secs(20);

/// After this the account's number and groups are read again.
const CURRENT: SignedDuration = SignedDuration::from_hours(1);

const LARGEST: usize = 1024 * 1024;
const MOST_GROUPS: usize = 50;

/// Where we stand in each channel.
#[derive(Debug, Default)]
pub(super) struct Listening {
    client: String,
    /// How many questions were asked; the forum drops an older one that is still held.
    asked: u64,
    read_at: Option<Timestamp>,
    /// The last message of each channel that we know of; -1 for "from now on".
    standing: BTreeMap<String, i64>,
    /// The key does not cover this: it is not asked again.
    is_refused: bool,
}

#[derive(Deserialize)]
struct Message {
    channel: String,
    message_id: i64,
    data: Value,
}

#[derive(Deserialize)]
struct Session {
    current_user: Me,
}

#[derive(Deserialize)]
struct Me {
    id: i64,
    groups: Option<Vec<Group>>,
}

#[derive(Deserialize)]
struct Group {
    id: i64,
    has_messages: Option<bool>,
}

impl DiscourseForum {
    /// Waits until something happens in our inboxes, for `limit` at most. The first answer is always "something": what
    /// happened before we listened is unknown.
    pub(super) async fn hear_news(&self, limit: Duration) -> PortResult<bool> {
        let end = Instant::now() + limit;
        // One question at a time: the standing is that of the last one.
        let mut listening = self.listening.lock().await;
        if listening.is_refused {
            return Err(not_covered());
        }
        loop {
            self.keep_standing(&mut listening).await?;
            let asked_at = Instant::now();
            // Dropped when the time is up: what happens meanwhile is told by the next answer.
            let Ok(answer) = timeout_at(end, self.poll(&mut listening)).await else {
                return Ok(false);
            };
            if answer.inspect_err(|error| listening.is_refused |= error.fault == Fault::NotAllowed)? {
                return Ok(true);
            }
            sleep_until((asked_at + AT_MOST_EVERY).min(end)).await;
            if Instant::now() >= end {
                return Ok(false);
            }
        }
    }

    /// Makes sure that we know which channels are ours.
    async fn keep_standing(&self, listening: &mut Listening) -> PortResult<()> {
        let now = self.clock.now();
        let is_current = |at: Timestamp| at <= now && now.duration_since(at) < CURRENT;
        if listening.read_at.is_some_and(is_current) {
            return Ok(());
        }
        let url = self.page(&["session", "current"]);
        let session: Session = self.ask_json(Purpose::Listening, "session.current", Method::GET, url, None).await?;
        let me = session.current_user;
        let groups = me.groups.unwrap_or_default().into_iter().filter(|group| group.has_messages == Some(true));
        let channels = groups
            .take(MOST_GROUPS)
            .map(|group| format!("/private-message-topic-tracking-state/group/{}", group.id))
            .chain([format!("/private-message-topic-tracking-state/user/{}", me.id)]);
        let known = std::mem::take(&mut listening.standing);
        listening.standing = channels
            .map(|channel| (known.get(&channel).copied().unwrap_or(-1), channel))
            .map(|(at, it)| (it, at))
            .collect();
        listening.read_at = Some(now);
        if listening.client.is_empty() {
            listening.client = client_id(&self.settings.name, now);
        }
        Ok(())
    }

    /// Asks once. True if something happened.
    async fn poll(&self, listening: &mut Listening) -> PortResult<bool> {
        self.spare_the_day()?;
        listening.asked += 1;
        let mut body: serde_json::Map<String, Value> =
            listening.standing.iter().map(|(channel, at)| (channel.clone(), (*at).into())).collect();
        body.insert("__seq".to_owned(), listening.asked.into());
        // An answer in chunks would need a parser of its own.
        let mut headers = self.secrets.clone();
        headers.push((HeaderName::from_static("dont-chunk"), HeaderValue::from_static("true")));
        let call = Call {
            route: ROUTE,
            method: Method::POST,
            url: self.bus_address(&listening.client),
            secrets: &headers,
            realm: &self.site,
            follow: Follow::Inside,
            body: Some(Body::Json(Value::Object(body).to_string())),
        };
        let answer = self.send(Purpose::Listening, call).await?;
        if answer.status() == StatusCode::OK {
            let messages: Vec<Message> = answer.json(LARGEST).await?;
            return Ok(listening.take_in(messages));
        }
        // A busy bus asks for patience without a code, and means itself only.
        let has_code = answer.headers().contains_key("discourse-rate-limit-error-code");
        Err(match refusal::read(answer, false).await {
            Refusal::TooOften { wait, .. } => self.too_often(Purpose::Listening, ROUTE, !has_code, wait),
            other => self.settle(Purpose::Listening, ROUTE, other).await,
        })
    }

    /// Listening may use one half of a day: what it hears of has to be fetched as well.
    fn spare_the_day(&self) -> PortResult<()> {
        let left = self.budget.standing().left_today;
        if left > self.settings.budget.per_day / 2 {
            return Ok(());
        }
        Err(Failure::of_rate(ROUTE, SPARED))
    }

    pub(super) fn bus_address(&self, client: &str) -> Url {
        let mut url = self.settings.base_url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["message-bus", client, "poll"]);
        }
        url
    }
}

/// How long listening rests when it has used its half.
const SPARED: Duration = Duration::from_secs(30 * 60);

impl Listening {
    /// Takes in an answer: where we stand now, and whether anything happened.
    fn take_in(&mut self, messages: Vec<Message>) -> bool {
        let mut is_news = false;
        for message in messages {
            if message.channel == "/__status" {
                is_news |= self.adopt(&message.data);
            } else if let Some(at) = self.standing.get_mut(&message.channel) {
                *at = message.message_id;
                // What we read ourselves is told to our other windows too.
                is_news |= message.data.get("message_type").and_then(Value::as_str) != Some("read");
            }
        }
        is_news
    }

    /// The forum says where its channels stand: we are new to them, they began anew, or we may not see what there was.
    fn adopt(&mut self, status: &Value) -> bool {
        let mut is_news = false;
        for (channel, at) in &mut self.standing {
            if let Some(last) = status.get(channel).and_then(Value::as_i64)
                && last >= 0
            {
                is_news |= *at != last;
                *at = last;
            }
        }
        is_news
    }
}

/// An id that no other process has: forums drop the older question of the same client.
fn client_id(forum: &str, now: Timestamp) -> String {
    let seed = format!("{forum} {} {}", std::process::id(), now.as_nanosecond());
    let digest = Sha256::digest(seed.as_bytes());
    hex::encode(digest).chars().take(NOBODY.len()).collect()
}

fn not_covered() -> PortError {
    PortError::not_possible(Fault::NotAllowed)
        .because(Failure::Unexpected { route: ROUTE, what: "the key does not cover the message bus" })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const OURS: &str = "/private-message-topic-tracking-state/user/7";

    fn at(standing: i64) -> Listening {
        Listening { standing: BTreeMap::from([(OURS.to_owned(), standing)]), ..Listening::default() }
    }

    fn heard(listening: &mut Listening, messages: Value) -> bool {
        listening.take_in(serde_json::from_value(messages).unwrap())
    }

    #[test]
    fn what_others_wrote_is_news_and_what_we_read_is_not() {
        for (kind, is_news) in [("new_topic", true), ("unread", true), ("group_archive", true), ("read", false)] {
            let mut listening = at(3);
            let data = json!({"message_type": kind, "topic_id": 1});
            let message = json!([{"global_id": 9, "message_id": 4, "channel": OURS, "data": data}]);
            assert_eq!(heard(&mut listening, message), is_news, "{kind}");
            assert_eq!(listening.standing[OURS], 4);
        }
    }

    #[test]
    fn where_the_forum_says_we_stand_is_adopted_for_our_channels_alone() {
        // From now on, a channel that began anew, one that is where we are, and nonsense.
        for (before, said, after, is_news) in
            [(-1, json!(5), 5, true), (90, json!(2), 2, true), (5, json!(5), 5, false), (5, json!("x"), 5, false)]
        {
            let mut listening = at(before);
            let data = json!({OURS: said, "/private-message-topic-tracking-state/user/8": 700});
            let message = json!([{"global_id": -1, "message_id": -1, "channel": "/__status", "data": data}]);
            assert_eq!(heard(&mut listening, message), is_news);
            assert_eq!(listening.standing, BTreeMap::from([(OURS.to_owned(), after)]));
        }
    }

    #[test]
    fn a_message_of_a_channel_that_is_not_ours_says_nothing() {
        let mut listening = at(3);
        assert!(!heard(&mut listening, json!([{"message_id": 9, "channel": "/topic/1", "data": {}}])));
        assert_eq!(listening.standing[OURS], 3);
    }
}

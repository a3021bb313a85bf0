//! The message bus: what happened, by channel, for clients that wait for it.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value, json};
use tokio::sync::watch;

use super::ids::{GroupId, TopicId, UserId};
use super::keys::Viewer;
use super::model::{Archetype, PostKind, State, Topic};
use super::rules::may;

/// Older messages of a channel are forgotten: a client that missed more reads everything anew.
const BACKLOG: usize = 100;

/// All channels.
#[derive(Debug)]
pub(crate) struct Bus {
    channels: BTreeMap<String, Channel>,
    global: i64,
    /// Ticks with every message.
    news: watch::Sender<i64>,
}

#[derive(Debug, Default)]
struct Channel {
    last: i64,
    kept: VecDeque<Message>,
}

#[derive(Clone, Debug)]
struct Message {
    global: i64,
    id: i64,
    data: Value,
    /// Whom it is for; empty for everybody who may listen to the channel.
    users: Vec<UserId>,
}

impl Default for Bus {
    fn default() -> Self {
        Self { channels: BTreeMap::new(), global: 0, news: watch::Sender::new(0) }
    }
}

impl Bus {
    /// Ticks after every message from now on.
    pub(crate) fn news(&self) -> watch::Receiver<i64> {
        self.news.subscribe()
    }

    fn say(&mut self, channel: String, data: Value, users: Vec<UserId>) -> i64 {
        self.global += 1;
        let row = self.channels.entry(channel).or_default();
        row.last += 1;
        row.kept.push_back(Message { global: self.global, id: row.last, data, users });
        if row.kept.len() > BACKLOG {
            row.kept.pop_front();
        }
        self.news.send_replace(self.global);
        row.last
    }

    fn last(&self, channel: &str) -> i64 {
        self.channels.get(channel).map_or(0, |row| row.last)
    }
}

/// Where a client stands in each channel it asks for.
pub(crate) type Standing = BTreeMap<String, i64>;

/// What there is for a client now; nothing when it has to wait.
pub(crate) fn waiting(state: &State, viewer: &Viewer, standing: &Standing) -> Option<Value> {
    let mut messages = Vec::new();
    let mut status = Map::new();
    for (channel, since) in standing {
        let last = state.bus.last(channel);
        // From now on, or from a time when the channel was another one.
        if *since < 0 || *since > last {
            status.insert(channel.clone(), last.into());
            continue;
        }
        let kept = state.bus.channels.get(channel).map(|row| row.kept.iter());
        let newer: Vec<&Message> = kept.into_iter().flatten().filter(|message| message.id > *since).collect();
        let may_listen = listens(state, viewer, channel);
        let shown = |message: &&Message| {
            may_listen && (message.users.is_empty() || viewer.user.is_some_and(|user| message.users.contains(&user)))
        };
        let heard: Vec<&Message> = newer.iter().copied().filter(shown).collect();
        // So that a client does not ask again and again from before what it may not see.
        if heard.len() < newer.len() {
            status.insert(channel.clone(), last.into());
        }
        messages.extend(heard.into_iter().map(|message| (channel, message)));
    }
    messages.sort_by_key(|(_, message)| message.global);
    let mut answer: Vec<Value> = messages
        .into_iter()
        .map(|(channel, message)| {
            json!({
                "global_id": message.global,
                "message_id": message.id,
                "channel": channel,
                "data": message.data,
            })
        })
        .collect();
    if !status.is_empty() {
        answer.push(json!({"global_id": -1, "message_id": -1, "channel": "/__status", "data": status}));
    }
    (!answer.is_empty()).then_some(Value::Array(answer))
}

fn listens(state: &State, viewer: &Viewer, channel: &str) -> bool {
    let number = |prefix: &str| channel.strip_prefix(prefix).and_then(|id| id.parse::<i64>().ok());
    if let Some(user) = number("/private-message-topic-tracking-state/user/") {
        return viewer.user == Some(UserId(user));
    }
    if let Some(group) = number("/private-message-topic-tracking-state/group/") {
        return state.groups.get(&GroupId(group)).is_some_and(|group| may::is_member(group, viewer.user));
    }
    if let Some(topic) = number("/topic/") {
        let topic = state.topics.get(&TopicId(topic));
        return topic.is_some_and(|topic| may::see_topic(state, viewer.user, topic));
    }
    false
}

/// Something happened in a topic: whoever has it open hears of it.
pub(crate) fn of_topic(state: &mut State, topic: TopicId, data: Value) {
    let id = state.bus.say(format!("/topic/{topic}"), data, Vec::new());
    if let Some(row) = state.topics.get_mut(&topic) {
        row.bus = id;
    }
}

/// A post was written: in a private thread those who follow it hear that there is something to read.
pub(crate) fn of_post(state: &mut State, topic: TopicId, author: UserId, kind: PostKind) {
    let Some(row) = state.topics.get(&topic) else {
        return;
    };
    if row.archetype != Archetype::Private || kind == PostKind::SmallAction {
        return;
    }
    let (number, groups) = (row.highest_post_number, row.allowed_groups.clone());
    let data = |kind: &str, read: i64| {
        json!({
            "topic_id": topic,
            "message_type": kind,
            "payload": {
                "last_read_post_number": read,
                "highest_post_number": number,
                "notification_level": 3,
                "group_ids": groups,
                "created_by_user_id": row.user,
            },
        })
    };
    let mut told = Vec::new();
    if number == 1 {
        for user in row.allowed_users.iter().filter(|user| **user != author) {
            told.push((user_channel(*user), data("new_topic", 0), Vec::new()));
        }
        for group in &groups {
            told.push((group_channel(*group), data("new_topic", 0), members(state, row, author)));
        }
    } else {
        // Those let in follow the thread: the shipped setting of groups is to watch theirs.
        for user in members(state, row, author) {
            let read = row.last_read.get(&user).copied().unwrap_or(0);
            told.push((user_channel(user), data("unread", read), vec![user]));
        }
    }
    for (channel, data, users) in told {
        state.bus.say(channel, data, users);
    }
}

/// A group's thread went to its archive, or came back.
pub(crate) fn of_group_archive(state: &mut State, topic: TopicId, group: GroupId) {
    let data = json!({"topic_id": topic, "message_type": "group_archive", "payload": {"group_ids": [group]}});
    state.bus.say(group_channel(group), data, Vec::new());
}

fn members(state: &State, topic: &Topic, author: UserId) -> Vec<UserId> {
    let everybody = state.users.values().filter(|user| !user.removed && user.id != author);
    everybody.map(|user| user.id).filter(|user| may::takes_part(state, *user, topic)).collect()
}

fn user_channel(user: UserId) -> String {
    format!("/private-message-topic-tracking-state/user/{user}")
}

fn group_channel(group: GroupId) -> String {
    format!("/private-message-topic-tracking-state/group/{group}")
}

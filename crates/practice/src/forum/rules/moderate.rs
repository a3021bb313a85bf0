//! Closing, archiving, converting and who is let in: what staff do to a topic.

use jiff::Timestamp;
use serde_json::json;

use super::publish::{self, NewPost};
use crate::forum::bus;
use crate::forum::ids::{CategoryId, GroupId, PostId, TopicId, UserId};
use crate::forum::model::{Archetype, PostKind, State};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Closed,
    Archived,
    Visible,
}

impl Status {
    pub(crate) fn named(word: &str) -> Option<Self> {
        match word {
            "closed" => Some(Self::Closed),
            "archived" => Some(Self::Archived),
            "visible" => Some(Self::Visible),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Archived => "archived",
            Self::Visible => "visible",
        }
    }
}

/// Sets a status and says so in a small action. Only opening again bumps; closing never does.
pub(crate) fn set(state: &mut State, now: Timestamp, id: TopicId, status: Status, on: bool, by: UserId) -> Option<()> {
    let row = state.topics.get_mut(&id)?;
    let flag = match status {
        Status::Closed => &mut row.closed,
        Status::Archived => &mut row.archived,
        Status::Visible => &mut row.visible,
    };
    if *flag == on {
        return Some(());
    }
    *flag = on;
    let word = status.word();
    let turn = if on { "enabled" } else { "disabled" };
    let mut note = NewPost::small_action(by, &format!("{word}.{turn}"));
    note.bump = status == Status::Closed && !on;
    publish::append(state, now, id, note)?;
    bus::of_topic(state, id, json!({"reload_topic": true}));
    Some(())
}

/// Makes a topic private: everybody who wrote in it and the converting user stay in.
pub(crate) fn make_private(state: &mut State, now: Timestamp, id: TopicId, by: UserId) -> Option<()> {
    let topic = state.topics.get(&id)?;
    let mut users: Vec<UserId> = Vec::new();
    for post in state.posts_of(topic) {
        if post.kind == PostKind::Regular && !users.contains(&post.user) {
            users.push(post.user);
        }
    }
    if !users.contains(&by) {
        users.push(by);
    }
    let row = state.topics.get_mut(&id)?;
    row.archetype = Archetype::Private;
    row.category = None;
    row.allowed_users = users;
    row.allowed_groups = Vec::new();
    publish::append(state, now, id, NewPost::small_action(by, "private_topic"))?;
    Some(())
}

pub(crate) fn make_public(
    state: &mut State,
    now: Timestamp,
    id: TopicId,
    category: Option<CategoryId>,
    by: UserId,
) -> Option<()> {
    let fallback = state.categories.values().find(|c| c.groups.is_empty()).map(|c| c.id);
    let row = state.topics.get_mut(&id)?;
    row.archetype = Archetype::Regular;
    row.category = category.or(fallback);
    row.allowed_users = Vec::new();
    row.allowed_groups = Vec::new();
    publish::append(state, now, id, NewPost::small_action(by, "public_topic"))?;
    Some(())
}

pub(crate) fn invite_user(state: &mut State, now: Timestamp, id: TopicId, user: UserId, by: UserId) -> Option<()> {
    let name = state.users.get(&user)?.username.clone();
    let row = state.topics.get_mut(&id)?;
    if !row.allowed_users.contains(&user) {
        row.allowed_users.push(user);
        note_about(state, now, id, by, "invited_user", name)?;
    }
    Some(())
}

pub(crate) fn invite_group(state: &mut State, now: Timestamp, id: TopicId, group: GroupId, by: UserId) -> Option<()> {
    let name = state.groups.get(&group)?.name.clone();
    let row = state.topics.get_mut(&id)?;
    if !row.allowed_groups.contains(&group) {
        row.allowed_groups.push(group);
        note_about(state, now, id, by, "invited_group", name)?;
    }
    Some(())
}

pub(crate) fn remove_user(state: &mut State, now: Timestamp, id: TopicId, user: UserId, by: UserId) -> Option<()> {
    let name = state.users.get(&user)?.username.clone();
    let row = state.topics.get_mut(&id)?;
    row.allowed_users.retain(|allowed| *allowed != user);
    let code = if user == by { "user_left" } else { "removed_user" };
    note_about(state, now, id, by, code, name)
}

pub(crate) fn remove_group(state: &mut State, now: Timestamp, id: TopicId, group: GroupId, by: UserId) -> Option<()> {
    let name = state.groups.get(&group)?.name.clone();
    let row = state.topics.get_mut(&id)?;
    row.allowed_groups.retain(|allowed| *allowed != group);
    note_about(state, now, id, by, "removed_group", name)
}

fn note_about(state: &mut State, now: Timestamp, id: TopicId, by: UserId, code: &str, who: String) -> Option<()> {
    let mut note = NewPost::small_action(by, code);
    note.action_code_who = Some(who);
    publish::append(state, now, id, note)?;
    Some(())
}

/// Accepts a post as the answer. Sites of 2026 may keep several; older ones keep the last.
pub(crate) fn accept(state: &mut State, post: PostId) -> Option<()> {
    let topic = state.posts.get(&post)?.topic;
    let row = state.topics.get_mut(&topic)?;
    row.accepted = vec![post];
    Some(())
}

pub(crate) fn unaccept(state: &mut State, post: PostId) -> Option<()> {
    let topic = state.posts.get(&post)?.topic;
    state.topics.get_mut(&topic)?.accepted.retain(|accepted| *accepted != post);
    Some(())
}

//! Deleting, recovering and destroying posts and topics.

use jiff::Timestamp;
use serde_json::json;

use super::{edit, publish};
use crate::forum::bus;
use crate::forum::ids::{PostId, TopicId, UserId};
use crate::forum::model::{PostKind, State};

/// Staff delete softly; authors leave a stub whose old text lies in a revision.
pub(crate) fn post(state: &mut State, now: Timestamp, id: PostId, by: UserId) -> Option<()> {
    let staff = super::may::is_staff(state, Some(by));
    if !staff {
        let edit = edit::Edit {
            by,
            raw: "(post deleted by author)".to_owned(),
            reason: None,
            bypass_bump: true,
            always_kept: true,
        };
        edit::revise(state, now, id, edit)?;
    }
    let row = state.posts.get_mut(&id)?;
    if staff {
        row.deleted_at = Some(now);
        row.deleted_by = Some(by);
    } else {
        row.user_deleted = true;
    }
    let (topic, data) = (row.topic, publish::told(row, "deleted"));
    bus::of_topic(state, topic, data);
    Some(())
}

pub(crate) fn recover_post(state: &mut State, id: PostId) -> Option<()> {
    let row = state.posts.get_mut(&id)?;
    row.deleted_at = None;
    row.deleted_by = None;
    row.user_deleted = false;
    Some(())
}

/// The row, its revisions and its hold on uploads go; the number in the topic stays a hole.
pub(crate) fn destroy_post(state: &mut State, id: PostId) -> Option<()> {
    let row = state.posts.remove(&id)?;
    state.topics.get_mut(&row.topic)?.posts.retain(|post| *post != id);
    Some(())
}

pub(crate) fn topic(state: &mut State, now: Timestamp, id: TopicId, by: UserId) -> Option<()> {
    let row = state.topics.get_mut(&id)?;
    row.deleted_at = Some(now);
    row.deleted_by = Some(by);
    // The first post goes and comes back with its topic.
    if let Some(first) = row.posts.first().and_then(|first| state.posts.get_mut(first)) {
        first.deleted_at = Some(now);
        first.deleted_by = Some(by);
    }
    bus::of_topic(state, id, json!({"reload_topic": true}));
    Some(())
}

pub(crate) fn recover_topic(state: &mut State, id: TopicId) -> Option<()> {
    let row = state.topics.get_mut(&id)?;
    row.deleted_at = None;
    row.deleted_by = None;
    let first = *row.posts.first()?;
    recover_post(state, first)
}

/// Whether anything but the first post is left, small actions aside.
pub(crate) fn has_other_posts(state: &State, id: TopicId) -> bool {
    state
        .topics
        .get(&id)
        .is_some_and(|topic| state.posts_of(topic).any(|post| post.number > 1 && post.kind != PostKind::SmallAction))
}

pub(crate) fn destroy_topic(state: &mut State, id: TopicId) -> Option<()> {
    let row = state.topics.remove(&id)?;
    for post in row.posts {
        state.posts.remove(&post);
    }
    Some(())
}

//! Who may see and do what.

use jiff::{SignedDuration, Timestamp};

use crate::forum::ids::UserId;
use crate::forum::model::{Archetype, Group, Post, PostKind, State, Topic, User};
use crate::forum::refusal::Refusal;

/// The asking user's row, when anybody asks.
pub(crate) fn user(state: &State, viewer: Option<UserId>) -> Option<&User> {
    state.users.get(&viewer?)
}

pub(crate) fn is_admin(state: &State, viewer: Option<UserId>) -> bool {
    user(state, viewer).is_some_and(|user| user.admin)
}

pub(crate) fn is_staff(state: &State, viewer: Option<UserId>) -> bool {
    user(state, viewer).is_some_and(User::is_staff)
}

pub(crate) fn is_member(group: &Group, viewer: Option<UserId>) -> bool {
    viewer.is_some_and(|viewer| group.members.contains(&viewer))
}

/// Admins see every topic, moderators only the private threads they are in.
pub(crate) fn see_topic(state: &State, viewer: Option<UserId>, topic: &Topic) -> bool {
    if is_admin(state, viewer) {
        return true;
    }
    if topic.deleted_at.is_some() && !is_staff(state, viewer) {
        return false;
    }
    match topic.archetype {
        Archetype::Private => viewer.is_some_and(|viewer| takes_part(state, viewer, topic)),
        Archetype::Regular => match topic.category.and_then(|id| state.categories.get(&id)) {
            Some(category) if !category.groups.is_empty() => {
                category.groups.iter().filter_map(|id| state.groups.get(id)).any(|group| is_member(group, viewer))
            }
            _ => true,
        },
    }
}

/// Whether a user belongs to a private thread, directly or through a group.
pub(crate) fn takes_part(state: &State, viewer: UserId, topic: &Topic) -> bool {
    topic.allowed_users.contains(&viewer)
        || topic
            .allowed_groups
            .iter()
            .filter_map(|id| state.groups.get(id))
            .any(|group| group.members.contains(&viewer))
}

/// The topic, or the refusal that hides it.
pub(crate) fn visible_topic(
    state: &State,
    viewer: Option<UserId>,
    id: crate::forum::ids::TopicId,
) -> Result<&Topic, Refusal> {
    let topic = state.topics.get(&id).ok_or(Refusal::TopicNotFound)?;
    if see_topic(state, viewer, topic) {
        Ok(topic)
    } else if !state.options.detailed_404 {
        Err(Refusal::TopicNotFound)
    } else if topic.deleted_at.is_some() {
        Err(Refusal::Gone)
    } else if viewer.is_none() {
        Err(Refusal::NotLoggedIn)
    } else {
        Err(Refusal::InvalidAccess)
    }
}

pub(crate) fn see_post(state: &State, viewer: Option<UserId>, post: &Post) -> bool {
    let Some(topic) = state.topics.get(&post.topic) else {
        return false;
    };
    let staff = is_staff(state, viewer);
    see_topic(state, viewer, topic) && (post.deleted_at.is_none() || staff) && (post.kind != PostKind::Whisper || staff)
}

pub(crate) fn see_hidden_text(state: &State, viewer: Option<UserId>, post: &Post) -> bool {
    !post.hidden || is_staff(state, viewer) || viewer == Some(post.user)
}

/// Normal users stop writing when a topic is closed, archived or deleted.
pub(crate) fn reply(state: &State, viewer: Option<UserId>, topic: &Topic) -> bool {
    viewer.is_some()
        && see_topic(state, viewer, topic)
        && topic.deleted_at.is_none()
        && (is_staff(state, viewer) || !(topic.closed || topic.archived))
}

pub(crate) fn edit_post(state: &State, viewer: Option<UserId>, post: &Post) -> bool {
    if viewer.is_none() || !see_post(state, viewer, post) || post.kind == PostKind::SmallAction {
        return false;
    }
    if is_admin(state, viewer) {
        return true;
    }
    let archived = state.topics.get(&post.topic).is_some_and(|topic| topic.archived);
    post.deleted_at.is_none() && (is_staff(state, viewer) || (viewer == Some(post.user) && !archived))
}

/// The first post goes only with its topic.
pub(crate) fn delete_post(state: &State, viewer: Option<UserId>, post: &Post) -> bool {
    post.number > 1
        && post.deleted_at.is_none()
        && see_post(state, viewer, post)
        && (is_staff(state, viewer) || (viewer == Some(post.user) && !post.user_deleted))
}

pub(crate) fn moderate_topic(state: &State, viewer: Option<UserId>, topic: &Topic) -> bool {
    let leader = user(state, viewer).is_some_and(|user| user.is_staff() || user.trust_level >= 4);
    leader && see_topic(state, viewer, topic)
}

pub(crate) fn see_revisions(state: &State, viewer: Option<UserId>, post: &Post) -> bool {
    see_post(state, viewer, post)
        && (state.options.edit_history_visible_to_public || is_staff(state, viewer) || viewer == Some(post.user))
}

/// For good: admins, where the site allows it, once the item is deleted, and not in the same breath.
pub(crate) fn destroy(
    state: &State,
    viewer: Option<UserId>,
    deleted: Option<(Timestamp, Option<UserId>)>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let Some((at, by)) = deleted else {
        return Err(Refusal::InvalidAccess);
    };
    if !is_admin(state, viewer) || !state.options.can_permanently_delete {
        return Err(Refusal::InvalidAccess);
    }
    if by == viewer && now.duration_since(at) < SignedDuration::from_mins(5) {
        return Err(Refusal::Forbidden(
            "You must wait 5 minutes before permanently deleting this, or ask a different administrator.".to_owned(),
        ));
    }
    Ok(())
}

//! Lists of topics: inboxes of users and groups, and categories.

use axum::response::Response;
use serde_json::json;

use super::{Outcome, somebody};
use crate::forum::calls::{GroupPart, Inbox};
use crate::forum::gate::Ask;
use crate::forum::ids::{CategoryId, UserId};
use crate::forum::model::{Archetype, Assignee, Category, State, Topic};
use crate::forum::refusal::Refusal;
use crate::forum::reply;
use crate::forum::rules::may;
use crate::forum::views::{list, site};

fn page(ask: &Ask) -> usize {
    ask.params.number("page").and_then(|page| usize::try_from(page).ok()).unwrap_or(0)
}

/// One's own lists; admins see those of others, except what is new or unread to them.
pub(super) fn personal(state: &State, ask: &Ask, kind: Inbox, name: &str) -> Outcome {
    let viewer = somebody(ask)?;
    let owner = state.user_named(name).ok_or(Refusal::NotFound)?;
    let user = owner.id;
    if viewer != user {
        if matches!(kind, Inbox::New | Inbox::Unread) {
            return Err(Refusal::NotFound);
        }
        if !may::is_admin(state, Some(viewer)) {
            return Err(Refusal::InvalidAccess);
        }
    }
    let topics: Vec<&Topic> = list::private_topics(state, Some(viewer))
        .filter(|topic| match kind {
            Inbox::Sent => may::takes_part(state, user, topic) && list::has_posted(state, topic, user),
            _ => topic.allowed_users.contains(&user),
        })
        .filter(|topic| {
            let archived = topic.archived_by_users.contains(&user);
            match kind {
                Inbox::Received => !archived && !list::is_monologue(state, topic, user),
                Inbox::Sent => true,
                Inbox::Archive => archived,
                Inbox::New => !archived && is_new(topic, user),
                Inbox::Unread => !archived && is_unread(topic, user),
            }
        })
        .collect();
    let suffix = match kind {
        Inbox::Received => "",
        Inbox::Sent => "-sent",
        Inbox::Archive => "-archive",
        Inbox::New => "-new",
        Inbox::Unread => "-unread",
    };
    let more = format!("/topics/private-messages{suffix}/{}", owner.username);
    Ok(reply::json(&list::page(state, Some(viewer), topics, page(ask), &more, true)))
}

fn is_new(topic: &Topic, user: UserId) -> bool {
    !topic.last_read.contains_key(&user)
}

fn is_unread(topic: &Topic, user: UserId) -> bool {
    topic.last_read.get(&user).is_some_and(|read| *read < topic.highest_post_number)
}

/// A group's inbox, for its members and admins; to others it does not exist.
pub(super) fn group(state: &State, ask: &Ask, username: &str, name: &str, part: GroupPart) -> Outcome {
    let viewer = somebody(ask)?;
    let group = state.group_named(name).ok_or(Refusal::NotFound)?;
    let admin = may::is_admin(state, Some(viewer));
    if !group.has_messages || !(admin || group.members.contains(&viewer)) {
        return Err(Refusal::NotFound);
    }
    let owner = state.user_named(username).ok_or(Refusal::NotFound)?;
    // The list joins on the membership of the named user, unless an admin asks.
    let joined = admin || group.members.contains(&owner.id);
    let topics: Vec<&Topic> = list::private_topics(state, Some(viewer))
        .filter(|topic| joined && topic.allowed_groups.contains(&group.id))
        .filter(|topic| {
            let archived = topic.archived_by_groups.contains(&group.id);
            match part {
                GroupPart::Inbox => !archived,
                GroupPart::Archive => archived,
                GroupPart::New => !archived && is_new(topic, owner.id),
                GroupPart::Unread => !archived && is_unread(topic, owner.id),
            }
        })
        .collect();
    let tail = match part {
        GroupPart::Inbox => "",
        GroupPart::Archive => "/archive",
        GroupPart::New => "/new",
        GroupPart::Unread => "/unread",
    };
    let more = format!("/topics/private-messages-group/{}/{}{tail}", owner.username, group.name);
    Ok(reply::json(&list::page(state, Some(viewer), topics, page(ask), &more, true)))
}

/// What is assigned to a user, or to a group of theirs: a list of the plugin, without which there is no such page.
pub(super) fn assigned(state: &State, ask: &Ask, username: &str) -> Outcome {
    if !state.options.assign {
        return Err(Refusal::NotFound);
    }
    let viewer = somebody(ask)?;
    let owner = state.user_named(username).ok_or(Refusal::NotFound)?;
    if viewer != owner.id && !may::is_admin(state, Some(viewer)) {
        return Err(Refusal::InvalidAccess);
    }
    let is_theirs = |topic: &Topic| match topic.assigned {
        Some(Assignee::User(user)) => user == owner.id,
        Some(Assignee::Group(group)) => state.groups.get(&group).is_some_and(|group| group.members.contains(&owner.id)),
        None => false,
    };
    let topics: Vec<&Topic> = list::private_topics(state, Some(viewer)).filter(|topic| is_theirs(topic)).collect();
    let more = format!("/topics/private-messages-assigned/{}", owner.username);
    Ok(reply::json(&list::page(state, Some(viewer), topics, page(ask), &more, true)))
}

pub(super) fn tagged(state: &State, ask: &Ask, username: &str, tag: &str) -> Outcome {
    let viewer = somebody(ask)?;
    let owner = state.user_named(username).ok_or(Refusal::NotFound)?;
    if viewer != owner.id && !may::is_admin(state, Some(viewer)) {
        return Err(Refusal::InvalidAccess);
    }
    let topics: Vec<&Topic> = list::private_topics(state, Some(viewer))
        .filter(|topic| may::takes_part(state, owner.id, topic))
        .filter(|topic| topic.tags.iter().any(|name| name == tag))
        .collect();
    let more = format!("/topics/private-messages-tags/{}/{tag}", owner.username);
    Ok(reply::json(&list::page(state, Some(viewer), topics, page(ask), &more, true)))
}

fn sees(state: &State, viewer: Option<UserId>, category: &Category) -> bool {
    category.groups.is_empty()
        || may::is_admin(state, viewer)
        || category.groups.iter().filter_map(|id| state.groups.get(id)).any(|group| may::is_member(group, viewer))
}

pub(super) fn category(state: &State, ask: &Ask, id: CategoryId) -> Outcome {
    let viewer = ask.viewer.user;
    let category = state.categories.get(&id).ok_or(Refusal::NotFound)?;
    if !sees(state, viewer, category) {
        return Err(if state.options.detailed_404 { Refusal::InvalidAccess } else { Refusal::NotFound });
    }
    let topics: Vec<&Topic> = state
        .topics
        .values()
        .filter(|topic| topic.archetype == Archetype::Regular && topic.category == Some(id))
        .filter(|topic| topic.deleted_at.is_none() && (topic.visible || may::is_staff(state, viewer)))
        .collect();
    let more = format!("/c/{}/{id}/l/latest", category.slug);
    Ok(reply::json(&list::page(state, viewer, topics, page(ask), &more, false)))
}

pub(super) fn categories(state: &State, ask: &Ask) -> Response {
    reply::json(&site::categories(state, |category| sees(state, ask.viewer.user, category)))
}

pub(super) fn category_alone(state: &State, ask: &Ask, id: CategoryId) -> Outcome {
    let category = state.categories.get(&id).ok_or(Refusal::NotFound)?;
    if !sees(state, ask.viewer.user, category) {
        return Err(if state.options.detailed_404 { Refusal::InvalidAccess } else { Refusal::NotFound });
    }
    Ok(reply::json(&json!({"category": site::category(state, category)})))
}

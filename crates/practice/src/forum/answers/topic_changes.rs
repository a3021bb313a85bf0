//! Changing topics.

use serde_json::json;

use super::{Outcome, somebody, staff};
use crate::forum::bus;
use crate::forum::cook::escaped;
use crate::forum::gate::Ask;
use crate::forum::ids::{CategoryId, TopicId, UserId};
use crate::forum::model::{Archetype, State};
use crate::forum::refusal::Refusal;
use crate::forum::reply;
use crate::forum::rules::moderate::{self, Status};
use crate::forum::rules::{may, publish, remove};
use crate::forum::views::{basic_user, post};

/// The topic is there for the asking user, who may moderate it.
fn moderator(state: &State, ask: &Ask, id: TopicId) -> Result<UserId, Refusal> {
    let user = somebody(ask)?;
    let topic = may::visible_topic(state, Some(user), id)?;
    if may::moderate_topic(state, Some(user), topic) { Ok(user) } else { Err(Refusal::InvalidAccess) }
}

fn done() -> Outcome {
    Ok(reply::json(&json!({"success": "OK"})))
}

/// Title, category and tags.
pub(super) fn update(state: &mut State, ask: &Ask, id: TopicId) -> Outcome {
    moderator(state, ask, id)?;
    let category = ask.params.number("category_id").map(CategoryId);
    if category.is_some_and(|category| !state.categories.contains_key(&category)) {
        return Err(Refusal::InvalidParameters("category_id"));
    }
    let tags = ask.params.list("tags");
    for tag in tags.iter().flatten() {
        state.tag_id(tag);
    }
    let row = state.topics.get_mut(&id).ok_or(Refusal::NotFound)?;
    if let Some(title) = ask.params.text("title") {
        row.slug = publish::slug(&title);
        row.title = title;
    }
    if category.is_some() && row.archetype == Archetype::Regular {
        row.category = category;
    }
    if let Some(tags) = tags {
        row.tags = tags;
    }
    let row = state.topics.get(&id).ok_or(Refusal::NotFound)?;
    Ok(reply::json(&json!({"basic_topic": {
        "id": row.id,
        "title": row.title,
        "fancy_title": escaped(&row.title),
        "slug": row.slug,
        "posts_count": post::count(state, row),
    }})))
}

/// Softly, unless told to destroy what is deleted already.
pub(super) fn delete(state: &mut State, ask: &Ask, id: TopicId) -> Outcome {
    let user = moderator(state, ask, id)?;
    let row = state.topics.get(&id).ok_or(Refusal::NotFound)?;
    if ask.params.is_true("force_destroy") {
        may::destroy(state, Some(user), row.deleted_at.map(|at| (at, row.deleted_by)), ask.now)?;
        if remove::has_other_posts(state, id) {
            return Err(Refusal::InvalidAccess);
        }
        remove::destroy_topic(state, id).ok_or(Refusal::NotFound)?;
    } else if row.deleted_at.is_some() {
        return Err(Refusal::InvalidAccess);
    } else {
        remove::topic(state, ask.now, id, user).ok_or(Refusal::NotFound)?;
    }
    Ok(reply::empty())
}

pub(super) fn recover(state: &mut State, ask: &Ask, id: TopicId) -> Outcome {
    moderator(state, ask, id)?;
    remove::recover_topic(state, id).ok_or(Refusal::NotFound)?;
    Ok(reply::empty())
}

pub(super) fn status(state: &mut State, ask: &Ask, id: TopicId) -> Outcome {
    let word = ask.params.text("status").ok_or(Refusal::MissingParameter("status"))?;
    let enabled = ask.params.text("enabled").ok_or(Refusal::MissingParameter("enabled"))?;
    let user = moderator(state, ask, id)?;
    let status = Status::named(&word).ok_or(Refusal::InvalidParameters("status"))?;
    // The text "true" switches on, everything else off.
    moderate::set(state, ask.now, id, status, enabled == "true", user).ok_or(Refusal::NotFound)?;
    Ok(reply::json(&json!({"success": "OK", "topic_status_update": null})))
}

pub(super) fn convert(state: &mut State, ask: &Ask, id: TopicId, private: bool) -> Outcome {
    staff(state, ask)?;
    let user = moderator(state, ask, id)?;
    if private {
        moderate::make_private(state, ask.now, id, user).ok_or(Refusal::NotFound)?;
    } else {
        let category = ask.params.number("category_id").map(CategoryId);
        moderate::make_public(state, ask.now, id, category, user).ok_or(Refusal::NotFound)?;
    }
    let slug = state.topics.get(&id).map(|row| row.slug.clone()).unwrap_or_default();
    let url = state.rooted(&format!("/t/{slug}/{id}"));
    Ok(reply::json(&json!({"success": true, "url": url})))
}

/// The asking user takes part in the private thread, or is an admin.
fn insider(state: &State, ask: &Ask, id: TopicId) -> Result<UserId, Refusal> {
    let user = somebody(ask)?;
    let topic = may::visible_topic(state, Some(user), id)?;
    if topic.archetype == Archetype::Private { Ok(user) } else { Err(Refusal::InvalidAccess) }
}

pub(super) fn invite(state: &mut State, ask: &Ask, id: TopicId) -> Outcome {
    let by = insider(state, ask, id)?;
    let name = ask.params.text("user").ok_or(Refusal::MissingParameter("user"))?;
    let user = state.user_named(&name).ok_or(Refusal::NotFound)?.clone();
    moderate::invite_user(state, ask.now, id, user.id, by).ok_or(Refusal::NotFound)?;
    Ok(reply::json(&json!({"user": basic_user(&user)})))
}

pub(super) fn invite_group(state: &mut State, ask: &Ask, id: TopicId) -> Outcome {
    let by = insider(state, ask, id)?;
    let name = ask.params.text("group").ok_or(Refusal::MissingParameter("group"))?;
    let group = state.group_named(&name).ok_or(Refusal::NotFound)?.clone();
    moderate::invite_group(state, ask.now, id, group.id, by).ok_or(Refusal::NotFound)?;
    Ok(reply::json(&json!({"group": {"id": group.id, "name": group.name}})))
}

/// Staff and the thread's author remove others; everybody may leave.
fn remover(state: &State, ask: &Ask, id: TopicId, leaving: Option<UserId>) -> Result<UserId, Refusal> {
    let user = insider(state, ask, id)?;
    let author = state.topics.get(&id).is_some_and(|topic| topic.user == user);
    if author || leaving == Some(user) || may::is_staff(state, Some(user)) {
        Ok(user)
    } else {
        Err(Refusal::InvalidAccess)
    }
}

pub(super) fn remove_user(state: &mut State, ask: &Ask, id: TopicId) -> Outcome {
    let name = ask.params.text("username").ok_or(Refusal::MissingParameter("username"))?;
    let user = state.user_named(&name).ok_or(Refusal::NotFound)?.id;
    let by = remover(state, ask, id, Some(user))?;
    moderate::remove_user(state, ask.now, id, user, by).ok_or(Refusal::NotFound)?;
    done()
}

pub(super) fn remove_group(state: &mut State, ask: &Ask, id: TopicId) -> Outcome {
    let name = ask.params.text("name").ok_or(Refusal::MissingParameter("name"))?;
    let group = state.group_named(&name).ok_or(Refusal::NotFound)?.id;
    let by = remover(state, ask, id, None)?;
    moderate::remove_group(state, ask.now, id, group, by).ok_or(Refusal::NotFound)?;
    done()
}

/// Archives the thread in the asking user's inbox, or in their group's when it came through a group.
pub(super) fn archive_message(state: &mut State, ask: &Ask, id: TopicId, archive: bool) -> Outcome {
    let user = insider(state, ask, id)?;
    let group = state.topics.get(&id).and_then(|topic| {
        topic
            .allowed_groups
            .iter()
            .filter_map(|group| state.groups.get(group))
            .find(|group| group.members.contains(&user))
            .map(|group| (group.id, group.name.clone()))
    });
    let row = state.topics.get_mut(&id).ok_or(Refusal::NotFound)?;
    if row.allowed_users.contains(&user) {
        if archive {
            row.archived_by_users.insert(user);
        } else {
            row.archived_by_users.remove(&user);
        }
    }
    match group {
        Some((group, name)) => {
            if archive {
                row.archived_by_groups.insert(group);
            } else {
                row.archived_by_groups.remove(&group);
            }
            bus::of_group_archive(state, id, group);
            Ok(reply::json(&json!({"group_name": name})))
        }
        None => Ok(reply::empty()),
    }
}

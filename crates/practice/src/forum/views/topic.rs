//! A topic's JSON: a chunk of posts, the stream of all ids, and who may do what.

use serde_json::{Value, json};

use super::{basic_user, extend, list, post as post_view, tags, without};
use crate::forum::cook::escaped;
use crate::forum::ids::{PostId, UserId};
use crate::forum::model::{Archetype, Post, PostKind, State, Topic};
use crate::forum::options::Era;
use crate::forum::reply::time;
use crate::forum::rules::may;

/// Which part of a topic is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub chunk: usize,
    pub start: Start,
    pub raw: bool,
    pub deleted: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Start {
    /// Pages of a chunk each, counted from 1.
    Page(usize),
    /// The chunk around a post number.
    Around(i64),
}

/// Posts of a chunk.
pub(crate) const CHUNK: usize = 20;

/// The topic's JSON; nothing when the page is out of range.
pub(crate) fn topic(state: &State, viewer: Option<UserId>, topic: &Topic, wanted: &Wanted) -> Option<Value> {
    let visible = stream(state, viewer, topic, wanted.deleted);
    let chunk = chunk(&visible, wanted)?;
    let posts: Vec<Value> = chunk
        .iter()
        .map(|post| post_view::post(state, viewer, post, post_view::Place::Stream { raw: wanted.raw }))
        .collect();
    let ids: Vec<PostId> = visible.iter().map(|post| post.id).collect();
    let mut value = json!({
        "post_stream": {"posts": posts, "stream": ids},
        "timeline_lookup": timeline(&visible),
        "suggested_topics": suggested(state, viewer, topic),
        "tags": tags(state, &topic.tags),
        "tags_descriptions": {},
        "id": topic.id,
        "title": topic.title,
        "fancy_title": escaped(&topic.title),
        "posts_count": post_view::count(state, topic),
        "created_at": time(topic.created_at),
        "views": topic.views,
        "reply_count": visible.iter().filter(|post| post.reply_to.is_some()).count(),
        "like_count": 0,
        "last_posted_at": time(topic.last_posted_at),
        "visible": topic.visible,
        "closed": topic.closed,
        "archived": topic.archived,
        "has_summary": false,
        "archetype": topic.archetype.word(),
        "slug": topic.slug,
        "category_id": topic.category,
        "word_count": words(&visible),
        "deleted_at": topic.deleted_at.map(time),
        "user_id": topic.user,
        "featured_link": null,
        "pinned_globally": false,
    });
    extend(&mut value, standing(state, viewer, topic, chunk));
    extend(&mut value, json!({"details": details(state, viewer, topic, &visible)}));
    if topic.archetype == Archetype::Private {
        let archived = viewer.is_some_and(|viewer| list::is_archived_for(state, topic, viewer));
        extend(&mut value, json!({"message_archived": archived, "pm_with_non_human_user": false}));
    }
    if state.options.solved {
        add_solved(&mut value, state, topic);
    }
    Some(value)
}

/// All posts the viewer gets to see, in order.
pub(crate) fn stream<'s>(state: &'s State, viewer: Option<UserId>, topic: &Topic, deleted: bool) -> Vec<&'s Post> {
    let gone = topic.deleted_at.is_some();
    state
        .posts_of(topic)
        .filter(|post| may::see_post(state, viewer, post) && (post.deleted_at.is_none() || deleted || gone))
        .collect()
}

fn chunk<'p, 's>(visible: &'p [&'s Post], wanted: &Wanted) -> Option<&'p [&'s Post]> {
    let start = match wanted.start {
        Start::Page(page) => {
            let start = page.checked_sub(1)?.checked_mul(wanted.chunk)?;
            if start > 0 && start >= visible.len() {
                return None;
            }
            start
        }
        Start::Around(number) => {
            let index = visible.iter().take_while(|post| post.number < number).count();
            let latest = visible.len().saturating_sub(wanted.chunk);
            index.saturating_sub(wanted.chunk / 4).min(latest)
        }
    };
    let end = start.saturating_add(wanted.chunk).min(visible.len());
    visible.get(start..end)
}

fn standing(state: &State, viewer: Option<UserId>, topic: &Topic, chunk: &[&Post]) -> Value {
    let read = viewer.and_then(|viewer| topic.last_read.get(&viewer)).copied();
    let highest = state
        .posts_of(topic)
        .filter(|post| may::is_staff(state, viewer) || post.kind != PostKind::Whisper)
        .map(|post| post.number)
        .max()
        .unwrap_or(topic.highest_post_number);
    let participants: std::collections::BTreeSet<UserId> =
        state.posts_of(topic).filter(|post| post.kind == PostKind::Regular).map(|post| post.user).collect();
    let mut value = json!({
        "pinned_at": null,
        "pinned_until": null,
        "image_url": null,
        "slow_mode_seconds": 0,
        "draft": null,
        "draft_key": format!("topic_{}", topic.id),
        "draft_sequence": 0,
        "unpinned": null,
        "pinned": false,
        "current_post_number": chunk.first().map_or(1, |post| post.number),
        "highest_post_number": highest,
        "deleted_by": topic.deleted_by.and_then(|by| state.users.get(&by)).map(basic_user),
        "has_deleted": state.posts_of(topic).any(|post| post.deleted_at.is_some()),
        "actions_summary": [
            {"id": 4, "count": 0, "hidden": false, "can_act": viewer.is_some()},
            {"id": 8, "count": 0, "hidden": false, "can_act": viewer.is_some()},
            {"id": 7, "count": 0, "hidden": false, "can_act": viewer.is_some()},
        ],
        "chunk_size": CHUNK,
        "bookmarked": false,
        "bookmarks": [],
        "topic_timer": null,
        "message_bus_last_id": topic.bus,
        "participant_count": participants.len(),
        "show_read_indicator": false,
        "thumbnails": null,
        "slow_mode_enabled_until": null,
    });
    if let Some(read) = read {
        extend(&mut value, json!({"last_read_post_number": read}));
    }
    value
}

fn details(state: &State, viewer: Option<UserId>, topic: &Topic, visible: &[&Post]) -> Value {
    let staff = may::moderate_topic(state, viewer, topic);
    let owner = viewer == Some(topic.user);
    let mut value = json!({
        "can_edit": staff || (owner && !topic.archived),
        "notification_level": if viewer.is_some_and(|viewer| topic.last_read.contains_key(&viewer)) { 3 } else { 1 },
        "participants": participants(state, visible),
    });
    for (kind, user) in [("created_by", topic.user), ("last_poster", topic.last_poster)] {
        if let Some(user) = state.users.get(&user) {
            extend(&mut value, json!({kind: basic_user(user)}));
        }
    }
    // Rights are listed only when they are there.
    let replies = may::reply(state, viewer, topic);
    let mut rights = vec![
        ("can_create_post", replies),
        ("can_reply_as_new_topic", replies),
        ("can_invite_to", replies),
        ("can_flag_topic", viewer.is_some()),
        ("can_remove_allowed_users", staff || owner),
    ];
    for right in [
        "can_move_posts",
        "can_delete",
        "can_convert_topic",
        "can_review_topic",
        "can_close_topic",
        "can_archive_topic",
        "can_split_merge_topic",
        "can_edit_staff_notes",
        "can_toggle_topic_visibility",
        "can_pin_unpin_topic",
        "can_moderate_category",
    ] {
        rights.push((right, staff));
    }
    for (right, granted) in rights {
        if granted {
            extend(&mut value, json!({right: true}));
        }
    }
    if let Some(viewer) = viewer {
        extend(&mut value, json!({"can_remove_self_id": viewer}));
    }
    if topic.archetype == Archetype::Private {
        extend(&mut value, allowed(state, viewer, topic));
    }
    value
}

/// Users let in through a group are not listed one by one, except oneself.
fn allowed(state: &State, viewer: Option<UserId>, topic: &Topic) -> Value {
    let groups: Vec<_> = topic.allowed_groups.iter().filter_map(|id| state.groups.get(id)).collect();
    let users: Vec<Value> = topic
        .allowed_users
        .iter()
        .filter(|id| viewer == Some(**id) || !groups.iter().any(|group| group.members.contains(id)))
        .filter_map(|id| state.users.get(id))
        .map(basic_user)
        .collect();
    let groups: Vec<Value> = groups
        .iter()
        .map(|group| {
            json!({
                "id": group.id,
                "automatic": false,
                "name": group.name,
                "full_name": group.full_name,
                "user_count": group.members.len(),
                "mentionable_level": 0,
                "messageable_level": 99,
                "visibility_level": 0,
                "primary_group": false,
                "title": null,
                "has_messages": group.has_messages,
            })
        })
        .collect();
    json!({"allowed_users": users, "allowed_groups": groups})
}

fn participants(state: &State, visible: &[&Post]) -> Vec<Value> {
    let mut counts: Vec<(UserId, usize)> = Vec::new();
    for post in visible.iter().filter(|post| post.kind == PostKind::Regular) {
        match counts.iter_mut().find(|(user, _)| *user == post.user) {
            Some((_, count)) => *count += 1,
            None => counts.push((post.user, 1)),
        }
    }
    counts
        .into_iter()
        .filter_map(|(id, count)| Some((state.users.get(&id)?, count)))
        .map(|(user, count)| {
            let mut value = basic_user(user);
            extend(
                &mut value,
                json!({
                    "post_count": count,
                    "primary_group_name": null,
                    "flair_name": null,
                    "flair_url": null,
                    "flair_color": null,
                    "flair_bg_color": null,
                    "flair_group_id": null,
                    "admin": user.admin,
                    "moderator": user.moderator,
                    "trust_level": user.trust_level,
                }),
            );
            if state.options.era == Era::Year2023 {
                without(&mut value, &["flair_group_id"]);
            }
            value
        })
        .collect()
}

fn suggested(state: &State, viewer: Option<UserId>, topic: &Topic) -> Vec<Value> {
    let mut others: Vec<&Topic> = state
        .topics
        .values()
        .filter(|other| other.id != topic.id && other.archetype == topic.archetype)
        .filter(|other| other.deleted_at.is_none() && other.visible && may::see_topic(state, viewer, other))
        .collect();
    others.sort_by_key(|other| std::cmp::Reverse(other.bumped_at));
    others.into_iter().take(5).map(|other| list::suggestion(state, viewer, other)).collect()
}

fn add_solved(value: &mut Value, state: &State, topic: &Topic) {
    let answers: Vec<Value> = topic
        .accepted
        .iter()
        .filter_map(|id| state.posts.get(id))
        .filter_map(|post| Some((post, state.users.get(&post.user)?)))
        .map(|(post, user)| {
            json!({
                "post_number": post.number,
                "username": user.username,
                "name": user.name,
                "excerpt": escaped(&post.raw.chars().take(120).collect::<String>()),
            })
        })
        .collect();
    if let Some(last) = answers.last() {
        extend(value, json!({"accepted_answer": last}));
        if state.options.era == Era::Year2026 {
            extend(value, json!({"accepted_answers": answers}));
        }
    }
}

fn timeline(visible: &[&Post]) -> Value {
    let newest = visible.last().map(|post| post.created_at);
    visible
        .iter()
        .enumerate()
        .map(|(index, post)| {
            let days = newest.map_or(0, |newest| newest.duration_since(post.created_at).as_hours() / 24);
            json!([index + 1, days])
        })
        .collect()
}

fn words(visible: &[&Post]) -> usize {
    visible.iter().map(|post| post.raw.split_whitespace().count()).sum()
}

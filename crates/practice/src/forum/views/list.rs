//! Lists of topics: the order, what counts as which inbox, and the JSON.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{basic_user, extend, post as post_view, tags, without};
use crate::forum::cook::escaped;
use crate::forum::ids::UserId;
use crate::forum::model::{Archetype, Assignee, PostKind, State, Topic};
use crate::forum::options::Era;
use crate::forum::reply::time;
use crate::forum::rules::may;

/// Topics of a page.
pub(crate) const PER_PAGE: usize = 30;

/// One page of `topics`, newest bump first, with the users it mentions. `more` is the list's own path.
pub(crate) fn page(
    state: &State,
    viewer: Option<UserId>,
    mut topics: Vec<&Topic>,
    page: usize,
    more: &str,
    private: bool,
) -> Value {
    topics.sort_by_key(|topic| std::cmp::Reverse((topic.bumped_at, topic.id)));
    let shown: Vec<&Topic> = topics.into_iter().skip(page.saturating_mul(PER_PAGE)).take(PER_PAGE).collect();
    let mut mentioned: BTreeSet<UserId> = BTreeSet::new();
    for topic in &shown {
        mentioned.extend(posters(state, topic));
        if private {
            mentioned.extend(participants(viewer, topic));
        }
    }
    let users: Vec<Value> = mentioned.iter().filter_map(|id| state.users.get(id)).map(basic_user).collect();
    let items: Vec<Value> = shown
        .iter()
        .map(|topic| if private { private_item(state, viewer, topic) } else { category_item(state, viewer, topic) })
        .collect();
    let mut list = json!({
        "can_create_topic": viewer.is_some(),
        "per_page": PER_PAGE,
        "top_tags": [],
        "topics": items,
    });
    // A full page may be the last one; then the next is empty.
    if shown.len() == PER_PAGE {
        let next = state.rooted(&format!("{more}?page={}", page.saturating_add(1)));
        extend(&mut list, json!({"more_topics_url": next}));
    }
    let mut value = json!({"users": users, "primary_groups": [], "topic_list": list});
    if private {
        extend(&mut value, json!({"flair_groups": []}));
    }
    value
}

/// Whether the thread is archived in the user's inbox: personally, or in a group's.
pub(crate) fn is_archived_for(state: &State, topic: &Topic, user: UserId) -> bool {
    topic.archived_by_users.contains(&user)
        || topic
            .archived_by_groups
            .iter()
            .filter_map(|id| state.groups.get(id))
            .any(|group| group.members.contains(&user))
}

/// Private threads that are in somebody's lists at all: there, and visible to the asking user.
pub(crate) fn private_topics(state: &State, viewer: Option<UserId>) -> impl Iterator<Item = &Topic> {
    let staff = may::is_staff(state, viewer);
    state.topics.values().filter(move |topic| {
        topic.archetype == Archetype::Private && topic.deleted_at.is_none() && (topic.visible || staff)
    })
}

/// Whether only this user has written in the thread they started: such threads are not in the inbox.
pub(crate) fn is_monologue(state: &State, topic: &Topic, user: UserId) -> bool {
    topic.user == user
        && state.posts_of(topic).filter(|post| post.kind == PostKind::Regular).all(|post| post.user == user)
}

pub(crate) fn has_posted(state: &State, topic: &Topic, user: UserId) -> bool {
    state.posts_of(topic).any(|post| post.kind == PostKind::Regular && post.user == user)
}

fn private_item(state: &State, viewer: Option<UserId>, topic: &Topic) -> Value {
    let mut value = item(state, viewer, topic);
    let read = viewer.and_then(|viewer| topic.last_read.get(&viewer)).copied();
    let unread = topic.highest_post_number - read.unwrap_or(0);
    extend(
        &mut value,
        json!({
            "category_id": null,
            "allowed_user_count": topic.allowed_users.len(),
            "bookmarked": false,
            "liked": false,
            "notification_level": if read.is_some() { 3 } else { 1 },
            "participants": participants(viewer, topic)
                .into_iter()
                .map(|user| json!({
                    "extras": if user == topic.last_poster { json!("latest") } else { Value::Null },
                    "description": null,
                    "user_id": user,
                    "primary_group_id": null,
                }))
                .collect::<Vec<_>>(),
        }),
    );
    if let Some(read) = read {
        extend(
            &mut value,
            json!({"last_read_post_number": read, "unread": 0, "new_posts": unread, "unread_posts": unread}),
        );
    }
    value
}

fn category_item(state: &State, viewer: Option<UserId>, topic: &Topic) -> Value {
    let mut value = item(state, viewer, topic);
    extend(&mut value, json!({"excerpt": excerpt(state, topic)}));
    value
}

/// The form in which a topic is suggested under another.
pub(crate) fn suggestion(state: &State, viewer: Option<UserId>, topic: &Topic) -> Value {
    let mut value = item(state, viewer, topic);
    without(&mut value, &["has_summary", "last_poster_username", "pinned_globally"]);
    let posters: Vec<Value> = posters(state, topic)
        .into_iter()
        .filter_map(|id| state.users.get(&id))
        .map(|user| {
            json!({
                "extras": if user.id == topic.last_poster { json!("latest") } else { Value::Null },
                "description": poster_words(topic, user.id),
                "user": basic_user(user),
            })
        })
        .collect();
    extend(&mut value, json!({"excerpt": excerpt(state, topic), "posters": posters}));
    value
}

fn item(state: &State, viewer: Option<UserId>, topic: &Topic) -> Value {
    let poster = state.users.get(&topic.last_poster).map(|user| &user.username);
    let replies = state.posts_of(topic).filter(|post| post.reply_to.is_some()).count();
    let mut value = json!({
        "id": topic.id,
        "title": topic.title,
        "fancy_title": escaped(&topic.title),
        "slug": topic.slug,
        "posts_count": post_view::count(state, topic),
        "reply_count": replies,
        "highest_post_number": topic.highest_post_number,
        "image_url": null,
        "created_at": time(topic.created_at),
        "last_posted_at": time(topic.last_posted_at),
        "bumped": true,
        "bumped_at": time(topic.bumped_at),
        "archetype": topic.archetype.word(),
        "unseen": viewer.is_some_and(|viewer| !topic.last_read.contains_key(&viewer)),
        "pinned": false,
        "unpinned": null,
        "visible": topic.visible,
        "closed": topic.closed,
        "archived": topic.archived,
        "bookmarked": null,
        "liked": null,
    });
    extend(
        &mut value,
        json!({
            "tags": tags(state, &topic.tags),
            "tags_descriptions": {},
            "views": topic.views,
            "like_count": 0,
            "has_summary": false,
            "last_poster_username": poster,
            "category_id": topic.category,
            "pinned_globally": false,
            "featured_link": null,
            "posters": posters(state, topic)
                .into_iter()
                .map(|user| json!({
                    "extras": if user == topic.last_poster { json!("latest") } else { Value::Null },
                    "description": poster_words(topic, user),
                    "user_id": user,
                    "primary_group_id": null,
                }))
                .collect::<Vec<_>>(),
        }),
    );
    if state.options.solved {
        extend(&mut value, json!({"has_accepted_answer": !topic.accepted.is_empty(), "can_have_answer": true}));
    }
    extend(&mut value, assignee(state, topic));
    if state.options.era == Era::Year2023 && topic.archetype == Archetype::Private {
        without(&mut value, &["tags_descriptions"]);
    }
    value
}

/// What the plugin adds to a topic that is assigned.
pub(crate) fn assignee(state: &State, topic: &Topic) -> Value {
    if !state.options.assign {
        return json!({});
    }
    match topic.assigned {
        Some(Assignee::User(user)) => match state.users.get(&user) {
            Some(user) => json!({"assigned_to_user": {
                "id": user.id, "username": user.username, "name": user.name,
                "avatar_template": "/letter_avatar_proxy/v4/letter/a/000000/{size}.png",
            }}),
            None => json!({}),
        },
        Some(Assignee::Group(group)) => match state.groups.get(&group) {
            Some(group) => json!({"assigned_to_group": {"id": group.id, "name": group.name}}),
            None => json!({}),
        },
        None => json!({}),
    }
}

/// The first and the last author, and up to three between.
fn posters(state: &State, topic: &Topic) -> Vec<UserId> {
    let mut users = vec![topic.user];
    for post in state.posts_of(topic).filter(|post| post.kind == PostKind::Regular) {
        if users.len() < 4 && !users.contains(&post.user) && post.user != topic.last_poster {
            users.push(post.user);
        }
    }
    if !users.contains(&topic.last_poster) {
        users.push(topic.last_poster);
    }
    users
}

fn poster_words(topic: &Topic, user: UserId) -> &'static str {
    match (user == topic.user, user == topic.last_poster) {
        (true, true) => "Original Poster, Most Recent Poster",
        (true, false) => "Original Poster",
        (false, true) => "Most Recent Poster",
        (false, false) => "Frequent Poster",
    }
}

fn participants(viewer: Option<UserId>, topic: &Topic) -> Vec<UserId> {
    topic.allowed_users.iter().filter(|user| viewer != Some(**user)).take(5).copied().collect()
}

fn excerpt(state: &State, topic: &Topic) -> String {
    let text: String = topic
        .posts
        .first()
        .and_then(|first| state.posts.get(first))
        .map(|post| post.raw.chars().take(200).collect())
        .unwrap_or_default();
    escaped(&text)
}

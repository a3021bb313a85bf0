//! A post's JSON.

use serde_json::{Value, json};

use super::{extend, without};
use crate::forum::ids::UserId;
use crate::forum::model::{Post, PostKind, State};
use crate::forum::options::Era;
use crate::forum::reply::time;
use crate::forum::rules::may;

/// Where a post is shown decides which fields it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a topic's stream, with the source when asked for.
    Stream { raw: bool },
    /// By itself.
    Alone,
    /// As the answer to creating it.
    Created,
    /// As the answer to editing it.
    Updated,
}

const HIDDEN: &str = "<p>This post was flagged by the community and is temporarily hidden.</p>";

/// Fields that posts did not carry in 2023.
const SINCE_2023: [&str; 6] =
    ["can_see_hidden_post", "flair_group_id", "post_localizations", "post_url", "posts_count", "badges_granted"];

pub(crate) fn post(state: &State, viewer: Option<UserId>, post: &Post, place: Place) -> Value {
    let author = state.users.get(&post.user).filter(|user| !user.removed);
    let topic = state.topics.get(&post.topic);
    let shown = may::see_hidden_text(state, viewer, post);
    let reads = topic.map_or(0, |topic| topic.last_read.values().filter(|read| **read >= post.number).count());
    let replies = topic.map_or(0, |topic| {
        state.posts_of(topic).filter(|other| other.reply_to == Some(post.number) && other.deleted_at.is_none()).count()
    });
    let edits = may::edit_post(state, viewer, post);
    let score = match state.options.era {
        Era::Year2023 => json!(0),
        Era::Year2026 => json!(reads as f64 * 0.2),
    };
    let mut value = json!({
        "id": post.id,
        "name": author.map(|user| &user.name),
        "username": author.map(|user| &user.username),
        "avatar_template": author.map_or_else(|| "/images/avatar.png".to_owned(), |user| user.avatar()),
        "created_at": time(post.created_at),
        "cooked": if shown { post.cooked.as_str() } else { HIDDEN },
        "post_number": post.number,
        "post_type": post.kind.number(),
        "updated_at": time(post.updated_at),
        "reply_count": replies,
        "reply_to_post_number": post.reply_to,
        "quote_count": 0,
        "incoming_link_count": 0,
        "reads": reads,
        "readers_count": reads.saturating_sub(1),
        "score": score,
        "yours": viewer == Some(post.user),
        "topic_id": post.topic,
        "topic_slug": topic.map(|topic| &topic.slug),
        "display_username": author.map(|user| &user.name),
        "primary_group_name": null,
        "flair_name": null,
        "flair_url": null,
        "flair_bg_color": null,
        "flair_color": null,
        "version": post.version,
        "can_edit": edits,
    });
    extend(
        &mut value,
        json!({
            "can_delete": may::delete_post(state, viewer, post),
            "can_recover": post.deleted_at.is_some() && may::is_staff(state, viewer),
            "can_see_hidden_post": may::is_staff(state, viewer),
            "can_wiki": may::is_staff(state, viewer),
            "user_title": null,
            "bookmarked": false,
            "actions_summary": [{"id": 2, "can_act": viewer.is_some() && viewer != Some(post.user)}],
            "moderator": author.is_some_and(|user| user.moderator),
            "admin": author.is_some_and(|user| user.admin),
            "staff": author.is_some_and(crate::forum::model::User::is_staff),
            "user_id": author.map(|user| user.id),
            "hidden": post.hidden,
            "trust_level": author.map_or(0, |user| user.trust_level),
            "deleted_at": post.deleted_at.map(time),
            "user_deleted": post.user_deleted,
            "edit_reason": post.edit_reason,
            "can_view_edit_history": may::see_revisions(state, viewer, post),
            "wiki": false,
            "reviewable_id": 0,
            "reviewable_score_count": 0,
            "reviewable_score_pending_count": 0,
        }),
    );
    add_place(&mut value, state, viewer, post, place);
    add_occasional(&mut value, state, post, shown);
    if state.options.solved {
        add_solved(&mut value, state, viewer, post);
    }
    if state.options.era == Era::Year2023 {
        without(&mut value, &SINCE_2023);
    }
    value
}

fn add_place(value: &mut Value, state: &State, viewer: Option<UserId>, post: &Post, place: Place) {
    let topic = state.topics.get(&post.topic);
    let shown = may::see_hidden_text(state, viewer, post);
    if let Place::Stream { raw } = place {
        let links: Vec<Value> = post
            .links
            .iter()
            .map(|link| {
                json!({
                    "url": link.url,
                    "internal": link.internal,
                    "reflection": false,
                    "title": link.title,
                    "clicks": 0,
                })
            })
            .collect();
        let read = viewer.and_then(|viewer| topic?.last_read.get(&viewer)).is_some_and(|read| *read >= post.number);
        extend(value, json!({"link_counts": links, "read": read}));
        if raw && shown {
            extend(value, json!({"raw": post.raw}));
        }
        return;
    }
    let slug = topic.map_or("", |topic| topic.slug.as_str());
    extend(
        value,
        json!({
            "posts_count": topic.map_or(0, |topic| count(state, topic)),
            "flair_group_id": null,
            "post_url": state.rooted(&format!("/t/{slug}/{}/{}", post.topic, post.number)),
            "mentioned_users": [],
        }),
    );
    if shown {
        extend(value, json!({"raw": post.raw}));
    }
    if matches!(place, Place::Created | Place::Updated) {
        extend(value, json!({"draft_sequence": 0, "badges_granted": [], "post_localizations": []}));
    }
}

/// Fields that are present only when they say something.
fn add_occasional(value: &mut Value, state: &State, post: &Post, shown: bool) {
    if let Some(code) = &post.action_code {
        extend(value, json!({"action_code": code}));
    }
    if let Some(who) = &post.action_code_who {
        extend(value, json!({"action_code_who": who}));
    }
    if post.hidden {
        extend(value, json!({"hidden_reason_id": 1}));
        if !shown {
            extend(value, json!({"cooked_hidden": true}));
        }
    }
    if let Some(by) = post.deleted_by.and_then(|by| state.users.get(&by)) {
        extend(value, json!({"deleted_by": super::basic_user(by)}));
    }
}

fn add_solved(value: &mut Value, state: &State, viewer: Option<UserId>, post: &Post) {
    let Some(topic) = state.topics.get(&post.topic) else {
        return;
    };
    let accepted = topic.accepted.contains(&post.id);
    let may_accept = post.number > 1
        && post.kind == PostKind::Regular
        && (may::is_staff(state, viewer) || viewer == Some(topic.user));
    extend(
        value,
        json!({
            "accepted_answer": accepted,
            "can_accept_answer": may_accept && !accepted,
            "can_unaccept_answer": may_accept && accepted,
            "topic_accepted_answer": !topic.accepted.is_empty(),
        }),
    );
}

/// What `posts_count` counts: posts with words that are still there.
pub(crate) fn count(state: &State, topic: &crate::forum::model::Topic) -> usize {
    state.posts_of(topic).filter(|post| post.kind == PostKind::Regular && post.deleted_at.is_none()).count()
}

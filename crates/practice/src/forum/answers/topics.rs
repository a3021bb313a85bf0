//! Reading topics.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Outcome;
use crate::forum::gate::Ask;
use crate::forum::ids::{PostId, TopicId};
use crate::forum::model::State;
use crate::forum::refusal::Refusal;
use crate::forum::reply;
use crate::forum::rules::may;
use crate::forum::views::post::{self, Place};
use crate::forum::views::topic::{self, CHUNK, Start, Wanted};

pub(super) fn show(state: &mut State, ask: &Ask, id: TopicId, slug: Option<&str>, number: Option<i64>) -> Outcome {
    let viewer = ask.viewer.user;
    let row = may::visible_topic(state, viewer, id)?;
    if slug.is_some_and(|slug| slug != row.slug) {
        let tail = number.map_or_else(String::new, |number| format!("/{number}"));
        let canonical = state.rooted(&format!("/t/{}/{id}{tail}.json", row.slug));
        return Ok(reply::redirect(StatusCode::MOVED_PERMANENTLY, &canonical));
    }
    let print = ask.params.is_true("print");
    if print && !may::is_admin(state, viewer) {
        let name = format!("print {}", viewer.map_or(0, |user| user.0));
        if state.windows.act(&name, 5, 3600, ask.now).is_err() {
            return Err(Refusal::Invalid(vec![
                "You have loaded too many topics for printing. Please slow down.".to_owned(),
            ]));
        }
    }
    let start = match number.or_else(|| ask.params.number("post_number")) {
        Some(number) => Start::Around(number),
        None => match ask.params.number("page") {
            Some(page) => Start::Page(usize::try_from(page).map_err(|_| Refusal::TopicNotFound)?.max(1)),
            None => Start::Page(1),
        },
    };
    let wanted = Wanted {
        chunk: if print { 1000 } else { CHUNK },
        start,
        // Whatever the value: even "false" asks for it.
        raw: ask.params.text("include_raw").is_some(),
        deleted: ask.params.is_true("show_deleted") && may::is_staff(state, viewer),
    };
    let row = state.topics.get(&id).ok_or(Refusal::TopicNotFound)?;
    let value = topic::topic(state, viewer, row, &wanted).ok_or(Refusal::TopicNotFound)?;
    if ask.params.is_true("track_visit")
        && let (Some(user), Some(row)) = (viewer, state.topics.get_mut(&id))
    {
        row.views += 1;
        row.last_read.insert(user, row.highest_post_number);
    }
    Ok(reply::json(&value))
}

/// Posts by number of choice. What the asking user does not see is silently missing.
pub(super) fn posts(state: &State, ask: &Ask, id: TopicId) -> Outcome {
    let viewer = ask.viewer.user;
    let row = may::visible_topic(state, viewer, id)?;
    let raw = ask.params.text("include_raw").is_some();
    let wanted: Option<Vec<PostId>> =
        ask.params.list("post_ids").map(|ids| ids.iter().filter_map(|id| id.parse().ok().map(PostId)).collect());
    let posts: Vec<Value> = state
        .posts_of(row)
        .filter(|post| wanted.as_ref().is_none_or(|wanted| wanted.contains(&post.id)))
        .filter(|post| may::see_post(state, viewer, post))
        .take(if wanted.is_some() { usize::MAX } else { CHUNK })
        .map(|post| post::post(state, viewer, post, Place::Stream { raw }))
        .collect();
    Ok(reply::json(&json!({"post_stream": {"posts": posts}, "id": id})))
}

pub(super) fn post_ids(state: &State, ask: &Ask, id: TopicId) -> Outcome {
    let viewer = ask.viewer.user;
    let row = may::visible_topic(state, viewer, id)?;
    let after = ask.params.number("post_number").unwrap_or(0);
    let ids: Vec<PostId> = topic::stream(state, viewer, row, false)
        .into_iter()
        .filter(|post| post.number > after)
        .map(|post| post.id)
        .collect();
    Ok(reply::json(&json!({"post_ids": ids})))
}

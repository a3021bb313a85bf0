//! Reading posts.

use axum::http::StatusCode;

use super::Outcome;
use crate::forum::gate::Ask;
use crate::forum::ids::{PostId, TopicId};
use crate::forum::model::{Post, State};
use crate::forum::refusal::Refusal;
use crate::forum::reply;
use crate::forum::rules::may;
use crate::forum::views::post::{self, Place};

/// The post, if the asking user sees it.
pub(super) fn visible<'s>(state: &'s State, ask: &Ask, id: PostId) -> Result<&'s Post, Refusal> {
    let row = state.posts.get(&id).ok_or(Refusal::NotFound)?;
    if may::see_post(state, ask.viewer.user, row) {
        Ok(row)
    } else if state.options.detailed_404 {
        Err(Refusal::InvalidAccess)
    } else {
        Err(Refusal::NotFound)
    }
}

pub(super) fn show(state: &State, ask: &Ask, id: PostId) -> Outcome {
    let row = visible(state, ask, id)?;
    Ok(reply::json(&post::post(state, ask.viewer.user, row, Place::Alone)))
}

pub(super) fn by_number(state: &State, ask: &Ask, topic: TopicId, number: i64) -> Outcome {
    let row = may::visible_topic(state, ask.viewer.user, topic)?;
    let id = state.posts_of(row).find(|post| post.number == number).map(|post| post.id).ok_or(Refusal::NotFound)?;
    show(state, ask, id)
}

pub(super) fn raw(state: &State, ask: &Ask, id: PostId) -> Outcome {
    let row = visible(state, ask, id)?;
    if !may::see_hidden_text(state, ask.viewer.user, row) {
        return Err(Refusal::NotFound);
    }
    Ok(reply::text(StatusCode::OK, row.raw.clone()))
}

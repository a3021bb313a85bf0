//! Earlier texts of posts: read, hidden, destroyed.

use serde_json::json;

use super::posts::visible;
use super::{Outcome, staff};
use crate::forum::cook::escaped;
use crate::forum::gate::Ask;
use crate::forum::ids::PostId;
use crate::forum::model::{Revision, State};
use crate::forum::refusal::Refusal;
use crate::forum::reply;
use crate::forum::rules::{edit, may};

pub(super) fn show(state: &State, ask: &Ask, id: PostId, number: Option<i64>) -> Outcome {
    let row = visible(state, ask, id)?;
    if !may::see_revisions(state, ask.viewer.user, row) {
        return Err(Refusal::InvalidAccess);
    }
    let is_staff = may::is_staff(state, ask.viewer.user);
    let shown: Vec<&Revision> = row.revisions.iter().filter(|revision| is_staff || !revision.hidden).collect();
    let revision = match number {
        Some(number) => shown.iter().find(|revision| revision.number == number),
        None => shown.last(),
    }
    .ok_or(Refusal::NotFound)?;
    let numbers: Vec<i64> = shown.iter().map(|revision| revision.number).collect();
    let author = state.users.get(&revision.user).map(|user| &user.username);
    Ok(reply::json(&json!({
        "created_at": reply::time(revision.at),
        "post_id": id,
        "previous_hidden": false,
        "current_hidden": revision.hidden,
        "first_revision": numbers.first(),
        "previous_revision": numbers.iter().rev().find(|other| **other < revision.number),
        "current_revision": revision.number,
        "next_revision": numbers.iter().find(|other| **other > revision.number),
        "last_revision": numbers.last(),
        "current_version": revision.number,
        "version_count": row.version,
        "username": author,
        "edit_reason": revision.reason,
        "body_changes": {
            "inline": format!(
                "<div class=\"inline-diff\"><del>{}</del><ins>{}</ins></div>",
                revision.before_cooked, revision.after_cooked
            ),
            "side_by_side": format!(
                "<div class=\"revision-content\">{}</div><div class=\"revision-content\">{}</div>",
                revision.before_cooked, revision.after_cooked
            ),
            "side_by_side_markdown": format!(
                "<table class=\"markdown\"><tr><td class=\"diff-del\">{}</td><td class=\"diff-ins\">{}</td></tr></table>",
                escaped(&revision.before_raw),
                escaped(&revision.after_raw)
            ),
        },
        "can_edit": may::edit_post(state, ask.viewer.user, row),
    })))
}

pub(super) fn hide(state: &mut State, ask: &Ask, id: PostId, number: i64, hide: bool) -> Outcome {
    staff(state, ask)?;
    visible(state, ask, id)?;
    let row = state.posts.get_mut(&id).ok_or(Refusal::NotFound)?;
    let revision = row.revisions.iter_mut().find(|revision| revision.number == number).ok_or(Refusal::NotFound)?;
    revision.hidden = hide;
    Ok(reply::empty())
}

pub(super) fn forget(state: &mut State, ask: &Ask, id: PostId) -> Outcome {
    let by = staff(state, ask)?;
    visible(state, ask, id)?;
    if !state.options.can_permanently_delete {
        return Err(Refusal::InvalidAccess);
    }
    state
        .windows
        .act(&format!("forget-revisions {by}"), 20, 60, ask.now)
        .map_err(|wait| Refusal::TooOften { wait, code: None })?;
    let row = state.posts.get_mut(&id).ok_or(Refusal::NotFound)?;
    if edit::forget_revisions(row) { Ok(reply::empty()) } else { Err(Refusal::NotFound) }
}

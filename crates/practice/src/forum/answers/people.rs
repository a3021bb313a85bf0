//! Sessions, profiles and addresses.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::{Outcome, somebody};
use crate::forum::gate::Ask;
use crate::forum::ids::UserId;
use crate::forum::keys::{AdminScope, Permits, granular_actions};
use crate::forum::model::State;
use crate::forum::refusal::Refusal;
use crate::forum::reply;
use crate::forum::rules::may;
use crate::forum::views::user;

/// Nobody gets 404 with nothing in it.
pub(super) fn current(state: &State, ask: &Ask) -> Response {
    match may::user(state, ask.viewer.user) {
        Some(person) => reply::json(&user::current(state, person)),
        None => reply::text(StatusCode::NOT_FOUND, ""),
    }
}

/// What an admin key may do; an empty list means everything.
pub(super) fn scopes(state: &State, ask: &Ask) -> Outcome {
    let key = ask.viewer.key.as_ref().and_then(|token| state.keys.get(token));
    let Some(Permits::Admin { scope, .. }) = key.map(|key| &key.permits) else {
        return Err(Refusal::NotFound);
    };
    let list: Vec<Value> = match scope {
        AdminScope::Global => Vec::new(),
        AdminScope::ReadOnly => vec![one_scope("global", "read", &[])],
        AdminScope::Granular(names) => names
            .iter()
            .filter_map(|name| Some((name.split_once(':')?, granular_actions(name))))
            .map(|((resource, action), actions)| one_scope(resource, action, actions))
            .collect(),
    };
    Ok(reply::json(&json!({"scopes": list})))
}

fn one_scope(resource: &str, action: &str, urls: &[&str]) -> Value {
    json!({
        "resource": resource,
        "action": action,
        "key": action,
        "parameters": [],
        "urls": urls,
        "allowed_parameters": null,
    })
}

pub(super) fn revoke(state: &mut State, ask: &Ask) -> Outcome {
    let token = ask.viewer.key.clone().unwrap_or_default();
    match state.keys.get_mut(&token) {
        Some(key) if matches!(key.permits, Permits::User { .. }) => {
            key.revoked = true;
            Ok(reply::json(&json!({"success": "OK"})))
        }
        _ => Err(Refusal::InvalidAccess),
    }
}

pub(super) fn profile(state: &State, ask: &Ask, name: &str) -> Outcome {
    let person = state.user_named(name).ok_or(Refusal::NotFound)?;
    Ok(reply::json(&user::profile(state, ask.viewer.user, person)))
}

/// Who is in a group, page by page.
pub(super) fn members(state: &State, ask: &Ask, name: &str) -> Outcome {
    let viewer = ask.viewer.user;
    let group = state.group_named(name).ok_or(Refusal::NotFound)?;
    if !(group.members_visible || may::is_member(group, viewer) || may::is_admin(state, viewer)) {
        return Err(Refusal::InvalidAccess);
    }
    let number = |name: &str| ask.params.number(name).and_then(|number| usize::try_from(number).ok());
    let (limit, offset) = (number("limit").unwrap_or(50), number("offset").unwrap_or(0));
    if limit > 1000 {
        return Err(Refusal::InvalidParameters("limit"));
    }
    let rows = |ids: &BTreeSet<UserId>, offset: usize, limit: usize| -> Vec<Value> {
        let people = ids.iter().filter_map(|id| state.users.get(id)).filter(|person| !person.removed);
        people.skip(offset).take(limit).map(|person| user::member(state, person)).collect()
    };
    Ok(reply::json(&json!({
        "members": rows(&group.members, offset, limit),
        "owners": rows(&group.owners, 0, usize::MAX),
        "meta": {"total": group.members.len(), "limit": limit, "offset": offset},
    })))
}

/// Addresses are for oneself and admins, and for moderators where the site says so.
pub(super) fn emails(state: &State, ask: &Ask, name: &str) -> Outcome {
    let viewer = somebody(ask)?;
    let person = state.user_named(name).ok_or(Refusal::NotFound)?;
    let moderator = state.options.moderators_view_emails && may::is_staff(state, Some(viewer));
    if viewer != person.id && !may::is_admin(state, Some(viewer)) && !moderator {
        return Err(Refusal::Failed);
    }
    Ok(reply::json(&json!({
        "email": person.email,
        "secondary_emails": [],
        "unconfirmed_emails": [],
        "associated_accounts": [],
    })))
}

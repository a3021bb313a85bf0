//! Writing, editing and deleting posts, and accepting answers.

use jiff::SignedDuration;
use serde_json::json;

use super::posts::visible;
use super::{Outcome, somebody, staff};
use crate::clock::moved;
use crate::forum::gate::Ask;
use crate::forum::ids::{CategoryId, GroupId, PostId, TopicId, UserId};
use crate::forum::model::{Archetype, PostKind, Remembered, State};
use crate::forum::refusal::Refusal;
use crate::forum::reply;
use crate::forum::rules::publish::{self, NewPost, NewTopic};
use crate::forum::rules::{edit, may, moderate, remove};
use crate::forum::views::post::{self, Place};

const SHORTEST: usize = 10;

pub(super) fn create(state: &mut State, ask: &Ask) -> Outcome {
    let user = somebody(ask)?;
    let question = format!("{user} {}", ask.params.fingerprint());
    if ask.viewer.by_admin_key {
        let span = SignedDuration::from_secs(120);
        state.memory.retain(|known| moved(known.at, span) > ask.now);
        if let Some(known) = state.memory.iter().find(|known| known.question == question) {
            return Ok(reply::json(&known.answer));
        }
    }
    let raw = ask.params.text("raw").ok_or(Refusal::MissingParameter("raw"))?;
    check_text(state, ask, user, &raw)?;
    if state.options.approve_posts && !may::is_staff(state, Some(user)) {
        let number = state.next_number();
        return Ok(reply::json(&json!({
            "action": "enqueued",
            "success": true,
            "pending_post": {"id": number, "raw": raw, "created_at": reply::time(ask.now)},
        })));
    }
    let topic = match ask.params.number("topic_id").map(TopicId) {
        Some(topic) => {
            let open = state.topics.get(&topic).is_some_and(|topic| may::reply(state, Some(user), topic));
            if !open {
                return Err(Refusal::PostRefused(vec![
                    "Something has gone wrong. Perhaps this topic was closed or deleted while you were looking at it?"
                        .to_owned(),
                ]));
            }
            topic
        }
        None => start_topic(state, ask, user)?,
    };
    let mut new = NewPost::by(user, raw);
    new.reply_to = ask.params.number("reply_to_post_number");
    let by_staff = may::is_staff(state, Some(user));
    if ask.params.is_true("whisper") && by_staff {
        new.kind = PostKind::Whisper;
    }
    new.bump = !(by_staff && ask.params.is_true("no_bump"));
    let id = publish::append(state, ask.now, topic, new).ok_or(Refusal::NotFound)?;
    let row = state.posts.get(&id).ok_or(Refusal::NotFound)?;
    let mut answer = post::post(state, Some(user), row, Place::Created);
    if ask.params.is_true("nested_post") {
        answer = json!({"action": "create_post", "success": true, "post": answer});
    }
    if ask.viewer.by_admin_key {
        state.memory.push(Remembered { at: ask.now, question, answer: answer.clone() });
    }
    Ok(reply::json(&answer))
}

/// The rules for ordinary users: long enough, not again the same, not every second.
fn check_text(state: &mut State, ask: &Ask, user: UserId, raw: &str) -> Result<(), Refusal> {
    if raw.trim().chars().count() < SHORTEST {
        return Err(Refusal::PostRefused(vec![format!("Body is too short (minimum is {SHORTEST} characters)")]));
    }
    if !state.options.posting_rules || may::is_staff(state, Some(user)) {
        return Ok(());
    }
    let since = moved(ask.now, SignedDuration::from_mins(-5));
    let repeated =
        state.posts.values().any(|post| post.user == user && post.created_at > since && post.raw.trim() == raw.trim());
    if repeated {
        return Err(Refusal::PostRefused(vec!["Body is too similar to what you recently posted".to_owned()]));
    }
    state
        .windows
        .act(&format!("create-post {user}"), 1, 5, ask.now)
        .map_err(|wait| Refusal::TooOften { wait, code: None })
}

fn start_topic(state: &mut State, ask: &Ask, user: UserId) -> Result<TopicId, Refusal> {
    let title =
        ask.params.text("title").ok_or_else(|| Refusal::PostRefused(vec!["Title can't be blank".to_owned()]))?;
    let private = ask.params.text("archetype").as_deref() == Some("private_message");
    let mut new = NewTopic {
        user,
        title,
        archetype: if private { Archetype::Private } else { Archetype::Regular },
        category: None,
        users: Vec::new(),
        groups: Vec::new(),
        tags: Vec::new(),
    };
    if private {
        let names = ask.params.text("target_recipients").unwrap_or_default();
        (new.users, new.groups) = recipients(state, &names);
        if new.users.is_empty() && new.groups.is_empty() {
            return Err(Refusal::PostRefused(vec!["You must select a valid user".to_owned()]));
        }
    } else {
        new.category = ask.params.number("category").map(CategoryId).filter(|id| state.categories.contains_key(id));
        new.tags = ask.params.list("tags").unwrap_or_default();
    }
    Ok(publish::topic(state, ask.now, new))
}

/// Names of users and groups, mixed and separated by commas.
fn recipients(state: &State, names: &str) -> (Vec<UserId>, Vec<GroupId>) {
    let mut users = Vec::new();
    let mut groups = Vec::new();
    for name in names.split(',').map(str::trim) {
        if let Some(user) = state.user_named(name) {
            users.push(user.id);
        } else if let Some(group) = state.group_named(name) {
            groups.push(group.id);
        }
    }
    (users, groups)
}

pub(super) fn update(state: &mut State, ask: &Ask, id: PostId) -> Outcome {
    let by = somebody(ask)?;
    let row = visible(state, ask, id)?;
    if !may::edit_post(state, Some(by), row) {
        return Err(Refusal::InvalidAccess);
    }
    let fields = ask.params.under("post");
    let raw = fields.text("raw").ok_or(Refusal::MissingParameter("raw"))?;
    let read = fields.text("original_text").or_else(|| fields.text("raw_old"));
    if read.is_some_and(|read| read.trim() != row.raw.trim()) {
        return Err(Refusal::EditConflict);
    }
    let leader = may::user(state, Some(by)).is_some_and(|user| user.is_staff() || user.trust_level >= 4);
    let edit = edit::Edit {
        by,
        raw,
        reason: fields.text("edit_reason"),
        bypass_bump: leader && ask.params.is_true("bypass_bump"),
        always_kept: false,
    };
    edit::revise(state, ask.now, id, edit).ok_or(Refusal::NotFound)?;
    let row = state.posts.get(&id).ok_or(Refusal::NotFound)?;
    let value = post::post(state, Some(by), row, Place::Updated);
    Ok(reply::json(&json!({"post": value})))
}

pub(super) fn delete(state: &mut State, ask: &Ask, id: PostId) -> Outcome {
    let by = somebody(ask)?;
    let row = visible(state, ask, id)?;
    if ask.params.is_true("force_destroy") {
        may::destroy(state, Some(by), row.deleted_at.map(|at| (at, row.deleted_by)), ask.now)?;
        remove::destroy_post(state, id).ok_or(Refusal::NotFound)?;
        return Ok(reply::empty());
    }
    if !may::delete_post(state, Some(by), row) {
        return Err(Refusal::InvalidAccess);
    }
    if !may::is_staff(state, Some(by)) {
        for (most, seconds, name) in [(10, 86_400, "delete-day"), (2, 60, "delete-minute")] {
            state
                .windows
                .act(&format!("{name} {by}"), most, seconds, ask.now)
                .map_err(|wait| Refusal::TooOften { wait, code: None })?;
        }
    }
    remove::post(state, ask.now, id, by).ok_or(Refusal::NotFound)?;
    Ok(reply::empty())
}

pub(super) fn recover(state: &mut State, ask: &Ask, id: PostId) -> Outcome {
    staff(state, ask)?;
    visible(state, ask, id)?;
    remove::recover_post(state, id).ok_or(Refusal::NotFound)?;
    Ok(reply::empty())
}

pub(super) fn accept(state: &mut State, ask: &Ask, accept: bool) -> Outcome {
    let by = somebody(ask)?;
    let id = ask.params.number("id").map(PostId).ok_or(Refusal::MissingParameter("id"))?;
    let row = visible(state, ask, id)?;
    let author = state.topics.get(&row.topic).is_some_and(|topic| topic.user == by);
    if !state.options.solved || !(author || may::is_staff(state, Some(by))) {
        return Err(Refusal::InvalidAccess);
    }
    let number = row.number;
    let writer = state.users.get(&row.user).map(|user| user.username.clone());
    if accept {
        moderate::accept(state, id).ok_or(Refusal::NotFound)?;
    } else {
        moderate::unaccept(state, id).ok_or(Refusal::NotFound)?;
    }
    Ok(reply::json(&json!({"success": "OK", "post_number": number, "username": writer})))
}

//! Answers to calls, one module per kind of thing asked for.

mod bus;
mod inboxes;
mod people;
mod post_changes;
mod posts;
mod revisions;
mod sign_in;
mod topic_changes;
mod topics;

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;

use super::calls::Call;
use super::gate::Ask;
use super::house::House;
use super::ids::UserId;
use super::refusal::Refusal;
use super::rules::may;
use super::uploads::download;
use super::views::site;
use super::{reply, uploads};

pub(crate) use sign_in::decide as decide_code;

pub(crate) type Outcome = Result<Response, Refusal>;

/// Answers a call that was let in.
pub(crate) async fn give(house: &Arc<House>, call: &Call, ask: &Ask) -> Outcome {
    match call {
        Call::ShortUrl(name) => return download::short(house, ask, name).await,
        Call::DirectUpload(rest) => return download::direct(house, ask, rest).await,
        Call::SecureUpload(rest) => return download::secure(house, ask, rest),
        Call::PollBus => return bus::poll(house, ask).await,
        _ => {}
    }
    let mut guard = house.state();
    let state = &mut *guard;
    match call {
        Call::Status => Ok(reply::text(StatusCode::OK, "ok")),
        Call::BasicInfo => Ok(reply::json(&site::basic_info(state))),
        Call::About => Ok(reply::json(&site::about(state))),
        Call::SiteSettings => Ok(reply::json(&site::settings(state))),
        Call::Categories => Ok(inboxes::categories(state, ask)),
        Call::Category(id) => inboxes::category_alone(state, ask, *id),
        Call::GroupMembers(name) => people::members(state, ask, name),
        Call::CurrentSession => Ok(people::current(state, ask)),
        Call::SessionScopes => people::scopes(state, ask),
        Call::RevokeOwnKey => people::revoke(state, ask),
        Call::NewKey => sign_in::new_key(state, ask),
        Call::CreateKey => sign_in::create_key(state, ask),
        Call::CreateDeviceCode => sign_in::create_device_code(state, ask),
        Call::PollDeviceCode => sign_in::poll_device_code(state, ask),
        Call::ActivateDevice => sign_in::activate(state, ask),
        Call::DecideDevice { grant } => sign_in::decide_device(state, ask, *grant),
        Call::User(name) => people::profile(state, ask, name),
        Call::Emails(name) => people::emails(state, ask, name),
        Call::Inbox(kind, name) => inboxes::personal(state, ask, *kind, name),
        Call::GroupInbox { username, group, part } => inboxes::group(state, ask, username, group, *part),
        Call::AssignedInbox(name) => inboxes::assigned(state, ask, name),
        Call::TagInbox { username, tag } => inboxes::tagged(state, ask, username, tag),
        Call::CategoryTopics(id) => inboxes::category(state, ask, *id),
        Call::Topic { id, slug, post_number } => topics::show(state, ask, *id, slug.as_deref(), *post_number),
        Call::TopicPosts(id) => topics::posts(state, ask, *id),
        Call::TopicPostIds(id) => topics::post_ids(state, ask, *id),
        Call::UpdateTopic(id) => topic_changes::update(state, ask, *id),
        Call::DeleteTopic(id) => topic_changes::delete(state, ask, *id),
        Call::RecoverTopic(id) => topic_changes::recover(state, ask, *id),
        Call::TopicStatus(id) => topic_changes::status(state, ask, *id),
        Call::Convert { id, private } => topic_changes::convert(state, ask, *id, *private),
        Call::Invite(id) => topic_changes::invite(state, ask, *id),
        Call::InviteGroup(id) => topic_changes::invite_group(state, ask, *id),
        Call::RemoveUser(id) => topic_changes::remove_user(state, ask, *id),
        Call::RemoveGroup(id) => topic_changes::remove_group(state, ask, *id),
        Call::ArchiveMessage(id) => topic_changes::archive_message(state, ask, *id, true),
        Call::MoveToInbox(id) => topic_changes::archive_message(state, ask, *id, false),
        Call::Post(id) => posts::show(state, ask, *id),
        Call::PostByNumber(topic, number) => posts::by_number(state, ask, *topic, *number),
        Call::RawPost(id) => posts::raw(state, ask, *id),
        Call::CreatePost => post_changes::create(state, ask),
        Call::UpdatePost(id) => post_changes::update(state, ask, *id),
        Call::DeletePost(id) => post_changes::delete(state, ask, *id),
        Call::RecoverPost(id) => post_changes::recover(state, ask, *id),
        Call::Accept { accept } => post_changes::accept(state, ask, *accept),
        Call::Revision { post, number } => revisions::show(state, ask, *post, *number),
        Call::HideRevision { post, number, hide } => revisions::hide(state, ask, *post, *number, *hide),
        Call::ForgetRevisions(post) => revisions::forget(state, ask, *post),
        Call::LookupUploads => uploads::create::lookup(state, ask),
        Call::CreateUpload | Call::ShortUrl(_) | Call::DirectUpload(_) | Call::SecureUpload(_) | Call::PollBus => {
            Err(Refusal::NotFound)
        }
    }
}

/// The asking user, or the refusal for nobody.
fn somebody(ask: &Ask) -> Result<UserId, Refusal> {
    ask.viewer.user.ok_or(Refusal::NotLoggedIn)
}

fn staff(state: &super::model::State, ask: &Ask) -> Result<UserId, Refusal> {
    let user = somebody(ask)?;
    if may::is_staff(state, Some(user)) { Ok(user) } else { Err(Refusal::InvalidAccess) }
}

//! New topics and posts: numbers, bumping, read marks, uploads that become used.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::forum::bus;
use crate::forum::cook;
use crate::forum::ids::{CategoryId, GroupId, PostId, TopicId, UploadId, UserId};
use crate::forum::model::{Archetype, Post, PostKind, State, Topic};
use crate::forum::reply;
use crate::forum::source::Markup;

/// What a new topic is made of; its first post follows with [`append`].
#[derive(Debug)]
pub(crate) struct NewTopic {
    pub user: UserId,
    pub title: String,
    pub archetype: Archetype,
    pub category: Option<CategoryId>,
    pub users: Vec<UserId>,
    pub groups: Vec<GroupId>,
    pub tags: Vec<String>,
}

/// What a new post is made of.
#[derive(Debug)]
pub(crate) struct NewPost {
    pub user: UserId,
    pub raw: String,
    pub kind: PostKind,
    pub action_code: Option<String>,
    pub action_code_who: Option<String>,
    pub reply_to: Option<i64>,
    /// Moves the topic up in lists.
    pub bump: bool,
    pub forms: BTreeMap<UploadId, Markup>,
}

impl NewPost {
    pub(crate) fn by(user: UserId, raw: impl Into<String>) -> Self {
        Self {
            user,
            raw: raw.into(),
            kind: PostKind::Regular,
            action_code: None,
            action_code_who: None,
            reply_to: None,
            bump: true,
            forms: BTreeMap::new(),
        }
    }

    /// A post without words that says what was done. It does not bump unless told to.
    pub(crate) fn small_action(user: UserId, code: &str) -> Self {
        Self { kind: PostKind::SmallAction, action_code: Some(code.to_owned()), bump: false, ..Self::by(user, "") }
    }
}

pub(crate) fn topic(state: &mut State, now: Timestamp, new: NewTopic) -> TopicId {
    let id = TopicId(state.next_number());
    let mut allowed_users = new.users;
    if new.archetype == Archetype::Private && !allowed_users.contains(&new.user) {
        allowed_users.insert(0, new.user);
    }
    for tag in &new.tags {
        state.tag_id(tag);
    }
    state.topics.insert(
        id,
        Topic {
            id,
            slug: slug(&new.title),
            title: new.title,
            archetype: new.archetype,
            category: new.category,
            user: new.user,
            created_at: now,
            bumped_at: now,
            last_posted_at: now,
            last_poster: new.user,
            closed: false,
            archived: false,
            visible: true,
            deleted_at: None,
            deleted_by: None,
            allowed_users,
            allowed_groups: new.groups,
            posts: Vec::new(),
            highest_post_number: 0,
            tags: new.tags,
            accepted: Vec::new(),
            archived_by_users: BTreeSet::new(),
            archived_by_groups: BTreeSet::new(),
            last_read: BTreeMap::new(),
            bus: 0,
            views: 1,
            assigned: None,
        },
    );
    id
}

/// Appends a post; nothing happens when the topic does not exist.
pub(crate) fn append(state: &mut State, now: Timestamp, topic: TopicId, new: NewPost) -> Option<PostId> {
    state.topics.get(&topic)?;
    let id = PostId(state.next_number());
    let cooked = cook::cook(state, &new.raw, &new.forms);
    let row = state.topics.get_mut(&topic)?;
    row.highest_post_number += 1;
    row.posts.push(id);
    row.last_read.insert(new.user, row.highest_post_number);
    if new.kind != PostKind::Whisper {
        row.last_posted_at = now;
        row.last_poster = new.user;
        if new.bump {
            row.bumped_at = now;
        }
    }
    // A new post brings the thread back to every inbox it was archived in.
    row.archived_by_users.clear();
    row.archived_by_groups.clear();
    let post = Post {
        id,
        topic,
        user: new.user,
        number: row.highest_post_number,
        kind: new.kind,
        action_code: new.action_code,
        action_code_who: new.action_code_who,
        created_at: now,
        updated_at: now,
        raw: new.raw,
        cooked: cooked.html,
        links: cooked.links,
        uploads: cooked.uploads,
        forms: new.forms,
        reply_to: new.reply_to,
        version: 1,
        revisions: Vec::new(),
        edit_reason: None,
        hidden: false,
        deleted_at: None,
        deleted_by: None,
        user_deleted: false,
    };
    bind_secure_uploads(state, &post);
    bus::of_topic(state, topic, told(&post, "created"));
    bus::of_post(state, topic, post.user, post.kind);
    state.posts.insert(id, post);
    Some(id)
}

/// What those who have the topic open hear of a post.
pub(crate) fn told(post: &Post, kind: &str) -> Value {
    json!({
        "id": post.id,
        "post_number": post.number,
        "updated_at": reply::time(post.updated_at),
        "user_id": post.user,
        "last_editor_id": post.user,
        "type": kind,
        "version": post.version,
    })
}

/// On secure sites the first post that uses an upload guards it from then on.
pub(crate) fn bind_secure_uploads(state: &mut State, post: &Post) {
    for upload in &post.uploads {
        if let Some(upload) = state.uploads.get_mut(upload)
            && upload.secure
            && upload.access_control_post.is_none()
        {
            upload.access_control_post = Some(post.id);
        }
    }
}

/// A title as part of an address.
pub(crate) fn slug(title: &str) -> String {
    let mut slug = String::new();
    for character in title.chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "topic".to_owned() } else { slug.to_owned() }
}

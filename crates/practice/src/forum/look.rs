//! Looking at the forum from a test, past all rules.

use std::path::PathBuf;

use jiff::Timestamp;

use super::PracticeForum;
use super::ids::{PostId, TopicId, UploadId};
use super::log::{ForeignHit, RequestRecord};
use super::model::{Archetype, Post, PostKind, State, Topic};
use super::reply;

/// A topic as the forum's database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicLook {
    /// The topic's number.
    pub id: TopicId,
    /// Its title.
    pub title: String,
    /// Its title in addresses.
    pub slug: String,
    /// Whether it is a private thread.
    pub private: bool,
    /// Whether it is closed.
    pub closed: bool,
    /// Whether it is archived (read-only).
    pub archived: bool,
    /// When it was last moved up in lists.
    pub bumped_at: Timestamp,
    /// When it was deleted, if it was.
    pub deleted_at: Option<Timestamp>,
    /// Whether an answer is accepted.
    pub solved: bool,
    /// Usernames of those let in one by one.
    pub users: Vec<String>,
    /// Names of the groups let in.
    pub groups: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
}

/// A post as the forum's database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostLook {
    /// The post's number in the forum.
    pub id: PostId,
    /// The post's number in the topic, from 1.
    pub number: i64,
    /// Who wrote it.
    pub username: String,
    /// Its source text.
    pub raw: String,
    /// Its HTML.
    pub cooked: String,
    /// What a small action says, such as `closed.enabled`.
    pub action_code: Option<String>,
    /// Whether only staff see it.
    pub whisper: bool,
    /// When it was deleted, if it was.
    pub deleted_at: Option<Timestamp>,
    /// Its version; 1 when never edited.
    pub version: i64,
    /// The uploads it uses.
    pub attachments: Vec<AttachmentLook>,
}

/// An upload a post uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentLook {
    /// The upload's number.
    pub id: UploadId,
    /// The name its first uploader gave it.
    pub original_filename: String,
    /// Size in bytes.
    pub size: u64,
    /// What its addresses are made from, in hex: the content's SHA-1, or random on a secure site.
    pub sha1: String,
    /// `upload://…`
    pub short_url: String,
    /// `/uploads/short-url/…`, below the forum's root.
    pub short_path: String,
}

impl PracticeForum {
    /// A topic, if there is one.
    pub fn topic(&self, id: TopicId) -> Option<TopicLook> {
        let state = self.house().state();
        state.topics.get(&id).map(|topic| look_topic(&state, topic))
    }

    /// All topics in the order they were started.
    pub fn topics(&self) -> Vec<TopicLook> {
        let state = self.house().state();
        state.topics.values().map(|topic| look_topic(&state, topic)).collect()
    }

    /// A topic's posts in order, deleted ones and small actions too; none for an unknown topic.
    pub fn posts(&self, id: TopicId) -> Vec<PostLook> {
        let state = self.house().state();
        let Some(topic) = state.topics.get(&id) else {
            return Vec::new();
        };
        state.posts_of(topic).map(|post| look_post(&state, post)).collect()
    }

    /// Every request so far, oldest first.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.house().state().requests.iter().cloned().collect()
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        self.house().state().requests.clear();
    }

    /// Every hit on the storage origin so far, oldest first.
    pub fn foreign_hits(&self) -> Vec<ForeignHit> {
        self.house().state().foreign_hits.iter().cloned().collect()
    }

    /// The folder uploads lie in; it goes away with the forum.
    pub fn folder(&self) -> PathBuf {
        self.house().folder.path().to_owned()
    }

    /// How many files lie on the forum's disk, tombstones included.
    pub fn files_on_disk(&self) -> usize {
        std::fs::read_dir(self.house().folder.path()).map_or(0, Iterator::count)
    }

    /// The clock's time as the forum writes it in JSON.
    pub fn time_in_json(&self) -> String {
        reply::time(self.house().clock.now())
    }
}

fn look_topic(state: &State, topic: &Topic) -> TopicLook {
    TopicLook {
        id: topic.id,
        title: topic.title.clone(),
        slug: topic.slug.clone(),
        private: topic.archetype == Archetype::Private,
        closed: topic.closed,
        archived: topic.archived,
        bumped_at: topic.bumped_at,
        deleted_at: topic.deleted_at,
        solved: !topic.accepted.is_empty(),
        users: topic
            .allowed_users
            .iter()
            .filter_map(|id| state.users.get(id))
            .map(|user| user.username.clone())
            .collect(),
        groups: topic
            .allowed_groups
            .iter()
            .filter_map(|id| state.groups.get(id))
            .map(|group| group.name.clone())
            .collect(),
        tags: topic.tags.clone(),
    }
}

pub(super) fn look_post(state: &State, post: &Post) -> PostLook {
    PostLook {
        id: post.id,
        number: post.number,
        username: state.users.get(&post.user).map(|user| user.username.clone()).unwrap_or_default(),
        raw: post.raw.clone(),
        cooked: post.cooked.clone(),
        action_code: post.action_code.clone(),
        whisper: post.kind == PostKind::Whisper,
        deleted_at: post.deleted_at,
        version: post.version,
        attachments: post
            .uploads
            .iter()
            .filter_map(|id| state.uploads.get(id))
            .map(|upload| AttachmentLook {
                id: upload.id,
                original_filename: upload.original_filename.clone(),
                size: upload.size,
                sha1: upload.sha1_hex(),
                short_url: upload.short_url(),
                short_path: state.rooted(&upload.short_path()),
            })
            .collect(),
    }
}

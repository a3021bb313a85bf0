//! What the forum keeps: users, topics, posts, uploads. Rules live beside the routes, not here.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use jiff::Timestamp;
use serde_json::Value;

use super::bus::Bus;
use super::cook::PostLink;
use super::ids::{CategoryId, GroupId, PostId, SYSTEM, TopicId, UploadId, UserId};
use super::keys::Key;
use super::limits::Windows;
use super::log::{ForeignHit, RequestRecord};
use super::options::ForumOptions;
use super::sign_in::DeviceCodes;
use super::source::Markup;
use super::uploads::store::{Tombstone, Upload};

/// Everything the forum knows, behind one lock.
#[derive(Debug)]
pub(crate) struct State {
    pub options: ForumOptions,
    /// `http://127.0.0.1:port`, without the subfolder.
    pub origin: String,
    /// The second origin, which acts as the object store.
    pub storage_origin: String,
    pub users: BTreeMap<UserId, User>,
    pub groups: BTreeMap<GroupId, Group>,
    pub categories: BTreeMap<CategoryId, Category>,
    pub topics: BTreeMap<TopicId, Topic>,
    pub posts: BTreeMap<PostId, Post>,
    pub uploads: BTreeMap<UploadId, Upload>,
    pub tombstones: Vec<Tombstone>,
    pub drafts: Vec<Draft>,
    pub keys: HashMap<String, Key>,
    pub windows: Windows,
    pub memory: Vec<Remembered>,
    pub tag_ids: Vec<String>,
    pub last_clean_up: Option<Timestamp>,
    pub requests: VecDeque<RequestRecord>,
    pub foreign_hits: VecDeque<ForeignHit>,
    pub bus: Bus,
    /// Sign-ins that wait for a code to be typed.
    pub device_codes: DeviceCodes,
    last_number: i64,
}

impl State {
    pub(crate) fn new(options: ForumOptions, origin: String, storage_origin: String, now: Timestamp) -> Self {
        let system = User {
            id: SYSTEM,
            username: "system".to_owned(),
            name: "system".to_owned(),
            email: "no_reply@support.example".to_owned(),
            admin: true,
            moderator: true,
            trust_level: 4,
            staged: false,
            suspended: false,
            removed: false,
            created_at: now,
        };
        Self {
            options,
            origin,
            storage_origin,
            users: BTreeMap::from([(SYSTEM, system)]),
            groups: BTreeMap::new(),
            categories: BTreeMap::new(),
            topics: BTreeMap::new(),
            posts: BTreeMap::new(),
            uploads: BTreeMap::new(),
            tombstones: Vec::new(),
            drafts: Vec::new(),
            keys: HashMap::new(),
            windows: Windows::default(),
            memory: Vec::new(),
            tag_ids: Vec::new(),
            last_clean_up: None,
            requests: VecDeque::new(),
            foreign_hits: VecDeque::new(),
            bus: Bus::default(),
            device_codes: DeviceCodes::default(),
            last_number: 1000,
        }
    }

    /// A number nobody has yet. One series for all kinds, so that a mixed-up id never fits by luck.
    pub(crate) fn next_number(&mut self) -> i64 {
        self.last_number += 1;
        self.last_number
    }

    pub(crate) fn user_named(&self, username: &str) -> Option<&User> {
        let wanted = username.to_lowercase();
        self.users.values().find(|user| !user.removed && user.username.to_lowercase() == wanted)
    }

    pub(crate) fn group_named(&self, name: &str) -> Option<&Group> {
        let wanted = name.to_lowercase();
        self.groups.values().find(|group| group.name.to_lowercase() == wanted)
    }

    pub(crate) fn tag_id(&mut self, name: &str) {
        if !self.tag_ids.iter().any(|known| known == name) {
            self.tag_ids.push(name.to_owned());
        }
    }

    /// The posts of a topic in order, deleted ones too.
    pub(crate) fn posts_of(&self, topic: &Topic) -> impl Iterator<Item = &Post> {
        topic.posts.iter().filter_map(|id| self.posts.get(id))
    }

    /// Full address of something under the forum's root.
    pub(crate) fn rooted(&self, path: &str) -> String {
        format!("{}{path}", self.options.subfolder)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct User {
    pub id: UserId,
    pub username: String,
    pub name: String,
    pub email: String,
    pub admin: bool,
    pub moderator: bool,
    pub trust_level: i64,
    pub staged: bool,
    pub suspended: bool,
    /// The account is gone; its posts remain without an author.
    pub removed: bool,
    pub created_at: Timestamp,
}

impl User {
    pub(crate) fn is_staff(&self) -> bool {
        self.admin || self.moderator
    }

    pub(crate) fn avatar(&self) -> String {
        let letter: String = self.username.chars().take(1).collect();
        format!("/letter_avatar_proxy/v4/letter/{letter}/9dc877/{{size}}.png")
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub id: GroupId,
    pub name: String,
    pub full_name: Option<String>,
    pub members: BTreeSet<UserId>,
    pub owners: BTreeSet<UserId>,
    pub has_messages: bool,
    /// Whether others may see who is in it.
    pub members_visible: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Category {
    pub id: CategoryId,
    pub name: String,
    pub slug: String,
    /// Groups that see it; empty for everybody.
    pub groups: BTreeSet<GroupId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Archetype {
    Private,
    Regular,
}

impl Archetype {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Private => "private_message",
            Self::Regular => "regular",
        }
    }
}

/// Whom a topic is assigned to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Assignee {
    User(UserId),
    Group(GroupId),
}

#[derive(Clone, Debug)]
pub(crate) struct Topic {
    pub id: TopicId,
    pub title: String,
    pub slug: String,
    pub archetype: Archetype,
    pub category: Option<CategoryId>,
    pub user: UserId,
    pub created_at: Timestamp,
    pub bumped_at: Timestamp,
    pub last_posted_at: Timestamp,
    pub last_poster: UserId,
    pub closed: bool,
    pub archived: bool,
    pub visible: bool,
    pub deleted_at: Option<Timestamp>,
    pub deleted_by: Option<UserId>,
    pub allowed_users: Vec<UserId>,
    pub allowed_groups: Vec<GroupId>,
    pub posts: Vec<PostId>,
    pub highest_post_number: i64,
    pub tags: Vec<String>,
    pub accepted: Vec<PostId>,
    pub archived_by_users: BTreeSet<UserId>,
    pub archived_by_groups: BTreeSet<GroupId>,
    pub last_read: BTreeMap<UserId, i64>,
    pub bus: i64,
    pub views: i64,
    pub assigned: Option<Assignee>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PostKind {
    Regular,
    SmallAction,
    Whisper,
}

impl PostKind {
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Regular => 1,
            Self::SmallAction => 3,
            Self::Whisper => 4,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Post {
    pub id: PostId,
    pub topic: TopicId,
    pub user: UserId,
    pub number: i64,
    pub kind: PostKind,
    pub action_code: Option<String>,
    pub action_code_who: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub raw: String,
    pub cooked: String,
    pub links: Vec<PostLink>,
    /// Uploads this post refers to: what keeps them from the clean-up.
    pub uploads: BTreeSet<UploadId>,
    /// How each upload is to be shown, where a script chose.
    pub forms: BTreeMap<UploadId, Markup>,
    pub reply_to: Option<i64>,
    pub version: i64,
    pub revisions: Vec<Revision>,
    pub edit_reason: Option<String>,
    pub hidden: bool,
    pub deleted_at: Option<Timestamp>,
    pub deleted_by: Option<UserId>,
    pub user_deleted: bool,
}

/// The text a post had before an edit.
#[derive(Clone, Debug)]
pub(crate) struct Revision {
    /// Revision numbers start at 2: the text as first written is version 1.
    pub number: i64,
    pub user: UserId,
    pub at: Timestamp,
    pub before_raw: String,
    pub before_cooked: String,
    pub after_raw: String,
    pub after_cooked: String,
    pub reason: Option<String>,
    pub hidden: bool,
}

/// A half-written reply; its uploads count as used.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub user: UserId,
    pub topic: TopicId,
    pub uploads: BTreeSet<UploadId>,
}

/// An answer given to an admin key, given again to the same question for two minutes.
#[derive(Clone, Debug)]
pub(crate) struct Remembered {
    pub at: Timestamp,
    pub question: String,
    pub answer: Value,
}

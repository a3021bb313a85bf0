//! The forum's JSON, as little of it as is needed. Fields come and go with versions: what is not vital may be missing.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Session {
    pub current_user: CurrentUser,
}

#[derive(Deserialize)]
pub(super) struct CurrentUser {
    pub id: i64,
    pub username: String,
    pub staff: Option<bool>,
    pub admin: Option<bool>,
    pub moderator: Option<bool>,
    pub groups: Option<Vec<Group>>,
}

#[derive(Deserialize)]
pub(super) struct Group {
    pub name: String,
    pub has_messages: Option<bool>,
}

#[derive(Deserialize)]
pub(super) struct TopicListPage {
    pub topic_list: TopicList,
}

#[derive(Deserialize)]
pub(super) struct TopicList {
    pub topics: Vec<ListedTopic>,
    pub more_topics_url: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ListedTopic {
    pub id: i64,
    pub bumped_at: Option<Timestamp>,
    pub highest_post_number: Option<i64>,
    pub posts_count: Option<i64>,
    pub closed: Option<bool>,
    pub archived: Option<bool>,
    pub visible: Option<bool>,
    pub has_accepted_answer: Option<bool>,
    /// Of the plugin discourse-assign.
    pub assigned_to_user: Option<Assignee>,
}

#[derive(Deserialize)]
pub(super) struct Assignee {
    pub username: String,
}

#[derive(Deserialize)]
pub(super) struct Topic {
    pub id: i64,
    pub title: Option<String>,
    pub archetype: Option<String>,
    pub category_id: Option<i64>,
    pub closed: Option<bool>,
    pub archived: Option<bool>,
    pub deleted_at: Option<Value>,
    pub user_id: Option<i64>,
    pub tags: Option<Vec<Tag>>,
    pub post_stream: PostStream,
    pub details: Option<Details>,
    pub accepted_answer: Option<Value>,
    pub accepted_answers: Option<Value>,
    pub has_accepted_answer: Option<bool>,
}

impl Topic {
    /// Whether an answer was accepted. The fields changed when several answers became possible.
    pub(super) fn is_solved(&self) -> bool {
        self.accepted_answer.as_ref().is_some_and(Value::is_object)
            || self.accepted_answers.as_ref().and_then(Value::as_array).is_some_and(|answers| !answers.is_empty())
            || self.has_accepted_answer == Some(true)
    }
}

/// A name until 2025, an object since.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Tag {
    Name(String),
    Object { name: String },
}

impl Tag {
    pub(super) fn into_name(self) -> String {
        match self {
            Self::Name(name) | Self::Object { name } => name,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Details {
    pub created_by: Option<User>,
    pub participants: Option<Vec<User>>,
}

#[derive(Deserialize)]
pub(super) struct User {
    pub id: i64,
    pub username: String,
    pub name: Option<String>,
    pub admin: Option<bool>,
    pub moderator: Option<bool>,
    pub primary_group_name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct MorePosts {
    pub post_stream: PostStream,
}

#[derive(Deserialize)]
pub(super) struct PostStream {
    pub posts: Vec<Post>,
    /// Missing in topics of 10,000 posts and more.
    pub stream: Option<Vec<i64>>,
}

#[derive(Deserialize)]
pub(super) struct Post {
    pub id: i64,
    pub post_number: i64,
    pub post_type: Option<i64>,
    pub user_id: Option<i64>,
    pub username: Option<String>,
    pub name: Option<String>,
    pub created_at: Timestamp,
    pub cooked: Option<String>,
    pub cooked_hidden: Option<bool>,
    pub hidden: Option<bool>,
    pub deleted_at: Option<Value>,
    pub user_deleted: Option<bool>,
    pub yours: Option<bool>,
    pub admin: Option<bool>,
    pub moderator: Option<bool>,
    pub staff: Option<bool>,
    pub group_moderator: Option<bool>,
    pub primary_group_name: Option<String>,
}

/// A post with its source text and its history.
#[derive(Deserialize)]
pub(super) struct EditablePost {
    pub id: i64,
    pub raw: Option<String>,
    pub version: Option<u32>,
    pub edit_reason: Option<String>,
    pub created_at: Timestamp,
}

#[derive(Deserialize)]
pub(super) struct Edited {
    pub post: EditablePost,
}

/// A post by itself: enough to see that it can be read.
#[derive(Deserialize)]
pub(super) struct SinglePost {
    pub topic_id: i64,
}

#[derive(Deserialize)]
pub(super) struct Created {
    pub id: Option<i64>,
    pub action: Option<String>,
    pub post: Option<CreatedPost>,
}

#[derive(Deserialize)]
pub(super) struct CreatedPost {
    pub id: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct Emails {
    pub email: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct SiteSettings {
    pub secure_uploads: Option<bool>,
    pub enable_direct_s3_uploads: Option<bool>,
    pub enable_s3_uploads: Option<bool>,
    pub can_permanently_delete: Option<bool>,
}

#[derive(Deserialize)]
pub(super) struct Categories {
    pub category_list: CategoryList,
}

#[derive(Deserialize)]
pub(super) struct CategoryList {
    pub categories: Vec<Category>,
}

#[derive(Deserialize)]
pub(super) struct CategoryAlone {
    pub category: Category,
}

#[derive(Deserialize)]
pub(super) struct Category {
    pub id: i64,
    pub read_restricted: Option<bool>,
    pub subcategory_list: Option<Vec<Category>>,
}

#[derive(Deserialize)]
pub(super) struct GroupMembers {
    pub members: Vec<Member>,
    pub meta: Option<MembersMeta>,
}

#[derive(Deserialize)]
pub(super) struct Member {
    pub id: i64,
}

#[derive(Deserialize)]
pub(super) struct MembersMeta {
    pub total: Option<usize>,
}

/// The body of a refusal.
#[derive(Default, Deserialize)]
pub(super) struct Refused {
    pub error_type: Option<String>,
    pub extras: Option<RefusedExtras>,
}

#[derive(Deserialize)]
pub(super) struct RefusedExtras {
    pub wait_seconds: Option<f64>,
}

//! Threads: started, answered, closed, converted, stripped, deleted.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use super::people::known_user;
use crate::forum::PracticeForum;
use crate::forum::bus;
use crate::forum::cook::source_text;
use crate::forum::ids::{CategoryId, PostId, SYSTEM, TopicId, UploadId, UserId};
use crate::forum::model::{Archetype, Assignee, Draft, PostKind, State};
use crate::forum::rules::moderate::{self, Status};
use crate::forum::rules::publish::{self, NewPost, NewTopic};
use crate::forum::rules::{edit, remove};
use crate::forum::script::ScriptError;
use crate::forum::source::{Markup, PracticeFile};
use crate::forum::uploads::clean_up::{self, CleanUp};
use crate::forum::uploads::store::{self, Written};

impl PracticeForum {
    /// A customer starts a private thread with users and groups, by name.
    ///
    /// # Errors
    /// When a name is unknown or a file cannot be kept.
    pub async fn private_thread(
        &self,
        customer: &str,
        recipients: &[&str],
        title: &str,
        body: &str,
        files: Vec<PracticeFile>,
    ) -> Result<TopicId, ScriptError> {
        let mut new = self.new_topic(customer, title)?;
        new.archetype = Archetype::Private;
        {
            let state = self.house().state();
            for name in recipients {
                if let Some(user) = state.user_named(name) {
                    new.users.push(user.id);
                } else if let Some(group) = state.group_named(name) {
                    new.groups.push(group.id);
                } else {
                    return Err(ScriptError::NoSuchRecipient((*name).to_owned()));
                }
            }
        }
        self.start_thread(new, body, files).await
    }

    /// Somebody starts an ordinary topic in a category.
    ///
    /// # Errors
    /// When the user or category is unknown or a file cannot be kept.
    pub async fn public_thread(
        &self,
        username: &str,
        category: CategoryId,
        title: &str,
        body: &str,
        files: Vec<PracticeFile>,
    ) -> Result<TopicId, ScriptError> {
        let mut new = self.new_topic(username, title)?;
        if !self.house().state().categories.contains_key(&category) {
            return Err(ScriptError::NoSuchCategory(category));
        }
        new.category = Some(category);
        self.start_thread(new, body, files).await
    }

    fn new_topic(&self, username: &str, title: &str) -> Result<NewTopic, ScriptError> {
        Ok(NewTopic {
            user: known_user(&self.house().state(), username)?,
            title: title.to_owned(),
            archetype: Archetype::Regular,
            category: None,
            users: Vec::new(),
            groups: Vec::new(),
            tags: Vec::new(),
        })
    }

    async fn start_thread(&self, new: NewTopic, body: &str, files: Vec<PracticeFile>) -> Result<TopicId, ScriptError> {
        let written = self.write(files).await?;
        let user = new.user;
        let now = self.clock().now();
        let mut state = self.house().state();
        let id = publish::topic(&mut state, now, new);
        self.publish(&mut state, id, user, body, written, PostKind::Regular)?;
        Ok(id)
    }

    /// Somebody replies, with files.
    ///
    /// # Errors
    /// When the user or topic is unknown or a file cannot be kept.
    pub async fn reply(
        &self,
        username: &str,
        topic: TopicId,
        body: &str,
        files: Vec<PracticeFile>,
    ) -> Result<PostId, ScriptError> {
        let user = known_user(&self.house().state(), username)?;
        let written = self.write(files).await?;
        let mut state = self.house().state();
        self.publish(&mut state, topic, user, body, written, PostKind::Regular)
    }

    /// A note that only staff see.
    ///
    /// # Errors
    /// When the user or topic is unknown.
    pub fn whisper(&self, username: &str, topic: TopicId, body: &str) -> Result<PostId, ScriptError> {
        let mut state = self.house().state();
        let user = known_user(&state, username)?;
        self.publish(&mut state, topic, user, body, Vec::new(), PostKind::Whisper)
    }

    /// Writes files to the upload folder without holding the forum up.
    async fn write(&self, files: Vec<PracticeFile>) -> Result<Vec<(PracticeFile, Written)>, ScriptError> {
        let mut written = Vec::with_capacity(files.len());
        for file in files {
            let house = Arc::clone(self.house());
            let task = tokio::task::spawn_blocking(move || house.folder.write(&file).map(|done| (file, done)));
            written.push(task.await.map_err(std::io::Error::other)??);
        }
        Ok(written)
    }

    fn publish(
        &self,
        state: &mut State,
        topic: TopicId,
        user: UserId,
        body: &str,
        files: Vec<(PracticeFile, Written)>,
        kind: PostKind,
    ) -> Result<PostId, ScriptError> {
        let now = self.clock().now();
        let mut raw = body.to_owned();
        let mut forms = BTreeMap::new();
        for (file, written) in files {
            let id = store::adopt(state, &self.house().folder, written, file.name(), now);
            if let Some(upload) = state.uploads.get(&id) {
                raw.push_str("\n\n");
                raw.push_str(&source_text(upload, file.name()));
            }
            if file.markup() != Markup::Usual {
                forms.insert(id, file.markup());
            }
        }
        let mut new = NewPost::by(user, raw);
        new.kind = kind;
        new.forms = forms;
        publish::append(state, now, topic, new).ok_or(ScriptError::NoSuchTopic(topic))
    }

    /// Tags a topic; earlier tags go.
    ///
    /// # Errors
    /// When the topic is unknown.
    pub fn tag(&self, topic: TopicId, tags: &[&str]) -> Result<(), ScriptError> {
        let mut state = self.house().state();
        for tag in tags {
            state.tag_id(tag);
        }
        let row = state.topics.get_mut(&topic).ok_or(ScriptError::NoSuchTopic(topic))?;
        row.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        Ok(())
    }

    /// Closes a topic: the ticket is done. It does not move up in lists.
    ///
    /// # Errors
    /// When the topic is unknown.
    pub fn close(&self, topic: TopicId) -> Result<(), ScriptError> {
        self.set(topic, Status::Closed, true)
    }

    /// Opens a closed topic again, which moves it up in lists.
    ///
    /// # Errors
    /// When the topic is unknown.
    pub fn reopen(&self, topic: TopicId) -> Result<(), ScriptError> {
        self.set(topic, Status::Closed, false)
    }

    /// Archives a topic: read-only for ordinary users.
    ///
    /// # Errors
    /// When the topic is unknown.
    pub fn archive(&self, topic: TopicId) -> Result<(), ScriptError> {
        self.set(topic, Status::Archived, true)
    }

    /// Takes a topic out of ordinary users' lists.
    ///
    /// # Errors
    /// When the topic is unknown.
    pub fn unlist(&self, topic: TopicId) -> Result<(), ScriptError> {
        self.set(topic, Status::Visible, false)
    }

    /// Assigns a topic to a user, or to nobody. It moves up in no list.
    ///
    /// # Errors
    /// When the user or topic is unknown.
    pub fn assign(&self, topic: TopicId, to: Option<&str>) -> Result<(), ScriptError> {
        let mut state = self.house().state();
        let assigned = to.map(|name| known_user(&state, name)).transpose()?.map(Assignee::User);
        state.topics.get_mut(&topic).ok_or(ScriptError::NoSuchTopic(topic))?.assigned = assigned;
        Ok(())
    }

    /// Assigns a topic to a group.
    ///
    /// # Errors
    /// When the group or topic is unknown.
    pub fn assign_to_group(&self, topic: TopicId, group: &str) -> Result<(), ScriptError> {
        let mut state = self.house().state();
        let group = state.group_named(group).ok_or_else(|| ScriptError::NoSuchGroup(group.to_owned()))?.id;
        state.topics.get_mut(&topic).ok_or(ScriptError::NoSuchTopic(topic))?.assigned = Some(Assignee::Group(group));
        Ok(())
    }

    fn set(&self, topic: TopicId, status: Status, on: bool) -> Result<(), ScriptError> {
        let now = self.clock().now();
        let mut state = self.house().state();
        moderate::set(&mut state, now, topic, status, on, SYSTEM).ok_or(ScriptError::NoSuchTopic(topic))
    }

    /// Accepts a post as its topic's answer.
    ///
    /// # Errors
    /// When the post is unknown.
    pub fn accept_answer(&self, post: PostId) -> Result<(), ScriptError> {
        moderate::accept(&mut self.house().state(), post).ok_or(ScriptError::NoSuchPost(post))
    }

    /// Takes an accepted answer back.
    ///
    /// # Errors
    /// When the post is unknown.
    pub fn unaccept_answer(&self, post: PostId) -> Result<(), ScriptError> {
        moderate::unaccept(&mut self.house().state(), post).ok_or(ScriptError::NoSuchPost(post))
    }

    /// Turns a private thread into an ordinary topic of a category; with none, of one that everybody sees.
    ///
    /// # Errors
    /// When the topic is unknown.
    pub fn make_public(&self, topic: TopicId, category: Option<CategoryId>) -> Result<(), ScriptError> {
        let now = self.clock().now();
        let mut state = self.house().state();
        moderate::make_public(&mut state, now, topic, category, SYSTEM).ok_or(ScriptError::NoSuchTopic(topic))
    }

    /// Turns a topic into a private thread of those who wrote in it and `by`.
    ///
    /// # Errors
    /// When the user or topic is unknown.
    pub fn make_private(&self, topic: TopicId, by: &str) -> Result<(), ScriptError> {
        let now = self.clock().now();
        let mut state = self.house().state();
        let by = known_user(&state, by)?;
        moderate::make_private(&mut state, now, topic, by).ok_or(ScriptError::NoSuchTopic(topic))
    }

    /// Takes somebody out of a private thread.
    ///
    /// # Errors
    /// When the user or topic is unknown.
    pub fn remove_participant(&self, topic: TopicId, username: &str) -> Result<(), ScriptError> {
        let now = self.clock().now();
        let mut state = self.house().state();
        let user = known_user(&state, username)?;
        moderate::remove_user(&mut state, now, topic, user, SYSTEM).ok_or(ScriptError::NoSuchTopic(topic))
    }

    /// Archives the thread in one user's inbox.
    ///
    /// # Errors
    /// When the user or topic is unknown.
    pub fn archive_in_inbox(&self, topic: TopicId, username: &str) -> Result<(), ScriptError> {
        let mut state = self.house().state();
        let user = known_user(&state, username)?;
        let row = state.topics.get_mut(&topic).ok_or(ScriptError::NoSuchTopic(topic))?;
        row.archived_by_users.insert(user);
        Ok(())
    }

    /// Deletes a topic softly: staff still see it, uploads stay used.
    ///
    /// # Errors
    /// When the topic is unknown.
    pub fn soft_delete_topic(&self, topic: TopicId) -> Result<(), ScriptError> {
        let now = self.clock().now();
        let mut state = self.house().state();
        remove::topic(&mut state, now, topic, SYSTEM).ok_or(ScriptError::NoSuchTopic(topic))
    }

    /// Moves every post of a thread behind those of another one; the emptied thread is removed. Posts keep their numbers.
    ///
    /// # Errors
    /// When a topic is unknown.
    pub fn merge_threads(&self, from: TopicId, into: TopicId) -> Result<(), ScriptError> {
        let now = self.clock().now();
        let mut state = self.house().state();
        let moved = std::mem::take(&mut state.topics.get_mut(&from).ok_or(ScriptError::NoSuchTopic(from))?.posts);
        let target = state.topics.get_mut(&into).ok_or(ScriptError::NoSuchTopic(into))?;
        let mut number = target.highest_post_number;
        target.posts.extend(&moved);
        target.highest_post_number += i64::try_from(moved.len()).unwrap_or(i64::MAX);
        target.bumped_at = now;
        bus::of_topic(&mut state, into, json!({"reload_topic": true}));
        for post in moved {
            number += 1;
            if let Some(post) = state.posts.get_mut(&post) {
                (post.topic, post.number) = (into, number);
            }
        }
        remove::topic(&mut state, now, from, SYSTEM).ok_or(ScriptError::NoSuchTopic(from))
    }

    /// Brings a deleted topic back.
    ///
    /// # Errors
    /// When the topic is unknown.
    pub fn recover_topic(&self, topic: TopicId) -> Result<(), ScriptError> {
        remove::recover_topic(&mut self.house().state(), topic).ok_or(ScriptError::NoSuchTopic(topic))
    }

    /// Deletes a post softly.
    ///
    /// # Errors
    /// When the post is unknown.
    pub fn soft_delete_post(&self, post: PostId) -> Result<(), ScriptError> {
        let now = self.clock().now();
        let mut state = self.house().state();
        remove::post(&mut state, now, post, SYSTEM).ok_or(ScriptError::NoSuchPost(post))
    }

    /// Destroys a post for good, with its revisions and its hold on uploads.
    ///
    /// # Errors
    /// When the post is unknown.
    pub fn destroy_post(&self, post: PostId) -> Result<(), ScriptError> {
        remove::destroy_post(&mut self.house().state(), post).ok_or(ScriptError::NoSuchPost(post))
    }

    /// Hides a post after flags: ordinary users see a notice in its place.
    ///
    /// # Errors
    /// When the post is unknown.
    pub fn hide_post(&self, post: PostId) -> Result<(), ScriptError> {
        let mut state = self.house().state();
        state.posts.get_mut(&post).ok_or(ScriptError::NoSuchPost(post))?.hidden = true;
        Ok(())
    }

    /// Changes a post's text.
    ///
    /// # Errors
    /// When the user or post is unknown.
    pub fn edit_post(&self, username: &str, post: PostId, raw: &str) -> Result<(), ScriptError> {
        let now = self.clock().now();
        let mut state = self.house().state();
        let by = known_user(&state, username)?;
        let edit = edit::Edit { by, raw: raw.to_owned(), reason: None, bypass_bump: false, always_kept: false };
        edit::revise(&mut state, now, post, edit).ok_or(ScriptError::NoSuchPost(post))
    }

    /// Takes one attachment out of a post's text; the old text stays in a revision.
    ///
    /// # Errors
    /// When the user or post is unknown or the post does not use the upload.
    pub fn strip_attachment(&self, username: &str, post: PostId, upload: UploadId) -> Result<(), ScriptError> {
        let now = self.clock().now();
        let mut state = self.house().state();
        let by = known_user(&state, username)?;
        let row = state.posts.get(&post).ok_or(ScriptError::NoSuchPost(post))?;
        let used = row.uploads.contains(&upload);
        let Some(short_url) = state.uploads.get(&upload).filter(|_| used).map(store::Upload::short_url) else {
            return Err(ScriptError::NotAttached { post, upload });
        };
        let edit = edit::Edit {
            by,
            raw: edit::without_upload(&row.raw, &short_url),
            reason: Some("Attachment removed on customer request".to_owned()),
            bypass_bump: true,
            always_kept: false,
        };
        edit::revise(&mut state, now, post, edit).ok_or(ScriptError::NoSuchPost(post))
    }

    /// Cooks a post anew, as the forum does after changes to its markup.
    ///
    /// # Errors
    /// When the post is unknown.
    pub fn rebake(&self, post: PostId) -> Result<(), ScriptError> {
        let now = self.clock().now();
        edit::rebake(&mut self.house().state(), now, post).ok_or(ScriptError::NoSuchPost(post))
    }

    /// Somebody has a half-written reply that quotes these uploads: it keeps them from the clean-up.
    ///
    /// # Errors
    /// When the user is unknown.
    pub fn save_draft(&self, username: &str, topic: TopicId, uploads: &[UploadId]) -> Result<(), ScriptError> {
        let mut state = self.house().state();
        let user = known_user(&state, username)?;
        state.drafts.retain(|draft| !(draft.user == user && draft.topic == topic));
        if !uploads.is_empty() {
            state.drafts.push(Draft { user, topic, uploads: uploads.iter().copied().collect() });
        }
        Ok(())
    }

    /// Runs the forum's clean-up job now, with its own rules about age and spacing.
    pub fn run_clean_up(&self) -> CleanUp {
        let now = self.clock().now();
        clean_up::run(&mut self.house().state(), &self.house().folder, now)
    }
}

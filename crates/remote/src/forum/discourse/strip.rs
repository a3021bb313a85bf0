//! Taking an attachment out of the posts of a thread, as far as our rights go.
//!
//! A forum has no call that removes an upload. What no post uses any more, its own clean-up ends; until then the file can
//! be reached through the texts before the edit, so these are purged or hidden too.

mod markup;

use custody_core::{
    case::TopicId,
    ports::{AttachmentRef, EarlierTexts, Fault, PortError, PortResult, Stripped},
};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{DiscourseForum, api};
use crate::{
    forum::base62,
    http::{Failure, budget::Purpose},
};

/// What the history of the post says. It also tells a text of ours from one that others changed.
const REASON: &str = "Attachment erased by support";
/// More posts of one thread do not quote the same file.
const MOST_POSTS: usize = 50;
const HOUR: SignedDuration = SignedDuration::from_hours(1);

impl DiscourseForum {
    pub(super) async fn strip_thread(&self, topic: TopicId, attachment: &AttachmentRef) -> PortResult<Stripped> {
        let marks = marks(attachment);
        let mut posts = vec![attachment.post];
        posts.extend(self.posts_that_show(topic, &marks).await?);
        posts.dedup();
        let mut earlier_texts = EarlierTexts::Purged;
        let mut attached_at = self.clock.now();
        for post in posts.into_iter().take(MOST_POSTS) {
            match self.strip_post(post, &marks).await {
                Ok(done) => {
                    earlier_texts = earlier_texts.max(done.earlier_texts);
                    attached_at = attached_at.min(done.created_at);
                }
                Err(error) if matches!(error.fault, Fault::NotAllowed | Fault::NotFound) => {
                    return Ok(Stripped::NotAllowed);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Stripped::TakenOut { earlier_texts, ends_by: self.clean_up_ends(attached_at).await? })
    }

    /// The posts of the thread, besides its own, whose text shows the file: answers that quote it.
    async fn posts_that_show(&self, topic: TopicId, marks: &[String]) -> PortResult<Vec<i64>> {
        let shows = |post: &api::Post| {
            post.cooked.as_ref().is_some_and(|html| marks.iter().any(|mark| html.contains(mark.as_str())))
        };
        let read = self.read_posts(topic).await;
        match read {
            Ok(posts) => Ok(posts.iter().filter(|post| shows(post)).map(|post| post.id).collect()),
            // Out of our reach by now: then its posts are as well, and the attempt on the first says so.
            Err(error) if matches!(error.fault, Fault::NotAllowed | Fault::NotFound) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    async fn strip_post(&self, id: i64, marks: &[String]) -> PortResult<Done> {
        let route = "post.show";
        let url = self.page(&["posts", &id.to_string()]);
        let mut post: api::EditablePost =
            self.ask_json(Purpose::Reading, route, Method::GET, url.clone(), None).await?;
        if post.id != id {
            return Err(Failure::of_sense(route, "another post than asked for"));
        }
        let raw = post.raw.take().ok_or_else(|| Failure::of_sense(route, "a post without its source"))?;
        let without = markup::without(&raw, marks);
        let is_ours = post.edit_reason.as_deref() == Some(REASON);
        if let Some(without) = without {
            let body = json!({
                "post": { "raw": without, "edit_reason": REASON, "original_text": raw },
                "bypass_bump": true,
            });
            let edited: api::Edited =
                self.ask_json(Purpose::Reply, "post.update", Method::PUT, url, Some(body.to_string())).await?;
            post = edited.post;
        } else if !is_ours {
            // Somebody else took it out, or it was never in the source: the history is theirs.
            return Ok(Done { earlier_texts: EarlierTexts::Readable, created_at: post.created_at });
        }
        let earlier_texts = self.end_earlier_texts(id, post.version.unwrap_or(1)).await?;
        Ok(Done { earlier_texts, created_at: post.created_at })
    }

    /// Purges the post's history where the site lets staff do so, otherwise hides each step of it.
    async fn end_earlier_texts(&self, id: i64, version: u32) -> PortResult<EarlierTexts> {
        if version < 2 {
            return Ok(EarlierTexts::Purged);
        }
        let post = id.to_string();
        if self.site_settings().await?.can_permanently_delete == Some(true) {
            let url = self.page(&["posts", &post, "revisions", "permanently_delete"]);
            if self.does(Method::DELETE, "post.revisions.purge", url).await? {
                return Ok(EarlierTexts::Purged);
            }
        }
        for revision in 2..=version {
            let url = self.page(&["posts", &post, "revisions", &revision.to_string(), "hide"]);
            if !self.does(Method::PUT, "post.revision.hide", url).await? {
                return Ok(EarlierTexts::Readable);
            }
        }
        Ok(EarlierTexts::Hidden)
    }

    /// Whether the forum did it; `false` if it is not ours to do.
    async fn does(&self, method: Method, route: &'static str, url: url::Url) -> PortResult<bool> {
        let answer = self.ask(Purpose::Reply, route, method, url, None).await?;
        match answer.status() {
            StatusCode::OK | StatusCode::NO_CONTENT => Ok(true),
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => {
                drop(answer);
                // Only a forum that still knows us can tell us that.
                self.make_sure_of_account().await.map(|_| false)
            }
            _ => Err(self.refused(Purpose::Reply, answer).await),
        }
    }

    /// When an upload that no post uses is gone at the latest, bytes included, with the usual settings of a forum: it must be
    /// two days old, the clean-up runs once a day, and what it took lies for thirty days more. `None` where that is not
    /// sure: guarded uploads are never cleaned up, and a bucket's own rules are not ours to know.
    async fn clean_up_ends(&self, attached_at: Timestamp) -> PortResult<Option<Timestamp>> {
        let site = self.site_settings().await?;
        if site.secure_uploads != Some(false) || site.enable_s3_uploads == Some(true) {
            return Ok(None);
        }
        let old_enough = attached_at.checked_add(HOUR * 48).unwrap_or(Timestamp::MAX);
        let from = old_enough.max(self.clock.now());
        Ok(from.checked_add(HOUR * 24 * 33).ok())
    }
}

/// What was done in one post.
struct Done {
    earlier_texts: EarlierTexts,
    created_at: Timestamp,
}

/// What an upload is called in the texts of posts: its key, the SHA-1 in its addresses, or its path.
fn marks(attachment: &AttachmentRef) -> Vec<String> {
    let key = attachment.upload.reveal();
    match base62::decode(key) {
        Some(sha1) => vec![key.clone(), sha1.iter().map(|byte| format!("{byte:02x}")).collect()],
        None => vec![key.clone()],
    }
}

impl DiscourseForum {
    /// Every post of a thread, as the forum gives it.
    async fn read_posts(&self, topic: TopicId) -> PortResult<Vec<api::Post>> {
        let (mut posts, missing) = self.first_posts(topic).await?;
        for chunk in missing.chunks(super::topic::POSTS_AT_A_TIME) {
            posts.extend(self.more_posts(topic, chunk).await?);
        }
        Ok(posts)
    }

    async fn first_posts(&self, topic: TopicId) -> PortResult<(Vec<api::Post>, Vec<i64>)> {
        let url = self.page(&["t", &topic.0.to_string()]);
        let answer: api::Topic = self.ask_json(Purpose::Reading, "topic.show", Method::GET, url, None).await?;
        if answer.id != topic.0 {
            return Err(PortError::not_possible(Fault::AnswerNotUnderstood));
        }
        let posts = answer.post_stream.posts;
        let known: std::collections::HashSet<i64> = posts.iter().map(|post| post.id).collect();
        let stream = answer.post_stream.stream.unwrap_or_default();
        Ok((posts, stream.into_iter().filter(|id| !known.contains(id)).collect()))
    }
}

//! Edits and the revisions they leave.

use jiff::{SignedDuration, Timestamp};

use super::publish;
use crate::forum::bus;
use crate::forum::cook;
use crate::forum::ids::{PostId, UserId};
use crate::forum::model::{Post, Revision, State};

#[derive(Debug)]
pub(crate) struct Edit {
    pub by: UserId,
    pub raw: String,
    pub reason: Option<String>,
    pub bypass_bump: bool,
    /// Keeps the old text in a revision, however small and early the edit.
    pub always_kept: bool,
}

/// Within this time small edits by the author leave no revision.
const AUTHORS_GRACE: SignedDuration = SignedDuration::from_secs(300);
const SMALL_EDIT: usize = 100;

/// Changes a post's text. What it refers to is found anew, so a removed upload is unused at once.
pub(crate) fn revise(state: &mut State, now: Timestamp, id: PostId, edit: Edit) -> Option<()> {
    let post = state.posts.get(&id)?;
    if post.raw == edit.raw {
        return Some(());
    }
    let cooked = cook::cook(state, &edit.raw, &post.forms);
    let quiet = !edit.always_kept
        && edit.by == post.user
        && now.duration_since(post.created_at) <= AUTHORS_GRACE
        && difference(&post.raw, &edit.raw) <= SMALL_EDIT;
    let post = state.posts.get_mut(&id)?;
    if !quiet {
        post.version += 1;
        post.revisions.push(Revision {
            number: post.version,
            user: edit.by,
            at: now,
            before_raw: post.raw.clone(),
            before_cooked: post.cooked.clone(),
            after_raw: edit.raw.clone(),
            after_cooked: cooked.html.clone(),
            reason: edit.reason.clone(),
            hidden: false,
        });
    }
    post.raw = edit.raw;
    post.cooked = cooked.html;
    post.links = cooked.links;
    post.uploads = cooked.uploads;
    post.edit_reason = edit.reason;
    post.updated_at = now;
    let post = post.clone();
    publish::bind_secure_uploads(state, &post);
    bus::of_topic(state, post.topic, publish::told(&post, "revised"));
    let topic = state.topics.get_mut(&post.topic)?;
    if topic.posts.last() == Some(&id) && !edit.bypass_bump && !quiet {
        topic.bumped_at = now;
    }
    Some(())
}

/// Roughly how many characters changed: what lies between the common start and the common end.
fn difference(old: &str, new: &str) -> usize {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let shorter = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(shorter).take_while(|(a, b)| a == b).count();
    old.len().max(new.len()) - start - end
}

/// Cooks a post anew, as a rebake does: the text stays, links to vanished uploads change.
pub(crate) fn rebake(state: &mut State, now: Timestamp, id: PostId) -> Option<()> {
    let post = state.posts.get(&id)?;
    let cooked = cook::cook(state, &post.raw, &post.forms);
    let post = state.posts.get_mut(&id)?;
    post.cooked = cooked.html;
    post.links = cooked.links;
    post.updated_at = now;
    Some(())
}

/// The source without an upload's links, each with the size written after it.
pub(crate) fn without_upload(raw: &str, short_url: &str) -> String {
    let mut text = raw.to_owned();
    let target = format!("]({short_url})");
    while let Some(end) = text.find(&target) {
        let Some(start) = opening(&text, end) else {
            break;
        };
        let mut stop = end + target.len();
        if let Some(rest) = text.get(stop..)
            && let Some(size) = rest.strip_prefix(" (")
            && let Some(length) = size.find(')')
            && size.get(..length).is_some_and(|size| !size.contains('\n'))
        {
            stop += 2 + length + 1;
        }
        text.replace_range(start..stop, "");
    }
    text
}

/// Where the link whose label ends at `end` begins: brackets in the label balance.
fn opening(text: &str, end: usize) -> Option<usize> {
    let mut depth = 0u32;
    for (index, character) in text.get(..end)?.char_indices().rev() {
        match character {
            ']' => depth += 1,
            '[' if depth == 0 => {
                let image = index > 0 && text.as_bytes().get(index - 1) == Some(&b'!');
                return Some(if image { index - 1 } else { index });
            }
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Destroys all earlier texts; false when there are none.
pub(crate) fn forget_revisions(post: &mut Post) -> bool {
    let had = !post.revisions.is_empty();
    post.revisions.clear();
    post.version = 1;
    had
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stripping_takes_the_link_its_size_and_nothing_else() {
        let raw = "Hello\n[a.zip|attachment](upload://abc.zip) (1.2 MB)\n![shot|1x2](upload://xyz.png) bye";
        assert_eq!(without_upload(raw, "upload://abc.zip"), "Hello\n\n![shot|1x2](upload://xyz.png) bye");
        assert_eq!(
            without_upload(raw, "upload://xyz.png"),
            "Hello\n[a.zip|attachment](upload://abc.zip) (1.2 MB)\n bye"
        );
        assert_eq!(without_upload(raw, "upload://none"), raw);
    }

    #[test]
    fn a_change_is_measured_by_what_differs() {
        assert_eq!(difference("same", "same"), 0);
        assert_eq!(difference("one two three", "one 2 three"), 3);
        assert_eq!(difference("", "abc"), 3);
    }
}

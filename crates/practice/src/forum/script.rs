//! What people do on the forum, told from Rust: tests and the demo speak through these.

mod keys;
mod people;
mod sign_in;
mod threads;

use std::io;

use super::ids::{CategoryId, PostId, TopicId, UploadId};

pub(crate) use keys::{KEY_MARK, new_user_key};
pub use people::NewUser;

/// Why a step of a script could not be played.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// Nobody has this username.
    #[error("no user is called {0}")]
    NoSuchUser(String),
    /// Neither a user nor a group has this name.
    #[error("nobody and no group is called {0}")]
    NoSuchRecipient(String),
    /// No group has this name.
    #[error("no group is called {0}")]
    NoSuchGroup(String),
    /// The name is taken.
    #[error("the name {0} is taken")]
    NameTaken(String),
    /// There is no such category.
    #[error("there is no category {0}")]
    NoSuchCategory(CategoryId),
    /// There is no such topic.
    #[error("there is no topic {0}")]
    NoSuchTopic(TopicId),
    /// There is no such post.
    #[error("there is no post {0}")]
    NoSuchPost(PostId),
    /// The post does not use this upload.
    #[error("post {post} does not use upload {upload}")]
    NotAttached {
        /// The post.
        post: PostId,
        /// The upload.
        upload: UploadId,
    },
    /// No key like this was issued.
    #[error("no such key was issued")]
    NoSuchKey,
    /// Nobody waits for this code any more, or ever did.
    #[error("no program waits for this code")]
    NoSuchCode,
    /// The site does not grant what the page asks for.
    #[error("the site does not grant this key")]
    NotGranted,
    /// The upload folder cannot be written.
    #[error("the practice forum cannot keep the file")]
    Keep(#[from] io::Error),
}

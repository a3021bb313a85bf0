//! The forum: whose threads files come from.

pub mod attachments;
pub mod base62;
pub mod discourse;
pub mod sign_in;

pub use discourse::{Closings, DiscourseForum, DiscourseSettings, ForumKey, SettingsError, Source};

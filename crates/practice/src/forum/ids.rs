//! Numbers the forum gives to what it keeps.

use std::fmt;

use serde::Serialize;

macro_rules! numbered {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

numbered! {
    /// A user's number; the system user is -1.
    UserId;
    /// A group's number.
    GroupId;
    /// A category's number.
    CategoryId;
    /// A topic's number: a private thread keeps it when it is made public and back.
    TopicId;
    /// A post's number, unique over the whole forum.
    PostId;
    /// An upload's number.
    UploadId;
}

/// The forum itself, as author of what nobody wrote.
pub(crate) const SYSTEM: UserId = UserId(-1);

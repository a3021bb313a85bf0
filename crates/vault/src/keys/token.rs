//! Names of tokens and passwords.

use std::{fmt, str::FromStr};

/// The name under which a token or password is kept, for example `forum-main` or `mail-in`.
///
/// It stands in the keychain in the clear, so it names a connection of the settings, never a person.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenName(String);

/// A text that cannot name a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the name of a token has 1 to 100 characters, none of them a control character")]
pub struct NotATokenName;

impl FromStr for TokenName {
    type Err = NotATokenName;

    fn from_str(text: &str) -> Result<Self, NotATokenName> {
        let fits = (1..=100).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        if fits { Ok(Self(text.to_owned())) } else { Err(NotATokenName) }
    }
}

impl fmt::Display for TokenName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

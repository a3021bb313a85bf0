//! Personal data that must not reach a log, an event or an error text.

use std::fmt;

/// A name, address, title, token or content.
///
/// It has no `Display` and no `Serialize`, and its `Debug` shows nothing: writing it out by accident does not compile or
/// prints `private`. The one way in is [`Private::reveal`], which is easy to search for in review.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Private<T>(T);

impl<T> Private<T> {
    /// Wraps a personal value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself: only for a letter, the customer, the screen of an engineer, or the ledger's personal tables.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// Gives the value up.
    pub fn into_revealed(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("private")
    }
}

impl From<&str> for Private<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl From<String> for Private<String> {
    fn from(value: String) -> Self {
        Self(value)
    }
}

#[cfg(test)]
mod tests {
    use super::Private;

    #[test]
    fn debug_shows_nothing_of_the_value() {
        let name = Private::new("Carol Canary".to_owned());
        assert_eq!(format!("{name:?} {:?}", Some(&name)), "private Some(private)");
    }
}

//! What a key may be good for. Only what is needed is asked for, and each with the reason a person reads.

/// What a key may be used for. The words are Discourse's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Every GET.
    Read,
    /// Who we are.
    SessionInfo,
    /// Being told of changes.
    MessageBus,
    /// Every change.
    Write,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Read, Self::SessionInfo, Self::MessageBus, Self::Write];

    /// The forum's word.
    pub const fn word(self) -> &'static str {
        self.text().0
    }

    /// What it is for.
    pub const fn purpose(self) -> &'static str {
        self.text().1
    }

    const fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::Read => {
                ("read", "To read the private threads of your account and its groups, and fetch their files.")
            }
            Self::SessionInfo => ("session_info", "To show whose account it is, and which group inboxes it can read."),
            Self::MessageBus => ("message_bus", "To hear of new posts at once while the window is in front."),
            Self::Write => (
                "write",
                "To answer in threads and take files out of posts in your name. Only asked for if you want that.",
            ),
        }
    }
}

/// What a desk wants to do with a key beyond reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Hear of changes at once.
    pub news: bool,
    /// Answer in threads, and take files out of posts.
    pub replies: bool,
}

impl Wishes {
    /// The least that does it.
    pub fn scopes(self) -> Vec<Scope> {
        let wanted = |scope: &Scope| match scope {
            Scope::Read | Scope::SessionInfo => true,
            Scope::MessageBus => self.news,
            Scope::Write => self.replies,
        };
        Scope::ALL.into_iter().filter(wanted).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_asked_for_that_nobody_wants() {
        let words = |wishes: Wishes| wishes.scopes().into_iter().map(Scope::word).collect::<Vec<_>>().join(",");
        assert_eq!(words(Wishes::default()), "read,session_info");
        assert_eq!(words(Wishes { news: true, replies: false }), "read,session_info,message_bus");
        assert_eq!(words(Wishes { news: true, replies: true }), "read,session_info,message_bus,write");
    }
}

//! API keys: who a request speaks for and what it may do.

use jiff::Timestamp;

use super::ids::UserId;

/// What a user key permits. The names are Discourse's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserScope {
    /// Every GET.
    Read,
    /// Everything.
    Write,
    /// Polling the message bus.
    MessageBus,
    /// Notifications.
    Notifications,
    /// `GET /session/current.json`.
    SessionInfo,
}

impl UserScope {
    /// The scope's name on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::MessageBus => "message_bus",
            Self::Notifications => "notifications",
            Self::SessionInfo => "session_info",
        }
    }

    /// The scope of a name; the site has others, which permit nothing that is asked here.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Read, Self::Write, Self::MessageBus, Self::Notifications, Self::SessionInfo]
            .into_iter()
            .find(|scope| scope.word() == name)
    }

    fn covers(self, reads: bool, action: &str) -> bool {
        match self {
            Self::Read => reads,
            Self::Write => true,
            Self::MessageBus => action == "message_bus",
            Self::Notifications => action == "message_bus" || action.starts_with("notifications#"),
            Self::SessionInfo => action == "session#current",
        }
    }
}

/// What an admin key permits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdminScope {
    /// Everything.
    Global,
    /// Every GET.
    ReadOnly,
    /// Named actions such as `topics:read`; they cover neither inbox lists nor downloads.
    Granular(Vec<String>),
}

/// The actions behind a granular scope.
pub(crate) fn granular_actions(scope: &str) -> &'static [&'static str] {
    match scope {
        "topics:write" => &["posts#create"],
        "topics:update" => &["topics#update", "topics#status"],
        "topics:delete" => &["topics#destroy"],
        "topics:recover" => &["topics#recover"],
        "topics:read" => &["topics#show", "topics#posts"],
        "topics:read_lists" => &["list#category_latest"],
        "topics:status" => &["topics#status"],
        "posts:edit" => &["posts#update"],
        "posts:delete" => &["posts#destroy"],
        "posts:recover" => &["posts#recover"],
        "revisions:read" => &["posts#revisions", "posts#latest_revision"],
        "revisions:modify" => &["posts#hide_revision", "posts#show_revision"],
        "revisions:permanently_delete" => &["posts#permanently_delete_revisions"],
        "uploads:create" => &["uploads#create"],
        "users:show" => &["users#show"],
        "users:check_emails" => &["users#check_emails"],
        _ => &[],
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub permits: Permits,
    pub revoked: bool,
    pub expires_at: Option<Timestamp>,
    /// The program it was issued to.
    pub client_id: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Permits {
    User {
        user: UserId,
        scopes: Vec<UserScope>,
    },
    /// `user` is empty for a key that may speak for all users.
    Admin {
        user: Option<UserId>,
        scope: AdminScope,
    },
}

impl Key {
    pub(crate) fn works_at(&self, now: Timestamp) -> bool {
        !self.revoked && self.expires_at.is_none_or(|end| now < end)
    }

    /// Whether the key covers a call; `reads` is true for GET and HEAD.
    pub(crate) fn covers(&self, reads: bool, action: &str) -> bool {
        match &self.permits {
            // A key may always revoke itself, whatever its scopes.
            Permits::User { scopes, .. } => {
                action == "user_api_keys#revoke" || scopes.iter().any(|scope| scope.covers(reads, action))
            }
            Permits::Admin { scope, .. } => match scope {
                AdminScope::Global => true,
                AdminScope::ReadOnly => reads,
                AdminScope::Granular(names) => {
                    action == "session#scopes" || names.iter().any(|name| granular_actions(name).contains(&action))
                }
            },
        }
    }
}

/// Who is asking, as the forum understood it.
#[derive(Clone, Debug)]
pub(crate) struct Viewer {
    pub user: Option<UserId>,
    pub key: Option<String>,
    pub by_admin_key: bool,
}

impl Viewer {
    pub(crate) fn nobody() -> Self {
        Self { user: None, key: None, by_admin_key: false }
    }
}

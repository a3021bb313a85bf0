//! Every call the forum answers, read from method and path.

use axum::http::Method;

use super::ids::{CategoryId, PostId, TopicId};

/// One call, with what its path says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Status,
    BasicInfo,
    About,
    SiteSettings,
    Categories,
    Category(CategoryId),
    GroupMembers(String),
    CurrentSession,
    SessionScopes,
    RevokeOwnKey,
    /// The probe of programs that want a key, and the page where a person grants it.
    NewKey,
    CreateKey,
    CreateDeviceCode,
    PollDeviceCode,
    /// The page where a code is typed.
    ActivateDevice,
    DecideDevice {
        grant: bool,
    },
    /// What happened since; the client's own id in its path means nothing here.
    PollBus,
    User(String),
    Emails(String),
    Inbox(Inbox, String),
    GroupInbox {
        username: String,
        group: String,
        part: GroupPart,
    },
    /// Of the plugin discourse-assign.
    AssignedInbox(String),
    TagInbox {
        username: String,
        tag: String,
    },
    CategoryTopics(CategoryId),
    Topic {
        id: TopicId,
        slug: Option<String>,
        post_number: Option<i64>,
    },
    TopicPosts(TopicId),
    TopicPostIds(TopicId),
    UpdateTopic(TopicId),
    DeleteTopic(TopicId),
    RecoverTopic(TopicId),
    TopicStatus(TopicId),
    Convert {
        id: TopicId,
        private: bool,
    },
    Invite(TopicId),
    InviteGroup(TopicId),
    RemoveUser(TopicId),
    RemoveGroup(TopicId),
    ArchiveMessage(TopicId),
    MoveToInbox(TopicId),
    Post(PostId),
    PostByNumber(TopicId, i64),
    RawPost(PostId),
    CreatePost,
    UpdatePost(PostId),
    DeletePost(PostId),
    RecoverPost(PostId),
    Revision {
        post: PostId,
        number: Option<i64>,
    },
    HideRevision {
        post: PostId,
        number: i64,
        hide: bool,
    },
    ForgetRevisions(PostId),
    Accept {
        accept: bool,
    },
    CreateUpload,
    LookupUploads,
    /// `short-url`: the file name after it.
    ShortUrl(String),
    /// Everything else under `/uploads/`.
    DirectUpload(String),
    /// Under `/secure-uploads/` or `/secure-media-uploads/`.
    SecureUpload(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inbox {
    Received,
    Sent,
    Archive,
    New,
    Unread,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupPart {
    Inbox,
    Archive,
    New,
    Unread,
}

impl Call {
    /// Reads a call from a path below the forum's root. The second value: `.json` was asked for.
    pub(crate) fn read(method: &Method, path: &str) -> Option<(Self, bool)> {
        let method = if *method == Method::HEAD { &Method::GET } else { method };
        if *method == Method::GET
            && let Some(call) = download(path)
        {
            return Some((call, false));
        }
        let (path, json) = match path.strip_suffix(".json") {
            Some(bare) => (bare, true),
            None => (path, false),
        };
        let parts: Vec<String> = path.trim_matches('/').split('/').map(unescaped).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let call = match *method {
            Method::GET => reading(&parts),
            Method::POST => posting(&parts),
            Method::PUT => putting(&parts),
            Method::DELETE => deleting(&parts),
            _ => None,
        }?;
        Some((call, json))
    }

    pub(crate) fn is_download(&self) -> bool {
        matches!(self, Self::ShortUrl(_) | Self::DirectUpload(_) | Self::SecureUpload(_))
    }

    /// Whether a browser asking without `.json` gets a page instead of JSON.
    pub(crate) fn has_page(&self) -> bool {
        !self.is_download()
            && !matches!(self, Self::Status | Self::RawPost(_) | Self::BasicInfo | Self::NewKey | Self::ActivateDevice)
    }

    /// What stays open to everybody on a site that needs a login.
    pub(crate) fn is_always_public(&self) -> bool {
        self.is_download() || self.is_signing_in() || matches!(self, Self::Status | Self::BasicInfo)
    }

    /// What a program calls before it has a key, and the pages that people open for it. The practice site has no
    /// sessions: the pages ask who one is.
    pub(crate) fn is_signing_in(&self) -> bool {
        matches!(
            self,
            Self::NewKey
                | Self::CreateKey
                | Self::CreateDeviceCode
                | Self::PollDeviceCode
                | Self::ActivateDevice
                | Self::DecideDevice { .. }
        )
    }

    /// Controller and action, as key scopes and `X-Discourse-Route` name it.
    pub(crate) fn action(&self) -> &'static str {
        match self {
            Self::Status => "forums#status",
            Self::BasicInfo => "site#basic_info",
            Self::About => "about#index",
            Self::SiteSettings => "site#settings",
            Self::Categories => "categories#index",
            Self::Category(_) => "categories#show",
            Self::GroupMembers(_) => "groups#members",
            Self::CurrentSession => "session#current",
            Self::SessionScopes => "session#scopes",
            Self::RevokeOwnKey => "user_api_keys#revoke",
            Self::NewKey => "user_api_keys#new",
            Self::CreateKey => "user_api_keys#create",
            Self::CreateDeviceCode => "user_api_keys#create_device",
            Self::PollDeviceCode => "user_api_keys#poll_device",
            Self::ActivateDevice => "user_api_keys#activate",
            Self::DecideDevice { grant: true } => "user_api_keys#authorize_device",
            Self::DecideDevice { grant: false } => "user_api_keys#deny_device",
            Self::PollBus => "message_bus",
            Self::User(_) => "users#show",
            Self::Emails(_) => "users#check_emails",
            Self::Inbox(..) => "list#private_messages",
            Self::GroupInbox { .. } => "list#private_messages_group",
            Self::TagInbox { .. } => "list#private_messages_tag",
            Self::AssignedInbox(_) => "list#private_messages_assigned",
            Self::CategoryTopics(_) => "list#category_latest",
            Self::Topic { .. } => "topics#show",
            Self::TopicPosts(_) => "topics#posts",
            Self::TopicPostIds(_) => "topics#post_ids",
            Self::UpdateTopic(_) => "topics#update",
            Self::DeleteTopic(_) => "topics#destroy",
            Self::RecoverTopic(_) => "topics#recover",
            Self::TopicStatus(_) => "topics#status",
            Self::Convert { .. } => "topics#convert_topic",
            Self::Invite(_) => "topics#invite",
            Self::InviteGroup(_) => "topics#invite_group",
            Self::RemoveUser(_) => "topics#remove_allowed_user",
            Self::RemoveGroup(_) => "topics#remove_allowed_group",
            Self::ArchiveMessage(_) => "topics#archive_message",
            Self::MoveToInbox(_) => "topics#move_to_inbox",
            Self::Post(_) => "posts#show",
            Self::PostByNumber(..) => "posts#by_number",
            Self::RawPost(_) => "posts#markdown_id",
            Self::CreatePost => "posts#create",
            Self::UpdatePost(_) => "posts#update",
            Self::DeletePost(_) => "posts#destroy",
            Self::RecoverPost(_) => "posts#recover",
            Self::Revision { number: Some(_), .. } => "posts#revisions",
            Self::Revision { number: None, .. } => "posts#latest_revision",
            Self::HideRevision { hide: true, .. } => "posts#hide_revision",
            Self::HideRevision { hide: false, .. } => "posts#show_revision",
            Self::ForgetRevisions(_) => "posts#permanently_delete_revisions",
            Self::Accept { .. } => "answer#accept",
            Self::CreateUpload => "uploads#create",
            Self::LookupUploads => "uploads#lookup_urls",
            Self::ShortUrl(_) => "uploads#show_short",
            Self::DirectUpload(_) => "uploads#show",
            Self::SecureUpload(_) => "uploads#show_secure",
        }
    }
}

fn unescaped(part: &str) -> String {
    // `form_urlencoded` also turns plus signs into spaces, which paths do not mean.
    let kept = part.replace('+', "%2B");
    url::form_urlencoded::parse(format!("x={kept}").as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

/// Upload addresses keep their extension: `notes.json` is a file there.
fn download(path: &str) -> Option<Call> {
    if let Some(name) = path.strip_prefix("/uploads/short-url/") {
        return Some(Call::ShortUrl(name.to_owned()));
    }
    for route in ["/secure-uploads/", "/secure-media-uploads/"] {
        if let Some(rest) = path.strip_prefix(route) {
            return Some(Call::SecureUpload(rest.to_owned()));
        }
    }
    let rest = path.strip_prefix("/uploads/")?;
    Some(Call::DirectUpload(rest.to_owned()))
}

fn topic(text: &str) -> Option<TopicId> {
    text.parse().ok().map(TopicId)
}

fn post(text: &str) -> Option<PostId> {
    text.parse().ok().map(PostId)
}

fn reading(parts: &[&str]) -> Option<Call> {
    Some(match parts {
        ["srv", "status"] => Call::Status,
        ["site", "basic-info"] => Call::BasicInfo,
        ["about"] => Call::About,
        ["site", "settings"] => Call::SiteSettings,
        ["categories"] => Call::Categories,
        ["c", id, "show"] => Call::Category(CategoryId(id.parse().ok()?)),
        ["groups" | "g", name, "members"] => Call::GroupMembers((*name).to_owned()),
        ["session", "current"] => Call::CurrentSession,
        ["session", "scopes"] => Call::SessionScopes,
        ["user-api-key", "new"] => Call::NewKey,
        ["user-api-key", "activate"] => Call::ActivateDevice,
        ["u", name] => Call::User((*name).to_owned()),
        ["u", name, "emails"] => Call::Emails((*name).to_owned()),
        ["topics", list, rest @ ..] => return private_list(list, rest),
        ["c", _, id] | ["c", _, id, "l", "latest"] => Call::CategoryTopics(CategoryId(id.parse().ok()?)),
        ["t", id, "posts"] => Call::TopicPosts(topic(id)?),
        ["t", id, "post_ids"] => Call::TopicPostIds(topic(id)?),
        ["t", rest @ ..] => return topic_page(rest),
        ["posts", id] => Call::Post(post(id)?),
        ["posts", "by_number", id, number] => Call::PostByNumber(topic(id)?, number.parse().ok()?),
        ["posts", id, "raw"] => Call::RawPost(post(id)?),
        ["raw", id, number] => Call::PostByNumber(topic(id)?, number.parse().ok()?),
        ["posts", id, "revisions", "latest"] => Call::Revision { post: post(id)?, number: None },
        ["posts", id, "revisions", number] => Call::Revision { post: post(id)?, number: Some(number.parse().ok()?) },
        _ => return None,
    })
}

fn private_list(list: &str, rest: &[&str]) -> Option<Call> {
    let kind = list.strip_prefix("private-messages")?;
    Some(match (kind, rest) {
        ("", [name]) => Call::Inbox(Inbox::Received, (*name).to_owned()),
        ("-sent", [name]) => Call::Inbox(Inbox::Sent, (*name).to_owned()),
        ("-archive", [name]) => Call::Inbox(Inbox::Archive, (*name).to_owned()),
        ("-new", [name]) => Call::Inbox(Inbox::New, (*name).to_owned()),
        ("-unread", [name]) => Call::Inbox(Inbox::Unread, (*name).to_owned()),
        ("-assigned", [name]) => Call::AssignedInbox((*name).to_owned()),
        ("-tags", [name, tag]) => Call::TagInbox { username: (*name).to_owned(), tag: (*tag).to_owned() },
        ("-group", [name, group, part @ ..]) => Call::GroupInbox {
            username: (*name).to_owned(),
            group: (*group).to_owned(),
            part: match part {
                [] => GroupPart::Inbox,
                ["archive"] => GroupPart::Archive,
                ["new"] => GroupPart::New,
                ["unread"] => GroupPart::Unread,
                _ => return None,
            },
        },
        _ => return None,
    })
}

/// `/t/5`, `/t/5/3`, `/t/some-title/5`, `/t/some-title/5/3`, `/t/-/5`
fn topic_page(rest: &[&str]) -> Option<Call> {
    let (slug, id, number) = match rest {
        [id] => (None, id, None),
        [first, second] if topic(first).is_some() => (None, first, Some(second)),
        [slug, id] => (Some(slug), id, None),
        [slug, id, number] => (Some(slug), id, Some(number)),
        _ => return None,
    };
    Some(Call::Topic {
        id: topic(id)?,
        slug: slug.filter(|slug| **slug != "-").map(|slug| (*slug).to_owned()),
        post_number: match number {
            Some(number) => Some(number.parse().ok()?),
            None => None,
        },
    })
}

fn posting(parts: &[&str]) -> Option<Call> {
    Some(match parts {
        ["user-api-key", "revoke"] => Call::RevokeOwnKey,
        ["user-api-key"] => Call::CreateKey,
        ["user-api-key", "device"] => Call::CreateDeviceCode,
        ["user-api-key", "device", "poll"] => Call::PollDeviceCode,
        ["user-api-key", "device", "authorize"] => Call::DecideDevice { grant: true },
        ["user-api-key", "device", "deny"] => Call::DecideDevice { grant: false },
        ["message-bus", _, "poll"] => Call::PollBus,
        ["posts"] => Call::CreatePost,
        ["uploads"] => Call::CreateUpload,
        ["uploads", "lookup-urls"] => Call::LookupUploads,
        ["solution", "accept"] => Call::Accept { accept: true },
        ["solution", "unaccept"] => Call::Accept { accept: false },
        ["t", id, "invite"] => Call::Invite(topic(id)?),
        ["t", id, "invite-group"] => Call::InviteGroup(topic(id)?),
        _ => return None,
    })
}

fn putting(parts: &[&str]) -> Option<Call> {
    Some(match parts {
        ["posts", id] => Call::UpdatePost(post(id)?),
        ["posts", id, "recover"] => Call::RecoverPost(post(id)?),
        ["posts", id, "revisions", number, turn @ ("hide" | "show")] => {
            Call::HideRevision { post: post(id)?, number: number.parse().ok()?, hide: *turn == "hide" }
        }
        ["t", id, "status"] => Call::TopicStatus(topic(id)?),
        ["t", id, "recover"] => Call::RecoverTopic(topic(id)?),
        ["t", id, "convert-topic", kind @ ("private" | "public")] => {
            Call::Convert { id: topic(id)?, private: *kind == "private" }
        }
        ["t", id, "remove-allowed-user"] => Call::RemoveUser(topic(id)?),
        ["t", id, "remove-allowed-group"] => Call::RemoveGroup(topic(id)?),
        ["t", id, "archive-message"] => Call::ArchiveMessage(topic(id)?),
        ["t", id, "move-to-inbox"] => Call::MoveToInbox(topic(id)?),
        ["t", id] | ["t", _, id] => Call::UpdateTopic(topic(id)?),
        _ => return None,
    })
}

fn deleting(parts: &[&str]) -> Option<Call> {
    Some(match parts {
        ["posts", id, "revisions", "permanently_delete"] => Call::ForgetRevisions(post(id)?),
        ["posts", id] => Call::DeletePost(post(id)?),
        ["t", id] => Call::DeleteTopic(topic(id)?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(path: &str) -> Option<(Call, bool)> {
        Call::read(&Method::GET, path)
    }

    #[test]
    fn a_topic_is_found_under_all_its_addresses() {
        let plain = |slug: Option<&str>, post_number| Call::Topic {
            id: TopicId(5),
            slug: slug.map(str::to_owned),
            post_number,
        };
        assert_eq!(get("/t/5.json"), Some((plain(None, None), true)));
        assert_eq!(get("/t/5/3"), Some((plain(None, Some(3)), false)));
        assert_eq!(get("/t/-/5.json"), Some((plain(None, None), true)));
        assert_eq!(get("/t/no-luck/5/3.json"), Some((plain(Some("no-luck"), Some(3)), true)));
    }

    #[test]
    fn an_uploaded_json_file_keeps_its_extension() {
        assert_eq!(get("/uploads/short-url/abc.json"), Some((Call::ShortUrl("abc.json".to_owned()), false)));
    }

    #[test]
    fn names_in_paths_are_unescaped_once() {
        assert_eq!(get("/u/m%C3%BCller%2Bx.json"), Some((Call::User("müller+x".to_owned()), true)));
        assert_eq!(get("/u/a+b.json"), Some((Call::User("a+b".to_owned()), true)));
    }
}

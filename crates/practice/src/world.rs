//! The whole practice world: one clock, one forum, one mailbox, the staff and their keys.

use std::io;

use serde::Serialize;

use crate::{
    clock::PracticeClock,
    forum::{AdminScope, ForumOptions, NewUser, PracticeForum, ScriptError, UserScope},
    mailbox::PracticeMail,
    scenario::{self, Case, ContentError, Person, Story},
};

/// How a practice world starts.
#[derive(Clone, Debug)]
pub struct WorldOptions {
    /// The world's clock.
    pub clock: PracticeClock,
    /// The forum's site settings.
    pub forum: ForumOptions,
    /// What has happened on the forum already.
    pub story: Story,
    /// Size of the big log in bytes.
    pub log_size: u64,
    /// Whether titles, posts and file names carry marks that a search for leaks finds. File contents always do.
    pub marked: bool,
}

impl Default for WorldOptions {
    fn default() -> Self {
        Self {
            clock: PracticeClock::flowing(),
            forum: ForumOptions::default(),
            story: Story::Empty,
            log_size: scenario::files::BIG_LOG,
            marked: true,
        }
    }
}

/// Why a practice world did not start.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// No port or no folder for the forum.
    #[error("the practice forum did not start")]
    Forum(#[source] io::Error),
    /// No port or no certificate for the mail servers.
    #[error("the practice mail servers did not start")]
    Mail(#[source] io::Error),
    /// A step of the story could not be played.
    #[error("the practice story could not be played")]
    Script(#[from] ScriptError),
    /// A file of the story could not be made.
    #[error("a practice file could not be made")]
    Content(#[from] ContentError),
}

/// A running practice world. It stops when it is dropped.
#[derive(Debug)]
pub struct World {
    /// The clock everything here reads.
    pub clock: PracticeClock,
    /// The forum.
    pub forum: PracticeForum,
    /// The mail servers.
    pub mail: PracticeMail,
    /// Keys of the staff.
    pub keys: StaffKeys,
    /// The cases of the story, in the order they were started.
    pub cases: Vec<Case>,
    members: Vec<Member>,
    log_size: u64,
    marked: bool,
}

/// Keys issued to the staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffKeys {
    /// Bob's user key: read, write and session.
    pub bob: String,
    /// Bob's user key for reading only.
    pub bob_read: String,
    /// Erin's user key for reading only.
    pub erin: String,
    /// Root's single-user admin key.
    pub root: String,
    /// Root's single-user admin key for reading only.
    pub root_read: String,
}

/// The group whose inbox the engineers share.
pub const SUPPORT: &str = "support";

impl World {
    /// Starts the world and plays its story.
    ///
    /// # Errors
    /// When a server cannot start or the story cannot be played.
    pub async fn start(options: WorldOptions) -> Result<Self, WorldError> {
        let forum = PracticeForum::start(options.clock.clone(), options.forum).await.map_err(WorldError::Forum)?;
        let mail = PracticeMail::start(options.clock.clone()).await.map_err(WorldError::Mail)?;
        let staff = [
            (NewUser::new("bob", "Bob Ashdown", "bob@support.example").moderator(), Role::Moderator),
            (NewUser::new("erin", "Erin Wells", "erin@support.example"), Role::Engineer),
            (NewUser::new("root", "Root Admin", "root@support.example").admin(), Role::Admin),
        ];
        let mut members = Vec::new();
        for (user, role) in staff {
            members.push(Member::of(&user, role));
            forum.add_user(user)?;
        }
        forum.add_group(SUPPORT, "Support", &["bob", "erin"])?;
        let all = [UserScope::Read, UserScope::Write, UserScope::SessionInfo];
        let reading = [UserScope::Read, UserScope::SessionInfo];
        let keys = StaffKeys {
            bob: forum.issue_user_key("bob", &all)?,
            bob_read: forum.issue_user_key("bob", &reading)?,
            erin: forum.issue_user_key("erin", &reading)?,
            root: forum.issue_admin_key("root")?,
            root_read: forum.issue_scoped_admin_key(Some("root"), AdminScope::ReadOnly)?,
        };
        let WorldOptions { clock, log_size, marked, .. } = options;
        let mut world = Self { clock, forum, mail, keys, cases: Vec::new(), members, log_size, marked };
        world.cases = scenario::play(&mut world, options.story).await?;
        Ok(world)
    }

    /// Adds a customer to the forum and opens their mailbox; one who is there already stays.
    ///
    /// # Errors
    /// When the name belongs to somebody else.
    pub fn welcome(&mut self, person: &Person) -> Result<(), ScriptError> {
        if self.members.iter().any(|member| member.username == person.username) {
            return Ok(());
        }
        let user = NewUser::new(person.username, person.name, person.email);
        let member = Member::of(&user, Role::Customer);
        self.forum.add_user(user)?;
        self.mail.account(person.email);
        self.members.push(member);
        Ok(())
    }

    /// Whether titles, posts and file names carry marks.
    pub fn is_marked(&self) -> bool {
        self.marked
    }

    /// Size of the big log in bytes.
    pub fn log_size(&self) -> u64 {
        self.log_size
    }

    /// Everything a person needs to point clients at this world. It holds keys and passwords, which are
    /// worth nothing elsewhere.
    pub fn describe(&self) -> Description {
        let base_url = self.forum.base_url();
        let key = |kind, user: &str, scopes: &str, token: &str| IssuedKey {
            kind,
            user: user.to_owned(),
            scopes: scopes.to_owned(),
            token: token.to_owned(),
        };
        Description {
            time: self.clock.now().to_string(),
            forum: ForumPlace { base_url: base_url.clone(), storage_url: self.forum.storage_url() },
            mail: MailPlace {
                smtp: self.mail.smtp_addr().to_string(),
                smtps: self.mail.smtps_addr().to_string(),
                imap: self.mail.imap_addr().to_string(),
                imaps: self.mail.imaps_addr().to_string(),
                ca_pem: self.mail.ca_pem().to_owned(),
                accounts: self
                    .mail
                    .accounts()
                    .into_iter()
                    .map(|account| Account { user: account.user, password: account.password })
                    .collect(),
            },
            members: self.members.clone(),
            keys: vec![
                key("User-Api-Key", "bob", "read,write,session_info", &self.keys.bob),
                key("User-Api-Key", "bob", "read,session_info", &self.keys.bob_read),
                key("User-Api-Key", "erin", "read,session_info", &self.keys.erin),
                key("Api-Key", "root", "global", &self.keys.root),
                key("Api-Key", "root", "read-only", &self.keys.root_read),
            ],
            threads: self
                .forum
                .topics()
                .into_iter()
                .map(|topic| Thread {
                    url: format!("{base_url}/t/{}/{}", topic.slug, topic.id),
                    id: topic.id.0,
                    title: topic.title,
                    private: topic.private,
                    closed: topic.closed,
                })
                .collect(),
        }
    }
}

/// What `custody practice` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Description {
    /// What the practice clock shows, UTC.
    pub time: String,
    /// The forum's addresses.
    pub forum: ForumPlace,
    /// The mail servers' addresses and accounts.
    pub mail: MailPlace,
    /// Who is on the forum.
    pub members: Vec<Member>,
    /// Keys to the forum.
    pub keys: Vec<IssuedKey>,
    /// The threads there are.
    pub threads: Vec<Thread>,
}

/// Where the forum is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ForumPlace {
    /// The forum's address.
    pub base_url: String,
    /// The second origin, which acts as the object store.
    pub storage_url: String,
}

/// Where the mail servers are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MailPlace {
    /// SMTP with STARTTLS, host and port.
    pub smtp: String,
    /// SMTP over TLS.
    pub smtps: String,
    /// IMAP with STARTTLS.
    pub imap: String,
    /// IMAP over TLS.
    pub imaps: String,
    /// The authority to trust, PEM.
    pub ca_pem: String,
    /// Who may log in.
    pub accounts: Vec<Account>,
}

/// A mail account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The user name, which is the address.
    pub user: String,
    /// The password.
    pub password: String,
}

/// Somebody on the forum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The name on the forum.
    pub username: String,
    /// The full name.
    pub name: String,
    /// The address.
    pub email: String,
    /// What they are.
    pub role: Role,
}

impl Member {
    fn of(user: &NewUser, role: Role) -> Self {
        Self { username: user.username.clone(), name: user.name.clone(), email: user.email.clone(), role }
    }
}

/// What somebody is on the forum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees and may do everything.
    Admin,
    /// An engineer who moderates.
    Moderator,
    /// An engineer.
    Engineer,
    /// A customer.
    Customer,
}

/// A key to the forum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IssuedKey {
    /// The header it goes into.
    pub kind: &'static str,
    /// Whom it speaks for.
    pub user: String,
    /// What it permits.
    pub scopes: String,
    /// The key.
    pub token: String,
}

/// A thread of the forum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Thread {
    /// Its number.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Whether it is private.
    pub private: bool,
    /// Whether it is closed.
    pub closed: bool,
}

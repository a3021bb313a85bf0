//! `custody connect`

mod mail;
mod sign_in;
mod tracker;

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand, ValueEnum, ValueHint};
use custody_core::letter::shown;
use custody_desk::{
    Desk,
    settings::{ForumKeyKind, ForumSettings, SourceSetting},
    views::RightStanding,
    words,
};
use serde_json::json;
use url::Url;

use crate::{context::Context, failure::Failure, secrets};

const EXAMPLES: &str = "\
Examples:
  custody connect forum https://forum.example.com --group support
  custody connect mail --from desk@example.com --smtp smtp.example.com:587 --imap imap.example.com:993
  custody connect tracker rt https://rt.example.com --kind request-tracker
  custody connect ledger --address-file /run/secrets/ledger";

/// Connect the desk to its forum, to trackers, to mail, or to a team's ledger
///
/// The server is asked first, and nothing is kept unless it answers. Addresses go into settings.toml, keys and passwords into the
/// keychain (or the key file). Connecting again replaces what was there; the forum's name in the ledger stays.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Connect {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Forum(Forum),
    Tracker(tracker::Tracker),
    Mail(mail::Mail),
    Ledger(Ledger),
}

const FORUM_EXAMPLES: &str = "\
Examples:
  custody connect forum https://forum.example.com --group support
  custody connect forum https://forum.example.com --sign-in paste --replies
  custody connect forum https://forum.example.com/forum --admin-key --identity bob --inbox personal --key-file key.txt
  pass show forum-key | custody connect forum https://forum.example.com --user-key --identity c1 --topic 4711 --key-file -";

/// Connect the forum whose private threads are looked at
///
/// You sign in on the forum itself, and it hands a key over that only this desk can open: no administrator is needed. Where the
/// forum offers it, you type a code there; otherwise you allow it in the browser and paste what it shows (--sign-in chooses). The
/// desk asks for reading alone, unless --replies is given. With --json each step is one line.
///
/// A key that exists already is asked for, or read with --key-file; it is never an argument, since other programs can read those.
/// A user key belongs to one person and one client (--identity is the client id it was issued to); an admin key acts as one user
/// (--identity is that user's name). What is looked at is named by --inbox, --group,
/// --category, --tag and --topic, each as often as needed.
#[derive(Debug, Args)]
#[command(after_long_help = FORUM_EXAMPLES, group(ArgGroup::new("kind").args(["user_key", "admin_key"]).requires("identity")))]
struct Forum {
    /// The forum's address, with the folder it lives in
    #[arg(value_name = "URL", value_hint = ValueHint::Url)]
    url: Url,
    /// How to sign in; by a code where the forum offers it, otherwise by pasting
    #[arg(long, value_enum, value_name = "WAY", conflicts_with = "kind")]
    sign_in: Option<sign_in::Way>,
    /// Ask for the right to answer in threads and to take files out of posts
    #[arg(long, conflicts_with = "kind")]
    replies: bool,
    /// The key is one that a user issued to this program
    #[arg(long)]
    user_key: bool,
    /// The key is an administrator's, for one user
    #[arg(long)]
    admin_key: bool,
    /// The client id that a user key was issued to, or the user name of an admin key
    #[arg(long, value_name = "CLIENT_ID|NAME", requires = "kind")]
    identity: Option<String>,
    /// Look at the account's own inbox; taken when nothing else is named
    #[arg(long, value_enum)]
    inbox: Option<Inbox>,
    /// Look at a group's inbox
    #[arg(long, value_name = "NAME")]
    group: Vec<String>,
    /// Look at a category that only some can read, by the two last parts of its address (`vip/12`)
    #[arg(long, value_name = "SLUG/ID", value_parser = category)]
    category: Vec<Category>,
    /// Look at the messages with a tag
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Look at one thread
    #[arg(long, value_name = "ID")]
    topic: Vec<i64>,
    /// The forum's name in the ledger; its host's, unless told, and the same for ever
    #[arg(long)]
    name: Option<String>,
    /// A group whose members are staff: what they write is no customer's wish
    #[arg(long, value_name = "NAME")]
    staff_group: Vec<String>,
    /// Requests a minute that we allow ourselves
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
    requests_per_minute: u32,
    /// Requests a day that we allow ourselves
    #[arg(long, value_name = "N", default_value_t = 2400, value_parser = clap::value_parser!(u32).range(1..))]
    requests_per_day: u32,
    /// Read the key, or what the forum shows, from this file instead of asking; `-` is standard input
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    key_file: Option<PathBuf>,
}

/// A category as its address names it.
#[derive(Debug, Clone)]
struct Category {
    slug: String,
    id: i64,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Inbox {
    /// The account's own
    Personal,
}

const LEDGER_EXAMPLES: &str = "\
Examples:
  custody connect ledger --address-file /run/secrets/ledger
  custody connect ledger";

/// Keep the ledger in a team's PostgreSQL database from the next start on
///
/// The address (postgres://user:password@host/database) holds a password, so it is asked for or read from a file, and kept in the
/// keychain. A desk that has cases already keeps the ledger it has: a record is not moved by halves.
#[derive(Debug, Args)]
#[command(after_long_help = LEDGER_EXAMPLES)]
struct Ledger {
    /// Read the address from this file instead of asking; `-` is standard input
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    address_file: Option<PathBuf>,
}

/// Connects a server.
pub async fn connect(args: Connect, context: &mut Context) -> Result<(), Failure> {
    match args.what {
        What::Forum(args) => context.with_desk(async |desk, context| forum(args, desk, context).await).await,
        What::Tracker(args) => {
            context.with_desk(async |desk, context| tracker::tracker(args, desk, context).await).await
        }
        What::Mail(args) => context.with_desk(async |desk, context| mail::mail(args, desk, context).await).await,
        What::Ledger(args) => context.with_desk(async |desk, context| ledger(args, desk, context).await).await,
    }
}

async fn forum(args: Forum, desk: &Desk, context: &mut Context) -> Result<(), Failure> {
    let account = match (args.identity.clone(), args.admin_key) {
        (None, _) => sign_in::sign_in(args, desk, context).await?,
        (Some(identity), is_admin) => {
            let kind = if is_admin { ForumKeyKind::Admin } else { ForumKeyKind::User };
            let known = desk.settings().forum.map(|forum| forum.name);
            let name = known.unwrap_or_else(|| args.url.host_str().unwrap_or("forum").to_owned());
            let key = secrets::token(args.key_file.as_deref(), "the forum's key", "Key: ")?;
            let mut settings = ForumSettings::new(name, args.url.clone(), kind, identity);
            settings_from(args, &mut settings);
            desk.connect_forum(settings, key).await?
        }
    };
    context.out.show(&account, |account| {
        let staff = if account.staff { "staff" } else { "not staff" };
        let inboxes: Vec<String> = account.inboxes.iter().map(|name| shown(name)).collect();
        let inboxes = if inboxes.is_empty() { "none".to_owned() } else { inboxes.join(", ") };
        let mut text = format!(
            "The forum is connected.\n\n  Account        {} ({staff} there)\n  Group inboxes  {inboxes}\n",
            shown(&account.username)
        );
        for (at, right) in account.rights.iter().enumerate() {
            let standing = match right.standing {
                RightStanding::Found => "yes",
                RightStanding::Missing => "NO ",
                RightStanding::AskedFor => "asked for",
            };
            let head = if at == 0 { "The key has" } else { "" };
            text.push_str(&format!(
                "  {head:<13}  {standing:<9}  {:<12}  {}\n",
                right.name,
                words::purpose(right.name)
            ));
        }
        text.push_str("\n`custody sync` takes in what is there; `custody run` goes on doing so.\n");
        text
    })
}

/// What the command line says of the forum.
fn settings_from(args: Forum, forum: &mut ForumSettings) {
    forum.sources = sources(&args);
    forum.staff_groups = args.staff_group;
    forum.requests_per_minute = args.requests_per_minute;
    forum.requests_per_day = args.requests_per_day;
    if let Some(name) = args.name {
        forum.name = name;
    }
}

/// What is looked at; the account's own inbox if nothing is named.
fn sources(args: &Forum) -> Vec<SourceSetting> {
    let mut sources = Vec::new();
    let names_none = args.group.is_empty() && args.category.is_empty() && args.tag.is_empty() && args.topic.is_empty();
    if args.inbox.is_some() || names_none {
        sources.push(SourceSetting::PersonalInbox);
    }
    sources.extend(args.group.iter().cloned().map(SourceSetting::Group));
    sources.extend(args.category.iter().cloned().map(|Category { slug, id }| SourceSetting::Category { slug, id }));
    sources.extend(args.tag.iter().cloned().map(SourceSetting::Tag));
    sources.extend(args.topic.iter().copied().map(SourceSetting::Topic));
    sources
}

async fn ledger(args: Ledger, desk: &Desk, context: &mut Context) -> Result<(), Failure> {
    let address = secrets::token(args.address_file.as_deref(), "the ledger's address", "Address: ")?;
    desk.connect_ledger(address).await?;
    context.out.show(&json!({ "ledger": "postgres" }), |_| {
        "The ledger is connected. It is used from the next start on.\n".to_owned()
    })
}

/// `slug/id`, as the address of a category ends. The slugs of its parents may stand before it: the number alone decides.
fn category(text: &str) -> Result<Category, String> {
    let (slug, id) = text.trim_matches('/').rsplit_once('/').ok_or("write it as SLUG/ID, as its address ends")?;
    let id = id.parse().ok().filter(|id| *id > 0).ok_or("the address of a category ends in its number")?;
    let slug = slug.rsplit('/').next().filter(|slug| !slug.is_empty()).ok_or("write it as SLUG/ID")?;
    Ok(Category { slug: slug.to_owned(), id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_named_as_its_address_ends() {
        for (text, slug) in [("vip/12", "vip"), ("/c/customers/vip/12/", "vip")] {
            let category = category(text).unwrap();
            assert_eq!((category.slug.as_str(), category.id), (slug, 12));
        }
        for text in ["vip", "12", "vip/", "vip/x", "vip/-1", "vip/0", "/12"] {
            assert!(category(text).is_err(), "{text} is refused");
        }
    }
}

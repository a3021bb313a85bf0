//! What the page brings along when a desk is set up: keys, words and servers. Secrets go from here straight to the keychain.

use custody_core::{Private, period::Period};
use custody_desk::{
    HostAndPort, MailWish, Passphrase, Recipient,
    settings::{OAuthSettings, TrackerKindSetting, TrackerSetting},
    sign_in::Wishes,
    views::{Connection, SetupStep},
};
use serde::{Deserialize, Deserializer, de::Error as _};
use ts_rs::TS;
use url::{Host, Url};

use crate::args::{PersonName, new_passphrase, passphrase};

/// The most bytes of a key, a password or what a forum showed.
const LONGEST_SECRET: usize = 16 << 10;
/// The most characters of a name or address.
const LONGEST_TEXT: usize = 320;
/// The most characters of a name that stands in the ledger.
const LONGEST_NAME: usize = 100;
/// The most groups that are named at a time.
const MOST_GROUPS: usize = 200;
/// The longest word of a recovery kit, with room for how it is typed.
const LONGEST_WORD: usize = 32;

/// The words of a recovery kit that were asked back.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KitWords {
    /// As they were typed, in the order in which they were asked.
    #[serde(deserialize_with = "kit_words")]
    #[ts(type = "string[]")]
    pub words: Vec<Private<String>>,
}

/// For whom a recovery kit is sealed.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Escrow {
    /// An age recipient, `age1...`.
    #[serde(deserialize_with = "recipient")]
    #[ts(type = "string")]
    pub recipient: Recipient,
}

/// A step of the first run.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfSetupStep {
    /// The step.
    pub step: SetupStep,
}

/// A forum to sign in to.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignInWish {
    /// Its address.
    #[serde(deserialize_with = "server")]
    #[ts(type = "string")]
    pub url: Url,
    /// Whether the desk may answer in threads and take files out of posts.
    pub replies: bool,
}

impl SignInWish {
    /// What the key is to be good for.
    pub const fn wishes(&self) -> Wishes {
        Wishes { news: true, replies: self.replies }
    }
}

/// A page of the forum to be opened in the browser.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfSignInPage {
    /// Which.
    pub page: SignInPageName,
}

/// The pages of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignInPageName {
    /// Where a code is typed.
    Code,
    /// Which shows a text to be brought back.
    Paste,
    /// Which leads back to the program.
    Redirect,
}

/// What a person brought back from the forum.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BroughtBack {
    /// The text or the address.
    #[serde(deserialize_with = "secret")]
    #[ts(type = "string")]
    pub brought: Private<String>,
}

/// Whose inboxes on the forum are looked at.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Inboxes {
    /// That of the account itself.
    pub personal: bool,
    /// Those of these groups.
    #[serde(deserialize_with = "groups")]
    pub groups: Vec<String>,
}

/// Which connection.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfConnection {
    /// Which kind.
    pub what: ConnectionName,
    /// Which tracker.
    pub tracker: Option<String>,
}

/// The kinds of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionName {
    /// The forum.
    Forum,
    /// A tracker.
    Tracker,
    /// Mail.
    Mail,
}

impl From<OfConnection> for Connection {
    fn from(OfConnection { what, tracker }: OfConnection) -> Self {
        match what {
            ConnectionName::Forum => Self::Forum,
            ConnectionName::Tracker => Self::Tracker(tracker.unwrap_or_default()),
            ConnectionName::Mail => Self::Mail,
        }
    }
}

/// A tracker to be connected.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TrackerForm {
    /// Its name in the ledger.
    #[serde(deserialize_with = "name")]
    #[ts(type = "string")]
    pub name: String,
    /// What kind it is.
    #[ts(
        type = "\"request_tracker\" | \"redmine\" | \"jira_cloud\" | \"jira_data_center\" | \"gitlab\" | \"github\" | \"zendesk\""
    )]
    pub kind: TrackerKindSetting,
    /// Its address.
    #[serde(deserialize_with = "server")]
    #[ts(type = "string")]
    pub url: Url,
    /// The account's address, where the kind needs one.
    pub account: Option<String>,
    /// The project, where the kind needs one.
    pub project: Option<String>,
    /// The key.
    #[serde(deserialize_with = "secret")]
    #[ts(type = "string")]
    pub secret: Private<String>,
}

impl TrackerForm {
    /// The settings and the key.
    pub fn parts(self) -> (TrackerSetting, Private<String>) {
        let Self { name, kind, url, account, project, secret } = self;
        (TrackerSetting { name, kind, url, account, project, closed_states: None }, secret)
    }
}

/// Mail by a password.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MailForm {
    /// The servers and the account.
    pub servers: MailServers,
    /// The password.
    #[serde(deserialize_with = "secret")]
    #[ts(type = "string")]
    pub secret: Private<String>,
}

/// Mail by OAuth 2.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OAuthMailForm {
    /// The servers and the account.
    pub servers: MailServers,
    /// The token endpoint.
    #[serde(deserialize_with = "server")]
    #[ts(type = "string")]
    pub token_url: Url,
    /// The client that the refresh token was issued to.
    #[serde(deserialize_with = "text")]
    #[ts(type = "string")]
    pub client_id: String,
    /// The client's secret, if it has one.
    #[serde(deserialize_with = "maybe_secret")]
    #[ts(type = "string | null")]
    pub client_secret: Option<Private<String>>,
    /// The refresh token.
    #[serde(deserialize_with = "secret")]
    #[ts(type = "string")]
    pub secret: Private<String>,
}

/// Mail servers and the account at both.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MailServers {
    /// The address that letters come from.
    #[serde(deserialize_with = "text")]
    #[ts(type = "string")]
    pub from: String,
    /// The account, if it is not that address.
    pub user: Option<String>,
    /// Where letters are posted, as `host:port`.
    #[serde(deserialize_with = "host_and_port")]
    #[ts(type = "string")]
    pub smtp: HostAndPort,
    /// Where answers arrive, as `host:port`.
    #[serde(deserialize_with = "host_and_port")]
    #[ts(type = "string")]
    pub imap: HostAndPort,
}

impl MailServers {
    /// What is wanted, opened by OAuth or not.
    pub fn wish(self, oauth: Option<OAuthSettings>) -> MailWish {
        let Self { from, user, smtp, imap } = self;
        let user = user.map(|user| user.trim().to_owned()).filter(|user| !user.is_empty());
        MailWish { user: user.unwrap_or_else(|| from.clone()), from, smtp, imap, oauth }
    }
}

/// Another passphrase.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PassphraseChange {
    /// The one that is in use.
    #[serde(deserialize_with = "passphrase")]
    #[ts(type = "string")]
    pub old: Passphrase,
    /// As it was typed; at least ten characters.
    #[serde(deserialize_with = "new_passphrase")]
    #[ts(type = "string")]
    pub passphrase: Passphrase,
}

/// When a desk locks itself.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LockAfter {
    /// So many minutes without input: one to a day.
    #[serde(deserialize_with = "lock_time")]
    #[ts(type = "number")]
    pub minutes: Period,
}

/// A member of staff who gets a key of their own.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewApprover {
    /// The name under which they act.
    #[ts(type = "string")]
    pub name: PersonName,
    /// Typed by themselves.
    #[serde(deserialize_with = "new_passphrase")]
    #[ts(type = "string")]
    pub passphrase: Passphrase,
}

/// A member of staff.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfPerson {
    /// The name under which they act.
    #[ts(type = "string")]
    pub name: PersonName,
}

/// A backup to be connected; its folder is chosen outside of the page.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BackupForm {
    /// Its name on receipts.
    #[ts(type = "string")]
    pub name: PersonName,
    /// For how many days others keep earlier versions of the place.
    #[serde(deserialize_with = "kept_days")]
    #[ts(type = "number")]
    pub kept_days: Period,
    /// Whether it is taken over from another installation.
    pub take_over: bool,
}

/// A backup to be left.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LeaveBackup {
    /// Its name.
    #[ts(type = "string")]
    pub name: PersonName,
    /// Whether the place no longer exists.
    pub lost: bool,
}

/// Something that was set aside.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfAside {
    /// What it is called by.
    #[ts(type = "string")]
    pub name: PersonName,
}

fn kit_words<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Private<String>>, D::Error> {
    let words = Vec::<String>::deserialize(from)?;
    if words.len() > 3 || words.iter().any(|word| word.len() > LONGEST_WORD) {
        return Err(D::Error::custom("three words"));
    }
    Ok(words.into_iter().map(Private::new).collect())
}

fn recipient<'de, D: Deserializer<'de>>(from: D) -> Result<Recipient, D::Error> {
    let text = String::deserialize(from)?;
    // A key that opens would be a grave mistake here, and is none of an age recipient.
    text.trim().parse().map_err(|_| D::Error::custom("an age recipient"))
}

fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_TEXT || text.chars().any(char::is_control) {
        return Err(D::Error::custom("a text of one line"));
    }
    Ok(text.to_owned())
}

fn name<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let name = text(from)?;
    if name.chars().count() <= LONGEST_NAME { Ok(name) } else { Err(D::Error::custom("a name is shorter")) }
}

fn groups<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let groups = Vec::<String>::deserialize(from)?;
    if groups.len() > MOST_GROUPS || groups.iter().any(|name| name.is_empty() || name.chars().count() > LONGEST_TEXT) {
        return Err(D::Error::custom("names of groups"));
    }
    Ok(groups)
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<Private<String>, D::Error> {
    let text = String::deserialize(from)?;
    if text.trim().is_empty() || text.len() > LONGEST_SECRET {
        return Err(D::Error::custom("a secret"));
    }
    Ok(Private::new(text))
}

fn maybe_secret<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Private<String>>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    if text.as_ref().is_some_and(|text| text.len() > LONGEST_SECRET) {
        return Err(D::Error::custom("a secret"));
    }
    Ok(text.filter(|text| !text.trim().is_empty()).map(Private::new))
}

/// The address of a server: `https`, or `http` on this machine. People leave the beginning out.
fn server<'de, D: Deserializer<'de>>(from: D) -> Result<Url, D::Error> {
    let text = String::deserialize(from)?;
    let text = text.trim();
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let wrong = || D::Error::custom("the address of a server");
    if whole.len() > 2048 {
        return Err(wrong());
    }
    let url = Url::parse(&whole).map_err(|_| wrong())?;
    let is_loopback = match url.host().ok_or_else(wrong)? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => name == "localhost",
    };
    let fits = url.scheme() == "https" || (url.scheme() == "http" && is_loopback);
    let is_bare = url.username().is_empty() && url.password().is_none();
    if fits && is_bare { Ok(url) } else { Err(wrong()) }
}

/// `host:port`; an IPv6 address stands in brackets.
fn host_and_port<'de, D: Deserializer<'de>>(from: D) -> Result<HostAndPort, D::Error> {
    let text = String::deserialize(from)?;
    let wrong = || D::Error::custom("host:port");
    let (host, port) = text.trim().rsplit_once(':').ok_or_else(wrong)?;
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let port = port.parse().ok().filter(|port| *port > 0).ok_or_else(wrong)?;
    let is_host = !host.is_empty() && host.len() <= 255 && !host.contains(['/', '@', ' ']);
    if is_host { Ok(HostAndPort { host: host.to_owned(), port }) } else { Err(wrong()) }
}

fn lock_time<'de, D: Deserializer<'de>>(from: D) -> Result<Period, D::Error> {
    match u32::deserialize(from)? {
        minutes @ 1..=1440 => Ok(Period::minutes(minutes)),
        _ => Err(D::Error::custom("a minute to a day")),
    }
}

fn kept_days<'de, D: Deserializer<'de>>(from: D) -> Result<Period, D::Error> {
    match u32::deserialize(from)? {
        days @ 0..=3660 => Ok(Period::days(days)),
        _ => Err(D::Error::custom("up to ten years")),
    }
}

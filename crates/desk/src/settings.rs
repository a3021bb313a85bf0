//! `settings.toml`: what a desk is connected to and by which rules it keeps. No secret ever stands in it.

mod mail;

use std::path::{Path, PathBuf};

use custody_core::{
    digest::DigestPolicy,
    id::DeskId,
    period::Period,
    phrases::Phrases,
    retention::{Product, RetentionRule, RuleBook, Rules, RulesError},
    ticket_pattern::{NotAPattern, TicketPattern},
};
use serde::{Deserialize, Serialize};
use url::Url;

pub use self::mail::{LoginKind, MailServer, MailSettings, OAuthSettings, Tls};

/// The settings of a desk. Unknown keys are refused: a misspelt rule must not silently be no rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Which desk; made once.
    pub desk: DeskId,
    /// Who attests on receipts.
    #[serde(default)]
    pub issuer: Issuer,
    /// The forum, once connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forum: Option<ForumSettings>,
    /// Trackers of tickets besides the forum's own threads.
    #[serde(default, rename = "tracker", skip_serializing_if = "Vec::is_empty")]
    pub trackers: Vec<TrackerSetting>,
    /// Mail, once connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<MailSettings>,
    /// What is taken in.
    #[serde(default)]
    pub intake: IntakeSettings,
    /// Where what is held is kept a second time.
    #[serde(default, rename = "backup", skip_serializing_if = "Vec::is_empty")]
    pub backups: Vec<BackupSetting>,
    /// How erasing goes.
    #[serde(default)]
    pub sweep: SweepSettings,
    /// What needs a second person.
    #[serde(default)]
    pub four_eyes: FourEyes,
    /// Who is told beforehand what will be erased.
    #[serde(default)]
    pub digest: DigestSettings,
    /// Times of the desk.
    #[serde(default)]
    pub times: Times,
    /// What may leave a viewer.
    #[serde(default)]
    pub viewer: ViewerSettings,
    /// What in a thread means which product, for rules that name products.
    #[serde(default, rename = "product", skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Product>,
    /// The retention rules, asked in order; the last applies to every file.
    #[serde(default = "usual_rules", rename = "rule")]
    pub rules: Vec<RetentionRule>,
    /// What customers write and what of it counts.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub phrases: Phrases,
    /// How staff name tickets in a thread.
    #[serde(default, rename = "ticket", skip_serializing_if = "Vec::is_empty")]
    pub ticket_patterns: Vec<TicketPattern>,
    /// Where the ledger is.
    #[serde(default)]
    pub ledger: LedgerSettings,
}

fn usual_rules() -> Vec<RetentionRule> {
    Rules::usual().as_slice().to_vec()
}

fn is_usual(phrases: &Phrases) -> bool {
    *phrases == Phrases::default()
}

/// Who attests on receipts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Issuer {
    /// The organisation.
    pub name: String,
    /// Whom customers ask.
    pub contact: String,
    /// Language of letters (BCP 47): `en`, `de`, `es`, `fr` or `ja`.
    pub language: String,
}

impl Default for Issuer {
    fn default() -> Self {
        Self { name: "Support".to_owned(), contact: "support".to_owned(), language: "en".to_owned() }
    }
}

/// The forum.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForumSettings {
    /// Its name in the ledger; must not change.
    pub name: String,
    /// Its address, with the folder it lives in.
    pub url: Url,
    /// What kind of key is in the keychain.
    pub key: ForumKeyKind,
    /// For a user key: the client id it was issued to. For an admin key: the user name.
    pub identity: String,
    /// What is looked at.
    pub sources: Vec<SourceSetting>,
    /// Groups whose members are staff.
    #[serde(default)]
    pub staff_groups: Vec<String>,
    /// Requests a minute that we allow ourselves.
    #[serde(default = "per_minute")]
    pub requests_per_minute: u32,
    /// Requests a day that we allow ourselves.
    #[serde(default = "per_day")]
    pub requests_per_day: u32,
}

impl ForumSettings {
    /// A forum asked as often as usual; nothing is looked at yet.
    pub fn new(name: String, url: Url, key: ForumKeyKind, identity: String) -> Self {
        Self {
            name,
            url,
            key,
            identity,
            sources: Vec::new(),
            staff_groups: Vec::new(),
            requests_per_minute: per_minute(),
            requests_per_day: per_day(),
        }
    }
}

const fn per_minute() -> u32 {
    15
}

const fn per_day() -> u32 {
    2400
}

/// What kind of key is in the keychain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForumKeyKind {
    /// A key that a user issued to this program.
    User,
    /// An administrator's key for one user.
    Admin,
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceSetting {
    /// The personal inbox of the account.
    PersonalInbox,
    /// The inbox of a group.
    Group(String),
    /// A category that only some can read.
    Category {
        /// Its name in addresses.
        slug: String,
        /// Its number.
        id: i64,
    },
    /// Messages with a tag.
    Tag(String),
    /// One thread.
    Topic(i64),
}

/// A tracker of tickets.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrackerSetting {
    /// Its name in the ledger and in ticket patterns; must not change. `topic` is the forum's own.
    pub name: String,
    /// What kind of tracker it is.
    pub kind: TrackerKindSetting,
    /// Its address, with the folder it lives in.
    pub url: Url,
    /// The account's address, for Jira Cloud and Zendesk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The project (GitLab) or `owner/name` (GitHub).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// Which states mean closed, instead of what the tracker itself says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_states: Option<Vec<String>>,
}

/// The kinds of trackers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "their names say it")]
pub enum TrackerKindSetting {
    RequestTracker,
    Redmine,
    JiraCloud,
    JiraDataCenter,
    #[serde(rename = "gitlab")]
    GitLab,
    #[serde(rename = "github")]
    GitHub,
    Zendesk,
}

/// A backup target: a folder on another disk or on a share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupSetting {
    /// Its name in the ledger and on receipts; must not change.
    pub name: String,
    /// The folder. The desk makes one of its own in it.
    pub folder: PathBuf,
    /// How long whoever runs that place keeps earlier versions of it (snapshots of a share, say). Receipts say until when
    /// such a version may still hold an erased file, for the recovery kit alone.
    #[serde(default)]
    pub snapshots_kept: Period,
}

/// What is taken in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IntakeSettings {
    /// The most bytes of one file.
    pub max_file_bytes: u64,
    /// Whether the thread is told, once, what was taken in and how long it is kept.
    pub notice: bool,
    /// Whether a file is held only once every backup has it too.
    pub write_twice: bool,
}

impl Default for IntakeSettings {
    fn default() -> Self {
        Self { max_file_bytes: 8 << 30, notice: false, write_twice: false }
    }
}

/// How erasing goes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SweepSettings {
    /// The most files a sweep erases without asking.
    pub cap: u64,
}

impl Default for SweepSettings {
    fn default() -> Self {
        Self { cap: 50 }
    }
}

/// What needs a second person: one proposes it and another approves it, each with a key of their own.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FourEyes {
    /// Lifting a hold.
    pub lift_hold: bool,
    /// An erasure that staff want before the rule's end. What customers ask for never waits for anybody.
    pub early_erasure: bool,
    /// Reports, the ledger's rows, and the plaintext of files that leave the desk.
    pub export: bool,
    /// How long a proposal can be approved, and an approved export be made.
    pub proposal_time: Period,
}

impl Default for FourEyes {
    fn default() -> Self {
        Self { lift_hold: false, early_erasure: false, export: false, proposal_time: Period::days(3) }
    }
}

impl FourEyes {
    /// Whether anything needs a second person.
    pub const fn is_on(&self) -> bool {
        self.lift_hold || self.early_erasure || self.export
    }
}

/// Who is told beforehand what will be erased.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DigestSettings {
    /// The address of the staff who answer for it. Without one, nothing is mailed; `custody notices` shows the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// How far it looks ahead.
    pub ahead: Period,
    /// How often it is mailed; a day is the least.
    pub every: Period,
}

impl Default for DigestSettings {
    fn default() -> Self {
        let DigestPolicy { ahead, every, .. } = DigestPolicy::default();
        Self { to: None, ahead, every }
    }
}

/// Times of the desk.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Times {
    /// How often a round is made.
    pub round_every: Period,
    /// How long without input until the desk locks itself.
    pub lock_after: Period,
    /// How long a customer has to answer a receipt.
    pub answer_time: Period,
    /// How often an open location is looked at again.
    pub follow_up_every: Period,
    /// How long a viewing copy lasts if nothing else is said.
    pub viewing_copy: Period,
    /// How long it may last at most, from when it is made or made to last longer.
    pub viewing_copy_longest: Period,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            round_every: Period::minutes(5),
            lock_after: Period::minutes(30),
            answer_time: Period::days(30),
            follow_up_every: Period::days(1),
            viewing_copy: Period::minutes(30),
            viewing_copy_longest: Period::hours(8),
        }
    }
}

/// What may leave a viewer by the hands of whoever reads in it. A viewing copy is a file, and not bound by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ViewerSettings {
    /// Text may be selected, copied into the clipboard and printed.
    pub copies: bool,
}

impl Default for ViewerSettings {
    fn default() -> Self {
        Self { copies: true }
    }
}

/// Where the ledger is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerSettings {
    /// In an encrypted file of this desk.
    #[default]
    Embedded,
    /// In a PostgreSQL database, whose address is in the keychain.
    Postgres,
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read or written.
    #[error("settings.toml cannot be read or written")]
    Disk(#[source] std::io::Error),
    /// It is not understood.
    #[error("settings.toml is not understood: {0}")]
    NotUnderstood(String),
    /// It cannot be written as TOML.
    #[error("the settings cannot be written")]
    NotWritten(#[source] toml::ser::Error),
    /// The rules do not hold together.
    #[error("settings.toml: {0}")]
    Rules(#[from] RulesError),
    /// A ticket pattern cannot be used.
    #[error("settings.toml: {0}")]
    Pattern(#[from] NotAPattern),
    /// The forum's part cannot be used.
    #[error("settings.toml, the forum: {0}")]
    Forum(String),
    /// The part about mail cannot be used.
    #[error("settings.toml, mail: {0}")]
    Mail(String),
    /// A tracker's part cannot be used.
    #[error("settings.toml, the tracker {name}: {why}")]
    Tracker {
        /// Its name.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// A backup's part cannot be used.
    #[error("settings.toml, the backup {name}: {why}")]
    Backup {
        /// Its name.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// They are another desk's.
    #[error("settings.toml is another desk's")]
    OtherDesk,
}

/// Reads rules that were written by [`rules_to_toml`], or by hand in the same way.
///
/// # Errors
/// [`SettingsError::NotUnderstood`] with the line that is not; [`SettingsError::Rules`] if they do not hold together.
pub fn rules_from_toml(text: &str) -> Result<RuleBook, SettingsError> {
    let book: RuleBook = toml::from_str(text).map_err(|error| SettingsError::NotUnderstood(error.to_string()))?;
    Rules::new(book.clone())?;
    Ok(book)
}

/// Writes rules as they stand in the settings: one `[[product]]` or `[[rule]]` each.
///
/// # Errors
/// [`SettingsError::NotWritten`].
pub fn rules_to_toml(book: &RuleBook) -> Result<String, SettingsError> {
    toml::to_string_pretty(book).map_err(SettingsError::NotWritten)
}

/// Names stand on receipts and in rows of lines.
pub(crate) fn check_backups(backups: &[BackupSetting]) -> Result<(), SettingsError> {
    for (at, backup) in backups.iter().enumerate() {
        let wrong = |why: &str| SettingsError::Backup { name: backup.name.clone(), why: why.to_owned() };
        let is_name = !backup.name.trim().is_empty() && backup.name.chars().count() <= 40;
        if !is_name || backup.name.chars().any(char::is_control) {
            return Err(wrong("a name has one to forty letters"));
        }
        if backups[..at].iter().any(|other| other.name == backup.name) {
            return Err(wrong("two backups have this name"));
        }
        if !backup.folder.is_absolute() {
            return Err(wrong("the folder is to be given as a whole path"));
        }
    }
    Ok(())
}

impl Settings {
    /// The settings of a new desk.
    pub fn new(desk: DeskId) -> Self {
        Self {
            desk,
            issuer: Issuer::default(),
            forum: None,
            trackers: Vec::new(),
            mail: None,
            intake: IntakeSettings::default(),
            backups: Vec::new(),
            sweep: SweepSettings::default(),
            four_eyes: FourEyes::default(),
            digest: DigestSettings::default(),
            times: Times::default(),
            viewer: ViewerSettings::default(),
            products: Vec::new(),
            rules: usual_rules(),
            phrases: Phrases::default(),
            ticket_patterns: Vec::new(),
            ledger: LedgerSettings::default(),
        }
    }

    /// The rules that stand in the file, with their products.
    pub fn book(&self) -> RuleBook {
        RuleBook { products: self.products.clone(), rules: self.rules.clone() }
    }

    /// Reads `settings.toml`.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let text = std::fs::read_to_string(path).map_err(SettingsError::Disk)?;
        Self::parse(&text)
    }

    /// The settings in a text.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        // The parser's message names the line and the key, and settings hold no secret.
        let settings: Self = toml::from_str(text).map_err(|error| SettingsError::NotUnderstood(error.to_string()))?;
        Rules::new(settings.book())?;
        settings.ticket_patterns.iter().try_for_each(TicketPattern::check)?;
        check_backups(&settings.backups)?;
        Ok(settings)
    }

    /// Writes `settings.toml` beside the old one and then over it, so that a crash leaves one or the other.
    pub fn write(&self, path: &Path) -> Result<(), SettingsError> {
        let text = toml::to_string_pretty(self).map_err(SettingsError::NotWritten)?;
        let part = path.with_extension("toml.part");
        std::fs::write(&part, text).and_then(|()| std::fs::rename(&part, path)).map_err(SettingsError::Disk)
    }
}

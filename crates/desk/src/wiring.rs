//! From settings and kept secrets to the ports of the core.

pub(crate) mod mail_tokens;

use std::{collections::BTreeSet, str::FromStr, sync::Arc, time::Duration};

use async_trait::async_trait;
use custody_core::{
    Private,
    case::TopicId,
    digest::DigestPolicy,
    flow::{Policy, intake::TOPIC_TRACKER},
    period::Period,
    ports::{
        AttachmentRef, BackupTarget, ChangedThreads, Download, Fault, Forum, ForumAccount, ForumCopy, Mailbox,
        PortError, PortResult, Ports, Postbox, Stripped, Thread, Witness,
    },
    retention::Rules,
};
use custody_ledger::SqlLedger;
use custody_remote::{
    forum::{DiscourseForum, DiscourseSettings, ForumKey, Source},
    http::{Http, HttpSettings, budget::BudgetSettings},
    mail::{
        self, Login, Security,
        access_token::AccessTokens,
        imap::{ImapMailbox, ImapSettings, POLL_EVERY},
        smtp::{SmtpPostbox, SmtpSettings},
    },
    tracker::{TopicTracker, TrackerClient, TrackerKind, TrackerSettings, Trackers},
};
use custody_vault::{OsChance, Target, TokenName, Vault};
use secrecy::{ExposeSecret as _, SecretString};

use self::mail_tokens::MailTokens;
use crate::{
    Result,
    clock::DeskClock,
    desk::rules::in_force,
    settings::{
        BackupSetting, ForumKeyKind, ForumSettings, LoginKind, MailServer, MailSettings, Settings, SettingsError,
        SourceSetting, Tls, TrackerKindSetting, TrackerSetting,
    },
};

/// A desk's settings and what was made of them. Exchanged as a whole when the settings change.
#[derive(Clone)]
pub(crate) struct Wired {
    pub(crate) settings: Settings,
    pub(crate) policy: Policy,
    pub(crate) ports: Ports,
    /// The forum's address without a slash at its end; empty while there is none.
    pub(crate) forum_url: String,
    /// The names that tickets may carry.
    pub(crate) trackers: Vec<String>,
    pub(crate) tracker_clients: Vec<(String, Arc<dyn TrackerClient>)>,
    pub(crate) discourse: Option<Arc<DiscourseForum>>,
    pub(crate) smtp: Option<Arc<SmtpPostbox>>,
    pub(crate) imap: Option<Arc<ImapMailbox>>,
    /// What opens mail accounts by OAuth.
    pub(crate) mail_tokens: Option<MailTokens>,
}

/// The names under which secrets are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Secret {
    Forum,
    Smtp,
    Imap,
    OAuthRefresh,
    OAuthClient,
    LedgerAddress,
}

/// The name under which a tracker's secret is kept.
pub(crate) fn tracker_secret(name: &str) -> PortResult<TokenName> {
    TokenName::from_str(&format!("tracker-{name}"))
        .map_err(|cause| PortError::not_possible(Fault::KeychainTrouble).because(cause))
}

impl Secret {
    pub(crate) fn name(self) -> PortResult<TokenName> {
        let text = match self {
            Self::Forum => "forum",
            Self::Smtp => "mail-out",
            Self::Imap => "mail-in",
            Self::OAuthRefresh => "mail-oauth",
            Self::OAuthClient => "mail-oauth-client",
            Self::LedgerAddress => "ledger-address",
        };
        TokenName::from_str(text).map_err(|cause| PortError::not_possible(Fault::KeychainTrouble).because(cause))
    }

    pub(crate) async fn keep(self, vault: &Vault, secret: &Private<String>) -> PortResult<()> {
        vault.keep_token(self.name()?, SecretString::from(secret.reveal().clone())).await
    }

    pub(crate) async fn fetch(self, vault: &Vault) -> PortResult<Private<String>> {
        self.find(vault).await?.ok_or_else(|| PortError::needs_person(Fault::KeyMissing))
    }

    pub(crate) async fn find(self, vault: &Vault) -> PortResult<Option<Private<String>>> {
        let kept = vault.token(self.name()?).await?;
        Ok(kept.map(|kept| Private::new(kept.expose_secret().to_owned())))
    }

    pub(crate) async fn destroy(self, vault: &Vault) -> PortResult<()> {
        vault.destroy_token(self.name()?).await
    }
}

/// Joins everything. Nothing is asked of a server yet. The tokens that were in use go on being used if they still fit.
pub(crate) async fn wire(
    settings: Settings,
    vault: &Vault,
    ledger: &SqlLedger,
    clock: &Arc<DeskClock>,
    in_use: Option<MailTokens>,
) -> Result<Wired> {
    let discourse = match &settings.forum {
        Some(forum) => Some(Arc::new(discourse(forum, Secret::Forum.fetch(vault).await?, clock)?)),
        None => None,
    };
    let forum: Arc<dyn Forum> = match &discourse {
        Some(forum) => forum.clone(),
        None => Arc::new(NoForum),
    };
    let mail_tokens = match &settings.mail {
        Some(mail) => mail_tokens::kept(mail, vault, clock, in_use).await?,
        None => None,
    };
    let (smtp, imap) = match &settings.mail {
        Some(mail) => {
            let tokens = mail_tokens.as_ref();
            let smtp = postbox(mail, &settings.issuer.name, opener(&mail.smtp, Secret::Smtp, vault, tokens).await?)?;
            let imap = mailbox(mail, opener(&mail.imap, Secret::Imap, vault, tokens).await?)?;
            (Some(Arc::new(smtp)), Some(Arc::new(imap)))
        }
        None => (None, None),
    };
    let mut trackers = Trackers::new().with(TOPIC_TRACKER, Arc::new(TopicTracker::new(forum.clone())));
    let mut tracker_clients = Vec::new();
    for setting in &settings.trackers {
        let secret = vault.token(tracker_secret(&setting.name)?).await?;
        let secret = secret.ok_or_else(|| PortError::needs_person(Fault::KeyMissing))?;
        let client = tracker(setting, Private::new(secret.expose_secret().to_owned()), clock)?;
        trackers = trackers.with(setting.name.clone(), client.clone());
        tracker_clients.push((setting.name.clone(), client));
    }
    let names: Vec<String> = trackers.names().map(str::to_owned).collect();
    if let Some(pattern) = settings.ticket_patterns.iter().find(|pattern| !names.contains(&pattern.tracker)) {
        let why = "a ticket pattern names it, but there is no such tracker".to_owned();
        return Err(SettingsError::Tracker { name: pattern.tracker.clone(), why }.into());
    }
    let ports = Ports {
        clock: clock.clone(),
        chance: Arc::new(OsChance),
        ledger: Arc::new(ledger.clone()),
        strongroom: Arc::new(vault.clone()),
        drop_folders: Arc::new(vault.clone()),
        backups: settings
            .backups
            .iter()
            .map(|backup| -> Arc<dyn BackupTarget> { Arc::new(target(vault, backup)) })
            .collect(),
        signer: Arc::new(vault.clone()),
        tracker: Arc::new(trackers.clone()),
        forum,
        postbox: smtp.clone().map(|smtp| smtp as Arc<dyn Postbox>),
        mailbox: imap.clone().map(|imap| imap as Arc<dyn Mailbox>),
    };
    let policy = policy(&settings, in_force(ledger, &settings).await?, clock.is_practice());
    let address = settings.forum.as_ref().map(|forum| forum.url.as_str().trim_end_matches('/').to_owned());
    Ok(Wired {
        settings,
        policy,
        ports,
        forum_url: address.unwrap_or_default(),
        trackers: names,
        tracker_clients,
        discourse,
        smtp,
        imap,
        mail_tokens,
    })
}

/// The backup target of these settings. Nothing is looked for there yet.
pub(crate) fn target(vault: &Vault, backup: &BackupSetting) -> Target {
    vault.target(backup.name.clone(), &backup.folder, backup.snapshots_kept)
}

fn policy(settings: &Settings, rules: Rules, practice: bool) -> Policy {
    let from = settings.mail.as_ref().and_then(|mail| mail.from.rsplit_once('@'));
    Policy {
        rules,
        sweep_cap: settings.sweep.cap,
        max_file_bytes: settings.intake.max_file_bytes,
        // What a practice world brings is nobody's.
        kit_first: !practice,
        write_twice: settings.intake.write_twice,
        answer_time: settings.times.answer_time,
        follow_up_every: settings.times.follow_up_every,
        phrases: settings.phrases.clone(),
        ticket_patterns: settings.ticket_patterns.clone(),
        tickets_each_round: tickets_each_round(settings),
        longest_lease: settings.times.viewing_copy_longest,
        notice: settings.intake.notice,
        digest: DigestPolicy {
            to: settings.digest.to.as_deref().map(Private::from),
            ahead: settings.digest.ahead,
            every: settings.digest.every,
        },
        language: settings.issuer.language.clone(),
        issuer: settings.issuer.name.clone(),
        contact: settings.issuer.contact.clone(),
        // A desk without mail still gives every receipt its Message-ID; `invalid` is reserved for names that are nobody's.
        mail_domain: from.map_or_else(|| "custody.invalid".to_owned(), |(_, domain)| domain.to_owned()),
        desk: settings.desk,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// Half of the day's requests to the forum are for looking whether threads were closed, spread over the day's rounds.
fn tickets_each_round(settings: &Settings) -> u32 {
    const DAY: u64 = 24 * 60 * 60;
    let per_day = settings.forum.as_ref().map_or(u64::from(u32::MAX), |forum| u64::from(forum.requests_per_day));
    let share = per_day / 2 * pause(settings.times.round_every).as_secs() / DAY;
    u32::try_from(share).unwrap_or(u32::MAX).max(1)
}

/// A client; whoever keeps the clock hears what time its servers say it is.
fn http(witness: Option<Arc<dyn Witness>>) -> PortResult<Http> {
    Ok(Http::new(&HttpSettings { witness, ..HttpSettings::default() })?)
}

/// The forum of these settings.
pub(crate) fn discourse(forum: &ForumSettings, key: Private<String>, clock: &Arc<DeskClock>) -> Result<DiscourseForum> {
    let key = match forum.key {
        ForumKeyKind::User => ForumKey::User { key, client_id: Some(forum.identity.clone()) },
        ForumKeyKind::Admin => ForumKey::AdminSingleUser { key, username: forum.identity.as_str().into() },
    };
    let sources = forum.sources.iter().map(source).collect();
    let mut settings = DiscourseSettings::new(forum.name.clone(), forum.url.clone(), key, sources);
    settings.staff_groups.clone_from(&forum.staff_groups);
    settings.budget = BudgetSettings {
        per_minute: forum.requests_per_minute,
        per_day: forum.requests_per_day,
        ..BudgetSettings::default()
    };
    // Progress is kept after so many threads: a third of what a minute allows leaves room for their addresses and files.
    settings.threads_at_a_time = usize::try_from(forum.requests_per_minute / 3).unwrap_or(usize::MAX).clamp(1, 50);
    let http = http(Some(clock.clone()))?;
    let made = DiscourseForum::new(settings, http, clock.clone());
    Ok(made.map_err(|cause| SettingsError::Forum(cause.to_string()))?)
}

fn source(setting: &SourceSetting) -> Source {
    match setting {
        SourceSetting::PersonalInbox => Source::PersonalInbox,
        SourceSetting::Group(name) => Source::GroupInbox(name.clone()),
        SourceSetting::Category { slug, id } => Source::PrivateCategory { slug: slug.clone(), id: *id },
        SourceSetting::Tag(tag) => Source::PrivateTag(tag.clone()),
        SourceSetting::Topic(topic) => Source::Topic(*topic),
    }
}

/// The tracker of these settings. Nothing is asked of it yet.
pub(crate) fn tracker(
    setting: &TrackerSetting,
    key: Private<String>,
    clock: &Arc<DeskClock>,
) -> Result<Arc<dyn TrackerClient>> {
    let wrong = |why: &str| SettingsError::Tracker { name: setting.name.clone(), why: why.to_owned() };
    if setting.name.is_empty() || setting.name == TOPIC_TRACKER {
        return Err(wrong("this name is the forum's own").into());
    }
    let account = || setting.account.as_deref().map(Private::from).ok_or_else(|| wrong("`account` is missing"));
    let project = || setting.project.clone().ok_or_else(|| wrong("`project` is missing"));
    let kind = match setting.kind {
        TrackerKindSetting::RequestTracker => TrackerKind::RequestTracker,
        TrackerKindSetting::Redmine => TrackerKind::Redmine,
        TrackerKindSetting::JiraCloud => TrackerKind::JiraCloud { email: account()? },
        TrackerKindSetting::JiraDataCenter => TrackerKind::JiraDataCenter,
        TrackerKindSetting::GitLab => TrackerKind::GitLab { project: project()? },
        TrackerKindSetting::GitHub => TrackerKind::GitHub { repository: project()? },
        TrackerKindSetting::Zendesk => TrackerKind::Zendesk { email: account()? },
    };
    let mut settings = TrackerSettings::new(kind, setting.url.clone(), key);
    settings.closed_states.clone_from(&setting.closed_states);
    let http = http(clock.witness())?;
    Ok(settings.connect(http, clock.clone()).map_err(|cause| wrong(&cause.to_string()))?)
}

/// What opens a mail account: a secret that was kept, or tokens that are fetched.
#[derive(Clone, Debug)]
pub(crate) enum Opener {
    Kept(Private<String>),
    Tokens(AccessTokens),
}

async fn opener(server: &MailServer, secret: Secret, vault: &Vault, tokens: Option<&MailTokens>) -> PortResult<Opener> {
    match (server.login, tokens) {
        (LoginKind::OAuth, Some(tokens)) => Ok(Opener::Tokens(tokens.tokens.clone())),
        _ => Ok(Opener::Kept(secret.fetch(vault).await?)),
    }
}

/// Where letters of these settings are posted.
pub(crate) fn postbox(mail: &MailSettings, issuer: &str, opener: Opener) -> PortResult<SmtpPostbox> {
    SmtpPostbox::new(SmtpSettings {
        server: server(&mail.smtp, mail),
        login: Some(login(&mail.smtp, opener)),
        from_name: Some(issuer.into()),
        from_address: mail.from.as_str().into(),
    })
}

fn login(server: &MailServer, opener: Opener) -> Login {
    let user = server.user.as_str().into();
    match opener {
        Opener::Tokens(tokens) => Login::with_access_tokens(user, tokens),
        Opener::Kept(token) if server.login == LoginKind::BearerToken => Login::with_bearer_token(user, token),
        Opener::Kept(password) => Login::with_password(user, password),
    }
}

/// Where answers of these settings arrive.
pub(crate) fn mailbox(mail: &MailSettings, opener: Opener) -> PortResult<ImapMailbox> {
    ImapMailbox::new(ImapSettings {
        server: server(&mail.imap, mail),
        login: login(&mail.imap, opener),
        folder: "INBOX".to_owned(),
        authserv_id: mail.authserv_id.clone(),
        poll_every: POLL_EVERY,
    })
}

fn server(server: &MailServer, mail: &MailSettings) -> mail::MailServer {
    mail::MailServer {
        host: server.host.clone(),
        port: server.port,
        security: match server.tls {
            Tls::Implicit => Security::Tls,
            Tls::Starttls => Security::StartTls,
        },
        extra_ca_pem: mail.ca_pem.as_ref().map(|pem| pem.clone().into_bytes()),
        patience: mail::PATIENCE,
    }
}

/// A period as the runtime's timers take it; never zero, so that no loop spins.
pub(crate) fn pause(period: Period) -> Duration {
    Duration::try_from(period.as_duration()).unwrap_or_default().max(Duration::from_secs(1))
}

/// Stands in until a forum is connected: it answers nothing, and so nothing is erased by its silence.
#[derive(Clone, Copy, Debug)]
struct NoForum;

fn not_connected<T>() -> PortResult<T> {
    Err(PortError::needs_person(Fault::NotConnected))
}

#[async_trait]
impl Forum for NoForum {
    fn name(&self) -> &str {
        ""
    }

    async fn account(&self) -> PortResult<ForumAccount> {
        not_connected()
    }

    async fn changed_threads(&self, _mark: Option<&str>) -> PortResult<ChangedThreads> {
        not_connected()
    }

    async fn assigned(&self) -> PortResult<Option<BTreeSet<TopicId>>> {
        not_connected()
    }

    async fn thread(&self, _topic: TopicId) -> PortResult<Thread> {
        not_connected()
    }

    async fn thread_of_post(&self, _post: i64) -> PortResult<Option<TopicId>> {
        not_connected()
    }

    async fn download(&self, _attachment: &AttachmentRef) -> PortResult<Download> {
        not_connected()
    }

    async fn reply(&self, _topic: TopicId, _text: &Private<String>) -> PortResult<i64> {
        not_connected()
    }

    async fn look(&self, _attachment: &AttachmentRef) -> PortResult<ForumCopy> {
        not_connected()
    }

    async fn is_open_to_anyone(&self, _attachment: &AttachmentRef) -> PortResult<bool> {
        not_connected()
    }

    async fn strip(&self, _topic: TopicId, _attachment: &AttachmentRef) -> PortResult<Stripped> {
        not_connected()
    }

    async fn wait_for_news(&self, _limit: Duration) -> PortResult<bool> {
        not_connected()
    }

    async fn email_of(&self, _username: &Private<String>) -> PortResult<Option<Private<String>>> {
        not_connected()
    }
}

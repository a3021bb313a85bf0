//! What the desk is connected to: shown, tested and left.

use custody_core::{
    Private,
    event::EventKind,
    ports::{Fault, Forum as _, PortError, PortResult},
};

use super::{Desk, acting::not_found, connect::found_view};
use crate::{
    Result,
    settings::{
        ForumKeyKind, LoginKind, MailServer, MailSettings, OAuthSettings, SettingsError, SourceSetting, Tls,
        TrackerSetting,
    },
    views::{
        Connection, ConnectionsView, ForumFoundView, ForumView, FoundView, MailFoundView, MailView, RecordedServer,
        TrackerFoundView, TrackerView, TriedView,
    },
    wiring::{Opener, Secret, Wired, discourse, mail_tokens::MailTokens, mailbox, postbox, tracker, tracker_secret},
};

/// Where a server is: its name and port.
#[derive(Clone, Debug)]
pub struct HostAndPort {
    /// Its name, as in its certificate.
    pub host: String,
    /// Its port.
    pub port: u16,
}

/// Mail as a person gives it: the rest follows from the ports, or stays as it is.
#[derive(Clone, Debug)]
pub struct MailWish {
    /// The address in `From`.
    pub from: String,
    /// The account at both servers.
    pub user: String,
    /// Where letters are posted.
    pub smtp: HostAndPort,
    /// Where answers arrive.
    pub imap: HostAndPort,
    /// Where access tokens are fetched, instead of a password.
    pub oauth: Option<OAuthSettings>,
}

impl Desk {
    /// Everything the desk is connected to.
    pub fn connections(&self) -> ConnectionsView {
        let settings = self.settings();
        let forum = settings.forum.map(|forum| {
            let groups = forum.sources.iter().filter_map(|source| match source {
                SourceSetting::Group(name) => Some(name.clone()),
                _ => None,
            });
            let groups: Vec<String> = groups.collect();
            let personal = forum.sources.contains(&SourceSetting::PersonalInbox);
            let others = forum.sources.len() - groups.len() - usize::from(personal);
            ForumView {
                url: forum.url.to_string(),
                signed_in: forum.key == ForumKeyKind::User,
                personal,
                groups,
                others: u32::try_from(others).unwrap_or(u32::MAX),
                per_minute: forum.requests_per_minute,
                per_day: forum.requests_per_day,
            }
        });
        let trackers = settings.trackers.into_iter();
        let trackers = trackers.map(|it| TrackerView { name: it.name, kind: it.kind, url: it.url.to_string() });
        let mail = settings.mail.map(|mail| MailView {
            smtp: format!("{}:{}", mail.smtp.host, mail.smtp.port),
            imap: format!("{}:{}", mail.imap.host, mail.imap.port),
            oauth: mail.oauth.is_some(),
            from: mail.from,
        });
        ConnectionsView { forum, trackers: trackers.collect(), mail }
    }

    /// Asks a server that the desk is connected to, with the key that it keeps, and says what was found.
    ///
    /// # Errors
    /// [`Fault::NotConnected`]; what forum or tracker answered. What the mail servers answered is in the view.
    pub async fn test_connection(&self, which: &Connection) -> Result<FoundView> {
        let wired = self.wired();
        Ok(match which {
            Connection::Forum => FoundView::Forum(self.test_forum(&wired).await?),
            Connection::Tracker(name) => {
                let client = wired.tracker_clients.iter().find(|(known, _)| known == name);
                let (_, client) = client.ok_or_else(not_connected)?;
                FoundView::Tracker(found_view(&client.check().await?))
            }
            Connection::Mail => FoundView::Mail(test_mail(&wired).await?),
        })
    }

    async fn test_forum(&self, wired: &Wired) -> Result<ForumFoundView> {
        let (Some(settings), Some(in_use)) = (&wired.settings.forum, &wired.discourse) else {
            return Err(not_connected().into());
        };
        // One of its own: what it sees must not count as seen.
        let client = discourse(settings, Secret::Forum.fetch(&self.0.vault).await?, &self.0.desk_clock)?;
        let account = client.account().await?;
        let threads = client.changed_threads(None).await?.topics.len();
        let budget = in_use.budget();
        Ok(ForumFoundView {
            username: account.username.into_revealed(),
            staff: account.staff,
            inboxes: account.inboxes,
            threads: u32::try_from(threads).unwrap_or(u32::MAX),
            left_this_minute: budget.left_this_minute,
            left_today: budget.left_today,
            paused_seconds: budget.paused_for.map(|pause| u32::try_from(pause.as_secs()).unwrap_or(u32::MAX)),
        })
    }

    /// Asks a tracker, and keeps nothing.
    ///
    /// # Errors
    /// What the tracker answered, or what is missing in the settings.
    pub async fn try_tracker(&self, setting: &TrackerSetting, key: Private<String>) -> Result<TrackerFoundView> {
        tracker_secret(&setting.name)?;
        Ok(found_view(&tracker(setting, key, &self.0.desk_clock)?.check().await?))
    }

    /// Logs in to both mail servers with a password, and keeps nothing.
    ///
    /// # Errors
    /// What does not fit in the settings. What the servers answered is in the view.
    pub async fn try_mail(&self, mail: &MailSettings, password: Private<String>) -> Result<MailFoundView> {
        mail.check()?;
        let opener = || Opener::Kept(password.clone());
        let out = postbox(mail, &self.settings().issuer.name, opener())?.check().await;
        let answers = mailbox(mail, opener())?.check().await;
        Ok(MailFoundView { token: None, out: Some(tried(out)), r#in: Some(tried(answers)) })
    }

    /// The settings for mail that follow from what a person gave. What else is set for the same server stays.
    pub fn mail_settings(&self, wish: MailWish) -> MailSettings {
        let known = self.settings().mail.filter(|known| known.imap.host == wish.imap.host);
        let login = if wish.oauth.is_some() { LoginKind::OAuth } else { LoginKind::Password };
        let server = |place: HostAndPort, implicit: bool| MailServer {
            host: place.host,
            port: place.port,
            tls: if implicit { Tls::Implicit } else { Tls::Starttls },
            user: wish.user.clone(),
            login,
        };
        let (posts_by_tls, reads_by_starttls) = (wish.smtp.port == 465, wish.imap.port == 143);
        let (authserv_id, ca_pem) = known.map_or((None, None), |known| (known.authserv_id, known.ca_pem));
        MailSettings {
            smtp: server(wish.smtp, posts_by_tls),
            imap: server(wish.imap, !reads_by_starttls),
            from: wish.from,
            authserv_id,
            ca_pem,
            oauth: wish.oauth,
        }
    }

    /// Says whose inboxes on the forum are looked at. What else `settings.toml` names stays.
    ///
    /// # Errors
    /// [`Fault::NotConnected`] without a forum.
    pub async fn choose_inboxes(&self, personal: bool, groups: Vec<String>) -> Result<()> {
        let mut settings = self.settings();
        let forum = settings.forum.as_mut().ok_or_else(not_connected)?;
        forum.sources.retain(|source| !matches!(source, SourceSetting::PersonalInbox | SourceSetting::Group(_)));
        let mut chosen: Vec<SourceSetting> = groups.into_iter().map(SourceSetting::Group).collect();
        if personal {
            chosen.push(SourceSetting::PersonalInbox);
        }
        forum.sources.splice(0..0, chosen);
        self.save_settings(settings).await
    }

    /// Leaves a tracker and destroys its key. Cases keep the tickets they have; nothing is read of them any more.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for a name that is none; [`crate::DeskError::Settings`] while a ticket pattern names it.
    pub async fn disconnect_tracker(&self, name: &str) -> Result<()> {
        let mut settings = self.settings();
        if !settings.trackers.iter().any(|known| known.name == name) {
            return Err(not_found());
        }
        settings.trackers.retain(|known| known.name != name);
        if settings.ticket_patterns.iter().any(|pattern| pattern.tracker == name) {
            let why = "a ticket pattern names it".to_owned();
            return Err(SettingsError::Tracker { name: name.to_owned(), why }.into());
        }
        let server = RecordedServer::Tracker { name: name.to_owned() };
        self.note(EventKind::Disconnected { what: server.in_row() }).await?;
        self.save_settings(settings).await?;
        Ok(self.0.vault.destroy_token(tracker_secret(name)?).await?)
    }

    /// Leaves both mail servers and destroys what opens the accounts. Receipts are given in the thread from now on.
    ///
    /// # Errors
    /// [`Fault::NotConnected`] without mail.
    pub async fn disconnect_mail(&self) -> Result<()> {
        let mut settings = self.settings();
        if settings.mail.take().is_none() {
            return Err(not_connected().into());
        }
        let in_use = self.wired().mail_tokens.clone();
        self.note(EventKind::Disconnected { what: RecordedServer::Mail.in_row() }).await?;
        self.save_settings(settings).await?;
        if let Some(in_use) = in_use {
            in_use.tokens.retire().await;
        }
        for secret in [Secret::Smtp, Secret::Imap, Secret::OAuthRefresh, Secret::OAuthClient] {
            secret.destroy(&self.0.vault).await?;
        }
        Ok(())
    }
}

/// Both servers with what is kept. Where that takes an access token, it is fetched first, so that it is told apart which of
/// the three refuses.
async fn test_mail(wired: &Wired) -> Result<MailFoundView> {
    let (Some(smtp), Some(imap)) = (&wired.smtp, &wired.imap) else { return Err(not_connected().into()) };
    let mut found = MailFoundView { token: None, out: None, r#in: None };
    if let Some(MailTokens { tokens, .. }) = &wired.mail_tokens {
        let token = tried(tokens.token().await.map(drop));
        found.token = Some(token);
        if token.fault.is_some() {
            return Ok(found);
        }
    }
    found.out = Some(tried(smtp.check().await));
    found.r#in = Some(tried(imap.check().await));
    Ok(found)
}

fn tried(outcome: PortResult<()>) -> TriedView {
    TriedView { fault: outcome.err().map(|error| error.fault) }
}

fn not_connected() -> PortError {
    PortError::needs_person(Fault::NotConnected)
}

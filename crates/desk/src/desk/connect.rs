//! Connecting to servers. What is wrong is told before anything is kept.

use std::sync::Arc;

use custody_core::{
    Private,
    event::EventKind,
    ports::{Fault, Forum as _, Ledger as _, PortError},
    retention::RuleBook,
};
use custody_ledger::SqlLedger;
use custody_remote::{
    forum::{
        discourse::{Rights, Standing},
        sign_in::Scope,
    },
    tracker::TrackerCheck,
};

use super::{Desk, changed};
use crate::{
    Result,
    settings::{
        ForumKeyKind, ForumSettings, LedgerSettings, LoginKind, MailSettings, Settings, SettingsError, TrackerSetting,
    },
    views::{AccountView, RecordedServer, RightStanding, RightView, TrackerFoundView},
    wiring::{
        Opener, Secret, Wired, discourse,
        mail_tokens::{InMemory, MailTokens, on_trial},
        mailbox, postbox, tracker, tracker_secret, wire,
    },
};

impl Desk {
    /// Asks the forum who we are, then keeps its settings and the key.
    ///
    /// # Errors
    /// What the forum answered; then nothing is kept. [`Fault::Conflict`] if it would replace a forum of another name: the
    /// cases of that one would be nobody's.
    pub async fn connect_forum(&self, forum: ForumSettings, key: Private<String>) -> Result<AccountView> {
        // What a key that somebody else asked for may change is found out only by changing something.
        self.connect_forum_for(
            forum,
            key,
            &[Scope::Read, Scope::SessionInfo, Scope::MessageBus],
            RecordedServer::ForumByKey,
        )
        .await
    }

    /// The same, with what the key was asked for and how it came.
    pub(super) async fn connect_forum_for(
        &self,
        forum: ForumSettings,
        key: Private<String>,
        asked: &[Scope],
        how: RecordedServer,
    ) -> Result<AccountView> {
        let mut settings = self.settings();
        if settings.forum.as_ref().is_some_and(|known| known.name != forum.name) {
            return Err(PortError::not_possible(Fault::Conflict).because("the forum's name must not change").into());
        }
        let client = discourse(&forum, key.clone(), &self.0.desk_clock)?;
        let found = match forum.key {
            ForumKeyKind::User => client.what_may_we(asked).await?,
            ForumKeyKind::Admin => Rights { account: client.account().await?, scopes: Vec::new() },
        };
        Secret::Forum.keep(&self.0.vault, &key).await?;
        settings.forum = Some(forum);
        self.note(EventKind::Connected { what: how.in_row() }).await?;
        self.save_settings(settings).await?;
        Ok(rights_view(&found))
    }

    /// Logs in to both mail servers, then keeps their settings and the passwords.
    ///
    /// # Errors
    /// What a server answered; then nothing is kept.
    pub async fn connect_mail(
        &self,
        mail: MailSettings,
        smtp_password: Private<String>,
        imap_password: Private<String>,
    ) -> Result<()> {
        let mut settings = self.settings();
        if mail.oauth.is_some() {
            return Err(SettingsError::Mail("`[mail.oauth]` needs a refresh token".to_owned()).into());
        }
        mail.check()?;
        postbox(&mail, &settings.issuer.name, Opener::Kept(smtp_password.clone()))?.check().await?;
        mailbox(&mail, Opener::Kept(imap_password.clone()))?.check().await?;
        Secret::Smtp.keep(&self.0.vault, &smtp_password).await?;
        Secret::Imap.keep(&self.0.vault, &imap_password).await?;
        settings.mail = Some(mail);
        self.note(EventKind::Connected { what: RecordedServer::Mail.in_row() }).await?;
        let in_use = self.wired().mail_tokens.clone();
        self.save_settings(settings).await?;
        if let Some(in_use) = in_use {
            in_use.tokens.retire().await;
        }
        self.destroy([Secret::OAuthRefresh, Secret::OAuthClient]).await
    }

    /// Fetches an access token in exchange for the refresh token, logs in to both mail servers with it, then keeps the
    /// settings, the refresh token and the client's secret. Both servers have `login = "oauth"`.
    ///
    /// # Errors
    /// What the token endpoint or a server answered, or what does not fit in the settings; then nothing is kept. If the
    /// endpoint exchanged the refresh token by then, the one that was given may be worth nothing.
    pub async fn connect_mail_by_oauth(
        &self,
        mail: MailSettings,
        refresh_token: Private<String>,
        client_secret: Option<Private<String>>,
    ) -> Result<()> {
        let mut settings = self.settings();
        if [&mail.smtp, &mail.imap].iter().any(|server| server.login != LoginKind::OAuth) {
            return Err(SettingsError::Mail("one refresh token opens both servers".to_owned()).into());
        }
        let trial = Arc::new(InMemory::new(refresh_token));
        let tokens = on_trial(&mail, client_secret.clone(), &self.0.desk_clock, trial.clone())?;
        postbox(&mail, &settings.issuer.name, Opener::Tokens(tokens.clone()))?.check().await?;
        mailbox(&mail, Opener::Tokens(tokens))?.check().await?;
        if let Some(in_use) = self.wired().mail_tokens.clone() {
            in_use.tokens.retire().await;
        }
        let kept = self.keep_for_oauth(&trial.token(), client_secret.as_ref()).await;
        if kept.is_ok() {
            settings.mail = Some(mail);
            self.note(EventKind::Connected { what: RecordedServer::MailByOauth.in_row() }).await?;
        }
        // Also if that failed: what was retired has a successor then, which works by what is kept.
        self.rewire_by(settings, None).await?;
        kept?;
        self.destroy([Secret::Smtp, Secret::Imap]).await
    }

    async fn keep_for_oauth(&self, refresh_token: &Private<String>, secret: Option<&Private<String>>) -> Result<()> {
        match secret {
            Some(secret) => Secret::OAuthClient.keep(&self.0.vault, secret).await?,
            None => Secret::OAuthClient.destroy(&self.0.vault).await?,
        }
        Ok(Secret::OAuthRefresh.keep(&self.0.vault, refresh_token).await?)
    }

    /// What opened the accounts before opens nothing of this desk any more.
    async fn destroy(&self, secrets: [Secret; 2]) -> Result<()> {
        for secret in secrets {
            secret.destroy(&self.0.vault).await?;
        }
        Ok(())
    }

    /// Asks a tracker who we are and what its states mean, then keeps its settings and the key. One of the same name is
    /// replaced.
    ///
    /// # Errors
    /// What the tracker answered, or what is missing in the settings; then nothing is kept.
    pub async fn connect_tracker(&self, setting: TrackerSetting, key: Private<String>) -> Result<TrackerFoundView> {
        let found = tracker(&setting, key.clone(), &self.0.desk_clock)?.check().await?;
        let secret = secrecy::SecretString::from(key.reveal().clone());
        self.0.vault.keep_token(tracker_secret(&setting.name)?, secret).await?;
        let mut settings = self.settings();
        settings.trackers.retain(|known| known.name != setting.name);
        let server = RecordedServer::Tracker { name: setting.name.clone() };
        self.note(EventKind::Connected { what: server.in_row() }).await?;
        settings.trackers.push(setting);
        self.save_settings(settings).await?;
        Ok(found_view(&found))
    }

    /// Keeps the record in this PostgreSQL database from the next start on (`postgres://user:password@host/database`).
    ///
    /// # Errors
    /// What the server answered. [`Fault::Conflict`] if this desk has cases already: a record is not moved by halves.
    /// [`Fault::OtherDesk`] if another desk has its record there.
    pub async fn connect_ledger(&self, address: Private<String>) -> Result<()> {
        if !self.0.ledger.cases(0, 1).await?.is_empty() {
            return Err(PortError::not_possible(Fault::Conflict).because("this desk's ledger has cases").into());
        }
        let ledger = SqlLedger::open_postgres(&address).await?;
        let claimed = ledger.claim(self.0.vault.desk()).await;
        ledger.close().await;
        claimed?;
        Secret::LedgerAddress.keep(&self.0.vault, &address).await?;
        self.note(EventKind::Connected { what: RecordedServer::Ledger.in_row() }).await?;
        self.save_settings(Settings { ledger: LedgerSettings::Postgres, ..self.settings() }).await
    }

    /// Checks the settings, writes them and works by them from now on.
    /// The record says who changed which parts.
    ///
    /// Retention rules come into force by [`Desk::change_rules`] alone: others in these settings are a draft. If nothing else is
    /// wanted, the rules that somebody wrote into the file meanwhile stay there.
    pub async fn save_settings(&self, mut settings: Settings) -> Result<()> {
        if settings.book() == self.settings().book()
            && let Some(RuleBook { products, rules }) = self.drafted_rules()
        {
            (settings.products, settings.rules) = (products, rules);
        }
        self.write_settings(settings).await
    }

    pub(super) async fn write_settings(&self, settings: Settings) -> Result<()> {
        let in_use = self.wired().mail_tokens.clone();
        self.rewire_by(settings, in_use).await
    }

    pub(super) async fn rewire_by(&self, settings: Settings, in_use: Option<MailTokens>) -> Result<()> {
        let wired = wire(settings, &self.0.vault, &self.0.ledger, &self.0.desk_clock, in_use).await?;
        if let Some(kind) = changed::difference(&self.settings(), &wired.settings)? {
            self.note(kind).await?;
        }
        self.work_by(wired).await
    }

    /// Works by settings whose change is recorded.
    pub(super) async fn work_by(&self, wired: Wired) -> Result<()> {
        wired.settings.write(self.places().settings())?;
        changed::remember(&self.0.ledger, &wired.settings).await?;
        self.rewire(wired);
        self.wake();
        self.note_four_eyes().await
    }
}

/// What a tracker said of itself.
pub(super) fn found_view(found: &TrackerCheck) -> TrackerFoundView {
    TrackerFoundView {
        account: found.account.reveal().clone(),
        places: found.places.iter().map(|place| place.reveal().clone()).collect(),
        sees_tickets: found.sees_tickets,
        closed_states: found.states.iter().filter(|state| state.is_closed).map(|state| state.name.clone()).collect(),
        open_states: found.states.iter().filter(|state| !state.is_closed).map(|state| state.name.clone()).collect(),
        unknown_states: found.unknown_states.clone(),
    }
}

/// What the forum said of our account.
fn rights_view(Rights { account, scopes }: &Rights) -> AccountView {
    let right = |(scope, standing): &(Scope, Standing)| RightView {
        name: (*scope).into(),
        standing: match standing {
            Standing::Found => RightStanding::Found,
            Standing::Missing => RightStanding::Missing,
            Standing::AskedFor => RightStanding::AskedFor,
        },
    };
    AccountView {
        username: account.username.reveal().clone(),
        staff: account.staff,
        inboxes: account.inboxes.clone(),
        rights: scopes.iter().map(right).collect(),
    }
}

//! Access tokens for mail accounts, fetched with a refresh token (RFC 6749, section 6) before the last one expires.
//!
//! The token endpoint is a server of the settings like any other: TLS or this machine, bounded answers, no redirects. The
//! client's secret goes into the form, as every large provider takes it.

mod answer;

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use custody_core::{
    Private,
    ports::{Clock, Fault, PortError, PortResult},
};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use tokio::sync::Mutex;
use url::{Url, form_urlencoded};

use self::answer::Outcome;
use crate::http::{Body, Call, Follow, Http, Realm, is_allowed};

/// How long before its end a token is no longer used, so that it does not expire on the way.
const MARGIN: SignedDuration = SignedDuration::from_secs(60);

const ROUTE: &str = "mail.token";

/// Where access tokens are fetched, and who we are there.
#[derive(Clone, Debug)]
pub struct TokenSettings {
    /// The token endpoint: `https`, or `http` on this machine.
    pub token_url: Url,
    /// The client that the refresh token was issued to.
    pub client_id: String,
    /// The client's secret, where it has one.
    pub client_secret: Option<Private<String>>,
    /// What the token is for, names with spaces between; what was granted first, unless told.
    pub scope: Option<String>,
}

/// Why settings of a token endpoint cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenSettingsError {
    /// The address is neither `https` nor on this machine, or it holds a user or a fragment.
    #[error("the token endpoint needs an https address without a user or a fragment")]
    Address,
    /// There is no client.
    #[error("`client_id` is empty")]
    Client,
}

/// Where the refresh token is kept. Many providers give another one with each answer, and the old one is worth nothing.
#[async_trait]
pub trait RefreshTokenStore: Send + Sync {
    /// The refresh token, as it was kept last.
    ///
    /// # Errors
    /// [`Fault::KeyMissing`] if there is none; faults of the place.
    async fn refresh_token(&self) -> PortResult<Private<String>>;

    /// Keeps a new one in the place of the old one, which stays if that fails.
    ///
    /// # Errors
    /// Faults of the place.
    async fn replace(&self, token: &Private<String>) -> PortResult<()>;
}

/// Gives access tokens that are valid. Clones share one token, and ask one at a time.
#[derive(Clone)]
pub struct AccessTokens(Arc<Inner>);

struct Inner {
    settings: TokenSettings,
    realm: Realm,
    http: Http,
    clock: Arc<dyn Clock>,
    store: Arc<dyn RefreshTokenStore>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// A refresh token that could not be kept yet. Nothing is asked before it is.
    unkept: Option<Private<String>>,
    pause: Option<Pause>,
    is_retired: bool,
}

/// A token, and the span in which it is used, by our clock.
struct Held {
    token: Private<String>,
    from: Timestamp,
    until: Timestamp,
}

/// The endpoint wants no request for a while.
struct Pause {
    fault: Fault,
    from: Timestamp,
    until: Timestamp,
}

impl AccessTokens {
    /// For these settings. Nothing is asked yet.
    ///
    /// # Errors
    /// What of the settings cannot be used.
    pub fn new(
        settings: TokenSettings,
        http: Http,
        clock: Arc<dyn Clock>,
        store: Arc<dyn RefreshTokenStore>,
    ) -> Result<Self, TokenSettingsError> {
        if !is_allowed(&settings.token_url) || settings.token_url.fragment().is_some() {
            return Err(TokenSettingsError::Address);
        }
        if settings.client_id.trim().is_empty() {
            return Err(TokenSettingsError::Client);
        }
        let realm = Realm::new(&settings.token_url, vec![settings.token_url.path().to_owned()]);
        Ok(Self(Arc::new(Inner { settings, realm, http, clock, store, state: Mutex::default() })))
    }

    /// A valid access token: the last one, or another once that is within a minute of its end.
    ///
    /// # Errors
    /// [`Fault::CredentialsRefused`] if the endpoint takes the refresh token or the client no more, which needs a person.
    /// What may pass says so, and for how long the endpoint sent us away. Faults of the store.
    pub async fn token(&self) -> PortResult<Private<String>> {
        self.ask(None).await
    }

    /// Another access token than this one, which the mail server refused.
    ///
    /// # Errors
    /// As [`AccessTokens::token`].
    pub(super) async fn renewed(&self, refused: &Private<String>) -> PortResult<Private<String>> {
        self.ask(Some(refused.clone())).await
    }

    /// Waits for what is under way, and asks nothing from then on: other settings or another refresh token follow, and a
    /// late answer must not be kept over them.
    pub async fn retire(&self) {
        *self.0.state.lock().await = State { is_retired: true, ..State::default() };
    }

    /// In a task of its own: whoever waits may be dropped at any time, but a refresh token that came must be kept.
    async fn ask(&self, refused: Option<Private<String>>) -> PortResult<Private<String>> {
        let inner = Arc::clone(&self.0);
        let asked = tokio::spawn(async move { inner.give(refused).await });
        asked.await.unwrap_or_else(|_| Err(PortError::try_again(Fault::Unreachable).because(Ended)))
    }
}

impl fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessTokens").finish_non_exhaustive()
    }
}

impl Inner {
    async fn give(&self, refused: Option<Private<String>>) -> PortResult<Private<String>> {
        let mut state = self.state.lock().await;
        if state.is_retired {
            return Err(PortError::try_again(Fault::Conflict).because(Ended));
        }
        self.keep(&mut state).await?;
        let now = self.clock.now();
        state.held = state.held.take().filter(|held| held.is_good(now) && refused.as_ref() != Some(&held.token));
        match &state.held {
            Some(held) => Ok(held.token.clone()),
            None => self.fetch(&mut state, now).await,
        }
    }

    async fn fetch(&self, state: &mut State, now: Timestamp) -> PortResult<Private<String>> {
        if let Some((fault, left)) = state.pause.as_ref().and_then(|pause| pause.left(now)) {
            return Err(PortError::try_again_after(fault, left).because(Waits));
        }
        state.pause = None;
        let known = self.store.refresh_token().await?;
        let call = Call {
            route: ROUTE,
            method: Method::POST,
            url: self.settings.token_url.clone(),
            secrets: &[],
            realm: &self.realm,
            follow: Follow::Inside,
            body: Some(Body::Form(self.form(&known))),
        };
        match answer::read(self.http.send(call).await?).await? {
            Outcome::Granted(granted) => {
                // Before anything else of the answer is looked at: the one before may be worth nothing by now.
                state.unkept = granted.refresh_token.filter(|new| *new != known);
                let token = granted.access_token.inspect(|token| {
                    let until = later(now, granted.life.saturating_sub(MARGIN));
                    state.held = Some(Held { token: token.clone(), from: now, until });
                });
                self.keep(state).await?;
                token
            }
            Outcome::SentAway { error, wait } => {
                let until = later(now, SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX));
                state.pause = Some(Pause { fault: error.fault, from: now, until });
                Err(error)
            }
        }
    }

    /// Keeps the refresh token that came last. A token that a restart would lose is not worked with: whoever looks at the
    /// fault can still mend the place, and both tokens are there until then.
    async fn keep(&self, state: &mut State) -> PortResult<()> {
        if let Some(token) = &state.unkept {
            self.store.replace(token).await?;
            state.unkept = None;
        }
        Ok(())
    }

    fn form(&self, refresh_token: &Private<String>) -> Private<String> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "refresh_token");
        form.append_pair("refresh_token", refresh_token.reveal());
        form.append_pair("client_id", &self.settings.client_id);
        if let Some(secret) = &self.settings.client_secret {
            form.append_pair("client_secret", secret.reveal());
        }
        if let Some(scope) = &self.settings.scope {
            form.append_pair("scope", scope);
        }
        Private::new(form.finish())
    }
}

impl Held {
    /// A clock that was put back would keep a token for too long.
    fn is_good(&self, now: Timestamp) -> bool {
        self.from <= now && now < self.until
    }
}

impl Pause {
    fn left(&self, now: Timestamp) -> Option<(Fault, Duration)> {
        let left = Duration::try_from(self.until.duration_since(now)).ok().filter(|left| !left.is_zero())?;
        (self.from <= now).then_some((self.fault, left))
    }
}

fn later(time: Timestamp, span: SignedDuration) -> Timestamp {
    time.checked_add(span).unwrap_or(Timestamp::MAX)
}

#[derive(Debug, thiserror::Error)]
#[error("mail.token: the settings were replaced, or the program ends")]
struct Ended;

#[derive(Debug, thiserror::Error)]
#[error("mail.token: the endpoint asked us to wait")]
struct Waits;

//! Signing in: how an engineer's desk comes by a key of its own, without an administrator.
//!
//! The desk makes a key pair for this one sign-in, a person grants a key in the browser, and the forum hands it over
//! encrypted with the pair: by a code that is typed on the forum, by a redirect to the desk's own scheme, or by copy and
//! paste, which works everywhere.

mod browser;
mod device;
mod key_pair;
mod payload;
mod scope;

use std::{fmt, time::Duration};

use custody_core::{
    Private, Timestamp,
    ports::{Fault, PortError, PortResult},
};
use reqwest::Method;
use serde::{Deserialize as _, Deserializer};
use url::Url;

use crate::http::{Answer, Call, Failure, Follow, Http, Realm, checked_base};
use key_pair::KeyPair;

pub use device::{DeviceAnswer, DeviceCode};
pub use scope::{Scope, Wishes};

/// The only version there is so far.
const API_VERSION: i64 = 4;

/// The longest id a forum keeps.
const LONGEST_CLIENT_ID: usize = 200;

/// What we ask of a forum.
#[derive(Clone, Debug)]
pub struct SignInAsk {
    /// The forum's address, with the folder it lives under if there is one.
    pub base_url: Url,
    /// What the person reads who grants the key.
    pub application: String,
    /// The installation's own id. A forum keeps one key for each person and id.
    pub client_id: String,
    /// What the key is to be good for.
    pub wishes: Wishes,
    /// When the key ends by itself; old forums do not know such keys, and ignore it.
    pub expires_in: Option<Duration>,
    /// Random bytes: what comes back must hold them.
    pub chance: [u8; 16],
}

/// What the forum offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// A code that is typed on the forum: since 2026.
    pub device_codes: bool,
}

/// A key, as granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The key itself.
    pub key: Private<String>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// What was asked for; a forum grants all of it or nothing.
    pub scopes: Vec<Scope>,
}

/// A sign-in under way. It holds the private key that opens what the forum hands over; dropping it wipes the key.
pub struct SignIn {
    http: Http,
    ask: SignInAsk,
    site: Realm,
    offer: Offer,
    pair: KeyPair,
    nonce: String,
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn").field("offer", &self.offer).finish_non_exhaustive()
    }
}

impl SignIn {
    /// Asks what the forum offers and makes a key pair. Nothing is asked of a person yet.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if the forum does not let users issue keys, [`Fault::Tls`] for an address without TLS, and what
    /// the forum answered.
    pub async fn begin(http: Http, ask: SignInAsk) -> PortResult<Self> {
        let (ask, site) = checked(ask)?;
        let offer = probe(&http, &ask.base_url, &site).await?;
        let pair = tokio::task::spawn_blocking(KeyPair::make)
            .await
            .map_err(|_| Failure::of_sense(PROBE, "the key pair was not made"))??;
        // 32 characters: with them the payload still fits one block.
        let nonce = hex::encode(ask.chance);
        Ok(Self { http, ask, site, offer, pair, nonce })
    }

    /// What the forum offers.
    pub fn offer(&self) -> Offer {
        self.offer
    }

    /// What is asked for.
    pub fn scopes(&self) -> Vec<Scope> {
        self.ask.wishes.scopes()
    }

    fn scope_words(&self) -> String {
        self.scopes().into_iter().map(Scope::word).collect::<Vec<_>>().join(",")
    }

    fn address(&self, parts: &[&str]) -> Url {
        let mut url = self.ask.base_url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(parts);
        }
        url
    }
}

const PROBE: &str = "user_api_key.new";

fn checked(mut ask: SignInAsk) -> PortResult<(SignInAsk, Realm)> {
    ask.base_url = checked_base(ask.base_url)
        .ok_or_else(|| PortError::needs_person(Fault::Tls).because(Failure::PlainHttp { route: PROBE }))?;
    if ask.client_id.is_empty() || ask.client_id.len() > LONGEST_CLIENT_ID {
        return Err(unexpected(PROBE, Fault::SettingsTrouble, "a client id of 1 to 200 characters is needed"));
    }
    let site = Realm::new(&ask.base_url, vec![ask.base_url.path().to_owned()]);
    Ok((ask, site))
}

async fn probe(http: &Http, base: &Url, site: &Realm) -> PortResult<Offer> {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(["user-api-key", "new"]);
    }
    let call =
        Call { route: PROBE, method: Method::HEAD, url, secrets: &[], realm: site, follow: Follow::Inside, body: None };
    let answer = http.send(call).await?;
    match answer.status().as_u16() {
        200 => {}
        404 | 410 => return Err(unexpected(PROBE, Fault::NotFound, "the forum does not let users issue keys")),
        _ => return Err(refused(answer).await),
    }
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
    match header("auth-api-version").map(|version| version.trim().parse::<i64>()) {
        Some(Ok(API_VERSION)) => Ok(Offer { device_codes: header("auth-api-device-code") == Some("true") }),
        Some(_) => Err(unexpected(PROBE, Fault::AnswerNotUnderstood, "another version of signing in than ours")),
        // Any web site answers 200 to something.
        None => Err(unexpected(PROBE, Fault::AnswerNotUnderstood, "no forum that lets users issue keys")),
    }
}

/// What a refusal means before there is a key.
async fn refused(mut answer: Answer) -> PortError {
    let (route, status) = (answer.route, answer.status().as_u16());
    let error = match status {
        429 => return Failure::of_rate(route, answer.retry_after().unwrap_or(UNSAID_WAIT).min(LONGEST_WAIT)),
        403 if answer.headers().contains_key("cf-mitigated") || answer.is_page() => {
            PortError::needs_person(Fault::Blocked)
        }
        // A scope or a redirect that the site does not allow.
        403 | 422 => PortError::not_possible(Fault::NotAllowed),
        404 | 410 => PortError::not_possible(Fault::NotFound),
        408 | 425 => PortError::try_again(Fault::Unreachable),
        500.. => PortError::try_again(Fault::ServerTrouble),
        _ => PortError::not_possible(Fault::AnswerNotUnderstood),
    };
    // Read to its end, so that the connection can be used again.
    drop(answer.beginning().await);
    error.because(Failure::Status { route, status })
}

/// A secret in an answer, wrapped before anybody can print it.
fn private<'de, D: Deserializer<'de>>(from: D) -> Result<Private<String>, D::Error> {
    String::deserialize(from).map(Private::new)
}

const UNSAID_WAIT: Duration = Duration::from_secs(60);
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

fn unexpected(route: &'static str, fault: Fault, what: &'static str) -> PortError {
    PortError::not_possible(fault).because(Failure::Unexpected { route, what })
}

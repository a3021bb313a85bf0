//! By a code: we show it, a person types it on the forum, we ask whether that happened.

use std::time::Duration;

use custody_core::{
    Private,
    ports::{ErrorKind, Fault, PortError, PortResult},
};
use reqwest::{Method, StatusCode};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};
use url::Url;

use super::{Granted, SignIn, private, refused, unexpected};
use crate::http::{Body, Call, Failure, Follow};

const CREATE: &str = "user_api_key.device";
const POLL: &str = "user_api_key.device_poll";

/// Codes and payloads are short.
const LARGEST: usize = 16 * 1024;

/// A code under way.
#[derive(Clone, Debug)]
pub struct DeviceCode {
    /// What the person types on the forum.
    pub user_code: String,
    /// The page to open.
    pub page: Url,
    /// How long to wait between two questions.
    pub interval: Duration,
    /// How long the code can be typed.
    pub lasts: Duration,
    device_code: Private<String>,
}

/// Whether the code was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceAnswer {
    /// Not yet.
    Pending,
    /// It was, and here is the key.
    Granted(Granted),
}

#[derive(Deserialize)]
struct Created {
    #[serde(deserialize_with = "private")]
    device_code: Private<String>,
    user_code: String,
    verification_uri: Url,
    verification_uri_with_request: Option<Url>,
    expires_in: Option<u64>,
    interval: Option<u64>,
}

#[derive(Deserialize)]
struct Polled {
    status: String,
    payload: Option<String>,
}

impl SignIn {
    /// Asks for a code.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] if the forum does not allow one of the scopes; [`Fault::NotFound`] if it offers no codes.
    pub async fn ask_code(&self) -> PortResult<DeviceCode> {
        if !self.offer.device_codes {
            return Err(unexpected(CREATE, Fault::NotFound, "the forum offers no codes for devices"));
        }
        let mut body = json!({
            "application_name": self.ask.application,
            "client_id": self.ask.client_id,
            "scopes": self.scope_words(),
            "public_key": self.pair.pem(),
            "nonce": self.nonce,
            "padding": "oaep",
        });
        if let (Some(span), Some(fields)) = (self.ask.expires_in, body.as_object_mut()) {
            fields.insert("expires_in_seconds".to_owned(), span.as_secs().into());
        }
        let created: Created = self.post(CREATE, &["user-api-key", "device.json"], &body).await?;
        let page = created.verification_uri_with_request.unwrap_or(created.verification_uri);
        // We open this page for the person: it has to be the forum's own.
        if !self.site.covers(&page) {
            return Err(unexpected(CREATE, Fault::BadRedirect, "a page that is not the forum's"));
        }
        if !is_code(&created.user_code) {
            return Err(unexpected(CREATE, Fault::AnswerNotUnderstood, "a code that nobody could type"));
        }
        Ok(DeviceCode {
            user_code: created.user_code,
            page,
            interval: Duration::from_secs(created.interval.unwrap_or(5).clamp(1, 60)),
            lasts: Duration::from_secs(created.expires_in.unwrap_or(600).clamp(30, 3600)),
            device_code: created.device_code,
        })
    }

    /// Asks once whether the code was typed. Not more often than its interval: the forum counts.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] if the person turned us away; [`Fault::CredentialsRefused`], to be tried again with another
    /// code, if this one is used up or too old.
    pub async fn poll_code(&self, code: &DeviceCode) -> PortResult<DeviceAnswer> {
        let body = json!({"device_code": code.device_code.reveal()});
        let polled: Polled = self.post(POLL, &["user-api-key", "device", "poll.json"], &body).await?;
        match (polled.status.as_str(), polled.payload) {
            ("authorization_pending", _) => Ok(DeviceAnswer::Pending),
            ("authorized", Some(payload)) => Ok(DeviceAnswer::Granted(self.open_payload(&payload.into())?)),
            ("access_denied", _) => Err(unexpected(POLL, Fault::NotAllowed, "the person turned the sign-in down")),
            ("expired_token", _) => Err(expired()),
            _ => Err(unexpected(POLL, Fault::AnswerNotUnderstood, "no answer that we know")),
        }
    }

    /// Asks until the code was typed, turned down, or is too old. Weather on the way is waited out.
    ///
    /// # Errors
    /// As [`SignIn::poll_code`].
    pub async fn wait_for_code(&self, code: &DeviceCode) -> PortResult<Granted> {
        let began = Instant::now();
        while began.elapsed() <= code.lasts {
            let wait = match self.poll_code(code).await {
                Ok(DeviceAnswer::Granted(granted)) => return Ok(granted),
                Ok(DeviceAnswer::Pending) => code.interval,
                Err(PortError {
                    kind: ErrorKind::TryAgain { after },
                    fault: Fault::RateLimited | Fault::Unreachable | Fault::ServerTrouble,
                    ..
                }) => after.unwrap_or_default().max(code.interval),
                Err(error) => return Err(error),
            };
            sleep(wait).await;
        }
        Err(expired())
    }

    async fn post<T: DeserializeOwned>(&self, route: &'static str, parts: &[&str], body: &Value) -> PortResult<T> {
        let call = Call {
            route,
            method: Method::POST,
            url: self.address(parts),
            secrets: &[],
            realm: &self.site,
            follow: Follow::Inside,
            body: Some(Body::Json(body.to_string())),
        };
        let answer = self.http.send(call).await?;
        if answer.status() == StatusCode::OK { answer.json(LARGEST).await } else { Err(refused(answer).await) }
    }
}

fn expired() -> PortError {
    PortError::try_again(Fault::CredentialsRefused)
        .because(Failure::Unexpected { route: POLL, what: "the code is used up or too old" })
}

fn is_code(text: &str) -> bool {
    (4..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

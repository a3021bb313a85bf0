//! What a token endpoint answers (RFC 6749, sections 5.1 and 5.2), without a word of it in an error.

use std::time::Duration;

use custody_core::{
    Private,
    ports::{ErrorKind, Fault, PortError, PortResult},
};
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::Value;

use super::ROUTE;
use crate::http::{Answer, Failure};

/// The largest answer, in bytes. Tokens have some thousand.
const ANSWER_MOST: usize = 64 * 1024;

/// How long a token lasts if the endpoint does not say so. One that ends sooner is refused by the mail server, and renewed.
const USUAL_LIFE: SignedDuration = SignedDuration::from_hours(1);

/// No endpoint may send us away for longer than this at a time.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// What a request came to.
pub(super) enum Outcome {
    Granted(Granted),
    /// It has to be tried again, not before this time has gone by.
    SentAway {
        error: PortError,
        wait: Duration,
    },
}

/// What an answer brought.
pub(super) struct Granted {
    /// The access token; an error if there is none that can be used.
    pub(super) access_token: PortResult<Private<String>>,
    /// For how long.
    pub(super) life: SignedDuration,
    /// The refresh token for the next time, if it is said.
    pub(super) refresh_token: Option<Private<String>>,
}

/// Everything is optional, so that what is there is read even if the rest makes no sense.
#[derive(Deserialize)]
struct Success {
    access_token: Option<String>,
    token_type: Option<String>,
    /// Some endpoints write the number as text.
    expires_in: Option<Value>,
    refresh_token: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

/// Reads an answer.
pub(super) async fn read(mut answer: Answer) -> PortResult<Outcome> {
    let status = answer.status().as_u16();
    let because = |error: PortError| error.because(Failure::Status { route: ROUTE, status });
    match status {
        200 => Ok(Outcome::Granted(granted(answer.json(ANSWER_MOST).await.map_err(passing)?))),
        400 | 401 => {
            let refusal = serde_json::from_slice::<Refusal>(&answer.beginning().await);
            let is_ours = refusal.is_ok_and(|refusal| OURS.contains(&refusal.error.as_str()));
            Err(because(if is_ours {
                PortError::needs_person(Fault::CredentialsRefused)
            } else {
                PortError::try_again(Fault::AnswerNotUnderstood)
            }))
        }
        429 | 500.. => {
            let fault = if status == 429 { Fault::RateLimited } else { Fault::ServerTrouble };
            match answer.retry_after().map(|wait| wait.min(LONGEST_WAIT)) {
                Some(wait) => Ok(Outcome::SentAway { error: because(PortError::try_again_after(fault, wait)), wait }),
                None => Err(because(PortError::try_again(fault))),
            }
        }
        _ => Err(because(PortError::try_again(Fault::AnswerNotUnderstood))),
    }
}

/// Refusals that stay until a person brings another refresh token or client.
const OURS: [&str; 3] = ["invalid_grant", "invalid_client", "unauthorized_client"];

fn granted(said: Success) -> Granted {
    let is_bearer = said.token_type.is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
    let token = said.access_token.filter(|token| is_bearer && is_sayable(token) && !token.contains(' '));
    Granted {
        access_token: token
            .map(Private::new)
            .ok_or_else(|| Failure::of_sense(ROUTE, "an answer without a bearer token")),
        life: said.expires_in.as_ref().and_then(seconds).unwrap_or(USUAL_LIFE),
        refresh_token: said.refresh_token.filter(|token| is_sayable(token)).map(Private::new),
    }
}

/// Whether a token can be said: visible ASCII and spaces, as RFC 6749 has it. RFC 6750 leaves the spaces out.
fn is_sayable(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') && token.trim() == token
}

fn seconds(value: &Value) -> Option<SignedDuration> {
    let seconds = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    Some(SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX)))
}

/// An answer that makes no sense says nothing about the letter that waits for it, so nothing is given up by it.
fn passing(error: PortError) -> PortError {
    match error.kind {
        ErrorKind::NotPossible => {
            PortError { kind: ErrorKind::TryAgain { after: None }, fault: Fault::AnswerNotUnderstood, ..error }
        }
        ErrorKind::TryAgain { .. } | ErrorKind::NeedsPerson => error,
    }
}

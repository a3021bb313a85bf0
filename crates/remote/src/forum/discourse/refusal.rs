//! What a refusal means: by status, headers and `error_type`, never by its words, which come in the site's language.

use std::time::Duration;

use custody_core::ports::{Fault, PortError};

use super::api::Refused;
use crate::http::{Answer, Failure};

/// A refusal, understood as far as one answer allows.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Nothing more is to be found out.
    Settled(PortError),
    /// Too many requests: of this kind only, or of any kind.
    TooOften { only_this: bool, wait: Option<Duration> },
    /// Our key may have stopped working, or the thing asked for is out of our reach; whoever asks who we are can tell.
    Doubt(PortError),
}

impl Refusal {
    /// Reads a refusal. `is_download` says that pages are this route's usual refusals.
    pub(super) async fn read(mut answer: Answer, is_download: bool) -> Self {
        let route = answer.route;
        let status = answer.status().as_u16();
        let because = |error: PortError| error.because(Failure::Status { route, status });
        let body = answer.beginning().await;
        match status {
            429 => too_often(&answer, &body),
            401 => Self::Settled(because(PortError::needs_person(Fault::CredentialsRefused))),
            403 if is_challenge(&answer) => Self::Settled(because(PortError::needs_person(Fault::Blocked))),
            // A proxy dropped the header with the key.
            403 if is_bad_csrf(&body) => Self::Settled(because(PortError::needs_person(Fault::CredentialsRefused))),
            403 if answer.is_page() && !is_download => Self::Settled(because(PortError::needs_person(Fault::Blocked))),
            403 => Self::Doubt(because(PortError::not_possible(Fault::NotAllowed))),
            404 | 410 => Self::Doubt(because(PortError::not_possible(Fault::NotFound))),
            408 | 425 => Self::Settled(because(PortError::try_again(Fault::Unreachable))),
            409 => Self::Settled(because(PortError::try_again(Fault::Conflict))),
            422 => Self::Settled(because(PortError::needs_person(Fault::NotAllowed))),
            500.. => Self::Settled(because(match answer.retry_after() {
                Some(after) => PortError::try_again_after(Fault::ServerTrouble, after.min(LONGEST_WAIT)),
                None => PortError::try_again(Fault::ServerTrouble),
            })),
            400..500 => Self::Settled(because(PortError::not_possible(Fault::AnswerNotUnderstood))),
            _ => Self::Settled(because(PortError::try_again(Fault::AnswerNotUnderstood))),
        }
    }
}

/// No maintenance is believed to last longer.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

fn too_often(answer: &Answer, body: &[u8]) -> Refusal {
    let refused: Refused = serde_json::from_slice(body).unwrap_or_default();
    let has_code = answer.headers().contains_key("discourse-rate-limit-error-code");
    let said = refused
        .extras
        .and_then(|extras| extras.wait_seconds)
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    // Limits of one action, such as posting, carry no code; those of keys and addresses do; a proxy's is no JSON.
    let only_this = refused.error_type.as_deref() == Some("rate_limit") && !has_code;
    Refusal::TooOften { only_this, wait: said.max(answer.retry_after()) }
}

fn is_challenge(answer: &Answer) -> bool {
    answer.headers().contains_key("cf-mitigated")
}

fn is_bad_csrf(body: &[u8]) -> bool {
    body.trim_ascii() == b"[\"BAD CSRF\"]"
}

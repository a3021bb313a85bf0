//! What a refusal of Discourse means: by status, headers and `error_type`, never by its words, which come in the site's
//! language.

use std::time::Duration;

use custody_core::ports::{Fault, PortError};

use super::api::Refused;
use crate::http::{Answer, Failure, Refusal};

/// Reads a refusal. `is_download` says that pages are this route's usual refusals.
pub(super) async fn read(mut answer: Answer, is_download: bool) -> Refusal {
    let route = answer.route;
    let status = answer.status().as_u16();
    let settled = |fault| Refusal::Settled(PortError::needs_person(fault).because(Failure::Status { route, status }));
    let body = answer.beginning().await;
    match status {
        429 => too_often(&answer, &body),
        // A proxy dropped the header with the key.
        403 if is_bad_csrf(&body) => settled(Fault::CredentialsRefused),
        422 => settled(Fault::NotAllowed),
        _ => Refusal::by_status(&answer, is_download),
    }
}

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

fn is_bad_csrf(body: &[u8]) -> bool {
    body.trim_ascii() == b"[\"BAD CSRF\"]"
}

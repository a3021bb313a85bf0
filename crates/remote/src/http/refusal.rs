//! What a refusal means, as far as its status and headers tell; its words come in the site's language.

use std::time::Duration;

use custody_core::ports::{Fault, PortError};
use reqwest::header::HeaderMap;

use super::{Answer, Failure};

/// No maintenance is believed to last longer.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// A refusal, understood as far as one answer allows.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Nothing more is to be found out.
    Settled(PortError),
    /// Too many requests: of this kind only, or of any kind.
    TooOften { only_this: bool, wait: Option<Duration> },
    /// Our key may have stopped working, or the thing asked for is out of our reach; whoever asks who we are can tell.
    Doubt(PortError),
}

impl Refusal {
    /// Reads status and headers. `is_page_usual` says that this route refuses with pages; elsewhere they are a firewall's.
    pub(crate) fn by_status(answer: &Answer, is_page_usual: bool) -> Self {
        let route = answer.route;
        let status = answer.status().as_u16();
        let because = |error: PortError| error.because(Failure::Status { route, status });
        match status {
            429 => Self::TooOften { only_this: false, wait: wait(answer) },
            401 => Self::Settled(because(PortError::needs_person(Fault::CredentialsRefused))),
            403 if is_challenge(answer.headers()) => Self::Settled(because(PortError::needs_person(Fault::Blocked))),
            403 if is_used_up(answer.headers()) => Self::TooOften { only_this: false, wait: wait(answer) },
            403 if answer.is_page() && !is_page_usual => {
                Self::Settled(because(PortError::needs_person(Fault::Blocked)))
            }
            403 => Self::Doubt(because(PortError::not_possible(Fault::NotAllowed))),
            404 | 410 => Self::Doubt(because(PortError::not_possible(Fault::NotFound))),
            408 | 425 => Self::Settled(because(PortError::try_again(Fault::Unreachable))),
            409 => Self::Settled(because(PortError::try_again(Fault::Conflict))),
            500.. => Self::Settled(because(match answer.retry_after() {
                Some(after) => PortError::try_again_after(Fault::ServerTrouble, after.min(LONGEST_WAIT)),
                None => PortError::try_again(Fault::ServerTrouble),
            })),
            400..500 => Self::Settled(because(PortError::not_possible(Fault::AnswerNotUnderstood))),
            _ => Self::Settled(because(PortError::try_again(Fault::AnswerNotUnderstood))),
        }
    }
}

/// How long we are sent away for: as the server says it, or until the time at which its count starts anew.
fn wait(answer: &Answer) -> Option<Duration> {
    answer.retry_after().or_else(|| answer.until_reset())
}

/// Some servers say "forbidden" where they mean "too often".
fn is_used_up(headers: &HeaderMap) -> bool {
    headers.contains_key("retry-after")
        || headers.get("x-ratelimit-remaining").is_some_and(|left| left.as_bytes().trim_ascii() == b"0")
}

fn is_challenge(headers: &HeaderMap) -> bool {
    headers.contains_key("cf-mitigated")
}

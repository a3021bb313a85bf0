//! What went wrong on the wire, told without a word of the other side.

use std::{error::Error, io, time::Duration};

use custody_core::ports::{Fault, PortError};

/// The cause of a [`PortError`]: a route's name and numbers, never an address, a header or a text of the server.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{route}: no connection")]
    NoConnection { route: &'static str },
    #[error("{route}: no answer in time")]
    NoAnswer { route: &'static str },
    #[error("{route}: the connection broke")]
    Broken { route: &'static str },
    #[error("{route}: no secure connection")]
    Tls { route: &'static str },
    #[error("{route}: a redirect to {place} after {hops} others")]
    Redirect { route: &'static str, place: &'static str, hops: usize },
    #[error("{route}: plain http beyond this machine")]
    PlainHttp { route: &'static str },
    #[error("{route}: status {status}")]
    Status { route: &'static str, status: u16 },
    #[error("{route}: an answer of more than {limit} bytes")]
    TooLong { route: &'static str, limit: usize },
    #[error("{route}: not the JSON that was expected, at line {line}, column {column}")]
    Json { route: &'static str, line: usize, column: usize },
    #[error("{route}: {what}")]
    Unexpected { route: &'static str, what: &'static str },
    #[error("{route}: {counted} bytes came where {announced} were announced")]
    Length { route: &'static str, counted: u64, announced: u64 },
    #[error("{route}: {seconds} seconds to wait")]
    Wait { route: &'static str, seconds: u64 },
}

impl Failure {
    /// The request found no answer.
    pub(crate) fn of_transport(route: &'static str, error: &reqwest::Error) -> PortError {
        if is_tls(error) {
            return PortError::needs_person(Fault::Tls).because(Self::Tls { route });
        }
        let cause = if error.is_timeout() {
            Self::NoAnswer { route }
        } else if error.is_connect() {
            Self::NoConnection { route }
        } else {
            Self::Broken { route }
        };
        PortError::try_again(Fault::Unreachable).because(cause)
    }

    /// The JSON is not what was expected.
    ///
    /// Text that is no JSON at all comes from a proxy or a cut connection and may pass; JSON of another shape stays.
    pub(crate) fn of_json(route: &'static str, error: &serde_json::Error) -> PortError {
        let cause = Self::Json { route, line: error.line(), column: error.column() };
        let error = if error.is_data() {
            PortError::not_possible(Fault::AnswerNotUnderstood)
        } else {
            PortError::try_again(Fault::AnswerNotUnderstood)
        };
        error.because(cause)
    }

    /// Too many requests.
    pub(crate) fn of_rate(route: &'static str, wait: Duration) -> PortError {
        PortError::try_again_after(Fault::RateLimited, wait).because(Self::Wait { route, seconds: wait.as_secs() })
    }

    /// The answer makes no sense, and the next one may.
    pub(crate) fn of_sense(route: &'static str, what: &'static str) -> PortError {
        PortError::try_again(Fault::AnswerNotUnderstood).because(Self::Unexpected { route, what })
    }
}

/// Whether TLS itself failed. A connection that broke during the handshake is not meant: that may pass.
fn is_tls(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.is::<rustls::Error>() {
            return true;
        }
        // An I/O error hides what it wraps from `source`.
        cause = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}

//! What a fault does to an answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, Uri, header};
use futures_util::{Stream, StreamExt, stream};
use serde_json::json;

use super::door::Caller;
use super::faults::Fault;
use super::refusal::Refusal;
use super::reply;

/// Lets the request wait for ever, or cuts it off.
pub(crate) async fn without_answer(fault: &Fault, caller: &Caller) -> Response<Body> {
    match fault {
        Fault::Silence => caller.cut.cancelled().await,
        _ => caller.cut.cancel(),
    }
    // The connection is cut: this goes nowhere.
    reply::empty()
}

/// The answer given instead, for faults that have one.
pub(crate) fn instead(fault: &Fault, uri: &Uri, storage_origin: &str) -> Option<Response<Body>> {
    let path = uri.path();
    let whole = uri.path_and_query().map_or(path, |whole| whole.as_str());
    Some(match fault {
        Fault::InternalError => reply::html(StatusCode::INTERNAL_SERVER_ERROR, "Oops"),
        Fault::BadGateway => reply::html(StatusCode::BAD_GATEWAY, "502 Bad Gateway"),
        Fault::ReadOnly => {
            let mut response = reply::json_with(
                StatusCode::SERVICE_UNAVAILABLE,
                &json!({
                    "errors": ["The site is in read only mode. Interactions are disabled."],
                    "error_type": "read_only",
                }),
            );
            set(&mut response, "discourse-readonly", "true");
            response
        }
        Fault::FirewallChallenge => {
            let mut response = reply::html(StatusCode::FORBIDDEN, "Just a moment...");
            set(&mut response, "cf-mitigated", "challenge");
            set(&mut response, "server", "cloudflare");
            response
        }
        Fault::BadCsrf => Refusal::BadCsrf.into_response(),
        Fault::TooManyRequests { wait_seconds } => {
            Refusal::TooOften { wait: i64::from(*wait_seconds), code: Some("user_api_key_limiter_60_secs") }
                .into_response()
        }
        Fault::BrokenJson => {
            let mut response = Response::new(Body::from("{\"post_stream\":{\"posts\":[{\"id\":"));
            set(&mut response, "content-type", "application/json; charset=utf-8");
            response
        }
        Fault::RedirectLoop => reply::redirect(StatusCode::FOUND, whole),
        Fault::HttpDowngradeRedirect => reply::redirect(StatusCode::FOUND, &format!("http://downgrade.example{whole}")),
        Fault::ForeignRedirect => reply::redirect(StatusCode::FOUND, &format!("{storage_origin}/foreign{path}")),
        _ => return None,
    })
}

fn set(response: &mut Response<Body>, name: &'static str, value: &'static str) {
    response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
}

/// Spoils the body, for faults that do.
pub(crate) fn body(
    response: Response<Body>,
    fault: &Fault,
    caller: &Caller,
    downloads: &Arc<AtomicU64>,
) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    let length = parts
        .headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .or_else(|| body.size_hint().exact());
    let pieces = body.into_data_stream().map(|piece| piece.map_err(std::io::Error::other));
    let mut announced = length;
    let spoiled = match fault {
        Fault::ResetAfter { bytes } => {
            let cut = caller.cut.clone();
            Body::from_stream(first(pieces, *bytes).chain(stream::once(async move {
                cut.cancel();
                Err(lost())
            })))
        }
        Fault::TruncatedAfter { bytes } => {
            Body::from_stream(first(pieces, *bytes).chain(stream::once(async { Err(lost()) })))
        }
        Fault::ShortAfter { bytes } => {
            announced = length.map(|length| length.min(*bytes));
            Body::from_stream(first(pieces, *bytes))
        }
        Fault::WrongContentLength { extra } => {
            announced = length.map(|length| length.saturating_add(*extra));
            Body::from_stream(pieces)
        }
        Fault::Slow { piece, pause } => Body::from_stream(slowly(pieces, (*piece).max(1), *pause)),
        Fault::StalledAfter { bytes } => {
            let cut = caller.cut.clone();
            Body::from_stream(first(pieces, *bytes).chain(stream::once(async move {
                cut.cancelled().await;
                Err(lost())
            })))
        }
        Fault::ChangedContent => {
            let mark = (downloads.fetch_add(1, Ordering::Relaxed) % 255) as u8 + 1;
            Body::from_stream(changed(pieces, mark))
        }
        _ => Body::from_stream(pieces),
    };
    if let Some(announced) = announced {
        parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(announced));
    }
    Response::from_parts(parts, spoiled)
}

fn lost() -> std::io::Error {
    std::io::Error::from(std::io::ErrorKind::ConnectionAborted)
}

type Piece = std::io::Result<Bytes>;

/// The first `bytes` of a body.
fn first(pieces: impl Stream<Item = Piece>, bytes: u64) -> impl Stream<Item = Piece> {
    pieces.scan(bytes, |left, piece| {
        let next = match piece {
            _ if *left == 0 => None,
            Err(error) => Some(Err(error)),
            Ok(piece) => {
                let take = usize::try_from(*left).map_or(piece.len(), |left| left.min(piece.len()));
                *left -= take as u64;
                Some(Ok(piece.slice(..take)))
            }
        };
        std::future::ready(next)
    })
}

fn slowly(pieces: impl Stream<Item = Piece>, size: usize, pause: Duration) -> impl Stream<Item = Piece> {
    pieces
        .flat_map(move |piece| {
            let parts: Vec<Piece> = match piece {
                Ok(piece) => (0..piece.len())
                    .step_by(size)
                    .map(|start| Ok(piece.slice(start..(start + size).min(piece.len()))))
                    .collect(),
                Err(error) => vec![Err(error)],
            };
            stream::iter(parts)
        })
        .then(move |piece| async move {
            tokio::time::sleep(pause).await;
            piece
        })
}

/// The same length, another first byte each time.
fn changed(pieces: impl Stream<Item = Piece>, mark: u8) -> impl Stream<Item = Piece> {
    pieces.scan(true, move |at_start, piece| {
        let next = piece.map(|piece| {
            if !*at_start || piece.is_empty() {
                return piece;
            }
            *at_start = false;
            let mut bytes = piece.to_vec();
            if let Some(byte) = bytes.first_mut() {
                *byte ^= mark;
            }
            Bytes::from(bytes)
        });
        std::future::ready(Some(next))
    })
}

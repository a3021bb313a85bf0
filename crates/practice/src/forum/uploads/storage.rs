//! The second origin: an object store that notes whatever secret reached it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State as Shared};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::serve::{Manner, file};
use super::store::MediaKind;
use crate::clock::moved;
use crate::forum::door::Caller;
use crate::forum::faults::{Fault, Place};
use crate::forum::house::House;
use crate::forum::log::{self, ForeignHit, SECRET_HEADERS};
use crate::forum::{reply, spoil};

/// The query of a signed address: good until its lifetime is over, for this path only.
pub(crate) fn sign(secret: &[u8; 32], path: &str, now: Timestamp, lifetime: SignedDuration) -> String {
    let (date, seconds) = (now.as_second(), lifetime.as_secs());
    let signature = signature(secret, path, date, seconds);
    format!("X-Amz-Date={date}&X-Amz-Expires={seconds}&X-Amz-Signature={signature}")
}

fn signature(secret: &[u8; 32], path: &str, date: i64, seconds: i64) -> String {
    let mut digest = Sha256::new();
    digest.update(secret);
    digest.update(format!("{date}\n{seconds}\n{path}"));
    hex::encode(digest.finalize())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    Unsigned,
    Good,
    Bad,
}

fn pass(house: &House, path: &str, query: &str, now: Timestamp) -> Pass {
    let value = |wanted: &str| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
    };
    let Some(given) = value("X-Amz-Signature") else {
        return Pass::Unsigned;
    };
    let number = |name: &str| value(name).and_then(|text| text.parse::<i64>().ok());
    let (Some(date), Some(seconds)) = (number("X-Amz-Date"), number("X-Amz-Expires")) else {
        return Pass::Bad;
    };
    let fresh = Timestamp::from_second(date).is_ok_and(|date| now < moved(date, SignedDuration::from_secs(seconds)));
    if fresh && given == signature(&house.secret, path, date, seconds) { Pass::Good } else { Pass::Bad }
}

/// Answers one request to the storage.
pub(crate) async fn serve(
    Shared(house): Shared<Arc<House>>,
    ConnectInfo(caller): ConnectInfo<Caller>,
    request: Request,
) -> Response<Body> {
    let now = house.clock.now();
    let path = request.uri().path().to_owned();
    let secrets: Vec<String> = SECRET_HEADERS
        .iter()
        .filter(|name| request.headers().contains_key(**name))
        .map(|name| (*name).to_owned())
        .collect();
    let mut hit = ForeignHit { method: request.method().to_string(), path: path.clone(), secrets, status: 0, at: now };
    let fault = house.faults.strike(Place::Storage, &path);
    if let Some(fault @ (Fault::Silence | Fault::Hangup)) = &fault {
        log::keep(&mut house.state().foreign_hits, hit);
        return spoil::without_answer(fault, &caller).await;
    }
    let origin = house.state().storage_origin.clone();
    let response = match fault.as_ref().and_then(|fault| spoil::instead(fault, request.uri(), &origin)) {
        Some(response) => response,
        None => answer(&house, &request.into_parts().0, now).await,
    };
    hit.status = response.status().as_u16();
    log::keep(&mut house.state().foreign_hits, hit);
    match fault {
        Some(fault) => spoil::body(response, &fault, &caller, &house.downloads),
        None => response,
    }
}

async fn answer(house: &House, request: &Parts, now: Timestamp) -> Response<Body> {
    let path = request.uri.path();
    if path.starts_with("/foreign/") {
        // Where a fault sends clients that follow redirects anywhere.
        return reply::text(StatusCode::OK, "This is not the file you asked for.\n");
    }
    if !matches!(request.method, Method::GET | Method::HEAD) {
        return error(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed");
    }
    let upload = house.state().uploads.values().find(|upload| upload.storage_path() == path).cloned();
    let Some(upload) = upload else {
        return error(StatusCode::NOT_FOUND, "NoSuchKey");
    };
    let pass = pass(house, path, request.uri.query().unwrap_or_default(), now);
    if pass == Pass::Bad || (pass == Pass::Unsigned && upload.secure) {
        return error(StatusCode::FORBIDDEN, "AccessDenied");
    }
    let manner = Manner { ranges: true, inline: upload.media_kind() == MediaKind::Image };
    match file(&upload, &request.headers, manner).await {
        Ok(response) => response,
        Err(_) => error(StatusCode::INTERNAL_SERVER_ERROR, "InternalError"),
    }
}

fn error(status: StatusCode, code: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code></Error>\n"
    )));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml"));
    response
}

//! Plain answers: JSON, pages, redirects.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use jiff::Timestamp;
use serde_json::Value;

pub(crate) fn json(value: &Value) -> Response<Body> {
    json_with(StatusCode::OK, value)
}

pub(crate) fn json_with(status: StatusCode, value: &Value) -> Response<Body> {
    with(status, "application/json; charset=utf-8", value.to_string())
}

pub(crate) fn text(status: StatusCode, body: impl Into<String>) -> Response<Body> {
    with(status, "text/plain; charset=utf-8", body.into())
}

pub(crate) fn html(status: StatusCode, words: &str) -> Response<Body> {
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><title>{words}</title></head><body><h1>{words}</h1></body></html>\n"
    );
    with(status, "text/html; charset=utf-8", page)
}

/// 200 with a page that has a body of its own.
pub(crate) fn page(title: &str, body: &str) -> Response<Body> {
    let page =
        format!("<!DOCTYPE html>\n<html lang=\"en\"><head><title>{title}</title></head><body>{body}</body></html>\n");
    with(StatusCode::OK, "text/html; charset=utf-8", page)
}

/// 200 with nothing in it, as deleting and hiding answer.
pub(crate) fn empty() -> Response<Body> {
    with(StatusCode::OK, "text/plain; charset=utf-8", String::new())
}

pub(crate) fn redirect(status: StatusCode, location: &str) -> Response<Body> {
    let mut response = html(status, "Redirecting");
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

fn with(status: StatusCode, kind: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// A time as Discourse writes it: UTC with milliseconds.
pub(crate) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// A time as the `Date` header writes it.
pub(crate) fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

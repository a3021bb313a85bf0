//! Every way the forum says no, with the status, body and headers Discourse uses.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::reply;

#[derive(Clone, Debug)]
pub(crate) enum Refusal {
    NotLoggedIn,
    /// A user key that does not work or does not cover the call, or the forum's own rules.
    InvalidAccess,
    /// The same for an admin key; a scope that does not cover the call looks no different.
    InvalidAdminKey,
    BadCsrf,
    NotFound,
    /// `topics#show` adds a page to its 404.
    TopicNotFound,
    /// 410, told apart from 404 only when the site wants it.
    Gone,
    InvalidParameters(&'static str),
    MissingParameter(&'static str),
    EditConflict,
    Invalid(Vec<String>),
    /// 422 from creating a post.
    PostRefused(Vec<String>),
    /// 403 without the usual body: addresses of others.
    Failed,
    /// 403 from the message bus, which is no part of the site's usual answers.
    NotOnTheBus,
    /// 403 with a text of its own.
    Forbidden(String),
    TooOften {
        wait: i64,
        code: Option<&'static str>,
    },
    SlowDown {
        wait: i64,
        code: &'static str,
    },
    TooLarge,
    /// Reading or writing the upload folder failed: the practice world's own trouble.
    Trouble,
}

const INVALID_ACCESS: &str = "You are not permitted to view the requested resource.";
const NOT_FOUND: &str = "The requested URL or resource could not be found.";

impl Refusal {
    pub(crate) fn into_response(self) -> Response {
        match self {
            Self::NotLoggedIn => typed(StatusCode::FORBIDDEN, "You need to be logged in to do that.", "not_logged_in"),
            Self::InvalidAccess => typed(StatusCode::FORBIDDEN, INVALID_ACCESS, "invalid_access"),
            Self::InvalidAdminKey => typed(
                StatusCode::FORBIDDEN,
                "You are not permitted to view the requested resource. The API username or key is invalid.",
                "invalid_access",
            ),
            Self::BadCsrf => reply::text(StatusCode::FORBIDDEN, "[\"BAD CSRF\"]"),
            Self::NotFound => typed(StatusCode::NOT_FOUND, NOT_FOUND, "not_found"),
            Self::TopicNotFound => with_page(StatusCode::NOT_FOUND),
            Self::Gone => with_page(StatusCode::GONE),
            Self::InvalidParameters(name) => reply::json_with(
                StatusCode::BAD_REQUEST,
                &json!({
                    "errors": [format!("You supplied invalid parameters to the request: {name}")],
                    "error_type": "invalid_parameters",
                }),
            ),
            Self::MissingParameter(name) => reply::json_with(
                StatusCode::BAD_REQUEST,
                &json!({"errors": [format!("param is missing or the value is empty: {name}")]}),
            ),
            Self::EditConflict => reply::json_with(
                StatusCode::CONFLICT,
                &json!({"errors": [
                    "That post was edited by another user and your changes can no longer be saved.",
                ]}),
            ),
            Self::Invalid(errors) => reply::json_with(StatusCode::UNPROCESSABLE_ENTITY, &json!({"errors": errors})),
            Self::PostRefused(errors) => {
                reply::json_with(StatusCode::UNPROCESSABLE_ENTITY, &json!({"action": "create_post", "errors": errors}))
            }
            Self::Failed => reply::json_with(StatusCode::FORBIDDEN, &json!({"failed": "FAILED"})),
            Self::NotOnTheBus => reply::text(StatusCode::FORBIDDEN, "Invalid Access"),
            Self::Forbidden(error) => reply::json_with(StatusCode::FORBIDDEN, &json!({"errors": [error]})),
            Self::TooOften { wait, code } => too_often(wait, code),
            Self::SlowDown { wait, code } => slow_down(wait, code),
            Self::TooLarge => reply::html(StatusCode::PAYLOAD_TOO_LARGE, "413 Request Entity Too Large"),
            Self::Trouble => reply::html(StatusCode::INTERNAL_SERVER_ERROR, "Oops"),
        }
    }

    /// Downloads answer pages, not JSON, except when they ask for patience.
    pub(crate) fn into_download_response(self) -> Response {
        match self {
            Self::TooOften { .. } | Self::SlowDown { .. } => self.into_response(),
            Self::InvalidParameters(_) => reply::text(StatusCode::BAD_REQUEST, "Bad Request"),
            Self::NotFound | Self::TopicNotFound => reply::html(StatusCode::NOT_FOUND, "Page Not Found"),
            Self::Trouble => self.into_response(),
            _ => reply::html(StatusCode::FORBIDDEN, INVALID_ACCESS),
        }
    }
}

fn typed(status: StatusCode, error: &str, kind: &str) -> Response {
    reply::json_with(status, &json!({"errors": [error], "error_type": kind}))
}

fn with_page(status: StatusCode) -> Response {
    reply::json_with(
        status,
        &json!({
            "errors": [NOT_FOUND],
            "error_type": "not_found",
            "extras": {"title": "Page Not Found", "html": "<div class=\"page-not-found\"></div>", "group": Value::Null},
        }),
    )
}

fn too_often(wait: i64, code: Option<&'static str>) -> Response {
    let left = match wait {
        ..=3 => "a few seconds".to_owned(),
        4..60 => format!("{wait} seconds"),
        60..3600 => format!("{} minutes", wait / 60),
        _ => format!("{} hours", wait / 3600),
    };
    let mut response = reply::json_with(
        StatusCode::TOO_MANY_REQUESTS,
        &json!({
            "errors": [format!(
                "You\u{2019}ve performed this action too many times. Please wait {left} before trying again."
            )],
            "error_type": "rate_limit",
            "extras": {"wait_seconds": wait, "time_left": left},
        }),
    );
    add_waiting(&mut response, wait, code);
    response
}

fn slow_down(wait: i64, code: &'static str) -> Response {
    let mut response = reply::text(
        StatusCode::TOO_MANY_REQUESTS,
        format!(
            "Slow down, too many requests from this IP address.\n\
             Please retry again in {wait} seconds.\nError code: {code}."
        ),
    );
    add_waiting(&mut response, wait, Some(code));
    response
}

fn add_waiting(response: &mut Response<Body>, wait: i64, code: Option<&'static str>) {
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(wait));
    if let Some(code) = code {
        headers.insert(HeaderName::from_static("discourse-rate-limit-error-code"), HeaderValue::from_static(code));
    }
}

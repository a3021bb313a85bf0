//! Signing in a program: the probe, the pages on which a person decides, and the codes of devices.

use std::borrow::Cow;

use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::Outcome;
use crate::forum::cook::escaped;
use crate::forum::gate::Ask;
use crate::forum::ids::UserId;
use crate::forum::model::State;
use crate::forum::refusal::Refusal;
use crate::forum::reply;
use crate::forum::sign_in::{self, API_VERSION, CODE_LASTS, Request, Verdict};

/// A program asks by HEAD whether keys are issued here; a person asks for the page on which to grant one.
pub(super) fn new_key(state: &State, ask: &Ask) -> Outcome {
    let rules = &state.options.sign_in;
    is_offered(state)?;
    let mut response = if ask.method == Method::HEAD {
        reply::empty()
    } else {
        match Request::read(&ask.params, rules, ask.now) {
            Ok(request) => reply::page("Authorize", &grant_form(state, ask, &request)),
            // A plus sign that was not escaped arrives as a space, and the site says this and no more.
            Err(Refusal::InvalidParameters("public_key")) => {
                reply::html(StatusCode::OK, "Sorry, we are unable to issue user API keys.")
            }
            Err(refusal) => return Err(refusal),
        }
    };
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("auth-api-version"), HeaderValue::from(API_VERSION));
    if !rules.old_server {
        headers.insert(HeaderName::from_static("auth-api-device-code"), HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// A person granted a key in the browser: it goes to the program's address, or onto a page to be copied from.
pub(super) fn create_key(state: &mut State, ask: &Ask) -> Outcome {
    is_offered(state)?;
    let user = person(state, ask)?;
    let request = Request::read(&ask.params, &state.options.sign_in, ask.now)?;
    let payload = sign_in::grant(state, &request, user)?;
    if request.redirect.is_some() {
        return Ok(reply::redirect(StatusCode::FOUND, &request.brings_back(payload)));
    }
    let instructions = format!("We just generated a new user API key for you to use with \"{}\".", request.application);
    if ask.json {
        return Ok(reply::json(&json!({"payload": payload, "instructions": instructions})));
    }
    let body = format!("<p>{}</p><textarea readonly>{}</textarea>", escaped(&instructions), escaped(&payload));
    Ok(reply::page("Authorize", &body))
}

pub(super) fn create_device_code(state: &mut State, ask: &Ask) -> Outcome {
    is_offered_to_devices(state, ask)?;
    let limits = state.options.limits.clone();
    if limits.per_address {
        let name = format!("device-code {}", ask.address);
        act(state, &name, limits.device_codes_per_minute, ask)?;
    }
    let request = Request::read_device(&ask.params, &state.options.sign_in, ask.now)?;
    let issued = state.device_codes.issue(request, ask.now);
    let page = format!("{}{}", state.origin, state.rooted("/user-api-key/activate"));
    Ok(not_stored(reply::json(&json!({
        "device_code": issued.device_code,
        "user_code": issued.user_code,
        "verification_uri": page,
        "verification_uri_with_request": format!("{page}?request={}", issued.token),
        "expires_in": CODE_LASTS.as_secs(),
        "interval": state.options.sign_in.device_interval,
    }))))
}

pub(super) fn poll_device_code(state: &mut State, ask: &Ask) -> Outcome {
    is_offered_to_devices(state, ask)?;
    let code = ask.params.text("device_code").ok_or(Refusal::MissingParameter("device_code"))?;
    let limits = state.options.limits.clone();
    if limits.per_address {
        for name in [format!("device-poll {}", ask.address), format!("device-poll-code {code}")] {
            act(state, &name, limits.device_polls_per_minute, ask)?;
        }
    }
    let answer = match state.device_codes.poll(&code, ask.now) {
        Verdict::Pending => json!({"status": "authorization_pending"}),
        Verdict::Authorized(payload) => json!({"status": "authorized", "payload": payload}),
        Verdict::Denied => json!({"status": "access_denied"}),
        Verdict::Expired => json!({"status": "expired_token"}),
    };
    Ok(not_stored(reply::json(&answer)))
}

/// The page on which a person types the code that the program shows.
pub(super) fn activate(state: &State, ask: &Ask) -> Outcome {
    is_offered(state)?;
    if state.options.sign_in.old_server {
        return Err(Refusal::NotFound);
    }
    let token = ask.params.text("request").unwrap_or_default();
    let what = state.device_codes.opened(&token, ask.now).map_or_else(String::new, wishes);
    let form = |action: &str, word: &str| {
        format!(
            "<form method=\"post\" action=\"{}\"><label>Code <input name=\"user_code\"></label>{}\
             <button>{word}</button></form>",
            state.rooted(&format!("/user-api-key/device/{action}")),
            who(ask),
        )
    };
    let forms = format!("{}{}", form("authorize", "Authorize"), form("deny", "Deny"));
    Ok(reply::page("Activate", &format!("{what}{forms}")))
}

pub(super) fn decide_device(state: &mut State, ask: &Ask, grant: bool) -> Outcome {
    is_offered(state)?;
    let user = person(state, ask)?;
    let code = ask.params.text("user_code").ok_or(Refusal::MissingParameter("user_code"))?;
    decide(state, &code, grant.then_some(user), ask.now)?;
    if ask.json {
        return Ok(reply::json(&json!({"success": "OK"})));
    }
    Ok(reply::html(StatusCode::OK, if grant { "You may go back to the program." } else { "Denied." }))
}

/// Grants the key behind a code to a person, or to nobody.
pub(crate) fn decide(
    state: &mut State,
    user_code: &str,
    user: Option<UserId>,
    now: jiff::Timestamp,
) -> Result<(), Refusal> {
    let request = state.device_codes.typed(user_code, now).ok_or(Refusal::NotFound)?;
    let verdict = match user {
        Some(user) => Verdict::Authorized(sign_in::grant(state, &request, user)?),
        None => Verdict::Denied,
    };
    if state.device_codes.decide(user_code, verdict, now) { Ok(()) } else { Err(Refusal::NotFound) }
}

fn is_offered(state: &State) -> Result<(), Refusal> {
    if state.options.sign_in.enabled { Ok(()) } else { Err(Refusal::NotFound) }
}

/// Anything but JSON is refused, so that no page of another site can ask in a visitor's name.
fn is_offered_to_devices(state: &State, ask: &Ask) -> Result<(), Refusal> {
    if !state.options.sign_in.enabled || state.options.sign_in.old_server {
        return Err(Refusal::NotFound);
    }
    let kind = ask.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/json") { Ok(()) } else { Err(Refusal::InvalidAccess) }
}

fn act(state: &mut State, name: &str, most: usize, ask: &Ask) -> Result<(), Refusal> {
    state.windows.act(name, most, 60, ask.now).map_err(|wait| Refusal::TooOften { wait, code: None })
}

/// Who decides: the practice site has no sessions, so its pages ask.
fn person(state: &State, ask: &Ask) -> Result<UserId, Refusal> {
    let name = ask.params.text("as").ok_or(Refusal::NotLoggedIn)?;
    let user = state.user_named(&name).ok_or(Refusal::NotLoggedIn)?;
    if user.suspended || user.staged { Err(Refusal::NotLoggedIn) } else { Ok(user.id) }
}

fn grant_form(state: &State, ask: &Ask, request: &Request) -> String {
    let fields = [
        "application_name",
        "client_id",
        "scopes",
        "public_key",
        "nonce",
        "auth_redirect",
        "padding",
        "expires_in_seconds",
    ];
    let hidden: String = fields
        .iter()
        .filter_map(|name| Some((name, ask.params.text(name)?)))
        .map(|(name, value)| format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(&value)))
        .collect();
    format!(
        "{}<form method=\"post\" action=\"{}\">{hidden}{}<button>Authorize</button></form>",
        wishes(request),
        state.rooted("/user-api-key"),
        who(ask),
    )
}

fn wishes(request: &Request) -> String {
    let scopes: String = request.scopes.iter().map(|scope| format!("<li>{}</li>", escaped(scope))).collect();
    format!("<p>{} asks for:</p><ul>{scopes}</ul>", escaped(&request.application))
}

fn who(ask: &Ask) -> String {
    let name = ask.params.text("as").map_or(Cow::Borrowed(""), Cow::Owned);
    format!("<label>You are <input name=\"as\" value=\"{}\"></label>", escaped(&name))
}

fn not_stored(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

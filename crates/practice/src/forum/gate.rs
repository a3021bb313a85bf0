//! The way of every request: faults, limits, keys, then the answer, then the log.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State as Shared};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use jiff::Timestamp;

use super::answers;
use super::calls::Call;
use super::door::Caller;
use super::faults::{Fault, Place};
use super::house::House;
use super::keys::{Permits, Viewer};
use super::log::{self, RequestRecord};
use super::model::State;
use super::params::Params;
use super::refusal::Refusal;
use super::{reply, spoil};

/// The largest body of anything that is not an upload.
const LARGEST_BODY: usize = 2 * 1024 * 1024;

/// A request as the answers see it.
#[derive(Debug)]
pub(crate) struct Ask {
    pub viewer: Viewer,
    pub params: Params,
    pub headers: HeaderMap,
    pub now: Timestamp,
    pub method: Method,
    pub address: IpAddr,
    /// JSON is wanted, by the path or by the headers.
    pub json: bool,
}

/// Answers one request to the forum.
pub(crate) async fn serve(
    Shared(house): Shared<Arc<House>>,
    ConnectInfo(caller): ConnectInfo<Caller>,
    request: Request,
) -> Response {
    let at = house.clock.now();
    let mut record = RequestRecord {
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        had_key: has_key(request.headers()),
        status: None,
        at,
    };
    let fault = house.faults.strike(Place::Forum, &record.path);
    if let Some(fault @ (Fault::Silence | Fault::Hangup)) = &fault {
        log::keep(&mut house.state().requests, record);
        return spoil::without_answer(fault, &caller).await;
    }
    let method = request.method().clone();
    let storage_origin = house.state().storage_origin.clone();
    let mut response = match fault.as_ref().and_then(|fault| spoil::instead(fault, request.uri(), &storage_origin)) {
        Some(response) => response,
        None => answer(&house, &caller, request, at).await,
    };
    if let Ok(date) = HeaderValue::from_str(&reply::http_date(at)) {
        response.headers_mut().insert(header::DATE, date);
    }
    record.status = Some(response.status().as_u16());
    log::keep(&mut house.state().requests, record);
    match fault {
        Some(fault) if method != Method::HEAD => spoil::body(response, &fault, &caller, &house.downloads),
        _ => response,
    }
}

fn has_key(headers: &HeaderMap) -> bool {
    headers.contains_key("user-api-key") || headers.contains_key("api-key")
}

async fn answer(house: &Arc<House>, caller: &Caller, request: Request, now: Timestamp) -> Response {
    let (parts, body) = request.into_parts();
    let subfolder = house.state().options.subfolder.clone();
    let Some(path) = parts.uri.path().strip_prefix(subfolder.as_str()) else {
        return Refusal::NotFound.into_response();
    };
    let call = Call::read(&parts.method, path);
    let reads = matches!(parts.method, Method::GET | Method::HEAD);
    let download = call.as_ref().is_some_and(|(call, _)| call.is_download());
    let action = match call.as_ref().map(|(call, _)| call) {
        // The scopes of keys know the bus at the root of the site only: below a folder it takes more than theirs.
        Some(Call::PollBus) if !subfolder.is_empty() => "message_bus below",
        Some(call) => call.action(),
        None => "",
    };
    let on_the_bus = matches!(&call, Some((Call::PollBus, _)));
    let viewer = {
        let mut state = house.state();
        let by_admin_key = parts.headers.contains_key("api-key");
        let counted = if by_admin_key {
            Ok(())
        } else {
            let limits = state.options.limits.clone();
            state.windows.address(&limits, caller.address.ip(), download, now)
        };
        counted.and_then(|()| admit(&mut state, &parts.headers, reads, action, now))
    };
    let viewer = match viewer {
        Ok(viewer) => viewer,
        Err(refusal) if download => return refusal.into_download_response(),
        Err(Refusal::InvalidAccess) if on_the_bus => return Refusal::NotOnTheBus.into_response(),
        Err(refusal) => return refusal.into_response(),
    };
    let who = viewer.user.and_then(|user| house.state().users.get(&user).map(|user| user.username.clone()));
    let Some((call, json)) = call else {
        return if !reads && viewer.user.is_none() {
            Refusal::BadCsrf.into_response()
        } else {
            Refusal::NotFound.into_response()
        };
    };
    let is_for_anybody = call.is_signing_in() || on_the_bus;
    let outcome = if !reads && viewer.key.is_none() && !is_for_anybody {
        Err(Refusal::BadCsrf)
    } else if viewer.user.is_none() && house.state().options.login_required && !call.is_always_public() {
        Err(Refusal::NotLoggedIn)
    } else if reads && call.has_page() && !json && !accepts_json(&parts.headers) {
        Ok(reply::html(StatusCode::OK, "Practice forum"))
    } else if call == Call::CreateUpload {
        super::uploads::create::receive(house, viewer, Request::from_parts(parts, body), now).await
    } else {
        match axum::body::to_bytes(body, LARGEST_BODY).await {
            Ok(bytes) => {
                let params = read_params(parts.uri.query().unwrap_or_default(), &parts.headers, &bytes).await;
                let json = json || accepts_json(&parts.headers);
                let address = caller.address.ip();
                let ask = Ask { viewer, params, headers: parts.headers, now, method: parts.method, address, json };
                answers::give(house, &call, &ask).await
            }
            Err(_) => Err(Refusal::TooLarge),
        }
    };
    let mut response = match outcome {
        Ok(response) => response,
        Err(refusal) if download => refusal.into_download_response(),
        Err(refusal) => refusal.into_response(),
    };
    sign(&mut response, who, call.action());
    response
}

fn accepts_json(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains("application/json"))
}

async fn read_params(query: &str, headers: &HeaderMap, body: &Bytes) -> Params {
    let mut params = Params::read(query, headers, body);
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if let Some(kind) = kind
        && kind.starts_with("multipart/form-data")
    {
        super::uploads::create::add_text_fields(&mut params, kind, body.clone()).await;
    }
    params
}

fn sign(response: &mut Response<Body>, who: Option<String>, action: &str) {
    let headers = response.headers_mut();
    if let Ok(route) = HeaderValue::from_str(&action.replace('#', "/")) {
        headers.insert(HeaderName::from_static("x-discourse-route"), route);
    }
    if let Some(who) = who
        && let Ok(who) = HeaderValue::from_str(&who)
    {
        headers.insert(HeaderName::from_static("x-discourse-username"), who);
    }
}

/// Finds out who is asking. Wrong, revoked and insufficient keys all look alike, as on the real site.
fn admit(state: &mut State, headers: &HeaderMap, reads: bool, action: &str, now: Timestamp) -> Result<Viewer, Refusal> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let limits = state.options.limits.clone();
    if let Some(token) = text("user-api-key") {
        state.windows.check_user_key(&limits, token, now)?;
        let key = state.keys.get(token).filter(|key| key.works_at(now)).cloned();
        let Some(key) = key else {
            return Err(Refusal::InvalidAccess);
        };
        let Permits::User { user, .. } = key.permits else {
            return Err(Refusal::InvalidAccess);
        };
        state.windows.count_user_key(&limits, token, now);
        let person = state.users.get(&user).filter(|user| !user.suspended && !user.removed);
        if person.is_none() || !key.covers(reads, action) {
            return Err(Refusal::InvalidAccess);
        }
        return Ok(Viewer { user: Some(user), key: Some(token.to_owned()), by_admin_key: false });
    }
    let Some(token) = text("api-key") else {
        return Ok(Viewer::nobody());
    };
    state.windows.admin_key(&limits, now)?;
    let key = state.keys.get(token).filter(|key| key.works_at(now)).cloned();
    let Some(key) = key else {
        return Err(Refusal::InvalidAdminKey);
    };
    let Permits::Admin { user: bound, .. } = &key.permits else {
        return Err(Refusal::InvalidAdminKey);
    };
    let named = match (text("api-username"), text("api-user-id")) {
        (Some(name), _) => Some(state.user_named(name).map(|user| user.id)),
        (None, Some(id)) => Some(id.parse().ok().map(super::ids::UserId)),
        (None, None) => None,
    };
    let user = match (*bound, named) {
        (Some(bound), None) => Some(bound),
        (Some(bound), Some(named)) => named.filter(|named| *named == bound),
        (None, named) => named.flatten(),
    };
    let person = user.and_then(|user| state.users.get(&user)).filter(|user| !user.suspended && !user.removed);
    match person {
        Some(person) if key.covers(reads, action) => {
            Ok(Viewer { user: Some(person.id), key: Some(token.to_owned()), by_admin_key: true })
        }
        _ => Err(Refusal::InvalidAdminKey),
    }
}

//! The token endpoint of the practice mail servers (RFC 6749, section 6), on loopback.
//!
//! An access token lasts an hour by the practice clock. A refresh token is good for one answer, which brings the next.

use std::{
    collections::{BTreeMap, HashMap},
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Form, Json, Router,
    extract::State as Shared,
    http::{HeaderName, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use jiff::SignedDuration;
use serde_json::json;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{
    office::{AccessToken, Office, mailbox_of},
    random_password,
};
use crate::clock::moved;

/// Gives access tokens to whoever brings a refresh token.
pub struct TokenEndpoint {
    issuer: Arc<Issuer>,
    address: SocketAddr,
}

/// An answer of the test's choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenAnswer {
    /// The status.
    pub status: u16,
    /// A header besides the usual ones.
    pub header: Option<(&'static str, String)>,
    /// The body.
    pub body: String,
}

const REFRESH: &str = TokenEndpoint::MARKS[0];
const ACCESS: &str = TokenEndpoint::MARKS[1];

struct Issuer {
    office: Arc<Office>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The account that each refresh token is for.
    grants: BTreeMap<String, String>,
    client_secret: Option<String>,
    keeps_refresh_tokens: bool,
    answer: Option<TokenAnswer>,
    asked: usize,
}

impl TokenEndpoint {
    /// The one client that it knows.
    pub const CLIENT_ID: &str = "practice-desk";

    /// How long an access token lasts, by the practice clock.
    pub const LIFE: SignedDuration = SignedDuration::from_hours(1);

    /// How every refresh token and every access token begins, so that a search for leaks finds them.
    pub const MARKS: [&str; 2] = ["cnryrefresh.", "cnryaccess."];

    pub(super) async fn start(office: Arc<Office>, stop: CancellationToken) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let issuer = Arc::new(Issuer { office, state: Mutex::default() });
        let router = Router::new().route("/token", post(answer)).with_state(Arc::clone(&issuer));
        tokio::spawn(async move {
            let serving = axum::serve(listener, router).into_future();
            stop.run_until_cancelled(serving).await
        });
        Ok(Self { issuer, address })
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}/token", self.address)
    }

    /// A first refresh token for an account, as a person gets it at the provider.
    pub fn grant(&self, address: &str) -> String {
        let mut state = self.issuer.state();
        state.fresh_grant(mailbox_of(address))
    }

    /// Makes every refresh token of an account worth nothing.
    pub fn revoke(&self, address: &str) {
        let user = mailbox_of(address);
        self.issuer.state().grants.retain(|_, granted| *granted != user);
    }

    /// Takes requests with this secret only.
    pub fn require_client_secret(&self, secret: &str) {
        self.issuer.state().client_secret = Some(secret.to_owned());
    }

    /// Leaves refresh tokens as they are from now on, as some providers do.
    pub fn keep_refresh_tokens(&self) {
        self.issuer.state().keeps_refresh_tokens = true;
    }

    /// Answers everything with this; with nothing, as usual again.
    pub fn answer_with(&self, answer: Option<TokenAnswer>) {
        self.issuer.state().answer = answer;
    }

    /// How many requests came.
    pub fn asked(&self) -> usize {
        self.issuer.state().asked
    }
}

impl fmt::Debug for TokenEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenEndpoint").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Issuer {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn fresh_grant(&mut self, user: String) -> String {
        let token = fresh_token(REFRESH);
        self.grants.insert(token.clone(), user);
        token
    }
}

async fn answer(Shared(issuer): Shared<Arc<Issuer>>, Form(form): Form<HashMap<String, String>>) -> Response {
    let mut state = issuer.state();
    state.asked += 1;
    if let Some(answer) = &state.answer {
        return answer.response();
    }
    let field = |name: &str| form.get(name).map_or("", String::as_str);
    if field("grant_type") != "refresh_token" {
        return refusal(StatusCode::BAD_REQUEST, "unsupported_grant_type");
    }
    let secret = form.get("client_secret");
    if field("client_id") != TokenEndpoint::CLIENT_ID || state.client_secret.as_ref() != secret {
        return refusal(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    let Some(user) = state.grants.get(field("refresh_token")).cloned() else {
        return refusal(StatusCode::BAD_REQUEST, "invalid_grant");
    };
    let access_token = fresh_token(ACCESS);
    let mut body = json!({
        "token_type": "Bearer",
        "access_token": access_token,
        "expires_in": TokenEndpoint::LIFE.as_secs(),
    });
    if !state.keeps_refresh_tokens {
        state.grants.remove(field("refresh_token"));
        body["refresh_token"] = state.fresh_grant(user.clone()).into();
    }
    let until = Some(moved(issuer.office.clock.now(), TokenEndpoint::LIFE));
    issuer.office.set_token(&user, Some(AccessToken { token: access_token, until }));
    Json(body).into_response()
}

fn fresh_token(mark: &str) -> String {
    format!("{mark}{}", random_password())
}

fn refusal(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({ "error": error, "error_description": "The practice world says no." }))).into_response()
}

impl TokenAnswer {
    /// An answer without a header of its own.
    pub fn new(status: u16, body: &str) -> Self {
        Self { status, header: None, body: body.to_owned() }
    }

    fn response(&self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let header = self.header.clone().map(|(name, value)| [(HeaderName::from_static(name), value)]);
        match header {
            Some(header) => (status, header, self.body.clone()).into_response(),
            None => (status, self.body.clone()).into_response(),
        }
    }
}

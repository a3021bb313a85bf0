//! A tracker's server: its address, our key, and how often we ask.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use custody_core::ports::{Clock, PortError, PortResult};
use jiff::{SignedDuration, Timestamp};
use reqwest::{
    Method, StatusCode,
    header::{HeaderName, HeaderValue},
};
use serde::de::DeserializeOwned;
use url::Url;

use crate::http::{
    Call, Failure, Follow, Http, Realm, Refusal,
    budget::{Budget, BudgetSettings, Purpose},
    checked_base,
};

/// The largest JSON that is read. A page of a hundred tickets with long texts is far smaller.
const LARGEST_ANSWER: usize = 8 * 1024 * 1024;

/// Where one account's questions go.
pub(super) struct Server {
    http: Http,
    clock: Arc<dyn Clock>,
    budget: Budget,
    base: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    realm: Realm,
    known_at: Mutex<Option<Timestamp>>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("budget", &self.budget).finish_non_exhaustive()
    }
}

impl Server {
    /// A server at this address, if it is one that keys may go to.
    pub(super) fn new(
        base: Url,
        headers: Vec<(HeaderName, HeaderValue)>,
        budget: BudgetSettings,
        http: Http,
        clock: Arc<dyn Clock>,
    ) -> Option<Self> {
        let base = checked_base(base)?;
        let realm = Realm::new(&base, vec![base.path().to_owned()]);
        let budget = Budget::new(budget, clock.clone());
        Some(Self { http, clock, budget, base, headers, realm, known_at: Mutex::default() })
    }

    /// The address of a page. Each part is one segment, whatever it holds.
    pub(super) fn page(&self, parts: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(parts);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// Whether our key may go to this address.
    pub(super) fn is_ours(&self, url: &Url) -> bool {
        self.realm.covers(url)
    }

    /// Asks for JSON. Refusals that may be the key's fault come as `NotFound` or `NotAllowed`: see [`Self::is_known`].
    pub(super) async fn get<T: DeserializeOwned>(&self, route: &'static str, url: Url) -> PortResult<T> {
        self.budget.take(Purpose::Reading, route).await?;
        let call = Call {
            route,
            method: Method::GET,
            url,
            secrets: &self.headers,
            realm: &self.realm,
            follow: Follow::Inside,
            body: None,
        };
        let answer = self.http.send(call).await?;
        self.budget.count(answer.keyed_requests.saturating_sub(1));
        tracing::debug!(route, status = answer.status().as_u16(), "tracker.ask");
        if answer.status() == StatusCode::OK {
            self.budget.went_well();
            return answer.json(LARGEST_ANSWER).await;
        }
        Err(match Refusal::by_status(&answer, false) {
            Refusal::Settled(error) | Refusal::Doubt(error) => error,
            Refusal::TooOften { wait, .. } => self.too_often(route, wait),
        })
    }

    fn too_often(&self, route: &'static str, wait: Option<Duration>) -> PortError {
        Failure::of_rate(route, self.budget.pause(None, wait))
    }

    /// Notes whether the server said who we are.
    pub(super) fn note(&self, is_known: bool) {
        let at = is_known.then(|| self.clock.now());
        *self.known_at.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// Whether the server said that it knows us, and not longer ago than this.
    pub(super) fn is_known(&self, age: SignedDuration) -> bool {
        let now = self.clock.now();
        let at = *self.known_at.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was put back makes everything old.
        at.is_some_and(|at| at <= now && now.duration_since(at) < age)
    }
}

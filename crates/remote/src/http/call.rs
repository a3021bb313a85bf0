//! One request with its redirects, and its bounded answer.

use std::time::Duration;

use bytes::Bytes;
use custody_core::{
    Private,
    ports::{Fault, PortError, PortResult},
};
use jiff::{Timestamp, fmt::rfc2822};
use reqwest::{
    Method, Response, StatusCode,
    header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION},
};
use serde::de::DeserializeOwned;
use url::{Host, Url};

use super::{Failure, Http};

/// A forum needs one; a storage behind a CDN two or three.
const MOST_HOPS: usize = 5;

/// Error pages are read no further than this.
const MOST_OF_A_REFUSAL: usize = 64 * 1024;

/// Where secrets may go: one origin, and paths on it.
#[derive(Clone, Debug)]
pub(crate) struct Realm {
    origin: url::Origin,
    prefixes: Vec<String>,
}

impl Realm {
    pub(crate) fn new(base: &Url, prefixes: Vec<String>) -> Self {
        Self { origin: base.origin(), prefixes }
    }

    /// Whether secrets may go to this address.
    pub(crate) fn covers(&self, url: &Url) -> bool {
        self.is_origin_of(url) && self.prefixes.iter().any(|prefix| url.path().starts_with(prefix.as_str()))
    }

    /// Whether the address is on the same scheme, host and port.
    pub(crate) fn is_origin_of(&self, url: &Url) -> bool {
        url.origin() == self.origin
    }
}

/// Which redirects are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follow {
    /// Only within the realm: the answer must be the forum's own.
    Inside,
    /// To other origins too, without secrets: files lie where the forum says.
    Anywhere,
}

/// What a request brings along.
#[derive(Debug)]
pub(crate) enum Body {
    Json(String),
    /// Fields as a form sends them. They may be secrets.
    Form(Private<String>),
}

/// One request.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    /// What it is called in errors and logs.
    pub route: &'static str,
    pub method: Method,
    pub url: Url,
    pub secrets: &'a [(HeaderName, HeaderValue)],
    pub realm: &'a Realm,
    pub follow: Follow,
    pub body: Option<Body>,
}

/// An answer whose body has not been read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub route: &'static str,
    response: Response,
    /// Whether the realm itself answered, and not another origin.
    pub is_inside: bool,
    /// How many requests with secrets it took.
    pub keyed_requests: usize,
}

impl Http {
    /// Sends a request and follows its redirects. Any status is an answer; only silence is an error.
    pub(crate) async fn send(&self, call: Call<'_>) -> PortResult<Answer> {
        let Call { route, method, mut url, secrets, realm, follow, body } = call;
        if !is_allowed(&url) {
            return Err(PortError::needs_person(Fault::Tls).because(Failure::PlainHttp { route }));
        }
        let mut seen: Vec<Url> = Vec::new();
        let mut keyed_requests = 0;
        let mut has_left = false;
        loop {
            // Another origin must not be able to send us back with the key.
            has_left |= !realm.covers(&url);
            let is_inside = !has_left;
            let client = if is_loopback(&url) { &self.loopback } else { &self.outside };
            let mut request = client.request(method.clone(), url.clone());
            if is_inside {
                keyed_requests += usize::from(!secrets.is_empty());
                for (name, value) in secrets {
                    request = request.header(name, value);
                }
            }
            match follow {
                Follow::Inside => request = request.header(ACCEPT, "application/json").timeout(self.whole),
                Follow::Anywhere => request = request.header(ACCEPT, "*/*"),
            }
            match &body {
                Some(Body::Json(text)) => {
                    request = request.header(CONTENT_TYPE, "application/json").body(text.clone());
                }
                Some(Body::Form(fields)) => {
                    let kind = "application/x-www-form-urlencoded";
                    request = request.header(CONTENT_TYPE, kind).body(fields.reveal().clone());
                }
                None => {}
            }
            let response = request.send().await.map_err(|error| Failure::of_transport(route, &error))?;
            if !is_redirect(response.status()) {
                let answer = Answer { route, response, is_inside, keyed_requests };
                // A file may come from a cache, with the date on which that fetched it; an answer to a question does not.
                if is_inside
                    && follow == Follow::Inside
                    && let (Some(witness), Some(date)) = (&self.witness, answer.server_time())
                {
                    witness.heard(date);
                }
                return Ok(answer);
            }
            let hops = seen.len();
            let refused =
                |place| PortError::needs_person(Fault::BadRedirect).because(Failure::Redirect { route, place, hops });
            if method != Method::GET {
                // Following would either lose the body or send it elsewhere.
                return Err(refused("another place for a request that changes something"));
            }
            let next = target(&url, response.headers()).ok_or_else(|| refused("nowhere"))?;
            seen.push(url.clone());
            if let Some(place) = objection(&url, &next, realm, follow) {
                return Err(refused(place));
            }
            if seen.contains(&next) {
                return Err(refused("where it came from"));
            }
            if seen.len() > MOST_HOPS {
                return Err(refused("yet another place"));
            }
            url = next;
        }
    }
}

impl Answer {
    pub(crate) fn status(&self) -> StatusCode {
        self.response.status()
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The announced length of the body.
    pub(crate) fn length(&self) -> Option<u64> {
        self.response.content_length()
    }

    /// The next piece of the body.
    pub(crate) async fn piece(&mut self) -> Result<Option<Bytes>, reqwest::Error> {
        self.response.chunk().await
    }

    /// The body as JSON, of at most `limit` bytes.
    pub(crate) async fn json<T: DeserializeOwned>(mut self, limit: usize) -> PortResult<T> {
        let route = self.route;
        let mut body = Vec::new();
        loop {
            match self.piece().await {
                Ok(Some(piece)) if body.len() + piece.len() > limit => {
                    return Err(PortError::not_possible(Fault::TooLarge).because(Failure::TooLong { route, limit }));
                }
                Ok(Some(piece)) => body.extend_from_slice(&piece),
                Ok(None) => break,
                Err(error) => return Err(Failure::of_transport(route, &error)),
            }
        }
        serde_json::from_slice(&body).map_err(|error| Failure::of_json(route, &error))
    }

    /// The beginning of a refusal's body. What cannot be read of it is left out: the status says enough.
    pub(crate) async fn beginning(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        while body.len() < MOST_OF_A_REFUSAL {
            match self.piece().await {
                Ok(Some(piece)) => body.extend_from_slice(&piece),
                Ok(None) | Err(_) => break,
            }
        }
        body.truncate(MOST_OF_A_REFUSAL);
        body
    }

    /// How long the server asks us to wait, in `Retry-After`: seconds, or a date by the server's own clock.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let text = self.text("retry-after")?;
        match text.parse() {
            Ok(seconds) => Some(Duration::from_secs(seconds)),
            Err(_) => Some(span(self.server_time()?, date(text)?)),
        }
    }

    /// How long it takes until the server's count of our requests starts anew (`RateLimit-Reset`, in epoch seconds).
    pub(crate) fn until_reset(&self) -> Option<Duration> {
        let text = self.text("x-ratelimit-reset").or_else(|| self.text("ratelimit-reset"))?;
        let reset = Timestamp::from_second(text.parse().ok()?).ok()?;
        Some(span(self.server_time()?, reset))
    }

    /// When the answer was sent, by the server's clock.
    fn server_time(&self) -> Option<Timestamp> {
        date(self.text("date")?)
    }

    fn text(&self, header: &str) -> Option<&str> {
        self.headers().get(header)?.to_str().ok().map(str::trim)
    }

    /// Whether the body says that it is a page.
    pub(crate) fn is_page(&self) -> bool {
        self.headers()
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("text/html"))
    }
}

/// Whether we talk to this address at all: TLS, or plain text to this machine.
pub(crate) fn is_allowed(url: &Url) -> bool {
    let is_safe = match url.scheme() {
        "https" => url.has_host(),
        "http" => is_loopback(url),
        _ => false,
    };
    is_safe && url.username().is_empty() && url.password().is_none()
}

/// Whether the address is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// A date as headers carry it.
fn date(text: &str) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

/// The time from one to the other; none if it is over.
fn span(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or(Duration::ZERO)
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn target(from: &Url, headers: &HeaderMap) -> Option<Url> {
    let mut next = from.join(headers.get(LOCATION)?.to_str().ok()?).ok()?;
    next.set_fragment(None);
    Some(next)
}

/// What speaks against a redirect.
fn objection(from: &Url, to: &Url, realm: &Realm, follow: Follow) -> Option<&'static str> {
    if !is_allowed(to) || (from.scheme() == "https" && to.scheme() != "https") {
        return Some("an address without TLS");
    }
    if is_loopback(to) && !is_loopback(from) {
        // A server out there must not make us ask the services of this machine.
        return Some("this machine");
    }
    match follow {
        Follow::Inside if !realm.covers(to) => Some("another site"),
        // A login page would be taken for the file.
        Follow::Anywhere if realm.is_origin_of(to) && !realm.covers(to) => Some("a page of the same site"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_date_in_a_header_is_measured_by_the_servers_own_clock() {
        let sent = date("Mon, 23 Nov 2026 18:59:27 GMT").unwrap();
        assert_eq!(span(sent, date("Mon, 23 Nov 2026 19:00:12 GMT").unwrap()), Duration::from_secs(45));
        assert_eq!(span(sent, date("Sun, 22 Nov 2026 19:00:12 GMT").unwrap()), Duration::ZERO);
        assert_eq!(date("tomorrow"), None);
    }

    #[test]
    fn plain_http_goes_to_this_machine_only() {
        for (address, allowed) in [
            ("https://forum.example/", true),
            ("http://127.0.0.1:3000/", true),
            ("http://[::1]:3000/", true),
            ("http://localhost:3000/", true),
            ("http://forum.example/", false),
            ("http://127.0.0.1.example/", false),
            ("http://localhost.example/", false),
            ("http://10.0.0.1/", false),
            ("https://carol:secret@forum.example/", false),
            ("ftp://127.0.0.1/", false),
            ("file:///etc/passwd", false),
        ] {
            assert_eq!(is_allowed(&url(address)), allowed, "{address}");
        }
    }

    #[test]
    fn secrets_stay_on_one_scheme_host_port_and_path() {
        let base = url("https://forum.example/sub/");
        let realm = Realm::new(&base, vec!["/sub/uploads/".to_owned()]);
        assert!(realm.covers(&url("https://forum.example/sub/uploads/x")));
        assert!(realm.covers(&url("https://forum.example:443/sub/uploads/x")));
        for foreign in [
            "http://forum.example/sub/uploads/x",
            "https://forum.example:8443/sub/uploads/x",
            "https://cdn.forum.example/sub/uploads/x",
            "https://forum.example.evil.example/sub/uploads/x",
            "https://forum.example/sub/uploads/../admin",
            "https://forum.example/sub/uploads/%2e%2e/admin",
            "https://forum.example/uploads/x",
            "https://forum.example/sub/uploads-of-others/x",
        ] {
            assert!(!realm.covers(&url(foreign)), "{foreign}");
        }
    }

    #[test]
    fn a_redirect_may_not_lose_tls_nor_reach_into_this_machine() {
        let realm = Realm::new(&url("https://forum.example/"), vec!["/uploads/".to_owned()]);
        let from = url("https://forum.example/uploads/short-url/x.zip");
        let follow = Follow::Anywhere;
        assert_eq!(objection(&from, &url("https://bucket.example/x.zip"), &realm, follow), None);
        for bad in [
            "http://bucket.example/x.zip",
            "http://127.0.0.1/x.zip",
            "https://127.0.0.1/x.zip",
            "https://localhost/x.zip",
            "https://forum.example/login",
            "file:///x.zip",
        ] {
            assert!(objection(&from, &url(bad), &realm, follow).is_some(), "{bad}");
        }
        assert!(objection(&from, &url("https://bucket.example/x.zip"), &realm, Follow::Inside).is_some());
    }
}

//! A client on a server, and a clock that stands still until it is moved.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use custody_core::{
    SignedDuration, Timestamp,
    ports::{Clock, ErrorKind, Fault, PortError},
    ticket::TicketRef,
};
use custody_remote::{
    http::{Http, HttpSettings},
    tracker::{TrackerClient, TrackerKind, TrackerSettings},
};

use crate::{server::Server, shapes::Shape};

/// The secret that must go nowhere.
pub const KEY: &str = "1-31-canarykey7f3a";

pub const NOW: &str = "2026-11-24T12:00:00Z";

pub struct Bench {
    pub server: Server,
    pub clock: Arc<Hand>,
    pub client: Arc<dyn TrackerClient>,
    pub shape: Shape,
}

impl Bench {
    /// A server that knows us and has the open ticket.
    pub async fn start(shape: Shape) -> Self {
        Self::with(shape, |_| {}).await
    }

    pub async fn with(shape: Shape, change: impl FnOnce(&mut TrackerSettings)) -> Self {
        let server = Server::start().await;
        let clock = still();
        let client = client(&server, shape.kind.clone(), clock.clone(), change);
        server.json(shape.account_path, shape.account);
        server.json(shape.ticket_path, shape.open);
        Self { server, clock, client, shape }
    }

    pub fn ticket(&self) -> TicketRef {
        ticket(self.shape.key)
    }
}

pub fn client(
    server: &Server,
    kind: TrackerKind,
    clock: Arc<Hand>,
    change: impl FnOnce(&mut TrackerSettings),
) -> Arc<dyn TrackerClient> {
    let mut settings = TrackerSettings::new(kind, server.base.parse().unwrap(), KEY.into());
    // Whoever has to wait is told for how long: the clock stands, so nobody would ever be let through.
    settings.budget.patience = Duration::ZERO;
    change(&mut settings);
    settings.connect(Http::new(&HttpSettings::default()).unwrap(), clock).unwrap()
}

pub fn ticket(key: &str) -> TicketRef {
    TicketRef { tracker: "desk".to_owned(), key: key.to_owned() }
}

/// Fault and kind of an error.
pub fn told(error: &PortError) -> (Fault, &'static str) {
    let kind = match error.kind {
        ErrorKind::TryAgain { .. } => "try again",
        ErrorKind::NotPossible => "not possible",
        ErrorKind::NeedsPerson => "needs a person",
    };
    (error.fault, kind)
}

/// An error with all its causes, as a log would have it.
pub fn written(error: &PortError) -> String {
    let mut text = format!("{error} {error:?}");
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text} {error} {error:?}");
        cause = error.source();
    }
    text
}

/// A clock that stands.
pub fn still() -> Arc<Hand> {
    Arc::new(Hand(Mutex::new(NOW.parse().unwrap())))
}

pub struct Hand(Mutex<Timestamp>);

impl Hand {
    pub fn advance(&self, seconds: i64) {
        let mut now = self.0.lock().unwrap();
        *now = now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

//! The rules that hold for every tracker: what a reading means, and which tickets may have changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use custody_core::{
    Private,
    ports::{ChangedTickets, Clock, ErrorKind, Fault, PortError, PortResult, Tracker},
    ticket::{Closing, TicketReading, TicketRef},
};
use jiff::{SignedDuration, Timestamp};

use super::{
    api::{Api, Page, Stand, State},
    mark::Mark,
};
use crate::http::Failure;

/// Pages read in one visit. Whoever was away for longer than they reach reads each ticket singly.
const MOST_PAGES: u32 = 20;

/// A time of change further ahead of our clock than this is not believed: it would hide the changes until then.
const AHEAD: SignedDuration = SignedDuration::from_mins(10);

/// An answer to "who are we" this young settles a doubt: a run of missing tickets asks once.
const CERTAIN: SignedDuration = SignedDuration::from_secs(30);

/// And this young, it vouches for a list.
const CURRENT: SignedDuration = SignedDuration::from_mins(10);

const LIST: &str = "tickets.changed";

/// A tracker that can be tested.
#[async_trait]
pub trait TrackerClient: Tracker {
    /// Tests the connection: who we are, what we see, and what closes a ticket.
    ///
    /// # Errors
    /// What stands in the way, told by its [`Fault`].
    async fn check(&self) -> PortResult<TrackerCheck>;
}

/// What a test of the connection found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackerCheck {
    /// Who the tracker takes us for.
    pub account: Private<String>,
    /// Queues, projects or repositories that we see; the first hundred.
    pub places: Vec<Private<String>>,
    /// Whether we see any ticket at all.
    pub sees_tickets: bool,
    /// The states of tickets, as far as the tracker names them, and which of them close a ticket for this desk.
    pub states: Vec<StateMeaning>,
    /// States that the settings name and the tracker does not.
    pub unknown_states: Vec<String>,
}

/// What a state means to this desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateMeaning {
    /// Its name there.
    pub name: String,
    /// Whether it closes a ticket.
    pub is_closed: bool,
}

/// A tracker of one kind.
pub(super) struct Client<A> {
    api: A,
    closed_states: Option<BTreeSet<String>>,
    clock: Arc<dyn Clock>,
    /// Tickets that were merged or moved, by the ticket that they are read as: when that one changes, so did they.
    read_as: Mutex<BTreeMap<String, BTreeSet<String>>>,
}

impl<A: Api> fmt::Debug for Client<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("server", self.api.server()).finish_non_exhaustive()
    }
}

impl<A: Api + 'static> Client<A> {
    pub(super) fn shared(api: A, closed_states: Option<Vec<String>>, clock: Arc<dyn Clock>) -> Arc<dyn TrackerClient> {
        let closed_states = closed_states.map(|names| names.iter().map(|name| plain(name)).collect());
        Arc::new(Self { api, closed_states, clock, read_as: Mutex::default() })
    }
}

impl<A: Api> Client<A> {
    async fn account(&self) -> PortResult<Private<String>> {
        let account = self.api.account().await;
        self.api.server().note(account.is_ok());
        account
    }

    /// Only a server that knows us can tell us that something is not there: some answer "not found" to a refused key.
    async fn believed(&self, error: PortError) -> PortResult<PortError> {
        self.make_sure(CERTAIN).await?;
        Ok(error)
    }

    async fn make_sure(&self, age: SignedDuration) -> PortResult<()> {
        if !self.api.server().is_known(age) {
            self.account().await?;
        }
        Ok(())
    }

    fn is_closed(&self, names: &[String], is_closed: bool) -> bool {
        match &self.closed_states {
            Some(closed) => names.iter().any(|name| closed.contains(&plain(name))),
            None => is_closed,
        }
    }

    fn remember(&self, asked: &str, told: &str) {
        let mut read_as = self.read_as.lock().unwrap_or_else(PoisonError::into_inner);
        for keys in read_as.values_mut() {
            keys.remove(asked);
        }
        read_as.retain(|_, keys| !keys.is_empty());
        if asked != told {
            read_as.entry(told.to_owned()).or_default().insert(asked.to_owned());
        }
    }

    /// The known tickets by the keys that the list may show them under.
    fn by_key<'a>(&self, known: &'a [TicketRef]) -> BTreeMap<String, Vec<&'a TicketRef>> {
        let mut by_key: BTreeMap<String, Vec<&TicketRef>> = BTreeMap::new();
        for ticket in known {
            if let Some(key) = self.api.canonical(&ticket.key) {
                by_key.entry(key).or_default().push(ticket);
            }
        }
        let read_as = self.read_as.lock().unwrap_or_else(PoisonError::into_inner);
        for (told, asked) in &*read_as {
            let also: Vec<_> = asked.iter().filter_map(|key| by_key.get(key)).flatten().copied().collect();
            if !also.is_empty() {
                by_key.entry(told.clone()).or_default().extend(also);
            }
        }
        by_key
    }

    /// Names every ticket, and begins anew at the newest change there is.
    async fn all(&self, known: &[TicketRef], now: Timestamp) -> PortResult<ChangedTickets> {
        let newest = self.list(None, None).await?.rows.first().map(|row| row.updated);
        let mark = match newest {
            Some(newest) => written(&Mark::new(believable(newest, now)))?,
            None => String::new(),
        };
        Ok(ChangedTickets { tickets: known.to_vec(), mark })
    }

    async fn list(&self, since: Option<Timestamp>, page: Option<&str>) -> PortResult<Page> {
        match self.api.last_changed(since, page).await {
            Err(error) if is_doubtful(&error) => {
                // The settings name a project that this account does not see: somebody has to change the one or the other.
                let error = self.believed(error).await?;
                Err(PortError { kind: ErrorKind::NeedsPerson, ..error })
            }
            other => other,
        }
    }
}

#[async_trait]
impl<A: Api> Tracker for Client<A> {
    async fn read(&self, ticket: &TicketRef) -> PortResult<TicketReading> {
        let Some(key) = self.api.canonical(&ticket.key) else { return Ok(TicketReading::Missing) };
        let told = match self.api.ticket(&key).await {
            Ok(told) => told,
            Err(error) if is_doubtful(&error) => {
                let error = self.believed(error).await?;
                return if error.fault == Fault::NotFound { Ok(TicketReading::Missing) } else { Err(error) };
            }
            Err(error) => return Err(error),
        };
        self.remember(&key, &told.key);
        Ok(match told.state {
            Stand::Gone => TicketReading::Missing,
            Stand::In { names, is_closed } if self.is_closed(&names, is_closed) => {
                TicketReading::Closed { how: Closing::Closed }
            }
            Stand::In { .. } => TicketReading::Open,
        })
    }

    async fn changed(&self, known: &[TicketRef], mark: Option<&str>) -> PortResult<ChangedTickets> {
        // Redmine and Jira answer a refused key with the list that anybody may see, which is often empty.
        self.make_sure(CURRENT).await?;
        let now = self.clock.now();
        let Some(mut mark) = Mark::read(mark) else { return self.all(known, now).await };
        let since = mark.since();
        let by_key = self.by_key(known);
        let mut named = BTreeSet::new();
        let mut newest = None;
        let mut next: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let page = self.list(Some(since), next.as_deref()).await?;
            next = page.next;
            let mut before = Timestamp::MAX;
            for row in page.rows {
                if row.updated > before {
                    // Not the order that was asked for: the list's end would be no end.
                    return self.all(known, now).await;
                }
                before = row.updated;
                if row.updated < since {
                    next = None;
                    break;
                }
                newest = newest.max(Some(row.updated));
                if by_key.contains_key(&row.key) && mark.note(&row.key, row.updated, now) {
                    named.insert(row.key);
                }
            }
            if next.is_none() {
                return match newest {
                    Some(newest) => {
                        mark.move_on(believable(newest, now));
                        finish(&mark, known, &by_key, &named)
                    }
                    // Not even what was the newest is there any more: removed, or the server's clock was put back.
                    None => self.all(known, now).await,
                };
            }
        }
        self.all(known, now).await
    }
}

#[async_trait]
impl<A: Api> TrackerClient for Client<A> {
    async fn check(&self) -> PortResult<TrackerCheck> {
        let account = self.account().await?;
        let places = self.api.places().await.map_err(needs_person)?;
        let sees_tickets = !self.list(None, None).await?.rows.is_empty();
        let states = self.api.states().await.map_err(needs_person)?;
        let known: BTreeSet<String> = states.iter().map(|state| plain(&state.name)).collect();
        let unknown_states =
            self.closed_states.iter().flatten().filter(|name| !known.contains(*name)).cloned().collect();
        let meaning = |State { name, is_closed }: State| {
            let is_closed = self.is_closed(std::slice::from_ref(&name), is_closed);
            StateMeaning { name, is_closed }
        };
        Ok(TrackerCheck {
            account,
            places: places.into_iter().take(100).map(Private::new).collect(),
            sees_tickets,
            states: states.into_iter().map(meaning).collect(),
            unknown_states,
        })
    }
}

fn finish(
    mark: &Mark,
    known: &[TicketRef],
    by_key: &BTreeMap<String, Vec<&TicketRef>>,
    named: &BTreeSet<String>,
) -> PortResult<ChangedTickets> {
    let changed: Vec<&TicketRef> = named.iter().filter_map(|key| by_key.get(key)).flatten().copied().collect();
    // In the order in which they were given, each once.
    let tickets = known.iter().filter(|ticket| changed.contains(ticket)).cloned().collect();
    Ok(ChangedTickets { tickets, mark: written(mark)? })
}

fn written(mark: &Mark) -> PortResult<String> {
    mark.write().map_err(|error| Failure::of_json(LIST, &error))
}

fn believable(newest: Timestamp, now: Timestamp) -> Timestamp {
    newest.min(now.checked_add(AHEAD).unwrap_or(Timestamp::MAX))
}

fn is_doubtful(error: &PortError) -> bool {
    matches!(error.fault, Fault::NotFound | Fault::NotAllowed)
}

fn needs_person(error: PortError) -> PortError {
    if is_doubtful(&error) {
        return PortError { kind: ErrorKind::NeedsPerson, ..error };
    }
    error
}

/// A state's name without regard to case.
fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

//! Faults a test can switch on: what forums, proxies and networks do on bad days.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Something that goes wrong. The first group replaces the answer, the second spoils its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 500 with an HTML page.
    InternalError,
    /// 502 with a proxy's HTML page.
    BadGateway,
    /// 503, the site is in read-only mode (JSON).
    ReadOnly,
    /// 403, the site's firewall asks for a browser (HTML, `cf-mitigated: challenge`).
    FirewallChallenge,
    /// 403 `["BAD CSRF"]`, as when a proxy strips the key header.
    BadCsrf,
    /// 429 for this many seconds, as JSON.
    TooManyRequests {
        /// Seconds to wait, in the body and in `Retry-After`.
        wait_seconds: u32,
    },
    /// 200 with a JSON text that ends in the middle.
    BrokenJson,
    /// A redirect to itself, for ever.
    RedirectLoop,
    /// A redirect to plain `http` at a host that is not this machine.
    HttpDowngradeRedirect,
    /// A redirect to another origin, which records what it was sent.
    ForeignRedirect,
    /// The connection is accepted, the request read, and nothing ever answered.
    Silence,
    /// The connection is reset before any answer.
    Hangup,

    /// The connection is reset after about this many bytes of the body.
    ResetAfter {
        /// Bytes sent before the reset.
        bytes: u64,
    },
    /// The connection ends properly after this many bytes, short of the announced length.
    TruncatedAfter {
        /// Bytes sent before the end.
        bytes: u64,
    },
    /// The body ends after this many bytes and the announced length agrees: HTTP sees nothing wrong.
    ShortAfter {
        /// Bytes sent.
        bytes: u64,
    },
    /// The announced length exceeds the body by this much.
    WrongContentLength {
        /// Bytes announced but never sent.
        extra: u64,
    },
    /// The body comes in small pieces with pauses of real time.
    Slow {
        /// Bytes per piece.
        piece: usize,
        /// Pause between pieces.
        pause: Duration,
    },
    /// The body stops after this many bytes and the connection stays open.
    StalledAfter {
        /// Bytes sent before the silence.
        bytes: u64,
    },
    /// The content differs from one download to the next; its length does not.
    ChangedContent,
}

/// Where and how often a fault strikes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every request to the forum.
    All,
    /// Every request to the forum whose path starts with this.
    Path(String),
    /// The next requests to the forum, then it is over.
    NextN(u32),
    /// The next requests whose path starts with the prefix, then it is over.
    NextOn {
        /// Start of the path.
        prefix: String,
        /// How often.
        times: u32,
    },
    /// Every request to the storage origin.
    Storage,
}

/// Names a fault that was switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultId(u64);

/// The switchboard. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    board: Arc<Mutex<Board>>,
}

#[derive(Debug, Default)]
struct Board {
    next: u64,
    on: Vec<Active>,
}

#[derive(Debug)]
struct Active {
    id: FaultId,
    fault: Fault,
    scope: Scope,
}

/// Which server a request came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Forum,
    Storage,
}

impl Faults {
    /// Switches a fault on. Of several that match a request, the one switched on first strikes.
    pub fn switch_on(&self, fault: Fault, scope: Scope) -> FaultId {
        let mut board = self.board();
        board.next += 1;
        let id = FaultId(board.next);
        board.on.push(Active { id, fault, scope });
        id
    }

    /// Switches a fault off; one that is over already is no mistake.
    pub fn switch_off(&self, id: FaultId) {
        self.board().on.retain(|active| active.id != id);
    }

    /// Switches everything off.
    pub fn clear(&self) {
        self.board().on.clear();
    }

    /// How many faults may still strike.
    pub fn count(&self) -> usize {
        self.board().on.len()
    }

    /// The fault that strikes this request, counted.
    pub(crate) fn strike(&self, place: Place, path: &str) -> Option<Fault> {
        let mut board = self.board();
        let index = board.on.iter().position(|active| match (&active.scope, place) {
            (Scope::Storage, Place::Storage) | (Scope::All | Scope::NextN(_), Place::Forum) => true,
            (Scope::Path(prefix) | Scope::NextOn { prefix, .. }, Place::Forum) => path.starts_with(prefix.as_str()),
            _ => false,
        })?;
        let active = board.on.get_mut(index)?;
        let fault = active.fault.clone();
        if let Scope::NextN(times) | Scope::NextOn { times, .. } = &mut active.scope {
            if *times == 0 {
                board.on.remove(index);
                return None;
            }
            *times -= 1;
            if *times == 0 {
                board.on.remove(index);
            }
        }
        Some(fault)
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

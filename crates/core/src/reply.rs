//! What a customer is told whose request waits for a hold: the truth, once for each request.

use jiff::Timestamp;

use crate::{
    event::{Actor, Event, EventKind},
    id::{CaseId, PersonId, RequestId},
    ports::Fault,
    receipt::{marked_token, marked_token_in},
    request::Channel,
    transition::{Transition, Write},
};

/// The reply to a request, from being owed to being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The request; it has one reply at most.
    pub request: RequestId,
    /// Its case.
    pub case: CaseId,
    /// By which way: the one that the customer used.
    pub channel: Channel,
    /// When it was found to be owed.
    pub owed_at: Timestamp,
    /// What an answer to it is recognised by, and what it is found by in the thread.
    pub token: String,
    /// The Message-ID of its letter, without angle brackets.
    pub message_id: String,
    /// How often sending was tried.
    pub attempts: u32,
    /// How it stands.
    pub state: ReplyState,
    /// Counts writes.
    pub version: i64,
}

/// How a reply stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyState {
    /// To be sent, not before this time.
    Waiting {
        /// When.
        try_at: Timestamp,
        /// What stopped the last attempt.
        last_fault: Option<Fault>,
    },
    /// Taken by the mail server, or posted.
    Sent {
        /// When.
        at: Timestamp,
    },
    /// Refused for good, or came back: a person must look.
    Bounced {
        /// When.
        at: Timestamp,
    },
    /// No hold kept the files any more before it was known to be sent.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

const TOKEN_MARK: &str = "RQ-";

/// The first token of a reply in a text, if there is one.
pub fn token_in(text: &str) -> Option<String> {
    marked_token_in(TOKEN_MARK, text)
}

impl Reply {
    /// A reply that is owed: a hold keeps `files` files that the request means.
    pub(crate) fn owe(
        request: RequestId,
        case: CaseId,
        channel: Channel,
        files: u64,
        mail_domain: &str,
        now: Timestamp,
    ) -> Transition {
        let reply = Self {
            request,
            case,
            channel,
            owed_at: now,
            // Of the request, as the Message-ID is: a ledger that was restored to an earlier day finds what was posted.
            token: marked_token(TOKEN_MARK, *request.as_bytes()),
            message_id: format!("request.{request}@{mail_domain}"),
            attempts: 0,
            state: ReplyState::Waiting { try_at: now, last_fault: None },
            version: 0,
        };
        let kind = EventKind::ReplyOwed { request, case, channel, files };
        Transition::new(Write::Reply(reply), Event { at: now, actor: Actor::Desk, kind })
    }

    /// It was sent.
    pub(crate) fn sent(self, now: Timestamp) -> Transition {
        let kind = EventKind::ReplySent { request: self.request, channel: self.channel };
        let attempts = self.attempts.saturating_add(1);
        self.next(attempts, ReplyState::Sent { at: now }, kind, now)
    }

    /// It could not be sent yet.
    pub(crate) fn delayed(self, fault: Fault, try_at: Timestamp, now: Timestamp) -> Transition {
        let attempts = self.attempts.saturating_add(1);
        let kind = EventKind::ReplyDelayed { request: self.request, fault, attempts };
        self.next(attempts, ReplyState::Waiting { try_at, last_fault: Some(fault) }, kind, now)
    }

    /// It was refused for good, or came back.
    pub(crate) fn bounced(self, now: Timestamp) -> Transition {
        let kind = EventKind::ReplyBounced { request: self.request };
        let attempts = self.attempts;
        self.next(attempts, ReplyState::Bounced { at: now }, kind, now)
    }

    /// What it says would no longer be true.
    pub(crate) fn withdrawn(self, now: Timestamp) -> Transition {
        let kind = EventKind::ReplyWithdrawn { request: self.request };
        let attempts = self.attempts;
        self.next(attempts, ReplyState::Withdrawn { at: now }, kind, now)
    }

    /// A person asks that it be given in the thread, after the letter came back.
    pub fn tell_in_thread(self, by: PersonId, now: Timestamp) -> Transition {
        let kind = EventKind::ReplyRequeued { request: self.request, channel: Channel::Thread };
        let state = ReplyState::Waiting { try_at: now, last_fault: None };
        let reply = Self { channel: Channel::Thread, attempts: 0, state, version: self.version + 1, ..self };
        Transition::new(Write::Reply(reply), Event { at: now, actor: Actor::Person(by), kind })
    }

    fn next(self, attempts: u32, state: ReplyState, kind: EventKind, at: Timestamp) -> Transition {
        let reply = Self { attempts, state, version: self.version + 1, ..self };
        Transition::new(Write::Reply(reply), Event { at, actor: Actor::Desk, kind })
    }
}

//! A wish that files be erased, by the customer or by a named member of staff.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Private,
    event::{Actor, Event, EventKind},
    id::{CaseId, CustomerId, FileId, PersonId, RequestId},
    transition::{Transition, Write},
};

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which request.
    pub id: RequestId,
    /// The case whose files it means.
    pub case: CaseId,
    /// One file of the case, or all of them.
    pub file: Option<FileId>,
    /// Who asks.
    pub by: Asker,
    /// Where it was read.
    pub channel: Channel,
    /// What marks the message it came in (a post number, a digest of a Message-ID): the same message counts once.
    pub source: String,
    /// When we read it.
    pub received_at: Timestamp,
    /// What became of it.
    pub standing: RequestStanding,
    /// Counts writes.
    pub version: i64,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by", content = "id")]
pub enum Asker {
    /// The thread's customer.
    Customer(CustomerId),
    /// A named person of staff.
    Person(PersonId),
}

/// Where a message was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The private thread.
    Thread,
    /// The desk's mailbox.
    Mail,
    /// The program itself.
    Desk,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestStanding {
    /// It counts.
    Accepted,
    /// It sounds like a request; a person must say whether it is one. It is never dropped by itself.
    Unclear,
    /// A person read it and found that it is none.
    SetAside,
}

impl Request {
    /// Records a request. An accepted one makes its files due with the next sweep.
    pub fn receive(self, now: Timestamp) -> Transition {
        self.record(None, now)
    }

    /// Records what a member of staff asks for at the desk, with the reason they typed.
    pub fn ask(self, reason: Private<String>, now: Timestamp) -> Transition {
        self.record(Some(reason), now)
    }

    fn record(self, reason: Option<Private<String>>, now: Timestamp) -> Transition {
        let actor = match self.by {
            Asker::Customer(id) => Actor::Customer(id),
            Asker::Person(id) => Actor::Person(id),
        };
        let kind = EventKind::RequestReceived {
            request: self.id,
            case: self.case,
            file: self.file,
            channel: self.channel,
            standing: self.standing,
        };
        Transition::new(Write::Request { request: self, reason }, Event { at: now, actor, kind })
    }

    /// A person says what an unclear request means.
    pub fn resolve(self, accepted: bool, by: PersonId, now: Timestamp) -> Transition {
        let standing = if accepted { RequestStanding::Accepted } else { RequestStanding::SetAside };
        let kind = EventKind::RequestResolved { request: self.id, standing };
        let request = Self { standing, version: self.version + 1, ..self };
        Transition::new(Write::Request { request, reason: None }, Event { at: now, actor: Actor::Person(by), kind })
    }

    /// Whether it speaks of this file of its case.
    pub fn means(&self, file: FileId) -> bool {
        self.file.is_none_or(|only| only == file)
    }
}

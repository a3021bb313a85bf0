//! The chain of events, for whoever reads or checks it.

use custody_core::event_list::EventTopic;
use serde::Serialize;
use ts_rs::TS;

use super::EventView;

/// A part of the list of events.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditListView {
    /// The rows, newest first.
    pub rows: Vec<AuditRow>,
    /// How many there are, whatever part was asked for.
    #[ts(type = "number")]
    pub total: u64,
    /// How many of those that are found are about what.
    pub counts: Vec<TopicCount>,
    /// The index of the last event of the chain.
    #[ts(type = "number")]
    pub head: u64,
}

/// How many events are about this.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct TopicCount {
    /// What.
    #[ts(type = "EventTopic")]
    pub topic: EventTopic,
    /// How many.
    #[ts(type = "number")]
    pub events: u64,
}

/// One event of the list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditRow {
    /// The event.
    pub event: EventView,
    /// What it is about.
    #[ts(type = "EventTopic")]
    pub topic: EventTopic,
}

/// An event with everything about it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditEventView {
    /// The same as in the list.
    pub row: AuditRow,
    /// The hash of the event before it, in hexadecimal.
    pub prev: String,
    /// Its own hash.
    pub hash: String,
    /// Its text as it is stored and digested: ids and counts.
    pub text: String,
    /// The cases it is about.
    pub cases: Vec<AuditCaseView>,
    /// The receipts it names.
    pub receipts: Vec<AuditReceiptView>,
    /// The files it names.
    pub files: Vec<AuditFileView>,
}

/// A case that an event is about.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditCaseView {
    /// The case.
    pub id: String,
    /// Its title; empty once forgotten.
    pub title: String,
    /// The customer's name; the same.
    pub customer: String,
}

/// A receipt that an event names.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditReceiptView {
    /// The receipt.
    pub id: String,
    /// The number in its letter.
    pub token: String,
}

/// A file that an event names.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditFileView {
    /// The file.
    pub id: String,
    /// Its name; empty once forgotten.
    pub name: String,
}

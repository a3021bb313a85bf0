//! A case: a private thread with its customer, ticket and files.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Private,
    event::{Actor, Event, EventKind},
    id::{CaseId, CustomerId},
    ports::FileService,
    ticket::{Standing, TicketRef},
    transition::{Transition, Write},
};

/// A topic of the forum by its number; titles and slugs change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TopicId(pub i64);

/// A user of the forum by number; names change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ForumUserId(pub i64);

/// Everything of a case that may be kept for ever: no name, no title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Which case.
    pub id: CaseId,
    /// The forum's name in the settings.
    pub forum: String,
    /// The thread.
    pub topic: TopicId,
    /// Whose files these are.
    pub customer: CustomerId,
    /// The ticket that decides when the files are due.
    pub ticket: TicketRef,
    /// What is known of that ticket.
    pub standing: Standing,
    /// Since when the thread is no longer private; files in it are refused from then on.
    pub exposed_since: Option<Timestamp>,
    /// The thread's tags and category, by which a rule is chosen.
    pub labels: Labels,
    /// When we first saw the thread.
    pub opened_at: Timestamp,
    /// When we first saw what the customer wrote last. The dates of posts are trusted by no rule.
    pub customer_active_at: Timestamp,
    /// What a look at an attachment without credentials found, once for each case.
    pub probe: Option<Probe>,
    /// When the thread was told what was taken in and how long it is kept.
    pub noticed_at: Option<Timestamp>,
    /// When its personal data was erased, after every receipt was closed.
    pub forgotten_at: Option<Timestamp>,
    /// Counts writes, so that two writers cannot overwrite each other unseen.
    pub version: i64,
}

/// Whether the forum serves private attachments to anybody who knows their address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// When it was looked at.
    pub at: Timestamp,
    /// Whether it was served.
    pub open: bool,
}

/// A link to a large-file service in the thread. Personal: whoever knows it can often fetch the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseLink {
    /// The case.
    pub case: CaseId,
    /// Which service.
    pub service: FileService,
    /// Where it leads.
    pub url: Private<String>,
    /// The post it stands in.
    pub post: i64,
    /// When it was first seen.
    pub noted_at: Timestamp,
}

impl CaseLink {
    /// Notes the link.
    pub fn note(self) -> Transition {
        let kind = EventKind::LinkNoted { case: self.case, service: self.service, post: self.post };
        let at = self.noted_at;
        Transition::new(Write::Link(self), Event { at, actor: Actor::Desk, kind })
    }
}

/// What rules match on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    /// The thread's tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The thread's category number, if it is in one.
    #[serde(default)]
    pub category: Option<i64>,
}

/// The personal side of a case; erased when the case is forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseDetails {
    /// The thread's title.
    pub title: Private<String>,
}

/// A customer, whole; everything but the id is erased with the customer's last case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Which customer.
    pub id: CustomerId,
    /// The forum's name in the settings.
    pub forum: String,
    /// The forum's number for the user.
    pub user: ForumUserId,
    /// The user name on the forum.
    pub username: Private<String>,
    /// The display name, if there is one.
    pub name: Option<Private<String>>,
    /// Where receipts go; without it they are given in the thread.
    pub email: Option<Private<String>>,
}

impl Case {
    /// Opens a case with its personal side.
    pub fn open(self, details: CaseDetails, customer: Customer, at: Timestamp) -> Transition {
        let kind = EventKind::CaseOpened {
            case: self.id,
            customer: self.customer,
            topic: self.topic,
            ticket: self.ticket.clone(),
        };
        Transition::new(
            Write::NewCase { case: self, details, customer: Some(customer) },
            Event { at, actor: Actor::Desk, kind },
        )
    }

    /// Records what a tracker said.
    pub fn read_ticket(self, standing: Standing, at: Timestamp) -> Transition {
        let kind = EventKind::TicketRead {
            case: self.id,
            closed_since: standing.closed_since,
            how: standing.how,
            in_doubt: standing.doubt_since.is_some(),
        };
        Transition::new(
            Write::Case(Self { standing, version: self.version + 1, ..self }),
            Event { at, actor: Actor::Desk, kind },
        )
    }

    /// Records that the thread is private no longer, or is again.
    pub fn mark_exposed(self, exposed_since: Option<Timestamp>, at: Timestamp) -> Transition {
        let kind = EventKind::CaseExposed { case: self.id, exposed: exposed_since.is_some() };
        Transition::new(
            Write::Case(Self { exposed_since, version: self.version + 1, ..self }),
            Event { at, actor: Actor::Desk, kind },
        )
    }

    /// Links the case to another ticket, which is unread as yet.
    pub fn link_ticket(self, ticket: TicketRef, by: Actor, at: Timestamp) -> Transition {
        let kind = EventKind::TicketLinked { case: self.id, ticket: ticket.clone() };
        let case = Self { ticket, standing: Standing::UNREAD, version: self.version + 1, ..self };
        Transition::new(Write::Case(case), Event { at, actor: by, kind })
    }

    /// Records what a look without credentials found.
    pub fn probed(self, open: bool, at: Timestamp) -> Transition {
        let kind = EventKind::AttachmentsProbed { case: self.id, open };
        let case = Self { probe: Some(Probe { at, open }), version: self.version + 1, ..self };
        Transition::new(Write::Case(case), Event { at, actor: Actor::Desk, kind })
    }

    /// Records that the thread was told what was taken in.
    pub fn noticed(self, at: Timestamp) -> Transition {
        let kind = EventKind::NoticeGiven { case: self.id };
        let case = Self { noticed_at: Some(at), version: self.version + 1, ..self };
        Transition::new(Write::Case(case), Event { at, actor: Actor::Desk, kind })
    }

    /// Erases the personal side of the case: names, title, addresses, salts and letters.
    pub fn forget(self, at: Timestamp) -> Transition {
        let kind = EventKind::CaseForgotten { case: self.id };
        Transition::new(
            Write::Forget(Self { forgotten_at: Some(at), version: self.version + 1, ..self }),
            Event { at, actor: Actor::Desk, kind },
        )
    }
}

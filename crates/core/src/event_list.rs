//! The list of events: what each is about, and which part of the list is asked for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Private,
    event::{Actor, Event, EventKind},
};

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventTopic {
    /// Cases, their tickets, and files that come in.
    Intake,
    /// Files that are due, spared, erased or lost.
    Erasure,
    /// Receipts and letters to customers, and what they answer.
    Receipts,
    /// What customers and staff ask for.
    Requests,
    /// Holds, own dates, and what two people decide.
    Holds,
    /// What was looked at, and what left the desk.
    Opening,
    /// The desk itself: rules, settings, connections, who unlocked it.
    Desk,
    /// Keys and backups.
    Keys,
}

/// Who did it, without a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventActor {
    /// The program, by its rules.
    Desk,
    /// A member of staff.
    Person,
    /// A customer.
    Customer,
}

/// What the list keeps of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedEvent {
    /// Its place in the chain.
    pub index: u64,
    /// When.
    pub at: Timestamp,
    /// What it is about.
    pub topic: EventTopic,
    /// Who did it.
    pub actor: EventActor,
}

impl ListedEvent {
    /// What the list keeps of the event at this place.
    pub const fn of(index: u64, event: &Event) -> Self {
        let actor = match event.actor {
            Actor::Desk => EventActor::Desk,
            Actor::Person(_) => EventActor::Person,
            Actor::Customer(_) => EventActor::Customer,
        };
        Self { index, at: event.at, topic: event.kind.topic(), actor }
    }
}

/// Which events are listed, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventQuery {
    /// Those about these; all of them if it is empty.
    pub topics: Vec<EventTopic>,
    /// Those that somebody of this kind did.
    pub actor: Option<EventActor>,
    /// Those not before this moment.
    pub from: Option<Timestamp>,
    /// Those before this moment.
    pub before: Option<Timestamp>,
    /// Those about a case with each of these words.
    pub words: Vec<Private<String>>,
    /// The one at this place.
    pub index: Option<u64>,
    /// How many are left out at the beginning.
    pub skip: u32,
    /// How many are given at most.
    pub limit: u32,
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventPage {
    /// The events with their places, newest first.
    pub events: Vec<(u64, Event)>,
    /// How many are about what, of every topic.
    pub counts: Vec<(EventTopic, u64)>,
}

impl EventKind {
    /// What it is about.
    pub const fn topic(&self) -> EventTopic {
        match self {
            Self::CaseOpened { .. }
            | Self::CaseExposed { .. }
            | Self::TicketRead { .. }
            | Self::TicketLinked { .. }
            | Self::TicketOffered { .. }
            | Self::AttachmentsProbed { .. }
            | Self::LinkNoted { .. }
            | Self::NoticeGiven { .. }
            | Self::FileArrived { .. }
            | Self::FileRefused { .. }
            | Self::ArrivalDelayed { .. }
            | Self::FilesBrought { .. }
            | Self::DropErased { .. }
            | Self::FileSealed { .. } => EventTopic::Intake,
            Self::CaseForgotten { .. }
            | Self::FileDue { .. }
            | Self::FileSpared { .. }
            | Self::ErasureBegun { .. }
            | Self::WrapsDropped { .. }
            | Self::ErasureDelayed { .. }
            | Self::FilesErased { .. }
            | Self::ErasureReplayed { .. }
            | Self::FileLost { .. }
            | Self::UnknownSetAside { .. }
            | Self::AsideErased { .. }
            | Self::RemainsErased { .. }
            | Self::SweepStopped { .. }
            | Self::SweepApproved { .. }
            | Self::DigestSent { .. } => EventTopic::Erasure,
            Self::FollowUpIssued { .. }
            | Self::ReceiptSent { .. }
            | Self::ReceiptRequeued { .. }
            | Self::ReceiptDelayed { .. }
            | Self::ReceiptBounced { .. }
            | Self::ReceiptAnswered { .. } => EventTopic::Receipts,
            Self::RequestReceived { .. }
            | Self::RequestResolved { .. }
            | Self::ReplyOwed { .. }
            | Self::ReplySent { .. }
            | Self::ReplyDelayed { .. }
            | Self::ReplyBounced { .. }
            | Self::ReplyRequeued { .. }
            | Self::ReplyWithdrawn { .. } => EventTopic::Requests,
            Self::HoldPlaced { .. }
            | Self::HoldReviewed { .. }
            | Self::HoldHandedOn { .. }
            | Self::HoldLifted { .. }
            | Self::OwnDateGiven { .. }
            | Self::OwnDateWithdrawn { .. }
            | Self::ApproverAdded { .. }
            | Self::ApproverRemoved { .. }
            | Self::ApproverFailed { .. }
            | Self::ProposalMade { .. }
            | Self::ProposalApproved { .. }
            | Self::ProposalDeclined { .. }
            | Self::ProposalUsed { .. }
            | Self::ProposalExpired { .. } => EventTopic::Holds,
            Self::FileOpened { .. }
            | Self::FileExported { .. }
            | Self::ViewingCopyMade { .. }
            | Self::ViewingCopyExtended { .. }
            | Self::ViewingCopyBeside { .. }
            | Self::ViewingCopyStays { .. }
            | Self::ViewingCopyEnded { .. }
            | Self::IncidentPrepared { .. }
            | Self::Exported { .. } => EventTopic::Opening,
            Self::DeskCreated { .. }
            | Self::FourEyesChanged { .. }
            | Self::RulesChanged { .. }
            | Self::RulesAdopted { .. }
            | Self::ClockConfirmed { .. }
            | Self::Paused { .. }
            | Self::Resumed
            | Self::Unlocked
            | Self::UnlockFailed
            | Self::Locked
            | Self::PassphraseChanged
            | Self::SettingsChanged { .. }
            | Self::Connected { .. }
            | Self::Disconnected { .. } => EventTopic::Desk,
            Self::EpochRotated { .. }
            | Self::EpochDestroyed { .. }
            | Self::BackupConnected { .. }
            | Self::BackupLeft { .. }
            | Self::RecoveryKitMade { .. }
            | Self::RecoveryKitSaved { .. }
            | Self::RecipientsChanged { .. }
            | Self::Restored { .. }
            | Self::FileBroughtBack { .. }
            | Self::DrillDone { .. } => EventTopic::Keys,
        }
    }
}

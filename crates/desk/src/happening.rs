//! The one way from what the core says to the closed sets that the views carry.

use custody_core::{
    Timestamp,
    event::EventKind,
    four_eyes::{Act, ExportOf},
    id::PersonId,
    letter::shown,
    location::{Location, LocationState},
    own_date::OwnDateScope,
    ports::FileService,
    request::RequestStanding,
    retention::{Applies, Reason, RuleTerms, Why},
    ticket::TicketRef,
};
use custody_remote::forum::sign_in::Scope;

use crate::views::{
    ErasureReason, Happening, LocationFound, LocationKind, Moment, ProposedAct, RecordedExport, RecordedRule,
    RecordedServer, RuleTermsView, ScopeName, TicketState, TicketView, WhomView, WhyView,
};

/// What an event says happened. The event names people by their ids; `named` knows their names.
pub fn happening(kind: &EventKind, named: impl Fn(PersonId) -> String) -> Happening {
    match kind {
        EventKind::DeskCreated { .. } => Happening::DeskCreated,
        EventKind::CaseOpened { topic, .. } => Happening::CaseOpened { topic: topic.0 },
        EventKind::CaseExposed { exposed, .. } => Happening::CaseExposed { exposed: *exposed },
        EventKind::TicketRead { closed_since, in_doubt, .. } => Happening::TicketRead {
            found: match (in_doubt, closed_since) {
                (true, _) => TicketState::InDoubt,
                (false, Some(_)) => TicketState::Closed,
                (false, None) => TicketState::Open,
            },
        },
        EventKind::TicketLinked { ticket, .. } => Happening::TicketLinked { ticket: ticket_view(ticket) },
        EventKind::TicketOffered { ticket, standing, .. } => {
            Happening::TicketOffered { ticket: ticket_view(ticket), standing: *standing }
        }
        EventKind::AttachmentsProbed { open, .. } => Happening::AttachmentsProbed { open: *open },
        EventKind::LinkNoted { service: which, .. } => Happening::LinkNoted { service: service(*which).to_owned() },
        EventKind::NoticeGiven { .. } => Happening::NoticeGiven,
        EventKind::CaseForgotten { .. } => Happening::CaseForgotten,
        EventKind::FileArrived { .. } => Happening::FileArrived,
        EventKind::FileRefused { why, .. } => Happening::FileRefused { why: *why },
        EventKind::ArrivalDelayed { attempts, .. } => Happening::ArrivalDelayed { attempts: *attempts },
        EventKind::FilesBrought { files, .. } => Happening::FilesBrought { files: *files },
        EventKind::DropErased { .. } => Happening::DropErased,
        EventKind::FileSealed { size, .. } => Happening::FileSealed { bytes: *size },
        EventKind::FileDue { reason, erase_at, .. } => {
            Happening::FileDue { reason: (*reason).into(), erase_at: Moment(*erase_at) }
        }
        EventKind::FileSpared { why, .. } => Happening::FileSpared { why: *why },
        EventKind::ErasureBegun { reason, .. } => Happening::ErasureBegun { reason: (*reason).into() },
        EventKind::WrapsDropped { .. } => Happening::WrapsDropped,
        EventKind::ErasureDelayed { attempts, .. } => Happening::ErasureDelayed { attempts: *attempts },
        EventKind::FilesErased { files, complete, .. } => {
            Happening::FilesErased { files: files.len() as u64, complete: *complete }
        }
        EventKind::FollowUpIssued { .. } => Happening::FollowUpIssued,
        EventKind::FileLost { finding, .. } => Happening::FileLost { finding: *finding },
        EventKind::UnknownSetAside { count, .. } => Happening::UnknownSetAside { count: *count },
        EventKind::AsideErased { bytes, .. } => Happening::AsideErased { bytes: *bytes },
        EventKind::RemainsErased { count } => Happening::RemainsErased { count: *count },
        EventKind::HoldPlaced { review_at, .. } => Happening::HoldPlaced { review_at: Moment(*review_at) },
        EventKind::HoldReviewed { review_at, .. } => Happening::HoldReviewed { review_at: Moment(*review_at) },
        EventKind::HoldHandedOn { owner, .. } => Happening::HoldHandedOn { to: named(*owner) },
        EventKind::OwnDateGiven { scope, end } => Happening::OwnDateGiven {
            of_case: match scope {
                OwnDateScope::File(_) => false,
                OwnDateScope::Case(_) => true,
            },
            end: Moment(*end),
        },
        EventKind::OwnDateWithdrawn { .. } => Happening::OwnDateWithdrawn,
        EventKind::HoldLifted { .. } => Happening::HoldLifted,
        EventKind::RequestReceived { standing, channel, .. } => {
            Happening::RequestReceived { standing: *standing, channel: *channel }
        }
        EventKind::RequestResolved { standing, .. } => {
            Happening::RequestResolved { accepted: *standing == RequestStanding::Accepted }
        }
        EventKind::ReplyOwed { files, .. } => Happening::ReplyOwed { files: *files },
        EventKind::ReplySent { channel, .. } => Happening::ReplySent { channel: *channel },
        EventKind::ReplyDelayed { attempts, .. } => Happening::ReplyDelayed { attempts: *attempts },
        EventKind::ReplyBounced { .. } => Happening::ReplyBounced,
        EventKind::ReplyRequeued { channel, .. } => Happening::ReplyRequeued { channel: *channel },
        EventKind::ReplyWithdrawn { .. } => Happening::ReplyWithdrawn,
        EventKind::FourEyesChanged { lift_hold, early_erasure, export, .. } => {
            Happening::FourEyesChanged { lift_hold: *lift_hold, early_erasure: *early_erasure, export: *export }
        }
        EventKind::ApproverAdded { person, .. } => Happening::ApproverAdded { person: named(*person) },
        EventKind::ApproverRemoved { person, .. } => Happening::ApproverRemoved { person: named(*person) },
        EventKind::ApproverFailed { person } => Happening::ApproverFailed { person: named(*person) },
        EventKind::ProposalMade { proposal, act, expires_at, .. } => Happening::ProposalMade {
            act: proposed(act),
            one_file: is_of_one_file(act),
            expires_at: Moment(*expires_at),
            proposal: proposal.short(),
        },
        EventKind::ProposalApproved { proposal, .. } => Happening::ProposalApproved { proposal: proposal.short() },
        EventKind::ProposalDeclined { proposal, .. } => Happening::ProposalDeclined { proposal: proposal.short() },
        EventKind::ProposalUsed { proposal, .. } => Happening::ProposalUsed { proposal: proposal.short() },
        EventKind::ProposalExpired { proposal, .. } => Happening::ProposalExpired { proposal: proposal.short() },
        EventKind::SweepStopped { would_erase, cap } => {
            Happening::SweepStopped { would_erase: *would_erase, cap: *cap }
        }
        EventKind::SweepApproved { would_erase, .. } => Happening::SweepApproved { would_erase: *would_erase },
        EventKind::RulesChanged { rules, erased_now, sooner, later, .. } => {
            Happening::RulesChanged { rules: recorded(rules), erased_now: *erased_now, sooner: *sooner, later: *later }
        }
        EventKind::RulesAdopted { rules, .. } => Happening::RulesAdopted { rules: recorded(rules) },
        EventKind::DigestSent { cases, files } => Happening::DigestSent { cases: *cases, files: *files },
        EventKind::ClockConfirmed { now, .. } => Happening::ClockConfirmed { now: Moment(*now) },
        EventKind::Paused { until } => Happening::Paused { until: Moment(*until) },
        EventKind::Resumed => Happening::Resumed,
        EventKind::FileOpened { .. } => Happening::FileOpened,
        EventKind::FileExported { .. } => Happening::FileExported,
        EventKind::ViewingCopyMade { until, .. } => Happening::ViewingCopyMade { until: Moment(*until) },
        EventKind::ViewingCopyExtended { until, .. } => Happening::ViewingCopyExtended { until: Moment(*until) },
        EventKind::ViewingCopyBeside { beside, .. } => Happening::ViewingCopyBeside { beside: *beside },
        EventKind::ViewingCopyStays { .. } => Happening::ViewingCopyStays,
        EventKind::ViewingCopyEnded { why, beside, elsewhere, .. } => {
            Happening::ViewingCopyEnded { why: *why, beside: *beside, elsewhere: *elsewhere }
        }
        EventKind::EpochRotated { epoch, wraps } => Happening::EpochRotated { epoch: *epoch, keys: *wraps },
        EventKind::EpochDestroyed { epoch } => Happening::EpochDestroyed { epoch: *epoch },
        EventKind::ReceiptSent { channel, .. } => Happening::ReceiptSent { channel: *channel },
        EventKind::ReceiptRequeued { channel, .. } => Happening::ReceiptRequeued { channel: *channel },
        EventKind::ReceiptDelayed { attempts, .. } => Happening::ReceiptDelayed { attempts: *attempts },
        EventKind::ReceiptBounced { .. } => Happening::ReceiptBounced,
        EventKind::ReceiptAnswered { answer, grade, .. } => {
            Happening::ReceiptAnswered { answer: *answer, grade: *grade }
        }
        EventKind::BackupConnected { target } => Happening::BackupConnected { backup: shown(target) },
        EventKind::BackupLeft { target, emptied } => Happening::BackupLeft { backup: shown(target), emptied: *emptied },
        EventKind::RecoveryKitMade { .. } => Happening::RecoveryKitMade,
        EventKind::RecoveryKitSaved { sealed, .. } => Happening::RecoveryKitSaved { sealed: *sealed },
        EventKind::RecipientsChanged { wraps, recipients, .. } => {
            Happening::RecipientsChanged { keys: *wraps, recipients: recipients.len() as u64 }
        }
        EventKind::Restored { files, replayed, .. } => Happening::Restored { files: *files, replayed: *replayed },
        EventKind::ErasureReplayed { receipt, .. } => Happening::ErasureReplayed { receipted: receipt.is_some() },
        EventKind::FileBroughtBack { target, .. } => Happening::FileBroughtBack { backup: shown(target) },
        EventKind::DrillDone { target, passed, .. } => Happening::DrillDone { backup: shown(target), passed: *passed },
        EventKind::Unlocked => Happening::Unlocked,
        EventKind::UnlockFailed => Happening::UnlockFailed,
        EventKind::Locked => Happening::Locked,
        EventKind::PassphraseChanged => Happening::PassphraseChanged,
        EventKind::SettingsChanged { parts, rules, by_hand } => Happening::SettingsChanged {
            parts: parts.iter().map(|part| shown(part)).collect(),
            rules: recorded(rules),
            by_hand: *by_hand,
        },
        EventKind::Connected { what } => Happening::Connected { server: RecordedServer::of_row(what) },
        EventKind::Disconnected { what } => Happening::Disconnected { server: RecordedServer::of_row(what) },
        EventKind::IncidentPrepared { files, customers, copies, .. } => {
            Happening::IncidentPrepared { files: *files, customers: *customers, copies: *copies }
        }
        EventKind::Exported { what } => Happening::Exported { what: RecordedExport::of_row(what) },
    }
}

/// The person that an event is about, beside whoever did it.
pub const fn person_of(kind: &EventKind) -> Option<PersonId> {
    match kind {
        EventKind::HoldHandedOn { owner, .. } => Some(*owner),
        EventKind::ApproverAdded { person, .. }
        | EventKind::ApproverRemoved { person, .. }
        | EventKind::ApproverFailed { person } => Some(*person),
        _ => None,
    }
}

/// A reason that counted.
pub fn why(why: &Why) -> WhyView {
    let moment = |at: &Timestamp| Moment(*at);
    match why {
        Why::Hold { hold } => WhyView::Hold { hold: hold.short() },
        Why::TicketOpen => WhyView::TicketOpen,
        Why::TicketClosed { since } => WhyView::TicketClosed { since: moment(since) },
        Why::TicketInDoubt { since } => WhyView::TicketInDoubt { since: moment(since) },
        Why::CustomerAsked { at } => WhyView::CustomerAsked { at: moment(at) },
        Why::StaffDecided { at } => WhyView::StaffDecided { at: moment(at) },
        Why::PeriodEnds { at } => WhyView::PeriodEnds { at: moment(at) },
        Why::OwnDate { at } => WhyView::OwnDate { at: moment(at) },
        Why::GraceUntil { at } => WhyView::GraceUntil { at: moment(at) },
        Why::GraceOver => WhyView::GraceOver,
    }
}

/// What is proposed.
pub const fn proposed(act: &Act) -> ProposedAct {
    match act {
        Act::LiftHold { .. } => ProposedAct::LiftHold,
        Act::EraseEarly { .. } => ProposedAct::EraseEarly,
        Act::Export { what: ExportOf::Report } => ProposedAct::ExportReport,
        Act::Export { what: ExportOf::Ledger } => ProposedAct::ExportLedger,
        Act::Export { what: ExportOf::File { .. } } => ProposedAct::ExportFile,
    }
}

/// Whether one file alone is meant.
pub const fn is_of_one_file(act: &Act) -> bool {
    matches!(act, Act::EraseEarly { file: Some(_), .. } | Act::Export { what: ExportOf::File { .. } })
}

/// The name of a large-file service, the same in every language.
pub const fn service(service: FileService) -> &'static str {
    match service {
        FileService::Dropbox => "Dropbox",
        FileService::GoogleDrive => "Google Drive",
        FileService::OneDrive => "OneDrive",
        FileService::WeTransfer => "WeTransfer",
        FileService::AmazonS3 => "Amazon S3",
    }
}

/// A place where a copy is or was.
pub fn location(location: &Location) -> LocationKind {
    match location {
        Location::SealedFile => LocationKind::SealedFile,
        Location::KeyWrap { .. } => LocationKind::KeyWrap,
        Location::ViewingCopy { .. } => LocationKind::ViewingCopy,
        Location::ForumCopy => LocationKind::ForumCopy,
        Location::Backup { name } => LocationKind::Backup { name: shown(name) },
        Location::DropFolder => LocationKind::DropFolder,
    }
}

/// What was found at a place.
pub const fn found(state: LocationState) -> LocationFound {
    match state {
        LocationState::Present => LocationFound::Present,
        LocationState::ErasedVerified => LocationFound::ErasedVerified,
        LocationState::KeyDestroyed => LocationFound::KeyDestroyed,
        LocationState::ExpiresOn { date } => LocationFound::ExpiresOn { date: Moment(date) },
        LocationState::RequestedNotConfirmed => LocationFound::RequestedNotConfirmed,
        LocationState::Held => LocationFound::Held,
        LocationState::NotOurs => LocationFound::NotOurs,
        LocationState::Failed => LocationFound::Failed,
        LocationState::Unknown => LocationFound::Unknown,
    }
}

/// Which files a rule is for; nothing means every file.
pub fn whom(applies: &Applies) -> Vec<WhomView> {
    let Applies { tags, categories, products, customers, kinds } = applies;
    let safe = |names: &[String]| names.iter().map(|name| shown(name)).collect::<Vec<_>>();
    let mut lists = Vec::new();
    if !tags.is_empty() {
        lists.push(WhomView::Tags { any: safe(tags) });
    }
    if !categories.is_empty() {
        lists.push(WhomView::Categories { any: categories.clone() });
    }
    if !products.is_empty() {
        lists.push(WhomView::Products { any: safe(products) });
    }
    if !customers.is_empty() {
        lists.push(WhomView::Customers { any: safe(customers) });
    }
    if !kinds.is_empty() {
        lists.push(WhomView::Kinds { any: kinds.clone() });
    }
    lists
}

impl From<Reason> for ErasureReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::TicketClosed => Self::TicketClosed,
            Reason::CustomerAsked { .. } => Self::CustomerAsked,
            Reason::PeriodEnded => Self::PeriodEnded,
            Reason::StaffDecided { .. } => Self::StaffDecided,
        }
    }
}

impl From<RuleTerms> for RuleTermsView {
    fn from(RuleTerms { start, period, grace, ceiling, forum_copy }: RuleTerms) -> Self {
        Self { start, period, grace, ceiling, forum_copy }
    }
}

impl From<RuleTermsView> for RuleTerms {
    fn from(RuleTermsView { start, period, grace, ceiling, forum_copy }: RuleTermsView) -> Self {
        Self { start, period, grace, ceiling, forum_copy }
    }
}

impl From<Scope> for ScopeName {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Read => Self::Read,
            Scope::SessionInfo => Self::SessionInfo,
            Scope::MessageBus => Self::MessageBus,
            Scope::Write => Self::Write,
        }
    }
}

impl From<ScopeName> for Scope {
    fn from(name: ScopeName) -> Self {
        match name {
            ScopeName::Read => Self::Read,
            ScopeName::SessionInfo => Self::SessionInfo,
            ScopeName::MessageBus => Self::MessageBus,
            ScopeName::Write => Self::Write,
        }
    }
}

fn recorded(rules: &[String]) -> Vec<RecordedRule> {
    let read = |text: &String| match text.parse::<RuleTerms>() {
        Ok(terms) => RecordedRule::Terms(terms.into()),
        Err(_) => RecordedRule::Other { text: shown(text) },
    };
    rules.iter().map(read).collect()
}

fn ticket_view(ticket: &TicketRef) -> TicketView {
    TicketView { tracker: shown(&ticket.tracker), key: shown(&ticket.key) }
}

// The texts in rows are those of every earlier row too, so they do not change.
impl RecordedServer {
    /// What a row says of it.
    pub(crate) fn in_row(&self) -> String {
        match self {
            Self::Forum => "forum".to_owned(),
            Self::ForumByKey => "forum by key".to_owned(),
            Self::ForumBySignIn => "forum by sign-in".to_owned(),
            Self::Mail => "mail".to_owned(),
            Self::MailByOauth => "mail by OAuth".to_owned(),
            Self::Tracker { name } => format!("{TRACKER}{name}"),
            Self::Ledger => "ledger".to_owned(),
            Self::Other { text } => text.clone(),
        }
    }

    fn of_row(text: &str) -> Self {
        let plain = [Self::Forum, Self::ForumByKey, Self::ForumBySignIn, Self::Mail, Self::MailByOauth, Self::Ledger];
        match (plain.into_iter().find(|it| it.in_row() == text), text.strip_prefix(TRACKER)) {
            (Some(known), _) => known,
            (None, Some(name)) => Self::Tracker { name: shown(name) },
            (None, None) => Self::Other { text: shown(text) },
        }
    }
}

impl RecordedExport {
    /// What a row says of it.
    pub(crate) fn in_row(&self) -> String {
        match self {
            Self::Receipt { receipt } => format!("{RECEIPT}{receipt}"),
            Self::Report => "report".to_owned(),
            Self::Events { after } => format!("{EVENTS}{after}"),
            Self::AllTables => "every table of the ledger".to_owned(),
            Self::KeptTables => "the kept tables of the ledger".to_owned(),
            Self::PersonalTables => "the personal tables of the ledger".to_owned(),
            Self::Other { text } => text.clone(),
        }
    }

    fn of_row(text: &str) -> Self {
        let plain = [Self::Report, Self::AllTables, Self::KeptTables, Self::PersonalTables];
        if let Some(known) = plain.into_iter().find(|it| it.in_row() == text) {
            return known;
        }
        if let Some(receipt) = text.strip_prefix(RECEIPT) {
            return Self::Receipt { receipt: shown(receipt) };
        }
        match text.strip_prefix(EVENTS).and_then(|after| after.parse().ok()) {
            Some(after) => Self::Events { after },
            None => Self::Other { text: shown(text) },
        }
    }
}

const TRACKER: &str = "tracker ";
const RECEIPT: &str = "receipt ";
const EVENTS: &str = "events after ";

#[cfg(test)]
mod tests;

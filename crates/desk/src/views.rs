//! What the window and `--json` are given: ids, words and numbers. No key ever stands in a view, and
//! content in those of a viewer alone.
//!
//! The TypeScript of these types is generated from here; a test in the window's crate fails when it drifts.

mod audit;
mod backups;
mod bringing;
mod connections;
mod erasures;
mod four_eyes;
mod happening;
mod incident;
mod jobs;
mod receipts;
mod reconciled;
mod report;
mod rules;
mod settled;
mod setup;
mod time;
mod viewer;

pub use self::{
    audit::{AuditCaseView, AuditEventView, AuditFileView, AuditListView, AuditReceiptView, AuditRow, TopicCount},
    backups::{BackupStanding, BackupView, DrillStep, DrillStepView, DrillView, DrilledView, RestoredView},
    bringing::{BroughtView, ChosenFilesView, ChosenView, UnfitView, UnfitWhy},
    connections::{
        Connection, ConnectionsView, ForumFoundView, ForumView, FoundView, MailFoundView, MailView, TrackerView,
        TriedView,
    },
    erasures::{ErasureCount, ErasureListView, ErasureRow, ErasureView},
    four_eyes::{ApproverView, FourEyesView, ProposalView, ProposedAct},
    happening::{
        ErasureReason, Happening, LocationFound, LocationKind, Moment, RecordedExport, RecordedRule, RecordedServer,
        RuleTermsView, WhoView, WhomView, WhyView,
    },
    incident::{DraftedLetter, IncidentCopyView, IncidentCustomerView, IncidentFileView, IncidentView},
    jobs::{JobStanding, JobView, WorkView},
    receipts::{
        AnswerView, DeliveryView, LocationView, ReceiptCheckView, ReceiptCount, ReceiptListView, ReceiptRowView,
        ReceiptStanding, ReceiptView, SignatureFound,
    },
    reconciled::{AsideView, ReconciledView},
    report::{
        AgeView, BandView, ErasedView, HeldView, LocationCountView, OverdueView, ReceiptCountsView, ReportCopyView,
        ReportHoldView, ReportView, RequestsView, TimingView,
    },
    rules::{CaseRuleView, ChangeView, OwnDateView, RuleView, RulesView, SimulationView},
    settled::{SecurityView, StorageView},
    setup::{KitStanding, KitWordsView, SetupStanding, SetupStep, SetupStepView, SetupView},
    time::{ClockView, NoticeView, NoticesView, PauseView},
    viewer::{
        EntriesView, EntryName, EntryRefusal, EntryView, HitView, ImageView, LayerKind, LayerView, LevelName,
        LevelView, LinesView, OpenedView, PlaceView, RowView, RowsView, SearchView, TextEncoding, ViewerView,
    },
};

use custody_core::{
    case_list::CaseStanding,
    file_kind::FileKind,
    held_file::{Refusal, StateName},
    ports::{Fault, Job, KeyStore},
    request::{Channel, RequestStanding},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The desk as a whole, for the frame of the window.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DeskView {
    /// Whether files can be opened.
    pub unlocked: bool,
    /// Whether this desk works on the practice world.
    pub practice: bool,
    /// Whether a forum is connected.
    pub connected: bool,
    /// The organisation's name.
    pub issuer: String,
    /// What needs a second person.
    pub four_eyes: FourEyesView,
    /// What the usual retention rule says.
    pub rule: RuleTermsView,
    /// Where keys are kept.
    #[ts(type = "\"keychain\" | \"key_file\"")]
    pub key_store: KeyStore,
    /// How many minutes a viewing copy lasts if nothing else is said.
    pub usual_lease: u32,
    /// How many minutes it may last at most.
    pub longest_lease: u32,
    /// The desk's clock, RFC 3339.
    pub now: String,
    /// The program's version.
    pub version: String,
    /// A pause, while it lasts.
    pub pause: Option<PauseView>,
    /// Every job of this desk.
    pub jobs: Vec<JobView>,
    /// What waits for a person.
    pub attention: Vec<AttentionView>,
    /// The last comparison of disk and ledger, once there was one.
    pub reconciled: Option<ReconciledView>,
    /// The first run, until it is ended.
    pub setup: Option<SetupView>,
    /// How the recovery kit stands.
    pub kit: KitStanding,
    /// The last drill with a backup, once there was one.
    pub drilled: Option<DrilledView>,
}

/// Who the forum takes us for.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AccountView {
    /// The user name.
    pub username: String,
    /// Whether it is staff there.
    pub staff: bool,
    /// The groups whose inboxes it can read.
    pub inboxes: Vec<String>,
    /// What the key is good for; empty for an administrator's key, which may do what its user may.
    pub rights: Vec<RightView>,
}

/// What a key is good for.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RightView {
    /// Which.
    pub name: ScopeName,
    /// Whether the key has it.
    pub standing: RightStanding,
}

/// Whether a key has a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RightStanding {
    /// The forum let us.
    Found,
    /// The forum turned us away.
    Missing,
    /// It was asked for with the key; only a change would show more.
    AskedFor,
}

/// What a tracker said of itself.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TrackerFoundView {
    /// Who it takes us for; empty where it does not say.
    pub account: String,
    /// What we see there: queues, projects.
    pub places: Vec<String>,
    /// Whether a ticket can be seen at all.
    pub sees_tickets: bool,
    /// The states that mean closed.
    pub closed_states: Vec<String>,
    /// The states that mean open.
    pub open_states: Vec<String>,
    /// States of the settings that the tracker does not have.
    pub unknown_states: Vec<String>,
}

/// A sign-in to a forum under way.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SignInView {
    /// The forum's address.
    pub forum: String,
    /// Whether a code can be typed there instead of pasting.
    pub device_codes: bool,
    /// The page that shows the text to be pasted.
    pub page: String,
    /// The page that leads back to the program, where the forum's administrator allows it.
    pub redirect_page: String,
    /// What is asked for.
    pub scopes: Vec<ScopeView>,
}

/// Something that a key is to be good for.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ScopeView {
    /// Which.
    pub name: ScopeName,
}

/// What a key may be good for. The words are the forum's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ScopeName {
    /// Every GET.
    Read,
    /// Who we are.
    SessionInfo,
    /// Being told of changes.
    MessageBus,
    /// Every change.
    Write,
}

/// A code to be typed on the forum.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SignInCodeView {
    /// The code.
    pub code: String,
    /// The page to open.
    pub page: String,
    /// For how many seconds it can be typed.
    pub lasts_seconds: u32,
}

/// Two lines: what happened, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ProblemView {
    /// The code, for programs.
    #[ts(type = "string")]
    pub code: Fault,
    /// What happened, ending with what became of the data.
    pub what: String,
    /// What to do.
    pub todo: String,
}

/// A part of the list of cases.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseListView {
    /// The rows, in order.
    pub rows: Vec<CaseRow>,
    /// How many there are, whatever part was asked for.
    #[ts(type = "number")]
    pub total: u64,
    /// How many of those that the search finds stand how.
    pub counts: Vec<StandingCount>,
    /// Of how many of those something is erased, or becomes due, within a week.
    #[ts(type = "number")]
    pub due_soon: u64,
    /// How many that the search finds are assigned to this desk's account; `None` where the forum has no assignments.
    #[ts(type = "number | null")]
    pub mine: Option<u64>,
}

/// A file that is being moved right now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TransferView {
    /// By which job: it is taken in, or copied to a backup.
    #[ts(type = "Job")]
    pub job: Job,
    /// The file.
    pub file: String,
    /// Its case.
    pub case: String,
    /// Bytes that were moved.
    #[ts(type = "number")]
    pub done: u64,
    /// How many there are; `None` if the forum did not say.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
}

/// How many cases stand so.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct StandingCount {
    /// How.
    #[ts(type = "CaseStanding")]
    pub standing: CaseStanding,
    /// How many.
    #[ts(type = "number")]
    pub cases: u64,
}

/// Something that waits for a person.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AttentionView {
    /// What kind of thing.
    pub kind: AttentionKind,
    /// The case it concerns.
    pub case: Option<String>,
    /// The case's title; empty without a case, or once forgotten.
    pub title: String,
    /// The customer's name; the same.
    pub customer: String,
    /// The receipt it concerns.
    pub receipt: Option<String>,
    /// The request it concerns.
    pub request: Option<String>,
    /// The hold it concerns.
    pub hold: Option<String>,
    /// The proposal it concerns.
    pub proposal: Option<String>,
    /// Since when, RFC 3339.
    pub since: String,
}

/// What waits for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AttentionKind {
    /// A text sounds like a request for removal.
    UnclearRequest,
    /// A receipt came back.
    ReceiptBounced,
    /// A receipt is disputed.
    ReceiptDisputed,
    /// An answer could not be understood.
    AnswerUnclear,
    /// A file is missing or damaged.
    FileLost,
    /// An erasure does not succeed.
    ErasureStuck,
    /// A thread is private no longer.
    CaseExposed,
    /// A sweep would erase more than the cap.
    SweepStopped,
    /// A hold is to be reviewed.
    HoldReview,
    /// The letter that told a customer of a hold came back.
    ReplyBounced,
    /// Somebody proposed what a second person has to approve.
    ApprovalWaits,
    /// The thread names a ticket that may be the case's.
    TicketOffered,
    /// Something in a drop folder cannot be taken in.
    LeftInDropFolder,
    /// A viewing copy was to end and cannot be erased.
    ViewingCopyStays,
    /// Disk, ledger and keys do not fit together.
    NotReconciled,
    /// `settings.toml` holds rules that nobody put into force.
    RulesDiffer,
    /// Nobody has shown that the recovery kit was saved.
    KitNotSaved,
}

/// One row of the list of cases.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseRow {
    /// The case.
    pub id: String,
    /// The thread's title; empty once forgotten.
    pub title: String,
    /// The customer's name; empty once forgotten.
    pub customer: String,
    /// The ticket, as `tracker key`.
    pub ticket: String,
    /// The ticket's state.
    pub ticket_state: TicketState,
    /// How the case stands.
    #[ts(type = "CaseStanding")]
    pub standing: CaseStanding,
    /// Files in custody.
    pub files: u32,
    /// Their bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// When the next file is erased, RFC 3339.
    pub erases_at: Option<String>,
    /// When the customer last wrote, RFC 3339.
    pub active_at: String,
    /// When the case was opened, RFC 3339.
    pub opened_at: String,
}

/// A ticket's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// Being worked on.
    Open,
    /// Read as closed.
    Closed,
    /// The tracker gives no certain answer.
    InDoubt,
}

/// A case with everything in it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseView {
    /// The same as in the list.
    pub row: CaseRow,
    /// The customer, for a hold on all that is theirs.
    pub customer_id: String,
    /// The thread's number on the forum.
    #[ts(type = "number")]
    pub topic: i64,
    /// The thread's address, for the engineer's browser.
    pub thread_url: String,
    /// Whether the forum serves the thread's files to anybody who knows their address; `None` until it was looked at.
    pub open_to_anyone: Option<bool>,
    /// Links to large-file services in the thread.
    pub links: Vec<LinkView>,
    /// Where files that come by other ways are saved, once that folder was made.
    pub drop_folder: Option<String>,
    /// What lies there and is not taken in.
    pub left: Vec<LeftView>,
    /// Tickets that the thread names and that wait for a person.
    pub ticket_offers: Vec<TicketView>,
    /// What the rules say that its files follow.
    pub rules: Vec<CaseRuleView>,
    /// Why the next erasure is when it is.
    pub why: Vec<WhyView>,
    /// Dates that staff gave the case or its files.
    pub own_dates: Vec<OwnDateView>,
    /// The files.
    pub files: Vec<FileView>,
    /// The holds on the case, its customer or its files.
    pub holds: Vec<HoldView>,
    /// The requests.
    pub requests: Vec<RequestView>,
    /// The receipts.
    pub receipts: Vec<ReceiptRowView>,
    /// What happened, oldest first.
    pub timeline: Vec<EventView>,
}

/// A link to a large-file service.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LinkView {
    /// The service's name.
    pub service: String,
    /// Where it leads, for the engineer's browser. Custody fetches nothing from there.
    pub url: String,
    /// When it was first seen, RFC 3339.
    pub noted_at: String,
}

/// Something in the drop folder of a case that is not taken in.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LeftView {
    /// Its name, made safe to show.
    pub name: String,
    /// Why it is left there.
    pub why: LeftWhy,
    /// The program that still writes to it, if that is why and its name is known.
    pub by: Option<String>,
}

/// Why something in a drop folder is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeftWhy {
    /// It was written to just now.
    Fresh,
    /// A program still writes to it.
    Written,
    /// Its name says that it is not complete.
    Unfinished,
    /// It has no bytes.
    Empty,
    /// It is a link, or has a second name elsewhere.
    Link,
    /// It is neither file nor folder.
    Special,
    /// It is larger than the desk takes.
    TooLarge,
}

/// A ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TicketView {
    /// The tracker's name in the settings.
    pub tracker: String,
    /// The ticket's key there.
    pub key: String,
}

/// A held file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FileView {
    /// The file.
    pub id: String,
    /// Its case.
    pub case: String,
    /// Its name, made safe to show; empty once forgotten.
    pub name: String,
    /// Its size in bytes, once sealed.
    #[ts(type = "number | null")]
    pub size: Option<u64>,
    /// What kind of file it is, once sealed.
    #[ts(type = "FileKind")]
    pub kind: FileKind,
    /// The name of its retention rule.
    pub rule: String,
    /// When it arrived, RFC 3339.
    pub arrived_at: String,
    /// Where it is on its way.
    #[ts(type = "\"arriving\" | \"refused\" | \"held\" | \"due\" | \"erasing\" | \"erased\" | \"lost\"")]
    pub state: StateName,
    /// Why it was refused.
    #[ts(type = "Refusal | null")]
    pub refused: Option<Refusal>,
    /// When it is erased, if it is due, RFC 3339.
    pub erases_at: Option<String>,
    /// What stopped the last attempt to take it in or erase it.
    pub problem: Option<ProblemView>,
    /// Viewing copies that exist.
    pub viewing_copies: Vec<ViewingCopyView>,
    /// Programs that still have a viewing copy open that is erased. What they read in it is zeros.
    pub still_open_in: Vec<ProgramView>,
}

/// A viewing copy that exists.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ViewingCopyView {
    /// The copy.
    pub id: String,
    /// For whom.
    pub by: String,
    /// Why, in that person's words; empty once forgotten.
    pub reason: String,
    /// When the lease ends, RFC 3339.
    pub until: String,
    /// How many files programs have left beside it; they end with it.
    pub beside: u32,
    /// Programs that have it open, or something beside it.
    pub open_in: Vec<ProgramView>,
    /// What kept it from being erased, if it was to end.
    pub problem: Option<ProblemView>,
}

/// A program that has something open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ProgramView {
    /// Its name, if the system gives it.
    pub name: Option<String>,
    /// The system's number for it, if it gives that.
    pub id: Option<u32>,
}

/// A viewing copy that was just erased.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EndedCopyView {
    /// How many files beside it were erased with it.
    pub beside: u32,
    /// Those among them that have another name outside of the folder: they were removed from it and not overwritten.
    pub elsewhere: u32,
    /// Programs that had it open. What they read in it now is zeros.
    pub open_in: Vec<ProgramView>,
}

/// A hold.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HoldView {
    /// The hold.
    pub id: String,
    /// What it covers.
    #[ts(type = "\"file\" | \"case\" | \"customer\"")]
    pub scope: String,
    /// The id of what it covers.
    pub covers: String,
    /// Whose it is.
    pub owner: String,
    /// The reason in the owner's words; empty once forgotten.
    pub reason: String,
    /// When it was placed, RFC 3339.
    pub placed_at: String,
    /// When it is to be looked at again, RFC 3339.
    pub review_at: String,
    /// When it was lifted, RFC 3339.
    pub lifted_at: Option<String>,
    /// Who lifted it.
    pub lifted_by: Option<String>,
    /// Why, in their words; empty once forgotten.
    pub lift_reason: String,
}

/// A request.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RequestView {
    /// The request.
    pub id: String,
    /// Its case.
    pub case: String,
    /// Whether the customer asked (otherwise staff).
    pub by_customer: bool,
    /// Where it was read.
    #[ts(type = "Channel")]
    pub channel: Channel,
    /// When, RFC 3339.
    pub received_at: String,
    /// The reason a member of staff typed; empty for a customer's request, and once forgotten.
    pub reason: String,
    /// How it stands.
    #[ts(type = "RequestStanding")]
    pub standing: RequestStanding,
    /// What the customer was told of it while a hold kept it waiting: `waiting`, `sent`, `bounced` or `withdrawn`.
    #[ts(type = "\"waiting\" | \"sent\" | \"bounced\" | \"withdrawn\" | null")]
    pub told: Option<String>,
    /// Since when that is so, RFC 3339.
    pub told_at: Option<String>,
}

/// An event.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EventView {
    /// Its place in the chain.
    #[ts(type = "number")]
    pub index: u64,
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub who: WhoView,
    /// What happened.
    pub what: Happening,
    /// The event's word, such as `file_sealed`.
    pub event: String,
}

/// What the next sweep would do.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlanView {
    /// One line for each file that something is said about.
    pub lines: Vec<PlanLine>,
    /// How many files it would erase.
    pub would_erase: u32,
    /// The most it erases without asking.
    #[ts(type = "number")]
    pub cap: u64,
    /// What an approval presents.
    pub token: String,
}

/// One line of a plan.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlanLine {
    /// The file.
    pub file: String,
    /// Its case.
    pub case: String,
    /// Its name; empty once forgotten.
    pub name: String,
    /// What happens.
    #[ts(type = "\"keep\" | \"mark_due\" | \"wait\" | \"spare\" | \"erase\"")]
    pub outcome: String,
    /// When it is erased, RFC 3339.
    pub erases_at: Option<String>,
    /// Why.
    pub why: Vec<WhyView>,
}

/// How one round of the desk went.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct RoundView {
    /// Files sealed.
    #[ts(type = "number")]
    pub sealed: u64,
    /// Files that changed state in the sweep.
    #[ts(type = "number")]
    pub decided: u64,
    /// Files erased.
    #[ts(type = "number")]
    pub erased: u64,
    /// Receipts sent.
    #[ts(type = "number")]
    pub sent: u64,
    /// Answers read.
    #[ts(type = "number")]
    pub answers: u64,
    /// What was met, with the job that met it.
    pub problems: Vec<JobProblem>,
}

/// A problem of a job.
#[derive(Clone, Debug, Serialize, TS)]
pub struct JobProblem {
    /// Which job.
    #[ts(type = "string")]
    pub job: Job,
    /// What it met.
    pub problem: ProblemView,
}

/// How the forum's budget is spent.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ForumPlanView {
    /// Requests in any minute that we allow ourselves.
    pub per_minute: u32,
    /// Requests in any day that we allow ourselves.
    pub per_day: u32,
    /// How many are left of this minute.
    pub left_this_minute: u32,
    /// How many are left of this day.
    pub left_today: u32,
    /// Seconds until the forum may be asked again, if it asked us to pause.
    #[ts(type = "number | null")]
    pub paused_for: Option<u64>,
    /// Threads whose closing is watched.
    pub watched: u32,
    /// How many of them a round reads.
    pub each_round: u32,
    /// Minutes between two rounds.
    pub round_minutes: u32,
    /// Hours within which every watched thread is read, if nothing changes; a thread that moves up in a list is read at once.
    pub all_within_hours: u32,
    /// Whose turn is next, the most urgent first.
    pub next: Vec<PlannedView>,
}

/// A thread that is to be read.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlannedView {
    /// The case.
    pub case: String,
    /// How much hangs on it: `unknown`, `open`, `closed` or `empty`.
    pub urgency: String,
    /// When its ticket was last read, RFC 3339.
    pub read_at: Option<String>,
}

/// One check of `doctor`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CheckView {
    /// What was checked.
    pub name: String,
    /// What was found.
    pub found: String,
    /// What is wrong, if anything.
    pub problem: Option<ProblemView>,
}

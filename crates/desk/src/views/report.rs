//! The retention report, for the window.

use serde::Serialize;
use ts_rs::TS;

use super::{DrilledView, JobView, ReconciledView, RuleTermsView, WhyView};

/// The retention report of a span of time.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReportView {
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// The start of its time, RFC 3339.
    pub from: String,
    /// The end of its time, RFC 3339.
    pub to: String,
    /// Files held now, by rule.
    pub held: Vec<HeldView>,
    /// Files that will be erased within 7 days.
    #[ts(type = "number")]
    pub due_in_7_days: u64,
    /// Files that will be erased within 30 days.
    #[ts(type = "number")]
    pub due_in_30_days: u64,
    /// Files that should be gone and are not, the longest overdue first.
    pub overdue: Vec<OverdueView>,
    /// Cases whose thread is no longer private.
    #[ts(type = "number")]
    pub exposed_cases: u64,
    /// Cases with files here whose forum serves their attachments to anybody who knows the address.
    #[ts(type = "number")]
    pub open_to_anyone: u64,
    /// Files erased in this time.
    pub erased: ErasedView,
    /// How long it took from a ticket's closing to the erasure, for each time that a rule gave.
    pub closing_to_erasure: Vec<TimingView>,
    /// Requests received in this time.
    pub requests: RequestsView,
    /// Receipts issued in this time.
    pub receipts: ReceiptCountsView,
    /// Holds that are placed, the next review first.
    pub holds: Vec<ReportHoldView>,
    /// Viewing copies that exist now.
    pub viewing_copies: Vec<ReportCopyView>,
    /// Files that are lost.
    #[ts(type = "number")]
    pub lost: u64,
    /// Bytes of sealed files by the ledger.
    #[ts(type = "number")]
    pub counted_bytes: u64,
    /// Bytes of sealed files by their lengths on the disk.
    #[ts(type = "number")]
    pub physical_bytes: u64,
    /// Bytes that the disk gives to them.
    #[ts(type = "number")]
    pub occupied_bytes: u64,
    /// The last comparison of disk and ledger.
    pub reconciled: Option<ReconciledView>,
    /// The last drill with a backup.
    pub drilled: Option<DrilledView>,
    /// Every job of this desk.
    pub jobs: Vec<JobView>,
}

/// Files held under one rule.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HeldView {
    /// The rule's name.
    pub rule: String,
    /// What it says, while it is in force.
    pub says: Option<RuleTermsView>,
    /// How many files.
    #[ts(type = "number")]
    pub files: u64,
    /// Their bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// When the oldest arrived, RFC 3339.
    pub oldest: Option<String>,
    /// The same by age, the youngest first; the same ages for each rule.
    pub ages: Vec<AgeView>,
}

/// Files that arrived that long ago.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AgeView {
    /// At least so many days ago.
    pub from_days: u32,
    /// Less than so many days ago.
    pub to_days: Option<u32>,
    /// How many files.
    #[ts(type = "number")]
    pub files: u64,
    /// Their bytes.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// A file that should be gone.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OverdueView {
    /// The file.
    pub file: String,
    /// Its case.
    pub case: String,
    /// The case's title; empty once forgotten.
    pub title: String,
    /// Since when, RFC 3339.
    pub since: String,
    /// What stands against it; empty if the erasure does not succeed.
    pub why: Vec<WhyView>,
    /// Whose hold it is, if one stands against it.
    pub owner: Option<String>,
}

/// Erasures.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ErasedView {
    /// How many files.
    #[ts(type = "number")]
    pub files: u64,
    /// Their bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Because a ticket closed.
    #[ts(type = "number")]
    pub ticket_closed: u64,
    /// Because a customer asked.
    #[ts(type = "number")]
    pub customer_asked: u64,
    /// Because a period ended.
    #[ts(type = "number")]
    pub period_ended: u64,
    /// Because staff decided.
    #[ts(type = "number")]
    pub staff_decided: u64,
    /// How many locations were found in each state.
    pub locations: Vec<LocationCountView>,
    /// Hours from the fact that made each file due to its proof: the middle one.
    #[ts(type = "number | null")]
    pub median_hours: Option<u64>,
    /// The same: the longest.
    #[ts(type = "number | null")]
    pub longest_hours: Option<u64>,
}

/// Locations that were found in one state.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LocationCountView {
    /// The state.
    #[ts(
        type = "\"present\" | \"erased_verified\" | \"key_destroyed\" | \"expires_on\" | \"requested_not_confirmed\" | \"held\" | \"not_ours\" | \"failed\" | \"unknown\""
    )]
    pub state: String,
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
}

/// How long files took whose rule gave them the same time.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TimingView {
    /// Hours from the closing to the end of grace.
    #[ts(type = "number")]
    pub allowed_hours: u64,
    /// How many files.
    #[ts(type = "number")]
    pub files: u64,
    /// How many of them were erased more than a day after that.
    #[ts(type = "number")]
    pub late: u64,
    /// Hours from the closing to the proof: the middle one.
    #[ts(type = "number")]
    pub median_hours: u64,
    /// The same: the longest.
    #[ts(type = "number")]
    pub longest_hours: u64,
    /// How many took how long. They have one width and leave nothing out.
    pub bands: Vec<BandView>,
}

/// Files that took that long.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BandView {
    /// At least so many hours.
    #[ts(type = "number")]
    pub from_hours: u64,
    /// Less than so many hours.
    #[ts(type = "number")]
    pub to_hours: u64,
    /// How many files.
    #[ts(type = "number")]
    pub files: u64,
}

/// Requests.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RequestsView {
    /// By customers.
    #[ts(type = "number")]
    pub by_customers: u64,
    /// By staff.
    #[ts(type = "number")]
    pub by_staff: u64,
    /// Customers' requests whose files are all erased.
    #[ts(type = "number")]
    pub done: u64,
    /// Customers' requests of whose files one is still there.
    #[ts(type = "number")]
    pub open: u64,
    /// Customers' requests that found nothing to erase.
    #[ts(type = "number")]
    pub without_files: u64,
    /// Customers' requests of which a person must still say whether they are one.
    #[ts(type = "number")]
    pub unclear: u64,
    /// Customers' messages that a person found to be no request.
    #[ts(type = "number")]
    pub set_aside: u64,
    /// Files that customers asked for and that are erased.
    #[ts(type = "number")]
    pub files_erased: u64,
    /// Files that customers asked for and that are still there.
    #[ts(type = "number")]
    pub files_open: u64,
    /// Hours to done: the middle one.
    #[ts(type = "number | null")]
    pub median_hours: Option<u64>,
    /// The same: the longest.
    #[ts(type = "number | null")]
    pub worst_hours: Option<u64>,
    /// Those that took longer than 30 days, or have been open for longer.
    #[ts(type = "number")]
    pub over_30_days: u64,
}

/// Receipts.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReceiptCountsView {
    /// Issued.
    #[ts(type = "number")]
    pub issued: u64,
    /// Not complete, and without a follow-up.
    #[ts(type = "number")]
    pub follow_up_owed: u64,
    /// Waiting to be sent.
    #[ts(type = "number")]
    pub waiting: u64,
    /// Sent.
    #[ts(type = "number")]
    pub sent: u64,
    /// Came back.
    #[ts(type = "number")]
    pub bounced: u64,
    /// Confirmed by mail.
    #[ts(type = "number")]
    pub confirmed_by_mail: u64,
    /// Confirmed by mail with a valid signature of the domain.
    #[ts(type = "number")]
    pub confirmed_with_dkim: u64,
    /// Confirmed in the thread.
    #[ts(type = "number")]
    pub confirmed_in_thread: u64,
    /// Disputed.
    #[ts(type = "number")]
    pub disputed: u64,
    /// Sent, and not answered.
    #[ts(type = "number")]
    pub unanswered: u64,
}

/// A hold on the report.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReportHoldView {
    /// The hold.
    pub hold: String,
    /// What it covers.
    #[ts(type = "\"file\" | \"case\" | \"customer\"")]
    pub covers: String,
    /// The case it stands in; none for a hold on a customer.
    pub case: Option<String>,
    /// The case's title; empty once forgotten.
    pub title: String,
    /// How many files it keeps now.
    #[ts(type = "number")]
    pub files: u64,
    /// Whose.
    pub owner: String,
    /// Since when, RFC 3339.
    pub placed_at: String,
    /// When it is to be looked at, RFC 3339.
    pub review_at: String,
    /// Whether that time is over.
    pub review_overdue: bool,
}

/// A viewing copy on the report.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReportCopyView {
    /// The copy.
    pub copy: String,
    /// The file's case.
    pub case: Option<String>,
    /// The case's title; empty once forgotten.
    pub title: String,
    /// For whom.
    pub by: String,
    /// Since when, RFC 3339.
    pub made_at: String,
    /// When its lease ends, RFC 3339.
    pub until: String,
    /// Whether that time is over.
    pub over: bool,
}

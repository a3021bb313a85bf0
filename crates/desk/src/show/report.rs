//! The retention report, with the names that a file of it does not have.

use std::collections::BTreeMap;

use custody_core::{
    flow::FlowError,
    hold::HoldScope,
    id::{CaseId, PersonId},
    report::{HeldByRule, Report},
};

use super::{Page, drilled_view, reconciled_view, time};
use crate::{
    happening,
    views::{
        AgeView, BandView, ErasedView, HeldView, JobView, LocationCountView, OverdueView, ReceiptCountsView,
        ReportCopyView, ReportHoldView, ReportView, RequestsView, TimingView,
    },
};

/// The report, for the window.
pub async fn report_view(
    page: &Page<'_>,
    report: &Report,
    people: &BTreeMap<PersonId, String>,
    jobs: Vec<JobView>,
) -> Result<ReportView, FlowError> {
    let name = |id: PersonId| people.get(&id).cloned().unwrap_or_else(|| id.short());
    let mut titles = Titles { page, found: BTreeMap::new() };
    let mut overdue = Vec::new();
    for line in &report.overdue {
        overdue.push(OverdueView {
            file: line.file.to_string(),
            case: line.case.to_string(),
            title: titles.of(Some(line.case)).await?,
            since: time(line.since),
            why: line.why.iter().map(happening::why).collect(),
            owner: line.owner.map(name),
        });
    }
    overdue.sort_by(|one, other| one.since.cmp(&other.since));
    let mut holds = Vec::new();
    for hold in &report.holds {
        let covers = match hold.covers {
            HoldScope::File(_) => "file",
            HoldScope::Case(_) => "case",
            HoldScope::Customer(_) => "customer",
        };
        holds.push(ReportHoldView {
            hold: hold.hold.to_string(),
            covers: covers.to_owned(),
            case: hold.case.map(|case| case.to_string()),
            title: titles.of(hold.case).await?,
            files: hold.files,
            owner: name(hold.owner),
            placed_at: time(hold.placed_at),
            review_at: time(hold.review_at),
            review_overdue: hold.review_overdue,
        });
    }
    holds.sort_by(|one, other| one.review_at.cmp(&other.review_at));
    let mut viewing_copies = Vec::new();
    for copy in &report.viewing_copies {
        viewing_copies.push(ReportCopyView {
            copy: copy.copy.to_string(),
            case: copy.case.map(|case| case.to_string()),
            title: titles.of(copy.case).await?,
            by: name(copy.by),
            made_at: time(copy.made_at),
            until: time(copy.until),
            over: copy.over,
        });
    }
    Ok(ReportView {
        made_at: time(report.made_at),
        from: time(report.span.from),
        to: time(report.span.to),
        held: report.held.iter().map(|line| held_view(page, line)).collect(),
        due_in_7_days: report.due_in_7_days,
        due_in_30_days: report.due_in_30_days,
        overdue,
        exposed_cases: report.exposed_cases,
        open_to_anyone: report.open_to_anyone,
        erased: erased_view(report),
        closing_to_erasure: timing_views(report),
        requests: requests_view(report),
        receipts: receipts_view(report),
        holds,
        viewing_copies,
        lost: report.lost,
        counted_bytes: report.counted_bytes,
        physical_bytes: report.physical_bytes,
        occupied_bytes: report.occupied_bytes,
        reconciled: report.reconciled.as_ref().map(reconciled_view),
        drilled: report.drilled.clone().map(drilled_view),
        jobs,
    })
}

/// Titles, each asked for once.
struct Titles<'a> {
    page: &'a Page<'a>,
    found: BTreeMap<CaseId, String>,
}

impl Titles<'_> {
    async fn of(&mut self, case: Option<CaseId>) -> Result<String, FlowError> {
        let Some(case) = case else { return Ok(String::new()) };
        if let Some(title) = self.found.get(&case) {
            return Ok(title.clone());
        }
        let title = self.page.title(case).await?;
        self.found.insert(case, title.clone());
        Ok(title)
    }
}

fn held_view(page: &Page<'_>, line: &HeldByRule) -> HeldView {
    let ages = line.ages.iter().map(|age| AgeView {
        from_days: age.from_days,
        to_days: age.to_days,
        files: age.files,
        bytes: age.bytes,
    });
    HeldView {
        rule: line.rule.clone(),
        says: page.policy.rules.as_slice().iter().find(|rule| rule.name == line.rule).map(|rule| rule.terms().into()),
        files: line.files,
        bytes: line.bytes,
        oldest: line.oldest.map(time),
        ages: ages.collect(),
    }
}

fn erased_view(report: &Report) -> ErasedView {
    let erased = &report.erased;
    ErasedView {
        files: erased.files,
        bytes: erased.bytes,
        ticket_closed: erased.ticket_closed,
        customer_asked: erased.customer_asked,
        period_ended: erased.period_ended,
        staff_decided: erased.staff_decided,
        locations: erased
            .locations
            .iter()
            .map(|(state, count)| LocationCountView { state: state.clone(), count: *count })
            .collect(),
        median_hours: erased.median_hours,
        longest_hours: erased.longest_hours,
    }
}

fn timing_views(report: &Report) -> Vec<TimingView> {
    let views = report.closing_to_erasure.iter().map(|timing| TimingView {
        allowed_hours: timing.allowed_hours,
        files: timing.files,
        late: timing.late,
        median_hours: timing.median_hours,
        longest_hours: timing.longest_hours,
        bands: timing
            .bands
            .iter()
            .map(|band| BandView { from_hours: band.from_hours, to_hours: band.to_hours, files: band.files })
            .collect(),
    });
    views.collect()
}

const fn requests_view(report: &Report) -> RequestsView {
    let requests = &report.requests;
    RequestsView {
        by_customers: requests.by_customers,
        by_staff: requests.by_staff,
        done: requests.done,
        open: requests.open,
        without_files: requests.without_files,
        unclear: requests.unclear,
        set_aside: requests.set_aside,
        files_erased: requests.customer_files_erased,
        files_open: requests.customer_files_open,
        median_hours: requests.median_hours,
        worst_hours: requests.worst_hours,
        over_30_days: requests.over_30_days,
    }
}

const fn receipts_view(report: &Report) -> ReceiptCountsView {
    let receipts = &report.receipts;
    ReceiptCountsView {
        issued: receipts.issued,
        follow_up_owed: receipts.follow_up_owed,
        waiting: receipts.waiting,
        sent: receipts.sent,
        bounced: receipts.bounced,
        confirmed_by_mail: receipts.confirmed_by_mail,
        confirmed_with_dkim: receipts.confirmed_with_dkim,
        confirmed_in_thread: receipts.confirmed_in_thread,
        disputed: receipts.disputed,
        unanswered: receipts.unanswered,
    }
}

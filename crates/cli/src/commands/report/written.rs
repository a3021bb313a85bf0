//! A report as text.

use custody_core::report::Report;
use custody_desk::{happening, problem::problem, report_files::compared};

use crate::{
    table::{Side, Table, size},
    times::local_moment,
};

/// For reading.
pub fn text(report: &Report) -> String {
    let mut text = format!(
        "Retention report\n\n{} to {}, made {}\n",
        local_moment(report.span.from),
        local_moment(report.span.to),
        local_moment(report.made_at)
    );
    section(&mut text, "Held now");
    let mut held =
        Table::new([("FILES", Side::Right), ("SIZE", Side::Right), ("OLDEST", Side::Left), ("RULE", Side::Left)]);
    for line in &report.held {
        held.row([
            line.files.to_string(),
            size(line.bytes),
            line.oldest.map_or_else(|| "-".to_owned(), local_moment),
            line.rule.clone(),
        ]);
    }
    text.push_str(&held.text(false, "No file is held."));
    pairs(
        &mut text,
        &[
            ("erased within 7 days", report.due_in_7_days.to_string()),
            ("erased within 30 days", report.due_in_30_days.to_string()),
            ("lost: a person must look", report.lost.to_string()),
            ("cases whose thread is private no longer", report.exposed_cases.to_string()),
            ("viewing copies that exist", report.open_viewing_copies.to_string()),
            ("sealed bytes by the ledger", size(report.counted_bytes)),
            ("sealed bytes by their lengths on the disk", size(report.physical_bytes)),
            ("the same, as the disk gives them room", size(report.occupied_bytes)),
        ],
    );

    if let Some(last) = &report.reconciled {
        let found = last.found;
        section(&mut text, "Disk against ledger");
        let mut lines = vec![
            ("compared", local_moment(last.at)),
            ("held, on the disk as in the ledger", format!("{} ({})", found.whole, size(found.counted_bytes))),
        ];
        lines.extend(compared(&found).into_iter().map(|(_, name, count)| (name, count.to_string())));
        pairs(&mut text, &lines);
    }

    section(&mut text, "Overdue");
    let mut overdue = Table::new([
        ("FILE", Side::Left),
        ("CASE", Side::Left),
        ("SINCE", Side::Left),
        ("WHAT STANDS AGAINST IT", Side::Left),
    ]);
    for line in &report.overdue {
        let why: Vec<String> = line.why.iter().map(|why| happening::why(why).to_string()).collect();
        let why = if why.is_empty() { "The erasure does not succeed.".to_owned() } else { why.join(" ") };
        overdue.row([line.file.short(), line.case.short(), local_moment(line.since), why]);
    }
    text.push_str(&overdue.text(false, "Nothing is overdue."));

    section(&mut text, "Erased in this time");
    let erased = &report.erased;
    let mut lines = vec![
        ("files", format!("{} ({})", erased.files, size(erased.bytes))),
        ("because a ticket closed", erased.ticket_closed.to_string()),
        ("because a customer asked", erased.customer_asked.to_string()),
        ("because a period ended", erased.period_ended.to_string()),
        ("because staff decided", erased.staff_decided.to_string()),
        ("from the reason to the proof, the middle one", hours(erased.median_hours)),
        ("from the reason to the proof, the longest", hours(erased.longest_hours)),
    ];
    lines.extend(erased.locations.iter().map(|(state, count)| (location(state), count.to_string())));
    pairs(&mut text, &lines);

    section(&mut text, "From closing to erasure in this time");
    let mut timings = Table::new([
        ("FILES", Side::Right),
        ("RULE", Side::Right),
        ("MIDDLE", Side::Right),
        ("LONGEST", Side::Right),
        ("LATE", Side::Right),
    ]);
    for line in &report.closing_to_erasure {
        timings.row([
            line.files.to_string(),
            format!("{} h", line.allowed_hours),
            format!("{} h", line.median_hours),
            format!("{} h", line.longest_hours),
            line.late.to_string(),
        ]);
    }
    text.push_str(&timings.text(false, "No file was erased because its ticket closed."));

    section(&mut text, "Requests in this time");
    pairs(
        &mut text,
        &[
            ("by customers", report.requests.by_customers.to_string()),
            ("by staff", report.requests.by_staff.to_string()),
            ("of customers, done", report.requests.done.to_string()),
            ("of customers, open", report.requests.open.to_string()),
            ("from receiving to done, the middle one", hours(report.requests.median_hours)),
            ("from receiving to done, the longest", hours(report.requests.worst_hours)),
            ("that took or take longer than 30 days", report.requests.over_30_days.to_string()),
            ("files customers asked for, erased", report.requests.customer_files_erased.to_string()),
            ("files customers asked for, still there", report.requests.customer_files_open.to_string()),
        ],
    );

    section(&mut text, "Receipts issued in this time");
    let receipts = &report.receipts;
    pairs(
        &mut text,
        &[
            ("issued", receipts.issued.to_string()),
            ("partial, a follow-up is owed", receipts.follow_up_owed.to_string()),
            ("waiting to be sent", receipts.waiting.to_string()),
            ("sent", receipts.sent.to_string()),
            ("came back", receipts.bounced.to_string()),
            ("confirmed by mail", receipts.confirmed_by_mail.to_string()),
            ("confirmed by mail, signed by the domain", receipts.confirmed_with_dkim.to_string()),
            ("confirmed in the thread", receipts.confirmed_in_thread.to_string()),
            ("disputed: a person must look", receipts.disputed.to_string()),
            ("sent and not answered", receipts.unanswered.to_string()),
        ],
    );

    section(&mut text, "Holds");
    let mut holds = Table::new([
        ("HOLD", Side::Left),
        ("OWNER", Side::Left),
        ("PLACED", Side::Left),
        ("REVIEW", Side::Left),
        ("", Side::Left),
    ]);
    for hold in &report.holds {
        let overdue = if hold.review_overdue { "overdue" } else { "" };
        holds.row([
            hold.hold.short(),
            hold.owner.short(),
            local_moment(hold.placed_at),
            local_moment(hold.review_at),
            overdue.to_owned(),
        ]);
    }
    text.push_str(&holds.text(false, "No hold is placed."));

    section(&mut text, "Last drill");
    match &report.drilled {
        Some(last) => pairs(
            &mut text,
            &[
                ("with", last.target.clone()),
                ("ended", local_moment(last.at)),
                ("result", passed(last.passed).to_owned()),
            ],
        ),
        None => text.push_str("No drill was run: `custody drill` tries what the backup promises.\n"),
    }

    section(&mut text, "Jobs");
    let mut jobs = Table::new([
        ("JOB", Side::Left),
        ("STANDING", Side::Left),
        ("LAST RUN", Side::Left),
        ("LAST GOOD", Side::Left),
        ("MET", Side::Left),
    ]);
    for line in &report.heartbeats {
        let last = &line.last;
        jobs.row([
            last.job.as_str().to_owned(),
            line.standing.to_owned(),
            local_moment(last.ran_at),
            last.good_at.map_or_else(|| "-".to_owned(), local_moment),
            last.fault.map_or_else(|| "-".to_owned(), |fault| problem(fault).what),
        ]);
    }
    text.push_str(&jobs.text(false, "No job has run yet."));
    text
}

fn section(text: &mut String, title: &str) {
    text.push_str(&format!("\n{title}\n{}\n", "-".repeat(title.len())));
}

fn pairs(text: &mut String, lines: &[(&str, String)]) {
    for (name, value) in lines {
        text.push_str(&format!("{name:<46} {value}\n"));
    }
}

const fn passed(passed: bool) -> &'static str {
    if passed { "passed" } else { "not passed" }
}

fn hours(hours: Option<u64>) -> String {
    hours.map_or_else(|| "-".to_owned(), |hours| format!("{hours} h"))
}

/// A location's state as a line of the list.
fn location(word: &str) -> &str {
    match word {
        "erased_verified" => "locations found empty",
        "key_destroyed" => "locations whose keys are destroyed",
        "expires_on" => "locations that end by themselves",
        "not_ours" => "locations that are not ours to erase",
        other => other,
    }
}

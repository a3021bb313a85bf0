//! A report as text, and as comma-separated values.

use custody_core::{flow::reconcile::Compared, report::Report};
use custody_desk::{problem::problem, words};

use crate::{
    failure::fault_word,
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
        lines.extend(reconciled(&found).into_iter().map(|(_, name, count)| (name, count.to_string())));
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
        let why: Vec<String> = line.why.iter().map(words::why).collect();
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

    section(&mut text, "Requests in this time");
    pairs(
        &mut text,
        &[
            ("by customers", report.requests.by_customers.to_string()),
            ("by staff", report.requests.by_staff.to_string()),
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

/// Everything that a comparison counts besides what fits: its word, and how it is called on the report.
const fn reconciled(found: &Compared) -> [(&'static str, &'static str, u64); 9] {
    [
        ("on_the_way", "arriving, being erased, or lost", found.on_the_way),
        ("parts", "part files of files that arrive", found.parts),
        ("aside", "set aside, unknown to the ledger", found.aside),
        ("foreign", "other things among the sealed files", found.foreign),
        ("without_key", "held files without a key", found.without_key),
        ("stray_keys", "keys of files that are not in custody", found.stray_keys),
        ("epoch_key_missing", "current epoch keys that are missing", found.epoch_key_missing as u64),
        ("old_epoch_keys", "keys of other epochs", found.old_epoch_keys),
        ("stray_drop_folders", "drop folders of no case", found.stray_drop_folders),
    ]
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

/// For spreadsheets: section, item, value. Times are RFC 3339, UTC.
pub fn csv(report: &Report) -> String {
    let mut rows: Vec<[String; 3]> = vec![["section".into(), "item".into(), "value".into()]];
    let mut add = |section: &str, item: &str, value: String| rows.push([section.to_owned(), item.to_owned(), value]);
    add("report", "made_at", report.made_at.to_string());
    add("report", "from", report.span.from.to_string());
    add("report", "to", report.span.to.to_string());
    for line in &report.held {
        add("held_files", &line.rule, line.files.to_string());
        add("held_bytes", &line.rule, line.bytes.to_string());
        add("held_oldest", &line.rule, line.oldest.map(|oldest| oldest.to_string()).unwrap_or_default());
    }
    let (erased, requests, receipts) = (&report.erased, &report.requests, &report.receipts);
    for (section, item, value) in [
        ("held", "due_in_7_days", report.due_in_7_days),
        ("held", "due_in_30_days", report.due_in_30_days),
        ("held", "lost", report.lost),
        ("held", "exposed_cases", report.exposed_cases),
        ("held", "open_viewing_copies", report.open_viewing_copies),
        ("held", "counted_bytes", report.counted_bytes),
        ("held", "physical_bytes", report.physical_bytes),
        ("held", "occupied_bytes", report.occupied_bytes),
        ("erased", "files", erased.files),
        ("erased", "bytes", erased.bytes),
        ("erased", "ticket_closed", erased.ticket_closed),
        ("erased", "customer_asked", erased.customer_asked),
        ("erased", "period_ended", erased.period_ended),
        ("erased", "staff_decided", erased.staff_decided),
        ("requests", "by_customers", requests.by_customers),
        ("requests", "by_staff", requests.by_staff),
        ("requests", "customer_files_erased", requests.customer_files_erased),
        ("requests", "customer_files_open", requests.customer_files_open),
        ("receipts", "issued", receipts.issued),
        ("receipts", "follow_up_owed", receipts.follow_up_owed),
        ("receipts", "waiting", receipts.waiting),
        ("receipts", "sent", receipts.sent),
        ("receipts", "bounced", receipts.bounced),
        ("receipts", "confirmed_by_mail", receipts.confirmed_by_mail),
        ("receipts", "confirmed_with_dkim", receipts.confirmed_with_dkim),
        ("receipts", "confirmed_in_thread", receipts.confirmed_in_thread),
        ("receipts", "disputed", receipts.disputed),
        ("receipts", "unanswered", receipts.unanswered),
    ] {
        add(section, item, value.to_string());
    }
    for (item, hours) in [("median_hours", erased.median_hours), ("longest_hours", erased.longest_hours)] {
        add("erased", item, hours.map(|hours| hours.to_string()).unwrap_or_default());
    }
    for (state, count) in &erased.locations {
        add("erased_locations", state, count.to_string());
    }
    for line in &report.overdue {
        let why: Vec<String> = line.why.iter().map(words::why).collect();
        add("overdue_since", &line.file.to_string(), line.since.to_string());
        add("overdue_why", &line.file.to_string(), why.join(" "));
    }
    for hold in &report.holds {
        add("hold_placed_at", &hold.hold.to_string(), hold.placed_at.to_string());
        add("hold_review_at", &hold.hold.to_string(), hold.review_at.to_string());
    }
    for line in &report.heartbeats {
        let beat = &line.last;
        add("job_standing", beat.job.as_str(), line.standing.to_owned());
        add("job_ran_at", beat.job.as_str(), beat.ran_at.to_string());
        add("job_good_at", beat.job.as_str(), beat.good_at.map(|at| at.to_string()).unwrap_or_default());
        add("job_fault", beat.job.as_str(), beat.fault.map(fault_word).unwrap_or_default());
    }
    if let Some(last) = &report.drilled {
        add("drill", "target", last.target.clone());
        add("drill", "at", last.at.to_string());
        add("drill", "result", passed(last.passed).to_owned());
    }
    if let Some(last) = &report.reconciled {
        add("reconciled", "at", last.at.to_string());
        add("reconciled", "whole", last.found.whole.to_string());
        add("reconciled", "counted_bytes", last.found.counted_bytes.to_string());
        for (word, _, count) in reconciled(&last.found) {
            add("reconciled", word, count.to_string());
        }
    }
    rows.iter().map(|row| row.each_ref().map(|cell| field(cell)).join(",") + "\r\n").collect()
}

/// A field by RFC 4180. A spreadsheet takes what begins like a formula for one, so such a text gets an apostrophe.
fn field(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_quoted_and_is_no_formula() {
        assert_eq!(field("plain"), "plain");
        assert_eq!(field("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(field("=HYPERLINK(1,2)"), "\"'=HYPERLINK(1,2)\"");
    }
}

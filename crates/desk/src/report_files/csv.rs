//! For spreadsheets: section, item, value, one thing a line. Times are RFC 3339, UTC.

use custody_core::{Timestamp, hold::HoldScope};

use super::{Told, compared};
use crate::{happening, words};

/// The lines, each ended as RFC 4180 has it.
pub fn csv(told: &Told) -> String {
    let report = &told.report;
    let mut rows = Rows(vec![["section".into(), "item".into(), "value".into()]]);
    rows.about(told);
    for rule in &report.rules {
        rows.add("rule", &rule.name, &rule.says);
    }
    for line in &report.held {
        rows.add("held_files", &line.rule, line.files);
        rows.add("held_bytes", &line.rule, line.bytes);
        rows.add("held_oldest", &line.rule, moment(line.oldest));
        for age in &line.ages {
            let days =
                age.to_days.map_or_else(|| format!("{}+", age.from_days), |to| format!("{}-{to}", age.from_days));
            rows.add(&format!("held_files_of_{days}_days"), &line.rule, age.files);
        }
    }
    rows.numbers(told);
    for (state, count) in &report.erased.locations {
        rows.add("erased_locations", state, count);
    }
    for timing in &report.closing_to_erasure {
        let section = format!("closing_to_erasure_rule_{}_hours", timing.allowed_hours);
        rows.add(&section, "files", timing.files);
        rows.add(&section, "late", timing.late);
        rows.add(&section, "median_hours", timing.median_hours);
        rows.add(&section, "longest_hours", timing.longest_hours);
        for band in &timing.bands {
            rows.add(&section, &format!("files_of_{}_to_{}_hours", band.from_hours, band.to_hours), band.files);
        }
    }
    for line in &report.overdue {
        let (file, why) =
            (line.file.to_string(), words::reasons(&line.why.iter().map(happening::why).collect::<Vec<_>>()));
        rows.add("overdue_case", &file, line.case);
        rows.add("overdue_since", &file, line.since);
        rows.add("overdue_why", &file, why);
        rows.add("overdue_owner", &file, line.owner.map(|owner| told.person(owner)).unwrap_or_default());
    }
    for hold in &report.holds {
        let id = hold.hold.to_string();
        let covers = match hold.covers {
            HoldScope::File(_) => "file",
            HoldScope::Case(_) => "case",
            HoldScope::Customer(_) => "customer",
        };
        rows.add("hold_covers", &id, covers);
        rows.add("hold_case", &id, hold.case.map(|case| case.to_string()).unwrap_or_default());
        rows.add("hold_files", &id, hold.files);
        rows.add("hold_owner", &id, told.person(hold.owner));
        rows.add("hold_placed_at", &id, hold.placed_at);
        rows.add("hold_review_at", &id, hold.review_at);
        rows.add("hold_review_overdue", &id, hold.review_overdue);
    }
    for copy in &report.viewing_copies {
        let id = copy.copy.to_string();
        rows.add("viewing_copy_file", &id, copy.file);
        rows.add("viewing_copy_by", &id, told.person(copy.by));
        rows.add("viewing_copy_made_at", &id, copy.made_at);
        rows.add("viewing_copy_until", &id, copy.until);
    }
    rows.machine(told);
    rows.0.iter().map(|row| row.each_ref().map(|cell| field(cell)).join(",") + "\r\n").collect()
}

struct Rows(Vec<[String; 3]>);

impl Rows {
    fn add(&mut self, section: &str, item: &str, value: impl ToString) {
        self.0.push([section.to_owned(), item.to_owned(), value.to_string()]);
    }

    fn about(&mut self, told: &Told) {
        let report = &told.report;
        self.add("report", "desk", told.desk);
        self.add("report", "issuer", &told.issuer);
        self.add("report", "tool", &told.tool);
        self.add("report", "made_at", report.made_at);
        self.add("report", "from", report.span.from);
        self.add("report", "to", report.span.to);
        self.add("ledger", "events", told.ledger.index);
        self.add("ledger", "head", &told.ledger.head);
        self.add("ledger", "broken_at", told.broken_at.map(|at| at.to_string()).unwrap_or_default());
    }

    fn numbers(&mut self, told: &Told) {
        let report = &told.report;
        let (erased, requests, receipts) = (&report.erased, &report.requests, &report.receipts);
        for (section, item, value) in [
            ("held", "due_in_7_days", report.due_in_7_days),
            ("held", "due_in_30_days", report.due_in_30_days),
            ("held", "lost", report.lost),
            ("held", "exposed_cases", report.exposed_cases),
            ("held", "open_to_anyone", report.open_to_anyone),
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
            ("requests", "done", requests.done),
            ("requests", "open", requests.open),
            ("requests", "without_files", requests.without_files),
            ("requests", "unclear", requests.unclear),
            ("requests", "set_aside", requests.set_aside),
            ("requests", "over_30_days", requests.over_30_days),
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
            self.add(section, item, value);
        }
        for (section, item, hours) in [
            ("erased", "median_hours", erased.median_hours),
            ("erased", "longest_hours", erased.longest_hours),
            ("requests", "median_hours", requests.median_hours),
            ("requests", "worst_hours", requests.worst_hours),
        ] {
            self.add(section, item, hours.map(|hours| hours.to_string()).unwrap_or_default());
        }
    }

    fn machine(&mut self, told: &Told) {
        let report = &told.report;
        for line in &report.heartbeats {
            let (beat, job) = (&line.last, line.last.job.as_str());
            let fault = beat.fault.and_then(|fault| serde_json::to_value(fault).ok());
            let fault = fault.as_ref().and_then(|word| word.as_str()).unwrap_or_default();
            self.add("job_standing", job, line.standing);
            self.add("job_ran_at", job, beat.ran_at);
            self.add("job_good_at", job, moment(beat.good_at));
            self.add("job_fault", job, fault);
        }
        if let Some(last) = &report.drilled {
            self.add("drill", "target", &last.target);
            self.add("drill", "at", last.at);
            self.add("drill", "result", if last.passed { "passed" } else { "not passed" });
        }
        if let Some(last) = &report.reconciled {
            self.add("reconciled", "at", last.at);
            self.add("reconciled", "whole", last.found.whole);
            self.add("reconciled", "counted_bytes", last.found.counted_bytes);
            for (word, _, count) in compared(&last.found) {
                self.add("reconciled", word, count);
            }
        }
    }
}

fn moment(at: Option<Timestamp>) -> String {
    at.map(|at| at.to_string()).unwrap_or_default()
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

//! For people: what a manager hands to an auditor.

use custody_core::{
    Timestamp,
    hold::HoldScope,
    report::{Age, Receipts, Report, Timing},
};
use custody_paper::{Bars, Block, Column, Figure, Histogram, Paper, Section, Table};
use jiff::tz::TimeZone;

use super::{Told, compared, moment};
use crate::{happening, problem::problem, words};

const UNITS: [&str; 6] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

const DEFINITIONS: [&str; 9] = [
    "Held: files that are sealed on this machine, by the rule that is asked about each. The age counts from the arrival.",
    "Due in 7 and 30 days: held files that will be erased by then if nothing changes; files under a hold are not among them.",
    "Overdue: files whose ticket is closed, whose period is over, or that somebody asked to have erased, and that are kept by a \
     hold or by a tracker that gives no certain answer; and files whose erasure has been tried and has not succeeded.",
    "Erased: files of which every location was looked at again after the erasure. The key's destruction together with the \
     removal is logical deletion with cryptographic erase; it is no statement about the cells of a disk.",
    "From closing to erasure: whole hours from the closing of the ticket (or the file's arrival, if that was later) to the proof, \
     for files erased because their ticket closed. The rule's line is the end of grace; late means more than 24 hours after it. \
     Where a ticket was opened again since, both count from the end of the rule's period.",
    "Requests: by customers, received in this time. Done means that every file it spoke of is proven erased; the time runs from \
     the reading of the request to the last proof. The middle one of an even number is the greater of the two.",
    "Receipts: issued in this time. Confirmed means that the customer answered so; each is counted once, by its best evidence.",
    "Counted bytes are the lengths of sealed files by the ledger, physical bytes those of the files on the disk, occupied bytes \
     the room that the disk gives them.",
    "Jobs: good means that the last run met no problem and the next one is not late.",
];

/// The document.
pub fn paper(told: &Told) -> Paper {
    let report = &told.report;
    let so_far = if report.span.to > report.made_at { ", as far as it had passed" } else { "" };
    let period = format!("{} to {} UTC{so_far}", moment(report.span.from), moment(report.span.to));
    let made = TimeZone::UTC.to_datetime(report.made_at);
    let part = |value: i8| u8::try_from(value).unwrap_or(0);
    Paper {
        title: "Retention report".to_owned(),
        subtitle: "Files that customers entrusted to support".to_owned(),
        issuer: told.issuer.clone(),
        facts: facts(told, &period),
        foot: format!("Desk {} · made {} UTC", told.desk, moment(report.made_at)),
        made_at: (
            u16::try_from(made.year()).unwrap_or(0),
            part(made.month()),
            part(made.day()),
            part(made.hour()),
            part(made.minute()),
            part(made.second()),
        ),
        tool: told.tool.clone(),
        sections: vec![
            at_a_glance(report),
            rules(report),
            held(report),
            overdue(told),
            erased(report),
            timing(report),
            requests(report),
            receipts(&report.receipts),
            holds(told),
            copies(told),
            disk(report),
            machine(report),
            section(
                "How the figures are defined",
                DEFINITIONS.iter().map(|text| Block::Text((*text).to_owned())).collect(),
            ),
            checking(told),
        ],
    }
}

fn section(heading: &str, blocks: Vec<Block>) -> Section {
    Section { heading: heading.to_owned(), blocks }
}

fn note(text: &str) -> Block {
    Block::Note(text.to_owned())
}

fn facts(told: &Told, period: &str) -> Vec<(String, String)> {
    let record = match told.broken_at {
        None => format!("The chain of {} events is whole. Its end: {}", told.ledger.index, told.ledger.head),
        Some(at) => format!("THE CHAIN DOES NOT FIT AT EVENT {at}: the record was changed from outside."),
    };
    [
        ("Issuer", told.issuer.clone()),
        ("Period", period.to_owned()),
        ("Made", format!("{} UTC by {}", moment(told.report.made_at), told.tool)),
        ("Desk", told.desk.to_string()),
        ("Record", record),
        ("Times", "All times are UTC.".to_owned()),
        ("Names", "Rules and members of staff are named; customers and files stand by their ids alone.".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

fn figure(value: impl ToString, label: &str, stands_out: bool) -> Figure {
    Figure { value: value.to_string(), label: label.to_owned(), stands_out }
}

fn at_a_glance(report: &Report) -> Section {
    let files: u64 = report.held.iter().map(|line| line.files).sum();
    let receipts = &report.receipts;
    section(
        "At a glance",
        vec![Block::Figures(vec![
            figure(files, "files held now", false),
            figure(report.due_in_7_days, "due within 7 days", false),
            figure(report.due_in_30_days, "due within 30 days", false),
            figure(report.overdue.len(), "overdue", !report.overdue.is_empty()),
            figure(report.erased.files, "files erased in this time", false),
            figure(hours(report.erased.median_hours), "reason to proof (median)", false),
            figure(format!("{} of {}", confirmed(receipts), receipts.issued), "receipts confirmed", false),
            figure(report.lost, "lost files", report.lost > 0),
        ])],
    )
}

fn rules(report: &Report) -> Section {
    let rows = report.rules.iter().map(|rule| vec![rule.name.clone(), rule.says.clone()]).collect();
    let columns = vec![Column::words("Rule", 1.0), Column::words("What it says", 3.4)];
    section(
        "Retention rules in force",
        vec![
            note("Asked from the first to the last; the first one that applies to a file is its rule."),
            Block::Table(Table { columns, rows, empty: "There is no rule.".to_owned() }),
        ],
    )
}

fn held(report: &Report) -> Section {
    let ages: &[Age] = report.held.first().map_or(&[], |line| &line.ages);
    let mut columns = vec![Column::words("Rule", 2.2), Column::numbers("Files", 0.8), Column::numbers("Size", 1.2)];
    columns.extend(ages.iter().map(|age| Column::numbers(&days(age), 0.9)));
    columns.push(Column::numbers("Oldest", 1.7));
    let rows = report
        .held
        .iter()
        .map(|line| {
            let mut row = vec![line.rule.clone(), line.files.to_string(), size(line.bytes)];
            row.extend(line.ages.iter().map(|age| age.files.to_string()));
            row.push(line.oldest.map_or_else(String::new, day));
            row
        })
        .collect();
    let mut blocks = vec![Block::Table(Table { columns, rows, empty: "No file is held.".to_owned() })];
    if report.held.len() > 1 {
        let bars =
            report.held.iter().map(|line| (line.rule.clone(), line.files, counted(line.files, "file"))).collect();
        blocks.push(Block::Bars(Bars { caption: "Files held now, by rule".to_owned(), bars }));
    }
    if report.exposed_cases > 0 {
        blocks.push(Block::Text(format!("{} cases are in threads that are private no longer.", report.exposed_cases)));
    }
    if report.open_to_anyone > 0 {
        blocks.push(Block::Text(format!(
            "In {} cases the forum serves attachments to anybody who knows their address.",
            report.open_to_anyone
        )));
    }
    section("Held now", blocks)
}

fn overdue(told: &Told) -> Section {
    let rows = told
        .report
        .overdue
        .iter()
        .map(|line| {
            let why: Vec<_> = line.why.iter().map(|why| happening::why(why).to_string()).collect();
            let why = if why.is_empty() { "The erasure does not succeed.".to_owned() } else { why.join(" ") };
            let owner = line.owner.map_or_else(|| "nobody's hold".to_owned(), |owner| told.person(owner));
            vec![line.file.short(), line.case.short(), moment(line.since), why, owner]
        })
        .collect();
    let columns = vec![
        Column::words("File", 0.8),
        Column::words("Case", 0.8),
        Column::words("Since", 1.3),
        Column::words("What stands against it", 3.2),
        Column::words("Owner", 1.2),
    ];
    section("Overdue", vec![Block::Table(Table { columns, rows, empty: "Nothing is overdue.".to_owned() })])
}

fn erased(report: &Report) -> Section {
    let erased = &report.erased;
    let reasons = [
        ("the ticket closed", erased.ticket_closed),
        ("the customer asked", erased.customer_asked),
        ("a period ended", erased.period_ended),
        ("staff decided", erased.staff_decided),
    ];
    let mut blocks = vec![Block::Text(format!(
        "{} ({}) were erased in this time. From the fact that made a file due to the proof: the middle one {}, the longest {}.",
        counted(erased.files, "file"),
        size(erased.bytes),
        hours(erased.median_hours),
        hours(erased.longest_hours)
    ))];
    if erased.files > 0 {
        let bars =
            reasons.iter().map(|(reason, count)| ((*reason).to_owned(), *count, counted(*count, "file"))).collect();
        blocks.push(Block::Bars(Bars { caption: "Files erased, by the reason".to_owned(), bars }));
        let bars =
            erased.locations.iter().map(|(state, count)| (location(state).to_owned(), *count, count.to_string()));
        blocks.push(Block::Bars(Bars {
            caption: "Locations of these files, by what was found when they were looked at again".to_owned(),
            bars: bars.collect(),
        }));
    }
    section("Erased in this time", blocks)
}

fn timing(report: &Report) -> Section {
    let mut blocks = Vec::new();
    if report.closing_to_erasure.is_empty() {
        blocks.push(Block::Text("No file was erased in this time because its ticket closed.".to_owned()));
    }
    for timing in &report.closing_to_erasure {
        blocks.push(Block::Histogram(histogram(timing)));
    }
    section("From closing to erasure", blocks)
}

fn histogram(timing: &Timing) -> Histogram {
    let late = match timing.late {
        0 => "none was late".to_owned(),
        1 => "1 was late".to_owned(),
        late => format!("{late} were late"),
    };
    Histogram {
        caption: format!(
            "{} with {} h from closing to the end of grace: the middle one took {} h, the longest {} h; {late}.",
            counted(timing.files, "file"),
            timing.allowed_hours,
            timing.median_hours,
            timing.longest_hours
        ),
        across: "hours from the ticket's closing to the proven erasure".to_owned(),
        up: "files".to_owned(),
        bars: timing.bands.iter().map(|band| (band.from_hours, band.to_hours, band.files)).collect(),
        mark: Some((timing.allowed_hours, format!("the rule: {} h", timing.allowed_hours))),
    }
}

fn requests(report: &Report) -> Section {
    let requests = &report.requests;
    let figures = vec![
        figure(requests.by_customers, "received from customers", false),
        figure(requests.done, "done", false),
        figure(requests.open, "open", requests.open > 0),
        figure(requests.over_30_days, "longer than 30 days", requests.over_30_days > 0),
        figure(hours(requests.median_hours), "to done (median)", false),
        figure(hours(requests.worst_hours), "to done (longest)", false),
    ];
    let others = format!(
        "{} found nothing to erase, {} wait for a person to say whether they are requests, {} were found to be none. Of the files \
         that customers asked for, {} are erased and {} are still there. Staff asked {} times.",
        requests.without_files,
        requests.unclear,
        requests.set_aside,
        requests.customer_files_erased,
        requests.customer_files_open,
        requests.by_staff
    );
    section("Customers' requests in this time", vec![Block::Figures(figures), Block::Text(others)])
}

fn receipts(receipts: &Receipts) -> Section {
    let bars = [
        ("confirmed in the thread", receipts.confirmed_in_thread),
        ("confirmed by signed mail", receipts.confirmed_with_dkim),
        ("confirmed by mail", receipts.confirmed_by_mail),
        ("disputed", receipts.disputed),
        ("sent, not answered", receipts.unanswered),
        ("waiting to be sent", receipts.waiting),
        ("came back", receipts.bounced),
    ];
    let text = format!(
        "{} receipts were issued, {} sent, {} confirmed. {} could not close every location and are owed a follow-up.",
        receipts.issued,
        receipts.sent,
        confirmed(receipts),
        receipts.follow_up_owed
    );
    let mut blocks = vec![Block::Text(text)];
    if receipts.issued > 0 {
        let bars = bars.iter().map(|(name, count)| ((*name).to_owned(), *count, count.to_string())).collect();
        blocks.push(Block::Bars(Bars { caption: "Receipts issued in this time".to_owned(), bars }));
    }
    section("Receipts", blocks)
}

const fn confirmed(receipts: &Receipts) -> u64 {
    receipts.confirmed_in_thread + receipts.confirmed_with_dkim + receipts.confirmed_by_mail
}

fn holds(told: &Told) -> Section {
    let rows = told
        .report
        .holds
        .iter()
        .map(|hold| {
            let covers = match hold.covers {
                HoldScope::File(file) => format!("file {}", file.short()),
                HoldScope::Case(case) => format!("case {}", case.short()),
                HoldScope::Customer(customer) => format!("customer {}", customer.short()),
            };
            let review = if hold.review_overdue { " (overdue)" } else { "" };
            vec![
                hold.hold.short(),
                told.person(hold.owner),
                covers,
                hold.files.to_string(),
                day(hold.placed_at),
                format!("{}{review}", day(hold.review_at)),
            ]
        })
        .collect();
    let columns = vec![
        Column::words("Hold", 0.8),
        Column::words("Owner", 1.4),
        Column::words("Covers", 1.4),
        Column::numbers("Files", 0.6),
        Column::numbers("Placed", 1.0),
        Column::numbers("Review", 1.6),
    ];
    section("Holds", vec![Block::Table(Table { columns, rows, empty: "No hold is placed.".to_owned() })])
}

fn copies(told: &Told) -> Section {
    let rows = told
        .report
        .viewing_copies
        .iter()
        .map(|copy| {
            let over = if copy.over { " (over)" } else { "" };
            vec![copy.file.short(), told.person(copy.by), moment(copy.made_at), format!("{}{over}", moment(copy.until))]
        })
        .collect();
    let columns = vec![
        Column::words("File", 1.0),
        Column::words("For", 1.4),
        Column::numbers("Made", 1.4),
        Column::numbers("Lease ends", 1.8),
    ];
    section(
        "Open viewing copies",
        vec![Block::Table(Table { columns, rows, empty: "No viewing copy exists.".to_owned() })],
    )
}

fn disk(report: &Report) -> Section {
    let most = [
        ("counted by the ledger", report.counted_bytes),
        ("physical, by their lengths", report.physical_bytes),
        ("occupied on the disk", report.occupied_bytes),
    ];
    let bars = most.iter().map(|(name, bytes)| ((*name).to_owned(), *bytes, size(*bytes))).collect();
    let mut blocks = vec![Block::Bars(Bars { caption: "Bytes of sealed files".to_owned(), bars })];
    let same = report.counted_bytes == report.physical_bytes;
    let differ = report.counted_bytes.abs_diff(report.physical_bytes);
    blocks.push(Block::Text(if same {
        format!("Counted and physical bytes are the same: {} bytes.", report.counted_bytes)
    } else {
        format!(
            "Counted and physical bytes differ by {differ} bytes ({} counted, {} physical). Files that arrive, are being erased, \
             were lost or were set aside can account for it; the last comparison says how many there were.",
            report.counted_bytes, report.physical_bytes
        )
    }));
    if let Some(last) = &report.reconciled {
        let mut rows = vec![vec!["held, on the disk as in the ledger".to_owned(), last.found.whole.to_string()]];
        rows.extend(compared(&last.found).map(|(_, name, count)| vec![name.to_owned(), count.to_string()]));
        let columns = vec![Column::words(&format!("Compared {}", moment(last.at)), 3.0), Column::numbers("Count", 1.0)];
        blocks.push(Block::Table(Table { columns, rows, empty: String::new() }));
    }
    section("Disk against ledger", blocks)
}

fn machine(report: &Report) -> Section {
    let drill = match &report.drilled {
        Some(last) => format!(
            "The last drill, with the backup {}, ended {} and {}.",
            last.target,
            moment(last.at),
            if last.passed { "passed" } else { "DID NOT PASS" }
        ),
        None => "No drill with a backup was run.".to_owned(),
    };
    let rows = report
        .heartbeats
        .iter()
        .map(|line| {
            let last = &line.last;
            vec![
                last.job.as_str().to_owned(),
                line.standing.to_owned(),
                moment(last.ran_at),
                last.good_at.map_or_else(|| "never".to_owned(), moment),
                last.fault.map_or_else(String::new, |fault| problem(fault).what),
            ]
        })
        .collect();
    let columns = vec![
        Column::words("Job", 0.9),
        Column::words("Standing", 0.8),
        Column::words("Last run", 1.4),
        Column::words("Last good run", 1.4),
        Column::words("Met", 2.4),
    ];
    section(
        "Jobs and drills",
        vec![Block::Text(drill), Block::Table(Table { columns, rows, empty: "No job has run yet.".to_owned() })],
    )
}

fn checking(told: &Told) -> Section {
    section(
        "How to check this document",
        vec![
            Block::Text(
                "Beside this document lies its signed statement: a file of the same name that ends in .sig.json. It gives the length \
                 and the SHA-256 digest of exactly this file, the desk, the period and the end of the record, and is signed with the \
                 key that signs this desk's receipts (Ed25519, in a DSSE envelope). A document without a statement that fits proves \
                 nothing."
                    .to_owned(),
            ),
            Block::Text(
                "With the program: custody report verify report.pdf --key desk.pub. With ordinary tools: docs/reports.md, which comes \
                 with the program. Take the desk's public key from a place that you trust, not from whoever hands you the report."
                    .to_owned(),
            ),
            Block::Text(format!(
                "The export is itself an event of the record. An export of the record that is made later holds event {} with the \
                 hash {}.",
                told.ledger.index, told.ledger.head
            )),
        ],
    )
}

fn location(word: &str) -> &str {
    match word {
        "erased_verified" => "found empty",
        "key_destroyed" => "key destroyed",
        "expires_on" => "end by themselves",
        "requested_not_confirmed" => "asked, not confirmed",
        "not_ours" => "not ours to erase",
        "present" => "still there",
        "held" => "held",
        "failed" => "failed",
        other => other,
    }
}

fn days(age: &Age) -> String {
    match age.to_days {
        Some(to) if age.from_days == 0 => format!("< {to} d"),
        Some(to) => format!("{}–{to} d", age.from_days),
        None => format!("≥ {} d", age.from_days),
    }
}

fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

fn hours(hours: Option<u64>) -> String {
    hours.map_or_else(|| "–".to_owned(), |hours| format!("{hours} h"))
}

fn counted(count: u64, thing: &str) -> String {
    words::counted(count, thing)
}

/// "1.2 MiB"
fn size(bytes: u64) -> String {
    let mut scaled = bytes;
    let mut rest = 0;
    let mut unit = 0;
    while scaled >= 1024 && unit + 1 < UNITS.len() {
        (rest, scaled, unit) = (scaled % 1024, scaled / 1024, unit + 1);
    }
    let name = UNITS.get(unit).copied().unwrap_or("B");
    if unit == 0 || scaled >= 10 { format!("{scaled} {name}") } else { format!("{scaled}.{} {name}", rest * 10 / 1024) }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_in_binary_units() {
        for (bytes, text) in [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1536, "1.5 KiB"), (40 << 20, "40 MiB")]
        {
            assert_eq!(size(bytes), text);
        }
        assert!(size(u64::MAX).ends_with(" PiB"));
    }
}

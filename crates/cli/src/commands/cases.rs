//! `custody cases`

use clap::Args;
use custody_core::{Timestamp, case_list::CaseStanding, letter::shown, request::RequestStanding};
use custody_desk::{
    views::{CaseRow, CaseView, TicketState},
    words,
};

use super::{drop_folder, files, holds, receipts};
use crate::{
    context::Context,
    failure::Failure,
    ids::short,
    named,
    table::{Side, Table, clipped, size},
    times::{local, local_or_dash},
};

const EXAMPLES: &str = "\
Examples:
  custody cases
  custody cases 3f9a1c
  custody cases --json | jq -r '.[] | select(.standing == \"needs_person\") | .id'";

/// List the cases, or show one with everything in it
///
/// A case is a private thread with its customer, its ticket and its files. With an id (its first six digits are enough) the case is
/// shown whole: why its files are kept or erased when they are, its files, holds, requests, receipts, and what happened so far.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Cases {
    /// Show this case with everything in it
    #[arg(value_name = "CASE")]
    case: Option<String>,
}

/// Lists cases, or shows one.
pub async fn cases(args: Cases, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let styled = context.out.is_styled();
            match &args.case {
                None => context.out.show(desk.cases().await?.as_slice(), |rows| list(rows, styled)),
                Some(case) => {
                    let view = desk.case(named::case(desk, case).await?).await?;
                    let now = desk.now();
                    context.out.show(&view, |view| whole(view, now, styled))
                }
            }
        })
        .await
}

fn list(rows: &[CaseRow], styled: bool) -> String {
    let mut table = Table::new([
        ("CASE", Side::Left),
        ("STANDING", Side::Left),
        ("TICKET", Side::Left),
        ("FILES", Side::Right),
        ("SIZE", Side::Right),
        ("ERASED ON", Side::Left),
        ("CUSTOMER", Side::Left),
        ("TITLE", Side::Left),
    ]);
    for row in rows {
        table.row([
            short(&row.id).to_owned(),
            standing(row.standing).to_owned(),
            ticket(row.ticket_state).to_owned(),
            row.files.to_string(),
            size(row.bytes),
            local_or_dash(row.erases_at.as_deref()),
            clipped(&row.customer, 24),
            clipped(&row.title, 60),
        ]);
    }
    table.text(styled, "No case yet: `custody sync` looks for them.")
}

fn whole(view: &CaseView, now: Timestamp, styled: bool) -> String {
    let row = &view.row;
    let mut text = format!("Case {}  {}\n\n", row.id, row.title);
    for (name, value) in [
        ("Customer", row.customer.clone()),
        ("Ticket", format!("{}, {}", row.ticket, ticket(row.ticket_state))),
        ("Thread", view.thread_url.clone()),
        ("Standing", standing(row.standing).to_owned()),
        ("Erased on", local_or_dash(row.erases_at.as_deref())),
        ("Opened", local(&row.opened_at)),
        ("Rule", words::rules(&view.rules)),
    ] {
        text.push_str(&format!("{name:<10} {value}\n"));
    }
    let mut told: Vec<String> = Vec::new();
    for why in view.why.iter().map(ToString::to_string) {
        // To the second many reasons are the same.
        if !told.contains(&why) {
            text.push_str(&format!("{:<10} {why}\n", if told.is_empty() { "Why" } else { "" }));
            told.push(why);
        }
    }
    if view.open_to_anyone == Some(true) {
        text.push_str("Exposed    The forum serves this thread's files to anybody who knows their address.\n");
    }
    for offer in &view.ticket_offers {
        let (tracker, key) = (shown(&offer.tracker), shown(&offer.key));
        text.push_str(&format!("Offered    {tracker} {key}: `custody link` takes it or sets it aside\n"));
    }
    for link in &view.links {
        // From the thread, so made safe; nothing is fetched from there.
        text.push_str(&format!("Link       {}, outside custody: {}\n", shown(&link.service), shown(&link.url)));
    }
    if let Some(folder) = &view.drop_folder {
        text.push_str(&format!("Save to    {folder}\n"));
    }
    for left in &view.left {
        text.push_str(&format!("Left there {}: {}\n", left.name, drop_folder::why(left)));
    }
    text.push_str(&format!("\n{}", files::list(&view.files, styled)));
    if !view.holds.is_empty() {
        text.push_str(&format!("\n{}", holds::list(&view.holds, now, styled)));
    }
    if !view.requests.is_empty() {
        let mut table = Table::new([
            ("REQUEST", Side::Left),
            ("STANDING", Side::Left),
            ("BY", Side::Left),
            ("RECEIVED", Side::Left),
            ("TOLD OF HOLD", Side::Left),
            ("REASON", Side::Left),
        ]);
        for request in &view.requests {
            table.row([
                short(&request.id).to_owned(),
                request_standing(request.standing).to_owned(),
                if request.by_customer { "customer" } else { "staff" }.to_owned(),
                local(&request.received_at),
                request.told.clone().unwrap_or_else(|| "-".to_owned()),
                request.reason.clone(),
            ]);
        }
        text.push_str(&format!("\n{}", table.text(styled, "")));
    }
    if !view.receipts.is_empty() {
        text.push_str(&format!("\n{}", receipts::list(&view.receipts, styled)));
    }
    let mut timeline = Table::new([("WHEN", Side::Left), ("WHO", Side::Left), ("WHAT", Side::Left)]);
    for event in &view.timeline {
        timeline.row([local(&event.at), clipped(&event.who.to_string(), 24), event.what.to_string()]);
    }
    text.push_str(&format!("\n{}", timeline.text(styled, "")));
    text
}

const fn standing(standing: CaseStanding) -> &'static str {
    match standing {
        CaseStanding::Arriving => "arriving",
        CaseStanding::Held => "held",
        CaseStanding::Due => "due",
        CaseStanding::OnHold => "on hold",
        CaseStanding::Erasing => "erasing",
        CaseStanding::Erased => "erased",
        CaseStanding::Confirmed => "confirmed",
        CaseStanding::NeedsPerson => "needs a person",
        CaseStanding::Empty => "empty",
    }
}

const fn request_standing(standing: RequestStanding) -> &'static str {
    match standing {
        RequestStanding::Accepted => "accepted",
        RequestStanding::Unclear => "unclear",
        RequestStanding::SetAside => "set aside",
    }
}

const fn ticket(state: TicketState) -> &'static str {
    match state {
        TicketState::Open => "open",
        TicketState::Closed => "closed",
        TicketState::InDoubt => "in doubt",
    }
}

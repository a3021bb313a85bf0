//! Cases and files.

use custody_core::{
    Private,
    case::Case,
    case_list::{CaseStanding, CaseSummary},
    erasure_list::ListedErasure,
    flow::{
        FlowError,
        choose::{self, Known},
        drop_folders::{self, Left},
    },
    held_file::{HeldFile, State, StateName},
    hold::{Hold, HoldScope},
    letter::shown,
    own_date::OwnDateScope,
    receipt::Answer,
    request::Request,
    retention::{Plan, Verdict, decide},
    ticket::OfferStanding,
};

use super::{Page, event_view, is_alive, receipt_row, request_view, time, viewing::copies};
use crate::{
    happening,
    problem::problem,
    views::{
        CaseRow, CaseRuleView, CaseView, FileView, HoldView, LeftView, LeftWhy, LinkView, OwnDateView, TicketState,
        TicketView,
    },
};

/// A case with everything in it.
pub async fn case_view(page: &Page<'_>, case: &Case) -> Result<CaseView, FlowError> {
    let ledger = &page.ports.ledger;
    let files = ledger.files_of_case(case.id).await?;
    let requests = ledger.requests(case.id).await?;
    let known = Known::of(page.ports, &[&page.policy.rules], case).await?;
    let plan = plan(page, case, &known, &files, &requests);
    let mut file_views = Vec::new();
    for file in &files {
        file_views.push(file_view(page, file).await?);
    }
    let mut holds = Vec::new();
    for hold in ledger.holds(true).await? {
        let of_file = |file: &HeldFile| hold.scope.covers(file.id(), case.id, case.customer);
        let of_case = matches!(hold.scope, HoldScope::Case(id) if id == case.id)
            || matches!(hold.scope, HoldScope::Customer(id) if id == case.customer);
        if of_case || files.iter().any(of_file) {
            holds.push(hold_view(page, &hold).await?);
        }
    }
    let mut receipts = Vec::new();
    for receipt in ledger.receipts_of_case(case.id).await? {
        receipts.push(receipt_row(page, &receipt).await?);
    }
    let mut request_views = Vec::new();
    let replies = ledger.replies_of_case(case.id).await?;
    for request in &requests {
        let reply = replies.iter().find(|reply| reply.request == request.id);
        request_views.push(request_view(page.ports, request, reply).await?);
    }
    let mut timeline = Vec::new();
    for (index, event) in ledger.events_of_case(case.id).await? {
        timeline.push(event_view(page.ports, index, &event).await?);
    }
    let mut why: Vec<_> = plan.verdicts.iter().flat_map(|verdict| verdict.why.iter().map(happening::why)).collect();
    // Files of one case mostly share their reasons; each is said once.
    let mut said = std::collections::BTreeSet::new();
    why.retain(|reason| said.insert(reason.clone()));
    Ok(CaseView {
        row: case_row(page, case, &summary(page, case, &files, &requests, &plan).await?).await?,
        customer_id: case.customer.to_string(),
        topic: case.topic.0,
        thread_url: format!("{}/t/{}", page.forum_url, case.topic.0),
        open_to_anyone: case.probe.map(|probe| probe.open),
        links: links(page, case).await?,
        // Neither keeps a case from being shown: a folder that cannot be read is told by its job.
        drop_folder: page.ports.drop_folders.path(case.id).await.ok().flatten().map(Private::into_revealed),
        left: left(page, case).await,
        ticket_offers: ticket_offers(page, case).await?,
        rules: rules(page, case, &known, &files),
        why,
        own_dates: own_dates(page, case).await?,
        files: file_views,
        holds,
        requests: request_views,
        receipts,
        timeline,
    })
}

/// The rules of the files that are in custody. Without any, of all that were.
fn rules(page: &Page<'_>, case: &Case, known: &Known, files: &[HeldFile]) -> Vec<CaseRuleView> {
    let alive: Vec<_> = files.iter().filter(|file| file.is_in_strongroom()).collect();
    let all: Vec<_> = files.iter().collect();
    let meant = if alive.is_empty() { all } else { alive };
    // Rules of different names may say the same.
    let mut views: Vec<CaseRuleView> = Vec::new();
    for (rule, its) in known.rules(page.policy, case, &meant) {
        let terms = rule.terms().into();
        let files = u32::try_from(its.len()).unwrap_or(u32::MAX);
        match views.iter_mut().find(|view| view.terms == terms) {
            Some(view) => view.files = view.files.saturating_add(files),
            None => views.push(CaseRuleView { files, terms }),
        }
    }
    views
}

async fn links(page: &Page<'_>, case: &Case) -> Result<Vec<LinkView>, FlowError> {
    let links = page.ports.ledger.case_links(case.id).await?;
    Ok(links
        .iter()
        .map(|link| LinkView {
            service: happening::service(link.service).to_owned(),
            url: link.url.reveal().clone(),
            noted_at: time(link.noted_at),
        })
        .collect())
}

async fn own_dates(page: &Page<'_>, case: &Case) -> Result<Vec<OwnDateView>, FlowError> {
    let mut views = Vec::new();
    for date in page.ports.ledger.own_dates(case.id).await? {
        if date.withdrawn.is_some() {
            continue;
        }
        let by = page.ports.ledger.person_name(date.by).await?;
        let reason = page.ports.ledger.own_date_reason(date.scope).await?;
        views.push(OwnDateView {
            file: match date.scope {
                OwnDateScope::File(file) => Some(file.to_string()),
                OwnDateScope::Case(_) => None,
            },
            end: time(date.end),
            by: by.map_or_else(String::new, |name| shown(name.reveal())),
            given_at: time(date.given_at),
            reason: reason.map_or_else(String::new, |reason| shown(reason.reveal())),
        });
    }
    Ok(views)
}

async fn left(page: &Page<'_>, case: &Case) -> Vec<LeftView> {
    let all = drop_folders::all_left(page.ports, page.policy, case.id).await.unwrap_or_default();
    all.into_iter()
        .map(|(dropped, left)| {
            let name = shown(dropped.name.reveal());
            let (why, by) = match left {
                Left::Fresh => (LeftWhy::Fresh, None),
                Left::Written { by } => (LeftWhy::Written, by.as_deref().map(shown)),
                Left::Unfinished => (LeftWhy::Unfinished, None),
                Left::Empty => (LeftWhy::Empty, None),
                Left::Link => (LeftWhy::Link, None),
                Left::Special => (LeftWhy::Special, None),
                Left::TooLarge => (LeftWhy::TooLarge, None),
            };
            LeftView { name, why, by }
        })
        .collect()
}

async fn ticket_offers(page: &Page<'_>, case: &Case) -> Result<Vec<TicketView>, FlowError> {
    let offers = page.ports.ledger.ticket_offers(case.id).await?;
    let open = offers.into_iter().filter(|offer| offer.standing == OfferStanding::Offered);
    Ok(open.map(|offer| TicketView { tracker: offer.ticket.tracker, key: offer.ticket.key }).collect())
}

fn plan(page: &Page<'_>, case: &Case, known: &Known, files: &[HeldFile], requests: &[Request]) -> Plan {
    let subjects: Vec<_> = files.iter().map(|file| known.subject(file, case, requests)).collect();
    decide(&subjects, &page.policy.rules, &page.holds, page.ports.clock.surely())
}

/// What the lists keep of a case and of its files, made from its rows.
pub async fn case_summary(page: &Page<'_>, case: &Case) -> Result<(CaseSummary, Vec<ListedErasure>), FlowError> {
    let files = page.ports.ledger.files_of_case(case.id).await?;
    let requests = page.ports.ledger.requests(case.id).await?;
    let known = Known::of(page.ports, &[&page.policy.rules], case).await?;
    let plan = plan(page, case, &known, &files, &requests);
    let receipts = page.ports.ledger.receipts_of_case(case.id).await?;
    let erasure = |file: &HeldFile| {
        let verdict = plan.verdicts.iter().find(|verdict| verdict.file == file.id());
        // Of several the last one says how it stands by now.
        let receipt = receipts.iter().rfind(|receipt| receipt.files.contains(&file.id()));
        ListedErasure::of(file, verdict, receipt.map(|receipt| receipt.id))
    };
    let erasures = files.iter().filter_map(erasure).collect();
    let words = search_words(page, case, &files).await?;
    Ok((CaseSummary { words, ..summary(page, case, &files, &requests, &plan).await? }, erasures))
}

/// What a sweep would do with a file, if it is in the strongroom.
pub(super) async fn verdict_of(page: &Page<'_>, case: &Case, file: &HeldFile) -> Result<Option<Verdict>, FlowError> {
    let requests = page.ports.ledger.requests(case.id).await?;
    let known = Known::of(page.ports, &[&page.policy.rules], case).await?;
    Ok(plan(page, case, &known, std::slice::from_ref(file), &requests).verdicts.pop())
}

/// The same without the words of a search.
async fn summary(
    page: &Page<'_>,
    case: &Case,
    files: &[HeldFile],
    requests: &[Request],
    plan: &Plan,
) -> Result<CaseSummary, FlowError> {
    let alive: Vec<_> = files.iter().filter(|file| is_alive(file)).collect();
    Ok(CaseSummary {
        case: case.id,
        standing: standing(page, case, files, requests).await?,
        files: u32::try_from(alive.len()).unwrap_or(u32::MAX),
        bytes: alive.iter().filter_map(|file| file.sealed()).map(|sealed| sealed.size).sum(),
        erases_at: plan.verdicts.iter().filter_map(|verdict| verdict.outcome.next()).min(),
        words: Private::new(String::new()),
    })
}

async fn search_words(page: &Page<'_>, case: &Case, files: &[HeldFile]) -> Result<Private<String>, FlowError> {
    let ledger = &page.ports.ledger;
    let mut words = format!("{} {}", case.ticket.tracker, case.ticket.key);
    let mut add = |text: &str| {
        words.push('\n');
        words.push_str(text);
    };
    if let Some(details) = ledger.case_details(case.id).await? {
        add(details.title.reveal());
    }
    if let Some(customer) = ledger.customer(case.customer).await? {
        add(customer.username.reveal());
        add(customer.name.as_ref().map_or("", |name| name.reveal()));
    }
    for file in files {
        if let Some(details) = ledger.file_details(file.id()).await? {
            add(details.name.reveal());
        }
    }
    Ok(Private::new(words.to_lowercase()))
}

/// One row of the list of cases.
pub async fn case_row(page: &Page<'_>, case: &Case, summary: &CaseSummary) -> Result<CaseRow, FlowError> {
    let (title, customer) = page.names(case).await?;
    Ok(CaseRow {
        id: case.id.to_string(),
        title,
        customer,
        ticket: format!("{} {}", case.ticket.tracker, case.ticket.key),
        ticket_state: match (case.standing.doubt_since, case.standing.closed_since) {
            (Some(_), _) => TicketState::InDoubt,
            (None, Some(_)) => TicketState::Closed,
            (None, None) => TicketState::Open,
        },
        standing: summary.standing,
        files: summary.files,
        bytes: summary.bytes,
        erases_at: summary.erases_at.map(time),
        active_at: time(case.customer_active_at),
        opened_at: time(case.opened_at),
    })
}

async fn standing(
    page: &Page<'_>,
    case: &Case,
    files: &[HeldFile],
    requests: &[Request],
) -> Result<CaseStanding, FlowError> {
    let has = |name: StateName| files.iter().any(|file| file.state().name() == name);
    let unclear = requests.iter().any(|request| request.standing == custody_core::request::RequestStanding::Unclear);
    let held = |file: &HeldFile| {
        page.holds.iter().any(|hold| hold.is_placed() && hold.scope.covers(file.id(), case.id, case.customer))
    };
    let answers = answers(page, case).await?;
    Ok(if has(StateName::Lost) || case.exposed_since.is_some() || unclear || answers.contains(&Answer::Disputed) {
        CaseStanding::NeedsPerson
    } else if files.iter().any(|file| file.is_in_strongroom() && held(file)) {
        CaseStanding::OnHold
    } else if has(StateName::Arriving) {
        CaseStanding::Arriving
    } else if has(StateName::Erasing) {
        CaseStanding::Erasing
    } else if has(StateName::Due) {
        CaseStanding::Due
    } else if has(StateName::Held) {
        CaseStanding::Held
    } else if !has(StateName::Erased) {
        CaseStanding::Empty
    } else if answers.contains(&Answer::Confirmed) {
        CaseStanding::Confirmed
    } else {
        CaseStanding::Erased
    })
}

/// The last answer to each receipt of the case.
async fn answers(page: &Page<'_>, case: &Case) -> Result<Vec<Answer>, FlowError> {
    let mut answers = Vec::new();
    for receipt in page.ports.ledger.receipts_of_case(case.id).await? {
        let given = page.ports.ledger.confirmations(receipt.id).await?;
        answers.extend(given.last().map(|answer| answer.answer));
    }
    Ok(answers)
}

/// A held file.
pub async fn file_view(page: &Page<'_>, file: &HeldFile) -> Result<FileView, FlowError> {
    let rule = match page.ports.ledger.case(file.case()).await? {
        Some(case) => shown(&choose::rule_of(page.ports, page.policy, &case, file).await?.name),
        None => String::new(),
    };
    let fault = match file.state() {
        State::Arriving { last_fault, .. } | State::Erasing { last_fault, .. } => *last_fault,
        _ => None,
    };
    let refused = match file.state() {
        State::Refused { why, .. } => Some(*why),
        _ => None,
    };
    let erases_at = match file.state() {
        State::Due { due, .. } | State::Erasing { due, .. } => Some(time(due.erase_at)),
        _ => None,
    };
    let (viewing_copies, still_open_in) = copies(page, file).await?;
    Ok(FileView {
        id: file.id().to_string(),
        case: file.case().to_string(),
        name: page.file_name(file.id()).await?,
        size: file.sealed().map(|sealed| sealed.size),
        kind: file.kind(),
        rule,
        arrived_at: time(file.arrived_at()),
        state: file.state().name(),
        refused,
        erases_at,
        problem: fault.map(problem),
        viewing_copies,
        still_open_in,
    })
}

/// A hold.
pub async fn hold_view(page: &Page<'_>, hold: &Hold) -> Result<HoldView, FlowError> {
    let (scope, covers) = match hold.scope {
        HoldScope::File(id) => ("file", id.to_string()),
        HoldScope::Case(id) => ("case", id.to_string()),
        HoldScope::Customer(id) => ("customer", id.to_string()),
    };
    let owner = page.ports.ledger.person_name(hold.owner).await?;
    let reason = page.ports.ledger.hold_reason(hold.id).await?;
    let (lifted_by, lift_reason) = match hold.lifted {
        Some((_, by)) => (page.ports.ledger.person_name(by).await?, page.ports.ledger.lift_reason(hold.id).await?),
        None => (None, None),
    };
    Ok(HoldView {
        id: hold.id.to_string(),
        scope: scope.to_owned(),
        covers,
        owner: owner.map_or_else(String::new, |name| shown(name.reveal())),
        reason: reason.map_or_else(String::new, |reason| shown(reason.reveal())),
        placed_at: time(hold.placed_at),
        review_at: time(hold.review_at),
        lifted_at: hold.lifted.map(|(at, _)| time(at)),
        lifted_by: lifted_by.map(|name| shown(name.reveal())),
        lift_reason: lift_reason.map_or_else(String::new, |reason| shown(reason.reveal())),
    })
}

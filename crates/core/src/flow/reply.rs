//! Reply: a customer whose request waits for a hold is told so, once, by the way that the request came.

use std::collections::BTreeMap;

use tracing::info;

use super::{FlowError, Policy, Tally, again, is_conflict};
use crate::{
    Private,
    case::{Case, Customer},
    held_file::{HeldFile, StateName},
    hold::Hold,
    id::CaseId,
    letter::{self, KeptFile},
    ports::{ErrorKind, Fault, OutgoingLetter, PortError, PortResult, Ports},
    reply::Reply,
    request::{Asker, Channel, Request, RequestStanding},
};

/// Records which replies are owed. Nothing is sent here.
pub async fn owe(ports: &Ports, policy: &Policy) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    let holds = ports.ledger.holds(false).await?;
    if holds.is_empty() {
        return Ok(tally);
    }
    let mut by_case: BTreeMap<CaseId, Vec<HeldFile>> = BTreeMap::new();
    for file in ports.ledger.files_in(&[StateName::Held, StateName::Due]).await? {
        by_case.entry(file.case()).or_default().push(file);
    }
    for (case, files) in by_case {
        let Some(case) = ports.ledger.case(case).await? else { continue };
        let held = under(&holds, &case, files);
        if held.is_empty() {
            continue;
        }
        let replies = ports.ledger.replies_of_case(case.id).await?;
        for request in ports.ledger.requests(case.id).await? {
            let files = held.iter().filter(|file| waits(&request, file)).count() as u64;
            if files == 0 || replies.iter().any(|reply| reply.request == request.id) {
                continue;
            }
            let channel = channel(ports, &case, &request).await?;
            let owed = Reply::owe(request.id, case.id, channel, files, &policy.mail_domain, ports.clock.now());
            match ports.ledger.commit(vec![owed]).await {
                Err(error) if is_conflict(&error) => tally.again(Fault::Conflict),
                other => {
                    other?;
                    info!(request = %request.id, files, "reply.owe");
                    tally.done += 1;
                }
            }
        }
    }
    Ok(tally)
}

/// Sends the replies that are to be sent now. One may reach the server twice after a crash; it is the same letter with the
/// same Message-ID. What is no longer true by then is withdrawn instead.
pub async fn send(ports: &Ports, policy: &Policy) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    for reply in ports.ledger.replies_to_send(ports.clock.now()).await? {
        let request = reply.request;
        let sent = tell(ports, policy, &reply).await;
        let now = ports.clock.now();
        let transition = match sent {
            Ok(true) => {
                info!(%request, "reply.send");
                tally.done += 1;
                reply.sent(now)
            }
            Ok(false) => reply.withdrawn(now),
            Err(error) => {
                info!(%request, fault = ?error.fault, "reply.delayed");
                tally.again(error.fault);
                match error.kind {
                    ErrorKind::NotPossible => reply.bounced(now),
                    ErrorKind::TryAgain { .. } | ErrorKind::NeedsPerson => {
                        let at = again::at(now, reply.attempts, &error);
                        reply.delayed(error.fault, at, now)
                    }
                }
            }
        };
        match ports.ledger.commit(vec![transition]).await {
            Err(error) if is_conflict(&error) => tally.again(Fault::Conflict),
            other => {
                other?;
            }
        }
    }
    Ok(tally)
}

/// Whether this request is a customer's wish that the file be erased.
pub(super) fn waits(request: &Request, file: &HeldFile) -> bool {
    matches!(request.by, Asker::Customer(_))
        && request.standing == RequestStanding::Accepted
        && request.means(file.id())
        && file.arrived_at() <= request.received_at
}

fn under(holds: &[Hold], case: &Case, files: Vec<HeldFile>) -> Vec<HeldFile> {
    let is_held = |file: &HeldFile| {
        holds.iter().any(|hold| hold.is_placed() && hold.scope.covers(file.id(), case.id, case.customer))
    };
    files.into_iter().filter(|file| file.is_in_strongroom() && is_held(file)).collect()
}

/// The way that the request came, or the thread where there is no mail.
async fn channel(ports: &Ports, case: &Case, request: &Request) -> Result<Channel, FlowError> {
    let customer = ports.ledger.customer(case.customer).await?;
    let has_mail = ports.postbox.is_some() && customer.is_some_and(|customer| customer.email.is_some());
    Ok(if request.channel == Channel::Mail && has_mail { Channel::Mail } else { Channel::Thread })
}

/// Gives whether it was told; false if no hold keeps anything of it any more.
async fn tell(ports: &Ports, policy: &Policy, reply: &Reply) -> PortResult<bool> {
    let damaged = || PortError::needs_person(Fault::LedgerDamaged);
    let case = ports.ledger.case(reply.case).await?.ok_or_else(damaged)?;
    let requests = ports.ledger.requests(case.id).await?;
    let request = requests.into_iter().find(|request| request.id == reply.request).ok_or_else(damaged)?;
    let files = ports.ledger.files_of_case(case.id).await?;
    let mut held = under(&ports.ledger.holds(false).await?, &case, files);
    held.retain(|file| waits(&request, file));
    if held.is_empty() {
        return Ok(false);
    }
    let customer = ports.ledger.customer(case.customer).await?.ok_or_else(damaged)?;
    let mut files = Vec::new();
    for file in &held {
        let details = ports.ledger.file_details(file.id()).await?.ok_or_else(damaged)?;
        files.push(KeptFile { name: details.name, size: file.sealed().map_or(0, |sealed| sealed.size) });
    }
    let told = letter::HoldReply { reply, asked_at: request.received_at, files: &files, customer: &customer };
    match reply.channel {
        Channel::Thread => post(ports, policy, &case, &told).await?,
        Channel::Mail | Channel::Desk => {
            let postbox = ports.postbox.as_ref().ok_or_else(|| PortError::needs_person(Fault::NotConnected))?;
            postbox.send(&mail(policy, &customer, &told)?).await?;
        }
    }
    Ok(true)
}

fn mail(policy: &Policy, customer: &Customer, told: &letter::HoldReply<'_>) -> PortResult<OutgoingLetter> {
    let to = customer.email.clone().ok_or_else(|| PortError::not_possible(Fault::AddressRefused))?;
    Ok(told.mail(&policy.language, (&policy.issuer, &policy.contact), to))
}

async fn post(ports: &Ports, policy: &Policy, case: &Case, told: &letter::HoldReply<'_>) -> PortResult<()> {
    // A crash after posting must not post again.
    let thread = ports.forum.thread(case.topic).await?;
    let token = told.reply.token.as_str();
    if thread.posts.iter().any(|post| post.by_us && post.own_text.reveal().contains(token)) {
        return Ok(());
    }
    let text = told.post(&policy.language, (&policy.issuer, &policy.contact));
    ports.forum.reply(case.topic, &Private::new(text)).await.map(|_| ())
}

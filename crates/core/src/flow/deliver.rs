//! Deliver: what waits in the outbox is mailed, or posted in the thread where there is no address.

use jiff::Timestamp;
use tracing::info;

use super::{FlowError, Policy, Tally, again, backup, erase, is_conflict, issue};
use crate::{
    case::{Case, Customer},
    held_file::{HeldFile, State},
    letter,
    location::{Location, Proof},
    ports::{ErrorKind, Fault, PortError, PortResult, Ports},
    receipt::{Delivery, DeliveryState, ReceiptRow},
    request::Channel,
};

/// Sends what is to be sent now. A letter may reach the server twice after a crash; it is the same letter with the same
/// Message-ID, never a second receipt.
pub async fn deliver(ports: &Ports, policy: &Policy) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    for (receipt, delivery) in ports.ledger.outbox(ports.clock.now()).await? {
        let id = receipt.id;
        let sent = send(ports, policy, &receipt, &delivery).await;
        let now = ports.clock.now();
        let transition = match sent {
            Ok(()) => {
                tally.done += 1;
                receipt.sent(delivery, now)
            }
            Err(error) => {
                info!(receipt = %id, fault = ?error.fault, "deliver.delayed");
                tally.again(error.fault);
                match error.kind {
                    ErrorKind::NotPossible => receipt.bounced(delivery, now),
                    ErrorKind::TryAgain { .. } | ErrorKind::NeedsPerson => {
                        let at = again::at(now, delivery.attempts, &error);
                        receipt.delayed(delivery, error.fault, at, now)
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

async fn send(ports: &Ports, policy: &Policy, receipt: &ReceiptRow, delivery: &Delivery) -> PortResult<()> {
    let damaged = || PortError::needs_person(Fault::LedgerDamaged);
    let case = ports.ledger.case(receipt.case).await?.ok_or_else(damaged)?;
    let customer = ports.ledger.customer(case.customer).await?.ok_or_else(damaged)?;
    let envelope = ports.ledger.envelope(receipt.id).await?.ok_or_else(damaged)?;
    match delivery.channel {
        Channel::Thread => post(ports, policy, &case, receipt, &envelope).await,
        Channel::Mail | Channel::Desk => {
            let postbox = ports.postbox.as_ref().ok_or_else(|| PortError::needs_person(Fault::NotConnected))?;
            let letter = mail(policy, &customer, receipt, &envelope)?;
            postbox.send(&letter).await
        }
    }
}

/// The letter of a receipt, as it is or was mailed.
pub fn mail(
    policy: &Policy,
    customer: &Customer,
    receipt: &ReceiptRow,
    envelope: &crate::Private<crate::receipt::Envelope>,
) -> PortResult<crate::ports::OutgoingLetter> {
    let to = customer.email.clone().ok_or_else(|| PortError::not_possible(Fault::AddressRefused))?;
    letter::compose(&policy.language, receipt, envelope, customer, to)
        .map_err(|cause| PortError::needs_person(Fault::LedgerDamaged).because(cause))
}

/// A receipt's letter for a person to read, addressed to nobody: also where it was given in the thread.
pub fn letter_to_read(
    policy: &Policy,
    customer: &Customer,
    receipt: &ReceiptRow,
    envelope: &crate::Private<crate::receipt::Envelope>,
) -> PortResult<crate::ports::OutgoingLetter> {
    let nobody = crate::Private::new(String::new());
    letter::compose(&policy.language, receipt, envelope, customer, nobody)
        .map_err(|cause| PortError::needs_person(Fault::LedgerDamaged).because(cause))
}

async fn post(
    ports: &Ports,
    policy: &Policy,
    case: &Case,
    receipt: &ReceiptRow,
    envelope: &crate::Private<crate::receipt::Envelope>,
) -> PortResult<()> {
    // A crash after posting must not post again.
    let thread = ports.forum.thread(case.topic).await?;
    let token = receipt.token.as_str();
    if thread.posts.iter().any(|post| post.by_us && post.own_text.reveal().contains(token)) {
        return Ok(());
    }
    let text = letter::thread_text(&policy.language, receipt, envelope)
        .map_err(|cause| PortError::needs_person(Fault::LedgerDamaged).because(cause))?;
    ports.forum.reply(case.topic, &text).await.map(|_| ())
}

/// Looks again at what a partial receipt left open, and issues the follow-up once every location is closed.
pub async fn follow_up(ports: &Ports, policy: &Policy) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    for case in ports.ledger.open_cases().await? {
        let receipts = ports.ledger.receipts_of_case(case.id).await?;
        let followed: Vec<_> = receipts.iter().filter_map(|receipt| receipt.follows).collect();
        for receipt in receipts.iter().filter(|receipt| !receipt.complete && !followed.contains(&receipt.id)) {
            if is_time(ports, policy, receipt).await? {
                tally.done += u64::from(close(ports, policy, receipt).await?);
            }
        }
    }
    Ok(tally)
}

async fn is_time(ports: &Ports, policy: &Policy, receipt: &ReceiptRow) -> Result<bool, FlowError> {
    let now = ports.clock.now();
    let mark = format!("look {}", receipt.id);
    let looked: Option<Timestamp> = ports.ledger.mark(&mark).await?.and_then(|text| text.parse().ok());
    let due = policy.follow_up_every.after(looked.unwrap_or(receipt.issued_at)) <= now;
    if due {
        ports.ledger.put_mark(&mark, &now.to_string()).await?;
    }
    Ok(due)
}

async fn close(ports: &Ports, policy: &Policy, receipt: &ReceiptRow) -> Result<bool, FlowError> {
    let mut files = Vec::new();
    for id in &receipt.files {
        let Some(file) = ports.ledger.file(*id).await? else { continue };
        let State::Erased { sealed, due, at, proofs } = file.state().clone() else { continue };
        let (again, mut proofs): (Vec<_>, Vec<_>) = proofs.into_iter().partition(Proof::is_looked_at_again);
        if again.iter().any(|proof| matches!(proof.location, Location::ForumCopy)) {
            proofs.push(erase::look_at_forum(ports, policy, &file).await?);
        }
        proofs.extend(backup::look_once_more(ports, file.id(), &again).await?);
        if proofs.iter().any(|proof| !proof.state.is_closed()) {
            return Ok(false);
        }
        let state = State::Erased { sealed, due, at, proofs };
        files.push(HeldFile::restore(file.id(), file.case(), file.mark(), file.arrived_at(), state, file.version()));
    }
    issue::follow_up(ports, policy, receipt, files).await?;
    Ok(true)
}

/// Whether nothing more is expected of a delivery: it was sent, and the time for an answer is over.
pub(super) fn answer_time_is_over(policy: &Policy, delivery: &Delivery, now: Timestamp) -> bool {
    matches!(delivery.state, DeliveryState::Sent { at } if policy.answer_time.after(at) <= now)
}

//! Issuing receipts: built from ledger rows and proofs, signed, and put in the outbox with what they attest.

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use tracing::info;

use super::{FlowError, FreshId as _, Policy, choose::Known, reply};
use crate::{
    Private,
    case::{Case, Customer},
    event::{Actor, Event, EventKind},
    held_file::{Due, FileDetails, HeldFile, Sealed, State},
    hold::Hold,
    id::{CaseId, ReceiptId},
    location::Proof,
    ports::{Fault, PortError, Ports},
    receipt::{
        CustomerRef, Delivery, DeliveryState, Envelope, ErasedFile, Follows, IssuedReceipt, Issuer, LedgerAnchor,
        ReceiptRow, SCHEMA, Statement, Tool, ViewingCopies, WaitedForHold,
    },
    request::{Channel, Request},
    transition::{Transition, Write},
};

const WORDING: &str = "We attest what is listed here, and give the evidence for each location. Removing the key and the \
                       sealed file is logical deletion with cryptographic erase; it is no statement about other places. \
                       Working copies were overwritten once and removed; that is no statement about what a solid-state \
                       disk or a copying file system keeps of them.";

/// Records these files of one case as erased, with the receipt that says so, in one transaction.
pub(super) async fn first_receipt(
    ports: &Ports,
    policy: &Policy,
    case: CaseId,
    files: Vec<(HeldFile, Vec<Proof>)>,
) -> Result<(), FlowError> {
    let now = ports.clock.now();
    let mut erased = Vec::new();
    for (file, proofs) in files {
        erased.push(file.finish(proofs, now)?);
    }
    issue(ports, policy, case, erased, None, now).await
}

/// Issues the receipt that an earlier, partial one owed.
pub(super) async fn follow_up(
    ports: &Ports,
    policy: &Policy,
    earlier: &ReceiptRow,
    files: Vec<HeldFile>,
) -> Result<(), FlowError> {
    issue(ports, policy, earlier.case, files, Some(earlier.id), ports.clock.now()).await
}

async fn issue(
    ports: &Ports,
    policy: &Policy,
    case: CaseId,
    erased: Vec<HeldFile>,
    follows: Option<ReceiptId>,
    now: Timestamp,
) -> Result<(), FlowError> {
    let id = ReceiptId::fresh(ports.chance.as_ref())?;
    let (case, customer) = parties(ports, case).await?;
    let statement = statement(ports, policy, id, (&case, &customer), &erased, follows, now).await?;
    let complete = statement.complete;
    let envelope = Envelope::sign(&statement, ports.signer.as_ref()).await?;
    let by_mail = customer.email.is_some() && ports.postbox.is_some();
    let row = ReceiptRow {
        id,
        case: case.id,
        follows,
        files: erased.iter().map(HeldFile::id).collect(),
        issued_at: now,
        complete,
        payload_digest: envelope.payload_digest()?,
        token: crate::receipt::token_from(ports.chance.id_bytes()?),
        message_id: format!("receipt.{id}@{}", policy.mail_domain),
        closed_at: None,
        version: 0,
    };
    let delivery = Delivery {
        channel: if by_mail { Channel::Mail } else { Channel::Thread },
        attempts: 0,
        state: DeliveryState::Waiting { try_at: now, last_fault: None },
    };
    let kind = match follows {
        None => EventKind::FilesErased { files: row.files.clone(), receipt: id, complete },
        Some(follows) => EventKind::FollowUpIssued { receipt: id, follows, complete },
    };
    let receipt = Box::new(IssuedReceipt { row, envelope: Private::new(envelope), delivery });
    let files = if follows.is_none() { erased } else { Vec::new() };
    let event = Event { at: now, actor: Actor::Desk, kind };
    ports.ledger.commit(vec![Transition::new(Write::Receipt { files, receipt }, event)]).await?;
    info!(receipt = %id, complete, "erase.receipt");
    Ok(())
}

async fn parties(ports: &Ports, case: CaseId) -> Result<(Case, Customer), FlowError> {
    let missing = || PortError::needs_person(Fault::LedgerDamaged);
    let case = ports.ledger.case(case).await?.ok_or_else(missing)?;
    let customer = ports.ledger.customer(case.customer).await?.ok_or_else(missing)?;
    Ok((case, customer))
}

async fn statement(
    ports: &Ports,
    policy: &Policy,
    receipt_id: ReceiptId,
    (case, customer): (&Case, &Customer),
    erased: &[HeldFile],
    follows: Option<ReceiptId>,
    now: Timestamp,
) -> Result<Statement, FlowError> {
    let (holds, requests) = (ports.ledger.holds(true).await?, ports.ledger.requests(case.id).await?);
    let mut files = Vec::new();
    for file in erased {
        let waited = waited_for_hold(file, case, &holds, &requests);
        files.push(ErasedFile { waited_for_hold: waited, ..erased_file(ports, file).await? });
    }
    let head = ports.ledger.head().await?;
    let (policy_text, policy_digest) = policy_of(ports, policy, case, erased).await?;
    let mut statement = Statement {
        schema: SCHEMA.to_owned(),
        receipt_id,
        issued_at: now,
        language: policy.language.clone(),
        issuer: Issuer {
            name: policy.issuer.clone(),
            contact: policy.contact.clone(),
            policy_digest,
            policy: policy_text,
        },
        customer: CustomerRef { id: customer.id, username: customer.username.reveal().clone() },
        case_id: case.id,
        follows: follows.map(|receipt_id| Follows { receipt_id }),
        complete: false,
        files,
        tool: Tool {
            name: "Custody".to_owned(),
            version: policy.version.clone(),
            desk_id: policy.desk,
            key_store: ports.strongroom.key_store(),
        },
        ledger: LedgerAnchor { index: head.index, head: hex::encode(head.hash.0) },
        wording: WORDING.to_owned(),
    };
    statement.complete = statement.closes_every_location();
    Ok(statement)
}

/// The time that the customer's first request for this file waited for holds, from when both were there to the last lifting.
fn waited_for_hold(file: &HeldFile, case: &Case, holds: &[Hold], requests: &[Request]) -> Option<WaitedForHold> {
    let State::Erased { at: erased_at, .. } = *file.state() else { return None };
    let asked_at = requests.iter().filter(|request| reply::waits(request, file)).map(|it| it.received_at).min()?;
    let spans = || {
        let covering = holds.iter().filter(|hold| hold.scope.covers(file.id(), case.id, case.customer));
        let lifted = covering.filter_map(|hold| hold.lifted.map(|(at, _)| (hold.placed_at, at)));
        lifted.filter(|(placed_at, lifted_at)| lifted_at > placed_at && *lifted_at > asked_at && *placed_at < erased_at)
    };
    let from = spans().map(|(placed_at, _)| placed_at.max(asked_at)).min()?;
    let until = spans().map(|(_, lifted_at)| lifted_at).max()?;
    Some(WaitedForHold { asked_at, from, until })
}

/// The sentences of the rules that these files were kept by, each once, and their digest. Mostly it is one.
async fn policy_of(
    ports: &Ports,
    policy: &Policy,
    case: &Case,
    erased: &[HeldFile],
) -> Result<(String, String), FlowError> {
    let known = Known::of(ports, &[&policy.rules], case).await?;
    let files: Vec<_> = erased.iter().collect();
    let mut sentences: Vec<String> = Vec::new();
    for (rule, _) in known.rules(policy, case, &files) {
        let sentence = rule.to_string();
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    let text = sentences.join(" ");
    let digest = hex::encode(Sha256::digest(&text));
    Ok((text, digest))
}

async fn erased_file(ports: &Ports, file: &HeldFile) -> Result<ErasedFile, FlowError> {
    let State::Erased { sealed, due, at, proofs } = file.state() else {
        return Err(PortError::needs_person(Fault::Conflict).into());
    };
    let details = ports.ledger.file_details(file.id()).await?;
    let Some(FileDetails { name, salt: Some(salt), .. }) = details else {
        return Err(PortError::needs_person(Fault::LedgerDamaged).into());
    };
    let copies = ports.ledger.viewing_copies(file.id()).await?;
    let viewing_copies = ViewingCopies {
        made: copies.len() as u64,
        erased: copies.iter().filter(|copy| copy.ended.is_some()).count() as u64,
        beside: copies.iter().map(|copy| copy.beside).sum(),
        last_ended_at: copies.iter().filter_map(|copy| copy.ended).map(|(at, _)| at).max(),
    };
    let Sealed { size, digest, .. } = sealed;
    let Due { reason, since, .. } = due;
    Ok(ErasedFile {
        id: file.id(),
        name: name.reveal().clone(),
        size: *size,
        salted_sha256: digest.clone(),
        salt: hex::encode(salt.reveal()),
        received_at: file.arrived_at(),
        reason: *reason,
        due_since: *since,
        waited_for_hold: None,
        erased_at: *at,
        locations: proofs.clone(),
        viewing_copies,
    })
}

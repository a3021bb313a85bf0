//! Receipts.

use custody_core::{
    flow::{FlowError, deliver},
    held_file::State,
    id::FileId,
    letter::shown,
    location::Proof,
    receipt::{Delivery, DeliveryState, ReceiptRow, verify},
    receipt_list::ReceiptStanding,
};

use super::{Page, time};
use crate::{
    happening,
    problem::problem,
    views::{AnswerView, DeliveryView, LocationView, ReceiptRowView, ReceiptView},
};

/// One row of the list of receipts.
pub async fn receipt_row(page: &Page<'_>, receipt: &ReceiptRow) -> Result<ReceiptRowView, FlowError> {
    let ledger = &page.ports.ledger;
    let delivery = ledger.delivery(receipt.id).await?;
    let answers = ledger.confirmations(receipt.id).await?;
    let customer = match ledger.case(receipt.case).await? {
        Some(case) => page.customer_name(&case).await?,
        None => String::new(),
    };
    let last = answers.last().map(|answer| answer.answer);
    let standing = ReceiptStanding::of(last, delivery.as_ref().map(|delivery| delivery.state));
    Ok(ReceiptRowView {
        id: receipt.id.to_string(),
        case: receipt.case.to_string(),
        title: page.title(receipt.case).await?,
        customer,
        files: u32::try_from(receipt.files.len()).unwrap_or(u32::MAX),
        issued_at: time(receipt.issued_at),
        complete: receipt.complete,
        follows: receipt.follows.map(|id| id.to_string()),
        follows_token: match receipt.follows {
            Some(earlier) => page.ports.ledger.receipt(earlier).await?.map(|earlier| earlier.token),
            None => None,
        },
        follow_up_owed: is_owed(page, receipt).await?,
        standing,
        channel: delivery.map(|delivery| delivery.channel),
        // What was said earlier, or by somebody else, is no evidence for the answer that counts.
        grade: answers.iter().filter(|answer| Some(answer.answer) == last).map(|answer| answer.grade).max(),
        token: receipt.token.clone(),
    })
}

/// As the ledger's list says it.
async fn is_owed(page: &Page<'_>, receipt: &ReceiptRow) -> Result<bool, FlowError> {
    if receipt.complete || follower(page, receipt).await?.is_some() {
        return Ok(false);
    }
    Ok(page.ports.ledger.case(receipt.case).await?.is_some_and(|case| case.forgotten_at.is_none()))
}

async fn follower(page: &Page<'_>, receipt: &ReceiptRow) -> Result<Option<ReceiptRow>, FlowError> {
    let all = page.ports.ledger.receipts_of_case(receipt.case).await?;
    Ok(all.into_iter().find(|other| other.follows == Some(receipt.id)))
}

fn delivery_view(delivery: &Delivery) -> DeliveryView {
    let (at, fault) = match delivery.state {
        DeliveryState::Waiting { try_at, last_fault } => (try_at, last_fault),
        DeliveryState::Sent { at } | DeliveryState::Bounced { at } => (at, None),
    };
    DeliveryView { attempts: delivery.attempts, at: time(at), problem: fault.map(problem) }
}

/// A receipt with everything in it.
pub async fn receipt_view(page: &Page<'_>, receipt: &ReceiptRow) -> Result<ReceiptView, FlowError> {
    let ledger = &page.ports.ledger;
    let envelope = ledger.envelope(receipt.id).await?;
    let key = page.ports.signer.public_key();
    let signed = envelope.as_ref().map(|envelope| verify(envelope.reveal(), &key));
    let signature_fits = signed.as_ref().map(Result::is_ok);
    let statement = signed.and_then(Result::ok);
    let customer = match ledger.case(receipt.case).await? {
        Some(case) => ledger.customer(case.customer).await?,
        None => None,
    };
    let (letter, letter_html) = match (&envelope, &customer) {
        (Some(envelope), Some(customer)) => {
            let letter = deliver::letter_to_read(page.policy, customer, receipt, envelope)?;
            (letter.text.into_revealed(), letter.html.into_revealed())
        }
        _ => Default::default(),
    };
    let mut locations = Vec::new();
    match &statement {
        Some(statement) => {
            for file in &statement.files {
                let name = shown(&file.name);
                locations.extend(file.locations.iter().map(|proof| location_view(file.id, name.clone(), proof)));
            }
        }
        // The text is forgotten; what was proven is still in the files' rows.
        None => {
            for id in &receipt.files {
                let Some(file) = ledger.file(*id).await? else { continue };
                let State::Erased { proofs, .. } = file.state() else { continue };
                locations.extend(proofs.iter().map(|proof| location_view(*id, String::new(), proof)));
            }
        }
    }
    let answers = ledger.confirmations(receipt.id).await?;
    let follower = if receipt.complete { None } else { follower(page, receipt).await? };
    Ok(ReceiptView {
        row: receipt_row(page, receipt).await?,
        followed_by: follower.as_ref().map(|follower| follower.id.to_string()),
        followed_by_token: follower.map(|follower| follower.token),
        delivery: ledger.delivery(receipt.id).await?.as_ref().map(delivery_view),
        signature_fits,
        letter,
        letter_html,
        statement: statement.and_then(|text| serde_json::to_string_pretty(&text).ok()).unwrap_or_default(),
        payload_digest: receipt.payload_digest.clone(),
        locations,
        answers: answers
            .iter()
            .map(|answer| AnswerView { answer: answer.answer, grade: answer.grade, at: time(answer.at) })
            .collect(),
    })
}

fn location_view(file: FileId, name: String, proof: &Proof) -> LocationView {
    LocationView {
        file: file.to_string(),
        name,
        place: happening::location(&proof.location),
        found: happening::found(proof.state),
        closed: proof.state.is_closed(),
    }
}

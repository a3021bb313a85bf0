//! Confirm: the customer's answer to a receipt, by mail or in the thread. Following a link is never consent.

use tracing::info;

use super::{FlowError, Policy, Tally, intake};
use crate::{
    case::{Case, Customer},
    event::Actor,
    held_file::SourceMark,
    phrases::Wish,
    ports::{ForumUser, IncomingMail, MailNature, Ports, Thread},
    receipt::{Answer, Confirmation, DeliveryState, Grade, ReceiptRow, token_in},
    reply::{self, Reply, ReplyState},
    request::{Channel, RequestStanding},
};

const MARK: &str = "mailbox";

/// Reads the mail that arrived: answers, requests and returned letters.
pub async fn confirm(ports: &Ports, policy: &Policy) -> Result<Tally, FlowError> {
    let Some(mailbox) = &ports.mailbox else { return Ok(Tally::default()) };
    let mark = ports.ledger.mark(MARK).await?;
    let arrived = mailbox.arrived(mark.as_deref()).await?;
    let mut tally = Tally::default();
    for mail in &arrived.mails {
        tally.done += u64::from(read_mail(ports, policy, mail).await?);
    }
    ports.ledger.put_mark(MARK, &arrived.mark).await?;
    Ok(tally)
}

/// Gives whether the mail concerned a receipt.
async fn read_mail(ports: &Ports, policy: &Policy, mail: &IncomingMail) -> Result<bool, FlowError> {
    match &mail.nature {
        MailNature::Automatic => Ok(false),
        MailNature::Bounce { original, permanent } => {
            let Some(original) = original else { return Ok(false) };
            if let Some(receipt) = ports.ledger.receipt_of_message(original).await? {
                if *permanent {
                    returned(ports, receipt).await?;
                }
                return Ok(true);
            }
            let Some(reply) = ports.ledger.reply_of_message(original).await? else { return Ok(false) };
            if *permanent && matches!(reply.state, ReplyState::Sent { .. }) {
                info!(request = %reply.request, "confirm.reply_bounced");
                ports.ledger.commit(vec![reply.bounced(ports.clock.now())]).await?;
            }
            Ok(true)
        }
        // Read like any other, but only by a person: what a forger may have written confirms nothing and erases nothing.
        MailNature::Personal | MailNature::Doubtful => {
            let Some(receipt) = receipt_of(ports, mail).await? else {
                return answer_to_reply(ports, policy, mail).await;
            };
            let Some(case) = ports.ledger.case(receipt.case).await? else { return Ok(false) };
            let customer = ports.ledger.customer(case.customer).await?;
            answer_by_mail(ports, policy, mail, receipt, &case, customer.as_ref()).await?;
            Ok(true)
        }
    }
}

async fn returned(ports: &Ports, receipt: ReceiptRow) -> Result<(), FlowError> {
    let Some(delivery) = ports.ledger.delivery(receipt.id).await? else { return Ok(()) };
    if matches!(delivery.state, DeliveryState::Sent { .. }) {
        info!(receipt = %receipt.id, "confirm.bounced");
        ports.ledger.commit(vec![receipt.bounced(delivery, ports.clock.now())]).await?;
    }
    Ok(())
}

/// By token first: mail programs lose references, people keep subjects.
async fn receipt_of(ports: &Ports, mail: &IncomingMail) -> Result<Option<ReceiptRow>, FlowError> {
    for text in [mail.subject.reveal(), mail.own_text.reveal()] {
        if let Some(token) = token_in(text)
            && let Some(receipt) = ports.ledger.receipt_of_token(&token).await?
        {
            return Ok(Some(receipt));
        }
    }
    for reference in &mail.references {
        if let Some(receipt) = ports.ledger.receipt_of_message(reference).await? {
            return Ok(Some(receipt));
        }
    }
    Ok(None)
}

/// An answer to the letter that a request waits for a hold: it confirms nothing, but may ask again.
async fn answer_to_reply(ports: &Ports, policy: &Policy, mail: &IncomingMail) -> Result<bool, FlowError> {
    let Some(reply) = reply_of(ports, mail).await? else { return Ok(false) };
    let Some(case) = ports.ledger.case(reply.case).await? else { return Ok(false) };
    let customer = ports.ledger.customer(case.customer).await?;
    note_wish_by_mail(ports, policy, mail, &case, customer.as_ref()).await?;
    Ok(true)
}

async fn reply_of(ports: &Ports, mail: &IncomingMail) -> Result<Option<Reply>, FlowError> {
    for text in [mail.subject.reveal(), mail.own_text.reveal()] {
        if let Some(token) = reply::token_in(text)
            && let Some(reply) = ports.ledger.reply_of_token(&token).await?
        {
            return Ok(Some(reply));
        }
    }
    for reference in &mail.references {
        if let Some(reply) = ports.ledger.reply_of_message(reference).await? {
            return Ok(Some(reply));
        }
    }
    Ok(None)
}

fn is_from(customer: Option<&Customer>, mail: &IncomingMail) -> bool {
    let known = customer.and_then(|customer| customer.email.as_ref());
    known.is_some_and(|email| email.reveal().eq_ignore_ascii_case(mail.from.reveal()))
}

/// Marks the message, so that the same one counts once.
fn source_of(mail: &IncomingMail, case: &Case) -> String {
    hex::encode(SourceMark::of(case.id, 0, mail.message_id.reveal()).as_bytes())
}

async fn note_wish_by_mail(
    ports: &Ports,
    policy: &Policy,
    mail: &IncomingMail,
    case: &Case,
    customer: Option<&Customer>,
) -> Result<(), FlowError> {
    let standing = match policy.phrases.wish(mail.own_text.reveal()) {
        Wish::Removal if mail.nature != MailNature::Doubtful => RequestStanding::Accepted,
        Wish::Removal | Wish::MaybeRemoval => RequestStanding::Unclear,
        Wish::None => return Ok(()),
    };
    if !is_from(customer, mail) {
        return Ok(());
    }
    intake::note_wish(ports, case, standing, Channel::Mail, source_of(mail, case), ports.clock.now()).await
}

async fn answer_by_mail(
    ports: &Ports,
    policy: &Policy,
    mail: &IncomingMail,
    receipt: ReceiptRow,
    case: &Case,
    customer: Option<&Customer>,
) -> Result<(), FlowError> {
    let is_customer = is_from(customer, mail);
    let doubtful = mail.nature == MailNature::Doubtful;
    let own_text = mail.own_text.reveal();
    // Somebody else's mail confirms nothing, whatever it says; a person may still want to read it.
    let answer = if is_customer && !doubtful { policy.phrases.answer(own_text) } else { Answer::Unclear };
    // Another domain's valid signature is no evidence about the customer.
    let grade = if is_customer && !doubtful && mail.dkim_pass { Grade::RepliedWithDkim } else { Grade::Replied };
    note_wish_by_mail(ports, policy, mail, case, customer).await?;
    record(ports, receipt, answer, grade, Channel::Mail, source_of(mail, case), case).await
}

/// Answers in the thread, by the customer's own account, to the receipts of the case that are still open.
///
/// A post counts if it was written after the receipt was issued, as far as our own reading can tell: it names the token, or
/// it is an exact phrase and there is just one receipt it can mean.
pub(super) async fn in_thread(
    ports: &Ports,
    policy: &Policy,
    case: &Case,
    thread: &Thread,
    customer: &ForumUser,
) -> Result<(), FlowError> {
    let receipts = ports.ledger.receipts_of_case(case.id).await?;
    let Some(latest) = receipts.last() else { return Ok(()) };
    for post in thread.posts.iter().filter(|post| post.visible_to_customer && post.author == Some(customer.id)) {
        let text = post.own_text.reveal();
        let named = token_in(text).and_then(|token| receipts.iter().find(|receipt| receipt.token == token));
        let answer = policy.phrases.answer(text);
        let meant = match (named, answer) {
            (Some(receipt), _) => receipt,
            (None, Answer::Unclear) => continue,
            (None, _) if post.created_at >= latest.issued_at => latest,
            (None, _) => continue,
        };
        let source = format!("post {}", post.id);
        record(ports, meant.clone(), answer, Grade::ConfirmedInThread, Channel::Thread, source, case).await?;
    }
    Ok(())
}

async fn record(
    ports: &Ports,
    receipt: ReceiptRow,
    answer: Answer,
    grade: Grade,
    channel: Channel,
    source: String,
    case: &Case,
) -> Result<(), FlowError> {
    let known = ports.ledger.confirmations(receipt.id).await?;
    if known.iter().any(|earlier| earlier.channel == channel && earlier.source == source) {
        return Ok(());
    }
    let Some(receipt) = ports.ledger.receipt(receipt.id).await? else { return Ok(()) };
    info!(receipt = %receipt.id, ?answer, ?grade, "confirm.answer");
    let confirmation = Confirmation { receipt: receipt.id, answer, grade, channel, source, at: ports.clock.now() };
    ports.ledger.commit(vec![receipt.answered(confirmation, Actor::Customer(case.customer))]).await?;
    Ok(())
}

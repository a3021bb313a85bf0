//! What the ledger keeps of a receipt, its sending and its answers.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Envelope;
use crate::{
    Private,
    event::{Actor, Event, EventKind},
    id::{CaseId, FileId, ReceiptId},
    ports::Fault,
    request::Channel,
    transition::{Transition, Write},
};

/// The part of a receipt that is kept for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// Which receipt.
    pub id: ReceiptId,
    /// Its case.
    pub case: CaseId,
    /// The receipt it completes.
    pub follows: Option<ReceiptId>,
    /// The files it names.
    pub files: Vec<FileId>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Whether every location was closed; otherwise a follow-up is owed.
    pub complete: bool,
    /// SHA-256 of the signed payload, in hexadecimal.
    pub payload_digest: String,
    /// What the customer's answer is recognised by.
    pub token: String,
    /// The Message-ID of its letter, without angle brackets.
    pub message_id: String,
    /// When nothing more is expected: confirmed, or the time for an answer is over.
    pub closed_at: Option<Timestamp>,
    /// Counts writes.
    pub version: i64,
}

/// A receipt that was just signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedReceipt {
    /// What is kept for ever.
    pub row: ReceiptRow,
    /// The signed text; personal, since it names files.
    pub envelope: Private<Envelope>,
    /// Its place in the outbox.
    pub delivery: Delivery,
}

/// The place of a receipt in the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// By which way.
    pub channel: Channel,
    /// How often it was tried.
    pub attempts: u32,
    /// How it stands.
    pub state: DeliveryState,
}

/// How sending stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "delivery")]
pub enum DeliveryState {
    /// To be sent, not before this time.
    Waiting {
        /// When.
        try_at: Timestamp,
        /// What stopped the last attempt.
        last_fault: Option<Fault>,
    },
    /// Taken by the mail server, or posted.
    Sent {
        /// When.
        at: Timestamp,
    },
    /// Refused for good, or came back: a person must look.
    Bounced {
        /// When.
        at: Timestamp,
    },
}

/// An answer to a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// Which receipt.
    pub receipt: ReceiptId,
    /// What was said.
    pub answer: Answer,
    /// How good the evidence is.
    pub grade: Grade,
    /// Where it was read.
    pub channel: Channel,
    /// What marks the message: the same message counts once.
    pub source: String,
    /// When we read it.
    pub at: Timestamp,
}

/// What the customer said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The receipt is accepted.
    Confirmed,
    /// Something is still there, or wrong: a person must look.
    Disputed,
    /// It cannot be told: a person must read it.
    Unclear,
}

/// How good the evidence for an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// A mail from the customer's address that names the receipt.
    Replied,
    /// The same, with a valid signature of the address's domain.
    RepliedWithDkim,
    /// A post by the customer's account in the private thread.
    ConfirmedInThread,
}

/// Letters and digits of tokens: none that are mistaken for each other when read aloud.
pub(crate) const TOKEN_ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const TOKEN_LENGTH: usize = 12;
const TOKEN_MARK: &str = "CR-";

/// The first receipt token in a text, if there is one.
pub fn token_in(text: &str) -> Option<String> {
    marked_token_in(TOKEN_MARK, text)
}

/// The first token behind this mark in a text.
pub(crate) fn marked_token_in(mark: &str, text: &str) -> Option<String> {
    text.match_indices(mark).find_map(|(start, _)| {
        let rest = text.get(start + mark.len()..)?;
        let token = rest.get(..TOKEN_LENGTH)?;
        let whole = token.bytes().all(|byte| TOKEN_ALPHABET.contains(&byte))
            && !rest[TOKEN_LENGTH..].starts_with(|next: char| next.is_ascii_alphanumeric());
        whole.then(|| format!("{mark}{token}"))
    })
}

/// The token made of these random bytes: 60 bits.
pub(crate) fn token_from(bytes: [u8; 16]) -> String {
    marked_token(TOKEN_MARK, bytes)
}

/// The same behind another mark.
pub(crate) fn marked_token(mark: &str, bytes: [u8; 16]) -> String {
    let letters = bytes.iter().take(TOKEN_LENGTH).map(|byte| char::from(TOKEN_ALPHABET[usize::from(byte % 32)]));
    format!("{mark}{}", letters.collect::<String>())
}

impl ReceiptRow {
    /// It was sent.
    pub(crate) fn sent(self, delivery: Delivery, now: Timestamp) -> Transition {
        let kind = EventKind::ReceiptSent { receipt: self.id, channel: delivery.channel };
        let delivery = Delivery { attempts: delivery.attempts + 1, state: DeliveryState::Sent { at: now }, ..delivery };
        self.delivered(delivery, kind, now)
    }

    /// It could not be sent yet.
    pub(crate) fn delayed(self, delivery: Delivery, fault: Fault, try_at: Timestamp, now: Timestamp) -> Transition {
        let attempts = delivery.attempts.saturating_add(1);
        let kind = EventKind::ReceiptDelayed { receipt: self.id, fault, attempts };
        let state = DeliveryState::Waiting { try_at, last_fault: Some(fault) };
        self.delivered(Delivery { attempts, state, ..delivery }, kind, now)
    }

    /// It came back or was refused for good.
    pub(crate) fn bounced(self, delivery: Delivery, now: Timestamp) -> Transition {
        let kind = EventKind::ReceiptBounced { receipt: self.id };
        self.delivered(Delivery { state: DeliveryState::Bounced { at: now }, ..delivery }, kind, now)
    }

    /// A person asks that it be sent again, by this way.
    pub fn resend(self, channel: Channel, by: crate::id::PersonId, now: Timestamp) -> Transition {
        let kind = EventKind::ReceiptRequeued { receipt: self.id, channel };
        let state = DeliveryState::Waiting { try_at: now, last_fault: None };
        let row = Self { version: self.version + 1, ..self };
        let event = Event { at: now, actor: Actor::Person(by), kind };
        Transition::new(Write::Delivery { receipt: row, delivery: Delivery { channel, attempts: 0, state } }, event)
    }

    /// The customer answered. A confirmation closes a complete receipt; a dispute opens it again.
    pub(crate) fn answered(self, confirmation: Confirmation, by: Actor) -> Transition {
        let now = confirmation.at;
        let kind =
            EventKind::ReceiptAnswered { receipt: self.id, answer: confirmation.answer, grade: confirmation.grade };
        let closed_at = match confirmation.answer {
            Answer::Confirmed => self.closed_at.or(Some(now)),
            Answer::Disputed => None,
            Answer::Unclear => self.closed_at,
        };
        let receipt = Self { closed_at, version: self.version + 1, ..self };
        Transition::new(Write::Confirmation { receipt, confirmation }, Event { at: now, actor: by, kind })
    }

    fn delivered(self, delivery: Delivery, kind: EventKind, at: Timestamp) -> Transition {
        let receipt = Self { version: self.version + 1, ..self };
        Transition::new(Write::Delivery { receipt, delivery }, Event { at, actor: Actor::Desk, kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_in_a_subject_and_nowhere_else() {
        let token = token_from([7; 16]);
        assert_eq!(token_in(&format!("Re: Your files [{token}]")), Some(token.clone()));
        for text in ["", "CR-", "CR-AAAA", "CR-IIIIIIIIIIII", "ÄCR-AAAAAAAAÄÄÄÄ", &format!("{token}A")] {
            assert_eq!(token_in(text), None, "{text:?} holds no token");
        }
    }

    #[test]
    fn a_token_has_a_letter_for_each_of_its_random_bytes() {
        assert_eq!(token_from(std::array::from_fn(|at| at as u8)), "CR-ABCDEFGHJKLM");
        assert_eq!(token_from(std::array::from_fn(|at| 255 - at as u8)), "CR-98765432ZYXW");
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn row() -> ReceiptRow {
        ReceiptRow {
            id: ReceiptId::from_bytes([1; 16]),
            case: CaseId::from_bytes([2; 16]),
            follows: None,
            files: vec![FileId::from_bytes([3; 16])],
            issued_at: at(1),
            complete: true,
            payload_digest: "00".repeat(32),
            token: token_from([7; 16]),
            message_id: "receipt.1@support.example".to_owned(),
            closed_at: None,
            version: 6,
        }
    }

    fn waiting() -> Delivery {
        let state = DeliveryState::Waiting { try_at: at(1), last_fault: None };
        Delivery { channel: Channel::Mail, attempts: 2, state }
    }

    #[test]
    fn each_sending_changes_the_place_in_the_outbox_and_counts_the_write() {
        let fault = Fault::Unreachable;
        let id = row().id;
        for (transition, attempts, state, kind) in [
            (
                row().sent(waiting(), at(5)),
                3,
                DeliveryState::Sent { at: at(5) },
                EventKind::ReceiptSent { receipt: id, channel: Channel::Mail },
            ),
            (
                row().delayed(waiting(), fault, at(9), at(5)),
                3,
                DeliveryState::Waiting { try_at: at(9), last_fault: Some(fault) },
                EventKind::ReceiptDelayed { receipt: id, fault, attempts: 3 },
            ),
            (
                row().bounced(waiting(), at(5)),
                2,
                DeliveryState::Bounced { at: at(5) },
                EventKind::ReceiptBounced { receipt: id },
            ),
        ] {
            let Write::Delivery { receipt, delivery } = transition.write() else {
                unreachable!("it writes the outbox")
            };
            assert_eq!(receipt, &ReceiptRow { version: 7, ..row() });
            assert_eq!(delivery, &Delivery { channel: Channel::Mail, attempts, state });
            let event = transition.event();
            assert_eq!((event.at, event.actor, &event.kind), (at(5), Actor::Desk, &kind));
        }
    }

    #[test]
    fn a_person_sends_it_again_from_the_beginning_by_the_way_they_say() {
        let person = crate::id::PersonId::from_bytes([4; 16]);
        let transition = row().resend(Channel::Thread, person, at(5));
        let Write::Delivery { receipt, delivery } = transition.write() else { unreachable!("it writes the outbox") };
        assert_eq!(receipt, &ReceiptRow { version: 7, ..row() });
        let state = DeliveryState::Waiting { try_at: at(5), last_fault: None };
        assert_eq!(delivery, &Delivery { channel: Channel::Thread, attempts: 0, state });
        let kind = EventKind::ReceiptRequeued { receipt: row().id, channel: Channel::Thread };
        assert_eq!((transition.event().actor, &transition.event().kind), (Actor::Person(person), &kind));
    }

    #[test]
    fn a_confirmation_closes_a_dispute_opens_again_and_what_is_unclear_changes_nothing() {
        for (answer, was, closed_at) in [
            (Answer::Confirmed, None, Some(at(5))),
            (Answer::Confirmed, Some(at(3)), Some(at(3))),
            (Answer::Disputed, Some(at(3)), None),
            (Answer::Unclear, Some(at(3)), Some(at(3))),
            (Answer::Unclear, None, None),
        ] {
            let confirmation = Confirmation {
                receipt: row().id,
                answer,
                grade: Grade::Replied,
                channel: Channel::Mail,
                source: "a digest".to_owned(),
                at: at(5),
            };
            let before = ReceiptRow { closed_at: was, ..row() };
            let transition = before.answered(confirmation.clone(), Actor::Desk);
            let Write::Confirmation { receipt, confirmation: written } = transition.write() else {
                unreachable!("it writes the answer")
            };
            assert_eq!(receipt, &ReceiptRow { closed_at, version: 7, ..row() }, "{answer:?} after {was:?}");
            assert_eq!(written, &confirmation);
            let kind = EventKind::ReceiptAnswered { receipt: row().id, answer, grade: Grade::Replied };
            assert_eq!((transition.event().at, &transition.event().kind), (at(5), &kind));
        }
    }
}

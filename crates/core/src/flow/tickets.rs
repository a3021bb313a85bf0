//! Tickets: what staff write in a thread links its case to the tracker; what is doubtful is offered to a person.

use tracing::info;

use super::{FlowError, Policy, intake::TOPIC_TRACKER};
use crate::{
    case::Case,
    event::Actor,
    id::PersonId,
    ports::{Fault, PortError, Ports, Post, Thread},
    ticket::{OfferStanding, TicketOffer, TicketRef},
};

/// Reads which tickets a thread names. One certain name by staff links a case that is not linked yet; everything else is
/// offered: several names, names that could mean something else, names that the customer wrote.
pub async fn note_tickets(ports: &Ports, policy: &Policy, case: Case, thread: &Thread) -> Result<Case, FlowError> {
    if policy.ticket_patterns.is_empty() {
        return Ok(case);
    }
    let known = ports.ledger.ticket_offers(case.id).await?;
    let named = named(policy, &thread.posts);
    let certain: Vec<_> = named.iter().filter(|(_, certain)| *certain).map(|(ticket, _)| ticket).collect();
    let is_free =
        case.ticket.tracker == TOPIC_TRACKER && known.iter().all(|offer| offer.standing != OfferStanding::Taken);
    let link = match certain[..] {
        [only] if is_free && !known.iter().any(|offer| offer.ticket == *only) => Some(only.clone()),
        _ => None,
    };
    let now = ports.clock.now();
    let mut case = case;
    let mut transitions = Vec::new();
    for (ticket, _) in named {
        if ticket == case.ticket || known.iter().any(|offer| offer.ticket == ticket) {
            continue;
        }
        let is_taken = link.as_ref() == Some(&ticket);
        let standing = if is_taken { OfferStanding::Taken } else { OfferStanding::Offered };
        let offer = TicketOffer { case: case.id, ticket: ticket.clone(), noted_at: now, standing, version: 0 };
        transitions.push(offer.note());
        if is_taken {
            info!(case = %case.id, "tickets.link");
            transitions.push(case.clone().link_ticket(ticket.clone(), Actor::Desk, now));
            case = linked(case, ticket);
        }
    }
    if !transitions.is_empty() {
        ports.ledger.commit(transitions).await?;
    }
    Ok(case)
}

/// A person says which ticket is the case's. An offer of it is settled with that.
pub async fn link(ports: &Ports, case: Case, ticket: TicketRef, by: PersonId) -> Result<(), FlowError> {
    let now = ports.clock.now();
    let offers = ports.ledger.ticket_offers(case.id).await?;
    let mut transitions = Vec::new();
    transitions.extend(
        offers
            .into_iter()
            .filter(|offer| offer.ticket == ticket && offer.standing != OfferStanding::Taken)
            .map(|offer| offer.resolve(true, by, now)),
    );
    transitions.push(case.link_ticket(ticket, Actor::Person(by), now));
    ports.ledger.commit(transitions).await?;
    Ok(())
}

/// A person says that an offered ticket is not the case's.
pub async fn set_aside(ports: &Ports, case: &Case, ticket: &TicketRef, by: PersonId) -> Result<(), FlowError> {
    let offers = ports.ledger.ticket_offers(case.id).await?;
    let offer = offers.into_iter().find(|offer| offer.ticket == *ticket && offer.standing == OfferStanding::Offered);
    let offer = offer.ok_or_else(|| PortError::not_possible(Fault::NotFound))?;
    ports.ledger.commit(vec![offer.resolve(false, by, ports.clock.now())]).await?;
    Ok(())
}

/// Every ticket that the posts name, and whether that is certain.
fn named(policy: &Policy, posts: &[Post]) -> Vec<(TicketRef, bool)> {
    let mut named: Vec<(TicketRef, bool)> = Vec::new();
    for post in posts {
        for pattern in &policy.ticket_patterns {
            for ticket in pattern.find(post.own_text.reveal()) {
                let certain = pattern.certain && post.by_staff;
                match named.iter_mut().find(|(known, _)| *known == ticket) {
                    Some((_, known)) => *known |= certain,
                    None => named.push((ticket, certain)),
                }
            }
        }
    }
    named
}

fn linked(case: Case, ticket: TicketRef) -> Case {
    Case { ticket, standing: crate::ticket::Standing::UNREAD, version: case.version + 1, ..case }
}

//! What a person is told of outside the window: that something needs them, that a customer asked for removal, and that a
//! viewing copy is about to end. Nothing else, and each once.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    event::{Actor, Event, EventKind},
    id::{CaseId, FileId, ViewingCopyId},
    request::RequestStanding,
    viewing_copy::ViewingCopy,
};

/// So long before its end a viewing copy is about to end: time enough to save and close.
pub const BEFORE_THE_END: SignedDuration = SignedDuration::from_mins(5);

/// One piece of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Things began to wait for a person.
    NeedsPerson {
        /// How many.
        things: u64,
        /// The case, if all of them concern one.
        case: Option<CaseId>,
    },
    /// A customer asked for removal.
    RemovalAsked {
        /// In which case.
        case: CaseId,
    },
    /// A viewing copy is about to end.
    CopyEnds {
        /// Of which file.
        file: FileId,
        /// When.
        until: Timestamp,
    },
}

/// Something that waits for a person, by what it is known again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Waiting {
    /// What kind of thing, and the ids it concerns.
    pub what: String,
    /// The case it concerns.
    pub case: Option<CaseId>,
}

/// What was told before. Ids and words of ours only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Up to which event.
    pub event: u64,
    /// What waited then.
    pub waiting: BTreeSet<Waiting>,
    /// Viewing copies whose end was told, with the end. One that was made to last longer is told again.
    pub copies: BTreeSet<(ViewingCopyId, Timestamp)>,
}

impl Told {
    /// What is new since then, and what will have been told after it.
    pub fn news(
        &self,
        events: &[(u64, Event)],
        waiting: BTreeSet<Waiting>,
        copies: &[ViewingCopy],
        now: Timestamp,
    ) -> (Vec<News>, Self) {
        let mut news = Vec::new();
        let fresh: Vec<_> = waiting.difference(&self.waiting).collect();
        if let Some(first) = fresh.first() {
            let case = first.case.filter(|_| fresh.iter().all(|it| it.case == first.case));
            news.push(News::NeedsPerson { things: fresh.len() as u64, case });
        }
        let asked: BTreeSet<CaseId> = events.iter().filter_map(|(_, event)| asked_in(event)).collect();
        news.extend(asked.into_iter().map(|case| News::RemovalAsked { case }));
        let ends = |copy: &&ViewingCopy| {
            copy.ended.is_none()
                && copy.stays.is_none()
                && now < copy.until
                && copy.until.duration_since(now) <= BEFORE_THE_END
        };
        let ending: Vec<_> = copies.iter().filter(ends).collect();
        let untold = ending.iter().filter(|copy| !self.copies.contains(&(copy.id, copy.until)));
        news.extend(untold.map(|copy| News::CopyEnds { file: copy.file, until: copy.until }));
        let told = Self {
            event: events.last().map_or(self.event, |(index, _)| *index),
            waiting,
            copies: ending.iter().map(|copy| (copy.id, copy.until)).collect(),
        };
        (news, told)
    }
}

/// The case in which this event says that its customer asked. What is unclear waits for a person, and is told as that.
fn asked_in(event: &Event) -> Option<CaseId> {
    match (&event.actor, &event.kind) {
        (Actor::Customer(_), EventKind::RequestReceived { case, standing: RequestStanding::Accepted, .. }) => {
            Some(*case)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{CustomerId, PersonId, RequestId},
        request::Channel,
    };

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + minutes * 60).unwrap()
    }

    fn case(number: u8) -> CaseId {
        format!("{number:032x}").parse().unwrap()
    }

    fn waits(what: &str, of: Option<u8>) -> Waiting {
        Waiting { what: what.to_owned(), case: of.map(case) }
    }

    fn request(actor: Actor, standing: RequestStanding) -> (u64, Event) {
        let request: RequestId = format!("{:032x}", 9).parse().unwrap();
        let kind =
            EventKind::RequestReceived { request, case: case(1), file: None, channel: Channel::Thread, standing };
        (7, Event { at: at(0), actor, kind })
    }

    fn copy(until: i64) -> ViewingCopy {
        let (id, file, by) = (format!("{:032x}", 3), format!("{:032x}", 4), format!("{:032x}", 5));
        ViewingCopy {
            id: id.parse().unwrap(),
            file: file.parse().unwrap(),
            by: by.parse::<PersonId>().unwrap(),
            made_at: at(-60),
            until: at(until),
            beside: 0,
            stays: None,
            ended: None,
            version: 1,
        }
    }

    #[test]
    fn what_waits_for_a_person_is_told_once_however_long_it_waits() {
        let waiting = BTreeSet::from([waits("file_lost", Some(1)), waits("receipt_bounced", Some(1))]);
        let (news, told) = Told::default().news(&[], waiting.clone(), &[], at(0));
        assert_eq!(news, [News::NeedsPerson { things: 2, case: Some(case(1)) }]);
        assert_eq!(told.news(&[], waiting.clone(), &[], at(1)).0, []);
        let mut more = waiting;
        more.extend([waits("sweep_stopped", None), waits("file_lost", Some(2))]);
        let (news, _) = told.news(&[], more, &[], at(2));
        assert_eq!(news, [News::NeedsPerson { things: 2, case: None }], "of two cases, so none is named");
    }

    #[test]
    fn what_waits_again_after_it_was_settled_is_told_again() {
        let waiting = BTreeSet::from([waits("case_exposed", Some(1))]);
        let (_, told) = Told::default().news(&[], waiting.clone(), &[], at(0));
        let (_, settled) = told.news(&[], BTreeSet::new(), &[], at(1));
        assert_eq!(settled.news(&[], waiting, &[], at(2)).0.len(), 1);
    }

    #[test]
    fn only_what_a_customer_asked_for_plainly_is_told_as_that() {
        let customer = Actor::Customer(format!("{:032x}", 6).parse::<CustomerId>().unwrap());
        let person = Actor::Person(format!("{:032x}", 5).parse().unwrap());
        let told = |actor, standing| Told::default().news(&[request(actor, standing)], BTreeSet::new(), &[], at(0));
        let (news, after) = told(customer, RequestStanding::Accepted);
        assert_eq!(news, [News::RemovalAsked { case: case(1) }]);
        assert_eq!(after.event, 7);
        assert_eq!(told(customer, RequestStanding::Unclear).0, []);
        assert_eq!(told(person, RequestStanding::Accepted).0, [], "staff know what they did");
    }

    #[test]
    fn the_end_of_a_viewing_copy_is_told_five_minutes_before_and_again_after_it_was_put_off() {
        let news = |told: &Told, until, now| told.news(&[], BTreeSet::new(), &[copy(until)], at(now));
        let (none, told) = news(&Told::default(), 30, 24);
        assert_eq!(none, []);
        let (ends, told) = news(&told, 30, 25);
        assert!(matches!(ends[..], [News::CopyEnds { until, .. }] if until == at(30)));
        let (none, told) = news(&told, 30, 29);
        assert_eq!(none, []);
        assert_eq!(news(&told, 60, 29).0, []);
        assert_eq!(news(&told, 60, 55).0.len(), 1);
        assert_eq!(news(&told, 30, 31).0, [], "what is over is not about to end");
    }
}

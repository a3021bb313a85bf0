//! What somebody dropped onto the window or chose for a case, until they say that it is to be moved.
//!
//! The paths stay here. The page gets names, and a token with which it can have that one thing done, once, for the case that it
//! was shown for. There is one at a time: whoever drops something else wants that instead.

use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use custody_core::{SignedDuration, Timestamp, id::CaseId, ports::Chosen};

use crate::AppError;

/// So long somebody may think about it.
const LASTS: SignedDuration = SignedDuration::from_mins(5);
/// More than this is not dropped at once by anybody who knows what it is.
const MOST_DROPPED: usize = 1000;

/// See the [module](self).
#[derive(Default)]
pub(crate) struct Offers(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    dropped: Option<(Vec<PathBuf>, Timestamp)>,
    offered: Option<Offered>,
}

struct Offered {
    token: String,
    case: CaseId,
    chosen: Vec<Chosen>,
    at: Timestamp,
}

impl Offers {
    /// Something was dropped onto the window. False if it is nothing that lies on this machine: a page is dragged like a file.
    pub(crate) fn drop(&self, paths: Vec<PathBuf>, now: Timestamp) -> bool {
        let paths: Vec<PathBuf> = paths.into_iter().filter(|path| path.is_absolute()).take(MOST_DROPPED).collect();
        let is_something = !paths.is_empty();
        *self.kept() = Kept { dropped: is_something.then_some((paths, now)), offered: None };
        is_something
    }

    /// What was dropped last, once.
    pub(crate) fn take_dropped(&self, now: Timestamp) -> Option<Vec<PathBuf>> {
        self.kept().dropped.take().filter(|(_, at)| lasts(*at, now)).map(|(paths, _)| paths)
    }

    /// It was looked at, and is shown for this case.
    pub(crate) fn offer(&self, token: String, case: CaseId, chosen: Vec<Chosen>, now: Timestamp) {
        *self.kept() = Kept { dropped: None, offered: Some(Offered { token, case, chosen, at: now }) };
    }

    /// What this token is for. It is for nothing any more after that.
    ///
    /// # Errors
    /// [`AppError::OfferOver`] if it is not the last one, for another case, too old, or was used.
    pub(crate) fn take(&self, token: &str, case: CaseId, now: Timestamp) -> Result<Vec<Chosen>, AppError> {
        let taken = self.kept().offered.take_if(|offered| offered.token == token);
        let taken = taken.filter(|offered| offered.case == case && lasts(offered.at, now));
        taken.map(|offered| offered.chosen).ok_or(AppError::OfferOver)
    }

    /// Nobody wants it any more, or nobody may.
    pub(crate) fn clear(&self) {
        *self.kept() = Kept::default();
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A clock that was put back ends it as well.
fn lasts(since: Timestamp, now: Timestamp) -> bool {
    since <= now && now.duration_since(since) < LASTS
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;
    const CASE: CaseId = CaseId::from_bytes([7; 16]);

    fn offered() -> Offers {
        let offers = Offers::default();
        offers.offer("token".into(), CASE, Vec::new(), NOW);
        offers
    }

    #[test]
    fn a_token_is_for_one_act_in_its_case_and_its_time() {
        let offers = offered();
        assert!(offers.take("token", CASE, NOW).is_ok());
        assert!(offers.take("token", CASE, NOW).is_err(), "it was used");
        assert!(offered().take("another", CASE, NOW).is_err());
        let offers = offered();
        assert!(offers.take("token", CaseId::from_bytes([8; 16]), NOW).is_err());
        assert!(offers.take("token", CASE, NOW).is_err(), "whoever tries it elsewhere has spent it");
        assert!(offered().take("token", CASE, NOW + SignedDuration::from_secs(299)).is_ok());
        assert!(offered().take("token", CASE, NOW + LASTS).is_err());
        assert!(offered().take("token", CASE, NOW - SignedDuration::from_secs(1)).is_err());
    }

    #[test]
    fn another_drop_takes_the_place_of_an_offer_and_is_shown_once() {
        let offers = offered();
        let here = std::env::temp_dir().join("a.log");
        assert!(offers.drop(vec![here.clone()], NOW));
        assert!(offers.take("token", CASE, NOW).is_err());
        assert_eq!(offers.take_dropped(NOW), Some(vec![here.clone()]));
        assert_eq!(offers.take_dropped(NOW), None);
        assert!(offers.drop(vec![here], NOW));
        assert_eq!(offers.take_dropped(NOW + LASTS), None, "nobody wanted it in time");
    }

    #[test]
    fn what_is_dragged_from_a_page_is_no_file() {
        let offers = Offers::default();
        assert!(!offers.drop(vec!["https:/example.org/a.zip".into(), "a.log".into()], NOW));
        assert_eq!(offers.take_dropped(NOW), None);
    }
}

//! A pause: for a while nothing is fetched from the forum and no letter goes out. What was promised to customers goes on:
//! requests are heard, tickets read, files erased on their day, and viewing copies ended.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::ports::{Fault, Job, PortError};

/// No pause lasts longer than this from its beginning, however often it is asked for anew.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// A pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When it began.
    pub since: Timestamp,
    /// When it ends by itself.
    pub until: Timestamp,
}

impl Pause {
    /// A pause from now on. One that lasts already keeps its beginning, so that it cannot be drawn out for ever.
    ///
    /// # Errors
    /// [`Fault::PauseTooLong`] for an end that is not ahead, or more than [`LONGEST`] after the beginning.
    pub fn begin(current: Option<Self>, until: Timestamp, now: Timestamp) -> Result<Self, PortError> {
        let since = current.filter(|pause| pause.lasts(now)).map_or(now, |pause| pause.since);
        if until <= now || until.duration_since(since) > LONGEST {
            return Err(PortError::not_possible(Fault::PauseTooLong));
        }
        Ok(Self { since, until })
    }

    /// Whether it lasts. A clock that was put back before its beginning ends it: no pause lasts longer than it may.
    pub fn lasts(&self, now: Timestamp) -> bool {
        self.since <= now && now < self.until
    }

    /// Whether this job rests meanwhile.
    pub const fn stops(job: Job) -> bool {
        matches!(job, Job::Intake | Job::Deliver)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + hours * 3600).unwrap()
    }

    fn begun(current: Option<Pause>, until: i64, now: i64) -> Result<Pause, Fault> {
        Pause::begin(current, at(until), at(now)).map_err(|error| error.fault)
    }

    #[test]
    fn a_pause_ends_by_itself_at_the_latest_a_day_after_its_beginning() {
        let pause = begun(None, 24, 0).unwrap();
        assert_eq!([0, 23, 24, 90].map(|hour| pause.lasts(at(hour))), [true, true, false, false]);
        for refused in [0, -1, 25] {
            assert_eq!(begun(None, refused, 0), Err(Fault::PauseTooLong), "{refused}");
        }
    }

    #[test]
    fn a_pause_that_is_asked_for_anew_is_not_drawn_out() {
        let first = begun(None, 1, 0).unwrap();
        assert_eq!(begun(Some(first), 25, 0), Err(Fault::PauseTooLong));
        let hour_before_its_end = Pause { since: at(0), until: at(24) };
        assert_eq!(begun(Some(hour_before_its_end), 25, 23), Err(Fault::PauseTooLong));
        assert_eq!(begun(Some(first), 20, 0).unwrap().since, at(0));
        assert_eq!(begun(Some(first), 26, 2).unwrap().since, at(2), "one that is over is over");
    }

    #[test]
    fn a_clock_that_is_put_back_makes_no_pause_longer() {
        assert!(!begun(None, 10, 5).unwrap().lasts(at(4)));
    }

    #[test]
    fn only_fetching_and_letters_rest() {
        let resting: Vec<_> = Job::ALL.into_iter().filter(|job| Pause::stops(*job)).collect();
        assert_eq!(resting, [Job::Intake, Job::Deliver]);
    }
}

//! Whether a job does its work: by its last run, by the run under way, and by the clock. Silence is told too: a job that
//! hangs, or that nobody runs, shows within its own interval.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    pause::Pause,
    ports::{Fault, Heartbeat},
};

/// What is known of a job.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Its last run that ended.
    pub last: Option<&'a Heartbeat>,
    /// When the run under way began, or last showed that it goes on.
    pub alive_at: Option<Timestamp>,
    /// When it was last asked to run, out of turn or for the first time. `None` if no desk is at work.
    pub asked_at: Option<Timestamp>,
    /// How often it is to run.
    pub every: SignedDuration,
}

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// It has not run yet, and is not late.
    NotYet,
    /// Its last run went well, and the next one is not late.
    Good,
    /// Its last run met a fault, and the next one is not late.
    Failing {
        /// What it met.
        fault: Fault,
    },
    /// It rests, as somebody said, and would be good otherwise.
    Paused {
        /// Until when.
        until: Timestamp,
    },
    /// It should have run, or come to an end, by then.
    Late {
        /// Since when.
        since: Timestamp,
    },
    /// It is late by more than another interval.
    Stopped {
        /// Since when it was late.
        since: Timestamp,
    },
}

/// How a job stands. Pure: the same knowledge at the same moment gives the same answer.
pub fn standing(known: &Known<'_>, now: Timestamp) -> Standing {
    let lies_ahead = known.last.is_some_and(|last| last.ran_at > now);
    if lies_ahead && known.alive_at.is_none() && known.asked_at.is_none() {
        // Noted before the clock was put back. It must hide no silence until the clock has caught up.
        return Standing::Late { since: now };
    }
    let Some(due) = due(known, now) else { return Standing::NotYet };
    if now > after(due, known.every) {
        return Standing::Stopped { since: due };
    }
    if now > due {
        return Standing::Late { since: due };
    }
    match known.last {
        Some(Heartbeat { fault: Some(fault), .. }) => Standing::Failing { fault: *fault },
        Some(_) => Standing::Good,
        None => Standing::NotYet,
    }
}

/// The moment after which the job is late, if it can be.
fn due(known: &Known<'_>, now: Timestamp) -> Option<Timestamp> {
    // A run that lasts longer than the time between two is one that hangs, unless it shows that it goes on.
    if let Some(alive_at) = known.alive_at {
        // The clock was put back: what is under way is given its time from now on.
        return Some(after(alive_at.min(now), known.every));
    }
    let next = |last: &Heartbeat| last.next_at.unwrap_or_else(|| after(last.ran_at, known.every));
    let next = known.last.filter(|last| last.ran_at <= now).map(next);
    let begun = next.max(known.asked_at.map(|asked| asked.min(now)))?;
    Some(after(begun, slack(known.every)))
}

/// A run begins a moment after its time, and the moment is never longer than the interval.
fn slack(every: SignedDuration) -> SignedDuration {
    (every / 4).max(SignedDuration::from_secs(30)).min(every.max(SignedDuration::from_secs(1)))
}

fn after(moment: Timestamp, span: SignedDuration) -> Timestamp {
    moment.checked_add(span).unwrap_or(Timestamp::MAX)
}

impl Standing {
    /// The same during a pause of the job. What is wrong with it is told all the same.
    pub fn while_paused(self, pause: Pause) -> Self {
        match self {
            Self::NotYet | Self::Good => Self::Paused { until: pause.until },
            Self::Failing { .. } | Self::Paused { .. } | Self::Late { .. } | Self::Stopped { .. } => self,
        }
    }

    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotYet => "not_yet",
            Self::Good => "good",
            Self::Failing { .. } => "failing",
            Self::Paused { .. } => "paused",
            Self::Late { .. } => "late",
            Self::Stopped { .. } => "stopped",
        }
    }

    /// Since when it is late.
    pub const fn late_since(self) -> Option<Timestamp> {
        match self {
            Self::Late { since } | Self::Stopped { since } => Some(since),
            Self::NotYet | Self::Good | Self::Failing { .. } | Self::Paused { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Job;

    const EVERY: SignedDuration = SignedDuration::from_mins(5);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + seconds).unwrap()
    }

    fn beat(ran_at: i64, fault: Option<Fault>) -> Heartbeat {
        Heartbeat { job: Job::Intake, ran_at: at(ran_at), good_at: None, fault, next_at: Some(at(ran_at + 300)) }
    }

    fn known(last: Option<&Heartbeat>) -> Known<'_> {
        Known { last, alive_at: None, asked_at: None, every: EVERY }
    }

    #[test]
    fn a_job_is_good_until_its_next_run_is_late_and_stopped_an_interval_after_that() {
        let last = beat(0, None);
        let told: Vec<_> =
            [0, 300, 375, 376, 675, 676, 90_000].map(|now| standing(&known(Some(&last)), at(now)).as_str()).into();
        assert_eq!(told, ["good", "good", "good", "late", "late", "stopped", "stopped"]);
        let missed = standing(&known(Some(&last)), at(376)).late_since().unwrap();
        assert!(missed <= at(600), "a run that was missed shows within the interval");
    }

    #[test]
    fn a_fault_is_told_until_the_job_is_late() {
        let last = beat(0, Some(Fault::Unreachable));
        assert_eq!(standing(&known(Some(&last)), at(100)), Standing::Failing { fault: Fault::Unreachable });
        assert_eq!(standing(&known(Some(&last)), at(400)).as_str(), "late");
    }

    #[test]
    fn a_run_that_hangs_shows_within_one_interval_from_its_beginning() {
        let last = beat(0, None);
        let hanging = Known { alive_at: Some(at(300)), ..known(Some(&last)) };
        assert_eq!(standing(&hanging, at(600)).as_str(), "good", "a long run is no fault");
        assert_eq!(standing(&hanging, at(601)), Standing::Late { since: at(600) });
        assert_eq!(standing(&hanging, at(901)), Standing::Stopped { since: at(600) });
        let first = Known { alive_at: Some(at(0)), ..known(None) };
        assert_eq!(standing(&first, at(10)), Standing::NotYet);
        assert_eq!(standing(&first, at(301)), Standing::Late { since: at(300) }, "the first run too");
        let going_on = Known { alive_at: Some(at(590)), ..hanging };
        assert_eq!(standing(&going_on, at(700)).as_str(), "good", "a download that goes on does not hang");
    }

    #[test]
    fn a_job_that_was_never_run_is_late_only_where_a_desk_is_at_work() {
        assert_eq!(standing(&known(None), at(1_000_000)), Standing::NotYet);
        let asked = Known { asked_at: Some(at(0)), ..known(None) };
        assert_eq!(standing(&asked, at(75)), Standing::NotYet);
        assert_eq!(standing(&asked, at(76)).as_str(), "late");
    }

    #[test]
    fn asking_for_a_round_after_the_clock_was_moved_gives_the_job_its_moment() {
        let last = beat(0, None);
        let moved = Known { asked_at: Some(at(259_200)), ..known(Some(&last)) };
        assert_eq!(standing(&moved, at(259_201)), Standing::Good);
        assert_eq!(standing(&moved, at(259_276)).as_str(), "late");
    }

    #[test]
    fn a_clock_that_was_put_back_hides_no_silence() {
        let ahead = beat(86_400, None);
        assert_eq!(standing(&known(Some(&ahead)), at(0)), Standing::Late { since: at(0) });
        let asked = Known { asked_at: Some(at(0)), ..known(Some(&ahead)) };
        assert_eq!(standing(&asked, at(1)), Standing::Good);
        assert_eq!(standing(&asked, at(76)).as_str(), "late");
        let under_way = Known { alive_at: Some(at(86_400)), ..known(Some(&ahead)) };
        assert_eq!(due(&under_way, at(0)), Some(at(300)));
    }

    #[test]
    fn a_pause_hides_nothing_that_is_wrong() {
        let pause = Pause { since: at(0), until: at(3600) };
        for stands in [Standing::NotYet, Standing::Good] {
            assert_eq!(stands.while_paused(pause), Standing::Paused { until: at(3600) });
        }
        let wrong = [Standing::Failing { fault: Fault::Unreachable }, Standing::Late { since: at(0) }];
        for stands in [wrong[0], wrong[1], Standing::Stopped { since: at(0) }] {
            assert_eq!(stands.while_paused(pause), stands);
        }
    }

    #[test]
    fn whatever_the_interval_is_nothing_is_late_before_its_time_and_silence_shows_within_it() {
        for seconds in [0, 1, 10, 60, 300, 3600, 86_400, i64::MAX / 4] {
            let every = SignedDuration::from_secs(seconds);
            let slack = slack(every);
            assert!(
                slack > SignedDuration::ZERO && slack <= every.max(SignedDuration::from_secs(1)),
                "{seconds}: {slack}"
            );
        }
    }
}

//! What time it surely is. A machine's clock may be set, jump, stand still or have been wrong since the machine was bought;
//! what ends by time must not end because of that.
//!
//! Three sources are compared: the machine's clock, the time since the program started, which nobody can set, and the dates
//! that connected servers put on their answers. Time that two of them agree on is *sure*. What erases asks for the sure time,
//! which is never later than the true one by more than the [tolerance](TOLERANCE); what is stamped gets the latest time that
//! is known of, so that no file seems older than it is.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// Clocks that differ by no more than this agree.
pub const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// Compares the sources. Pure: every time is handed in.
#[derive(Clone, Debug, Default)]
pub struct Timekeeper {
    /// A time that was sure, and how long the program ran then.
    sure: Option<Mark>,
    /// What a server said that did not agree with the machine, unless one agreed since.
    heard: Option<Mark>,
    /// By how much servers differ from the machine, where a person said that the machine is right.
    excused: Option<SignedDuration>,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    at: Timestamp,
    uptime: SignedDuration,
}

impl Mark {
    /// This time, so much later as the program went on running since.
    fn carried_to(self, uptime: SignedDuration) -> Timestamp {
        // An uptime that went back is a clock of a test; no time passed then.
        let passed = (uptime - self.uptime).max(SignedDuration::ZERO);
        self.at.checked_add(passed).unwrap_or(Timestamp::MAX)
    }
}

/// What time it is, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// For stamps: the latest time that is known of.
    pub now: Timestamp,
    /// For what ends by time: this time has come for sure. The beginning of time while nothing is sure.
    pub sure: Timestamp,
    /// What speaks against the machine's clock.
    pub doubt: Option<Doubt>,
}

/// What speaks against the machine's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// It went on by more than the program knows of: the machine slept or was off, or the clock was set. No server has
    /// confirmed it yet.
    Unconfirmed,
    /// A server says another time, or the clock was set back.
    Disagrees,
}

impl Timekeeper {
    /// Goes on from a time that was sure when an earlier run of the program noted it.
    pub fn resume(&mut self, sure: Timestamp, uptime: SignedDuration) {
        self.sure = Some(Mark { at: sure, uptime });
    }

    /// The time, while the machine's clock shows `machine`.
    pub fn read(&self, machine: Timestamp, uptime: SignedDuration) -> Reading {
        let heard = self.heard.map(|heard| heard.carried_to(uptime));
        let Some(sure) = self.sure.map(|sure| sure.carried_to(uptime)) else {
            let doubt = if heard.is_some() { Doubt::Disagrees } else { Doubt::Unconfirmed };
            return Reading { now: heard.unwrap_or(machine), sure: Timestamp::MIN, doubt: Some(doubt) };
        };
        match heard {
            // The machine may have stood still: no file may seem older for that.
            Some(heard) if heard.duration_since(sure) > TOLERANCE => {
                Reading { now: heard, sure, doubt: Some(Doubt::Disagrees) }
            }
            // A server that is behind, while the machine went on as it was: the server's clock is the wrong one.
            _ if agree(machine, sure) => {
                let now = heard.map_or(machine, |heard| heard.max(machine));
                Reading { now, sure: sure.min(machine), doubt: None }
            }
            Some(heard) => Reading { now: heard.max(sure), sure, doubt: Some(Doubt::Disagrees) },
            None if machine < sure => Reading { now: sure, sure, doubt: Some(Doubt::Disagrees) },
            None => Reading { now: machine, sure, doubt: Some(Doubt::Unconfirmed) },
        }
    }

    /// A connected server put this date on its answer just now.
    pub fn hear(&mut self, date: Timestamp, machine: Timestamp, uptime: SignedDuration) {
        let differs = date.duration_since(machine);
        let excused = self.excused.is_some_and(|excused| (differs - excused).abs() <= TOLERANCE);
        if agree(date, machine) || excused {
            self.sure = Some(Mark { at: machine, uptime });
            self.heard = None;
        } else {
            self.heard = Some(Mark { at: date, uptime });
        }
    }

    /// A person said that the machine's clock is right, whatever servers say.
    pub fn believe(&mut self, machine: Timestamp, uptime: SignedDuration) {
        self.excused = self.heard.map(|heard| heard.carried_to(uptime).duration_since(machine));
        self.sure = Some(Mark { at: machine, uptime });
        self.heard = None;
    }

    /// What a server said that does not agree with the machine, carried to now.
    pub fn server_time(&self, uptime: SignedDuration) -> Option<Timestamp> {
        self.heard.map(|heard| heard.carried_to(uptime))
    }
}

fn agree(one: Timestamp, other: Timestamp) -> bool {
    one.duration_since(other).abs() <= TOLERANCE
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + hours * 3600).unwrap()
    }

    fn up(hours: i64) -> SignedDuration {
        HOUR * i32::try_from(hours).unwrap()
    }

    /// Sure since hour 0, when the program started.
    fn sure() -> Timekeeper {
        let mut keeper = Timekeeper::default();
        keeper.hear(at(0), at(0), up(0));
        keeper
    }

    #[test]
    fn nothing_is_sure_until_somebody_confirms_the_clock() {
        let mut keeper = Timekeeper::default();
        let first = keeper.read(at(0), up(0));
        assert_eq!(first, Reading { now: at(0), sure: Timestamp::MIN, doubt: Some(Doubt::Unconfirmed) });
        keeper.hear(at(0), at(0), up(0));
        assert_eq!(keeper.read(at(0), up(0)), Reading { now: at(0), sure: at(0), doubt: None });
    }

    #[test]
    fn what_the_clock_says_and_what_of_it_is_sure() {
        use Doubt::{Disagrees, Unconfirmed};
        // The machine's clock, hours since the start, what a server says then; and what follows.
        for (what, machine, uptime, server, now, sure_at, doubt) in [
            ("all goes on", 5, 5, None, 5, 5, None),
            ("it slept, or was set ahead", 9, 1, None, 9, 1, Some(Unconfirmed)),
            ("it slept, and a server confirms it", 9, 1, Some(9), 9, 9, None),
            ("it was set ahead, and a server does not confirm it", 9, 1, Some(1), 1, 1, Some(Disagrees)),
            ("it was set back", 0, 5, None, 5, 5, Some(Disagrees)),
            ("it was set back, and a server says that it was right before", 0, 5, Some(5), 5, 5, Some(Disagrees)),
            ("it was wrong before, and is right now", 2, 5, Some(2), 2, 2, None),
            ("both machine and program stood still", 1, 1, Some(9), 9, 1, Some(Disagrees)),
            ("a server is behind", 5, 5, Some(2), 5, 5, None),
            ("the battery is empty", -90_000, 1, Some(9), 9, 1, Some(Disagrees)),
        ] {
            let mut keeper = sure();
            if let Some(server) = server {
                keeper.hear(at(server), at(machine), up(uptime));
            }
            let reading = keeper.read(at(machine), up(uptime));
            assert_eq!(reading, Reading { now: at(now), sure: at(sure_at), doubt }, "{what}");
        }
    }

    #[test]
    fn a_start_after_a_pause_is_sure_of_no_more_than_was_noted_before() {
        let mut keeper = Timekeeper::default();
        keeper.resume(at(0), up(0));
        let back = keeper.read(at(60), up(0));
        assert_eq!(back, Reading { now: at(60), sure: at(0), doubt: Some(Doubt::Unconfirmed) });
        keeper.hear(at(60), at(60), up(0));
        assert_eq!(keeper.read(at(60), up(0)).sure, at(60));
    }

    #[test]
    fn a_person_may_say_that_the_machine_is_right_and_is_believed_while_the_server_differs_by_the_same() {
        let mut keeper = sure();
        keeper.hear(at(1), at(9), up(1));
        keeper.believe(at(9), up(1));
        assert_eq!(keeper.read(at(9), up(1)), Reading { now: at(9), sure: at(9), doubt: None });
        keeper.hear(at(2), at(10), up(2));
        assert_eq!(keeper.read(at(10), up(2)).doubt, None, "as far off as before");
        // Set ahead again after that: nobody said anything about this.
        keeper.hear(at(3), at(90), up(3));
        let reading = keeper.read(at(90), up(3));
        assert_eq!((reading.sure, reading.doubt), (at(11), Some(Doubt::Disagrees)));
    }
}

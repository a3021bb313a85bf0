//! The practice world's clock: it flows with real time or stands still, and can be moved.
//!
//! Grace periods, rate windows and the forum's clean-up all read this clock, so that a story about
//! thirty days takes no time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

/// A clock that can be moved. Clones share one hand.
#[derive(Clone, Debug)]
pub struct PracticeClock {
    hand: Arc<Mutex<Hand>>,
    /// Ticks whenever somebody moves the hand.
    moves: Arc<watch::Sender<u64>>,
}

#[derive(Clone, Copy, Debug)]
enum Hand {
    Flowing { ahead: SignedDuration },
    Frozen { at: Timestamp },
}

impl PracticeClock {
    /// A clock that runs with real time.
    pub fn flowing() -> Self {
        Self::with(Hand::Flowing { ahead: SignedDuration::ZERO })
    }

    /// A clock that stands at `at` until it is moved.
    pub fn frozen_at(at: Timestamp) -> Self {
        Self::with(Hand::Frozen { at })
    }

    fn with(hand: Hand) -> Self {
        Self { hand: Arc::new(Mutex::new(hand)), moves: Arc::new(watch::Sender::new(0)) }
    }

    /// What this clock shows.
    pub fn now(&self) -> Timestamp {
        match *self.hand() {
            Hand::Flowing { ahead } => moved(real_time(), ahead),
            Hand::Frozen { at } => at,
        }
    }

    /// Moves the clock by `step` (backwards when negative); it goes on flowing or standing as before.
    pub fn advance(&self, step: SignedDuration) {
        match &mut *self.hand() {
            Hand::Flowing { ahead } => *ahead = ahead.saturating_add(step),
            Hand::Frozen { at } => *at = moved(*at, step),
        }
        self.moves.send_modify(|moves| *moves += 1);
    }

    /// Puts the clock to `time`; it goes on flowing or standing as before.
    pub fn set(&self, time: Timestamp) {
        match &mut *self.hand() {
            Hand::Flowing { ahead } => *ahead = time.duration_since(real_time()),
            Hand::Frozen { at } => *at = time,
        }
        self.moves.send_modify(|moves| *moves += 1);
    }

    /// Returns when this clock shows `time`, whether it got there by itself or was moved.
    pub(crate) async fn wait_until(&self, time: Timestamp) {
        let mut moves = self.moves.subscribe();
        loop {
            moves.mark_unchanged();
            let left = Duration::try_from(time.duration_since(self.now())).unwrap_or_default();
            if left.is_zero() {
                return;
            }
            let flows = matches!(*self.hand(), Hand::Flowing { .. });
            tokio::select! {
                // The sender lives as long as this clock.
                _ = moves.changed() => {}
                () = tokio::time::sleep(left), if flows => {}
            }
        }
    }

    fn hand(&self) -> MutexGuard<'_, Hand> {
        self.hand.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl custody_core::ports::Clock for PracticeClock {
    fn now(&self) -> Timestamp {
        Self::now(self)
    }
}

/// Time arithmetic that stops at the ends of the calendar instead of failing.
pub(crate) fn moved(time: Timestamp, step: SignedDuration) -> Timestamp {
    time.checked_add(step).unwrap_or(if step.is_negative() { Timestamp::MIN } else { Timestamp::MAX })
}

fn real_time() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_told() {
        let start: Timestamp = "2026-03-01T09:00:00Z".parse().unwrap();
        let clock = PracticeClock::frozen_at(start);
        let other = clock.clone();
        assert_eq!(clock.now(), start);
        other.advance(SignedDuration::from_hours(48));
        assert_eq!(clock.now(), "2026-03-03T09:00:00Z".parse().unwrap());
        clock.advance(SignedDuration::from_hours(-48));
        assert_eq!(other.now(), start);
    }

    #[test]
    fn a_flowing_clock_keeps_flowing_from_where_it_was_put() {
        let clock = PracticeClock::flowing();
        let far: Timestamp = "2031-01-01T00:00:00Z".parse().unwrap();
        clock.set(far);
        let shown = clock.now();
        assert!(shown >= far);
        assert!(shown.duration_since(far) < SignedDuration::from_mins(5));
    }

    #[test]
    fn the_calendar_has_ends_and_the_clock_stops_there() {
        let clock = PracticeClock::frozen_at(Timestamp::MAX);
        clock.advance(SignedDuration::from_hours(1));
        assert_eq!(clock.now(), Timestamp::MAX);
    }
}

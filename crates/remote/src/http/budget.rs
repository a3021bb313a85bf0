//! How often we ask: never more than the settings allow in any minute and any day, and not before a server wants us back.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use custody_core::ports::{Clock, PortResult};
use jiff::{SignedDuration, Timestamp};

use super::Failure;

const MINUTE: SignedDuration = SignedDuration::from_secs(60);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A pause without a length: half a minute, doubled each time up to a quarter of an hour.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
const LONGEST_GUESS: Duration = Duration::from_secs(15 * 60);

/// No server may send us away for longer than this at a time.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// How often one key may ask one forum.
#[derive(Clone, Debug)]
pub struct BudgetSettings {
    /// Requests in any 60 seconds.
    pub per_minute: u32,
    /// Requests in any 24 hours.
    pub per_day: u32,
    /// The longest time a request waits for its turn; it is told to come back if it would take longer.
    pub patience: Duration,
}

impl Default for BudgetSettings {
    /// Three quarters of what a forum allows as shipped. The patience covers a full minute's window: a thread of many
    /// posts takes more requests than a minute allows, and would never be read to its end by coming back.
    fn default() -> Self {
        Self { per_minute: 15, per_day: 2400, patience: Duration::from_secs(65) }
    }
}

/// What a request is for: some limits of a forum hold for one kind alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Purpose {
    /// Lists and threads.
    Reading,
    /// Files.
    Download,
    /// Posts of ours.
    Reply,
    /// Addresses of customers.
    Address,
    /// Who we are, and what the site is like.
    Site,
    /// Whether anything happened.
    Listening,
}

/// How much is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BudgetStanding {
    /// Requests left in this minute.
    pub left_this_minute: u32,
    /// Requests left in this day.
    pub left_today: u32,
    /// For how long the forum wants no request at all.
    pub paused_for: Option<Duration>,
}

/// The budget of one key at one forum.
pub(crate) struct Budget {
    settings: BudgetSettings,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

impl fmt::Debug for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Budget").field("settings", &self.settings).finish_non_exhaustive()
    }
}

#[derive(Debug, Default)]
struct State {
    /// When each request of the last day was or will be sent, in order. Turns are given out ahead, so that nobody who
    /// waits is overtaken.
    turns: VecDeque<Timestamp>,
    all_until: Option<Timestamp>,
    until: HashMap<Purpose, Timestamp>,
    guesses: u32,
}

impl Budget {
    /// A budget of which nothing is used. It reads this clock and waits on the runtime's.
    pub(crate) fn new(settings: BudgetSettings, clock: Arc<dyn Clock>) -> Self {
        Self { settings, clock, state: Mutex::default() }
    }

    /// Waits for a turn. An error says how long it would take.
    pub(crate) async fn take(&self, purpose: Purpose, route: &'static str) -> PortResult<()> {
        let wait = self.reserve(purpose, route)?;
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
            // The forum may have sent somebody else away meanwhile.
            let pause = self.state().pause(purpose, self.clock.now());
            if !pause.is_zero() {
                return Err(Failure::of_rate(route, pause));
            }
        }
        Ok(())
    }

    /// Counts requests that were sent without waiting: the forum counts them too.
    pub(crate) fn count(&self, requests: usize) {
        let now = self.clock.now();
        let mut state = self.state();
        for _ in 0..requests {
            let at = state.turns.back().map_or(now, |last| now.max(*last));
            state.turns.push_back(at);
        }
    }

    /// The forum wants no request for a while: of one purpose, or of any. Returns for how long.
    pub(crate) fn pause(&self, purpose: Option<Purpose>, asked: Option<Duration>) -> Duration {
        let now = self.clock.now();
        let mut state = self.state();
        let wait = asked.unwrap_or_else(|| {
            let guess = FIRST_PAUSE.saturating_mul(1 << state.guesses.min(8)).min(LONGEST_GUESS);
            state.guesses += 1;
            guess
        });
        let wait = wait.clamp(Duration::from_secs(1), LONGEST_PAUSE);
        let end = later(now, signed(wait));
        match purpose {
            None => state.all_until = Some(state.all_until.map_or(end, |until| until.max(end))),
            Some(purpose) => {
                let until = state.until.entry(purpose).or_insert(end);
                *until = (*until).max(end);
            }
        }
        wait
    }

    /// A request was answered: guesses start anew.
    pub(crate) fn went_well(&self) {
        self.state().guesses = 0;
    }

    /// How much is left.
    pub(crate) fn standing(&self) -> BudgetStanding {
        let now = self.clock.now();
        let state = self.state();
        let since = |span| state.turns.iter().filter(|turn| later(**turn, span) > now).count();
        let left = |most: u32, used: usize| most.saturating_sub(u32::try_from(used).unwrap_or(u32::MAX));
        let paused = state.all_until.map(|until| unsigned(until.duration_since(now))).filter(|wait| !wait.is_zero());
        BudgetStanding {
            left_this_minute: left(self.settings.per_minute, since(MINUTE)),
            left_today: left(self.settings.per_day, since(DAY)),
            paused_for: paused,
        }
    }

    fn reserve(&self, purpose: Purpose, route: &'static str) -> PortResult<Duration> {
        let now = self.clock.now();
        let mut state = self.state();
        state.forget(now, signed(self.settings.patience));
        let mut turn = later(now, signed(state.pause(purpose, now)));
        for (most, span) in [(self.settings.per_minute, MINUTE), (self.settings.per_day, DAY)] {
            let most = usize::try_from(most.max(1)).unwrap_or(usize::MAX);
            if let Some(first) = state.turns.len().checked_sub(most).and_then(|index| state.turns.get(index)) {
                turn = turn.max(later(*first, span));
            }
        }
        // In order: a turn ahead of one already given out would make a window too full.
        if let Some(last) = state.turns.back() {
            turn = turn.max(*last);
        }
        let wait = unsigned(turn.duration_since(now));
        if wait > self.settings.patience {
            return Err(Failure::of_rate(route, wait));
        }
        state.turns.push_back(turn);
        Ok(wait)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// How long this purpose must wait because the forum said so.
    fn pause(&mut self, purpose: Purpose, now: Timestamp) -> Duration {
        let longest = later(now, signed(LONGEST_PAUSE));
        let until = self.all_until.max(self.until.get(&purpose).copied());
        // A clock that was put back must not lengthen a pause.
        until.map_or(Duration::ZERO, |until| unsigned(until.min(longest).duration_since(now)))
    }

    fn forget(&mut self, now: Timestamp, patience: SignedDuration) {
        while self.turns.front().is_some_and(|turn| later(*turn, DAY) <= now) {
            self.turns.pop_front();
        }
        // Turns further ahead than anybody waits were given out before the clock was put back.
        let furthest = later(now, patience);
        if self.turns.back().is_some_and(|turn| *turn > furthest) {
            for turn in &mut self.turns {
                *turn = (*turn).min(now);
            }
        }
    }
}

fn later(time: Timestamp, span: SignedDuration) -> Timestamp {
    time.checked_add(span).unwrap_or(Timestamp::MAX)
}

fn signed(span: Duration) -> SignedDuration {
    SignedDuration::try_from(span).unwrap_or(SignedDuration::MAX)
}

fn unsigned(span: SignedDuration) -> Duration {
    Duration::try_from(span).unwrap_or(Duration::ZERO)
}

#[cfg(test)]
mod tests {
    use custody_core::ports::{ErrorKind, Fault, PortError};

    use super::*;

    struct Hand(Mutex<Timestamp>);

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            *self.0.lock().unwrap()
        }
    }

    impl Hand {
        fn advance(&self, seconds: i64) {
            let mut now = self.0.lock().unwrap();
            *now = later(*now, SignedDuration::from_secs(seconds));
        }
    }

    fn budget(per_minute: u32, per_day: u32) -> (Arc<Hand>, Budget) {
        let hand = Arc::new(Hand(Mutex::new(Timestamp::UNIX_EPOCH)));
        let settings = BudgetSettings { per_minute, per_day, patience: Duration::ZERO };
        (hand.clone(), Budget::new(settings, hand))
    }

    fn wait_of(error: &PortError) -> u64 {
        assert_eq!(error.fault, Fault::RateLimited);
        match error.kind {
            ErrorKind::TryAgain { after: Some(after) } => after.as_secs(),
            other => panic!("{other:?}"),
        }
    }

    fn take(budget: &Budget) -> Result<Duration, u64> {
        budget.reserve(Purpose::Reading, "test").map_err(|error| wait_of(&error))
    }

    #[test]
    fn no_sixty_seconds_hold_more_requests_than_allowed() {
        let (hand, budget) = budget(3, 1000);
        let mut sent: Vec<i64> = Vec::new();
        for _ in 0..400 {
            if take(&budget).is_ok() {
                sent.push(hand.now().as_second());
            }
            hand.advance(7);
        }
        assert!(sent.len() > 100);
        for at in &sent {
            let in_window = sent.iter().filter(|other| (*at..at + 60).contains(*other)).count();
            assert!(in_window <= 3, "{in_window} requests in the minute from second {at}");
        }
    }

    #[test]
    fn the_wait_told_is_the_wait_needed() {
        let (hand, budget) = budget(2, 3);
        assert_eq!(take(&budget), Ok(Duration::ZERO));
        hand.advance(10);
        assert_eq!(take(&budget), Ok(Duration::ZERO));
        let wait = take(&budget).unwrap_err();
        assert_eq!(wait, 50);
        hand.advance(i64::try_from(wait).unwrap());
        assert_eq!(take(&budget), Ok(Duration::ZERO));
        // The day is used up now.
        let wait = take(&budget).unwrap_err();
        assert_eq!(wait, 24 * 60 * 60 - 60);
        hand.advance(i64::try_from(wait).unwrap());
        assert_eq!(take(&budget), Ok(Duration::ZERO));
    }

    #[test]
    fn a_pause_of_one_purpose_does_not_hold_up_the_others() {
        let (hand, budget) = budget(100, 1000);
        budget.pause(Some(Purpose::Reply), Some(Duration::from_secs(39)));
        assert_eq!(take(&budget), Ok(Duration::ZERO));
        let refused = budget.reserve(Purpose::Reply, "test").unwrap_err();
        assert_eq!(wait_of(&refused), 39);
        budget.pause(None, Some(Duration::from_secs(7)));
        assert_eq!(take(&budget), Err(7));
        assert_eq!(budget.standing().paused_for, Some(Duration::from_secs(7)));
        hand.advance(7);
        assert_eq!(take(&budget), Ok(Duration::ZERO));
        assert_eq!(budget.standing().paused_for, None);
    }

    #[test]
    fn a_pause_without_a_length_grows_and_a_hostile_one_is_cut() {
        let (_, budget) = budget(100, 1000);
        let guesses: Vec<u64> = (0..7).map(|_| budget.pause(None, None).as_secs()).collect();
        assert_eq!(guesses, [30, 60, 120, 240, 480, 900, 900]);
        budget.went_well();
        assert_eq!(budget.pause(None, None).as_secs(), 30);
        assert_eq!(budget.pause(None, Some(Duration::MAX)), LONGEST_PAUSE);
    }

    #[test]
    fn a_clock_put_back_does_not_stop_the_desk() {
        let (hand, budget) = budget(2, 1000);
        take(&budget).unwrap();
        take(&budget).unwrap();
        hand.advance(-30 * 24 * 60 * 60);
        assert!(take(&budget).unwrap_err() <= 60);
        hand.advance(60);
        assert_eq!(take(&budget), Ok(Duration::ZERO));
    }

    #[test]
    fn turns_are_given_out_in_order_and_within_the_limit() {
        let hand = Arc::new(Hand(Mutex::new(Timestamp::UNIX_EPOCH)));
        let settings = BudgetSettings { per_minute: 2, per_day: 100, patience: Duration::from_secs(125) };
        let budget = Budget::new(settings, hand);
        let waits: Vec<_> = (0..7).map(|_| take(&budget).map(|wait| wait.as_secs())).collect();
        assert_eq!(waits, [Ok(0), Ok(0), Ok(60), Ok(60), Ok(120), Ok(120), Err(180)]);
    }
}

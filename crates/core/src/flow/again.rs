//! When to try again.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::ports::{ErrorKind, PortError};

const FIRST: SignedDuration = SignedDuration::from_secs(30);
const LONGEST: SignedDuration = SignedDuration::from_hours(6);

/// The moment of the next attempt: doubling from half a minute to six hours, and never before the other side allows it.
pub fn at(now: Timestamp, attempts: u32, error: &PortError) -> Timestamp {
    let doubled = FIRST.checked_mul(1_i32.checked_shl(attempts.min(16)).unwrap_or(i32::MAX)).unwrap_or(LONGEST);
    let asked = match error.kind {
        ErrorKind::TryAgain { after: Some(after) } => signed(after),
        ErrorKind::NeedsPerson => LONGEST,
        ErrorKind::TryAgain { after: None } | ErrorKind::NotPossible => SignedDuration::ZERO,
    };
    now.checked_add(doubled.min(LONGEST).max(asked)).unwrap_or(Timestamp::MAX)
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(LONGEST)
}

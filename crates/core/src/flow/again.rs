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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Fault;

    #[test]
    fn waits_double_up_to_six_hours_and_heed_what_was_asked() {
        let now = Timestamp::UNIX_EPOCH;
        let passing = PortError::try_again(Fault::ServerTrouble);
        let asked = |secs| PortError::try_again_after(Fault::RateLimited, Duration::from_secs(secs));
        let person = PortError::needs_person(Fault::CredentialsRefused);
        for (attempts, error, seconds) in [
            (0, &passing, 30),
            (1, &passing, 60),
            (5, &passing, 16 * 60),
            (9, &passing, 256 * 60),
            (10, &passing, 6 * 60 * 60),
            (u32::MAX, &passing, 6 * 60 * 60),
            (0, &asked(600), 600),
            (3, &asked(1), 240),
            (0, &asked(24 * 60 * 60), 24 * 60 * 60),
            (0, &person, 6 * 60 * 60),
        ] {
            let waits = at(now, attempts, error).duration_since(now).as_secs();
            assert_eq!(waits, seconds, "attempt {attempts} after {error:?}");
        }
    }
}

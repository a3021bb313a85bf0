//! Lengths of time as rules state them: "3 days", "12 hours".

use std::{fmt, str::FromStr};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A whole number of minutes. A day is 24 hours, so that a rule means the same in every time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Period {
    minutes: u32,
}

/// A text that is no period.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
#[error("write a period as a number and a unit, such as \"3 days\", \"12 hours\" or \"30 minutes\"")]
pub struct NotAPeriod;

const MINUTES_A_DAY: u32 = 24 * 60;

impl Period {
    /// No time at all.
    pub const ZERO: Self = Self { minutes: 0 };

    /// Whole days of 24 hours.
    pub const fn days(days: u32) -> Self {
        Self { minutes: days.saturating_mul(MINUTES_A_DAY) }
    }

    /// Whole hours.
    pub const fn hours(hours: u32) -> Self {
        Self { minutes: hours.saturating_mul(60) }
    }

    /// Whole minutes.
    pub const fn minutes(minutes: u32) -> Self {
        Self { minutes }
    }

    /// The same as a duration.
    pub const fn as_duration(self) -> SignedDuration {
        SignedDuration::from_mins(self.minutes as i64)
    }

    /// The moment this long after `start`; the end of time if there is none.
    pub fn after(self, start: Timestamp) -> Timestamp {
        start.checked_add(self.as_duration()).unwrap_or(Timestamp::MAX)
    }

    /// The moment this long before `end`; the beginning of time if there is none.
    pub fn before(self, end: Timestamp) -> Timestamp {
        end.checked_sub(self.as_duration()).unwrap_or(Timestamp::MIN)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self.minutes {
            0 => (0, "day"),
            m if m % MINUTES_A_DAY == 0 => (m / MINUTES_A_DAY, "day"),
            m if m % 60 == 0 => (m / 60, "hour"),
            m => (m, "minute"),
        };
        write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let (count, unit) = text.trim().split_once(' ').ok_or(NotAPeriod)?;
        let count: u32 = count.parse().map_err(|_| NotAPeriod)?;
        let minutes_each = match unit.trim() {
            "day" | "days" => MINUTES_A_DAY,
            "hour" | "hours" => 60,
            "minute" | "minutes" => 1,
            _ => return Err(NotAPeriod),
        };
        // Refused rather than cut: a shortened period would erase too early.
        count.checked_mul(minutes_each).map(|minutes| Self { minutes }).ok_or(NotAPeriod)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_as_they_are_written() {
        for text in ["0 days", "1 day", "3 days", "36 hours", "1 hour", "90 minutes", "1 minute"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        assert_eq!("24 hours".parse::<Period>().unwrap().to_string(), "1 day");
    }

    #[test]
    fn a_period_in_the_settings_is_its_text() {
        assert_eq!(serde_json::to_string(&Period::days(3)).unwrap(), "\"3 days\"");
        assert_eq!(serde_json::from_str::<Period>("\"36 hours\"").unwrap().to_string(), "36 hours");
        assert!(serde_json::from_str::<Period>("\"3 weeks\"").is_err() && serde_json::from_str::<Period>("3").is_err());
    }

    #[test]
    fn unclear_periods_are_refused() {
        for text in ["", "3", "days", "-1 days", "3 weeks", "1.5 days", "99999999999 days", "4294967295 days"] {
            assert_eq!(text.parse::<Period>(), Err(NotAPeriod), "{text:?} is unclear");
        }
    }
}

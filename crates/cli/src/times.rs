//! Times as people type and read them.

use custody_core::{Timestamp, period::Period};
use jiff::{civil::Date, tz::TimeZone};

/// A text that is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotATime {
    /// No date.
    #[error("not a date")]
    Date,
    /// No length of time.
    #[error("not a length of time")]
    Length,
    /// A time that is over where one to come is needed.
    #[error("not a time to come")]
    Past,
}

impl NotATime {
    /// The two lines.
    pub fn lines(self) -> (String, String) {
        let (what, todo) = match self {
            Self::Date => (
                "This is not a date. Nothing was changed.",
                "Write it as 2026-12-24, as 2026-12-24T15:00:00Z, or as a time from now such as \"14 days\".",
            ),
            Self::Length => (
                "This is not a length of time. Nothing was changed.",
                "Write a number and a unit: 30m, 2h, 1d, or \"30 minutes\".",
            ),
            Self::Past => ("This time is over. Nothing was changed.", "Name a time that is still to come."),
        };
        (what.to_owned(), todo.to_owned())
    }
}

/// A moment to come, such as a review: a date (its beginning, here), a moment, or a length of time from now.
pub fn ahead(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, NotATime> {
    let moment = match length(text) {
        Ok(period) => period.after(now),
        Err(_) => moment(text, zone)?,
    };
    if moment > now { Ok(moment) } else { Err(NotATime::Past) }
}

/// A moment: a date (its beginning, here) or RFC 3339.
pub fn moment(text: &str, zone: &TimeZone) -> Result<Timestamp, NotATime> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let date: Date = text.parse().map_err(|_| NotATime::Date)?;
    let start = date.to_zoned_datetime(zone.clone()).map_err(|_| NotATime::Date)?;
    Ok(start.timestamp())
}

/// A length of time: `30m`, `2h`, `1d`, or as the settings write it.
pub fn length(text: &str) -> Result<Period, NotATime> {
    let text = text.trim();
    if let Ok(period) = text.parse() {
        return Ok(period);
    }
    let (digits, unit) = text.split_at(text.find(|letter: char| !letter.is_ascii_digit()).ok_or(NotATime::Length)?);
    let unit = match unit {
        "m" | "min" => "minutes",
        "h" => "hours",
        "d" => "days",
        _ => return Err(NotATime::Length),
    };
    format!("{digits} {unit}").parse().map_err(|_| NotATime::Length)
}

/// A moment of a view, here and to the minute: `2026-11-24 16:13 UTC`.
pub fn local(rfc3339: &str) -> String {
    rfc3339.parse().map_or_else(|_| rfc3339.to_owned(), |moment| local_in(moment, TimeZone::system()))
}

/// The same for a moment.
pub fn local_moment(moment: Timestamp) -> String {
    local_in(moment, TimeZone::system())
}

/// The same, or a dash.
pub fn local_or_dash(rfc3339: Option<&str>) -> String {
    rfc3339.map_or_else(|| "-".to_owned(), local)
}

fn local_in(moment: Timestamp, zone: TimeZone) -> String {
    moment.to_zoned_datetime(zone).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-24T16:00:00Z".parse().unwrap()
    }

    fn berlin() -> TimeZone {
        TimeZone::fixed(jiff::tz::offset(1))
    }

    #[test]
    fn a_review_may_be_a_date_a_moment_or_a_time_from_now() {
        for (text, moment) in [
            ("2026-12-24", "2026-12-23T23:00:00Z"),
            ("2026-12-24T15:00:00Z", "2026-12-24T15:00:00Z"),
            ("14 days", "2026-12-08T16:00:00Z"),
            ("2d", "2026-11-26T16:00:00Z"),
        ] {
            assert_eq!(ahead(text, now(), &berlin()), Ok(moment.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn a_review_in_the_past_is_refused() {
        for text in ["2026-11-24", "2020-01-01T00:00:00Z", "0 days"] {
            assert_eq!(ahead(text, now(), &berlin()), Err(NotATime::Past), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_times() {
        for text in ["", "soon", "2026-13-01", "24.12.2026"] {
            assert_eq!(ahead(text, now(), &berlin()), Err(NotATime::Date), "{text:?}");
        }
        for text in ["", "m", "30", "30s", "-3d", "3.5h", "99999999999d", "3 d"] {
            assert_eq!(length(text), Err(NotATime::Length), "{text:?}");
        }
    }

    #[test]
    fn lengths_may_be_short() {
        for (text, period) in [("30m", Period::minutes(30)), ("2h", Period::hours(2)), ("1d", Period::days(1))] {
            assert_eq!(length(text), Ok(period));
        }
    }

    #[test]
    fn moments_are_shown_here_and_with_their_zone() {
        assert_eq!(local_in(now(), TimeZone::UTC), "2026-11-24 16:00 UTC");
        assert_eq!(local_in(now(), berlin()), "2026-11-24 17:00 +01");
        assert_eq!(local("not a time"), "not a time");
    }
}

//! What a rule says about time, as one sentence that can be read back.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{ForumCopyRule, RetentionRule, StartPoint};
use crate::period::Period;

/// What a rule says, without its name and whom it is for.
///
/// The record of events holds it as a sentence. It is read back from there, so that it can be said in other languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RuleTerms {
    /// From when the period counts.
    pub start: StartPoint,
    /// How long a file is kept after that.
    pub period: Period,
    /// Time between due and erasing.
    pub grace: Period,
    /// The longest time after arrival.
    pub ceiling: Option<Period>,
    /// What is done about the forum's own copy.
    pub forum_copy: ForumCopyRule,
}

/// A text that is no sentence of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no sentence of a retention rule")]
pub struct NotTerms;

impl RetentionRule {
    /// What it says, without its name and whom it is for.
    pub const fn terms(&self) -> RuleTerms {
        let Self { start, period, grace, ceiling, forum_copy, .. } = self;
        RuleTerms { start: *start, period: *period, grace: *grace, ceiling: *ceiling, forum_copy: *forum_copy }
    }
}

const STARTS: [(StartPoint, &str); 3] = [
    (StartPoint::TicketClosed, "the ticket closes"),
    (StartPoint::Arrival, "arrival"),
    (StartPoint::CustomerActivity, "the customer last wrote"),
];
const ENDS: [(ForumCopyRule, &str); 2] =
    [(ForumCopyRule::Strip, "; then take the forum's own copy out of the thread."), (ForumCopyRule::Leave, ".")];

fn text_of<T: PartialEq>(table: &[(T, &'static str)], meant: &T) -> &'static str {
    table.iter().find(|(it, _)| it == meant).map_or("", |(_, text)| text)
}

impl fmt::Display for RuleTerms {
    /// As one sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = text_of(&STARTS, &self.start);
        if self.period == Period::ZERO {
            write!(f, "Erase {} after {start}", self.grace)?;
        } else {
            write!(f, "Erase {} after {start}, with {} of grace", self.period, self.grace)?;
        }
        if let Some(ceiling) = self.ceiling {
            write!(f, ", and at the latest {ceiling} after arrival")?;
        }
        f.write_str(text_of(&ENDS, &self.forum_copy))
    }
}

impl FromStr for RuleTerms {
    type Err = NotTerms;

    fn from_str(text: &str) -> Result<Self, NotTerms> {
        let period = |text: &str| text.parse::<Period>().map_err(|_| NotTerms);
        let rest = text.strip_prefix("Erase ").ok_or(NotTerms)?;
        let ended = ENDS.iter().find_map(|(end, text)| rest.strip_suffix(text).map(|rest| (rest, *end)));
        let (rest, forum_copy) = ended.ok_or(NotTerms)?;
        let (rest, ceiling) = match rest.split_once(", and at the latest ") {
            Some((rest, ceiling)) => (rest, Some(period(ceiling.strip_suffix(" after arrival").ok_or(NotTerms)?)?)),
            None => (rest, None),
        };
        let (first, rest) = rest.split_once(" after ").ok_or(NotTerms)?;
        let (start, grace) = match rest.split_once(", with ") {
            Some((start, grace)) => (start, Some(period(grace.strip_suffix(" of grace").ok_or(NotTerms)?)?)),
            None => (rest, None),
        };
        let start = STARTS.iter().find(|(_, text)| *text == start).ok_or(NotTerms)?.0;
        let (period, grace) = match grace {
            Some(grace) => (period(first)?, grace),
            None => (Period::ZERO, period(first)?),
        };
        Ok(Self { start, period, grace, ceiling, forum_copy })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_read_back_as_what_it_was_made_of() {
        let periods = [Period::ZERO, Period::minutes(1), Period::hours(36), Period::days(1), Period::days(90)];
        for (start, _) in STARTS {
            for (forum_copy, _) in ENDS {
                for period in periods {
                    for grace in periods {
                        for ceiling in periods.map(Some).into_iter().chain([None]) {
                            let terms = RuleTerms { start, period, grace, ceiling, forum_copy };
                            assert_eq!(terms.to_string().parse(), Ok(terms), "{terms}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn another_text_is_no_rule() {
        for text in
            ["", "Erase.", "Erase 3 days after dinner.", "Erase 3 weeks after arrival.", "Erase 3 days after arrival"]
        {
            assert_eq!(text.parse::<RuleTerms>(), Err(NotTerms), "{text:?}");
        }
    }
}

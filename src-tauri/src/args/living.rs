//! How the program lives on its desktop.

use serde::{Deserialize, Deserializer};
use ts_rs::TS;

use crate::{Language, QuitAnswer};

/// The longest pause, in hours.
const LONGEST_PAUSE: u32 = 24;

/// For how long nothing is fetched and no letter goes out.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PauseFor {
    /// From now on, 1 to 24.
    #[serde(deserialize_with = "pause")]
    pub hours: u32,
}

/// Which language the window speaks.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Speaks {
    /// This one.
    pub language: Language,
}

/// Whether to quit.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Quits {
    /// And how.
    pub answer: QuitAnswer,
}

/// Whether to start with the session.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Starts {
    /// It is to.
    pub starts: bool,
}

/// Whether text may be copied and printed out of a viewer.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Copies {
    /// It may.
    pub copies: bool,
}

fn pause<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        hours @ 1..=LONGEST_PAUSE => Ok(hours),
        _ => Err(serde::de::Error::custom("a pause lasts 1 to 24 hours")),
    }
}

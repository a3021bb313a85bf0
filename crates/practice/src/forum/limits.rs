//! Rate limits, counted on the practice clock.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};

use super::options::Limits;
use super::refusal::Refusal;
use crate::clock::moved;

/// Sliding windows: when each counted thing last happened.
#[derive(Debug, Default)]
pub(crate) struct Windows {
    marks: HashMap<String, VecDeque<Timestamp>>,
}

impl Windows {
    /// How long to wait before `name` may happen again; nothing when it may happen now.
    fn wait(&mut self, name: &str, most: usize, seconds: i64, now: Timestamp) -> Option<i64> {
        let marks = self.marks.entry(name.to_owned()).or_default();
        let span = SignedDuration::from_secs(seconds);
        while marks.front().is_some_and(|mark| moved(*mark, span) <= now) {
            marks.pop_front();
        }
        if marks.len() < most {
            return None;
        }
        let oldest = marks.get(marks.len().saturating_sub(most))?;
        let left = moved(*oldest, span).duration_since(now).as_secs_f64().ceil();
        Some((left as i64).max(1))
    }

    fn mark(&mut self, name: &str, now: Timestamp) {
        self.marks.entry(name.to_owned()).or_default().push_back(now);
    }

    /// Counts one action of a person, refusing it when there were too many.
    pub(crate) fn act(&mut self, name: &str, most: usize, seconds: i64, now: Timestamp) -> Result<(), i64> {
        match self.wait(name, most, seconds, now) {
            Some(wait) => Err(wait),
            None => {
                self.mark(name, now);
                Ok(())
            }
        }
    }

    /// Refuses when the user key has used up its minute or its day; a refusal does not count.
    pub(crate) fn check_user_key(&mut self, limits: &Limits, key: &str, now: Timestamp) -> Result<(), Refusal> {
        if !limits.per_key {
            return Ok(());
        }
        let (day, minute) = (format!("user-day {key}"), format!("user-minute {key}"));
        if let Some(wait) = self.wait(&day, limits.user_key_per_day, 86_400, now) {
            return Err(too_often(wait, "user_api_key_limiter_1_day"));
        }
        if let Some(wait) = self.wait(&minute, limits.user_key_per_minute, 60, now) {
            return Err(too_often(wait, "user_api_key_limiter_60_secs"));
        }
        Ok(())
    }

    /// Counts a request with a working user key.
    pub(crate) fn count_user_key(&mut self, limits: &Limits, key: &str, now: Timestamp) {
        if limits.per_key {
            self.mark(&format!("user-day {key}"), now);
            self.mark(&format!("user-minute {key}"), now);
        }
    }

    /// Counts a request with an admin key: one bucket for all of them.
    pub(crate) fn admin_key(&mut self, limits: &Limits, now: Timestamp) -> Result<(), Refusal> {
        if !limits.per_key {
            return Ok(());
        }
        self.act("admin-minute", limits.admin_keys_per_minute, 60, now)
            .map_err(|wait| too_often(wait, "admin_api_key_rate_limit"))
    }

    /// Counts a request by its address. Rejected requests count too: waiting is the only way out.
    pub(crate) fn address(
        &mut self,
        limits: &Limits,
        address: IpAddr,
        asset: bool,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if !limits.per_address {
            return Ok(());
        }
        let rules: &[(&str, usize, i64)] = if asset {
            &[("ip_assets_10_secs_limit", limits.address_assets_per_10_seconds, 10)]
        } else {
            &[
                ("ip_10_secs_limit", limits.address_per_10_seconds, 10),
                ("ip_60_secs_limit", limits.address_per_minute, 60),
            ]
        };
        let mut refused = None;
        for (code, most, seconds) in rules {
            let name = format!("{code} {address}");
            if let Some(wait) = self.wait(&name, *most, *seconds, now)
                && refused.is_none()
            {
                refused = Some(Refusal::SlowDown { wait, code });
            }
            self.mark(&name, now);
        }
        refused.map_or(Ok(()), Err)
    }
}

fn too_often(wait: i64, code: &'static str) -> Refusal {
    Refusal::TooOften { wait, code: Some(code) }
}

//! The jobs of a desk.

use custody_core::ports::Job;
use serde::Serialize;
use ts_rs::TS;

use super::ProblemView;

/// A job: its last run, and how it stands.
#[derive(Clone, Debug, Serialize, TS)]
pub struct JobView {
    /// Which job.
    #[ts(type = "string")]
    pub job: Job,
    /// How it stands.
    pub standing: JobStanding,
    /// Since when it is late, RFC 3339.
    pub late_since: Option<String>,
    /// When its last run ended, RFC 3339.
    pub ran_at: Option<String>,
    /// When it last ran without a fault, RFC 3339.
    pub good_at: Option<String>,
    /// When it is to run next, RFC 3339.
    pub next_at: Option<String>,
    /// When the run under way began, or last showed that it goes on, RFC 3339.
    pub under_way_since: Option<String>,
    /// What the last run met.
    pub problem: Option<ProblemView>,
}

/// What goes on, for somebody who wants to leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WorkView {
    /// Jobs under way that would be taken up again at the next start.
    #[ts(type = "string[]")]
    pub jobs: Vec<Job>,
    /// Viewing copies that would be erased.
    pub viewing_copies: u32,
}

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobStanding {
    /// It has not run yet, and is not late.
    NotYet,
    /// Its last run went well, and the next one is not late.
    Good,
    /// Its last run met a problem, and the next one is not late.
    Failing,
    /// It rests, as somebody said.
    Paused,
    /// It should have run, or come to an end, by now.
    Late,
    /// It is late by more than the time between two runs.
    Stopped,
}

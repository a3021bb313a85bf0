//! How the desk stands, for somebody who glances at the tray.

use custody_desk::views::JobStanding;

use crate::Stage;

/// How it stands: what weighs most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// Nothing to do.
    Well,
    /// Something waits for a person.
    Waits,
    /// Somebody paused it.
    Paused,
    /// A job has stopped, or the desk could not be opened.
    Problem,
}

/// All that the tray shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glance {
    /// How it stands.
    pub condition: Condition,
    /// How many things wait for a person.
    pub waiting: u64,
    /// A pause lasts.
    pub paused: bool,
    /// Files can be opened.
    pub unlocked: bool,
    /// A desk is open at all.
    pub open: bool,
}

impl Glance {
    /// No desk is open.
    pub const NO_DESK: Self =
        Self { condition: Condition::Well, waiting: 0, paused: false, unlocked: false, open: false };
}

/// Looks at the desk.
pub async fn of(stage: &Stage) -> Glance {
    let Ok(desk) = stage.desk() else {
        let condition = if stage.has_failed() { Condition::Problem } else { Condition::Well };
        return Glance { condition, ..Glance::NO_DESK };
    };
    let open = Glance { unlocked: desk.is_unlocked(), paused: desk.is_paused(), open: true, ..Glance::NO_DESK };
    let (Ok(jobs), Ok(attention)) = (desk.jobs().await, desk.attention().await) else {
        return Glance { condition: Condition::Problem, ..open };
    };
    let stopped = jobs.iter().any(|job| job.standing == JobStanding::Stopped);
    let waiting = attention.len() as u64;
    Glance { condition: condition(stopped, waiting, open.paused), waiting, ..open }
}

fn condition(stopped: bool, waiting: u64, paused: bool) -> Condition {
    match (stopped, waiting, paused) {
        (true, _, _) => Condition::Problem,
        (false, 1.., _) => Condition::Waits,
        (false, 0, true) => Condition::Paused,
        (false, 0, false) => Condition::Well,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_weighs_most_is_shown() {
        assert_eq!(condition(true, 3, true), Condition::Problem);
        assert_eq!(condition(false, 3, true), Condition::Waits, "a pause hides nothing that waits");
        assert_eq!(condition(false, 0, true), Condition::Paused);
        assert_eq!(condition(false, 0, false), Condition::Well);
    }
}

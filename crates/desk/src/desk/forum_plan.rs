//! How the forum's budget is spent: what is left of it, and whose thread is read next.

use custody_core::{
    flow::{
        intake::TOPIC_TRACKER,
        watch::{self, Urgency},
    },
    ports::{Fault, PortError},
};

use super::Desk;
use crate::{
    Result,
    show::time,
    views::{ForumPlanView, PlannedView},
};

/// How many of the next are named.
const NAMED: usize = 10;

impl Desk {
    /// The plan of the forum's budget. Asks the forum nothing.
    ///
    /// # Errors
    /// [`Fault::NotConnected`] while there is no forum; faults of the ledger.
    pub async fn forum_plan(&self) -> Result<ForumPlanView> {
        let wired = self.wired();
        let (Some(forum), Some(settings)) = (&wired.discourse, &wired.settings.forum) else {
            return Err(PortError::needs_person(Fault::NotConnected).into());
        };
        let budget = forum.budget();
        let mut plan = watch::plan(&wired.ports).await?;
        plan.retain(|planned| planned.case.ticket.tracker == TOPIC_TRACKER);
        let (watched, each_round) = (count(plan.len()), wired.policy.tickets_each_round);
        let round_minutes =
            count(usize::try_from(wired.settings.times.round_every.as_duration().as_mins()).unwrap_or(0));
        let rounds = watched.div_ceil(each_round.max(1));
        Ok(ForumPlanView {
            per_minute: settings.requests_per_minute,
            per_day: settings.requests_per_day,
            left_this_minute: budget.left_this_minute,
            left_today: budget.left_today,
            paused_for: budget.paused_for.map(|pause| pause.as_secs()),
            watched,
            each_round,
            round_minutes,
            all_within_hours: rounds.saturating_mul(round_minutes).div_ceil(60),
            next: plan
                .iter()
                .take(NAMED)
                .map(|planned| PlannedView {
                    case: planned.case.id.to_string(),
                    urgency: word(planned.urgency).to_owned(),
                    read_at: planned.read_at.map(time),
                })
                .collect(),
        })
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

const fn word(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Unknown => "unknown",
        Urgency::Open => "open",
        Urgency::Closed => "closed",
        Urgency::Empty => "empty",
    }
}

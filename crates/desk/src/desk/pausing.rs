//! A pause of what talks to the outside for our own convenience: fetching files, and letters. Both are recorded, its
//! beginning and its end.

use std::sync::PoisonError;

use custody_core::{
    SignedDuration, Timestamp,
    event::{Actor, Event, EventKind},
    pause::{LONGEST, Pause},
    ports::{Fault, Ledger as _, PortError},
    transition::Transition,
};
use tracing::{info, warn};

use super::{Desk, rounds::chain};
use crate::{Result, show, views::PauseView};

/// Where the pause is kept across restarts; empty after it.
const PAUSE: &str = "pause";

impl Desk {
    /// Fetches nothing and sends nothing until then; a download that is under way is broken off, and begun again afterwards.
    /// Requests are heard, tickets read, files erased on their day and viewing
    /// copies ended as ever.
    ///
    /// # Errors
    /// [`Fault::PauseTooLong`] for an end that is not ahead, or more than a day after the beginning of the pause.
    pub async fn pause(&self, until: Timestamp) -> Result<PauseView> {
        let pause = Pause::begin(self.paused(), until, self.now())?;
        let kept = serde_json::to_string(&pause).map_err(|cause| trouble().because(cause))?;
        self.note(EventKind::Paused { until }).await?;
        self.0.ledger.put_mark(PAUSE, &kept).await?;
        self.set_pause(Some(pause));
        self.0.pause_begins.notify_waiters();
        Ok(show::pause_view(pause))
    }

    /// The same for so long from now on, or as long as the pause that lasts already may still go on.
    pub async fn pause_for(&self, time: SignedDuration) -> Result<PauseView> {
        let now = self.now();
        let longest = self.paused().map_or(now, |pause| pause.since) + LONGEST;
        self.pause((now + time).min(longest)).await
    }

    /// Whether a pause lasts now.
    pub fn is_paused(&self) -> bool {
        self.paused().is_some()
    }

    /// Ends the pause, if there is one, and asks for a round.
    pub async fn resume(&self) -> Result<()> {
        if self.paused().is_some() {
            self.forget_pause().await?;
            self.note(EventKind::Resumed).await?;
            self.wake();
        }
        Ok(())
    }

    /// The pause that lasts now.
    pub(super) fn paused(&self) -> Option<Pause> {
        self.known_pause().filter(|pause| pause.lasts(self.now()))
    }

    /// Takes up a pause that an earlier run began.
    pub(super) async fn go_on_pausing(&self) -> Result<()> {
        let kept = self.0.ledger.mark(PAUSE).await?;
        self.set_pause(kept.and_then(|text| serde_json::from_str(&text).ok()));
        Ok(())
    }

    /// Notes the end of a pause whose time has come, and asks for what it kept waiting.
    pub(super) async fn end_pause_in_time(&self) {
        let is_over = self.known_pause().is_some_and(|pause| !pause.lasts(self.now()));
        if !is_over {
            return;
        }
        let ended = async {
            self.forget_pause().await?;
            let event = Event { at: self.now(), actor: Actor::Desk, kind: EventKind::Resumed };
            self.commit(Transition::event_only(event)).await
        };
        match ended.await {
            Ok(()) => info!("pause.over"),
            // It is over all the same: what lasts is asked of the clock.
            Err(error) => warn!(error = %chain(&error), "pause.end_not_noted"),
        }
        self.wake();
    }

    async fn forget_pause(&self) -> Result<()> {
        self.0.ledger.put_mark(PAUSE, "").await?;
        self.set_pause(None);
        Ok(())
    }

    fn known_pause(&self) -> Option<Pause> {
        *self.0.pause.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_pause(&self, pause: Option<Pause>) {
        *self.0.pause.lock().unwrap_or_else(PoisonError::into_inner) = pause;
    }
}

fn trouble() -> PortError {
    PortError::needs_person(Fault::LedgerTrouble)
}

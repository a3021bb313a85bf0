//! The time that the desk goes by, across its restarts.

use custody_core::{
    Timestamp,
    event::EventKind,
    ports::{Ledger, PortResult},
};
use tracing::warn;

use super::{Desk, rounds::chain};
use crate::{Result, clock::DeskClock, show::time, views::ClockView};

/// The sure time, as it was noted last. Time that went by while no desk ran is not sure until a server answers.
const SURE: &str = "sure time";

impl Desk {
    /// What the machine's clock shows, what of it is sure, and what speaks against it.
    pub fn clock(&self) -> ClockView {
        let clock = &self.0.desk_clock;
        let reading = clock.read();
        ClockView {
            machine: time(clock.machine()),
            now: time(reading.now),
            sure: (reading.sure > Timestamp::MIN).then(|| time(reading.sure)),
            server: clock.server().map(time),
            doubt: reading.doubt,
        }
    }

    /// A person says that the machine's clock is right. Recorded with who said so.
    pub async fn confirm_clock(&self) -> Result<ClockView> {
        let clock = &self.0.desk_clock;
        let sure = Some(clock.read().sure).filter(|sure| *sure > Timestamp::MIN);
        self.note(EventKind::ClockConfirmed { now: clock.machine(), sure }).await?;
        clock.believe();
        self.note_sure_time().await;
        self.wake();
        Ok(self.clock())
    }

    /// Notes the sure time for the next start. If it cannot be written, less is sure then, and nothing ends too early.
    pub(super) async fn note_sure_time(&self) {
        let sure = self.0.desk_clock.read().sure;
        if sure > Timestamp::MIN
            && let Err(error) = self.0.ledger.put_mark(SURE, &sure.to_string()).await
        {
            warn!(error = %chain(&error), "clock.not_noted");
        }
    }
}

/// Goes on from what an earlier run noted.
pub(super) async fn resume(clock: &DeskClock, ledger: &impl Ledger) -> PortResult<()> {
    if let Some(sure) = ledger.mark(SURE).await?.and_then(|text| text.parse().ok()) {
        clock.resume(sure);
    }
    Ok(())
}

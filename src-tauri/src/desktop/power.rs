//! A machine that goes to sleep, and a session that is locked: nobody is at the desk, so it is locked too.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(any(target_os = "macos", test))]
mod macos;
#[cfg(windows)]
mod windows;

use std::time::Duration;

use custody_core::{SignedDuration, Timestamp, ports::Clock};
use custody_desk::SystemClock;
use tokio::time::sleep;

use crate::{AppError, Stage};

/// How often it is looked whether the machine slept, where it does not tell.
const TICK: Duration = Duration::from_secs(5);
/// A busy machine is late too. By so much more it slept, or its clock was put ahead.
const SLEPT: SignedDuration = SignedDuration::from_secs(30);

/// Locks the desk whenever nobody can be at it.
pub async fn watch(stage: Stage) {
    #[cfg(target_os = "linux")]
    {
        linux::watch_session(&stage);
        match linux::watch_sleep(&stage).await {
            Ok(()) => return,
            Err(error) => tracing::info!(%error, "power.no_logind"),
        }
    }
    #[cfg(target_os = "macos")]
    tauri::async_runtime::spawn(watch_session(stage.clone(), macos::is_away));
    #[cfg(windows)]
    tauri::async_runtime::spawn(watch_session(stage.clone(), windows::is_away));
    watch_time(&stage, &SystemClock).await;
}

/// Locks the desk when the session is seen to be locked, where the system does not tell. Once for each time: a sign that stays
/// for longer than it should must not lock out whoever came back.
#[cfg(not(target_os = "linux"))]
async fn watch_session<L>(stage: Stage, is_away: impl Fn() -> L)
where
    L: Future<Output = Option<bool>>,
{
    let mut was_away = false;
    loop {
        sleep(TICK).await;
        let Some(is_away) = is_away().await else { continue };
        if is_away && !was_away {
            lock(&stage).await;
        }
        was_away = is_away;
    }
}

/// Locks the desk. One that cannot be locked says so in the log, and is tried again when it was idle for long.
async fn lock(stage: &Stage) {
    if let Ok(desk) = stage.desk()
        && desk.is_unlocked()
        && let Err(error) = desk.lock().await
    {
        AppError::from(error).told("lock_away");
    }
}

/// Notices afterwards that the machine slept: then the desk is locked before anybody is back at it.
async fn watch_time(stage: &Stage, clock: &dyn Clock) {
    let look = || (clock.now(), clock.uptime());
    let mut before = look();
    loop {
        sleep(TICK).await;
        let now = look();
        if has_slept(before, now) {
            lock(stage).await;
        }
        before = now;
    }
}

/// On some systems the time of a sleep counts as uptime, on others it does not.
fn has_slept(before: (Timestamp, SignedDuration), now: (Timestamp, SignedDuration)) -> bool {
    let went_by = now.0.duration_since(before.0).max(now.1 - before.1);
    went_by > SignedDuration::from_secs(5) + SLEPT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_that_went_by_unseen_is_a_sleep() {
        let at = |clock: i64, up: i64| {
            (Timestamp::from_second(1_790_000_000 + clock).unwrap(), SignedDuration::from_secs(up))
        };
        assert!(!has_slept(at(0, 0), at(5, 5)));
        assert!(!has_slept(at(0, 0), at(34, 34)), "a busy machine");
        assert!(has_slept(at(0, 0), at(3600, 5)), "uptime stands still in a sleep");
        assert!(has_slept(at(0, 0), at(3600, 3600)), "uptime goes on in a sleep");
        assert!(!has_slept(at(0, 0), at(-3600, 5)), "a clock that was put back");
    }
}

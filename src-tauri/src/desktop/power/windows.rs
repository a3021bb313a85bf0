//! Whether the session is locked on Windows: then the sign-in screen runs in it. Being told of it needs `unsafe`.

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, get_current_pid};
use tokio::task::spawn_blocking;

/// The program that shows the sign-in screen.
const SIGN_IN: &str = "LogonUI.exe";

/// Whether nobody can be at the desk. `None` if it is not known.
pub async fn is_away() -> Option<bool> {
    spawn_blocking(shows_sign_in).await.ok().flatten()
}

fn shows_sign_in() -> Option<bool> {
    let mut system = System::new();
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, ProcessRefreshKind::nothing());
    let session = system.process(get_current_pid().ok()?)?.session_id()?;
    Some(
        system
            .processes()
            .values()
            .any(|program| program.name().eq_ignore_ascii_case(SIGN_IN) && program.session_id() == Some(session)),
    )
}

//! logind and the screen saver tell it, over D-Bus.

use futures_util::StreamExt as _;
use tauri::async_runtime::spawn;
use tracing::info;
use zbus::{
    Connection, MatchRule, MessageStream,
    message::Type,
    proxy,
    zvariant::{OwnedFd, OwnedObjectPath},
};

use super::lock;
use crate::Stage;

/// Those that say that the screen was locked, whichever desktop it is.
const SCREEN_SAVERS: [&str; 2] = ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"];

#[proxy(
    interface = "org.freedesktop.login1.Manager",
    default_service = "org.freedesktop.login1",
    default_path = "/org/freedesktop/login1"
)]
trait Manager {
    fn inhibit(&self, what: &str, who: &str, why: &str, mode: &str) -> zbus::Result<OwnedFd>;

    #[zbus(name = "GetSession")]
    fn session(&self, id: &str) -> zbus::Result<OwnedObjectPath>;

    #[zbus(name = "GetSessionByPID")]
    fn session_by_pid(&self, pid: u32) -> zbus::Result<OwnedObjectPath>;

    #[zbus(signal)]
    fn prepare_for_sleep(&self, start: bool) -> zbus::Result<()>;
}

/// Locks the desk before each sleep: the machine waits for it, a few seconds at most.
pub async fn watch_sleep(stage: &Stage) -> zbus::Result<()> {
    let manager = ManagerProxy::new(&Connection::system().await?).await?;
    let mut sleeps = manager.receive_prepare_for_sleep().await?;
    let mut delay = delay(&manager).await;
    if delay.is_none() {
        // Nobody answers to that name, or one who does not know sleep.
        manager.inner().introspect().await?;
    }
    while let Some(signal) = sleeps.next().await {
        if signal.args()?.start {
            lock(stage).await;
            // Now the machine may sleep.
            drop(delay.take());
        } else {
            delay = self::delay(&manager).await;
        }
    }
    Ok(())
}

async fn delay(manager: &ManagerProxy<'_>) -> Option<OwnedFd> {
    manager.inhibit("sleep", "Custody", "The desk is locked first", "delay").await.ok()
}

/// Locks the desk when the session is locked, or its screen saver comes on.
pub fn watch_session(stage: &Stage) {
    let of_session = stage.clone();
    spawn(async move {
        if let Err(error) = watch_logind(&of_session).await {
            info!(%error, "power.no_session");
        }
    });
    for name in SCREEN_SAVERS {
        let stage = stage.clone();
        spawn(async move {
            if let Err(error) = watch_screen_saver(&stage, name).await {
                info!(%error, "power.no_screen_saver");
            }
        });
    }
}

async fn watch_logind(stage: &Stage) -> zbus::Result<()> {
    let system = Connection::system().await?;
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender("org.freedesktop.login1")?
        .interface("org.freedesktop.login1.Session")?
        .member("Lock")?;
    // Of a session that is not known to be another's, each lock counts.
    let rule = match own_session(&system).await {
        Some(path) => rule.path(path)?.build(),
        None => rule.build(),
    };
    let mut locks = MessageStream::for_match_rule(rule, &system, None).await?;
    while locks.next().await.is_some() {
        lock(stage).await;
    }
    Ok(())
}

async fn own_session(system: &Connection) -> Option<OwnedObjectPath> {
    let manager = ManagerProxy::new(system).await.ok()?;
    let named = std::env::var("XDG_SESSION_ID").ok();
    if let Some(id) = named.filter(|id| !id.is_empty())
        && let Ok(path) = manager.session(&id).await
    {
        return Some(path);
    }
    manager.session_by_pid(std::process::id()).await.ok()
}

async fn watch_screen_saver(stage: &Stage, name: &'static str) -> zbus::Result<()> {
    let session = Connection::session().await?;
    let rule = MatchRule::builder().msg_type(Type::Signal).interface(name)?.member("ActiveChanged")?.build();
    let mut changes = MessageStream::for_match_rule(rule, &session, None).await?;
    while let Some(signal) = changes.next().await {
        if signal.is_ok_and(|signal| signal.body().deserialize::<bool>().unwrap_or(false)) {
            lock(stage).await;
        }
    }
    Ok(())
}

//! Notifications over D-Bus. Whoever shows them says whether they can be clicked.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::StreamExt as _;
use tauri::async_runtime::spawn;
use tracing::info;
use zbus::{Connection, proxy, zvariant::Value};

use crate::{Destination, Stage, desktop::news::Note};

/// Its button and the notification itself are the same to somebody who clicks.
const CLICKED: [&str; 2] = ["default", "show"];

#[proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications"
)]
trait Notifications {
    fn get_capabilities(&self) -> zbus::Result<Vec<String>>;

    #[expect(clippy::too_many_arguments, reason = "they are the specification's")]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, Value<'_>>,
        expire_timeout: i32,
    ) -> zbus::Result<u32>;

    #[zbus(signal)]
    fn action_invoked(&self, id: u32, action_key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    fn notification_closed(&self, id: u32, reason: u32) -> zbus::Result<()>;
}

/// Shows notifications, and leads to what they are about.
pub struct Notifier {
    shown: Option<NotificationsProxy<'static>>,
    leads: Arc<Mutex<HashMap<u32, Destination>>>,
}

impl Notifier {
    /// Finds whoever shows them.
    pub async fn begin(stage: Stage) -> Self {
        let leads: Arc<Mutex<HashMap<u32, Destination>>> = Arc::default();
        let shown = connect().await.inspect_err(|error| info!(%error, "notify.none")).ok();
        if let Some(shown) = &shown {
            spawn(listen(shown.clone(), leads.clone(), stage));
        }
        Self { shown, leads }
    }

    /// Shows one. Where nobody shows them, it stands in the window all the same.
    pub async fn show(&self, note: Note) {
        let Some(shown) = &self.shown else { return };
        let has_actions = shown.get_capabilities().await.is_ok_and(|able| able.iter().any(|it| it == "actions"));
        let all = [CLICKED[0], note.show.as_str(), CLICKED[1], note.show.as_str()];
        let actions: &[&str] = if has_actions { &all } else { &[] };
        let hints = HashMap::from([("desktop-entry", Value::from("Custody")), ("urgency", Value::from(1u8))]);
        match shown.notify("Custody", 0, "custody-app", &note.title, &note.body, actions, hints, -1).await {
            Ok(id) => {
                self.leads.lock().unwrap_or_else(PoisonError::into_inner).insert(id, note.to);
            }
            Err(error) => info!(%error, "notify.not_shown"),
        }
    }
}

async fn connect() -> zbus::Result<NotificationsProxy<'static>> {
    NotificationsProxy::new(&Connection::session().await?).await
}

async fn listen(shown: NotificationsProxy<'static>, leads: Arc<Mutex<HashMap<u32, Destination>>>, stage: Stage) {
    let (Ok(mut clicked), Ok(mut closed)) =
        (shown.receive_action_invoked().await, shown.receive_notification_closed().await)
    else {
        return;
    };
    let take = |id| leads.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    loop {
        tokio::select! {
            Some(signal) = clicked.next() => {
                if let Ok(args) = signal.args()
                    && CLICKED.contains(&args.action_key)
                    && let Some(to) = take(args.id)
                {
                    stage.call(to);
                }
            }
            Some(signal) = closed.next() => {
                if let Ok(args) = signal.args() {
                    take(args.id);
                }
            }
            else => return,
        }
    }
}

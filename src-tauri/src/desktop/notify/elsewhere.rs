//! Notifications of macOS and Windows.

use crate::{Stage, desktop::news::Note};

/// As in `tauri.conf.json`: the system knows the program by it.
const IDENTIFIER: &str = "example.custody.desk";

/// Shows notifications, and leads to what they are about.
pub struct Notifier(Stage);

impl Notifier {
    /// The system shows them.
    pub async fn begin(stage: Stage) -> Self {
        #[cfg(target_os = "macos")]
        if let Err(error) = mac_notification_sys::set_application(IDENTIFIER) {
            tracing::info!(%error, "notify.none");
        }
        Self(stage)
    }

    /// Shows one.
    #[cfg(target_os = "macos")]
    pub async fn show(&self, note: Note) {
        use mac_notification_sys::{MainButton, Notification, NotificationResponse};

        let stage = self.0.clone();
        // It waits for whoever clicks, so it has a thread of its own.
        std::thread::spawn(move || {
            let answer = Notification::new()
                .title(&note.title)
                .message(&note.body)
                .main_button(MainButton::SingleAction(&note.show))
                .wait_for_click(true)
                .send();
            match answer {
                Ok(NotificationResponse::Click | NotificationResponse::ActionButton(_)) => stage.call(note.to),
                Ok(_) => {}
                Err(error) => tracing::info!(%error, "notify.not_shown"),
            }
        });
    }

    /// Shows one.
    #[cfg(windows)]
    pub async fn show(&self, note: Note) {
        use tauri_winrt_notification::Toast;

        let (stage, to) = (self.0.clone(), note.to);
        let toast =
            Toast::new(IDENTIFIER).title(&note.title).text1(&note.body).add_button(&note.show, "show").on_activated(
                move |_| {
                    stage.call(to.clone());
                    Ok(())
                },
            );
        if let Err(error) = toast.show() {
            tracing::info!(%error, "notify.not_shown");
        }
    }
}

//! The program on its desktop: tray, notifications, menu, and what the system tells.

mod glance;
#[cfg(target_os = "macos")]
mod menu;
mod news;
mod notify;
mod orders;
mod power;
mod tray;
mod words;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
    time::Duration,
};

use tauri::{AppHandle, Manager as _, Wry, async_runtime::spawn};
use tauri_plugin_autostart::ManagerExt as _;
use tokio::{sync::Notify, time::sleep};

pub use self::words::{DE, EN, Words};
use self::{notify::Notifier, orders::Orders, tray::Tray};
use crate::{AppError, Language, MAIN_WINDOW, Program, Stage, StartupView};

/// Many rows change together; the tray and whoever is notified hear of them together, and not before.
const TOGETHER: Duration = Duration::from_secs(1);

/// The program around the window.
pub struct Desktop {
    app: AppHandle<Wry>,
    tray: Tray,
    language: AtomicU8,
    /// The window is to be shown as soon as it is known that there is no tray to wait in.
    in_background: AtomicBool,
    look: Notify,
}

/// Puts the program on its desktop.
pub fn settle(app: &AppHandle<Wry>, stage: &Stage, in_background: bool) -> Arc<Desktop> {
    #[cfg(not(target_os = "linux"))]
    let orders = Orders::of(stage.clone());
    let desktop = Arc::new(Desktop {
        app: app.clone(),
        tray: Tray::new(app, Orders::of(stage.clone())),
        language: AtomicU8::new(0),
        in_background: AtomicBool::new(in_background),
        look: Notify::new(),
    });
    #[cfg(target_os = "macos")]
    menu::set(app, desktop.words());
    // One listener for tray and menu bar: each hears of every entry, whoever shows it.
    #[cfg(not(target_os = "linux"))]
    app.on_menu_event(move |_, event| {
        if let Some(order) = orders::Order::of_id(event.id().as_ref()) {
            orders.carry_out(order);
        }
    });
    spawn(power::watch(stage.clone()));
    spawn(look_out(desktop.clone(), stage.clone()));
    desktop
}

/// Looks at the desk whenever it changed: the tray shows how it stands, and news go out.
async fn look_out(desktop: Arc<Desktop>, stage: Stage) {
    desktop.tray.begin(desktop.words()).await;
    if desktop.in_background.load(Ordering::Relaxed) && !desktop.tray.is_shown() {
        // Nothing else would be there to come back from.
        desktop.minimise();
    }
    let notifier = Notifier::begin(stage.clone()).await;
    loop {
        let glance = glance::of(&stage).await;
        desktop.tray.show(&glance, desktop.words()).await;
        for note in news::of(&stage, desktop.words()).await {
            notifier.show(note).await;
        }
        desktop.look.notified().await;
        sleep(TOGETHER).await;
    }
}

impl Desktop {
    /// The desk has changed.
    pub fn look(&self) {
        self.look.notify_one();
    }

    fn words(&self) -> &'static Words {
        if self.language.load(Ordering::Relaxed) == Language::De as u8 { &DE } else { &EN }
    }

    fn minimise(&self) {
        if let Some(window) = self.app.get_webview_window(MAIN_WINDOW) {
            let _ = window.show();
            let _ = window.minimize();
        }
    }
}

impl Program for Desktop {
    fn show(&self) {
        show_main(&self.app);
    }

    fn hide(&self) -> bool {
        let window = self.app.get_webview_window(MAIN_WINDOW).filter(|_| self.tray.is_shown());
        window.is_some_and(|window| window.hide().is_ok())
    }

    fn exit(&self) {
        self.app.exit(0);
    }

    fn speak(&self, language: Language) {
        self.language.store(language as u8, Ordering::Relaxed);
        self.look();
    }

    fn startup(&self) -> Result<StartupView, AppError> {
        let starts = self.app.autolaunch().is_enabled().map_err(|_| AppError::StartupUnknown)?;
        Ok(StartupView { starts, tray: self.tray.is_shown() })
    }

    fn set_startup(&self, starts: bool) -> Result<(), AppError> {
        let autostart = self.app.autolaunch();
        let done = if starts { autostart.enable() } else { autostart.disable() };
        done.map_err(|_| AppError::StartupUnknown)
    }
}

/// Shows the window, wherever it is.
pub fn show_main(app: &AppHandle<Wry>) {
    if let Some(window) = app.get_webview_window(MAIN_WINDOW) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

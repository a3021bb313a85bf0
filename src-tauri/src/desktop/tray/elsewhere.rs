//! The tray of Windows, and the extra in the menu bar of macOS. Both are always shown, if the system takes them at all.

use std::sync::Mutex;

use tauri::{
    AppHandle, Wry,
    image::Image,
    menu::{Menu, MenuBuilder, MenuItemBuilder, SubmenuBuilder},
    tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent},
};
use tracing::info;

use super::{Line, menu, says};
use crate::desktop::{
    Words,
    glance::{Condition, Glance},
    orders::{Order, Orders},
};

/// The tray.
pub struct Tray {
    app: AppHandle<Wry>,
    orders: Orders,
    icon: Mutex<Option<TrayIcon<Wry>>>,
}

impl Tray {
    /// A tray that is not shown yet.
    pub fn new(app: &AppHandle<Wry>, orders: Orders) -> Self {
        Self { app: app.clone(), orders, icon: Mutex::new(None) }
    }

    /// Begins to show it.
    pub async fn begin(&self, words: &'static Words) {
        let orders = self.orders.clone();
        let built = TrayIconBuilder::with_id("custody")
            .icon(icon(Condition::Well))
            .icon_as_template(true)
            .tooltip(words.product)
            // A left click opens the menu on macOS, and the window on Windows.
            .show_menu_on_left_click(cfg!(target_os = "macos"))
            .on_tray_icon_event(move |_, event| {
                let is_click = matches!(
                    event,
                    TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. }
                );
                if is_click && cfg!(windows) {
                    orders.carry_out(Order::Open);
                }
            })
            .build(&self.app);
        match built {
            Ok(built) => *self.icon.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(built),
            Err(error) => info!(%error, "tray.none"),
        }
    }

    /// Shows how the desk stands.
    pub async fn show(&self, glance: &Glance, words: &'static Words) {
        let shown = self.icon.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let Some(tray) = shown.as_ref() else { return };
        let drawn = || -> tauri::Result<()> {
            tray.set_icon_with_as_template(Some(icon(glance.condition)), true)?;
            tray.set_tooltip(Some(format!("{}: {}", words.product, says(glance, words))))?;
            tray.set_menu(Some(built(&self.app, glance, words)?))
        };
        if let Err(error) = drawn() {
            info!(%error, "tray.not_drawn");
        }
    }

    /// Whether it is shown.
    pub fn is_shown(&self) -> bool {
        self.icon.lock().unwrap_or_else(std::sync::PoisonError::into_inner).is_some()
    }
}

fn built(app: &AppHandle<Wry>, glance: &Glance, words: &Words) -> tauri::Result<Menu<Wry>> {
    let mut all = MenuBuilder::new(app);
    for line in menu(glance, words) {
        all = match line {
            Line::Rule => all.separator(),
            Line::Entry { label, order, enabled } => {
                all.item(&MenuItemBuilder::with_id(order.id(), label).enabled(enabled).build(app)?)
            }
            Line::Menu { label, entries } => {
                let below = entries
                    .into_iter()
                    .fold(SubmenuBuilder::new(app, label), |below, (label, order)| below.text(order.id(), label));
                all.item(&below.build()?)
            }
        };
    }
    all.build()
}

/// The menu bar of macOS colours a template itself.
#[cfg(target_os = "macos")]
fn icon(condition: Condition) -> Image<'static> {
    match condition {
        Condition::Well => tauri::include_image!("../icons/tray/well-template-36.png"),
        Condition::Waits => tauri::include_image!("../icons/tray/waits-template-36.png"),
        Condition::Paused => tauri::include_image!("../icons/tray/paused-template-36.png"),
        Condition::Problem => tauri::include_image!("../icons/tray/problem-template-36.png"),
    }
}

#[cfg(windows)]
fn icon(condition: Condition) -> Image<'static> {
    super::icons(condition)
        .iter()
        .find(|icon| icon.width() == 32)
        .cloned()
        .unwrap_or_else(|| super::icons(condition)[0].clone())
}

//! The tray of Linux desktops: a StatusNotifierItem, spoken over D-Bus, so that it is known whether somebody shows it.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use ksni::{
    Icon, MenuItem, OfflineReason, Status, ToolTip,
    blocking::{Handle, TrayMethods as _},
    menu::{StandardItem, SubMenu},
};
use tauri::{AppHandle, Wry, async_runtime::spawn_blocking};
use tracing::info;

use super::{Line, icons, menu, says};
use crate::desktop::{
    Words,
    glance::{Condition, Glance},
    orders::{Order, Orders},
};

/// The tray.
#[derive(Clone)]
pub struct Tray {
    orders: Orders,
    shown: Arc<AtomicBool>,
    handle: Arc<Mutex<Option<Handle<Item>>>>,
}

impl Tray {
    /// A tray that is not shown yet.
    pub fn new(_: &AppHandle<Wry>, orders: Orders) -> Self {
        Self { orders, shown: Arc::default(), handle: Arc::default() }
    }

    /// Begins to show it, where somebody does. One who comes later is noticed.
    pub async fn begin(&self, words: &'static Words) {
        let tray = self.clone();
        let begun = spawn_blocking(move || {
            let item = Item { tray: tray.clone(), glance: Glance::NO_DESK, words };
            // Set before: whoever is not there says so while it begins.
            tray.shown.store(true, Ordering::Relaxed);
            match item.assume_sni_available(true).spawn() {
                Ok(handle) => *tray.handle.lock().unwrap_or_else(PoisonError::into_inner) = Some(handle),
                Err(error) => {
                    info!(%error, "tray.none");
                    tray.shown.store(false, Ordering::Relaxed);
                }
            }
        });
        if begun.await.is_err() {
            self.shown.store(false, Ordering::Relaxed);
        }
    }

    /// Shows how the desk stands.
    pub async fn show(&self, glance: &Glance, words: &'static Words) {
        let handle = self.handle.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (Some(handle), glance) = (handle, *glance) else { return };
        let update = move || {
            handle.update(|item| {
                item.glance = glance;
                item.words = words;
            })
        };
        let _ = spawn_blocking(update).await;
    }

    /// Whether somebody shows it.
    pub fn is_shown(&self) -> bool {
        self.shown.load(Ordering::Relaxed)
    }
}

struct Item {
    tray: Tray,
    glance: Glance,
    words: &'static Words,
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "custody".to_owned()
    }

    fn title(&self) -> String {
        self.words.product.to_owned()
    }

    fn status(&self) -> Status {
        match self.glance.condition {
            Condition::Waits | Condition::Problem => Status::NeedsAttention,
            Condition::Well | Condition::Paused => Status::Active,
        }
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        pixmaps(self.glance.condition)
    }

    fn attention_icon_pixmap(&self) -> Vec<Icon> {
        pixmaps(self.glance.condition)
    }

    fn tool_tip(&self) -> ToolTip {
        let description = says(&self.glance, self.words);
        ToolTip { title: self.words.product.to_owned(), description, ..ToolTip::default() }
    }

    fn activate(&mut self, _: i32, _: i32) {
        self.tray.orders.carry_out(Order::Open);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        menu(&self.glance, self.words).into_iter().map(item).collect()
    }

    fn watcher_online(&self) {
        self.tray.shown.store(true, Ordering::Relaxed);
    }

    fn watcher_offline(&self, _: OfflineReason) -> bool {
        self.tray.shown.store(false, Ordering::Relaxed);
        // It may come back: a desktop that starts anew, a panel that is put up later.
        true
    }
}

fn item(line: Line) -> MenuItem<Item> {
    match line {
        Line::Rule => MenuItem::Separator,
        Line::Entry { label, order, enabled } => entry(label, order, enabled),
        Line::Menu { label, entries } => {
            let submenu = entries.into_iter().map(|(label, order)| entry(label, order, true)).collect();
            SubMenu { label: plain(&label), submenu, ..SubMenu::default() }.into()
        }
    }
}

fn entry(label: String, order: Order, enabled: bool) -> MenuItem<Item> {
    let activate = Box::new(move |item: &mut Item| item.tray.orders.carry_out(order));
    StandardItem { label: plain(&label), enabled, activate, ..StandardItem::default() }.into()
}

/// A single underscore would be taken for the mark of a key.
fn plain(label: &str) -> String {
    label.replace('_', "__")
}

fn pixmaps(condition: Condition) -> Vec<Icon> {
    let argb = |rgba: &[u8]| rgba.chunks_exact(4).flat_map(|it| [it[3], it[0], it[1], it[2]]).collect();
    let side = |pixels: u32| i32::try_from(pixels).unwrap_or_default();
    icons(condition)
        .iter()
        .map(|icon| Icon { width: side(icon.width()), height: side(icon.height()), data: argb(icon.rgba()) })
        .collect()
}

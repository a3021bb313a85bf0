//! The menu bar of macOS. Other systems have none: there the window's own bar and its keys do.

use tauri::{
    AppHandle, Wry,
    menu::{AboutMetadata, MenuBuilder, MenuItemBuilder, SubmenuBuilder},
};
use tracing::info;

use super::{Words, orders::Order};

/// Sets it. Closing and quitting go our way, so that what goes on is told first.
pub fn set(app: &AppHandle<Wry>, words: &Words) {
    if let Err(error) = build(app, words) {
        info!(%error, "menu.none");
    }
}

fn build(app: &AppHandle<Wry>, words: &Words) -> tauri::Result<()> {
    let entry = |order: Order, label: &str, keys: &str| {
        MenuItemBuilder::with_id(order.id(), label).accelerator(keys).build(app)
    };
    let program = SubmenuBuilder::new(app, words.product)
        .about(Some(AboutMetadata::default()))
        .separator()
        .item(&entry(Order::Lock, words.lock, "CmdOrCtrl+L")?)
        .separator()
        .services()
        .separator()
        .hide()
        .hide_others()
        .show_all()
        .separator()
        .item(&entry(Order::Quit, words.quit, "CmdOrCtrl+Q")?)
        .build()?;
    let edit =
        SubmenuBuilder::new(app, words.bar.edit).undo().redo().separator().cut().copy().paste().select_all().build()?;
    let view = SubmenuBuilder::new(app, words.bar.view)
        .item(&entry(Order::Sync, words.sync, "CmdOrCtrl+R")?)
        .item(&MenuItemBuilder::with_id(Order::Attention.id(), words.bar.what_waits).build(app)?)
        .separator()
        .fullscreen()
        .build()?;
    let window = SubmenuBuilder::new(app, words.bar.window)
        .minimize()
        .maximize()
        .separator()
        .item(&entry(Order::Close, words.bar.close_window, "CmdOrCtrl+W")?)
        .build()?;
    let help = SubmenuBuilder::new(app, words.bar.help).about(Some(AboutMetadata::default())).build()?;
    app.set_menu(MenuBuilder::new(app).items(&[&program, &edit, &view, &window, &help]).build()?)?;
    Ok(())
}

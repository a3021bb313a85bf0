//! The windows of viewers, as the system has them.

use tauri::{AppHandle, Emitter as _, Manager as _, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::viewers::ViewerWindows;

/// What the page of a viewer listens to: it asks again when it hears this.
const VIEWER_CHANGED: &str = "viewer-changed";

/// The windows of this program.
pub struct SystemWindows<R: Runtime>(pub AppHandle<R>);

impl<R: Runtime> SystemWindows<R> {
    fn window(&self, label: &str) -> Option<WebviewWindow<R>> {
        self.0.get_webview_window(label)
    }
}

impl<R: Runtime> ViewerWindows for SystemWindows<R> {
    fn open(&self, label: &str, title: &str) -> tauri::Result<()> {
        WebviewWindowBuilder::new(&self.0, label, WebviewUrl::App("viewer.html".into()))
            .title(title)
            .inner_size(1120.0, 780.0)
            .min_inner_size(640.0, 420.0)
            .disable_drag_drop_handler()
            .build()?;
        Ok(())
    }

    fn show(&self, label: &str) {
        if let Some(window) = self.window(label) {
            let _ = window.unminimize();
            let _ = window.show();
            let _ = window.set_focus();
        }
    }

    fn close(&self, label: &str) {
        if let Some(window) = self.window(label) {
            let _ = window.destroy();
        }
    }

    fn tell(&self, label: &str) {
        // A window that is being closed hears nothing any more.
        let _ = self.0.emit_to(label, VIEWER_CHANGED, ());
    }
}

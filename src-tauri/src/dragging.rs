//! Files that are dragged over the window. The page is told where they are; what they are stays here until it asks for which
//! case they are meant.

use serde::Serialize;
use tauri::{AppHandle, DragDropEvent, Emitter as _, Manager as _, PhysicalPosition, Runtime};

use crate::{MAIN_WINDOW, Stage};

/// Files are over the window, or no longer.
const FILES_OVER: &str = "files-over";
/// Files were dropped. Any window can listen to any event, so nothing of them is said in it.
const FILES_DROPPED: &str = "files-dropped";

/// A place on the page, in its own pixels.
#[derive(Clone, Copy, Debug, Serialize)]
struct Spot {
    x: f64,
    y: f64,
}

/// Follows what is dragged over the desk's window.
pub(crate) fn follow<R: Runtime>(app: &AppHandle<R>, stage: &Stage, event: DragDropEvent) {
    match event {
        DragDropEvent::Enter { position, .. } | DragDropEvent::Over { position } if stage.takes_files() => {
            tell(app, FILES_OVER, Some(spot(app, position)));
        }
        DragDropEvent::Drop { paths, position } => {
            tell(app, FILES_OVER, None);
            // On a locked desk the page says that it has to be unlocked first.
            if stage.drop_files(paths) || !stage.takes_files() {
                tell(app, FILES_DROPPED, Some(spot(app, position)));
            }
        }
        DragDropEvent::Leave => tell(app, FILES_OVER, None),
        _ => {}
    }
}

fn tell<R: Runtime>(app: &AppHandle<R>, event: &str, spot: Option<Spot>) {
    // A window that is being closed hears nothing any more.
    let _ = app.emit_to(MAIN_WINDOW, event, spot);
}

/// The web views of Linux and macOS give places in the page's pixels and call them physical; only Windows has physical ones.
fn spot<R: Runtime>(app: &AppHandle<R>, at: PhysicalPosition<f64>) -> Spot {
    let window = app.get_webview_window(MAIN_WINDOW);
    let scale = window.filter(|_| cfg!(windows)).and_then(|window| window.scale_factor().ok()).unwrap_or(1.0);
    Spot { x: at.x / scale, y: at.y / scale }
}

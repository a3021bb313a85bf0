//! Which window shows which file. The window's label is what a file is found by: a page cannot name one.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use custody_core::id::FileId;
use custody_desk::Viewer;
use tauri::async_runtime::spawn;
use tokio::time::sleep;

use crate::AppError;

/// What the labels of viewers begin with; `capabilities/viewer.json` is for these.
pub const VIEWER_WINDOW: &str = "viewer-";

/// Counting and searching tell of every step; a page hears of some together.
const TOGETHER: Duration = Duration::from_millis(100);
/// The most characters of a title.
const LONGEST_TITLE: usize = 80;

/// What the program does with the windows.
pub trait ViewerWindows: Send + Sync {
    /// Opens one.
    ///
    /// # Errors
    /// What kept it from opening.
    fn open(&self, label: &str, title: &str) -> tauri::Result<()>;
    /// Brings one to the front.
    fn show(&self, label: &str);
    /// Closes one.
    fn close(&self, label: &str);
    /// Tells the page of one that more is known of its file.
    fn tell(&self, label: &str);
}

/// The files that are looked at, each in its window.
#[derive(Clone, Default)]
pub struct Viewers(Arc<Inner>);

#[derive(Default)]
struct Inner {
    windows: OnceLock<Box<dyn ViewerWindows>>,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    last: u64,
    by_label: BTreeMap<String, Viewer>,
}

impl fmt::Debug for Viewers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Viewers").field("open", &self.open().by_label.len()).finish()
    }
}

impl Viewers {
    /// Says who opens and closes the windows. The first one stays; without one there are none.
    pub fn in_windows(&self, windows: impl ViewerWindows + 'static) {
        let _ = self.0.windows.set(Box::new(windows));
    }

    /// Shows a file in a window of its own, in place of those in which it has ended.
    ///
    /// # Errors
    /// [`AppError::Window`] if there can be none; then the file is closed again.
    pub fn show(&self, viewer: Viewer) -> Result<(), AppError> {
        let over = self.of_file(viewer.file());
        let (title, mut changes) = (title_of(viewer.name().reveal()), viewer.changes());
        let label = {
            let mut open = self.open();
            open.last += 1;
            let label = format!("{VIEWER_WINDOW}{}", open.last);
            open.by_label.insert(label.clone(), viewer);
            label
        };
        if let Some(windows) = self.0.windows.get()
            && let Err(error) = windows.open(&label, &title)
        {
            self.closed(&label);
            return Err(AppError::Window(error));
        }
        for (over, _) in over {
            self.closed(&over);
            self.with_windows(|windows| windows.close(&over));
        }
        let inner = Arc::downgrade(&self.0);
        spawn(async move {
            // Ends with the viewer.
            while changes.changed().await.is_ok() {
                let Some(inner) = inner.upgrade() else { break };
                if let Some(windows) = inner.windows.get() {
                    windows.tell(&label);
                }
                drop(inner);
                sleep(TOGETHER).await;
            }
        });
        Ok(())
    }

    /// Brings the window that shows this file to the front, if there is one that still does.
    pub fn show_again(&self, file: FileId) -> bool {
        let shown = self.of_file(file).into_iter().find(|(_, viewer)| viewer.view().ended.is_none());
        if let Some((label, _)) = &shown {
            self.with_windows(|windows| windows.show(label));
        }
        shown.is_some()
    }

    fn of_file(&self, file: FileId) -> Vec<(String, Viewer)> {
        let open = self.open();
        let of_file = open.by_label.iter().filter(|(_, viewer)| viewer.file() == file);
        of_file.map(|(label, viewer)| (label.clone(), viewer.clone())).collect()
    }

    /// The file that this window shows.
    ///
    /// # Errors
    /// [`AppError::NoSuchViewer`] for a window that shows none.
    pub fn of(&self, label: &str) -> Result<Viewer, AppError> {
        self.open().by_label.get(label).cloned().ok_or(AppError::NoSuchViewer)
    }

    /// A window is gone: its file is closed.
    pub fn closed(&self, label: &str) {
        let gone = self.open().by_label.remove(label);
        drop(gone);
    }

    /// Closes every window and every file.
    pub fn close_all(&self) {
        let open = std::mem::take(&mut self.open().by_label);
        for label in open.keys() {
            self.with_windows(|windows| windows.close(label));
        }
    }

    fn with_windows(&self, act: impl FnOnce(&dyn ViewerWindows)) {
        if let Some(windows) = self.0.windows.get() {
            act(&**windows);
        }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A title that the system may draw: no control character, nothing that turns the direction, and not too long.
fn title_of(name: &str) -> String {
    let turns = |sign: char| matches!(sign, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = name.chars().filter(|sign| !sign.is_control() && !turns(*sign));
    let mut title: String = shown.clone().take(LONGEST_TITLE).collect();
    if shown.count() > LONGEST_TITLE {
        title.push('…');
    }
    if title.trim().is_empty() { "Custody".to_owned() } else { format!("{} – Custody", title.trim()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_no_sign_that_does_more_than_stand_there() {
        assert_eq!(title_of("app.log"), "app.log – Custody");
        assert_eq!(title_of("a\u{202e}gpj.\u{1b}[2Jexe\n"), "agpj.[2Jexe – Custody");
        assert_eq!(title_of(" \n\t"), "Custody");
        assert!(title_of(&"n".repeat(10_000)).chars().count() < 100);
    }
}

//! A file in a window of its own: read there, by nobody else, and not once the desk is locked or the file is erased.

use std::sync::{Arc, Mutex};

use custody_app::{Stage, ViewerWindows};
use custody_desk::Places;
use serde_json::{Value, json};
use tauri::async_runtime::block_on;

use crate::{every_case, page::Page};

/// What would be on the screen.
#[derive(Clone, Default)]
struct Screen(Arc<Mutex<Vec<String>>>);

impl Screen {
    fn note(&self, what: String) {
        self.0.lock().unwrap().push(what);
    }

    fn seen(&self, beginning: &str) -> usize {
        self.0.lock().unwrap().iter().filter(|what| what.starts_with(beginning)).count()
    }
}

impl ViewerWindows for Screen {
    fn open(&self, label: &str, title: &str) -> tauri::Result<()> {
        self.note(format!("open {label} {title}"));
        Ok(())
    }
    fn show(&self, label: &str) {
        self.note(format!("show {label}"));
    }
    fn close(&self, label: &str) {
        self.note(format!("close {label}"));
    }
    fn tell(&self, label: &str) {
        self.note(format!("tell {label}"));
    }
}

/// A practice desk, its window, and a held log.
fn practice() -> (Stage, Page, Screen, Value, Value) {
    let folder = tempfile::tempdir().unwrap();
    let (stage, screen) = (Stage::opening(false), Screen::default());
    stage.viewers().in_windows(screen.clone());
    block_on(stage.open_own(Places::under(folder.path())));
    let page = Page::new(stage.clone());
    page.done("start_practice", json!({}));
    let (case, file) = page.until(|page| {
        let rows = page.done("list_cases", every_case())["rows"].take();
        rows.as_array().unwrap().iter().find_map(|row| {
            let case = row["id"].clone();
            let view = page.done("show_case", json!({ "case": case }));
            let files = view["files"].as_array().unwrap().clone();
            let is_log = |file: &&Value| {
                file["state"] == "held" && file["name"].as_str().is_some_and(|name| name.ends_with(".log"))
            };
            files.iter().find(is_log).map(|file| (case, file["id"].clone()))
        })
    });
    (stage, page, screen, case, file)
}

#[test]
fn a_file_is_read_in_its_window_and_the_opening_is_on_record() {
    let (stage, page, screen, case, file) = practice();
    let opened = |page: &Page| {
        let view = page.done("show_case", json!({ "case": case }));
        let timeline = view["timeline"].as_array().unwrap();
        timeline.iter().filter(|event| event["event"] == "file_opened").count()
    };
    assert_eq!(opened(&page), 0);
    page.done("open_viewer", json!({ "file": file }));
    assert_eq!(opened(&page), 1, "each viewing is one event");
    assert_eq!(screen.seen("open viewer-1 "), 1);

    let window = Page::in_window(stage.clone(), "viewer-1");
    let shown = window.done("show_viewer", json!({}));
    assert_eq!((&shown["layers"][0]["kind"], &shown["ended"]), (&json!("text"), &Value::Null), "{shown}");
    let rows = window.done("read_rows", json!({ "layer": 0, "place": 0, "before": false, "most": 20 }));
    assert_eq!(rows["rows"].as_array().unwrap().len(), 20);
    assert_eq!(rows["rows"][19]["line"], 20);
    let end = shown["layers"][0]["size"].clone();
    let last = window.done("read_rows", json!({ "layer": 0, "place": end, "before": true, "most": 5 }));
    assert_eq!(last["rows"].as_array().unwrap().len(), 5);
    let refused = window.refused("read_rows", json!({ "layer": 3, "place": 0, "before": false, "most": 20 }));
    assert_eq!(refused, "not_found", "nothing was opened so deep");
    window.done("touch_viewer", json!({}));
    assert_eq!(opened(&page), 1, "reading on is the same viewing");

    page.done("open_viewer", json!({ "file": file }));
    assert_eq!((screen.seen("open"), screen.seen("show viewer-1")), (1, 1), "one window for a file");
    let other = Page::in_window(stage.clone(), "viewer-2");
    assert_eq!(other.refused("show_viewer", json!({})), "not_found", "another window has not this file");
    stage.viewers().closed("viewer-1");
    assert_eq!(window.refused("show_viewer", json!({})), "not_found", "a window that was closed has none");
}

#[test]
fn locking_ends_what_is_looked_at_and_the_next_opening_is_another_one() {
    let (stage, page, screen, _, file) = practice();
    let file = json!({ "file": file });
    page.done("open_viewer", file.clone());
    let window = Page::in_window(stage.clone(), "viewer-1");
    let rows = json!({ "layer": 0, "place": 0, "before": false, "most": 20 });
    window.done("read_rows", rows.clone());
    page.done("lock", json!({}));
    assert_eq!(window.refused("read_rows", rows.clone()), "locked");
    let shown = window.done("show_viewer", json!({}));
    assert_eq!((&shown["ended"], &shown["layers"]), (&json!("locked"), &json!([])), "nothing of it is left");
    assert_eq!(page.refused("open_viewer", file.clone()), "locked");
    page.done("unlock", json!({ "passphrase": "practice" }));
    assert_eq!(window.refused("read_rows", rows), "locked", "unlocking does not bring it back");
    page.done("open_viewer", file);
    assert_eq!((screen.seen("close viewer-1"), screen.seen("open viewer-2")), (1, 1));
}

#[test]
fn erasing_ends_what_is_looked_at() {
    let (stage, page, _, case, file) = practice();
    page.done("open_viewer", json!({ "file": file }));
    let window = Page::in_window(stage, "viewer-1");
    window.done("read_rows", json!({ "layer": 0, "place": 0, "before": false, "most": 20 }));
    page.done("ask_erasure", json!({ "case": case, "file": file, "reason": "sent by mistake" }));
    page.until(|page| {
        let view = page.done("show_case", json!({ "case": case }));
        let gone = view["files"].as_array().unwrap().iter().any(|it| it["id"] == file && it["state"] == "erased");
        gone.then_some(())
    });
    assert_eq!(window.done("show_viewer", json!({}))["ended"], "not_found");
    assert_eq!(page.refused("open_viewer", json!({ "file": file })), "not_found");
}

//! Files that are dropped or chosen, as the page calls it: it never names a path, and has nothing done that it was not shown.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use custody_app::{Later, Outside, Stage, UpdateProblem};
use custody_desk::Places;
use serde_json::{Value, json};
use tauri::async_runtime::block_on;
use tempfile::TempDir;
use url::Url;

use crate::{every_case, page::Page};

/// The system around the window, in which a person chooses these files.
#[derive(Clone, Default)]
struct Around(Arc<Mutex<Vec<PathBuf>>>);

impl Outside for Around {
    fn browse(&self, _: &Url) -> std::io::Result<()> {
        Ok(())
    }

    fn practise(&self) -> std::io::Result<()> {
        Ok(())
    }

    fn choose_folder(&self) -> Later<Option<PathBuf>> {
        Box::pin(async { None })
    }

    fn choose_files(&self) -> Later<Vec<PathBuf>> {
        let chosen = self.0.lock().unwrap().clone();
        Box::pin(async { chosen })
    }

    fn newest(&self) -> Later<Result<Option<String>, UpdateProblem>> {
        Box::pin(async { Err(UpdateProblem::Unreachable) })
    }
}

/// A page on a practice desk, two of its cases, and a folder in which a person has files.
struct Bench {
    page: Page,
    around: Around,
    cases: [String; 2],
    elsewhere: TempDir,
}

impl Bench {
    fn new() -> Self {
        let (folder, around, stage) = (tempfile::tempdir().unwrap(), Around::default(), Stage::opening(false));
        stage.reach_by(around.clone());
        block_on(stage.open_own(Places::under(folder.path())));
        let page = Page::new(stage);
        page.done("start_practice", json!({}));
        let cases = page.until(|page| {
            let rows = page.done("list_cases", every_case())["rows"].take();
            let ids: Vec<_> = rows.as_array()?.iter().filter_map(|row| Some(row["id"].as_str()?.to_owned())).collect();
            <[String; 2]>::try_from(ids.into_iter().take(2).collect::<Vec<_>>()).ok()
        });
        Self { page, around, cases, elsewhere: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.with(name, &format!("what {name} holds"))
    }

    #[expect(clippy::disallowed_methods, reason = "it is what a person has on their disk")]
    fn with(&self, name: &str, content: &str) -> PathBuf {
        let path = self.elsewhere.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// What the window does when files are dropped onto it.
    fn drop(&self, path: &Path) -> bool {
        self.page.stage().drop_files(vec![path.to_owned()])
    }

    fn of(&self, case: usize) -> Value {
        json!({ "case": self.cases[case] })
    }

    fn offered(&self, case: usize) -> Value {
        let offer = self.page.done("show_offer", self.of(case));
        json!({ "case": offer["case"], "token": offer["token"] })
    }
}

#[test]
fn what_is_dropped_is_shown_and_moved_into_the_case_once() {
    let bench = Bench::new();
    let path = bench.file("a dump\u{202e}.log");
    assert_eq!(bench.page.done("show_offer", bench.of(0)), Value::Null, "nothing was dropped yet");
    assert!(bench.drop(&path));
    let offer = bench.page.done("show_offer", bench.of(0));
    assert_eq!((&offer["case"], &offer["files"]), (&json!(bench.cases[0]), &json!(1)));
    assert!(!offer.to_string().contains(bench.elsewhere.path().to_str().unwrap()), "no path reaches the page: {offer}");
    assert!(!offer["things"][0]["name"].as_str().unwrap().contains('\u{202e}'), "its name is made safe to show");
    assert!(path.exists(), "a look moves nothing");
    let offer = json!({ "case": offer["case"], "token": offer["token"] });
    let brought = bench.page.done("bring_files", offer.clone());
    assert_eq!(brought, json!({ "files": 1, "left": [], "stays": [] }));
    assert!(!path.exists());
    assert_eq!(bench.page.refused("bring_files", offer), "offer_over", "a token is for once");
    bench.page.until(|page| {
        let view = page.done("show_case", bench.of(0));
        let files = view["files"].as_array()?;
        files
            .iter()
            .find(|file| {
                file["state"] == "held" && file["name"].as_str().is_some_and(|name| name.starts_with("a dump"))
            })
            .map(drop)
    });
}

#[test]
fn files_are_chosen_in_a_dialog_of_the_system_for_the_case_it_was_asked_for() {
    let bench = Bench::new();
    assert_eq!(bench.page.done("choose_files", bench.of(0)), Value::Null, "nobody chose anything");
    let (good, empty) = (bench.file("good.log"), bench.with("empty.log", ""));
    *bench.around.0.lock().unwrap() = vec![good.clone(), empty.clone()];
    let offer = bench.page.done("choose_files", bench.of(0));
    assert_eq!(offer["unfit"], json!([{ "name": "empty.log", "inside": null, "why": "empty" }]));
    let elsewhere = json!({ "case": bench.cases[1], "token": offer["token"] });
    assert_eq!(bench.page.refused("bring_files", elsewhere), "offer_over", "it was shown for another case");
    assert!(good.exists());
    let offer = bench.page.done("choose_files", bench.of(1));
    let offer = json!({ "case": offer["case"], "token": offer["token"] });
    assert_eq!(bench.page.done("bring_files", offer)["files"], 1);
    assert!(!good.exists() && empty.exists(), "what does not fit stays");
}

#[test]
fn a_page_has_nothing_moved_that_it_was_not_offered() {
    let bench = Bench::new();
    let path = bench.file("a.log");
    let with = |token: &str| json!({ "case": bench.cases[0], "token": token });
    for token in ["", "0123456789abcdef", path.to_str().unwrap()] {
        assert_eq!(bench.page.refused("bring_files", with(token)), "offer_over", "{token}");
    }
    // What was dropped and not looked at has no token yet.
    bench.drop(&path);
    assert_eq!(bench.page.refused("bring_files", with("")), "offer_over");
    // Withdrawn; or another drop came; or it was thought about for too long.
    let first = bench.offered(0);
    bench.page.done("withdraw_offer", first.clone());
    assert_eq!(bench.page.refused("bring_files", first), "offer_over");
    bench.drop(&path);
    let first = bench.offered(0);
    bench.drop(&bench.file("b.log"));
    assert_eq!(bench.page.refused("bring_files", first), "offer_over");
    let second = bench.offered(0);
    bench.page.done("practice_move_clock", json!({ "days": 1 }));
    assert_eq!(bench.page.refused("bring_files", second), "offer_over");
    assert!(path.exists() && bench.elsewhere.path().join("b.log").exists());
}

#[test]
fn nothing_is_offered_over_a_lock() {
    let bench = Bench::new();
    let path = bench.file("a.log");
    bench.drop(&path);
    let offer = bench.offered(0);
    bench.page.done("lock", json!({}));
    assert!(!bench.drop(&path), "a locked desk takes nothing that is dropped");
    for command in ["show_offer", "choose_files"] {
        let (told, args) = (bench.page.call(command, bench.of(0)), bench.of(0));
        match command {
            "show_offer" => assert_eq!(told.unwrap(), Value::Null),
            _ => assert_eq!(bench.page.refused(command, args), "locked"),
        }
    }
    bench.page.done("unlock", json!({ "passphrase": "practice" }));
    assert_eq!(bench.page.refused("bring_files", offer), "offer_over", "it is over with the lock");
    bench.drop(&path);
    let offer = bench.offered(0);
    bench.page.done("lock", json!({}));
    assert_eq!(bench.page.refused("bring_files", offer), "locked");
    assert!(path.exists());
}

#[test]
fn a_case_that_is_not_there_gets_nothing() {
    let bench = Bench::new();
    bench.drop(&bench.file("a.log"));
    let unknown = json!({ "case": "0123456789abcdef0123456789abcdef" });
    assert_eq!(bench.page.refused("show_offer", unknown.clone()), "not_found");
    assert_eq!(bench.page.refused("choose_files", unknown), "not_found");
    assert!(bench.elsewhere.path().join("a.log").exists());
}

//! Signing in, the kit and the settings, as the page calls them.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use custody_app::{Later, Outside, Stage, UpdateProblem};
use custody_desk::Places;
use serde_json::{Value, json};
use tauri::async_runtime::block_on;
use url::Url;

use crate::page::Page;

/// The system around the window: remembers the pages that were opened, and has a folder to choose.
#[derive(Clone, Default)]
struct Around {
    opened: Arc<Mutex<Vec<Url>>>,
    folder: Option<PathBuf>,
}

impl Outside for Around {
    fn browse(&self, page: &Url) -> std::io::Result<()> {
        self.opened.lock().unwrap().push(page.clone());
        Ok(())
    }

    fn practise(&self) -> std::io::Result<()> {
        Ok(())
    }

    fn choose_folder(&self) -> Later<Option<PathBuf>> {
        let folder = self.folder.clone();
        Box::pin(async { folder })
    }

    fn choose_files(&self) -> Later<Vec<PathBuf>> {
        Box::pin(async { Vec::new() })
    }

    fn newest(&self) -> Later<Result<Option<String>, UpdateProblem>> {
        Box::pin(async { Err(UpdateProblem::Unreachable) })
    }
}

fn practice(around: &Around) -> Page {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::opening(false);
    stage.reach_by(around.clone());
    block_on(stage.open_own(Places::under(folder.path())));
    let page = Page::new(stage);
    page.done("start_practice", json!({}));
    page
}

fn forum(page: &Page) -> String {
    page.stage().practice().unwrap().world.forum.base_url()
}

#[test]
fn a_code_that_was_typed_on_the_forum_lets_the_desk_in() {
    let around = Around::default();
    let page = practice(&around);
    let begun = page.done("begin_sign_in", json!({ "url": forum(&page), "replies": true }));
    let scopes: Vec<_> = begun["scopes"].as_array().unwrap().iter().map(|scope| scope["name"].clone()).collect();
    assert_eq!(scopes, ["read", "session_info", "message_bus", "write"]);
    assert_eq!(page.refused("open_sign_in_page", json!({ "page": "code" })), "not_found", "there is no code yet");
    let code = page.done("ask_sign_in_code", json!({}));
    page.done("open_sign_in_page", json!({ "page": "code" }));
    assert_eq!(around.opened.lock().unwrap().len(), 1);
    let typed = code["code"].as_str().unwrap();
    page.stage().practice().unwrap().world.forum.approve_device(typed, "bob").unwrap();
    let account = page.done("wait_for_sign_in", json!({}));
    assert_eq!((&account["username"], &account["staff"]), (&json!("bob"), &json!(true)));
    page.done("choose_inboxes", json!({ "personal": true, "groups": ["support"] }));
    let shown = page.done("show_connections", json!({}));
    assert_eq!(shown["forum"]["groups"], json!(["support"]));
    let found = page.done("test_connection", json!({ "what": "forum", "tracker": null }));
    assert_eq!((&found["of"], &found["username"]), (&json!("forum"), &json!("bob")));
}

#[test]
fn the_browser_comes_back_to_the_sign_in_that_is_under_way_and_to_no_other() {
    let around = Around::default();
    let page = practice(&around);
    let press = |page: &Page| {
        page.done("open_sign_in_page", json!({ "page": "redirect" }));
        let opened = around.opened.lock().unwrap().last().unwrap().to_string();
        page.stage().practice().unwrap().world.forum.press_authorize(&opened, "bob").unwrap()
    };
    let nobody =
        block_on(page.stage().take_redirect(&"custody://forum/signed-in?payload=eA".to_owned().into())).unwrap_err();
    assert_eq!(nobody.told("take_redirect").code, custody_core::ports::Fault::NotFound);

    page.done("begin_sign_in", json!({ "url": forum(&page), "replies": false }));
    let earlier = press(&page);
    page.done("begin_sign_in", json!({ "url": forum(&page), "replies": false }));
    assert!(earlier.starts_with("custody://forum/signed-in?payload="), "{earlier}");
    block_on(page.stage().take_redirect(&earlier.into())).expect_err("it was made for another sign-in");
    let address = press(&page);
    block_on(page.stage().take_redirect(&address.into())).unwrap();
    assert_eq!(page.done("wait_for_sign_in", json!({}))["username"], "bob", "whoever waits is told");
}

#[test]
fn a_text_is_pasted_and_a_sign_in_that_was_stopped_is_over() {
    let around = Around::default();
    let page = practice(&around);
    page.done("begin_sign_in", json!({ "url": forum(&page), "replies": false }));
    page.done("open_sign_in_page", json!({ "page": "paste" }));
    let opened = around.opened.lock().unwrap()[0].to_string();
    let shown = page.stage().practice().unwrap().world.forum.press_authorize(&opened, "bob").unwrap();
    assert_eq!(page.refused("bring_back_sign_in", json!({ "brought": "bogus" })), "answer_not_understood");
    assert_eq!(page.done("bring_back_sign_in", json!({ "brought": shown }))["username"], "bob");
    page.done("cancel_sign_in", json!({}));
    assert_eq!(page.refused("bring_back_sign_in", json!({ "brought": "bogus" })), "not_found");
    assert_eq!(page.refused("wait_for_sign_in", json!({})), "not_found");
}

#[test]
fn a_kit_is_shown_once_and_asked_back_and_then_a_backup_finds_its_folder_outside_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let around = Around { folder: Some(folder.path().to_owned()), ..Around::default() };
    let page = practice(&around);
    let backup = json!({ "name": "second disk", "kept_days": 0, "take_over": false });
    assert_eq!(page.refused("connect_backup", backup.clone()), "no_recovery_kit");
    assert_eq!(page.refused("answer_kit_words", json!({ "words": ["a", "b", "c"] })), "no_recovery_kit");
    let kit = page.done("show_new_kit", json!({}));
    assert_eq!(page.done("answer_kit_words", json!({ "words": ["a", "b", "c"] })), json!(false));
    let word = |at: &Value| kit["words"][at.as_u64().unwrap() as usize - 1].clone();
    let words: Vec<Value> = kit["asked"].as_array().unwrap().iter().map(word).collect();
    assert_eq!(page.done("answer_kit_words", json!({ "words": words })), json!(true));
    assert_eq!(page.done("show_desk", json!({}))["desk"]["kit"], "saved");

    assert_eq!(page.done("connect_backup", backup), json!(true));
    page.done("back_up", json!({}));
    let storage = page.done("show_storage", json!({}));
    assert_eq!(storage["backups"][0]["name"], "second disk");
    page.done("leave_backup", json!({ "name": "second disk", "lost": false }));
    assert_eq!(page.done("show_storage", json!({}))["backups"], json!([]));

    let escrow = json!({ "recipient": "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa" });
    let sealed = page.done("seal_new_kit", escrow);
    assert!(sealed["text"].as_str().unwrap().starts_with("-----BEGIN AGE"), "{sealed}");
    page.done("hand_kit_over", json!({}));
}

#[test]
fn security_is_changed_and_what_is_wrong_is_told() {
    let page = practice(&Around::default());
    page.done("set_lock_time", json!({ "minutes": 5 }));
    assert_eq!(page.done("show_security", json!({}))["viewer_copies"], true);
    page.done("set_viewer_copies", json!({ "copies": false }));
    assert_eq!(page.done("show_security", json!({}))["viewer_copies"], false);
    page.done("add_approver", json!({ "name": "Noor", "passphrase": "noors own passphrase" }));
    let security = page.done("show_security", json!({}));
    assert_eq!((&security["lock_minutes"], &security["approvers"][0]["name"]), (&json!(5), &json!("Noor")));
    page.done("remove_approver", json!({ "name": "Noor" }));
    let fresh = "another passphrase";
    let wrong = json!({ "old": "practise", "passphrase": fresh });
    assert_eq!(page.refused("change_passphrase", wrong), "wrong_passphrase");
    page.done("change_passphrase", json!({ "old": "practice", "passphrase": fresh }));
    page.done("lock", json!({}));
    page.done("unlock", json!({ "passphrase": fresh }));

    assert_eq!(page.done("look_for_update", json!({})), json!({ "newer": null, "problem": "unreachable" }));
    assert_eq!(page.done("show_about", json!({}))["signed_by"], "950E8984399CAB92");
    page.done("open_practice_window", json!({}));
    assert_eq!(page.refused("erase_aside", json!({ "name": "nothing.age" })), "not_found");
    let tracker = json!({ "what": "tracker", "tracker": "rt" });
    assert_eq!(page.refused("disconnect", tracker), "not_found");
    page.done("disconnect", json!({ "what": "mail", "tracker": null }));
    assert_eq!(page.done("show_connections", json!({}))["mail"], Value::Null);
}

//! Each command once on a running practice desk, as the page calls it.

use custody_app::Stage;
use custody_desk::Places;
use serde_json::{Value, json};
use tauri::async_runtime::block_on;

use crate::{every_case, every_event, every_receipt, page::Page};

const PASSPHRASE: &str = "practice";

#[test]
fn a_customer_asks_and_confirms_and_staff_holds_views_and_erases() {
    let page = practice();

    // The world's files come in by themselves, and the page is told.
    let rows = page.until(|page| {
        let rows = page.done("list_cases", every_case())["rows"].take();
        let all_in = rows.as_array().is_some_and(|rows| {
            rows.len() > 3 && rows.iter().all(|row| row["standing"] != "arriving") && held(rows).len() > 2
        });
        all_in.then_some(rows)
    });
    let held = held(rows.as_array().unwrap());
    let [asked, staffed, ..] = held[..] else { panic!("two cases with files: {rows}") };
    page.done("touch", json!({}));
    assert!(page.done("run_round", json!({}))["problems"].as_array().unwrap().is_empty(), "a round meets no problem");

    // A hold beats the customer's wish, and lifting it lets the wish go on.
    let case = json!({ "case": asked });
    page.done("place_hold", hold_on(asked, "customer", Value::Null));
    page.done("practice_ask", case.clone());
    let view = page.until(|page| {
        let view = page.done("show_case", case.clone());
        (!view["requests"].as_array().unwrap().is_empty()).then_some(view)
    });
    assert_eq!(view["row"]["standing"], "on_hold");
    assert_eq!(view["holds"][0]["reason"], "a complaint");
    let hold = view["holds"][0]["id"].clone();
    page.done("review_hold", json!({ "hold": hold, "review_at": "2027-12-24T00:00:00Z" }));
    page.done("hand_hold_on", json!({ "hold": hold, "to": "alice" }));
    let view = page.done("show_case", case.clone());
    assert_eq!(
        (&view["holds"][0]["owner"], &view["holds"][0]["review_at"]),
        (&json!("alice"), &json!("2027-12-24T00:00:00.000Z"))
    );
    page.done("lift_hold", json!({ "hold": hold, "reason": "the complaint is settled" }));
    let receipt = page.until(|page| {
        let receipts = page.done("list_receipts", every_receipt())["rows"].take();
        let sent = receipts.as_array().unwrap().iter().find(|row| row["case"] == asked && row["standing"] == "sent");
        sent.map(|row| row["id"].clone())
    });
    let receipt = json!({ "receipt": receipt });
    let read = page.done("show_receipt", receipt.clone());
    assert_eq!(read["signature_fits"], true);
    assert!(read["letter"].as_str().unwrap().len() > 100, "the letter can be read: {read}");
    page.done("practice_confirm", receipt.clone());
    page.until(|page| (page.done("show_receipt", receipt.clone())["row"]["standing"] == "confirmed").then_some(()));
    page.done("resend_receipt", receipt.clone());

    // It is checked, and written out; so is the chain, which is whole.
    let check = page.done("verify_receipt", receipt.clone());
    assert_eq!((&check["signature"], &check["digest_fits"]), (&json!("fits"), &json!(true)), "{check}");
    assert_eq!((&check["names_fit"], &check["chain_fits"]), (&json!(true), &json!(true)), "{check}");
    let saved = page.done("save_receipt", receipt);
    let text = std::fs::read_to_string(saved["path"].as_str().unwrap()).unwrap();
    assert!(serde_json::from_str::<Value>(&text).unwrap()["payload"].is_string(), "the signed text: {text}");
    let events = page.done("list_events", every_event());
    let newest = &events["rows"][0]["event"]["index"];
    assert!(events["total"].as_u64() > Some(10) && events["head"].as_u64() >= newest.as_u64(), "{newest}");
    assert_eq!(page.done("show_event", json!({ "index": newest }))["row"]["event"]["index"], *newest);
    assert_eq!(page.refused("show_event", json!({ "index": 100_000_000 })), "not_found");
    let chain = page.done("verify_chain", json!({}));
    assert_eq!(chain["broken_at"], Value::Null, "{chain}");
    assert!(page.done("verify_anchors", json!({}))["fit"].as_u64() >= Some(1));
    let saved = page.done("export_audit", json!({}));
    let lines = std::fs::read_to_string(saved["path"].as_str().unwrap()).unwrap();
    assert!(lines.lines().count() as u64 > chain["events"].as_u64().unwrap(), "every event, and two lines around them");
    let proposed = json!({ "of": "ledger", "reason": "the audit", "passphrase": "none" });
    assert_eq!(page.refused("propose_export", proposed), "not_an_approver", "nobody has a key of their own here");

    // What was erased is told with its proofs and its receipt.
    let erased = json!({ "stage": "done", "search": "", "skip": 0, "limit": 100 });
    let erased = page.done("list_erasures", erased)["rows"].take();
    let erasure = page.done("show_erasure", json!({ "file": erased[0]["file"] }));
    assert!(erasure["locations"].as_array().is_some_and(|all| all.len() > 2), "{erasure}");
    assert_eq!(erasure["row"]["case"], asked);

    // Staff looks into a file, then asks that it be erased.
    let view = page.done("show_case", json!({ "case": staffed }));
    let file = view["files"].as_array().unwrap().iter().find(|file| file["state"] == "held").unwrap()["id"].clone();
    let wanted = |minutes: u32| json!({ "file": file, "minutes": minutes, "reason": "find the crash" });
    assert_eq!(page.refused("make_viewing_copy", wanted(9 * 60)), "lease_too_long");
    let place = page.done("make_viewing_copy", wanted(5));
    let path = std::path::PathBuf::from(place["path"].as_str().unwrap());
    assert!(path.is_file(), "the copy lies where the person is told");
    assert_eq!(place["copy"]["reason"], "find the crash");
    let longer = page.done("extend_viewing_copy", json!({ "copy": place["copy"]["id"], "minutes": 60 }));
    assert!(longer["until"].as_str() > place["copy"]["until"].as_str() && longer["beside"] == 0, "{longer}");
    let ended = page.done("end_viewing_copy", json!({ "copy": place["copy"]["id"] }));
    assert_eq!(ended, json!({ "beside": 0, "elsewhere": 0, "open_in": [] }));
    assert!(!path.exists(), "the copy is gone when it is done with");
    page.done("ask_erasure", json!({ "case": staffed, "file": file, "reason": "sent by mistake" }));
    page.until(|page| {
        let view = page.done("show_case", json!({ "case": staffed }));
        let gone = view["files"].as_array().unwrap().iter().any(|it| it["id"] == file && it["state"] == "erased");
        gone.then_some(())
    });

    // The ticket is closed; time goes by.
    let closed = json!({ "case": held[2] });
    page.done("practice_close", closed.clone());
    page.until(|page| (page.done("show_case", closed.clone())["row"]["ticket_state"] == "closed").then_some(()));
    let before = page.done("show_desk", json!({}))["desk"]["now"].clone();
    page.done("practice_move_clock", json!({ "days": 1 }));
    assert_ne!(page.done("show_desk", json!({}))["desk"]["now"], before);

    // A plan of its own making is not approved.
    assert!(page.done("show_plan", json!({}))["token"].is_string());
    assert!(page.done("approve_sweep", json!({ "token": "another plan" })).is_object(), "nothing over the cap waits");

    // Nor is a ticket taken of a tracker that the desk does not know.
    let ticket = json!({ "case": staffed, "tracker": "redmine", "key": "4711" });
    assert_eq!(page.refused("take_ticket", ticket.clone()), "not_connected");
    assert_eq!(page.refused("set_ticket_aside", ticket), "not_found");

    // A request that nobody made cannot be resolved.
    let unknown = json!({ "request": "0123456789abcdef0123456789abcdef", "accept": true });
    assert_eq!(page.refused("resolve_request", unknown), "not_found");
}

#[test]
fn a_locked_desk_opens_nothing_until_the_passphrase_fits() {
    let page = practice();
    page.done("lock", json!({}));
    assert_eq!(page.done("show_desk", json!({}))["desk"]["unlocked"], false);
    assert_eq!(page.refused("unlock", json!({ "passphrase": "practise" })), "wrong_passphrase");
    assert_eq!(page.done("show_desk", json!({}))["desk"]["unlocked"], false);
    let file = page.until(|page| {
        let rows = page.done("list_cases", every_case())["rows"].take();
        let case = held(rows.as_array().unwrap()).into_iter().next()?.to_owned();
        let view = page.done("show_case", json!({ "case": case }));
        view["files"].as_array().unwrap().iter().find(|file| file["state"] == "held").map(|file| file["id"].clone())
    });
    let copy = json!({ "file": file, "minutes": 5, "reason": "find the crash" });
    assert_eq!(page.refused("make_viewing_copy", copy.clone()), "locked", "taking in goes on, opening does not");
    page.done("unlock", json!({ "passphrase": PASSPHRASE }));
    page.done("make_viewing_copy", copy);
}

#[test]
fn one_window_has_one_desk() {
    let page = practice();
    assert_eq!(page.refused("start_practice", json!({})), "desk_exists");
    assert_eq!(page.refused("create_desk", json!({ "passphrase": "correct horse battery" })), "desk_exists");
}

#[test]
fn a_desk_of_ones_own_is_made_once_and_found_locked_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        let stage = Stage::opening(false);
        block_on(stage.open_own(Places::under(folder.path())));
        Page::new(stage)
    };
    let page = open();
    assert_eq!(page.done("show_desk", json!({})), json!({ "stage": "first_run" }));
    page.done("create_desk", json!({ "passphrase": "correct horse battery" }));
    let shown = page.done("show_desk", json!({}));
    assert_eq!((&shown["desk"]["unlocked"], &shown["desk"]["practice"]), (&json!(true), &json!(false)));
    assert_eq!(shown["practice_passphrase"], Value::Null);
    assert_eq!(page.refused("practice_move_clock", json!({ "days": 1 })), "no_desk", "its time is the world's");
    drop(page);

    let page = open();
    assert_eq!(page.done("show_desk", json!({}))["desk"]["unlocked"], false);
    page.done("unlock", json!({ "passphrase": "correct horse battery" }));

    let second = open();
    assert_eq!(second.done("show_desk", json!({}))["code"], "in_use", "a second window on the same desk is told so");
    second.done("open_desk", json!({}));
    assert_eq!(second.done("show_desk", json!({}))["code"], "in_use", "it is still so");
    drop(page);
    second.done("open_desk", json!({}));
    assert_eq!(second.done("show_desk", json!({}))["desk"]["unlocked"], false, "now it can be opened");
}

/// A page on a practice desk that was chosen at the first run.
fn practice() -> Page {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::opening(false);
    block_on(stage.open_own(Places::under(folder.path())));
    let page = Page::new(stage);
    page.done("start_practice", json!({}));
    let shown = page.done("show_desk", json!({}));
    assert_eq!(shown["practice_passphrase"], PASSPHRASE, "the page can name it");
    page
}

fn held(rows: &[Value]) -> Vec<&str> {
    rows.iter().filter(|row| row["standing"] == "held").filter_map(|row| row["id"].as_str()).collect()
}

fn hold_on(case: &str, scope: &str, file: Value) -> Value {
    json!({ "scope": scope, "case": case, "file": file, "reason": "a complaint", "review_at": "2030-01-01T00:00:00Z" })
}

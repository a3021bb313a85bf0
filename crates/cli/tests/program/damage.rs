//! What is damaged is never given out as whole.

use std::fs;

use crate::support::{Desk, world};

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_sealed_file_ends_with_an_error_and_leaves_no_copy() {
    let world = world().await;
    let desk = Desk::at(&world);
    let (_, file) = desk.find("Q3 ledger", "cnryfile-converter.log");
    let sealed = desk.home().join("sealed").join(format!("{file}.age"));
    let mut bytes = fs::read(&sealed).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&sealed, bytes).unwrap();

    let path = desk.path("copy.log");
    let refused = desk.run(&["cat", &file, "-o", path.to_str().unwrap()]).failed(9);
    assert_eq!(refused.stdout, b"");
    assert!(!path.exists(), "what was begun was removed");
    let told = desk.run(&["cat", &file]).failed(9);
    assert!(told.stdout.len() < 300_000, "the end is missing, and the exit code says so");
    fs::write(&path, "mine").unwrap();
    desk.run(&["cat", &file, "-o", path.to_str().unwrap()]).failed(7);
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine", "nothing is written over");
}

#[test]
fn a_damaged_ledger_is_told_and_nothing_is_made_anew() {
    let desk = Desk::made();
    let ledger = desk.home().join("ledger").join("ledger.db");
    let mut bytes = fs::read(&ledger).unwrap();
    let middle = bytes.len() / 2;
    bytes.iter_mut().skip(16).take(middle).for_each(|byte| *byte ^= 0x55);
    fs::write(&ledger, &bytes).unwrap();
    desk.run(&["audit", "verify"]).failed(9);
    desk.run(&["doctor"]).failed(9);
    assert!(fs::read(&ledger).unwrap() == bytes, "it is left as it is, for whoever looks");
}

//! Fuzzes the reader of posts as the forum renders them. The same drive runs with every test, within bounds.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../drives/cooked.rs"]
mod drive;

fuzz_target!(|bytes: &[u8]| drive::drive(bytes));

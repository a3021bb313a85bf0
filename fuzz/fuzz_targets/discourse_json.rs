//! Fuzzes the reader of a Discourse forum's answers. The same function runs with every test, within bounds.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| custody_remote::forum::discourse::read_any_answer(bytes));

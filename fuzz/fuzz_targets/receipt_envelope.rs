//! Fuzzes the reader of receipts as anybody may hand them in. The same drive runs with every test, within bounds.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../drives/receipt_envelope.rs"]
mod drive;

fuzz_target!(|bytes: &[u8]| drive::drive(bytes));

//! Fuzzes the reader of mails as they come. The same drive runs with every test, within bounds.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../drives/mail_reader.rs"]
mod drive;

fuzz_target!(|bytes: &[u8]| drive::drive(bytes));

//! The forum client and the tracker over it, against the practice forum and against a server that says what it is told.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod attachments;
mod bench;
mod downloads;
mod faults;
mod limits;
mod lists;
mod news;
mod script;
mod shapes;
mod sign_in;
mod strip;
mod threads;
mod trackers;

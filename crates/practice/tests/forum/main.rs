//! The practice forum over real HTTP, as a client meets it.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod bus;
mod changes;
mod clean_up;
mod client;
mod faults;
mod keys;
mod limits;
mod lists;
mod markup;
mod posts;
mod schemas;
mod sign_in;
mod storage;
mod topics;
mod uploads;
mod worlds;

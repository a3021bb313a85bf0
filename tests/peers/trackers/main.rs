//! Request Tracker and Redmine as they are, each on this machine: `npm run test:peers`.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod administrator;
mod desks;
mod gate;
mod hand;
mod rest;
#[expect(dead_code, reason = "the stories' stage has more hands than these need")]
#[path = "../../stories/desk/support.rs"]
mod stage;
mod stories;
#[path = "../support.rs"]
mod support;

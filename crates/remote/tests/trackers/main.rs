//! The trackers' clients against a server that speaks in each one's shapes. Request Tracker and Redmine are also run for real
//! in `tests/peers`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod bench;
mod changed;
mod faults;
mod kinds;
mod reading;
mod server;
mod shapes;

//! The program as people and scripts meet it: its arguments, its output, its exit codes.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod alone;
mod backing_up;
mod damage;
mod desk;
mod erasing;
mod mail_tokens;
mod practice;
mod refused;
mod sign_in;
mod support;
mod two_people;
mod watching;

//! Stories told on a whole desk: the real vault, the real ledger and the real clients, on the practice world.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a story fails by panicking")]

mod audit;
mod backups;
mod bringing;
mod case_list;
mod clock;
mod copies;
mod damage;
mod digests;
mod drops;
mod four_eyes;
mod heartbeats;
mod holds;
mod incident;
mod lists;
mod lives;
mod mail_tokens;
mod news;
mod own_dates;
mod pausing;
mod receipts;
mod reconciling;
mod replies;
mod reports;
mod rules;
mod running;
mod stuck;
mod support;
mod threads;
mod troubles;
mod viewer;

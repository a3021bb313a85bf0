//! What things mean in Custody and what must happen next.
//!
//! The rules of the desk live here: the states of a held file, when it is due, what an erasure must prove and what a
//! receipt may say. Everything outside (bytes, rows, network, clock, chance) is asked for through [`ports`], so the rules
//! run in microseconds and can destroy nothing by themselves.

pub mod audit;
pub mod backup;
pub mod case;
pub mod case_list;
pub mod digest;
pub mod erasure_list;
pub mod event;
pub mod event_list;
pub mod file_kind;
pub mod flow;
pub mod four_eyes;
pub mod heartbeat;
pub mod held_file;
pub mod hold;
pub mod id;
pub mod incident;
pub mod letter;
pub mod location;
pub mod news;
pub mod notice;
pub mod own_date;
pub mod pause;
pub mod period;
pub mod phrases;
pub mod ports;
pub mod private;
pub mod receipt;
pub mod receipt_list;
pub mod reply;
pub mod report;
pub mod request;
pub mod retention;
pub mod ticket;
pub mod ticket_pattern;
pub mod timekeeper;
pub mod transition;
pub mod viewing_copy;

pub use jiff::{SignedDuration, Timestamp};
pub use private::Private;

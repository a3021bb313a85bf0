//! The record of a desk.
//!
//! One schema and one SQL text on two engines: SQLite encrypted by SQLCipher for one desk, PostgreSQL for a team. The ledger
//! sees rows, never bytes of files or open keys. It only grows: every change of a row is written together with the event
//! that says why and who, in one transaction, and the events are chained by digests.
//!
//! Personal data lives in tables of its own (marked in `migrations/`), and goes when the core says
//! [`Write::Forget`](custody_core::transition::Write::Forget).
//!
//! Times are kept to the microsecond; what is finer is cut off. PostgreSQL cannot hold the character NUL in a text, so it is
//! replaced by U+FFFD on both engines, in what is written and in what is looked for.

mod case_list;
mod chain;
mod claim;
mod connections;
mod dump;
mod engine;
mod erasure_list;
mod error;
mod event_list;
mod files;
mod key;
mod listing;
mod migrate;
mod read;
mod receipt_list;
mod record;
mod rows;
mod snapshot;
mod sql;
#[cfg(test)]
mod tests;

pub use chain::Each;
pub use dump::Tables;
pub use engine::{Engine, SqlLedger};
pub use error::{Inconsistency, LedgerError};
pub use event_list::ChainedEvent;
pub use key::LedgerKey;

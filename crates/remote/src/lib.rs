//! Conversations with the outside: the forum, the tracker and the mail servers.
//!
//! This is the only code of the desk that has a network, and it cannot open a held file. What servers say is hostile until
//! proven otherwise: every answer is bounded, and no word of it reaches an error text or a log.

pub mod forum;
pub mod http;
pub mod mail;
pub mod tracker;

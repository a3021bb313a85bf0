//! The practice world: a forum, a mailbox and a clock on this machine, scripted and open to faults.
//!
//! Stories, the demo and `custody practice` run against it with the same clients as against real servers.
//! Everything listens on 127.0.0.1 only and everything it keeps goes away with it.

pub mod clock;
pub mod forum;
pub mod mailbox;
mod random;
pub mod scenario;
mod world;

pub use clock::PracticeClock;
pub use world::{
    Account, Description, ForumPlace, IssuedKey, MailPlace, Member, Role, StaffKeys, Thread, World, WorldError,
    WorldOptions,
};

//! What the stories share: a world in memory in which every write can be the last one before the power fails.

pub mod memory;
pub mod search;

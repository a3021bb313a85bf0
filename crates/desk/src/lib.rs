//! One running desk: its settings, and what people are shown of it.

pub mod problem;
pub mod settings;
pub mod show;
pub mod views;
pub mod words;

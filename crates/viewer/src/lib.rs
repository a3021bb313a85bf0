//! What a file of unknown origin holds: its kind, its lines, its pictures, what is packed in it.
//!
//! Everything here is hostile until shown otherwise. This crate gets bytes by range and gives text and numbers; it has no
//! disk, no network and no key, its memory does not grow with the file, and whatever it unpacks has a bound.

pub mod archive;
mod error;
pub mod image;
mod kind;
pub mod level;
pub mod lines;
mod search;
mod source;
mod tarball;
pub mod text;
mod zipped;

pub use error::{Refusal, ViewError, ViewResult};
pub use kind::{HEAD, Kind, kind_of};
pub use search::{Finder, Found, Search, Step};
pub use source::{InMemory, Reading, head};
pub use text::Encoding;

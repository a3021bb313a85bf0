//! Custody.
fn main() {}

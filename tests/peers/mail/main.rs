//! Our two mail clients on a real Postfix and a real Dovecot, with real signatures: `npm run test:peers`.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod answers;
mod letters;
mod office;
#[path = "../support.rs"]
mod support;

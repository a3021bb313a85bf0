//! The signed statement of what was erased, where, and how it was checked.

mod envelope;
mod row;
mod statement;

pub use envelope::{Envelope, EnvelopeError, PAYLOAD_TYPE, key_id, public_key_from_pem, verify};
pub use row::{Answer, Confirmation, Delivery, DeliveryState, Grade, IssuedReceipt, ReceiptRow, token_in};
pub(crate) use row::{marked_token, marked_token_in, token_from};
pub use statement::{
    CustomerRef, ErasedFile, Follows, Issuer, LedgerAnchor, SCHEMA, Statement, Tool, ViewingCopies, WaitedForHold,
};

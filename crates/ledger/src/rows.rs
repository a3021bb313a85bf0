//! Rows as the core's types. A row that does not fit its type is an [`Inconsistency`](crate::Inconsistency) with its place.

mod cases;
mod desk;
mod four_eyes;
mod held_files;
mod receipts;
mod rules;

pub(crate) use cases::{case, case_details, case_link, customer, ticket_offer, ticket_read};
pub(crate) use desk::{
    asker_columns, heartbeat, hold, hold_reason, lift_reason, person_id, person_name, reply, reply_columns, request,
    request_reason, scope_columns,
};
pub(crate) use four_eyes::{approver, proposal, proposal_reason};
pub(crate) use held_files::{file, file_details, viewing_copy, viewing_reason, wrap};
pub(crate) use receipts::{confirmation, delivery, delivery_columns, due_receipt, envelope, receipt};
pub(crate) use rules::{adopted_rules, own_date, own_date_columns, own_date_reason};

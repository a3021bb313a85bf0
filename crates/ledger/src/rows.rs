//! Rows as the core's types. A row that does not fit its type is an [`Inconsistency`](crate::Inconsistency) with its place.

mod cases;
mod desk;
mod held_files;
mod receipts;
mod rules;

pub(crate) use cases::{case, case_details, case_link, customer, ticket_offer, ticket_read};
pub(crate) use desk::{
    asker_columns, heartbeat, hold, hold_reason, person_id, person_name, request, request_reason, scope_columns,
};
pub(crate) use held_files::{file, file_details, viewing_copy, wrap};
pub(crate) use receipts::{confirmation, delivery, delivery_columns, due_receipt, envelope, receipt};
pub(crate) use rules::{adopted_rules, own_date, own_date_columns, own_date_reason};

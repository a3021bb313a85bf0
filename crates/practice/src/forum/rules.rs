//! The forum's own rules: who may do what, and what each act changes.

pub(crate) mod edit;
pub(crate) mod may;
pub(crate) mod moderate;
pub(crate) mod publish;
pub(crate) mod remove;

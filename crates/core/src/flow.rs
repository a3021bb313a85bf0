//! The path of a file, step by step. Each step is one function and safe to run twice.
//!
//! A step reads the ledger, asks the ports and commits transitions. What one file meets never stops another: the fault is
//! recorded with the file and tried again later. Only a ledger that cannot be used ends a step.

pub mod backup;
pub mod choose;
pub mod confirm;
pub mod deliver;
pub mod digest;
pub mod drill;
pub mod drop_folders;
pub mod erase;
pub mod first_file;
pub mod forget;
pub mod four_eyes;
pub mod intake;
pub mod notice;
pub mod reconcile;
pub mod reply;
pub mod restore;
pub mod sweep;
pub mod tickets;
pub mod viewing;
pub mod watch;

mod again;
mod issue;

use crate::{
    digest::DigestPolicy,
    event::Actor,
    four_eyes::ApprovalError,
    held_file::TransitionError,
    hold::AlreadyLifted,
    id::{CaseId, DeskId, FileId, HoldId, ReceiptId, RequestId},
    own_date::AlreadyWithdrawn,
    period::Period,
    phrases::Phrases,
    ports::{Chance, ErrorKind, Fault, PortError, PortResult, Ports},
    receipt::EnvelopeError,
    retention::Rules,
    ticket_pattern::TicketPattern,
};

/// What a desk decides for itself; from its settings.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The retention rules.
    pub rules: Rules,
    /// The most files a sweep erases without asking; what customers asked for is not counted.
    pub sweep_cap: u64,
    /// The most bytes of one file.
    pub max_file_bytes: u64,
    /// Whether the first file waits until the recovery kit was saved. Not in a practice world, whose files are nobody's.
    pub kit_first: bool,
    /// Whether a file is held only once every backup target has it too.
    pub write_twice: bool,
    /// How long a customer has to answer before a receipt is closed unanswered.
    pub answer_time: Period,
    /// How often an open location of a receipt is looked at again.
    pub follow_up_every: Period,
    /// What customers write and what of it counts.
    pub phrases: Phrases,
    /// How staff name tickets in a thread.
    pub ticket_patterns: Vec<TicketPattern>,
    /// How many tickets a round reads where the tracker has no list of changes.
    pub tickets_each_round: u32,
    /// The longest time for which a viewing copy is leased.
    pub longest_lease: Period,
    /// Whether the thread is told, once, what was taken in and how long it is kept.
    pub notice: bool,
    /// Who is told beforehand what will be erased.
    pub digest: DigestPolicy,
    /// Language of letters (BCP 47).
    pub language: String,
    /// The organisation's name on receipts.
    pub issuer: String,
    /// Whom customers ask.
    pub contact: String,
    /// The domain in Message-IDs.
    pub mail_domain: String,
    /// Which desk.
    pub desk: DeskId,
    /// The program's version.
    pub version: String,
}

/// Why a step ended early. What was committed before stays; running the step again goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum FlowError {
    /// A port could not be used.
    #[error(transparent)]
    Port(#[from] PortError),
    /// A state did not allow what was attempted.
    #[error(transparent)]
    Transition(#[from] TransitionError),
    /// A hold was lifted already.
    #[error(transparent)]
    Hold(#[from] AlreadyLifted),
    /// A proposal does not go on.
    #[error(transparent)]
    FourEyes(#[from] ApprovalError),
    /// An own date was withdrawn already.
    #[error(transparent)]
    OwnDate(#[from] AlreadyWithdrawn),
    /// A receipt could not be made.
    #[error(transparent)]
    Receipt(#[from] EnvelopeError),
    /// The sweep would erase more than the cap and nobody approved exactly this plan.
    #[error("the sweep would erase {would_erase} files, more than the cap of {cap}")]
    NeedsApproval {
        /// How many files the cap counts.
        would_erase: u64,
        /// The cap.
        cap: u64,
        /// What an approval must present.
        token: String,
    },
}

impl FlowError {
    /// What a person is told.
    pub const fn fault(&self) -> Fault {
        match self {
            Self::Port(error) => error.fault,
            Self::Receipt(EnvelopeError::Signer(error)) => error.fault,
            Self::Transition(_) | Self::Hold(_) | Self::OwnDate(_) => Fault::Conflict,
            Self::FourEyes(error) => error.fault(),
            Self::Receipt(_) => Fault::LedgerDamaged,
            Self::NeedsApproval { .. } => Fault::OverCap,
        }
    }
}

/// How a step went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Things brought forward.
    pub done: u64,
    /// Things to be tried again.
    pub again: u64,
    /// The first fault met.
    pub fault: Option<Fault>,
}

impl Tally {
    fn again(&mut self, fault: Fault) {
        self.again += 1;
        self.fault.get_or_insert(fault);
    }
}

/// Told of progress in bytes; the desk shows it.
pub trait Progress: Send + Sync {
    /// `done` bytes of this file, of `total` if that is known.
    fn bytes(&self, file: FileId, done: u64, total: Option<u64>);
}

/// Shows nothing.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Progress for Silent {
    fn bytes(&self, _file: FileId, _done: u64, _total: Option<u64>) {}
}

/// Makes ids from the operating system's randomness.
pub trait FreshId: Sized {
    /// A new id.
    fn fresh(chance: &dyn Chance) -> PortResult<Self>;
}

macro_rules! fresh_ids {
    ($($name:ty),*) => {$(
        impl FreshId for $name {
            fn fresh(chance: &dyn Chance) -> PortResult<Self> {
                chance.id_bytes().map(Self::from_bytes)
            }
        }
    )*};
}

fresh_ids!(
    CaseId,
    FileId,
    HoldId,
    RequestId,
    ReceiptId,
    DeskId,
    crate::id::CustomerId,
    crate::id::PersonId,
    crate::id::ProposalId,
    crate::id::ViewingCopyId
);

/// Whether an error of the ledger ends the step, as every other may be met by the next file too.
fn is_conflict(error: &PortError) -> bool {
    error.fault == Fault::Conflict
}

/// Whether the error is one that never passes by itself.
fn is_final(error: &PortError) -> bool {
    matches!(error.kind, ErrorKind::NotPossible)
}

/// A member of staff by name, made when new.
pub async fn person(ports: &Ports, name: &crate::Private<String>) -> Result<Actor, FlowError> {
    let fresh = crate::id::PersonId::fresh(ports.chance.as_ref())?;
    Ok(Actor::Person(ports.ledger.person(name, fresh).await?))
}

//! What goes wrong in the outside world, and what may be done about it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What went wrong outside, as far as the rules need to know it.
#[derive(Debug, thiserror::Error)]
#[error("{fault:?}")]
pub struct PortError {
    /// What the flow may do about it; the flow decides by this alone.
    pub kind: ErrorKind,
    /// What a person is told.
    pub fault: Fault,
    /// The cause, for the log. It must hold no personal data.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What may be done about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// It may pass: try again, not before this time has gone by.
    TryAgain {
        /// How long the other side asked us to wait, if it did.
        after: Option<Duration>,
    },
    /// It will never work.
    NotPossible,
    /// Somebody has to do something first.
    NeedsPerson,
}

/// Every fault that has words for a person. The tables of words are total over this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The server does not answer.
    Unreachable,
    /// The server answers with errors, or is in maintenance.
    ServerTrouble,
    /// A firewall in front of the server blocks programs.
    Blocked,
    /// We asked too often.
    RateLimited,
    /// The key or password was refused.
    CredentialsRefused,
    /// The account may not do this.
    NotAllowed,
    /// It is not there.
    NotFound,
    /// The answer was not understood.
    AnswerNotUnderstood,
    /// A redirect led where we do not go: in a circle, to plain http, or too far.
    BadRedirect,
    /// The file ended early or late.
    WrongLength,
    /// The bytes are not the ones the forum announced, or changed between two downloads.
    ContentChanged,
    /// A file in a drop folder changed while it was taken in.
    StillWritten,
    /// A program has a viewing copy open, or goes on writing beside it.
    CopyInUse,
    /// A viewing copy was asked for longer than the desk allows.
    LeaseTooLong,
    /// The system does not say, or does not let us change, what starts with the session.
    StartupUnknown,
    /// A pause was to last longer than a day from its beginning, or to end before now.
    PauseTooLong,
    /// What was dropped or chosen for a case is not offered any more.
    OfferOver,
    /// No reason was given where one is needed.
    NoReason,
    /// Larger than the desk takes.
    TooLarge,
    /// The secure connection could not be made.
    Tls,
    /// The mail server does not take mail for this address.
    AddressRefused,
    /// The disk is full.
    DiskFull,
    /// The disk or folder cannot be used.
    DiskTrouble,
    /// A sealed file cannot be opened: it was damaged or exchanged.
    Damaged,
    /// The desk is locked.
    Locked,
    /// The passphrase is wrong.
    WrongPassphrase,
    /// The keychain or key file cannot be used.
    KeychainTrouble,
    /// The key that is needed is not in the keychain.
    KeyMissing,
    /// The ledger cannot be used.
    LedgerTrouble,
    /// The ledger's chain is broken, or a row does not make sense.
    LedgerDamaged,
    /// The ledger was written by a newer program.
    LedgerNewer,
    /// Somebody else changed the same row first.
    Conflict,
    /// There is no recovery kit, so nothing could open a backup.
    NoRecoveryKit,
    /// Nobody has shown yet that the recovery kit was saved, so no first file is taken in.
    KitNotSaved,
    /// The folder of a backup is not there: its disk or share is away.
    BackupUnreachable,
    /// Another installation writes to this backup.
    BackupTaken,
    /// The recovery kit is not that of this backup.
    OtherKit,
    /// A backup is not complete, or not what was written there.
    BackupDamaged,
    /// A backup is older than the ledger that goes on elsewhere, and its keys open nothing of it.
    BackupOld,
    /// Another program works on this desk.
    InUse,
    /// The ledger belongs to another desk.
    OtherDesk,
    /// The location could not be proven empty.
    NotProven,
    /// The desk is not connected to this kind of server.
    NotConnected,
    /// The settings are not understood, or do not hold together.
    SettingsTrouble,
    /// There is no desk here yet.
    NoDesk,
    /// There is a desk here already.
    DeskExists,
    /// An own date lies behind the ceiling of the rule.
    PastCeiling,
    /// What this machine's clock says is not confirmed, so what it would end is kept.
    ClockInDoubt,
    /// A sweep would erase more files than the cap, and nobody approved exactly this plan.
    OverCap,
    /// The settings ask for a second person, and nobody approved this.
    NeedsSecondPerson,
    /// Whoever proposed something would approve it too.
    SamePerson,
    /// The person has no key of their own here.
    NotAnApprover,
    /// The time of a proposal is over.
    ProposalOver,
    /// Who may approve is changed only while nothing needs a second person.
    ApproversFixed,
    /// A part of the program ended where it must not.
    Crashed,
}

impl PortError {
    /// An error that may pass.
    pub fn try_again(fault: Fault) -> Self {
        Self { kind: ErrorKind::TryAgain { after: None }, fault, source: None }
    }

    /// An error that may pass, not before `after`.
    pub fn try_again_after(fault: Fault, after: Duration) -> Self {
        Self { kind: ErrorKind::TryAgain { after: Some(after) }, fault, source: None }
    }

    /// An error that stays.
    pub fn not_possible(fault: Fault) -> Self {
        Self { kind: ErrorKind::NotPossible, fault, source: None }
    }

    /// An error that somebody has to look at.
    pub fn needs_person(fault: Fault) -> Self {
        Self { kind: ErrorKind::NeedsPerson, fault, source: None }
    }

    /// The same error with its cause.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

/// What every port answers.
pub type PortResult<T> = Result<T, PortError>;

//! Exit codes. Every fault gets its code here and nowhere else; `docs/cli.md` and `custody help exit-codes` say the same.

use custody_core::ports::Fault;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The terminal or a pipe failed in a way that has no words.
    Unexpected = 1,
    /// The command line is not understood.
    Usage = 2,
    /// The passphrase is missing or wrong.
    Locked = 3,
    /// It is not there.
    NotFound = 4,
    /// A server refused us.
    Refused = 5,
    /// It may pass by itself.
    TryLater = 6,
    /// The disk.
    Disk = 7,
    /// The keychain or key file.
    Keys = 8,
    /// A check found something changed or damaged.
    Damaged = 9,
    /// Somebody else is at it, or was first.
    Busy = 10,
    /// A person has to approve it.
    NeedsApproval = 11,
    /// The desk is not made, not connected, or its settings do not hold.
    NotSetUp = 12,
    /// What came from a server could not be used.
    BadAnswer = 13,
    /// The ledger.
    Ledger = 14,
    /// Stopped by a signal before it was done.
    Stopped = 130,
}

impl Exit {
    /// Every code, in order.
    pub const ALL: [Self; 16] = [
        Self::Done,
        Self::Unexpected,
        Self::Usage,
        Self::Locked,
        Self::NotFound,
        Self::Refused,
        Self::TryLater,
        Self::Disk,
        Self::Keys,
        Self::Damaged,
        Self::Busy,
        Self::NeedsApproval,
        Self::NotSetUp,
        Self::BadAnswer,
        Self::Ledger,
        Self::Stopped,
    ];

    /// The number.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// What it means, one line.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Done => "Done.",
            Self::Unexpected => "The terminal, a pipe or this machine failed in a way that has no code of its own.",
            Self::Usage => {
                "The command line is not understood, an id is too short or fits several, or a date lies out of bounds."
            }
            Self::Locked => "The passphrase is wrong, or none could be asked for.",
            Self::NotFound => "What was named is not there.",
            Self::Refused => "A server refused our key or the address, or our account may not do this.",
            Self::TryLater => "A server does not answer, or an erasure is not proven yet; it may pass by itself.",
            Self::Disk => "The disk is full or cannot be used, or the file to write exists already.",
            Self::Keys => "The keychain or key file cannot be used, or a key is missing in it.",
            Self::Damaged => "A check failed: a signature, a sealed file, the ledger's chain.",
            Self::Busy => {
                "Another program works on this desk or has a viewing copy open, or somebody changed the same thing first."
            }
            Self::NeedsApproval => {
                "A person has to approve this: the plan of a sweep over the cap, or, as a second person, a proposal."
            }
            Self::NotSetUp => {
                "There is no desk here, one is here already, it is not connected, or its settings do not hold."
            }
            Self::BadAnswer => {
                "What came from a server could not be used: an answer, a redirect, a certificate, a file."
            }
            Self::Ledger => "The ledger cannot be used right now, or a newer version wrote it.",
            Self::Stopped => "Stopped by Ctrl-C or a signal before it was done.",
        }
    }

    /// The code of a fault. Total: a fault without a code does not compile.
    pub const fn of(fault: Fault) -> Self {
        match fault {
            Fault::LeaseTooLong | Fault::PauseTooLong | Fault::StartupUnknown | Fault::NoReason => Self::Usage,
            Fault::Locked | Fault::WrongPassphrase | Fault::OtherKit => Self::Locked,
            Fault::NotFound | Fault::OfferOver => Self::NotFound,
            Fault::CredentialsRefused | Fault::NotAllowed | Fault::Blocked | Fault::AddressRefused => Self::Refused,
            Fault::PastCeiling => Self::Usage,
            Fault::Unreachable | Fault::ServerTrouble | Fault::RateLimited | Fault::NotProven | Fault::ClockInDoubt => {
                Self::TryLater
            }
            Fault::DiskFull | Fault::DiskTrouble | Fault::BackupUnreachable => Self::Disk,
            Fault::KeychainTrouble | Fault::KeyMissing => Self::Keys,
            Fault::Damaged | Fault::LedgerDamaged | Fault::BackupDamaged | Fault::BackupOld => Self::Damaged,
            Fault::Conflict | Fault::InUse | Fault::BackupTaken | Fault::CopyInUse | Fault::OtherDesk => Self::Busy,
            Fault::OverCap | Fault::NeedsSecondPerson | Fault::SamePerson | Fault::ProposalOver => Self::NeedsApproval,
            Fault::NotAnApprover | Fault::ApproversFixed => Self::NotSetUp,
            Fault::NotConnected | Fault::NoDesk | Fault::DeskExists | Fault::SettingsTrouble => Self::NotSetUp,
            Fault::NoRecoveryKit | Fault::KitNotSaved => Self::NotSetUp,
            Fault::Crashed => Self::Unexpected,
            Fault::AnswerNotUnderstood
            | Fault::BadRedirect
            | Fault::WrongLength
            | Fault::ContentChanged
            | Fault::StillWritten
            | Fault::TooLarge
            | Fault::Tls => Self::BadAnswer,
            Fault::LedgerTrouble | Fault::LedgerNewer => Self::Ledger,
        }
    }
}

/// The table of `custody help exit-codes`.
pub fn table() -> String {
    let mut text = String::from("Exit codes of custody\n\n");
    for exit in Exit::ALL {
        text.push_str(&format!("  {:>3}  {}\n", exit.code(), exit.meaning()));
    }
    text.push_str(
        "\n`sync`, `sweep` and `doctor` go on after a problem; they end with the code of the first one they met.\n\
         With --json the error on standard error also has a word in `code`, which is finer than the number.\n",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_a_number_of_its_own_and_in_order() {
        let codes: Vec<u8> = Exit::ALL.iter().map(|exit| exit.code()).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(codes, sorted);
    }

    #[test]
    fn the_documentation_names_every_code_with_the_same_words() {
        let documentation = include_str!("../../../docs/cli.md");
        for exit in Exit::ALL {
            let line = format!("| {} | {} |", exit.code(), exit.meaning());
            let found = documentation.lines().any(|have| squeezed(have) == line);
            assert!(found, "docs/cli.md lacks the line {line:?}");
        }
    }

    /// A row of the table without the padding that the formatter puts in.
    fn squeezed(line: &str) -> String {
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

//! Why a command ended without having done what was asked: two lines, a word for programs, an exit code.

use std::io;

use custody_core::{
    audit::Mismatch,
    ports::{Fault, PortError},
    receipt::EnvelopeError,
    report::NotTheReport,
};
use custody_desk::{DeskError, views::ProblemView};
use custody_practice::WorldError;
use custody_practice_desk::PracticeError;
use serde_json::json;

use crate::{exit::Exit, ids::IdError, out::is_reader_gone, times::NotATime};

/// Why a command ended without having done what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The desk could not do it.
    #[error("the desk could not do it")]
    Desk(#[from] DeskError),
    /// A round or a check met this.
    #[error("a problem was met")]
    Met(Box<ProblemView>),
    /// The sweep is over the cap.
    #[error("the sweep needs an approval")]
    OverCap {
        /// The cap.
        cap: u64,
        /// What an approval presents.
        token: String,
    },
    /// The command line is not understood.
    #[error("the command line is not understood")]
    Usage { what: String, todo: String },
    /// An id is not one, or not one thing's.
    #[error(transparent)]
    Id(#[from] IdError),
    /// A time is not one.
    #[error(transparent)]
    Time(#[from] NotATime),
    /// There is nobody to ask for a secret.
    #[error("there is nobody to ask for {0}")]
    NobodyToAsk(&'static str),
    /// A secret was typed twice, and not the same.
    #[error("the two passphrases differ")]
    PassphrasesDiffer,
    /// A secret is empty or longer than any.
    #[error("{0} is empty or too long")]
    NotASecret(&'static str),
    /// A text is no recovery kit.
    #[error("not a recovery kit")]
    NotAKit,
    /// A recovery kit is another desk's, or an earlier one.
    #[error("another recovery kit")]
    OtherKit,
    /// A text is no age recipient.
    #[error("not an age recipient")]
    NotARecipient,
    /// There are several backups, or none.
    #[error("which backup")]
    WhichBackup,
    /// A file that was named cannot be read.
    #[error("a named file cannot be read")]
    CannotRead(#[source] io::Error),
    /// A file that was to be written cannot be.
    #[error("a named file cannot be written")]
    CannotWrite(#[source] io::Error),
    /// A file is where one was to be written.
    #[error("a file is there already")]
    FileExists,
    /// Bytes that a terminal would take for commands.
    #[error("not for a terminal")]
    NotForATerminal,
    /// A receipt does not verify.
    #[error(transparent)]
    Receipt(#[from] EnvelopeError),
    /// A file is none of those on the receipt.
    #[error("the file is not on the receipt")]
    NotOnReceipt,
    /// The ledger's chain is broken.
    #[error("the chain is broken at {at}")]
    ChainBroken { at: u64 },
    /// A signed text says of the chain what it does not hold.
    #[error("{what} does not fit the chain at {index}")]
    AnchorBroken { what: String, index: u64 },
    /// An export of the chain is not whole.
    #[error(transparent)]
    Export(Mismatch),
    /// A report is not what its statement says.
    #[error(transparent)]
    Report(NotTheReport),
    /// The practice world did not start.
    #[error(transparent)]
    Practice(#[from] WorldError),
    /// The demo met a fault of its own.
    #[error(transparent)]
    Demo(Box<PracticeError>),
    /// The demo found promises that were not kept.
    #[error("{0} promises were broken")]
    PromiseBroken(usize),
    /// A signal came first.
    #[error("stopped by a signal")]
    Stopped,
    /// Standard output or input failed.
    #[error("standard output or input failed")]
    Terminal(#[source] io::Error),
}

impl Failure {
    /// Whether whoever reads our output has left: no failure, and nobody to tell.
    pub fn is_reader_gone(&self) -> bool {
        matches!(self, Self::Terminal(error) if is_reader_gone(error))
    }

    /// The exit code.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Desk(error) => Exit::of(error.fault()),
            Self::Met(problem) => Exit::of(problem.code),
            Self::OverCap { .. } => Exit::of(Fault::OverCap),
            Self::Usage { .. } | Self::Time(_) => Exit::Usage,
            Self::Id(IdError::Unknown { .. }) => Exit::NotFound,
            Self::Id(IdError::NotAnId | IdError::TooShort | IdError::Ambiguous { .. }) => Exit::Usage,
            Self::NotAKit | Self::OtherKit => Exit::Locked,
            Self::NotARecipient | Self::WhichBackup => Exit::Usage,
            Self::NobodyToAsk(_) | Self::PassphrasesDiffer | Self::NotASecret(_) => Exit::Locked,
            Self::CannotRead(error) if error.kind() == io::ErrorKind::NotFound => Exit::NotFound,
            Self::CannotRead(_) | Self::CannotWrite(_) | Self::FileExists => Exit::Disk,
            Self::NotForATerminal => Exit::Usage,
            Self::Receipt(_)
            | Self::NotOnReceipt
            | Self::ChainBroken { .. }
            | Self::AnchorBroken { .. }
            | Self::Export(_)
            | Self::Report(_) => Exit::Damaged,
            Self::Practice(_) | Self::Demo(_) | Self::PromiseBroken(_) => Exit::Unexpected,
            Self::Stopped => Exit::Stopped,
            Self::Terminal(error) if error.kind() == io::ErrorKind::StorageFull => Exit::Disk,
            Self::Terminal(_) => Exit::Unexpected,
        }
    }

    /// The word for programs.
    fn code(&self) -> String {
        let word = match self {
            Self::Desk(error) => return fault_word(error.fault()),
            Self::Met(problem) => return fault_word(problem.code),
            Self::OverCap { .. } => return fault_word(Fault::OverCap),
            Self::Usage { .. } => "usage",
            Self::Id(IdError::NotAnId) => "not_an_id",
            Self::Id(IdError::TooShort) => "id_too_short",
            Self::Id(IdError::Unknown { .. }) => "not_found",
            Self::Id(IdError::Ambiguous { .. }) => "id_ambiguous",
            Self::Time(_) => "not_a_time",
            Self::NobodyToAsk(_) => "nobody_to_ask",
            Self::PassphrasesDiffer => "passphrases_differ",
            Self::NotASecret(_) => "not_a_secret",
            Self::CannotRead(_) => "cannot_read",
            Self::CannotWrite(_) => "cannot_write",
            Self::FileExists => "file_exists",
            Self::NotAKit => "not_a_kit",
            Self::OtherKit => "other_kit",
            Self::NotARecipient => "not_a_recipient",
            Self::WhichBackup => "which_backup",
            Self::NotForATerminal => "not_for_a_terminal",
            Self::Receipt(EnvelopeError::OtherKey) => "other_key",
            Self::Receipt(EnvelopeError::Changed) => "changed",
            Self::Receipt(EnvelopeError::NotAKey) => "not_a_key",
            Self::Receipt(_) => "not_a_receipt",
            Self::NotOnReceipt => "not_on_receipt",
            Self::ChainBroken { .. } => "chain_broken",
            Self::AnchorBroken { .. } => "anchor_broken",
            Self::Export(Mismatch::OtherKey) => "other_key",
            Self::Export(_) => "export_broken",
            Self::Report(NotTheReport::OtherKey) => "other_key",
            Self::Report(_) => "report_changed",
            Self::Practice(_) | Self::Demo(_) => "practice",
            Self::PromiseBroken(_) => "promise_broken",
            Self::Stopped => "stopped",
            Self::Terminal(_) => "terminal",
        };
        word.to_owned()
    }

    /// The two lines: what happened, ending with what became of the data, and what to do.
    fn lines(&self) -> (String, String) {
        let (what, todo) = match self {
            Self::Desk(error) => return of_problem(&error.problem()),
            Self::Met(problem) => return of_problem(problem),
            Self::OverCap { cap, token } => {
                return (
                    format!(
                        "The sweep would erase more files than the cap of {cap}. Only what customers asked for was erased."
                    ),
                    format!(
                        "Look at `custody sweep --plan`; if it is right, `custody sweep --approve {token}` erases \
                         exactly that."
                    ),
                );
            }
            Self::Usage { what, todo } => return (what.clone(), todo.clone()),
            Self::Id(error) => return error.lines(),
            Self::Time(error) => return error.lines(),
            Self::NobodyToAsk(secret) => {
                return (
                    format!("There is no terminal to ask for {secret}. Nothing was changed."),
                    "Name a file that holds it (see --help); `-` means standard input.".to_owned(),
                );
            }
            Self::PassphrasesDiffer => ("The two passphrases differ. Nothing was changed.", "Type the same one twice."),
            Self::NotASecret(secret) => {
                return (
                    format!("What was given for {secret} is empty, too long or no text. Nothing was changed."),
                    "Give it on one line, at most 64 KiB of UTF-8.".to_owned(),
                );
            }
            Self::CannotRead(error) => {
                return (
                    format!("A file that was named cannot be read ({}). Nothing was changed.", kind_in_words(error)),
                    "Check its name and who may read it.".to_owned(),
                );
            }
            Self::CannotWrite(error) => {
                return (
                    format!(
                        "The file could not be written ({}). What was begun was removed; the desk still has the \
                         original.",
                        kind_in_words(error)
                    ),
                    "Check the folder, its owner and the space on its disk.".to_owned(),
                );
            }
            Self::NotAKit => (
                "This is no recovery kit: 24 words, or a line that begins with AGE-SECRET-KEY-1. Nothing was changed.",
                "Look at each word; the last one notices a slip in the others.",
            ),
            Self::OtherKit => (
                "This is a recovery kit, but not the one that this desk seals for. Nothing was changed.",
                "Find the kit that was made last, or make a new one with `custody recovery make`.",
            ),
            Self::NotARecipient => (
                "An age recipient begins with age1 and has 62 characters. Nothing was made.",
                "Ask whoever is to keep the kit for theirs; `age-keygen -y` prints it.",
            ),
            Self::WhichBackup => (
                "It is not clear which backup is meant. Nothing was changed.",
                "Name one of those that `custody backup` lists; connect one if there is none.",
            ),
            Self::FileExists => (
                "There is a file of this name already. It was not touched, and nothing was written.",
                "Choose another name; this program writes over nothing.",
            ),
            Self::NotForATerminal => (
                "The file holds bytes that a terminal would take for commands. They were not shown; nothing was changed.",
                "Write it to a file with `-o PATH`, send it to another program, or insist with --force.",
            ),
            Self::Receipt(EnvelopeError::OtherKey) => (
                "The receipt is not signed with this key. Nothing it says is proven by this key.",
                "Make sure that the key is that of the desk that issued the receipt.",
            ),
            Self::Receipt(EnvelopeError::Changed) => (
                "The signature does not fit: the receipt was changed after it was signed. Trust nothing it says.",
                "Ask whoever issued it for the original.",
            ),
            Self::Receipt(EnvelopeError::NotAKey) => (
                "The key is not an Ed25519 public key in PEM. The receipt was not checked.",
                "Ask the desk for it; there, `custody key` prints it.",
            ),
            Self::Receipt(_) => (
                "This is not a receipt of Custody. Nothing was checked.",
                "Name the JSON file that came with the letter (receipt-….json).",
            ),
            Self::NotOnReceipt => (
                "The file is none of those on the receipt: no salted digest fits. The receipt itself is in order.",
                "Compare with the very file that was sent; a single changed byte makes another digest.",
            ),
            Self::ChainBroken { at } => {
                return (
                    format!(
                        "The ledger's chain is broken: event {at} is the first that does not fit. Nothing was changed."
                    ),
                    "Do not go on with this desk; keep its folder as it is and restore the ledger from a copy."
                        .to_owned(),
                );
            }
            Self::AnchorBroken { what, index } => {
                return (
                    format!(
                        "The chain fits in itself, but not {what}, which was signed over event {index} of it: the ledger was \
                         made anew, cut back or put back from an older copy. Nothing was changed."
                    ),
                    "Keep the desk's folder as it is, and find the copy of the ledger that fits.".to_owned(),
                );
            }
            Self::Export(mismatch) => return of_mismatch(*mismatch),
            Self::Report(found) => of_report(*found),
            Self::PromiseBroken(count) => {
                return (
                    format!("{count} promises were broken, as listed above. No desk but the demo's was touched."),
                    "Please report it, with what was shown; the demo's folder has the rest.".to_owned(),
                );
            }
            Self::Demo(_) => (
                "The demo's world could not play a step. No desk but the demo's was touched.",
                "Please report it, with what was shown.",
            ),
            Self::Practice(_) => (
                "The practice world did not start. No desk was touched.",
                "Check that this machine lets a program listen on 127.0.0.1 and write to the temporary folder.",
            ),
            Self::Stopped => (
                "Stopped before it was done. What was begun was taken back; nothing is lost.",
                "Run the command again; it goes on from there.",
            ),
            Self::Terminal(error) => {
                return (
                    format!(
                        "The output could not be written ({}). The desk still has everything.",
                        kind_in_words(error)
                    ),
                    "Check where the output goes, and run the command again.".to_owned(),
                );
            }
        };
        (what.to_owned(), todo.to_owned())
    }

    /// What standard error is told: exactly two lines, or one object for programs.
    pub fn told(&self, json: bool) -> String {
        let (what, todo) = self.lines();
        let (what, todo) = (on_one_line(&what), on_one_line(&todo));
        if json {
            format!("{}\n", json!({ "error": { "code": self.code(), "what": what, "todo": todo } }))
        } else {
            format!("{what}\n{todo}\n")
        }
    }
}

impl From<PortError> for Failure {
    fn from(error: PortError) -> Self {
        Self::Desk(error.into())
    }
}

impl From<ProblemView> for Failure {
    fn from(problem: ProblemView) -> Self {
        Self::Met(Box::new(problem))
    }
}

/// What is wrong with an export of the chain.
fn of_mismatch(mismatch: Mismatch) -> (String, String) {
    let ask =
        "Ask whoever wrote it out for the original, or write it out again with `custody audit export`.".to_owned();
    let what = match mismatch {
        Mismatch::NotAnExport => {
            let todo = "Name a file that `custody audit export` wrote.".to_owned();
            return ("This is not an export of a ledger's chain. Nothing was checked.".to_owned(), todo);
        }
        Mismatch::Event { index, line } => format!(
            "The export is not whole: event {index} on line {line} is the first that was changed, removed, moved or slipped \
             in. Trust nothing from there on."
        ),
        Mismatch::CutOff { after } => {
            format!("The export is cut off after event {after}: its signed last line is missing. More may have followed.")
        }
        Mismatch::Closing => {
            "The last line does not fit the events before it: some were removed, or it is another export's. Trust nothing of it."
                .to_owned()
        }
        Mismatch::OtherKey => {
            let todo = "Make sure that the key is that of the desk that wrote it out.".to_owned();
            return ("The export is not signed with this key. Nothing it says is proven by this key.".to_owned(), todo);
        }
        Mismatch::Signature => {
            "The signature does not fit: the last line was changed after it was signed. Trust nothing of it.".to_owned()
        }
        Mismatch::Trailing => "Something follows the signed last line. What is before it is whole.".to_owned(),
    };
    (what, ask)
}

/// What is wrong with a report, or with its statement.
const fn of_report(found: NotTheReport) -> (&'static str, &'static str) {
    match found {
        NotTheReport::NotAStatement => (
            "This is not the signed statement of a report. Nothing was checked.",
            "Name the file that ends in .sig.json and was written with the report.",
        ),
        NotTheReport::OtherKey => (
            "The statement is not signed with this key. Nothing it says is proven by this key.",
            "Make sure that the key is that of the desk that made the report.",
        ),
        NotTheReport::Signature => (
            "The signature does not fit: the statement was changed after it was signed. Trust nothing of it.",
            "Ask whoever made the report for the original.",
        ),
        NotTheReport::File => (
            "The file is not the one that was signed: it was changed, or it is another one. Trust nothing of it.",
            "Ask whoever made the report for the original, or for the statement that belongs to this file.",
        ),
    }
}

fn of_problem(problem: &ProblemView) -> (String, String) {
    (problem.what.clone(), problem.todo.clone())
}

/// Some texts (a parser's) come in several lines; a person is told two.
pub fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The word of a fault, as in views.
pub fn fault_word(fault: Fault) -> String {
    match serde_json::to_value(fault) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::from("fault"),
    }
}

/// The system's own text may name a path, and its language is anybody's guess.
fn kind_in_words(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there",
        io::ErrorKind::PermissionDenied => "permission denied",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::NotADirectory => "part of its path is no folder",
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
        io::ErrorKind::InvalidData => "it is no UTF-8 text",
        io::ErrorKind::FileTooLarge => "it is too large",
        _ => "the system refused it",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_in_two_lines_whatever_its_cause_says() {
        let many = Failure::Usage { what: "one\n  two\nthree".into(), todo: "four\n".into() };
        assert_eq!(many.told(false), "one two three\nfour\n");
        let object: serde_json::Value = serde_json::from_str(&many.told(true)).unwrap();
        assert_eq!(object, json!({ "error": { "code": "usage", "what": "one two three", "todo": "four" } }));
    }

    #[test]
    fn a_fault_has_the_word_it_has_in_views() {
        assert_eq!(fault_word(Fault::WrongPassphrase), "wrong_passphrase");
    }
}

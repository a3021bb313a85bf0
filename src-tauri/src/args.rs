//! What the page brings along with a command. It is parsed here, with its bounds; what does not fit is not a command.

mod living;

pub use self::living::*;

use custody_core::{
    Private, Timestamp,
    id::{CaseId, FileId, HoldId, ProposalId, ReceiptId, RequestId, ViewingCopyId},
    period::Period,
    retention::StartPoint,
};
use custody_desk::{Passphrase, RuleNumbers};
use serde::{Deserialize, Deserializer};
use ts_rs::TS;

/// The fewest characters of a new passphrase; the page says the same before it asks.
const SHORTEST_PASSPHRASE: usize = 10;
/// The most bytes of a passphrase: far more than anybody types, and little enough to be worked on at once.
const LONGEST_PASSPHRASE: usize = 1024;
/// The most characters of a reason; the page's field stops there.
const LONGEST_REASON: usize = 1000;
/// The most characters of a name.
const LONGEST_NAME: usize = 100;

/// Nothing at all.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The passphrase for a new desk, typed twice by a person who was told how strong it is.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChosenPassphrase {
    /// As it was typed; at least ten characters.
    #[serde(deserialize_with = "new_passphrase")]
    #[ts(type = "string")]
    pub passphrase: Passphrase,
}

/// A passphrase to be tried.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TypedPassphrase {
    /// As it was typed.
    #[serde(deserialize_with = "passphrase")]
    #[ts(type = "string")]
    pub passphrase: Passphrase,
}

/// A plan that a person approves.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Which plan: another one is refused.
    pub token: String,
}

/// Which case.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfCase {
    /// The case.
    #[ts(type = "string")]
    pub case: CaseId,
}

/// Which offer of files.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfOffer {
    /// The case it was shown for.
    #[ts(type = "string")]
    pub case: CaseId,
    /// The offer, as it was told.
    pub token: String,
}

/// Which file.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfFile {
    /// The file.
    #[ts(type = "string")]
    pub file: FileId,
}

/// A hold to be placed.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlaceHold {
    /// How far it reaches.
    pub scope: HoldScopeName,
    /// The case from which it is placed.
    #[ts(type = "string")]
    pub case: CaseId,
    /// The file, for a hold on one file.
    #[ts(type = "string | null")]
    pub file: Option<FileId>,
    /// Why.
    #[ts(type = "string")]
    pub reason: Reason,
    /// When it is to be looked at again, RFC 3339.
    #[ts(type = "string")]
    pub review_at: Timestamp,
}

/// How far a hold reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HoldScopeName {
    /// One file.
    File,
    /// Every file of the case.
    Case,
    /// Every file of the customer.
    Customer,
}

/// A hold to be lifted.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LiftHold {
    /// The hold.
    #[ts(type = "string")]
    pub hold: HoldId,
    /// Why.
    #[ts(type = "string")]
    pub reason: Reason,
}

/// A hold that was looked at and stays.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewHold {
    /// The hold.
    #[ts(type = "string")]
    pub hold: HoldId,
    /// When it is to be looked at again, RFC 3339.
    #[ts(type = "string")]
    pub review_at: Timestamp,
}

/// A hold that somebody else is to answer for.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HandHoldOn {
    /// The hold.
    #[ts(type = "string")]
    pub hold: HoldId,
    /// The name under which they act.
    #[ts(type = "string")]
    pub to: PersonName,
}

/// A hold that a second person is to let be lifted.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProposeLift {
    /// The hold.
    #[ts(type = "string")]
    pub hold: HoldId,
    /// Why.
    #[ts(type = "string")]
    pub reason: Reason,
    /// That of the own key of whoever proposes it.
    #[serde(deserialize_with = "passphrase")]
    #[ts(type = "string")]
    pub passphrase: Passphrase,
}

/// An erasure that a second person is to let be done.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProposeErasure {
    /// The case.
    #[ts(type = "string")]
    pub case: CaseId,
    /// One file of it, or all.
    #[ts(type = "string | null")]
    pub file: Option<FileId>,
    /// Why.
    #[ts(type = "string")]
    pub reason: Reason,
    /// That of the own key of whoever proposes it.
    #[serde(deserialize_with = "passphrase")]
    #[ts(type = "string")]
    pub passphrase: Passphrase,
}

/// Something that a second person is to let leave the desk.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProposeExport {
    /// What.
    pub of: ExportName,
    /// Why.
    #[ts(type = "string")]
    pub reason: Reason,
    /// That of the own key of whoever proposes it.
    #[serde(deserialize_with = "passphrase")]
    #[ts(type = "string")]
    pub passphrase: Passphrase,
}

/// What leaves the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportName {
    /// The chain of events.
    Ledger,
    /// A report.
    Report,
}

/// A proposal that the second person approves.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ApproveProposal {
    /// The proposal.
    #[ts(type = "string")]
    pub proposal: ProposalId,
    /// The second person.
    #[ts(type = "string")]
    pub name: PersonName,
    /// That of their own key.
    #[serde(deserialize_with = "passphrase")]
    #[ts(type = "string")]
    pub passphrase: Passphrase,
}

/// A proposal that somebody declines.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DeclineProposal {
    /// The proposal.
    #[ts(type = "string")]
    pub proposal: ProposalId,
    /// Why.
    #[ts(type = "string")]
    pub reason: Reason,
}

/// Which request.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfRequest {
    /// The request.
    #[ts(type = "string")]
    pub request: RequestId,
}

/// An erasure that a member of staff asks for.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskErasure {
    /// The case.
    #[ts(type = "string")]
    pub case: CaseId,
    /// One file of it, or all.
    #[ts(type = "string | null")]
    pub file: Option<FileId>,
    /// Why.
    #[ts(type = "string")]
    pub reason: Reason,
}

/// What an unclear request means.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ResolveRequest {
    /// The request.
    #[ts(type = "string")]
    pub request: RequestId,
    /// Whether it counts.
    pub accept: bool,
}

/// A ticket that the thread of a case names.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfTicket {
    /// The case.
    #[ts(type = "string")]
    pub case: CaseId,
    /// The tracker's name in the settings.
    pub tracker: String,
    /// The ticket's key there.
    pub key: String,
}

/// A viewing copy to be made.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MakeViewingCopy {
    /// The file.
    #[ts(type = "string")]
    pub file: FileId,
    /// For how long, at most a day.
    #[ts(type = "number")]
    pub minutes: Lease,
    /// Why.
    #[ts(type = "string")]
    pub reason: Reason,
}

/// A viewing copy that is to last longer.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExtendViewingCopy {
    /// The viewing copy.
    #[ts(type = "string")]
    pub copy: ViewingCopyId,
    /// For how long from now, at most a day.
    #[ts(type = "number")]
    pub minutes: Lease,
}

/// Which viewing copy.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfViewingCopy {
    /// The viewing copy.
    #[ts(type = "string")]
    pub copy: ViewingCopyId,
}

/// Which receipt.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfReceipt {
    /// The receipt.
    #[ts(type = "string")]
    pub receipt: ReceiptId,
}

/// A date of its own for a file, or for the files of a case.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GiveOwnDate {
    /// The case.
    #[ts(type = "string")]
    pub case: CaseId,
    /// One file of it, or all that it has now.
    #[ts(type = "string | null")]
    pub file: Option<FileId>,
    /// When they are erased, RFC 3339.
    #[ts(type = "string")]
    pub end: Timestamp,
    /// Why.
    #[ts(type = "string")]
    pub reason: Reason,
}

/// Which own date.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfOwnDate {
    /// The case.
    #[ts(type = "string")]
    pub case: CaseId,
    /// The file, for an own date of one file.
    #[ts(type = "string | null")]
    pub file: Option<FileId>,
}

/// The numbers of a rule.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RuleEdit {
    /// From when the period counts.
    #[ts(type = "\"ticket_closed\" | \"arrival\" | \"customer_activity\"")]
    pub start: StartPoint,
    /// How long a file is kept after that, such as `3 days`.
    #[ts(type = "string")]
    pub period: Period,
    /// Time between due and erasing.
    #[ts(type = "string")]
    pub grace: Period,
    /// The longest time after arrival.
    #[ts(type = "string | null")]
    pub ceiling: Option<Period>,
}

impl From<RuleEdit> for RuleNumbers {
    fn from(RuleEdit { start, period, grace, ceiling }: RuleEdit) -> Self {
        Self { start, period, grace, ceiling }
    }
}

/// Rules with changed numbers.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RulesEdit {
    /// Whether the rules of `settings.toml` are meant, and not those in force.
    pub draft: bool,
    /// The numbers of every rule, in the order in which they are asked.
    pub rules: Vec<RuleEdit>,
}

/// Rules to be put into force.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RulesChange {
    /// Whether the rules of `settings.toml` are meant, and not those in force.
    pub draft: bool,
    /// The numbers of every rule, in the order in which they are asked.
    pub rules: Vec<RuleEdit>,
    /// The token of their simulation.
    pub token: String,
}

/// How far the practice clock is moved on.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MoveClock {
    /// Days, at most a year.
    #[ts(type = "number")]
    pub days: Days,
}

/// A person's reason. It is never empty: the ledger has no use for an act without one.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Reason(Private<String>);

impl Reason {
    /// The words, for the ledger.
    pub fn into_words(self) -> Private<String> {
        self.0
    }
}

impl TryFrom<String> for Reason {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        trimmed(&text, LONGEST_REASON, ["a reason has words", "a reason is shorter"]).map(Self)
    }
}

/// A text without the space around it; why not, if it is empty or has more than `longest` characters.
fn trimmed(text: &str, longest: usize, [empty, long]: [&'static str; 2]) -> Result<Private<String>, &'static str> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(empty),
        count if count > longest => Err(long),
        _ => Ok(text.into()),
    }
}

/// The name of a member of staff.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct PersonName(Private<String>);

impl PersonName {
    /// The name, for the ledger.
    pub fn into_name(self) -> Private<String> {
        self.0
    }
}

impl TryFrom<String> for PersonName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        trimmed(&text, LONGEST_NAME, ["a name has letters", "a name is shorter"]).map(Self)
    }
}

/// How long a viewing copy lasts: a minute to a day.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u32")]
pub struct Lease(Period);

impl Lease {
    /// The same as a period.
    pub const fn period(self) -> Period {
        self.0
    }
}

impl TryFrom<u32> for Lease {
    type Error = &'static str;

    fn try_from(minutes: u32) -> Result<Self, Self::Error> {
        if (1..=24 * 60).contains(&minutes) { Ok(Self(Period::minutes(minutes))) } else { Err("a minute to a day") }
    }
}

/// Days of the practice clock: one to a year.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u32")]
pub struct Days(u32);

impl Days {
    /// The number.
    pub const fn count(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Days {
    type Error = &'static str;

    fn try_from(days: u32) -> Result<Self, Self::Error> {
        if (1..=366).contains(&days) { Ok(Self(days)) } else { Err("a day to a year") }
    }
}

pub(crate) fn new_passphrase<'de, D: Deserializer<'de>>(from: D) -> Result<Passphrase, D::Error> {
    let text = bounded(from)?;
    if text.chars().count() < SHORTEST_PASSPHRASE {
        return Err(serde::de::Error::custom("a passphrase is longer"));
    }
    Ok(text.into())
}

pub(crate) fn passphrase<'de, D: Deserializer<'de>>(from: D) -> Result<Passphrase, D::Error> {
    Ok(bounded(from)?.into())
}

fn bounded<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    if text.len() > LONGEST_PASSPHRASE {
        return Err(serde::de::Error::custom("a passphrase is shorter"));
    }
    Ok(text)
}

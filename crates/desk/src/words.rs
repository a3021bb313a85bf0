//! English sentences, for the terminal and for reports: the one place where they are made of what the views carry.

use std::fmt::{Display, Formatter, Result};

use custody_core::{
    Timestamp,
    held_file::{Finding, Refusal, Spared},
    receipt::{Answer, Grade},
    request::{Channel, RequestStanding},
    retention::RuleTerms,
    ticket::OfferStanding,
    viewing_copy::Ended,
};
use custody_remote::forum::sign_in::Scope;

use crate::views::{
    CaseRuleView, ErasureReason, Happening, LocationFound, LocationKind, LocationView, Moment, ProposalView,
    ProposedAct, RecordedExport, RecordedRule, RecordedServer, RuleTermsView, ScopeName, TicketState, TicketView,
    WhoView, WhomView, WhyView,
};

/// To stand behind the name of whoever did it.
impl Display for Happening {
    #[expect(clippy::too_many_lines, reason = "one line for each thing that can happen")]
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::DeskCreated => f.write_str("made the ledger"),
            Self::CaseOpened { topic } => write!(f, "opened the case of thread {topic}"),
            Self::CaseExposed { exposed: true } => f.write_str("found that the thread is not private"),
            Self::CaseExposed { exposed: false } => f.write_str("found the thread private again"),
            Self::TicketRead { found } => f.write_str(match found {
                TicketState::Open => "read the ticket as open",
                TicketState::Closed => "read the ticket as closed",
                TicketState::InDoubt => "got no certain answer about the ticket",
            }),
            Self::TicketLinked { ticket } => write!(f, "linked the case to {ticket}"),
            Self::TicketOffered { ticket, standing } => {
                let what = match standing {
                    OfferStanding::Offered => "saw that the thread names",
                    OfferStanding::Taken => "took up",
                    OfferStanding::SetAside => "set aside",
                };
                write!(f, "{what} {ticket}")
            }
            Self::AttachmentsProbed { open: true } => {
                f.write_str("found that the forum serves this thread's files to anybody who knows their address")
            }
            Self::AttachmentsProbed { open: false } => f.write_str("found that the forum guards this thread's files"),
            Self::LinkNoted { service } => write!(f, "saw a link to {service} in the thread"),
            Self::NoticeGiven => f.write_str("told the thread what was taken in"),
            Self::CaseForgotten => f.write_str("erased the personal data of the case"),
            Self::FileArrived => f.write_str("saw a new attachment"),
            Self::FileRefused { why } => write!(f, "did not take in a file: {}", refusal(*why)),
            Self::ArrivalDelayed { attempts } => write!(f, "could not fetch a file yet (attempt {attempts})"),
            Self::FilesBrought { files: 1 } => f.write_str("gave a file into the case, to be erased where it lay"),
            Self::FilesBrought { files } => {
                write!(f, "gave {files} files into the case, to be erased where they lay")
            }
            Self::DropErased => f.write_str("erased the original of a file from the drop folder"),
            Self::FileSealed { bytes } => write!(f, "sealed a file of {bytes} bytes"),
            Self::FileDue { reason, erase_at } => {
                write!(f, "marked a file due because {reason}; it is erased at {erase_at}")
            }
            Self::FileSpared { why } => {
                let because = match why {
                    Spared::Reopened => "the ticket is open again",
                    Spared::Hold => "a hold was placed",
                    Spared::RuleChanged => "the rule changed",
                    Spared::OwnDate => "it was given a later date of its own",
                };
                write!(f, "kept a due file because {because}")
            }
            Self::ErasureBegun { reason } => write!(f, "began to erase a file because {reason}"),
            Self::WrapsDropped => f.write_str("dropped every wrap of a file's key"),
            Self::ErasureDelayed { attempts } => write!(f, "could not finish an erasure yet (attempt {attempts})"),
            Self::FilesErased { files, complete } => {
                let open = if *complete { "" } else { "; a location is still open" };
                write!(f, "proved {} erased and issued a receipt{open}", counted(*files, "file"))
            }
            Self::FollowUpIssued => f.write_str("issued the follow-up receipt"),
            Self::FileLost { finding: Finding::Missing } => f.write_str("found a sealed file missing"),
            Self::FileLost { finding: Finding::Damaged } => f.write_str("found a sealed file damaged"),
            Self::UnknownSetAside { count } => {
                write!(f, "set aside {count} sealed files that the ledger does not know")
            }
            Self::AsideErased { bytes } => write!(f, "erased something of {bytes} bytes that was set aside"),
            Self::RemainsErased { count } => write!(f, "erased {} that no row names", counted(*count, "remnant")),
            Self::HoldPlaced { review_at } => write!(f, "placed a hold, to be reviewed at {review_at}"),
            Self::HoldReviewed { review_at } => write!(f, "looked at a hold, to be reviewed again at {review_at}"),
            Self::HoldHandedOn { to } => write!(f, "handed a hold on to {to}"),
            Self::HoldLifted => f.write_str("lifted a hold"),
            Self::OwnDateGiven { of_case, end } => {
                let what = if *of_case { "the files of the case" } else { "a file" };
                write!(f, "gave {what} an own date: erased at {end}")
            }
            Self::OwnDateWithdrawn => f.write_str("took an own date back"),
            Self::RequestReceived { standing, channel: by } => {
                let what = match standing {
                    RequestStanding::Unclear => "wrote something that sounds like a request for removal",
                    RequestStanding::Accepted | RequestStanding::SetAside => "asked for removal",
                };
                write!(f, "{what} ({})", channel(*by))
            }
            Self::RequestResolved { accepted: true } => f.write_str("accepted an unclear request"),
            Self::RequestResolved { accepted: false } => f.write_str("set an unclear request aside"),
            Self::ReplyOwed { files } => {
                write!(f, "found that a hold keeps {} which the customer asked to have erased", counted(*files, "file"))
            }
            Self::ReplySent { channel: by } => {
                write!(f, "told the customer that a hold keeps the files for now ({})", channel(*by))
            }
            Self::ReplyDelayed { attempts } => {
                write!(f, "could not tell the customer of the hold yet (attempt {attempts})")
            }
            Self::ReplyBounced => f.write_str("found that the letter about the hold came back"),
            Self::ReplyRequeued { channel: by } => {
                write!(f, "asked that the customer be told of the hold {}", channel(*by))
            }
            Self::ReplyWithdrawn => f.write_str("did not go on telling the customer of a hold that is lifted"),
            Self::FourEyesChanged { lift_hold, early_erasure, export } => {
                let needs = [("lifting a hold", lift_hold), ("early erasure", early_erasure), ("export", export)];
                let needs: Vec<_> = needs.iter().filter(|(_, on)| **on).map(|(what, _)| *what).collect();
                let what = if needs.is_empty() { "nothing".to_owned() } else { needs.join(", ") };
                write!(f, "changed what needs a second person here: {what}")
            }
            Self::ApproverAdded { person } => write!(f, "made a key for {person} to approve with"),
            Self::ApproverRemoved { person } => write!(f, "took the key of {person} out of use"),
            Self::ApproverFailed { person } => write!(f, "gave a wrong passphrase for the key of {person}"),
            Self::ProposalMade { act, one_file, expires_at, proposal } => {
                write!(f, "proposed {} until {expires_at} ({proposal})", proposed(*act, *one_file))
            }
            Self::ProposalApproved { proposal } => {
                write!(f, "approved a proposal as the second person ({proposal})")
            }
            Self::ProposalDeclined { proposal } => write!(f, "declined a proposal ({proposal})"),
            Self::ProposalUsed { proposal } => write!(f, "made the export that was approved ({proposal})"),
            Self::ProposalExpired { proposal } => write!(f, "ended a proposal whose time was over ({proposal})"),
            Self::SweepStopped { would_erase, cap } => {
                write!(f, "stopped a sweep that would erase {would_erase} files (the cap is {cap})")
            }
            Self::SweepApproved { would_erase } => write!(f, "approved the erasure of {would_erase} files"),
            Self::RulesChanged { rules, erased_now, sooner, later } => {
                let changed = format!("{erased_now} erased now, {sooner} sooner, {later} later");
                write!(f, "changed the retention rules ({changed}): {}", joined(rules, " "))
            }
            Self::RulesAdopted { rules } => {
                write!(f, "took up the retention rules of the settings: {}", joined(rules, " "))
            }
            Self::DigestSent { cases, files } => {
                let (files, cases) = (counted(*files, "file"), counted(*cases, "case"));
                write!(f, "told staff by mail that {files} of {cases} will be erased")
            }
            Self::ClockConfirmed { now } => write!(f, "said that this machine's clock is right: {now}"),
            Self::Paused { until } => write!(f, "paused fetching and letters until {until}"),
            Self::Resumed => f.write_str("ended the pause of fetching and letters"),
            Self::FileOpened => f.write_str("opened a file"),
            Self::FileExported => f.write_str("took a copy of a file out of custody"),
            Self::ViewingCopyMade { until } => write!(f, "made a viewing copy until {until}"),
            Self::ViewingCopyExtended { until } => write!(f, "made a viewing copy last longer, until {until}"),
            Self::ViewingCopyBeside { beside } => write!(f, "saw {} beside a viewing copy", counted(*beside, "file")),
            Self::ViewingCopyStays => f.write_str("could not erase a viewing copy yet"),
            Self::ViewingCopyEnded { why, beside, elsewhere } => {
                let because = match why {
                    Ended::Done => "its user was done",
                    Ended::LeaseOver => "its lease was over",
                    Ended::Locked => "the desk was locked",
                    Ended::Erasing => "the file is being erased",
                    Ended::Restart => "the program was restarted",
                };
                f.write_str("erased a viewing copy")?;
                if *beside > 0 {
                    write!(f, " with {} beside it", counted(*beside, "file"))?;
                }
                write!(f, " because {because}")?;
                if *elsewhere > 0 {
                    write!(f, "; {elsewhere} of them have another name elsewhere and stay there")?;
                }
                Ok(())
            }
            Self::EpochRotated { epoch, keys } => {
                write!(f, "sealed {} anew under epoch {epoch}", counted(*keys, "key"))
            }
            Self::EpochDestroyed { epoch } => write!(f, "destroyed the key of epoch {epoch}"),
            Self::ReceiptSent { channel: by } => write!(f, "sent the receipt ({})", channel(*by)),
            Self::ReceiptRequeued { channel: by } => {
                write!(f, "put the receipt into the outbox again ({})", channel(*by))
            }
            Self::ReceiptDelayed { attempts } => write!(f, "could not send the receipt yet (attempt {attempts})"),
            Self::ReceiptBounced => f.write_str("found that the receipt came back"),
            Self::ReceiptAnswered { answer: said, grade: by } => write!(f, "{} ({})", answer(*said), grade(*by)),
            Self::BackupConnected { backup } => write!(f, "connected the backup {backup}"),
            Self::BackupLeft { backup, emptied: true } => write!(f, "emptied the backup {backup} and left it"),
            Self::BackupLeft { backup, emptied: false } => {
                write!(f, "said that the backup {backup} no longer exists")
            }
            Self::RecoveryKitMade => f.write_str("made a recovery kit"),
            Self::RecoveryKitSaved { sealed: false } => {
                f.write_str("showed by its words that the recovery kit was saved")
            }
            Self::RecoveryKitSaved { sealed: true } => {
                f.write_str("gave the recovery kit, sealed, into somebody's hands")
            }
            Self::RecipientsChanged { keys, recipients } => {
                write!(f, "sealed {} anew for {}", counted(*keys, "key"), counted(*recipients, "recipient"))
            }
            Self::Restored { files, replayed } => {
                let files = counted(*files, "file");
                write!(f, "restored the desk from a backup: {files} held, {replayed} erasures done again")
            }
            Self::ErasureReplayed { receipted: true } => {
                f.write_str("did an erasure again whose receipt was issued before the restore")
            }
            Self::ErasureReplayed { receipted: false } => {
                f.write_str("went on with an erasure that had begun before the restore")
            }
            Self::FileBroughtBack { backup } => write!(f, "brought a missing file back from the backup {backup}"),
            Self::DrillDone { backup, passed: true } => write!(f, "passed the drill with the backup {backup}"),
            Self::DrillDone { backup, passed: false } => {
                write!(f, "did not pass the drill with the backup {backup}")
            }
            Self::Unlocked => f.write_str("unlocked the desk"),
            Self::UnlockFailed => f.write_str("gave a wrong passphrase"),
            Self::Locked => f.write_str("locked the desk"),
            Self::PassphraseChanged => f.write_str("changed the passphrase"),
            Self::SettingsChanged { parts, rules, by_hand } => {
                let how = if *by_hand { "found the settings changed" } else { "changed the settings" };
                write!(f, "{how} ({})", parts.join(", "))?;
                if rules.is_empty() { Ok(()) } else { write!(f, ": {}", joined(rules, " ")) }
            }
            Self::Connected { server } => write!(f, "connected the desk: {server}"),
            Self::Disconnected { server } => write!(f, "disconnected the desk: {server}"),
            Self::IncidentPrepared { files, customers, copies } => {
                let (files, customers) = (counted(*files, "file"), counted(*customers, "customer"));
                let what = format!("{files} of {customers}, {copies} of them in viewing copies");
                write!(f, "put together what was readable on a lost machine: {what}")
            }
            Self::Exported { what } => write!(f, "exported: {what}"),
        }
    }
}

/// To the second, UTC.
impl Display for Moment {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(&at(self.0))
    }
}

/// To stand before what they did.
impl Display for WhoView {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(match self {
            Self::Desk => "Custody",
            Self::Customer => "The customer",
            Self::Person { name } => name,
        })
    }
}

impl Display for TicketView {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "ticket {} of {}", self.key, self.tracker)
    }
}

/// To stand behind "because".
impl Display for ErasureReason {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::TicketClosed => "the ticket is closed",
            Self::CustomerAsked => "the customer asked for it",
            Self::PeriodEnded => "its period is over",
            Self::StaffDecided => "staff decided it",
        })
    }
}

/// One sentence.
impl Display for WhyView {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Hold { hold } => write!(f, "Hold {hold} beats every reason."),
            Self::TicketOpen => f.write_str("The ticket is open."),
            Self::TicketClosed { since } => write!(f, "The ticket was read as closed at {since}."),
            Self::TicketInDoubt { since } => {
                write!(f, "The tracker gives no certain answer since {since}, so a closed ticket does not count.")
            }
            Self::CustomerAsked { at } => write!(f, "The customer asked for removal at {at}."),
            Self::StaffDecided { at } => write!(f, "Staff decided the erasure at {at}."),
            Self::PeriodEnds { at } => write!(f, "Its period ends at {at}."),
            Self::OwnDate { at } => write!(f, "A member of staff gave it a date of its own: {at}."),
            Self::GraceUntil { at } => write!(f, "Grace lasts until {at}."),
            Self::GraceOver => f.write_str("Grace is over."),
        }
    }
}

/// One sentence.
impl Display for RuleTermsView {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        RuleTerms::from(*self).fmt(f)
    }
}

impl Display for RecordedRule {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Terms(terms) => terms.fmt(f),
            Self::Other { text } => f.write_str(text),
        }
    }
}

impl Display for RecordedServer {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(&self.in_row())
    }
}

impl Display for RecordedExport {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(&self.in_row())
    }
}

impl Display for WhomView {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let (what, any) = match self {
            Self::Tags { any } => ("tag", any.join(OR)),
            Self::Categories { any } => ("category", joined(any, OR)),
            Self::Products { any } => ("product", any.join(OR)),
            Self::Customers { any } => ("customer", any.join(OR)),
            Self::Kinds { any } => ("kind", any.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(OR)),
        };
        write!(f, "{what} {any}")
    }
}

impl Display for LocationKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::SealedFile => f.write_str("the encrypted file with us"),
            Self::KeyWrap => f.write_str("the key that could open it"),
            Self::ViewingCopy => f.write_str("an engineer's working copy"),
            Self::ForumCopy => f.write_str("the forum's own copy"),
            Self::Backup { name } => write!(f, "the backup {name}"),
            Self::DropFolder => f.write_str("what was saved into the drop folder"),
        }
    }
}

impl Display for LocationFound {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Present => f.write_str("present"),
            Self::ErasedVerified => f.write_str("erased, and checked"),
            Self::KeyDestroyed => f.write_str("destroyed, and checked"),
            Self::ExpiresOn { date } => {
                let day = date.0.to_string();
                write!(f, "ends by itself on {} at the latest", day.get(..10).unwrap_or(&day))
            }
            Self::RequestedNotConfirmed => f.write_str("removal asked for, not yet confirmed"),
            Self::Held => f.write_str("kept for a stated reason"),
            Self::NotOurs => f.write_str("still there; it is not ours to remove"),
            Self::Failed => f.write_str("could not be erased"),
            Self::Unknown => f.write_str("could not be checked"),
        }
    }
}

/// The place, and what was found there.
impl Display for LocationView {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}: {}", self.place, self.found)
    }
}

/// What is proposed, with the names of what it is about.
impl Display for ProposalView {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(proposed(self.act, self.one_file))?;
        for named in [&self.file, &self.title].into_iter().flatten() {
            write!(f, "; {named}")?;
        }
        match &self.hold_reason {
            Some(reason) => write!(f, "; placed because: {reason}"),
            None => Ok(()),
        }
    }
}

/// As the forum says it.
impl Display for ScopeName {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(Scope::from(*self).word())
    }
}

/// What a right is for.
pub fn purpose(right: ScopeName) -> &'static str {
    Scope::from(right).purpose()
}

/// The rules that the files of a case follow, one sentence each.
pub fn rules(rules: &[CaseRuleView]) -> String {
    match rules {
        [only] => only.terms.to_string(),
        several => {
            let each = several.iter().map(|it| format!("{}: {}", counted(u64::from(it.files), "file"), it.terms));
            each.collect::<Vec<_>>().join(" ")
        }
    }
}

/// Which files a rule is for.
pub fn whom(lists: &[WhomView]) -> String {
    if lists.is_empty() { "every file".to_owned() } else { joined(lists, " and ") }
}

/// Why a verdict is what it is, as one text.
pub fn reasons(why: &[WhyView]) -> String {
    joined(why, " ")
}

/// Why a file was refused.
pub const fn refusal(why: Refusal) -> &'static str {
    match why {
        Refusal::NotPrivate => "the thread is not private",
        Refusal::TooLarge => "it is too large",
        Refusal::Empty => "it is empty",
        Refusal::Unreadable => "it is no longer where it came from",
        Refusal::ErasedBefore => "it was erased before this desk was restored",
        Refusal::Withdrawn => "the customer asked for removal before",
    }
}

/// An answer.
pub const fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Confirmed => "confirmed the receipt",
        Answer::Disputed => "disputed the receipt",
        Answer::Unclear => "answered the receipt with something else",
    }
}

/// The evidence of an answer.
pub const fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Replied => "by mail",
        Grade::RepliedWithDkim => "by mail, signed by the domain",
        Grade::ConfirmedInThread => "in the thread",
    }
}

/// A channel.
pub const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Thread => "in the thread",
        Channel::Mail => "by mail",
        Channel::Desk => "at the desk",
    }
}

/// A moment to the second, UTC.
pub fn at(moment: Timestamp) -> String {
    format!("{moment:.0}")
}

/// "1 file", "2 files".
pub fn counted(count: u64, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// What is proposed, to stand behind "proposed".
const fn proposed(act: ProposedAct, one_file: bool) -> &'static str {
    match (act, one_file) {
        (ProposedAct::LiftHold, _) => "to lift a hold",
        (ProposedAct::EraseEarly, false) => "to erase a case's files before the rule's end",
        (ProposedAct::EraseEarly, true) => "to erase a file before the rule's end",
        (ProposedAct::ExportReport, _) => "to export a report",
        (ProposedAct::ExportLedger, _) => "to export the ledger",
        (ProposedAct::ExportFile, _) => "to export the plaintext of a file",
    }
}

const OR: &str = " or ";

fn joined(things: &[impl Display], between: &str) -> String {
    things.iter().map(ToString::to_string).collect::<Vec<_>>().join(between)
}

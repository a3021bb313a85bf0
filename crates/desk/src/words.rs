//! Events, reasons and verdicts as sentences for engineers.

use custody_core::{
    Timestamp,
    event::EventKind,
    four_eyes::{Act, ExportOf},
    held_file::{Finding, Refusal, Spared},
    letter::shown,
    own_date::OwnDateScope,
    ports::FileService,
    receipt::{Answer, Grade},
    request::{Channel, RequestStanding},
    retention::{Reason, Why},
    ticket::OfferStanding,
    viewing_copy::Ended,
};

/// An event as one sentence, and its word.
pub fn event(kind: &EventKind) -> (String, &'static str) {
    match kind {
        EventKind::DeskCreated { .. } => ("made the ledger".into(), "desk_created"),
        EventKind::CaseOpened { topic, .. } => (format!("opened the case of thread {}", topic.0), "case_opened"),
        EventKind::CaseExposed { exposed: true, .. } => ("found that the thread is not private".into(), "case_exposed"),
        EventKind::CaseExposed { exposed: false, .. } => ("found the thread private again".into(), "case_exposed"),
        EventKind::TicketRead { in_doubt: true, .. } => {
            ("got no certain answer about the ticket".into(), "ticket_read")
        }
        EventKind::TicketRead { closed_since: Some(_), .. } => ("read the ticket as closed".into(), "ticket_read"),
        EventKind::TicketRead { closed_since: None, .. } => ("read the ticket as open".into(), "ticket_read"),
        EventKind::TicketLinked { ticket, .. } => {
            (format!("linked the case to ticket {} of {}", shown(&ticket.key), shown(&ticket.tracker)), "ticket_linked")
        }
        EventKind::TicketOffered { ticket, standing, .. } => {
            let what = match standing {
                OfferStanding::Offered => "saw that the thread names",
                OfferStanding::Taken => "took up",
                OfferStanding::SetAside => "set aside",
            };
            (format!("{what} ticket {} of {}", shown(&ticket.key), shown(&ticket.tracker)), "ticket_offered")
        }
        EventKind::AttachmentsProbed { open: true, .. } => (
            "found that the forum serves this thread's files to anybody who knows their address".into(),
            "attachments_probed",
        ),
        EventKind::AttachmentsProbed { open: false, .. } => {
            ("found that the forum guards this thread's files".into(), "attachments_probed")
        }
        EventKind::LinkNoted { service: which, .. } => {
            (format!("saw a link to {} in the thread", service(*which)), "link_noted")
        }
        EventKind::NoticeGiven { .. } => ("told the thread what was taken in".into(), "notice_given"),
        EventKind::CaseForgotten { .. } => ("erased the personal data of the case".into(), "case_forgotten"),
        EventKind::FileArrived { .. } => ("saw a new attachment".into(), "file_arrived"),
        EventKind::FileRefused { why, .. } => (format!("did not take in a file: {}", refusal(*why)), "file_refused"),
        EventKind::ArrivalDelayed { attempts, .. } => {
            (format!("could not fetch a file yet (attempt {attempts})"), "arrival_delayed")
        }
        EventKind::FilesBrought { files: 1, .. } => {
            ("gave a file into the case, to be erased where it lay".into(), "files_brought")
        }
        EventKind::FilesBrought { files, .. } => {
            (format!("gave {files} files into the case, to be erased where they lay"), "files_brought")
        }
        EventKind::DropErased { .. } => ("erased the original of a file from the drop folder".into(), "drop_erased"),
        EventKind::FileSealed { size, .. } => (format!("sealed a file of {size} bytes"), "file_sealed"),
        EventKind::FileDue { reason: why, erase_at, .. } => {
            (format!("marked a file due because {}; it is erased at {}", reason(*why), at(*erase_at)), "file_due")
        }
        EventKind::FileSpared { why, .. } => {
            let because = match why {
                Spared::Reopened => "the ticket is open again",
                Spared::Hold => "a hold was placed",
                Spared::RuleChanged => "the rule changed",
                Spared::OwnDate => "it was given a later date of its own",
            };
            (format!("kept a due file because {because}"), "file_spared")
        }
        EventKind::ErasureBegun { reason: why, .. } => {
            (format!("began to erase a file because {}", reason(*why)), "erasure_begun")
        }
        EventKind::WrapsDropped { .. } => ("dropped every wrap of a file's key".into(), "wraps_dropped"),
        EventKind::ErasureDelayed { attempts, .. } => {
            (format!("could not finish an erasure yet (attempt {attempts})"), "erasure_delayed")
        }
        EventKind::FilesErased { files, complete, .. } => {
            let open = if *complete { "" } else { "; a location is still open" };
            (format!("proved {} erased and issued a receipt{open}", counted(files.len(), "file")), "files_erased")
        }
        EventKind::FollowUpIssued { .. } => ("issued the follow-up receipt".into(), "follow_up_issued"),
        EventKind::FileLost { finding: Finding::Missing, .. } => ("found a sealed file missing".into(), "file_lost"),
        EventKind::FileLost { finding: Finding::Damaged, .. } => ("found a sealed file damaged".into(), "file_lost"),
        EventKind::UnknownSetAside { count, .. } => {
            (format!("set aside {count} sealed files that the ledger does not know"), "unknown_set_aside")
        }
        EventKind::AsideErased { bytes, .. } => {
            (format!("erased something of {bytes} bytes that was set aside"), "aside_erased")
        }
        EventKind::RemainsErased { count } => {
            (format!("erased {} that no row names", counted(*count as usize, "remnant")), "remains_erased")
        }
        EventKind::HoldPlaced { review_at, .. } => {
            (format!("placed a hold, to be reviewed at {}", at(*review_at)), "hold_placed")
        }
        EventKind::HoldReviewed { review_at, .. } => {
            (format!("looked at a hold, to be reviewed again at {}", at(*review_at)), "hold_reviewed")
        }
        EventKind::HoldHandedOn { owner, .. } => {
            (format!("handed a hold on to person {}", owner.short()), "hold_handed_on")
        }
        EventKind::HoldLifted { .. } => ("lifted a hold".into(), "hold_lifted"),
        EventKind::RequestReceived { standing, channel: from, .. } => {
            let what = match standing {
                RequestStanding::Unclear => "wrote something that sounds like a request for removal",
                RequestStanding::Accepted | RequestStanding::SetAside => "asked for removal",
            };
            (format!("{what} ({})", channel(*from)), "request_received")
        }
        EventKind::RequestResolved { standing: RequestStanding::Accepted, .. } => {
            ("accepted an unclear request".into(), "request_resolved")
        }
        EventKind::RequestResolved { .. } => ("set an unclear request aside".into(), "request_resolved"),
        EventKind::ReplyOwed { files, .. } => {
            let files = counted(usize::try_from(*files).unwrap_or(usize::MAX), "file");
            (format!("found that a hold keeps {files} which the customer asked to have erased"), "reply_owed")
        }
        EventKind::ReplySent { channel: by, .. } => {
            (format!("told the customer that a hold keeps the files for now ({})", channel(*by)), "reply_sent")
        }
        EventKind::ReplyDelayed { attempts, .. } => {
            (format!("could not tell the customer of the hold yet (attempt {attempts})"), "reply_delayed")
        }
        EventKind::ReplyBounced { .. } => ("found that the letter about the hold came back".into(), "reply_bounced"),
        EventKind::ReplyRequeued { channel: by, .. } => {
            (format!("asked that the customer be told of the hold {}", channel(*by)), "reply_requeued")
        }
        EventKind::ReplyWithdrawn { .. } => {
            ("did not go on telling the customer of a hold that is lifted".into(), "reply_withdrawn")
        }
        EventKind::FourEyesChanged { lift_hold, early_erasure, export, .. } => {
            let needs = [("lifting a hold", *lift_hold), ("early erasure", *early_erasure), ("export", *export)];
            let needs: Vec<_> = needs.iter().filter(|(_, on)| *on).map(|(what, _)| *what).collect();
            let what = if needs.is_empty() { "nothing".to_owned() } else { needs.join(", ") };
            (format!("changed what needs a second person here: {what}"), "four_eyes_changed")
        }
        EventKind::ApproverAdded { person, .. } => {
            (format!("made a key for person {} to approve with", person.short()), "approver_added")
        }
        EventKind::ApproverRemoved { person, .. } => {
            (format!("took the key of person {} out of use", person.short()), "approver_removed")
        }
        EventKind::ApproverFailed { person } => {
            (format!("gave a wrong passphrase for the key of person {}", person.short()), "approver_failed")
        }
        EventKind::ProposalMade { proposal, act, expires_at, .. } => {
            (format!("proposed {} until {} ({})", proposed(act), at(*expires_at), proposal.short()), "proposal_made")
        }
        EventKind::ProposalApproved { proposal, .. } => {
            (format!("approved a proposal as the second person ({})", proposal.short()), "proposal_approved")
        }
        EventKind::ProposalDeclined { proposal, .. } => {
            (format!("declined a proposal ({})", proposal.short()), "proposal_declined")
        }
        EventKind::ProposalUsed { proposal, .. } => {
            (format!("made the export that was approved ({})", proposal.short()), "proposal_used")
        }
        EventKind::ProposalExpired { proposal, .. } => {
            (format!("ended a proposal whose time was over ({})", proposal.short()), "proposal_expired")
        }
        EventKind::SweepStopped { would_erase, cap } => {
            (format!("stopped a sweep that would erase {would_erase} files (the cap is {cap})"), "sweep_stopped")
        }
        EventKind::SweepApproved { would_erase, .. } => {
            (format!("approved the erasure of {would_erase} files"), "sweep_approved")
        }
        EventKind::RulesChanged { rules, erased_now, sooner, later, .. } => {
            let rules = rules.iter().map(|rule| shown(rule)).collect::<Vec<_>>().join(" ");
            let changed = format!("{erased_now} erased now, {sooner} sooner, {later} later");
            (format!("changed the retention rules ({changed}): {rules}"), "rules_changed")
        }
        EventKind::RulesAdopted { rules, .. } => {
            let rules = rules.iter().map(|rule| shown(rule)).collect::<Vec<_>>().join(" ");
            (format!("took up the retention rules of the settings: {rules}"), "rules_adopted")
        }
        EventKind::OwnDateGiven { scope, end } => {
            let what = match scope {
                OwnDateScope::File(_) => "a file",
                OwnDateScope::Case(_) => "the files of the case",
            };
            (format!("gave {what} an own date: erased at {}", at(*end)), "own_date_given")
        }
        EventKind::OwnDateWithdrawn { .. } => ("took an own date back".into(), "own_date_withdrawn"),
        EventKind::DigestSent { cases, files } => {
            let (files, cases) = (counted(*files as usize, "file"), counted(*cases as usize, "case"));
            (format!("told staff by mail that {files} of {cases} will be erased"), "digest_sent")
        }
        EventKind::ClockConfirmed { now, .. } => {
            (format!("said that this machine's clock is right: {}", at(*now)), "clock_confirmed")
        }
        EventKind::Paused { until } => (format!("paused fetching and letters until {}", at(*until)), "paused"),
        EventKind::Resumed => ("ended the pause of fetching and letters".into(), "resumed"),
        EventKind::FileOpened { .. } => ("opened a file".into(), "file_opened"),
        EventKind::FileExported { .. } => ("took a copy of a file out of custody".into(), "file_exported"),
        EventKind::ViewingCopyMade { until, .. } => {
            (format!("made a viewing copy until {}", at(*until)), "viewing_copy_made")
        }
        EventKind::ViewingCopyExtended { until, .. } => {
            (format!("made a viewing copy last longer, until {}", at(*until)), "viewing_copy_extended")
        }
        EventKind::ViewingCopyBeside { beside, .. } => {
            (format!("saw {} beside a viewing copy", counted(*beside as usize, "file")), "viewing_copy_beside")
        }
        EventKind::ViewingCopyStays { .. } => ("could not erase a viewing copy yet".into(), "viewing_copy_stays"),
        EventKind::ViewingCopyEnded { why, beside, elsewhere, .. } => {
            let because = match why {
                Ended::Done => "its user was done",
                Ended::LeaseOver => "its lease was over",
                Ended::Locked => "the desk was locked",
                Ended::Erasing => "the file is being erased",
                Ended::Restart => "the program was restarted",
            };
            let with = match beside {
                0 => String::new(),
                count => format!(" with {} beside it", counted(*count as usize, "file")),
            };
            let rest = match elsewhere {
                0 => String::new(),
                count => format!("; {count} of them have another name elsewhere and stay there"),
            };
            (format!("erased a viewing copy{with} because {because}{rest}"), "viewing_copy_ended")
        }
        EventKind::EpochRotated { epoch, wraps } => {
            (format!("sealed {} anew under epoch {epoch}", counted(*wraps as usize, "key")), "epoch_rotated")
        }
        EventKind::BackupConnected { target } => {
            (format!("connected the backup {}", shown(target)), "backup_connected")
        }
        EventKind::BackupLeft { target, emptied: true } => {
            (format!("emptied the backup {} and left it", shown(target)), "backup_left")
        }
        EventKind::BackupLeft { target, emptied: false } => {
            (format!("said that the backup {} no longer exists", shown(target)), "backup_left")
        }
        EventKind::RecoveryKitMade { .. } => ("made a recovery kit".into(), "recovery_kit_made"),
        EventKind::RecoveryKitSaved { sealed: false, .. } => {
            ("showed by its words that the recovery kit was saved".into(), "recovery_kit_saved")
        }
        EventKind::RecoveryKitSaved { sealed: true, .. } => {
            ("gave the recovery kit, sealed, into somebody's hands".into(), "recovery_kit_saved")
        }
        EventKind::RecipientsChanged { wraps, recipients, .. } => {
            let (keys, others) = (counted(*wraps as usize, "key"), counted(recipients.len(), "recipient"));
            (format!("sealed {keys} anew for {others}"), "recipients_changed")
        }
        EventKind::Restored { files, replayed, .. } => {
            let files = counted(*files as usize, "file");
            (format!("restored the desk from a backup: {files} held, {replayed} erasures done again"), "restored")
        }
        EventKind::ErasureReplayed { receipt: Some(_), .. } => {
            ("did an erasure again whose receipt was issued before the restore".into(), "erasure_replayed")
        }
        EventKind::ErasureReplayed { receipt: None, .. } => {
            ("went on with an erasure that had begun before the restore".into(), "erasure_replayed")
        }
        EventKind::FileBroughtBack { target, .. } => {
            (format!("brought a missing file back from the backup {}", shown(target)), "file_brought_back")
        }
        EventKind::DrillDone { target, passed: true, .. } => {
            (format!("passed the drill with the backup {}", shown(target)), "drill_done")
        }
        EventKind::DrillDone { target, passed: false, .. } => {
            (format!("did not pass the drill with the backup {}", shown(target)), "drill_done")
        }
        EventKind::EpochDestroyed { epoch } => (format!("destroyed the key of epoch {epoch}"), "epoch_destroyed"),
        EventKind::ReceiptSent { channel: by, .. } => (format!("sent the receipt ({})", channel(*by)), "receipt_sent"),
        EventKind::ReceiptRequeued { channel: by, .. } => {
            (format!("put the receipt into the outbox again ({})", channel(*by)), "receipt_requeued")
        }
        EventKind::ReceiptDelayed { attempts, .. } => {
            (format!("could not send the receipt yet (attempt {attempts})"), "receipt_delayed")
        }
        EventKind::ReceiptBounced { .. } => ("found that the receipt came back".into(), "receipt_bounced"),
        EventKind::ReceiptAnswered { answer: said, grade: by, .. } => {
            (format!("{} ({})", answer(*said), grade(*by)), "receipt_answered")
        }
        EventKind::Unlocked => ("unlocked the desk".into(), "unlocked"),
        EventKind::UnlockFailed => ("gave a wrong passphrase".into(), "unlock_failed"),
        EventKind::Locked => ("locked the desk".into(), "locked"),
        EventKind::PassphraseChanged => ("changed the passphrase".into(), "passphrase_changed"),
        EventKind::SettingsChanged { parts, rules, by_hand } => {
            let parts = parts.iter().map(|part| shown(part)).collect::<Vec<_>>().join(", ");
            let rules = rules.iter().map(|rule| shown(rule)).collect::<Vec<_>>().join(" ");
            let how = if *by_hand { "found the settings changed" } else { "changed the settings" };
            let rules = if rules.is_empty() { rules } else { format!(": {rules}") };
            (format!("{how} ({parts}){rules}"), "settings_changed")
        }
        EventKind::Connected { what } => (format!("connected the desk: {}", shown(what)), "connected"),
        EventKind::Disconnected { what } => (format!("disconnected the desk: {}", shown(what)), "disconnected"),
        EventKind::IncidentPrepared { files, customers, copies, .. } => {
            let (files, customers) = (counted(*files as usize, "file"), counted(*customers as usize, "customer"));
            let what = format!("{files} of {customers}, {copies} of them in viewing copies");
            (format!("put together what was readable on a lost machine: {what}"), "incident_prepared")
        }
        EventKind::Exported { what } => (format!("exported: {}", shown(what)), "exported"),
    }
}

/// What is proposed, to stand behind "proposed".
pub const fn proposed(act: &Act) -> &'static str {
    match act {
        Act::LiftHold { .. } => "to lift a hold",
        Act::EraseEarly { file: None, .. } => "to erase a case's files before the rule's end",
        Act::EraseEarly { file: Some(_), .. } => "to erase a file before the rule's end",
        Act::Export { what: ExportOf::Report } => "to export a report",
        Act::Export { what: ExportOf::Ledger } => "to export the ledger",
        Act::Export { what: ExportOf::File { .. } } => "to export the plaintext of a file",
    }
}

/// The name of a large-file service.
pub const fn service(service: FileService) -> &'static str {
    match service {
        FileService::Dropbox => "Dropbox",
        FileService::GoogleDrive => "Google Drive",
        FileService::OneDrive => "OneDrive",
        FileService::WeTransfer => "WeTransfer",
        FileService::AmazonS3 => "Amazon S3",
    }
}

/// A reason, to stand behind "because".
pub const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::TicketClosed => "the ticket is closed",
        Reason::CustomerAsked { .. } => "the customer asked for it",
        Reason::PeriodEnded => "its period is over",
        Reason::StaffDecided { .. } => "staff decided it",
    }
}

/// Why a verdict is what it is, one sentence.
pub fn why(why: &Why) -> String {
    match why {
        Why::Hold { hold } => format!("Hold {} beats every reason.", hold.short()),
        Why::TicketOpen => "The ticket is open.".into(),
        Why::TicketClosed { since } => format!("The ticket was read as closed at {}.", at(*since)),
        Why::TicketInDoubt { since } => {
            format!("The tracker gives no certain answer since {}, so a closed ticket does not count.", at(*since))
        }
        Why::CustomerAsked { at: asked } => format!("The customer asked for removal at {}.", at(*asked)),
        Why::StaffDecided { at: decided } => format!("Staff decided the erasure at {}.", at(*decided)),
        Why::PeriodEnds { at: end } => format!("Its period ends at {}.", at(*end)),
        Why::OwnDate { at: end } => format!("A member of staff gave it a date of its own: {}.", at(*end)),
        Why::GraceUntil { at: end } => format!("Grace lasts until {}.", at(*end)),
        Why::GraceOver => "Grace is over.".into(),
    }
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
pub fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

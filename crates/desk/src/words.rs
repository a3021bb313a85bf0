//! Events, reasons and verdicts as sentences for engineers.

use custody_core::{
    Timestamp,
    event::EventKind,
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
        EventKind::UnknownSetAside { count } => {
            (format!("set aside {count} sealed files that the ledger does not know"), "unknown_set_aside")
        }
        EventKind::HoldPlaced { review_at, .. } => {
            (format!("placed a hold, to be reviewed at {}", at(*review_at)), "hold_placed")
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
        EventKind::FileOpened { .. } => ("opened a file".into(), "file_opened"),
        EventKind::ViewingCopyMade { until, .. } => {
            (format!("made a viewing copy until {}", at(*until)), "viewing_copy_made")
        }
        EventKind::ViewingCopyEnded { why, .. } => {
            let because = match why {
                Ended::Done => "its user was done",
                Ended::LeaseOver => "its lease was over",
                Ended::Locked => "the desk was locked",
                Ended::Erasing => "the file is being erased",
                Ended::Restart => "the program was restarted",
            };
            (format!("erased a viewing copy because {because}"), "viewing_copy_ended")
        }
        EventKind::EpochRotated { epoch, wraps } => {
            (format!("sealed {} anew under epoch {epoch}", counted(*wraps as usize, "key")), "epoch_rotated")
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
        EventKind::Exported { .. } => ("exported a report".into(), "exported"),
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

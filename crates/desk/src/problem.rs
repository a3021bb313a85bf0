//! The words of every fault: what happened (ending with what became of the data), and what to do.

use custody_core::ports::Fault;

use crate::views::ProblemView;

/// The two lines for a fault. Total: a fault without words does not compile.
pub fn problem(fault: Fault) -> ProblemView {
    let (what, todo) = words(fault);
    ProblemView { code: fault, what: what.to_owned(), todo: todo.to_owned() }
}

const fn words(fault: Fault) -> (&'static str, &'static str) {
    match fault {
        Fault::Unreachable => (
            "The server does not answer. Nothing was erased and nothing was lost.",
            "Check the network and the address in the settings; Custody tries again by itself.",
        ),
        Fault::ServerTrouble => (
            "The server answers with errors or is in maintenance. Nothing was erased and nothing was lost.",
            "Wait; Custody tries again by itself. If it lasts, ask whoever runs the server.",
        ),
        Fault::Blocked => (
            "A firewall in front of the forum blocks programs. Nothing was erased and nothing was lost.",
            "Ask the forum's administrator to let the desk's address through.",
        ),
        Fault::RateLimited => (
            "The server asked us to slow down. Nothing was erased and nothing was lost.",
            "Wait; Custody goes on when the server allows it.",
        ),
        Fault::CredentialsRefused => (
            "The server refused our key or password. Nothing was erased and nothing was lost.",
            "Connect again with `custody connect` and a key that is valid.",
        ),
        Fault::NotAllowed => (
            "Our account may not do this. Nothing was changed.",
            "Ask for the right on the server, or connect with another account.",
        ),
        Fault::NotFound => (
            "It is not there, or not visible to us. Nothing was erased.",
            "Check that the id is right and that our account can still see the thread.",
        ),
        Fault::AnswerNotUnderstood => (
            "The server's answer was not understood. Nothing was erased and nothing was lost.",
            "Check that the address in the settings is that of the forum itself.",
        ),
        Fault::BadRedirect => (
            "The server sent us to an address where we do not go. No key was sent there; nothing was taken in.",
            "Check the forum's address and its storage settings.",
        ),
        Fault::WrongLength => (
            "The file ended early or late. The part that came was thrown away; the forum still has the file.",
            "Wait; Custody fetches it again by itself.",
        ),
        Fault::ContentChanged => (
            "The file is not the one the forum announced. It was not taken in; the forum still has it.",
            "Wait; Custody fetches it again. If it lasts, ask the customer to attach it anew.",
        ),
        Fault::StillWritten => (
            "A file in a drop folder changed while it was taken in. It was not taken in; it is still in the folder.",
            "Wait until it is saved; Custody takes it in by itself.",
        ),
        Fault::OfferOver => (
            "What was chosen for the case is not offered any more. Nothing was moved; the files lie where they were.",
            "Choose or drop them again.",
        ),
        Fault::CopyInUse => (
            "A program has the viewing copy open, or goes on writing beside it. What could be erased was; the rest is \
             still there.",
            "Close the program; Custody tries again by itself.",
        ),
        Fault::LeaseTooLong => (
            "A viewing copy may not last so long on this desk. Nothing was changed.",
            "Take a shorter time; `times.viewing_copy_longest` in the settings is the longest.",
        ),
        Fault::StartupUnknown => (
            "The system does not let Custody start with your session. Nothing was changed.",
            "Add it to the programs that start with the session by the system's own settings.",
        ),
        Fault::PauseTooLong => (
            "A pause lasts a day at the most, from its beginning. Nothing was changed.",
            "Choose an earlier end; when the pause is over, another can begin.",
        ),
        Fault::NoReason => {
            ("No reason was given. Nothing was changed.", "Say why, in a few words; they are kept with the record.")
        }
        Fault::TooLarge => (
            "The file is larger than this desk takes. It was not taken in; the forum still has it.",
            "Raise `intake.max_file_bytes` in the settings, or fetch it another way.",
        ),
        Fault::Tls => (
            "A secure connection could not be made. No password was sent; nothing was erased or lost.",
            "Check the server's certificate and the TLS setting of this connection.",
        ),
        Fault::AddressRefused => (
            "The mail server does not take mail for this address. The receipt is kept.",
            "Ask the customer for another address, or send the receipt in the thread.",
        ),
        Fault::DiskFull => (
            "The disk is full. What was begun was taken back; nothing is lost.",
            "Make space on the desk's disk; Custody tries again by itself.",
        ),
        Fault::DiskTrouble => (
            "The desk's folder cannot be read or written. Nothing was erased.",
            "Check the disk and the owner of the folder.",
        ),
        Fault::Damaged => (
            "The sealed file is damaged or was exchanged. What was readable before the damage is not to be trusted; \
             nothing was erased.",
            "Ask the customer to attach it anew, and look at the disk.",
        ),
        Fault::Locked => (
            "The desk is locked. Intake and erasure go on; nothing was opened.",
            "Unlock the desk with its passphrase.",
        ),
        Fault::WrongPassphrase => (
            "The passphrase is wrong. The desk stays locked; nothing was changed.",
            "Try again. Without the passphrase the files of this desk cannot be opened.",
        ),
        Fault::KeychainTrouble => (
            "The keychain or key file cannot be used. Nothing was erased and nothing was lost.",
            "Unlock the keychain, or check the key file and its owner.",
        ),
        Fault::KeyMissing => (
            "A key that is needed is not in the keychain. The sealed file is still there.",
            "Check that this is the desk's own user account and keychain.",
        ),
        Fault::LedgerTrouble => (
            "The ledger cannot be used right now. Nothing was changed.",
            "Check the ledger's disk or database; Custody tries again by itself.",
        ),
        Fault::LedgerDamaged => (
            "The ledger is damaged or does not make sense. Nothing was erased.",
            "Do not go on with this desk; run `custody audit verify` and restore the ledger from a copy.",
        ),
        Fault::LedgerNewer => (
            "The ledger was written by a newer version of Custody. Nothing was changed.",
            "Update Custody on this machine.",
        ),
        Fault::Conflict => (
            "Somebody else changed the same thing first. Nothing was changed by this.",
            "Look again and repeat it if it is still wanted.",
        ),
        Fault::InUse => (
            "Another program is working on this desk. Nothing was changed.",
            "Close the window or stop `custody run`, then try again.",
        ),
        Fault::OtherDesk => (
            "This ledger belongs to another desk, which alone can prove what lies on its disk. Nothing was changed.",
            "Give this desk a database of its own with `custody connect ledger`.",
        ),
        Fault::NotProven => (
            "The erasure could not be proven yet. No receipt was issued; it is tried again.",
            "Wait; if it lasts, look at the file's locations.",
        ),
        Fault::SettingsTrouble => (
            "The settings are not understood, or do not hold together. Nothing was changed.",
            "Correct `settings.toml` in the desk's folder, and start again.",
        ),
        Fault::NoDesk => {
            ("There is no desk here yet. Nothing was changed.", "Make one with `custody init`, or name its folder.")
        }
        Fault::DeskExists => {
            ("There is a desk here already. Nothing was changed.", "Use it, or choose another folder for a new one.")
        }
        Fault::NoRecoveryKit => (
            "There is no recovery kit, so nobody could open a backup. Nothing was written there.",
            "Make one with `custody recovery make`, and keep it away from this machine.",
        ),
        Fault::KitNotSaved => (
            "The recovery kit is not saved yet, so no file is taken in. Nothing is lost; the files stay where they are.",
            "Make it with `custody recovery make`, write it down, and show that you have it with `custody recovery check`.",
        ),
        Fault::OtherKit => (
            "The recovery kit is not the one that this backup was sealed for. Nothing was restored or changed.",
            "Find the kit that was made last on this desk, and type its 24 words again.",
        ),
        Fault::BackupUnreachable => (
            "The backup's folder is not there. Files stay here; erasures go on, and their receipts stay open until the backup \
             was looked at.",
            "Connect its disk or share again; Custody goes on by itself.",
        ),
        Fault::BackupTaken => (
            "Another installation of this desk writes to this backup. Nothing was changed there.",
            "Use the other installation, or take the backup over with `custody backup connect --take-over`.",
        ),
        Fault::BackupDamaged => (
            "The backup is not complete, or not what was written there. Nothing was restored.",
            "Use another copy of the backup; without its whole journal an erased file could come back.",
        ),
        Fault::BackupOld => (
            "This copy of the backup is older than the ledger, and its keys are destroyed. Nothing was restored.",
            "Restore from the newest copy of the backup.",
        ),
        Fault::PastCeiling => (
            "The retention rule does not let a file be kept that long. Nothing was changed.",
            "Name an earlier date, or place a hold with a reason.",
        ),
        Fault::ClockInDoubt => (
            "This machine's clock is not confirmed. What its time alone would end is kept; nothing was erased by it.",
            "Put clock and time zone right; once a connected server agrees, Custody goes on. Or say so: `custody clock --confirm`.",
        ),
        Fault::OverCap => (
            "The sweep would erase more files than the cap allows. Only what customers asked for was erased.",
            "Look at the plan, and approve it if it is right.",
        ),
        Fault::NeedsSecondPerson => (
            "This needs a second person. Nothing was changed, and nothing left the desk.",
            "Propose it; somebody else with a key of their own approves it.",
        ),
        Fault::SamePerson => (
            "Whoever proposes something cannot be the second person. Nothing was changed.",
            "Ask somebody else with a key of their own to approve it.",
        ),
        Fault::NotAnApprover => (
            "This person has no key to sign with at this desk. Nothing was changed.",
            "Act under a name that has one; `custody approvers` lists them.",
        ),
        Fault::ProposalOver => {
            ("The time of this proposal is over. Nothing was changed.", "Propose it again, if it is still wanted.")
        }
        Fault::ApproversFixed => (
            "Who may approve is changed only while nothing needs a second person. Nothing was changed.",
            "Turn `[four_eyes]` off in the settings, change the approvers, and turn it on; each of it is recorded.",
        ),
        Fault::Crashed => (
            "A part of the program ended where it must not, and was started again. Nothing was erased by it, and nothing is lost.",
            "If it happens again, send the log to whoever looks after this program.",
        ),
        Fault::NotConnected => {
            ("The desk is not connected to this server. Nothing was changed.", "Connect it with `custody connect`.")
        }
    }
}

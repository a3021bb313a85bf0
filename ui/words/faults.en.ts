import type { FaultWords } from "./words";

// What happened, ending with what became of the data; and what to do. A code without words does not compile.
export const faults: FaultWords = {
  unreachable: {
    what: "The server does not answer. Nothing was erased and nothing was lost.",
    todo: "Check the network. Custody tries again by itself.",
  },
  server_trouble: {
    what: "The server answers with errors or is in maintenance. Nothing was erased and nothing was lost.",
    todo: "Wait; Custody tries again by itself. If it lasts, ask whoever runs the server.",
  },
  blocked: {
    what: "A firewall in front of the forum blocks programs. Nothing was erased and nothing was lost.",
    todo: "Ask the forum's administrator to let this machine's address through.",
  },
  rate_limited: {
    what: "The server asked us to slow down. Nothing was erased and nothing was lost.",
    todo: "Wait; Custody goes on when the server allows it.",
  },
  credentials_refused: {
    what: "The server refused our key or password. Nothing was erased and nothing was lost.",
    todo: "Sign in or connect again under Settings, Connections, with a key or password that is valid.",
  },
  not_allowed: {
    what: "Our account may not do this. Nothing was changed.",
    todo: "Ask for the right on the server, or connect with another account.",
  },
  not_found: {
    what: "It is not there, or not visible to us. Nothing was erased.",
    todo: "Check that our account can still see the thread.",
  },
  answer_not_understood: {
    what: "The server's answer was not understood. Nothing was erased and nothing was lost.",
    todo: "Check that the address in the settings is that of the forum itself.",
  },
  bad_redirect: {
    what: "The server sent us to an address where we do not go. No key was sent there and nothing was taken in.",
    todo: "Check the forum's address and its storage settings.",
  },
  wrong_length: {
    what: "The file ended early or late. The part that came was thrown away; the forum still has the file.",
    todo: "Wait; Custody fetches it again by itself.",
  },
  content_changed: {
    what: "The file is not the one the forum announced. It was not taken in; the forum still has it.",
    todo: "Wait; Custody fetches it again. If it lasts, ask the customer to attach it anew.",
  },
  still_written: {
    what: "A file in a drop folder changed while it was taken in. It was not taken in; it is still in the folder.",
    todo: "Wait until it is saved; Custody takes it in by itself.",
  },
  copy_in_use: {
    what: "A program has the viewing copy open, or goes on writing beside it. What could be erased was; the rest is still there.",
    todo: "Close the program; Custody tries again by itself.",
  },
  startup_unknown: {
    what: "The system does not let Custody start with your session. Nothing was changed.",
    todo: "Add it by the system’s own settings to what starts with the session.",
  },
  pause_too_long: {
    what: "A pause lasts a day at the most, counted from its beginning. Nothing was changed.",
    todo: "Choose an earlier end; when the pause is over, another can begin.",
  },
  lease_too_long: {
    what: "A viewing copy may not last so long on this desk. Nothing was opened; nothing was changed.",
    todo: "Choose a shorter time; settings.toml says what is the longest.",
  },
  no_reason: {
    what: "No reason was given. Nothing was opened; nothing was changed.",
    todo: "Say why, in a few words.",
  },
  too_large: {
    what: "The file is larger than this desk takes. It was not taken in; the forum still has it.",
    todo: "Raise the limit in settings.toml, or fetch it another way.",
  },
  tls: {
    what: "A secure connection could not be made. No password was sent; nothing was erased or lost.",
    todo: "Check the server's certificate.",
  },
  address_refused: {
    what: "The mail server does not take mail for this address. The receipt is kept.",
    todo: "Ask the customer for another address, or send the receipt in the thread.",
  },
  disk_full: {
    what: "The disk is full. What was begun was taken back; nothing is lost.",
    todo: "Make space on the desk's disk. Custody tries again by itself.",
  },
  disk_trouble: {
    what: "The desk's folder cannot be read or written. Nothing was erased.",
    todo: "Check the disk and the owner of the folder.",
  },
  damaged: {
    what: "The sealed file is damaged or was exchanged, so it cannot be trusted. Nothing was erased.",
    todo: "Ask the customer to attach it anew, and look at the disk.",
  },
  locked: {
    what: "The desk is locked. Nothing was opened; intake and erasure go on.",
    todo: "Unlock the desk with its passphrase.",
  },
  wrong_passphrase: {
    what: "The passphrase is wrong. The desk stays locked and nothing was changed.",
    todo: "Try again. Without the passphrase the files of this desk cannot be opened.",
  },
  keychain_trouble: {
    what: "The keychain cannot be used. Nothing was erased and nothing was lost.",
    todo: "Unlock the keychain of this user account, then try again.",
  },
  key_missing: {
    what: "A key that is needed is not in the keychain. The sealed file is still there.",
    todo: "Check that this is the desk's own user account and keychain.",
  },
  ledger_trouble: {
    what: "The ledger cannot be used right now. Nothing was changed.",
    todo: "Check the ledger's disk or database. Custody tries again by itself.",
  },
  ledger_damaged: {
    what: "The ledger is damaged or does not make sense. Nothing was erased.",
    todo: "Do not go on with this desk. Run “custody audit verify” and restore the ledger from a copy.",
  },
  ledger_newer: {
    what: "The ledger was written by a newer version of Custody. Nothing was changed.",
    todo: "Update Custody on this machine.",
  },
  conflict: {
    what: "Somebody else changed the same thing first. Nothing was changed by this.",
    todo: "Look again, and repeat it if it is still wanted.",
  },
  no_recovery_kit: {
    what: "There is no recovery kit, so nobody could open a backup. Nothing was written there.",
    todo: "Make one under Settings, Security, and keep it away from this machine.",
  },
  kit_not_saved: {
    what: "The recovery kit is not saved yet, so no file is taken in. Nothing is lost; the files stay where they are.",
    todo: "Save it under Settings, Security: write it down and show that you have it.",
  },
  other_kit: {
    what: "The recovery kit is not the one that this backup was sealed for. Nothing was restored or changed.",
    todo: "Find the kit that was made last on this desk, and type its 24 words again.",
  },
  backup_unreachable: {
    what: "The backup's folder is not there. Files stay here; erasures go on, and their receipts stay open until the backup was looked at.",
    todo: "Connect its disk or share again; Custody goes on by itself.",
  },
  backup_taken: {
    what: "Another installation of this desk writes to this backup. Nothing was changed there.",
    todo: "Use the other installation, or take the backup over with custody backup connect --take-over.",
  },
  backup_old: {
    what: "This copy of the backup is older than the ledger, and its keys are destroyed. Nothing was restored.",
    todo: "Restore from the newest copy of the backup.",
  },
  backup_damaged: {
    what: "The backup is not complete, or not what was written there. Nothing was restored.",
    todo: "Use another copy of the backup; without its whole journal an erased file could come back.",
  },
  in_use: {
    what: "Another program is working on this desk. Nothing was changed.",
    todo: "Close the other window or stop “custody run”, then try again.",
  },
  not_proven: {
    what: "The erasure could not be proven yet. No receipt was issued.",
    todo: "Wait; it is tried again. If it lasts, look at the file's locations.",
  },
  not_connected: {
    what: "The desk is not connected to this server. Nothing was changed.",
    todo: "Connect it under Settings, Connections.",
  },
  settings_trouble: {
    what: "The settings are not understood, or do not hold together. Nothing was changed.",
    todo: "Correct “settings.toml” in the desk's folder, and start again.",
  },
  no_desk: {
    what: "There is no desk here yet. Nothing was changed.",
    todo: "Make one, or start Custody with the folder of yours.",
  },
  desk_exists: {
    what: "There is a desk here already. Nothing was changed.",
    todo: "Close this window and open Custody again to use it.",
  },
  past_ceiling: {
    what: "The retention rule does not let a file be kept that long. Nothing was changed.",
    todo: "Choose an earlier date, or place a hold with a reason.",
  },
  clock_in_doubt: {
    what: "This machine's clock is not confirmed. What its time alone would end is kept; nothing was erased by it.",
    todo: "Put clock and time zone right; once a connected server agrees, Custody goes on by itself.",
  },
  over_cap: {
    what: "The sweep would erase more files than the cap. Only what customers asked for was erased.",
    todo: "Look at the plan, and approve it if it is right.",
  },
  needs_second_person: {
    what: "This needs a second person. Nothing was changed, and nothing left the desk.",
    todo: "Propose it; somebody else with a key of their own approves it.",
  },
  same_person: {
    what: "Whoever proposes something cannot be the second person. Nothing was changed.",
    todo: "Ask somebody else with a key of their own to approve it.",
  },
  not_an_approver: {
    what: "This person has no key to sign with at this desk. Nothing was changed.",
    todo: "Use the name that a key was made for; “custody approvers” lists them.",
  },
  proposal_over: {
    what: "The time of this proposal is over. Nothing was changed.",
    todo: "Propose it again, if it is still wanted.",
  },
  approvers_fixed: {
    what: "Who may approve is changed only while nothing needs a second person. Nothing was changed.",
    todo: "Turn “[four_eyes]” off in the settings, change the approvers, and turn it on.",
  },
  crashed: {
    what: "A part of the program ended where it must not, and was started again. Nothing was erased by it, and nothing is lost.",
    todo: "If it happens again, send the log to whoever looks after this program.",
  },
  other_desk: {
    what: "This ledger belongs to another desk, which alone can prove what lies on its disk. Nothing was changed.",
    todo: "Give this desk a database of its own.",
  },
};

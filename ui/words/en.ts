// Everything the window says, in English. No component has text of its own.
import type { Channel, FileKind, Refusal, Spared, StartPoint } from "../ipc/generated/names";
import type {
  ErasureReason,
  Happening,
  LocationFound,
  LocationKind,
  RecordedExport,
  RecordedRule,
  RecordedServer,
  RuleTermsView,
  TicketView,
  WhoView,
  WhomView,
  WhyView,
} from "../ipc/generated/views";
import { parts } from "../rules/period";
import { say } from "../shared/sentence";
import type { Described, Sentences } from "./described";
import { counted, plural } from "./plural";

const files = (count: number) =>
  plural("en", count, { one: "1 file", other: `${counted("en", count)} files` });

// Parts of the sentences in `told` below.
const because: Record<ErasureReason, string> = {
  ticket_closed: "the ticket is closed",
  customer_asked: "the customer asked for it",
  period_ended: "its period is over",
  staff_decided: "staff decided it",
};
const spared: Record<Spared, string> = {
  reopened: "the ticket is open again",
  hold: "a hold was placed",
  rule_changed: "the rule changed",
  own_date: "it was given a later date of its own",
};
const refused: Record<Refusal, string> = {
  not_private: "the thread is not private",
  too_large: "it is too large",
  empty: "it is empty",
  unreadable: "it is no longer where it came from",
  withdrawn: "the customer asked for removal before",
  erased_before: "it was erased before this desk was restored",
};
const by: Record<Channel, string> = {
  thread: "in the thread",
  mail: "by mail",
  desk: "at the desk",
};
const kinds: Record<FileKind, string> = {
  document: "documents",
  log: "logs",
  dump: "dumps",
  archive: "archives",
  image: "images",
  other: "files of other kinds",
};
const servers: Sentences<RecordedServer> = {
  forum: "the forum",
  forum_by_key: "the forum, with a key that was given to it",
  forum_by_sign_in: "the forum, by signing in",
  mail: "mail",
  mail_by_oauth: "mail, by OAuth",
  tracker: ({ name }) => `the tracker ${name}`,
  ledger: "a database for the ledger",
  other: ({ text }) => `“${text}”`,
};
const exports: Sentences<RecordedExport> = {
  receipt: ({ receipt }) => `the receipt ${receipt.slice(0, 8)}`,
  report: "a report",
  events: ({ after }) => (after === 0 ? "the chain of events" : `the events after ${after}`),
  all_tables: "every table of the ledger",
  kept_tables: "the kept tables of the ledger",
  personal_tables: "the personal tables of the ledger",
  other: ({ text }) => `“${text}”`,
};
const ticketOf = ({ tracker, key }: TicketView) => `ticket ${key} of ${tracker}`;
const keysOf = (count: number) =>
  plural("en", count, { one: "1 key", other: `${counted("en", count)} keys` });

function period(text: string): string {
  const { count, unit } = parts(text);
  return plural("en", count, {
    one: `1 ${unit.slice(0, -1)}`,
    other: `${counted("en", count)} ${unit}`,
  });
}

/** What a rule says, as one sentence. */
function rule({ start, period: time, grace, ceiling, forum_copy }: RuleTermsView): string {
  const from: Record<StartPoint, string> = {
    ticket_closed: "the ticket closes",
    arrival: "arrival",
    customer_activity: "the customer last wrote",
  };
  const first = parts(time).count === 0;
  return (
    `Erase ${period(first ? grace : time)} after ${from[start]}` +
    (first ? "" : `, with ${period(grace)} of grace`) +
    (ceiling === null ? "" : `, and at the latest ${period(ceiling)} after arrival`) +
    (forum_copy === "strip" ? "; then take the forum’s own copy out of the thread." : ".")
  );
}

const recorded = (rules: RecordedRule[]) =>
  rules.map((it) => (it.code === "terms" ? rule(it) : `“${it.text}”`)).join(" ");

export const en = {
  // What happened, ending with what became of the data; and what to do. A code without words does not compile.
  faults: {
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
    offer_over: {
      what: "What was chosen for the case is not offered any more. Nothing was moved; the files lie where they were.",
      todo: "Choose or drop them again.",
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
  } satisfies Described["faults"],

  reports: {
    title: "Reports",
    lead: "What is held, what is overdue and why, and what was erased. What stands here comes from the ledger.",
    unit: "files",
    files,
    hours: (hours: string) => `${hours} h`,
    look: "Exact numbers: point at a bar, or go through the bars with the arrow keys.",
    asTable: "Table",
    asChart: "Chart",
    asTableOf: (caption: string) => `As a table: ${caption}`,

    period: {
      label: "Time",
      by: {
        days7: "Last 7 days",
        days30: "Last 30 days",
        days90: "Last 90 days",
        thisMonth: "This month",
        lastMonth: "Last month",
        quarter: "This quarter",
        own: "Own dates",
      },
      first: "First day",
      last: "Last day",
      wrong: "The first day is after the last.",
    },

    export: {
      title: "Export",
      proposeLead: "Whoever approves it lets one report leave this desk, in a form of your choice.",
      writing: "Writing…",
      forms: {
        pdf: { title: "PDF", text: "A document for an auditor, with charts and definitions" },
        csv: { title: "CSV", text: "For a spreadsheet: section, item, value" },
        json: { title: "JSON", text: "For programs: everything there is" },
      },
      saved: "The report is written, and the export recorded.",
      path: "Where the report lies",
      copy: "Copy the path",
      beside:
        "Beside it, under the same name with .sig.json behind it, lies the desk's signed statement. Hand on both: “custody report verify” checks them.",
    },

    glance: {
      held: "Held now",
      due: "Erased within 7 days",
      due30: (count: string) => `${count} within 30 days`,
      overdue: "Overdue",
      oldest: (since: string) => `oldest since ${since}`,
      noneOverdue: "nothing is overdue",
      erased: "Erased in this time",
      inThisTime: "none in this time",
      median: (hours: string) => `half of them within ${hours} h`,
      requests: "Requests done",
      requestsOpen: (count: number) => `${count.toLocaleString("en")} still open`,
      requestsDone: "none is open",
      receipts: "Receipts confirmed",
      unanswered: (count: number) => `${count.toLocaleString("en")} not answered`,
    },

    held: {
      title: "Held now",
      lead: "Files in the strongroom at this moment, whatever time is chosen above.",
      none: "No file is held.",
      byRule: "By retention rule",
      byAge: "By age",
      rule: "Rule",
      arrived: "Arrived",
      age: (from: number, to: number | null) =>
        to === null
          ? `${from} days ago or more`
          : from === 0
            ? `Less than ${to} days ago`
            : `${from} to ${to} days ago`,
      exposed: (count: number) =>
        plural("en", count, {
          one: "1 case is in a thread that is private no longer.",
          other: `${count} cases are in threads that are private no longer.`,
        }),
      open: (count: number) =>
        plural("en", count, {
          one: "In 1 case the forum serves attachments to anybody who knows their address.",
          other: `In ${count} cases the forum serves attachments to anybody who knows their address.`,
        }),
    },

    overdue: {
      title: "Overdue",
      lead: "Files that should be gone by now, and what stands against it.",
      none: "Nothing is overdue.",
      case: "Case",
      since: "Since",
      why: "What stands against it",
      owner: "Owner of the hold",
      nobody: "No hold",
      trying: "The erasure does not succeed.",
      all: (count: number) => `Show all ${count.toLocaleString("en")}`,
    },

    timing: {
      title: "From closing to erasure",
      lead: "How long after their ticket closed files were proven erased, against what the rule gave. Late is more than a day after the rule's time.",
      none: "No file was erased in this time because its ticket closed.",
      caption: (count: number, hours: number) =>
        `${files(count)} whose rule gives ${hours.toLocaleString("en")} h`,
      summary: (median: string, longest: string, late: number) =>
        `Half within ${median} h, the longest ${longest} h; ${
          late === 0
            ? "none was late"
            : plural("en", late, { one: "1 was late", other: `${late} were late` })
        }.`,
      band: (from: string, to: string, count: number) => `${from} to ${to} h: ${files(count)}`,
      hours: (from: string, to: string) => `${from} to ${to} h`,
      across: "Hours from closing to erasure",
      up: "Files",
      rule: (hours: string) => `The rule: ${hours} h`,
    },

    erased: {
      title: "Erased in this time",
      lead: "Each location of an erased file is looked at again; what was found is what counts here.",
      none: "Nothing was erased in this time.",
      byReason: "By reason",
      reason: "Reason",
      closed: "Ticket closed",
      asked: "Customer asked",
      ended: "Period ended",
      staff: "Staff decided",
      byLocation: "Locations, as found",
      locations: "locations",
      found: "Found",
      states: {
        present: "Still there",
        erased_verified: "Found empty",
        key_destroyed: "Key destroyed",
        expires_on: "Ends by itself",
        requested_not_confirmed: "Asked, not confirmed",
        held: "Held",
        not_ours: "Not ours to erase",
        failed: "Failed",
        unknown: "Unknown",
      } satisfies Described["locationState"],
    },

    requests: {
      title: "Customers' requests",
      lead: "Received in this time. Done is a request when every file it spoke of is proven erased.",
      received: "Received",
      done: "Done",
      open: "Open",
      long: "Longer than 30 days",
      withoutFiles: "Nothing to erase",
      unclear: "Unclear, wait for a person",
      byStaff: "Asked by staff",
      median: "To done, the middle one",
      worst: "To done, the longest",
    },

    receipts: {
      title: "Receipts",
      lead: "Issued in this time. Each confirmation counts once, by its best evidence.",
      none: "No receipt was issued in this time.",
      chart: (count: number) =>
        plural("en", count, { one: "1 receipt", other: `${count.toLocaleString("en")} receipts` }),
      unit: "receipts",
      standing: "Standing",
      thread: "Confirmed in the thread",
      dkim: "Confirmed, signed mail",
      mail: "Confirmed by mail",
      unanswered: "Sent, not answered",
      waiting: "Waiting to be sent",
      bounced: "Came back",
      disputed: "Disputed",
      owed: (count: number) =>
        plural("en", count, {
          one: "1 could not close every location and is owed a follow-up.",
          other: `${count} could not close every location and are owed a follow-up.`,
        }),
    },

    holds: {
      title: "Holds",
      lead: "Each is a named person's reason not to erase, with a date to look at it again.",
      none: "No hold is placed.",
      case: "Case",
      everyCase: "Every case of a customer",
      owner: "Owner",
      files: "Files",
      placed: "Placed",
      review: "Review",
      overdue: "Overdue",
    },

    copies: {
      title: "Open viewing copies",
      lead: "Decrypted copies that exist at this moment.",
      none: "No viewing copy exists.",
      case: "Case",
      by: "For",
      made: "Made",
      until: "Lease ends",
      over: "Over",
    },

    disk: {
      title: "Counted against physical",
      lead: "What the ledger counts, and what lies on the disk.",
      chart: "Bytes of sealed files",
      what: "Measured",
      unit: "bytes",
      counted: "By the ledger",
      physical: "On the disk",
      occupied: "Room on the disk",
      same: "Ledger and disk agree to the byte.",
      differ: (difference: string) => `Ledger and disk differ by ${difference}.`,
      compared: "Last compared",
      look: "See what was found",
    },

    jobs: {
      title: "Jobs",
      lead: "A job that does not run is told here, too.",
      job: "Job",
      standing: "Standing",
      ran: "Last run",
      good: "Last success",
      never: "never",
    },
  },

  problem: {
    reference: (reference: string) => `Reference ${reference}`,
    unexpected: {
      what: "The window could not finish this. Nothing was erased by it.",
      todo: "Try again. If it happens again, restart Custody; the desk itself is not affected.",
    },
    dismiss: "Dismiss",
    again: "Try again",
  },

  frame: {
    product: "Custody",
    screens: "Screens",
    cases: "Cases",
    deletions: "Deletions",
    receipts: "Receipts",
    reports: "Reports",
    attention: "Attention",
    audit: "Audit",
    settings: "Settings",
    attentionWaits: (count: number) =>
      plural("en", count, {
        one: "Attention: 1 thing waits for you",
        other: `Attention: ${count} things wait for you`,
      }),
    ctrl: "Ctrl",
    fold: "Fold the rail",
    unfold: "Unfold the rail",
    lock: "Lock",
    sync: "Sync now",
    syncing: "Syncing…",
    keys: "Keyboard",
    back: "Back to the list",
    notices: "Notices",
    loading: "Loading…",
    more: (count: number) => `Show more (${count.toLocaleString("en")} left)`,
    close: "Close",
    cancel: "Cancel",
  },

  palette: {
    title: "Do something, or find a case",
    placeholder: "Find a case, or do something…",
    list: "What was found",
    goTo: "Go to",
    desk: "This desk",
    case: (title: string, customer: string) => `${title} · ${customer}`,
    none: "Nothing has this name, and no case these words.",
    count: (count: number) => plural("en", count, { one: "1 entry", other: `${count} entries` }),
  },

  round: {
    nothing: "Everything is up to date.",
    sealed: (count: number) => `${files(count)} sealed`,
    decided: (count: number) => `${files(count)} decided`,
    erased: (count: number) => `${files(count)} erased`,
    sent: (count: number) =>
      plural("en", count, { one: "1 receipt sent", other: `${count} receipts sent` }),
    answers: (count: number) =>
      plural("en", count, { one: "1 answer read", other: `${count} answers read` }),
    done: (parts: string) => `Synced: ${parts}.`,
    problems: (count: number) =>
      plural("en", count, { one: "1 job met a problem", other: `${count} jobs met a problem` }),
  },

  heartbeat: {
    title: "Jobs of this desk",
    well: "All is well",
    never: "Not run yet",
    trouble: (count: number) =>
      plural("en", count, { one: "1 job has a problem", other: `${count} jobs have a problem` }),
    last: (when: string) => `last run ${when}`,
    good: (when: string) => `Last success ${when}`,
    neverGood: "No success yet",
    drillPassed: (backup: string) => `Drill with the backup “${backup}” passed`,
    drillFailed: (backup: string) => `Drill with the backup “${backup}” did not pass`,
    notYet: "Has not run yet",
    fine: "Fine",
    problem: "Problem",
    stands: {
      not_yet: "Not run yet",
      good: "Fine",
      failing: "Problem",
      paused: "Paused",
      late: "Late",
      stopped: "Stopped",
    } satisfies Described["jobStanding"],
    late: (since: string) => `Should have run, or come to an end, ${since}.`,
    underWay: (since: string) => `Under way, last sign of life ${since}.`,
    stopped: (count: number) =>
      plural("en", count, { one: "1 job has stopped", other: `${count} jobs have stopped` }),
    jobs: {
      intake: "Intake",
      drop_folders: "Drop folders",
      watch: "Tickets and requests",
      sweep: "Sweep",
      erase: "Erasure",
      deliver: "Receipts out",
      confirm: "Answers in",
      reconcile: "Disk and ledger",
      leases: "Viewing copies",
      backup: "Backups",
    } satisfies Described["jobs"],
    about: {
      intake: "looks for new attachments in private threads",
      drop_folders: "takes in what is saved for a case",
      watch: "reads tickets and customers' requests",
      sweep: "decides what is due",
      erase: "destroys keys, files and copies",
      deliver: "sends receipts",
      confirm: "reads customers' answers",
      reconcile: "compares the disk with the ledger",
      leases: "ends them in time, and locks the desk",
      backup: "copies what is held, takes out what is erased",
    } satisfies Described["jobs"],
    keyStore: {
      keychain: "Keys are in the system's keychain",
      key_file: "Keys are in a key file of this desk",
    } satisfies Described["keyStore"],
    version: (version: string) => `Custody ${version}`,
  },

  pause: {
    label: "Pause",
    until: (when: string) => `Paused until ${when}.`,
    goesOn:
      "No file is fetched and no letter goes out. Requests are heard, and files and viewing copies are erased on time.",
    resume: "Resume",
    resumed: "The pause is over.",
    offer: "Pause fetching and letters",
    action: (time: string) => `Pause fetching and letters for ${time}`,
    hours: (hours: number) =>
      hours === 24 ? "1 day" : plural("en", hours, { one: "1 hour", other: `${hours} hours` }),
  },

  transfer: {
    of: (done: string, total: string) => `${done} of ${total}`,
    exact: (done: string) => `${done} bytes`,
    exactOf: (done: string, total: string) => `${done} of ${total} bytes`,
    ofFile: (name: string) => `How much of ${name} is in`,
    intake: (said: string) => `Taking in a file: ${said}`,
    backup: (said: string) => `Copying to the backup: ${said}`,
    pause: "Pause for 1 hour",
  },

  quit: {
    title: "Quit while this goes on?",
    lead: "Nothing is lost if you quit now: it is taken up again at the next start. Until then nothing comes in and nothing is erased here.",
    finishingTitle: "Quits when this is done",
    finishingLead: "What goes on now is finished; nothing new is waited for.",
    copies: (count: number) =>
      plural("en", count, { one: "1 viewing copy", other: `${count} viewing copies` }),
    copiesEnd: (count: number) =>
      plural("en", count, { one: "is erased with the end", other: "are erased with the end" }),
    stay: "Keep running",
    now: "Quit now",
    finish: "Finish, then quit",
  },

  calls: {
    notALink: "That link leads nowhere in Custody. Nothing was changed.",
    noSignIn: "A forum answered, but no sign-in waits for it here. Nothing was changed.",
  },

  startup: {
    starts: "Start Custody with my session",
    inTray:
      "It waits in the tray, and files come in and are erased from the start. Off unless you say so.",
    noTray: "It waits as a small window, since this desktop shows no tray. Off unless you say so.",
  },

  reconciled: {
    title: "Disk against ledger",
    lead: "Every held file must be on the disk and in the ledger, with its key. What does not fit is told here, and nothing is removed in silence.",
    in_order: "Disk, ledger and keys fit together.",
    compared: (when: string) => `Compared ${when}`,
    bytes: (ledger: string, disk: string, room: string) =>
      `${ledger} by the ledger, ${disk} on the disk in ${room} of its room`,
    whole: "Held, on the disk as in the ledger",
    on_the_way: "Arriving, being erased, or lost",
    parts: "Part files of files that arrive",
    physical: "All sealed bytes, by their lengths",
    occupied: "The same, as the disk gives them room",
    aside: "Set aside, since the ledger does not know them",
    foreign: "Other things in the folder of sealed files",
    without_key: "Held files whose key is missing",
    stray_keys: "Keys of files that are not in custody",
    epoch_key_missing: "The key that opens all others is missing",
    old_epoch_keys: "Keys of epochs that are over",
    stray_drop_folders: "Drop folders that no case has",
    todo: "In a terminal, with this window closed, “custody reconcile” compares again and “custody aside” lists what was set aside and can erase it.",
  },

  start: {
    title: "Set up this desk",
    lead: "A desk keeps the files that customers entrust to you: sealed on arrival, erased when their ticket closes, and receipted.",
    ownTitle: "Your own desk",
    ownLead: "The passphrase opens the files. Custody takes files in and erases them without it.",
    passphrase: "Passphrase",
    again: "The same passphrase again",
    show: "Show passphrase",
    hide: "Hide passphrase",
    different: "The two are not the same.",
    tooShort: (least: number) => `At least ${least} characters.`,
    warning:
      "Nobody can recover this passphrase. Without it the files of this desk stay closed for ever.",
    create: "Set up the desk",
    creating: "Making the keys…",
    practiceTitle: "Practice desk",
    practiceLead:
      "A forum, a mailbox and a clock that can be moved, all on this machine. No account, and nothing leaves it.",
    practice: "Try the practice desk",
    starting: "Setting up the practice world…",
    opening: "Opening the desk…",
    failed: "The desk could not be opened",
  },

  strength: {
    levels: ["Too easy to guess", "Weak", "Fair", "Good", "Strong"] as [
      string,
      string,
      string,
      string,
      string,
    ],
    hints: {
      longer: "Make it longer: four or five unrelated words are easy to keep and hard to guess.",
      repeats: "It repeats itself. Repeats add little.",
      sequence: "Runs such as “abcd” or “1234” are tried first.",
      common: "It holds a word that is tried first.",
      fine: "Hard to guess.",
    },
  },

  lock: {
    title: "The desk is locked",
    lead: "Intake and erasure go on. Files cannot be opened.",
    passphrase: "Passphrase",
    practice: (passphrase: string) => `The passphrase of the practice desk is “${passphrase}”.`,
    unlock: "Unlock",
    unlocking: "Unlocking…",
  },

  cases: {
    title: "Cases",
    list: "Cases",
    detail: "Chosen case",
    search: "Search cases",
    filters: "Show",
    show: {
      all: "All",
      due_soon: "Due this week",
      on_hold: "On hold",
      needs_person: "Needs you",
      done: "Erased",
    },
    mine: "Mine",
    mineHint: "Only cases whose threads are assigned to this desk's account on the forum",
    orders: {
      label: "Sort by",
      by: {
        opened: "Newest case",
        active: "Customer wrote last",
        erased_next: "Erased next",
        bytes: "Size",
      } satisfies Described["caseOrder"],
    },
    count: (count: number) => plural("en", count, { one: "1 case", other: `${count} cases` }),
    files,
    standing: {
      arriving: "Arriving",
      held: "Held",
      due: "Due",
      on_hold: "On hold",
      erasing: "Erasing",
      erased: "Erased",
      confirmed: "Confirmed",
      needs_person: "Needs you",
      empty: "No files",
    } satisfies Described["standing"],
    erasesIn: (span: string) => `Erases in ${span}`,
    erasesNow: "Erases with the next sweep",
    ticketState: {
      open: "open",
      closed: "closed",
      in_doubt: "in doubt",
    } satisfies Described["ticketState"],
    forgottenTitle: "Forgotten case",
    forgottenCustomer: "Forgotten customer",
    emptyTitle: "No cases yet",
    emptyText:
      "As soon as a customer attaches a file to a private thread, its case stands here. Custody looks by itself; “Sync now” looks at once.",
    notConnectedText: "This desk is not connected to a forum yet, so nothing can come in.",
    connect: "Connect the forum",
    noneTitle: "No case fits",
    noneText: "Nothing here has these words and this state.",
    clear: "Show all cases",
    chooseTitle: "No case chosen",
    chooseText: "Choose a case on the left. The arrow keys or J and K go through the list.",
  },

  case: {
    customer: "Customer",
    ticket: "Ticket",
    thread: "Thread",
    threadNumber: (topic: number) => `Thread ${topic}`,
    copyAddress: "Copy the thread's address",
    copied: "Copied",
    opened: "Opened",
    lastWrote: "Customer last wrote",
    rule: "Rule",
    why: "Why",
    outlook: {
      arriving: "Files are on their way in",
      held: "Nothing is due",
      due: (span: string) => `Erases in ${span}`,
      dueNow: "Erases with the next sweep",
      on_hold: "On hold: nothing is erased",
      erasing: "Being erased now",
      erased: "Erased, and the receipt is out",
      confirmed: "Erased, and the customer confirmed it",
      needs_person: "Waits for you",
      empty: "No file was taken in",
    },
    hold: "Place a hold",
    erase: "Ask for erasure",
    holds: "Holds",
    holdOn: {
      file: "On one file",
      case: "On this case",
      customer: "On everything of this customer",
    } satisfies Described["holdScope"],
    holdOnFile: (name: string) => `On ${name}`,
    review: "Review",
    reviewDue: "Review is due",
    reviewIt: "Review",
    reviewOf: (reason: string) => `Review the hold: ${reason}`,
    lift: "Lift",
    liftOf: (reason: string) => `Lift the hold: ${reason}`,
    lifted: "Lifted",
    forgottenReason: "Reason forgotten",
    exposed: "The forum serves this thread's files to anybody who knows their address.",
    offersTitle: "The thread names another ticket",
    offersText:
      "Take it if it is this case's: then it decides when the files are due. Until somebody says so, nothing changes.",
    take: "Take it",
    takeOf: (ticket: string) => `Take ${ticket}`,
    notIts: "Set aside",
    notItsOf: (ticket: string) => `Set ${ticket} aside`,
    taken: "The case follows this ticket now.",
    links: "Links to large-file services",
    linksText: "Custody fetches nothing from there.",
    link: (service: string) => `Link to ${service}`,
    copyLink: "Copy the link",
    unclearTitle: "This sounds like a request for removal",
    unclearText: {
      thread:
        "The customer wrote it in the thread. Read it there and say what it means; until then nothing is erased for it.",
      mail: "The customer wrote it by mail. Read it there and say what it means; until then nothing is erased for it.",
      desk: "It was noted at the desk. Say what it means; until then nothing is erased for it.",
    } satisfies Described["channel"],
    approve: "Yes, erase the files",
    setAside: "No, set it aside",
    requests: "Requests for removal",
    asked: {
      thread: "The customer asked in the thread",
      mail: "The customer asked by mail",
      desk: "Asked for at the desk",
    } satisfies Described["channel"],
    requestStanding: {
      accepted: "Counts",
      unclear: "Unclear",
      set_aside: "Set aside",
    } satisfies Described["requestStanding"],
    told: {
      waiting: "A hold keeps the files; the customer is to be told so since",
      sent: "A hold keeps the files; the customer was told so",
      bounced: "A hold keeps the files; the letter that says so came back",
      withdrawn: "The hold was lifted before the customer was told of it",
    } satisfies Described["told"],
    tellInThread: "Tell it in the thread",
    receipts: "Receipts",
    timeline: "Timeline",
    timelineOrder: "Newest first",
    event: (index: number) => `Ledger entry ${index}`,
  },

  adding: {
    choose: "Add files…",
    here: "Drop to add to",
    nowhere: "Drop files onto a case: onto its row in the list, or onto the open case.",
    title: "Add to this case?",
    lead: "Sealed into this case, then erased where they lie now. Nothing is moved before you say so.",
    case: "Case",
    moved: "Moved into the case",
    total: (count: number, size: string) => `${files(count)}, ${size}`,
    inFolder: files,
    more: (count: number) => `and ${counted("en", count)} more`,
    nothing: "Nothing of this can be moved into a case. All of it stays where it is.",
    unfit: "Stays where it is",
    nameless: "Without a name",
    inside: "In it:",
    bring: (count: number) => `Move ${files(count)}`,
    moving: "Moving. From another disk files are copied and compared first, which takes a while.",
    brought: (count: number) =>
      count === 0
        ? "Nothing was moved."
        : plural("en", count, {
            one: "1 file is being sealed into the case.",
            other: `${counted("en", count)} files are being sealed into the case.`,
          }),
    doneTitle: "Not all of it was moved",
    left: "Stays where it was",
    stays: "Taken in, and still where it was too",
    staysText: "It could not be erased there. Erase it there yourself.",
    why: {
      link: "It is a link. Add what it leads to.",
      second_name: "It has a second name elsewhere, by which it would stay. Add a copy instead.",
      special: "It is neither a file nor a folder.",
      ours: "It is Custody's own, or holds something that is.",
      unreadable: "It cannot be read by you.",
      not_removable: "It cannot be removed from where it lies. Copy it to a folder of your own.",
      too_large: "It is larger than this desk takes.",
      too_many: "It holds more files, or deeper folders, than are taken at once.",
      empty: "There is nothing in it.",
      unfinished: "Its name says that it is not complete. Rename it if it is.",
      written: "A program still writes to it. Wait, then add it again.",
      changed: "It changed after it was shown here. Add it again.",
      gone: "It is not there any more, or not on a disk of this machine.",
      no_room: "There is no room for a copy on the disk of the drop folder.",
      trouble: "The disk could not do it. Custody's log says more.",
    } satisfies Described["unfit"],
  },

  drop: {
    make: "Make a drop folder",
    title: "Drop folder",
    text: "What is saved here is sealed into this case, and its original erased.",
    path: "Folder of this case",
    copy: "Copy the folder",
    left: "Not taken in, and left where it is:",
    writtenBy: (program: string) => `${program} still writes to it.`,
    why: {
      fresh: "It was written to just now.",
      written: "A program still writes to it.",
      unfinished: "Its name says that it is not complete. Rename it if it is.",
      empty: "It is empty.",
      link: "It is a link, or has a second name elsewhere. Save a copy instead.",
      special: "It is no file.",
      too_large: "It is larger than this desk takes.",
    } satisfies Described["left"],
  },

  files: {
    title: "Files",
    name: "Name",
    size: "Size",
    arrived: "Arrived",
    state: "State",
    actions: "Actions",
    none: "No file came with this thread.",
    forgotten: "Forgotten file",
    bytes: (exact: string) => `${exact} bytes`,
    notYet: "not known yet",
    states: {
      arriving: "Arriving",
      refused: "Refused",
      held: "Held",
      due: "Due",
      erasing: "Erasing",
      erased: "Erased",
      lost: "Lost",
    } satisfies Described["fileState"],
    refused: {
      not_private: "The thread is not private.",
      too_large: "It is too large for this desk.",
      empty: "It is empty.",
      unreadable: "It is no longer where it came from.",
      withdrawn: "The customer asked for removal before it came in.",
      erased_before: "It was erased before this desk was restored.",
    } satisfies Described["refusal"],
    lostText: "The sealed file is missing or damaged. Ask the customer to attach it anew.",
    view: "View",
    viewOf: (name: string) => `View ${name}`,
    open: "Open",
    openOf: (name: string) => `Open ${name}`,
    more: (name: string) => `More for ${name}`,
    hold: "Place a hold on this file",
    erase: "Ask for erasure of this file",
  },

  viewer: {
    text: "Text of the file",
    bytes: "Bytes of the file",
    picture: "Picture",
    position: "Place in the file",
    path: "Where this is",
    key: (key: string) => `Key ${key}`,
    nameless: "File without a name",
    piece: "Goes on from the row above",
    kinds: {
      empty: "Empty",
      text: "Text",
      image: "Picture",
      archive: "Archive",
      bytes: "Bytes",
    } satisfies Described["layerKind"],
    encodings: {
      utf8: "UTF-8",
      utf16_le: "UTF-16",
      utf16_be: "UTF-16, higher byte first",
    } satisfies Described["encoding"],
    lines: (count: number) =>
      plural("en", count, { one: "1 line", other: `${counted("en", count)} lines` }),
    counting: (count: number) => `${counted("en", count)} lines so far`,
    wrap: "Wrap lines",
    unwrap: "Do not wrap",
    asBytes: "As bytes",
    asItIs: "As it is",
    cut: "Only the first part of this is shown: more is not unpacked into memory. A viewing copy of the file has all of it.",
    empty: "This file is empty",
    emptyText: "There is nothing in it to be shown.",
    search: {
      label: "Search in this text",
      hint: "Search  /",
      matchCase: "Match capitals",
      caseSign: "Aa",
      previous: "Previous find (Shift N)",
      next: "Next find (N)",
      none: "Nothing found",
      looking: "Searching…",
      of: (number: string, hits: string) => `${number} of ${hits}`,
      soFar: (found: string, percent: number) => `${found}, ${percent} % searched`,
      atLeast: (number: string, hits: string) => `${number} of the first ${hits}`,
    },
    line: {
      label: "Go to line",
      hint: "Line  G",
      none: (lines: string) => `There are ${lines} lines.`,
      notYet: (lines: string) => `Counted up to ${lines} so far.`,
    },
    image: {
      of: (name: string) => `Picture ${name}`,
      size: (width: number, height: number) => `${width} × ${height}`,
      full: "Full size",
      fit: "Fit into the window",
      notDrawn: "This picture is not drawn",
      tooLarge: (width: string, height: string) =>
        `It would be ${width} × ${height} points, or is a very large file: drawing it could fill the memory. “As bytes” shows what it holds; a viewing copy opens in a program of your choice.`,
      unmeasured:
        "It does not say how large it is, as a picture does. “As bytes” shows what it holds.",
      broken:
        "It begins as a picture and goes on as none. “As bytes” shows what it holds; a viewing copy opens in a program of your choice.",
    },
    archive: {
      title: "What is in the archive",
      listing: "Reading the list of the archive…",
      count: (count: number, exact: string) =>
        plural("en", count, { one: "1 entry.", other: `${exact} entries.` }),
      more: "There are more, which are not listed.",
      broken: "The list ends where the archive is damaged.",
      inMemory: "Entries are opened in memory; nothing is written to the disk.",
      nameless: "Entry without a name",
      folder: "Folder",
      empty: "Nothing is in this archive",
      emptyText: "It has no entries.",
      notListed: "This archive cannot be listed",
      refusals: {
        broken:
          "It is not what it begins as, or is damaged. “As bytes” shows what is there; ask the customer to send it anew.",
        encrypted:
          "It is encrypted with a password of the customer. Make a viewing copy of the file and open it with a program that asks for it.",
        method:
          "It is packed in a way that is not unpacked here. Make a viewing copy of the file and open it with a program that can.",
        not_a_file: "It is a folder or a link: there is nothing in it to be shown.",
        bomb: "So little becomes so much that it was made to fill a memory. It is not unpacked, and should not be elsewhere.",
        no_room:
          "There is no memory left beside what is open of this file. Go back to the archive, and open it from there.",
        too_deep:
          "It lies too deep in archives within archives. Make a viewing copy of the file and unpack it with a program of your choice.",
        not_there: "There is no such entry any more.",
      } satisfies Described["entryRefusal"],
      short: {
        broken: "damaged",
        encrypted: "encrypted",
        method: "cannot be unpacked",
        not_a_file: "link",
        bomb: "refused",
        no_room: "no memory",
        too_deep: "too deep",
        not_there: "gone",
      } satisfies Described["entryRefusal"],
    },
    ended: {
      locked: "The desk is locked",
      lockedText:
        "What was shown here is gone from memory. Unlock the desk and open the file again from its case.",
      erased: "This file is no longer held",
      erasedText:
        "It was erased while it was open, or was lost; nothing of it is left in this window. Its case tells what happened.",
    },
  },

  viewing: {
    title: (name: string) => `Open ${name}`,
    lead: "Custody decrypts a viewing copy into a private folder of this machine. It is erased when you are done, when the time is over, and when the desk is locked.",
    reason: "Reason",
    reasonHint: "It stands in the ledger under your name.",
    reasonMissing: "Say why. Nothing is opened without a reason.",
    notTaken:
      "What you save into it is erased with it, and what programs leave beside it too. What belongs to the case goes into its drop folder.",
    howLong: "For how long",
    lengths: [
      [15, "15 minutes"],
      [30, "30 minutes"],
      [60, "1 hour"],
      [240, "4 hours"],
    ] as [number, string][],
    make: "Make the viewing copy",
    making: "Decrypting and checking…",
    readyTitle: "The viewing copy is ready",
    readyText: "Open it from this place with the program you need:",
    path: "Where it is",
    copyPath: "Copy the path",
    copied: "Copied",
    banner: (name: string) => `Viewing copy of ${name}`,
    left: (span: string) => `${span} left`,
    over: "Its time is over; it is being erased",
    by: (who: string) => `for ${who}`,
    why: (reason: string) => `Reason: ${reason}`,
    beside: (count: number) =>
      count === 1 ? "1 more file lies beside it" : `${count} more files lie beside it`,
    openIn: (programs: string) => `Open in ${programs}`,
    stillOpen: (programs: string) =>
      `${programs}: still open there. What is read in it now is zeros; close it.`,
    erasedCopy: (name: string) => `Erased viewing copy of ${name}`,
    program: (name: string, id: number) => `${name} (pid ${id})`,
    someProgram: "a program",
    longer: "30 minutes longer",
    longerOf: (name: string) => `30 minutes longer for the viewing copy of ${name}`,
    done: "Done: erase it",
    doneOf: (name: string) => `Done: erase it, the viewing copy of ${name}`,
    erasing: "Erasing…",
    keep: "Keep it open",
    ended: (beside: number) =>
      beside === 0
        ? "The viewing copy is erased."
        : `The viewing copy is erased, with ${files(beside)} beside it.`,
    elsewhere: (count: number) =>
      `${files(count)} beside it had another name elsewhere: gone from here, not overwritten, and still there.`,
  },

  holdDialog: {
    title: "Place a hold",
    lead: "A hold beats every reason to erase, also a customer's request. It stays until somebody lifts it.",
    scope: "What is held",
    onCase: "Every file of this case, also those still to come",
    onCustomer: "Every file of this customer, in all cases",
    onFile: "One file only",
    file: "Which file",
    reason: "Reason",
    reasonHint: "It stands in the ledger under your name.",
    reasonMissing: "Say why. A hold without a reason cannot be reviewed.",
    review: "Look at it again",
    reviewIn: [
      [7, "in a week"],
      [30, "in a month"],
      [90, "in 3 months"],
    ] as [number, string][],
    reviewOn: "Review date",
    reviewMissing: "Choose a day after today.",
    place: "Place the hold",
    placing: "Placing…",
    placed: "The hold is placed. Nothing it covers is erased.",
  },

  liftDialog: {
    title: "Lift the hold",
    lead: "What waited behind it goes on by itself. Files that are due are erased when their grace is over.",
    reason: "Reason it was placed for",
    why: "Reason for lifting it",
    whyMissing: "Say why. A hold is not lifted without a reason.",
    lift: "Lift the hold",
    lifting: "Lifting…",
    lifted: "The hold is lifted.",
  },

  propose: {
    reason: "What it is for",
    reasonMissing: "Say what it is for. Whoever approves it reads this.",
    needsTwo:
      "This needs a second person. It is proposed under your name, and somebody else approves it; until then nothing happens.",
    passphrase: "Passphrase of your own key",
    passphraseMissing: "Type the passphrase of your own key. It is not the desk's.",
    propose: "Propose it",
    proposing: "Proposing…",
    proposed: "It is proposed, and waits for a second person.",
  },

  proposal: {
    title: "A second person is needed",
    lead: "If you approve it, it is done. Your key signs that, and the ledger keeps it.",
    acts: {
      lift_hold: "Lift a hold",
      erase_early: "Erase files before the rule's end",
      export_report: "Export a report",
      export_ledger: "Export the ledger",
      export_file: "Export a file's plaintext",
    } satisfies Described["act"],
    eraseOne: "Erase one file before the rule's end",
    placedBecause: "The hold was placed because",
    reason: "Why",
    until: "It can be approved until",
    name: "Your name",
    nameHint: "The name that your own key was made for. Whoever proposed it cannot approve it.",
    nameMissing: "Type the name that your own key was made for.",
    passphrase: "Passphrase of your own key",
    passphraseMissing: "Type the passphrase of your own key. It is not the desk's.",
    whyNot: "Why not",
    whyNotMissing: "Say why, for whoever proposed it.",
    approve: "Approve",
    approving: "Approving…",
    approved: "It is approved.",
    decline: "Decline",
    declining: "Declining…",
    declined: "It is declined. Nothing of it is done.",
    gone: "It was answered already, or its time is over.",
  },

  reviewDialog: {
    title: "Review the hold",
    lead: "It stays: say when it is looked at again, and who answers for it from now on.",
    owner: "Answers for it",
    ownerHint: "The name under which they act at the desk.",
    ownerMissing: "Name somebody. A hold is always somebody's.",
    save: "Keep the hold",
    saving: "Saving…",
    saved: "The hold stays.",
  },

  eraseDialog: {
    title: "Ask for erasure",
    lead: "With the next sweep, without grace, this is destroyed for good: keys first, then the sealed bytes, then every viewing copy.",
    lost: "What is lost",
    total: (count: number, size: string) => `${files(count)}, ${size}`,
    kept: "The forum's own copy is not touched.",
    held: "A hold covers this. Nothing is erased until it is lifted.",
    nothing: "There is no file left that could be erased.",
    reason: "Reason",
    reasonHint:
      "It stands in the ledger under your name. The customer's receipt says that staff decided it.",
    reasonMissing: "Say why. Nothing is erased without a reason.",
    ask: (count: number) =>
      plural("en", count, { one: "Erase 1 file", other: `Erase ${count} files` }),
    asking: "Recording…",
    asked: "The erasure is asked for. It begins with the next sweep.",
  },

  receipts: {
    title: "Receipts",
    list: "Receipts",
    detail: "Chosen receipt",
    search: "Search receipts",
    filters: "Show",
    show: {
      all: "All",
      waiting: "In the outbox",
      sent: "Unanswered",
      bounced: "Came back",
      confirmed: "Confirmed",
      disputed: "Disputed",
      owed: "Follow-up owed",
    },
    orders: {
      label: "Sort by",
      by: {
        newest: "Newest first",
        oldest: "Oldest first",
      } satisfies Described["receiptOrder"],
    },
    count: (count: number) => plural("en", count, { one: "1 receipt", other: `${count} receipts` }),
    standing: {
      waiting: "In the outbox",
      sent: "Sent",
      bounced: "Came back",
      confirmed: "Confirmed",
      disputed: "Disputed",
      answer_unclear: "Unclear answer",
    } satisfies Described["receiptStanding"],
    partial: "Partial",
    complete: "Complete",
    owed: "Follow-up owed",
    emptyTitle: "No receipts yet",
    emptyText:
      "When the erasure of a case is proven, its signed receipt stands here with the letter the customer got.",
    noneTitle: "No receipt fits",
    noneText: "Nothing here has these words and this state.",
    clear: "Show all receipts",
    chooseTitle: "No receipt chosen",
    chooseText: "Choose a receipt on the left. The arrow keys or J and K go through the list.",
  },

  receipt: {
    number: (token: string) => `Receipt ${token}`,
    issued: "Issued",
    openCase: "Open the case",
    sent: "Sent",
    sentBy: {
      thread: "in the thread",
      mail: "by mail",
      desk: "at the desk",
    } satisfies Described["channel"],
    notSent: "not yet",
    signatureFits: "The signature fits",
    signatureBroken: "The signature does not fit",
    signatureForgotten: "The text was forgotten",
    completeText: "Every location is closed.",
    partialText:
      "A location is still open. A follow-up receipt is owed; Custody looks again by itself.",
    partialSettled: "A location was still open when it was issued.",
    follows: (receipt: string) => `Completes receipt ${receipt}`,
    followedBy: (receipt: string) => `Completed by receipt ${receipt}`,
    deliveryAt: { waiting: "Next attempt", sent: "Handed over", bounced: "Came back" },
    attempts: (count: number) =>
      plural("en", count, { one: "after 1 attempt", other: `after ${count} attempts` }),
    save: "Save the receipt file",
    saved:
      "The signed receipt is written into a file. Whoever has the desk's public key can check it.",
    letter: "The letter as the customer saw it",
    forgotten: "The letter was erased with the case's personal data. The ledger keeps its digest.",
    locations: "What was found at each location",
    closed: "Closed",
    open: "Open",
    answers: "Answers",
    noAnswers: "No answer yet.",
    answer: {
      confirmed: "Confirmed",
      disputed: "Disputed",
      unclear: "Unclear",
    } satisfies Described["answer"],
    grade: {
      replied: "Reply by mail",
      replied_with_dkim: "Reply by mail, signed by the sender's domain",
      confirmed_in_thread: "Post in the private thread",
    } satisfies Described["grade"],
    resend: "Send again",
    resending: "Sending…",
    resent:
      "The receipt is in the outbox again. It keeps its Message-ID, so a mailbox shows it once.",
    signed: "Signed text",
    digest: "SHA-256 of the signed text",
  },

  receiptCheck: {
    title: "Proof of origin",
    lead: "Checks the signature over the kept text with this desk's key, and whether ledger and chain say what it says of them.",
    verify: "Verify the signature",
    verifying: "Checking…",
    signature: {
      fits: "The Ed25519 signature fits the text and this desk's key.",
      other_key: "The text is signed by another key than this desk's.",
      changed: "The text was changed after it was signed.",
      forgotten:
        "The text was erased with the case's personal data; no signature is left to check.",
    } satisfies Described["signature"],
    digest: {
      fits: "The text is the one whose digest the ledger keeps.",
      fails: "The text is not the one whose digest the ledger keeps.",
      open: "The ledger still keeps the digest of the text.",
    },
    names: {
      fits: "It names this receipt, and the files of its ledger row.",
      fails: "It names another receipt, or other files than its ledger row.",
      open: "Which files it names was not checked.",
    },
    chain: {
      fits: "The chain of events has what it was signed over.",
      fails: "The chain of events does not have what it was signed over.",
      open: "What it says of the chain was not checked.",
    },
    chainFits: (index: number) =>
      `The chain of events has entry ${index}, over which it was signed.`,
    at: "Checked",
    key: "SHA-256 of the public key:",
  },

  saved: {
    saving: "Writing…",
    path: "Where it is",
    copy: "Copy the path",
  },

  deletions: {
    title: "Deletions",
    list: "Deletions",
    detail: "Chosen deletion",
    search: "Search deletions",
    filters: "Show",
    show: {
      next: "Next",
      running: "Running",
      done: "Done",
      needs_person: "Needs a person",
    },
    count: (count: number) => plural("en", count, { one: "1 entry", other: `${count} entries` }),
    reason: {
      ticket_closed: "ticket closed",
      customer_asked: "customer asked",
      period_ended: "period ends",
      staff_decided: "staff decided",
    } satisfies Described["erasureReason"],
    dueIn: (span: string) => `Due in ${span}`,
    dueNow: "Due with the next sweep",
    now: "With the next sweep",
    attempts: (count: number) =>
      plural("en", count, { one: "1 attempt", other: `${count} attempts` }),
    wholeDesk: "Concerns the whole desk",
    waitsSince: "Waits since",
    meanwhile: {
      sweep_stopped:
        "Until somebody approves the plan, nothing of it is erased. What customers asked for goes on.",
      erasure_stuck:
        "Custody tries again by itself. No receipt says that the file is erased before every location of this desk is empty.",
      viewing_copy_stays:
        "Custody tries again every few seconds. Until the copy is gone, no receipt says that the file is erased.",
      unclear_request: "Until somebody says what it means, nothing is erased for it.",
      approval_waits: "Until it is approved, nothing of it is done.",
      file_lost: "Custody did not erase it: it is gone or damaged where it should be.",
    } satisfies Described["waiting"],
    empty: {
      next: {
        title: "Nothing will be erased",
        text: "When a ticket closes, a period ends or somebody asks, the files stand here with the day of their erasure.",
      },
      running: {
        title: "Nothing is being erased",
        text: "An erasure takes moments. One that cannot be finished stands here with what keeps it.",
      },
      done: {
        title: "Nothing was erased yet",
        text: "Each erased file stands here with what was found at every location, and its receipt.",
      },
      needs_person: {
        title: "No erasure waits for a person",
        text: "When a sweep hits its cap, a location fails or a request is unclear, it stands here.",
      },
    },
    noneTitle: "No deletion fits",
    noneText: "Nothing here has these words.",
    clear: "Show all of them",
    chooseTitle: "No deletion chosen",
    chooseText: "Choose one on the left. The arrow keys or J and K go through the list.",
  },

  deletion: {
    erasesIn: (span: string) => `Erased in ${span}`,
    erasesNow: "Erased with the next sweep",
    dueIn: (span: string) => `Becomes due in ${span}`,
    dueNow: "Becomes due with the next sweep",
    running: "Being erased",
    since: "Since",
    done: "Erased, and every location was looked at",
    reason: "Because",
    tried: "Tried",
    nextTry: "next",
    tryNow: "Try again now",
    undo: "Until then it can be kept: a hold beats every reason, and an own date moves the day within the ceiling of the rule. A reopened ticket keeps it by itself. Once the erasure has begun there is no way back.",
    seenNow: "What is seen at each location now",
    noWayBack:
      "It is proven only when every location of this desk is empty. Custody tries again by itself.",
  },

  audit: {
    title: "Audit",
    list: "Events",
    detail: "Chosen event",
    search: "Case, customer, file or #number",
    filters: "Show",
    show: {
      all: "All",
      intake: "Intake",
      erasure: "Erasure",
      receipts: "Receipts",
      requests: "Requests",
      holds: "Holds",
      opening: "Opened",
      desk: "Desk",
      keys: "Keys",
    } satisfies Described["topic"] & { all: string },
    whoLabel: "Who",
    who: { anyone: "Anyone", desk: "Custody itself", person: "Staff", customer: "Customers" },
    periodLabel: "When",
    period: {
      ever: "Any time",
      day: "Today",
      week: "Last 7 days",
      month: "Last 30 days",
      quarter: "Last 90 days",
      between: "From … to …",
    },
    first: "First day",
    last: "Last day",
    count: (count: number) => plural("en", count, { one: "1 event", other: `${count} events` }),
    emptyTitle: "No events yet",
    emptyText: "Everything that happens at this desk stands here, from its first day on.",
    noneTitle: "No event fits",
    noneText: "Nothing here was done about that, by those, at that time.",
    clear: "Show all events",
    chooseTitle: "No event chosen",
    chooseText: "Choose an event on the left. The arrow keys or J and K go through the list.",
  },

  event: {
    about: "What it is about",
    chain: "In the chain",
    word: "Kind",
    hash: "Its hash",
    prev: "Hash of the event before",
    text: "The text that is digested",
  },

  chain: {
    title: "The chain of events",
    lead: "Every event is tied to all events before it. An edit, a removal or another order is found.",
    open: "Verify, export",
    notChecked: "Not verified yet",
    wholeShort: (events: string) => `Whole up to event ${events}`,
    brokenShort: "Does not fit",
    check: "Verify",
    checkLead:
      "Walks the chain from its first event on, then compares it with the receipts that were signed over it.",
    checking: {
      chain: "Walking the chain, event by event…",
      anchors: "The chain is whole. Comparing it with the receipts…",
    },
    walk: "Verify the chain",
    again: "Verify once more",
    walking: "Verifying…",
    whole: (events: string) => `Whole up to event ${events}.`,
    anchorsFit: (receipts: number) =>
      plural("en", receipts, {
        one: "1 kept receipt was signed over it.",
        other: `${receipts} kept receipts were signed over it.`,
      }),
    head: "Head",
    at: "Verified",
    since: (events: number) =>
      plural("en", events, {
        one: "1 event was added since.",
        other: `${events} events were added since.`,
      }),
    broken: (at: string, fit: string) =>
      `Event ${at} is the first that does not fit; the ${fit} before it do. Somebody changed, removed or moved a row: keep the ledger as it is, and have it looked at.`,
    anchorBroken: (at: string) =>
      `The chain fits in itself, but a receipt was signed over another event ${at}: the ledger was put back or made anew. Keep it as it is, and have it looked at.`,
    export: "Export",
    exportLead:
      "Writes every event as signed JSON lines, for somebody else to check: ids and counts, no names. The export is recorded.",
    write: "Write the export",
    exporting: "Writing…",
    exported: "The chain is written out and signed. “custody audit verify” checks it anywhere.",
  },

  // What the desk says happened, and why. A moment (RFC 3339) and a size (in bytes) stand exactly in a sentence; where it is
  // shown, they are shown as everywhere else.
  told: {
    who: {
      desk: "Custody",
      customer: "The customer",
      person: ({ name }) => name,
    } satisfies Sentences<WhoView> as Sentences<WhoView>,
    // Stands behind the name of whoever did it.
    happened: {
      desk_created: "made the ledger",
      case_opened: ({ topic }) => `opened the case of thread ${topic}`,
      case_exposed: ({ exposed }) =>
        exposed ? "found that the thread is not private" : "found the thread private again",
      ticket_read: ({ found }) =>
        ({
          open: "read the ticket as open",
          closed: "read the ticket as closed",
          in_doubt: "got no certain answer about the ticket",
        })[found],
      ticket_linked: ({ ticket }) => `linked the case to ${ticketOf(ticket)}`,
      ticket_offered: ({ ticket, standing }) =>
        ({
          offered: `saw that the thread names ${ticketOf(ticket)}`,
          taken: `took up ${ticketOf(ticket)}`,
          set_aside: `set aside ${ticketOf(ticket)}`,
        })[standing],
      attachments_probed: ({ open }) =>
        open
          ? "found that the forum serves this thread’s files to anybody who knows their address"
          : "found that the forum guards this thread’s files",
      link_noted: ({ service }) => `saw a link to ${service} in the thread`,
      notice_given: "told the thread what was taken in",
      case_forgotten: "erased the personal data of the case",
      file_arrived: "saw a new attachment",
      file_refused: ({ why }) => `did not take in a file: ${refused[why]}`,
      arrival_delayed: ({ attempts }) => `could not fetch a file yet (attempt ${attempts})`,
      files_brought: ({ files: count }) =>
        plural("en", count, {
          one: "gave a file into the case, to be erased where it lay",
          other: `gave ${files(count)} into the case, to be erased where they lay`,
        }),
      drop_erased: "erased the original of a file from the drop folder",
      file_sealed: ({ bytes }) => `sealed a file of ${bytes} bytes`,
      file_due: ({ reason, erase_at }) =>
        `marked a file due because ${because[reason]}; it is erased at ${erase_at}`,
      file_spared: ({ why }) => `kept a due file because ${spared[why]}`,
      erasure_begun: ({ reason }) => `began to erase a file because ${because[reason]}`,
      wraps_dropped: "dropped every wrap of a file’s key",
      erasure_delayed: ({ attempts }) => `could not finish an erasure yet (attempt ${attempts})`,
      files_erased: ({ files: count, complete }) =>
        `proved ${files(count)} erased and issued a receipt${complete ? "" : "; a location is still open"}`,
      follow_up_issued: "issued the follow-up receipt",
      file_lost: ({ finding }) =>
        finding === "missing" ? "found a sealed file missing" : "found a sealed file damaged",
      unknown_set_aside: ({ count }) => `set aside ${files(count)} that the ledger does not know`,
      aside_erased: ({ bytes }) => `erased something of ${bytes} bytes that was set aside`,
      remains_erased: ({ count }) =>
        `erased ${plural("en", count, { one: "1 remnant", other: `${counted("en", count)} remnants` })} that no row names`,
      hold_placed: ({ review_at }) => `placed a hold, to be reviewed at ${review_at}`,
      hold_reviewed: ({ review_at }) => `looked at a hold, to be reviewed again at ${review_at}`,
      hold_handed_on: ({ to }) => `handed a hold on to ${to}`,
      hold_lifted: "lifted a hold",
      own_date_given: ({ of_case, end }) =>
        `gave ${of_case ? "the files of the case" : "a file"} an own date: erased at ${end}`,
      own_date_withdrawn: "took an own date back",
      request_received: ({ standing, channel }) =>
        standing === "unclear"
          ? `wrote something that sounds like a request for removal (${by[channel]})`
          : `asked for removal (${by[channel]})`,
      request_resolved: ({ accepted }) =>
        accepted ? "accepted an unclear request" : "set an unclear request aside",
      reply_owed: ({ files: count }) =>
        `found that a hold keeps ${files(count)} which the customer asked to have erased`,
      reply_sent: ({ channel }) =>
        `told the customer that a hold keeps the files for now (${by[channel]})`,
      reply_delayed: ({ attempts }) =>
        `could not tell the customer of the hold yet (attempt ${attempts})`,
      reply_bounced: "found that the letter about the hold came back",
      reply_requeued: ({ channel }) => `asked that the customer be told of the hold ${by[channel]}`,
      reply_withdrawn: "did not go on telling the customer of a hold that is lifted",
      four_eyes_changed: (it) =>
        `changed what needs a second person here: ${
          [
            ...(it.lift_hold ? ["lifting a hold"] : []),
            ...(it.early_erasure ? ["early erasure"] : []),
            ...(it.export ? ["export"] : []),
          ].join(", ") || "nothing"
        }`,
      approver_added: ({ person }) => `made a key for ${person} to approve with`,
      approver_removed: ({ person }) => `took the key of ${person} out of use`,
      approver_failed: ({ person }) => `gave a wrong passphrase for the key of ${person}`,
      proposal_made: ({ act, one_file, expires_at, proposal }) =>
        `proposed to ${
          {
            lift_hold: "lift a hold",
            erase_early: one_file
              ? "erase a file before the rule’s end"
              : "erase a case’s files before the rule’s end",
            export_report: "export a report",
            export_ledger: "export the ledger",
            export_file: "export the plaintext of a file",
          }[act]
        }, open until ${expires_at} (${proposal})`,
      proposal_approved: ({ proposal }) => `approved a proposal as the second person (${proposal})`,
      proposal_declined: ({ proposal }) => `declined a proposal (${proposal})`,
      proposal_used: ({ proposal }) => `made the export that was approved (${proposal})`,
      proposal_expired: ({ proposal }) => `ended a proposal whose time was over (${proposal})`,
      sweep_stopped: ({ would_erase, cap }) =>
        `stopped a sweep that would erase ${files(would_erase)} (the cap is ${cap})`,
      sweep_approved: ({ would_erase }) => `approved the erasure of ${files(would_erase)}`,
      rules_changed: ({ rules, erased_now, sooner, later }) =>
        `changed the retention rules (${erased_now} erased now, ${sooner} sooner, ${later} later): ${recorded(rules)}`,
      rules_adopted: ({ rules }) =>
        `took up the retention rules of the settings: ${recorded(rules)}`,
      digest_sent: ({ cases, files: count }) =>
        `told staff by mail that ${files(count)} of ${plural("en", cases, { one: "1 case", other: `${counted("en", cases)} cases` })} will be erased`,
      clock_confirmed: ({ now }) => `said that this machine’s clock is right: ${now}`,
      paused: ({ until }) => `paused fetching and letters until ${until}`,
      resumed: "ended the pause of fetching and letters",
      file_opened: "opened a file",
      file_exported: "took a copy of a file out of custody",
      viewing_copy_made: ({ until }) => `made a viewing copy until ${until}`,
      viewing_copy_extended: ({ until }) => `made a viewing copy last longer, until ${until}`,
      viewing_copy_beside: ({ beside }) => `saw ${files(beside)} beside a viewing copy`,
      viewing_copy_stays: "could not erase a viewing copy yet",
      viewing_copy_ended: ({ why, beside, elsewhere }) =>
        `erased a viewing copy${beside > 0 ? ` with ${files(beside)} beside it` : ""} because ${
          {
            done: "its user was done",
            lease_over: "its lease was over",
            locked: "the desk was locked",
            erasing: "the file is being erased",
            restart: "the program was restarted",
          }[why]
        }${elsewhere > 0 ? `; ${elsewhere} of them have another name elsewhere and stay there` : ""}`,
      epoch_rotated: ({ epoch, keys }) => `sealed ${keysOf(keys)} anew under epoch ${epoch}`,
      epoch_destroyed: ({ epoch }) => `destroyed the key of epoch ${epoch}`,
      receipt_sent: ({ channel }) => `sent the receipt (${by[channel]})`,
      receipt_requeued: ({ channel }) => `put the receipt into the outbox again (${by[channel]})`,
      receipt_delayed: ({ attempts }) => `could not send the receipt yet (attempt ${attempts})`,
      receipt_bounced: "found that the receipt came back",
      receipt_answered: ({ answer, grade }) =>
        `${
          {
            confirmed: "confirmed the receipt",
            disputed: "disputed the receipt",
            unclear: "answered the receipt with something else",
          }[answer]
        } (${
          {
            replied: "by mail",
            replied_with_dkim: "by mail, signed by the domain",
            confirmed_in_thread: "in the thread",
          }[grade]
        })`,
      backup_connected: ({ backup }) => `connected the backup “${backup}”`,
      backup_left: ({ backup, emptied }) =>
        emptied
          ? `emptied the backup “${backup}” and left it`
          : `said that the backup “${backup}” no longer exists`,
      recovery_kit_made: "made a recovery kit",
      recovery_kit_saved: ({ sealed }) =>
        sealed
          ? "gave the recovery kit, sealed, into somebody’s hands"
          : "showed by its words that the recovery kit was saved",
      recipients_changed: ({ keys, recipients }) =>
        `sealed ${keysOf(keys)} anew for ${plural("en", recipients, { one: "1 recipient", other: `${recipients} recipients` })}`,
      restored: ({ files: count, replayed }) =>
        `restored the desk from a backup: ${files(count)} held, ${plural("en", replayed, { one: "1 erasure", other: `${replayed} erasures` })} done again`,
      erasure_replayed: ({ receipted }) =>
        receipted
          ? "did an erasure again whose receipt was issued before the restore"
          : "went on with an erasure that had begun before the restore",
      file_brought_back: ({ backup }) => `brought a missing file back from the backup “${backup}”`,
      drill_done: ({ backup, passed }) =>
        `${passed ? "passed" : "did not pass"} the drill with the backup “${backup}”`,
      unlocked: "unlocked the desk",
      unlock_failed: "gave a wrong passphrase",
      locked: "locked the desk",
      passphrase_changed: "changed the passphrase",
      settings_changed: ({ parts, rules, by_hand }) =>
        `${by_hand ? "found the settings changed" : "changed the settings"} (${parts.join(", ")})${
          rules.length > 0 ? `: ${recorded(rules)}` : ""
        }`,
      connected: ({ server }) => `connected the desk to ${say(servers, server)}`,
      disconnected: ({ server }) => `disconnected the desk from ${say(servers, server)}`,
      incident_prepared: ({ files: count, customers, copies }) =>
        `put together what was readable on a lost machine: ${files(count)} of ${plural("en", customers, { one: "1 customer", other: `${customers} customers` })}, ${copies} of them in viewing copies`,
      exported: ({ what }) => `exported ${say(exports, what)}`,
    } satisfies Sentences<Happening> as Sentences<Happening>,
    why: {
      hold: ({ hold }) => `Hold ${hold} beats every reason.`,
      ticket_open: "The ticket is open.",
      ticket_closed: ({ since }) => `The ticket was read as closed at ${since}.`,
      ticket_in_doubt: ({ since }) =>
        `The tracker gives no certain answer since ${since}, so a closed ticket does not count.`,
      customer_asked: ({ at }) => `The customer asked for removal at ${at}.`,
      staff_decided: ({ at }) => `Staff decided the erasure at ${at}.`,
      period_ends: ({ at }) => `Its period ends at ${at}.`,
      own_date: ({ at }) => `A member of staff gave it a date of its own: ${at}.`,
      grace_until: ({ at }) => `Grace lasts until ${at}.`,
      grace_over: "Grace is over.",
    } satisfies Sentences<WhyView> as Sentences<WhyView>,
    rule,
    ruleOf: (count: number, says: string) => `${files(count)}: ${says}`,
    whom: {
      tags: ({ any }) => `tag ${any.join(" or ")}`,
      categories: ({ any }) => `category ${any.join(" or ")}`,
      products: ({ any }) => `product ${any.join(" or ")}`,
      customers: ({ any }) => `customer ${any.join(" or ")}`,
      kinds: ({ any }) => any.map((kind) => kinds[kind]).join(" or "),
    } satisfies Sentences<WhomView> as Sentences<WhomView>,
    both: (lists: string[]) => lists.join(" and "),
    everyFile: "every file",
    place: {
      sealed_file: "The encrypted file here",
      key_wrap: "The key that could open it",
      viewing_copy: "A viewing copy",
      forum_copy: "The forum’s own copy",
      backup: ({ name }) => `The backup “${name}”`,
      drop_folder: "What was saved into the drop folder",
    } satisfies Sentences<LocationKind> as Sentences<LocationKind>,
    found: {
      present: "still there",
      erased_verified: "erased, and checked",
      key_destroyed: "destroyed, and checked",
      expires_on: ({ date }) => `ends by itself, at the latest at ${date}`,
      requested_not_confirmed: "removal asked for, not yet confirmed",
      held: "kept for a stated reason",
      not_ours: "still there; it is not ours to remove",
      failed: "could not be erased",
      unknown: "could not be checked",
    } satisfies Sentences<LocationFound> as Sentences<LocationFound>,
    location: (place: string, found: string) => `${place}: ${found}`,
  },

  attention: {
    title: "Attention",
    list: "What waits for you",
    emptyTitle: "Nothing waits for you",
    emptyText:
      "When something needs a decision, such as an unclear request or a receipt that came back, it stands here.",
    kinds: {
      unclear_request: {
        what: "A customer may have asked for removal",
        todo: "Read it and say what it means",
      },
      receipt_bounced: {
        what: "A receipt came back",
        todo: "Look at the receipt and send it again",
      },
      receipt_disputed: {
        what: "A customer disputes a receipt",
        todo: "Read what the customer says",
      },
      answer_unclear: { what: "An answer could not be understood", todo: "Read it" },
      file_lost: { what: "A sealed file is missing or damaged", todo: "Look at the case" },
      erasure_stuck: { what: "An erasure does not succeed", todo: "Look at the case" },
      case_exposed: { what: "A thread is not private any more", todo: "Look at the case" },
      sweep_stopped: {
        what: "A sweep would erase more than the cap",
        todo: "Read the plan and decide",
      },
      viewing_copy_stays: {
        what: "A viewing copy cannot be erased",
        todo: "See which program has it open, and close it",
      },
      kit_not_saved: {
        what: "The recovery kit is not saved",
        todo: "Save it: a new desk takes no file in before, and without it a lost machine is lost for good",
      },
      rules_differ: {
        what: "settings.toml holds rules that are not in force",
        todo: "See what they would change, and put them into force or take them out",
      },
      left_in_drop_folder: {
        what: "A drop folder holds what cannot be taken in",
        todo: "See why, and save it anew or remove it",
      },
      ticket_offered: {
        what: "A ticket that the thread names may be the case's",
        todo: "Take it or set it aside",
      },
      hold_review: {
        what: "A hold is to be reviewed",
        todo: "Lift it, or say when it is looked at again",
      },
      approval_waits: {
        what: "A second person has to approve something",
        todo: "Read it, and approve or decline it",
      },
      reply_bounced: {
        what: "A letter about a hold came back",
        todo: "Tell the customer in the thread",
      },
      not_reconciled: {
        what: "Disk, ledger and keys do not fit together",
        todo: "See what does not fit",
      },
    } satisfies Described["attention"],
    go: {
      case: "Open the case",
      receipt: "Open the receipt",
      plan: "Read the plan",
      proposal: "Read the proposal",
      reconciled: "See what was found",
      kit: "Save the kit",
      rules: "Look at the rules",
    },
  },

  plan: {
    title: "A sweep waits for your approval",
    lead: (count: number, cap: number) =>
      `It would erase ${files(count)}; without a person it erases at most ${cap}. Nothing was erased.`,
    approve: (count: number) =>
      plural("en", count, { one: "Erase 1 file", other: `Erase ${count} files` }),
    approving: "Approving…",
    approved: (count: number) =>
      plural("en", count, {
        one: "1 file is erased, and every location was looked at again.",
        other: `${count} files are erased, and every location was looked at again.`,
      }),
    nothing: "The plan has changed: nothing would be erased any more.",
    warning: "What is erased is destroyed for good: keys, sealed bytes and viewing copies.",
  },

  rules: {
    lead: "The first rule that applies to a file counts. Which files a rule is for, and rules of your own, are written into settings.toml or with the custody program; the numbers can be changed here. Nothing changes before you have seen what it would do.",
    for: "For",
    start: "Counts from",
    starts: {
      ticket_closed: "the ticket closes",
      arrival: "arrival",
      customer_activity: "the customer last wrote",
    } satisfies Described["start"],
    period: "Period",
    grace: "Grace",
    ceiling: "At the latest, after arrival",
    hasCeiling: "At the latest after some time",
    unitOf: (label: string) => `Unit: ${label}`,
    units: { days: "days", hours: "hours", minutes: "minutes" },
    notANumber: "A whole number, please.",
    simulate: "Show what this would do",
    wouldDo: "What it would do",
    kinds: {
      erased_now: "erased with the next sweep",
      sooner: "sooner",
      later: "later",
      unchanged: "as before",
    },
    counts: (counts: { erased_now: number; sooner: number; later: number; unchanged: number }) =>
      `${counts.erased_now} erased with the next sweep, ${counts.sooner} sooner, ${counts.later} later, ${counts.unchanged} as before.`,
    files: "Files for which something changes",
    erasedOn: "erased on",
    insteadOf: "instead of",
    byRule: "by rule",
    noEnd: "no end yet",
    nothing: "Nothing changes for any file.",
    warning: "What is erased is destroyed for good: keys, sealed bytes and viewing copies.",
    putIntoForce: "Put these rules into force",
    changing: "Changing…",
    changed: "The rules are in force.",
    draftTitle: "settings.toml holds other rules",
    draftText: "They decide nothing until somebody puts them into force.",
    showDraft: "Look at those",
    showInForce: "Back to those in force",
  },

  ownDate: {
    label: "Own date",
    open: "Give an own date",
    title: "Give an own date",
    lead: "The files are erased on that day, within the ceiling of their rule. If the ticket closes after this or the customer asks, they go sooner.",
    for: "For",
    allFiles: "The files of this case",
    ofCase: "the case's files of that day",
    day: "Erased on",
    dayMissing: "Choose a day that is still to come.",
    reason: "Reason",
    reasonHint: "It stands with the case and in the ledger, under your name.",
    reasonMissing: "Say why. There is no own date without a reason.",
    give: "Give this date",
    giving: "Recording…",
    given: "The own date is recorded.",
    withdraw: "Take back",
    withdrawOf: (what: string) => `Take the own date back: ${what}`,
    withdrawn: "The rule alone counts again.",
  },

  setup: {
    title: "Set up this desk",
    steps: "Steps",
    names: {
      passphrase: "Passphrase",
      kit: "Recovery kit",
      forum: "Forum",
      servers: "Tracker and mail",
      rule: "Retention rule",
    } satisfies Described["setupStep"],
    standings: {
      open: "to do",
      later: "left for later",
      done: "done",
    } satisfies Described["setupStanding"],
    next: "Continue",
    later: "Later",
    leave: "Leave for now",
    leaveHint: "Everything done so far is kept. You can go on at any time.",
    finish: "Finish",
    finished: "The desk is set up.",
    unfinished: (count: number) =>
      plural("en", count, {
        one: "1 step of the first run is left.",
        other: `${count} steps of the first run are left.`,
      }),
    goOn: "Go on",
    end: "End it here",

    kit: {
      lead: "If this machine is lost, the kit is the only way to open a backup, and to choose a new passphrase. It is shown once. No file is taken in before it is saved.",
      made: "A kit was made, and nobody has shown yet that it was saved. Its words cannot be shown again: make a new one.",
      saved: "The recovery kit is saved.",
      show: "Show the 24 words",
      seal: "Seal it for somebody else",
      making: "Making the kit…",
      paper: "Recovery kit of this desk",
      words: "The words of the recovery kit",
      writeDown:
        "Write them down in this order, or print them. Keep them away from this machine and from the backups: whoever has both can read every file.",
      print: "Print",
      written: "I have written them down",
      askTitle: "Show that you have them",
      ask: "Take your paper, and type these words of it. The window has forgotten them.",
      word: (number: number) => `Word ${number}`,
      check: "Check",
      wrong: "These are not the words. Look at their numbers on your paper, or make a new kit.",
      anew: "Make a new kit",
      recipient: "Their age recipient",
      recipientHint:
        "It begins with age1. They alone can open the kit; the text that comes can go by mail.",
      notARecipient: "An age recipient begins with age1.",
      sealTitle: "Seal it for somebody else",
      sealIt: "Seal the kit",
      sealed: "The sealed kit",
      sealedLead: "Give this text to its recipient, as it is.",
      copy: "Copy",
      copied: "Copied",
      handedOver: "They have it",
    },

    forum: {
      lead: "Custody looks at the private threads of your account, with a key that you grant it on the forum itself. You type no password here.",
      address: "Address of the forum",
      addressHint: "For example forum.example.com",
      notAnAddress: "The address of a forum, such as forum.example.com.",
      replies: "Also answer in threads, and take files out of posts",
      go: "Ask the forum",
      asking: "Asking…",
      access: "What is asked for, and why",
      scopes: {
        read: "Read private threads of your account and its groups, and fetch their files.",
        session_info: "See whose account it is, and which group inboxes it can read.",
        message_bus: "Hear of new posts at once while the window is in front.",
        write: "Answer in threads and take files out of posts, in your name.",
      } satisfies Described["scope"],
      ways: "How you let it in",
      way: {
        code: "With a code",
        redirect: "The browser comes back here",
        paste: "Paste a text",
      },
      wayHint: {
        code: "You type a short code on the forum.",
        redirect: "Works where the forum’s administrator allows custody://forum/signed-in.",
        paste: "The forum shows a text, and you paste it here. Works everywhere.",
      },
      start: "Go on",
      code: "Type this code on the forum",
      copy: "Copy the code",
      copied: "Copied",
      open: "Open the forum",
      waits: "Waiting for the forum…",
      waitsHint: "You can leave this open, and let it in on another device.",
      text: "The text that the forum showed",
      use: "Use it",
      stop: "Stop",
      as: (name: string) => `Signed in as ${name}`,
      missing: "The forum did not grant this:",
      inboxes: "Whose inboxes are looked at",
      personal: "My own",
      group: (name: string) => `Group ${name}`,
      noInbox: "Choose at least one; otherwise nothing comes in.",
      keep: "Look at these",
      kept: "The inboxes are kept.",
    },

    servers: {
      lead: "Without a tracker, closing the thread counts as closing the ticket. Without mail, receipts are given in the thread.",
      tracker: "Tracker",
      mail: "Mail",
      add: "Connect a tracker",
      addMail: "Connect mail",
      kind: "Kind",
      kinds: {
        request_tracker: "Request Tracker",
        redmine: "Redmine",
        jira_cloud: "Jira Cloud",
        jira_data_center: "Jira Data Center",
        gitlab: "GitLab",
        github: "GitHub",
        zendesk: "Zendesk",
      } satisfies Described["trackerKind"],
      address: "Address",
      account: "Address of the account",
      project: "Project",
      projectHint: "group/project, or owner/name",
      key: "API key",
      name: "Name in the record",
      from: "Address that letters come from",
      smtp: "Server that sends",
      imap: "Server that receives",
      serverHint: "name:port, such as smtp.example.com:587",
      password: "Password",
      user: "Account, if it is another",
      by: "Opened by",
      byPassword: "Password",
      byOAuth: "OAuth",
      tokenUrl: "Token endpoint",
      client: "Client id",
      clientSecret: "Client secret, if it has one",
      refreshToken: "Refresh token",
      oauthHint:
        "Connecting is the test: some providers take a refresh token only once. Nothing is kept unless both servers let us in.",
      test: "Test connection",
      testing: "Testing…",
      connect: "Connect",
      connecting: "Connecting…",
      connected: "Connected.",
      incomplete: "Fill in every field that is not optional.",
      secretNote: "It goes into the keychain and is never shown again.",
    },

    found: {
      title: "What was found",
      account: "Account",
      staff: "staff there",
      notStaff: "not staff there",
      inboxes: "Group inboxes",
      none: "none",
      threads: "Private threads listed at once",
      left: "Requests left",
      leftOf: (minute: number, day: number) => `${minute} this minute, ${day} today`,
      paused: "The forum wants a pause of",
      seconds: (count: number) =>
        plural("en", count, { one: "1 second", other: `${count} seconds` }),
      places: "Seen there",
      sees: "Tickets",
      canSee: "can be read",
      cannotSee: "none can be seen: ask for the right to read them",
      closed: "Closed means",
      open: "Open means",
      unknown: "Not known there",
      token: "Access token",
      out: "Sending",
      in: "Receiving",
      letIn: "let us in",
    },

    rule: {
      lead: "This is the rule for every file that no other rule is for. What customers ask for is erased sooner in any case.",
      erase: "Erase",
      after: {
        ticket_closed: "after the ticket closes",
        arrival: "after arrival",
        customer_activity: "after the customer last wrote",
      } satisfies Described["start"],
      latest: ", and at the latest",
      arrival: "after arrival.",
      end: ".",
      time: "Time until it is erased",
      ceiling: "Longest time after arrival",
      others: (count: number) =>
        plural("en", count, {
          one: "1 more rule stands before it, in the settings.",
          other: `${count} more rules stand before it, in the settings.`,
        }),
      keep: "Keep this rule",
      simulate: "Show what this would do",
    },
  },

  settings: {
    title: "Settings",
    sections: "Sections",
    names: {
      connections: "Connections",
      rules: "Rules",
      security: "Security",
      storage: "Storage",
      window: "Window",
      practice: "Practice",
      updates: "Updates",
      about: "About",
    },

    connections: {
      lead: "The desk talks to these servers and to nobody else.",
      forum: "Forum",
      noForum: "Without a forum nothing comes in.",
      signIn: "Sign in",
      signInAgain: "Sign in again",
      inboxes: "Choose inboxes",
      looksAt: "Looks at",
      personal: "your own inbox",
      group: (name: string) => `group ${name}`,
      others: (count: number) =>
        plural("en", count, {
          one: "1 more place from settings.toml",
          other: `${count} more places from settings.toml`,
        }),
      budget: "Asks at most",
      budgetOf: (minute: number, day: number) => `${minute} times a minute, ${day} times a day`,
      trackers: "Trackers",
      noTracker: "Closing the thread counts as closing the ticket.",
      mail: "Mail",
      noMail: "Receipts are given in the thread.",
      sends: "Sends by",
      receives: "Receives from",
      byOAuth: "opened by OAuth",
      test: "Test connection",
      testOf: (name: string) => `Test the connection: ${name}`,
      change: "Change",
      changeOf: (name: string) => `Change: ${name}`,
      disconnect: "Disconnect",
      disconnectOf: (name: string) => `Disconnect: ${name}`,
      disconnectLead: "The key to it is destroyed, and given back where the server takes it back.",
      disconnectForum:
        "Nothing comes in any more. Files that are held stay held, and end as the rules say.",
      disconnectTracker:
        "Tickets of it are read no more. Files that wait for one of them end at their latest date.",
      disconnectMail: "Receipts are given in the thread, and answers by mail are read no more.",
      disconnected: "Disconnected.",
    },

    security: {
      lockTime: "Lock the desk",
      lockLead:
        "After so long without input. Locking erases viewing copies; intake and erasure go on.",
      lockLabel: "Minutes without input",
      lockWrong: "A whole number from 1 to 1440.",
      lockKept: "The lock time is kept.",
      copies: "Copying out of the viewer",
      copiesLead:
        "What is copied lies in the system's clipboard, where other programs read it and nothing erases it. Viewing copies are files, and not bound by this.",
      copiesLabel: "Text may be selected, copied and printed",
      copiesKept: "Kept. It holds for files that are looked at from now on.",
      save: "Save",
      passphrase: "Passphrase",
      passphraseLead: "It opens files. The record says that it was changed, and when.",
      old: "Passphrase now",
      new: "New passphrase",
      change: "Change the passphrase",
      changed: "The passphrase is changed.",
      kit: "Recovery kit",
      recipient: "The kit’s recipient",
      recipients: "Keys of files are sealed for",
      approvers: "Two people",
      approversLead:
        "Whoever has a key of their own can propose and approve what needs two people. What that is stands in settings.toml under [four_eyes].",
      needs: "Needs two people",
      needsNothing: "nothing on this desk",
      act: {
        lift_hold: "lifting a hold",
        early_erasure: "erasing before the rule’s end",
        export: "what leaves the desk",
      },
      nobody: "Nobody has a key yet.",
      since: "since",
      elsewhere: "at another desk",
      remove: "Take out of use",
      removeOf: (name: string) => `Take the key of ${name} out of use`,
      removed: "The key is out of use.",
      add: "Give somebody a key",
      name: "Name under which they act",
      own: "Their own passphrase, typed by them",
      addIt: "Make the key",
      added: "The key is made.",
      fixed: "Changed only while nothing needs two people.",
    },

    storage: {
      place: "Where it is",
      folder: "Folder",
      keys: "Keys",
      ledger: "Ledger",
      ledgers: {
        embedded: "an encrypted file in that folder",
        postgres: "a PostgreSQL database",
      } satisfies Described["ledgerPlace"],
      counted: "By the ledger",
      physical: "On the disk",
      files: (count: number) => plural("en", count, { one: "1 file", other: `${count} files` }),
      compared: "Compared",
      never: "Not compared yet",
      fits: "they fit",
      differs: "they do not fit",
      backups: "Backups",
      backupsLead:
        "A folder on another disk or share. What is erased here is erased there as well, and the receipt says so.",
      noBackup: "No backup is connected.",
      needsKit: "A backup is sealed for the recovery kit: save one first, under Security.",
      standings: {
        current: "up to date",
        behind: "behind",
        away: "away",
        not_connected: "not connected",
      } satisfies Described["backupStanding"],
      missing: (count: number) =>
        plural("en", count, { one: "1 file is not there", other: `${count} files are not there` }),
      goodAt: "Last brought up to date",
      drill: "Last drill",
      passed: "passed",
      notPassed: "did not pass",
      connect: "Connect a backup",
      name: "Name on receipts",
      kept: "Days for which others keep earlier versions of the place",
      takeOver: "Take it over from another installation of this desk",
      choose: "Choose the folder…",
      connected: "The backup is connected.",
      now: "Back up now",
      done: "Every backup is up to date.",
      leave: "Leave",
      leaveOf: (name: string) => `Leave the backup ${name}`,
      leaveLead:
        "Everything in it but the journal of erasures is erased and looked at again. Then no copy is kept there any more.",
      lost: "Its place no longer exists: nothing can be looked at, and receipts that speak of it stay open",
      left: "The backup is left.",
      aside: "Set aside",
      asideLead:
        "What lay among the sealed files and the ledger does not know. It stays until a person decides.",
      noAside: "Nothing was set aside.",
      erase: "Erase",
      eraseOf: (name: string) => `Erase what was set aside: ${name}`,
      eraseLead: "Its bytes are destroyed for good. The record says who did it.",
      erased: "It is erased.",
      unknownAge: "for an unknown time",
      since: "since",
    },

    window: {
      theme: "Light or dark",
      themes: { system: "As the system", light: "Light", dark: "Dark" },
      start: "Starting",
      text: "Size of the text",
      smaller: "Smaller",
      usual: "Usual size",
      larger: "Larger",
    },

    practice: {
      lead: "A practice desk has a forum, a mailbox, customers and a clock of its own, all on this machine. No account is needed, nothing leaves the machine, and it is gone when its window is closed.",
      here: "This window is on a practice desk. The strip below plays its customers, its engineer and its clock.",
      start: "Open a practice window",
      started: "The practice window opens.",
    },

    updates: {
      version: "This version",
      channel: "Channel",
      channels: { stable: "stable", preview: "preview" } as Record<string, string>,
      server: "Asked server",
      signedBy: "Signed by the key",
      signedLead: "What is not signed by it is not installed.",
      look: "Check for updates",
      looking: "Asking…",
      current: "This is the newest version.",
      newer: (version: string) => `Version ${version} is there.`,
      newerTodo: "Get it from where you got this one. Nothing is installed by itself.",
      problems: {
        unreachable: {
          what: "The server of releases does not answer. This version goes on as it is.",
          todo: "Check the network, and try again later.",
        },
        no_release: {
          what: "The server has no release for this system. This version goes on as it is.",
          todo: "Look for one where you got this program.",
        },
        not_trusted: {
          what: "The answer makes no sense or is not signed by our key. Nothing was installed.",
          todo: "Try again later. If it lasts, tell whoever looks after this program.",
        },
      } satisfies Described["updateProblem"],
    },

    about: {
      lead: "Custody keeps the files that customers entrust to support, and proves that they are gone.",
      licence: "MIT or Apache-2.0, as you like.",
      licences: "Made with",
      licencesLead: "Everything that this program is built from, under these licences.",
      packages: (count: number) =>
        plural("en", count, { one: "1 package", other: `${count} packages` }),
    },
  },

  practice: {
    label: "Practice desk",
    confirm: "Customer confirms",
    dispute: "Customer disputes",
    post: "Customer posts a file",
    ask: "Customer asks for removal",
    close: "Close the ticket",
    oneDay: "+1 day",
    threeDays: "+3 days",
    moveOne: "Move the clock on by 1 day",
    moveThree: "Move the clock on by 3 days",
    menu: "Play the world",
    chooseCase: "Choose a case first",
    noReceipt: "There is no receipt to confirm yet",
    alreadyClosed: "The ticket is closed already",
    confirmed: "The customer wrote “I confirm”.",
    asked: "The customer asked in the thread for removal.",
    disputed: "The customer wrote that the file is still there.",
    posted: "The customer posted one more file in the thread.",
    closed: "The engineer closed the ticket.",
    moved: (days: number) =>
      plural("en", days, {
        one: "The clock moved on by 1 day.",
        other: `The clock moved on by ${days} days.`,
      }),
  },

  keys: {
    title: "Keyboard",
    rows: [
      ["J / K", "Next / previous in the list"],
      ["↑ / ↓", "The same, in the list"],
      ["Enter", "To the detail"],
      ["Esc", "Back to the list; close a dialog"],
      ["/", "Search"],
      ["1 – 6", "Screens, in the order of the rail"],
      ["A", "What needs attention"],
      ["Ctrl K", "Find a case, or do something"],
      ["Ctrl ,", "Settings"],
      ["Ctrl L", "Lock the desk"],
      ["Ctrl W", "Close the window"],
      ["Ctrl Q", "Quit"],
      ["Ctrl + / −", "Larger / smaller text"],
      ["Ctrl 0", "Text in its usual size"],
      ["?", "This list"],
    ] as [string, string][],
  },
};

export type Words = typeof en;

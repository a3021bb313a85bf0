// What the screen of reports says, in English.
import type { Described } from "./described";
import { plural } from "./plural";

const files = (count: number) =>
  plural("en", count, { one: "1 file", other: `${count.toLocaleString("en")} files` });

export const reports = {
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
};

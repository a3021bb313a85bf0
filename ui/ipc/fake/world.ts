// A world in memory: what a desk knows, and the few rules that make it behave like one on the screen.
import type {
  CaseStanding,
  Fault,
  Job,
  ReceiptStanding,
  RequestStanding,
} from "../generated/names";
import type { CalledView, LeavingView, StartupView, UpdateView } from "../generated/commands";
import type {
  AttentionView,
  ConnectionsView,
  ErasureReason,
  EventView,
  FileView,
  FourEyesView,
  Happening,
  HoldView,
  KitStanding,
  LeftView,
  LinkView,
  LocationView,
  OwnDateView,
  PauseView,
  ProposalView,
  ReceiptView,
  DrilledView,
  ReconciledView,
  RequestView,
  RulesView,
  RuleTermsView,
  RuleView,
  SetupStep,
  StorageView,
  TicketState,
  TransferView,
  TicketView,
  WhoView,
} from "../generated/views";

import type { FakeThing } from "./adding";

const start = Date.parse("2026-11-24T09:30:00.000Z");
const hour = 3_600_000;
let lastId = 0;
let lastEvent = 100;

/** A moment so many hours from the world's beginning. */
export const hours = (count: number) => new Date(start + count * hour).toISOString();
export const freshId = (kind: string) => `${kind}-${(lastId += 1).toString().padStart(4, "0")}`;

export interface FakeCase {
  id: string;
  title: string;
  customer: string;
  ticket: string;
  ticketState: TicketState;
  opened: string;
  active: string;
  files: FileView[];
  holds: HoldView[];
  requests: RequestView[];
  openToAnyone: boolean | null;
  links: LinkView[];
  ticketOffers: TicketView[];
  dropFolder: string | null;
  left: LeftView[];
  ownDates: OwnDateView[];
  events: EventView[];
}

export interface FakeWorld {
  stage: "opening" | "first_run" | "running" | "failed";
  failure: Fault;
  /** Whether trying again would succeed. */
  canBeOpened: boolean;
  practice: boolean;
  connected: boolean;
  unlocked: boolean;
  passphrase: string;
  /** In minutes. */
  longestLease: number;
  now: number;
  cases: FakeCase[];
  /** The customers whose threads are assigned to the desk's account; `null` where the forum has no assignments. */
  mine: string[] | null;
  viewerCopies: boolean;
  /** What is being moved. */
  transfers: TransferView[];
  receipts: ReceiptView[];
  /** So many events came before those of the cases. */
  earlier: number;
  /** The first event that does not fit. */
  brokenAt: number | null;
  /** What waits for a person besides what follows from the world. */
  extraAttention: AttentionView[];
  rules: RulesView;
  fourEyes: FourEyesView;
  proposals: ProposalView[];
  /** Who has a key of their own, and the passphrase that opens it. */
  approvers: Record<string, string>;
  jobs: Record<
    Job,
    {
      ran: string;
      good: string | null;
      fault: Fault | null;
      late?: { standing: "late" | "stopped"; since: string; alive: string | null };
    }
  >;
  reconciled: ReconciledView | null;
  drilled: DrilledView | null;
  pause: PauseView | null;
  called: CalledView | null;
  leaving: LeavingView | null;
  startup: StartupView;
  /** What the program around the window was told. */
  program: string[];
  /** The first run; null once it is ended, and where there is none. */
  setup: { passed: SetupStep[] } | null;
  kit: KitStanding;
  connections: ConnectionsView;
  /** Groups whose inboxes the account can read. */
  inboxes: string[];
  deviceCodes: boolean;
  lockMinutes: number;
  storage: Pick<StorageView, "backups" | "aside">;
  update: UpdateView;
  /** What was dropped onto the window and not asked for yet. */
  dropped: FakeThing[];
  /** What a person chooses in the system's dialog. */
  chosen: FakeThing[];
  /** What changes between the question and the answer, by its name. */
  changedSince: string[];
  /** The forum lets the desk in that waits for it. */
  letIn?: () => void;
}

export function fakeDesk(over: Partial<FakeWorld>): FakeWorld {
  const well = () => ({ ran: hours(-0.05), good: hours(-0.05), fault: null });
  return {
    stage: "running",
    failure: "ledger_newer",
    canBeOpened: false,
    dropped: [],
    chosen: [
      { name: "heap-dump.zip", bytes: 734_003_200 },
      { name: "trace.etl", bytes: 0, why: "empty" },
    ],
    changedSince: [],
    practice: true,
    connected: true,
    unlocked: true,
    passphrase: "practice",
    longestLease: 480,
    now: start,
    cases: [],
    receipts: [],
    earlier: 0,
    brokenAt: null,
    mine: null,
    viewerCopies: true,
    transfers: [],
    extraAttention: [],
    fourEyes: { lift_hold: false, early_erasure: false, export: false },
    proposals: [],
    approvers: { "Robin Adler": "robins own", "Noor Haddad": "noors own" },
    rules: { rules: [aRule()], draft: null },
    jobs: {
      intake: well(),
      backup: well(),
      drop_folders: well(),
      watch: well(),
      sweep: well(),
      erase: well(),
      deliver: well(),
      confirm: well(),
      reconcile: well(),
      leases: well(),
    },
    reconciled: foundInOrder(),
    drilled: { target: "second disk", at: hours(-26), passed: true },
    pause: null,
    called: null,
    leaving: null,
    startup: { starts: false, tray: true },
    program: [],
    setup: null,
    kit: "saved",
    connections: {
      forum: {
        url: "https://forum.example.com/",
        signed_in: true,
        personal: true,
        groups: ["support"],
        others: 1,
        per_minute: 15,
        per_day: 2400,
      },
      trackers: [{ name: "rt", kind: "request_tracker", url: "https://rt.example.com/" }],
      mail: {
        from: "desk@example.com",
        smtp: "smtp.example.com:587",
        imap: "imap.example.com:993",
        oauth: false,
      },
    },
    inboxes: ["support", "escalations"],
    deviceCodes: true,
    lockMinutes: 30,
    storage: {
      backups: [
        {
          name: "second disk",
          folder: "/media/vault",
          snapshots_kept: "0 days",
          standing: "current",
          problem: null,
          files: 12,
          bytes: 734_003_200,
          missing: 0,
          generation: 41,
          good_at: hours(-0.2),
        },
        {
          name: "share",
          folder: "/mnt/share/custody",
          snapshots_kept: "30 days",
          standing: "away",
          problem: { code: "backup_unreachable", what: "", todo: "" },
          files: 0,
          bytes: 0,
          missing: 0,
          generation: null,
          good_at: hours(-30),
        },
      ],
      aside: [
        {
          name: "0a1b2c3d4e5f60718293a4b5c6d7e8f9.age",
          file: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
          size: 20_480,
          since: hours(-50),
          state: "erased",
        },
      ],
    },
    update: { newer: null, problem: "unreachable" },
    ...over,
  };
}

/** What waits for a person and concerns nothing in particular. */
export const aboutNothing = {
  case: null,
  title: "",
  customer: "",
  receipt: null,
  request: null,
  hold: null,
  proposal: null,
};

/** A comparison of disk and ledger in which everything fits. */
function foundInOrder(): ReconciledView {
  return {
    at: hours(-0.5),
    in_order: true,
    whole: 9,
    counted_bytes: 42_153_984,
    on_the_way: 0,
    on_the_way_bytes: 0,
    physical_bytes: 42_153_984,
    occupied_bytes: 42_172_416,
    brought_back: 0,
    lost: 0,
    unknown: 0,
    parts: 0,
    remains: 0,
    foreign: 0,
    without_key: 0,
    stray_keys: 0,
    epoch_key_missing: false,
    old_epoch_keys: 0,
    stray_drop_folders: 0,
    aside: 0,
    aside_bytes: 0,
  };
}

/** What the usual rule says. */
export const usualTerms: RuleTermsView = {
  start: "ticket_closed",
  period: "0 days",
  grace: "3 days",
  ceiling: "90 days",
  forum_copy: "leave",
};

/** The usual rule, or another one. */
export function aRule(over: Partial<RuleView> = {}): RuleView {
  return {
    name: "usual",
    whom: [],
    ...usualTerms,
    ...over,
  };
}

export function aFile(
  name: string,
  size: number | null,
  arrived: string,
  over: { state?: FileView["state"]; erases?: string; refused?: FileView["refused"] } = {},
): FileView {
  return {
    id: freshId("file"),
    case: "",
    name,
    size,
    kind: "other",
    rule: "usual",
    arrived_at: arrived,
    state: over.state ?? "held",
    refused: over.refused ?? null,
    erases_at: over.erases ?? null,
    problem: null,
    viewing_copies: [],
    still_open_in: [],
  };
}

export const folderOf = (id: string) => `/home/robin/Downloads/Custody/${id}`;

export function aCase(about: {
  title: string;
  customer: string;
  ticket: string;
  ticketState?: TicketState;
  opened: string;
  active: string;
  files: FileView[];
  openToAnyone?: boolean;
  links?: LinkView[];
  ticketOffers?: TicketView[];
  left?: LeftView[];
  hold?: { reason: string; review: string };
  request?: { standing: RequestStanding; channel: RequestView["channel"]; at: string };
}): FakeCase {
  const id = freshId("case");
  const made: FakeCase = {
    id,
    title: about.title,
    customer: about.customer,
    ticket: about.ticket,
    ticketState: about.ticketState ?? "open",
    opened: about.opened,
    active: about.active,
    files: about.files.map((file) => ({ ...file, case: id })),
    holds: [],
    requests: [],
    openToAnyone: about.openToAnyone ?? null,
    links: about.links ?? [],
    ticketOffers: about.ticketOffers ?? [],
    dropFolder: about.links || about.left ? folderOf(id) : null,
    left: about.left ?? [],
    ownDates: [],
    events: [],
  };
  const topic = Number(about.ticket.split(" ")[1]) || 7;
  note(made, about.opened, custody, { code: "case_opened", topic });
  for (const file of made.files) {
    note(made, file.arrived_at, custody, { code: "file_arrived" });
    if (file.size !== null)
      note(made, file.arrived_at, custody, { code: "file_sealed", bytes: file.size });
    if (file.state === "due") note(made, hours(-20), custody, due("ticket_closed", file));
    if (file.state === "lost")
      note(made, hours(-40), custody, { code: "file_lost", finding: "missing" });
  }
  if (about.hold) {
    made.holds.push({
      id: freshId("hold"),
      scope: "case",
      covers: id,
      owner: "Robin Adler",
      reason: about.hold.reason,
      placed_at: hours(-80),
      review_at: about.hold.review,
      lifted_at: null,
      lifted_by: null,
      lift_reason: "",
    });
    note(made, hours(-80), robin, { code: "hold_placed", review_at: about.hold.review });
  }
  if (about.request) {
    made.requests.push({
      id: freshId("request"),
      case: id,
      by_customer: true,
      channel: about.request.channel,
      received_at: about.request.at,
      reason: "",
      standing: about.request.standing,
      told: null,
      told_at: null,
    });
    const { standing, channel } = about.request;
    note(made, about.request.at, customer, { code: "request_received", standing, channel });
  }
  return made;
}

export const custody: WhoView = { code: "desk" };
export const customer: WhoView = { code: "customer" };
export const robin: WhoView = { code: "person", name: "Robin Adler" };

export function note(target: FakeCase, at: string, who: WhoView, what: Happening) {
  target.events.push({ index: (lastEvent += 1), at, who, what, event: what.code });
}

const due = (reason: ErasureReason, { erases_at }: FileView): Happening => ({
  code: "file_due",
  reason,
  erase_at: erases_at ?? hours(0),
});

export function aReceipt(
  world: FakeWorld,
  target: FakeCase,
  about: {
    issued: string;
    standing: ReceiptStanding;
    channel: RequestView["channel"] | null;
    grade?: NonNullable<ReceiptView["row"]["grade"]>;
  },
): ReceiptView {
  const token = `C7-${(4100 + world.receipts.length * 37).toString(36).toUpperCase()}Q`;
  const files = target.files.filter((file) => file.size !== null);
  const locations = files.flatMap((file) => [
    place(file, "sealed_file", "erased_verified"),
    place(file, "key_wrap", "key_destroyed"),
    place(file, "forum_copy", "not_ours"),
  ]);
  const receipt: ReceiptView = {
    row: {
      id: freshId("receipt"),
      case: target.id,
      title: target.title,
      customer: target.customer,
      files: files.length,
      issued_at: about.issued,
      complete: false,
      follows: null,
      follows_token: null,
      follow_up_owed: true,
      standing: about.standing,
      channel: about.channel,
      grade: about.grade ?? null,
      token,
    },
    followed_by: null,
    followed_by_token: null,
    delivery: about.channel ? { attempts: 1, at: about.issued, problem: null } : null,
    signature_fits: true,
    letter: letter(target, files, token),
    letter_html: letterPage(target, files, token),
    statement: JSON.stringify(
      { schema: "custody/receipt/1", receipt: token, files: files.map(({ name }) => ({ name })) },
      null,
      2,
    ),
    payload_digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    locations,
    answers: about.grade ? [{ answer: "confirmed", grade: about.grade, at: hours(-180) }] : [],
  };
  world.receipts.push(receipt);
  note(target, about.issued, custody, {
    code: "files_erased",
    files: files.length,
    complete: false,
  });
  if (about.channel)
    note(target, about.issued, custody, { code: "receipt_sent", channel: about.channel });
  return receipt;
}

/** What is seen at one place of a file. */
export const place = (
  { id, name }: Pick<FileView, "id" | "name">,
  where: "sealed_file" | "key_wrap" | "forum_copy",
  found: "present" | "erased_verified" | "key_destroyed" | "not_ours",
): LocationView => ({
  file: id,
  name,
  place: { code: where },
  found: { code: found },
  closed: found === "erased_verified" || found === "key_destroyed",
});

function letter(target: FakeCase, files: FileView[], token: string): string {
  const list = files.map(
    ({ name, size }) =>
      `  * ${name} (${size} bytes)\n      - the encrypted file with us: erased, and checked\n` +
      "      - the key that could open it: destroyed, and checked\n" +
      "      - the forum's own copy: still there; it is not ours to remove\n",
  );
  return [
    `Dear ${target.customer},\n`,
    `we erased ${files.length === 1 ? "1 file" : `${files.length} files`} that you entrusted to us, because your support ticket is closed. ` +
      "The keys were destroyed first, then the encrypted files and every copy we made; afterwards we looked at each place again. This is what we found:\n",
    list.join(""),
    "Not every place is closed yet. We keep looking, and you get a second receipt when the last one is.\n",
    `Please answer this message with "I confirm", or tell us what is wrong. Your receipt has the number ${token}.\n`,
    "Support\nsupport@practice.example",
  ].join("\n");
}

function letterPage(target: FakeCase, files: FileView[], token: string): string {
  const safe = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const tables = files.map(
    ({ name, size }) =>
      `<table style="width:100%;table-layout:fixed;text-align:start"><caption style="font-weight:600;text-align:start;overflow-wrap:anywhere">` +
      `<bdi>${safe(name)}</bdi> <span style="font-weight:400;opacity:.75">${size} bytes</span></caption>` +
      `<tr><th scope="col">Where it was</th><th scope="col">What we found</th></tr>` +
      `<tr><td>the encrypted file with us</td><td>erased, and checked</td></tr>` +
      `<tr><td>the key that could open it</td><td>destroyed, and checked</td></tr></table>`,
  );
  return (
    `<!doctype html><html lang="en" dir="ltr"><head><title>Receipt</title></head><body style="margin:0 auto;padding:1.5em 1em;max-width:38em">` +
    `<p>Dear <bdi>${safe(target.customer)}</bdi>,</p>${tables.join("")}` +
    `<ul><li><strong>I confirm</strong>: everything is as it says.</li></ul><p>Your receipt has the number ${token}.</p></body></html>`
  );
}

export const placedHolds = (target: FakeCase) =>
  target.holds.filter((hold) => hold.lifted_at === null);

export function standingOf(world: FakeWorld, target: FakeCase): CaseStanding {
  const states = new Set(target.files.map((file) => file.state));
  const receipt = world.receipts.findLast(({ row }) => row.case === target.id)?.row.standing;
  if (states.has("lost") || target.requests.some(({ standing }) => standing === "unclear"))
    return "needs_person";
  if (receipt === "bounced" || receipt === "disputed" || receipt === "answer_unclear")
    return "needs_person";
  if (placedHolds(target).length > 0) return "on_hold";
  for (const state of ["erasing", "due", "arriving", "held"] as const)
    if (states.has(state)) return state;
  if (!states.has("erased")) return "empty";
  return receipt === "confirmed" ? "confirmed" : "erased";
}

/** One pass of the world's rules: what arrives is sealed, what is due and over is erased and receipted. */
export function sweep(world: FakeWorld) {
  const counts = { sealed: 0, decided: 0, erased: 0, sent: 0, answers: 0 };
  const now = new Date(world.now).toISOString();
  for (const target of world.cases) {
    const held = placedHolds(target).length > 0;
    const asked = target.requests.some(({ standing }) => standing === "accepted");
    for (const file of target.files) {
      if (file.state === "arriving") {
        Object.assign(file, { state: "held", size: 65_536_123 });
        counts.sealed += 1;
        note(target, now, custody, { code: "file_sealed", bytes: file.size ?? 0 });
      } else if (file.state === "held" && !held && (asked || target.ticketState === "closed")) {
        file.state = "due";
        file.erases_at = new Date(world.now + (asked ? 0 : 72 * hour)).toISOString();
        counts.decided += 1;
        note(target, now, custody, due(asked ? "customer_asked" : "ticket_closed", file));
      }
    }
    const over = held
      ? []
      : target.files.filter(
          (it) => it.state === "due" && Date.parse(it.erases_at ?? "") <= world.now,
        );
    if (over.length === 0) continue;
    over.forEach((file) =>
      Object.assign(file, { state: "erased", erases_at: null, viewing_copies: [] }),
    );
    counts.erased += over.length;
    counts.sent += 1;
    aReceipt(world, target, { issued: now, standing: "sent", channel: "mail" });
  }
  for (const job of Object.values(world.jobs))
    Object.assign(job, { ran: now, good: now, fault: null, late: undefined });
  return counts;
}

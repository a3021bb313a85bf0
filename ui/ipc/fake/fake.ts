// The window on a world in memory. Only `vite --mode fake` has it; the program never does.
import { caseOrders, textOf } from "./case-list";
import {
  type Args,
  type Backend,
  type CommandName,
  Refused,
  type Result,
  type Spot,
} from "../backend";
import type { Commands } from "../generated/commands";
import type { Fault, Job } from "../generated/names";
import type {
  AttentionView,
  CaseRow,
  CaseView,
  DeskView,
  FileView,
  HoldView,
  ProposalView,
  SimulationView,
  WhyView,
} from "../generated/views";
import { addingHandlers, type FakeDragging, type FakeThing } from "./adding";
import { listsOf } from "./lists";
import { reportOf } from "./report";
import { scenes } from "./scenes";
import { settingsHandlers, setupOf } from "./settings";
import {
  aboutNothing,
  aCase,
  aFile,
  custody,
  customer,
  type FakeCase,
  fakeDesk,
  type FakeWorld,
  folderOf,
  freshId,
  hours,
  note,
  placedHolds,
  robin,
  standingOf,
  sweep,
  usualTerms,
} from "./world";

export type Handlers = {
  [Name in CommandName]: (
    args: Args<Name>,
  ) => Commands[Name]["result"] | Promise<Commands[Name]["result"]>;
};

/** What a browser test may do to the world from outside. */
export interface FakeControls {
  world: FakeWorld;
  /** The next call of this command is refused. */
  refuse(name: CommandName, fault: Fault): void;
  /** Calls of this command wait until the returned function is called. */
  delay(name: CommandName): () => void;
  /** Tells the window that something changed. */
  tell(): void;
  /** Files are dragged over the window, or away from it. */
  dragFiles(spot: Spot | null): void;
  /** They are dropped. */
  dropFiles(spot: Spot, things: FakeThing[]): void;
  /** How often the window called this command. */
  calls(name: CommandName): number;
}

export function fakeBackend(scene: string): { backend: Backend; controls: FakeControls } {
  const world = (scenes[scene] ?? (() => fakeDesk({})))();
  const handlers = handlersOf(world);
  const refusals = new Map<CommandName, Fault>();
  const delays = new Map<CommandName, Promise<void>>();
  const counts = new Map<CommandName, number>();
  const listeners: (() => void)[] = [];
  const dragging: FakeDragging[] = [];
  const tell = () => listeners.forEach((listener) => listener());

  const backend: Backend = {
    async call<Name extends CommandName>(name: Name, args: Args<Name>): Promise<Result<Name>> {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      await delays.get(name);
      const fault = refusals.get(name);
      refusals.delete(name);
      if (fault) throw new Refused({ code: fault, reference: "5d41c0" });
      const result = structuredClone(await handlers[name](args));
      if (!/^(show|list|verify|try|test|wait)_|^touch$/.test(name) || name === "show_new_kit")
        queueMicrotask(tell);
      return result;
    },
    async onDeskChanged(listener) {
      listeners.push(listener);
    },
    async onTransfers(listener) {
      listeners.push(listener);
    },
    async onFiles(over, dropped) {
      dragging.push({ over, dropped });
    },
  };
  const controls: FakeControls = {
    world,
    refuse: (name, fault) => refusals.set(name, fault),
    delay(name) {
      let release = () => {};
      delays.set(name, new Promise((done) => (release = done)));
      return () => {
        delays.delete(name);
        release();
      };
    },
    tell,
    dragFiles: (spot) => dragging.forEach(({ over }) => over(spot)),
    dropFiles(spot, things) {
      world.dropped = things;
      dragging.forEach(({ dropped }) => dropped(spot));
    },
    calls: (name) => counts.get(name) ?? 0,
  };
  return { backend, controls };
}

function handlersOf(world: FakeWorld): Handlers {
  const now = () => new Date(world.now).toISOString();
  const refuse = (code: Fault): never => {
    throw new Refused({ code, reference: "a81f03" });
  };
  const known = new Map<string, FakeCase>();
  const caseOf = (id: string) => {
    const found = known.get(id) ?? world.cases.find((it) => it.id === id) ?? refuse("not_found");
    known.set(id, found);
    return found;
  };
  const caseOfFile = (id: string) =>
    world.cases.find((it) => it.files.some((file) => file.id === id)) ?? refuse("not_found");
  const copyOf = (id: string) =>
    world.cases
      .flatMap((it) => it.files.flatMap((file) => file.viewing_copies))
      .find((copy) => copy.id === id) ?? refuse("not_found");
  const holdOf = (id: string) => {
    const target =
      world.cases.find((it) => it.holds.some((hold) => hold.id === id)) ?? refuse("not_found");
    const hold = target.holds.find((it) => it.id === id) as HoldView;
    return { target, hold };
  };
  const receiptOf = (id: string) =>
    world.receipts.find(({ row }) => row.id === id) ?? refuse("not_found");

  // What is done once a second person approves it.
  const approved = new Map<string, () => void>();
  const propose = (
    it: Pick<ProposalView, "act" | "reason"> & { of: string; file?: string | null } & {
      passphrase: string;
    },
    then: () => void,
  ) => {
    if (world.approvers["Robin Adler"] !== it.passphrase) refuse("wrong_passphrase");
    const id = freshId("proposal");
    world.proposals.push({
      id,
      act: it.act,
      one_file: it.file != null,
      file:
        world.cases.flatMap(({ files }) => files).find(({ id }) => id === it.file)?.name ?? null,
      title: world.cases.find(({ id }) => id === it.of)?.title ?? null,
      hold_reason: null,
      case: it.of,
      by: "Robin Adler",
      reason: it.reason,
      made_at: now(),
      expires_at: new Date(world.now + 3 * 86_400_000).toISOString(),
      approved_by: null,
    });
    approved.set(id, then);
  };

  const handlers: Handlers = {
    ...settingsHandlers(world, refuse),
    show_desk() {
      if (world.stage === "opening") return { stage: "opening", practice: world.practice };
      if (world.stage === "first_run") return { stage: "first_run" };
      if (world.stage === "failed")
        return { stage: "failed", code: world.failure, reference: "77aa01" };
      return {
        stage: "running",
        desk: deskView(world),
        practice_passphrase: world.practice ? world.passphrase : null,
        called: world.called,
        leaving: world.leaving,
      };
    },
    open_desk() {
      if (world.canBeOpened) world.stage = "running";
      return null;
    },
    create_desk({ passphrase }) {
      Object.assign(world, {
        stage: "running",
        practice: false,
        connected: false,
        passphrase,
        unlocked: true,
        setup: { passed: [] },
        kit: "none",
        connections: { forum: null, trackers: [], mail: null },
      });
      return null;
    },
    start_practice() {
      Object.assign(world, { stage: "running", practice: true, unlocked: true });
      world.cases.push(
        aCase({
          title: "Crash while exporting the quarterly report",
          customer: "Mariana Aguirre",
          ticket: "topic 11",
          opened: hours(-1),
          active: hours(-1),
          files: [aFile("export-crash.log", 41_943_040, hours(-1))],
        }),
      );
      return null;
    },
    touch() {
      return null;
    },
    pause({ hours: count }) {
      const until = new Date(world.now + count * 3_600_000).toISOString();
      world.transfers = [];
      return (world.pause = { since: now(), until });
    },
    resume() {
      world.pause = null;
      return null;
    },
    tell_language({ language }) {
      world.program.push(language);
      return null;
    },
    close_window() {
      world.program.push("closed");
      return null;
    },
    quit() {
      world.program.push("asked to quit");
      return null;
    },
    answer_quit({ answer }) {
      world.program.push(answer);
      if (answer === "stay") world.leaving = null;
      if (answer === "finish" && world.leaving) world.leaving.finishing = true;
      return null;
    },
    show_startup() {
      return world.startup;
    },
    set_startup({ starts }) {
      world.startup.starts = starts;
      return null;
    },
    unlock({ passphrase }) {
      if (passphrase !== world.passphrase) refuse("wrong_passphrase");
      world.unlocked = true;
      return null;
    },
    lock() {
      world.unlocked = false;
      for (const file of world.cases.flatMap((it) => it.files)) file.viewing_copies = [];
      return null;
    },
    run_round() {
      return { ...sweep(world), problems: [] };
    },
    list_cases({ standings, mine, due_soon, search, order, skip, limit }) {
      const words = search.toLocaleLowerCase().split(/\s+/);
      const searched = world.cases
        .map((it) => rowOf(world, it))
        .filter((row) => {
          const text = textOf(caseOf(row.id));
          return words.every((word) => text.includes(word));
        });
      const own = searched.filter(({ customer }) => world.mine?.includes(customer));
      const found = mine ? own : searched;
      const week = world.now + 7 * 24 * 3_600_000;
      const isSoon = (row: CaseRow) => row.erases_at !== null && Date.parse(row.erases_at) < week;
      const rows = found
        .filter(({ standing }) => standings.length === 0 || standings.includes(standing))
        .filter((row) => !due_soon || isSoon(row))
        .sort(caseOrders[order]);
      const all = [...new Set(found.map(({ standing }) => standing))];
      const counts = all.map((standing) => ({
        standing,
        cases: found.filter((row) => row.standing === standing).length,
      }));
      return {
        rows: rows.slice(skip, skip + limit),
        total: rows.length,
        counts,
        due_soon: found.filter(isSoon).length,
        mine: world.mine && own.length,
      };
    },
    show_case({ case: id }) {
      return viewOf(world, caseOf(id));
    },
    ...addingHandlers(world, caseOf, refuse),
    make_drop_folder({ case: id }) {
      const target = caseOf(id);
      target.dropFolder = folderOf(id);
      return { path: target.dropFolder };
    },
    place_hold({ scope, case: id, file, reason, review_at }) {
      const target = caseOf(id);
      const covers =
        scope === "file" ? (file ?? refuse("not_found")) : scope === "case" ? id : target.customer;
      target.holds.push({
        id: freshId("hold"),
        scope,
        covers,
        owner: "Robin Adler",
        reason,
        placed_at: now(),
        review_at,
        lifted_at: null,
        lifted_by: null,
        lift_reason: "",
      });
      note(target, now(), robin, { code: "hold_placed", review_at });
      for (const it of target.files)
        if (it.state === "due") Object.assign(it, { state: "held", erases_at: null });
      return null;
    },
    lift_hold({ hold: id, reason }) {
      const { target, hold } = holdOf(id);
      Object.assign(hold, { lifted_at: now(), lifted_by: "Robin Adler", lift_reason: reason });
      note(target, now(), robin, { code: "hold_lifted" });
      return null;
    },
    propose_lift({ hold: id, reason, passphrase }) {
      const { target } = holdOf(id);
      propose({ act: "lift_hold", of: target.id, reason, passphrase }, () =>
        handlers.lift_hold({ hold: id, reason }),
      );
      return null;
    },
    propose_erasure({ case: id, file, reason, passphrase }) {
      propose({ act: "erase_early", of: id, file, reason, passphrase }, () =>
        handlers.ask_erasure({ case: id, file, reason }),
      );
      return null;
    },
    list_transfers() {
      return world.transfers;
    },
    list_proposals() {
      return world.proposals;
    },
    approve_proposal({ proposal: id, name, passphrase }) {
      const proposal = world.proposals.find((it) => it.id === id) ?? refuse("not_found");
      if (proposal.by === name) refuse("same_person");
      if (!(name in world.approvers)) refuse("not_an_approver");
      if (world.approvers[name] !== passphrase) refuse("wrong_passphrase");
      world.proposals = world.proposals.filter((it) => it.id !== id);
      approved.get(id)?.();
      return null;
    },
    decline_proposal({ proposal: id }) {
      if (!world.proposals.some((it) => it.id === id)) refuse("not_found");
      world.proposals = world.proposals.filter((it) => it.id !== id);
      return null;
    },
    review_hold({ hold: id, review_at }) {
      const { target, hold } = holdOf(id);
      hold.review_at = review_at;
      note(target, now(), robin, { code: "hold_reviewed", review_at });
      return null;
    },
    hand_hold_on({ hold: id, to }) {
      const { target, hold } = holdOf(id);
      hold.owner = to;
      note(target, now(), robin, { code: "hold_handed_on", to });
      return null;
    },
    tell_in_thread({ request: id }) {
      const found = world.cases
        .flatMap((it) => it.requests)
        .find((request) => request.id === id && request.told === "bounced");
      Object.assign(found ?? refuse("not_found"), { told: "sent", told_at: now() });
      return null;
    },
    ask_erasure({ case: id, file, reason }) {
      const target = caseOf(id);
      for (const it of target.files) {
        const meant = file === null || it.id === file;
        if (meant && it.state === "held" && placedHolds(target).length === 0)
          Object.assign(it, { state: "due", erases_at: now() });
      }
      target.requests.push({
        id: freshId("request"),
        case: id,
        by_customer: false,
        channel: "desk",
        received_at: now(),
        reason,
        standing: "accepted",
        told: null,
        told_at: null,
      });
      note(target, now(), robin, {
        code: "request_received",
        standing: "accepted",
        channel: "desk",
      });
      return null;
    },
    resolve_request({ request: id, accept }) {
      const target =
        world.cases.find((it) => it.requests.some((request) => request.id === id)) ??
        refuse("not_found");
      for (const request of target.requests)
        if (request.id === id) request.standing = accept ? "accepted" : "set_aside";
      note(target, now(), robin, { code: "request_resolved", accepted: accept });
      return null;
    },
    take_ticket({ case: id, tracker, key }) {
      const target = caseOf(id);
      target.ticket = `${tracker} ${key}`;
      target.ticketOffers = target.ticketOffers.filter((it) => it.key !== key);
      note(target, now(), robin, { code: "ticket_linked", ticket: { tracker, key } });
      return null;
    },
    set_ticket_aside({ case: id, tracker, key }) {
      const target = caseOf(id);
      target.ticketOffers = target.ticketOffers.filter((it) => it.key !== key);
      note(target, now(), robin, {
        code: "ticket_offered",
        ticket: { tracker, key },
        standing: "set_aside",
      });
      return null;
    },
    make_viewing_copy({ file: id, minutes, reason }) {
      const target = caseOfFile(id);
      const file = target.files.find((it) => it.id === id) as FileView;
      const copy = {
        id: freshId("copy"),
        by: "Robin Adler",
        reason,
        until: new Date(world.now + minutes * 60_000).toISOString(),
        beside: 0,
        open_in: [],
        problem: null,
      };
      file.viewing_copies.push(copy);
      note(target, now(), robin, { code: "viewing_copy_made", until: copy.until });
      return { copy, path: `/run/user/1000/custody/viewing/${copy.id}/${file.name}` };
    },
    open_viewer({ file: id }) {
      if (!world.unlocked) refuse("locked");
      const target = caseOfFile(id);
      note(target, now(), robin, { code: "file_opened" });
      return null;
    },
    extend_viewing_copy({ copy: id, minutes }) {
      const copy = copyOf(id);
      copy.until = new Date(world.now + minutes * 60_000).toISOString();
      return copy;
    },
    end_viewing_copy({ copy: id }) {
      const { beside, open_in } = copyOf(id);
      for (const file of world.cases.flatMap((it) => it.files))
        if (file.viewing_copies.some((copy) => copy.id === id)) {
          file.viewing_copies = file.viewing_copies.filter((copy) => copy.id !== id);
          file.still_open_in = open_in;
        }
      return { beside, elsewhere: 0, open_in };
    },
    ...listsOf(world, { caseOf, receiptOf, refuse, propose }),
    show_receipt({ receipt }) {
      return receiptOf(receipt);
    },
    resend_receipt({ receipt }) {
      receiptOf(receipt).row.standing = "waiting";
      return null;
    },
    show_report({ span }) {
      return reportOf(world, span, deskView(world).jobs);
    },
    export_report({ form }) {
      const isApproved = ({ act, approved_by }: (typeof world.proposals)[number]) =>
        act === "export_report" && approved_by !== null;
      if (world.fourEyes.export && !world.proposals.some(isApproved)) refuse("needs_second_person");
      world.proposals = world.proposals.filter((it) => !isApproved(it));
      const folder = "/home/robin/Downloads/Custody exports";
      return { path: `${folder}/custody-report-2026-11-24-0900.${form}` };
    },
    show_plan() {
      const due = world.cases.flatMap((it) => it.files).filter(({ state }) => state === "due");
      const lines = due.map(({ id, case: of, name, erases_at }) => ({
        file: id,
        case: of,
        name,
        outcome: "erase" as const,
        erases_at,
        why: [
          { code: "ticket_closed" as const, since: "2026-11-20T10:00:00.000Z" },
          { code: "grace_over" as const },
        ],
      }));
      return { lines, would_erase: lines.length, cap: 1, token: "plan" };
    },
    approve_sweep() {
      for (const file of world.cases.flatMap((it) => it.files))
        if (file.state === "due") file.erases_at = now();
      world.extraAttention = world.extraAttention.filter(({ kind }) => kind !== "sweep_stopped");
      return { ...sweep(world), problems: [] };
    },
    show_rules() {
      return world.rules;
    },
    simulate_rules(asked) {
      return simulationOf(world, asked);
    },
    change_rules({ token, ...asked }) {
      const simulation = simulationOf(world, asked);
      if (simulation.token !== token) refuse("conflict");
      const base = (asked.draft ? world.rules.draft : null) ?? world.rules.rules;
      world.rules = {
        rules: base.map((rule, at) => ({ ...rule, ...asked.rules[at] })),
        draft: null,
      };
      world.extraAttention = world.extraAttention.filter(({ kind }) => kind !== "rules_differ");
      return simulation;
    },
    give_own_date({ case: id, file, end, reason }) {
      const target = caseOf(id);
      target.ownDates = target.ownDates.filter((date) => date.file !== file);
      target.ownDates.push({ file, end, by: "Robin Adler", given_at: now(), reason });
      note(target, now(), robin, { code: "own_date_given", of_case: file === null, end });
      return null;
    },
    withdraw_own_date({ case: id, file }) {
      const target = caseOf(id);
      target.ownDates = target.ownDates.filter((date) => date.file !== file);
      note(target, now(), robin, { code: "own_date_withdrawn" });
      return null;
    },
    practice_post({ case: id }) {
      const target = caseOf(id);
      target.files.push(aFile(`trace-${target.files.length + 1}.log`, 20_480, now()));
      target.active = now();
      return null;
    },
    practice_dispute({ receipt: id }) {
      const receipt = receiptOf(id);
      receipt.row.standing = "disputed";
      receipt.answers.push({ answer: "disputed", grade: "replied_with_dkim", at: now() });
      return null;
    },
    practice_ask({ case: id }) {
      const target = caseOf(id);
      target.requests.push({
        id: freshId("request"),
        case: id,
        by_customer: true,
        channel: "thread",
        received_at: now(),
        reason: "",
        standing: "accepted",
        told: null,
        told_at: null,
      });
      note(target, now(), customer, {
        code: "request_received",
        standing: "accepted",
        channel: "thread",
      });
      sweep(world);
      return null;
    },
    practice_confirm({ receipt: id }) {
      const receipt = receiptOf(id);
      Object.assign(receipt.row, { standing: "confirmed", grade: "replied_with_dkim" });
      receipt.answers.push({ answer: "confirmed", grade: "replied_with_dkim", at: now() });
      return null;
    },
    practice_close({ case: id }) {
      const target = caseOf(id);
      target.ticketState = "closed";
      note(target, now(), custody, { code: "ticket_read", found: "closed" });
      sweep(world);
      return null;
    },
    practice_move_clock({ days }) {
      world.now += days * 86_400_000;
      sweep(world);
      return null;
    },
  };
  return handlers;
}

/** As if every file had come on the same day: a shorter ceiling erases now, a longer one later. */
function simulationOf(world: FakeWorld, { draft, rules }: Args<"simulate_rules">): SimulationView {
  const base = (draft ? world.rules.draft : null) ?? world.rules.rules;
  const days = (ceiling: string | null) => Number(ceiling?.split(" ")[0] ?? Infinity);
  const [was, will] = [world.rules.rules.at(-1), rules.at(-1)].map((it) =>
    days(it?.ceiling ?? null),
  );
  const held = world.cases
    .flatMap((it) => it.files.map((file) => ({ ...file, case: it.id })))
    .filter(({ state }) => state === "held" || state === "due");
  const kind = will! < 8 ? "erased_now" : will! < was! ? "sooner" : "later";
  const at = (count: number) => new Date(world.now + count * 86_400_000).toISOString();
  const changes =
    will === was
      ? []
      : held.map((file) => ({
          file: file.id,
          case: file.case,
          name: file.name,
          rule: base.at(-1)?.name ?? "",
          kind: kind as "erased_now" | "sooner" | "later",
          before: at(was!),
          after: at(will!),
        }));
  const count = (of: string) => changes.filter((change) => change.kind === of).length;
  return {
    rules: base.map(({ start, period, grace, ceiling, forum_copy }) => ({
      start,
      period,
      grace,
      ceiling,
      forum_copy,
    })),
    erased_now: count("erased_now"),
    sooner: count("sooner"),
    later: count("later"),
    unchanged: held.length - changes.length,
    changes,
    token: `${draft} ${JSON.stringify(rules)} ${held.length}`,
  };
}

const pauses = (world: FakeWorld, job: Job) =>
  world.pause !== null && (job === "intake" || job === "deliver");

function deskView(world: FakeWorld): DeskView {
  return {
    unlocked: world.unlocked,
    practice: world.practice,
    connected: world.connected,
    issuer: "Practice Support",
    four_eyes: world.fourEyes,
    rule: usualTerms,
    key_store: "keychain",
    usual_lease: 30,
    longest_lease: world.longestLease,
    now: new Date(world.now).toISOString(),
    version: "0.1.0",
    jobs: (Object.entries(world.jobs) as [Job, FakeWorld["jobs"][Job]][]).map(
      ([job, { ran, good, fault, late }]) => ({
        job,
        standing: late?.standing ?? (fault ? "failing" : pauses(world, job) ? "paused" : "good"),
        late_since: late?.since ?? null,
        under_way_since: late?.alive ?? null,
        next_at: null,
        ran_at: ran,
        good_at: good,
        problem: fault && { code: fault, what: "What happened.", todo: "What to do." },
      }),
    ),
    attention: attentionOf(world),
    reconciled: world.reconciled,
    drilled: world.drilled,
    pause: world.pause,
    setup: setupOf(world),
    kit: world.kit,
  };
}

function attentionOf(world: FakeWorld): AttentionView[] {
  const found: AttentionView[] = [...world.extraAttention];
  for (const { id, case: of, made_at } of world.proposals)
    found.push({ ...aboutNothing, kind: "approval_waits", case: of, proposal: id, since: made_at });
  for (const target of world.cases) {
    for (const { id, standing, received_at } of target.requests)
      if (standing === "unclear")
        found.push({
          ...aboutNothing,
          kind: "unclear_request",
          case: target.id,
          request: id,
          since: received_at,
        });
    if (target.ticketOffers.length > 0)
      found.push({
        ...aboutNothing,
        kind: "ticket_offered",
        case: target.id,
        since: target.opened,
      });
    for (const { state, arrived_at } of target.files)
      if (state === "lost")
        found.push({ ...aboutNothing, kind: "file_lost", case: target.id, since: arrived_at });
  }
  if (!world.practice && world.kit !== "saved")
    found.push({
      ...aboutNothing,
      kind: "kit_not_saved",
      since: new Date(world.now).toISOString(),
    });
  if (world.reconciled && !world.reconciled.in_order)
    found.push({ ...aboutNothing, kind: "not_reconciled", since: world.reconciled.at });
  const kinds = {
    bounced: "receipt_bounced",
    disputed: "receipt_disputed",
    answer_unclear: "answer_unclear",
  } as const;
  for (const { row } of world.receipts)
    if (row.standing in kinds)
      found.push({
        ...aboutNothing,
        kind: kinds[row.standing as keyof typeof kinds],
        case: row.case,
        receipt: row.id,
        since: row.issued_at,
      });
  return found.map((item) => {
    const of = world.cases.find(({ id }) => id === item.case);
    return of ? { ...item, title: of.title, customer: of.customer } : item;
  });
}

function rowOf(world: FakeWorld, target: FakeCase): CaseRow {
  const inCustody = target.files.filter(({ state }) => !["erased", "refused"].includes(state));
  const due = target.files.map(({ erases_at }) => erases_at).filter((it) => it !== null);
  return {
    id: target.id,
    title: target.title,
    customer: target.customer,
    ticket: target.ticket,
    ticket_state: target.ticketState,
    standing: standingOf(world, target),
    files: inCustody.length,
    bytes: inCustody.reduce((sum, { size }) => sum + (size ?? 0), 0),
    erases_at: due.sort()[0] ?? null,
    active_at: target.active,
    opened_at: target.opened,
  };
}

function viewOf(world: FakeWorld, target: FakeCase): CaseView {
  const row = rowOf(world, target);
  const why: WhyView[] = placedHolds(target).map(({ id }) => ({ code: "hold", hold: id }));
  if (target.ticketState === "closed")
    why.push({ code: "ticket_closed", since: "2026-11-23T09:30:00.000Z" });
  else why.push({ code: "ticket_open" });
  if (row.erases_at) why.push({ code: "grace_until", at: row.erases_at });
  const topic = Number(target.ticket.split(" ").at(-1)) || 1;
  return {
    row,
    customer_id: `customer of ${target.id}`,
    topic,
    thread_url: `https://forum.example/t/${topic}`,
    open_to_anyone: target.openToAnyone,
    links: target.links,
    drop_folder: target.dropFolder,
    left: target.left,
    ticket_offers: target.ticketOffers,
    rules: [{ files: row.files, terms: usualTerms }],
    why,
    own_dates: target.ownDates,
    files: target.files,
    holds: target.holds,
    requests: target.requests,
    receipts: world.receipts
      .filter(({ row: { case: of } }) => of === target.id)
      .map(({ row: it }) => it),
    timeline: target.events.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)),
  };
}

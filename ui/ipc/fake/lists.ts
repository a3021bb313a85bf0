// The lists of the fake world that come in parts: receipts, deletions, events.
import type { Args, CommandName } from "../backend";
import type { Commands } from "../generated/commands";
import type { ErasureStage, EventTopic, Fault } from "../generated/names";
import type { AuditRow, ErasureRow, EventView, FileView, ReceiptView } from "../generated/views";
import { type FakeCase, type FakeWorld, hours, place, robin, usualTerms } from "./world";

type Of<Name extends CommandName> = (args: Args<Name>) => Commands[Name]["result"];

interface Hands {
  caseOf: (id: string) => FakeCase;
  receiptOf: (id: string) => ReceiptView;
  refuse: (code: Fault) => never;
  propose: (
    it: { act: "export_ledger" | "export_report"; reason: string } & {
      of: string;
      passphrase: string;
    },
    then: () => void,
  ) => void;
}

export function listsOf(world: FakeWorld, { caseOf, receiptOf, refuse, propose }: Hands) {
  const now = () => new Date(world.now).toISOString();
  const folder = "/home/robin/Downloads/Custody exports";

  const list_receipts: Of<"list_receipts"> = ({ standings, owed, search, order, skip, limit }) => {
    const found = world.receipts
      .map(({ row }) => row)
      .filter((row) => has(search, row.title, row.customer, row.token));
    const shown = found
      .filter(({ standing }) => standings.length === 0 || standings.includes(standing))
      .filter((row) => !owed || row.follow_up_owed)
      .sort((one, other) => other.issued_at.localeCompare(one.issued_at));
    if (order === "oldest") shown.reverse();
    return {
      rows: shown.slice(skip, skip + limit),
      total: shown.length,
      counts: counted(found.map(({ standing }) => standing)).map(([standing, receipts]) => ({
        standing,
        receipts,
      })),
      owed: found.filter((row) => row.follow_up_owed).length,
    };
  };

  const verify_receipt: Of<"verify_receipt"> = ({ receipt }) => {
    const { signature_fits: fits } = receiptOf(receipt);
    return {
      signature: fits === null ? "forgotten" : fits ? "fits" : "changed",
      key: "4f1c1b5e0a7d4c7f9b2e6d8a3c5f7e9d1b3a5c7e9f0b2d4c6e8a0f1d3b5c7e9a",
      digest_fits: fits,
      names_fit: fits || null,
      chain_fits: fits || null,
      chain_index: fits ? 118 : null,
      checked_at: now(),
    };
  };

  const save_receipt: Of<"save_receipt"> = ({ receipt }) => {
    receiptOf(receipt);
    return { path: `${folder}/custody-receipt-2026-11-24-0930.json` };
  };

  const erasures = () =>
    world.cases.flatMap((of) => of.files.flatMap((file) => erasureOf(world, of, file) ?? []));

  const list_erasures: Of<"list_erasures"> = ({ stage, search, skip, limit }) => {
    const found = erasures().filter(({ name, title, customer }) =>
      has(search, name, title, customer),
    );
    const shown = found
      .filter((row) => row.stage === stage)
      .sort((one, other) => one.at.localeCompare(other.at));
    if (stage === "done") shown.reverse();
    return {
      rows: shown.slice(skip, skip + limit),
      total: shown.length,
      counts: counted(found.map((row) => row.stage)).map(([of, files]) => ({ stage: of, files })),
    };
  };

  const show_erasure: Of<"show_erasure"> = ({ file: id }) => {
    const row = erasures().find(({ file }) => file === id) ?? refuse("not_found");
    const of = caseOf(row.case);
    const file = { id: row.file, name: row.name };
    const proven = world.receipts
      .flatMap(({ locations }) => locations)
      .filter(({ file }) => file === id);
    const seen = [place(file, "sealed_file", "present"), place(file, "key_wrap", "key_destroyed")];
    return {
      row,
      rule: usualTerms,
      why:
        row.stage !== "next"
          ? []
          : of.ticketState === "closed"
            ? [
                { code: "ticket_closed", since: "2026-11-23T09:30:00.000Z" },
                { code: "grace_until", at: row.at },
              ]
            : [{ code: "ticket_open" }, { code: "period_ends", at: row.at }],
      try_at: row.stage === "running" ? hours(1) : null,
      locations: row.stage === "done" ? proven : row.stage === "running" ? seen : [],
    };
  };

  const list_events: Of<"list_events"> = (asked) => {
    const { topics, actor, from, before, search, index, skip, limit } = asked;
    const all = eventsOf(world);
    const fits = (row: AuditRow) =>
      (actor === null || actor === actorOf(row.event)) &&
      (from === null || row.event.at >= from) &&
      (before === null || row.event.at < before) &&
      (index === null || row.event.index === index);
    const found = all
      .filter(({ of }) => has(search, of.title, of.customer, ...of.files.map(({ name }) => name)))
      .map(({ event }) => rowOf(event))
      .reverse()
      .filter(fits);
    const head = world.earlier + all.length;
    // Those before are alike, and too many to be kept: all of them, or none.
    const many = actor === null && from === null && before === null && !search && index === null;
    const meant = (topic: EventTopic) => topics.length === 0 || topics.includes(topic);
    const shown = found.filter(({ topic }) => meant(topic));
    const rest = many && meant("opening") ? world.earlier : 0;
    const rows = shown.slice(skip, skip + limit);
    for (
      let at = Math.max(skip, shown.length);
      at < Math.min(skip + limit, shown.length + rest);
      at += 1
    )
      rows.push(rowOf(earlierEvent(world, world.earlier - (at - shown.length))));
    const counts = counted(found.map(({ topic }) => topic)).map(([topic, events]) => ({
      topic,
      events,
    }));
    if (many && world.earlier > 0) {
      const opening = counts.find(({ topic }) => topic === "opening");
      if (opening) opening.events += world.earlier;
      else counts.push({ topic: "opening", events: world.earlier });
    }
    return { rows, total: shown.length + rest, counts, head };
  };

  const show_event: Of<"show_event"> = ({ index }) => {
    const own = eventsOf(world).find(({ event }) => event.index === index);
    const row = rowOf(own?.event ?? earlierEvent(world, index));
    const of = own?.of;
    const receipt =
      row.topic === "receipts" || row.event.event === "files_erased"
        ? world.receipts.find((it) => it.row.case === of?.id)
        : undefined;
    const [file] = of?.files ?? [];
    return {
      row,
      hash: hex(index),
      prev: hex(index - 1),
      text: JSON.stringify({
        actor: { who: "desk" },
        at: row.event.at,
        kind: { event: row.event.event },
      }),
      cases: of ? [{ id: of.id, title: of.title, customer: of.customer }] : [],
      receipts: receipt ? [{ id: receipt.row.id, token: receipt.row.token }] : [],
      files: file && row.event.event.startsWith("file_") ? [{ id: file.id, name: file.name }] : [],
    };
  };

  const verify_chain: Of<"verify_chain"> = () => {
    const head = world.earlier + eventsOf(world).length;
    return world.brokenAt === null
      ? { events: head, head: hex(head), broken_at: null, checked_at: now() }
      : { events: world.brokenAt - 1, head: null, broken_at: world.brokenAt, checked_at: now() };
  };

  const verify_anchors: Of<"verify_anchors"> = () => ({
    fit: world.receipts.length,
    broken: null,
    broken_at: null,
  });

  const export_audit: Of<"export_audit"> = () => {
    const approved = world.proposals.find(
      ({ act, approved_by }) => act === "export_ledger" && approved_by !== null,
    );
    if (world.fourEyes.export && !approved) return refuse("needs_second_person");
    world.proposals = world.proposals.filter((it) => it !== approved);
    return { path: `${folder}/custody-audit-2026-11-24-0930.jsonl` };
  };

  const propose_export: Of<"propose_export"> = ({ of, reason, passphrase }) => {
    const act = of === "ledger" ? "export_ledger" : "export_report";
    propose({ act, of: world.cases[0]?.id ?? "", reason, passphrase }, () => {});
    return null;
  };

  return {
    list_receipts,
    verify_receipt,
    save_receipt,
    list_erasures,
    show_erasure,
    list_events,
    show_event,
    verify_chain,
    verify_anchors,
    export_audit,
    propose_export,
  };
}

function has(search: string, ...texts: string[]): boolean {
  const text = texts.join("\n").toLocaleLowerCase();
  return search
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function counted<Word extends string>(words: Word[]): [Word, number][] {
  const counts = new Map<Word, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts];
}

function erasureOf(world: FakeWorld, of: FakeCase, file: FileView): ErasureRow | null {
  const stages: Partial<Record<FileView["state"], ErasureStage>> = {
    due: "next",
    held: "next",
    erasing: "running",
    erased: "done",
  };
  const stage = stages[file.state];
  const onHold = of.holds.some((hold) => hold.lifted_at === null);
  if (!stage || (stage === "next" && onHold)) return null;
  const receipt = world.receipts.find(({ row }) => row.case === of.id);
  const ceiling = new Date(Date.parse(file.arrived_at) + 87 * 86_400_000).toISOString();
  return {
    file: file.id,
    case: of.id,
    name: file.name,
    title: of.title,
    customer: of.customer,
    size: file.size,
    state: file.state,
    stage,
    at:
      stage === "done" ? (receipt?.row.issued_at ?? file.arrived_at) : (file.erases_at ?? ceiling),
    reason: file.state === "held" ? null : "ticket_closed",
    attempts: file.problem ? 3 : 0,
    problem: stage === "running" ? file.problem : null,
    receipt: stage === "done" ? (receipt?.row.id ?? null) : null,
    receipt_token: stage === "done" ? (receipt?.row.token ?? null) : null,
  };
}

interface Own {
  of: FakeCase;
  event: EventView;
}

/** The events of all cases in the order of their times, behind those before. */
const eventsOf = (world: FakeWorld): Own[] =>
  world.cases
    .flatMap((of) => of.events.map((event) => ({ of, event })))
    .sort((one, other) => one.event.at.localeCompare(other.event.at))
    .map(({ of, event }, at) => ({ of, event: { ...event, index: world.earlier + at + 1 } }));

const earlierEvent = (world: FakeWorld, index: number): EventView => ({
  index,
  at: hours((index - world.earlier) / 60 - 2_000),
  who: robin,
  what: { code: "file_opened" },
  event: "file_opened",
});

const actorOf = ({ who }: EventView) => who.code;

function rowOf(event: EventView): AuditRow {
  return { event, topic: topicOf(event.event) };
}

function topicOf(event: string): EventTopic {
  if (/^(case_opened|file_(arrived|sealed|refused)|ticket_)/.test(event)) return "intake";
  if (/^receipt_/.test(event)) return "receipts";
  if (/^request_/.test(event)) return "requests";
  if (/^(hold_|own_date_|proposal_)/.test(event)) return "holds";
  if (/^(viewing_|file_opened|exported)/.test(event)) return "opening";
  return "erasure";
}

const hex = (index: number) => (index * 2_654_435_761).toString(16).padStart(16, "0").repeat(4);

// How the fake world sorts and searches its cases.
import type { CaseOrder } from "../generated/names";
import type { CaseRow } from "../generated/views";
import type { FakeCase } from "./world";

// What a case is searched by. Made again when something of it is another, as the ledger does.
const texts = new WeakMap<FakeCase, { of: string; text: string }>();

export function textOf(target: FakeCase): string {
  const of = [target.title, target.customer, target.ticket, target.files.length].join("\n");
  const known = texts.get(target);
  if (known?.of === of) return known.text;
  const text = [of, ...target.files.map((file) => file.name)].join("\n").toLocaleLowerCase();
  texts.set(target, { of, text });
  return text;
}

const last = "9999";
export const caseOrders: Record<CaseOrder, (one: CaseRow, other: CaseRow) => number> = {
  // As the world has them.
  opened: () => 0,
  active: (one, other) => other.active_at.localeCompare(one.active_at),
  erased_next: (one, other) => (one.erases_at ?? last).localeCompare(other.erases_at ?? last),
  bytes: (one, other) => other.bytes - one.bytes,
};

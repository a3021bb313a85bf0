// The list of cases: what is asked of it. What somebody works by is kept for the next time; what they searched for is not.
import { type Asked, type Part, Place } from "../app/place.svelte";
import type { Backend } from "../ipc/backend";
import type { CaseOrder, CaseStanding } from "../ipc/generated/names";
import type { CaseRow, CaseView } from "../ipc/generated/views";
import { words } from "../words/words";

export type CasesShow = keyof typeof words.cases.show;

/** Which cases stand under a filter; all of them under none. */
const standingsOf: Record<CasesShow, CaseStanding[]> = {
  all: [],
  due_soon: [],
  on_hold: ["on_hold"],
  needs_person: ["needs_person"],
  done: ["erased", "confirmed"],
};

const key = "custody.cases";

interface Kept {
  show: CasesShow;
  order: CaseOrder;
  mine: boolean;
}

export class CasesPlace extends Place<CaseRow, CaseView, CasesShow, CaseOrder> {
  /** Only those that the forum says are assigned to this desk's account. */
  mine = $state(false);
  /** How many those are; `null` where the forum assigns nothing to anybody. */
  mineCount = $state<number | null>(null);
  #call: Backend["call"];

  constructor(call: Backend["call"]) {
    // Nothing is asked before there is an object to ask for.
    super(
      "all",
      "opened",
      (asked) => this.#cases(asked),
      (id) => call("show_case", { case: id }),
    );
    this.#call = call;
    this.#recall();
  }

  override get question(): string {
    return `${super.question} ${this.mine}`;
  }

  override get isEmpty(): boolean {
    return super.isEmpty && !this.mine;
  }

  override showEverything() {
    super.showEverything();
    this.mine = false;
  }

  override forget() {
    super.forget();
    this.mineCount = null;
    this.#recall();
  }

  async #cases(asked: Asked<CasesShow, CaseOrder>): Promise<Part<CaseRow, CasesShow>> {
    const { show, search, order, skip, limit } = asked;
    const mine = this.mine;
    this.#keep({ show, order, mine });
    const due_soon = show === "due_soon";
    const standings = standingsOf[show];
    const asking = { standings, due_soon, search, order, skip, limit };
    const found = await this.#call("list_cases", { ...asking, mine });
    this.mineCount = found.mine;
    // Another forum, or another account, that assigns nothing: the filter is not shown, and so must hide nothing.
    if (mine && found.mine === null) {
      this.mine = false;
      return this.#cases(asked);
    }
    const count = (wanted: CaseStanding[]) =>
      found.counts
        .filter(({ standing }) => wanted.length === 0 || wanted.includes(standing))
        .reduce((sum, { cases }) => sum + cases, 0);
    const counts = Object.fromEntries(
      Object.entries(standingsOf).map(([name, wanted]) => [name, count(wanted)]),
    ) as Record<CasesShow, number>;
    return {
      rows: found.rows,
      total: found.total,
      counts: { ...counts, due_soon: found.due_soon },
    };
  }

  #keep(kept: Kept) {
    localStorage.setItem(key, JSON.stringify(kept));
  }

  #recall() {
    const kept = read();
    if (kept.show && kept.show in words.cases.show) this.show = kept.show;
    if (kept.order && kept.order in words.cases.orders.by) this.order = kept.order;
    this.mine = kept.mine === true;
  }
}

function read(): Partial<Kept> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    return typeof kept === "object" && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

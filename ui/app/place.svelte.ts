// One list with its detail: what is searched, shown, chosen, and where the list was scrolled to. It outlives its screen,
// so that coming back finds everything as it was.
//
// The list comes in parts. Rows that nobody has seen are not there; those in sight are read again when something changed.
import { untrack } from "svelte";
import { oneAtATime } from "../shared/one-at-a-time";
import { type Problem, problemOf } from "../shared/problem";

/** How many rows are asked for at a time. */
export const PART = 100;

export interface Asked<Show, Order> {
  show: Show;
  search: string;
  order: Order;
  skip: number;
  limit: number;
}

export interface Part<Row, Show extends string> {
  rows: Row[];
  /** How many there are, whatever part was asked for. */
  total: number;
  /** How many of those that the search finds stand under each filter. */
  counts: Record<Show, number>;
}

export class Place<Row, Detail, Show extends string, Order extends string = "usual"> {
  search = $state("");
  show = $state<Show>() as Show;
  order = $state<Order>() as Order;
  chosen = $state<string | null>(null);
  /** Where there is room for one pane only: whether the detail is the one shown. */
  inDetail = $state(false);
  /** As long as the list; a row that was not read yet is not there. */
  rows = $state.raw<(Row | undefined)[] | null>(null);
  counts = $state.raw<Record<Show, number> | null>(null);
  detail = $state.raw<Detail | null>(null);
  listProblem = $state.raw<Problem | null>(null);
  detailProblem = $state.raw<Problem | null>(null);
  scrolledTo = $state(0);
  /** For which revision of the desk the list was asked for before its screen was there. */
  readFor: number | null = null;
  readonly everything: Show;
  #usual: Order;
  #list: (asked: Asked<Show, Order>) => Promise<Part<Row, Show>>;
  #read: (id: string) => Promise<Detail | null>;
  /** The parts that are as the desk has them, or asked for. */
  #fresh: boolean[] = [];
  /** The rows in sight, from and before. */
  #sight: [number, number] = [0, PART];
  // Counts the lists that were asked for: an answer to a question before the last one counts no more.
  #listAsked = 0;
  // Answers to one question may overtake each other: an older one than that which is shown counts no more.
  #asked = 0;
  #listTold: number[] = [];
  #detailTold = 0;
  /** Reads again what is in sight; the rest when it comes into sight. */
  readonly loadList = oneAtATime(() => this.#readSight());
  /** Reads again what is chosen. */
  readonly loadDetail = oneAtATime(() => this.#readDetail());

  constructor(
    everything: Show,
    order: Order,
    list: (asked: Asked<Show, Order>) => Promise<Part<Row, Show>>,
    read: (id: string) => Promise<Detail | null>,
  ) {
    this.everything = everything;
    this.show = everything;
    this.#usual = order;
    this.order = order;
    this.#list = list;
    this.#read = read;
  }

  /** Everything that a person asks of the list, in one: another question is another list. */
  get question(): string {
    return `${this.show} ${this.order} ${this.search}`;
  }

  /** Whether there is nothing at all, whatever is searched for or shown. */
  get isEmpty(): boolean {
    return this.search.trim() === "" && this.counts !== null && this.counts[this.everything] === 0;
  }

  /** Another list: searched, shown or sorted otherwise. It begins at its top. */
  async loadAnew() {
    this.#sight = [0, PART];
    untrack(() => (this.scrolledTo = 0));
    this.#listAsked += 1;
    this.#fresh = [];
    await this.#loadPart(0, true);
  }

  async #readSight() {
    this.#fresh = [];
    await this.see(...this.#sight);
  }

  /** Reads the rows in sight that are not there yet, or not as the desk has them. */
  async see(first: number, before: number) {
    this.#sight = [first, before];
    const parts = [];
    for (let part = Math.floor(first / PART); part * PART < Math.max(before, first + 1); part += 1)
      if (!this.#fresh[part]) parts.push(this.#loadPart(part, false));
    await Promise.all(parts);
  }

  async #loadPart(part: number, anew: boolean) {
    const list = this.#listAsked;
    const asked = (this.#asked += 1);
    const late = () => list !== this.#listAsked || asked < (this.#listTold[part] ?? 0);
    this.#fresh[part] = true;
    const { show, search, order } = this;
    try {
      const skip = part * PART;
      const found = await this.#list({ show, search: search.trim(), order, skip, limit: PART });
      if (late()) return;
      this.#listTold[part] = asked;
      const rows: (Row | undefined)[] = anew ? [] : (this.rows ?? []).slice(0, found.total);
      rows.length = found.total;
      found.rows.forEach((row, index) => (rows[skip + index] = row));
      this.rows = rows;
      this.counts = found.counts;
      this.listProblem = null;
    } catch (error) {
      if (late()) return;
      this.#fresh[part] = false;
      this.listProblem = problemOf(error);
    }
  }

  async #readDetail() {
    const id = this.chosen;
    const asked = (this.#asked += 1);
    if (id === null) return;
    const late = () => id !== this.chosen || asked < this.#detailTold;
    try {
      const detail = await this.#read(id);
      if (late()) return;
      this.#detailTold = asked;
      // What is no longer there is no longer chosen.
      if (detail === null) this.chosen = null;
      this.detail = detail;
      this.detailProblem = null;
    } catch (error) {
      if (late()) return;
      this.detail = null;
      this.detailProblem = problemOf(error);
    }
  }

  choose(id: string | null) {
    if (id === this.chosen) return;
    this.chosen = id;
    this.detail = null;
    this.detailProblem = null;
    void this.#readDetail();
  }

  showEverything() {
    this.search = "";
    this.show = this.everything;
  }

  /** Drops what was read. Called when the desk is locked. */
  forget() {
    this.#listAsked += 1;
    // What is still under way shows nothing any more.
    this.#detailTold = this.#asked + 1;
    this.#fresh = [];
    this.rows = null;
    this.counts = null;
    this.detail = null;
    this.listProblem = null;
    this.detailProblem = null;
    this.search = "";
    this.order = this.#usual;
  }
}

/** Whether each word that is searched for is somewhere in these texts. */
export function fits(search: string, ...texts: string[]): boolean {
  const text = texts.join("\n").toLocaleLowerCase();
  return search
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

// One list with its detail: what is searched, shown, chosen, and where the list was scrolled to. It outlives its screen,
// so that coming back finds everything as it was.
import { type Problem, problemOf } from "../shared/problem";

export class Place<Row, Detail, Show extends string> {
  search = $state("");
  show = $state<Show>() as Show;
  chosen = $state<string | null>(null);
  /** Where there is room for one pane only: whether the detail is the one shown. */
  inDetail = $state(false);
  rows = $state.raw<Row[] | null>(null);
  detail = $state.raw<Detail | null>(null);
  listProblem = $state.raw<Problem | null>(null);
  detailProblem = $state.raw<Problem | null>(null);
  scrolledTo = $state(0);
  readonly everything: Show;
  #list: () => Promise<Row[]>;
  #read: (id: string) => Promise<Detail>;
  // Answers may overtake each other; only the one to the last question counts.
  #listAsked = 0;
  #detailAsked = 0;

  constructor(everything: Show, list: () => Promise<Row[]>, read: (id: string) => Promise<Detail>) {
    this.everything = everything;
    this.show = everything;
    this.#list = list;
    this.#read = read;
  }

  async loadList() {
    const asked = (this.#listAsked += 1);
    try {
      const rows = await this.#list();
      if (asked !== this.#listAsked) return;
      this.rows = rows;
      this.listProblem = null;
    } catch (error) {
      if (asked === this.#listAsked) this.listProblem = problemOf(error);
    }
  }

  async loadDetail() {
    const id = this.chosen;
    const asked = (this.#detailAsked += 1);
    if (id === null) return;
    try {
      const detail = await this.#read(id);
      if (asked !== this.#detailAsked) return;
      this.detail = detail;
      this.detailProblem = null;
    } catch (error) {
      if (asked !== this.#detailAsked) return;
      this.detail = null;
      this.detailProblem = problemOf(error);
    }
  }

  choose(id: string | null) {
    if (id === this.chosen) return;
    this.chosen = id;
    this.detail = null;
    this.detailProblem = null;
    void this.loadDetail();
  }

  showEverything() {
    this.search = "";
    this.show = this.everything;
  }

  /** Drops what was read. Called when the desk is locked. */
  forget() {
    this.#listAsked += 1;
    this.#detailAsked += 1;
    this.rows = null;
    this.detail = null;
    this.listProblem = null;
    this.detailProblem = null;
    this.search = "";
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

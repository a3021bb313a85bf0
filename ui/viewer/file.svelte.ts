// What the window knows of its one file. The program says when more is known; only then it is asked again.
import { createContext } from "svelte";
import type { EntryRefusal, LayerView, RowView, ViewerView } from "../ipc/generated/viewer";
import type {
  ViewerArgs,
  ViewerBackend,
  ViewerCommandName,
  ViewerResult,
} from "../ipc/viewer-backend";
import { type Problem, problemOf } from "../shared/problem";

export const [useFile, provideFile] = createContext<LookedAt>();

export class LookedAt {
  view = $state.raw<ViewerView | null>(null);
  /** Why the file cannot be told of. */
  problem = $state.raw<Problem | null>(null);
  /** What the last read met. */
  trouble = $state.raw<Problem | null>(null);
  /** Which entry of each archive one was at. */
  at: Record<number, { chosen: string | null; scrolledTo: number }> = {};
  /** Why the entry that somebody wanted to open is not open. */
  refused = $state.raw<{ name: string; why: EntryRefusal } | null>(null);
  opening = $state(false);
  #backend: ViewerBackend;
  #asked = 0;
  #inputNoted = -Infinity;

  constructor(backend: ViewerBackend) {
    this.#backend = backend;
  }

  /** The last layer: the file itself, or what was opened out of it. */
  get depth(): number {
    return Math.max(0, (this.view?.layers.length ?? 1) - 1);
  }

  get layer(): LayerView | null {
    return this.view?.layers.at(-1) ?? null;
  }

  async call<Name extends ViewerCommandName>(
    name: Name,
    args: ViewerArgs<Name>,
  ): Promise<ViewerResult<Name>> {
    const answer = await this.#backend.call(name, args);
    // It can be read again.
    if (this.trouble && name.startsWith("read_")) this.trouble = null;
    return answer;
  }

  begin() {
    void this.#backend.onChanged(() => void this.refresh()).then(() => this.refresh());
  }

  async refresh() {
    const asked = (this.#asked += 1);
    try {
      const view = await this.call("show_viewer", {});
      if (asked !== this.#asked) return;
      this.view = view;
      this.problem = null;
    } catch (error) {
      if (asked === this.#asked) this.problem = problemOf(error);
    }
  }

  /** What a read met. A file that has ended says so by itself. */
  met(error: unknown) {
    this.trouble = problemOf(error);
    void this.refresh();
  }

  async rows(layer: number, place: number, before: boolean, most: number): Promise<RowView[]> {
    return (await this.call("read_rows", { layer, place, before, most })).rows;
  }

  async open(index: number, name: string) {
    if (this.opening) return;
    this.opening = true;
    this.refused = null;
    try {
      const { refusal } = await this.call("open_entry", { layer: this.depth, index });
      if (refusal) this.refused = { name, why: refusal };
    } catch (error) {
      this.met(error);
    } finally {
      await this.refresh();
      this.opening = false;
    }
  }

  async leave(layer: number) {
    this.refused = null;
    try {
      await this.call("leave_entry", { layer });
    } catch (error) {
      this.met(error);
    }
    await this.refresh();
  }

  /** Somebody is at the window: the desk's idle lock waits anew. Said now and then, not with every key. */
  noteInput() {
    if (!this.view || this.view.ended || performance.now() - this.#inputNoted < 20_000) return;
    this.#inputNoted = performance.now();
    this.call("touch_viewer", {}).catch(() => {});
  }
}

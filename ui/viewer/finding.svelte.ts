// Searching: what is searched for, at which find one is, and the way to the next.
import type { SearchView } from "../ipc/generated/viewer";
import type { LookedAt } from "./file.svelte";

export class Finding {
  words = $state("");
  matchCase = $state(false);
  /** Where the find begins that one is at. */
  place = $state<number | null>(null);
  /** Which one that is, from 1 on. */
  number = $state(0);
  #file: LookedAt;
  #show: (place: number) => void;
  // A search that has found nothing yet: its first find is gone to as soon as there is one.
  #waits = false;
  #asked = 0;

  constructor(file: LookedAt, show: (place: number) => void) {
    this.#file = file;
    this.#show = show;
  }

  async search() {
    this.place = null;
    this.number = 0;
    this.#waits = this.words !== "";
    try {
      await this.#file.call("search_text", {
        layer: this.#file.depth,
        words: this.words,
        match_case: this.matchCase,
      });
      await this.#file.refresh();
    } catch (error) {
      this.#file.met(error);
    }
  }

  /** Goes to the first find, once there is one. */
  follow(search: SearchView | null, top: number) {
    if (!this.#waits || search?.words !== this.words || search.hits === 0) return;
    this.#waits = false;
    void this.#go(top, false);
  }

  /** Goes to the find behind the one that one is at, or before it. */
  async next(backwards: boolean, top: number) {
    if (this.words === "") return;
    const at = this.place === null ? top : this.place + (backwards ? 0 : 1);
    await this.#go(at, backwards);
  }

  forget() {
    this.words = "";
    this.place = null;
    this.number = 0;
    this.#waits = false;
  }

  async #go(place: number, backwards: boolean) {
    const asked = (this.#asked += 1);
    try {
      const found = await this.#file.call("find_hit", {
        layer: this.#file.depth,
        place,
        backwards,
      });
      if (asked !== this.#asked || found.place === null) return;
      this.place = found.place;
      this.number = found.number;
      this.#show(found.place);
    } catch (error) {
      this.#file.met(error);
    }
  }
}

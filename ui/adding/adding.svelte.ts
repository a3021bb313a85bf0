// Files that somebody drags over the window, drops, or chooses. Where they lie only the program knows.
import type { Desk } from "../app/desk.svelte";
import type { Spot } from "../ipc/backend";
import type { BroughtView, ChosenFilesView } from "../ipc/generated/views";
import { words } from "../words/words";

/** A case that stands somewhere on the page. */
export interface Target {
  id: string;
  title: string;
  box: DOMRect;
}

export class Adding {
  #desk: Desk;
  /** Where the files are now. */
  spot = $state.raw<Spot | null>(null);
  /** What somebody is asked about. */
  offer = $state.raw<ChosenFilesView | null>(null);
  /** The case for which the system's dialog is open, or a drop is looked at. */
  busyWith = $state<string | null>(null);

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async dropped(spot: Spot) {
    this.spot = null;
    const view = this.#desk.view;
    if (!view) return;
    if (!view.unlocked) return this.#desk.tellProblem({ ...words.faults.locked, reference: null });
    const target = caseAt(spot);
    if (!target) return this.#desk.tell(words.adding.nowhere);
    await this.#ask("show_offer", target.id);
  }

  /** Lets a person choose files in the system's dialog. */
  choose(id: string) {
    return this.#ask("choose_files", id);
  }

  async #ask(command: "show_offer" | "choose_files", id: string) {
    this.busyWith = id;
    await this.#desk.act(async () => {
      this.offer = await this.#desk.call(command, { case: id });
    });
    this.busyWith = null;
  }

  async withdraw(offer: ChosenFilesView) {
    this.offer = null;
    // One that is over by itself is as good as withdrawn.
    await this.#desk
      .call("withdraw_offer", { case: offer.case, token: offer.token })
      .catch(() => {});
  }

  async bring(offer: ChosenFilesView): Promise<BroughtView> {
    try {
      return await this.#desk.call("bring_files", { case: offer.case, token: offer.token });
    } finally {
      void this.#desk.refresh();
    }
  }
}

/** The case that stands there: its row, or its detail. */
export function caseAt({ x, y }: Spot): Target | null {
  const there = document.elementFromPoint(x, y);
  const named =
    there?.closest<HTMLElement>("[data-case]") ??
    there?.closest('[role="option"]')?.querySelector<HTMLElement>("[data-case]");
  if (!named?.dataset.case) return null;
  // A detail is longer than the pane that shows it.
  const around = named.closest('[role="option"]') ?? named.parentElement?.closest("section");
  return {
    id: named.dataset.case,
    title: named.dataset.title ?? "",
    box: (around ?? named).getBoundingClientRect(),
  };
}

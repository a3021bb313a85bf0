// The chain of events, newest first: what is asked of it, and what a walk of it found.
import { type Asked, type Part, Place } from "../app/place.svelte";
import type { Backend } from "../ipc/backend";
import type { AnchorsView, ChainView } from "../ipc/generated/commands";
import type { EventActor, EventTopic } from "../ipc/generated/names";
import type { AuditEventView, AuditRow } from "../ipc/generated/views";
import { type Problem, problemOf } from "../shared/problem";
import { type Period, spanOf } from "./span";

export type AuditShow = EventTopic | "all";
export type Who = EventActor | "anyone";
export const topics: EventTopic[] = [
  "intake",
  "erasure",
  "receipts",
  "requests",
  "holds",
  "opening",
  "desk",
  "keys",
];

export class AuditPlace extends Place<AuditRow, AuditEventView, AuditShow> {
  who = $state<Who>("anyone");
  period = $state<Period>("ever");
  /** The first and the last day of a period, as a date field gives them. */
  first = $state("");
  last = $state("");
  /** The last event of the chain, as the list was read. */
  head = $state<number | null>(null);
  /** What is under way with the chain, and what was found. */
  checking = $state<"chain" | "anchors" | null>(null);
  chain = $state.raw<ChainView | null>(null);
  anchors = $state.raw<AnchorsView | null>(null);
  checkProblem = $state.raw<Problem | null>(null);
  #call: Backend["call"];

  constructor(call: Backend["call"], now: () => number) {
    // Nothing is asked before there is an object to ask for.
    super(
      "all",
      "usual",
      (asked) => this.#events(asked, now()),
      (index) => call("show_event", { index: Number(index) }),
    );
    this.#call = call;
  }

  override get question(): string {
    return [super.question, this.who, this.period, this.first, this.last].join(" ");
  }

  override get isEmpty(): boolean {
    return this.head === 0;
  }

  override showEverything() {
    super.showEverything();
    this.who = "anyone";
    this.period = "ever";
  }

  override forget() {
    super.forget();
    this.who = "anyone";
    this.period = "ever";
    this.chain = null;
    this.anchors = null;
    this.checkProblem = null;
  }

  /** Walks the chain, then compares it with the receipts that were signed over it. */
  async check() {
    this.checkProblem = null;
    this.anchors = null;
    try {
      this.checking = "chain";
      this.chain = await this.#call("verify_chain", {});
      if (this.chain.broken_at !== null) return;
      this.checking = "anchors";
      this.anchors = await this.#call("verify_anchors", {});
    } catch (error) {
      this.checkProblem = problemOf(error);
    } finally {
      this.checking = null;
    }
  }

  async #events(
    { show, search, skip, limit }: Asked<AuditShow, string>,
    now: number,
  ): Promise<Part<AuditRow, AuditShow>> {
    // A number behind a hash is a place in the chain.
    const place = /^#(\d{1,15})$/.exec(search);
    const found = await this.#call("list_events", {
      topics: show === "all" ? [] : [show],
      actor: this.who === "anyone" ? null : this.who,
      ...spanOf(this.period, this.first, this.last, now),
      search: place ? "" : search,
      index: place ? Number(place[1]) : null,
      skip,
      limit,
    });
    this.head = found.head;
    const count = (topic: EventTopic) => found.counts.find((it) => it.topic === topic)?.events ?? 0;
    const counts = Object.fromEntries(topics.map((topic) => [topic, count(topic)])) as Record<
      EventTopic,
      number
    >;
    const all = Object.values(counts).reduce((sum, events) => sum + events, 0);
    return { rows: found.rows, total: found.total, counts: { all, ...counts } };
  }
}

// What the window knows of the desk. The desk says when something changed; only then it is asked again.
import { createContext } from "svelte";
import type { Args, Backend, CommandName, Result } from "../ipc/backend";
import type { StageView } from "../ipc/generated/commands";
import type { ReceiptOrder, ReceiptStanding } from "../ipc/generated/names";
import type { DeskView, ReceiptRowView, ReceiptView, TransferView } from "../ipc/generated/views";
import { Adding } from "../adding/adding.svelte";
import { AuditPlace } from "../audit/place.svelte";
import { CasesPlace } from "../cases/place.svelte";
import { DeletionsPlace } from "../deletions/place.svelte";
import { locale } from "../shared/locale";
import { oneAtATime } from "../shared/one-at-a-time";
import { type Problem, problemOf } from "../shared/problem";
import { words } from "../words/words";
import { roundInWords } from "./round";
import { type Asked, Place } from "./place.svelte";

export type Screen =
  "cases" | "deletions" | "receipts" | "reports" | "attention" | "audit" | "settings";
export type Section = keyof typeof words.settings.names;
export type ReceiptsShow =
  "all" | "waiting" | "sent" | "bounced" | "confirmed" | "disputed" | "owed";

/** Which receipts stand under a filter. Those to which a follow-up is owed may stand in any way. */
const receiptStandingsOf: Record<ReceiptsShow, ReceiptStanding[]> = {
  all: [],
  waiting: ["waiting"],
  sent: ["sent"],
  bounced: ["bounced"],
  confirmed: ["confirmed"],
  disputed: ["disputed", "answer_unclear"],
  owed: [],
};

export interface Notice {
  id: number;
  text: string | null;
  problem: Problem | null;
}

export const [useDesk, provideDesk] = createContext<Desk>();

export class Desk {
  stage = $state.raw<StageView | null>(null);
  stageProblem = $state.raw<Problem | null>(null);
  screen = $state<Screen>("cases");
  section = $state<Section>("connections");
  /** The first run was left for now; it is taken up again when the window is opened anew, or when somebody wants to. */
  setupLeft = $state(false);
  /** Counts what the desk told us; lists and details are read again when it moves. */
  revision = $state(0);
  notices = $state.raw<Notice[]>([]);
  syncing = $state(false);
  /** What is moved right now, and has been for more than a moment. */
  transfers = $state.raw<TransferView[]>([]);
  /** The desk's time in milliseconds, moved on by our own watch between two answers. */
  now = $state(Date.now());
  /** Where viewing copies lie, as long as this window is open; the desk tells it once. */
  copyPaths = $state.raw<Record<string, string>>({});

  readonly cases: CasesPlace;
  readonly deletions: DeletionsPlace;
  readonly receipts: Place<ReceiptRowView, ReceiptView, ReceiptsShow, ReceiptOrder>;
  readonly audit: AuditPlace;
  #backend: Backend;
  #toldAt = 0;
  #told = 0;
  #notice = 0;
  #inputNoted = -Infinity;
  #followed = 0;
  #heard = false;

  /** Asks the desk how it stands. */
  readonly refresh = oneAtATime(() => this.#ask());
  readonly #readTransfers = oneAtATime(() => this.#askTransfers());

  /** Files that somebody wants to have in a case. */
  readonly adding = new Adding(this);

  constructor(backend: Backend) {
    this.#backend = backend;
    this.receipts = new Place<ReceiptRowView, ReceiptView, ReceiptsShow, ReceiptOrder>(
      "all",
      "newest",
      (asked) => this.#listReceipts(asked),
      (id) => this.call("show_receipt", { receipt: id }),
    );
    const call: Backend["call"] = (name, args) => this.call(name, args);
    this.cases = new CasesPlace(call);
    this.deletions = new DeletionsPlace(call, () => this.view?.attention ?? []);
    this.audit = new AuditPlace(call, () => this.now);
  }

  async #listReceipts({ show, search, order, skip, limit }: Asked<ReceiptsShow, ReceiptOrder>) {
    const standings = receiptStandingsOf[show];
    const owed = show === "owed";
    const found = await this.call("list_receipts", { standings, owed, search, order, skip, limit });
    const count = (wanted: ReceiptStanding[]) =>
      found.counts
        .filter(({ standing }) => wanted.length === 0 || wanted.includes(standing))
        .reduce((sum, { receipts }) => sum + receipts, 0);
    const counts = Object.fromEntries(
      Object.entries(receiptStandingsOf).map(([name, wanted]) => [name, count(wanted)]),
    ) as Record<ReceiptsShow, number>;
    return { rows: found.rows, total: found.total, counts: { ...counts, owed: found.owed } };
  }

  get view(): DeskView | null {
    return this.stage?.stage === "running" ? this.stage.desk : null;
  }

  call<Name extends CommandName>(name: Name, args: Args<Name>): Promise<Result<Name>> {
    return this.#backend.call(name, args);
  }

  /** Begins to listen, asks for the first time, and keeps the clock going. Returns how to stop. */
  begin(): () => void {
    // What there is to see is asked for at once. What happens before the listener stands is not lost: it is asked again.
    void this.refresh();
    void this.#backend.onDeskChanged(() => this.#hear()).then(() => this.refresh());
    // What is said outside of the window is said in its language. A program that does not hear it speaks English.
    this.call("tell_language", { language: locale.startsWith("de") ? "de" : "en" }).catch(() => {});
    void this.#backend.onTransfers(() => void this.#readTransfers());
    void this.#backend.onFiles(
      (spot) => (this.adding.spot = spot),
      (spot) => void this.adding.dropped(spot),
    );
    const ticking = setInterval(() => this.#tick(), 5_000);
    return () => clearInterval(ticking);
  }

  /** Whether a second person has to approve such an export, and nobody has yet. */
  async mustPropose(export_of: "export_ledger" | "export_report"): Promise<boolean> {
    if (!this.view?.four_eyes.export) return false;
    const proposals = await this.call("list_proposals", {});
    return !proposals.some(({ act, approved_by }) => act === export_of && approved_by !== null);
  }

  async #askTransfers() {
    // A desk that is not open moves nothing.
    this.transfers = await this.call("list_transfers", {}).catch(() => []);
  }

  /** What a command has changed is told as well, and asked for by who gave it: then this is the same question. */
  #hear() {
    this.#heard = true;
    setTimeout(() => {
      if (this.#heard) void this.refresh();
    }, 20);
  }

  async #ask() {
    this.#heard = false;
    try {
      this.#enter(await this.call("show_desk", {}));
    } catch (error) {
      this.stageProblem = problemOf(error);
    }
  }

  #enter(stage: StageView) {
    const wasOpen = this.view?.unlocked ?? false;
    this.stage = stage;
    this.stageProblem = null;
    if (!wasOpen && this.view?.unlocked) performance.mark("desk open");
    if (stage.stage === "running") {
      this.#told = Date.parse(stage.desk.now);
      this.#toldAt = performance.now();
      this.now = this.#told;
    }
    if (wasOpen && !this.view?.unlocked) {
      this.cases.forget();
      this.deletions.forget();
      this.receipts.forget();
      this.audit.forget();
      this.copyPaths = {};
      this.adding.offer = null;
    }
    this.revision += 1;
    this.#follow();
  }

  /** Goes where somebody was called to from outside, once, and not before the desk is open. */
  #follow() {
    if (this.stage?.stage !== "running" || !this.stage.desk.unlocked) return;
    const called = this.stage.called;
    if (!called || called.number === this.#followed) return;
    this.#followed = called.number;
    const to = called.destination;
    if (to.to === "case" || to.to === "receipt") this.go(to);
    else if (to.to === "attention") this.screen = "attention";
    else this.tell(to.to === "not_a_link" ? words.calls.notALink : words.calls.noSignIn);
  }

  #tick() {
    if (this.#told) this.now = this.#told + performance.now() - this.#toldAt;
  }

  /** Somebody is at the window: the desk's idle lock waits anew. Said now and then, not with every key. */
  noteInput() {
    if (!this.view?.unlocked || performance.now() - this.#inputNoted < 20_000) return;
    this.#inputNoted = performance.now();
    // A desk that is gone by now has nothing to lock.
    this.call("touch", {}).catch(() => {});
  }

  showSettings(section: Section) {
    this.section = section;
    this.screen = "settings";
  }

  /** Goes to a case or a receipt, wherever the window is. */
  go(target: { case: string } | { receipt: string }) {
    if ("case" in target) {
      this.screen = "cases";
      this.cases.showEverything();
      this.cases.choose(target.case);
      this.cases.inDetail = true;
    } else {
      this.screen = "receipts";
      this.receipts.showEverything();
      this.receipts.choose(target.receipt);
      this.receipts.inDetail = true;
    }
  }

  /** Does something that changes the desk and tells how it went. True if it was done. */
  async act(doing: () => Promise<unknown>, done?: string): Promise<boolean> {
    try {
      await doing();
      if (done) this.tell(done);
      return true;
    } catch (error) {
      this.tellProblem(problemOf(error));
      return false;
    } finally {
      void this.refresh();
    }
  }

  /** Opens the desk, and asks at once for what is shown first. */
  async unlock(passphrase: string) {
    await this.call("unlock", { passphrase });
    this.cases.readFor = this.revision + 1;
    void this.cases.loadList();
    await this.refresh();
  }

  /** Makes one round of all jobs, and tells how it went. */
  async sync() {
    this.syncing = true;
    await this.act(async () => this.tell(roundInWords(await this.call("run_round", {}))));
    this.syncing = false;
  }

  /** Fetches nothing and sends no letter for so many hours. */
  async pause(hours: number) {
    await this.act(() => this.call("pause", { hours }));
  }

  async resume() {
    await this.act(() => this.call("resume", {}), words.pause.resumed);
  }

  async lock() {
    await this.act(() => this.call("lock", {}));
  }

  tell(text: string) {
    this.#add({ text, problem: null });
  }

  tellProblem(problem: Problem) {
    this.#add({ text: null, problem });
  }

  #add(notice: Omit<Notice, "id">) {
    const id = (this.#notice += 1);
    // Three at most: what is older was seen or is in the heartbeat.
    this.notices = [...this.notices, { id, ...notice }].slice(-3);
    // A problem stays until it is dismissed.
    if (!notice.problem) setTimeout(() => this.dismiss(id), 7_000);
  }

  dismiss(id: number) {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }
}

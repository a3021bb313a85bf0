// The list of deletions: files by how far their erasure is, and what of it waits for a person.
import { type Asked, fits, type Part, Place } from "../app/place.svelte";
import type { Args, Backend } from "../ipc/backend";
import type { ErasureStage } from "../ipc/generated/names";
import type { AttentionKind, AttentionView, ErasureRow, ErasureView } from "../ipc/generated/views";

export type DeletionsShow = ErasureStage | "needs_person";
export type DeletionItem = { file: ErasureRow } | { waits: AttentionView };
export type DeletionDetail = { file: ErasureView } | { waits: AttentionView };

/** What keeps an erasure from being done, or from being decided. */
const concernsErasing = [
  "sweep_stopped",
  "erasure_stuck",
  "viewing_copy_stays",
  "unclear_request",
  "approval_waits",
  "file_lost",
] as const satisfies AttentionKind[];

export type WaitingKind = (typeof concernsErasing)[number];

export const itemId = (item: DeletionItem): string =>
  "file" in item ? item.file.file : waitingId(item.waits);

const waitingId = ({ kind, case: of, request, proposal, since }: AttentionView) =>
  ["waits", kind, of, request, proposal, since].join(" ");

export class DeletionsPlace extends Place<DeletionItem, DeletionDetail, DeletionsShow> {
  constructor(call: Backend["call"], attention: () => AttentionView[]) {
    const waiting = () =>
      attention().filter(({ kind }) => concernsErasing.some((it) => it === kind));
    super(
      "next",
      "usual",
      (asked) => list(call, waiting(), asked),
      async (id) => {
        if (!id.startsWith("waits ")) return { file: await call("show_erasure", { file: id }) };
        const waits = waiting().find((it) => waitingId(it) === id);
        return waits ? { waits } : null;
      },
    );
  }

  /** Each of the four has an emptiness of its own. */
  override get isEmpty(): boolean {
    return this.search.trim() === "" && this.rows?.length === 0;
  }

  /** What is searched for goes, and where one is stays. */
  override showEverything() {
    this.search = "";
  }
}

async function list(
  call: Backend["call"],
  waiting: AttentionView[],
  { show, search, skip, limit }: Asked<DeletionsShow, string>,
): Promise<Part<DeletionItem, DeletionsShow>> {
  const found = waiting.filter(({ title, customer }) => fits(search, title, customer));
  const asked: Args<"list_erasures"> =
    show === "needs_person"
      ? { stage: "next", search, skip: 0, limit: 1 }
      : { stage: show, search, skip, limit };
  const erasures = await call("list_erasures", asked);
  const count = (stage: ErasureStage) =>
    erasures.counts.find((it) => it.stage === stage)?.files ?? 0;
  const counts = {
    next: count("next"),
    running: count("running"),
    done: count("done"),
    needs_person: found.length,
  };
  if (show === "needs_person") {
    const rows = found.slice(skip, skip + limit).map((waits) => ({ waits }));
    return { rows, total: found.length, counts };
  }
  return { rows: erasures.rows.map((file) => ({ file })), total: erasures.total, counts };
}

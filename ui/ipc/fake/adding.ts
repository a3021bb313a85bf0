// Files that are dragged onto the fake window, or chosen in its system's dialog.
import type { Spot } from "../backend";
import type { UnfitView } from "../generated/views";
import type { Handlers } from "./fake";
import { aFile, type FakeCase, type FakeWorld, folderOf, freshId, note, robin } from "./world";

/** Something that a person has on the fake machine. */
export interface FakeThing {
  name: string;
  bytes: number;
  /** It is a folder with so many files. */
  files?: number;
  /** Why it does not fit. */
  why?: UnfitView["why"];
  inside?: string;
  /** It can be taken in, and not be erased where it lies. */
  stays?: boolean;
}

/** What the window hears of files that are dragged over it. */
export interface FakeDragging {
  over: (spot: Spot | null) => void;
  dropped: (spot: Spot) => void;
}

export function addingHandlers(
  world: FakeWorld,
  caseOf: (id: string) => FakeCase,
  refuse: (code: "offer_over" | "not_found") => never,
): Pick<Handlers, "show_offer" | "choose_files" | "withdraw_offer" | "bring_files"> {
  let offered: { token: string; case: string; things: FakeThing[] } | null = null;
  const unfit = ({ name, inside, why }: FakeThing): UnfitView => ({
    name,
    inside: inside ?? null,
    why: why ?? "gone",
  });
  const offer = (id: string, things: FakeThing[]) => {
    const target = caseOf(id);
    const fit = things.filter(({ why }) => why === undefined);
    const misfits = things.filter(({ why }) => why !== undefined);
    offered = { token: freshId("offer"), case: id, things };
    const sum = (of: (it: FakeThing) => number) => fit.reduce((all, it) => all + of(it), 0);
    return {
      token: offered.token,
      case: id,
      title: target.title,
      customer: target.customer,
      files: sum(({ files }) => files ?? 1),
      bytes: sum(({ bytes }) => bytes),
      things: fit.slice(0, 200).map(({ name, files, bytes }) => ({
        name,
        folder: files !== undefined,
        files: files ?? 1,
        bytes,
      })),
      more: Math.max(0, fit.length - 200),
      unfit: misfits.slice(0, 200).map(unfit),
      more_unfit: Math.max(0, misfits.length - 200),
    };
  };
  return {
    show_offer({ case: id }) {
      const things = world.dropped.splice(0);
      return things.length > 0 ? offer(id, things) : null;
    },
    choose_files({ case: id }) {
      return world.chosen.length > 0 ? offer(id, world.chosen) : null;
    },
    withdraw_offer({ token }) {
      if (offered?.token === token) offered = null;
      return null;
    },
    bring_files({ case: id, token }) {
      const taken = offered;
      if (taken?.token !== token || taken.case !== id) return refuse("offer_over");
      offered = null;
      const target = caseOf(id);
      const at = new Date(world.now).toISOString();
      const fit = taken.things.filter(({ why }) => why === undefined);
      const late = fit.filter(({ name }) => world.changedSince.includes(name));
      const moved = fit.filter((it) => !late.includes(it));
      const files = moved.flatMap(({ name, bytes, files: count }) =>
        count === undefined
          ? [aFile(name, bytes, at, { state: "arriving" })]
          : [aFile(`${name}/1.log`, bytes, at, { state: "arriving" })],
      );
      target.files.push(...files.map((file) => ({ ...file, case: id })));
      target.dropFolder ??= folderOf(id);
      const count = moved.reduce((all, { files: within }) => all + (within ?? 1), 0);
      note(target, at, robin, { code: "files_brought", files: count });
      return {
        files: moved.reduce((all, { files: count }) => all + (count ?? 1), 0),
        left: late.map((it) => unfit({ ...it, why: "changed" })),
        stays: moved.filter(({ stays }) => stays).map(({ name }) => name),
      };
    },
  };
}

import { describe, expect, it } from "vitest";
import { type Asked, PART, type Part, Place } from "./place.svelte";

type Show = "all" | "due";

/** A list of so many numbers, and what was asked of it. */
function desk(length: number) {
  const asked: Asked<Show, string>[] = [];
  const held: (() => void)[] = [];
  const world = { length, asked, held, holds: false, fails: false };
  const list = async (wanted: Asked<Show, string>): Promise<Part<number, Show>> => {
    asked.push(wanted);
    const { length: total } = world;
    if (world.holds) await new Promise<void>((go) => held.push(go));
    if (world.fails) throw new Error("away");
    const rows = Array.from(
      { length: Math.max(0, Math.min(wanted.limit, total - wanted.skip)) },
      (_, index) => wanted.skip + index,
    );
    return { rows, total, counts: { all: total, due: 0 } };
  };
  const place = new Place<number, string, Show>("all", "usual", list, async (id) => id);
  return { world, place };
}

describe("a list in parts", () => {
  it("reads what is in sight, and each part once", async () => {
    const { world, place } = desk(10_000);
    await place.loadList();
    expect(place.rows?.length).toBe(10_000);
    expect(place.rows?.slice(0, 2)).toEqual([0, 1]);
    expect(place.rows?.[5_000]).toBeUndefined();
    await place.see(4_990, 5_020);
    await place.see(4_995, 5_025);
    expect(world.asked.map(({ skip }) => skip)).toEqual([0, 4_900, 5_000]);
    expect(place.rows?.slice(4_990, 5_020)).toEqual(
      Array.from({ length: 30 }, (_, at) => 4_990 + at),
    );
  });

  it("reads only what is in sight again when something changed", async () => {
    const { world, place } = desk(10_000);
    await place.loadList();
    await place.see(4_990, 4_999);
    world.asked.length = 0;
    world.length = 9_999;
    await place.loadList();
    expect(world.asked.map(({ skip, limit }) => [skip, limit])).toEqual([[4_900, PART]]);
    expect(place.rows?.length).toBe(9_999);
    expect(place.rows?.[0], "what was read before is shown until it is seen again").toBe(0);
    await place.see(0, 10);
    expect(world.asked.at(-1)?.skip).toBe(0);
  });

  it("shows what was answered though the desk tells of more and more", async () => {
    const { world, place } = desk(300);
    world.holds = true;
    const first = place.loadList();
    const told = Array.from({ length: 5 }, () => place.loadList());
    world.held.shift()?.();
    await first;
    expect(place.rows?.length).toBe(300);
    await new Promise((later) => setTimeout(later));
    world.held.shift()?.();
    await Promise.all(told);
    expect(world.asked, "those that were told of meanwhile, together").toHaveLength(2);
  });

  it("begins another list at its top, and drops late answers to the one before", async () => {
    const { world, place } = desk(300);
    await place.loadList();
    await place.see(250, 260);
    world.holds = true;
    const late = place.loadList();
    world.holds = false;
    place.search = "other ";
    world.length = 3;
    await place.loadAnew();
    expect(world.asked.at(-1)).toMatchObject({ search: "other", skip: 0 });
    expect(place.rows).toEqual([0, 1, 2]);
    world.length = 300;
    world.held.forEach((go) => go());
    await late;
    expect(place.rows, "the late answer changes nothing").toEqual([0, 1, 2]);
  });

  it("tells what it meets and asks again afterwards", async () => {
    const { world, place } = desk(10);
    world.fails = true;
    await place.loadList();
    expect(place.listProblem).not.toBeNull();
    expect(place.rows).toBeNull();
    world.fails = false;
    await place.loadList();
    expect(place.listProblem).toBeNull();
    expect(place.rows?.length).toBe(10);
  });

  it("is empty only where nothing is searched for", async () => {
    const { place } = desk(0);
    expect(place.isEmpty).toBe(false);
    await place.loadList();
    expect(place.isEmpty).toBe(true);
    place.search = "something";
    expect(place.isEmpty).toBe(false);
  });
});

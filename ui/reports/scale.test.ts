import { expect, test } from "vitest";
import { byteTicks, ticks } from "./scale";

test("an axis counts whole things in few round steps and reaches the longest bar", () => {
  for (const [most, axis] of [
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [42, [0, 20, 40, 60]],
    [999, [0, 500, 1000]],
  ] as const)
    expect(ticks(most)).toEqual(axis);
});

test("an axis of bytes goes by binary steps", () => {
  expect(byteTicks(3 * 1024 ** 2)).toEqual([0, 1, 2, 3].map((it) => it * 1024 ** 2));
  expect(byteTicks(0)).toEqual([0, 1]);
  expect(byteTicks(10 * 1024 ** 3).at(-1)).toBeGreaterThanOrEqual(10 * 1024 ** 3);
});

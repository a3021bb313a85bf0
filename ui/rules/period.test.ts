import { expect, test } from "vitest";
import { parts, written } from "./period";

test("a period survives being taken apart", () => {
  for (const [text, count, unit] of [
    ["3 days", 3, "days"],
    ["1 day", 1, "days"],
    ["36 hours", 36, "hours"],
    ["1 minute", 1, "minutes"],
    ["0 days", 0, "days"],
  ] as const)
    expect(parts(text)).toEqual({ count, unit });
});

test("only whole numbers that are not negative are periods", () => {
  expect(written(3, "days")).toBe("3 days");
  expect(written(0, "minutes")).toBe("0 minutes");
  for (const count of [null, -1, 1.5, NaN, 1e9]) expect(written(count, "days")).toBe(null);
});

import { CalendarDate } from "@internationalized/date";
import { expect, test } from "vitest";
import { daysOf, spanOf } from "./period";

const at = (text: string) => Date.parse(text);
const berlin = "Europe/Berlin";

test("presets are whole days and end with today, or with the month that is over", () => {
  const now = at("2026-03-15T10:00:00Z");
  const found = (["days7", "days30", "days90", "thisMonth", "lastMonth", "quarter"] as const).map(
    (preset) => {
      const { first, last } = daysOf(preset, now, berlin);
      return `${preset} ${first.toString()} ${last.toString()}`;
    },
  );
  expect(found).toEqual([
    "days7 2026-03-09 2026-03-15",
    "days30 2026-02-14 2026-03-15",
    "days90 2025-12-16 2026-03-15",
    "thisMonth 2026-03-01 2026-03-15",
    "lastMonth 2026-02-01 2026-02-28",
    "quarter 2026-01-01 2026-03-15",
  ]);
});

test("a quarter begins in its first month, and a year may end within a preset", () => {
  for (const [now, first] of [
    ["2026-01-01T12:00:00Z", "2026-01-01"],
    ["2026-06-30T12:00:00Z", "2026-04-01"],
    ["2026-12-31T12:00:00Z", "2026-10-01"],
  ] as const)
    expect(daysOf("quarter", at(now), berlin).first.toString()).toBe(first);
  expect(daysOf("lastMonth", at("2026-01-10T12:00:00Z"), berlin).last.toString()).toBe(
    "2025-12-31",
  );
});

test("today is the user's own day", () => {
  expect(daysOf("days7", at("2026-03-15T23:30:00Z"), berlin).last.toString()).toBe("2026-03-16");
});

test("a span holds its last day, also when the clocks change in it", () => {
  const days = { first: new CalendarDate(2026, 3, 28), last: new CalendarDate(2026, 3, 29) };
  expect(spanOf(days, berlin)).toEqual({
    from: "2026-03-27T23:00:00.000Z",
    to: "2026-03-29T22:00:00.000Z",
  });
});

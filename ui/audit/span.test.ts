import { expect, test } from "vitest";
import { spanOf } from "./span";

const now = new Date(2026, 10, 24, 10, 30).getTime();
const moment = (...parts: [number, number, number]) => new Date(...parts).toISOString();

test("a period begins with its first day, where the person is, and today belongs to it", () => {
  expect(spanOf("ever", "", "", now)).toEqual({ from: null, before: null });
  expect(spanOf("day", "", "", now)).toEqual({ from: moment(2026, 10, 24), before: null });
  expect(spanOf("week", "", "", now)).toEqual({ from: moment(2026, 10, 18), before: null });
  expect(spanOf("month", "", "", now)).toEqual({ from: moment(2026, 9, 26), before: null });
});

test("of two days both belong to the span, and one that is not typed yet bounds nothing", () => {
  const both = { from: moment(2026, 10, 1), before: moment(2026, 11, 1) };
  expect(spanOf("between", "2026-11-01", "2026-11-30", now)).toEqual(both);
  expect(spanOf("between", "", "2026-11-30", now)).toEqual({ ...both, from: null });
  expect(spanOf("between", "2026-11-01", "", now)).toEqual({ ...both, before: null });
  expect(spanOf("between", "2026", "soon", now)).toEqual({ from: null, before: null });
});

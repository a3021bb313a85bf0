import { describe, expect, test } from "vitest";
import { ago, bytes, day, dayAndTime, exactly, number, span } from "./format";
import { usableLocale } from "./locale";

const minute = 60_000;
const hour = 60 * minute;

describe("sizes are binary and read as one speaks", () => {
  test.each([
    [0, "0 B"],
    [1, "1 B"],
    [1023, "1,023 B"],
    [1024, "1 KiB"],
    [1536, "1.5 KiB"],
    [42 * 1024 * 1024, "42 MiB"],
    [250.4 * 1024 * 1024, "250 MiB"],
    [2 * 1024 ** 3, "2 GiB"],
    [Number.MAX_SAFE_INTEGER, "8 PiB"],
  ])("%d is %s", (count, shown) => expect(bytes(count, "en-US")).toBe(shown));

  test("with the decimal sign of the language", () => expect(bytes(1536, "de")).toBe("1,5 KiB"));
  test("and exactly on request", () => expect(number(42_153_984, "en-US")).toBe("42,153,984"));
});

describe("a length of time is told in its two largest units", () => {
  test.each([
    [0, "0s"],
    [-5 * hour, "0s"],
    [59_000, "59s"],
    [12 * minute, "12m"],
    [hour, "1h"],
    [4 * hour + 5 * minute, "4h 5m"],
    [52 * hour, "2d 4h"],
    [48 * hour, "2d"],
  ])("%d ms is %s", (milliseconds, shown) => expect(span(milliseconds, "en")).toBe(shown));
});

test("what was, was ago", () => {
  expect(ago(10_000, "en")).toBe("now");
  expect(ago(3 * minute, "en")).toBe("3 minutes ago");
  expect(ago(5 * hour, "en")).toBe("5 hours ago");
  expect(ago(24 * hour, "en")).toBe("yesterday");
});

test("dates name the year only when it is another one", () => {
  const now = new Date(2026, 10, 24, 12);
  expect(day(new Date(2026, 10, 27), now, "en-GB")).toBe("27 Nov");
  expect(day(new Date(2027, 0, 3), now, "en-GB")).toBe("3 Jan 2027");
  expect(dayAndTime(new Date(2026, 10, 27, 9, 5), now, "en-GB")).toBe("27 Nov, 09:05");
  expect(exactly(new Date(2026, 10, 27, 9, 5), "en-GB")).toContain("2026");
});

test("a locale that Intl does not understand is passed over", () => {
  expect(usableLocale(["C"])).toBe("en");
  expect(usableLocale(["C", "", "de-AT", "en"])).toBe("de-AT");
  expect(usableLocale([])).toBe("en");
});

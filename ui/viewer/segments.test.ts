import { expect, test } from "vitest";
import { placeOf, segmentsOf, shownName, signOf } from "./segments";

const plain = (text: string) => segmentsOf({ text, marks: [], level: null });

test("a row without anything in it is one piece, and an empty one is none", () => {
  expect(plain("a line")).toEqual([{ text: "a line", mark: null, level: null, unseen: false }]);
  expect(plain("")).toEqual([]);
});

test("finds and the level may lie in one another", () => {
  const segments = segmentsOf({
    text: "x ERROR y",
    marks: [[4, 8]],
    level: { level: "error", from: 2, before: 7 },
  });
  expect(segments.map(({ text, mark, level }) => [text, mark, level])).toEqual([
    ["x ", null, null],
    ["ER", null, "error"],
    ["ROR", 4, "error"],
    [" ", 4, null],
    ["y", null, null],
  ]);
});

test("signs that turn the direction or cannot be seen are shown as what they are", () => {
  expect(plain("a\u202egpj.\u001b[31mexe\u0000").map(({ text }) => text)).toEqual([
    "a",
    "‹U+202E›",
    "gpj.",
    "␛",
    "[31mexe",
    "␀",
  ]);
  expect(plain("a\tb")).toHaveLength(1);
  for (const sign of ["\u200b", "\u2066", "\u2028", "\ufeff", "\u0085", "\u00ad"])
    expect(signOf(sign)).toMatch(/^‹U\+[0-9A-F]{4}›$/);
});

test("a find in the row is found again in the file", () => {
  const row = { start: 100, text: "ä😀x" } as Parameters<typeof placeOf>[0];
  expect(placeOf(row, 3, "utf8")).toBe(106);
  expect(placeOf(row, 3, "utf16_le")).toBe(106);
  expect(placeOf(row, 1, "utf8")).toBe(102);
});

test("every sign of a name can be seen", () => {
  expect(shownName("invoice\u202efdp.exe")).toBe("invoice‹U+202E›fdp.exe");
  expect(shownName("app.log")).toBe("app.log");
});

import { expect, test } from "vitest";
import { distinct, partsOf } from "./sentence";

test("moments and sizes in a sentence are told apart from its words", () => {
  expect(partsOf("it is erased at 2026-11-26T13:30:00Z.")).toEqual([
    { kind: "text", text: "it is erased at " },
    { kind: "moment", at: "2026-11-26T13:30:00Z" },
    { kind: "text", text: "." },
  ]);
  expect(partsOf("sealed a file of 41943040 bytes")).toEqual([
    { kind: "text", text: "sealed a file of " },
    { kind: "bytes", count: 41_943_040 },
  ]);
});

test("so they are in German", () => {
  expect(partsOf("bis 2026-11-26T13:30:00.000Z, 12 Bytes")).toEqual([
    { kind: "text", text: "bis " },
    { kind: "moment", at: "2026-11-26T13:30:00.000Z" },
    { kind: "text", text: ", " },
    { kind: "bytes", count: 12 },
  ]);
});

test("a sentence without any stays whole", () => {
  expect(partsOf("The ticket is open.")).toEqual([{ kind: "text", text: "The ticket is open." }]);
  expect(partsOf("")).toEqual([]);
});

test("what only looks like a moment stays text", () => {
  expect(partsOf("at 2026-99-99T99:99:99Z")).toEqual([
    { kind: "text", text: "at " },
    { kind: "text", text: "2026-99-99T99:99:99Z" },
  ]);
});

test("what looks the same is said once", () => {
  const ends = (at: string) => `Its period ends at ${at}.`;
  const [one, same, other] = [
    ends("2027-02-25T13:28:04Z"),
    ends("2027-02-25T13:28:51Z"),
    ends("2027-02-25T13:29:00Z"),
  ];
  expect(distinct(["The ticket is open.", one, same, other])).toEqual([
    "The ticket is open.",
    one,
    other,
  ]);
});

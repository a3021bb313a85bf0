import { describe, expect, test } from "vitest";
import { leastLength, strengthOf } from "./strength";

describe("what is tried first is called weak, whatever it is dressed in", () => {
  test.each([
    "",
    "a",
    "short",
    "password",
    "Password123",
    "aaaaaaaaaaaaaaaa",
    "1234567890",
    "abcdefghijklmnop",
    "qwertyuiop1234",
  ])("%j", (passphrase) => expect(strengthOf(passphrase).level).toBeLessThanOrEqual(1));
});

describe("several unrelated words are strong", () => {
  test.each([
    "otter basalt lantern mitosis plum",
    "Wiese-Kabel-Trompete-Nordlicht-9",
    "j8#Lq!vR2x%mZw0p^Td7",
  ])("%j", (passphrase) => {
    expect(strengthOf(passphrase).level).toBe(4);
    expect(strengthOf(passphrase).hint).toBe("fine");
  });
});

test("the hint names what is wrong", () => {
  expect(strengthOf("my password is here").hint).toBe("common");
  expect(strengthOf("abcdefgh12345678").hint).toBe("sequence");
  expect(strengthOf("zxzxzxzxzxzxzx").hint).toBe("repeats");
  expect(strengthOf("blue kite").hint).toBe("longer");
});

test("a longer passphrase of the same kind is never weaker", () => {
  const words = ["otter", "basalt", "lantern", "mitosis", "plum", "quarry"];
  const levels = words.map((_, count) => strengthOf(words.slice(0, count + 1).join(" ")).level);
  expect(levels).toEqual([...levels].sort());
  expect(strengthOf("x".repeat(leastLength - 1)).level).toBe(0);
});

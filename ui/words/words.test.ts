import { expect, test } from "vitest";
import { de } from "./de";
import { en } from "./en";

const sources = import.meta.glob(
  ["../**/*.svelte", "../**/*.ts", "!../words/**", "!../**/*.test.ts"],
  {
    query: "?raw",
    import: "default",
    eager: true,
  },
) as Record<string, string>;

function leaves(table: unknown, path: string[] = []): [string[], unknown][] {
  if (typeof table !== "object" || table === null) return [[path, table]];
  return Object.entries(table).flatMap(([key, value]) => leaves(value, [...path, key]));
}

const ofBoth = leaves(en).map(([path, english]) => ({
  path: path.join("."),
  english,
  german: path.reduce<unknown>((table, key) => (table as Record<string, unknown>)[key], de),
}));

test("both languages have the same entries of the same kind", () => {
  expect(
    leaves(de)
      .map(([path]) => path.join("."))
      .sort(),
  ).toEqual(ofBoth.map(({ path }) => path).sort());
  for (const { path, english, german } of ofBoth) expect(typeof german, path).toBe(typeof english);
});

test("no entry is empty, and sentences about faults end with what became of the data", () => {
  for (const { path, english, german } of ofBoth) {
    if (typeof english !== "string" || typeof german !== "string") continue;
    expect(english.trim(), path).not.toBe("");
    expect(german.trim(), path).not.toBe("");
    if (/^faults\..*\.(what|todo)$/.test(path)) {
      expect(english, path).toMatch(/\.$/);
      expect(german, path).toMatch(/\.$/);
    }
  }
  for (const table of [en.faults, de.faults])
    for (const [code, { what }] of Object.entries<{ what: string }>(table))
      expect(what.split(/[.;:] /).length, code).toBeGreaterThan(1);
});

test("every entry is used by some screen", () => {
  const code = Object.values(sources).join("\n");
  // Tables that are asked by a value of the desk, such as `words.cases.standing[row.standing]`, are used as a whole.
  const asked = [...code.matchAll(/words((?:\??\.\w+)+)\[/g)].map(([, path]) => path?.slice(1));
  const whole = ["faults", "cases", "receipts", ...asked];
  const unused = ofBoth
    .map(({ path }) => path)
    .filter((path) => !whole.some((table) => table !== undefined && path.startsWith(`${table}.`)))
    .filter((path) => !code.includes(`words.${path.replace(/\.\d+(\.\d+)?$/, "")}`))
    .filter(
      (path) =>
        !path
          .split(".")
          .some(
            (_, at, keys) =>
              at > 0 && new RegExp(`words\\.${keys.slice(0, at).join("\\.")}[^.\\w]`).test(code),
          ),
    );
  expect(unused).toEqual([]);
});

test("no screen has words of its own", () => {
  for (const [path, code] of Object.entries(sources)) {
    if (!path.endsWith(".svelte")) continue;
    const markup = code.replace(
      /<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g,
      "",
    );
    // Text between tags, outside of expressions.
    const texts = [...withoutExpressions(markup).matchAll(/>([^<>]*)</g)].map(([, text]) =>
      (text ?? "").trim(),
    );
    expect(
      texts.filter((text) => /\p{L}{2,}/u.test(text)),
      path,
    ).toEqual([]);
    expect(
      [...markup.matchAll(/\b(?:aria-label|title|placeholder|alt)="([^"{]*\p{L}[^"{]*)"/gu)].map(
        ([found]) => found,
      ),
      path,
    ).toEqual([]);
  }
});

function withoutExpressions(markup: string): string {
  let depth = 0;
  let quote = "";
  let kept = "";
  for (const letter of markup) {
    if (letter === "{") depth += 1;
    else if (letter === "}") depth -= 1;
    else if (depth === 0) {
      // What stands in an attribute is no text, and may hold a ">" (as arrow functions in braces do, left out above).
      if (quote === "" && letter === '"') quote = letter;
      else if (letter === quote) quote = "";
      else if (quote === "") kept += letter;
    }
  }
  return kept;
}

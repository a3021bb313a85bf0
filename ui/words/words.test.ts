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
  const used = Object.values(sources).flatMap(usedIn);
  const isUsed = (path: string) =>
    used.some(
      // The entry itself, something of it, or the table that it stands in: such a one is asked by a value of the desk.
      (it) => it === path || it.startsWith(`${path}.`) || path.startsWith(`${it}.`),
    );
  const paths = ofBoth.map(({ path }) => path.replace(/(\.\d+)+$/, ""));
  expect([...new Set(paths)].filter((path) => !isUsed(path))).toEqual([]);
});

test("what is used is told from what only has the same beginning", () => {
  expect(usedIn("words.cases.title; words.lock.title.length")).toEqual([
    "cases.title",
    "lock.title.length",
  ]);
  expect(usedIn("const say = words.settings.about;\n say.version; essay.other")).toEqual([
    "settings.about.version",
  ]);
  expect(usedIn("<MasterDetail {place} texts={words.cases} />")).toContain("cases.noneTitle");
  expect(usedIn("<MasterDetail {place} texts={words.cases} />")).not.toContain("cases");
});

/** The entries and tables that a source names. */
function usedIn(code: string): string[] {
  const named = (name: string, of: string) =>
    [
      ...of.matchAll(
        new RegExp(`(?<!\\w|(?<!\\.\\.)\\.)${name}\\??\\.(\\w+(?:\\??\\.\\w+)*)`, "g"),
      ),
    ].map(([, path]) => (path ?? "").replaceAll("?", ""));
  const used: string[] = [];
  // A table under a shorter name, and one that is given to the frame of a list, are used as far as they are asked.
  const rest = code
    .replace(/const (\w+) = words\.([\w.]+);/g, (_, short: string, path: string) => {
      used.push(...named(short, code).map((of) => `${path}.${of}`));
      return "";
    })
    .replace(/texts=\{words\.([\w.]+)\}/g, (_, path: string) => {
      const frame = sources["../shared/MasterDetail.svelte"] ?? "";
      used.push(...named("texts", frame).map((of) => `${path}.${of}`));
      return "";
    });
  return [...named("words", rest), ...used];
}

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

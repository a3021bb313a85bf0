// Measures the contrast of the colours that meet on a screen, in both themes, by the formula of WCAG 2.2.
import { describe, expect, test } from "vitest";
import look from "./look.css?raw";

type Colour = [number, number, number];

const themes = { light: colours(0), dark: colours(1) };

const text: [string, string[]][] = [
  [
    "ink",
    [
      "ground",
      "surface",
      "raised",
      "sunken",
      "hover",
      "chosen",
      "bad-soft",
      "warn-soft",
      "accent-soft",
    ],
  ],
  [
    "ink-soft",
    [
      "ground",
      "surface",
      "raised",
      "sunken",
      "hover",
      "chosen",
      "bad-soft",
      "warn-soft",
      "accent-soft",
    ],
  ],
  ["ink-faint", ["ground", "surface", "raised", "sunken", "hover", "chosen"]],
  ["accent", ["surface", "raised", "accent-soft"]],
  ["good", ["surface", "good-soft"]],
  ["warn", ["surface", "warn-soft"]],
  ["bad", ["surface", "raised", "sunken", "bad-soft"]],
  ["on-accent", ["accent", "accent-hover"]],
  ["on-bad", ["bad", "bad-hover"]],
];

describe.each(Object.entries(themes))("%s", (_, theme) => {
  test.each(text.flatMap(([front, backs]) => backs.map((back) => [front, back] as const)))(
    "text: %s on %s",
    (front, back) => {
      expect(contrast(theme, front, back)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each([
    ["line-strong", "surface"],
    ["line-strong", "raised"],
    ["accent", "ground"],
    ["accent", "surface"],
    ["accent", "chosen"],
    ["good", "ground"],
    ["warn", "ground"],
    ["bad", "ground"],
  ])("edges and shapes: %s on %s", (front, back) =>
    expect(contrast(theme, front, back)).toBeGreaterThanOrEqual(3),
  );
});

/** The colours of the first or the second theme: each stands as `--name: light-dark(oklch(...), oklch(...))`. */
function colours(theme: 0 | 1): Map<string, Colour> {
  const one = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`;
  const found = look.matchAll(
    new RegExp(String.raw`--([\w-]+): light-dark\(\s*${one},\s*${one}`, "g"),
  );
  return new Map(
    [...found].map(([, name, ...parts]) => [
      name ?? "",
      linear(parts.slice(3 * theme, 3 * theme + 3).map(Number) as Colour),
    ]),
  );
}

function contrast(theme: Map<string, Colour>, front: string, back: string): number {
  const [one, other] = [front, back].map((name) => {
    const colour = theme.get(name);
    if (!colour) throw new Error(`look.css has no colour ${name} in this theme`);
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2];
  }) as [number, number];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

// OKLCH to linear sRGB (Björn Ottosson's matrices), cut to what a screen can show.
function linear([lightness, chroma, hue]: Colour): Colour {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const cut = (value: number) => Math.min(1, Math.max(0, value));
  return [
    cut(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    cut(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    cut(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

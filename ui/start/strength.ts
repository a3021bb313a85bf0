// How hard a passphrase is to guess, roughly and on the careful side: what is tried first counts for little.
export interface Strength {
  /** From 0, too easy, to 4, strong. */
  level: 0 | 1 | 2 | 3 | 4;
  hint: "longer" | "repeats" | "sequence" | "common" | "fine";
}

/** The fewest characters that a passphrase may have. */
export const leastLength = 10;

const common =
  /pass(word|phrase|wort)|passwor[dt]|kennwort|custody|secret|geheim|welcome|willkommen|qwert[yz]|asdf|letmein|admin|support|iloveyou|dragon|monkey|football|sommer|winter|summer/giu;
const rows = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

export function strengthOf(passphrase: string): Strength {
  const text = passphrase.toLowerCase();
  let counted = text.replace(common, "*");
  const isCommon = counted !== text;
  const withoutRuns = shortened(counted);
  const hasRuns = withoutRuns.length < counted.length;
  counted = withoutRuns;
  const distinct = new Set(counted).size;
  const repeats = counted.length > 3 && distinct < counted.length / 3;
  // Letters of words are far from random: two and a half bits each, and a little for other kinds of characters.
  const kinds = [/[a-zà-ÿ]/u, /[A-ZÀ-Ý]/u, /[0-9]/u, /[^\p{L}\p{N}]/u].filter((kind) =>
    kind.test(passphrase),
  ).length;
  const bits = Math.min(counted.length, distinct * 2) * (2.1 + 0.4 * kinds);
  const level = bits >= 70 ? 4 : bits >= 55 ? 3 : bits >= 40 ? 2 : bits >= 25 ? 1 : 0;
  const short = passphrase.length < leastLength;
  return {
    level: short ? 0 : level,
    hint:
      level >= 3 && !short
        ? "fine"
        : isCommon
          ? "common"
          : hasRuns
            ? "sequence"
            : repeats
              ? "repeats"
              : "longer",
  };
}

/** The text with each run of neighbours ("abcd", "4321", "qwer") shortened to one character. */
function shortened(text: string): string {
  let kept = "";
  for (let at = 0; at < text.length;) {
    const length = runAt(text, at);
    kept += text[at] ?? "";
    at += length >= 4 ? length : 1;
  }
  return kept;
}

function runAt(text: string, at: number): number {
  let longest = 1;
  for (const row of [...rows, ...rows.map((it) => [...it].reverse().join(""))]) {
    let length = 1;
    while (at + length < text.length && row.includes(text.slice(at, at + length + 1))) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}

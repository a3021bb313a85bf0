// A row of text, cut into what is shown in different ways. What a log holds is hostile: signs that turn the direction or
// cannot be seen are shown as what they are.
import type { LevelName, RowView, TextEncoding } from "../ipc/generated/viewer";

export interface Segment {
  text: string;
  /** Where the find that it belongs to begins in the row; null if it belongs to none. */
  mark: number | null;
  level: LevelName | null;
  /** A sign that is shown in place of one that cannot be seen. */
  unseen: boolean;
}

// Without the tab. The feed at the end of a line is not part of it.
const unseen =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;

export function segmentsOf({
  text,
  marks,
  level,
}: Pick<RowView, "text" | "marks" | "level">): Segment[] {
  const edges = new Set([0, text.length]);
  for (const [from, before] of marks) edges.add(from).add(before);
  if (level) edges.add(level.from).add(level.before);
  const sorted = [...edges].filter((edge) => edge <= text.length).sort((one, other) => one - other);
  return sorted.slice(0, -1).flatMap((from, at) => {
    const mark = marks.find(([begin, before]) => begin <= from && from < before)?.[0] ?? null;
    const name = level && level.from <= from && from < level.before ? level.level : null;
    return shown(text.slice(from, sorted[at + 1])).map((part) => ({ ...part, mark, level: name }));
  });
}

function shown(text: string): { text: string; unseen: boolean }[] {
  if (!unseen.test(text)) return [{ text, unseen: false }];
  const parts: { text: string; unseen: boolean }[] = [];
  for (const letter of text) {
    const isUnseen = unseen.test(letter);
    const sign = isUnseen ? signOf(letter) : letter;
    const last = parts.at(-1);
    if (last && last.unseen === isUnseen) last.text += sign;
    else parts.push({ text: sign, unseen: isUnseen });
  }
  return parts;
}

/** A name of somebody else, in which every sign can be seen. */
export function shownName(name: string): string {
  return shown(name)
    .map(({ text }) => text)
    .join("");
}

/** The picture of a control character, or its number. */
export function signOf(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `\u2039U+${code.toString(16).toUpperCase().padStart(4, "0")}\u203a`;
}

/** Where in the file a find begins that begins here in the row. */
export function placeOf(row: RowView, from: number, encoding: TextEncoding | null): number {
  if (encoding !== "utf8") return row.start + 2 * from;
  return row.start + new TextEncoder().encode(row.text.slice(0, from)).length;
}

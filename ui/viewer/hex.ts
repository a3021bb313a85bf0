// Bytes as they are: sixteen a row, as numbers and, where they are one, as a sign.
export interface HexRow {
  start: number;
  end: number;
  hex: string;
  signs: string;
}

export const perRow = 16;

export function hexRow(start: number, bytes: Uint8Array): HexRow {
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, "0"));
  while (pairs.length < perRow) pairs.push("  ");
  const hex = `${pairs.slice(0, 8).join(" ")}  ${pairs.slice(8).join(" ")}`;
  const signs = [...bytes]
    .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "\u00b7"))
    .join("");
  return { start, end: start + bytes.length, hex, signs };
}

// Sentences of what the desk tells by codes. They name moments and sizes exactly; the window shows them as everywhere else.
import type { Sentences } from "../words/described";

/** The sentence of a table for what is told. */
export function say<Of extends { code: string }>(table: Sentences<Of>, told: Of): string {
  const sentence = (table as Record<string, string | ((told: Of) => string)>)[told.code] ?? "";
  return typeof sentence === "string" ? sentence : sentence(told);
}

export type Part =
  | { kind: "text"; text: string }
  | { kind: "moment"; at: string }
  | { kind: "bytes"; count: number };

const special = /(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)|\b(\d{1,15}) [Bb]ytes\b/g;

export function partsOf(sentence: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const found of sentence.matchAll(special)) {
    if (found.index > end) parts.push({ kind: "text", text: sentence.slice(end, found.index) });
    const [whole, at, count] = found;
    if (at !== undefined && !Number.isNaN(Date.parse(at))) parts.push({ kind: "moment", at });
    else if (count !== undefined) parts.push({ kind: "bytes", count: Number(count) });
    else parts.push({ kind: "text", text: whole });
    end = found.index + whole.length;
  }
  if (end < sentence.length) parts.push({ kind: "text", text: sentence.slice(end) });
  return parts;
}

/** The sentences without those that look the same once they are shown: moments are shown to the minute. */
export function distinct(sentences: string[]): string[] {
  const seen = new Set<string>();
  return sentences.filter((sentence) => {
    const shown = partsOf(sentence)
      .map((part) => (part.kind === "moment" ? part.at.slice(0, 16) : JSON.stringify(part)))
      .join("");
    return !seen.has(shown) && seen.add(shown);
  });
}

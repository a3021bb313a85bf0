// How a round went, in one sentence.
import type { RoundView } from "../ipc/generated/views";
import { words } from "../words/words";

export function roundInWords(round: RoundView): string {
  const counted = (["sealed", "decided", "erased", "sent", "answers"] as const)
    .filter((what) => round[what] > 0)
    .map((what) => words.round[what](round[what]));
  if (round.problems.length > 0) counted.push(words.round.problems(round.problems.length));
  return counted.length === 0 ? words.round.nothing : words.round.done(counted.join(", "));
}
